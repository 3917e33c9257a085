//! One's own pictures beside the validation images: read from a file or drawn, and never learned from.
//!
//! They have the places after the last validation image, so that whatever looks at one of those can look at them. A place is never
//! used again, so that no picture is taken for another.

use std::sync::{Arc, PoisonError, RwLock};

/// One's own pictures; those that were replaced or forgotten leave their places empty.
#[derive(Clone, Debug, Default)]
pub(super) struct OwnPictures(Arc<RwLock<Vec<Option<Picture>>>>);

/// `[channel, height, width]`
type Picture = Arc<[u8]>;

/// How many are kept; then the oldest is forgotten.
const MOST: usize = 24;

impl OwnPictures {
    /// Puts a picture at a new place, in place of the one at another if one is named.
    pub(super) fn add(&self, pixels: &[u8], instead_of: Option<usize>) -> usize {
        let mut own = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(replaced) = instead_of.and_then(|place| own.get_mut(place)) {
            *replaced = None;
        }
        if own.iter().flatten().count() >= MOST
            && let Some(oldest) = own.iter_mut().find(|picture| picture.is_some())
        {
            *oldest = None;
        }
        own.push(Some(pixels.into()));
        own.len() - 1
    }

    /// The places that are not empty, ascending.
    pub(super) fn places(&self) -> Vec<usize> {
        let own = self.0.read().unwrap_or_else(PoisonError::into_inner);
        own.iter().enumerate().filter_map(|(place, picture)| picture.as_ref().map(|_| place)).collect()
    }

    /// The picture at a place.
    pub(super) fn at(&self, place: usize) -> Option<Arc<[u8]>> {
        let own = self.0.read().unwrap_or_else(PoisonError::into_inner);
        own.get(place)?.clone()
    }
}
