//! What stands where there are no maps yet: what to do, or what is waited for.

use eframe::egui::{Rect, Role, Sense, Ui, WidgetInfo};

use crate::state::{Phase, State};
use crate::ui::parts::key;
use crate::ui::style::{color, font, palette};

/// Before there are images: how to begin, or that they are being loaded. The button for it stands on the card above.
pub(super) fn show(ui: &Ui, state: &State, place: Rect) {
    let text = state.text();
    let Some(run) = &state.run else {
        let key = key::words("Space", text, ui.ctx().os());
        say(ui, &text.fill("maps.begin", &[("key", &key)]), place);
        return;
    };
    let words = match run.phase {
        Phase::Loading => "ui.progress.loading",
        Phase::Running | Phase::Paused | Phase::Followed | Phase::Finished | Phase::Failed(_) => "maps.no_images",
    };
    say(ui, text.say(words), place);
}

/// There are images, and no maps yet.
pub(super) fn waiting(ui: &Ui, state: &State, place: Rect) {
    say(ui, state.text().say("maps.waiting"), place);
}

fn say(ui: &Ui, words: &str, place: Rect) {
    let quiet = color(palette(ui).quiet);
    let galley = ui.painter().layout(words.to_owned(), font(14.0), quiet, (place.width() - 16.0).max(40.0));
    let corner = place.center() - galley.size() / 2.0;
    ui.painter().galley(corner, galley, quiet);
    let response = ui.interact(place, ui.scope_id().with("nothing yet"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
}
