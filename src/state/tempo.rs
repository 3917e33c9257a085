//! How fast a run gets on by the clock, with everything that takes time: training, validation, waiting between steps.

use std::time::Instant;

/// The time between steps, smoothed.
#[derive(Clone, Debug, Default)]
pub(super) struct Tempo {
    /// The last step and when it was seen; nothing after a rest.
    last: Option<(Instant, usize)>,
    steps_seen: usize,
    seconds_per_step: Option<f64>,
}

/// Steps over which the tempo is smoothed: enough to level the validations.
const SMOOTHED_OVER: usize = 100;

impl Tempo {
    /// A step was reached.
    pub(super) fn reached(&mut self, step: usize, now: Instant) {
        let Some((then, before)) = self.last else {
            self.last = Some((now, step));
            return;
        };
        if step <= before {
            return;
        }
        let steps = step - before;
        let seconds = now.duration_since(then).as_secs_f64() / steps as f64;
        self.steps_seen = (self.steps_seen + steps).min(SMOOTHED_OVER);
        let weight = (steps as f64 / self.steps_seen as f64).min(1.0);
        let smoothed = self.seconds_per_step.unwrap_or(seconds);
        self.seconds_per_step = Some(smoothed + weight * (seconds - smoothed));
        self.last = Some((now, step));
    }

    /// The time from here to the next step does not count.
    pub(super) fn rest(&mut self) {
        self.last = None;
    }

    /// What was measured is no longer so.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }

    pub(super) fn seconds_per_step(&self) -> Option<f64> {
        self.seconds_per_step
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn the_tempo_is_the_mean_of_what_was_seen_without_the_rests() {
        let (mut tempo, start) = (Tempo::default(), Instant::now());
        let at = |milliseconds| start + Duration::from_millis(milliseconds);
        tempo.reached(0, at(0));
        assert_eq!(tempo.seconds_per_step(), None);
        tempo.reached(2, at(200));
        tempo.reached(4, at(600));
        assert!((tempo.seconds_per_step().unwrap() - 0.15).abs() < 1e-9);
        tempo.rest();
        tempo.reached(5, at(90_000));
        assert!((tempo.seconds_per_step().unwrap() - 0.15).abs() < 1e-9);
        tempo.reached(5, at(91_000));
        tempo.reached(6, at(90_150));
        assert!(tempo.seconds_per_step().unwrap() < 0.2);
    }

    #[test]
    fn what_is_long_past_fades() {
        let (mut tempo, start) = (Tempo::default(), Instant::now());
        for step in 0..=1000_u64 {
            let milliseconds = if step <= 500 { 100 * step } else { 50_000 + 10 * (step - 500) };
            tempo.reached(usize::try_from(step).unwrap(), start + Duration::from_millis(milliseconds));
        }
        assert!(tempo.seconds_per_step().unwrap() < 0.012);
    }
}
