//! The learning rate of every step.

use crate::config::{Schedule, TrainingConfig};

/// η of step `step` (from 1) of `steps`, from η at the start.
///
/// `step`: a tenth from half of the steps on and a hundredth from three quarters on (paper, section 4.2).
/// `cosine`: half a cosine from the start towards zero (Loshchilov and Hutter 2017, without restarts).
pub fn learning_rate(schedule: Schedule, at_start: f64, step: usize, steps: usize) -> f64 {
    let done = step - 1;
    match schedule {
        Schedule::Step if 4 * done >= 3 * steps => at_start / 100.0,
        Schedule::Step if 2 * done >= steps => at_start / 10.0,
        Schedule::Constant | Schedule::Step => at_start,
        Schedule::Cosine => 0.5 * at_start * (1.0 + (std::f64::consts::PI * done as f64 / steps as f64).cos()),
    }
}

/// What another number of steps means for the learning rate of a run that goes on: the schedule is that of a run of so many steps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    /// Whether the number of steps is another than before.
    stretched: bool,
    /// The schedule.
    pub schedule: Schedule,
    /// η of the last step that was made.
    pub before: f64,
    /// The step that comes next.
    pub step: usize,
    /// η of that step.
    pub next: f64,
    /// Steps in all.
    pub steps: usize,
    /// η of the last one.
    pub end: f64,
}

impl Stretch {
    /// Whether the schedule is another than before.
    pub const fn changes(&self) -> bool {
        self.stretched
    }

    /// Of a run of `before` steps that made `made` of them and is to have as many as the configuration says.
    pub fn new(training: &TrainingConfig, made: usize, before: usize) -> Self {
        let TrainingConfig { schedule, learning_rate: at_start, steps, .. } = *training;
        let rate = |step: usize, steps: usize| learning_rate(schedule, at_start, step.max(1), steps);
        let step = made + 1;
        let stretched = steps != before;
        Self {
            stretched,
            schedule,
            before: rate(made, before),
            step,
            next: rate(step, steps),
            steps,
            end: rate(steps, steps),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_step_schedule_divides_by_ten_at_half_and_three_quarters() {
        let rates = [1, 50, 51, 75, 76, 100].map(|step| learning_rate(Schedule::Step, 0.1, step, 100));
        assert_eq!(rates, [0.1, 0.1, 0.01, 0.01, 0.001, 0.001]);
    }

    #[test]
    fn a_run_that_goes_on_has_the_learning_rates_of_a_run_of_all_its_steps() {
        let training = TrainingConfig { steps: 400, ..crate::config::RunConfig::default().training };
        let stretch = Stretch::new(&training, 200, 200);
        assert_eq!((stretch.before, stretch.step, stretch.next, stretch.end), (0.001, 201, 0.01, 0.001));
    }

    #[test]
    fn the_cosine_schedule_falls_from_the_start_towards_zero() {
        let rate = |step| learning_rate(Schedule::Cosine, 0.2, step, 1000);
        assert_eq!(rate(1), 0.2);
        assert!((rate(501) - 0.1).abs() < 1e-12);
        assert!(rate(1000) > 0.0 && rate(1000) < 1e-6);
    }

    #[test]
    fn the_constant_schedule_is_constant_and_a_single_step_works_for_all() {
        for schedule in [Schedule::Constant, Schedule::Step, Schedule::Cosine] {
            assert_eq!(learning_rate(schedule, 0.3, 1, 1), 0.3);
        }
    }
}
