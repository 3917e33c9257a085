//! The commands that menus, keys and the palette offer, each once.

use super::State;
use super::command::{Ask, Command, Cut, TableFormat};
use super::playback::Playback;
use super::settings::ThemeChoice;
use crate::chart::FIGURES;
use crate::drawing::ID;
use crate::text::{Language, Text};

/// A command with a name and perhaps a key.
pub struct Action {
    /// Its name: texts are `action.ID`.
    pub id: &'static str,
    /// Its key as it is written in English, such as `Ctrl+K`; the window reads it, menus show it.
    pub key: Option<&'static str>,
    /// Another key for the same, which menus do not show.
    pub other_key: Option<&'static str>,
    /// Whether holding its key down does it again and again.
    pub repeats: bool,
    /// What it does now.
    pub command: fn(&State) -> Command,
    /// Whether it makes sense now.
    pub enabled: fn(&State) -> bool,
    /// The number of the figure that it shows, from 0; nothing for all other actions.
    figure: Option<usize>,
}

impl Action {
    /// Whether there is such an action in this version: figures have keys in the order in which they are shown.
    pub fn exists(&self) -> bool {
        self.figure.is_none_or(|index| index < FIGURES.len())
    }

    /// What it does, in words.
    pub fn words(&self, text: &Text) -> String {
        match self.figure.and_then(|index| FIGURES.get(index)) {
            Some(figure) => {
                text.fill("action.figure", &[("figure", &text.say(&format!("figure.{}.title", figure.id)))])
            }
            None => text.say(&format!("action.{}", self.id)).to_owned(),
        }
    }

    const fn new(id: &'static str, key: Option<&'static str>, command: fn(&State) -> Command) -> Self {
        Self { id, key, other_key: None, repeats: false, command, enabled: |_| true, figure: None }
    }

    const fn or(mut self, other_key: &'static str) -> Self {
        self.other_key = Some(other_key);
        self
    }

    const fn again_and_again(mut self) -> Self {
        self.repeats = true;
        self
    }

    const fn when(mut self, enabled: fn(&State) -> bool) -> Self {
        self.enabled = enabled;
        self
    }
}

/// Shows the figure of that place, by the key of its number.
const fn figure<const INDEX: usize>() -> Action {
    const IDS: [&str; 9] =
        ["figure-1", "figure-2", "figure-3", "figure-4", "figure-5", "figure-6", "figure-7", "figure-8", "figure-9"];
    const KEYS: [&str; 9] = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];
    Action {
        figure: Some(INDEX),
        ..Action::new(IDS[INDEX], Some(KEYS[INDEX]), |_| Command::ShowFigure(FIGURES[INDEX].id))
            .when(|_| INDEX < FIGURES.len())
    }
}

/// A command about the figure at hand.
fn about(state: &State, command: fn(&'static str) -> Command) -> Command {
    command(state.figure_at_hand().expect("only enabled where there is a figure"))
}

fn nothing_is_hidden(state: &State) -> bool {
    state.hidden().is_none()
}

/// Whose tables tell nothing that is asked.
fn has_networks(state: &State) -> bool {
    state.built().is_some() && nothing_is_hidden(state)
}

fn has_figure(state: &State) -> bool {
    state.figure_at_hand().is_some()
}

/// A figure that tells nothing that is asked.
fn has_figure_to_give(state: &State) -> bool {
    state.figure_at_hand().is_some_and(|id| !state.hides_figure(id))
}

/// A run that is not over goes on whatever waits in the draft; without one the draft is begun.
fn can_go_on(state: &State) -> bool {
    state.draft.plan.is_ok() || state.run.as_ref().is_some_and(|run| !run.has_ended())
}

/// There is something to train with other seeds, and nothing else waits to be trained.
fn can_train_seeds(state: &State) -> bool {
    !state.pending() && (state.run.is_some() || state.draft.plan.is_ok())
}

/// A run that has ended and left what its next step depends on.
fn can_train_on(state: &State) -> bool {
    state.run.as_ref().is_some_and(super::Run::can_train_on)
}

fn has_steps(state: &State) -> bool {
    state.run.as_ref().is_some_and(|run| run.step() > 0)
}

const fn shows_maps(state: &State) -> bool {
    state.view.watched().is_some()
}

const fn presents(state: &State) -> bool {
    state.view.presenting
}

/// Every action in the order of the palette.
pub const ACTIONS: &[Action] = &[
    Action::new("run", Some("Space"), |_| Command::RunOrPause).when(can_go_on),
    Action::new("one-step", Some("Right"), |_| Command::OneStep).or(".").again_and_again().when(can_go_on),
    Action::new("go-on", Some("O"), |_| Command::GoOn).when(can_train_on),
    Action::new("restart", Some("R"), |_| Command::Restart).when(|state| state.run.is_some()),
    Action::new("new-seed", Some("N"), |_| Command::NewSeed)
        .when(|state| state.run.is_some() || state.draft.plan.is_ok()),
    Action::new("undo", Some("Ctrl+Z"), |_| Command::Undo)
        .when(|state| !state.kept.is_empty() || state.kept.has_removed()),
    Action::new("pin", Some("G"), |state| {
        let run = state.run.as_ref().expect("only enabled where there is a run");
        Command::PinRun(run.id, !run.pinned)
    })
    .when(|state| state.run.is_some()),
    Action::new("train-seeds-3", None, |_| Command::TrainSeeds(3)).when(can_train_seeds),
    Action::new("train-seeds-5", None, |_| Command::TrainSeeds(5)).when(can_train_seeds),
    Action::new("train-seeds-10", None, |_| Command::TrainSeeds(10)).when(can_train_seeds),
    Action::new("slow-motion", Some("S"), |state| {
        Command::SetPace(if state.playback.pace.is_some() { None } else { Some(Playback::SLOW) })
    }),
    Action::new("play-step", Some("P"), |_| Command::PlayStep).when(|state| {
        let ended = state.run.as_ref().is_some_and(super::Run::has_ended);
        (state.draft.plan.is_ok() || ended) && nothing_is_hidden(state)
    }),
    Action::new("back", Some("Shift+Left"), |_| Command::LookAround(-1)).again_and_again().when(has_steps),
    Action::new("forward", Some("Shift+Right"), |_| Command::LookAround(1)).again_and_again().when(has_steps),
    Action::new("first", Some("Home"), |state| Command::LookAt(state.run.as_ref().and_then(super::Run::first_step)))
        .when(has_steps),
    Action::new("latest", Some("End"), |_| Command::LookAt(None)).when(has_steps),
    Action::new("apply", Some("Ctrl+Enter"), |_| Command::Apply).when(|state| state.draft.plan.is_ok()),
    Action::new("revert", Some("Ctrl+Backspace"), |_| Command::Revert).when(State::pending),
    Action::new("open", Some("Ctrl+O"), |_| Command::Ask(Ask::OpenConfig)),
    Action::new("open-run", Some("Ctrl+Shift+O"), |_| Command::Ask(Ask::OpenRun)),
    Action::new("save", Some("Ctrl+S"), |_| Command::Ask(Ask::SaveConfig)),
    Action::new("copy-line", Some("Y"), |_| Command::CopyLine),
    Action::new("data", Some("Ctrl+D"), |_| Command::Ask(Ask::Images)),
    Action::new("images", None, |_| Command::ToggleImages),
    Action::new("palette", Some("Ctrl+K"), |_| Command::TogglePalette),
    figure::<0>(),
    figure::<1>(),
    figure::<2>(),
    figure::<3>(),
    figure::<4>(),
    figure::<5>(),
    figure::<6>(),
    figure::<7>(),
    figure::<8>(),
    Action::new("maximise", Some("F"), |state| {
        Command::Maximise(if state.view.maximised.is_some() { None } else { state.figure_at_hand() })
    })
    .when(has_figure),
    Action::new("table", Some("T"), |state| about(state, Command::ToggleTable)).when(has_figure),
    Action::new("toggle-build", Some("Ctrl+1"), |_| Command::ToggleBuild),
    Action::new("toggle-networks", Some("Ctrl+2"), |_| Command::ToggleNetworks),
    Action::new("toggle-maps", Some("M"), |_| Command::ToggleMaps).when(nothing_is_hidden),
    Action::new("next-image", Some("I"), |_| Command::NextImage(1)).again_and_again().when(shows_maps),
    Action::new("previous-image", Some("Shift+I"), |_| Command::NextImage(-1)).again_and_again().when(shows_maps),
    Action::new("draw", Some("D"), |_| Command::ToggleDrawing)
        .when(|state| state.run.as_ref().is_some_and(|run| run.images.is_some()) && nothing_is_hidden(state)),
    Action::new("cut", Some("X"), |_| Command::ToggleCutting).when(nothing_is_hidden),
    Action::new("cut-selected", Some("Shift+X"), |state| {
        let (network, links) = state.links_of_selected().expect("only enabled where a row has links");
        Command::Cutting(Cut::Links(network, links))
    })
    .when(|state| state.links_of_selected().is_some() && nothing_is_hidden(state)),
    Action::new("undo-cut", Some("Z"), |_| Command::Cutting(Cut::Undo)).when(|state| state.view.cutting.can_undo()),
    Action::new("restore-cuts", Some("Shift+Z"), |_| Command::Cutting(Cut::Restore))
        .when(|state| state.view.cutting.any()),
    Action::new("toggle-explain", Some("Ctrl+3"), |_| Command::ToggleExplain),
    Action::new("toggle-runs", Some("Ctrl+5"), |_| Command::ToggleRuns),
    Action::new("toggle-figures", Some("Ctrl+4"), |_| Command::ToggleFigures),
    Action::new("add-figure", None, |_| Command::AddSeat),
    Action::new("presentation", Some("F11"), |_| Command::TogglePresentation),
    Action::new("onward", Some("PageDown"), |_| Command::GoThrough(1)).again_and_again(),
    Action::new("backward", Some("PageUp"), |_| Command::GoThrough(-1)).again_and_again(),
    Action::new("blank", Some("B"), |_| Command::ToggleBlank).when(presents),
    Action::new("pointer", Some("L"), |_| Command::TogglePointer).when(presents),
    Action::new("reset-layout", None, |_| Command::ResetLayout),
    Action::new("exercise", Some("E"), |_| Command::ToggleExercise),
    Action::new("next-question", Some("Q"), |_| Command::NextQuestion).when(|state| state.exercise.is_some()),
    Action::new("reveal-answer", Some("A"), |_| Command::RevealAnswer)
        .when(|state| state.exercise.as_ref().is_some_and(super::Exercise::is_open)),
    Action::new("reset-score", None, |_| Command::ResetScore).when(|state| !state.scores().is_empty()),
    Action::new("teams", None, |_| Command::ToggleTeams).when(|state| state.exercise.is_some()),
    Action::new("close", Some("Escape"), |_| Command::Close),
    Action::new("export", Some("Ctrl+E"), |state| about(state, |id| Command::Ask(Ask::SaveFigure(Some(id)))))
        .when(has_figure_to_give),
    Action::new("export-all", Some("Ctrl+Shift+E"), |_| Command::Ask(Ask::SaveFigure(None))).when(has_steps),
    Action::new("copy-picture", Some("C"), |state| about(state, Command::CopyPicture)).when(has_figure_to_give),
    Action::new("copy-values", Some("V"), |state| about(state, Command::CopyValues)).when(has_figure_to_give),
    Action::new("export-networks", None, |_| Command::Ask(Ask::SaveFigure(Some(ID)))).when(has_networks),
    Action::new("copy-networks", None, |_| Command::CopyPicture(ID)).when(has_networks),
    Action::new("copy-csv", None, |_| Command::CopyTables(TableFormat::Csv)).when(has_networks),
    Action::new("copy-markdown", None, |_| Command::CopyTables(TableFormat::Markdown)).when(has_networks),
    Action::new("copy-latex", None, |_| Command::CopyTables(TableFormat::Latex)).when(has_networks),
    Action::new("screenshot", Some("F12"), |_| Command::Screenshot),
    Action::new("language", Some("Ctrl+L"), |state| {
        Command::SetLanguage(after(&Language::ALL, state.settings.language))
    }),
    Action::new("theme", Some("Ctrl+T"), |state| Command::SetTheme(after(&ThemeChoice::ALL, state.settings.theme))),
    Action::new("zoom-in", Some("Ctrl++"), |_| Command::ZoomIn).or("Ctrl+=").again_and_again(),
    Action::new("zoom-out", Some("Ctrl+-"), |_| Command::ZoomOut).again_and_again(),
    Action::new("zoom-reset", Some("Ctrl+0"), |_| Command::ZoomReset),
    Action::new("keys", Some("F1"), |_| Command::ToggleKeys).or("?"),
    Action::new("about", None, |_| Command::ToggleAbout),
    Action::new("quit", Some("Ctrl+Q"), |_| Command::Quit),
];

/// The next in a circle.
fn after<T: Copy + PartialEq>(all: &[T], now: T) -> T {
    let place = all.iter().position(|one| *one == now).unwrap_or(0);
    all[(place + 1) % all.len()]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_actions_share_a_name_or_a_key() {
        let (mut ids, mut keys) = (BTreeSet::new(), BTreeSet::new());
        for action in ACTIONS {
            assert!(ids.insert(action.id), "{} twice", action.id);
            for key in action.key.into_iter().chain(action.other_key) {
                assert!(keys.insert(key), "{key} twice, the second time for {}", action.id);
            }
        }
    }

    #[test]
    fn every_action_has_words_in_every_language() {
        for language in Language::ALL {
            let text = Text::of(language);
            for action in ACTIONS.iter().filter(|action| action.exists()) {
                assert!(!action.words(text).is_empty());
            }
        }
    }

    #[test]
    fn each_of_the_first_nine_figures_has_the_key_of_its_place() {
        for (index, figure) in FIGURES.iter().enumerate() {
            let shows = ACTIONS.iter().filter(|action| action.figure == Some(index)).collect::<Vec<_>>();
            let keys = shows.iter().map(|action| action.key).collect::<Vec<_>>();
            // There are nine digits; figures after the ninth are found in the menu and the palette.
            let key = (index < 9).then(|| (index + 1).to_string());
            assert_eq!(keys, key.iter().map(|key| Some(key.as_str())).collect::<Vec<_>>(), "{}", figure.id);
        }
    }
}
