//! Values that a picture leaves out, said beside it: those that vanished apart from those that exploded.

use crate::text::Text;
use crate::text::number::grouped;

/// Values that have no place in a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Absent {
    /// Zero, which has no place among powers of ten.
    pub(super) zero: usize,
    /// Infinite, or no number at all.
    pub(super) not_finite: usize,
}

impl Absent {
    /// Those among the values of a logarithmic scale.
    pub(super) fn among(values: impl IntoIterator<Item = f64>) -> Self {
        let mut absent = Self::default();
        for value in values {
            if !value.is_finite() {
                absent.not_finite += 1;
            } else if value <= 0.0 {
                absent.zero += 1;
            }
        }
        absent
    }

    /// One sentence for each kind that there is.
    pub(super) fn notes(self, network: &str, text: &Text) -> Vec<String> {
        [(self.zero, "figure.zero"), (self.not_finite, "figure.not_finite")]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, key)| text.fill(key, &[("network", &network), ("count", &grouped(count as u64))]))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn what_vanished_and_what_exploded_are_counted_apart() {
        let absent = Absent::among([1.0, 0.0, f64::NAN, f64::INFINITY, 2.0, 0.0, 0.0]);
        assert_eq!(absent, Absent { zero: 3, not_finite: 2 });
        let text = Text::of(Language::English);
        let notes = absent.notes("ResNet", text);
        assert!(notes.len() == 2 && notes[0].contains('3') && notes[1].contains('2'), "{notes:?}");
        assert!(Absent::among([1.0]).notes("ResNet", text).is_empty());
    }
}
