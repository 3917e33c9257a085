//! What the networks are: which are trained, their blocks, and the settings of their layers.

use eframe::egui::{CornerRadius, CursorIcon, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::rows::{Rows, Track};
use super::{blocks, more};
use crate::arch::NetworkKind;
use crate::config::Value;
use crate::text::Text;
use crate::ui::parts::icon::{self, Icon};
use crate::ui::parts::network;
use crate::ui::parts::segmented::{fit, segmented};
use crate::ui::parts::stepper::{Names, Scale, Step, WIDTH, slider, stepper};
use crate::ui::style::{GAP, RADIUS, color, font, palette};

pub(super) fn show(ui: &mut Ui, rows: &mut Rows<'_>, open: &mut bool) {
    chosen(ui, rows);
    blocks::show(ui, rows);
    rows.integer(ui, "network.growth", Step::Add(1.0), Some(Track(1.0..=48.0, false)));
    rows.integer(ui, "network.k0", Step::Add(1.0), Some(Track(1.0..=96.0, false)));
    rows.integer(ui, "network.compression", Step::Add(5.0), Some(Track(1.0..=100.0, false)));
    rows.switch(ui, "network.bottleneck");
    width(ui, rows);
    rows.choice(ui, "network.normalization");
    let title = rows.text.say("ui.build.more_networks");
    if more(ui, title, open) {
        rows.integer(ui, "network.dropout", Step::Add(5.0), Some(Track(0.0..=90.0, false)));
        rows.choice(ui, "network.stem");
    }
}

/// Which networks are trained: one switch each.
fn chosen(ui: &mut Ui, rows: &mut Rows<'_>) {
    const NAME: &str = "training.networks";
    let words = match rows.value(NAME) {
        Value::Words(words) => words,
        Value::Integer(_) | Value::Number(_) | Value::Switch(_) | Value::Text(_) | Value::Integers(_) => Vec::new(),
    };
    let on = |kind: NetworkKind| words.iter().any(|word| word == kind.name());
    let whole = ui.available_width();
    let shown = ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        rows.label(ui, NAME, whole);
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
        rows.problem(ui, NAME);
        pressed
    });
    if ui.rect_contains_pointer(shown.response.rect) {
        rows.hovered = Some(NAME);
    }
    if let Some(pressed) = shown.inner {
        let kept = NetworkKind::ALL.into_iter().filter(|kind| on(*kind) != (*kind == pressed));
        rows.set(NAME, Value::Words(kept.map(|kind| kind.name().to_owned()).collect()));
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
fn width(ui: &mut Ui, rows: &mut Rows<'_>) {
    const NAME: &str = "network.baseline_width";
    const RULES: [&str; 2] = ["match-parameters", "match-multiply-adds"];
    let (chosen, number) = match rows.value(NAME) {
        Value::Text(word) => (RULES.iter().position(|rule| *rule == word), None),
        Value::Number(number) => (Some(2), Some(number)),
        Value::Integer(number) => (Some(2), Some(number as f64)),
        Value::Switch(_) | Value::Integers(_) | Value::Words(_) => (None, None),
    };
    let text = rows.text;
    let words = ["match-parameters", "match-multiply-adds", "number"]
        .map(|word| text.say(&format!("option.network.baseline_width.{word}")));
    let label = rows.name(NAME);
    let matched =
        rows.state.draft.plan.as_ref().ok().and_then(|plan| plan.networks.iter().find_map(|network| network.width));
    let now = number.or_else(|| matched.map(crate::arch::Width::as_number));
    let scale = Scale { min: 1.0, max: 1024.0, step: Step::Add(0.25), whole: false };
    let (less, more) = rows.less_and_more(label);
    let names = Names { name: label, less: &less, more: &more };
    let answer = rows.row(
        ui,
        NAME,
        WIDTH,
        // A number at hand is where the matched one was, so that nothing jumps when it is changed.
        |ui| stepper(ui, names, now.unwrap_or(1.0), scale).map(Value::Number),
        |ui, whole| {
            let (_, pressed) = segmented(ui, label, &words, chosen, whole);
            let dragged = number.and_then(|number| slider(ui, label, number, 1.0..=64.0, false, scale, whole).1);
            let pressed = pressed.map(|index| match RULES.get(index) {
                Some(rule) => Value::Text((*rule).to_owned()),
                None => Value::Number(now.unwrap_or(8.0)),
            });
            pressed.or(dragged.map(Value::Number))
        },
    );
    if let Some(value) = answer {
        rows.set(NAME, value);
    }
    ui.add_space(GAP / 4.0);
}
