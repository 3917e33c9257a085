//! A whole network, as the place where evaluations of it with links cut begin.
//!
//! What lies before the first cut is the same as in the whole network, so a batch passes that once and is kept after every row. The means that
//! may pass in place of what is cut are read from the same.

use std::collections::BTreeSet;
use std::sync::Arc;

use burn::tensor::Tensor;

use super::cut::{Cutter, InPlace, Means};
use super::features::{Features, Watch, means as column_means};
use super::network::Network;
use super::pass::Pass;
use crate::arch::{Link, Part};
use crate::config::Backend;

/// What every row of a whole network handed on, for a batch: where evaluations of it with links cut begin.
pub struct Whole {
    kept: Vec<Features>,
    backend: Backend,
}

impl Whole {
    /// Evaluates a network without gradients on images `[batch, channels, height, width]`; gives its logits `[batch, classes]` too, and adds to
    /// the means if there are any to add to.
    pub fn evaluate(
        network: &Network,
        images: Tensor<4>,
        backend: Backend,
        means: Option<&mut Means>,
    ) -> (Self, Tensor<2>) {
        let [batch, ..] = images.dims();
        let pass = Pass::evaluation(backend).keeping();
        let logits = network.forward(images, &pass);
        let kept = pass.into_kept();
        if let Some(means) = means {
            take_means(means, network, &kept, batch, backend);
        }
        (Self { kept, backend }, logits)
    }

    /// The logits `[batch, classes]` with these links cut. What lies before the first of them is not computed again.
    pub fn cut(&self, network: &Network, links: &BTreeSet<Link>, in_place: InPlace<'_>) -> Tensor<2> {
        let architecture = network.architecture();
        // Links are in the order of blocks and their ends.
        let first = links.iter().map(|link| link.end()).min().unwrap_or((1, 1));
        let row = architecture.layers.iter().position(|layer| architecture.reader(layer.part) == Some(first));
        let read = row.map_or(0, |row| row - 1);
        let cutter = Arc::new(Cutter::new(architecture, links, in_place));
        let pass = Pass::evaluation(self.backend).cutting(cutter);
        network.forward_from(first, self.kept[read].clone(), &pass)
    }
}

/// Takes in a batch of that many images, of which every row handed on `kept`.
fn take_means(means: &mut Means, network: &Network, kept: &[Features], images: usize, backend: Backend) {
    let pass = Pass::evaluation(backend);
    let architecture = network.architecture();
    let keeps_sources = architecture.kind.merge().keeps_sources();
    for (row, layer) in architecture.layers.iter().enumerate().skip(1) {
        let Some((block, reader)) = architecture.reader(layer.part) else { continue };
        let read = &kept[row - 1];
        if keeps_sources {
            let norm = match layer.part {
                Part::Layer { block, layer } => network.blocks[block - 1].layers[layer - 1].first_norm(),
                Part::Transition { block } => &network.transitions[block - 1].norm,
                Part::Classifier | Part::Stem => &network.head.norm,
            };
            // The mean of the images' averages: all have as many positions.
            means.add((block, reader), &column_means(read.average(norm, Watch::default(), &pass)), images);
        } else {
            means.add((block, reader - 1), &read.channel_means(), images);
        }
    }
    means.took(images);
}
