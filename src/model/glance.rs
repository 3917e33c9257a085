//! Every feature map that a network makes of an image.
//!
//! One pass as validation makes it, which keeps what every row handed on; then what each row made itself is taken from that. A
//! dense layer's maps are a part of the concatenation that was kept. H(x) of a residual layer is nowhere in such a pass,
//! since the kernels add while they convolve: H is computed once more, without what it is added to. So the sum is
//! exactly the one that the network goes on with, on both backends, and nothing in the network's own pass is different.

use std::sync::Arc;

use burn::tensor::Tensor;

use super::convolution::Convolution;
use super::cut::Cutter;
use super::features::{Features, Merged, Watch};
use super::network::Network;
use super::pass::Pass;
use crate::arch::{Merge, Part};
use crate::config::Backend;
use crate::telemetry::{Affine, FeatureMaps, Inside, RowMaps, Stage};

/// What every row makes of one image `[1, channels, height, width]`, in the order of the architecture, with running
/// statistics; the classifier's are the logits. With links cut, what is made without them. And what is inside a layer, if one is to be looked into.
/// The network must be without gradients.
pub fn rows(
    network: &Network,
    image: Tensor<4>,
    inside: Option<Part>,
    backend: Backend,
    cutter: Option<Arc<Cutter>>,
) -> (Vec<RowMaps>, Option<Inside>) {
    let pass = Pass::evaluation(backend).keeping();
    let pass = match cutter {
        Some(cutter) => pass.cutting(cutter),
        None => pass,
    };
    let logits = network.forward(image, &pass); // [1, classes]
    let kept = pass.into_kept();
    let pass = Pass::evaluation(backend);
    let architecture = network.architecture();
    let mut rows = Vec::with_capacity(architecture.layers.len());
    for (index, (layer, after)) in architecture.layers.iter().zip(&kept).enumerate() {
        rows.push(match (layer.part, architecture.kind.merge()) {
            (Part::Layer { .. }, Merge::Append) => made(after.newest(layer.makes)),
            (Part::Layer { block, layer }, Merge::Add) => {
                let h = &network.blocks[block - 1].layers[layer - 1];
                let branch = h.forward(&kept[index - 1], Merged::Replace, Watch::default(), &pass);
                RowMaps { sum: Some(maps(after.clone().into_tensor())), ..made(branch) }
            }
            (Part::Layer { .. }, Merge::Replace) | (Part::Stem | Part::Transition { .. } | Part::Classifier, _) => {
                made(after.clone())
            }
        });
    }
    let [batch, classes] = logits.dims();
    rows.push(RowMaps { made: maps(logits.reshape([batch, classes, 1, 1])), sum: None });
    (rows, inside.and_then(|part| look_inside(network, &kept, part, &pass)))
}

/// What is inside H of a layer; nothing of what is no layer.
fn look_inside(network: &Network, kept: &[Features], part: Part, pass: &Pass) -> Option<Inside> {
    let Part::Layer { block, layer } = part else { return None };
    let row = network.architecture().layers.iter().position(|row| row.part == part)?;
    let h = network.blocks.get(block - 1)?.layers.get(layer - 1)?;
    let stage = |(read, norm, convolution): (Features, Option<Vec<Affine>>, &Convolution)| {
        let weights = convolution.weight.val();
        let [makes, _, kernel, _] = weights.dims();
        let weights = weights.into_data().try_into_vec().expect("weights are in single precision");
        Stage { read: maps(read.into_tensor()), norm, makes, kernel, weights }
    };
    Some(Inside { part, stages: h.inside(kept.get(row.checked_sub(1)?)?, pass).into_iter().map(stage).collect() })
}

fn made(features: Features) -> RowMaps {
    RowMaps { made: maps(features.into_tensor()), sum: None }
}

/// The maps of the only image.
fn maps(tensor: Tensor<4>) -> FeatureMaps {
    let [_, channels, height, width] = tensor.dims();
    let values = tensor.into_data().try_into_vec().expect("networks compute in single precision");
    FeatureMaps { channels, height, width, values }
}

#[cfg(test)]
mod tests {
    use burn::tensor::TensorData;

    use super::*;
    use crate::arch::{Architecture, Input, NetworkKind};
    use crate::config::RunConfig;
    use crate::data::load;
    use crate::model::device;
    use crate::telemetry::Glance;

    /// A network with fresh weights, and a built-in image.
    fn network_and_image(kind: NetworkKind, backend: Backend) -> (Network, Tensor<4>) {
        let config = RunConfig::default();
        let data = load(&config.data, 10, 10, 1).unwrap();
        let batch = data.validation_image(4).unwrap();
        let input = Input { image: data.shape, classes: data.class_names.len() };
        let architecture = Architecture::new(kind, &config.network, input).unwrap();
        let image = TensorData::new(batch.images, [1, data.shape.channels, data.shape.height, data.shape.width]);
        let device = device(backend);
        (Network::new(&architecture, 5, &device), Tensor::from_data(image, &device))
    }

    #[test]
    fn what_a_row_reads_is_bit_for_bit_what_earlier_rows_are_said_to_have_made() {
        for backend in [Backend::Flex, Backend::Ndarray] {
            for kind in NetworkKind::ALL {
                let (network, image) = network_and_image(kind, backend);
                let pass = Pass::evaluation(backend).keeping();
                network.forward(image.clone(), &pass);
                let kept = pass.into_kept();
                let (rows, inside) = rows(&network, image, None, backend, None);
                let glance = Glance { step: 0, image: 4, rows, probabilities: Vec::new(), inside, cut: None };
                let architecture = network.architecture();
                assert!(glance.read_by(architecture, 0).is_empty() && glance.read_by(architecture, 99).is_empty());
                for (index, layer) in architecture.layers.iter().enumerate().skip(1) {
                    let read = maps(kept[index - 1].clone().into_tensor());
                    let sources = glance.read_by(architecture, index);
                    let joined: Vec<f32> = sources.iter().flat_map(|(_, maps)| maps.values.iter().copied()).collect();
                    assert_eq!(joined, read.values, "{kind} {} on {backend:?}", layer.part);
                    assert_eq!(read.channels, layer.reads);
                    let last = sources.last().map(|(part, _)| *part);
                    assert_eq!(last, Some(architecture.layers[index - 1].part));
                    assert_eq!(sources[0].1.channel(0), &read.values[..read.height * read.width]);
                }
            }
        }
    }
}
