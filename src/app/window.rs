//! One frame after another: what was reported, what was pressed, what is shown, what is to be done.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use eframe::egui::{ColorImage, Context, Theme, Ui, ViewportCommand};

use super::clipboard::Clipboard;
use super::dialogs::{Answer, Dialog, Question, Wanted};
use super::keys::take_commands;
use super::opening::Opening;
use super::pulse::Pulse;
use super::screenshot::{Camera, write_png};
use super::system_theme::SystemTheme;
use crate::drawing::ID;
use crate::state::{
    Ask, Command, Effect, NoticeKind, Picture, Settings, SettingsError, SettingsFile, State, WindowPlace,
};
use crate::text::Localized as _;
use crate::text::font::SystemFonts;
use crate::training::Threads;
use crate::ui::fallback::install_fallback;
use crate::ui::shell;
use crate::ui::style::{install_fonts, install_style};

/// The state with everything that only a window has.
pub struct Window {
    state: State,
    widgets: shell::Widgets,
    file: SettingsFile,
    pulse: Arc<Pulse>,
    camera: Camera,
    clipboard: Clipboard,
    /// The last picture of the window, until it is saved.
    picture: Option<Arc<ColorImage>>,
    /// A dialog that is open, and what its answer is for.
    dialog: Option<(Ask, Dialog)>,
    /// What the desktop says of light and dark.
    system_theme: SystemTheme,
    /// The zoom that the toolkit was told.
    told_zoom: Option<f32>,
}

impl Window {
    /// A window with what was kept and what it begins with.
    pub fn new(context: &Context, kept: Kept, threads: Threads, opening: Opening) -> Self {
        install_fonts(context);
        install_fallback(context, SystemFonts::of_this_machine());
        install_style(context);
        context.options_mut(|options| {
            options.zoom_with_keyboard = false; // ours are actions like all others, and are kept
            options.fallback_theme = Theme::Light; // where the system does not tell, what projectors show best
        });
        let Kept { file, mut settings, trouble } = kept;
        let Opening { loaded, runs, language, theme, start } = opening;
        settings.language = language.unwrap_or(settings.language);
        settings.theme = theme.unwrap_or(settings.theme);
        let pulse = Arc::new(Pulse::new(context.clone()));
        let wake = Arc::clone(&pulse);
        let mut window = Self {
            state: State::new(settings, loaded, threads, Arc::new(move || wake.wake())),
            widgets: shell::Widgets::default(),
            file,
            pulse,
            camera: Camera::default(),
            clipboard: Clipboard::default(),
            picture: None,
            dialog: None,
            system_theme: SystemTheme::default(),
            told_zoom: None,
        };
        if let Some(trouble) = trouble {
            let words = trouble.in_words(window.state.text());
            window.apply(context, Command::Tell(NoticeKind::Warning, words));
        }
        for (index, run) in runs.iter().enumerate() {
            window.apply(context, Command::OpenRun(run.clone()));
            let opened = window.state.run.as_ref().map(|run| run.id);
            if let Some(id) = opened.filter(|_| index + 1 < runs.len()) {
                window.apply(context, Command::PinRun(id, true));
            }
        }
        if start {
            window.apply(context, Command::Apply);
        }
        window.tell_zoom(context);
        window
    }

    /// Follows what the desktop says of light and dark.
    pub(super) fn listen_to_the_desktop(&self, context: &Context) {
        self.system_theme.listen(context);
    }

    /// What the window knows.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Takes in what other threads report.
    pub fn logic(&mut self, context: &Context) {
        self.pulse.frame_begins();
        if let Some(theme) = self.system_theme.theme() {
            context.options_mut(|options| options.fallback_theme = theme);
        }
        if self.state.poll() {
            self.pulse.wake(); // there may be more
        }
        self.perform_effects(context);
        self.take_answer(context);
        self.tell_zoom(context); // a presentation follows the window's height
        if let Some(picture) = self.camera.take() {
            self.picture = Some(picture);
            self.apply(context, Command::Ask(Ask::SaveScreenshot));
        }
        self.note_place(context);
        if let Some(rest) = self.state.fade_notices(Instant::now()) {
            context.request_repaint_after(rest);
        }
        match self.file.keep(&self.state.settings, Instant::now()) {
            Ok(Some(rest)) => context.request_repaint_after(rest),
            Ok(None) => {}
            Err(error) => {
                let words = error.in_words(self.state.text());
                self.apply(context, Command::Tell(NoticeKind::Warning, words));
            }
        }
    }

    /// Shows everything, and does what is asked for.
    pub fn show(&mut self, ui: &mut Ui) {
        let context = ui.ctx().clone();
        for command in take_commands(&context, &self.state) {
            self.apply(&context, command);
        }
        for path in dropped(&context) {
            self.apply(&context, Command::Drop(path));
        }
        let mut commands = Vec::new();
        shell::show(ui, &self.state, &mut self.widgets, &mut commands);
        if !commands.is_empty() {
            context.request_repaint(); // what they change is seen in the next frame
        }
        for command in commands {
            self.apply(&context, command);
        }
    }

    /// Writes the settings at the end, when nobody could read a notice any more.
    pub fn keep_settings(&mut self) {
        drop(self.file.write(&self.state.settings));
    }

    fn apply(&mut self, context: &Context, command: Command) {
        self.state.apply(command);
        self.perform_effects(context);
        self.tell_zoom(context);
    }

    fn perform_effects(&mut self, context: &Context) {
        for effect in self.state.take_effects() {
            self.perform(context, effect);
        }
    }

    /// Does what only the window can do.
    fn perform(&mut self, context: &Context, effect: Effect) {
        match effect {
            Effect::Ask(ask) => self.ask(context, ask),
            Effect::CopyPicture(picture) => self.copy(context, picture),
            Effect::CopyText(words) => context.copy_text(words),
            Effect::Screenshot => self.camera.release(context),
            Effect::WriteScreenshot(path) => self.write_screenshot(context, &path),
            Effect::FullScreen(full) => context.send_viewport_cmd(ViewportCommand::Fullscreen(full)),
            Effect::Quit => context.send_viewport_cmd(ViewportCommand::Close),
        }
    }

    /// Asks for a path in a dialog of the system, or in the window.
    fn ask(&mut self, context: &Context, ask: Ask) {
        if self.dialog.is_some() || self.state.view.path_field.is_some() {
            return; // one question at a time
        }
        let repaint = context.clone();
        match Dialog::open(&question(ask, &self.state), move || repaint.request_repaint()) {
            Some(dialog) => self.dialog = Some((ask, dialog)),
            None => self.ask_here(context, ask),
        }
    }

    fn ask_here(&mut self, context: &Context, ask: Ask) {
        let question = question(ask, &self.state);
        self.apply(context, Command::AskHere(ask, question.folder.join(question.name)));
    }

    fn take_answer(&mut self, context: &Context) {
        let Some(answer) = self.dialog.as_ref().and_then(|(_, dialog)| dialog.answer()) else { return };
        let Some((ask, _)) = self.dialog.take() else { return };
        match answer {
            Answer::Path(path) => self.apply(context, Command::AnswerPath(ask, path)),
            Answer::Nothing => {}
            Answer::NoDialog => self.ask_here(context, ask),
        }
    }

    fn copy(&mut self, context: &Context, picture: Picture) {
        let text = self.state.text();
        let (kind, words) = match self.clipboard.put(picture) {
            Ok(()) => (NoticeKind::Done, text.say("notice.copied_picture").to_owned()),
            Err(error) => (NoticeKind::Error, text.fill("notice.picture_not_copied", &[("why", &error)])),
        };
        self.apply(context, Command::Tell(kind, words));
    }

    fn write_screenshot(&mut self, context: &Context, path: &Path) {
        let Some(picture) = self.picture.take() else { return };
        let text = self.state.text();
        let (kind, words) = match write_png(&picture, path) {
            Ok(()) => (NoticeKind::Done, text.fill("notice.saved", &[("path", &path.display())])),
            Err(error) => (NoticeKind::Error, text.fill("notice.not_saved", &[("why", &error.in_words(text))])),
        };
        self.apply(context, Command::Tell(kind, words));
    }

    /// Tells the toolkit the size of everything, when it has changed; the views tell it the theme.
    fn tell_zoom(&mut self, context: &Context) {
        let height = context.content_rect().height() * context.zoom_factor();
        let zoom = shell::zoom(&self.state, height);
        if self.told_zoom != Some(zoom) {
            self.told_zoom = Some(zoom);
            context.set_zoom_factor(zoom);
        }
    }

    /// Notes where the window is, for the next start.
    fn note_place(&mut self, context: &Context) {
        let (size, maximised, full_screen) = context.input(|input| {
            let viewport = input.viewport();
            let size = viewport.inner_rect.map(|rect| rect.size());
            (size, viewport.maximized == Some(true), viewport.fullscreen == Some(true))
        });
        let mut place = WindowPlace { maximised, ..self.state.settings.window };
        if let Some(size) = size.filter(|size| !maximised && !full_screen && size.x >= 1.0 && size.y >= 1.0) {
            let points = size * context.zoom_factor(); // as they are without zoom
            (place.width, place.height) = (points.x.round(), points.y.round());
        }
        if place != self.state.settings.window {
            self.apply(context, Command::Placed(place));
        }
    }
}

/// Files and folders that were dropped on the window.
fn dropped(context: &Context) -> Vec<PathBuf> {
    context.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect())
}

/// What was kept from the last start.
pub struct Kept {
    file: SettingsFile,
    pub(super) settings: Settings,
    trouble: Option<SettingsError>,
}

impl Kept {
    /// What a file holds.
    pub fn read(mut file: SettingsFile) -> Self {
        let (settings, trouble) = file.read();
        Self { file, settings, trouble }
    }
}

impl eframe::App for Window {
    fn logic(&mut self, context: &Context, _frame: &mut eframe::Frame) {
        Self::logic(self, context);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.show(ui);
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.keep_settings();
    }
}

/// The question for a path.
fn question(ask: Ask, state: &State) -> Question {
    let text = state.text();
    let (wanted, key, name, endings): (_, _, String, &[&str]) = match ask {
        Ask::OpenConfig => (Wanted::File, "ask.open", String::new(), &["toml"]),
        Ask::OpenRun => (Wanted::Folder, "ask.run", String::new(), &[]),
        Ask::SaveConfig => (Wanted::Name, "ask.save", "densescope.toml".to_owned(), &["toml"]),
        Ask::Images => (Wanted::Folder, "ask.data", String::new(), &[]),
        Ask::SaveFigure(Some(id)) => {
            let endings: &[&str] = if id == ID { &["png", "svg", "csv"] } else { &["png", "svg", "csv", "gif"] };
            (Wanted::Name, "ask.figure", format!("{id}.png"), endings)
        }
        Ask::SaveFigure(None) => (Wanted::Name, "ask.all", "densescope-run".to_owned(), &[]),
        Ask::SaveScreenshot => (Wanted::Name, "ask.screenshot", "densescope.png".to_owned(), &["png"]),
    };
    let kept = match ask {
        Ask::Images => &state.settings.data_folder,
        Ask::OpenConfig | Ask::OpenRun | Ask::SaveConfig | Ask::SaveFigure(_) | Ask::SaveScreenshot => {
            &state.settings.last_folder
        }
    };
    let folder = kept.clone().filter(|folder| folder.is_dir());
    let folder = folder.or_else(|| std::env::current_dir().ok()).unwrap_or_else(|| PathBuf::from("."));
    Question { wanted, title: text.say(key).to_owned(), folder, name, endings: endings.to_vec() }
}
