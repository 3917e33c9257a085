//! Pictures of the views, to be looked at.

use densescope::arch::{NetworkKind, Part};
use densescope::chart::FIGURES;
use densescope::state::{Command, Focus};
use densescope::text::Language;
use eframe::egui::{Theme, vec2};

use super::stand::{What, harness, trained, untrained};

const CLASSROOM: &str = "\
seed = 1
[data]
train = 2000
validation = 500
[training]
steps = 160
batch = 32
evaluate_every = 20
";

/// Writes a picture of every figure, and of all together, at the sizes, themes and languages there are.
#[test]
#[ignore = "writes pictures into the target folder, to be looked at"]
fn pictures_of_the_figures() {
    let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("pictures");
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    let only = std::env::var("DENSESCOPE_ONLY").unwrap_or_default();
    let mut state = Some(trained(CLASSROOM, Language::English));
    for (language, theme) in [(Language::English, Theme::Light), (Language::Chinese, Theme::Dark)] {
        for (width, height, scale) in
            [(1880.0, 560.0, 1.0), (880.0, 420.0, 1.0), (500.0, 330.0, 1.0), (700.0, 400.0, 2.0)]
        {
            for figure in std::iter::once(None).chain(FIGURES.iter().map(Some)) {
                let id = figure.map_or("all", |figure| figure.id);
                let name = format!("{}-{id}-{width}x{height}@{scale}.png", language.code());
                if !name.contains(&only) {
                    continue;
                }
                let mut taken = state.take().expect("it is put back");
                taken.apply(Command::SetLanguage(language));
                taken.apply(Command::Maximise(figure.map(|figure| figure.id)));
                let mut harness = harness(taken, What::Figures, vec2(width, height), theme, scale);
                harness.run_steps(6);
                harness.render().expect("there is a renderer").save(folder.join(name)).expect("it can be written");
                state = Some(harness.into_state().state);
            }
        }
    }
}

#[test]
#[ignore = "writes pictures into the target folder, to be looked at"]
fn pictures_before_training() {
    let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("pictures");
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    let state = untrained(CLASSROOM, Language::English);
    let mut harness = harness(state, What::Figures, vec2(1300.0, 420.0), Theme::Light, 1.0);
    harness.run_steps(6);
    harness.render().expect("there is a renderer").save(folder.join("untrained.png")).expect("it can be written");
}

#[test]
#[ignore = "writes pictures into the target folder, to be looked at"]
fn pictures_of_the_explanations_and_of_the_window() {
    let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("pictures");
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    let mut state = Some(trained(CLASSROOM, Language::English));
    let focuses = [
        ("nothing", None),
        ("layer", Some(Focus::Part(Some(NetworkKind::Dense), Part::Layer { block: 1, layer: 3 }))),
        ("residual", Some(Focus::Part(Some(NetworkKind::Residual), Part::Layer { block: 2, layer: 1 }))),
        ("transition", Some(Focus::Part(None, Part::Transition { block: 1 }))),
        ("classifier", Some(Focus::Part(None, Part::Classifier))),
        ("stem", Some(Focus::Part(None, Part::Stem))),
        ("figure", Some(Focus::Figure("gradients"))),
        ("setting", Some(Focus::Field(&densescope::config::fields::GROWTH))),
    ];
    let only = std::env::var("DENSESCOPE_ONLY").unwrap_or_default();
    for (language, theme) in [(Language::English, Theme::Light), (Language::Chinese, Theme::Dark)] {
        for (name, focus) in focuses {
            let name = format!("{}-explain-{name}.png", language.code());
            if !name.contains(&only) {
                continue;
            }
            let mut taken = state.take().expect("it is put back");
            taken.apply(Command::SetLanguage(language));
            taken.apply(Command::Select(focus));
            let mut harness = harness(taken, What::Explain, vec2(284.0, 620.0), theme, 1.0);
            harness.run_steps(6);
            harness.render().expect("there is a renderer").save(folder.join(name)).expect("it can be written");
            state = Some(harness.into_state().state);
        }
        for (width, height, scale) in
            [(1024.0, 640.0, 1.0), (1440.0, 900.0, 1.0), (1920.0, 1080.0, 1.0), (960.0, 540.0, 2.0)]
        {
            let name = format!("{}-window-{width}x{height}@{scale}.png", language.code());
            if !name.contains(&only) {
                continue;
            }
            let mut taken = state.take().expect("it is put back");
            taken.apply(Command::SetLanguage(language));
            taken.apply(Command::Select(Some(Focus::Part(None, Part::Layer { block: 1, layer: 3 }))));
            let mut harness = harness(taken, What::Window, vec2(width, height), theme, scale);
            harness.run_steps(8);
            harness.render().expect("there is a renderer").save(folder.join(name)).expect("it can be written");
            state = Some(harness.into_state().state);
        }
    }
}

#[test]
#[ignore = "writes pictures into the target folder, to be looked at"]
fn pictures_of_what_the_pointer_says() {
    let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("pictures");
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    let mut state = Some(trained(CLASSROOM, Language::English));
    for (language, theme) in [(Language::English, Theme::Light), (Language::Chinese, Theme::Dark)] {
        for figure in FIGURES {
            let mut taken = state.take().expect("it is put back");
            taken.apply(Command::SetLanguage(language));
            taken.apply(Command::Maximise(Some(figure.id)));
            let mut harness = harness(taken, What::Figures, vec2(760.0, 400.0), theme, 1.0);
            harness.run_steps(3);
            harness.hover_at(eframe::egui::pos2(300.0, 300.0));
            harness.run_steps(6);
            let name = format!("{}-hover-{}.png", language.code(), figure.id);
            harness.render().expect("there is a renderer").save(folder.join(name)).expect("it can be written");
            harness.remove_cursor();
            harness.run_steps(2);
            state = Some(harness.into_state().state);
        }
    }
    let mut taken = state.take().expect("it is put back");
    taken.apply(Command::SetLanguage(Language::English));
    taken.apply(Command::Maximise(Some("growth")));
    taken.apply(Command::ToggleTable("growth"));
    let mut harness = harness(taken, What::Figures, vec2(760.0, 400.0), Theme::Light, 1.0);
    harness.run_steps(6);
    harness.render().expect("there is a renderer").save(folder.join("table.png")).expect("it can be written");
}
