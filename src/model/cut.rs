//! Cut connections: what passes in their place, and the means that may.
//!
//! A dense link is a slice of what a reader reads, after batch norm and ReLU. In its place stand numbers, one for each channel, and
//! both ways of computing know them already: batch norm gives such numbers where γ is 0 and β is the number. A branch or an identity is a
//! term of a sum (`block.rs`). The network's own weights are read and never written.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use burn::tensor::{Device, Tensor, TensorData};

use crate::arch::{Architecture, How, Link, Merge};
use crate::kernels::{ChannelStatistics, FeatureMaps, Normalization};

/// What passes in place of cut links.
#[derive(Clone, Copy, Debug)]
pub enum InPlace<'a> {
    /// Zeros.
    Zeros,
    /// The means of the whole network.
    Means(&'a Means),
}

/// Cut links, with the numbers that pass in their place.
#[derive(Debug, Default)]
pub struct Cutter {
    readings: BTreeMap<(usize, usize), Arc<Replaced>>,
    terms: BTreeMap<Link, Vec<f32>>,
}

/// What stands in place of some of the channels that are read, after batch norm and ReLU; nothing where a channel is read as it is.
#[derive(Debug)]
pub(super) struct Replaced(Vec<Option<f32>>);

impl Cutter {
    /// Cuts these links of a network. Links that it does not have are not there to be cut.
    pub fn new(architecture: &Architecture, links: &BTreeSet<Link>, in_place: InPlace<'_>) -> Self {
        let mut readings: BTreeMap<(usize, usize), Vec<Option<f32>>> = BTreeMap::new();
        let mut terms = BTreeMap::new();
        for &link in links.iter().filter(|&&link| architecture.has_link(link)) {
            let (block, end) = link.end();
            match link {
                Link::Slice { source, .. } => {
                    let channels = architecture.slice(block, end - 1).end;
                    let slice = architecture.slice(block, source);
                    let values = in_place.of(architecture, link, slice.len());
                    let reading = readings.entry((block, end)).or_insert_with(|| vec![None; channels]);
                    reading[slice].iter_mut().zip(values).for_each(|(channel, value)| *channel = Some(value));
                }
                Link::Identity { .. } | Link::Branch { .. } => {
                    terms.insert(link, in_place.of(architecture, link, architecture.entering(block)));
                }
            }
        }
        let readings = readings.into_iter().map(|(end, channels)| (end, Arc::new(Replaced(channels)))).collect();
        Self { readings, terms }
    }

    pub(super) fn reading(&self, block: usize, reader: usize) -> Option<Arc<Replaced>> {
        self.readings.get(&(block, reader)).cloned()
    }

    pub(super) fn term(&self, link: Link) -> Option<&[f32]> {
        self.terms.get(&link).map(Vec::as_slice)
    }
}

impl<'a> InPlace<'a> {
    /// Zeros or these means, as is asked.
    pub const fn as_asked(how: How, means: &'a Means) -> Self {
        match how {
            How::Zero => Self::Zeros,
            How::Mean => Self::Means(means),
        }
    }

    /// One number for each of a link's channels.
    #[expect(clippy::cast_possible_truncation, reason = "a number of a network, summed in double precision")]
    fn of(self, architecture: &Architecture, link: Link, channels: usize) -> Vec<f32> {
        match self {
            Self::Zeros => vec![0.0; channels],
            Self::Means(means) => means.of(architecture, link).iter().map(|&mean| mean as f32).collect(),
        }
    }
}

impl Replaced {
    /// What our kernels normalise with, so that γ is 0 and β the number where one stands in place of what is read.
    pub(super) fn normalization(&self, norm: Option<Normalization>, device: &Device) -> Normalization {
        let kept = || self.tensor(|channel| if channel.is_some() { 0.0 } else { 1.0 }, device);
        // Without batch norm: as it is.
        let channels = self.0.len();
        let as_it_is = || Normalization {
            gamma: self.tensor(|_| 1.0, device),
            beta: self.tensor(|_| 0.0, device),
            epsilon: 0.0,
            fixed: Some(vec![ChannelStatistics { mean: 0.0, variance: 1.0 }; channels]),
        };
        let Normalization { gamma, beta, epsilon, fixed } = norm.unwrap_or_else(as_it_is);
        Normalization {
            gamma: gamma * kept(),
            beta: beta * kept() + self.tensor(Option::unwrap_or_default, device),
            epsilon,
            fixed,
        }
    }

    /// The maps, with zeros for what is cut, so that not even a number that is none gets through.
    pub(super) fn emptied(&self, maps: &FeatureMaps) -> FeatureMaps {
        maps.emptied(|channel| self.0[channel].is_some())
    }

    /// `[batch, channels, height, width]` with the numbers in their places.
    pub(super) fn replace(&self, x: &Tensor<4>) -> Tensor<4> {
        let ([batch, _, height, width], device) = (x.dims(), x.device());
        let mut parts = Vec::new();
        for run in self.0.chunk_by(|a, b| a.is_some() == b.is_some()) {
            let from: usize = parts.iter().map(|part: &Tensor<4>| part.dims()[1]).sum();
            let numbers: Option<Vec<f32>> = run.iter().copied().collect();
            parts.push(match numbers {
                None => x.clone().narrow(1, from, run.len()),
                Some(numbers) => Tensor::<4>::from_data(TensorData::new(numbers, [1, run.len(), 1, 1]), &device)
                    .expand([batch, run.len(), height, width]),
            });
        }
        Tensor::cat(parts, 1)
    }

    fn tensor(&self, value: impl Fn(Option<f32>) -> f32, device: &Device) -> Tensor<1> {
        let values: Vec<f32> = self.0.iter().map(|&channel| value(channel)).collect();
        Tensor::from_data(TensorData::new(values, [self.0.len()]), device)
    }
}

/// Means over images and positions of all that could be cut, in the whole network.
///
/// Of a network that keeps sources: by block and reader, of what the reader reads, after batch norm and ReLU. Of the others: by block and layer, from 0,
/// of x_l. A mean is linear, so that of a branch is the difference of two of these.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Means {
    images: f64,
    sums: BTreeMap<(usize, usize), Vec<f64>>,
}

impl Means {
    /// Takes in the means of a batch of so many images, at a block and what of it reads.
    pub(super) fn add(&mut self, at: (usize, usize), means: &[f64], images: usize) {
        let sums = self.sums.entry(at).or_insert_with(|| vec![0.0; means.len()]);
        sums.iter_mut().zip(means).for_each(|(sum, mean)| *sum += mean * images as f64);
    }

    /// So many images were taken in everywhere.
    pub(super) fn took(&mut self, images: usize) {
        self.images += images as f64;
    }

    /// The mean of each channel of a link.
    fn of(&self, architecture: &Architecture, link: Link) -> Vec<f64> {
        let at = |key: (usize, usize)| self.sums[&key].iter().map(|sum| sum / self.images);
        let (block, end) = link.end();
        match link {
            Link::Slice { source, .. } => {
                let slice = architecture.slice(block, source);
                at((block, end)).skip(slice.start).take(slice.len()).collect()
            }
            Link::Identity { .. } => at((block, end - 1)).collect(),
            Link::Branch { .. } => match architecture.kind.merge() {
                Merge::Add => at((block, end)).zip(at((block, end - 1))).map(|(sum, before)| sum - before).collect(),
                Merge::Append | Merge::Replace => at((block, end)).collect(),
            },
        }
    }
}
