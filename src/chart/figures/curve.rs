//! Curves of long runs: fewer points, every one of them real, and the mean of what came last.

use crate::chart::Point;

/// At most about `most` of the points. Of each stretch the lowest and the highest stay, so that no spike is lost, and the first and last do.
pub(super) fn with_extremes(points: &[Point], most: usize) -> Vec<Point> {
    if points.len() <= most {
        return points.to_vec();
    }
    let stretch = points.len().div_ceil((most / 2).max(1));
    let mut kept: Vec<usize> = vec![0];
    for first in (0..points.len()).step_by(stretch) {
        let (mut lowest, mut highest) = (first, first);
        for index in first + 1..points.len().min(first + stretch) {
            if points[index].y < points[lowest].y {
                lowest = index;
            }
            if points[index].y > points[highest].y {
                highest = index;
            }
        }
        kept.extend([lowest.min(highest), lowest.max(highest)]);
    }
    kept.push(points.len() - 1);
    kept.dedup();
    kept.into_iter().map(|index| points[index]).collect()
}

/// About `most` of so many places, evenly spread, the last one among them: for smooth curves. Runs of one length keep the same places.
pub(super) fn evenly(places: usize, most: usize) -> impl Iterator<Item = usize> {
    let stretch = places.div_ceil(most.max(1)).max(1);
    let last = places.checked_sub(1).filter(|last| last % stretch != 0);
    (0..places).step_by(stretch).chain(last)
}

/// For each step the mean of the values of the last `steps` steps, it and those before it; at the start, of those there are.
pub(super) fn running_mean(values: &[(usize, f64)], steps: usize) -> Vec<f64> {
    let (mut first, mut sum) = (0, 0.0);
    let mut means = Vec::with_capacity(values.len());
    for (index, &(step, value)) in values.iter().enumerate() {
        sum += value;
        while values[first].0 + steps <= step {
            sum -= values[first].1;
            first += 1;
        }
        means.push(sum / (index + 1 - first) as f64);
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
        let kept: Vec<usize> = evenly(1_003, 100).collect();
        assert!(kept.len() <= 101 && kept.is_sorted_by(|a, b| a < b), "{kept:?}");
        assert_eq!((kept[0], kept.last()), (0, Some(&1_002)));
        assert_eq!(evenly(3, 100).collect::<Vec<_>>(), [0, 1, 2]);
        assert_eq!(evenly(0, 100).count(), 0);
    }

    #[test]
    fn a_running_mean_is_that_of_the_last_steps_whatever_the_history_kept() {
        let values = [(1, 4.0), (2, 2.0), (4, 6.0), (8, 1.0)];
        assert_eq!(running_mean(&values, 3), [4.0, 3.0, 4.0, 1.0]);
        assert!(running_mean(&[], 3).is_empty());
    }

    #[test]
    fn a_quantile_is_one_of_the_values() {
        let mut values = [5.0, 1.0, 4.0, 2.0, 3.0];
        assert_eq!([0.0, 0.5, 1.0].map(|share| quantile(&mut values, share)), [Some(1.0), Some(3.0), Some(5.0)]);
        assert_eq!(quantile(&mut [], 0.5), None);
    }
}
