//! How each network does at the moment that is looked at: loss, accuracy and speed, in its colour and with its mark.

use eframe::egui::{Align2, Rect, Sense, Ui, pos2, vec2};

use crate::arch::NetworkKind;
use crate::state::{Run, State};
use crate::text::Text;
use crate::text::number::{percent, significant};
use crate::training::Ending;
use crate::ui::parts::network;
use crate::ui::parts::segmented::fit;
use crate::ui::style::{bold_font, color, font, palette};

/// Shows them from the right, so that the first stands at the left.
pub(super) fn show(ui: &mut Ui, state: &State, narrow: bool) {
    let kinds: Vec<NetworkKind> = match (&state.run, &state.draft.plan) {
        (Some(run), _) => run.plan.networks.iter().map(|network| network.kind).collect(),
        (None, Ok(plan)) => plan.networks.iter().map(|network| network.kind).collect(),
        (None, Err(_)) => Vec::new(),
    };
    ui.spacing_mut().item_spacing.x = if narrow { 20.0 } else { 28.0 };
    let tight = narrow && kinds.len() > 2;
    let width = match (tight, narrow) {
        (true, _) => 118.0,
        (false, true) => 160.0,
        (false, false) => 170.0,
    };
    for kind in kinds.into_iter().rev() {
        one(ui, state, kind, width, tight);
    }
}

fn one(ui: &mut Ui, state: &State, kind: NetworkKind, width: f32, tight: bool) {
    let text = state.text();
    let colors = palette(ui);
    let (place, response) = ui.allocate_exact_size(vec2(width, 40.0), Sense::hover());
    let name = text.say(network::name(kind));
    let figures = state.run.as_ref().and_then(|run| figures(run, text, kind));
    let speed = state.run.as_ref().and_then(|run| speed(run, text, kind)).unwrap_or_default();

    let painter = ui.painter();
    let middle = place.top() + 10.0;
    network::paint(painter, colors, pos2(place.left() + network::WIDTH / 2.0, middle), kind);
    let speed_place =
        painter.text(pos2(place.right(), middle), Align2::RIGHT_CENTER, &speed, font(11.0), color(colors.quiet));
    let left = place.left() + network::WIDTH + 6.0;
    let room = speed_place.left() - left - 4.0;
    let ink = color(colors.network(kind));
    let galley = fit(ui, name, bold_font(13.0), room, ink);
    ui.painter().galley(pos2(left, middle - galley.size().y / 2.0), galley, ink);

    let second = Rect::from_min_max(pos2(place.left(), place.top() + 20.0), place.max);
    let (loss, accuracy) = figures.unwrap_or_else(|| ("–".to_owned(), "–".to_owned()));
    let painter = ui.painter();
    let y = second.center().y;
    let quiet =
        |x: f32, align, key: &str| painter.text(pos2(x, y), align, text.say(key), font(12.0), color(colors.quiet));
    let number =
        |x: f32, align, words: &str| painter.text(pos2(x, y), align, words, bold_font(14.0), color(colors.ink));
    let word = quiet(second.left(), Align2::LEFT_CENTER, "ui.play.loss");
    number(word.right() + 5.0, Align2::LEFT_CENTER, &loss);
    let share = number(second.right(), Align2::RIGHT_CENTER, &accuracy);
    if !tight {
        quiet(share.left() - 5.0, Align2::RIGHT_CENTER, "ui.play.accuracy");
    }

    response.widget_info(|| {
        let words = text.fill("ui.play.network", &[("network", &name), ("loss", &loss), ("accuracy", &accuracy)]);
        eframe::egui::WidgetInfo::labeled(eframe::egui::Role::Label, true, words)
    });
    response.on_hover_text(text.say("ui.play.network_about"));
}

/// Training loss, and the last validation's accuracy or the batch's, at the moment looked at.
fn figures(run: &Run, text: &Text, kind: NetworkKind) -> Option<(String, String)> {
    let network = run.history.network(kind)?;
    let step = run.at.or_else(|| network.last_step())?;
    let record = network.at(step)?;
    let accuracy = match network.validation_at(step) {
        Some(validation) => percent(validation.evaluation.accuracy),
        None => text.say("ui.play.not_validated").to_owned(),
    };
    Some((significant(record.train_loss, 3), accuracy))
}

/// Steps in a second, or why there are none any more.
fn speed(run: &Run, text: &Text, kind: NetworkKind) -> Option<String> {
    let ended = run.endings.iter().find(|(ended, _)| *ended == kind).map(|(_, ending)| ending);
    match ended {
        Some(Ending::Diverged(_)) => Some(text.say("ui.play.diverged").to_owned()),
        Some(Ending::Failed(_)) => Some(text.say("ui.play.failed").to_owned()),
        Some(_) | None => {
            let speed = run.steps_per_second(kind)?;
            Some(text.fill("ui.play.speed", &[("speed", &significant(speed, 2))]))
        }
    }
}
