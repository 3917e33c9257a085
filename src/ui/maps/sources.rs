//! What a row read and made, as groups of maps with their sources: the same colours and the same order as in the drawing.
//!
//! Knows no points. A group names the row that made its maps, so that its pictures are the very ones of that row.

use crate::arch::{Architecture, Merge, Part};
use crate::drawing::paint::mixed;
use crate::text::Text;
use crate::theme::{Color, Palette};
use crate::ui::network::title;

/// Maps of one source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Source {
    /// The row of the architecture that made them.
    pub(super) row: usize,
    /// Maps that they are.
    pub(super) channels: usize,
    /// Maps before them in what is read or carried.
    pub(super) before: usize,
}

/// What a row reads, in the order in which it is concatenated; nothing for the stem, which reads the image.
pub(super) fn read_by(network: &Architecture, row: usize) -> Vec<Source> {
    let sources = network.read_by(row);
    let mut channels = 0;
    let source = |(row, made): (usize, usize)| {
        let source = Source { row, channels: made, before: channels };
        channels += made;
        source
    };
    sources.clone().zip(network.layers[sources].iter().map(|layer| layer.makes)).map(source).collect()
}

/// What a row makes, and where that stands in what is carried on.
pub(super) fn made_by(network: &Architecture, row: usize) -> Option<Source> {
    let layer = network.layers.get(row)?;
    let before = match layer.part {
        Part::Layer { .. } => network.kind.merge().before(layer.reads),
        Part::Stem | Part::Transition { .. } | Part::Classifier => 0,
    };
    Some(Source { row, channels: layer.makes, before })
}

/// The number of a source inside its block: 0 for what enters the block, l for layer l.
pub(super) const fn number(part: Part) -> usize {
    match part {
        Part::Stem | Part::Transition { .. } | Part::Classifier => 0,
        Part::Layer { layer, .. } => layer,
    }
}

/// The colour of what a row hands on: its own, or where it adds, those of all it was added to, stirred.
pub(super) fn shade(palette: &Palette, network: &Architecture, row: usize) -> Color {
    let number = network.layers.get(row).map_or(0, |layer| number(layer.part));
    match network.kind.merge() {
        Merge::Append | Merge::Replace => palette.source(number),
        Merge::Add => mixed(palette, number + 1),
    }
}

/// What a map is: its number among those carried, and who made it.
pub(super) fn name_of_map(text: &Text, network: &Architecture, row: usize, channel: usize) -> Vec<String> {
    let (Some(layer), Some(made)) = (network.layers.get(row), made_by(network, row)) else { return Vec::new() };
    let number = made.before + channel + 1;
    let number = text.fill("maps.channel", &[("number", &number), ("count", &layer.carries)]);
    let by = title(text, layer.part);
    let maker = match (network.kind.merge(), layer.part) {
        (Merge::Add, Part::Layer { .. }) => text.fill("maps.summed_at", &[("row", &by)]),
        (Merge::Append | Merge::Add | Merge::Replace, _) => text.fill("maps.made_by", &[("row", &by)]),
    };
    vec![number, maker]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arch::{ImageShape, Input, NetworkKind};
    use crate::config::RunConfig;

    fn network(kind: NetworkKind) -> Architecture {
        let input = Input { image: ImageShape::new(1, 28, 28), classes: 10 };
        Architecture::new(kind, &RunConfig::default().network, input).unwrap()
    }

    #[test]
    fn what_is_read_adds_up_to_what_the_architecture_says() {
        for kind in NetworkKind::ALL {
            let network = network(kind);
            assert!(read_by(&network, 0).is_empty() && read_by(&network, 99).is_empty());
            for (row, layer) in network.layers.iter().enumerate().skip(1) {
                let read = read_by(&network, row);
                assert_eq!(
                    read.iter().map(|source| source.channels).sum::<usize>(),
                    layer.reads,
                    "{kind} {}",
                    layer.part
                );
                assert_eq!(read.last().map(|source| source.row), Some(row - 1));
            }
        }
    }

    #[test]
    fn a_dense_layer_reads_what_entered_and_every_layer_before_it_and_adds_behind_them() {
        let network = network(NetworkKind::Dense);
        let row = network.layers.iter().position(|layer| layer.part == Part::Layer { block: 1, layer: 3 }).unwrap();
        let read: Vec<_> =
            read_by(&network, row).iter().map(|source| (source.row, source.channels, source.before)).collect();
        assert_eq!(read, [(0, 16, 0), (1, 8, 16), (2, 8, 24)]);
        assert_eq!(made_by(&network, row), Some(Source { row, channels: 8, before: 32 }));
        let text = Text::of(crate::text::Language::English);
        assert_eq!(name_of_map(text, &network, 1, 2), ["Channel 19 of 24", "Made by Block 1, layer 1"]);
    }
}
