//! Which values are named along an axis: few, round, and never over each other.
//!
//! Pure arithmetic on places along the axis; how wide a word is comes from outside.

use crate::arch::Part;
use crate::chart::{Axis, Format, Scale, Ticks};

/// A value that is named along an axis.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tick {
    /// Its place: the value, or its decimal logarithm.
    pub(super) place: f64,
    /// What stands there; empty for a grid line alone.
    pub(super) words: String,
}

/// The stretch of an axis that is seen, and how long it is on the screen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    /// Its lower end, a place.
    pub(super) low: f64,
    /// Its upper end, a place.
    pub(super) high: f64,
    /// Its length in points.
    pub(super) length: f32,
}

impl Stretch {
    /// Points between two places.
    fn points(&self, distance: f64) -> f64 {
        f64::from(self.length) * distance / (self.high - self.low)
    }
}

/// The ticks of an axis; `size` says how long the words are along it, in points.
pub(super) fn ticks(axis: &Axis, stretch: Stretch, size: impl Fn(&str) -> f32) -> Vec<Tick> {
    if !(stretch.high > stretch.low && stretch.length > 1.0) {
        return Vec::new();
    }
    match (&axis.ticks, axis.scale) {
        (Ticks::Numbers(format), Scale::Linear) => linear(*format, stretch, &size),
        (Ticks::Numbers(format), Scale::Log) => logarithmic(*format, stretch, &size),
        (Ticks::Names(names), _) => {
            let rank = |_: usize| 0;
            named(names.len(), |index| &names[index], rank, stretch, &size)
        }
        (Ticks::Parts(parts), _) => {
            let rank = |index: usize| match parts[index].0 {
                Part::Stem | Part::Transition { .. } | Part::Classifier => 0,
                Part::Layer { layer, .. } => layer,
            };
            named(parts.len(), |index| &parts[index].1, rank, stretch, &size)
        }
    }
}

/// Room between two words, in points.
const GAP: f64 = 8.0;

fn linear(format: Format, stretch: Stretch, size: &impl Fn(&str) -> f32) -> Vec<Tick> {
    let span = stretch.high - stretch.low;
    let rough = span / (f64::from(stretch.length) / 34.0).max(1.0);
    let mut exponent = rough.log10().floor();
    let mut digit = 0;
    let steps = [1.0, 2.0, 5.0];
    loop {
        let step = steps[digit] * 10_f64.powf(exponent);
        let too_fine = step < rough || (format == Format::Integer && step < 1.0);
        if !too_fine {
            let ticks = multiples(format, step, stretch);
            let widest = ticks.iter().map(|tick| size(&tick.words)).fold(0.0, f32::max);
            if f64::from(widest) + GAP <= stretch.points(step) || ticks.len() < 2 {
                return ticks;
            }
        }
        digit += 1;
        if digit == steps.len() {
            digit = 0;
            exponent += 1.0;
        }
    }
}

fn multiples(format: Format, step: f64, stretch: Stretch) -> Vec<Tick> {
    let (first, last) = ((stretch.low / step - 1e-9).ceil(), (stretch.high / step + 1e-9).floor());
    let mut ticks = Vec::new();
    let mut index = first;
    while index <= last && ticks.len() < 64 {
        let place = index * step;
        ticks.push(Tick { place, words: round_words(format, place, step) });
        index += 1.0;
    }
    ticks
}

/// A multiple of a step in words: with the digits that the step has, no more.
fn round_words(format: Format, value: f64, step: f64) -> String {
    let value = if value.abs() < step * 1e-6 { 0.0 } else { value };
    let plain = (1e-4..1e6).contains(&step) && value.abs() < 1e7;
    match format {
        Format::Percent => format!("{:.*} %", decimals(step * 100.0), value * 100.0),
        Format::Significant if plain => format!("{value:.*}", decimals(step)),
        Format::Significant | Format::Integer | Format::Compact | Format::Bytes => format.write_tick(value),
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0 to 12")]
fn decimals(step: f64) -> usize {
    (-(step.log10() + 1e-9).floor()).clamp(0.0, 12.0) as usize
}

fn logarithmic(format: Format, stretch: Stretch, size: &impl Fn(&str) -> f32) -> Vec<Tick> {
    let powers = |every: f64| {
        let (first, last) = ((stretch.low / every - 1e-9).ceil(), (stretch.high / every + 1e-9).floor());
        let mut places = Vec::new();
        let mut index = first;
        while index <= last && places.len() < 64 {
            places.push(index * every);
            index += 1.0;
        }
        places
    };
    let words = |place: f64| format.write_tick(10_f64.powf(place));
    let fits = |places: &[f64]| {
        let widest = places.iter().map(|place| size(&words(*place))).fold(0.0, f32::max);
        places.windows(2).all(|pair| stretch.points(pair[1] - pair[0]) >= f64::from(widest) + GAP)
    };
    let every = (1..=64).map(f64::from).find(|every| fits(&powers(*every))).unwrap_or(64.0);
    let mut places = powers(every);
    if every == 1.0 {
        // Powers of ten alone say little of a stretch that has hardly one.
        for between in [&[1.0, 2.0, 5.0][..], &[1.0, 3.0][..]] {
            let (first, last) = (stretch.low.floor(), stretch.high.ceil());
            let mut finer = Vec::new();
            let mut power = first;
            while power < last && finer.len() < 64 {
                finer.extend(between.iter().map(|digit: &f64| power + digit.log10()));
                power += 1.0;
            }
            finer.retain(|place| (stretch.low..=stretch.high).contains(place));
            if places.len() < 3 && finer.len() > places.len() && fits(&finer) {
                places = finer;
                break;
            }
        }
    }
    places.into_iter().map(|place| Tick { place, words: words(place) }).collect()
}

/// Names at 0, 1, 2, …; those of rank 0 first, then as many of the rest, evenly, as there is room for.
fn named<'a>(
    count: usize,
    name: impl Fn(usize) -> &'a str,
    rank: impl Fn(usize) -> usize,
    stretch: Stretch,
    size: &impl Fn(&str) -> f32,
) -> Vec<Tick> {
    let seen = |index: usize| (stretch.low..=stretch.high).contains(&(index as f64));
    let halves: Vec<f64> = (0..count).map(|index| f64::from(size(name(index))) / 2.0).collect();
    let apart = |a: usize, b: usize| stretch.points((a as f64 - b as f64).abs()) >= halves[a] + halves[b] + GAP * 0.75;
    let mut taken: Vec<usize> = Vec::new();
    let fits = |taken: &[usize], index: usize| taken.iter().all(|other| apart(*other, index));
    let (first, rest): (Vec<usize>, Vec<usize>) =
        (0..count).filter(|&index| seen(index)).partition(|&index| rank(index) == 0);
    let ranked = !rest.is_empty();
    if ranked {
        // The ends before what is between them, so that a crowd loses its middle.
        let mut ends = first.clone();
        ends.sort_by_key(|&index| index.min(count - 1 - index));
        for index in ends {
            if fits(&taken, index) {
                taken.push(index);
            }
        }
    }
    let others = if ranked { rest } else { first };
    for every in [1, 2, 4, 5, 10, 20, 50, 100] {
        let even = others.iter().copied().filter(|&index| {
            let counted = if ranked { rank(index) - 1 } else { index };
            counted % every == 0 && fits(&taken, index)
        });
        let even: Vec<usize> = even.collect();
        if even.windows(2).all(|pair| apart(pair[0], pair[1])) {
            taken.extend(even);
            break;
        }
    }
    taken.sort_unstable();
    taken.into_iter().map(|index| Tick { place: index as f64, words: name(index).to_owned() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(scale: Scale, ticks: Ticks) -> Axis {
        Axis { label: String::new(), scale, ticks, range: None, from_zero: false }
    }

    fn words(axis: &Axis, low: f64, high: f64, length: f32) -> Vec<String> {
        let size = |words: &str| words.chars().count() as f32 * 6.0;
        ticks(axis, Stretch { low, high, length }, size).into_iter().map(|tick| tick.words).collect()
    }

    #[test]
    fn numbers_stand_at_round_places_with_the_digits_they_need() {
        let significant = axis(Scale::Linear, Ticks::Numbers(Format::Significant));
        assert_eq!(words(&significant, 0.0, 1.0, 200.0), ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
        assert_eq!(words(&significant, 1000.1, 1000.5, 100.0), ["1000.2", "1000.4"]);
        let percent = axis(Scale::Linear, Ticks::Numbers(Format::Percent));
        assert_eq!(words(&percent, 0.8, 0.9, 160.0), ["80 %", "85 %", "90 %"]);
        let integer = axis(Scale::Linear, Ticks::Numbers(Format::Integer));
        assert_eq!(words(&integer, 0.0, 2.0, 900.0), ["0", "1", "2"], "there is nothing between two channels");
    }

    #[test]
    fn powers_of_ten_are_thinned_out_and_filled_up() {
        let log = axis(Scale::Log, Ticks::Numbers(Format::Significant));
        assert_eq!(words(&log, -3.2, 1.2, 300.0), ["0.001", "0.01", "0.1", "1", "10"]);
        assert_eq!(words(&log, -12.0, 0.0, 120.0), ["1e-10", "1e-5", "1"]);
        assert_eq!(words(&log, -0.1, 1.1, 200.0), ["1", "2", "5", "10"]);
    }

    #[test]
    fn rows_keep_their_ends_and_never_stand_over_each_other() {
        let mut parts = vec![(Part::Stem, "stem".to_owned())];
        for block in 1..=3 {
            parts.extend((1..=12).map(|layer| (Part::Layer { block, layer }, format!("{block}.{layer}"))));
            if block < 3 {
                parts.push((Part::Transition { block }, format!("T{block}")));
            }
        }
        parts.push((Part::Classifier, "head".to_owned()));
        let count = parts.len() as f64;
        let parts = axis(Scale::Linear, Ticks::Parts(parts));
        for length in [40.0, 120.0, 300.0, 700.0, 2000.0_f32] {
            let size = |words: &str| words.chars().count() as f32 * 6.0;
            let stretch = Stretch { low: -0.5, high: count - 0.5, length };
            let ticks = ticks(&parts, stretch, size);
            for pair in ticks.windows(2) {
                let room = stretch.points(pair[1].place - pair[0].place);
                assert!(room > f64::from(size(&pair[0].words) + size(&pair[1].words)) / 2.0, "{length}: {pair:?}");
            }
            assert_eq!(ticks[0].words, "stem", "{length}");
        }
        assert_eq!(words(&parts, -0.5, count - 0.5, 2000.0).len(), 40);
    }

    #[test]
    fn an_axis_of_no_length_has_no_ticks() {
        let log = axis(Scale::Log, Ticks::Numbers(Format::Significant));
        assert!(words(&log, 1.0, 1.0, 100.0).is_empty() && words(&log, 0.0, 1.0, 0.0).is_empty());
        assert!(words(&log, f64::NAN, 1.0, 100.0).is_empty());
    }
}
