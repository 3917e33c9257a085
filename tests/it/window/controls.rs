//! Every control by its name: what is pressed, typed or dragged becomes the command that was meant.

use densescope::config::{FIELDS, RunConfig, Value, fields};
use densescope::state::{Command, ThemeChoice};
use densescope::text::{Language, Text};
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

use super::stage::{Stage, english, open};

/// Presses what has that name, and gives back what the press wanted.
fn press(window: &mut Harness<'static, Stage>, name: &str) -> Vec<Command> {
    window.state_mut().given.clear();
    window.get_by_label(name).click_accesskit();
    window.run();
    wanted(window)
}

/// What was wanted, without what merely follows the pointer.
fn wanted(window: &Harness<'static, Stage>) -> Vec<Command> {
    let given = window.state().given.iter();
    given.filter(|command| !matches!(command, Command::Hover(_))).cloned().collect()
}

fn words(all: &[&str]) -> Value {
    Value::Words(all.iter().map(|&word| word.to_owned()).collect())
}

fn text(word: &str) -> Value {
    Value::Text(word.to_owned())
}

/// Opens what is folded.
fn unfolded() -> Harness<'static, Stage> {
    let mut window = english();
    for title in ["More about the networks", "More about training"] {
        press(&mut window, title);
    }
    window.run();
    window
}

#[test]
fn every_button_of_the_build_panel_changes_its_setting() {
    let mut window = unfolded();
    for (name, field, value) in [
        ("Growth rate: more", &fields::GROWTH, Value::Integer(9)),
        ("Growth rate: less", &fields::GROWTH, Value::Integer(8)),
        ("Stem channels: more", &fields::K0, Value::Integer(17)),
        ("Compression: less", &fields::COMPRESSION, Value::Integer(45)),
        ("Layers of block 2: more", &fields::BLOCKS, Value::Integers(vec![4, 5, 4])),
        ("Bottleneck", &fields::BOTTLENECK, Value::Switch(false)),
        ("Baseline width: Multiply-adds", &fields::BASELINE_WIDTH, text("match-multiply-adds")),
        ("Normalization: None", &fields::NORMALIZATION, text("none")),
        ("Dropout: more", &fields::DROPOUT, Value::Integer(5)),
        ("Stem: 7×7, pool", &fields::STEM, text("7x7")),
        ("Training images: less", &fields::TRAIN, Value::Integer(2000)),
        ("Validation images: less", &fields::VALIDATION, Value::Integer(500)),
        ("Learning rate: less", &fields::LEARNING_RATE, Value::Number(0.05)),
        ("Batch: more", &fields::BATCH, Value::Integer(64)),
        ("Steps: more", &fields::STEPS, Value::Integer(5000)),
        ("Optimizer: Adam", &fields::OPTIMIZER, text("adam")),
        ("Optimizer: SGD", &fields::OPTIMIZER, text("sgd")),
        ("Schedule: Cosine", &fields::SCHEDULE, text("cosine")),
        ("Momentum: less", &fields::MOMENTUM, Value::Number(0.85)),
        ("Weight decay: more", &fields::WEIGHT_DECAY, Value::Number(2e-4)),
        ("Validate every: less", &fields::EVALUATE_EVERY, Value::Integer(50)),
        ("Read connections every: less", &fields::PROBE_EVERY, Value::Integer(5)),
        ("Backend: ndarray", &fields::BACKEND, text("ndarray")),
        ("Seed: more", &fields::SEED, Value::Integer(2)),
        ("Growth rate: back to the default", &fields::GROWTH, Value::Integer(8)),
    ] {
        if name == "Growth rate: back to the default" {
            press(&mut window, "Growth rate: more");
        }
        assert_eq!(press(&mut window, name), [Command::Set(field, value)], "{name}");
    }
    for (name, kept) in [("Plain network", &["dense", "residual", "plain"][..]), ("DenseNet", &["residual", "plain"])] {
        window.state_mut().given.clear();
        window.get_by_role_and_label(Role::CheckBox, name).click_accesskit();
        window.run();
        assert_eq!(wanted(&window), [Command::Set(&fields::NETWORKS, words(kept))], "{name}");
    }
    assert_eq!(press(&mut window, "Add block"), [Command::AddBlock]);
    assert_eq!(press(&mut window, "Remove block 4"), [Command::RemoveBlock(4)]);
}

#[test]
fn every_number_is_a_field_that_can_be_read_and_every_range_a_slider() {
    let mut window = unfolded();
    for (name, value) in [("Growth rate", 8.0), ("Stem channels", 16.0), ("Learning rate", 0.1), ("Batch", 32.0)] {
        let slider = window.get_by_role_and_label(Role::Slider, name);
        assert_eq!(slider.accesskit_node().numeric_value(), Some(value), "{name}");
        assert!(window.query_by_role_and_label(Role::SpinButton, name).is_some(), "{name}");
    }
    window.get_by_role_and_label(Role::Slider, "Growth rate").set_value_accesskit(20.0);
    window.run();
    assert_eq!(wanted(&window).last(), Some(&Command::Set(&fields::GROWTH, Value::Integer(20))));
    window.get_by_role_and_label(Role::Slider, "Layers of block 1").set_value_accesskit(7.0);
    window.run();
    assert_eq!(wanted(&window).last(), Some(&Command::Set(&fields::BLOCKS, Value::Integers(vec![7, 4, 4]))));
}

#[test]
fn every_setting_has_its_control_and_its_words_in_every_language() {
    for language in Language::ALL {
        let words = Text::of(language);
        let stage = Stage::new(language, ThemeChoice::Dark, RunConfig::default());
        let mut window = open(stage, Vec2::new(1280.0, 2400.0), 1.0);
        for key in ["ui.build.more_networks", "ui.build.more_training"] {
            window.get_by_label(words.say(key)).click_accesskit();
            window.run();
        }
        for field in FIELDS.iter().filter(|field| (field.applies)(&RunConfig::default())) {
            let name = words.say(&format!("field.{}.name", field.name));
            assert!(words.say(&format!("field.{}.fact", field.name)).chars().count() > 15);
            let controls = window.query_all_by_label_contains(name).count();
            // The networks are switched by their own names, and the blocks by their numbers.
            let named = !["training.networks", "network.blocks"].contains(&field.name);
            assert!(controls > 0 || !named, "{name} has no control in {}", language.code());
        }
    }
}

#[test]
fn what_cannot_be_stands_beside_its_control_with_what_is_allowed() {
    let mut window = english();
    window.state_mut().state.apply(Command::Set(&fields::GROWTH, Value::Integer(0)));
    window.state_mut().state.apply(Command::Set(&fields::NETWORKS, Value::Words(Vec::new())));
    window.run();
    let problem = window.get_by_label_contains("a whole number from 1 to 512");
    let control = window.get_by_role_and_label(Role::SpinButton, "Growth rate");
    let apart = problem.rect().top() - control.rect().bottom();
    assert!((0.0..60.0).contains(&apart), "{apart} points below its control");
    assert!(window.query_by_label_contains("one or more of").is_some());
    assert!(window.query_by_label_contains("Cannot be trained").is_some());
}

#[test]
fn changes_wait_until_they_are_applied_or_taken_back() {
    let mut window = english();
    assert!(window.query_by_label("Apply").is_none() && window.query_by_label("Revert").is_none());
    window.state_mut().state.apply(Command::OneStep);
    press(&mut window, "Growth rate: more");
    assert!(window.query_by_label("Changes wait").is_some());
    assert_eq!(press(&mut window, "Revert"), [Command::Revert]);
    assert!(window.query_by_label("Changes wait").is_none());
    press(&mut window, "Learning rate: less");
    assert!(window.query_by_label("Changes wait").is_none(), "the learning rate acts at once");
    press(&mut window, "Growth rate: more");
    assert_eq!(press(&mut window, "Apply"), [Command::Apply]);
    assert!(window.query_by_label("This is what trains").is_some());
}

#[test]
fn costs_follow_the_settings_and_tell_the_difference_to_what_trains() {
    let mut window = english();
    assert!(window.query_by_label("DenseNet, Parameters: 46.4 k, 46,362").is_some());
    window.state_mut().state.apply(Command::OneStep);
    window.state_mut().state.apply(Command::Set(&fields::GROWTH, Value::Integer(16)));
    window.run();
    let changed = window.get_by_label_contains("DenseNet, Parameters: ");
    let label = changed.accesskit_node().value().unwrap_or_default();
    assert!(label.contains("▲ +") && label.ends_with('%'), "{label}");
    assert!(window.query_by_label_contains("16 → 80, T 40").is_some());
}

#[test]
fn the_bar_at_the_bottom_steers_the_run() {
    let mut window = english();
    assert_eq!(press(&mut window, "Make one step"), [Command::OneStep]);
    assert_eq!(press(&mut window, "Start again with the same weights"), [Command::Restart]);
    assert_eq!(press(&mut window, "Start again with another seed"), [Command::NewSeed]);
    window.state_mut().given.clear();
    let run = ["Pause", "Go on", "Train"].into_iter().find(|name| window.query_by_label(name).is_some());
    assert_eq!(press(&mut window, run.expect("the big button")), [Command::RunOrPause]);

    press(&mut window, "Slow motion");
    let pace = std::time::Duration::from_millis(200);
    assert_eq!(press(&mut window, "5 steps/s"), [Command::SetPace(Some(pace))]);
    press(&mut window, "Pause at");
    window.get_by_role_and_label(Role::Switch, "Accuracy in %").click_accesskit();
    window.run();
    assert_eq!(wanted(&window), [Command::PauseAtAccuracy(Some(0.8))]);
}

#[test]
fn the_palette_finds_a_command_and_does_it_by_keys_alone() {
    let mut window = english();
    window.state_mut().state.apply(Command::TogglePalette);
    window.run();
    window.state_mut().given.clear();
    window.get_by_role_and_label(Role::TextInput, "Find a command…").type_text("two-blocks");
    window.run();
    window.key_press(Key::Enter);
    window.run();
    assert_eq!(wanted(&window), [Command::TogglePalette, Command::Preset("two-blocks")]);
    assert_eq!(window.state().state.draft.config().network.blocks, [3, 3]);
    assert!(!window.state().state.view.palette);
}

#[test]
fn the_palette_closes_by_escape_and_moves_by_arrows() {
    let mut window = english();
    window.state_mut().state.apply(Command::TogglePalette);
    window.run();
    window.key_press(Key::ArrowDown);
    window.run();
    window.key_press(Key::ArrowDown);
    window.run();
    let chosen: Vec<String> = window
        .query_all_by_role(Role::ListBoxOption)
        .filter(|node| {
            node.accesskit_node().is_selected() == Some(true)
                || node.accesskit_node().toggled().is_some_and(|on| on == eframe::egui::accesskit::Toggled::True)
        })
        .filter_map(|node| node.accesskit_node().label())
        .collect();
    assert_eq!(chosen, ["Train on: to the last step, or 500 steps more"]);
    window.state_mut().given.clear();
    window.key_press_modifiers(Modifiers::NONE, Key::Escape);
    window.run();
    assert_eq!(wanted(&window), [Command::TogglePalette]);
}

#[test]
fn menus_choose_language_theme_and_preset() {
    let mut window = english();
    press(&mut window, "Language");
    window.state_mut().given.clear();
    window.get_all_by_label("简体中文").last().expect("the list").click_accesskit();
    window.run();
    assert_eq!(wanted(&window), [Command::SetLanguage(Language::Chinese)]);
    press(&mut window, "主题");
    assert_eq!(press(&mut window, "深色"), [Command::SetTheme(ThemeChoice::Dark)]);
    press(&mut window, "预设");
    assert_eq!(press(&mut window, "densenet-40-12"), [Command::Preset("densenet-40-12")]);
}

#[test]
fn a_path_is_typed_where_the_system_has_no_dialog() {
    let mut window = english();
    let ask = Command::AskHere(densescope::state::Ask::SaveConfig, "/nowhere/run".into());
    window.state_mut().state.apply(ask);
    window.run();
    window.state_mut().given.clear();
    window.get_by_role_and_label(Role::TextInput, "Save as").type_text("x");
    window.run();
    assert!(matches!(&wanted(&window)[..], [Command::TypePath(typed)] if typed.contains('x')));
    assert_eq!(press(&mut window, "Cancel"), [Command::ClosePath]);
}

#[test]
fn a_window_of_no_size_or_a_tiny_one_does_not_fail() {
    for size in [Vec2::ZERO, Vec2::new(1.0, 1.0), Vec2::new(200.0, 120.0), Vec2::new(640.0, 90.0)] {
        let stage = Stage::new(Language::English, ThemeChoice::Light, RunConfig::default());
        open(stage, size, 1.0).run_steps(3);
    }
}
