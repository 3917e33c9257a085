//! The real window without a display: keys, what was kept, and training behind it.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use densescope::app::{Kept, Opening, Window};
use densescope::chart::FIGURES;
use densescope::config::LoadedConfig;
use densescope::state::{Phase, SettingsFile, State, ThemeChoice};
use densescope::text::Language;
use densescope::training::Threads;
use eframe::egui::{Key, Modifiers, UiBuilder, Vec2};
use egui_kittest::Harness;

use crate::support::TINY;

/// A window that is made in its first frame, when there is a toolkit to make it in.
pub(super) struct Screen {
    folder: std::path::PathBuf,
    start: bool,
    window: Option<Window>,
}

pub(super) fn screen(folder: &Path, start: bool) -> Harness<'static, Screen> {
    let builder = Harness::builder().with_size(Vec2::new(1440.0, 900.0)).with_step_dt(1.0 / 30.0);
    let screen = Screen { folder: folder.to_owned(), start, window: None };
    let mut harness = builder.build_ui_state(
        |ui, screen: &mut Screen| {
            let context = ui.ctx().clone();
            let Screen { folder, start, window } = screen;
            let window = window.get_or_insert_with(|| {
                let opening = Opening {
                    loaded: LoadedConfig::parse(TINY, Path::new("tiny.toml")).unwrap(),
                    start: *start,
                    ..Opening::default()
                };
                let kept = Kept::read(SettingsFile::new(Some(folder)));
                Window::new(&context, kept, Threads::background(2).unwrap(), opening)
            });
            if context.cumulative_pass_nr() == 0 {
                return; // fonts hold from the next frame on
            }
            window.logic(&context);
            let mut whole = ui.new_child(UiBuilder::new().max_rect(context.content_rect()));
            whole.set_clip_rect(context.content_rect());
            window.show(&mut whole);
        },
        screen,
    );
    harness.run_steps(3);
    harness
}

pub(super) fn state<'a>(harness: &'a Harness<'_, Screen>) -> &'a State {
    harness.state().window.as_ref().unwrap().state()
}

pub(super) fn press(harness: &mut Harness<'_, Screen>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_steps(2);
}

#[track_caller]
pub(super) fn until(harness: &mut Harness<'_, Screen>, is_so: impl Fn(&State) -> bool) {
    let deadline = Instant::now() + Duration::from_mins(2);
    while !is_so(state(harness)) {
        assert!(Instant::now() < deadline, "it never came to that");
        harness.step();
    }
}

pub(super) fn is_in(phase: Phase) -> impl Fn(&State) -> bool {
    move |state| state.run.as_ref().is_some_and(|run| run.phase == phase)
}

#[test]
fn keys_train_pause_step_scrub_and_show_figures() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = screen(folder.path(), false);
    press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    until(&mut harness, is_in(Phase::Paused));
    assert_eq!(state(&harness).run.as_ref().unwrap().step(), 1);
    press(&mut harness, Modifiers::NONE, Key::Period);
    until(&mut harness, |state| is_in(Phase::Paused)(state) && state.run.as_ref().unwrap().step() == 2);
    press(&mut harness, Modifiers::SHIFT, Key::ArrowLeft);
    assert_eq!(state(&harness).run.as_ref().unwrap().at, Some(1));
    press(&mut harness, Modifiers::NONE, Key::End);
    assert_eq!(state(&harness).run.as_ref().unwrap().at, None);
    press(&mut harness, Modifiers::NONE, Key::Space);
    until(&mut harness, is_in(Phase::Finished));
    let seed = state(&harness).draft.config().seed;
    press(&mut harness, Modifiers::NONE, Key::N);
    assert_eq!(state(&harness).draft.config().seed, seed + 1);
    until(&mut harness, is_in(Phase::Finished));

    press(&mut harness, Modifiers::NONE, Key::Num3);
    assert_eq!(state(&harness).view.figure, Some(FIGURES[2].id));
    press(&mut harness, Modifiers::NONE, Key::F);
    assert_eq!(state(&harness).view.maximised, state(&harness).figure_at_hand());
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(state(&harness).view.maximised, None);
}

#[test]
fn keys_without_a_modifier_write_while_a_text_field_has_the_focus() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = screen(folder.path(), false);
    press(&mut harness, Modifiers::COMMAND, Key::K);
    assert!(state(&harness).view.palette);
    harness.run_steps(3);
    for key in [Key::Space, Key::N, Key::ArrowRight, Key::Num4, Key::F] {
        press(&mut harness, Modifiers::NONE, key);
    }
    assert!(state(&harness).run.is_none(), "nothing trains");
    assert_eq!((state(&harness).view.figure, state(&harness).view.maximised), (None, None));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!state(&harness).view.palette);
}

#[test]
fn what_was_chosen_is_there_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = screen(folder.path(), true);
    assert!(state(&harness).run.is_some(), "it trains at once");
    let (language, theme) = (state(&harness).settings.language, state(&harness).settings.theme);
    press(&mut harness, Modifiers::COMMAND, Key::L);
    press(&mut harness, Modifiers::COMMAND, Key::T);
    press(&mut harness, Modifiers::COMMAND, Key::Num1);
    press(&mut harness, Modifiers::COMMAND, Key::Minus);
    assert_eq!(harness.ctx.zoom_factor(), 0.9);
    harness.state_mut().window.as_mut().unwrap().keep_settings();
    drop(harness);

    let harness = screen(folder.path(), false);
    let settings = &state(&harness).settings;
    assert_ne!(settings.language, language);
    assert_ne!(settings.theme, theme);
    assert_eq!((settings.theme, settings.zoom), (ThemeChoice::Light, 0.9));
    assert!(!state(&harness).view.build && !state(&harness).view.explain);
    assert!(state(&harness).notices.is_empty());
}

#[test]
fn damaged_settings_are_told_and_the_window_opens_as_at_the_first_start() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("settings.json"), "{\"language\":").unwrap();
    let harness = screen(folder.path(), false);
    assert!(state(&harness).notices[0].words.contains("settings.json.damaged"));
    assert_eq!(state(&harness).settings.language, Language::of_the_system());
}

#[test]
fn at_rest_no_frame_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = screen(folder.path(), true);
    until(&mut harness, is_in(Phase::Finished));
    let deadline = Instant::now() + Duration::from_mins(1);
    // What fades is over after some seconds of the toolkit's time.
    let delay = |harness: &Harness<'_, Screen>| {
        harness.output().viewport_output.values().map(|output| output.repaint_delay).min().expect("there is a window")
    };
    while delay(&harness) < Duration::from_hours(1) {
        assert!(Instant::now() < deadline, "it never rests: {:?}", delay(&harness));
        harness.step();
    }
}
