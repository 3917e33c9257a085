//! Curves of long runs: fewer points, every one of them real, and the mean of what came last.

use crate::chart::Point;

/// At most about `most` of the points. Of each stretch the lowest and the highest stay, so that no spike is lost, and the first and last do.
pub(super) fn with_extremes(points: &[Point], most: usize) -> Vec<Point> {
    if points.len() <= most {
        return points.to_vec();
    }
    let stretch = points.len().div_ceil((most / 2).max(1));
    let mut kept: Vec<usize> = vec![0];
    for (index, points) in points.chunks(stretch).enumerate() {
        let by_value = |a: &&(usize, &Point), b: &&(usize, &Point)| a.1.y.total_cmp(&b.1.y);
        let indexed: Vec<(usize, &Point)> = (index * stretch..).zip(points).collect();
        let lowest = indexed.iter().min_by(by_value).map(|(index, _)| *index);
        let highest = indexed.iter().max_by(by_value).map(|(index, _)| *index);
        let (lowest, highest) = (lowest.unwrap_or(0), highest.unwrap_or(0));
        kept.extend([lowest.min(highest), lowest.max(highest)]);
    }
    kept.push(points.len() - 1);
    kept.dedup();
    kept.into_iter().map(|index| points[index]).collect()
}

/// At most about `most` of the points, evenly spread, the last one among them: for smooth curves. Runs of one length keep the same places.
pub(super) fn evenly(points: &[Point], most: usize) -> Vec<Point> {
    let stretch = points.len().div_ceil(most.max(1)).max(1);
    let last = points.len().saturating_sub(1);
    let kept = points.iter().enumerate().filter(|(index, _)| index % stretch == 0 || *index == last);
    kept.map(|(_, point)| *point).collect()
}

/// For each step the mean of the values of the last `steps` steps, it and those before it; at the start, of those there are.
///
/// Values that are not finite are left out, and so is a step that has none.
pub(super) fn running_mean(values: &[(usize, f64)], steps: usize) -> Vec<(usize, f64)> {
    let mut first = 0;
    let (mut sum, mut count) = (0.0, 0_usize);
    let mut means = Vec::with_capacity(values.len());
    for &(step, value) in values {
        if value.is_finite() {
            sum += value;
            count += 1;
        }
        while values[first].0 + steps <= step {
            let gone = values[first].1;
            if gone.is_finite() {
                sum -= gone;
                count -= 1;
            }
            first += 1;
        }
        if count > 0 && value.is_finite() {
            means.push((step, sum / count as f64));
        }
    }
    means
}

/// The value that `share` of the values are not above, from 0 for the lowest to 1 for the highest; nothing of nothing. Reorders the values.
pub(super) fn quantile(values: &mut [f64], share: f64) -> Option<f64> {
    if values.is_empty() {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of the places there are")]
    let place = ((values.len() - 1) as f64 * share).round() as usize;
    Some(*values.select_nth_unstable_by(place, f64::total_cmp).1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wave(count: usize) -> Vec<Point> {
        (0..count).map(|x| Point { x: x as f64, y: (x as f64 / 40.0).sin() }).collect()
    }

    #[test]
    fn a_thinned_curve_has_only_real_points_in_order_and_keeps_every_spike() {
        let mut points = wave(20_000);
        (points[7_777].y, points[13_131].y) = (50.0, -50.0);
        let thinned = with_extremes(&points, 1_000);
        assert!(thinned.len() <= 1_002, "{}", thinned.len());
        assert!(thinned.windows(2).all(|pair| pair[0].x < pair[1].x));
        assert!(thinned.iter().all(|point| points.contains(point)));
        assert!(thinned.contains(&points[7_777]) && thinned.contains(&points[13_131]));
        assert_eq!((thinned[0], *thinned.last().unwrap()), (points[0], points[19_999]));
        assert_eq!(with_extremes(&wave(30), 1_000), wave(30));
        assert_eq!(with_extremes(&[], 10), []);
    }

    #[test]
    fn an_evenly_thinned_curve_ends_where_the_curve_ends() {
        let points = wave(1_003);
        let thinned = evenly(&points, 100);
        assert!(thinned.len() <= 101);
        assert_eq!((thinned[0], *thinned.last().unwrap()), (points[0], points[1_002]));
        assert_eq!(evenly(&points[..1], 100), points[..1]);
        assert_eq!(evenly(&[], 100), []);
    }

    #[test]
    fn a_running_mean_is_that_of_the_last_steps_and_looks_past_what_is_not_finite() {
        let values = [(1, 4.0), (2, 2.0), (3, f64::NAN), (4, 6.0), (8, 1.0)];
        assert_eq!(running_mean(&values, 3), [(1, 4.0), (2, 3.0), (4, 4.0), (8, 1.0)]);
    }

    #[test]
    fn a_quantile_is_one_of_the_values() {
        let mut values = [5.0, 1.0, 4.0, 2.0, 3.0];
        assert_eq!([0.0, 0.5, 1.0].map(|share| quantile(&mut values, share)), [Some(1.0), Some(3.0), Some(5.0)]);
        assert_eq!(quantile(&mut [], 0.5), None);
    }
}
