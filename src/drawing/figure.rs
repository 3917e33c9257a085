//! The drawing as a figure that can be saved: what is drawn, and the words around it. Knows no size and no theme.

use super::alive::{Alive, Wires};
use crate::arch::Architecture;
use crate::chart::{GradientMeasure, NoData, Subject, Table};
use crate::text::Text;
use crate::text::number::grouped;

/// Its name in files and flags.
pub const ID: &str = "network";

/// The networks with what training said of them at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// What it shows.
    pub title: String,
    /// What it shows here and now: the numbers of the networks, and the step.
    pub subtitle: String,
    /// One paragraph that says how to read it.
    pub about: String,
    /// The networks, from top to bottom.
    pub networks: Vec<Architecture>,
    /// What training says.
    pub alive: Alive,
    /// What connections show.
    pub wires: Wires,
    /// The gradient norm that tints show.
    pub measure: GradientMeasure,
}

impl Drawing {
    /// The drawing of a run's networks, or of networks that were never trained.
    ///
    /// # Errors
    ///
    /// When there is no network.
    pub fn of(subject: &Subject, measure: GradientMeasure, wires: Wires, text: &Text) -> Result<Self, NoData> {
        let Some(first) = subject.networks.first() else {
            return Err(NoData(text.say("figure.no_network").to_owned()));
        };
        let alive = Alive::read(subject, measure);
        let spec = &first.spec;
        let blocks: Vec<String> = spec.blocks.iter().map(ToString::to_string).collect();
        let percent = spec.compression.percent;
        let theta = format!("{}.{:02}", percent / 100, percent % 100);
        let theta = theta.trim_end_matches('0').trim_end_matches('.');
        let numbers = text.fill(
            "figure.network.numbers",
            &[("blocks", &blocks.join("·")), ("k0", &spec.k0), ("k", &spec.growth), ("theta", &theta)],
        );
        let subtitle = match step(subject).filter(|_| alive.rows.is_some()) {
            Some(step) => {
                let step = text.fill("figure.at_step", &[("step", &grouped(step as u64))]);
                text.fill("figure.network.with_step", &[("numbers", &numbers), ("step", &step)])
            }
            None => numbers,
        };
        Ok(Self {
            title: text.say("figure.network.title").to_owned(),
            subtitle,
            about: match wires {
                Wires::Unrolled => text.fill(
                    "explain.two",
                    &[
                        ("first", &text.say("figure.network.about")),
                        ("second", &text.say("network_view.wires.unrolled_about")),
                    ],
                ),
                Wires::Gradient | Wires::Reuse | Wires::Wiring => text.say("figure.network.about").to_owned(),
            },
            networks: subject.networks.to_vec(),
            alive,
            wires,
            measure,
        })
    }

    /// Every row of every network: what it reads, makes, carries and costs, and its gradient norm once there is one.
    pub fn table(&self) -> Table {
        let names = ["network", "layer", "reads", "makes", "carries", "height", "width", "parameters", "multiply_adds"];
        let mut header: Vec<String> = names.map(str::to_owned).to_vec();
        let trained = self.alive.rows.is_some();
        if trained {
            header.push(self.measure_name().to_owned());
        }
        let rows = self.networks.iter().flat_map(|network| network.layers.iter().map(move |layer| (network, layer)));
        let row = |(network, layer): (&Architecture, &crate::arch::Layer)| {
            let mut row = vec![network.kind.to_string(), layer.part.to_string()];
            let sides = [layer.reads, layer.makes, layer.carries, layer.height, layer.width];
            row.extend(sides.map(|side| side.to_string()));
            row.extend([layer.parameters.to_string(), layer.multiply_adds.to_string()]);
            if trained {
                let norm = self.alive.part(network.kind, layer.part);
                row.push(norm.map(|norm| norm.to_string()).unwrap_or_default());
            }
            row
        };
        Table { header, rows: rows.map(row).collect() }
    }

    /// The key of the tint's words.
    pub const fn measure_key(&self) -> &'static str {
        match self.measure {
            GradientMeasure::WeightNorm => "figure.gradient.weight_norm",
            GradientMeasure::WeightRms => "figure.gradient.weight_rms",
            GradientMeasure::Relative => "figure.gradient.relative",
            GradientMeasure::Activation => "figure.gradient.activation",
        }
    }

    /// The name of the norm's column.
    const fn measure_name(&self) -> &'static str {
        match self.measure {
            GradientMeasure::WeightNorm => "weight_grad_norm",
            GradientMeasure::WeightRms => "weight_grad_rms",
            GradientMeasure::Relative => "weight_grad_relative",
            GradientMeasure::Activation => "activation_grad_norm",
        }
    }
}

/// The last step of which any network has a record, up to the one that is looked at.
fn step(subject: &Subject) -> Option<usize> {
    let of = |history: &crate::telemetry::NetworkHistory| match subject.at {
        Some(step) => history.at(step).map(|record| record.step),
        None => history.last().map(|record| record.step),
    };
    subject.history?.networks().iter().filter_map(of).max()
}
