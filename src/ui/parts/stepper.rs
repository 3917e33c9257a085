//! A number between a button for less and one for more, and a slider for it.

use eframe::egui::{Color32, CornerRadius, DragValue, Rect, Slider, SliderClamping, Stroke, Ui, UiBuilder, pos2, vec2};

use super::button::Press;
use super::icon::Icon;
use crate::config::{Slider as Track, Step};
use crate::text::number;
use crate::ui::style::{CONTROL, RADIUS, color, palette};

/// What less and more are called.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    /// The name of the number.
    pub name: &'a str,
    /// What the button for less does.
    pub less: &'a str,
    /// What the button for more does.
    pub more: &'a str,
    /// Whether the number is to have the keys, so that it can be typed.
    pub wanted: bool,
}

/// What a number may be, and how it goes on.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    /// The least that is allowed.
    pub min: f64,
    /// The most that is allowed.
    pub max: f64,
    /// What the next is.
    pub step: Step,
    /// Whether it is a whole number.
    pub whole: bool,
}

/// Width of a stepper that stands alone.
pub const WIDTH: f32 = 108.0;
const BUTTON: f32 = 26.0; // as wide as an icon with its margin

impl Scale {
    /// The next number up or down, within what is allowed.
    pub fn next(&self, value: f64, up: bool) -> f64 {
        let sign = if up { 1.0 } else { -1.0 };
        let next = match self.step {
            Step::Add(amount) => value + sign * amount,
            Step::Double => self.power_of_two(value, up),
            Step::OneTwoFive => self.round_number(value, up),
        };
        next.clamp(self.min, self.max)
    }

    fn power_of_two(&self, value: f64, up: bool) -> f64 {
        let exponent = value.max(self.least_positive()).log2();
        // A little more than rounding errors, so that 32 goes to 64 and 33 too.
        2.0_f64.powf(if up { (exponent + 1e-9).floor() + 1.0 } else { (exponent - 1e-9).ceil() - 1.0 })
    }

    fn round_number(&self, value: f64, up: bool) -> f64 {
        let least = self.least_positive();
        if value < least {
            return if up { least } else { self.min };
        }
        let magnitude = value.log10().floor();
        let candidates = (-1..=1).flat_map(|offset| {
            // Through text, so that a thousandth is 0.001 and not its neighbour.
            [1, 2, 5].map(|digit| format!("{digit}e{}", magnitude + f64::from(offset)).parse::<f64>().unwrap_or(least))
        });
        let close = value * 1e-6;
        if up {
            candidates.filter(|candidate| *candidate > value + close).fold(self.max, f64::min)
        } else {
            let below = candidates.filter(|candidate| *candidate < value - close).fold(self.min, f64::max);
            if below < least { self.min } else { below }
        }
    }

    fn least_positive(&self) -> f64 {
        if self.whole { 1.0 } else { 1e-6 }
    }

    fn written(&self, value: f64) -> String {
        if self.whole || value.fract() == 0.0 {
            format!("{value}")
        } else if value.abs() >= 0.001 {
            format!("{value:.6}").trim_end_matches('0').to_owned()
        } else {
            format!("{value:e}")
        }
    }
}

/// Shows the number in that width; the answer is a new one. Buttons and dragging keep to what is allowed; what is typed may not.
pub fn stepper(ui: &mut Ui, names: Names<'_>, value: f64, scale: Scale, width: f32) -> Option<f64> {
    let colors = palette(ui);
    let (_, place) = ui.allocate_space(vec2(width, CONTROL));
    ui.painter().rect_filled(place, CornerRadius::same(RADIUS), color(colors.control));
    let mut answer = None;
    let inner = UiBuilder::new().max_rect(place).layout(*ui.layout()).id_salt(names.name);
    ui.scope_builder(inner, |ui| {
        let ends =
            [(false, place.left(), names.less, Icon::Minus), (true, place.right() - BUTTON, names.more, Icon::Plus)];
        let [less, more] = ends;
        let end = |ui: &mut Ui, (up, left, name, icon): (bool, f32, &str, Icon)| {
            let at = Rect::from_min_size(pos2(left, place.top()), vec2(BUTTON, CONTROL));
            let next = scale.next(value, up);
            let button = Press::icon(icon, name).quiet().size(BUTTON, CONTROL);
            let response = ui.add_enabled_ui(next != value, |ui| ui.put(at, button)).inner;
            response.clicked().then_some(next)
        };
        answer = end(ui, less);
        let middle =
            Rect::from_min_max(pos2(place.left() + BUTTON, place.top()), pos2(place.right() - BUTTON, place.bottom()));
        if let Some(typed) = field(ui, middle, (names.name, names.wanted), value, scale) {
            answer = Some(typed);
        }
        answer = end(ui, more).or(answer);
    });
    answer
}

fn field(ui: &mut Ui, place: Rect, (name, wanted): (&str, bool), value: f64, scale: Scale) -> Option<f64> {
    let mut edited = value;
    ui.scope(|ui| {
        let visuals = ui.visuals_mut();
        for state in [&mut visuals.widgets.inactive, &mut visuals.widgets.hovered] {
            state.weak_bg_fill = Color32::TRANSPARENT;
            state.bg_stroke = Stroke::NONE;
        }
        ui.spacing_mut().button_padding.x = 2.0;
        let speed = match scale.step {
            Step::Add(amount) => amount * 0.1,
            Step::Double | Step::OneTwoFive => (value.abs() * 0.01).max(if scale.whole { 0.1 } else { 1e-6 }),
        };
        let mut number = DragValue::new(&mut edited)
            .speed(speed)
            .update_while_editing(false)
            .custom_formatter(move |value, _| scale.written(value))
            .custom_parser(|typed| typed.replace([',', ' '], "").replace('−', "-").parse().ok());
        if scale.whole {
            number = number.max_decimals(0);
        }
        let response = ui.put(place, number).accessible_name(name);
        if wanted {
            response.request_focus();
        }
        let dragged = response.dragged();
        if edited == value {
            return None;
        }
        let whole = if scale.whole { edited.round() } else { rounded(edited) };
        Some(if dragged { whole.clamp(scale.min, scale.max) } else { whole })
    })
    .inner
    .filter(|new| *new != value)
}

/// Three digits that mean something are enough for what is dragged.
fn rounded(value: f64) -> f64 {
    if value.abs() >= 1.0 { (value * 1e6).round() / 1e6 } else { format!("{value:.5e}").parse().unwrap_or(value) }
}

/// Shows a slider as wide as said; the answer is a new number. It shows a number outside of its range at its end, and leaves it alone.
pub fn slider(ui: &mut Ui, name: &str, value: f64, track: &Track, scale: Scale, width: f32) -> Option<f64> {
    let mut dragged = value;
    let response = ui
        .scope(|ui| {
            let spacing = ui.spacing_mut();
            spacing.slider_width = width;
            spacing.interact_size.y = 16.0;
            let ring = Stroke::new(2.0, color(palette(ui).accent));
            let widgets = &mut ui.visuals_mut().widgets;
            for state in [&mut widgets.inactive, &mut widgets.hovered, &mut widgets.active] {
                state.fg_stroke = ring;
            }
            let mut slider = Slider::new(&mut dragged, track.range.clone())
                .show_value(false)
                .clamping(SliderClamping::Edits)
                .logarithmic(track.logarithmic);
            if scale.whole {
                slider = slider.integer();
            } else if let Step::Add(amount) = scale.step {
                slider = slider.step_by(amount);
            }
            ui.add(slider).accessible_name(name)
        })
        .inner;
    let new = if scale.whole || matches!(scale.step, Step::Add(_)) { dragged } else { two_digits(dragged) };
    (response.changed() && new != value).then_some(new)
}

/// What a slider over powers of ten gives: more digits would pretend an aim that no hand has.
fn two_digits(value: f64) -> f64 {
    number::significant(value, 2).parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: Scale = Scale { min: 0.0, max: 1e6, step: Step::OneTwoFive, whole: false };
    const BATCH: Scale = Scale { min: 1.0, max: 4096.0, step: Step::Double, whole: true };

    #[test]
    fn rates_go_on_in_round_numbers_and_end_at_their_ends() {
        let up: Vec<f64> = std::iter::successors(Some(0.01), |now| Some(RATE.next(*now, true))).take(5).collect();
        assert_eq!(up, [0.01, 0.02, 0.05, 0.1, 0.2]);
        let down: Vec<f64> = std::iter::successors(Some(0.3), |now| Some(RATE.next(*now, false))).take(4).collect();
        assert_eq!(down, [0.3, 0.2, 0.1, 0.05]);
        assert_eq!((RATE.next(1e-6, false), RATE.next(0.0, true), RATE.next(1e6, true)), (0.0, 1e-6, 1e6));
    }

    #[test]
    fn batches_double() {
        assert_eq!([32.0, 33.0, 4096.0].map(|now| BATCH.next(now, true)), [64.0, 64.0, 4096.0]);
        assert_eq!([32.0, 33.0, 1.0].map(|now| BATCH.next(now, false)), [16.0, 32.0, 1.0]);
    }

    #[test]
    fn small_numbers_are_written_short() {
        assert_eq!([0.0001, 0.1, 32.0, 0.25].map(|value| RATE.written(value)), ["1e-4", "0.1", "32", "0.25"]);
    }
}
