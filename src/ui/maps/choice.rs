//! Which validation images the strip offers: all, or those about which there is something to learn.

use std::sync::Arc;

use crate::arch::NetworkKind;
use crate::data::DataSet;
use crate::state::Run;

/// A choice of images.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Filter {
    /// Every image.
    #[default]
    All,
    /// Those that at least one network takes for another class.
    Wrong,
    /// Those that the networks take for different classes.
    Differ,
}

impl Filter {
    /// Every choice in the order in which it is offered.
    pub(super) const ALL: [Self; 3] = [Self::All, Self::Wrong, Self::Differ];

    /// The key of its name.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::All => "maps.filter.all",
            Self::Wrong => "maps.filter.wrong",
            Self::Differ => "maps.filter.differ",
        }
    }

    fn offers(self, label: usize, taken: &[Option<usize>]) -> bool {
        match self {
            Self::All => true,
            Self::Wrong => taken.iter().any(|class| *class != Some(label)),
            Self::Differ => taken.windows(2).any(|pair| pair[0] != pair[1]),
        }
    }
}

/// What each network that has validated takes an image for, in the order in which they reported.
pub(super) fn taken_for(run: &Run, image: usize) -> impl Iterator<Item = (NetworkKind, Option<usize>)> {
    let kinds = run.plan.networks.iter().map(|network| network.kind);
    let of = move |kind| {
        let (_, _, classes) = run.predictions.iter().find(|(of, ..)| *of == kind)?;
        Some((kind, *classes.get(image)?))
    };
    kinds.filter_map(of)
}

/// The images that are offered.
#[derive(Default)]
pub(super) struct Offered {
    pub(super) filter: Filter,
    /// What the list was made of.
    made_of: Option<(Filter, u64, Option<Arc<DataSet>>)>,
    /// Validation images, and after them one's own pictures.
    list: Vec<usize>,
}

impl Offered {
    /// Looks again which images are offered, if that may have changed.
    pub(super) fn refresh(&mut self, run: &Run, images: &Arc<DataSet>) {
        let same = self.made_of.as_ref().is_some_and(|(filter, glanced, of)| {
            let same_images = of.as_ref().is_some_and(|of| Arc::ptr_eq(of, images));
            *filter == self.filter && (*glanced == run.glanced || *filter == Filter::All) && same_images
        });
        let own = images.own_pictures();
        let listed = self.list.partition_point(|image| *image < images.validation.len());
        if same && self.list[listed..] != own {
            self.list.truncate(listed);
            self.list.extend(&own);
        }
        if !same {
            let filter = self.filter;
            self.made_of = Some((filter, run.glanced, Some(Arc::clone(images))));
            let offers = |image: &usize| {
                let taken: Vec<Option<usize>> = taken_for(run, *image).map(|(_, class)| class).collect();
                filter.offers(images.validation.label(*image), &taken)
            };
            self.list = (0..images.validation.len()).filter(offers).chain(own).collect();
        }
    }

    /// The images that are offered, in their order.
    pub(super) fn list(&self) -> &[usize] {
        &self.list
    }

    /// The offered image so many further than that one, around the ends.
    pub(super) fn next(&self, from: usize, by: isize) -> Option<usize> {
        let count = self.list.len().cast_signed();
        if count == 0 {
            return None;
        }
        let here = match self.list.binary_search(&from) {
            Ok(here) => here.cast_signed(),
            // From between two, forward is the upper one.
            Err(above) => above.cast_signed() - isize::from(by > 0),
        };
        self.list.get((here + by).rem_euclid(count).cast_unsigned()).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_are_offered_by_what_networks_take_them_for() {
        for (taken, offered) in [
            (&[][..], [true, false, false]),
            (&[Some(3), Some(3)], [true, false, false]),
            (&[Some(3), Some(4)], [true, true, true]),
            (&[Some(4), Some(4)], [true, true, false]),
            (&[Some(3), None], [true, true, true]),
        ] {
            assert_eq!(Filter::ALL.map(|filter| filter.offers(3, taken)), offered, "{taken:?}");
        }
    }

    #[test]
    fn the_next_image_is_the_next_that_is_offered_around_the_ends() {
        let offered = Offered { list: vec![2, 5, 9], ..Offered::default() };
        for (from, by, to) in
            [(5, 1, 9), (9, 1, 2), (2, -1, 9), (5, -1, 2), (6, 1, 9), (6, -1, 5), (0, -1, 9), (0, 1, 2)]
        {
            assert_eq!(offered.next(from, by), Some(to), "{from} {by}");
        }
        assert_eq!(Offered::default().next(3, 1), None);
    }
}
