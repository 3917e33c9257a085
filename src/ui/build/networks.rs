//! Which networks are trained, and how wide those are that the DenseNet is compared with.

use eframe::egui::{CornerRadius, CursorIcon, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::rows::Rows;
use crate::arch::{NetworkKind, Width, WidthRule};
use crate::config::{Field, Value, WidthAccess};
use crate::text::Text;
use crate::ui::parts::icon::{self, Icon};
use crate::ui::parts::network;
use crate::ui::parts::segmented::{fit, segmented};
use crate::ui::parts::stepper::{Names, Scale, WIDTH, slider, stepper};
use crate::ui::style::{GAP, RADIUS, color, font, palette};

/// Which networks are trained: one switch each.
pub(super) fn chosen(ui: &mut Ui, rows: &mut Rows<'_>, field: &'static Field) {
    let value = rows.value(field);
    let words = value.as_words().unwrap_or_default();
    let on = |kind: NetworkKind| words.iter().any(|word| word == kind.name());
    let whole = ui.available_width();
    let shown = ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        rows.label(ui, field, whole);
        let each = ((whole - 2.0 * 6.0) / 3.0).floor().max(0.0);
        let mut pressed = None;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            for kind in NetworkKind::ALL {
                if network_switch(ui, rows.text, kind, on(kind), each) {
                    pressed = Some(kind);
                }
            }
        });
        rows.problem(ui, field);
        pressed
    });
    if ui.rect_contains_pointer(shown.response.rect) {
        rows.hovered = Some(field);
    }
    if let Some(pressed) = shown.inner {
        let kept = NetworkKind::ALL.into_iter().filter(|kind| on(*kind) != (*kind == pressed));
        rows.set(field, Value::Words(kept.map(|kind| kind.name().to_owned()).collect()));
    }
}

fn network_switch(ui: &mut Ui, text: &Text, kind: NetworkKind, on: bool, width: f32) -> bool {
    let name = text.say(network::name(kind));
    let (place, response) = ui.allocate_exact_size(vec2(width, 48.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), on, name));
    let colors = palette(ui);
    let ink = colors.network(kind);
    let painter = ui.painter();
    let ground = if on { colors.panel.mix(ink, 0.10) } else { colors.panel };
    let ground = if response.hovered() { ground.mix(colors.ink, 0.05) } else { ground };
    let edge = if on { Stroke::new(1.5, color(ink)) } else { Stroke::new(1.0, color(colors.line)) };
    painter.rect(place, CornerRadius::same(RADIUS), color(ground), edge, StrokeKind::Inside);
    if response.has_focus() {
        let around = Stroke::new(2.0, color(colors.accent));
        painter.rect_stroke(place.expand(2.0), CornerRadius::same(RADIUS + 2), around, StrokeKind::Inside);
    }
    network::paint(painter, colors, pos2(place.left() + 22.0, place.top() + 15.0), kind);
    if on {
        icon::paint(painter, pos2(place.right() - 14.0, place.top() + 15.0), 12.0, Icon::Check, color(ink));
    }
    let shade = color(if on { colors.ink } else { colors.quiet });
    let short = text.say(&format!("option.training.networks.{}", kind.name()));
    let galley = fit(ui, short, font(13.0), width - 16.0, shade);
    ui.painter().galley(pos2(place.left() + 10.0, place.bottom() - 7.0 - galley.size().y), galley, shade);
    response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(name).clicked()
}

/// The width of the networks that the DenseNet is compared with: what it is matched by, or a number.
pub(super) fn width(ui: &mut Ui, rows: &mut Rows<'_>, field: &'static Field, access: &WidthAccess) {
    let value = rows.value(field);
    let number = value.as_number();
    let rule = WidthRule::WORDS.iter().position(|rule| Some(*rule) == value.as_text());
    let chosen = rule.or(number.map(|_| WidthRule::WORDS.len()));
    let words: Vec<&str> = WidthRule::WORDS.iter().chain(&["number"]).map(|word| rows.option(field, word)).collect();
    let label = rows.name(field);
    let matched =
        rows.state.draft.plan.as_ref().ok().and_then(|plan| plan.networks.iter().find_map(|network| network.width));
    let now = number.or_else(|| matched.map(Width::as_number));
    let (min, max) = (Width::MIN.as_number(), Width::MAX.as_number());
    let scale = Scale { min, max, step: access.control.step, whole: false };
    let (less, more) = rows.less_and_more(label);
    let names = Names { name: label, less: &less, more: &more, wanted: false };
    let answer = rows.row(
        ui,
        field,
        WIDTH,
        // A number at hand is where the matched one was, so that nothing jumps when it is changed.
        |ui| stepper(ui, names, now.unwrap_or(1.0), scale, WIDTH).map(Value::Number),
        |ui, whole| {
            let (_, pressed) = segmented(ui, label, &words, chosen, whole);
            let dragged = number.zip(access.control.slider.as_ref());
            let dragged = dragged.and_then(|(number, track)| slider(ui, label, number, track, scale, whole));
            let pressed = pressed.map(|index| match WidthRule::WORDS.get(index) {
                Some(rule) => Value::Text((*rule).to_owned()),
                None => Value::Number(now.unwrap_or(8.0)),
            });
            pressed.or(dragged.map(Value::Number))
        },
    );
    if let Some(value) = answer {
        rows.set(field, value);
    }
    ui.add_space(GAP / 4.0);
}
