//! What this program is, which version, from which parts, and under which licences.

use eframe::egui::{RichText, Ui};

use crate::state::{Command, State};
use crate::ui::parts::dialog;
use crate::ui::parts::words;
use crate::ui::style::{bold_font, color, palette};

/// Shows it.
pub(super) fn show(ui: &mut Ui, state: &State, commands: &mut Vec<Command>) {
    let text = state.text();
    let closed = dialog::show(ui, "about", text.say("action.about"), text.say("ui.close"), 480.0, |ui| {
        ui.label(RichText::new("densescope").font(bold_font(22.0)));
        words::quiet(ui, text.fill("ui.about.version", &[("version", &env!("CARGO_PKG_VERSION"))]));
        ui.add_space(4.0);
        ui.label(text.say("ui.about.what"));
        ui.add_space(8.0);
        for part in ["papers", "parts", "images", "fonts", "licence"] {
            ui.label(RichText::new(text.say(&format!("ui.about.{part}_title"))).font(bold_font(13.0)));
            let ink = color(palette(ui).quiet);
            ui.label(RichText::new(text.say(&format!("ui.about.{part}"))).size(13.0).color(ink));
            ui.add_space(2.0);
        }
    });
    if closed {
        commands.push(Command::ToggleAbout);
    }
}
