//! From a description to the rows of a network (paper, section 3 and Table 1).

use super::architecture::Architecture;
use super::kind::NetworkKind;
use super::layer::{Convolution, Layer, Part};
use super::shape::{ImageShape, Input};
use super::spec::{NetworkSpec, Normalization, Stem};
use super::width::Width;

/// Why a description gives no network for an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArchitectureError {
    /// A transition would halve a side of one pixel to none.
    #[error(
        "images of {image} are too small for {blocks} blocks: {height}x{width} pixels are left at transition {transition}, which would halve them to nothing; allowed: at most {transition} block{s}, or larger images",
        s = if *transition == 1 { "" } else { "s" }
    )]
    ImageTooSmall {
        /// What was to enter.
        image: ImageShape,
        /// Blocks asked for.
        blocks: usize,
        /// The first transition that has too little to halve.
        transition: usize,
        /// Rows before it.
        height: usize,
        /// Columns before it.
        width: usize,
    },
}

impl NetworkKind {
    /// Whether its layers make as many channels as they read, w, instead of k more than before.
    pub(super) const fn has_width(self) -> bool {
        match self {
            Self::Dense => false,
            Self::Residual | Self::Plain => true,
        }
    }
}

impl Architecture {
    /// The network of that kind with a given baseline width.
    pub(super) fn with_width(
        kind: NetworkKind,
        spec: &NetworkSpec,
        input: Input,
        width: Option<Width>,
    ) -> Result<Self, ArchitectureError> {
        let entering = width.map_or(spec.k0, |width| width.channels(1));
        let mut rows = Rows::new(spec, input.image, entering);
        for (block, &layers) in (1..).zip(&spec.blocks) {
            for layer in 1..=layers {
                match width {
                    None => rows.dense_layer(block, layer),
                    Some(_) => rows.baseline_layer(block, layer),
                }
            }
            if block < spec.blocks.len() {
                let makes = match width {
                    None => spec.compression.apply(rows.channels),
                    Some(width) => width.channels(block + 1),
                };
                rows.transition(block, makes, input.image)?;
            }
        }
        rows.classifier(input.classes);
        Ok(Self { kind, spec: spec.clone(), input, width, layers: rows.layers })
    }
}

/// The rows so far, and what they hand to the next one.
struct Rows<'a> {
    spec: &'a NetworkSpec,
    layers: Vec<Layer>,
    channels: usize,
    height: usize,
    width: usize,
}

impl<'a> Rows<'a> {
    /// Starts with the stem, which makes `makes` channels.
    fn new(spec: &'a NetworkSpec, image: ImageShape, makes: usize) -> Self {
        let half = |side: usize| side.div_ceil(2); // stride 2 with "same" padding
        let (kernel, stride, height, width) = match spec.stem {
            Stem::ThreeByThree => (3, 1, image.height, image.width),
            Stem::SevenBySeven => (7, 2, half(image.height), half(image.width)),
        };
        let convolution = Convolution { reads: image.channels, makes, kernel, stride, height, width };
        let mut rows = Self { spec, layers: Vec::new(), channels: makes, height, width };
        match spec.stem {
            Stem::ThreeByThree => rows.push(Part::Stem, [image.channels, makes, makes], vec![convolution], &[]),
            Stem::SevenBySeven => {
                (rows.height, rows.width) = (half(height), half(width)); // 3×3 max pooling, stride 2
                rows.push(Part::Stem, [image.channels, makes, makes], vec![convolution], &[makes]);
            }
        }
        rows
    }

    /// Reads k0 + k(l−1), makes k, carries k0 + k·l.
    fn dense_layer(&mut self, block: usize, layer: usize) {
        let (reads, growth) = (self.channels, self.spec.growth);
        let inner = NetworkSpec::BOTTLENECK_FACTOR * growth;
        let channels = [reads, growth, reads + growth];
        if self.spec.bottleneck {
            let convolutions = vec![self.convolution(reads, inner, 1), self.convolution(inner, growth, 3)];
            self.push(Part::Layer { block, layer }, channels, convolutions, &[reads, inner]);
        } else {
            let convolutions = vec![self.convolution(reads, growth, 3)];
            self.push(Part::Layer { block, layer }, channels, convolutions, &[reads]);
        }
    }

    /// Reads, makes and carries w.
    fn baseline_layer(&mut self, block: usize, layer: usize) {
        let w = self.channels;
        let count = if self.spec.bottleneck { 2 } else { 1 };
        let convolutions = vec![self.convolution(w, w, 3); count];
        self.push(Part::Layer { block, layer }, [w, w, w], convolutions, &vec![w; count]);
    }

    fn transition(&mut self, block: usize, makes: usize, image: ImageShape) -> Result<(), ArchitectureError> {
        if self.height < 2 || self.width < 2 {
            return Err(ArchitectureError::ImageTooSmall {
                image,
                blocks: self.spec.blocks.len(),
                transition: block,
                height: self.height,
                width: self.width,
            });
        }
        let reads = self.channels;
        let convolution = self.convolution(reads, makes, 1);
        (self.height, self.width) = (self.height / 2, self.width / 2); // 2×2 average pooling floors
        self.push(Part::Transition { block }, [reads, makes, makes], vec![convolution], &[reads]);
        Ok(())
    }

    fn classifier(&mut self, classes: usize) {
        let reads = self.channels;
        (self.height, self.width) = (1, 1);
        self.push(Part::Classifier, [reads, classes, classes], Vec::new(), &[reads]);
        let classifier = self.layers.last_mut().expect("just pushed");
        let weights = (reads * classes) as u64;
        classifier.parameters += weights + classes as u64;
        classifier.multiply_adds += weights;
    }

    const fn convolution(&self, reads: usize, makes: usize, kernel: usize) -> Convolution {
        Convolution { reads, makes, kernel, stride: 1, height: self.height, width: self.width }
    }

    /// Adds a row of that many channels, its convolutions, and the channels of its batch norms.
    fn push(
        &mut self,
        part: Part,
        [reads, makes, carries]: [usize; 3],
        convolutions: Vec<Convolution>,
        norms: &[usize],
    ) {
        let norms = match self.spec.normalization {
            Normalization::Batch => norms.to_vec(),
            Normalization::None => Vec::new(),
        };
        let gamma_and_beta = 2 * norms.iter().sum::<usize>() as u64;
        self.layers.push(Layer {
            part,
            reads,
            makes,
            carries,
            height: self.height,
            width: self.width,
            parameters: convolutions.iter().map(Convolution::parameters).sum::<u64>() + gamma_and_beta,
            multiply_adds: convolutions.iter().map(Convolution::multiply_adds).sum(),
            convolutions,
            norms,
        });
        self.channels = carries;
    }
}
