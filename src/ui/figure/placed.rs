//! Marks at places: values where the axes put them, made once for each chart and kept until it changes.

use crate::chart::{Axis, Cells, Marks, Panel, Point, Scale, Ticks};

/// The marks of one series at places; what has no place is left out.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Placed {
    /// Runs of points to join.
    Lines(Vec<Vec<[f64; 2]>>),
    /// Points by themselves.
    Points(Vec<[f64; 2]>),
    /// x, low, high. A value without a place is below everything.
    Band(Vec<[f64; 3]>),
    /// left, right, from, to. As above.
    Bars(Vec<[f64; 4]>),
    /// Edges of columns and rows.
    Cells(Vec<f64>, Vec<f64>),
    /// Upright, and where.
    Rule(bool, f64),
    /// Nothing that could be drawn.
    Nothing,
}

/// What the axes show when nothing is zoomed: `[[low, high] of x, of y]`.
pub(super) type Bounds = [[f64; 2]; 2];

pub(super) fn place(panel: &Panel) -> (Vec<Placed>, Bounds) {
    let placed: Vec<Placed> = panel.series.iter().map(|series| place_marks(&series.marks, panel)).collect();
    let mut extents = [[f64::INFINITY, f64::NEG_INFINITY]; 2];
    for marks in &placed {
        extend(&mut extents, marks);
    }
    let exact = placed.iter().any(|marks| matches!(marks, Placed::Cells(..)));
    (placed, [ends(&panel.x, extents[0], exact, 0.015), ends(&panel.y, extents[1], exact, 0.06)])
}

fn place_marks(marks: &Marks, panel: &Panel) -> Placed {
    let (x, y) = (panel.x.scale, panel.y.scale);
    let below = |value| y.place(value).unwrap_or(f64::NEG_INFINITY);
    match marks {
        Marks::Line(points) => Placed::Lines(runs(points, x, y, false)),
        Marks::Steps(points) => Placed::Lines(runs(points, x, y, true)),
        Marks::Points(points) => {
            Placed::Points(points.iter().filter_map(|p| Some([x.place(p.x)?, y.place(p.y)?])).collect())
        }
        Marks::Band(spans) => Placed::Band(
            spans.iter().filter_map(|span| Some([x.place(span.x)?, below(span.low), y.place(span.high)?])).collect(),
        ),
        Marks::Bars(bars) => Placed::Bars(
            bars.iter()
                .filter_map(|bar| {
                    let half = bar.width / 2.0;
                    let (left, right) = (x.place(bar.x - half)?, x.place(bar.x + half)?);
                    let to = below(bar.to);
                    (bar.from.is_finite() && bar.to.is_finite()).then_some([left, right, below(bar.from), to])
                })
                .collect(),
        ),
        Marks::Cells(Cells { columns, rows, .. }) => {
            let edges = |edges: &[f64], scale: Scale| edges.iter().map(|edge| scale.place(*edge)).collect();
            let (columns, rows): (Option<Vec<f64>>, Option<Vec<f64>>) = (edges(columns, x), edges(rows, y));
            match (columns, rows) {
                (Some(columns), Some(rows)) if columns.len() > 1 && rows.len() > 1 => Placed::Cells(columns, rows),
                _ => Placed::Nothing,
            }
        }
        Marks::Rule { upright, at } => {
            let scale = if *upright { x } else { y };
            scale.place(*at).map_or(Placed::Nothing, |at| Placed::Rule(*upright, at))
        }
    }
}

fn runs(points: &[Point], x: Scale, y: Scale, level: bool) -> Vec<Vec<[f64; 2]>> {
    let mut runs = vec![Vec::new()];
    for point in points {
        let run: &mut Vec<[f64; 2]> = runs.last_mut().expect("there is always a last run");
        match (x.place(point.x), y.place(point.y)) {
            (Some(x), Some(y)) => {
                let before = run.last().copied();
                if let Some([_, before]) = before.filter(|_| level) {
                    run.push([x, before]);
                }
                run.push([x, y]);
            }
            _ if run.is_empty() => {}
            _ => runs.push(Vec::new()),
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

fn extend(extents: &mut Bounds, marks: &Placed) {
    let mut add = |axis: usize, place: f64| {
        if place.is_finite() {
            extents[axis][0] = extents[axis][0].min(place);
            extents[axis][1] = extents[axis][1].max(place);
        }
    };
    match marks {
        Placed::Lines(runs) => runs.iter().flatten().for_each(|[x, y]| {
            add(0, *x);
            add(1, *y);
        }),
        Placed::Points(points) => points.iter().for_each(|[x, y]| {
            add(0, *x);
            add(1, *y);
        }),
        Placed::Band(spans) => spans.iter().for_each(|[x, low, high]| {
            add(0, *x);
            add(1, *low);
            add(1, *high);
        }),
        Placed::Bars(bars) => bars.iter().for_each(|[left, right, from, to]| {
            add(0, *left);
            add(0, *right);
            add(1, *from);
            add(1, *to);
        }),
        Placed::Cells(columns, rows) => {
            for (axis, edges) in [(0, columns), (1, rows)] {
                for edge in edges {
                    add(axis, *edge);
                }
            }
        }
        Placed::Rule(upright, at) => {
            if !upright {
                add(1, *at);
            }
        }
        Placed::Nothing => {}
    }
}

/// The ends of an axis over what stands along it, with a margin of that share.
fn ends(axis: &Axis, [low, high]: [f64; 2], exact: bool, margin: f64) -> [f64; 2] {
    if let Some([low, high]) = axis.range
        && let (Some(low), Some(high)) = (axis.scale.place(low), axis.scale.place(high))
        && low < high
    {
        return [low, high];
    }
    let count = match &axis.ticks {
        Ticks::Numbers(_) => None,
        Ticks::Parts(parts) => Some(parts.len()),
        Ticks::Names(names) => Some(names.len()),
    };
    if let Some(count) = count {
        return [low.min(-0.5), high.max(count.max(1) as f64 - 0.5)];
    }
    let zero = axis.from_zero && axis.scale == Scale::Linear;
    let (mut low, mut high) = if low > high { (0.0, 1.0) } else { (low, high) };
    if zero {
        (low, high) = (low.min(0.0), high.max(0.0));
    }
    if high - low < 1e-12 * low.abs().max(high.abs()).max(1e-300) {
        let half = match axis.scale {
            Scale::Log => 0.5,
            Scale::Linear => (low.abs() * 0.1).max(0.5),
        };
        (low, high) = (low - half, high + half);
    } else if !exact {
        let pad = (high - low) * margin;
        if !(zero && low == 0.0) {
            low -= pad;
        }
        if !(zero && high == 0.0) {
            high += pad;
        }
    }
    [low, high]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arch::NetworkKind;
    use crate::chart::{Bar, Format, Meaning, Series, Weight};

    fn axis(scale: Scale) -> Axis {
        let ticks = Ticks::Numbers(Format::Significant);
        Axis { label: String::new(), scale, ticks, range: None, from_zero: true }
    }

    fn panel(scale: Scale, marks: Marks) -> Panel {
        let series = Series {
            key: "key".to_owned(),
            name: "name".to_owned(),
            meaning: Meaning::Network(NetworkKind::Dense),
            weight: Weight::Main,
            dash: None,
            marks,
            notes: Vec::new(),
        };
        Panel { title: None, x: axis(Scale::Linear), y: axis(scale), series: vec![series] }
    }

    fn points(values: &[f64]) -> Vec<Point> {
        values.iter().enumerate().map(|(x, &y)| Point { x: x as f64, y }).collect()
    }

    #[test]
    fn a_value_without_a_place_breaks_the_line() {
        let (placed, bounds) = place(&panel(Scale::Log, Marks::Line(points(&[1.0, 10.0, 0.0, f64::NAN, 100.0]))));
        assert_eq!(placed, [Placed::Lines(vec![vec![[0.0, 0.0], [1.0, 1.0]], vec![[4.0, 2.0]]])]);
        assert!(bounds[1][0] < 0.0 && bounds[1][1] > 2.0, "{bounds:?}");
    }

    #[test]
    fn steps_stay_level_until_the_next() {
        let (placed, _) = place(&panel(Scale::Linear, Marks::Steps(points(&[3.0, 5.0]))));
        assert_eq!(placed, [Placed::Lines(vec![vec![[0.0, 3.0], [1.0, 3.0], [1.0, 5.0]]])]);
    }

    #[test]
    fn lengths_are_seen_from_zero_and_bars_reach_the_bottom_among_powers_of_ten() {
        let bars = Marks::Bars(vec![Bar { x: 0.0, width: 1.0, from: 0.0, to: 100.0 }]);
        let (_, bounds) = place(&panel(Scale::Linear, bars.clone()));
        assert!(bounds[1][0] == 0.0 && bounds[1][1] > 100.0, "{bounds:?}");
        let (placed, _) = place(&panel(Scale::Log, bars));
        assert_eq!(placed, [Placed::Bars(vec![[-0.5, 0.5, f64::NEG_INFINITY, 2.0]])]);
    }

    #[test]
    fn nothing_and_a_single_value_have_an_axis_too() {
        for marks in [Marks::Line(Vec::new()), Marks::Line(points(&[7.0])), Marks::Points(points(&[f64::NAN]))] {
            for scale in [Scale::Linear, Scale::Log] {
                let (_, bounds) = place(&panel(scale, marks.clone()));
                assert!(bounds.iter().all(|[low, high]| low < high && low.is_finite()), "{bounds:?}");
            }
        }
    }
}
