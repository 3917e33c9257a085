//! Training batches without end, in an order that only the seed decides.

use std::sync::Arc;

use rand::seq::SliceRandom;

use super::augment::Augment;
use super::batch::Batch;
use super::error::DataError;
use super::normalisation::Table;
use super::rng::{Purpose, generator};
use super::set::DataSet;

/// The endless sequence of training batches that belongs to one seed.
///
/// Every epoch is a fresh permutation of the training images, shuffled (Fisher–Yates) by a generator that is seeded from
/// the seed and the epoch's number. Every batch is full: the images left over at the end of an epoch are dropped from
/// it. Two values made of the same data, size and seed give the same batches, which is how every network of a run sees
/// the same images without a word between their threads.
#[derive(Debug, Clone)]
pub struct Batches {
    data: Arc<DataSet>,
    table: Table,
    batch: usize,
    seed: u64,
    augment: Augment,
    step: usize,
    epoch: usize,
    order: Vec<u32>, // of `epoch`
}

impl Batches {
    /// The sequence from its beginning. At least one batch must fit into an epoch.
    ///
    /// # Errors
    ///
    /// When `batch` is 0 or larger than the training set.
    pub fn new(data: Arc<DataSet>, batch: usize, seed: u64) -> Result<Self, DataError> {
        let train = data.train.len();
        if batch == 0 || batch > train {
            return Err(DataError::BatchSize { batch, train });
        }
        let table = data.normalisation.table();
        let order = order_of(train, seed, 0);
        Ok(Self { data, table, batch, seed, augment: Augment::None, step: 0, epoch: 0, order })
    }

    /// The same sequence with its images changed so.
    #[must_use]
    pub fn augmented(mut self, augment: Augment) -> Self {
        self.augment = augment;
        self
    }

    /// The batch of the next step, counted from 0.
    pub fn next_batch(&mut self) -> Batch {
        let batch = self.batch_at(self.step);
        self.step += 1;
        batch
    }

    /// The batch of any step; the position of [`Self::next_batch`] stays where it is.
    ///
    /// The order of the last epoch asked for is kept, so steps of one epoch cost no new permutation.
    pub fn batch_at(&mut self, step: usize) -> Batch {
        let epoch = self.epoch_of(step);
        if epoch != self.epoch {
            self.order = order_of(self.data.train.len(), self.seed, epoch);
            self.epoch = epoch;
        }
        let first = step % self.steps_per_epoch() * self.batch;
        let indices = self.order[first..first + self.batch].iter().map(|&index| index as usize);
        let mut batch = Batch::gather(&self.data.train, self.data.shape, &self.table, indices);
        self.augment.apply(&mut batch.images, batch.shape, self.seed, step);
        batch
    }

    /// Makes `step` the one that [`Self::next_batch`] gives next.
    pub fn seek(&mut self, step: usize) {
        self.step = step;
    }

    /// The number of full batches in an epoch.
    pub fn steps_per_epoch(&self) -> usize {
        self.data.train.len() / self.batch
    }

    /// The epoch that a step belongs to; both count from 0.
    pub fn epoch_of(&self, step: usize) -> usize {
        step / self.steps_per_epoch()
    }
}

/// Starts from the identity every time, so that an epoch does not depend on the one before.
fn order_of(images: usize, seed: u64, epoch: usize) -> Vec<u32> {
    let images = u32::try_from(images).expect("every source limits its images far below 2^32");
    let mut order: Vec<u32> = (0..images).collect();
    order.shuffle(&mut generator(seed, Purpose::Order, epoch));
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::fixtures::numbered;
    use proptest::prelude::*;

    fn batches(train: usize, batch: usize, seed: u64) -> Batches {
        Batches::new(Arc::new(numbered(train, 1)), batch, seed).unwrap()
    }

    #[test]
    fn a_batch_holds_normalised_images_beside_their_labels() {
        let mut batches = batches(7, 3, 1);
        let (batch, order) = (batches.next_batch(), batches.order.clone());
        let normalisation = &batches.data.normalisation;
        assert_eq!(batch.len(), 3);
        assert_eq!(batch.shape, batches.data.shape);
        for (position, &index) in order[..3].iter().enumerate() {
            let value = (index as f32 / 255.0 - normalisation.mean[0]) / normalisation.deviation[0];
            assert_eq!(batch.images[position * 4..][..4], [value; 4]);
            assert_eq!(batch.labels[position], index as usize);
        }
    }

    #[test]
    fn an_epoch_is_shuffled_and_the_next_one_differently() {
        let mut batches = batches(100, 100, 1);
        let (first, second) = (batches.next_batch().labels, batches.next_batch().labels);
        assert_ne!(first, (0..100).collect::<Vec<_>>());
        assert_ne!(first, second);
    }

    #[test]
    fn another_seed_gives_another_order() {
        assert_ne!(batches(100, 100, 1).next_batch(), batches(100, 100, 2).next_batch());
    }

    /// Fixes the sequence: a run can only be repeated with a later version if this stays as it is.
    #[test]
    fn the_order_of_a_seed_never_changes() {
        assert_eq!(order_of(10, 1, 0), ORDER_OF_SEED_ONE);
    }
    const ORDER_OF_SEED_ONE: [u32; 10] = [5, 2, 7, 6, 1, 4, 8, 0, 3, 9];

    #[test]
    fn a_position_can_be_set_and_looking_elsewhere_does_not_move_it() {
        let mut straight = batches(10, 3, 5);
        let all: Vec<Batch> = (0..9).map(|_| straight.next_batch()).collect();
        let mut jumping = batches(10, 3, 5);
        jumping.seek(4);
        assert_eq!(jumping.next_batch(), all[4]);
        assert_eq!(jumping.batch_at(0), all[0]);
        assert_eq!(jumping.next_batch(), all[5]);
        assert_eq!(jumping.steps_per_epoch(), 3);
        assert_eq!(jumping.epoch_of(8), 2);
    }

    #[test]
    fn a_batch_that_no_epoch_can_fill_is_refused() {
        for batch in [0, 11] {
            let error = Batches::new(Arc::new(numbered(10, 1)), batch, 1).unwrap_err();
            assert_eq!(
                error.to_string(),
                format!("a batch of {batch} images cannot be filled from 10 training images; allowed are 1 to 10")
            );
        }
    }

    proptest! {
        #[test]
        fn every_epoch_is_a_permutation(train in 1_usize..250, seed: u64, epoch in 0_usize..1000) {
            let mut order = order_of(train, seed, epoch);
            order.sort_unstable();
            prop_assert!(order.into_iter().map(|index| index as usize).eq(0..train));
        }

        #[test]
        fn no_image_appears_twice_in_the_full_batches_of_an_epoch(
            (train, batch) in (1_usize..200).prop_flat_map(|train| (Just(train), 1..=train)),
            seed: u64,
        ) {
            let mut batches = batches(train, batch, seed);
            let mut seen = vec![false; train];
            for _ in 0..batches.steps_per_epoch() {
                let labels = batches.next_batch().labels;
                prop_assert_eq!(labels.len(), batch);
                for label in labels {
                    prop_assert!(!std::mem::replace(&mut seen[label], true));
                }
            }
        }
    }
}
