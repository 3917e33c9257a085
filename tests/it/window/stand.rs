//! A state that has trained, and one view of it in a harness that applies what the view commands.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use densescope::config::LoadedConfig;
use densescope::state::{Command, Phase, Settings, State, ThemeChoice};
use densescope::text::Language;
use densescope::training::Threads;
use densescope::ui::figures::Figures;
use densescope::ui::{explain, figures, shell, style};
use eframe::egui::{Theme, Ui, Vec2};
use egui_kittest::Harness;

/// A view with what it keeps.
pub(crate) struct Stand {
    pub(crate) state: State,
    pub(crate) figures: Figures,
    pub(crate) widgets: shell::Widgets,
    /// Everything that was commanded so far.
    pub(crate) commands: Vec<Command>,
}

/// A state with that configuration and nothing trained.
pub(crate) fn untrained(config: &str, language: Language) -> State {
    let loaded = LoadedConfig::parse(config, Path::new("config.toml")).expect("the configuration is valid");
    let settings = Settings { language, ..Settings::default() };
    let threads = Threads::new(2).expect("there are two threads");
    State::new(settings, loaded, threads, Arc::new(|| {}))
}

/// A state whose run has ended.
pub(crate) fn trained(config: &str, language: Language) -> State {
    let mut state = untrained(config, language);
    state.apply(Command::RunOrPause);
    let deadline = Instant::now() + Duration::from_mins(5);
    while !state.run.as_ref().is_some_and(|run| run.phase == Phase::Finished) {
        assert!(Instant::now() < deadline, "training takes too long");
        state.poll();
        std::thread::sleep(Duration::from_millis(2));
    }
    state
}

/// What stands in the harness.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Figures,
    Explain,
    Window,
}

/// A harness of that many points and pixels per point.
pub(crate) fn harness(state: State, what: What, size: Vec2, theme: Theme, scale: f32) -> Harness<'static, Stand> {
    let show = move |ui: &mut Ui, stand: &mut Stand| {
        let mut commands = Vec::new();
        match what {
            What::Figures => figures::show(ui, &stand.state, &mut stand.figures, true, &mut commands),
            What::Explain => explain::show(ui, &stand.state, &mut commands),
            What::Window => shell::show(ui, &stand.state, &mut stand.widgets, &mut commands),
        }
        for command in commands {
            stand.commands.push(command.clone());
            stand.state.apply(command);
        }
    };
    let mut state = state;
    state.settings.theme = if theme == Theme::Dark { ThemeChoice::Dark } else { ThemeChoice::Light };
    let builder = Harness::builder().with_size(size).with_pixels_per_point(scale).with_theme(theme);
    let builder = builder.with_context_setup(|context| {
        style::install_fonts(context);
        style::install_style(context);
    });
    builder.build_ui_state(
        show,
        Stand { state, figures: Figures::default(), widgets: shell::Widgets::default(), commands: Vec::new() },
    )
}
