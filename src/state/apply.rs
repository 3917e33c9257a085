//! Commands: each is done here, or handed to the file that does its kind.

use std::path::PathBuf;

use super::State;
use super::command::{Ask, Command, Effect};
use super::view::{Drawer, PathQuestion};

impl State {
    /// Does what a person wants; what only the window can do of it is among the [effects](Self::take_effects).
    #[expect(clippy::too_many_lines, reason = "one line for each command")]
    pub fn apply(&mut self, command: Command) {
        match command {
            Command::Set(field, value) => self.set(field, value),
            Command::AddBlock => self.draft.add_block(),
            Command::RemoveBlock(block) => self.draft.remove_block(block),
            Command::Preset(name) => self.take_preset(name),
            Command::Apply => self.apply_draft(),
            Command::Revert => self.revert(),
            Command::OpenRun(path) => self.open_run(&path),
            Command::GoOn => self.train_on(),
            Command::Open(path) => self.open(&path),
            Command::Save(path) => self.save(&path),
            Command::Paste(line) => self.paste(&line),
            Command::CopyLine => self.copy_line(),

            Command::Ask(ask) => self.effects.push(Effect::Ask(ask)),
            Command::AskHere(ask, suggestion) => {
                self.view.path_field = Some(PathQuestion { ask, text: suggestion.display().to_string() });
            }
            Command::TypePath(text) => {
                if let Some(question) = &mut self.view.path_field {
                    question.text = text;
                }
            }
            Command::AnswerPath(ask, path) => self.answer_path(ask, path),
            Command::ClosePath => self.view.path_field = None,

            Command::RunOrPause => self.run_or_pause(),
            Command::OneStep => self.one_step(),
            Command::PlayStep => self.play_step(),
            Command::Restart => self.restart(),
            Command::NewSeed => self.new_seed(),
            Command::SetPace(pace) => self.set_pace(pace),
            Command::PauseAtStep(step) => self.pause_at_step(step),
            Command::PauseAtAccuracy(accuracy) => self.pause_at_accuracy(accuracy),
            Command::LookAt(step) => self.look_at(step),
            Command::LookAround(steps) => self.look_around(steps),

            Command::BringBack(id) => self.bring_back(id),
            Command::Undo => self.undo(),
            Command::RenameRun(id, name) => self.rename_run(id, &name),
            Command::PinRun(id, pinned) => self.pin_run(id, pinned),
            Command::RemoveRun(id) => self.remove_run(id),
            Command::TrainSeeds(count) => self.train_seeds(count),

            Command::Select(focus) => self.view.selected = focus,
            Command::Hover(focus) => self.view.hovered = focus,
            Command::ShowFigure(id) => self.show_figure(id),
            Command::Seat(seat, id) => self.seat(seat, id),
            Command::AddSeat => self.add_seat(),
            Command::RemoveSeat(seat) => self.remove_seat(seat),
            Command::Share(split, share) => self.settings.shares.set(split, share),
            Command::Fits(room) => self.view.room = room,
            Command::Maximise(figure) => self.view.maximise(figure),
            Command::ToggleTable(id) => self.view.toggle_table(id),
            Command::ResetLayout => self.reset_layout(),
            Command::Close => self.close(),
            Command::ToggleBuild if self.view.room.narrow => self.view.toggle_drawer(Drawer::Build),
            Command::ToggleBuild => self.view.build = !self.view.build,
            Command::ToggleExplain => self.toggle_explain(),
            Command::ToggleNetworks => self.view.networks = !self.view.networks,
            Command::ToggleRuns => self.view.runs = !self.view.runs,
            Command::ToggleFigures => self.view.figures = !self.view.figures,
            Command::TogglePresentation => self.toggle_presentation(),
            Command::ToggleBlank => self.view.blank = !self.view.blank,
            Command::TogglePointer => self.view.pointer = !self.view.pointer,
            Command::GoThrough(by) => self.go_through(by),
            Command::ToggleMaps => self.toggle_maps(),
            Command::WatchImage(image) => self.watch_image(image),
            Command::NextImage(by) => self.next_image(by),
            Command::LookInto(within) => self.view.look_into(within),
            Command::ToggleCutting => self.toggle_cutting(),
            Command::Cutting(wish) => self.wish_cut(wish),
            Command::TogglePalette => self.view.palette = !self.view.palette,
            Command::ToggleKeys => self.view.keys = !self.view.keys,
            Command::ToggleImages => self.view.images = !self.view.images,
            Command::Drop(path) => self.take_dropped(&path),
            Command::ToggleDrawing => self.toggle_drawing(),
            Command::ShowDrawing(pixels) => self.take_drawing(&pixels),
            Command::ToggleAbout => self.view.about = !self.view.about,
            Command::SetGradient(measure) => self.view.options.gradient = measure,
            Command::SetWires(wires) => self.view.wires = wires,
            Command::SetTime(axis) => self.view.options.time = axis,
            Command::SetAgainst(against) => {
                let options = &mut self.view.options;
                (options.by_parameters, options.time) = (against.is_none(), against.unwrap_or(options.time));
            }
            Command::SetReuse(scale) => self.view.options.reuse = scale,
            Command::SetAlong(along) => self.view.options.along = along,
            Command::SetExtent(extent) => self.view.options.extent = extent,
            Command::SetLanguage(language) => self.settings.language = language,
            Command::SetTheme(theme) => self.settings.theme = theme,
            Command::ZoomIn => self.settings.zoom_in(),
            Command::ZoomOut => self.settings.zoom_out(),
            Command::ZoomReset => self.settings.zoom = 1.0,

            Command::ToggleExercise => self.toggle_exercise(),
            Command::AnswerExercise(typed) => self.answer_exercise(typed),
            Command::NextQuestion => self.next_question(),
            Command::RevealAnswer => self.reveal_answer(),
            Command::ResetScore => self.reset_score(),
            Command::ChooseAnswer(place) => self.choose_answer(place),
            Command::AskLevel(level, asked) => self.ask_kinds(|kind| kind.level == level, asked),
            Command::AskKind(id, asked) => self.ask_kinds(|kind| kind.id == id, asked),
            Command::ToggleTeams => self.toggle_teams(),

            Command::Export(figure, path) => self.export(figure, path),
            Command::CopyPicture(id) => self.copy_picture(id),
            Command::CopyValues(id) => self.copy_values(id),
            Command::CopyTables(format) => self.copy_tables(format),
            Command::CopyText(words) => self.effects.push(Effect::CopyText(words)),
            Command::CancelJob(number) => self.cancel_job(number),
            Command::Screenshot => self.effects.push(Effect::Screenshot),

            Command::Placed(place) => self.settings.window = place,
            Command::Tell(kind, words) => self.tell(kind, words),
            Command::Dismiss(number) => self.dismiss(number),
            Command::DismissAll => self.notices.clear(),
            Command::Quit => self.effects.push(Effect::Quit),
        }
        self.look_at_images();
        self.follow_up();
    }

    /// What comes after every command.
    fn follow_up(&mut self) {
        self.follow_networks();
        self.view.stay_within();
        self.view.remember(&mut self.settings);
        self.tell_what_is_watched();
    }

    fn answer_path(&mut self, ask: Ask, path: PathBuf) {
        self.view.path_field = None;
        let folder = if path.is_dir() { Some(path.as_path()) } else { path.parent() };
        if let Some(folder) = folder.filter(|folder| !folder.as_os_str().is_empty()) {
            // Images are elsewhere than what is saved.
            let kept = match ask {
                Ask::Images => &mut self.settings.data_folder,
                Ask::OpenConfig | Ask::OpenRun | Ask::SaveConfig | Ask::SaveFigure(_) | Ask::SaveScreenshot => {
                    &mut self.settings.last_folder
                }
            };
            *kept = Some(folder.to_owned());
        }
        match ask {
            Ask::OpenConfig => self.open(&path),
            Ask::OpenRun => self.open_run(&path),
            Ask::SaveConfig => self.save(&path),
            Ask::Images => self.take_images(&path),
            Ask::SaveFigure(figure) => self.export(figure, path),
            Ask::SaveScreenshot => self.effects.push(Effect::WriteScreenshot(with_extension(path, "png"))),
        }
    }
}

/// The path, with an ending if it has none.
pub(super) fn with_extension(mut path: PathBuf, extension: &str) -> PathBuf {
    if path.extension().is_none() {
        path.set_extension(extension);
    }
    path
}
