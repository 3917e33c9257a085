//! Where the rows of the networks stand from left to right, and how many maps find room in a column. All lanes share the columns.

use eframe::egui::{Rangef, Vec2, vec2};

use super::pictures::{SMALLEST, cell, frame};
use crate::arch::{Architecture, Part};
use crate::telemetry::FeatureMaps;

/// A column is no narrower than that, in points, and no wider.
const NARROWEST: f32 = 24.0;
const WIDEST: f32 = 112.0;
/// Space between blocks and what stands between them.
const BETWEEN: f32 = 6.0;

/// The columns of the rows, without the classifier, which stands apart.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Columns {
    /// Row of the architecture, and its place.
    pub(super) places: Vec<(usize, Rangef)>,
    /// The block's number, and its place.
    pub(super) blocks: Vec<(usize, Rangef)>,
    /// Width of all of them.
    pub(super) width: f32,
}

impl Columns {
    /// Columns in a room that wide; wider than the room where there are too many.
    pub(super) fn new(network: &Architecture, room: f32) -> Self {
        let rows = network.layers.iter().filter(|layer| layer.part != Part::Classifier);
        let count = rows.clone().count().max(1) as f32;
        let blocks = network.spec.blocks.len() as f32;
        let unit = ((room - BETWEEN * 2.0 * blocks) / count).floor().clamp(NARROWEST, WIDEST);
        let mut columns = Self { places: Vec::new(), blocks: Vec::new(), width: 0.0 };
        let mut x = 0.0;
        for (row, layer) in rows.enumerate() {
            match layer.part {
                Part::Layer { block, layer: 1 } => {
                    x += BETWEEN;
                    columns.blocks.push((block, Rangef::new(x - 2.0, x + unit + 2.0)));
                }
                Part::Layer { .. } => {
                    columns.blocks.iter_mut().last().into_iter().for_each(|(_, place)| place.max = x + unit + 2.0);
                }
                Part::Transition { .. } => x += BETWEEN,
                Part::Stem | Part::Classifier => {}
            }
            columns.places.push((row, Rangef::new(x, x + unit)));
            x += unit;
        }
        columns.width = x + 4.0;
        columns
    }
}

/// How the maps of a row are shown in a column of that size: the size of a picture, pictures in a row, and how many in all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stack {
    pub(super) cell: Vec2,
    pub(super) across: usize,
    pub(super) count: usize,
}

/// Height of the words for maps that found no room.
pub(super) const REST: f32 = 13.0;

/// As large as they can be if all find room, or else as small as they may be and as many as find room.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "counts of pictures in a small place")]
pub(super) fn stack(maps: &FeatureMaps, room: Vec2) -> Stack {
    let mut best = Stack { cell: Vec2::ZERO, across: 1, count: 0 };
    for across in 1..=6_usize {
        let rough = (room.x - 2.0) / across as f32 - 1.0;
        let side = ((room.x - 2.0 - frame(rough) * (across + 1) as f32) / across as f32).floor().min(56.0);
        if across > 1 && side < SMALLEST {
            break;
        }
        let cell = cell(maps, side.max(4.0));
        let gap = frame(cell.max_elem());
        let rows = |height: f32| ((height - gap) / (cell.y + gap)).floor().max(0.0) as usize;
        if across * rows(room.y) >= maps.channels {
            return Stack { cell, across, count: maps.channels };
        }
        let count = across * rows(room.y - REST);
        if count >= best.count {
            best = Stack { cell, across, count };
        }
    }
    best
}

/// The size of the frame around pictures.
pub(super) fn size(stack: &Stack) -> Vec2 {
    let gap = frame(stack.cell.max_elem());
    let across = stack.across.min(stack.count) as f32;
    let down = stack.count.div_ceil(stack.across.max(1)) as f32;
    vec2(gap + across * (stack.cell.x + gap), gap + down * (stack.cell.y + gap))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arch::{ImageShape, Input, NetworkKind};
    use crate::config::RunConfig;

    fn maps(channels: usize) -> FeatureMaps {
        FeatureMaps { channels, height: 28, width: 28, values: Vec::new() }
    }

    #[test]
    fn every_row_but_the_classifier_has_a_column_and_they_do_not_overlap() {
        let input = Input { image: ImageShape::new(1, 28, 28), classes: 10 };
        let network = Architecture::new(NetworkKind::Dense, &RunConfig::default().network, input).unwrap();
        for room in [0.0, 440.0, 1200.0, 4000.0] {
            let columns = Columns::new(&network, room);
            assert_eq!(columns.places.len(), network.layers.len() - 1);
            assert_eq!(columns.blocks.len(), 3);
            for pair in columns.places.windows(2) {
                assert!(pair[0].1.max <= pair[1].1.min, "{pair:?}");
            }
            assert!(room < 440.0 || columns.width <= room, "{} in {room}", columns.width);
        }
    }

    #[test]
    fn all_maps_are_shown_where_they_find_room_and_never_more_than_do() {
        assert_eq!(stack(&maps(3), vec2(28.0, 90.0)).count, 3);
        let few = stack(&maps(8), vec2(28.0, 90.0));
        assert!(few.count < 8 && few.across == 1, "{few:?}");
        let all = stack(&maps(8), vec2(60.0, 120.0));
        assert_eq!((all.count, all.across), (8, 2), "{all:?}");
        for room in [vec2(0.0, 0.0), vec2(28.0, 10.0), vec2(28.0, 90.0), vec2(110.0, 300.0)] {
            let stack = stack(&maps(40), room);
            let size = size(&stack);
            assert!(stack.count == 0 || size.y <= room.y && size.x <= room.x, "{stack:?} in {room}");
        }
    }
}
