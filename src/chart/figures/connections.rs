//! Readings of connections at the moment that is looked at, and the maps of a dense block: source by reader.

use super::parts;
use crate::arch::{Architecture, NetworkKind, Part};
use crate::chart::{Axis, Cells, Marks, Meaning, NoData, Panel, Series, Subject, Ticks, Weight};
use crate::telemetry::Connections;
use crate::text::Text;
use crate::text::number::grouped;

/// The last reading of a network's connections up to the moment that is looked at.
pub(super) fn reading<'a>(subject: &Subject<'a>, kind: NetworkKind) -> Option<&'a Connections> {
    let history = subject.history_of(kind)?;
    match subject.at {
        None => history.last_connections(),
        Some(step) => history.connections_at(step),
    }
}

/// Why there is no reading.
pub(super) fn no_reading(subject: &Subject, text: &Text) -> NoData {
    let trained =
        subject.history.is_some_and(|history| history.networks().iter().any(|network| network.last().is_some()));
    let every = subject.config.training.probe_every;
    NoData(if trained {
        text.fill("figure.no_reading", &[("every", &every)])
    } else {
        text.say("figure.no_training").to_owned()
    })
}

/// That the reading is older than the moment, if it is.
pub(super) fn note(subject: &Subject, kind: NetworkKind, reading: &Connections, text: &Text) -> Option<String> {
    let history = subject.history_of(kind)?;
    let moment = subject.at.or_else(|| history.last_step())?;
    let (step, moment) = (reading.step, moment.min(history.last_step()?));
    (step < moment).then(|| {
        let values: [(&str, &dyn std::fmt::Display); 4] = [
            ("network", &parts::name(text, kind)),
            ("moment", &grouped(moment as u64)),
            ("step", &grouped(step as u64)),
            ("every", &subject.config.training.probe_every),
        ];
        text.fill("figure.older_reading", &values)
    })
}

/// A value of one source and reader of a block; blocks and readers from 1, source 0 is what entered the block.
pub(super) struct Connection {
    pub(super) block: usize,
    pub(super) reader: usize,
    pub(super) source: usize,
    pub(super) value: f64,
}

/// One map for each block: sources upwards, readers to the right, the last reader being the transition or the classifier.
pub(super) fn maps(network: &Architecture, connections: &[Connection], text: &Text) -> Vec<Panel> {
    let blocks = network.spec.blocks.len();
    let map = |(index, &layers): (usize, &usize)| {
        let block = index + 1;
        let leaves = if block < blocks { Part::Transition { block } } else { Part::Classifier };
        let enters = if block == 1 { Part::Stem } else { Part::Transition { block: block - 1 } };
        let within = || (1..=layers).map(|layer| Part::Layer { block, layer });
        let readers: Vec<Part> = within().chain([leaves]).collect();
        let entering = (enters, text.say("figure.entering").to_owned());
        let sources = std::iter::once(entering).chain(within().map(|part| (part, parts::short(text, part)))).collect();
        let mut values = vec![None; readers.len() * (layers + 1)];
        for connection in connections.iter().filter(|connection| connection.block == block) {
            let Connection { reader, source, value, .. } = *connection;
            let cell = reader.checked_sub(1).map(|column| source * readers.len() + column);
            if let Some(cell) = cell.and_then(|cell| values.get_mut(cell)).filter(|_| reader <= readers.len()) {
                *cell = value.is_finite().then_some(value);
            }
        }
        let edges = |count: usize| (0..=count).map(|edge| edge as f64 - 0.5).collect();
        let cells = Cells { columns: edges(readers.len()), rows: edges(layers + 1), values };
        let (key, meaning) = (format!("dense.block{block}"), Meaning::Network(NetworkKind::Dense));
        Panel {
            title: (blocks > 1).then(|| text.fill("figure.block", &[("block", &block)])),
            x: Axis::along(text.say("figure.reader"), parts::ticks(text, &readers)),
            y: Axis::along(text.say("figure.source"), Ticks::Parts(sources)),
            series: vec![Series::new(key, "", meaning, Weight::Main, Marks::Cells(cells))],
        }
    };
    network.spec.blocks.iter().enumerate().map(map).collect()
}
