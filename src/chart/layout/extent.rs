//! From where to where the values of a panel reach, and the ends of its axes.

use crate::chart::{Axis, Chart, Format, Marks, Panel, Scale, Series, Ticks};

/// The ends of both axes, as places: `[[left, right], [bottom, top]]`.
pub(crate) type Ends = [[f64; 2]; 2];

/// So many values of a line are seen one by one.
pub(super) const FEW: usize = 60;

/// Gives every axis of the frames of a replay the same ends, those that all frames need, so that nothing jumps.
pub fn fix_ranges(frames: &mut [Chart]) {
    let panels = frames.iter().map(|frame| frame.panels.len()).max().unwrap_or(0);
    for index in 0..panels {
        let mut ends: [Option<[f64; 2]>; 2] = [None, None];
        for panel in frames.iter().filter_map(|frame| frame.panels.get(index)) {
            for (ends, axis) in ends.iter_mut().zip([axis_x, axis_y]) {
                if let Some([low, high]) = axis(panel) {
                    let [least, most] = ends.get_or_insert([low, high]);
                    (*least, *most) = (least.min(low), most.max(high));
                }
            }
        }
        for panel in frames.iter_mut().filter_map(|frame| frame.panels.get_mut(index)) {
            panel.x.range = ends[0].or(panel.x.range);
            panel.y.range = ends[1].or(panel.y.range);
        }
    }
    let scales: Vec<_> =
        frames.iter().filter_map(|frame| frame.color_scale.as_ref()).map(|scale| [scale.min, scale.max]).collect();
    if let Some([min, max]) = scales.into_iter().reduce(|a, b| [a[0].min(b[0]), a[1].max(b[1])]) {
        for scale in frames.iter_mut().filter_map(|frame| frame.color_scale.as_mut()) {
            (scale.min, scale.max) = (min, max);
        }
    }
}

fn axis_x(panel: &Panel) -> Option<[f64; 2]> {
    panel.x.range.or_else(|| values(&panel.x, panel, x_of).map(|places| spread(&panel.x, places, margin_x(panel))))
}

fn axis_y(panel: &Panel) -> Option<[f64; 2]> {
    panel.y.range.or_else(|| values(&panel.y, panel, y_of).map(|places| spread(&panel.y, places, margin_y(panel))))
}

/// The ends of both axes as places.
pub(crate) fn ends(panel: &Panel) -> Ends {
    let placed = |axis: &Axis, ends: Option<[f64; 2]>| {
        let ends = ends.and_then(|[low, high]| Some([axis.scale.place(low)?, axis.scale.place(high)?]));
        ends.filter(|[low, high]| low < high).unwrap_or([0.0, 1.0])
    };
    [placed(&panel.x, axis_x(panel)), placed(&panel.y, axis_y(panel))]
}

/// Cells fill their panel; above bars with names there is room for their values.
fn margin_y(panel: &Panel) -> f64 {
    let any = |is: fn(&Marks) -> bool| panel.series.iter().any(|series| is(&series.marks));
    if any(|marks| matches!(marks, Marks::Cells(_))) {
        0.0
    } else if matches!(panel.x.ticks, Ticks::Names(_)) && any(|marks| matches!(marks, Marks::Bars(_))) {
        0.1
    } else {
        0.05
    }
}

/// Marks keep a distance from the axis, lines of many values start at it.
fn margin_x(panel: &Panel) -> f64 {
    let marked = panel.series.iter().any(|series| match &series.marks {
        Marks::Line(points) => points.len() <= FEW,
        Marks::Points(_) => true,
        Marks::Steps(_) | Marks::Band(_) | Marks::Bars(_) | Marks::Cells(_) | Marks::Rule { .. } => false,
    });
    if marked { 0.015 } else { 0.0 }
}

/// The least and the most place of what is drawn along an axis.
fn values(axis: &Axis, panel: &Panel, of: fn(&Series, &mut dyn FnMut(f64))) -> Option<[f64; 2]> {
    let named = match &axis.ticks {
        Ticks::Numbers(_) => None,
        Ticks::Parts(parts) => Some(parts.len()),
        Ticks::Names(names) => Some(names.len()),
    };
    if let Some(count) = named {
        return Some([-0.5, count.max(1) as f64 - 0.5]);
    }
    let mut ends: Option<[f64; 2]> = None;
    for series in &panel.series {
        of(series, &mut |value| {
            if let Some(place) = axis.scale.place(value) {
                let [low, high] = ends.get_or_insert([place, place]);
                (*low, *high) = (low.min(place), high.max(place));
            }
        });
    }
    if axis.from_zero && axis.scale == Scale::Linear {
        let [low, high] = ends.get_or_insert([0.0, 0.0]);
        (*low, *high) = (low.min(0.0), high.max(0.0));
    }
    ends
}

/// The ends of the axis as values, for places from the least to the most.
fn spread(axis: &Axis, [low, high]: [f64; 2], margin: f64) -> [f64; 2] {
    if !matches!(axis.ticks, Ticks::Numbers(_)) {
        return [low, high];
    }
    let [low, high] = if high - low > 1e-9 * low.abs().max(high.abs()).max(1e-300) {
        let room = (high - low) * margin;
        let held = |end: f64| axis.scale == Scale::Linear && axis.from_zero && end == 0.0;
        [if held(low) { low } else { low - room }, if held(high) { high } else { high + room }]
    } else {
        match axis.scale {
            Scale::Log => [low - 0.5, high + 0.5],
            Scale::Linear if low == 0.0 && axis.from_zero => [0.0, 1.0],
            Scale::Linear => {
                let room = match axis.ticks {
                    Ticks::Numbers(Format::Integer) => 1.0_f64.max(low.abs() * 0.05),
                    _ if low == 0.0 => 0.5,
                    Ticks::Numbers(_) | Ticks::Parts(_) | Ticks::Names(_) => low.abs() * 0.05,
                };
                [low - room, high + room]
            }
        }
    };
    match axis.scale {
        Scale::Linear => [low, high],
        Scale::Log => [low.max(-300.0), high.min(300.0)].map(|place| axis.scale.value(place)),
    }
}

fn x_of(series: &Series, each: &mut dyn FnMut(f64)) {
    match &series.marks {
        Marks::Line(points) | Marks::Steps(points) | Marks::Points(points) => {
            for point in points {
                each(point.x);
            }
        }
        Marks::Band(spans) => spans.iter().for_each(|span| each(span.x)),
        Marks::Bars(bars) => bars.iter().for_each(|bar| {
            each(bar.x - bar.width / 2.0);
            each(bar.x + bar.width / 2.0);
        }),
        Marks::Cells(cells) => cells.columns.iter().for_each(|edge| each(*edge)),
        Marks::Rule { upright, at } => {
            if *upright {
                each(*at);
            }
        }
    }
}

fn y_of(series: &Series, each: &mut dyn FnMut(f64)) {
    match &series.marks {
        Marks::Line(points) | Marks::Steps(points) | Marks::Points(points) => {
            for point in points {
                each(point.y);
            }
        }
        Marks::Band(spans) => spans.iter().for_each(|span| {
            each(span.low);
            each(span.high);
        }),
        Marks::Bars(bars) => bars.iter().for_each(|bar| {
            each(bar.from);
            each(bar.to);
        }),
        Marks::Cells(cells) => cells.rows.iter().for_each(|edge| each(*edge)),
        Marks::Rule { upright, at } => {
            if !*upright {
                each(*at);
            }
        }
    }
}
