//! Round places along an axis of numbers, and what stands there.

use crate::chart::{Format, Scale};

/// A place with its label.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tick {
    pub(super) place: f64,
    pub(super) label: String,
}

/// Places with labels, and places between them with a finer line.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Ticks {
    pub(super) major: Vec<Tick>,
    pub(super) minor: Vec<f64>,
}

/// Ticks between two places, as many as `fits` agrees to; it is asked with fewer and fewer.
pub(super) fn numbers(scale: Scale, format: Format, [low, high]: [f64; 2], fits: &dyn Fn(&[Tick]) -> bool) -> Ticks {
    match scale {
        Scale::Linear => linear(format, low, high, fits),
        Scale::Log => powers(format, low, high, fits),
    }
}

fn linear(format: Format, low: f64, high: f64, fits: &dyn Fn(&[Tick]) -> bool) -> Ticks {
    let ticks = steps(format, low, high)
        .map(|step| multiples(step, low, high))
        .filter(|values| values.len() <= 60)
        .map(|values| labelled(format, &values, &values))
        .find(|ticks| fits(ticks));
    Ticks { major: ticks.unwrap_or_default(), minor: Vec::new() }
}

/// 1, 2 and 5 times powers of ten, from fine to coarse.
fn steps(format: Format, low: f64, high: f64) -> impl Iterator<Item = f64> {
    let span = (high - low).max(f64::MIN_POSITIVE);
    let least = if format == Format::Integer { 1.0 } else { 0.0 };
    let start = (span / 60.0).log10().floor();
    (0..4)
        .flat_map(move |power| [1.0, 2.0, 5.0].map(move |digit| digit * 10_f64.powf(start + f64::from(power))))
        .filter(move |step| *step >= least && *step <= span * 1.000_001)
}

fn multiples(step: f64, low: f64, high: f64) -> Vec<f64> {
    let slack = step * 1e-6;
    let first = ((low - slack) / step).ceil();
    (0..200)
        .map(|index| (first + f64::from(index)) * step)
        .take_while(|value| *value <= high + slack)
        .map(|value| if value.abs() < slack { 0.0 } else { value })
        .collect()
}

fn labelled(format: Format, places: &[f64], values: &[f64]) -> Vec<Tick> {
    let labels = labels(format, values);
    places.iter().zip(labels).map(|(&place, label)| Tick { place, label }).collect()
}

/// The values of one axis in words: as many decimals, and the same unit, for all of them.
fn labels(format: Format, values: &[f64]) -> Vec<String> {
    let largest = values.iter().fold(0.0_f64, |largest, value| largest.max(value.abs()));
    let (factor, unit) = match format {
        Format::Percent => (100.0, " %"),
        Format::Compact => prefix(largest, &["", " k", " M", " G", " T", " P"]),
        Format::Bytes => prefix(largest, &[" B", " KB", " MB", " GB", " TB", " PB"]),
        Format::Integer | Format::Significant => (1.0, ""),
    };
    let scaled: Vec<f64> = values.iter().map(|value| value * factor).collect();
    let step = scaled.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(f64::INFINITY, f64::min);
    let decimals = decimals(if step.is_finite() { step } else { scaled.first().map_or(1.0, |value| value.abs()) });
    if format == Format::Significant && (largest >= 1e6 || decimals > 5) {
        return scientific(values, largest, step);
    }
    let one = |&value: &f64| match format {
        Format::Integer => format.write_tick(value),
        _ if value == 0.0 => "0".to_owned(),
        Format::Significant | Format::Percent | Format::Compact | Format::Bytes => {
            format!("{value:.decimals$}{unit}").replace('-', "−")
        }
    };
    scaled.iter().map(one).collect()
}

/// `2×10⁻⁷`: all values of an axis by the power of the largest.
fn scientific(values: &[f64], largest: f64, step: f64) -> Vec<String> {
    let exponent = (largest.log10() + 1e-9).floor().clamp(-300.0, 300.0);
    let factor = 10_f64.powf(exponent);
    let decimals = if step.is_finite() { decimals(step / factor).min(6) } else { 2 };
    let power = superscript(&format!("{exponent}"));
    let one = |value: f64| {
        let digits = format!("{:.decimals$}", value / factor).replace('-', "−");
        if value == 0.0 {
            "0".to_owned()
        } else if digits == "1" {
            format!("10{power}")
        } else {
            format!("{digits}×10{power}")
        }
    };
    values.iter().map(|&value| one(value)).collect()
}

fn prefix(largest: f64, prefixes: &[&'static str]) -> (f64, &'static str) {
    let index = (0..prefixes.len()).rev().find(|&index| largest >= power(index)).unwrap_or(0);
    (1.0 / power(index), prefixes[index])
}

fn power(index: usize) -> f64 {
    [1.0, 1e3, 1e6, 1e9, 1e12, 1e15].get(index).copied().unwrap_or(1e15)
}

/// The decimals that a multiple of the step needs.
fn decimals(step: f64) -> usize {
    (0..12)
        .find(|&decimals| {
            let shifted = step * 10_f64.powi(i32::try_from(decimals).unwrap_or(0));
            shifted > 0.5 && (shifted - shifted.round()).abs() < 1e-6 * shifted
        })
        .unwrap_or(12)
}

fn superscript(number: &str) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    number
        .chars()
        .filter_map(|character| match character {
            '-' => Some('⁻'),
            digit => digit.to_digit(10).and_then(|digit| DIGITS.get(digit as usize).copied()),
        })
        .collect()
}

/// Powers of ten, every second or third where there are many; round values between them where there are few.
fn powers(format: Format, low: f64, high: f64, fits: &dyn Fn(&[Tick]) -> bool) -> Ticks {
    const ALL: [f64; 9] = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0];
    if high - low < 0.5 {
        return between_powers(format, low, high, fits);
    }
    if high - low < 2.5 {
        for digits in [&ALL[..], &[1.0, 2.0, 3.0, 5.0], &[1.0, 2.0, 5.0], &[1.0, 3.0]] {
            let major = power_ticks(format, &within(digits, low, high), low, high);
            if major.len() <= 10 && major.len() >= 2 && fits(&major) {
                return Ticks { major, minor: within(&ALL, low, high) };
            }
        }
    }
    let places = within(&[1.0], low, high);
    for step in [1.0, 2.0, 3.0, 4.0, 5.0, 10.0, 20.0, 50.0, 100.0] {
        let kept: Vec<f64> = places.iter().copied().filter(|place| (place / step).fract().abs() < 1e-6).collect();
        let major = power_ticks(format, &kept, low, high);
        if !major.is_empty() && fits(&major) {
            let minor = if step == 1.0 { within(&ALL, low, high) } else { places };
            return Ticks { major, minor };
        }
    }
    Ticks::default()
}

/// Much less than a power of ten: round values, at the places they have.
fn between_powers(format: Format, low: f64, high: f64, fits: &dyn Fn(&[Tick]) -> bool) -> Ticks {
    let (from, to) = (10_f64.powf(low), 10_f64.powf(high));
    let major = steps(format, from, to).map(|step| multiples(step, from, to)).find_map(|values| {
        let values: Vec<f64> = values.into_iter().filter(|value| *value > 0.0).collect();
        let places: Vec<f64> = values.iter().map(|value| value.log10()).collect();
        let ticks = labelled(format, &places, &values);
        (ticks.len() <= 30 && fits(&ticks)).then_some(ticks)
    });
    Ticks { major: major.unwrap_or_default(), minor: Vec::new() }
}

/// The places of these digits times every power of ten in between.
fn within(digits: &[f64], low: f64, high: f64) -> Vec<f64> {
    let (first, count) = (low.floor(), (high.floor() - low.floor()).clamp(0.0, 700.0));
    let mut places = Vec::new();
    let mut power = 0.0;
    while power <= count {
        for digit in digits {
            let place = first + power + digit.log10();
            if place >= low - 1e-9 && place <= high + 1e-9 {
                places.push(place);
            }
        }
        power += 1.0;
    }
    places
}

/// Powers of ten as plain numbers where all of them are short, else as powers.
fn power_ticks(format: Format, places: &[f64], low: f64, high: f64) -> Vec<Tick> {
    let plain = low >= -3.05 && high <= 4.05;
    let label = |place: f64| {
        let value = 10_f64.powf(place);
        match format {
            Format::Integer if high <= 5.05 => format.write_tick(value),
            Format::Significant | Format::Integer if !plain => {
                let exponent = (place + 1e-9).floor();
                let digit = 10_f64.powf(place - exponent).round();
                let power = superscript(&format!("{exponent}"));
                if digit == 1.0 { format!("10{power}") } else { format!("{digit}×10{power}") }
            }
            Format::Significant | Format::Integer | Format::Percent | Format::Compact | Format::Bytes => {
                labels(format, &[value]).pop().unwrap_or_default()
            }
        }
    };
    places.iter().map(|&place| Tick { place, label: label(place) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(scale: Scale, format: Format, ends: [f64; 2], most: usize) -> Vec<String> {
        let ticks = numbers(scale, format, ends, &|ticks| ticks.len() <= most);
        ticks.major.into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn places_are_round_and_written_alike() {
        for (format, ends, most, expected) in [
            (Format::Significant, [0.0, 2.3], 6, "0 0.5 1.0 1.5 2.0"),
            (Format::Significant, [-0.1, 0.1], 5, "−0.10 −0.05 0 0.05 0.10"),
            (Format::Percent, [0.0, 1.0], 6, "0 20 % 40 % 60 % 80 % 100 %"),
            (Format::Integer, [0.0, 3.4], 9, "0 1 2 3"),
            (Format::Integer, [0.0, 2000.0], 5, "0 500 1,000 1,500 2,000"),
            (Format::Compact, [0.0, 14_771_160.0], 4, "0 5 M 10 M"),
            (Format::Bytes, [0.0, 2.1e6], 5, "0 0.5 MB 1.0 MB 1.5 MB 2.0 MB"),
            (Format::Significant, [0.0, 5e-8], 4, "0 2×10⁻⁸ 4×10⁻⁸"),
            (Format::Significant, [0.0, 3.2e12], 5, "0 10¹² 2×10¹² 3×10¹²"),
            (Format::Significant, [1e-9, 3e-9], 6, "1.0×10⁻⁹ 1.5×10⁻⁹ 2.0×10⁻⁹ 2.5×10⁻⁹ 3.0×10⁻⁹"),
        ] {
            assert_eq!(written(Scale::Linear, format, ends, most).join(" "), expected, "{format:?} {ends:?}");
        }
    }

    #[test]
    fn logarithmic_axes_stand_at_powers_of_ten() {
        for (format, ends, most, expected) in [
            (Format::Significant, [-2.3, 1.2], 8, "0.01 0.1 1 10"),
            (
                Format::Significant,
                [-9.0, 6.0],
                16,
                "10⁻⁹ 10⁻⁸ 10⁻⁷ 10⁻⁶ 10⁻⁵ 10⁻⁴ 10⁻³ 10⁻² 10⁻¹ 10⁰ 10¹ 10² 10³ 10⁴ 10⁵ 10⁶",
            ),
            (Format::Significant, [-9.0, 6.0], 6, "10⁻⁹ 10⁻⁶ 10⁻³ 10⁰ 10³ 10⁶"),
            (Format::Compact, [2.5, 7.2], 8, "1 k 10 k 100 k 1 M 10 M"),
            (Format::Significant, [0.2, 0.5], 8, "1.6 1.8 2.0 2.2 2.4 2.6 2.8 3.0"),
            (Format::Significant, [-0.2, 1.2], 4, "1 2 5 10"),
            (Format::Significant, [-0.65, 0.55], 8, "0.3 0.5 1 2 3"),
            (Format::Percent, [-2.1, -0.1], 5, "1 % 3 % 10 % 30 %"),
        ] {
            assert_eq!(written(Scale::Log, format, ends, most).join(" "), expected, "{format:?} {ends:?}");
        }
    }

    #[test]
    fn no_room_gives_no_ticks_and_nothing_hangs() {
        for ends in [[0.0, 1.0], [1e300, 2e300], [-1e-300, 1e-300], [5.0, 5.0]] {
            assert_eq!(written(Scale::Linear, Format::Significant, ends, 0), Vec::<String>::new());
        }
        assert_eq!(written(Scale::Log, Format::Significant, [-300.0, 300.0], 0), Vec::<String>::new());
    }
}
