//! The drawing of the networks: what is hovered, clicked, unfolded, zoomed and reached by keys.

use densescope::arch::{NetworkKind, Part};
use densescope::state::{Command, Focus, State, Wires};
use densescope::text::Language;
use densescope::ui::{network, style};
use eframe::egui::accesskit::Role;
use eframe::egui::{
    Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, Pos2, Rect, Theme, TouchPhase, Ui, Vec2, vec2,
};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

use super::stand::{trained, untrained};

/// The drawing with its state.
pub(super) struct Drawing {
    state: State,
    widget: network::Widget,
    given: Vec<Command>,
}

pub(super) fn open(state: State, size: Vec2, theme: Theme, scale: f32) -> Harness<'static, Drawing> {
    let show = |ui: &mut Ui, drawing: &mut Drawing| {
        let mut commands = Vec::new();
        let ground = style::color(style::palette(ui).ground);
        ui.painter().rect_filled(ui.ctx().content_rect(), 0.0, ground);
        network::show(ui, &drawing.state, &mut drawing.widget, &mut commands);
        for command in commands {
            drawing.given.push(command.clone());
            drawing.state.apply(command);
        }
    };
    let builder = Harness::builder().with_size(size + Vec2::splat(16.0)).with_pixels_per_point(scale).with_theme(theme);
    let builder = builder.with_context_setup(|context| {
        style::install_fonts(context);
        style::install_style(context);
    });
    let drawing = Drawing { state, widget: network::Widget::default(), given: Vec::new() };
    let mut harness = builder.build_ui_state(show, drawing);
    harness.run_steps(3);
    harness
}

fn drawn(config: &str, size: (f32, f32)) -> Harness<'static, Drawing> {
    open(untrained(config, Language::English), vec2(size.0, size.1), Theme::Light, 1.0)
}

fn preset(name: &'static str, size: (f32, f32)) -> Harness<'static, Drawing> {
    let mut state = untrained("", Language::English);
    state.apply(Command::Preset(name));
    open(state, vec2(size.0, size.1), Theme::Light, 1.0)
}

fn layer(kind: NetworkKind, block: usize, layer: usize) -> Focus {
    Focus::Part(Some(kind), Part::Layer { block, layer })
}

fn place(window: &Harness<'static, Drawing>, name: &str) -> Rect {
    window.get_by_label_contains(name).rect()
}

const THIRD: &str = "DenseNet, Block 1, layer 3: reads 16 + 8·(3−1) = 32, makes 8, carries 40";

#[test]
#[ignore = "writes pictures for a person to look at"]
fn pictures_of_the_networks() {
    let Some(folder) = std::env::var_os("DENSESCOPE_PICTURES").map(std::path::PathBuf::from) else { return };
    let only = std::env::var("DENSESCOPE_ONLY").unwrap_or_default();
    let run =
        "seed = 1\n[data]\ntrain = 512\nvalidation = 100\n[training]\nsteps = 30\nbatch = 16\nevaluate_every = 30\n";
    for (what, preset, training) in [
        ("classroom", "classroom", false),
        ("trained", "classroom", true),
        ("three", "three", true),
        ("weight", "weight", true),
        ("hovered", "hovered", true),
        ("unfolded", "densenet-264", false),
        ("two-blocks", "two-blocks", false),
        ("densenet-121", "densenet-121", false),
        ("densenet-264", "densenet-264", false),
    ] {
        for (width, height, scale) in [(620.0, 260.0, 2.0), (760.0, 340.0, 1.0), (1250.0, 520.0, 1.0)] {
            for (theme, language, look) in
                [(Theme::Light, Language::English, "light-en"), (Theme::Dark, Language::Chinese, "dark-zh")]
            {
                let name = format!("{what}-{width}x{height}-{look}.png");
                if !only.split(',').any(|only| name.contains(only)) {
                    continue;
                }
                let networks = if what == "three" { "networks = [\"dense\", \"residual\", \"plain\"]\n" } else { "" };
                let run = format!("{run}{networks}");
                let mut state = if training { trained(&run, language) } else { untrained("", language) };
                if !training {
                    state.apply(Command::Preset(preset));
                } else if what == "weight" {
                    state.apply(Command::SetWires(Wires::Reuse));
                } else if width < 700.0 {
                    state.apply(Command::Select(Some(layer(NetworkKind::Dense, 2, 4))));
                }
                let mut window = open(state, vec2(width, height), theme, scale);
                if what == "unfolded" {
                    let unfold = window.query_all_by_role(Role::Button).find(|node| {
                        node.accesskit_node()
                            .label()
                            .is_some_and(|label| label.contains("of block 3") || label.contains("显示第 3 块"))
                    });
                    unfold.expect("a fold").click_accesskit();
                } else if what == "hovered" {
                    let middle = window.get_all_by_label_contains("DenseNet").nth(6).expect("a row").rect().center();
                    window.hover_at(middle);
                    window.run_steps(40);
                }
                window.run_steps(4);
                window.render().expect("a renderer").save(folder.join(name)).expect("a folder to write to");
            }
        }
    }
}

#[test]
fn every_row_of_every_network_is_a_control_with_its_numbers_as_a_sentence() {
    let window = drawn("", (760.0, 340.0));
    assert!(window.query_by_role_and_label(Role::Button, THIRD).is_some());
    for (name, count) in [("DenseNet, ", 16), ("ResNet, ", 16), ("Transition 1: reads 48, makes ⌊0.50·48⌋ = 24", 1)]
    {
        assert_eq!(window.query_all_by_label_contains(name).count(), count, "{name}");
    }
}

#[test]
fn pointing_at_a_row_explains_it_and_a_click_selects_it_and_another_lets_it_go() {
    let mut window = drawn("", (760.0, 340.0));
    let here = layer(NetworkKind::Dense, 1, 3);
    let middle = place(&window, THIRD).center();
    window.hover_at(middle);
    window.run_steps(3);
    assert_eq!(window.state().state.view.hovered, Some(here));
    for selected in [Some(here), None] {
        window.get_by_label_contains(THIRD).click();
        window.run_steps(3);
        assert_eq!(window.state().state.view.selected, selected);
    }
    window.hover_at(Pos2::new(2.0, 2.0));
    window.run_steps(3);
    assert_eq!(window.state().state.view.hovered, None, "what was pointed at is taken back");
}

#[test]
fn arrow_keys_go_along_a_lane_and_across_lanes() {
    let mut window = drawn("", (760.0, 340.0));
    window.get_by_label_contains(THIRD).focus();
    window.run_steps(2);
    for (key, there) in [
        (Key::ArrowRight, layer(NetworkKind::Dense, 1, 4)),
        (Key::ArrowDown, layer(NetworkKind::Residual, 1, 4)),
        (Key::ArrowLeft, layer(NetworkKind::Residual, 1, 3)),
        (Key::ArrowUp, layer(NetworkKind::Dense, 1, 3)),
        (Key::ArrowUp, layer(NetworkKind::Dense, 1, 3)),
    ] {
        window.key_press(key);
        window.run_steps(3);
        assert_eq!(window.state().state.view.hovered, Some(there), "{key:?}");
    }
    window.key_press(Key::Enter);
    window.run_steps(2);
    assert_eq!(window.state().state.view.selected, Some(layer(NetworkKind::Dense, 1, 3)));
}

#[test]
fn a_folded_block_opens_by_a_click_and_folds_by_its_name() {
    let mut window = preset("densenet-264", (760.0, 340.0));
    let hidden = "DenseNet, Block 3, layer 30: reads 256 + 32·(30−1) = 1184, makes 32, carries 1216";
    assert!(window.query_by_label_contains(hidden).is_none());
    window.get_by_label_contains("DenseNet: show layers 3 to 63 of block 3").click_accesskit();
    window.run_steps(3);
    assert!(window.query_by_label_contains(hidden).is_some());
    let apart =
        place(&window, "DenseNet, Block 3, layer 2:").left() - place(&window, "DenseNet, Block 3, layer 1:").left();
    assert!(apart > 25.0, "its layers can be told apart: {apart}");
    window.get_by_label_contains("Block 3: fold its 64 layers").click_accesskit();
    window.run_steps(3);
    assert!(window.query_by_label_contains(hidden).is_none());
}

#[test]
fn the_wheel_zooms_at_the_pointer_and_key_0_shows_all_again() {
    let mut window = drawn("", (760.0, 340.0));
    let before = place(&window, THIRD);
    window.hover_at(before.center());
    window.run_steps(2);
    for _ in 0..4 {
        window.event(Event::MouseWheel {
            unit: MouseWheelUnit::Line,
            delta: vec2(0.0, 3.0),
            phase: TouchPhase::Move,
            source: MouseWheelSource::Wheel,
            modifiers: Modifiers::NONE,
        });
        window.run_steps(12);
    }
    let zoomed = place(&window, THIRD);
    assert!(zoomed.width() > 1.5 * before.width(), "{zoomed} after {before}");
    assert!((zoomed.center().x - before.center().x).abs() < before.width(), "{zoomed} after {before}");
    window.key_press(Key::Num0);
    window.run_steps(2);
    assert_eq!(place(&window, THIRD), before);
    window.get_by_role_and_label(Role::Button, "Closer").click_accesskit();
    window.run_steps(2);
    assert!(place(&window, "DenseNet, Stem").width() > 0.0);
    window.get_by_role_and_label(Role::Button, "Fit").click_accesskit();
    window.run_steps(2);
    assert_eq!(place(&window, THIRD), before);
}

#[test]
fn what_connections_show_is_chosen_above_the_drawing() {
    let mut window = drawn("", (760.0, 340.0));
    for (name, wires) in [
        ("Weight", Wires::Reuse),
        ("Wiring", Wires::Wiring),
        ("Unrolled", Wires::Unrolled),
        ("Gradient", Wires::Gradient),
    ] {
        window.get_by_label_contains(&format!("Connections show: {name}")).click_accesskit();
        window.run_steps(2);
        assert_eq!(window.state().given.last(), Some(&Command::SetWires(wires)));
        assert_eq!(window.state().state.view.wires, wires);
    }
}

#[test]
fn rows_tell_their_gradient_once_there_is_one() {
    let config = "[data]\ntrain = 64\nvalidation = 32\n[training]\nsteps = 2\nbatch = 8\nnetworks = [\"dense\", \"residual\", \"plain\"]\n";
    let state = trained(config, Language::English);
    let window = open(state, vec2(900.0, 420.0), Theme::Dark, 1.0);
    let said: Vec<String> = window
        .query_all_by_label_contains("gradient norm of weights: ")
        .filter_map(|node| node.accesskit_node().label())
        .collect();
    assert_eq!(said.len(), 3 * 16, "{said:?}");
    assert!(window.query_by_label_contains("boxes: gradient of weights: ").is_some(), "the scale has its label");
}

#[test]
fn rooms_of_any_size_are_drawn_in() {
    for size in [(0.0, 0.0), (170.0, 90.0), (300.0, 130.0), (2400.0, 1300.0)] {
        for name in ["classroom", "densenet-264"] {
            preset(name, size).run_steps(2);
        }
    }
}
