//! Choosing a setting along the axis of a figure: by dragging or clicking, and by arrow keys.

use eframe::egui::{CursorIcon, EventFilter, Key, Modifiers, PointerButton, Response, Ui, WidgetInfo};

use super::place::Place;
use crate::chart::Chooses;

/// What the pointer or the keys choose, if it is not what is set now.
pub(super) fn choose(ui: &Ui, response: &Response, place: &Place, chooses: &Chooses) -> Option<usize> {
    let Chooses { places, now, .. } = chooses;
    let title = place.panel.title.as_deref().unwrap_or_default();
    response.widget_info(|| {
        let words = format!("{title}: {}", place.panel.x.label);
        WidgetInfo::slider(ui.is_enabled(), places.get(*now).map_or(0.0, |(place, _)| *place), words)
    });
    let over = response.clone().on_hover_cursor(CursorIcon::ResizeHorizontal);
    let mut chosen = *now;
    let picks = over.dragged_by(PointerButton::Primary) || over.clicked_by(PointerButton::Primary);
    if let Some(pointer) = over.interact_pointer_pos().filter(|_| picks) {
        chosen = chooses.nearest(place.places(pointer)[0]);
    } else if over.has_focus() {
        let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(over.id, filter));
        let pressed = |key| usize::from(ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)));
        let (on, back) = (pressed(Key::ArrowRight), pressed(Key::ArrowLeft));
        chosen = (*now + on).min(places.len().saturating_sub(1)).saturating_sub(back);
    }
    (chosen != *now).then_some(chosen)
}
