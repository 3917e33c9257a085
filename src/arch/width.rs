//! The width w of the baseline networks, in quarters of a channel.
//!
//! A quarter is fine enough to match the DenseNet's costs within a percent or so, and it is exact, so that
//! the channels of every block follow in integers: block b has round-half-up(w·2^(b−1)).

use std::fmt;

/// The baseline's width, a positive multiple of a quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Width {
    quarters: u32,
}

/// A number that is no width.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("{0} is no width; allowed: a number from 1 to {max} in steps of 0.25", max = Width::MAX.as_number())]
pub struct InvalidWidth(pub f64);

impl Width {
    /// One channel, the narrowest.
    pub const MIN: Self = Self { quarters: 4 };
    /// The widest that is accepted from outside.
    pub const MAX: Self = Self { quarters: 4 * 1024 };

    /// The width of that many quarters of a channel; none below [`Width::MIN`].
    pub const fn from_quarters(quarters: u32) -> Option<Self> {
        if quarters < Self::MIN.quarters { None } else { Some(Self { quarters }) }
    }

    /// The width a person wrote.
    ///
    /// # Errors
    ///
    /// When it is no multiple of a quarter from [`Width::MIN`] to [`Width::MAX`].
    pub fn from_number(number: f64) -> Result<Self, InvalidWidth> {
        let quarters = number * 4.0;
        if quarters.fract() == 0.0
            && (f64::from(Self::MIN.quarters)..=f64::from(Self::MAX.quarters)).contains(&quarters)
        {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "in range and whole, as just checked"
            )]
            return Ok(Self { quarters: quarters as u32 });
        }
        Err(InvalidWidth(number))
    }

    /// Quarters of a channel.
    pub const fn quarters(self) -> u32 {
        self.quarters
    }

    /// The width as a number of channels, 5.5 for twenty-two quarters.
    pub const fn as_number(self) -> f64 {
        self.quarters as f64 / 4.0
    }

    /// Channels of block `block`, counted from 1: round-half-up(w·2^(block−1)).
    pub const fn channels(self, block: usize) -> usize {
        (((self.quarters as usize) << (block - 1)) + 2) / 4
    }
}

impl fmt::Display for Width {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.as_number())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channels_double_from_block_to_block_and_halves_round_up() {
        let channels = |number| [1, 2, 3].map(|block| Width::from_number(number).unwrap().channels(block));
        assert_eq!(channels(5.5), [6, 11, 22]);
        assert_eq!(channels(9.25), [9, 19, 37]);
        assert_eq!(channels(4.0), [4, 8, 16]);
    }

    #[test]
    fn a_width_off_the_quarters_or_out_of_range_is_refused() {
        for number in [0.0, 0.75, -4.0, 5.3, 1024.25, f64::NAN, f64::INFINITY] {
            let message = Width::from_number(number).unwrap_err().to_string();
            assert!(message.contains("from 1 to 1024 in steps of 0.25"), "{message}");
        }
    }
}
