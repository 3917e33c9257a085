//! Where the panels of a chart stand: as many side by side as leaves each a good shape.

use eframe::egui::{Rect, pos2, vec2};

/// Room between two panels, in points.
const GAP: f32 = 14.0;
/// The height that each of several panels should have at least; when they scroll, they have it.
const LEAST_HEIGHT: f32 = 104.0;
/// Down to this height panels are rather low than scrolled by a little, which would cut off the last one's labels.
const LOWEST: f32 = 82.0;

/// A place for each panel, row by row, and the height of all of them, which may be more than there is.
pub(super) fn arrange(panels: usize, room: Rect) -> (Vec<Rect>, f32) {
    if panels == 0 {
        return (Vec::new(), 0.0);
    }
    let columns = (1..=panels).min_by(|a, b| badness(panels, *a, room).total_cmp(&badness(panels, *b, room)));
    let columns = columns.unwrap_or(1);
    let rows = panels.div_ceil(columns);
    let even = (room.height() - GAP * (rows - 1) as f32) / rows as f32;
    let height = if rows > 1 && even < LOWEST { LEAST_HEIGHT } else { even };
    let places = (0..panels).map(|index| {
        let (row, column) = (index / columns, index % columns);
        // The last row may hold fewer; they share its width.
        let beside = columns.min(panels - row * columns);
        let width = (room.width() - GAP * (beside - 1) as f32) / beside as f32;
        let corner = pos2(column as f32 * (width + GAP), row as f32 * (height + GAP)) + room.min.to_vec2();
        Rect::from_min_size(corner, vec2(width, height).max(vec2(1.0, 1.0)))
    });
    (places.collect(), rows as f32 * height + GAP * (rows - 1) as f32)
}

/// How far so many columns are from panels half as wide again as high, none of them tiny, none left alone.
fn badness(panels: usize, columns: usize, room: Rect) -> f32 {
    let rows = panels.div_ceil(columns);
    let width = ((room.width() - GAP * (columns - 1) as f32) / columns as f32).max(1.0);
    let height = ((room.height() - GAP * (rows - 1) as f32) / rows as f32).max(1.0);
    let shape = (width / height / 1.6).ln().abs();
    let narrow = (1.0 - width / 190.0).max(0.0) * 8.0;
    let low = (1.0 - height / LEAST_HEIGHT).max(0.0) * 4.0;
    let empty = (rows * columns - panels) as f32 * 0.3;
    shape + narrow + low + empty
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panels_stand_beside_or_below_each_other_as_the_room_says() {
        let columns = |panels, width, height| {
            let (places, _) = arrange(panels, Rect::from_min_size(pos2(10.0, 20.0), vec2(width, height)));
            places.iter().filter(|place| place.top() == places[0].top()).count()
        };
        assert_eq!(columns(1, 400.0, 300.0), 1);
        assert_eq!(columns(2, 800.0, 300.0), 2);
        assert_eq!(columns(2, 350.0, 500.0), 1);
        assert_eq!(columns(3, 1600.0, 400.0), 3);
        assert_eq!(columns(4, 900.0, 600.0), 2);
    }

    #[test]
    fn panels_are_inside_the_room_and_apart_or_scroll() {
        for panels in 1..=9 {
            for (width, height) in [(300.0, 200.0), (900.0, 300.0), (400.0, 900.0), (1.0, 1.0)] {
                let room = Rect::from_min_size(pos2(5.0, 5.0), vec2(width, height));
                let (places, tall) = arrange(panels, room);
                assert_eq!(places.len(), panels);
                for (index, place) in places.iter().enumerate() {
                    assert!(place.bottom() <= room.top() + tall.max(1.0) + 0.1, "{place} of {tall}");
                    assert!(
                        places[index + 1..].iter().all(|other| !place.shrink(0.1).intersects(*other)) || width < 10.0
                    );
                }
            }
        }
        assert!(arrange(0, Rect::ZERO).0.is_empty());
    }
}
