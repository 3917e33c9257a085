//! How cost grows: channels, parameters, multiply-adds and memory over one setting, of one block or of the whole network.
//!
//! Everything else stays as it is, and so does the width w of a network that has one, however its rule would follow: what is seen is what
//! this one setting does. Over the layers of the whole network, blocks keep their proportions.

use super::{chart, parts};
use crate::arch::{ActivationMemory, Architecture, Compression, NetworkSpec, WidthRule};
use crate::chart::{
    Along, Axis, Chart, Choice, Chooses, Extent, Figure, Format, Group, Marks, Meaning, NoData, Options, Panel, Point,
    Series, Shows, Subject, Weight,
};
use crate::config::{Field, Value, fields};
use crate::text::Text;
use crate::text::number::significant;
use crate::theme::Dash;

/// The figure.
pub(super) const FIGURE: Figure = Figure {
    id: "scaling",
    build,
    group: Group::Structure,
    shows: Shows::Built,
    choices: &[Choice::Extent, Choice::Along],
    tells_answers: true,
};

/// Numbers at which a network is built, at most, beside the one of now.
const MOST_POINTS: usize = 32;

fn build(subject: &Subject, options: &Options, text: &Text) -> Result<Chart, NoData> {
    let Some(first) = subject.networks.first() else {
        return Err(NoData(text.say("figure.no_network").to_owned()));
    };
    let sweep = Sweep::of(&first.spec, options);
    let groups = parts::alike(subject.networks);
    let curves: Vec<Curve> = groups.iter().map(|group| Curve::of(group, &sweep, text)).collect();
    let bytes = |numbers: u64| (numbers * ActivationMemory::BYTES * subject.config.training.batch as u64) as f64;
    let channels = match sweep.extent {
        Extent::Block(_) => "figure.scaling.channels_axis",
        Extent::Network => "figure.scaling.channels_axis_network",
    };
    let panel = |title: &str, label: &str, format: Format, series: Vec<Series>| Panel {
        title: Some(text.say(title).to_owned()),
        x: sweep.axis(text),
        y: Axis::numbers(text.say(label), format).with_zero(),
        series: std::iter::once(sweep.guide(text)).chain(series).collect(),
    };
    let each = |value: fn(&Costs) -> f64| curves.iter().flat_map(|curve| curve.series("", None, value)).collect();
    let mut memory: Vec<Series> =
        curves.iter().flat_map(|curve| curve.series(".naive", None, |costs| bytes(costs.naive))).collect();
    for curve in curves.iter().filter(|curve| curve.points.iter().any(|(_, costs)| costs.shared != costs.naive)) {
        let name = text.fill("figure.scaling.shared", &[("network", &curve.name)]);
        memory.extend(curve.series(".shared", Some(name), |costs| bytes(costs.shared)));
    }
    let mut read: Vec<Series> = each(|costs| costs.channels as f64);
    sweep.tell_reads(&mut read, &curves, text);
    let panels = vec![
        panel("figure.scaling.channels", channels, Format::Integer, read),
        panel(
            "figure.costs.parameters",
            "figure.costs.parameters_axis",
            Format::Compact,
            each(|costs| costs.parameters as f64),
        ),
        panel("figure.costs.work", "figure.costs.work_axis", Format::Compact, each(|costs| costs.work as f64)),
        panel("figure.costs.memory", "figure.costs.memory_axis", Format::Bytes, memory),
    ];
    let mut chart = chart(&FIGURE, text, Some(sweep.subtitle(first, subject, text)), panels);
    chart.notes = curves.iter().filter_map(|curve| curve.compared(&sweep, text)).collect();
    chart.chooses = Some(Box::new(sweep.chooses()));
    Ok(chart)
}

/// What is varied, and of what the cost is shown.
struct Sweep<'a> {
    spec: &'a NetworkSpec,
    along: Along,
    /// The block is one that is there.
    extent: Extent,
}

impl<'a> Sweep<'a> {
    fn of(spec: &'a NetworkSpec, options: &Options) -> Self {
        let extent = match options.extent {
            Extent::Block(block) => Extent::Block(block.clamp(1, spec.blocks.len())),
            Extent::Network => Extent::Network,
        };
        Self { spec, along: options.along, extent }
    }

    /// The setting as a number: layers (of the longest block, where all grow), k, or 100·θ.
    fn now(&self) -> usize {
        match (self.along, self.extent) {
            (Along::Layers, Extent::Block(block)) => self.spec.blocks[block - 1],
            (Along::Layers, Extent::Network) => self.spec.blocks.iter().copied().max().unwrap_or(1),
            (Along::Growth, _) => self.spec.growth,
            (Along::Compression, _) => self.spec.compression.percent as usize,
        }
    }

    /// The largest number shown; it stays where it is while a smaller one is dragged.
    fn top(&self) -> usize {
        let now = self.now();
        let least = |tops: &[usize]| tops.iter().copied().find(|top| *top >= now).unwrap_or(now);
        match self.along {
            Along::Layers => least(&[24, 48, 96, 256]),
            Along::Growth => least(&[48, 96, 192, 512]),
            Along::Compression => 100,
        }
    }

    /// Layers of every block where the longest has so many.
    fn blocks(&self, number: usize) -> Vec<usize> {
        let longest = self.now();
        let share = |layers: &usize| ((2 * layers * number + longest) / (2 * longest)).max(1);
        self.spec.blocks.iter().map(share).collect()
    }

    fn with(&self, number: usize) -> NetworkSpec {
        let mut spec = self.spec.clone();
        match (self.along, self.extent) {
            (Along::Layers, Extent::Block(block)) => spec.blocks[block - 1] = number,
            (Along::Layers, Extent::Network) => spec.blocks = self.blocks(number),
            (Along::Growth, _) => spec.growth = number,
            (Along::Compression, _) => {
                spec.compression = Compression { percent: u32::try_from(number).unwrap_or(100) };
            }
        }
        spec
    }

    /// Where a number stands along the axis.
    fn place(&self, number: usize) -> f64 {
        match (self.along, self.extent) {
            (Along::Layers, Extent::Network) => self.blocks(number).iter().sum::<usize>() as f64,
            (Along::Layers, Extent::Block(_)) | (Along::Growth, _) => number as f64,
            (Along::Compression, _) => number as f64 / 100.0,
        }
    }

    /// The numbers at which networks are built.
    fn numbers(&self) -> Vec<usize> {
        let (now, top) = (self.now(), self.top());
        let step = top.div_ceil(MOST_POINTS);
        let mut numbers: Vec<usize> = (1..=top).filter(|number| *number == 1 || number.is_multiple_of(step)).collect();
        numbers.extend([now, top]);
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    const fn field(&self) -> &'static Field {
        match self.along {
            Along::Layers => &fields::BLOCKS,
            Along::Growth => &fields::GROWTH,
            Along::Compression => &fields::COMPRESSION,
        }
    }

    fn chooses(&self) -> Chooses {
        let value = |number: usize| match self.along {
            Along::Layers => Value::Integers(self.with(number).blocks.iter().map(|layers| *layers as i128).collect()),
            Along::Growth | Along::Compression => Value::Integer(number as i128),
        };
        let places = (1..=self.top()).map(|number| (self.place(number), value(number))).collect();
        Chooses { field: self.field(), places, now: self.now() - 1 }
    }

    fn axis(&self, text: &Text) -> Axis {
        let label = match (self.along, self.extent) {
            (Along::Layers, Extent::Block(block)) => text.fill("figure.scaling.layers", &[("block", &block)]),
            (Along::Layers, Extent::Network) => text.say("figure.scaling.layers_all").to_owned(),
            (Along::Growth, _) => text.say("figure.scaling.growth").to_owned(),
            (Along::Compression, _) => text.say("figure.scaling.compression").to_owned(),
        };
        let format = match self.along {
            Along::Layers | Along::Growth => Format::Integer,
            Along::Compression => Format::Significant,
        };
        Axis::numbers(label, format).between(0.0, self.place(self.top()))
    }

    /// The setting in a few signs: `L = 4`.
    fn equation(&self, number: usize) -> String {
        match (self.along, self.extent) {
            (Along::Layers, Extent::Block(_)) => format!("L = {number}"),
            (Along::Layers, Extent::Network) => {
                let blocks: Vec<String> = self.blocks(number).iter().map(ToString::to_string).collect();
                format!("L = {}", blocks.join("·"))
            }
            (Along::Growth, _) => format!("k = {number}"),
            (Along::Compression, _) => {
                format!("θ = {}", parts::share(u32::try_from(number).unwrap_or(100)))
            }
        }
    }

    fn guide(&self, text: &Text) -> Series {
        let name = text.fill("figure.scaling.now", &[("setting", &self.equation(self.now()))]);
        let marks = Marks::Rule { upright: true, at: self.place(self.now()) };
        Series::new("now", name, Meaning::Guide, Weight::Second, marks)
    }

    /// Of what it is, and what is held.
    fn subtitle(&self, first: &Architecture, subject: &Subject, text: &Text) -> String {
        let of = match self.extent {
            Extent::Block(block) => text.fill("figure.scaling.of_block", &[("block", &block)]),
            Extent::Network => text.fill("figure.scaling.of_network", &[("depth", &first.depth())]),
        };
        match subject.networks.iter().find_map(|network| network.width) {
            Some(width) => text.fill("figure.scaling.held", &[("of", &of), ("width", &width)]),
            None => of,
        }
    }

    /// What a dense layer reads, as the formula with its numbers.
    fn tell_reads(&self, series: &mut [Series], curves: &[Curve], text: &Text) {
        let Extent::Block(block) = self.extent else { return };
        for curve in curves.iter().filter(|curve| curve.dense) {
            let note = |(number, costs): &(usize, Costs)| {
                let spec = self.with(*number);
                text.fill(
                    "figure.growth.note_reads",
                    &[
                        ("k0", &costs.entering),
                        ("k", &spec.growth),
                        ("layer", &spec.blocks[block - 1]),
                        ("reads", &costs.channels),
                    ],
                )
            };
            let line = series.iter_mut().find(|series| series.key == curve.key);
            if let Some(line) = line {
                line.notes = curve.points.iter().map(note).collect();
            }
        }
    }
}

/// What is counted of a network, or of a block of it.
struct Costs {
    /// x_0's of the block.
    entering: usize,
    /// Those that the block's last layer reads, or the classifier.
    channels: usize,
    parameters: u64,
    work: u64,
    /// Numbers kept for the backward pass of one image.
    naive: u64,
    shared: u64,
}

impl Costs {
    fn of(network: &Architecture, extent: Extent) -> Self {
        match extent {
            Extent::Network => {
                let ActivationMemory { naive, shared } = network.activation_memory();
                Self {
                    entering: network.entering(1),
                    channels: network.layers.last().map_or(0, |layer| layer.reads),
                    parameters: network.parameters(),
                    work: network.multiply_adds(),
                    naive,
                    shared,
                }
            }
            Extent::Block(block) => {
                let ActivationMemory { naive, shared } = network.block_activation_memory(block);
                Self {
                    entering: network.entering(block),
                    channels: network.block(block).last().map_or(0, |layer| layer.reads),
                    parameters: network.block(block).map(|layer| layer.parameters).sum(),
                    work: network.block(block).map(|layer| layer.multiply_adds).sum(),
                    naive,
                    shared,
                }
            }
        }
    }
}

/// The costs of networks that read, make and carry the same, over the setting.
struct Curve {
    key: String,
    name: String,
    meaning: Meaning,
    dense: bool,
    now: usize,
    /// By number, with where it stands along the axis beside it.
    points: Vec<(usize, Costs)>,
    places: Vec<f64>,
    /// At another number, to compare with.
    other: (usize, Costs),
}

impl Curve {
    fn of(group: &[&Architecture], sweep: &Sweep, text: &Text) -> Self {
        let network = group[0];
        let costs = |number: usize| {
            let mut spec = sweep.with(number);
            if let Some(width) = network.width {
                spec.baseline_width = WidthRule::Fixed(width);
            }
            let other = Architecture::new(network.kind, &spec, network.input);
            (number, Costs::of(&other.expect("neither layers nor channels change a side"), sweep.extent))
        };
        let (now, top) = (sweep.now(), sweep.top());
        let other = if 2 * now <= top { 2 * now } else { (now / 2).max(1) };
        let numbers = sweep.numbers();
        Self {
            key: parts::group_key(group),
            name: parts::group_name(text, group),
            meaning: Meaning::Network(network.kind),
            dense: network.kind.merge().keeps_sources(),
            now,
            places: numbers.iter().map(|number| sweep.place(*number)).collect(),
            points: numbers.into_iter().map(costs).collect(),
            other: costs(other),
        }
    }

    /// The curve of one cost, and a mark where it is now. A curve with a name of its own is the second of its network.
    fn series(&self, end: &str, second: Option<String>, value: impl Fn(&Costs) -> f64) -> Vec<Series> {
        let point = |((_, costs), x): (&(usize, Costs), &f64)| Point { x: *x, y: value(costs) };
        let points: Vec<Point> = self.points.iter().zip(&self.places).map(point).collect();
        let now = self.points.iter().position(|(number, _)| *number == self.now).map(|index| points[index]);
        let (dash, weight) = match second {
            Some(_) => (Some(Dash::Dashed), Weight::Second),
            None => (None, Weight::Main),
        };
        let name = second.unwrap_or_else(|| self.name.clone());
        let series = |key: String, marks| {
            let series = Series::new(key, name.clone(), self.meaning, weight, marks);
            Series { dash, ..series }
        };
        let key = format!("{}{end}", self.key);
        let mark = series(format!("{key}.now"), Marks::Points(now.into_iter().collect()));
        vec![series(key, Marks::Line(points)), mark]
    }

    /// How many times as much it costs at another number; nothing where the setting means nothing to it.
    fn compared(&self, sweep: &Sweep, text: &Text) -> Option<String> {
        let (number, other) = &self.other;
        let (_, now) = self.points.iter().find(|(number, _)| *number == self.now)?;
        if *number == self.now || other.work == now.work {
            return None;
        }
        let times = |value: fn(&Costs) -> u64| significant(value(other) as f64 / value(now) as f64, 2);
        let (from, to) = (sweep.equation(self.now), sweep.equation(*number));
        let values: [(&str, &dyn std::fmt::Display); 7] = [
            ("network", &self.name),
            ("from", &from),
            ("to", &to),
            ("parameters", &times(|costs| costs.parameters)),
            ("work", &times(|costs| costs.work)),
            ("naive", &times(|costs| costs.naive)),
            ("shared", &times(|costs| costs.shared)),
        ];
        let alike = now.naive == now.shared;
        let (key, values) =
            if alike { ("figure.scaling.times_alike", &values[..6]) } else { ("figure.scaling.times", &values[..]) };
        Some(text.fill(key, values))
    }
}
