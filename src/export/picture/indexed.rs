//! 255 colours for all frames of a replay: those that the frames are made of, exactly, and the nearest for the rest.
//!
//! Nothing is dithered, so that lines and flat areas stay clean.

use std::collections::BTreeMap;

use rayon::prelude::*;
use resvg::tiny_skia::Pixmap;

use crate::theme::{Palette, ThemeKind};

type Rgb = [u8; 3];

/// Colours with numbers.
pub(super) struct Palette256 {
    colors: Vec<Rgb>,
    /// The number of the nearest colour for six bits of each channel.
    nearest: Vec<u8>,
}

const BITS: u32 = 6;
/// How many colours are taken as they are; the others fill the gaps between them.
const EXACT: usize = 160;

impl Palette256 {
    /// The number that stands for what does not change.
    pub(super) const SAME: u8 = 255;

    pub(super) fn of(pictures: &[Pixmap], theme: ThemeKind) -> Self {
        let mut counts: BTreeMap<Rgb, usize> = BTreeMap::new();
        for picture in pictures {
            // Neighbours are mostly equal, so runs are counted.
            for run in picture.pixels().chunk_by(|a, b| a == b) {
                *counts.entry([run[0].red(), run[0].green(), run[0].blue()]).or_default() += run.len();
            }
        }
        let mut by_count: Vec<(Rgb, usize)> = counts.into_iter().collect();
        by_count.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        let palette = Palette::of(theme);
        let mut colors: Vec<Rgb> = vec![rgb(palette.ground), rgb(palette.ink)];
        for (color, _) in &by_count {
            if colors.len() < EXACT && !colors.contains(color) {
                colors.push(*color);
            }
        }
        // Then what is farthest from all that is there, the more the oftener it is seen.
        let mut rest: Vec<(Rgb, f64)> =
            by_count.iter().skip(EXACT / 2).take(4000).map(|(color, count)| (*color, (*count as f64).sqrt())).collect();
        let mut distances: Vec<u32> = rest.iter().map(|(color, _)| nearest_to(*color, &colors).1).collect();
        while colors.len() < usize::from(Self::SAME) {
            let worst = (0..rest.len()).max_by(|&a, &b| {
                let weight = |index: usize| f64::from(distances[index]) * rest[index].1;
                weight(a).total_cmp(&weight(b)).then(rest[b].0.cmp(&rest[a].0))
            });
            let Some(worst) = worst.filter(|&worst| distances[worst] > 0) else { break };
            let (color, _) = rest.swap_remove(worst);
            distances.swap_remove(worst);
            colors.push(color);
            for ((other, _), distance) in rest.iter().zip(&mut distances) {
                *distance = (*distance).min(apart(*other, color));
            }
        }
        Self { nearest: table(&colors), colors }
    }

    /// The number of the nearest colour.
    pub(super) fn nearest(&self, color: Rgb) -> u8 {
        self.nearest[bucket(color)]
    }

    /// All colours as the file has them.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut bytes: Vec<u8> = self.colors.iter().flatten().copied().collect();
        bytes.resize(256 * 3, 0);
        bytes
    }
}

fn rgb(color: crate::theme::Color) -> Rgb {
    [color.r, color.g, color.b]
}

fn bucket([r, g, b]: Rgb) -> usize {
    let six = |channel: u8| usize::from(channel >> (8 - BITS));
    six(r) << (2 * BITS) | six(g) << BITS | six(b)
}

fn table(colors: &[Rgb]) -> Vec<u8> {
    let middle = |bits: usize| u8::try_from(((bits & 63) << 2) + 2).unwrap_or(u8::MAX);
    let number = |index: usize| u8::try_from(index).unwrap_or(0);
    let mut table: Vec<u8> = (0..1_usize << (3 * BITS))
        .into_par_iter()
        .map(|bucket| {
            let color = [middle(bucket >> (2 * BITS)), middle(bucket >> BITS), middle(bucket)];
            number(nearest_to(color, colors).0)
        })
        .collect();
    // A colour that is there stands for itself; of several in one place the one that is seen most.
    for (index, &color) in colors.iter().enumerate().rev() {
        table[bucket(color)] = number(index);
    }
    table
}

fn nearest_to(color: Rgb, colors: &[Rgb]) -> (usize, u32) {
    let distances = colors.iter().map(|&other| apart(color, other));
    distances.enumerate().min_by_key(|(_, distance)| *distance).unwrap_or((0, u32::MAX))
}

/// How far apart two colours are, more by green than by red and blue, as eyes have it.
fn apart(a: Rgb, b: Rgb) -> u32 {
    let square = |index: usize| u32::from(a[index].abs_diff(b[index])).pow(2);
    2 * square(0) + 4 * square(1) + square(2) + u32::midpoint(square(0), square(2))
}
