//! What happened in a run, as facts one can say in a sentence: a network whose gradients are zero, a loss that was no longer
//! usable, steps of the learning rate, validation that lags behind training, overtaking, and overfitting that begins.
//!
//! [`Events`] is fed with the records as they come, in bounded memory, and knows no words. Every event is computed from the
//! records alone, so a run that is read from its folder tells the same as the one that was watched.

use super::record::{Divergence, StepRecord};
use crate::arch::NetworkKind;

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The step at which it began, from 1.
    pub step: usize,
    /// What it was.
    pub what: Happening,
}

/// What can happen.
#[derive(Clone, Debug, PartialEq)]
pub enum Happening {
    /// The gradients of a network's weights are exactly zero.
    Dead {
        /// The network.
        network: NetworkKind,
        /// The rows of its architecture that have no gradient, from 0.
        rows: Vec<usize>,
        /// Rows it has in all.
        of: usize,
    },
    /// The loss of a network was no longer usable.
    Diverged(Divergence),
    /// η stepped.
    LearningRate {
        /// Before.
        from: f64,
        /// From this step on.
        to: f64,
    },
    /// A validation was far below what the batches just before it gave. In the first steps that is how batch norm's running
    /// statistics lag behind the weights: validation uses them, training does not.
    Lag {
        /// The network.
        network: NetworkKind,
        /// Accuracy on the validation images, 0 to 1.
        validation: f64,
        /// Mean accuracy on the last batches, 0 to 1.
        training: f64,
    },
    /// The network with the best validation is another one, for two validations in a row.
    Overtaken {
        /// The network that leads now.
        leads: NetworkKind,
        /// The one that led.
        led: NetworkKind,
        /// Accuracy of the one that leads, 0 to 1.
        accuracy: f64,
        /// Accuracy of the one that led, 0 to 1.
        other: f64,
    },
    /// The validation loss has risen for three validations in a row, to a tenth above its lowest or more, while the training loss fell.
    Overfits {
        /// The network.
        network: NetworkKind,
        /// The lowest validation loss.
        lowest: f64,
        /// The step at which it was lowest.
        at: usize,
        /// The validation loss now.
        loss: f64,
    },
}

impl Happening {
    /// Whether a person who is not told would go on in vain.
    pub const fn is_trouble(&self) -> bool {
        match self {
            Self::Dead { .. } | Self::Diverged(_) | Self::Overfits { .. } => true,
            Self::LearningRate { .. } | Self::Lag { .. } | Self::Overtaken { .. } => false,
        }
    }
}

/// Steps in a row without a gradient that make a network, or a row of it, dead: one batch may be an accident.
const DEAD_AFTER: usize = 5;
/// Batches whose mean stands beside a validation.
const RECENT: usize = 20;
/// How far below the batches' accuracy a validation is said to lag.
const LAG: f64 = 0.2;
/// Share of its lowest by which a validation loss has risen when overfitting is said to begin.
const RISE: f64 = 0.1;

/// Notices events as records come.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Events {
    told: Vec<Event>,
    networks: Vec<Watched>,
    rate: Option<f64>,
    leader: Option<NetworkKind>,
    /// Who is ahead of the leader, and at how many validations in a row.
    challenger: Option<(NetworkKind, usize)>,
}

/// What is remembered of one network.
#[derive(Clone, Debug, PartialEq)]
struct Watched {
    kind: NetworkKind,
    /// Steps in a row for which each row had no gradient.
    without: Vec<usize>,
    dead: bool,
    /// Losses and accuracies of the last batches, the newest last.
    recent: std::collections::VecDeque<(f64, f64)>,
    lagged: bool,
    lowest: Option<Lowest>,
    overfits: bool,
    last: Option<(usize, f64)>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Lowest {
    step: usize,
    loss: f64,
    /// Mean loss of the batches just before.
    training: f64,
    /// Validations in a row that rose since.
    rises: usize,
    previous: f64,
}

impl Events {
    /// What happened so far, in the order in which it was noticed.
    pub fn all(&self) -> &[Event] {
        &self.told
    }

    /// The last thing that had happened by that step.
    pub fn last_by(&self, step: usize) -> Option<&Event> {
        self.told.iter().filter(|event| event.step <= step).max_by_key(|event| event.step)
    }

    /// Takes in a network's next record.
    pub fn push(&mut self, kind: NetworkKind, record: &StepRecord) {
        self.notice_rate(record);
        let index = self.networks.iter().position(|network| network.kind == kind).unwrap_or_else(|| {
            self.networks.push(Watched::new(kind));
            self.networks.len() - 1
        });
        let watched = &mut self.networks[index];
        self.told.extend(watched.notice_zeros(record));
        watched.note_batch(record);
        if let Some(validation) = record.validation {
            self.told.extend(watched.notice_lag(record.step, validation.accuracy));
            self.told.extend(watched.notice_overfitting(record.step, validation.loss));
            watched.last = Some((record.step, validation.accuracy));
            self.notice_overtaking(record.step);
        }
    }

    /// Takes in that a network diverged.
    pub fn diverged(&mut self, divergence: Divergence) {
        self.told.push(Event { step: divergence.step, what: Happening::Diverged(divergence) });
    }

    /// A schedule that falls smoothly steps nowhere.
    fn notice_rate(&mut self, record: &StepRecord) {
        let to = record.learning_rate;
        if let Some(from) = self.rate.replace(to)
            && (to > 1.5 * from || from > 1.5 * to)
        {
            self.told.push(Event { step: record.step, what: Happening::LearningRate { from, to } });
        }
    }

    fn notice_overtaking(&mut self, step: usize) {
        let validated = self.networks.iter().filter_map(|network| match network.last {
            Some((at, accuracy)) if at == step => Some((network.kind, accuracy)),
            Some(_) | None => None,
        });
        let validated: Vec<_> = validated.collect();
        if validated.len() < 2 || validated.len() < self.networks.len() {
            return;
        }
        let Some(&(best, accuracy)) = validated.iter().max_by(|one, other| one.1.total_cmp(&other.1)) else { return };
        let Some(leader) = self.leader else {
            self.leader = Some(best);
            return;
        };
        let led =
            validated.iter().find(|(kind, _)| *kind == leader).map_or(f64::NEG_INFINITY, |(_, accuracy)| *accuracy);
        if accuracy <= led {
            self.challenger = None;
            return;
        }
        let times = match self.challenger {
            Some((kind, times)) if kind == best => times + 1,
            Some(_) | None => 1,
        };
        self.challenger = Some((best, times));
        if times >= 2 {
            (self.leader, self.challenger) = (Some(best), None);
            self.told
                .push(Event { step, what: Happening::Overtaken { leads: best, led: leader, accuracy, other: led } });
        }
    }
}

impl Watched {
    fn new(kind: NetworkKind) -> Self {
        Self {
            kind,
            without: Vec::new(),
            dead: false,
            recent: std::collections::VecDeque::with_capacity(RECENT),
            lagged: false,
            lowest: None,
            overfits: false,
            last: None,
        }
    }

    fn notice_zeros(&mut self, record: &StepRecord) -> Option<Event> {
        let layers = &record.figures.layers;
        self.without.resize(layers.len(), 0);
        for (without, layer) in self.without.iter_mut().zip(layers) {
            *without = if layer.weight_grad_norm == 0.0 { *without + 1 } else { 0 };
        }
        let rows: Vec<usize> = (0..layers.len()).filter(|row| self.without[*row] >= DEAD_AFTER).collect();
        if rows.is_empty() {
            self.dead = false;
            return None;
        }
        if std::mem::replace(&mut self.dead, true) {
            return None;
        }
        let longest = rows.iter().map(|row| self.without[*row]).max().unwrap_or(DEAD_AFTER);
        let what = Happening::Dead { network: self.kind, of: layers.len(), rows };
        Some(Event { step: (record.step + 1).saturating_sub(longest), what })
    }

    fn note_batch(&mut self, record: &StepRecord) {
        if self.recent.len() == RECENT {
            self.recent.pop_front();
        }
        self.recent.push_back((record.train_loss, record.train_accuracy));
    }

    fn mean(&self, of: impl Fn(&(f64, f64)) -> f64) -> f64 {
        self.recent.iter().map(of).sum::<f64>() / self.recent.len().max(1) as f64
    }

    fn notice_lag(&mut self, step: usize, validation: f64) -> Option<Event> {
        let training = self.mean(|batch| batch.1);
        // Once overfitting is possible, a gap says something else.
        let early = self.lowest.is_none_or(|lowest| lowest.rises < 2);
        if self.lagged || !early || self.recent.len() < RECENT || training - validation < LAG {
            return None;
        }
        self.lagged = true;
        Some(Event { step, what: Happening::Lag { network: self.kind, validation, training } })
    }

    fn notice_overfitting(&mut self, step: usize, loss: f64) -> Option<Event> {
        let training = self.mean(|batch| batch.0);
        let Some(lowest) = &mut self.lowest else {
            self.lowest = Some(Lowest { step, loss, training, rises: 0, previous: loss });
            return None;
        };
        if loss <= lowest.loss {
            *lowest = Lowest { step, loss, training, rises: 0, previous: loss };
            return None;
        }
        lowest.rises = if loss > lowest.previous { lowest.rises + 1 } else { 0 };
        lowest.previous = loss;
        let begins = lowest.rises >= 3 && loss >= (1.0 + RISE) * lowest.loss && training < lowest.training;
        if self.overfits || !begins {
            return None;
        }
        self.overfits = true;
        let what = Happening::Overfits { network: self.kind, lowest: lowest.loss, at: lowest.step, loss };
        Some(Event { step, what })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::telemetry::{Evaluation, LayerFigures, StepFigures};

    fn record(step: usize, gradients: &[f64]) -> StepRecord {
        let layer =
            |&weight_grad_norm: &f64| LayerFigures { weight_grad_norm, weight_norm: 1.0, activation_grad_norm: 1.0 };
        StepRecord {
            step,
            learning_rate: 0.1,
            train_loss: 1.0,
            train_accuracy: 0.5,
            validation: None,
            seconds: 0.1,
            figures: StepFigures { layers: gradients.iter().map(layer).collect(), ..StepFigures::default() },
        }
    }

    fn validated(step: usize, loss: f64, accuracy: f64) -> StepRecord {
        StepRecord { validation: Some(Evaluation { loss, accuracy }), ..record(step, &[1.0]) }
    }

    #[test]
    fn rows_without_a_gradient_are_told_once_with_the_step_since_which_they_have_none() {
        let mut events = Events::default();
        for step in 1..=20 {
            let gradients = if step < 7 { [1.0, 1.0] } else { [0.0, 1.0] };
            events.push(NetworkKind::Plain, &record(step, &gradients));
        }
        let what = Happening::Dead { network: NetworkKind::Plain, rows: vec![0], of: 2 };
        assert_eq!(events.all(), [Event { step: 7, what }]);
    }

    #[test]
    fn one_batch_without_a_gradient_is_no_event() {
        let mut events = Events::default();
        for step in 1..=20 {
            events.push(NetworkKind::Dense, &record(step, &[if step % 3 == 0 { 1.0 } else { 0.0 }]));
        }
        assert_eq!(events.all(), []);
    }

    #[test]
    fn the_learning_rate_steps_once_for_all_networks_and_a_smooth_one_nowhere() {
        let mut events = Events::default();
        for step in 1..=10 {
            let rate = if step < 5 { 0.1 } else { 0.01 };
            for kind in [NetworkKind::Dense, NetworkKind::Residual] {
                events.push(kind, &StepRecord { learning_rate: rate, ..record(step, &[1.0]) });
            }
        }
        assert_eq!(events.all(), [Event { step: 5, what: Happening::LearningRate { from: 0.1, to: 0.01 } }]);
        let mut smooth = Events::default();
        for step in 1..=100 {
            let rate = 0.1 * (1.0 - step as f64 / 200.0);
            smooth.push(NetworkKind::Dense, &StepRecord { learning_rate: rate, ..record(step, &[1.0]) });
        }
        assert_eq!(smooth.all(), []);
    }

    #[test]
    fn a_validation_far_below_the_batches_lags() {
        let mut events = Events::default();
        for step in 1..=99 {
            events.push(NetworkKind::Dense, &StepRecord { train_accuracy: 0.75, ..record(step, &[1.0]) });
        }
        events.push(NetworkKind::Dense, &StepRecord { train_accuracy: 0.75, ..validated(100, 4.0, 0.25) });
        let what = Happening::Lag { network: NetworkKind::Dense, validation: 0.25, training: 0.75 };
        assert_eq!(events.all(), [Event { step: 100, what }]);
    }

    #[test]
    fn overtaking_is_told_when_it_holds_for_two_validations() {
        let mut events = Events::default();
        let dense = [0.5, 0.7, 0.6, 0.8, 0.9];
        let residual = [0.6, 0.6, 0.7, 0.7, 0.7];
        for (index, (dense, residual)) in dense.into_iter().zip(residual).enumerate() {
            let step = 100 * (index + 1);
            events.push(NetworkKind::Dense, &validated(step, 1.0, dense));
            events.push(NetworkKind::Residual, &validated(step, 1.0, residual));
        }
        let what =
            Happening::Overtaken { leads: NetworkKind::Dense, led: NetworkKind::Residual, accuracy: 0.9, other: 0.7 };
        assert_eq!(events.all(), [Event { step: 500, what }]);
    }

    #[test]
    fn overfitting_begins_when_validation_rises_while_training_falls() {
        let losses = [1.0, 0.8, 0.85, 0.9, 0.95, 1.0];
        let run = |falls: bool| {
            let mut events = Events::default();
            for (index, loss) in losses.into_iter().enumerate() {
                let train_loss = if falls { 0.9 / (index + 1) as f64 } else { 0.9 };
                let record = StepRecord { train_loss, ..validated(100 * (index + 1), loss, 0.5) };
                events.push(NetworkKind::Residual, &record);
            }
            events
        };
        let what = Happening::Overfits { network: NetworkKind::Residual, lowest: 0.8, at: 200, loss: 0.95 };
        assert_eq!(run(true).all(), [Event { step: 500, what }]);
        assert_eq!(run(false).all(), []);
    }
}
