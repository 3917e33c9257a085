//! What colour a source, a mixture or a highlighted part has.

use crate::arch::{NetworkKind, Part};
use crate::drawing::layout::Wire;
use crate::theme::{Color, Palette, ThemeKind};

/// The row that is pointed at or selected, in one network or in all.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Emphasis {
    /// Nothing when no row is.
    pub part: Option<(Option<NetworkKind>, Part)>,
    /// A connection that is pointed at: network, block, reader and source.
    pub wire: Option<(NetworkKind, usize, usize, usize)>,
}

impl Emphasis {
    /// Whether a row is meant.
    pub fn is(self, kind: NetworkKind, part: Part) -> bool {
        self.part.is_some_and(|(of, meant)| meant == part && of.is_none_or(|of| of == kind))
    }

    /// Whether a connection is what the row reads, or the one that is pointed at.
    pub(super) fn lights(self, kind: NetworkKind, wire: &Wire, layers: usize) -> bool {
        if let Some(meant) = self.wire {
            return meant == (kind, wire.block, wire.reader, wire.source);
        }
        let Some((of, part)) = self.part else { return false };
        if of.is_some_and(|of| of != kind) {
            return false;
        }
        match part {
            Part::Stem => (wire.block, wire.source) == (1, 0),
            Part::Layer { block, layer } => (wire.block, wire.reader) == (block, layer),
            Part::Transition { block } => (wire.block, wire.reader) == (block, layers + 1),
            Part::Classifier => wire.reader == layers + 1,
        }
    }

    /// Whether anything at all is meant.
    pub(super) fn any(self) -> bool {
        self.part.is_some() || self.wire.is_some()
    }
}

/// A source's colour as a line, which needs more contrast than an area.
pub(super) fn line_of(palette: &Palette, source: usize) -> Color {
    let share = match palette.kind {
        ThemeKind::Light => 0.18,
        ThemeKind::Dark => 0.05,
        ThemeKind::Print => 0.3,
    };
    palette.source(source).mix(palette.ink, share)
}

/// What the first `sources` colours make when stirred together.
pub fn mixed(palette: &Palette, sources: usize) -> Color {
    let mut mixed = palette.source(0);
    for source in 1..sources {
        mixed = mixed.mix(palette.source(source), 1.0 / (source + 1) as f32);
    }
    mixed
}

/// Ink that is read on a colour.
pub fn ink_on(ground: Color) -> Color {
    let (black, white) = (Color::hex(0x10_14_1a), Color::hex(0xff_ff_ff));
    if ground.contrast(black) >= ground.contrast(white) { black } else { white }
}
