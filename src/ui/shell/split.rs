//! Edges that a person drags to share the room otherwise.

use eframe::egui::{CursorIcon, Rect, Sense, Stroke, Ui, pos2};

use super::places::Places;
use crate::state::{Command, Split, State};
use crate::ui::style::{color, palette};

/// Half of how wide the place is that is taken hold of.
const REACH: f32 = 4.0;

/// Offers every edge there is.
pub(super) fn show(ui: &mut Ui, window: Rect, places: &Places, state: &State, commands: &mut Vec<Command>) {
    let centre = places.centre.unwrap_or(Rect::NOTHING);
    let below = places.figures.or(places.card);
    let upright = |x: f32, rect: Rect| Rect::from_x_y_ranges(x - REACH..=x + REACH, rect.y_range());
    if let Some(build) = places.build.filter(|_| places.centre.is_some()) {
        let share = |x: f32, _: f32| (x - window.left()) / window.width();
        edge(ui, Split::Build, upright(build.right(), build), share, commands);
    }
    if let Some(aside) = places.aside.filter(|_| places.centre.is_some()) {
        let share = |x: f32, _: f32| (window.right() - x) / window.width();
        edge(ui, Split::Side, upright(aside.left(), aside), share, commands);
    }
    if let (Some(hero), Some(_)) = (places.hero, below) {
        let y = centre.top() + centre.height() * state.settings.shares.hero + 3.0;
        let place = Rect::from_min_max(pos2(hero.left(), y - REACH), pos2(hero.right(), y + REACH));
        let share = |_: f32, y: f32| (y - centre.top()) / centre.height();
        edge(ui, Split::Hero, place, share, commands);
    }
}

/// One edge; a double click brings it back to where it was at first.
fn edge(ui: &mut Ui, split: Split, place: Rect, share: impl Fn(f32, f32) -> f32, commands: &mut Vec<Command>) {
    // Neither read nor reached by keys: nothing is said with it.
    let response = ui.interact(place, ui.scope_id().with(split), Sense::CLICK | Sense::DRAG);
    let (horizontal, cursor) = match split {
        Split::Hero => (true, CursorIcon::ResizeVertical),
        Split::Build | Split::Side => (false, CursorIcon::ResizeHorizontal),
    };
    if response.hovered() || response.dragged() {
        let colors = palette(ui);
        let shade = if response.dragged() { colors.accent } else { colors.line };
        let stroke = Stroke::new(2.0, color(shade));
        if horizontal {
            ui.painter().hline(place.x_range(), place.center().y, stroke);
        } else {
            ui.painter().vline(place.center().x, place.y_range(), stroke);
        }
    }
    if response.double_clicked() {
        commands.push(Command::Share(split, crate::state::Shares::default().of(split)));
    } else if let Some(pointer) = response.interact_pointer_pos().filter(|_| response.dragged()) {
        commands.push(Command::Share(split, share(pointer.x, pointer.y)));
    }
    response.on_hover_cursor(cursor);
}
