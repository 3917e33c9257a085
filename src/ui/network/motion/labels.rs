//! Small labels with numbers: each where it belongs, none over another, left out where there is no room.

use eframe::egui::{Pos2, Rect, Vec2};

/// A label that is wanted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    /// What it belongs to.
    pub(super) at: Pos2,
    /// How large it is.
    pub(super) size: Vec2,
}

/// Space between two labels.
const APART: f32 = 2.0;

/// Where each has its place; those that come first choose first.
pub(super) fn place(wanted: &[Wanted], room: Rect) -> Vec<Option<Rect>> {
    let mut taken: Vec<Rect> = Vec::new();
    let place = |wanted: &Wanted| {
        // Above what it belongs to, then higher or lower in steps, and a little to either side.
        let shifts = [0.0, -1.0, 1.0, -2.0, 2.0];
        let tries = shifts.into_iter().flat_map(|up| [0.0, -0.5, 0.5].map(|along| (up, along)));
        let places = tries.map(|(up, along)| {
            let by = Vec2::new(along * wanted.size.x, up * (wanted.size.y + APART) - wanted.size.y / 2.0 - 3.0);
            Rect::from_center_size(wanted.at + by, wanted.size)
        });
        let free =
            |rect: &Rect| room.contains_rect(*rect) && taken.iter().all(|other| !other.expand(APART).intersects(*rect));
        let found = places.into_iter().find(free);
        taken.extend(found);
        found
    };
    wanted.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use eframe::egui::{pos2, vec2};

    use super::*;

    #[test]
    fn no_label_lies_on_another_or_outside_and_the_first_has_its_own_place() {
        let room = Rect::from_min_size(Pos2::ZERO, vec2(400.0, 90.0));
        let wanted: Vec<Wanted> = (0..40_u8)
            .map(|one| Wanted { at: pos2(f32::from(one) * 9.0 + 20.0, 50.0), size: vec2(38.0, 15.0) })
            .collect();
        let placed = place(&wanted, room);
        let found: Vec<Rect> = placed.iter().flatten().copied().collect();
        assert!(found.len() >= 10 && found.len() < 40, "{}", found.len());
        assert_eq!(found[0].center().x, wanted[0].at.x);
        for (index, one) in found.iter().enumerate() {
            assert!(room.contains_rect(*one));
            assert!(found[index + 1..].iter().all(|other| !other.intersects(*one)));
        }
    }
}
