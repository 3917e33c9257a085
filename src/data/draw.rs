//! Which images are used when there are more than are asked for.

use rand::seq::SliceRandom;

use super::rng::{Purpose, generator};

/// The indices of `asked` images, ascending: drawn by the seed, evenly over the classes as far as they go.
///
/// Every class gives the same number; what a small class lacks the others give in turn. All of them in their order if all are
/// asked for.
pub(super) fn evenly(labels: &[u16], asked: usize, seed: u64, purpose: Purpose) -> Vec<usize> {
    if asked >= labels.len() {
        return (0..labels.len()).collect();
    }
    let classes = labels.iter().max().map_or(0, |&label| usize::from(label) + 1);
    let mut members = vec![Vec::new(); classes];
    for (index, &label) in labels.iter().enumerate() {
        members[usize::from(label)].push(index);
    }
    for (class, members) in members.iter_mut().enumerate() {
        members.shuffle(&mut generator(seed, purpose, class));
    }
    let mut chosen = Vec::with_capacity(asked);
    let mut round = 0;
    while chosen.len() < asked {
        let left = asked - chosen.len();
        chosen.extend(members.iter().filter_map(|members| members.get(round)).take(left));
        round += 1;
    }
    chosen.sort_unstable();
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn images_sorted_by_class_give_every_class_its_share() {
        let labels: Vec<u16> = (0..10).flat_map(|class| [class; 100]).collect();
        let chosen = evenly(&labels, 100, 1, Purpose::TrainingImages);
        for class in 0..10 {
            assert_eq!(chosen.iter().filter(|&&index| labels[index] == class).count(), 10);
        }
        assert_ne!(chosen, evenly(&labels, 100, 2, Purpose::TrainingImages));
    }

    #[test]
    fn what_a_small_class_lacks_the_others_give() {
        let labels = [0, 0, 0, 0, 0, 1];
        let chosen = evenly(&labels, 4, 1, Purpose::TrainingImages);
        assert_eq!(chosen.len(), 4);
        assert!(chosen.contains(&5));
    }

    proptest! {
        #[test]
        fn as_many_as_asked_for_are_drawn_and_none_twice(
            labels in proptest::collection::vec(0_u16..5, 1..80), asked in 0_usize..90, seed: u64,
        ) {
            let chosen = evenly(&labels, asked, seed, Purpose::TrainingImages);
            prop_assert_eq!(chosen.len(), asked.min(labels.len()));
            prop_assert!(chosen.windows(2).all(|pair| pair[0] < pair[1]));
        }
    }
}
