//! What stands in the centre before anything was trained: what is compared, in one sentence for each, and how to begin.

use eframe::egui::{
    Align, Color32, CornerRadius, Frame, Label, Layout, Margin, Pos2, Rect, RichText, Sense, Stroke, Ui, Vec2, pos2,
    vec2,
};

use crate::arch::{Merge, NetworkKind};
use crate::state::{Command, State};
use crate::ui::parts::button::Press;
use crate::ui::parts::icon::Icon;
use crate::ui::parts::{key, network};
use crate::ui::style::{CARD_RADIUS, bold_font, color, palette};

/// Shows the card in all the room there is.
pub(super) fn show(ui: &mut Ui, state: &State, commands: &mut Vec<Command>) {
    let text = state.text();
    let colors = palette(ui);
    let low = ui.available_height() < 230.0;
    let margin = if low { 8 } else { 16 };
    let frame = Frame::new()
        .fill(color(colors.panel))
        .stroke(Stroke::new(1.0, color(colors.grid)))
        .corner_radius(CornerRadius::same(CARD_RADIUS))
        .inner_margin(Margin::same(margin));
    let room = ui.available_size() - 2.0 * f32::from(margin) * Vec2::splat(1.0);
    frame.show(ui, |ui| {
        ui.set_width(room.x);
        ui.set_min_height(room.y);
        ui.spacing_mut().item_spacing.y = if low { 4.0 } else { 12.0 };
        let title = RichText::new(text.say("ui.welcome.title")).font(bold_font(if low { 15.0 } else { 17.0 }));
        // Where there is hardly any height, names and sentences say it alone.
        if room.y > 150.0 {
            ui.add(Label::new(title).wrap());
        }
        // Where there is no height, the drawing above says what the small ones do.
        let drawn = (room.y > 250.0).then_some(52.0);
        let kinds = [(NetworkKind::Dense, "ui.welcome.dense"), (NetworkKind::Residual, "ui.welcome.residual")];
        let each = ((room.x - 20.0) / 2.0).floor().max(0.0);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 20.0;
            for (kind, key) in kinds {
                ui.allocate_ui_with_layout(vec2(each, 0.0), Layout::top_down(Align::Min), |ui| {
                    ui.set_width(each);
                    one(ui, kind, text.say(network::name(kind)), text.say(key), drawn);
                });
            }
        });
        begin(ui, state, if low { 28.0 } else { 34.0 }, commands);
    });
}

/// What to press first, and where to look then.
fn begin(ui: &mut Ui, state: &State, height: f32, commands: &mut Vec<Command>) {
    let text = state.text();
    let os = ui.ctx().os();
    let (space, play) = (key::words("Space", text, os), key::words("P", text, os));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let can = state.draft.plan.is_ok();
        let several = state.draft.plan.as_ref().is_ok_and(|plan| plan.networks.len() > 2);
        let train = text.say(if several { "ui.welcome.train_all" } else { "ui.welcome.train" });
        let train = Press::words(train).with_icon(Icon::Play).primary().key(&space).size(0.0, height);
        if ui.add_enabled(can, train).clicked() {
            commands.push(Command::RunOrPause);
        }
        let slowly = Press::words(text.say("ui.welcome.slowly")).with_icon(Icon::Motion).key(&play).size(0.0, height);
        if ui.add_enabled(can, slowly).clicked() {
            commands.push(Command::PlayStep);
        }
    });
    if ui.available_height() < 36.0 {
        return; // the big picture above says it
    }
    let quiet = color(palette(ui).quiet);
    ui.add(Label::new(RichText::new(text.say("ui.welcome.look")).size(13.0).color(quiet)).wrap());
}

fn one(ui: &mut Ui, kind: NetworkKind, name: &str, sentence: &str, drawn: Option<f32>) {
    let colors = palette(ui);
    let ink = color(colors.network(kind));
    ui.spacing_mut().item_spacing.y = 4.0;
    ui.spacing_mut().interact_size.y = 20.0;
    if let Some(height) = drawn {
        let (place, _) = ui.allocate_exact_size(vec2(ui.available_width().min(260.0), height), Sense::hover());
        sketch(ui, place, kind, ink);
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        network::mark(ui, kind);
        ui.label(RichText::new(name).font(bold_font(14.0)).color(ink));
    });
    ui.add(Label::new(RichText::new(sentence).size(13.0)).wrap());
}

/// Four layers, and what each reads: all before it, or the last and what was added to.
fn sketch(ui: &Ui, place: Rect, kind: NetworkKind, ink: Color32) {
    let painter = ui.painter();
    let level = place.bottom() - 10.0;
    let node = |index: usize| pos2(place.left() + 8.0 + index as f32 * (place.width() - 16.0) / 3.0, level);
    let quiet = color(palette(ui).line);
    for index in 0..3 {
        painter.line_segment([node(index), node(index + 1)], Stroke::new(1.5, quiet));
    }
    let arc = |from: Pos2, to: Pos2, high: f32| {
        let middle = pos2(f32::midpoint(from.x, to.x), level - high * 2.0);
        let ends = [from, middle, to];
        let stroke = Stroke::new(1.6, ink);
        painter.add(eframe::egui::epaint::QuadraticBezierShape::from_points_stroke(
            ends,
            false,
            Color32::TRANSPARENT,
            stroke,
        ));
    };
    let high = place.height() - 14.0;
    let merge = kind.merge();
    match merge {
        Merge::Append => {
            for from in 0..3 {
                for to in from + 1..4 {
                    arc(node(from), node(to), high * (to - from) as f32 / 3.2);
                }
            }
        }
        Merge::Add => {
            for from in 0..3 {
                arc(node(from), node(from + 1), high * 0.42);
            }
        }
        Merge::Replace => {}
    }
    for index in 0..4 {
        painter.circle_filled(node(index), 4.5, ink);
        if merge.has_identity() && index > 0 {
            let at = node(index);
            painter.circle(at, 6.0, color(palette(ui).panel), Stroke::new(1.6, ink));
            painter.line_segment([at - vec2(3.0, 0.0), at + vec2(3.0, 0.0)], Stroke::new(1.6, ink));
            painter.line_segment([at - vec2(0.0, 3.0), at + vec2(0.0, 3.0)], Stroke::new(1.6, ink));
        }
    }
}
