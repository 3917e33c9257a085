//! What "121" counts: every convolution on the way from image to classes, and the linear layer (paper, section 4 and Table 1).

use std::fmt;

use super::architecture::Architecture;
use super::layer::Part;

/// The depth of a network and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Depth {
    /// Convolutions of one layer of a block.
    pub convolutions: usize,
    /// Layers of all blocks.
    pub layers: usize,
    /// Transitions, each with one convolution.
    pub transitions: usize,
}

impl Depth {
    /// The stem's convolution, those of the layers and transitions, and the linear layer.
    pub const fn total(&self) -> usize {
        1 + self.convolutions * self.layers + self.transitions + 1
    }
}

/// As a sum, with the convolutions of a layer where there are several: `1 + 2·58 + 3 + 1`.
impl fmt::Display for Depth {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { convolutions, layers, transitions } = self;
        match convolutions {
            1 => write!(formatter, "1 + {layers} + {transitions} + 1"),
            _ => write!(formatter, "1 + {convolutions}·{layers} + {transitions} + 1"),
        }
    }
}

impl Architecture {
    /// What the number in a network's name counts; batch norms and pooling are no layers.
    pub fn depth(&self) -> Depth {
        let of_blocks = || self.layers.iter().filter(|layer| matches!(layer.part, Part::Layer { .. }));
        Depth {
            convolutions: of_blocks().next().map_or(0, |layer| layer.convolutions.len()),
            layers: of_blocks().count(),
            transitions: self.layers.iter().filter(|layer| matches!(layer.part, Part::Transition { .. })).count(),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::arch::{Architecture, NetworkKind, PRESETS, Preset};

    #[test]
    fn depth_is_the_number_in_the_name_of_a_published_network() {
        let depth = |name: &str, kind| {
            let preset = Preset::named(name).unwrap();
            Architecture::new(kind, &preset.spec(), preset.input).unwrap().depth()
        };
        for (name, sum, total) in [
            ("densenet-121", "1 + 2·58 + 3 + 1", 121),
            ("densenet-161", "1 + 2·78 + 3 + 1", 161),
            ("densenet-169", "1 + 2·82 + 3 + 1", 169),
            ("densenet-201", "1 + 2·98 + 3 + 1", 201),
            ("densenet-264", "1 + 2·130 + 3 + 1", 265), // the paper's Table 1 gives 6, 12, 64, 48, which is one more than its name
            ("densenet-bc-22-12", "1 + 2·9 + 2 + 1", 22),
            ("densenet-bc-100-12", "1 + 2·48 + 2 + 1", 100),
            ("densenet-40-12", "1 + 36 + 2 + 1", 40),
        ] {
            for kind in NetworkKind::ALL {
                let depth = depth(name, kind);
                assert_eq!((depth.to_string().as_str(), depth.total()), (sum, total), "{name} as {kind}");
            }
        }
    }

    #[test]
    fn depth_counts_every_convolution_and_the_linear_layer() {
        for preset in PRESETS {
            let network = Architecture::new(NetworkKind::Dense, &preset.spec(), preset.input).unwrap();
            let convolutions: usize = network.layers.iter().map(|layer| layer.convolutions.len()).sum();
            assert_eq!(network.depth().total(), convolutions + 1, "{}", preset.name);
        }
    }
}
