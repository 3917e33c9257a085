//! The connections of a network by name, so that they can be cut.
//!
//! Knows which links a network has, and not what becomes of one that is cut; that is `model::cut`.

use std::collections::BTreeSet;
use std::fmt;

use super::architecture::Architecture;
use super::layer::Part;
use super::merge::Merge;
use super::words::words;

/// A connection of a block that can be cut. Blocks, layers and readers count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Link {
    /// `B.S>R`: what a reader of a dense block takes from a source: the slice of its input after BN-ReLU.
    Slice {
        /// The block.
        block: usize,
        /// The reader; one past the last layer is the transition or the classifier.
        reader: usize,
        /// The source: 0 is what entered the block.
        source: usize,
    },
    /// `B.L:identity`: x_{L−1} itself in the sum of a residual layer.
    Identity {
        /// The block.
        block: usize,
        /// The layer.
        layer: usize,
    },
    /// `B.L:branch`: the output of H_L of a residual or plain layer.
    Branch {
        /// The block.
        block: usize,
        /// The layer.
        layer: usize,
    },
}

/// What passes in place of a cut link.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// Nothing: every number is 0.
    #[default]
    Zero,
    /// For each channel its mean over images and positions in the whole network on the same images: what is lost is what the link says of
    /// an image, and nothing else.
    Mean,
}

words!(How { Zero = "zero", Mean = "mean" });

impl How {
    /// Both, in the order in which they are shown.
    pub const ALL: [Self; 2] = [Self::Zero, Self::Mean];
}

/// Links that are cut, all in the same way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cuts {
    /// Which.
    pub links: BTreeSet<Link>,
    /// What passes in their place.
    pub how: How,
}

impl fmt::Display for How {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.name())
    }
}

/// A link that the network does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no link '{name}' in this network; allowed: {allowed}")]
pub struct UnknownLink {
    name: String,
    allowed: String,
}

impl Link {
    /// Its block and the reader or layer at whose input or sum it ends.
    pub const fn end(self) -> (usize, usize) {
        match self {
            Self::Slice { block, reader, source: _ } => (block, reader),
            Self::Identity { block, layer } | Self::Branch { block, layer } => (block, layer),
        }
    }

    /// The link of that name in a network of any size.
    fn parse(name: &str) -> Option<Self> {
        let (block, rest) = name.split_once('.')?;
        let block = number(block)?;
        if let Some((source, reader)) = rest.split_once('>') {
            return Some(Self::Slice { block, reader: number(reader)?, source: number(source)? });
        }
        let (layer, end) = rest.split_once(':')?;
        let layer = number(layer)?;
        match end {
            "identity" => Some(Self::Identity { block, layer }),
            "branch" => Some(Self::Branch { block, layer }),
            _ => None,
        }
    }
}

/// Digits alone: no sign, no spaces.
fn number(text: &str) -> Option<usize> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

impl fmt::Display for Link {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&match self {
            Self::Slice { block, reader, source } => format!("{block}.{source}>{reader}"),
            Self::Identity { block, layer } => format!("{block}.{layer}:identity"),
            Self::Branch { block, layer } => format!("{block}.{layer}:branch"),
        })
    }
}

impl Architecture {
    /// Every link that can be cut, in the order in which images pass them.
    pub fn links(&self) -> Vec<Link> {
        let mut links = Vec::new();
        for (block, &layers) in (1..).zip(&self.spec.blocks) {
            match self.kind.merge() {
                Merge::Append => links.extend(
                    (1..=layers + 1)
                        .flat_map(|reader| (0..reader).map(move |source| Link::Slice { block, reader, source })),
                ),
                Merge::Add => links.extend(
                    (1..=layers).flat_map(|layer| [Link::Identity { block, layer }, Link::Branch { block, layer }]),
                ),
                Merge::Replace => links.extend((1..=layers).map(|layer| Link::Branch { block, layer })),
            }
        }
        links
    }

    /// The links through which what a row makes goes on: cutting them all removes it. A row whose output is no link's has none: the
    /// classifier, and what enters the blocks of a network that keeps no sources.
    pub fn links_from(&self, part: Part) -> Vec<Link> {
        let source = match part {
            Part::Stem => (1, 0),
            Part::Layer { block, layer } => (block, layer),
            Part::Transition { block } => (block + 1, 0),
            Part::Classifier => return Vec::new(),
        };
        let made_by = |link: &Link| match *link {
            Link::Slice { block, reader: _, source } => (block, source),
            Link::Branch { block, layer } => (block, layer),
            Link::Identity { .. } => (0, 0),
        };
        self.links().into_iter().filter(|link| made_by(link) == source).collect()
    }

    /// Whether the network has that link.
    pub fn has_link(&self, link: Link) -> bool {
        let layers = |block: usize| block.checked_sub(1).and_then(|at| self.spec.blocks.get(at)).copied();
        match (link, self.kind.merge()) {
            (Link::Slice { block, reader, source }, Merge::Append) => {
                source < reader && layers(block).is_some_and(|layers| reader <= layers + 1)
            }
            (Link::Identity { block, layer }, Merge::Add)
            | (Link::Branch { block, layer }, Merge::Add | Merge::Replace) => {
                layer > 0 && layers(block).is_some_and(|layers| layer <= layers)
            }
            (Link::Slice { .. }, Merge::Add | Merge::Replace)
            | (Link::Identity { .. }, Merge::Append | Merge::Replace)
            | (Link::Branch { .. }, Merge::Append) => false,
        }
    }

    /// The link of that name.
    ///
    /// # Errors
    ///
    /// When the network has none.
    pub fn link(&self, name: &str) -> Result<Link, UnknownLink> {
        let found = Link::parse(name).filter(|&link| self.has_link(link));
        found.ok_or_else(|| UnknownLink { name: name.to_owned(), allowed: self.links_in_words() })
    }

    /// Which links there are, for a message: `B.S>R with …`.
    fn links_in_words(&self) -> String {
        let blocks: Vec<String> = self.spec.blocks.iter().map(usize::to_string).collect();
        let (count, layers) = (blocks.len(), blocks.join(", "));
        let block = if count == 1 { "block B = 1".to_owned() } else { format!("block B from 1 to {count}") };
        let ends = match self.kind.merge() {
            Merge::Append => {
                return format!(
                    "B.S>R of the {} network, such as 1.0>1: {block}, reader R from 1 to L + 1 (L is {layers}; the last is what follows the \
                     block), source S from 0 to R - 1",
                    self.kind
                );
            }
            Merge::Add => "B.L:branch and B.L:identity",
            Merge::Replace => "B.L:branch",
        };
        format!("{ends} of the {} network, such as 1.1:branch: {block}, layer L from 1 to {layers}", self.kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arch::{ImageShape, Input, NetworkKind, NetworkSpec};

    fn network(kind: NetworkKind) -> Architecture {
        let input = Input { image: ImageShape { channels: 1, height: 8, width: 8 }, classes: 3 };
        Architecture::new(kind, &NetworkSpec::bottleneck_compressed(&[3, 2], 5, 2), input).unwrap()
    }

    #[test]
    fn every_link_of_a_network_is_found_by_its_name_and_no_other_is() {
        let counts = [1 + 2 + 3 + 4 + 1 + 2 + 3, 2 * 5, 5];
        for (kind, count) in NetworkKind::ALL.into_iter().zip(counts) {
            let network = network(kind);
            let links = network.links();
            assert_eq!(links.len(), count, "{kind}");
            for &link in &links {
                assert_eq!(network.link(&link.to_string()), Ok(link));
            }
            let mut names: Vec<String> = Vec::new();
            for (a, b, c) in (0..7).flat_map(|a| (0..7).flat_map(move |b| (0..7).map(move |c| (a, b, c)))) {
                names.push(format!("{a}.{b}>{c}"));
                if c == 0 {
                    names.extend([format!("{a}.{b}:branch"), format!("{a}.{b}:identity")]);
                }
            }
            let found = names.iter().filter(|name| network.link(name).is_ok()).count();
            assert_eq!(found, count, "{kind}");
        }
    }

    #[test]
    fn what_is_no_link_is_refused_by_its_name_with_what_is_allowed() {
        let words = |kind, name: &str| network(kind).link(name).unwrap_err().to_string();
        for name in
            ["", "1", "1.0", "1.0>", ">1", "1.+0>1", "1. 0>1", "1.0>9", "1.1:branch", "99999999999999999999.0>1"]
        {
            let error = words(NetworkKind::Dense, name);
            assert!(error.contains(&format!("'{name}'")) && error.contains("B.S>R of the dense network"), "{error}");
            assert!(error.contains("L is 3, 2"), "{error}");
        }
        assert!(words(NetworkKind::Plain, "1.1:identity").contains("B.L:branch of the plain network"));
        assert!(words(NetworkKind::Residual, "1.0>1").contains("B.L:branch and B.L:identity"));
    }

    #[test]
    fn what_a_row_makes_goes_on_through_every_reader_of_it_and_through_nothing_else() {
        let names = |kind, part| network(kind).links_from(part).iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(names(NetworkKind::Dense, Part::Layer { block: 1, layer: 2 }), ["1.2>3", "1.2>4"]);
        assert_eq!(names(NetworkKind::Dense, Part::Stem), ["1.0>1", "1.0>2", "1.0>3", "1.0>4"]);
        assert_eq!(names(NetworkKind::Dense, Part::Transition { block: 1 }), ["2.0>1", "2.0>2", "2.0>3"]);
        assert_eq!(names(NetworkKind::Residual, Part::Layer { block: 2, layer: 1 }), ["2.1:branch"]);
        for kind in [NetworkKind::Residual, NetworkKind::Plain] {
            assert!(names(kind, Part::Stem).is_empty() && names(kind, Part::Classifier).is_empty());
        }
    }
}
