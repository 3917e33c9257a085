//! Every figure of a real run, and of networks that were never trained, in every look.

use std::convert::Infallible;
use std::sync::{Arc, LazyLock};

use densescope::arch::{Architecture, How, Link, NetworkKind, PRESETS};
use densescope::chart::{Chart, FIGURES, GradientMeasure, Options, Subject};
use densescope::config::{LoadedConfig, Plan, RunConfig};
use densescope::data::{describe, load};
use densescope::drawing::{Drawing, Wires};
use densescope::export::picture::{Look, Size, to_svg};
use densescope::telemetry::{CutCost, CutMap, Evaluation, History};
use densescope::text::{Language, Text};
use densescope::theme::ThemeKind;
use densescope::training::{Control, RunEvent, Threads, run};

use super::measure::{assert_words_have_room, read, show};

/// A short training of the classroom networks.
pub(super) struct Trained {
    config: RunConfig,
    networks: Vec<Architecture>,
    history: History,
    cuts: Vec<CutMap>,
}

pub(super) static CLASSROOM: LazyLock<Trained> = LazyLock::new(|| {
    let mut config = RunConfig::default();
    (config.data.train, config.data.validation) = (320, 50);
    config.training.networks = NetworkKind::ALL.to_vec();
    (config.training.batch, config.training.steps) = (4, 48);
    (config.training.evaluate_every, config.training.probe_every) = (12, 4);
    let description = describe(&config.data).unwrap();
    let plan = Plan::new(&LoadedConfig { config, ..LoadedConfig::default() }, &description).unwrap();
    let data = &plan.config.data;
    let images = Arc::new(load(data, data.train, data.validation, plan.config.seed).unwrap());
    let mut history = History::new(&plan.config.training.networks, 1 << 26);
    let results = run(&plan, &images, &Threads::new(2).unwrap(), &Control::new(), |event| {
        if let RunEvent::Step(kind, record) = event {
            history.push(kind, record);
        }
        Ok::<(), Infallible>(())
    });
    assert!(results.is_ok());
    let cuts = made_up_cuts(&plan.networks, plan.config.training.steps);
    Trained { config: plan.config, networks: plan.networks, history, cuts }
});

/// What cutting each link might cost, between nothing and half of what a network gets right.
fn made_up_cuts(networks: &[Architecture], step: usize) -> Vec<CutMap> {
    let map = |network: &Architecture| {
        let cut = |(index, link): (usize, Link)| {
            let share = (index as f64 * 0.7).sin().abs() / 2.0;
            CutCost { link, evaluation: Evaluation { loss: 0.4 + 3.0 * share, accuracy: 0.8 * (1.0 - share) } }
        };
        let cuts = network.links().into_iter().enumerate().map(cut).collect();
        let whole = Evaluation { loss: 0.4, accuracy: 0.8 };
        CutMap { network: network.kind, how: How::Zero, step, whole, cuts }
    };
    networks.iter().map(map).collect()
}

impl Trained {
    /// Every figure at a step.
    pub(super) fn charts(&self, at: Option<usize>, language: Language) -> Vec<Chart> {
        let Self { config, networks, history, cuts } = self;
        charts(&Subject { config, networks, history: Some(history), at, cuts }, language)
    }

    /// The networks at a step.
    pub(super) fn drawing(&self, at: Option<usize>, wires: Wires, language: Language) -> Drawing {
        let Self { config, networks, history, cuts } = self;
        let subject = Subject { config, networks, history: Some(history), at, cuts };
        Drawing::of(&subject, GradientMeasure::WeightNorm, wires, Text::of(language)).unwrap()
    }
}

fn charts(subject: &Subject, language: Language) -> Vec<Chart> {
    FIGURES.iter().filter_map(|figure| (figure.build)(subject, &Options::default(), Text::of(language)).ok()).collect()
}

#[test]
fn every_figure_of_a_run_can_be_read_in_every_look() {
    for language in Language::ALL {
        let charts = CLASSROOM.charts(None, language);
        assert_eq!(charts.len(), FIGURES.len());
        for chart in charts {
            for theme in ThemeKind::ALL {
                for size in [Size::Slide, Size::Column, Size::Page] {
                    let caption = Some("DenseNet 4–4–4, k₀ = 16, k = 8; seed 1; densescope 0.1.0".to_owned());
                    let look = Look { theme, size, transparent: false, language, caption };
                    let svg = to_svg(&chart, &look);
                    let what = format!("run {} {} {} {size}", chart.id, theme.name(), language.code());
                    show(&what, &svg, if size == Size::Column { 2.0 } else { 1.0 });
                    assert_words_have_room(&read(&svg), &what);
                }
            }
        }
    }
}

#[test]
fn every_figure_of_every_preset_can_be_read_without_training() {
    for preset in PRESETS {
        let mut config = RunConfig::from_preset(preset);
        config.training.networks = NetworkKind::ALL.to_vec();
        let networks: Vec<_> = NetworkKind::ALL
            .iter()
            .map(|&kind| Architecture::new(kind, &config.network, preset.input).unwrap())
            .collect();
        let subject = Subject { config: &config, networks: &networks, history: None, at: None, cuts: &[] };
        for language in Language::ALL {
            for chart in charts(&subject, language) {
                for size in [Size::Slide, Size::Column] {
                    let svg = to_svg(&chart, &Look { size, ..Look::new(language) });
                    let what = format!("preset {} {} {} {size}", preset.name, chart.id, language.code());
                    if ["densenet-121", "densenet-264", "densenet-bc-190-40"].contains(&preset.name) {
                        show(&what, &svg, 1.0);
                    }
                    assert_words_have_room(&read(&svg), &what);
                }
            }
        }
    }
}
