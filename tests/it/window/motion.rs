//! A step in slow motion: pressed in the real window, walked through stage by stage, its words against the records.

use std::time::{Duration, Instant};

use densescope::arch::NetworkKind;
use densescope::config::LoadedConfig;
use densescope::state::{Command, Phase, State, ThemeChoice};
use densescope::telemetry::Edge;
use densescope::text::Language;
use densescope::text::number::significant;
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Theme, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

use super::stage::{self, Stage};
use super::stand::{What, harness, trained, untrained};

const SMALL: &str = "seed = 3\n[data]\ntrain = 64\nvalidation = 32\n[network]\nblocks = [3, 2]\nk0 = 6\ngrowth = 4\n[training]\nbatch = 8\nsteps = 9\nevaluate_every = 9\nprobe_every = 100\n";

fn window(config: &str, language: Language, size: Vec2) -> Harness<'static, Stage> {
    let config = LoadedConfig::parse(config, std::path::Path::new("config.toml")).expect("it is valid").config;
    stage::open(Stage::new(language, ThemeChoice::Light, config), size, 1.0)
}

/// Polls until the run has a step to play.
fn wait(window: &mut Harness<'static, Stage>) -> usize {
    let deadline = Instant::now() + Duration::from_mins(2);
    loop {
        window.state_mut().state.poll();
        if let Some(motion) = window.state().state.motion() {
            window.run_steps(2);
            return motion.step;
        }
        assert!(Instant::now() < deadline, "no step came to be played");
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn press(window: &mut Harness<'static, Stage>, name: &str) {
    window.get_by_role_and_label(Role::Button, name).click_accesskit();
    window.run_steps(2);
}

/// What every label of the window says.
fn labels(window: &Harness<'static, Stage>) -> Vec<String> {
    let labels = window.query_all_by_role(Role::Label).map(|node| node.accesskit_node());
    labels.filter_map(|node| node.label().or_else(|| node.value())).collect()
}

/// What stands under the drawing for a network, without its name.
fn said(window: &Harness<'static, Stage>, network: &str) -> String {
    let prefix = format!("{network}: ");
    let mut said: Vec<String> =
        labels(window).iter().filter_map(|words| words.strip_prefix(&prefix).map(str::to_owned)).collect();
    // The bar at the bottom tells each network's loss under its name too.
    said.retain(|words| !words.starts_with("loss ") || words.contains("batch"));
    said.pop().unwrap_or_else(|| panic!("nothing is said of {network}"))
}

fn is_at(window: &Harness<'static, Stage>, heading: &str) -> bool {
    window.query_by_label(heading).is_some()
}

const PLAY: &str = "Play one step in slow motion";

#[test]
fn the_button_makes_a_step_with_its_connections_and_every_stage_tells_its_numbers() {
    let mut window = window(SMALL, Language::English, vec2(1280.0, 800.0));
    press(&mut window, PLAY);
    assert_eq!(wait(&mut window), 1, "without a run the draft is applied and makes its first step");
    press(&mut window, "Close slow motion");
    assert_eq!(window.state().state.motion(), None);
    press(&mut window, PLAY);
    assert_eq!(wait(&mut window), 2, "one step more, which no configuration has its connections read at");
    let run = window.state().state.run.as_ref().expect("a run");
    assert_eq!(run.phase, Phase::Paused);
    assert_eq!(run.step(), 2);
    let (dense, residual) = (run.history.network(NetworkKind::Dense), run.history.network(NetworkKind::Residual));
    let (dense, residual) = (dense.expect("it is there").clone(), residual.expect("it is there").clone());
    assert_eq!(dense.last_connections().map(|read| read.step), Some(2));

    assert!(is_at(&window, "Forward: Stem"));
    let mut headings = Vec::new();
    for stage in 0.. {
        let heading = labels(&window).into_iter();
        let mut heading = heading.filter(|words| {
            words.starts_with("Forward: ")
                || words.starts_with("Backward: ")
                || ["The loss", "The update"].contains(&words.as_str())
        });
        headings.push(heading.next_back().expect("a stage has a name"));
        match headings[stage].as_str() {
            "Forward: Block 1, layer 3" => {
                assert_eq!(said(&window, "DenseNet"), "reads 14 = 6 + 4·2 channels, makes 4, appends them: 18.");
            }
            "The loss" => {
                for (name, network) in [("DenseNet", &dense), ("ResNet", &residual)] {
                    let loss = significant(network.at(2).expect("it was made").train_loss, 3);
                    assert!(said(&window, name).starts_with(&format!("loss {loss} on this batch")));
                }
            }
            "Backward: Block 1, layer 3" => {
                let made = |network: &densescope::telemetry::NetworkHistory| {
                    significant(network.at(2).expect("it was made").figures.layers[3].activation_grad_norm, 3)
                };
                let words = said(&window, "DenseNet");
                assert!(words.contains(&format!("‖∂L/∂x₃‖ = {}", made(&dense))), "{words}");
                for edge in &dense.connections_at(2).expect("they were read").edges {
                    if let Edge::Dense { block: 1, layer: 3, source, grad_norm } = *edge {
                        let small = ['₀', '₁', '₂'][source];
                        assert!(words.contains(&format!("x{small}={}", significant(grad_norm, 3))), "{words}");
                    }
                }
                let words = said(&window, "ResNet");
                for edge in &residual.connections_at(2).expect("they were read").edges {
                    if let Edge::Baseline { block: 1, layer: 3, identity_grad_norm, branch_grad_norm } = *edge {
                        assert!(
                            words.contains(&format!(": {} goes on", significant(identity_grad_norm, 3))),
                            "{words}"
                        );
                        assert!(words.contains(&significant(branch_grad_norm, 3)), "{words}");
                        assert!(words.contains(&made(&residual)), "{words}");
                    }
                }
            }
            "The update" => break,
            _ => {}
        }
        press(&mut window, "Next stage");
    }
    assert_eq!(headings.len(), 2 * 8 + 2);
    assert!(said(&window, "DenseNet").contains("η = 0.10"));
}

#[test]
fn arrow_keys_go_from_stage_to_stage_and_time_from_the_first_to_the_last() {
    let mut window = window(SMALL, Language::English, vec2(1024.0, 640.0));
    press(&mut window, PLAY);
    wait(&mut window);
    window.key_press(Key::ArrowRight);
    window.run_steps(2);
    assert!(is_at(&window, "Forward: Block 1, layer 1"));
    window.key_press(Key::ArrowLeft);
    window.run_steps(2);
    assert!(is_at(&window, "Forward: Stem"));
    assert_eq!(window.state().state.run.as_ref().map(densescope::state::Run::step), Some(1), "no step was made");
    press(&mut window, "Play the step");
    for _ in 0..3 {
        press(&mut window, "Faster");
    }
    window.run_steps(18 * 60 / 8 + 60);
    assert!(is_at(&window, "The update"));
    assert!(window.query_by_role_and_label(Role::Button, "Play the step again").is_some());
    window.state_mut().state.apply(Command::Close);
    window.run_steps(2);
    assert!(window.query_by_label("Close slow motion").is_none());
    assert!(!is_at(&window, "The update"));
}

#[test]
fn a_run_that_goes_on_pauses_for_it_and_one_that_has_ended_plays_its_last_step() {
    let mut window = window(SMALL, Language::Chinese, vec2(1280.0, 800.0));
    window.state_mut().state.apply(Command::RunOrPause);
    window.state_mut().state.apply(Command::PlayStep);
    let step = wait(&mut window);
    let at = |window: &Harness<'static, Stage>| {
        let run = window.state().state.run.as_ref().expect("a run");
        (run.phase.clone(), run.step())
    };
    assert_eq!(at(&window), (Phase::Paused, step));
    assert!(is_at(&window, "前向：首层卷积"));
    window.state_mut().state.apply(Command::RunOrPause);
    assert_eq!(window.state().state.motion(), None, "going on closes it");
    let deadline = Instant::now() + Duration::from_mins(2);
    while at(&window).0 != Phase::Finished {
        assert!(Instant::now() < deadline);
        window.state_mut().state.poll();
    }
    window.state_mut().state.apply(Command::PlayStep);
    assert_eq!(wait(&mut window), 9);
}

#[test]
fn it_is_shown_in_windows_of_any_size() {
    for size in [(0.0, 0.0), (170.0, 90.0), (300.0, 130.0), (500.0, 200.0)] {
        let mut state = trained(SMALL, Language::English);
        state.apply(Command::PlayStep);
        assert!(state.motion().is_some());
        super::network::open(state, vec2(size.0, size.1), Theme::Light, 1.0).run_steps(4);
    }
    for size in [vec2(600.0, 300.0), vec2(700.0, 330.0), vec2(2400.0, 1400.0)] {
        let mut again = trained(SMALL, Language::Chinese);
        again.apply(Command::PlayStep);
        harness(again, What::Window, size, Theme::Dark, 1.0).run_steps(6);
    }
}

#[test]
#[ignore = "writes pictures for a person to look at"]
fn pictures_of_slow_motion() {
    let Some(folder) = std::env::var_os("DENSESCOPE_PICTURES").map(std::path::PathBuf::from) else { return };
    let only = std::env::var("DENSESCOPE_ONLY").unwrap_or_default();
    let classroom =
        "seed = 1\n[data]\ntrain = 512\nvalidation = 100\n[training]\nsteps = 30\nbatch = 16\nevaluate_every = 30\n";
    for (width, height, scale) in
        [(1024.0, 640.0, 1.0), (1280.0, 800.0, 1.0), (1920.0, 1080.0, 1.0), (1280.0, 720.0, 1.5)]
    {
        for (theme, language, look) in
            [(Theme::Light, Language::English, "light-en"), (Theme::Dark, Language::Chinese, "dark-zh")]
        {
            let mut state: State = untrained("", language);
            let names = ["before", "forward", "new-block", "loss", "head", "backward", "update"];
            let name = |stage: &str| format!("motion-{stage}-{width}x{height}-{look}.png");
            if names.iter().all(|stage| !only.split(',').any(|only| name(stage).contains(only))) {
                continue;
            }
            drop(state);
            state = trained(classroom, language);
            state.apply(Command::PlayStep);
            let mut window = harness(state, What::Window, vec2(width, height), theme, scale);
            window.run_steps(2);
            for (stage, presses) in [
                ("before", 0),
                ("forward", 3),
                ("new-block", 5),
                ("loss", 8),
                ("head", 1),
                ("backward", 9),
                ("update", 40),
            ] {
                for _ in 0..presses {
                    window.key_press(Key::ArrowRight);
                    window.run_steps(1);
                }
                window.run_steps(3);
                window.render().expect("a renderer").save(folder.join(name(stage))).expect("a folder to write to");
            }
        }
    }
}
