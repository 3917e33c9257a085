//! Predict, then see: what is asked, hidden, judged and counted in the real window.

use std::path::Path;

use densescope::arch::{NetworkKind, Part};
use densescope::config::{LoadedConfig, RunConfig, Value, fields};
use densescope::exercise::{KINDS, Question, Score};
use densescope::state::{Command, Focus, ThemeChoice};
use densescope::text::{Language, Text};
use eframe::egui::accesskit::Role;
use eframe::egui::{Event, Key, Pos2, Shape, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

use super::stage::{Stage, open};

/// A network whose counts are no numbers that stand anywhere else.
const ODD: &str = "[network]\nblocks = [5, 4]\nk0 = 53\ngrowth = 17\ncompression = 70\n";

fn window(config: &str, language: Language, size: Vec2) -> Harness<'static, Stage> {
    let loaded = LoadedConfig::parse(config, Path::new("odd.toml")).unwrap();
    open(Stage::new(language, ThemeChoice::Light, loaded.config), size, 1.0)
}

fn question(window: &Harness<'static, Stage>) -> Question {
    window.state().state.exercise.as_ref().unwrap().question.clone().unwrap()
}

/// The number that a question asks for.
fn number(question: &Question) -> u64 {
    question.number().unwrap().value
}

/// Goes on to a question of that kind.
fn find(window: &mut Harness<'static, Stage>, kind: &str) -> Question {
    if window.state().state.exercise.is_none() {
        window.state_mut().state.apply(Command::ToggleExercise);
    }
    while question(window).kind != kind {
        window.state_mut().state.apply(Command::NextQuestion);
    }
    window.run_steps(4);
    question(window)
}

/// Types what goes to whoever has the keys, and enters it.
fn answer(window: &mut Harness<'static, Stage>, typed: &str) {
    window.event(Event::Text(typed.to_owned()));
    window.run_steps(2);
    window.key_press(Key::Enter);
    window.run_steps(4);
}

fn collect(shape: &Shape, words: &mut Vec<String>) {
    match shape {
        Shape::Text(text) => words.push(text.galley.text().to_owned()),
        Shape::Vec(inner) => inner.iter().for_each(|shape| collect(shape, words)),
        _ => {}
    }
}

/// Every word that is painted, or told to those who listen.
fn everything(window: &Harness<'static, Stage>) -> Vec<String> {
    let mut words = Vec::new();
    for shape in &window.output().shapes {
        collect(&shape.shape, &mut words);
    }
    for node in window.root().children_recursive() {
        let node = node.accesskit_node();
        words.extend(node.label());
        words.extend(node.value());
        words.extend(node.description());
    }
    words
}

/// Whether the number stands somewhere as a number of its own.
fn tells(words: &[String], number: u64) -> Option<&String> {
    let number = number.to_string();
    words.iter().find(|words| {
        words
            .replace(',', "")
            .split(|letter: char| !letter.is_ascii_digit() && letter != '.')
            .any(|part| part == number)
    })
}

#[test]
fn a_class_predicts_is_told_why_it_is_off_and_sees() {
    let mut window = window("", Language::English, Vec2::new(1280.0, 800.0));
    window.get_by_label("Learn").click_accesskit();
    window.run_steps(4);
    window.get_by_label_contains("Predict, then see: an exercise").click_accesskit();
    window.run_steps(4);
    assert!(window.query_by_label("Your answer").is_some());

    let asked = find(&mut window, "reads");
    let Part::Layer { block, layer } = asked.part else { panic!("{:?}", asked.part) };
    window.get_by_label(&format!("How many channels does layer {layer} of block {block} read?"));
    assert_eq!(window.state().state.view.selected, Some(Focus::Part(Some(NetworkKind::Dense), asked.part)));
    let carried = number(&asked) + 8;
    answer(&mut window, &carried.to_string());
    window.get_by_label_contains(&format!("{carried} is what the block carries on after layer {layer}"));
    answer(&mut window, "-4");
    window.get_by_label_contains("Nothing here is below zero");
    answer(&mut window, "(");
    window.get_by_label_contains("This is no number");
    answer(&mut window, "many");
    window.get_by_label_contains("This is no number");
    answer(&mut window, "100000");
    window.get_by_label("Far too high: at least twice as much");
    assert_eq!(window.state().state.scores().class, Score::default(), "an open question counts nothing");

    answer(&mut window, &number(&asked).to_string());
    let k0 = number(&asked) - 8 * (layer as u64 - 1);
    window.get_by_label(&format!("{k0} + 8·({layer}−1) =\u{a0}{}", number(&asked)));
    window.get_by_label("1 of 1 right, 0 at the first try");
    assert!(tells(&everything(&window), number(&asked)).is_some(), "the drawing shows its numbers again");

    window.key_press(Key::Enter);
    window.run_steps(4);
    let next = question(&window);
    assert_ne!((next.kind, next.part), (asked.kind, asked.part), "Enter goes on");
    answer(&mut window, &number(&next).to_string());
    window.get_by_label("2 of 2 right, 1 at the first try");
    window.get_by_label("Reset").click_accesskit();
    window.run_steps(3);
    window.get_by_label("No question answered yet");
    window.get_by_label("Two teams").click_accesskit();
    window.run_steps(3);
    window.get_by_label("▶ Team 1: 0 of 0 right");
    window.get_by_label("Team 2: 0 of 0 right");
    window.get_by_label("Leave the exercise").click_accesskit();
    window.run_steps(3);
    assert!(window.state().state.exercise.is_none() && window.query_by_label("Your answer").is_none());
}

#[test]
fn a_number_that_is_asked_for_is_neither_painted_nor_told_before_it_is_answered() {
    let mut window = window(ODD, Language::English, Vec2::new(1600.0, 1000.0));
    for kind in ["reads", "carries", "transition-reads", "transition-makes", "bottleneck"] {
        let asked = find(&mut window, kind);
        for figure in ["growth", "compression", "costs"] {
            window.state_mut().state.apply(Command::ShowFigure(figure));
            window.run_steps(4);
            let words = everything(&window);
            assert!(words.len() > 100, "{}", words.len());
            let told = tells(&words, number(&asked));
            assert!(told.is_none(), "{kind}, {}: {told:?} tells {}", asked.part, number(&asked));
        }
        // What is pointed at says no more.
        let row = window.get_by_role_and_label(
            Role::Button,
            "DenseNet, Block 1, layer 3: its numbers are hidden while a question is open",
        );
        let middle = row.rect().center();
        window.hover_at(middle);
        window.run_steps(30);
        assert_eq!(tells(&everything(&window), number(&asked)), None, "{kind}");
        window.state_mut().state.apply(Command::RevealAnswer);
        window.run_steps(4);
        assert!(tells(&everything(&window), number(&asked)).is_some(), "{kind}");
        window.get_by_label_contains("DenseNet, Block 1, layer 3: reads 53 + 17·(3−1) = 87");
        assert!(window.query_by_label("Hidden while a question is open").is_none());
    }
}

#[test]
fn a_network_without_a_question_keeps_its_numbers() {
    let mut window = window(ODD, Language::English, Vec2::new(1600.0, 1000.0));
    find(&mut window, "residual");
    window.get_by_label_contains("DenseNet, Block 1, layer 3: reads 53 + 17·(3−1) = 87");
    window.get_by_label_contains("ResNet, Block 1, layer 3: its numbers are hidden");
    find(&mut window, "reads");
    window.get_by_label_contains("ResNet, Block 1, layer 3: reads ");
}

#[test]
fn a_setting_that_changes_the_networks_changes_the_question() {
    let mut window = window(ODD, Language::English, Vec2::new(1280.0, 1000.0));
    let asked = find(&mut window, "carries");
    answer(&mut window, &(number(&asked) - 17).to_string());
    window.get_by_label_contains("is what the last layer reads. The 17 it makes itself are carried on too");
    window.get_by_label("Growth rate: more").click_accesskit();
    window.run_steps(4);
    window.get_by_label_contains("The networks were changed, so this is a new question");
    window.get_by_label("No question answered yet");
    let given = question(&window);
    let networks = window.state().state.built().unwrap().networks;
    let network = networks.iter().find(|network| network.kind == given.network).unwrap();
    let given_number = given.number().unwrap();
    assert_eq!(given_number.value, given_number.quantity.of(network.layer(given.part).unwrap()));
    assert_eq!(network.spec.growth, 18);
}

#[test]
fn every_question_reads_in_both_languages_and_in_any_room() {
    for language in Language::ALL {
        for size in [Vec2::new(1024.0, 640.0), Vec2::new(500.0, 300.0), Vec2::new(60.0, 40.0), Vec2::ZERO] {
            let mut window = window("", language, size);
            window.state_mut().state.apply(Command::ToggleExercise);
            for _ in 0..KINDS.len() {
                window.run_steps(2);
                let asked = question(&window);
                if let Some(number) = asked.number() {
                    for typed in ["1", &number.value.to_string()] {
                        window.state_mut().state.apply(Command::AnswerExercise(typed.to_owned()));
                        window.run_steps(2);
                    }
                }
                // One wrong choice after another, until the right one.
                for wrong in [true, false] {
                    for (place, _) in
                        asked.choices().iter().enumerate().filter(|(_, choice)| choice.why.is_some() == wrong)
                    {
                        window.state_mut().state.apply(Command::ChooseAnswer(place));
                        window.run_steps(2);
                    }
                }
                if size.x > 1000.0 {
                    let because = asked.because.fill(Text::of(language)).replace("= ", "=\u{a0}");
                    assert!(window.query_by_label(&because).is_some(), "{because}");
                }
                window.state_mut().state.apply(Command::NextQuestion);
            }
        }
    }
}

/// Drags the panel's edge as far as it goes.
fn make_narrow(window: &mut Harness<'static, Stage>, language: Language) {
    let field = window.get_by_label(Text::of(language).say("exercise.answer")).rect();
    let (from, to) = (Pos2::new(field.left() - 16.0, 450.0), Pos2::new(field.left() + 200.0, 450.0));
    window.drag_at(from);
    window.run_steps(2);
    window.hover_at(to);
    window.run_steps(2);
    window.drop_at(to);
    window.run_steps(4);
}

#[test]
fn the_panel_may_be_narrow_and_keeps_its_words_inside() {
    let mut window = window("", Language::English, Vec2::new(1024.0, 900.0));
    find(&mut window, "bottleneck");
    answer(&mut window, "1");
    make_narrow(&mut window, Language::English);
    let edge = window.get_by_label("Your answer").rect();
    assert!(edge.right() <= 1010.0 && (226.0..230.0).contains(&edge.width()), "{edge}");
    let row = question(&window).part;
    let Part::Layer { block, layer } = row else { panic!("{row:?}") };
    let place = format!("DenseNet · Block {block}, layer {layer}");
    for name in ["Try again", "Show answer", "Skip", &place] {
        let place = window.get_by_label(name).rect();
        assert!(place.left() >= edge.left() - 1.0 && place.right() <= edge.right() + 1.0, "{name} at {place}");
    }
}

#[test]
fn where_nothing_can_be_asked_it_says_so() {
    let mut window = window("[training]\nnetworks = [\"plain\"]\n", Language::English, Vec2::new(1280.0, 800.0));
    window.state_mut().state.apply(Command::ToggleExercise);
    window.run_steps(3);
    window.get_by_label_contains("There is nothing to ask about the networks that are built now");
    let words = Value::Words(vec!["dense".to_owned()]);
    window.state_mut().state.apply(Command::Set(&fields::NETWORKS, words));
    window.run_steps(3);
    assert!(window.query_by_label("Your answer").is_some());
}

#[test]
#[ignore = "writes pictures for a person to look at"]
fn pictures_of_the_exercise() {
    let Some(folder) = std::env::var_os("DENSESCOPE_PICTURES").map(std::path::PathBuf::from) else { return };
    let only = std::env::var("DENSESCOPE_ONLY").unwrap_or_default();
    for (language, theme, width, height) in [
        (Language::English, ThemeChoice::Light, 1280.0, 800.0),
        (Language::Chinese, ThemeChoice::Dark, 1280.0, 800.0),
        (Language::English, ThemeChoice::Dark, 1024.0, 640.0),
        (Language::Chinese, ThemeChoice::Light, 1024.0, 640.0),
        (Language::English, ThemeChoice::Light, 1920.0, 1080.0),
        (Language::Chinese, ThemeChoice::Dark, 1920.0, 1080.0),
    ] {
        for kind in ["reads", "bottleneck", "sources", "across", "depth"] {
            for stage in ["asked", "wrong", "right", "narrow"] {
                let dark = if theme == ThemeChoice::Dark { "dark" } else { "light" };
                let name = format!("{kind}-{stage}-{}-{dark}-{width}x{height}.png", language.code());
                if !only.split(',').any(|only| name.contains(only)) {
                    continue;
                }
                let stand = Stage::new(language, theme, RunConfig::default());
                let mut window = open(stand, Vec2::new(width, height), 1.0);
                let asked = find(&mut window, kind);
                match stage {
                    "asked" => {}
                    "wrong" => {
                        if let Some(number) = asked.number() {
                            answer(&mut window, &number.mistakes[0].value.to_string());
                        } else {
                            let wrong = asked.choices().iter().position(|choice| choice.why.is_some()).unwrap();
                            window.state_mut().state.apply(Command::ChooseAnswer(wrong));
                        }
                    }
                    "narrow" => {
                        window.state_mut().state.apply(Command::ToggleTeams);
                        answer(&mut window, "1");
                        make_narrow(&mut window, language);
                    }
                    _ => answer(&mut window, &number(&asked).to_string()),
                }
                window.run_steps(12);
                window.render().expect("a renderer").save(folder.join(name)).expect("a folder to write to");
            }
        }
    }
}
