//! The drawing of the networks as a file.

use densescope::arch::{Architecture, NetworkKind, Preset};
use densescope::chart::{GradientMeasure, Subject};
use densescope::config::RunConfig;
use densescope::drawing::{Drawing, Wires};
use densescope::export::picture::{Look, Size, drawing_to_csv, drawing_to_svg};
use densescope::telemetry::{Edge, History, LayerFigures, Reuse, StepFigures, StepRecord};
use densescope::text::{Language, Text};
use densescope::theme::ThemeKind;

use super::figures::CLASSROOM;
use super::measure::{assert_words_have_room, read, show, words};

const MEASURE: GradientMeasure = GradientMeasure::WeightNorm;

/// Networks that were never trained, with those blocks if any are given.
pub(super) fn untrained(preset: &str, blocks: &[usize], kinds: &[NetworkKind], language: Language) -> Drawing {
    let preset = Preset::named(preset).unwrap();
    let mut config = RunConfig::from_preset(preset);
    if !blocks.is_empty() {
        config.network.blocks = blocks.to_vec();
    }
    let networks: Vec<_> =
        kinds.iter().map(|&kind| Architecture::new(kind, &config.network, preset.input).unwrap()).collect();
    let subject = Subject { config: &config, networks: &networks, history: None, at: None, cuts: &[] };
    Drawing::of(&subject, MEASURE, Wires::Gradient, Text::of(language)).unwrap()
}

/// Networks of two blocks with norms that are made up, the same on every machine.
pub(super) fn trained_by_rule(language: Language) -> Drawing {
    let drawing = untrained("classroom", &[2, 2], &BOTH, language);
    let mut history = History::new(&BOTH, 1 << 20);
    for network in &drawing.networks {
        let norm = |row: usize| 0.01 * 1.7_f64.powi(i32::try_from(row).unwrap());
        let layer =
            |row| LayerFigures { weight_grad_norm: norm(row), weight_norm: 1.0, activation_grad_norm: norm(row) };
        let (mut edges, mut reuse) = (Vec::new(), Vec::new());
        for (block, layer) in [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3)] {
            for source in (0..layer).filter(|_| network.kind == NetworkKind::Dense) {
                edges.push(Edge::Dense { block, layer, source, grad_norm: norm(block + layer - source) });
                reuse.push(Reuse { block, layer, source, mean_abs_weight: norm(layer + source) });
            }
            if network.kind == NetworkKind::Residual && layer < 3 {
                let (identity_grad_norm, branch_grad_norm) = (norm(block + layer), norm(layer));
                edges.push(Edge::Baseline { block, layer, identity_grad_norm, branch_grad_norm });
            }
        }
        let layers = (0..network.layers.len()).map(layer).collect();
        let record = StepRecord {
            step: 1200,
            learning_rate: 0.1,
            train_loss: 1.0,
            train_accuracy: 0.5,
            validation: None,
            seconds: 0.03,
            figures: StepFigures { layers, edges, reuse, measured: Vec::new() },
        };
        history.push(network.kind, record);
    }
    let config = RunConfig::default();
    let subject =
        Subject { config: &config, networks: &drawing.networks, history: Some(&history), at: None, cuts: &[] };
    Drawing::of(&subject, MEASURE, Wires::Gradient, Text::of(language)).unwrap()
}

const BOTH: [NetworkKind; 2] = [NetworkKind::Dense, NetworkKind::Residual];

fn drawings(language: Language) -> Vec<(&'static str, Drawing)> {
    let trained = |wires| CLASSROOM.drawing(None, wires, language);
    vec![
        ("classroom", untrained("classroom", &[], &BOTH, language)),
        ("one-network", untrained("classroom", &[], &[NetworkKind::Dense], language)),
        ("two-blocks", untrained("classroom", &[3, 3], &BOTH, language)),
        ("bc-40-12", untrained("densenet-bc-40-12", &[], &BOTH, language)),
        ("densenet-121", untrained("densenet-121", &[], &BOTH, language)),
        ("densenet-264", untrained("densenet-264", &[], &NetworkKind::ALL, language)),
        ("by-rule", trained_by_rule(language)),
        ("gradient", trained(Wires::Gradient)),
        ("weight", trained(Wires::Reuse)),
        ("unrolled", trained(Wires::Unrolled)),
    ]
}

#[test]
fn the_drawing_can_be_read_in_every_look() {
    for language in Language::ALL {
        for (name, drawing) in drawings(language) {
            for theme in ThemeKind::ALL {
                for size in [Size::Slide, Size::Page, Size::Column] {
                    let caption = Some("DenseNet 4–4–4, k₀ = 16, k = 8; seed 1; densescope 0.1.0".to_owned());
                    let look = Look { theme, size, transparent: false, language, caption };
                    let svg = drawing_to_svg(&drawing, &look);
                    let what = format!("drawing {name} {} {} {size}", theme.name(), language.code());
                    show(&what, &svg, if size == Size::Slide { 1.0 } else { 2.0 });
                    assert_words_have_room(&read(&svg), &what);
                    assert!(svg.len() < 1_000_000, "{what}: {} bytes", svg.len());
                    assert_eq!(svg, drawing_to_svg(&drawing, &look), "{what}: the same drawing gave other bytes");
                }
            }
        }
    }
}

#[test]
fn a_drawing_has_room_at_every_size() {
    for (width, height) in [(4000, 3000), (320, 200), (64, 64), (1600, 150), (200, 1200)] {
        for (name, drawing) in drawings(Language::English) {
            let look = Look { size: Size::Pixels { width, height }, ..Look::new(Language::English) };
            let svg = drawing_to_svg(&drawing, &look);
            let what = format!("drawing {name} {width}x{height}");
            show(&what, &svg, 1.0);
            assert_words_have_room(&read(&svg), &what);
        }
    }
}

#[test]
fn the_drawing_says_the_channels_of_the_architecture_and_the_step() {
    let drawing = CLASSROOM.drawing(None, Wires::Gradient, Language::English);
    let found: Vec<String> = words(&read(&drawing_to_svg(&drawing, &Look::new(Language::English))))
        .into_iter()
        .map(|words| words.text)
        .collect();
    for wanted in ["48", "24", "60", "DenseNet", "ResNet", "Plain network", "H₄", "Block 1 · 28×28"] {
        assert!(found.iter().any(|words| words == wanted), "{wanted} is missing in {found:?}");
    }
    assert!(found.iter().any(|words| words.contains("k = 8, θ = 0.5") && words.contains("Step 48")), "{found:?}");
}

#[test]
fn the_wide_picture_of_a_long_network_shows_all_of_its_layers() {
    let drawing = untrained("densenet-121", &[], &BOTH, Language::English);
    let drawn = |width| {
        let look = Look { size: Size::Pixels { width, height: 1200 }, ..Look::new(Language::English) };
        let found = words(&read(&drawing_to_svg(&drawing, &look)));
        let folded = |text: &str| text.starts_with("… ") || text.starts_with('+');
        found.iter().filter(|words| folded(&words.text)).count()
    };
    assert_eq!(drawn(1280), 2 * 4, "all blocks of both networks are folded");
    assert_eq!(drawn(16_000), 0);
}

#[test]
fn the_values_of_the_drawing_are_those_of_the_architecture_and_of_training() {
    let drawing = CLASSROOM.drawing(None, Wires::Gradient, Language::English);
    let text = drawing_to_csv(&drawing);
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(rows.headers().unwrap().iter().next_back(), Some("weight_grad_norm"));
    let rows: Vec<_> = rows.records().map(Result::unwrap).collect();
    let layers: usize = drawing.networks.iter().map(|network| network.layers.len()).sum();
    assert_eq!(rows.len(), layers);
    let row = rows.iter().find(|row| (&row[0], &row[1]) == ("dense", "block1.layer3")).unwrap();
    assert_eq!([&row[2], &row[3], &row[4]], ["32", "8", "40"]);
    assert!(rows.iter().all(|row| row[9].parse::<f64>().unwrap() > 0.0));
    let bare = drawing_to_csv(&untrained("classroom", &[], &BOTH, Language::English));
    assert!(bare.lines().next().unwrap().ends_with("multiply_adds"));
}
