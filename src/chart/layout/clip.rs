//! What is seen of lines and areas that reach out of a panel.

use super::sketch::{Area, Spot};

/// The pieces of a line that lie inside.
pub(super) fn line(points: &[Spot], area: Area) -> Vec<Vec<Spot>> {
    let mut pieces: Vec<Vec<Spot>> = Vec::new();
    for pair in points.windows(2) {
        let Some((from, to)) = segment(pair[0], pair[1], area) else { continue };
        match pieces.last_mut() {
            Some(piece) if piece.last() == Some(&from) => piece.push(to),
            Some(_) | None => pieces.push(vec![from, to]),
        }
    }
    pieces
}

/// The part of a segment that lies inside (Liang and Barsky 1984).
fn segment(from: Spot, to: Spot, area: Area) -> Option<(Spot, Spot)> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (mut start, mut end) = (0.0_f64, 1.0_f64);
    for (step, room) in
        [(-dx, from.0 - area.left), (dx, area.right - from.0), (-dy, from.1 - area.top), (dy, area.bottom - from.1)]
    {
        if step == 0.0 {
            if room < 0.0 {
                return None;
            }
        } else if step < 0.0 {
            start = start.max(room / step);
        } else {
            end = end.min(room / step);
        }
    }
    let at = |share: f64| {
        if share == 0.0 {
            from
        } else if share == 1.0 {
            to
        } else {
            (from.0 + dx * share, from.1 + dy * share)
        }
    };
    (start <= end).then(|| (at(start), at(end)))
}

/// The part of an outline that lies inside, edge by edge (Sutherland and Hodgman 1974).
pub(super) fn polygon(points: &[Spot], area: Area) -> Vec<Spot> {
    let mut outline = points.to_vec();
    let edges: [&dyn Fn(Spot) -> f64; 4] =
        [&|(x, _)| x - area.left, &|(x, _)| area.right - x, &|(_, y)| y - area.top, &|(_, y)| area.bottom - y];
    for inside in edges {
        let mut kept = Vec::with_capacity(outline.len());
        for (index, &point) in outline.iter().enumerate() {
            let before = outline[(index + outline.len() - 1) % outline.len()];
            let (here, there) = (inside(point), inside(before));
            if (here >= 0.0) != (there >= 0.0) {
                let share = there / (there - here);
                kept.push((before.0 + (point.0 - before.0) * share, before.1 + (point.1 - before.1) * share));
            }
            if here >= 0.0 {
                kept.push(point);
            }
        }
        outline = kept;
    }
    outline
}

/// A line of very many points with those that are seen: in each half pixel the first, the lowest, the highest and the last.
pub(super) fn thinned(points: Vec<Spot>) -> Vec<Spot> {
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return points };
    let columns = ((last.0 - first.0).abs() * 2.0).max(1.0);
    if (points.len() as f64) < columns * 5.0 || points.windows(2).any(|pair| pair[1].0 < pair[0].0) {
        return points;
    }
    let mut kept: Vec<Spot> = Vec::new();
    for column in points.chunk_by(|a, b| (a.0 * 2.0).floor() == (b.0 * 2.0).floor()) {
        let extreme = |better: fn(f64, f64) -> bool| {
            (1..column.len()).fold(0, |best, index| if better(column[index].1, column[best].1) { index } else { best })
        };
        let mut seen = [0, extreme(|a, b| a < b), extreme(|a, b| a > b), column.len() - 1];
        seen.sort_unstable();
        for (position, &index) in seen.iter().enumerate() {
            if position == 0 || seen[position - 1] != index {
                kept.push(column[index]);
            }
        }
    }
    kept
}

/// The outline of a ribbon as far as it is inside an area.
pub(crate) fn outline(spans: &[[f64; 3]], area: Area) -> Vec<Spot> {
    let upper = spans.iter().map(|[x, high, _]| (*x, *high));
    let lower = spans.iter().rev().map(|[x, _, low]| (*x, *low));
    polygon(&upper.chain(lower).collect::<Vec<_>>(), area)
}

#[cfg(test)]
mod tests {
    use super::*;

    const AREA: Area = Area { left: 0.0, top: 0.0, right: 10.0, bottom: 10.0 };

    #[test]
    fn a_line_ends_at_the_edge_and_returns() {
        let pieces = line(&[(-5.0, 5.0), (5.0, 5.0), (5.0, 20.0), (8.0, 20.0), (8.0, 2.0)], AREA);
        assert_eq!(pieces, [vec![(0.0, 5.0), (5.0, 5.0), (5.0, 10.0)], vec![(8.0, 10.0), (8.0, 2.0)]]);
        assert!(line(&[(-5.0, -5.0), (-1.0, 20.0)], AREA).is_empty());
    }

    #[test]
    fn an_area_is_cut_at_the_edge() {
        let cut = polygon(&[(5.0, 5.0), (15.0, 5.0), (15.0, 15.0), (5.0, 15.0)], AREA);
        let area: f64 = (0..cut.len())
            .map(|index| {
                let (a, b) = (cut[index], cut[(index + 1) % cut.len()]);
                (a.0 * b.1 - b.0 * a.1) / 2.0
            })
            .sum();
        assert_eq!(area.abs(), 25.0);
        assert!(polygon(&[(20.0, 20.0), (30.0, 20.0), (30.0, 30.0)], AREA).is_empty());
    }

    #[test]
    fn thinning_keeps_what_is_seen() {
        let points: Vec<_> =
            (0..10_000).map(|index| (f64::from(index) / 1000.0, f64::from(index * 7919 % 101))).collect();
        let kept = thinned(points.clone());
        assert!(kept.len() <= 84 && kept.len() >= 40, "{}", kept.len());
        assert_eq!((kept.first(), kept.last()), (points.first(), points.last()));
        for wanted in [0.0, 100.0] {
            assert!(kept.iter().any(|point| point.1 == wanted));
        }
        let few: Vec<_> = points.iter().step_by(1000).copied().collect();
        assert_eq!(thinned(few.clone()), few);
    }
}
