//! A chart with no more marks than a picture can show, so that the picture of a long run is a small file.
//!
//! Of many points that lie close together along x the lowest and the highest stay: a curve keeps its outline and its ends, and an
//! axis that follows from the data keeps its range. The values in tables are never thinned here.

use std::borrow::Cow;

use crate::chart::{Chart, Marks, Point, Series, Span};

/// The chart with at most about so many points in each curve.
pub(super) fn lightened(chart: &Chart, most: usize) -> Cow<'_, Chart> {
    let series = chart.panels.iter().flat_map(|panel| &panel.series);
    if series.clone().all(|series| is_light(&series.marks, most)) {
        return Cow::Borrowed(chart);
    }
    let mut chart = chart.clone();
    for Series { marks, notes, .. } in chart.panels.iter_mut().flat_map(|panel| &mut panel.series) {
        if is_light(marks, most) {
            continue;
        }
        notes.clear(); // there is one for each mark, or none
        match marks {
            Marks::Line(points) | Marks::Steps(points) | Marks::Points(points) => *points = outline(points, most),
            Marks::Band(spans) => *spans = hull(spans, most),
            Marks::Bars(_) | Marks::Cells(_) | Marks::Rule { .. } => {}
        }
    }
    Cow::Owned(chart)
}

fn is_light(marks: &Marks, most: usize) -> bool {
    match marks {
        Marks::Line(points) | Marks::Steps(points) | Marks::Points(points) => points.len() <= most,
        Marks::Band(spans) => spans.len() <= most,
        // Their number follows from the architecture, not from the length of a run.
        Marks::Bars(_) | Marks::Cells(_) | Marks::Rule { .. } => true,
    }
}

/// The ends, and of each group of neighbours the lowest and the highest, in order.
fn outline(points: &[Point], most: usize) -> Vec<Point> {
    let mut kept = Vec::with_capacity(most + 4);
    let group = points.len().div_ceil((most / 2).max(1));
    for (number, group) in points.chunks(group).enumerate() {
        let low = (0..group.len()).min_by(|&a, &b| group[a].y.total_cmp(&group[b].y)).unwrap_or(0);
        let high = (0..group.len()).max_by(|&a, &b| group[a].y.total_cmp(&group[b].y)).unwrap_or(0);
        let mut places = vec![low.min(high), low.max(high)];
        if number == 0 {
            places.insert(0, 0);
        }
        places.dedup();
        kept.extend(places.into_iter().map(|place| group[place]));
    }
    kept.extend(points.last().filter(|last| kept.last() != Some(last)));
    kept
}

/// Each group of neighbours as one span that holds them all.
fn hull(spans: &[Span], most: usize) -> Vec<Span> {
    let group = spans.len().div_ceil(most.max(1));
    let joined = |group: &[Span]| Span {
        x: group[group.len() / 2].x,
        low: group.iter().map(|span| span.low).fold(f64::INFINITY, f64::min),
        high: group.iter().map(|span| span.high).fold(f64::NEG_INFINITY, f64::max),
    };
    spans.chunks(group).map(joined).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_curve_keeps_its_ends_and_its_extremes() {
        let value = |x: usize| {
            if x == 7777 {
                99.0
            } else if x == 31_415 {
                -5.0
            } else {
                (x as f64).sin()
            }
        };
        let points: Vec<Point> = (0..100_000).map(|x| Point { x: x as f64, y: value(x) }).collect();
        let light = outline(&points, 800);
        assert!((400..=803).contains(&light.len()), "{}", light.len());
        assert_eq!((light.first(), light.last()), (points.first(), points.last()));
        assert!(light.windows(2).all(|pair| pair[0].x < pair[1].x));
        assert!([7777, 31_415].iter().all(|&place| light.contains(&points[place])));
    }

    #[test]
    fn a_band_holds_all_that_it_held() {
        let spans: Vec<Span> = (0..5000).map(|x| Span { x: f64::from(x), low: -f64::from(x % 7), high: 1.0 }).collect();
        let light = hull(&spans, 100);
        assert_eq!(light.len(), 100);
        assert!(light.iter().all(|span| span.low == -6.0 && span.high == 1.0));
    }
}
