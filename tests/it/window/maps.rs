//! The feature maps of an image: which image, which layer, and what is said of them, on a run that has trained.

use std::time::{Duration, Instant};

use densescope::arch::{NetworkKind, Part};
use densescope::config::RunConfig;
use densescope::state::{Command, Focus, Run, ThemeChoice};
use densescope::text::Language;
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

use super::stage::{Stage, open};

type Window = Harness<'static, Stage>;

fn config() -> RunConfig {
    let mut config = RunConfig::default();
    (config.data.train, config.data.validation) = (64, 40);
    (config.training.batch, config.training.steps, config.training.evaluate_every) = (8, 4, 4);
    config
}

/// A window in which a run has ended, with the feature maps in the centre.
fn maps(language: Language, theme: ThemeChoice, config: RunConfig, size: Vec2, scale: f32) -> Window {
    let mut window = open(Stage::new(language, theme, config), size, scale);
    window.state_mut().state.apply(Command::ToggleMaps);
    window.state_mut().state.apply(Command::RunOrPause);
    wait(&mut window, |stage| stage.state.run.as_ref().is_some_and(Run::has_ended));
    glanced(&mut window);
    window
}

fn english() -> Window {
    maps(Language::English, ThemeChoice::Light, config(), vec2(1280.0, 800.0), 1.0)
}

fn wait(window: &mut Window, until: impl Fn(&Stage) -> bool) {
    let patience = Instant::now() + Duration::from_mins(3);
    while !until(window.state()) {
        assert!(Instant::now() < patience, "it takes too long");
        window.state_mut().state.poll();
        std::thread::sleep(Duration::from_millis(5));
    }
    window.run_steps(4);
}

/// Waits until every network told what it makes of the image that is chosen, in its last step.
fn glanced(window: &mut Window) {
    wait(window, |stage| {
        let (Some(run), image) = (&stage.state.run, stage.state.view.image) else { return false };
        let newest = |kind| {
            run.glances.iter().any(|(of, glance)| *of == kind && glance.image == image && glance.step >= run.step())
        };
        run.plan.networks.iter().all(|network| newest(network.kind))
    });
}

/// Points at what is called so, and clicks it once what is explained has made its room.
fn press(window: &mut Window, name: &str) {
    let place = window.get_by_label(name).rect().center();
    window.hover_at(place);
    window.run_steps(4);
    window.get_by_label(name).click();
    window.run_steps(4);
}

fn folder() -> Option<std::path::PathBuf> {
    std::env::var_os("DENSESCOPE_PICTURES").map(std::path::PathBuf::from)
}

#[test]
#[ignore = "writes pictures for a person to look at"]
fn pictures_of_the_maps() {
    let Some(folder) = folder() else { return };
    let only = std::env::var("DENSESCOPE_ONLY").unwrap_or_default();
    let looks = [
        (Language::English, ThemeChoice::Light, "en-light"),
        (Language::Chinese, ThemeChoice::Dark, "zh-dark"),
        (Language::English, ThemeChoice::Dark, "en-dark"),
    ];
    let layer = |block, layer| Some(Focus::Part(None, Part::Layer { block, layer }));
    for (language, theme, look) in looks {
        for (width, height) in [(1024.0, 640.0), (1280.0, 800.0), (1920.0, 1080.0)] {
            let name = |what: &str| format!("{what}-{look}-{width}x{height}.png");
            let scenes = [
                ("all", None),
                ("hover", None),
                ("dense", layer(1, 3)),
                ("late", layer(3, 4)),
                ("transition", Some(Focus::Part(None, Part::Transition { block: 1 }))),
                ("stem", Some(Focus::Part(None, Part::Stem))),
                ("head", Some(Focus::Part(None, Part::Classifier))),
            ];
            let wanted = |what: &str| only.split(',').any(|only| name(what).contains(only));
            if !scenes.iter().any(|(what, _)| wanted(what)) {
                continue;
            }
            let mut config = RunConfig::default();
            (config.data.train, config.data.validation) = (2000, 200);
            (config.training.steps, config.training.evaluate_every) = (60, 30);
            if std::env::var_os("THREE").is_some() {
                config.training.networks = NetworkKind::ALL.to_vec();
            }
            let mut window = maps(language, theme, config, vec2(width, height), 1.0);
            for (what, focus) in scenes {
                if wanted(what) {
                    window.state_mut().state.apply(Command::Select(focus));
                    if what == "hover" {
                        let place = window.get_all_by_role(Role::Button).find(|node| {
                            let label = node.accesskit_node().label().unwrap_or_default();
                            label.contains("16 + 8·(2−1)") && node.rect().width() < 120.0
                        });
                        let place = place.expect("layer 2 of block 1").rect();
                        window.hover_at(place.center() - vec2(0.0, 12.0));
                        window.run_steps(30);
                    } else {
                        window.hover_at(vec2(2.0, 2.0).to_pos2());
                    }
                    window.run_steps(12);
                    window.render().expect("a renderer").save(folder.join(name(what))).expect("a folder");
                }
            }
        }
    }
}

#[test]
fn before_a_run_the_view_says_what_to_do_and_the_way_back_is_at_the_same_place() {
    let mut window = open(Stage::new(Language::English, ThemeChoice::Light, config()), vec2(1280.0, 1000.0), 1.0);
    let place = window.get_by_label("In the centre: Feature maps").rect();
    window.get_by_label("In the centre: Feature maps").click();
    window.run_steps(3);
    assert!(window.state().state.view.maps);
    assert!(window.query_by_label("Train (Space), and see here what every layer makes of a real image").is_some());
    assert!(window.query_by_label("Strip of validation images").is_none());
    assert!((window.get_by_label("In the centre: Feature maps").rect().center() - place.center()).length() < 1.0);
    window.get_by_label("In the centre: Drawing").click();
    window.run_steps(3);
    assert!(!window.state().state.view.maps);
    assert!(window.query_by_label("Drawing of the networks").is_some());
}

#[test]
fn images_are_chosen_by_click_key_and_button_and_say_who_was_right() {
    let mut window = english();
    let said: Vec<String> =
        window.query_all_by_label_contains("Image 3: ").filter_map(|node| node.accesskit_node().label()).collect();
    assert_eq!(said.len(), 1, "{said:?}");
    for network in ["DenseNet", "ResNet"] {
        let verdict =
            said[0].contains(&format!("{network} is right")) || said[0].contains(&format!("{network} takes it for"));
        assert!(verdict, "{said:?}");
    }
    window.get_by_label_contains("Image 3: ").click();
    window.run_steps(3);
    assert_eq!(window.state().state.view.image, 2);
    glanced(&mut window);
    window.get_by_label("Next image").click();
    window.run_steps(3);
    assert_eq!(window.state().state.view.image, 3);
    window.get_by_label("Strip of validation images").focus();
    window.run_steps(2);
    for (key, image) in
        [(Key::ArrowRight, 4), (Key::ArrowLeft, 3), (Key::Home, 0), (Key::ArrowLeft, 39), (Key::End, 39)]
    {
        window.key_press(key);
        window.run_steps(3);
        assert_eq!(window.state().state.view.image, image, "{key:?}");
    }
    assert!(window.query_by_label_contains("Image 40: ").is_some(), "the strip follows");
    assert!(window.query_by_label_contains("Image 3: ").is_none(), "only what is in sight is built");
}

#[test]
fn the_strip_offers_what_a_network_got_wrong() {
    let mut window = english();
    let run = window.state().state.run.as_ref().expect("a run");
    let images = run.images.as_ref().expect("images");
    let wrong = |image: usize| {
        run.predictions.iter().any(|(_, _, classes)| classes[image] != Some(images.validation.label(image)))
    };
    let first = (1..40).find(|image| wrong(*image)).expect("four steps do not teach everything");
    window.get_by_label("Which images").click();
    window.run_steps(3);
    window.get_by_label("Wrong").click();
    window.run_steps(3);
    window.get_by_label("Next image").click();
    window.run_steps(3);
    assert_eq!(window.state().state.view.image, first);
}

#[test]
fn a_dense_layer_shows_what_it_read_by_source_and_what_it_added() {
    let mut window = english();
    let name = "Maps of DenseNet, Block 1, layer 3: reads 16 + 8·(3−1) = 32, makes 8, carries 40";
    press(&mut window, name);
    let part = Part::Layer { block: 1, layer: 3 };
    let selected = window.state().state.view.selected;
    assert_eq!(selected, Some(Focus::Part(Some(NetworkKind::Dense), part)));
    for words in [
        "DenseNet reads 16 maps of Stem, as they were made",
        "DenseNet reads 8 maps of Block 1, layer 1, as they were made",
        "DenseNet reads 8 maps of Block 1, layer 2, as they were made",
        "DenseNet, Block 1, layer 3: makes 8 maps",
        "ResNet, Block 1, layer 3: the 6 maps before it",
        "ResNet, Block 1, layer 3: the 6 maps that its branch H makes of them",
        "ResNet, Block 1, layer 3: the 6 sums, which alone go on",
    ] {
        assert!(window.query_by_label(words).is_some(), "{words}");
    }
    // A source is the way to the layer that made it, and a transition mixes what it reads.
    press(&mut window, "DenseNet reads 8 maps of Block 1, layer 2, as they were made");
    assert!(window.query_by_label("DenseNet, Block 1, layer 2: makes 8 maps").is_some());
    window.get_by_role_and_label(Role::Tab, "Transition 1").click_accesskit();
    window.run_steps(4);
    assert!(window.query_by_label("DenseNet, Transition 1: makes 24 maps").is_some());
    window.get_by_role_and_label(Role::Tab, "Transition 1").focus();
    window.run_steps(2);
    window.key_press(Key::ArrowRight);
    window.run_steps(4);
    assert!(window.query_by_label("DenseNet, Block 2, layer 1: makes 8 maps").is_some(), "arrows go along the layers");
    press(&mut window, "All layers");
    assert_eq!(window.state().state.view.selected, None);
    assert!(window.query_by_label(name).is_some());
}

#[test]
fn a_map_is_looked_into_term_by_term_and_what_is_written_adds_up() {
    let mut window = english();
    let within = |window: &Window| window.state().state.view.within;
    let looked_into = |window: &mut Window| {
        wait(window, |stage| {
            let (Some(run), Some(within)) = (&stage.state.run, stage.state.view.within) else { return false };
            let told = |inside: &densescope::telemetry::Inside| inside.part == within.part;
            run.glances.iter().any(|(kind, glance)| *kind == within.kind && glance.inside.as_ref().is_some_and(told))
        });
        glanced(window);
    };
    press(&mut window, "Maps of DenseNet, Block 1, layer 3: reads 16 + 8·(3−1) = 32, makes 8, carries 40");
    for (network, opens) in [
        ("DenseNet", "DenseNet, Block 1, layer 3: makes 8 maps"),
        ("ResNet", "ResNet, Block 1, layer 3: the 6 sums, which alone go on"),
    ] {
        press(&mut window, opens);
        let part = Part::Layer { block: 1, layer: 3 };
        let first = within(&window).expect("a channel is looked into");
        assert_eq!((first.part, first.inner), (part, None), "{network}");
        looked_into(&mut window);
        adds_up(&window);
        let inner = window.query_all_by_label_contains("inner map ").next().expect("terms").rect().center();
        window.hover_at(inner);
        window.run_steps(2);
        window.drag_at(inner);
        window.drop_at(inner);
        window.run_steps(4);
        assert!(within(&window).is_some_and(|within| within.inner.is_some()), "{network}: a step further in");
        adds_up(&window);
        window.get_by_role_and_label(Role::Button, "The next channel").click_accesskit();
        window.run_steps(4);
        adds_up(&window);
        for expected in [Some(None), None] {
            window.state_mut().state.apply(Command::Close);
            window.run_steps(4);
            assert_eq!(within(&window).map(|within| within.inner), expected, "{network}: a step out");
        }
    }
    assert_eq!(window.state().state.view.selected.map(|_| ()), Some(()), "the layer is still selected");
}

/// The pixel is the sum of its terms, as they are written.
#[track_caller]
fn adds_up(window: &Window) {
    let said = window.get_by_label_contains("column ").accesskit_node().label().expect("it has a name");
    let (pixel, terms) = said.split_once(" = ").expect("a sum");
    let units = |words: &str| words.replace('−', "-").replace(['+', '.'], "").parse::<i64>().expect("a number");
    let pixel = units(pixel.rsplit(' ').next().expect("a number"));
    let terms: Vec<i64> = terms.split(' ').map(units).collect();
    assert!(terms.len() > 3, "{said}");
    assert_eq!(terms.iter().sum::<i64>(), pixel, "{said}");
}

#[test]
fn the_probabilities_of_every_network_are_said() {
    let mut config = config();
    config.training.networks = NetworkKind::ALL.to_vec();
    let window = maps(Language::English, ThemeChoice::Dark, config, vec2(1280.0, 1000.0), 1.0);
    for network in ["DenseNet", "ResNet", "Plain network"] {
        let said = |words: &str| window.query_all_by_label_contains(&format!("{network} is {words}")).count() > 0;
        assert!(said("right: ") || said("wrong, it is "), "{network}");
    }
}

#[test]
fn a_room_of_any_size_and_language_shows_maps() {
    let mut window = maps(Language::Chinese, ThemeChoice::Dark, config(), vec2(1024.0, 640.0), 1.0);
    let parts =
        window.state().state.run.as_ref().expect("a run").plan.networks[0].layers.iter().map(|layer| layer.part);
    let focuses: Vec<Option<Focus>> = parts.map(|part| Some(Focus::Part(None, part))).chain([None]).collect();
    for size in [vec2(1024.0, 640.0), vec2(1920.0, 1080.0), vec2(500.0, 300.0), vec2(700.0, 260.0)] {
        window.set_size(size);
        for focus in &focuses {
            window.state_mut().state.apply(Command::Select(*focus));
            window.run_steps(2);
        }
    }
}

#[test]
#[ignore = "tells how long a frame takes, for a person to read"]
fn a_frame_of_maps_takes_so_long() {
    let mut window = english();
    let layer = Some(Focus::Part(None, Part::Layer { block: 1, layer: 3 }));
    for (what, command) in [
        ("all rows", Command::Select(None)),
        ("a layer in detail", Command::Select(layer)),
        ("the drawing", Command::ToggleMaps),
    ] {
        window.state_mut().state.apply(command);
        window.run_steps(20);
        (window.state_mut().spent, window.state_mut().frames) = (Duration::ZERO, 0);
        window.run_steps(200);
        let stage = window.state();
        let milliseconds = stage.spent.as_secs_f64() * 1000.0 / f64::from(stage.frames);
        println!("{milliseconds:.2} ms for a frame with {what}");
    }
}
