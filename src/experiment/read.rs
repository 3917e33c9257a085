//! From a file to an [`Experiment`], or to everything that is wrong with it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::description::{Along, Axis, AxisValue, Compare, Experiment, Measure, Rule, Written};
use crate::arch::NetworkKind;
use crate::config::{ConfigError, Field, Node, Tree, fields};

macro_rules! built_in {
    ($($name:literal),+ $(,)?) => {
        /// The experiments inside the program: names and files.
        pub const BUILT_IN: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../assets/experiments/", $name, ".toml")))),+];
    };
}

built_in!(
    "parameter-efficiency",
    "equal-work",
    "gradient-without-normalization",
    "growth-rate",
    "compression",
    "small-training-sets",
    "depth",
);

/// Why there is no experiment.
#[derive(Debug, thiserror::Error)]
pub enum ExperimentError {
    /// Neither a built-in one nor a file.
    #[error("there is no experiment '{name}'{}, and no file of that name; allowed: {}, or a TOML file", like(.name), names())]
    Unknown {
        /// The name that was given.
        name: String,
    },
    /// The file cannot be read.
    #[error("cannot read the experiment {}: {error}", file.display())]
    Unreadable {
        /// The file as it was named.
        file: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// It is larger than any experiment.
    #[error("cannot read the experiment {}: it has {length} bytes; allowed: at most {LARGEST_FILE}", file.display())]
    TooLarge {
        /// The file as it was named.
        file: PathBuf,
        /// Its bytes.
        length: u64,
    },
    /// It is no TOML, or says what cannot be.
    #[error(transparent)]
    Config(#[from] ConfigError),
}

/// A larger file is no experiment.
const LARGEST_FILE: u64 = 1 << 20;
/// More runs than anybody waits for.
const MOST_RUNS: usize = 100_000;

fn names() -> String {
    BUILT_IN.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}

fn like(name: &str) -> String {
    let likeness = BUILT_IN.iter().map(|(known, _)| (strsim::jaro_winkler(name, known), known));
    match likeness.max_by(|a, b| a.0.total_cmp(&b.0)) {
        Some((likeness, known)) if likeness > 0.8 => format!(" (did you mean {known}?)"),
        Some(_) | None => String::new(),
    }
}

impl Experiment {
    /// The built-in experiment of that name, or that of a file.
    ///
    /// # Errors
    ///
    /// When there is none, or its file says what cannot be: then all of it, with lines.
    pub fn open(name: &str, quick: bool) -> Result<Self, ExperimentError> {
        if let Some((name, source)) = BUILT_IN.iter().find(|(known, _)| *known == name) {
            return Ok(Self::parse(source, Path::new(&format!("{name}.toml")), quick)?);
        }
        let file = Path::new(name);
        let unreadable = |error| ExperimentError::Unreadable { file: file.to_owned(), error };
        let length = match fs::metadata(file) {
            Ok(found) => found.len(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(ExperimentError::Unknown { name: name.to_owned() });
            }
            Err(error) => return Err(unreadable(error)),
        };
        if length > LARGEST_FILE {
            return Err(ExperimentError::TooLarge { file: file.to_owned(), length });
        }
        Ok(Self::parse(&fs::read_to_string(file).map_err(unreadable)?, file, quick)?)
    }

    /// Reads an experiment from its text; `file` is named in problems. The short form is what `[quick]` makes of it.
    ///
    /// # Errors
    ///
    /// When it is no TOML, or says what cannot be: then all of it, with lines.
    pub fn parse(text: &str, file: &Path, quick: bool) -> Result<Self, ConfigError> {
        let tree = Tree::parse(text, file)?;
        let name = file.file_stem().map_or_else(|| "experiment".to_owned(), |stem| stem.to_string_lossy().into_owned());
        let experiment = experiment(&tree, name, text, quick);
        Ok(tree.finish(experiment)?)
    }
}

fn experiment(tree: &Tree, name: String, text: &str, quick: bool) -> Option<Experiment> {
    let root = tree.root();
    tree.only(
        root,
        &["version", "question", "yes", "no", "paper", "networks", "seeds", "set", "axis", "compare", "quick"],
    );
    if let Some(version) = tree.required(root, "version", "1") {
        tree.read(version, "1; a larger one is of a newer densescope", |node| node.integer().filter(|it| *it == 1));
    }
    let sentence = |key| tree.required(root, key, Tree::SENTENCE).and_then(|node| tree.translated(node));
    let (question, yes, no) = (sentence("question"), sentence("yes"), sentence("no"));
    let paper = root.get("paper").and_then(|node| tree.translated(node));
    let short = root.get("quick").filter(|_| quick);
    if let Some(short) = root.get("quick") {
        tree.only(short, &["seeds", "set", "values"]);
    }

    let networks = networks(tree, tree.required(root, "networks", &networks_allowed())?);
    let longer = tree.required(root, "seeds", "a list of whole numbers, such as [1, 2, 3]");
    let seeds = seeds(tree, short.and_then(|short| short.get("seeds")).or(longer)?);
    let mut set: Vec<Written> = root.get("set").map(|node| settings(tree, node)).unwrap_or_default();
    set.extend(short.and_then(|short| short.get("set")).map(|node| settings(tree, node)).unwrap_or_default());

    let mut axes: Vec<Axis> = match root.get("axis") {
        Some(node) => tree
            .list(node, "a table, [[axis]]", |node| node.table().map(|_| node))
            .into_iter()
            .filter_map(|node| axis(tree, node))
            .collect(),
        None => Vec::new(),
    };
    if let Some(node) = short.and_then(|short| short.get("values")) {
        keep_values(tree, node, &mut axes);
    }
    let compare =
        tree.required(root, "compare", "a table, [compare]").and_then(|node| compare(tree, node, &networks, &axes));
    let experiment = Experiment {
        name,
        source: text.to_owned(),
        quick,
        question: question?,
        yes: yes?,
        no: no?,
        paper,
        networks,
        seeds,
        set,
        axes,
        compare: compare?,
    };
    tree.read(root, &format!("at most {MOST_RUNS} runs; these would be {}", experiment.runs()), |_| {
        (experiment.runs() <= MOST_RUNS).then_some(())
    })?;
    Some(experiment)
}

fn networks_allowed() -> String {
    format!("a list of networks, each at most once, of {}", NetworkKind::listed())
}

fn networks(tree: &Tree, node: &Node) -> Vec<NetworkKind> {
    let allowed = networks_allowed();
    let networks = tree.list(node, &allowed, |node| NetworkKind::from_name(node.text()?));
    let repeated = networks.iter().enumerate().any(|(index, kind)| networks[..index].contains(kind));
    if repeated || node.items().is_some_and(<[_]>::is_empty) {
        tree.refuse(node, allowed);
    }
    networks
}

fn seeds(tree: &Tree, node: &Node) -> Vec<u64> {
    let allowed = "a whole number from 0, each at most once";
    let seeds = tree.list(node, allowed, |node| u64::try_from(node.integer()?).ok());
    let repeated = seeds.iter().enumerate().any(|(index, seed)| seeds[..index].contains(seed));
    if repeated || node.items().is_some_and(<[_]>::is_empty) {
        tree.refuse(node, "at least one seed, each at most once");
    }
    seeds
}

/// The settings of a table; whether they may be what they are is checked when runs are planned.
fn settings(tree: &Tree, node: &Node) -> Vec<Written> {
    if node.table().is_none() {
        tree.refuse(node, "a table of settings, such as { \"training.steps\" = 500 }");
    }
    node.settings().into_iter().filter_map(|(name, value)| setting(tree, &name, value)).collect()
}

fn setting(tree: &Tree, name: &str, value: &Node) -> Option<Written> {
    if [&fields::SEED, &fields::NETWORKS].iter().any(|field| field.name == name) {
        tree.refuse(
            value,
            "what is set for all runs; seeds and networks have lists of their own, `seeds` and `networks`",
        );
        return None;
    }
    let Some(field) = Field::named(name) else {
        let known: Vec<&'static str> = fields::FIELDS.iter().map(|field| field.name).collect();
        tree.note(crate::config::Problem::unknown_key(value.name.clone(), name, known, tree.origin(value)));
        return None;
    };
    let written = tree.read(value, "a value that the setting can have", Node::as_written)?;
    let mut scratch = crate::config::RunConfig::default();
    let origin = tree.origin(value);
    if let Err(problem) = field.set(&mut scratch, &field.parse(&written), Some(&origin)) {
        tree.note(problem);
        return None;
    }
    Some(Written { name: name.to_owned(), value: written, origin })
}

fn axis(tree: &Tree, node: &Node) -> Option<Axis> {
    tree.only(node, &["setting", "values", "name", "variants"]);
    let axis = if let Some(setting_node) = node.get("setting") {
        let name = tree.read(setting_node, "the full name of a setting", Node::text)?;
        let values = tree.required(node, "values", "a list of values of the setting")?;
        let value = |node: &Node| {
            let written = setting(tree, name, node)?;
            Some(AxisValue { name: short(&written.value), number: node.number(), set: vec![written] })
        };
        let values = tree.read(values, "a list of values of the setting", Node::items).unwrap_or_default();
        let values = values.iter().filter_map(value).collect();
        Axis { name: name.to_owned(), values }
    } else {
        let name = tree.required(node, "name", "what varies, if it is no single `setting`")?;
        let variants = tree.required(node, "variants", "a list of { name = \"…\", set = { … } }")?;
        let variant = |node: &Node| {
            tree.only(node, &["name", "set"]);
            let name = tree.required(node, "name", "what the variant is called")?;
            let name = tree.read(name, "what the variant is called", Node::text)?;
            let set = tree.required(node, "set", "a table of settings")?;
            Some(AxisValue { name: name.to_owned(), number: None, set: settings(tree, set) })
        };
        let values = variants.items().unwrap_or_default().iter().filter_map(variant).collect();
        Axis { name: tree.read(name, "a word", Node::text)?.to_owned(), values }
    };
    if axis.values.is_empty() {
        tree.refuse(node, "an axis with at least one value");
        return None;
    }
    let repeated =
        |(index, value): (usize, &AxisValue)| axis.values[..index].iter().any(|other| other.name == value.name);
    if axis.values.iter().enumerate().any(repeated) {
        tree.refuse(node, "an axis on which every value stands once");
    }
    Some(axis)
}

/// A value as it is called: lists of equal numbers in short.
fn short(written: &str) -> String {
    let items: Vec<&str> = written.split(',').collect();
    match items[..] {
        [first, _, ..] if items.iter().all(|item| *item == first) => format!("{}x{first}", items.len()),
        _ => written.replace(',', "-"),
    }
}

/// Leaves those values on the axes that the short form has.
fn keep_values(tree: &Tree, node: &Node, axes: &mut [Axis]) {
    for (name, values) in node.settings() {
        let Some(axis) = axes.iter_mut().find(|axis| axis.name == name) else {
            tree.refuse(values, "values of an axis of this experiment");
            continue;
        };
        let all: Vec<&str> = axis.values.iter().map(|value| value.name.as_str()).collect();
        let allowed = format!("one of {}", all.join(", "));
        let kept: Vec<String> = tree.list(values, &allowed, |node| {
            let written = node.as_written().map(|written| short(&written))?;
            all.contains(&written.as_str()).then_some(written)
        });
        axis.values.retain(|value| kept.contains(&value.name));
        if axis.values.is_empty() {
            tree.refuse(values, "at least one value");
        }
    }
}

fn compare(tree: &Tree, node: &Node, networks: &[NetworkKind], axes: &[Axis]) -> Option<Compare> {
    tree.only(node, &["rule", "first", "second", "measure", "along", "over"]);
    let measure = tree.required(node, "measure", &Measure::WORDS.join(", "))?;
    let measure =
        tree.read(measure, &format!("one of {}", Measure::WORDS.join(", ")), |node| Measure::from_name(node.text()?))?;
    let known = || Along::COSTS.iter().map(|(name, _)| *name).chain(axes.iter().map(|axis| axis.name.as_str()));
    let allowed = format!("one of {}", known().collect::<Vec<_>>().join(", "));
    let along_node = tree.required(node, "along", &format!("a list, each {allowed}"))?;
    let along = tree.list(along_node, &allowed, |node| {
        let name = node.text()?;
        let cost = Along::COSTS.iter().find(|(known, _)| *known == name).map(|(_, along)| *along);
        let numbers = |axis: &Axis| axis.values.iter().all(|value| value.number.is_some());
        let axis = axes.iter().position(|axis| axis.name == name && numbers(axis)).map(Along::Axis);
        cost.or(axis)
    });
    if along.is_empty() {
        tree.refuse(along_node, format!("at least {allowed}; an axis only if its values are numbers"));
    }
    let over = match node.get("over") {
        None => 0,
        Some(node) => tree.read(node, "the name of an axis", |node| {
            let name = node.text()?;
            axes.iter().position(|axis| axis.name == name)
        })?,
    };
    if over >= axes.len() {
        tree.refuse(node, "at least one [[axis]]: what does not vary cannot be compared");
        return None;
    }
    let sides: Vec<&str> = networks
        .iter()
        .map(|kind| kind.name())
        .chain(
            axes.iter()
                .enumerate()
                .filter(|(index, _)| *index != over)
                .flat_map(|(_, axis)| axis.values.iter().map(|value| value.name.as_str())),
        )
        .collect();
    let side = |key: &str| {
        let allowed = format!("one of {}", sides.join(", "));
        let node = tree.required(node, key, &allowed)?;
        tree.read(node, &allowed, |node| node.text().filter(|name| sides.contains(name))).map(str::to_owned)
    };
    let rule_node = tree.required(node, "rule", RULES)?;
    let rule = match tree.read(rule_node, RULES, Node::text)? {
        "paired" => Rule::Paired { first: side("first")?, second: side("second")? },
        "fewer" => Rule::Fewer { first: side("first")?, second: side("second")? },
        "learns" => Rule::Learns { first: side("first")?, second: side("second")? },
        "trend" => Rule::Trend,
        _ => {
            tree.refuse(rule_node, RULES);
            return None;
        }
    };
    Some(Compare { rule, measure, along, over })
}

const RULES: &str = "one of paired, fewer, trend, learns";

#[cfg(test)]
mod tests;
