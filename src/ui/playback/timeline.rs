//! The time line: how far the run is, where it validated, and the moment that is looked at, which one can drag.

use eframe::egui::accesskit::{Action, ActionData};
use eframe::egui::{
    Align2, CornerRadius, CursorIcon, Key, Rect, Response, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, pos2,
    remap, vec2,
};

use crate::state::{Command, Run, State};
use crate::telemetry::Event;
use crate::text::Text;
use crate::text::number::grouped;
use crate::ui::explain;
use crate::ui::parts::button::Press;
use crate::ui::parts::icon::Icon;
use crate::ui::parts::key;
use crate::ui::style::{color, font, palette};

const LABEL: f32 = 64.0;
/// Length of a flag's cloth.
const FLAG: f32 = 7.0;

pub(super) fn show(ui: &mut Ui, state: &State, low: bool, commands: &mut Vec<Command>) {
    let text = state.text();
    let latest_words = text.say("ui.time.latest");
    let looking = state.run.as_ref().and_then(|run| run.at);
    let whole = ui.available_rect_before_wrap();
    let steps = state.run.as_ref().map_or(state.draft.config().training.steps, |run| run.plan.config.training.steps);
    if low {
        line(ui, state, whole, (steps, true), commands);
        return;
    }
    ui.spacing_mut().item_spacing.x = 0.0;
    let right = ui.with_layout(eframe::egui::Layout::right_to_left(eframe::egui::Align::Center), |ui| {
        let key = key::words("End", text, ui.ctx().os());
        let button = Press::words(latest_words).with_icon(Icon::Latest).key(&key).tip(text.say("ui.time.latest_about"));
        // Whoever looks back is shown the way to the newest.
        let button = if looking.is_some() { button.primary() } else { button.quiet() };
        let response = ui.add_enabled(looking.is_some(), button);
        if response.clicked() {
            commands.push(Command::LookAt(None));
        }
        response.rect.left()
    });
    let place = Rect::from_min_max(whole.min, pos2(right.inner - 16.0, whole.bottom()));
    line(ui, state, place, (steps, false), commands);
}

fn line(ui: &mut Ui, state: &State, place: Rect, (steps, low): (usize, bool), commands: &mut Vec<Command>) {
    let text = state.text();
    let made = state.run.as_ref().map_or(0, Run::step);
    let shown = state.run.as_ref().map_or(0, Run::shown_step);
    let id = ui.scope_id().with("time line");
    let response = ui.interact(place, id, Sense::click_and_drag());
    let name = text.say("ui.time.line");
    response.widget_info(|| WidgetInfo::slider(made > 0, shown as f64, name));
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_min_numeric_value(0.0);
        node.set_max_numeric_value(made as f64);
        for action in [Action::SetValue, Action::Increment, Action::Decrement] {
            node.add_action(action);
        }
    });
    let colors = palette(ui);
    let painter = ui.painter();
    let y = place.center().y;
    let quiet = color(colors.quiet);
    // A low window has no room for the numbers at the ends.
    let (left, right) = if low {
        (place.left() + 8.0, place.right() - 8.0)
    } else {
        let end = grouped(steps as u64);
        painter.text(pos2(place.left(), y), Align2::LEFT_CENTER, text.say("ui.time.start"), font(12.0), quiet);
        let end = painter.text(pos2(place.right(), y), Align2::RIGHT_CENTER, end, font(12.0), quiet);
        (place.left() + LABEL * 0.4, end.left() - 16.0)
    };
    let half = if low { 2.0 } else { 3.0 };
    let track = Rect::from_min_max(pos2(left, y - half), pos2(right, y + half));
    let at =
        |step: usize| remap(step as f32, 0.0..=steps.max(1) as f32, track.left()..=track.right()).min(track.right());
    painter.rect_filled(track, CornerRadius::same(3), color(colors.control.mix(colors.line, 0.35)));
    let filled = Rect::from_min_max(track.min, pos2(at(made), track.bottom()));
    painter.rect_filled(filled, CornerRadius::same(3), color(colors.accent.mix(colors.control, 0.35)));
    if let Some(run) = &state.run {
        ticks(ui, run, track, &at);
        flags(ui, run, track, &at);
        if let Some(step) = state.playback.pause_at_step.filter(|step| *step > made) {
            painter.vline(at(step), track.top() - 6.0..=track.bottom() + 6.0, Stroke::new(2.0, color(colors.warning)));
        }
        handle(ui, run, &response, pos2(at(shown), y));
    }
    if response.has_focus() {
        let around = Stroke::new(2.0, color(colors.accent));
        painter.rect_stroke(track.expand2(vec2(10.0, 9.0)), CornerRadius::same(8), around, StrokeKind::Inside);
    }
    if made > 0 {
        let events = match (&state.run, response.hover_pos()) {
            (Some(run), Some(pointer)) => happened_near(run, text, pointer.x, &at),
            (Some(_) | None, _) => Vec::new(),
        };
        scrub(ui, state, &response, track, (steps, made), commands);
        if !events.is_empty() {
            response.on_hover_text_at_pointer(events.join("\n"));
        }
    }
}

/// Where the run validated; so many that they would touch become every other one.
fn ticks(ui: &Ui, run: &Run, track: Rect, at: &dyn Fn(usize) -> f32) {
    let Some(network) = run.history.networks().first() else { return };
    let shade = Stroke::new(1.0, color(palette(ui).quiet));
    let mut last = f32::NEG_INFINITY;
    for validation in network.validations() {
        let x = at(validation.step);
        if x - last >= 4.0 {
            ui.painter().vline(x, track.bottom() + 2.0..=track.bottom() + 6.0, shade);
            last = x;
        }
    }
}

/// Where something happened: a flag above the line, in the colour of a warning where it is one.
fn flags(ui: &Ui, run: &Run, track: Rect, at: &dyn Fn(usize) -> f32) {
    let colors = palette(ui);
    for event in run.events.all() {
        let ink = color(if event.what.is_trouble() { colors.warning } else { colors.quiet });
        let (x, foot) = (at(event.step), track.top() - 1.0);
        ui.painter().vline(x, foot - 10.0..=foot, Stroke::new(1.0, ink));
        let cloth = vec![pos2(x, foot - 10.0), pos2(x + FLAG, foot - 7.5), pos2(x, foot - 5.0)];
        ui.painter().add(Shape::convex_polygon(cloth, ink, Stroke::NONE));
    }
}

/// What happened where the pointer is, each in a sentence.
fn happened_near(run: &Run, text: &Text, x: f32, at: &dyn Fn(usize) -> f32) -> Vec<String> {
    let near = |event: &&Event| (at(event.step) + FLAG / 2.0 - x).abs() <= FLAG;
    run.events.all().iter().filter(near).map(|event| explain::sentence(event, run, text)).collect()
}

/// The moment that is looked at: hollow while it follows the newest.
fn handle(ui: &Ui, run: &Run, response: &Response, place: eframe::egui::Pos2) {
    let colors = palette(ui);
    let radius = if response.hovered() || response.dragged() { 8.0 } else { 7.0 };
    let ring = Stroke::new(2.0, color(colors.accent));
    let fill = if run.at.is_some() { colors.accent } else { colors.panel };
    ui.painter().circle(place, radius, color(fill), ring);
}

/// Dragging, pressing, arrows and a screen reader's wishes.
fn scrub(
    ui: &Ui,
    state: &State,
    response: &Response,
    track: Rect,
    (steps, made): (usize, usize),
    commands: &mut Vec<Command>,
) {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the steps there are")]
    let step_at =
        |x: f32| (remap(x, track.left()..=track.right(), 0.0..=steps as f32).round().clamp(1.0, made as f32)) as usize;
    let shown = state.run.as_ref().and_then(|run| run.at);
    let mut look = |step: usize| {
        if shown != Some(step) {
            commands.push(Command::LookAt(Some(step)));
        }
    };
    if let Some(pointer) = response.interact_pointer_pos().filter(|_| response.dragged() || response.clicked()) {
        look(step_at(pointer.x));
    }
    let asked = ui.input(|input| {
        input.accesskit_action_requests(response.id, Action::SetValue).find_map(|request| match request.data {
            Some(ActionData::NumericValue(value)) => Some(value),
            _ => None,
        })
    });
    if let Some(asked) = asked {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the steps there are")]
        look(asked.round().clamp(1.0, made as f64) as usize);
    }
    let mut around = ui.input(|input| {
        let requests = |action| input.num_accesskit_action_requests(response.id, action).try_into().unwrap_or(0_isize);
        requests(Action::Increment) - requests(Action::Decrement)
    });
    if response.has_focus() {
        ui.memory_mut(|memory| {
            let arrows = eframe::egui::EventFilter { horizontal_arrows: true, ..Default::default() };
            memory.set_focus_lock_filter(response.id, arrows);
        });
        around += ui.input_mut(|input| {
            let mut presses = |key| isize::from(input.consume_key(eframe::egui::Modifiers::NONE, key));
            presses(Key::ArrowRight) - presses(Key::ArrowLeft)
        });
    }
    if around != 0 {
        commands.push(Command::LookAround(around));
    }
    if let Some(hover) = response.hover_pos() {
        let text = state.text();
        let step = step_at(hover.x);
        response
            .clone()
            .on_hover_cursor(CursorIcon::PointingHand)
            .on_hover_text_at_pointer(text.fill("ui.time.look", &[("step", &grouped(step as u64))]));
    }
}
