//! What was typed, as a whole number: digits, or a calculation such as `16 + 8·(3 − 1)`, as any keyboard writes them.

/// Why something that was typed is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Nothing was typed.
    Nothing,
    /// It is neither a number nor a calculation.
    NoNumber,
    /// It is below zero.
    Negative,
    /// It is no whole number.
    NotWhole,
    /// It is far above any count.
    TooLarge,
}

/// More digits than any count has, fewer than a number has room for.
const MOST_DIGITS: usize = 18;

/// The least number of more digits.
const LARGEST: u128 = 10_u128.pow(18);

/// More brackets in brackets than anybody needs.
const DEEPEST: usize = 32;

/// The number that was typed, or that follows from what was typed.
pub(super) fn read(typed: &str) -> Result<u64, Unreadable> {
    let letters: Vec<char> = typed.chars().filter(|letter| !letter.is_whitespace()).map(narrow).collect();
    if letters.is_empty() {
        return Err(Unreadable::Nothing);
    }
    let mut reader = Reader { rest: &letters, depth: 0 };
    let value = reader.sum()?;
    if !reader.rest.is_empty() {
        return Err(Unreadable::NoNumber);
    }
    u64::try_from(value).map_err(|_| if value < 0 { Unreadable::Negative } else { Unreadable::TooLarge })
}

/// What is still to be read.
struct Reader<'a> {
    rest: &'a [char],
    depth: usize,
}

impl Reader<'_> {
    /// Takes one of these signs.
    fn take(&mut self, signs: &[char]) -> bool {
        let found = self.rest.first().is_some_and(|letter| signs.contains(letter));
        self.rest = &self.rest[usize::from(found)..];
        found
    }

    fn sum(&mut self) -> Result<i128, Unreadable> {
        let mut sum = self.product()?;
        loop {
            let next = if self.take(&['+']) {
                self.product()?
            } else if self.take(&['-', '−']) {
                -self.product()?
            } else {
                return Ok(sum);
            };
            sum = checked(sum.checked_add(next))?;
        }
    }

    fn product(&mut self) -> Result<i128, Unreadable> {
        let mut product = self.factor()?;
        while self.take(&['*', '·', '×', '⋅', '∙', '•', '✕', 'x', 'X']) {
            product = checked(product.checked_mul(self.factor()?))?;
        }
        Ok(product)
    }

    fn factor(&mut self) -> Result<i128, Unreadable> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Unreadable::NoNumber);
        }
        let value = if self.take(&['+']) {
            self.factor()?
        } else if self.take(&['-', '−']) {
            -self.factor()?
        } else if self.take(&['(']) {
            let inside = self.sum()?;
            if !self.take(&[')']) {
                return Err(Unreadable::NoNumber);
            }
            inside
        } else {
            self.digits()?
        };
        self.depth -= 1;
        Ok(value)
    }

    /// Digits, thousands apart or not.
    fn digits(&mut self) -> Result<i128, Unreadable> {
        let belongs = |letter: &char| letter.is_ascii_digit() || [',', '\'', '’', '.'].contains(letter);
        let length = self.rest.iter().take_while(|letter| belongs(letter)).count();
        let written: String = self.rest[..length].iter().collect();
        self.rest = &self.rest[length..];
        let is_digits = |piece: &str| !piece.is_empty() && piece.bytes().all(|digit| digit.is_ascii_digit());
        let groups: Vec<&str> = written.split([',', '\'', '’']).collect();
        let grouped = groups.len() == 1 || groups[1..].iter().all(|group| group.len() == 3);
        if !(grouped && groups.iter().copied().all(is_digits)) {
            let mut halves = written.splitn(2, ['.', ',']);
            let whole = halves.next().unwrap_or_default();
            let fraction = halves.next().is_some_and(is_digits) && (whole.is_empty() || is_digits(whole));
            return Err(if fraction { Unreadable::NotWhole } else { Unreadable::NoNumber });
        }
        let digits = groups.concat();
        let digits = digits.trim_start_matches('0');
        match digits.len() {
            0 => Ok(0),
            1..=MOST_DIGITS => digits.parse().map_err(|_| Unreadable::NoNumber),
            _ => Err(Unreadable::TooLarge),
        }
    }
}

/// A number that has no more digits than are looked at.
fn checked(value: Option<i128>) -> Result<i128, Unreadable> {
    value.filter(|value| value.unsigned_abs() < LARGEST).ok_or(Unreadable::TooLarge)
}

/// A wide digit or sign of a Chinese keyboard as the narrow one.
fn narrow(letter: char) -> char {
    match letter {
        '！'..='～' => {
            char::from_u32(letter as u32 - 0xfee0).expect("wide signs stand in the order of the narrow ones")
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_calculation_gives_its_value() {
        for (typed, value) in [
            ("36*2 + 36·32", 1224),
            ("16 + 8×(3−1)", 32),
            ("（16＋8＊2）", 32),
            ("2x3x4", 24),
            ("10-2-3", 5),
            ("-2·-3", 6),
            ("1,000+24", 1024),
            ("((((5))))", 5),
            ("2·(3+4)·5", 70),
        ] {
            assert_eq!(read(typed), Ok(value), "{typed}");
        }
    }

    #[test]
    fn what_is_no_calculation_is_told_as_what_it_is() {
        let deep = "(".repeat(100_000);
        for (typed, why) in [
            ("16 +", Unreadable::NoNumber),
            ("(16", Unreadable::NoNumber),
            ("16)", Unreadable::NoNumber),
            ("2(3)", Unreadable::NoNumber),
            ("8·k", Unreadable::NoNumber),
            ("8/2", Unreadable::NoNumber),
            ("2 - 3", Unreadable::Negative),
            ("2·1.5", Unreadable::NotWhole),
            ("999999999·999999999·999999999", Unreadable::TooLarge),
            (deep.as_str(), Unreadable::NoNumber),
        ] {
            assert_eq!(read(typed), Err(why), "{}", &typed[..typed.len().min(40)]);
        }
    }
}
