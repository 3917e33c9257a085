//! A window in memory over a real state: what is pressed is done.

use std::sync::Arc;
use std::time::{Duration, Instant};

use densescope::config::{LoadedConfig, RunConfig};
use densescope::state::{Command, Effect, Settings, State, ThemeChoice};
use densescope::text::Language;
use densescope::training::Threads;
use densescope::ui::{shell, style};
use eframe::egui::{Ui, UiBuilder, Vec2};
use egui_kittest::Harness;

/// What the window shows, and what was wanted of it.
pub(super) struct Stage {
    pub(super) state: State,
    pub(super) widgets: shell::Widgets,
    /// Commands that were given, in order.
    pub(super) given: Vec<Command>,
    /// What the window itself was asked to do.
    pub(super) effects: Vec<Effect>,
    ready: bool,
    /// Time that the views took, in all frames together.
    pub(super) spent: Duration,
    pub(super) frames: u32,
}

impl Stage {
    pub(super) fn new(language: Language, theme: ThemeChoice, config: RunConfig) -> Self {
        let settings = Settings { language, theme, ..Settings::default() };
        let loaded = LoadedConfig { config, ..LoadedConfig::default() };
        let threads = Threads::background(2).expect("two threads");
        let state = State::new(settings, loaded, threads, Arc::new(|| {}));
        Self {
            state,
            widgets: shell::Widgets::default(),
            given: Vec::new(),
            effects: Vec::new(),
            ready: false,
            spent: Duration::ZERO,
            frames: 0,
        }
    }

    fn frame(&mut self, ui: &mut Ui) {
        if !self.ready {
            style::install_fonts(ui.ctx());
            style::install_style(ui.ctx());
            style::follow_theme(ui.ctx(), self.state.settings.theme);
            self.ready = true;
            // Fonts and styles hold from the next frame on.
            ui.ctx().request_repaint();
            return;
        }
        let mut commands = Vec::new();
        // The whole screen, without the margin that the harness leaves.
        let whole = UiBuilder::new().max_rect(ui.ctx().content_rect());
        let mut whole = ui.new_child(whole);
        whole.set_clip_rect(ui.ctx().content_rect());
        let begun = Instant::now();
        shell::show(&mut whole, &self.state, &mut self.widgets, &mut commands);
        self.spent += begun.elapsed();
        self.frames += 1;
        for command in commands {
            self.given.push(command.clone());
            self.state.apply(command);
            self.effects.extend(self.state.take_effects());
        }
    }
}

/// A window of that size.
pub(super) fn open(stage: Stage, size: Vec2, scale: f32) -> Harness<'static, Stage> {
    let builder =
        Harness::builder().with_size(size).with_pixels_per_point(scale).with_max_steps(60).with_step_dt(1.0 / 30.0);
    let mut harness = builder.build_ui_state(|ui, stage: &mut Stage| stage.frame(ui), stage);
    harness.run_steps(3);
    harness
}

/// A window with the default run, in English.
pub(super) fn english() -> Harness<'static, Stage> {
    open(Stage::new(Language::English, ThemeChoice::Light, RunConfig::default()), Vec2::new(1280.0, 1600.0), 1.0)
}
