//! From the names of other projects to those of this one, by rules that are told when they are used.
//!
//! | found | where | read as |
//! |---|---|---|
//! | any prefix that all names of the network share | `nn.DataParallel`, checkpoints, wrappers | nothing |
//! | `denselayer1.norm.1`, `denselayer1.conv.1` | torchvision's published files | `denselayer1.norm1`, `denselayer1.conv1` |
//! | `features.norm_final` | efficient_densenet_pytorch | `features.norm5` |
//! | `denselayer1.layers.norm1`, `class_layers.out` | MONAI | `denselayer1.norm1`, `classifier` |
//! | `classifier.0`, of a sequence with one matrix | CheXNet | `classifier` |

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::error::{WeightsError, shown};
use super::note::Note;

/// A file's tensors by the names that they have here.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// The name in the file, by the name here.
    pub(super) found: BTreeMap<String, String>,
    /// Names of the file that are no part of a network.
    pub(super) outside: Vec<String>,
    /// What was done.
    pub(super) notes: Vec<Note>,
}

/// Tensors of a batch, and counts of batches that PyTorch keeps, are no weights.
pub(super) fn is_no_weight(name: &str) -> bool {
    name.starts_with("batch.") || name.ends_with("num_batches_tracked")
}

/// Words in the prefix of a second copy of a network's weights.
const COPIES: [&str; 8] = ["ema", "swa", "avg", "average", "averaged", "teacher", "momentum", "shadow"];

impl Names {
    /// Finds the network among the names of a file.
    ///
    /// # Errors
    ///
    /// When there are several networks and no telling which is meant, or two names are read as the same.
    pub(super) fn of<'a>(file: &Path, names: impl Iterator<Item = &'a str> + Clone) -> Result<Self, WeightsError> {
        let prefix = the_prefix(file, names.clone())?;
        let mut rules = Rules::new(names.clone(), &prefix);
        let mut read = Self::default();
        for name in names.filter(|name| !is_no_weight(name)) {
            let Some(inside) = name.strip_prefix(&prefix).filter(|rest| is_inside(rest)) else {
                read.outside.push(name.to_owned());
                continue;
            };
            let here = rules.apply(inside);
            if let Some(other) = read.found.insert(here.clone(), name.to_owned()) {
                let (one, other) = (shown(&other), shown(name));
                return Err(WeightsError::Twice { file: file.to_owned(), name: shown(&here), one, other });
            }
        }
        if !prefix.is_empty() && !read.found.is_empty() {
            read.notes.push(Note::Prefix(shown(&prefix)));
        }
        read.notes.extend(rules.notes());
        Ok(read)
    }
}

/// Whether a name, without its prefix, is that of a part of the network.
fn is_inside(name: &str) -> bool {
    ["features.", "classifier.", "class_layers."].iter().any(|start| name.starts_with(start))
}

/// What stands before `features` in the name of a part of a network.
fn prefix_of(name: &str) -> Option<&str> {
    const PARTS: [&str; 7] = ["conv0", "norm0", "norm5", "norm_final", "transition", "denseblock", "residualblock"];
    name.match_indices("features.").map(|(at, found)| (at, &name[at + found.len()..])).find_map(|(at, rest)| {
        let part = rest.split('.').next()?;
        let is_part = PARTS.iter().chain(&["plainblock"]).any(|known| part.starts_with(known));
        (is_part && (at == 0 || name[..at].ends_with('.'))).then(|| &name[..at])
    })
}

/// The prefix of the network's names: that of the one network, or of the one that is no copy of another.
fn the_prefix<'a>(file: &Path, names: impl Iterator<Item = &'a str>) -> Result<String, WeightsError> {
    let (mut all, mut whole) = (BTreeSet::new(), BTreeSet::new());
    for name in names {
        if let Some(prefix) = prefix_of(name) {
            all.insert(prefix);
            if &name[prefix.len()..] == "features.conv0.weight" {
                whole.insert(prefix);
            }
        }
    }
    let candidates = if whole.is_empty() { all } else { whole };
    let is_copy = |prefix: &str| prefix.split(['.', '_']).any(|word| COPIES.contains(&word.to_lowercase().as_str()));
    let originals: Vec<&str> = candidates.iter().copied().filter(|prefix| !is_copy(prefix)).collect();
    match (&candidates.iter().copied().collect::<Vec<_>>()[..], &originals[..]) {
        ([], _) => Ok(String::new()),
        ([only], _) | (_, [only]) => Ok((*only).to_owned()),
        (candidates, _) if candidates.contains(&"") => Ok(String::new()),
        (candidates, _) => Err(WeightsError::Several {
            file: file.to_owned(),
            prefixes: candidates.iter().map(|prefix| shown(prefix)).collect(),
        }),
    }
}

/// The rules, and how often each was used.
struct Rules {
    /// The number in `classifier.0` of a sequence with one matrix.
    sequence: Option<String>,
    used: [usize; Rules::KNOWN.len()],
}

impl Rules {
    const KNOWN: [(&'static str, &'static str); 6] = [
        ("norm.1", "norm1"),
        ("conv.1", "conv1"),
        ("layers.norm1", "norm1"),
        ("norm_final", "norm5"),
        ("class_layers.out", "classifier"),
        ("classifier.0", "classifier"),
    ];

    fn new<'a>(names: impl Iterator<Item = &'a str>, prefix: &str) -> Self {
        let mut numbers: Vec<&str> = names
            .filter_map(|name| name.strip_prefix(prefix)?.strip_prefix("classifier.")?.strip_suffix(".weight"))
            .filter(|number| is_number(number))
            .collect();
        let sequence = if numbers.len() == 1 { numbers.pop().map(str::to_owned) } else { None };
        Self { sequence, used: [0; Self::KNOWN.len()] }
    }

    /// The name here of a name without its prefix.
    fn apply(&mut self, name: &str) -> String {
        let mut parts: Vec<&str> = name.split('.').collect();
        if let ["features", _, layer, "layers", _, ..] = parts[..]
            && layer.contains("layer")
        {
            parts.remove(3);
            self.used[2] += 1;
        }
        if let ["features", _, _, part @ ("norm" | "conv"), number, _] = parts[..]
            && is_number(number)
        {
            self.used[usize::from(part == "conv")] += 1;
            return format!("{}.{part}{number}.{}", parts[..3].join("."), parts[5]);
        }
        match &parts[..] {
            ["features", "norm_final", rest] => {
                self.used[3] += 1;
                format!("features.norm5.{rest}")
            }
            ["class_layers", "out", rest] => {
                self.used[4] += 1;
                format!("classifier.{rest}")
            }
            ["classifier", number, rest] if self.sequence.as_deref() == Some(*number) => {
                self.used[5] += 1;
                format!("classifier.{rest}")
            }
            parts => parts.join("."),
        }
    }

    fn notes(&self) -> impl Iterator<Item = Note> {
        let used = Self::KNOWN.iter().zip(&self.used).filter(|(_, count)| **count > 0);
        used.map(|(&(from, to), &count)| Note::Renamed { from, to, count })
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(names: &[&str]) -> Result<Names, WeightsError> {
        Names::of(Path::new("w.pth"), names.iter().copied())
    }

    #[test]
    fn names_of_other_projects_become_those_of_this_one() {
        for (found, here) in [
            ("features.denseblock1.denselayer12.norm.1.weight", "features.denseblock1.denselayer12.norm1.weight"),
            ("features.denseblock1.denselayer1.conv.2.weight", "features.denseblock1.denselayer1.conv2.weight"),
            ("features.denseblock1.denselayer1.layers.norm1.bias", "features.denseblock1.denselayer1.norm1.bias"),
            ("features.norm_final.running_var", "features.norm5.running_var"),
            ("class_layers.out.bias", "classifier.bias"),
            ("classifier.0.weight", "classifier.weight"),
            ("features.transition1.norm.weight", "features.transition1.norm.weight"),
        ] {
            for prefix in ["", "module.", "state_dict.module.densenet121.", "_orig_mod.features."] {
                let names = [format!("{prefix}{found}"), format!("{prefix}features.conv0.weight")];
                let read = read(&[&names[0], &names[1]]).unwrap();
                assert_eq!(read.found[here], names[0], "{prefix}{found}");
                assert!(read.outside.is_empty(), "{:?}", read.outside);
                assert_eq!(read.notes.contains(&Note::Prefix(prefix.to_owned())), !prefix.is_empty());
            }
        }
    }

    #[test]
    fn what_is_no_part_of_the_network_is_left_out_and_copies_are_not_taken_for_it() {
        let names = read(&[
            "state_dict.features.conv0.weight",
            "state_dict.classifier.weight",
            "state_dict.op_threshs",
            "state_dict_ema.features.conv0.weight",
            "optimizer.state.0.exp_avg",
            "state_dict.features.norm5.num_batches_tracked",
            "batch.images",
        ])
        .unwrap();
        assert_eq!(names.found.len(), 2, "{:?}", names.found);
        assert_eq!(
            names.outside,
            ["state_dict.op_threshs", "state_dict_ema.features.conv0.weight", "optimizer.state.0.exp_avg"]
        );
    }

    #[test]
    fn two_networks_in_one_file_and_two_names_for_one_weight_are_refused() {
        let error = read(&["encoder_q.features.conv0.weight", "encoder_k.features.conv0.weight"]).unwrap_err();
        assert!(error.to_string().contains("encoder_k., encoder_q."), "{error}");
        let error = read(&["features.norm5.bias", "features.norm_final.bias"]).unwrap_err();
        assert!(error.to_string().contains("features.norm5.bias and features.norm_final.bias"), "{error}");
        let sequence = read(&["features.conv0.weight", "classifier.0.weight", "classifier.3.weight"]).unwrap();
        assert!(!sequence.found.contains_key("classifier.weight"), "no telling which of two matrices");
    }
}
