//! Rows that several threads write at once, each its own columns.

use std::ops::Range;

/// Cuts equally long rows at the same columns: for each of `parts`, which lie one after the other from the start on,
/// its piece of every row.
pub(super) fn split_columns<'a>(
    rows: impl IntoIterator<Item = &'a mut [f32]>,
    parts: &[Range<usize>],
) -> Vec<Vec<&'a mut [f32]>> {
    let mut pieces: Vec<Vec<_>> = parts.iter().map(|_| Vec::new()).collect();
    for mut rest in rows {
        for (part, pieces) in parts.iter().zip(&mut pieces) {
            let piece;
            (piece, rest) = rest.split_at_mut(part.len());
            pieces.push(piece);
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_has_its_columns_of_every_row() {
        let mut numbers = [0.0, 1.0, 2.0, 3.0, 4.0, 10.0, 11.0, 12.0, 13.0, 14.0];
        let parts = split_columns(numbers.chunks_exact_mut(5), &[0..2, 2..3, 3..5]);
        assert_eq!(parts, [[&[0.0, 1.0][..], &[10.0, 11.0]], [&[2.0], &[12.0]], [&[3.0, 4.0], &[13.0, 14.0]]]);
    }
}
