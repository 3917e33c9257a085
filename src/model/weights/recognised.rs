//! From the shapes of a file's tensors to the network that has such weights.

use std::ops::RangeInclusive;

use super::error::{Unlike, WeightsError};
use super::expected::expected;
use super::file::TensorFile;
use crate::arch::{
    Architecture, Compression, ImageShape, Input, Merge, NetworkKind, NetworkSpec, Normalization, PRESETS, Preset,
    Stem, Width, WidthRule,
};

/// A network read off a file of weights.
#[derive(Clone, Debug)]
pub struct Recognised {
    /// The network, for images of a size that suits it: weights do not tell their size.
    pub architecture: Architecture,
    /// The percents θ that give every transition of a dense network; none where there is no transition.
    pub percents: Option<RangeInclusive<u32>>,
    /// The widths w that give every block of a residual or plain network.
    pub widths: Option<RangeInclusive<Width>>,
    /// The preset whose dense network it is, whatever its images and classes.
    pub preset: Option<&'static Preset>,
}

/// The most layers of a block and the most blocks: what the settings allow.
const MOST_LAYERS: usize = 256;
const MOST_BLOCKS: usize = 8;

impl TensorFile {
    /// The network whose weights these are: every tensor has its place in it, and every one of its tensors is there.
    ///
    /// What weights cannot tell is as in `unknown`: k0, k and θ of a residual or plain network, θ where there is no transition, dropout.
    ///
    /// # Errors
    ///
    /// When no network that can be built here has such weights, with what is otherwise.
    ///
    /// # Panics
    ///
    /// Never: images are chosen that the network can halve.
    pub fn recognise(&self, unknown: &NetworkSpec) -> Result<Recognised, WeightsError> {
        let unlike = |unlike| WeightsError::Unlike { file: self.path().to_owned(), unlike };
        let (kind, blocks) = self.blocks().map_err(unlike)?;
        let classes = self.classes()?;
        let mut read = Reading { file: self, kind, spec: NetworkSpec { blocks, ..unknown.clone() } };
        let channels = read.stem().map_err(unlike)?;
        read.spec.bottleneck = self.shape(&read.layer(1, 1, "conv2")).is_some();
        let has_norms = self.shape(&read.layer(1, 1, "norm1").replace(".weight", ".running_mean")).is_some();
        read.spec.normalization = if has_norms { Normalization::Batch } else { Normalization::None };
        let (percents, widths) = match kind.merge() {
            Merge::Append => (read.dense().map_err(unlike)?, None),
            Merge::Add | Merge::Replace => (None, Some(read.width().map_err(unlike)?)),
        };
        let spec = read.spec;
        // Blocks are halved between; the 7×7 stem halves twice.
        let side = 8 << spec.blocks.len();
        let input = Input { image: ImageShape::new(channels, side, side), classes };
        let architecture = Architecture::new(kind, &spec, input)
            .expect("the side is chosen so that every transition has pixels to halve");
        self.weights(&expected(&architecture))?;
        let preset =
            percents.as_ref().and_then(|percents| PRESETS.iter().find(|preset| is_of(preset, &spec, percents)));
        Ok(Recognised { architecture, percents, widths, preset })
    }

    /// The kind of network whose weights these are.
    ///
    /// # Errors
    ///
    /// When they are those of none.
    pub fn kind(&self) -> Result<NetworkKind, WeightsError> {
        let unlike = |unlike| WeightsError::Unlike { file: self.path().to_owned(), unlike };
        self.blocks().map(|(kind, _)| kind).map_err(unlike)
    }

    /// The kind, and the layers of each block, by the names.
    fn blocks(&self) -> Result<(NetworkKind, Vec<usize>), Unlike> {
        let layers = self.shapes().filter_map(|(name, _)| layer_of(name.strip_suffix(".conv1.weight")?));
        let layers: Vec<(NetworkKind, usize, usize)> = layers.collect();
        let Some(&(kind, ..)) = layers.first() else { return Err(Unlike::NoBlocks) };
        let mut blocks: Vec<usize> = Vec::new();
        for &(_, block, layer) in layers.iter().filter(|(of, ..)| *of == kind) {
            for (what, found, most) in [("network.blocks", block, MOST_BLOCKS), ("network.blocks", layer, MOST_LAYERS)]
            {
                if !(1..=most).contains(&found) {
                    return Err(Unlike::Number { what, found, allowed: format!("1 to {most}") });
                }
            }
            blocks.resize(blocks.len().max(block), 0);
            blocks[block - 1] = blocks[block - 1].max(layer);
        }
        let count = |block| layers.iter().filter(|(of, b, _)| *of == kind && *b == block).count();
        match (1..).zip(&blocks).find(|&(block, &last)| last == 0 || count(block) != last) {
            None => Ok((kind, blocks)),
            Some((block, &last)) => {
                let is_there = |layer| layers.contains(&(kind, block, layer));
                let layer = (1..=last).find(|&layer| !is_there(layer)).unwrap_or(1);
                Err(Unlike::Gap { name: format!("features.{kind}block{block}.{kind}layer{layer}.conv1.weight") })
            }
        }
    }
}

/// The kind, block and layer of `features.denseblock1.denselayer2`.
fn layer_of(path: &str) -> Option<(NetworkKind, usize, usize)> {
    let (block, layer) = path.strip_prefix("features.")?.split_once('.')?;
    NetworkKind::ALL.into_iter().find_map(|kind| {
        let number = |text: &str, what: &str| text.strip_prefix(kind.name())?.strip_prefix(what)?.parse().ok();
        Some((kind, number(block, "block")?, number(layer, "layer")?))
    })
}

/// What is known so far of a network.
struct Reading<'a> {
    file: &'a TensorFile,
    kind: NetworkKind,
    spec: NetworkSpec,
}

impl Reading<'_> {
    /// The name of a layer's weight.
    fn layer(&self, block: usize, layer: usize, part: &str) -> String {
        let kind = self.kind;
        format!("features.{kind}block{block}.{kind}layer{layer}.{part}.weight")
    }

    /// The outputs and inputs of a convolution; nothing where there is none.
    fn channels(&self, name: &str) -> Option<(usize, usize)> {
        match self.file.shape(name) {
            Some(&[makes, reads, _, _]) => Some((makes, reads)),
            Some(_) | None => None,
        }
    }

    /// Reads the stem, and gives the channels of images.
    fn stem(&mut self) -> Result<usize, Unlike> {
        let name = "features.conv0.weight";
        let Some(&[makes, channels, side, _]) = self.file.shape(name) else {
            return Err(Unlike::Gap { name: name.to_owned() });
        };
        self.spec.stem = match side {
            3 => Stem::ThreeByThree,
            7 => Stem::SevenBySeven,
            _ => return Err(Unlike::Number { what: "network.stem", found: side, allowed: "3 or 7".to_owned() }),
        };
        at_most("input", channels, ImageShape::MAX_CHANNELS)?;
        if self.kind.merge().keeps_sources() {
            at_most("network.k0", makes, 1024)?;
            self.spec.k0 = makes;
        }
        Ok(channels)
    }

    /// Reads k and θ, and gives the percents that could be θ.
    fn dense(&mut self) -> Result<Option<RangeInclusive<u32>>, Unlike> {
        let name = self.layer(1, 1, if self.spec.bottleneck { "conv2" } else { "conv1" });
        let (growth, inner) = self.channels(&name).ok_or(Unlike::Gap { name })?;
        at_most("network.growth", growth, 512)?;
        self.spec.growth = growth;
        let four = NetworkSpec::BOTTLENECK_FACTOR * growth;
        if self.spec.bottleneck && inner != four {
            return Err(Unlike::Inner { found: inner, growth, four });
        }
        let mut transitions = Vec::new();
        for block in 1..self.spec.blocks.len() {
            let name = format!("features.transition{block}.conv.weight");
            let (makes, reads) = self.channels(&name).ok_or(Unlike::Gap { name })?;
            transitions.push((reads, makes));
        }
        if transitions.is_empty() {
            return Ok(None);
        }
        let gives_all = |percent: &u32| {
            let compression = Compression { percent: *percent };
            transitions.iter().all(|&(reads, makes)| compression.apply(reads) == makes)
        };
        let mut percents = (1..=100).filter(gives_all);
        let Some(first) = percents.next() else {
            let kept = transitions.iter().map(|(reads, makes)| format!("{makes} of {reads}")).collect::<Vec<_>>();
            return Err(Unlike::Compression { kept: kept.join(", ") });
        };
        let percents = first..=percents.next_back().unwrap_or(first);
        // Of several the roundest: what a person would have written.
        let roundness = |percent: &u32| [50, 100, 25, 10, 5].iter().position(|round| percent.is_multiple_of(*round));
        let percent = percents.clone().min_by_key(|percent| roundness(percent).unwrap_or(usize::MAX)).unwrap_or(first);
        self.spec.compression = Compression { percent };
        Ok(Some(percents))
    }

    /// Reads w, and gives the widths that it could be.
    fn width(&mut self) -> Result<RangeInclusive<Width>, Unlike> {
        let mut channels = Vec::new();
        for block in 1..=self.spec.blocks.len() {
            let name = self.layer(block, 1, "conv1");
            channels.push(self.channels(&name).ok_or(Unlike::Gap { name })?.1);
        }
        let gives_all =
            |width: &Width| (1..).zip(&channels).all(|(block, &channels)| width.channels(block) == channels);
        let all = (Width::MIN.quarters()..=Width::MAX.quarters()).filter_map(Width::from_quarters);
        let widths: Vec<Width> = all.filter(gives_all).collect();
        let (Some(&first), Some(&last)) = (widths.first(), widths.last()) else {
            let widths = channels.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            return Err(Unlike::Widths { widths });
        };
        let whole = widths.iter().find(|width| width.quarters().is_multiple_of(4));
        self.spec.baseline_width = WidthRule::Fixed(*whole.unwrap_or(&first));
        Ok(first..=last)
    }
}

fn at_most(what: &'static str, found: usize, most: usize) -> Result<(), Unlike> {
    if (1..=most).contains(&found) {
        Ok(())
    } else {
        Err(Unlike::Number { what, found, allowed: format!("1 to {most}") })
    }
}

/// Whether a preset's dense network has weights of these shapes.
fn is_of(preset: &Preset, spec: &NetworkSpec, percents: &RangeInclusive<u32>) -> bool {
    let NetworkSpec { blocks, stem, k0, growth, bottleneck, compression, normalization, .. } = preset.spec();
    (blocks, stem, k0, growth, bottleneck, normalization)
        == (spec.blocks.clone(), spec.stem, spec.k0, spec.growth, spec.bottleneck, spec.normalization)
        && percents.contains(&compression.percent)
}
