//! Curves of many points in as many as can be seen.
//!
//! In each column of pixels the first, lowest, highest and last point say all that a line through the column shows (Jugel, Jerzak,
//! Hackenbroich, Markl, *M4: A Visualization-Oriented Time Series Data Aggregation*, VLDB 2014).

/// The points to join, `x` rising, where `column` tells the column of pixels of an x.
pub(super) fn thin(points: &[[f64; 2]], column: impl Fn(f64) -> i64) -> Vec<[f64; 2]> {
    let mut kept = Vec::new();
    let mut rest = points;
    while let Some(&[x, _]) = rest.first() {
        let here = column(x);
        let end = rest.iter().position(|point| column(point[0]) != here).unwrap_or(rest.len());
        let (group, after) = rest.split_at(end);
        if group.len() <= 4 {
            kept.extend_from_slice(group);
        } else {
            let by_height = |a: &usize, b: &usize| group[*a][1].total_cmp(&group[*b][1]);
            let low = (0..group.len()).min_by(by_height).unwrap_or(0);
            let high = (0..group.len()).max_by(by_height).unwrap_or(0);
            let mut chosen = vec![0, low.min(high), low.max(high), group.len() - 1];
            chosen.dedup();
            kept.extend(chosen.into_iter().map(|index| group[index]));
        }
        rest = after;
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[expect(clippy::cast_possible_truncation, reason = "small numbers")]
    fn column(x: f64) -> i64 {
        x.floor() as i64
    }

    #[test]
    fn what_is_sparse_stays_as_it_is() {
        let points: Vec<[f64; 2]> = (0..10).map(|x| [f64::from(x), 1.0]).collect();
        assert_eq!(thin(&points, column), points);
        assert!(thin(&[], column).is_empty());
    }

    #[test]
    fn extremes_and_ends_of_every_column_stay() {
        let points: Vec<[f64; 2]> = (0..1000).map(|i| [f64::from(i) / 100.0, f64::from(i * 37 % 101)]).collect();
        let kept = thin(&points, column);
        assert!(kept.len() <= 40 && kept.is_sorted_by_key(|point| point[0]));
        for here in 0..10 {
            let of = |points: &[[f64; 2]]| {
                let heights: Vec<f64> = points.iter().filter(|p| column(p[0]) == here).map(|p| p[1]).collect();
                let low = heights.iter().copied().fold(f64::INFINITY, f64::min);
                let high = heights.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                (low, high, heights[0], heights[heights.len() - 1])
            };
            assert_eq!(of(&kept), of(&points), "column {here}");
        }
    }
}
