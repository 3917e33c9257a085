//! What figures are tested on: a real training of every kind of network, histories of any length, and networks that were never trained.

use std::convert::Infallible;
use std::sync::{Arc, LazyLock};

use crate::arch::{Architecture, How, Input, Link, NetworkKind, Normalization, Preset};
use crate::config::{LoadedConfig, Plan, RunConfig};
use crate::data::{describe, load};
use crate::telemetry::{CutCost, CutMap, Evaluation, History, LayerFigures, StepFigures, StepRecord};
use crate::training::{Control, RunEvent, Threads, run};

/// Networks with what training reported, if they were trained.
pub(super) struct Trained {
    pub(super) config: RunConfig,
    pub(super) networks: Vec<Architecture>,
    pub(super) history: Option<History>,
    pub(super) cuts: Vec<CutMap>,
}

impl Trained {
    pub(super) fn subject(&self) -> crate::chart::Subject<'_> {
        self.looked_at(None)
    }

    pub(super) fn looked_at(&self, at: Option<usize>) -> crate::chart::Subject<'_> {
        crate::chart::Subject {
            config: &self.config,
            networks: &self.networks,
            history: self.history.as_ref(),
            at,
            cuts: &self.cuts,
        }
    }

    /// Networks that were never trained.
    pub(super) fn never(preset: &str, kinds: &[NetworkKind]) -> Self {
        let preset = Preset::named(preset).expect("there is such a preset");
        let mut config = RunConfig::from_preset(preset);
        config.training.networks = kinds.to_vec();
        Self { networks: networks(&config, preset.input), config, history: None, cuts: Vec::new() }
    }

    /// The same networks with the first steps of what was reported.
    pub(super) fn first_steps(&self, steps: usize) -> Self {
        let mut shorter = History::new(&self.config.training.networks, 1 << 26);
        for network in self.history.iter().flat_map(History::networks) {
            for record in network.records().take_while(|record| record.step <= steps) {
                let mut record = record.clone();
                if let Some(reading) = network.connections_at(record.step).filter(|reading| reading.step == record.step)
                {
                    record.figures.edges.clone_from(&reading.edges);
                    record.figures.reuse.clone_from(&reading.reuse);
                }
                shorter.push(network.kind, record);
            }
        }
        let cuts = self.cuts.clone();
        Self { config: self.config.clone(), networks: self.networks.clone(), history: Some(shorter), cuts }
    }

    /// Networks with a history of so many made-up steps.
    pub(super) fn made_up(preset: &str, kinds: &[NetworkKind], steps: usize) -> Self {
        let mut made_up = Self::never(preset, kinds);
        let mut history = History::new(kinds, 1 << 30);
        for step in 1..=steps {
            for network in &made_up.networks {
                history.push(network.kind, made_up_record(step, network.layers.len()));
            }
        }
        made_up.history = Some(history);
        made_up
    }
}

fn networks(config: &RunConfig, input: Input) -> Vec<Architecture> {
    let kinds = &config.training.networks;
    kinds
        .iter()
        .map(|&kind| Architecture::new(kind, &config.network, input).expect("the preset fits its input"))
        .collect()
}

/// A record whose first ten steps are a thousand times the others.
pub(super) fn made_up_record(step: usize, rows: usize) -> StepRecord {
    let spike = if step <= 10 { 1000.0 } else { 1.0 };
    let wave = (step as f64 / 7.0).sin().abs() + 0.1;
    let norms = |row: usize| LayerFigures {
        weight_grad_norm: spike * wave * (row + 1) as f64,
        weight_norm: 2.0,
        activation_grad_norm: spike * wave,
    };
    StepRecord {
        step,
        learning_rate: 0.1,
        train_loss: spike * wave,
        train_accuracy: 0.5,
        validation: step.is_multiple_of(100).then_some(Evaluation { loss: 1.0, accuracy: 0.5 }),
        seconds: 0.01,
        figures: StepFigures { layers: (0..rows).map(norms).collect(), ..StepFigures::default() },
    }
}

fn train(config: RunConfig) -> Trained {
    let description = describe(&config.data).expect("the images are built in");
    let plan = Plan::new(&LoadedConfig { config, ..LoadedConfig::default() }, &description).expect("it can be trained");
    let data = &plan.config.data;
    let images = Arc::new(load(data, data.train, data.validation, plan.config.seed).expect("they load"));
    let mut history = History::new(&plan.config.training.networks, 1 << 26);
    let threads = Threads::new(2).expect("the system gives threads");
    let results = run(&plan, &images, &threads, &Control::new(), |event| {
        if let RunEvent::Step(kind, record) = event {
            history.push(kind, record);
        }
        Ok::<(), Infallible>(())
    });
    assert!(results.is_ok());
    let cuts = made_up_cuts(&plan.networks, plan.config.training.steps);
    Trained { config: plan.config, networks: plan.networks, history: Some(history), cuts }
}

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

fn tiny(kinds: &[NetworkKind], steps: usize) -> RunConfig {
    let mut config = RunConfig::default();
    (config.data.train, config.data.validation) = (64, 50);
    config.network.blocks = vec![2, 1];
    (config.network.k0, config.network.growth) = (4, 3);
    config.training.networks = kinds.to_vec();
    (config.training.batch, config.training.steps) = (4, steps);
    (config.training.evaluate_every, config.training.probe_every) = (100, 7);
    config.training.learning_rate = 0.02;
    config
}

/// Two thousand steps of all three networks.
pub(super) static THREE: LazyLock<Trained> = LazyLock::new(|| train(tiny(&NetworkKind::ALL, 2000)));

/// A residual network alone.
pub(super) static RESIDUAL: LazyLock<Trained> = LazyLock::new(|| train(tiny(&[NetworkKind::Residual], 12)));

/// Without batch norm, and one block only.
pub(super) static BARE: LazyLock<Trained> = LazyLock::new(|| {
    let mut config = tiny(&[NetworkKind::Dense, NetworkKind::Plain], 12);
    config.network.normalization = Normalization::None;
    config.network.blocks = vec![3];
    train(config)
});
