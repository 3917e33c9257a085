//! A sum in digits: terms and their sum in the same decimals, so rounded that what is written adds up.

/// Terms and their sum as they are written, with signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenSum {
    /// Each with its sign: `+0.123`, `−0.020`.
    pub terms: Vec<String>,
    /// With a sign only where it is below zero.
    pub sum: String,
}

/// Digits that mean something in the largest number.
const DIGITS: i32 = 3;

/// Writes terms and their sum. Each term is off by less than one in its last place, so that the written terms add up to the written sum exactly; the
/// sum is the number itself, rounded. What is not finite is written as it is.
pub fn written_sum(terms: &[f64], sum: f64) -> WrittenSum {
    let largest = terms.iter().copied().chain([sum]).map(f64::abs).fold(0.0, f64::max);
    if !(largest.is_finite() && sum.is_finite() && largest < 1e12) {
        return WrittenSum { terms: terms.iter().map(|term| format!("{term:+}")).collect(), sum: sum.to_string() };
    }
    #[expect(clippy::cast_possible_truncation, reason = "the exponent of a finite number")]
    let exponent = if largest > 0.0 { largest.log10().floor() as i32 } else { 0 };
    let decimals = (DIGITS - 1 - exponent).clamp(0, 9);
    let unit = 10_f64.powi(-decimals);
    #[expect(clippy::cast_possible_truncation, reason = "no number has more than twelve digits")]
    let whole = |value: f64| value as i64;
    let mut units: Vec<i64> = terms.iter().map(|term| whole((term / unit).floor())).collect();
    let target = whole((sum / unit).round());
    // Those that lost most by rounding down are rounded up, as many as it takes.
    let mut order: Vec<usize> = (0..terms.len()).collect();
    let lost = |index: usize| terms[index] / unit - (terms[index] / unit).floor();
    order.sort_by(|a, b| lost(*b).total_cmp(&lost(*a)));
    let missing = target - units.iter().sum::<i64>();
    let rounded_up = usize::try_from(missing).unwrap_or(0);
    for index in order.iter().take(rounded_up) {
        units[*index] += 1;
    }
    // Single precision may have rounded the sum itself: the largest term takes what is left.
    let left = target - units.iter().sum::<i64>();
    if let Some(index) = (0..terms.len()).max_by(|a, b| terms[*a].abs().total_cmp(&terms[*b].abs())) {
        units[index] += left;
    }
    let write = |units: i64, plus: &str| {
        let (sign, digits) = (if units < 0 { "−" } else { plus }, units.unsigned_abs());
        let places = usize::try_from(decimals).unwrap_or(0);
        let base = 10_u64.pow(decimals.unsigned_abs());
        if places == 0 {
            format!("{sign}{digits}")
        } else {
            format!("{sign}{}.{:0places$}", digits / base, digits % base)
        }
    };
    WrittenSum { terms: units.iter().map(|units| write(*units, "+")).collect(), sum: write(target, "") }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A written number in units of its last place.
    fn units(written: &str) -> i64 {
        written.replace('−', "-").replace(['+', '.'], "").parse().unwrap()
    }

    #[test]
    fn thirds_add_up_to_one() {
        let written = written_sum(&[1.0 / 3.0; 3], 1.0);
        assert_eq!(written.sum, "1.00");
        let mut terms = written.terms;
        terms.sort();
        assert_eq!(terms, ["+0.33", "+0.33", "+0.34"]);
        assert_eq!(written_sum(&[-0.5, 0.25], -0.25).terms, ["−0.500", "+0.250"]);
        assert_eq!(written_sum(&[], 0.0), WrittenSum { terms: Vec::new(), sum: "0.00".to_owned() });
        assert_eq!(written_sum(&[f64::NAN], f64::NAN).sum, "NaN");
    }

    proptest! {
        #[test]
        fn written_terms_add_up_and_are_near_the_true_ones(terms in prop::collection::vec(-50.0_f64..50.0, 1..40)) {
            let sum: f64 = terms.iter().sum();
            let written = written_sum(&terms, sum);
            prop_assert_eq!(written.terms.iter().map(|term| units(term)).sum::<i64>(), units(&written.sum));
            for (term, words) in terms.iter().zip(&written.terms) {
                let decimals = words.split('.').nth(1).map_or(0, str::len);
                let value: f64 = words.replace('−', "-").parse().unwrap();
                prop_assert!((value - term).abs() <= 1.01 * 10_f64.powi(-i32::try_from(decimals).unwrap()), "{} as {}", term, words);
            }
        }
    }
}
