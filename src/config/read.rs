//! From a TOML file to a configuration, or to every problem it has.

use std::fs;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml_edit::{Document, Item, TableLike, TomlError};

use super::access::Access;
use super::encoding::{NotText, text_of};
use super::field::Field;
use super::fields::FIELDS;
use super::origin::{Origin, Origins};
use super::problem::{Allowed, Found, Problem, Problems};
use super::run_config::RunConfig;
use super::value::Value;
use super::view::{ViewTable, written};

/// A configuration with where each of its settings was written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LoadedConfig {
    /// The settings; those left out have their defaults.
    pub config: RunConfig,
    /// Where each was written.
    pub origins: Origins,
    /// How the window opens.
    pub view: ViewTable,
}

/// Why a configuration file gives no configuration.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    Unreadable {
        /// The file as it was named.
        file: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// The file is larger than any configuration.
    TooLarge {
        /// The file as it was named.
        file: PathBuf,
        /// Its bytes.
        length: u64,
        /// The most that are read.
        most: u64,
    },
    /// The file is no text.
    NotText {
        /// The file as it was named.
        file: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// The byte.
        byte: u8,
    },
    /// The file is no TOML.
    Syntax {
        /// The file as it was named.
        file: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// What the parser says.
        message: String,
        /// Whether there is a backslash in that line, which may be that of a path.
        backslash: bool,
    },
    /// Settings that cannot be.
    Problems(#[from] Problems),
}

/// The table that says how the window opens.
pub const VIEW: &str = "view";

/// A larger file is no configuration.
const LARGEST_FILE: u64 = 1 << 20;

/// The line in which a part of a text begins, counted from 1.
pub(super) fn line_of(text: &str, span: Option<Range<usize>>) -> usize {
    let start = span.map_or(0, |span| span.start).min(text.len());
    text.as_bytes()[..start].split(|byte| *byte == b'\n').count()
}

impl ConfigError {
    /// What the parser says of a text that is no TOML.
    pub(super) fn syntax(error: &TomlError, text: &str, file: &Path) -> Self {
        let line = line_of(text, error.span());
        let written = text.lines().nth(line - 1).unwrap_or_default();
        Self::Syntax {
            file: file.to_owned(),
            line,
            message: error.message().trim().replace('\n', ", "),
            backslash: written.contains('"') && written.contains('\\'),
        }
    }
}

impl LoadedConfig {
    /// Reads a configuration file.
    ///
    /// # Errors
    ///
    /// When it cannot be read, is no TOML, or has settings that cannot be: then all of them.
    pub fn read(file: &Path) -> Result<Self, ConfigError> {
        let unreadable = |error| ConfigError::Unreadable { file: file.to_owned(), error };
        let length = fs::metadata(file).map_err(unreadable)?.len();
        if length > LARGEST_FILE {
            return Err(ConfigError::TooLarge { file: file.to_owned(), length, most: LARGEST_FILE });
        }
        let bytes = fs::read(file).map_err(unreadable)?;
        let text = text_of(&bytes).map_err(|NotText { line, byte }| ConfigError::NotText {
            file: file.to_owned(),
            line,
            byte,
        })?;
        Self::parse(&text, file)
    }

    /// Reads a configuration from its text; `file` is named in problems.
    ///
    /// # Errors
    ///
    /// When it is no TOML, or has settings that cannot be: then all of them.
    pub fn parse(text: &str, file: &Path) -> Result<Self, ConfigError> {
        let line_of = |span| line_of(text, span);
        let document = Document::parse(text).map_err(|error| ConfigError::syntax(&error, text, file))?;
        let origin_of = |span| Origin::File { file: file.to_owned(), line: line_of(span) };
        let mut reader = Reader { loaded: Self::default(), problems: Vec::new(), origin_of: &origin_of };
        reader.section("", document.as_table());
        if reader.problems.is_empty() {
            return Ok(reader.loaded);
        }
        reader.problems.sort_by_key(|problem| match problem.origin {
            Some(Origin::File { line, .. }) => line,
            Some(Origin::Flag(_) | Origin::Window) | None => 0,
        });
        Err(Problems(reader.problems).into())
    }
}

impl LoadedConfig {
    /// Gives a setting a value over the one it has, and notes where that was written. A path in a file begins in the file's folder.
    ///
    /// # Errors
    ///
    /// What was found and what is allowed; nothing is changed.
    pub fn set(&mut self, field: &'static Field, value: &Value, origin: Origin) -> Result<(), Problem> {
        let folder = match &origin {
            Origin::File { file, line: _ } => file.parent().filter(|folder| !folder.as_os_str().is_empty()),
            Origin::Flag(_) | Origin::Window => None,
        };
        let resolved = match (&field.access, value) {
            (Access::Path(path), Value::Text(written)) if !written.contains(char::is_control) => {
                Some(Value::Text(path.resolved(written, folder)))
            }
            _ => None,
        };
        field.set(&mut self.config, resolved.as_ref().unwrap_or(value), Some(&origin))?;
        self.origins.note(field, origin);
        Ok(())
    }

    /// Gives the setting of that name what was written for it, as `key=value` does.
    ///
    /// # Errors
    ///
    /// When no setting has that name, or it may not be that; nothing is changed.
    pub fn set_written(&mut self, name: &str, written: &str, origin: Origin) -> Result<(), Problem> {
        if let Some(key) = name.strip_prefix(VIEW).and_then(|key| key.strip_prefix('.')) {
            self.view.note(key, written.trim().trim_matches('"').to_owned(), origin);
            return Ok(());
        }
        let Some(field) = Field::named(name) else {
            let known = FIELDS.iter().map(|field| field.name).collect();
            return Err(Problem::unknown_key(name.to_owned(), name, known, origin));
        };
        self.set(field, &field.parse(written), origin)
    }
}

struct Reader<'a> {
    loaded: LoadedConfig,
    problems: Vec<Problem>,
    origin_of: &'a dyn Fn(Option<Range<usize>>) -> Origin,
}

impl Reader<'_> {
    fn section(&mut self, section: &str, table: &dyn TableLike) {
        for (key, item) in table.iter() {
            let span = table.get_key_value(key).and_then(|(key, _)| key.span()).or_else(|| item.span());
            let origin = (self.origin_of)(span);
            let inner = Field::SECTIONS.into_iter().find(|inner| section.is_empty() && *inner == key);
            if section.is_empty() && key == "version" {
                self.version(item, origin);
            } else if section.is_empty() && key == VIEW {
                self.view(item, origin);
            } else if let Some(inner) = inner {
                match item.as_table_like() {
                    Some(table) => self.section(inner, table),
                    None => self.refuse(key.to_owned(), describe(item), Allowed::Table(key.to_owned()), origin),
                }
            } else if let Some(field) = Field::of_section(section).find(|field| field.key() == key) {
                self.field(field, item, origin);
            } else {
                self.unknown(section, key, origin);
            }
        }
    }

    fn version(&mut self, item: &Item, origin: Origin) {
        if item.as_integer() != Some(1) {
            self.refuse("version".to_owned(), describe(item), Allowed::Version, origin);
        }
    }

    /// How the window opens: kept as it was written.
    fn view(&mut self, item: &Item, origin: Origin) {
        let Some(table) = item.as_table_like() else {
            return self.refuse(VIEW.to_owned(), describe(item), Allowed::Table(VIEW.to_owned()), origin);
        };
        for (key, item) in table.iter() {
            let span = table.get_key_value(key).and_then(|(key, _)| key.span()).or_else(|| item.span());
            self.loaded.view.note(key, written(item), (self.origin_of)(span));
        }
    }

    fn field(&mut self, field: &'static Field, item: &Item, origin: Origin) {
        let outcome = match value_of(item, &field.access) {
            Some(value) => self.loaded.set(field, &value, origin),
            None => Err(field.problem(describe(item), Some(origin))),
        };
        self.problems.extend(outcome.err());
    }

    fn unknown(&mut self, section: &str, key: &str, origin: Origin) {
        let mut known: Vec<&str> = Field::of_section(section).map(Field::key).collect();
        if section.is_empty() {
            known.insert(0, "version");
            known.extend(Field::SECTIONS.into_iter().filter(|name| !name.is_empty()).chain([VIEW]));
        }
        let name = if section.is_empty() { key.to_owned() } else { format!("{section}.{key}") };
        self.problems.push(Problem::unknown_key(name, key, known, origin));
    }

    fn refuse(&mut self, field: String, found: Found, allowed: Allowed, origin: Origin) {
        self.problems.push(Problem { origin: Some(origin), field, found, allowed: Box::new(allowed) });
    }
}

/// The item in the form that rules check; nothing for a type that no rule knows.
fn value_of(item: &Item, access: &Access) -> Option<Value> {
    if let Some(array) = item.as_array() {
        let wants_words = matches!(access, Access::Choices(_));
        return if wants_words {
            array.iter().map(|item| item.as_str().map(str::to_owned)).collect::<Option<_>>().map(Value::Words)
        } else {
            array.iter().map(|item| item.as_integer().map(i128::from)).collect::<Option<_>>().map(Value::Integers)
        };
    }
    let integer = item.as_integer().map(|number| Value::Integer(number.into()));
    let number = || item.as_float().map(Value::Number);
    let switch = || item.as_bool().map(Value::Switch);
    let text = || item.as_str().map(|text| Value::Text(text.to_owned()));
    integer.or_else(number).or_else(switch).or_else(text)
}

/// What stands there, with its type, as a person wrote it.
fn describe(item: &Item) -> Found {
    let written = (!item.is_table()).then(|| item.to_string().trim().chars().take(60).collect::<String>());
    Found::Item { written, type_name: item.type_name() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arch::{NetworkKind, WidthRule};
    use crate::config::fields;

    fn problems(text: &str) -> Vec<String> {
        match LoadedConfig::parse(text, Path::new("lesson.toml")) {
            Err(ConfigError::Problems(Problems(problems))) => problems.iter().map(ToString::to_string).collect(),
            other => panic!("expected problems, got {other:?}"),
        }
    }

    #[test]
    fn an_empty_file_is_the_default_run() {
        assert_eq!(LoadedConfig::parse("", Path::new("empty.toml")).unwrap().config, RunConfig::default());
    }

    #[test]
    fn settings_are_read_and_their_lines_noted() {
        let text = "seed = 7\n[network]\nblocks = [2, 3]\nbaseline_width = 5.5\n[training]\nnetworks = [\"plain\"]\nmomentum = 0\n";
        let LoadedConfig { config, origins, view: _ } = LoadedConfig::parse(text, Path::new("a.toml")).unwrap();
        assert_eq!((config.seed, &config.network.blocks[..]), (7, &[2, 3][..]));
        assert!(matches!(config.network.baseline_width, WidthRule::Fixed(width) if width.as_number() == 5.5));
        assert_eq!(config.training.networks, [NetworkKind::Plain]);
        assert_eq!(config.training.momentum, 0.0);
        assert_eq!(origins.of(&fields::BLOCKS).unwrap().to_string(), "a.toml:3");
        assert_eq!(origins.of(&fields::BATCH), None);
    }

    #[test]
    fn every_problem_is_reported_with_its_line() {
        let text = "\
version = 2
sed = 1
[network]
growth = 0
compression = 101
k0 = \"many\"
blocks = [4, \"4\"]
bottleneck = 1
[training]
learning_rat = 0.1
backend = \"cuda\"
steps = 10.5
";
        let found = problems(text);
        let expected = [
            "lesson.toml:1: version: found 2",
            "lesson.toml:2: sed: found an unknown key (did you mean seed?)",
            "lesson.toml:4: network.growth: found 0; allowed: a whole number from 1 to 512",
            "lesson.toml:5: network.compression: found 101; allowed: a whole number from 1 to 100",
            "lesson.toml:6: network.k0: found 'many'; allowed: a whole number from 1 to 1024",
            "lesson.toml:7: network.blocks: found [4, \"4\"] (an array)",
            "lesson.toml:8: network.bottleneck: found 1; allowed: true or false",
            "lesson.toml:10: training.learning_rat: found an unknown key (did you mean learning_rate?)",
            "lesson.toml:11: training.backend: found 'cuda'; allowed: \"flex\", \"ndarray\"",
            "lesson.toml:12: training.steps: found 10.5; allowed: a whole number from 1 to",
        ];
        assert_eq!(found.len(), expected.len(), "{found:#?}");
        for (found, expected) in found.iter().zip(expected) {
            assert!(found.starts_with(expected), "{found}\n  should start with\n{expected}");
        }
    }

    #[test]
    fn a_section_that_is_no_table_is_refused() {
        assert!(problems("network = 3")[0].contains("a table, [network]"));
    }

    #[test]
    fn a_folder_of_images_is_found_from_that_of_the_file_and_from_home() {
        let source = |text: &str, file: &str| {
            let loaded = LoadedConfig::parse(&format!("data.source = {text:?}"), Path::new(file)).unwrap();
            loaded.config.data.source.to_string()
        };
        let joined = |parts: &[&str]| parts.iter().collect::<PathBuf>().display().to_string();
        assert_eq!(source("../pictures", "runs/a.toml"), joined(&["runs", "../pictures"]));
        assert_eq!(source("pictures", "a.toml"), "pictures");
        assert_eq!(source("shapes", "runs/a.toml"), "shapes");
        assert_eq!(source("./shapes", "runs/a.toml"), joined(&["runs", "./shapes"]));
        let home = directories::BaseDirs::new().unwrap().home_dir().to_owned();
        assert_eq!(source("~/pictures", "runs/a.toml"), home.join("pictures").display().to_string());
        assert_eq!(source("~", "a.toml"), home.join("").display().to_string());
        assert_eq!(source("~other/x", "a.toml"), "~other/x");
    }

    #[test]
    fn what_is_written_names_a_folder_from_anywhere() {
        let mut config = RunConfig::default();
        config.data.source = crate::data::Source::Folder("pictures".into());
        let read = LoadedConfig::parse(&config.to_toml(), Path::new("elsewhere/run.toml")).unwrap();
        let here = std::env::current_dir().unwrap().join("pictures");
        assert_eq!(read.config.data.source, crate::data::Source::Folder(here));
    }

    #[test]
    fn text_that_is_no_toml_is_named_with_its_line() {
        let error = LoadedConfig::parse("seed = 1\n[data\n", Path::new("x.toml")).unwrap_err().to_string();
        assert!(error.starts_with("x.toml:2: this is no TOML"), "{error}");
    }

    #[test]
    fn a_file_that_is_missing_or_huge_is_named() {
        let error = LoadedConfig::read(Path::new("nowhere.toml")).unwrap_err().to_string();
        assert!(error.contains("nowhere.toml"), "{error}");

        let folder = tempfile::tempdir().unwrap();
        let huge = folder.path().join("huge.toml");
        fs::write(&huge, vec![b'#'; 1_048_577]).unwrap();
        let error = LoadedConfig::read(&huge).unwrap_err().to_string();
        assert!(error.contains("1048577 bytes"), "{error}");
    }
}
