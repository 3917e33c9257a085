//! Pictures of the window for a person to look at. They are written only on request:
//! `DENSESCOPE_PICTURES=folder cargo test --test it pictures -- --ignored`.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use densescope::config::{RunConfig, Value};
use densescope::state::{Command, NoticeKind, ThemeChoice};
use densescope::text::Language;
use eframe::egui::Vec2;
use egui_kittest::Harness;

use super::stage::{Stage, open};

fn folder() -> Option<PathBuf> {
    std::env::var_os("DENSESCOPE_PICTURES").map(PathBuf::from)
}

fn save(harness: &mut Harness<'static, Stage>, name: &str) {
    let folder = folder().expect("the folder is named in DENSESCOPE_PICTURES");
    if !wanted(name) {
        return;
    }
    harness.run_steps(12);
    harness
        .render()
        .expect("a picture")
        .save(folder.join(format!("{name}.png")))
        .expect("the folder can be written to");
}

/// Trains until that step.
fn train(harness: &mut Harness<'static, Stage>, step: usize) {
    harness.state_mut().state.apply(Command::PauseAtStep(Some(step)));
    harness.state_mut().state.apply(Command::RunOrPause);
    let patience = Instant::now() + Duration::from_secs(120);
    while Instant::now() < patience {
        harness.state_mut().state.poll();
        let run = harness.state().state.run.as_ref().expect("a run");
        if run.step() >= step && !run.is_running() {
            return;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("training did not reach step {step}");
}

fn wanted(name: &str) -> bool {
    std::env::var("DENSESCOPE_ONLY").map_or(true, |only| only.split(',').any(|part| name.contains(part)))
}

#[test]
#[ignore = "writes pictures for a person to look at"]
fn pictures() {
    if folder().is_none() {
        return;
    }
    let looks = [
        (Language::English, ThemeChoice::Light, "en-light"),
        (Language::English, ThemeChoice::Dark, "en-dark"),
        (Language::Chinese, ThemeChoice::Light, "zh-light"),
        (Language::Chinese, ThemeChoice::Dark, "zh-dark"),
    ];
    let sizes = [(1024.0, 640.0, 1.0), (1280.0, 800.0, 1.0), (1920.0, 1080.0, 1.0), (1280.0, 800.0, 2.0)];
    for (language, theme, look) in looks {
        for (width, height, scale) in sizes {
            let name = |what: &str| format!("{what}-{look}-{width}x{height}@{scale}");
            if !wanted(&name("start")) && !wanted(&name("run")) && !wanted(&name("wait")) {
                continue;
            }
            let mut config = RunConfig::default();
            config.training.evaluate_every = 10;
            config.training.steps = 200;
            config.data.validation = 100;
            let mut harness = open(Stage::new(language, theme, config), Vec2::new(width, height), scale);
            save(&mut harness, &name("start"));
            if !wanted(&name("run")) && !wanted(&name("wait")) {
                continue;
            }
            train(&mut harness, 40);
            save(&mut harness, &name("run"));
            let state = &mut harness.state_mut().state;
            state.apply(Command::Set("network.growth", Value::Integer(24)));
            state.apply(Command::Set(
                "training.networks",
                Value::Words(vec!["dense".into(), "residual".into(), "plain".into()]),
            ));
            state.apply(Command::LookAt(Some(17)));
            save(&mut harness, &name("wait"));
        }
    }
}

#[test]
#[ignore = "writes pictures for a person to look at"]
fn pictures_of_cards() {
    if folder().is_none() {
        return;
    }
    for (language, theme, look) in
        [(Language::English, ThemeChoice::Light, "en-light"), (Language::Chinese, ThemeChoice::Dark, "zh-dark")]
    {
        let cards: [(&str, fn(&mut Stage)); 6] = [
            ("palette", |stage| _ = stage.state.apply(Command::TogglePalette)),
            ("keys", |stage| _ = stage.state.apply(Command::ToggleKeys)),
            ("about", |stage| _ = stage.state.apply(Command::ToggleAbout)),
            ("path", |stage| {
                stage.state.ask_path(
                    densescope::state::Effect::SaveFile,
                    std::path::Path::new("/tmp/lesson-3/densescope.toml"),
                );
            }),
            ("problem", |stage| {
                stage.state.apply(Command::Set("network.growth", Value::Integer(0)));
                stage.state.apply(Command::Set("training.networks", Value::Words(vec![])));
                stage.state.apply(Command::Set("network.blocks", Value::Integers(vec![1; 7])));
            }),
            ("large", |stage| _ = stage.state.apply(Command::Preset("densenet-264"))),
        ];
        for (card, prepare) in cards {
            let name = format!("{card}-{look}");
            if !wanted(&name) {
                continue;
            }
            let mut stage = Stage::new(language, theme, RunConfig::default());
            prepare(&mut stage);
            let mut harness = open(stage, Vec2::new(1280.0, 800.0), 1.0);
            save(&mut harness, &name);
        }
    }
    let _ = NoticeKind::Done;
}
