//! Numbers as people read them: thousands apart, as many digits as mean something, and a unit.

/// A whole number with thousands apart: `46,362`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A count in three digits and a letter: `950`, `46.4 k`, `14.8 M`, `2.83 G`.
pub fn compact(number: f64) -> String {
    with_prefix(number, &["", " k", " M", " G", " T", " P"], 1000.0)
}

/// Bytes in three digits: `950 B`, `46.4 KB`, `14.8 MB`.
pub fn bytes(number: f64) -> String {
    with_prefix(number, &[" B", " KB", " MB", " GB", " TB", " PB"], 1000.0)
}

fn with_prefix(number: f64, prefixes: &[&str], base: f64) -> String {
    let mut scaled = number;
    let mut prefix = 0;
    while scaled.abs() >= base * 0.9995 && prefix + 1 < prefixes.len() {
        scaled /= base;
        prefix += 1;
    }
    let number = if prefix == 0 && scaled.fract() == 0.0 { format!("{scaled}") } else { significant(scaled, 3) };
    format!("{number}{}", prefixes[prefix])
}

/// That many significant digits, in plain notation where it is short and as `1.23e-7` where it is not.
pub fn significant(number: f64, digits: usize) -> String {
    if number == 0.0 || !number.is_finite() {
        return format!("{number}");
    }
    let scientific = format!("{number:.*e}", digits.saturating_sub(1));
    let exponent: i32 = scientific.rsplit('e').next().and_then(|text| text.parse().ok()).unwrap_or(0);
    if (-4..=6).contains(&exponent) {
        let decimals = usize::try_from(i32::try_from(digits).unwrap_or(i32::MAX) - 1 - exponent).unwrap_or(0);
        format!("{number:.decimals$}")
    } else {
        scientific
    }
}

/// A share as percent with one decimal: `86.7 %`.
pub fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_they_should() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_000), "1,000");
        assert_eq!(grouped(14_771_160), "14,771,160");
        assert_eq!(compact(950.0), "950");
        assert_eq!(compact(46_362.0), "46.4 k");
        assert_eq!(compact(999_999.0), "1.00 M");
        assert_eq!(bytes(4_096.0), "4.10 KB");
        assert_eq!(significant(0.000_012_345, 3), "1.23e-5");
        assert_eq!(significant(0.012_345, 3), "0.0123");
        assert_eq!(significant(1234.6, 3), "1235");
        assert_eq!(significant(f64::NAN, 3), "NaN");
        assert_eq!(percent(0.8669), "86.7 %");
    }
}
