//! A figure over a run: an animated GIF, or its frames one by one.
//!
//! Axes and colours keep their ends over all frames, so that only the values move. Frames are painted on all cores and change only
//! where they differ from the one before.

use std::borrow::Cow;
use std::ops::ControlFlow;
use std::time::Duration;

use gif::{DisposalMethod, Encoder, Frame, Repeat};
use rayon::prelude::*;
use resvg::tiny_skia::Pixmap;

use super::indexed::Palette256;
use super::look::Look;
use super::png::{encode, render};
use super::svg::to_svg;
use crate::chart::Chart;
use crate::chart::layout::fix_ranges;

/// Asked after every few frames, with how many of how many are done.
pub type Progress<'a> = &'a mut dyn FnMut(usize, usize) -> ControlFlow<()>;

/// Why there is no replay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReplayError {
    /// There is nothing to show.
    #[error("a replay has no frames; allowed: one or more")]
    Empty,
    /// [`Progress`] said so.
    #[error("the replay was stopped")]
    Stopped,
}

/// How much longer than its share the last frame is seen.
const HOLD: Duration = Duration::from_secs(2);
/// Frames that are painted at once, before anybody is asked again.
pub const TOGETHER: usize = 8;
/// A player that is asked for less shows frames for ten times as long.
const SHORTEST_DELAY: u128 = 2;

/// The frames as a GIF that takes `length` before the last frame, which stays a little, and begins anew.
///
/// # Errors
///
/// When there are no frames, or the progress says stop.
///
/// # Panics
///
/// Never: memory takes any GIF.
pub fn replay(
    mut frames: Vec<Chart>,
    look: &Look,
    length: Duration,
    progress: Progress,
) -> Result<Vec<u8>, ReplayError> {
    fix_ranges(&mut frames);
    let look = Look { transparent: false, ..look.clone() };
    let paint = |chart: &Chart| render(&to_svg(chart, &look), 1.0);
    let palette = Palette256::of(&sample(&frames).par_iter().map(|chart| paint(chart)).collect::<Vec<_>>(), look.theme);
    let count = frames.len();
    // In hundredths of a second.
    let delay = u16::try_from((length.as_millis() / 10 / count.max(1) as u128).max(SHORTEST_DELAY)).unwrap_or(u16::MAX);
    let last_delay = delay.saturating_add(u16::try_from(HOLD.as_millis() / 10).unwrap_or(u16::MAX));
    let mut encoder: Option<Encoder<Vec<u8>>> = None;
    let mut before: Option<Picture> = None;
    let mut done = 0;
    for chunk in frames.chunks(TOGETHER) {
        let pictures: Vec<Picture> = chunk.par_iter().map(|chart| Picture::of(&paint(chart), &palette)).collect();
        let mut changes: Vec<Frame> = Vec::with_capacity(pictures.len());
        for picture in pictures {
            let delay = if done + changes.len() + 1 == count { last_delay } else { delay };
            changes.push(picture.since(before.as_ref(), delay));
            before = Some(picture);
        }
        changes.par_iter_mut().for_each(Frame::make_lzw_pre_encoded);
        let encoder = encoder.get_or_insert_with(|| {
            let (width, height) = before.as_ref().map_or((1, 1), |picture| (picture.width, picture.height));
            start(width, height, &palette)
        });
        for change in &changes {
            encoder.write_lzw_pre_encoded_frame(change).expect("memory takes any GIF");
        }
        done += chunk.len();
        if progress(done, count).is_break() && done < count {
            return Err(ReplayError::Stopped);
        }
    }
    let encoder = encoder.ok_or(ReplayError::Empty)?;
    Ok(encoder.into_inner().expect("memory takes any GIF"))
}

/// Hands over the frames as PNG, in order, each with its number from 0.
///
/// # Errors
///
/// When there are no frames, or the progress says stop.
pub fn replay_frames(
    mut frames: Vec<Chart>,
    look: &Look,
    scale: f32,
    mut each: impl FnMut(usize, Vec<u8>),
    progress: Progress,
) -> Result<(), ReplayError> {
    if frames.is_empty() {
        return Err(ReplayError::Empty);
    }
    fix_ranges(&mut frames);
    let mut done = 0;
    for chunk in frames.chunks(TOGETHER) {
        let pictures: Vec<Vec<u8>> =
            chunk.par_iter().map(|chart| encode(&render(&to_svg(chart, look), scale), scale)).collect();
        for picture in pictures {
            each(done, picture);
            done += 1;
        }
        if progress(done, frames.len()).is_break() && done < frames.len() {
            return Err(ReplayError::Stopped);
        }
    }
    Ok(())
}

/// A few frames from the first to the last, which have all colours between them.
fn sample(frames: &[Chart]) -> Vec<&Chart> {
    let last = frames.len().saturating_sub(1);
    let mut places = [0, last / 4, last / 2, last * 3 / 4, last].to_vec();
    places.dedup();
    places.into_iter().filter_map(|place| frames.get(place)).collect()
}

fn start(width: u16, height: u16, palette: &Palette256) -> Encoder<Vec<u8>> {
    let mut encoder = Encoder::new(Vec::new(), width, height, &palette.bytes()).expect("memory takes any GIF");
    encoder.set_repeat(Repeat::Infinite).expect("memory takes any GIF");
    encoder
}

/// A frame as numbers of colours.
struct Picture {
    width: u16,
    height: u16,
    pixels: Vec<u8>,
}

impl Picture {
    fn of(pixmap: &Pixmap, palette: &Palette256) -> Self {
        let side = |pixels: u32| u16::try_from(pixels).unwrap_or(u16::MAX);
        let pixels =
            pixmap.pixels().iter().map(|pixel| palette.nearest([pixel.red(), pixel.green(), pixel.blue()])).collect();
        Self { width: side(pixmap.width()), height: side(pixmap.height()), pixels }
    }

    /// The rectangle that differs from the frame before, in which what is the same is left out.
    fn since(&self, before: Option<&Self>, delay: u16) -> Frame<'static> {
        let whole = |pixels: &[u8]| Frame {
            width: self.width,
            height: self.height,
            delay,
            dispose: DisposalMethod::Keep,
            buffer: Cow::Owned(pixels.to_vec()),
            ..Frame::default()
        };
        let Some(before) = before.filter(|before| (before.width, before.height) == (self.width, self.height)) else {
            return whole(&self.pixels);
        };
        let width = usize::from(self.width);
        let rows = || self.pixels.chunks_exact(width).zip(before.pixels.chunks_exact(width));
        let differs = |(new, old): (&[u8], &[u8])| new != old;
        let (Some(top), Some(bottom)) = (rows().position(differs), rows().rposition(differs)) else {
            return Frame { width: 1, height: 1, delay, buffer: Cow::Owned(vec![self.pixels[0]]), ..Frame::default() };
        };
        let changed = |(new, old): (&[u8], &[u8])| {
            let first = new.iter().zip(old).position(|(new, old)| new != old)?;
            let last = new.iter().zip(old).rposition(|(new, old)| new != old)?;
            Some((first, last))
        };
        let ends = rows().filter_map(changed).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
        let (left, right) = ends.unwrap_or((0, width - 1));
        let mut buffer = Vec::with_capacity((bottom - top + 1) * (right - left + 1));
        for (new, old) in rows().skip(top).take(bottom - top + 1) {
            let pairs = new[left..=right].iter().zip(&old[left..=right]);
            buffer.extend(pairs.map(|(new, old)| if new == old { Palette256::SAME } else { *new }));
        }
        let side = |pixels: usize| u16::try_from(pixels).unwrap_or(u16::MAX);
        Frame {
            left: side(left),
            top: side(top),
            width: side(right - left + 1),
            height: side(bottom - top + 1),
            delay,
            dispose: DisposalMethod::Keep,
            transparent: Some(Palette256::SAME),
            buffer: Cow::Owned(buffer),
            ..Frame::default()
        }
    }
}
