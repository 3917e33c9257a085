//! Networks as JSON: what `inspect` prints, and `networks.json` of a run folder.
//!
//! Everything in it follows from a description and an input. So reading gives back only the input and what the networks are
//! said to cost; who has the description makes the rows again and compares.

use serde::{Deserialize, Serialize};

use crate::arch::{ActivationMemory, Architecture, ImageShape, Input, Layer, NetworkKind};

/// The networks as JSON, with a line break at the end.
///
/// # Panics
///
/// Never: numbers and words are JSON.
pub fn architectures_to_json(networks: &[Architecture]) -> String {
    let networks = networks.iter().map(NetworkRecord::new).collect();
    serde_json::to_string_pretty(&Records { networks }).expect("numbers and words are JSON") + "\n"
}

/// What a file of networks says of one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Described {
    pub(super) kind: NetworkKind,
    pub(super) input: Input,
    pub(super) parameters: u64,
}

/// Why a text is no file of networks, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NotNetworks {
    /// Counted from 1.
    pub(super) line: usize,
    pub(super) found: String,
    pub(super) allowed: String,
}

/// What the text says of each network.
pub(super) fn architectures_from_json(text: &str) -> Result<Vec<Described>, NotNetworks> {
    let records: ReadRecords = serde_json::from_str(text).map_err(|error| NotNetworks {
        line: error.line().max(1),
        found: format!("what JSON cannot be: {error}"),
        allowed: "the JSON of `densescope inspect --format json`".to_owned(),
    })?;
    records.networks.into_iter().map(ReadNetwork::described).collect()
}

#[derive(Serialize)]
struct Records<'a> {
    networks: Vec<NetworkRecord<'a>>,
}

#[derive(Serialize)]
struct NetworkRecord<'a> {
    kind: &'a str,
    input: [usize; 3],
    classes: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline_width: Option<f64>,
    /// What the number in a name such as DenseNet-121 counts.
    depth: usize,
    parameters: u64,
    running_statistics: u64,
    multiply_adds: u64,
    activation_bytes_naive: u64,
    activation_bytes_shared: u64,
    layers: Vec<LayerRecord>,
}

#[derive(Serialize)]
struct LayerRecord {
    name: String,
    reads: usize,
    makes: usize,
    carries: usize,
    height: usize,
    width: usize,
    parameters: u64,
    multiply_adds: u64,
}

impl<'a> NetworkRecord<'a> {
    fn new(network: &'a Architecture) -> Self {
        let Input { image, classes } = network.input;
        let ActivationMemory { naive, shared } = network.activation_memory();
        Self {
            kind: network.kind.name(),
            input: [image.channels, image.height, image.width],
            classes,
            baseline_width: network.width.map(crate::arch::Width::as_number),
            depth: network.depth().total(),
            parameters: network.parameters(),
            running_statistics: network.running_statistics(),
            multiply_adds: network.multiply_adds(),
            activation_bytes_naive: naive * ActivationMemory::BYTES,
            activation_bytes_shared: shared * ActivationMemory::BYTES,
            layers: network.layers.iter().map(LayerRecord::new).collect(),
        }
    }
}

impl LayerRecord {
    fn new(layer: &Layer) -> Self {
        Self {
            name: layer.part.to_string(),
            reads: layer.reads,
            makes: layer.makes,
            carries: layer.carries,
            height: layer.height,
            width: layer.width,
            parameters: layer.parameters,
            multiply_adds: layer.multiply_adds,
        }
    }
}

#[derive(Deserialize)]
struct ReadRecords {
    networks: Vec<ReadNetwork>,
}

/// What cannot be made again from a description. Other keys are looked past.
#[derive(Deserialize)]
struct ReadNetwork {
    kind: String,
    input: [usize; 3],
    classes: usize,
    parameters: u64,
}

/// More classes are no task for these networks.
const MOST_CLASSES: usize = 1_000_000;

impl ReadNetwork {
    fn described(self) -> Result<Described, NotNetworks> {
        let Self { kind, input: [channels, height, width], classes, parameters } = self;
        let refuse = |found: String, allowed: String| NotNetworks { line: 1, found, allowed };
        let kind = kind.parse().map_err(|_| {
            refuse(format!("a network of the kind '{kind}'"), format!("each of {}", NetworkKind::listed()))
        })?;
        let shape = ImageShape::new(channels, height, width).to_string();
        let image = shape.parse().map_err(|error| refuse(format!("the input {shape}"), format!("{error}")))?;
        if !(1..=MOST_CLASSES).contains(&classes) {
            return Err(refuse(format!("{classes} classes"), format!("1 to {MOST_CLASSES}")));
        }
        Ok(Described { kind, input: Input { image, classes }, parameters })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arch::PRESETS;

    #[test]
    fn what_is_written_says_what_the_networks_were_given() {
        let input = Input { image: ImageShape::new(3, 32, 40), classes: 7 };
        let networks = NetworkKind::ALL.map(|kind| Architecture::new(kind, &PRESETS[0].spec(), input).unwrap());
        let read = architectures_from_json(&architectures_to_json(&networks)).unwrap();
        let expected = networks.each_ref().map(|network| Described {
            kind: network.kind,
            input,
            parameters: network.parameters(),
        });
        assert_eq!(read, expected);
    }

    #[test]
    fn what_is_no_file_of_networks_is_refused_with_its_line() {
        for (text, line, part) in [
            ("", 1, "JSON"),
            ("{\n\"networks\": 3}", 2, "JSON"),
            (r#"{"networks": [{"kind": "gru", "input": [1, 2, 3], "classes": 2, "parameters": 1}]}"#, 1, "gru"),
            (r#"{"networks": [{"kind": "dense", "input": [0, 2, 3], "classes": 2, "parameters": 1}]}"#, 1, "0x2x3"),
            (r#"{"networks": [{"kind": "dense", "input": [1, 2, 3], "classes": 0, "parameters": 1}]}"#, 1, "0 classes"),
        ] {
            let refused = architectures_from_json(text).unwrap_err();
            assert_eq!(refused.line, line, "{text}");
            assert!(refused.found.contains(part), "{refused:?}");
        }
    }
}
