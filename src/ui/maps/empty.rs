//! What stands where there are no maps yet: what to do, or what is waited for.

use eframe::egui::{Rect, Ui, UiBuilder, pos2, vec2};

use crate::state::{Command, Phase, State};
use crate::ui::parts::button::Press;
use crate::ui::parts::icon::Icon;
use crate::ui::parts::key;
use crate::ui::style::{color, font, palette};

/// Before there are images: how to begin, or that they are being loaded.
pub(super) fn show(ui: &mut Ui, state: &State, place: Rect, commands: &mut Vec<Command>) {
    let text = state.text();
    if let Some(run) = &state.run {
        let words = match run.phase {
            Phase::Loading => "ui.progress.loading",
            Phase::Running | Phase::Paused | Phase::Finished | Phase::Failed(_) => "maps.no_images",
        };
        say(ui, text.say(words), place);
        return;
    }
    let key = key::words("Space", text, ui.ctx().os());
    say(ui, &text.fill("maps.begin", &[("key", &key)]), place.with_max_y(place.center().y));
    let button = Press::words(text.say("ui.play.train")).with_icon(Icon::Play).primary();
    let width = 120.0;
    let at = Rect::from_min_size(pos2(place.center().x - width / 2.0, place.center().y + 4.0), vec2(width, 30.0));
    if at.bottom() <= place.bottom() {
        let mut child = ui.new_child(UiBuilder::new().max_rect(at));
        if child.add_enabled(state.draft.plan.is_ok(), button.size(width, 30.0)).clicked() {
            commands.push(Command::RunOrPause);
        }
    }
}

/// There are images, and no maps yet.
pub(super) fn waiting(ui: &mut Ui, state: &State, place: Rect) {
    say(ui, state.text().say("maps.waiting"), place);
}

fn say(ui: &mut Ui, words: &str, place: Rect) {
    let quiet = color(palette(ui).quiet);
    let galley = ui.painter().layout(words.to_owned(), font(14.0), quiet, (place.width() - 16.0).max(40.0));
    let corner = place.center() - galley.size() / 2.0;
    ui.painter().galley(corner, galley, quiet);
    let response = ui.interact(place, ui.scope_id().with("nothing yet"), eframe::egui::Sense::hover());
    response.widget_info(|| eframe::egui::WidgetInfo::labeled(eframe::egui::Role::Label, true, words));
}
