//! What is said of an answer. Whatever was typed has one; nothing that can be typed is an error.

use std::cmp::Ordering;

use super::question::Question;
use super::words::Words;

/// Why something that was typed is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Nothing was typed.
    Nothing,
    /// It is no number.
    NoNumber,
    /// It is below zero.
    Negative,
    /// It is no whole number.
    NotWhole,
    /// It is far above any count.
    TooLarge,
}

/// How far an answer is from the right one. Told in steps, since the difference itself would be the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Apart {
    /// By a tenth at most.
    Close,
    /// By more than that, and less than twice or half as much.
    Off,
    /// Twice as much, or half, or beyond.
    Far,
}

/// What is said of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is the number.
    Right,
    /// It is a mistake that is known, and this is why it is off.
    Mistake(Words),
    /// It is above the number, by so much.
    TooHigh {
        /// The difference.
        by: u64,
        /// The same in steps.
        apart: Apart,
    },
    /// It is below the number, by so much.
    TooLow {
        /// The difference.
        by: u64,
        /// The same in steps.
        apart: Apart,
    },
    /// It is no answer.
    Unreadable(Unreadable),
}

impl Question {
    /// What is to be said of what was typed.
    pub fn judge(&self, typed: &str) -> Verdict {
        let value = match read(typed) {
            Ok(value) => value,
            Err(why) => return Verdict::Unreadable(why),
        };
        if let Some(mistake) = self.mistakes.iter().find(|mistake| mistake.value == value) {
            return Verdict::Mistake(mistake.why.clone());
        }
        let by = value.abs_diff(self.answer);
        let (less, more) = (value.min(self.answer), value.max(self.answer));
        let apart = if more / 2 >= less {
            Apart::Far
        } else if by <= self.answer / 10 {
            Apart::Close
        } else {
            Apart::Off
        };
        match value.cmp(&self.answer) {
            Ordering::Equal => Verdict::Right,
            Ordering::Greater => Verdict::TooHigh { by, apart },
            Ordering::Less => Verdict::TooLow { by, apart },
        }
    }
}

/// The number that was typed: digits, thousands apart or not, as a keyboard for Chinese writes them or any other.
fn read(typed: &str) -> Result<u64, Unreadable> {
    /// The most digits that are looked at: more than any count has, fewer than a number has room for.
    const MOST_DIGITS: usize = 18;
    let typed: String = typed.chars().filter(|letter| !letter.is_whitespace()).map(narrow).collect();
    if typed.is_empty() {
        return Err(Unreadable::Nothing);
    }
    let (negative, digits) = match typed.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, typed.strip_prefix('+').unwrap_or(&typed)),
    };
    let is_digits = |piece: &str| !piece.is_empty() && piece.bytes().all(|digit| digit.is_ascii_digit());
    let groups: Vec<&str> = digits.split([',', '\'', '’']).collect();
    let grouped = groups.len() == 1 || groups[1..].iter().all(|group| group.len() == 3);
    if !(grouped && groups.iter().copied().all(is_digits)) {
        let mut halves = digits.splitn(2, ['.', ',']);
        let whole = halves.next().unwrap_or_default();
        let fraction = halves.next().is_some_and(is_digits) && (whole.is_empty() || is_digits(whole));
        return Err(if fraction { Unreadable::NotWhole } else { Unreadable::NoNumber });
    }
    let digits = groups.concat();
    let digits = digits.trim_start_matches('0');
    if negative && !digits.is_empty() {
        return Err(Unreadable::Negative);
    }
    if digits.len() > MOST_DIGITS {
        return Err(Unreadable::TooLarge);
    }
    if digits.is_empty() { Ok(0) } else { digits.parse().map_err(|_| Unreadable::NoNumber) }
}

/// A wide digit or sign of a Chinese keyboard as the narrow one.
fn narrow(letter: char) -> char {
    match letter {
        '０'..='９' | '＋' | '－' | '．' | '，' => {
            char::from_u32(letter as u32 - 0xfee0).expect("wide signs stand in the order of the narrow ones")
        }
        other => other,
    }
}
