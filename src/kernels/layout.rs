//! From [batch, channels, height, width] to planes and back.

use std::sync::Arc;

use rayon::prelude::*;

use super::buffer::Buffer;
use super::planes::Planes;
use super::segment::{ChannelStatistics, Segment};

/// The channels of images, with their statistics if asked.
pub(super) fn planes_of(images: &[f32], [batch, channels, height, width]: [usize; 4], measure: bool) -> Segment {
    let planes = Arc::new(Planes::new(batch, height, width));
    let mut values = Buffer::zeros(channels * planes.len());
    let rows = |channel: usize| {
        (0..batch).flat_map(move |n| {
            let image = &images[(n * channels + channel) * height * width..][..height * width];
            image.chunks_exact(width).enumerate().map(move |(y, row)| (n, y, row))
        })
    };
    let work = values.par_chunks_exact_mut(planes.len()).enumerate();
    let statistics = work.map(|(channel, plane)| {
        for (n, y, row) in rows(channel) {
            plane[planes.row(n, y)..][..width].copy_from_slice(row);
        }
        if !measure {
            return ChannelStatistics::default();
        }
        let pixels = planes.pixels() as f64;
        let mean = rows(channel).flat_map(|(_, _, row)| row).map(|x| f64::from(*x)).sum::<f64>() / pixels;
        let squares = rows(channel).flat_map(|(_, _, row)| row).map(|x| (f64::from(*x) - mean).powi(2)).sum::<f64>();
        ChannelStatistics { mean: mean as f32, variance: (squares / pixels) as f32 }
    });
    let statistics: Vec<_> = statistics.collect();
    Segment::new(planes, channels, values, if measure { statistics } else { Vec::new() })
}

/// Planes as images. Channel `c`'s plane is `plane(c)`; what stands between pixels is left out.
pub(super) fn images_of<'a>(planes: &Planes, channels: usize, plane: impl Fn(usize) -> &'a [f32]) -> Vec<f32> {
    let mut images = Vec::with_capacity(planes.batch * channels * planes.height * planes.width);
    for n in 0..planes.batch {
        for channel in 0..channels {
            for y in 0..planes.height {
                images.extend_from_slice(&plane(channel)[planes.row(n, y)..][..planes.width]);
            }
        }
    }
    images
}
