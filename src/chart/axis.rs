//! Axes: what is measured along them, and how its values are written.

use crate::arch::Part;
use crate::text::number;

/// One axis of a panel.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// What is measured along it, with its unit: `Channels`, `Time per step (ms)`.
    pub label: String,
    /// Linear, or powers of ten.
    pub scale: Scale,
    /// What stands along it.
    pub ticks: Ticks,
    /// Ends that do not follow from the data. On a logarithmic axis both are above zero.
    pub range: Option<[f64; 2]>,
    /// Whether zero belongs to it even where no value is near: lengths of bars are seen from zero.
    pub from_zero: bool,
}

impl Axis {
    /// A linear axis of numbers.
    pub fn numbers(label: impl Into<String>, format: Format) -> Self {
        Self::along(label, Ticks::Numbers(format))
    }

    /// A linear axis along which that stands.
    pub fn along(label: impl Into<String>, ticks: Ticks) -> Self {
        Self { label: label.into(), scale: Scale::Linear, ticks, range: None, from_zero: false }
    }

    /// The same axis in powers of ten.
    pub fn logarithmic(self) -> Self {
        Self { scale: Scale::Log, ..self }
    }

    /// The same axis with zero on it.
    pub fn with_zero(self) -> Self {
        Self { from_zero: true, ..self }
    }

    /// The same axis with these ends.
    pub fn between(self, low: f64, high: f64) -> Self {
        Self { range: Some([low, high]), ..self }
    }
}

/// How values become places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Equal steps are equal differences.
    Linear,
    /// Equal steps are equal ratios; zero and less have no place.
    Log,
}

impl Scale {
    /// The place of a value, in any unit: the value itself or its decimal logarithm; nothing for what cannot be placed.
    pub fn place(self, value: f64) -> Option<f64> {
        let place = match self {
            Self::Linear => value,
            Self::Log if value > 0.0 => value.log10(),
            Self::Log => return None,
        };
        place.is_finite().then_some(place)
    }

    /// The value at a place.
    pub fn value(self, place: f64) -> f64 {
        match self {
            Self::Linear => place,
            Self::Log => 10_f64.powf(place),
        }
    }
}

/// What stands along an axis.
#[derive(Clone, Debug, PartialEq)]
pub enum Ticks {
    /// Numbers, at round places that the painter chooses.
    Numbers(Format),
    /// Rows of the architecture at 0, 1, 2, …; hovering one means the same row in every figure. With the words that fit a narrow place.
    Parts(Vec<(Part, String)>),
    /// Names at 0, 1, 2, …
    Names(Vec<String>),
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A whole number with thousands apart.
    Integer,
    /// Three to four digits that mean something.
    Significant,
    /// A share as percent.
    Percent,
    /// A large count: `14.8 M`.
    Compact,
    /// Bytes: `1.2 MB`.
    Bytes,
}

impl Format {
    /// The value in words, exact enough to be quoted.
    pub fn write(self, value: f64) -> String {
        match self {
            Self::Integer if value.abs() < 1e15 => {
                let sign = if value <= -0.5 { "−" } else { "" };
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "its size was just checked"
                )]
                let digits = number::grouped(value.abs().round() as u64);
                format!("{sign}{digits}")
            }
            Self::Integer | Self::Significant => number::significant(value, 4),
            Self::Percent => number::percent(value),
            Self::Compact => number::compact(value),
            Self::Bytes => number::bytes(value),
        }
    }

    /// The value beside a tick, as short as it can be.
    pub fn write_tick(self, value: f64) -> String {
        match self {
            Self::Significant => {
                let text = number::significant(value, 3);
                let (digits, exponent) = text.split_once('e').map_or((text.as_str(), None), |(d, e)| (d, Some(e)));
                let digits =
                    if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { digits };
                exponent.map_or_else(|| digits.to_owned(), |exponent| format!("{digits}e{exponent}"))
            }
            Self::Percent => format!("{} %", (value * 1000.0).round() / 10.0),
            Self::Integer | Self::Compact | Self::Bytes => self.write(value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_for_people() {
        assert_eq!(Format::Integer.write(46_362.0), "46,362");
        assert_eq!(Format::Integer.write(-3.0), "−3");
        assert_eq!(Format::Significant.write(0.012_345_6), "0.01235");
        assert_eq!(Format::Significant.write_tick(0.5), "0.5");
        assert_eq!(Format::Significant.write_tick(1e-7), "1e-7");
        assert_eq!(Format::Significant.write_tick(100.0), "100");
        assert_eq!(Format::Percent.write(0.867), "86.7 %");
        assert_eq!(Format::Percent.write_tick(0.5), "50 %");
        assert_eq!(Format::Compact.write(14_771_160.0), "14.8 M");
    }

    #[test]
    fn zero_has_no_place_among_powers_of_ten() {
        assert_eq!(Scale::Log.place(0.0), None);
        assert_eq!(Scale::Log.place(1000.0), Some(3.0));
        assert_eq!(Scale::Linear.place(f64::NAN), None);
        assert_eq!(Scale::Log.value(2.0), 100.0);
    }
}
