//! A row's gradient from the first step to the last, of all networks on one logarithmic scale; the figures have the rest.

use eframe::egui::{Align2, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::layout::heading;
use crate::arch::{NetworkKind, Part};
use crate::chart::{GradientMeasure, Subject};
use crate::telemetry::NetworkHistory;
use crate::text::{Text, number};
use crate::theme::{Dash, Sign};
use crate::ui::network::measure_key;
use crate::ui::parts::network;
use crate::ui::style::{color, font, palette};

/// Moments that are drawn; a line this short shows no more.
const MOMENTS: usize = 120;

/// One network's norms: step, and what it was.
struct Line {
    kind: NetworkKind,
    norms: Vec<(usize, f64)>,
}

/// Shows the lines, once there are two steps.
pub(super) fn show(ui: &mut Ui, text: &Text, trained: Option<&Subject>, measure: GradientMeasure, part: Part) {
    let Some(trained) = trained else { return };
    let lines: Vec<Line> =
        trained.networks.iter().filter_map(|network| line(trained, network, measure, part)).collect();
    let norms = || lines.iter().flat_map(|line| &line.norms).copied();
    let (first, last) = (norms().map(|(step, _)| step).min(), norms().map(|(step, _)| step).max());
    let (Some(first), Some(last)) = (first, last) else { return };
    let low = norms().map(|(_, norm)| norm).fold(f64::INFINITY, f64::min);
    let high = norms().map(|(_, norm)| norm).fold(0.0, f64::max);
    if first == last {
        return;
    }
    heading(ui, &text.fill("explain.course.title", &[("measure", &text.say(measure_key(measure)))]));
    let (whole, response) = ui.allocate_exact_size(vec2(ui.available_width(), 74.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, told(text, &lines)));
    let colors = palette(ui);
    let quiet = color(colors.quiet);
    let painter = ui.painter().with_clip_rect(whole.expand(2.0));
    let words = [number::significant(high, 2), number::significant(low, 2)];
    let galleys = words.map(|words| painter.layout_no_wrap(words, font(12.0), quiet));
    let wide = galleys.iter().map(|galley| galley.size().x).fold(0.0, f32::max);
    let plot = Rect::from_min_max(whole.min + vec2(wide + 6.0, 6.0), whole.max - vec2(5.0, 18.0));
    for (galley, y) in galleys.into_iter().zip([plot.top(), plot.bottom()]) {
        painter.galley(pos2(plot.left() - 6.0 - galley.size().x, y - galley.size().y / 2.0), galley, quiet);
    }
    painter.rect_stroke(plot, 0.0, Stroke::new(1.0, color(colors.line)), eframe::egui::StrokeKind::Outside);
    for (step, x, align) in [(first, plot.left(), Align2::LEFT_TOP), (last, plot.right(), Align2::RIGHT_TOP)] {
        painter.text(pos2(x, plot.bottom() + 3.0), align, number::grouped(step as u64), font(12.0), quiet);
    }
    let place = |step: usize, norm: f64| place(plot, (first, last), (low, high), step, norm);
    for Line { kind, norms } in &lines {
        let points: Vec<Pos2> = norms.iter().map(|(step, norm)| place(*step, *norm)).collect();
        let stroke = Stroke::new(1.5, color(colors.network(*kind)));
        match Sign::of(*kind).dash {
            Dash::Solid => painter.add(Shape::line(points, stroke)),
            Dash::Dashed => painter.add(Shape::Vec(Shape::dashed_line(&points, stroke, 5.0, 3.0))),
            Dash::Dotted => painter.add(Shape::Vec(Shape::dashed_line(&points, stroke, 1.5, 3.0))),
        };
    }
    if let Some(at) = trained.at.filter(|at| (first..=last).contains(at)) {
        let x = place(at, low).x;
        painter.vline(x, plot.y_range(), Stroke::new(1.0, color(colors.accent)));
    }
}

/// Up to [`MOMENTS`] of a network's kept steps, evenly.
fn line(trained: &Subject, network: &crate::arch::Architecture, measure: GradientMeasure, part: Part) -> Option<Line> {
    let index = network.layers.iter().position(|layer| layer.part == part)?;
    let history: &NetworkHistory = trained.history_of(network.kind)?;
    let (first, last) = (history.first_step()?, history.last_step()?);
    let moments = MOMENTS.min(last - first + 1);
    let mut norms: Vec<(usize, f64)> = Vec::with_capacity(moments);
    for moment in 0..moments {
        let Some(record) = history.at(first + (last - first) * moment / (moments - 1).max(1)) else { continue };
        let norm = record.figures.layers.get(index).and_then(|figures| measure.of(&network.layers[index], figures));
        if let Some(norm) = norm.filter(|norm| *norm > 0.0)
            && norms.last().is_none_or(|(step, _)| *step < record.step)
        {
            norms.push((record.step, norm));
        }
    }
    Some(Line { kind: network.kind, norms })
}

#[expect(clippy::cast_possible_truncation, reason = "a place on the screen")]
fn place(plot: Rect, steps: (usize, usize), norms: (f64, f64), step: usize, norm: f64) -> Pos2 {
    let along = (step - steps.0) as f32 / (steps.1 - steps.0) as f32;
    let height = (norms.1 / norms.0).ln();
    let up = if height > 1e-9 { (norm / norms.0).ln() / height } else { 0.5 };
    pos2(plot.left() + along * plot.width(), plot.bottom() - up as f32 * plot.height())
}

/// The lines for those who cannot see them.
fn told(text: &Text, lines: &[Line]) -> String {
    let told = lines.iter().filter_map(|Line { kind, norms }| {
        let ((from, first), (to, last)) = (norms.first()?, norms.last()?);
        let (first, last) = (number::significant(*first, 3), number::significant(*last, 3));
        let values: [(&str, &dyn std::fmt::Display); 5] = [
            ("network", &text.say(network::name(*kind))),
            ("first", &first),
            ("from", from),
            ("last", &last),
            ("to", to),
        ];
        Some(text.fill("explain.course.line", &values))
    });
    told.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_norm_ten_times_as_large_stands_as_far_above_everywhere() {
        let plot = Rect::from_min_max(pos2(10.0, 0.0), pos2(110.0, 40.0));
        let at = |step, norm| place(plot, (1, 101), (1e-3, 1e-1), step, norm);
        assert_eq!((at(1, 1e-3), at(101, 1e-1)), (pos2(10.0, 40.0), pos2(110.0, 0.0)));
        assert!((at(51, 1e-2) - pos2(60.0, 20.0)).length() < 1e-3);
        assert_eq!(place(plot, (1, 2), (0.5, 0.5), 1, 0.5).y, 20.0, "one height is in the middle");
    }
}
