//! What is wrong with a file of weights, and what was done to one.

use std::fmt::Display;

use super::content::Foreign;
use super::error::{MOST_SHOWN, Unlike, WeightsError, WeightsProblem};
use super::note::{MOST_LISTED, Note};
use crate::text::{Localized, Text, display_in_english};

display_in_english!(Foreign, WeightsError, Unlike, WeightsProblem, Note);

impl Localized for Foreign {
    fn in_words(&self, text: &Text) -> String {
        let what = text.say(match self {
            Self::Empty => "weights.empty",
            Self::LfsPointer => "weights.lfs_pointer",
            Self::WebPage => "weights.web_page",
            Self::Pickle => "weights.pickle",
            Self::Numpy => "weights.numpy",
            Self::NumpyArchive => "weights.numpy_archive",
            Self::Keras => "weights.keras",
            Self::Zip => "weights.zip",
            Self::Hdf5 => "weights.hdf5",
            Self::Gzip => "weights.gzip",
            Self::Gguf => "weights.gguf",
            Self::Text => "weights.text",
            Self::Unknown => "weights.unknown",
        });
        let hint = match self {
            Self::LfsPointer => "weights.hint.lfs",
            Self::WebPage => "weights.hint.download",
            Self::Pickle | Self::Numpy | Self::NumpyArchive | Self::Keras | Self::Hdf5 => "weights.hint.convert",
            Self::Gzip | Self::Zip => "weights.hint.unpack",
            Self::Empty | Self::Gguf | Self::Text | Self::Unknown => return what.to_owned(),
        };
        text.fill("weights.with_hint", &[("what", &what), ("hint", &text.say(hint))])
    }
}

impl Localized for WeightsError {
    fn in_words(&self, text: &Text) -> String {
        let of = |file: &std::path::Path, what: &dyn Display| {
            text.fill("weights.of_file", &[("file", &file.display()), ("what", what)])
        };
        match self {
            Self::Unreadable { file, error } => {
                text.fill("weights.unreadable", &[("file", &file.display()), ("error", &error.in_words(text))])
            }
            Self::TooLarge { file, length, most } => {
                of(file, &text.fill("weights.too_large", &[("length", length), ("most", most)]))
            }
            Self::Foreign { file, foreign } => of(file, &foreign.in_words(text)),
            Self::NotSafetensors { file, message, length } => {
                of(file, &text.fill("weights.not_safetensors", &[("message", message), ("length", length)]))
            }
            Self::NotPyTorch { file, message, length } => {
                of(file, &text.fill("weights.not_pytorch", &[("message", message), ("length", length)]))
            }
            Self::Several { file, prefixes } => {
                of(file, &text.fill("weights.several", &[("prefixes", &prefixes.join(", "))]))
            }
            Self::Twice { file, name, one, other } => {
                of(file, &text.fill("weights.twice", &[("one", one), ("other", other), ("name", name)]))
            }
            Self::Unlike { file, unlike } => {
                of(file, &text.fill("weights.unlike", &[("unlike", &unlike.in_words(text))]))
            }
            Self::OtherKind { file, kind, allowed } => {
                of(file, &text.fill("weights.other_kind", &[("kind", kind), ("allowed", allowed)]))
            }
            Self::Problems { file, problems } => {
                let mut lines: Vec<String> =
                    problems.iter().take(MOST_SHOWN).map(|problem| problem.in_words(text)).collect();
                if problems.len() > MOST_SHOWN {
                    lines.push(text.fill("weights.more", &[("count", &(problems.len() - MOST_SHOWN))]));
                }
                of(file, &lines.join("\n  "))
            }
        }
    }
}

impl Localized for Unlike {
    fn in_words(&self, text: &Text) -> String {
        match self {
            Self::NoBlocks => text.say("weights.no_blocks").to_owned(),
            Self::Gap { name } => text.fill("weights.gap", &[("name", name)]),
            Self::Number { what, found, allowed } => {
                text.fill("weights.number_of", &[("what", what), ("found", found), ("allowed", allowed)])
            }
            Self::Inner { found, growth, four } => {
                text.fill("weights.inner", &[("found", found), ("growth", growth), ("four", four)])
            }
            Self::Compression { kept } => text.fill("weights.compression", &[("kept", kept)]),
            Self::Widths { widths } => text.fill("weights.widths", &[("widths", widths)]),
        }
    }
}

impl Localized for WeightsProblem {
    fn in_words(&self, text: &Text) -> String {
        let with = |key: &str, nearest: &Option<String>| {
            nearest.as_ref().map_or_else(String::new, |name| text.fill(key, &[("name", name)]))
        };
        match self {
            Self::Missing { name, shape, nearest } => {
                let shape = format!("{shape:?}");
                let values: [(&str, &dyn Display); 3] =
                    [("name", name), ("shape", &shape), ("nearest", &with("weights.nearest_in_file", nearest))];
                text.fill("weights.missing", &values)
            }
            Self::LeftOver { name, shape, nearest } => {
                let shape = format!("{shape:?}");
                let values: [(&str, &dyn Display); 3] =
                    [("name", name), ("shape", &shape), ("nearest", &with("weights.nearest", nearest))];
                text.fill("weights.left_over", &values)
            }
            Self::Shape { name, found, allowed } => {
                let found = format!("{found:?}");
                text.fill("weights.shape", &[("name", name), ("found", &found), ("allowed", allowed)])
            }
            Self::Type { name, found, allowed } => {
                text.fill("weights.type", &[("name", name), ("found", found), ("allowed", allowed)])
            }
            Self::Number { name, found, position, allowed } => {
                let values: [(&str, &dyn Display); 4] =
                    [("name", name), ("found", found), ("position", position), ("allowed", allowed)];
                text.fill("weights.number", &values)
            }
            Self::Bytes { name, message } => text.fill("weights.bytes", &[("name", name), ("message", message)]),
        }
    }
}

impl Localized for Note {
    fn in_words(&self, text: &Text) -> String {
        match self {
            Self::IsPyTorch => text.say("weights.note.pytorch").to_owned(),
            Self::IsSafeTensors => text.say("weights.note.safetensors").to_owned(),
            Self::Prefix(prefix) => text.fill("weights.note.prefix", &[("prefix", prefix)]),
            Self::Renamed { from, to, count } => {
                text.fill("weights.note.renamed", &[("from", from), ("to", to), ("count", count)])
            }
            Self::Widened { from, count } => text.fill("weights.note.widened", &[("from", from), ("count", count)]),
            Self::LeftOut { names } => {
                let mut listed = names.iter().take(MOST_LISTED).cloned().collect::<Vec<_>>().join(", ");
                if names.len() > MOST_LISTED {
                    listed += &text.fill("weights.note.and_more", &[("count", &(names.len() - MOST_LISTED))]);
                }
                text.fill("weights.note.left_out", &[("names", &listed)])
            }
            Self::NewClassifier { found: Some(found), classes } => {
                text.fill("weights.note.other_classes", &[("found", found), ("classes", classes)])
            }
            Self::NewClassifier { found: None, classes } => {
                text.fill("weights.note.no_classifier", &[("classes", classes)])
            }
            Self::OthersFresh { kind } => text.fill("weights.note.others", &[("kind", kind)]),
        }
    }
}
