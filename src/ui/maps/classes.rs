//! The class probabilities of a network for the image: a bar for each class, or for the likeliest where there is no room for all.

use eframe::egui::{Align2, CornerRadius, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::arch::NetworkKind;
use crate::telemetry::Glance;
use crate::text::Text;
use crate::text::number::percent;
use crate::ui::parts::network;
use crate::ui::parts::segmented::fit;
use crate::ui::style::{bold_font, color, font, palette};

/// Height of a class's row, at least and at most.
const ROW: std::ops::RangeInclusive<f32> = 11.5..=20.0;

/// What the bars are about.
#[derive(Clone, Copy)]
pub(super) struct Classes<'a> {
    pub(super) kind: NetworkKind,
    pub(super) glance: &'a Glance,
    pub(super) names: &'a [String],
    /// The greatest probability of each class in any network: all of them show the same classes.
    pub(super) joint: &'a [f32],
    /// The class that the image has, where that is known.
    pub(super) truth: Option<usize>,
}

/// The class of the greatest probability; none where nothing is a number.
pub(super) fn likeliest(probabilities: &[f32]) -> Option<usize> {
    let numbers = probabilities.iter().enumerate().filter(|(_, share)| !share.is_nan());
    numbers
        .fold(None, |best: Option<(usize, f32)>, (class, share)| match best {
            Some((_, most)) if most >= *share => best,
            Some(_) | None => Some((class, *share)),
        })
        .map(|(class, _)| class)
}

/// The classes that are shown where so many can be, in their order: all, or the likeliest and the true one.
fn shown(probabilities: &[f32], truth: Option<usize>, room: usize) -> Vec<usize> {
    let mut classes: Vec<usize> = (0..probabilities.len()).collect();
    if classes.len() > room {
        let share = |class: &usize| if Some(*class) == truth { f32::INFINITY } else { probabilities[*class] };
        classes.sort_by(|a, b| share(b).total_cmp(&share(a)));
        classes.truncate(room);
        classes.sort_unstable();
    }
    classes
}

impl Classes<'_> {
    fn name(&self, class: usize) -> &str {
        self.names.get(class).map_or("?", String::as_str)
    }

    /// All of it in one sentence, for those who listen.
    fn sentence(&self, text: &Text) -> String {
        let shares = &self.glance.probabilities;
        let mut said = Vec::new();
        let mut order: Vec<usize> = (0..shares.len()).collect();
        order.sort_by(|a, b| shares[*b].total_cmp(&shares[*a]));
        for class in order.into_iter().take(3) {
            said.push(format!("{} {}", self.name(class), percent(f64::from(shares[class]))));
        }
        let name = text.say(network::name(self.kind));
        let truth = self.truth.map_or("?", |truth| self.name(truth));
        let values: [(&str, &dyn std::fmt::Display); 3] =
            [("network", &name), ("classes", &said.join(", ")), ("truth", &truth)];
        match self.truth {
            Some(truth) if likeliest(shares) == Some(truth) => text.fill("maps.classes_right", &values[..2]),
            Some(_) => text.fill("maps.classes_wrong", &values),
            None => text.fill("maps.classes_own", &values[..2]),
        }
    }

    /// Shows the bars in that place.
    pub(super) fn show(&self, ui: &mut Ui, text: &Text, place: Rect) {
        let colors = palette(ui);
        let shares = &self.glance.probabilities;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few rows")]
        let room = (place.height() / ROW.start()).floor().max(1.0) as usize;
        let all = shares.len() <= room;
        let classes = shown(self.joint, self.truth, if all { room } else { room.saturating_sub(1).max(1) });
        let rows = classes.len() + usize::from(!all);
        let high = (place.height() / rows.max(1) as f32).clamp(*ROW.start(), *ROW.end());
        let size = (high - 2.5).clamp(9.0, 12.0);
        let top = place.center().y - high * rows as f32 / 2.0;
        let predicted = likeliest(shares);
        let ink = color(colors.network(self.kind));
        let number = ui.painter().layout_no_wrap("100 %".to_owned(), font(size), ink).size().x;
        let names = (place.width() - number - 12.0) * 0.64;
        let id = ui.scope_id().with(("classes", self.kind));
        let response = ui.interact(place, id, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, self.sentence(text)));
        let painter = ui.painter();
        for (row, &class) in classes.iter().enumerate() {
            let y = top + high * (row as f32 + 0.5);
            let (right, best) = (Some(class) == self.truth, predicted == Some(class));
            let letters = if best { bold_font(size) } else { font(size) };
            let words = color(if best || right { colors.ink } else { colors.quiet });
            if right {
                let (tip, back) = (pos2(place.left() + 6.0, y), place.left() + 1.0);
                let corners = vec![tip, pos2(back, y - 3.5), pos2(back, y + 3.5)];
                painter.add(eframe::egui::Shape::convex_polygon(corners, color(colors.ink), Stroke::NONE));
            }
            let name = fit(ui, self.name(class), letters.clone(), names - 10.0, words);
            painter.galley(pos2(place.left() + 9.0, y - name.size().y / 2.0), name, words);
            let left = place.left() + names + 3.0;
            let track =
                Rect::from_min_max(pos2(left, y - high * 0.28), pos2(place.right() - number - 5.0, y + high * 0.28));
            painter.rect_filled(track, CornerRadius::same(2), color(colors.control));
            let share = shares.get(class).copied().unwrap_or(0.0);
            let full = if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) };
            let bar = Rect::from_min_size(track.min, vec2(track.width() * full, track.height()));
            painter.rect_filled(bar, CornerRadius::same(2), if best || right { ink } else { ink.gamma_multiply(0.6) });
            painter.text(pos2(place.right(), y), Align2::RIGHT_CENTER, whole_percent(text, share), letters, words);
        }
        if !all {
            let told: f32 = classes.iter().filter_map(|class| shares.get(*class)).sum();
            let y = top + high * (classes.len() as f32 + 0.5);
            let count = shares.len() - classes.len();
            let quiet = color(colors.quiet);
            let more = fit(ui, &text.fill("maps.more_classes", &[("count", &count)]), font(size), names, quiet);
            ui.painter().galley(pos2(place.left() + 9.0, y - more.size().y / 2.0), more, quiet);
            let rest = whole_percent(text, (1.0 - told).max(0.0));
            ui.painter().text(pos2(place.right(), y), Align2::RIGHT_CENTER, rest, font(size), quiet);
        }
        response.on_hover_ui(|ui| {
            ui.label(self.sentence(text));
            ui.label(text.say("maps.classes_about"));
        });
    }
}

/// A share in whole percent; after a divergence there is none.
fn whole_percent(text: &Text, share: f32) -> String {
    if share.is_nan() { text.say("ui.play.no_number").to_owned() } else { format!("{:.0} %", share * 100.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_likeliest_is_the_first_of_the_greatest_and_no_number_is_never_it() {
        assert_eq!(likeliest(&[0.2, 0.4, 0.4]), Some(1));
        assert_eq!(likeliest(&[f32::NAN, 0.1]), Some(1));
        assert_eq!((likeliest(&[f32::NAN]), likeliest(&[])), (None, None));
    }

    #[test]
    fn where_not_all_fit_the_true_class_and_the_likeliest_are_shown_in_their_order() {
        let shares = [0.05, 0.5, 0.0, 0.3, 0.15];
        assert_eq!(shown(&shares, Some(2), 9), [0, 1, 2, 3, 4]);
        assert_eq!(shown(&shares, Some(2), 3), [1, 2, 3]);
        assert_eq!(shown(&shares, Some(2), 1), [2]);
    }
}
