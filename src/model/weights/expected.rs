//! The names and shapes of a network's tensors, by its architecture alone.

use crate::arch::{Architecture, Convolution, Layer, Part};

/// A tensor that a network needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// Its name in files.
    pub name: String,
    /// Its sides.
    pub shape: Vec<usize>,
}

/// Every tensor of a network, in the order in which data flows.
pub fn expected(network: &Architecture) -> Vec<Expected> {
    let kind = network.kind;
    let mut list = List(Vec::new());
    for layer in &network.layers {
        match layer.part {
            Part::Stem => {
                list.convolution("features.conv0", layer, 0);
                list.norm("features.norm0", layer, 0);
            }
            Part::Layer { block, layer: l } => {
                let path = format!("features.{kind}block{block}.{kind}layer{l}");
                for index in 0..layer.convolutions.len() {
                    list.norm(&format!("{path}.norm{}", index + 1), layer, index);
                    list.convolution(&format!("{path}.conv{}", index + 1), layer, index);
                }
            }
            Part::Transition { block } => {
                list.norm(&format!("features.transition{block}.norm"), layer, 0);
                list.convolution(&format!("features.transition{block}.conv"), layer, 0);
            }
            Part::Classifier => {
                list.norm("features.norm5", layer, 0);
                list.push("classifier.weight".to_owned(), vec![layer.makes, layer.reads]);
                list.push("classifier.bias".to_owned(), vec![layer.makes]);
            }
        }
    }
    list.0
}

struct List(Vec<Expected>);

impl List {
    fn push(&mut self, name: String, shape: Vec<usize>) {
        self.0.push(Expected { name, shape });
    }

    /// A row's convolution of that index, in order of use.
    fn convolution(&mut self, path: &str, layer: &Layer, index: usize) {
        let Convolution { reads, makes, kernel, .. } = layer.convolutions[index];
        self.push(format!("{path}.weight"), vec![makes, reads, kernel, kernel]);
    }

    /// A row's batch norm of that index, if it has one.
    fn norm(&mut self, path: &str, layer: &Layer, index: usize) {
        if let Some(&channels) = layer.norms.get(index) {
            for numbers in ["weight", "bias", "running_mean", "running_var"] {
                self.push(format!("{path}.{numbers}"), vec![channels]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arch::{NetworkKind, Normalization, Preset};
    use crate::config::Backend;
    use crate::model::{Network, device};

    #[test]
    fn names_and_shapes_are_those_of_the_real_tensors() {
        for (preset, normalization) in [
            ("classroom", Normalization::Batch),
            ("two-blocks", Normalization::Batch),
            ("without-batch-norm", Normalization::None),
            ("densenet-121", Normalization::Batch),
        ] {
            let preset = Preset::named(preset).unwrap();
            for kind in NetworkKind::ALL {
                let mut spec = preset.spec();
                (spec.growth, spec.normalization) = (3, normalization);
                let architecture = Architecture::new(kind, &spec, preset.input).unwrap();
                let mut network = Network::new(&architecture, 1, &device(Backend::Flex));
                let entries = network.entries();
                let real =
                    entries.list().iter().map(|entry| Expected { name: entry.name.clone(), shape: entry.shape() });
                let by_name = |mut tensors: Vec<Expected>| {
                    tensors.sort_by(|a, b| a.name.cmp(&b.name)); // the order of a file's tensors says nothing
                    tensors
                };
                assert_eq!(by_name(real.collect()), by_name(expected(&architecture)), "{} as {kind}", preset.name);
            }
        }
    }
}
