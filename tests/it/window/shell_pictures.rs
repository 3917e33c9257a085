//! Pictures of the window for a person to look at. They are written only on request:
//! `DENSESCOPE_PICTURES=folder cargo test --test it pictures -- --ignored`.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use densescope::config::{RunConfig, Value, fields};
use densescope::state::{Command, ThemeChoice};
use densescope::text::Language;
use eframe::egui::Vec2;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

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
    let patience = Instant::now() + Duration::from_mins(2);
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
            state.apply(Command::Set(&fields::GROWTH, Value::Integer(24)));
            state.apply(Command::Set(
                &fields::NETWORKS,
                Value::Words(vec!["dense".into(), "residual".into(), "plain".into()]),
            ));
            state.apply(Command::LookAt(Some(17)));
            save(&mut harness, &name("wait"));
        }
    }
}

/// A card's name, and what brings it up.
type Card = (&'static str, fn(&mut Stage));

#[test]
#[ignore = "writes pictures for a person to look at"]
fn pictures_of_cards() {
    if folder().is_none() {
        return;
    }
    for (language, theme, look) in
        [(Language::English, ThemeChoice::Light, "en-light"), (Language::Chinese, ThemeChoice::Dark, "zh-dark")]
    {
        let cards: [Card; 6] = [
            ("palette", |stage| stage.state.apply(Command::TogglePalette)),
            ("keys", |stage| stage.state.apply(Command::ToggleKeys)),
            ("about", |stage| stage.state.apply(Command::ToggleAbout)),
            ("path", |stage| {
                let ask = densescope::state::Ask::SaveConfig;
                stage.state.apply(Command::AskHere(ask, "lesson-3/densescope.toml".into()));
            }),
            ("problem", |stage| {
                stage.state.apply(Command::Set(&fields::GROWTH, Value::Integer(0)));
                stage.state.apply(Command::Set(&fields::NETWORKS, Value::Words(vec![])));
                stage.state.apply(Command::Set(&fields::BLOCKS, Value::Integers(vec![1; 7])));
            }),
            ("large", |stage| stage.state.apply(Command::Preset("densenet-264"))),
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
}

#[test]
#[ignore = "writes pictures for a person to look at"]
fn pictures_of_what_opens() {
    if folder().is_none() {
        return;
    }
    for language in Language::ALL {
        let words = densescope::text::Text::of(language);
        for (name, size, keys) in [
            ("tall", Vec2::new(1024.0, 1720.0), &["ui.build.more_networks", "ui.build.more_training"][..]),
            ("pause", Vec2::new(1280.0, 800.0), &["ui.pause.title"]),
            ("pace", Vec2::new(1280.0, 800.0), &["ui.pace.title"]),
            ("presets", Vec2::new(1280.0, 800.0), &["ui.menu.presets"]),
            ("file", Vec2::new(1280.0, 800.0), &["ui.menu.file"]),
        ] {
            let name = format!("{name}-{}", language.code());
            if !wanted(&name) {
                continue;
            }
            let mut harness = open(Stage::new(language, ThemeChoice::Light, RunConfig::default()), size, 1.0);
            for key in keys {
                harness.get_by_label(words.say(key)).click_accesskit();
                harness.run_steps(4);
            }
            save(&mut harness, &name);
        }
    }
}

#[test]
#[ignore = "tells how long a frame takes, for a person to read"]
fn a_frame_takes_so_long() {
    let stage = Stage::new(Language::English, ThemeChoice::Light, RunConfig::default());
    let mut harness = open(stage, Vec2::new(1280.0, 800.0), 1.0);
    train(&mut harness, 5);
    for (what, command) in [("everything", None), ("without the build panel", Some(Command::ToggleBuild))] {
        if let Some(command) = command {
            harness.state_mut().state.apply(command);
        }
        harness.run_steps(20);
        harness.state_mut().spent = Duration::ZERO;
        harness.state_mut().frames = 0;
        harness.run_steps(200);
        let stage = harness.state();
        let milliseconds = stage.spent.as_secs_f64() * 1000.0 / f64::from(stage.frames);
        println!("{milliseconds:.2} ms for a frame of {what}");
    }
}
