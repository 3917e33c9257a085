//! Rows that several threads write at once, each its own columns.

use std::marker::PhantomData;
use std::ops::Range;

/// Equally long rows, one after the other, that can be written piece by piece from several threads.
#[derive(Clone, Copy)]
pub(super) struct SharedRows<'a> {
    start: *mut f32,
    stride: usize,
    rows: usize,
    whole: PhantomData<&'a mut [f32]>,
}

// SAFETY: a handle is an address and two lengths; writing through it is `unsafe` and asks for disjoint pieces.
unsafe impl Send for SharedRows<'_> {}
// SAFETY: as above.
unsafe impl Sync for SharedRows<'_> {}

impl<'a> SharedRows<'a> {
    /// The rows of `stride` numbers that make up `whole`.
    pub(super) fn new(whole: &'a mut [f32], stride: usize) -> Self {
        debug_assert_eq!(whole.len() % stride, 0, "rows are equally long");
        Self { rows: whole.len() / stride, start: whole.as_mut_ptr(), stride, whole: PhantomData }
    }

    /// The numbers at `columns` of one row.
    ///
    /// # Safety
    ///
    /// No other slice of this memory that overlaps this one may be alive, in any thread.
    pub(super) unsafe fn piece(&self, row: usize, columns: Range<usize>) -> &'a mut [f32] {
        assert!(row < self.rows && columns.start <= columns.end && columns.end <= self.stride, "outside the rows");
        // SAFETY: inside the memory borrowed for 'a, as just checked; the caller keeps the pieces disjoint.
        unsafe { std::slice::from_raw_parts_mut(self.start.add(row * self.stride + columns.start), columns.len()) }
    }
}
