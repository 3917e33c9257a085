//! Named networks: the paper's, and those that make one point in a lesson.

use super::kind::NetworkKind;
use super::shape::{ImageShape, Input};
use super::spec::{Compression, NetworkSpec, Normalization, Stem};

/// A named network with the input it was made for.
#[derive(Clone, Copy, Debug)]
pub struct Preset {
    /// What it is called in files and flags.
    pub name: &'static str,
    /// What it is and what it shows, in one sentence.
    pub about: &'static str,
    /// The images and classes it was made for.
    pub input: Input,
    /// The networks that its sentence compares.
    pub networks: &'static [NetworkKind],
    /// η at the start, with which what its sentence says is seen.
    pub learning_rate: f64,
    /// Whether what it shows is seen in the gradient by activations, rather than by weights.
    pub shows_activations: bool,
    spec: fn() -> NetworkSpec,
}

impl Preset {
    /// The preset of that name.
    pub fn named(name: &str) -> Option<&'static Self> {
        PRESETS.iter().find(|preset| preset.name == name)
    }

    /// Its networks.
    pub fn spec(&self) -> NetworkSpec {
        (self.spec)()
    }
}

const GREY_28: Input = Input { image: ImageShape::new(1, 28, 28), classes: 10 };
const CIFAR_10: Input = Input { image: ImageShape::new(3, 32, 32), classes: 10 };
const IMAGENET: Input = Input { image: ImageShape::new(3, 224, 224), classes: 1000 };

/// What presets have that say nothing else: a DenseNet beside a ResNet, learning as the paper does (section 4.2).
const PAIR: Preset = Preset {
    name: "",
    about: "",
    input: CIFAR_10,
    networks: &[NetworkKind::Dense, NetworkKind::Residual],
    learning_rate: 0.1,
    shows_activations: false,
    spec: || NetworkSpec::bottleneck_compressed(&[1], 1, 1),
};

/// Every preset, the default first.
pub const PRESETS: &[Preset] = &[
    Preset {
        name: "classroom",
        about: "small enough to learn while you watch: three blocks of four layers, k = 8, for 28x28 grey images (the default)",
        input: GREY_28,
        spec: || NetworkSpec::bottleneck_compressed(&[4, 4, 4], 16, 8),
        ..PAIR
    },
    Preset {
        name: "two-blocks",
        about: "the recurrence at its barest: two blocks of three layers, one convolution each, nothing compressed",
        input: GREY_28,
        spec: || basic(&[3, 3], 8, 4),
        ..PAIR
    },
    Preset {
        name: "without-batch-norm",
        about: "thirty layers and no batch norm: the plain network's gradient vanishes, the residual network's activations explode",
        input: GREY_28,
        spec: || NetworkSpec {
            normalization: Normalization::None,
            ..NetworkSpec::bottleneck_compressed(&[10, 10, 10], 16, 8)
        },
        networks: &NetworkKind::ALL,
        learning_rate: 0.01,
        shows_activations: true,
    },
    Preset {
        name: "densenet-40-12",
        about: "the paper's first row for CIFAR: depth 40, k = 12, no bottleneck, no compression",
        spec: || basic(&[12, 12, 12], 16, 12),
        ..PAIR
    },
    Preset {
        name: "densenet-100-12",
        about: "the paper's second row for CIFAR: depth 100, k = 12, no bottleneck, no compression, 7 million parameters",
        spec: || basic(&[32, 32, 32], 16, 12),
        ..PAIR
    },
    Preset {
        name: "densenet-100-24",
        about: "the paper's third row for CIFAR: depth 100, k = 24, no bottleneck, no compression, 27.2 million parameters",
        spec: || basic(&[32, 32, 32], 16, 24),
        ..PAIR
    },
    Preset {
        name: "densenet-bc-22-12",
        about: "depth 22, k = 12 with bottlenecks and compression: odd channel counts show that the transition floors",
        spec: || NetworkSpec::bottleneck_compressed(&[3, 3, 3], 24, 12),
        ..PAIR
    },
    Preset {
        name: "densenet-bc-40-12",
        about: "depth 40, k = 12 with bottlenecks and compression: a sixth of the parameters of densenet-40-12",
        spec: || NetworkSpec::bottleneck_compressed(&[6, 6, 6], 24, 12),
        ..PAIR
    },
    Preset {
        name: "densenet-bc-40-36",
        about: "wide, as the paper's authors recommend: depth 40, k = 36, 1.5 million parameters",
        spec: || NetworkSpec::bottleneck_compressed(&[6, 6, 6], 72, 36),
        ..PAIR
    },
    Preset {
        name: "densenet-bc-40-48",
        about: "wide, as the paper's authors recommend: depth 40, k = 48, 2.7 million parameters",
        spec: || NetworkSpec::bottleneck_compressed(&[6, 6, 6], 96, 48),
        ..PAIR
    },
    Preset {
        name: "densenet-bc-40-60",
        about: "wide, as the paper's authors recommend: depth 40, k = 60, 4.3 million parameters",
        spec: || NetworkSpec::bottleneck_compressed(&[6, 6, 6], 120, 60),
        ..PAIR
    },
    Preset {
        name: "densenet-bc-100-12",
        about: "the paper's for CIFAR: depth 100, k = 12, 0.8 million parameters",
        spec: || NetworkSpec::bottleneck_compressed(&[16, 16, 16], 24, 12),
        ..PAIR
    },
    Preset {
        name: "densenet-bc-250-24",
        about: "the paper's for CIFAR: depth 250, k = 24, 15.3 million parameters",
        spec: || NetworkSpec::bottleneck_compressed(&[41, 41, 41], 48, 24),
        ..PAIR
    },
    Preset {
        name: "densenet-bc-190-40",
        about: "the paper's best for CIFAR: depth 190, k = 40, 25.6 million parameters",
        spec: || NetworkSpec::bottleneck_compressed(&[31, 31, 31], 80, 40),
        ..PAIR
    },
    Preset {
        name: "densenet-121",
        about: "the paper's for ImageNet: k = 32, 8 million parameters, 2.8 G multiply-adds",
        input: IMAGENET,
        spec: || imagenet(&[6, 12, 24, 16], 64, 32),
        ..PAIR
    },
    Preset {
        name: "densenet-161",
        about: "the wide one for ImageNet: k = 48, 28.7 million parameters",
        input: IMAGENET,
        spec: || imagenet(&[6, 12, 36, 24], 96, 48),
        ..PAIR
    },
    Preset {
        name: "densenet-169",
        about: "the paper's for ImageNet: k = 32, 14.1 million parameters",
        input: IMAGENET,
        spec: || imagenet(&[6, 12, 32, 32], 64, 32),
        ..PAIR
    },
    Preset {
        name: "densenet-201",
        about: "the paper's for ImageNet: k = 32, 20 million parameters",
        input: IMAGENET,
        spec: || imagenet(&[6, 12, 48, 32], 64, 32),
        ..PAIR
    },
    Preset {
        name: "densenet-264",
        about: "the paper's deepest for ImageNet: k = 32, 33.3 million parameters, blocks of up to 64 layers",
        input: IMAGENET,
        spec: || imagenet(&[6, 12, 64, 48], 64, 32),
        ..PAIR
    },
];

fn basic(blocks: &[usize], k0: usize, growth: usize) -> NetworkSpec {
    NetworkSpec {
        bottleneck: false,
        compression: Compression { percent: 100 },
        ..NetworkSpec::bottleneck_compressed(blocks, k0, growth)
    }
}

fn imagenet(blocks: &[usize], k0: usize, growth: usize) -> NetworkSpec {
    NetworkSpec { stem: Stem::SevenBySeven, ..NetworkSpec::bottleneck_compressed(blocks, k0, growth) }
}
