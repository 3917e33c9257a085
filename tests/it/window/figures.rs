//! The figures in their tiles: shown in every state, language and theme; read, clicked, hovered, zoomed, arranged.

use densescope::arch::Part;
use densescope::chart::{Extent, FIGURES, Subject};
use densescope::config::fields;
use densescope::state::{Command, Focus, Room, State};
use densescope::text::{Language, Text};
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Pos2, Theme, Vec2, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::stand::{Stand, What, harness, trained, untrained};
use crate::support::TINY;

const SIZE: Vec2 = vec2(1300.0, 460.0);

fn shown(state: State, size: Vec2) -> Harness<'static, Stand> {
    let mut harness = harness(state, What::Figures, size, Theme::Light, 1.0);
    harness.run_steps(4);
    harness
}

fn alone(mut state: State, figure: &'static str) -> Harness<'static, Stand> {
    state.apply(Command::Maximise(Some(figure)));
    shown(state, vec2(900.0, 460.0))
}

fn title(language: Language, figure: &str) -> &'static str {
    Text::of(language).say(&format!("figure.{figure}.title"))
}

#[test]
fn every_figure_is_shown_in_every_language_and_theme_before_and_after_training() {
    for (language, theme) in [(Language::English, Theme::Light), (Language::Chinese, Theme::Dark)] {
        for mut state in [untrained(TINY, language), trained(TINY, language)] {
            for figure in FIGURES {
                state.apply(Command::Maximise(Some(figure.id)));
                let mut harness = harness(state, What::Figures, vec2(900.0, 460.0), theme, 1.0);
                harness.run_steps(3);
                assert!(harness.query_all_by_label(title(language, figure.id)).next().is_some(), "{}", figure.id);
                state = harness.into_state().state;
            }
        }
    }
}

#[test]
fn a_figure_is_told_to_those_who_cannot_see_it() {
    let harness = alone(trained(TINY, Language::English), "growth");
    let figure = harness.get_by_role(Role::Figure);
    assert_eq!(figure.accesskit_node().label().as_deref(), Some("Channel growth"));
    let description = figure.accesskit_node().data().description().unwrap_or_default().to_owned();
    assert!(description.contains("layer l reads 4 + 3·(l−1)"), "{description}");
    assert!(description.contains("DenseNet: carries, Block 2, layer 1: 8"), "{description}");
}

#[test]
fn no_size_is_too_small_or_too_odd() {
    let mut state = trained(TINY, Language::English);
    for (width, height) in [(1.0, 1.0), (30.0, 400.0), (400.0, 30.0), (60.0, 60.0), (130.0, 90.0), (3000.0, 60.0)] {
        for figure in FIGURES {
            for maximised in [None, Some(figure.id)] {
                state.apply(Command::Maximise(maximised));
                let mut harness = shown(state, vec2(width, height));
                harness.step();
                state = harness.into_state().state;
            }
        }
    }
}

#[test]
fn the_table_button_shows_the_values_and_back() {
    let mut harness = alone(trained(TINY, Language::English), "growth");
    assert!(harness.query_by_label("dense.reads").is_none());
    harness.get_by_label("Table of values").click();
    harness.run_steps(4);
    let state = &harness.state().state;
    assert_eq!(state.view.tables, ["growth"]);
    let subject: Subject = state.built().expect("the configuration is valid");
    let reads = subject.networks[0].layer(Part::Layer { block: 1, layer: 2 }).expect("there is one").reads;
    assert!(harness.query_all_by_label("block1.layer2").next().is_some());
    assert!(harness.query_all_by_label(&reads.to_string()).next().is_some());
    harness.get_all_by_label("Copy the values").last().expect("the table has one").click();
    harness.run_steps(2);
    assert!(harness.state().commands.contains(&Command::CopyValues("growth")));
    harness.get_by_label("Show the figure again").click();
    harness.run_steps(3);
    assert!(harness.state().state.view.tables.is_empty());
}

/// The names of the figures that are seen, from the left.
fn named(harness: &Harness<Stand>) -> Vec<String> {
    let names = harness.query_all_by_role(Role::ComboBox).map(|node| node.accesskit_node());
    let titles: Vec<&str> = FIGURES.iter().map(|figure| title(Language::English, figure.id)).collect();
    names.filter_map(|node| node.label()).filter(|label| titles.contains(&label.as_str())).collect()
}

/// Figures side by side, as the window says that there is room for.
fn seats(harness: &mut Harness<Stand>, seats: usize) {
    let room = Room { seats, ..Room::default() };
    harness.state_mut().state.apply(Command::Fits(room));
    harness.run_steps(3);
}

#[test]
fn a_figure_fills_the_centre_and_the_others_come_back() {
    let mut harness = shown(trained(TINY, Language::English), SIZE);
    seats(&mut harness, 2);
    assert_eq!(named(&harness), ["Loss and accuracy", "Gradients by layer"]);
    harness.get_all_by_label("Fill the centre (double-click the title)").next().expect("each has one").click();
    harness.run_steps(3);
    assert_eq!(harness.state().state.view.maximised, Some("loss"));
    assert_eq!(named(&harness), ["Loss and accuracy"]);
    harness.get_by_label("Bring the other figures back").click();
    harness.run_steps(3);
    assert_eq!(harness.state().state.view.maximised, None);
    assert_eq!(named(&harness).len(), 2);
}

#[test]
fn the_name_of_a_figure_opens_the_list_of_all_and_what_is_chosen_stays_chosen() {
    let mut harness = shown(untrained(TINY, Language::English), SIZE);
    assert_eq!(named(&harness), ["Channel growth"]);
    harness.get_by_role_and_label(Role::ComboBox, "Channel growth").click();
    harness.run_steps(3);
    harness.get_by_label("Costs").click();
    harness.run_steps(3);
    assert_eq!(named(&harness), ["Costs"]);
    // Others come beside it and go again; an exercise comes and goes.
    seats(&mut harness, 3);
    assert_eq!(named(&harness)[0], "Costs");
    seats(&mut harness, 1);
    for _ in 0..2 {
        harness.state_mut().state.apply(Command::ToggleExercise);
        harness.run_steps(3);
    }
    assert_eq!(named(&harness), ["Costs"]);
    harness.state_mut().state.apply(Command::ShowFigure("growth"));
    harness.run_steps(3);
    assert_eq!(named(&harness), ["Channel growth"]);
    let chosen = harness.state().state.settings.figures.clone();
    let mut again = untrained(TINY, Language::English);
    again.settings.figures = chosen;
    assert_eq!(named(&shown(again, SIZE)), ["Channel growth"], "it is kept");
    harness.state_mut().state.apply(Command::ResetLayout);
    assert!(harness.state().state.settings.figures.is_empty());
}

#[test]
fn figures_change_places_where_one_is_chosen_that_stands_in_another_and_one_can_go() {
    let mut harness = shown(trained(TINY, Language::English), SIZE);
    seats(&mut harness, 2);
    harness.state_mut().state.apply(Command::Seat(0, "gradients"));
    harness.run_steps(3);
    assert_eq!(named(&harness), ["Gradients by layer", "Loss and accuracy"]);
    harness.get_all_by_label("Take this figure away").next().expect("each has one").click();
    harness.run_steps(3);
    seats(&mut harness, 1);
    assert_eq!(named(&harness), ["Loss and accuracy"]);
    assert_eq!(harness.state().state.settings.places, Some(1));
    harness.get_by_label("One more figure beside it").click();
    harness.run_steps(3);
    assert_eq!(harness.state().state.settings.places, Some(2));
}

/// The middle of the plots of the only figure that is seen.
fn middle(harness: &Harness<Stand>) -> Pos2 {
    let rect = harness.get_by_role(Role::Figure).rect();
    pos2(rect.left() + rect.width() * 0.3, rect.top() + rect.height() * 0.6)
}

#[test]
fn pointing_at_a_layer_says_so_once_shows_its_values_and_is_taken_back() {
    let mut harness = alone(trained(TINY, Language::English), "gradients");
    let at = middle(&harness);
    harness.hover_at(at);
    harness.run_steps(5);
    let hovers = |harness: &Harness<Stand>| -> Vec<Option<Focus>> {
        let said = harness.state().commands.iter();
        said.filter_map(|command| if let Command::Hover(focus) = command { Some(*focus) } else { None }).collect()
    };
    let said = hovers(&harness);
    assert!(matches!(said[..], [Some(Focus::Part(_, _))]), "{said:?}");
    assert_eq!(harness.state().state.view.hovered, said[0]);
    harness.get_by_role(Role::Figure);
    harness.hover_at(pos2(5.0, 5.0));
    harness.run_steps(3);
    assert_eq!(hovers(&harness).last(), Some(&None));
    assert_eq!(hovers(&harness).len(), 2);
}

#[test]
fn a_click_selects_the_layer_and_a_second_one_lets_it_go() {
    let mut harness = alone(trained(TINY, Language::English), "growth");
    let at = middle(&harness);
    let mut click = || {
        harness.hover_at(at);
        harness.run_steps(2);
        harness.drag_at(at);
        harness.step();
        harness.drop_at(at);
        harness.run_steps(3);
        harness.state().state.view.selected
    };
    assert!(matches!(click(), Some(Focus::Part(_, _))));
    assert_eq!(click(), None);
}

#[test]
fn an_entry_of_the_legend_hides_what_it_names() {
    let mut harness = alone(trained(TINY, Language::English), "gradients");
    let checked =
        |harness: &Harness<Stand>| harness.get_by_role_and_label(Role::CheckBox, "ResNet").accesskit_node().toggled();
    let before = checked(&harness);
    harness.get_by_role_and_label(Role::CheckBox, "ResNet").click();
    harness.run_steps(3);
    assert_ne!(checked(&harness), before);
}

#[test]
fn the_wheel_comes_nearer_and_all_can_be_seen_again() {
    let mut harness = alone(trained(TINY, Language::English), "loss");
    assert!(harness.query_by_label("Show all").is_none());
    harness.hover_at(middle(&harness));
    harness.run_steps(2);
    harness.event(eframe::egui::Event::MouseWheel {
        unit: eframe::egui::MouseWheelUnit::Point,
        delta: vec2(0.0, 120.0),
        phase: eframe::egui::TouchPhase::Move,
        source: eframe::egui::MouseWheelSource::Wheel,
        modifiers: eframe::egui::Modifiers::NONE,
    });
    harness.run_steps(12);
    harness.get_by_label("Show all").click();
    harness.run_steps(3);
    assert!(harness.query_by_label("Show all").is_none());
}

#[test]
fn a_drawn_box_comes_nearer() {
    let mut harness = alone(trained(TINY, Language::English), "gradients");
    let at = middle(&harness);
    harness.hover_at(at);
    harness.run_steps(2);
    harness.drag_at(at);
    harness.run_steps(2);
    harness.hover_at(at + vec2(60.0, 50.0));
    harness.run_steps(2);
    harness.hover_at(at + vec2(120.0, 70.0));
    harness.run_steps(2);
    harness.drop_at(at + vec2(120.0, 70.0));
    harness.run_steps(3);
    assert!(harness.query_by_label("Show all").is_some());
}

#[test]
fn another_measure_is_chosen_above_the_figure() {
    let mut harness = alone(trained(TINY, Language::English), "gradients");
    harness.get_by_label("Gradient measure: of weights").click();
    harness.run_steps(3);
    harness.get_by_label("relative to weights").click();
    harness.run_steps(3);
    assert_eq!(harness.state().state.view.options.gradient, densescope::chart::GradientMeasure::Relative);
}

#[test]
fn every_slider_is_seen_to_act_on_figures_of_the_structure() {
    let mut harness = alone(untrained(TINY, Language::English), "growth");
    let told = |harness: &Harness<Stand>| {
        let figure = harness.get_by_role(Role::Figure);
        figure.accesskit_node().data().description().unwrap_or_default().to_owned()
    };
    assert!(told(&harness).contains("reads 4 + 3·(l−1)"), "{}", told(&harness));
    harness
        .state_mut()
        .state
        .apply(Command::Set(&densescope::config::fields::GROWTH, densescope::config::Value::Integer(5)));
    harness.run_steps(3);
    assert!(told(&harness).contains("reads 4 + 5·(l−1)"), "{}", told(&harness));
}

#[test]
fn dragging_along_how_cost_grows_chooses_the_setting_and_so_do_arrow_keys() {
    let mut harness = alone(untrained("", Language::English), "scaling");
    let name = "Parameters: Layers L of block 1";
    let slider = |harness: &Harness<Stand>| harness.get_by_role_and_label(Role::Slider, name).rect();
    let set = |harness: &Harness<Stand>| -> Vec<i128> {
        let value = harness.state().state.draft.value(&fields::BLOCKS);
        value.as_integers().expect("layers").to_vec()
    };
    assert_eq!(set(&harness), [4, 4, 4]);
    let frame = slider(&harness);
    let at = |layers: f32| pos2(frame.left() + frame.width() * layers / 24.0, frame.center().y);
    harness.hover_at(at(4.0));
    harness.run_steps(2);
    harness.drag_at(at(4.0));
    harness.run_steps(2);
    for layers in [6.0, 9.0, 12.0] {
        harness.hover_at(at(layers));
        harness.run_steps(3);
    }
    assert_eq!(set(&harness), [12, 4, 4], "while it is dragged");
    harness.drop_at(at(12.0));
    harness.run_steps(3);
    assert_eq!(set(&harness), [12, 4, 4]);
    harness.get_by_role_and_label(Role::Slider, name).focus();
    harness.run_steps(2);
    for (key, layers) in [(Key::ArrowRight, 13), (Key::ArrowLeft, 12), (Key::ArrowLeft, 11)] {
        harness.key_press(key);
        harness.run_steps(3);
        assert_eq!(set(&harness), [layers, 4, 4]);
    }
    let told = Command::SetExtent(Extent::Network);
    harness.state_mut().state.apply(told);
    harness.run_steps(3);
    assert!(harness.query_by_role_and_label(Role::Slider, "Parameters: Layers in all blocks").is_some());
}
