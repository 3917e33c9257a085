//! Named networks: the paper's, and those that make one point in a lesson.

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

/// Every preset, the default first.
pub const PRESETS: &[Preset] = &[
    Preset {
        name: "classroom",
        about: "small enough to learn while you watch: three blocks of four layers, k = 8, for 28x28 grey images (the default)",
        input: GREY_28,
        spec: || NetworkSpec::bottleneck_compressed(&[4, 4, 4], 16, 8),
    },
    Preset {
        name: "two-blocks",
        about: "the recurrence at its barest: two blocks of three layers, one convolution each, nothing compressed",
        input: GREY_28,
        spec: || basic(&[3, 3], 8, 4),
    },
    Preset {
        name: "without-batch-norm",
        about: "thirty layers and no batch norm: the plain network's gradient vanishes, the residual network's activations explode",
        input: GREY_28,
        spec: || NetworkSpec {
            normalization: Normalization::None,
            ..NetworkSpec::bottleneck_compressed(&[10, 10, 10], 16, 8)
        },
    },
    Preset {
        name: "densenet-40-12",
        about: "the paper's first row for CIFAR: depth 40, k = 12, no bottleneck, no compression",
        input: CIFAR_10,
        spec: || basic(&[12, 12, 12], 16, 12),
    },
    Preset {
        name: "densenet-bc-22-12",
        about: "depth 22, k = 12 with bottlenecks and compression: odd channel counts show that the transition floors",
        input: CIFAR_10,
        spec: || NetworkSpec::bottleneck_compressed(&[3, 3, 3], 24, 12),
    },
    Preset {
        name: "densenet-bc-40-12",
        about: "depth 40, k = 12 with bottlenecks and compression: a sixth of the parameters of densenet-40-12",
        input: CIFAR_10,
        spec: || NetworkSpec::bottleneck_compressed(&[6, 6, 6], 24, 12),
    },
    Preset {
        name: "densenet-bc-100-12",
        about: "the paper's for CIFAR: depth 100, k = 12, 0.8 million parameters",
        input: CIFAR_10,
        spec: || NetworkSpec::bottleneck_compressed(&[16, 16, 16], 24, 12),
    },
    Preset {
        name: "densenet-bc-250-24",
        about: "the paper's for CIFAR: depth 250, k = 24, 15.3 million parameters",
        input: CIFAR_10,
        spec: || NetworkSpec::bottleneck_compressed(&[41, 41, 41], 48, 24),
    },
    Preset {
        name: "densenet-bc-190-40",
        about: "the paper's best for CIFAR: depth 190, k = 40, 25.6 million parameters",
        input: CIFAR_10,
        spec: || NetworkSpec::bottleneck_compressed(&[31, 31, 31], 80, 40),
    },
    Preset {
        name: "densenet-121",
        about: "the paper's for ImageNet: k = 32, 8 million parameters, 2.8 G multiply-adds",
        input: IMAGENET,
        spec: || imagenet(&[6, 12, 24, 16], 64, 32),
    },
    Preset {
        name: "densenet-161",
        about: "the wide one for ImageNet: k = 48, 28.7 million parameters",
        input: IMAGENET,
        spec: || imagenet(&[6, 12, 36, 24], 96, 48),
    },
    Preset {
        name: "densenet-169",
        about: "the paper's for ImageNet: k = 32, 14.1 million parameters",
        input: IMAGENET,
        spec: || imagenet(&[6, 12, 32, 32], 64, 32),
    },
    Preset {
        name: "densenet-201",
        about: "the paper's for ImageNet: k = 32, 20 million parameters",
        input: IMAGENET,
        spec: || imagenet(&[6, 12, 48, 32], 64, 32),
    },
    Preset {
        name: "densenet-264",
        about: "the paper's deepest for ImageNet: k = 32, 33.3 million parameters, blocks of up to 64 layers",
        input: IMAGENET,
        spec: || imagenet(&[6, 12, 64, 48], 64, 32),
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
