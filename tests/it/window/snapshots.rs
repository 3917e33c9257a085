//! The window as it was the last time somebody looked at it and found it good. `UPDATE_SNAPSHOTS=1 cargo test --test it snapshots` renews
//! the pictures in `tests/golden/window`; look at them before they are committed.

use densescope::arch::Preset;
use densescope::config::RunConfig;
use densescope::state::ThemeChoice;
use densescope::text::Language;
use eframe::egui::Vec2;
use egui_kittest::SnapshotOptions;

use super::stage::{Stage, open};

/// Preset, language, theme and size of each picture.
const SCREENS: [(&str, Language, ThemeChoice, [f32; 2]); 4] = [
    ("classroom", Language::English, ThemeChoice::Light, [1280.0, 800.0]),
    ("classroom", Language::Chinese, ThemeChoice::Dark, [1024.0, 640.0]),
    ("two-blocks", Language::Chinese, ThemeChoice::Light, [1280.0, 800.0]),
    ("densenet-121", Language::English, ThemeChoice::Dark, [1920.0, 1080.0]),
];

#[test]
fn the_first_screens_look_as_they_did() {
    let options = SnapshotOptions::new().output_path("tests/golden/window");
    let differences: Vec<String> = SCREENS
        .into_iter()
        .filter_map(|(preset, language, theme, [width, height])| {
            let config = RunConfig::from_preset(Preset::named(preset).expect("a preset of that name"));
            let mut harness = open(Stage::new(language, theme, config), Vec2::new(width, height), 1.0);
            harness.run_steps(12);
            let dark = if theme == ThemeChoice::Dark { "dark" } else { "light" };
            harness.try_snapshot_options(format!("{preset}-{}-{dark}", language.code()), &options).err()
        })
        .map(|difference| difference.to_string())
        .collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
