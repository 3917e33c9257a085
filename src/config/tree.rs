//! Any TOML file as a tree that knows its lines, for files with a form of their own.
//!
//! What is wrong with a file is collected, so that all of it is told at once, each as a [`Problem`] with its line.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml_edit::{Array, Document, InlineTable, Item, Table, TableLike, Value};

use super::origin::Origin;
use super::problem::{Allowed, Found, Problem, Problems};
use super::read::{ConfigError, line_of};
use crate::text::{Language, Translated};

/// A file that is read as a tree, with what was found wrong with it so far.
pub struct Tree {
    file: PathBuf,
    root: Node,
    problems: RefCell<Vec<Problem>>,
}

/// A value of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Its line, counted from 1.
    pub line: usize,
    /// Its full name, such as `axis.0.values`.
    pub name: String,
    /// It as it was written, cut short.
    written: Option<String>,
    /// What it is.
    pub content: Content,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// Words.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Number(f64),
    /// True or false.
    Switch(bool),
    /// Values in a row.
    List(Vec<Node>),
    /// Values by their keys, in the file's order.
    Table(Vec<(String, Node)>),
    /// A type that no file of ours has, such as a date.
    Other(&'static str),
}

/// Characters of a value that are shown.
const SHOWN: usize = 60;

impl Tree {
    /// Reads the text; `file` is named in problems.
    ///
    /// # Errors
    ///
    /// When it is no TOML.
    pub fn parse(text: &str, file: &Path) -> Result<Self, ConfigError> {
        let line_of = |span| line_of(text, span);
        let document = Document::parse(text).map_err(|error| ConfigError::syntax(&error, text, file))?;
        let lines = Lines(&line_of);
        let root = Node {
            line: 1,
            name: String::new(),
            written: None,
            content: Content::Table(lines.entries(document.as_table(), "")),
        };
        Ok(Self { file: file.to_owned(), root, problems: RefCell::default() })
    }

    /// All of it.
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// Where a value stands.
    pub fn origin(&self, node: &Node) -> Origin {
        Origin::File { file: self.file.clone(), line: node.line }
    }

    /// Notes that a value cannot be what it is.
    pub fn refuse(&self, node: &Node, allowed: impl Into<String>) {
        self.note(Problem {
            origin: Some(self.origin(node)),
            field: node.name.clone(),
            found: node.found(),
            allowed: Box::new(Allowed::Words(allowed.into())),
        });
    }

    /// Notes a problem.
    pub fn note(&self, problem: Problem) {
        self.problems.borrow_mut().push(problem);
    }

    /// Notes every key of a table that is none of these, and a value that is no table.
    pub fn only(&self, node: &Node, keys: &[&'static str]) {
        let Some(entries) = node.table() else {
            self.refuse(node, format!("a table with {}", keys.join(", ")));
            return;
        };
        for (key, value) in entries.iter().filter(|(key, _)| !keys.contains(&key.as_str())) {
            self.note(Problem::unknown_key(value.name.clone(), key, keys.to_vec(), self.origin(value)));
        }
    }

    /// The value of that key, which must be there.
    pub fn required<'a>(&self, node: &'a Node, key: &str, allowed: &str) -> Option<&'a Node> {
        let found = node.get(key);
        if found.is_none() && node.table().is_some() {
            let name = if node.name.is_empty() { key.to_owned() } else { format!("{}.{key}", node.name) };
            self.note(Problem {
                origin: Some(self.origin(node)),
                field: name,
                found: Found::Written("nothing".to_owned()),
                allowed: Box::new(Allowed::Words(allowed.to_owned())),
            });
        }
        found
    }

    /// What `read` makes of a value; noted where it makes nothing of it.
    pub fn read<'a, T>(&self, node: &'a Node, allowed: &str, read: impl FnOnce(&'a Node) -> Option<T>) -> Option<T> {
        let value = read(node);
        if value.is_none() {
            self.refuse(node, allowed);
        }
        value
    }

    /// What `read` makes of each value of a list; noted where it is none, or one of them is nothing of the kind.
    pub fn list<'a, T>(&self, node: &'a Node, allowed: &str, read: impl Fn(&'a Node) -> Option<T>) -> Vec<T> {
        match &node.content {
            Content::List(items) => items.iter().filter_map(|item| self.read(item, allowed, &read)).collect(),
            Content::Text(_)
            | Content::Integer(_)
            | Content::Number(_)
            | Content::Switch(_)
            | Content::Table(_)
            | Content::Other(_) => {
                self.refuse(node, format!("a list, each {allowed}"));
                Vec::new()
            }
        }
    }

    /// What a sentence must be.
    pub const SENTENCE: &'static str = "a sentence, or one for each language: { en = \"…\", zh = \"…\" }";

    /// A sentence in the languages that it has; words alone are for all of them.
    pub fn translated(&self, node: &Node) -> Option<Translated> {
        if let Some(text) = node.text() {
            return Some(Translated::same(text));
        }
        self.only(node, &Language::ALL.map(Language::code));
        let sentence = |language: Language| {
            let node = node.get(language.code())?;
            Some((language, self.read(node, "a sentence", Node::text)?.to_owned()))
        };
        let sentences: BTreeMap<Language, String> = Language::ALL.into_iter().filter_map(sentence).collect();
        self.read(node, Self::SENTENCE, |_| Translated::new(sentences))
    }

    /// The value, if nothing was found wrong.
    ///
    /// # Errors
    ///
    /// All that was, in the order of lines.
    pub fn finish<T>(self, value: Option<T>) -> Result<T, Problems> {
        let mut problems = self.problems.into_inner();
        problems.sort_by_key(|problem| match problem.origin {
            Some(Origin::File { line, .. }) => line,
            Some(Origin::Flag(_) | Origin::Window) | None => 0,
        });
        match value {
            Some(value) if problems.is_empty() => Ok(value),
            Some(_) | None => Err(Problems(problems)),
        }
    }
}

impl Node {
    /// The value of that key.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.table()?.iter().find_map(|(name, value)| (name == key).then_some(value))
    }

    /// Its keys and values, if it is a table.
    pub fn table(&self) -> Option<&[(String, Self)]> {
        if let Content::Table(entries) = &self.content { Some(entries) } else { None }
    }

    /// Its values, if it is a list.
    pub fn items(&self) -> Option<&[Self]> {
        if let Content::List(items) = &self.content { Some(items) } else { None }
    }

    /// Its words, if it is words.
    pub fn text(&self) -> Option<&str> {
        if let Content::Text(text) = &self.content { Some(text) } else { None }
    }

    /// It, if it is a whole number.
    pub fn integer(&self) -> Option<i64> {
        if let Content::Integer(number) = self.content { Some(number) } else { None }
    }

    /// It, if it is a number.
    pub fn number(&self) -> Option<f64> {
        match self.content {
            Content::Integer(number) => Some(number as f64),
            Content::Number(number) => Some(number),
            Content::Text(_) | Content::Switch(_) | Content::List(_) | Content::Table(_) | Content::Other(_) => None,
        }
    }

    /// It as `--set KEY=VALUE` writes it, if a setting can have such a value.
    pub fn as_written(&self) -> Option<String> {
        match &self.content {
            Content::Text(text) => Some(text.clone()),
            Content::Integer(number) => Some(number.to_string()),
            Content::Number(number) => Some(number.to_string()),
            Content::Switch(on) => Some(on.to_string()),
            Content::List(items) => {
                items.iter().map(Self::as_written).collect::<Option<Vec<_>>>().map(|items| items.join(","))
            }
            Content::Table(_) | Content::Other(_) => None,
        }
    }

    /// Every value of a table of settings by its full name: `training.steps` as one key, or as a table in a table.
    pub fn settings(&self) -> Vec<(String, &Self)> {
        let mut found = Vec::new();
        self.gather("", &mut found);
        found
    }

    fn gather<'a>(&'a self, before: &str, found: &mut Vec<(String, &'a Self)>) {
        for (key, value) in self.table().unwrap_or_default() {
            let name = if before.is_empty() { key.clone() } else { format!("{before}.{key}") };
            match value.content {
                Content::Table(_) => value.gather(&name, found),
                Content::Text(_)
                | Content::Integer(_)
                | Content::Number(_)
                | Content::Switch(_)
                | Content::List(_)
                | Content::Other(_) => found.push((name, value)),
            }
        }
    }

    fn found(&self) -> Found {
        let type_name = match &self.content {
            Content::Text(_) => "string",
            Content::Integer(_) => "integer",
            Content::Number(_) => "float",
            Content::Switch(_) => "boolean",
            Content::List(_) => "array",
            Content::Table(_) => "table",
            Content::Other(name) => name,
        };
        Found::Item { written: self.written.clone(), type_name }
    }
}

/// Gives values their lines.
struct Lines<'a>(&'a dyn Fn(Option<Range<usize>>) -> usize);

impl Lines<'_> {
    fn entries(&self, table: &dyn TableLike, before: &str) -> Vec<(String, Node)> {
        let entries = table.iter().map(|(key, item)| {
            let span = table.get_key_value(key).and_then(|(key, _)| key.span()).or_else(|| item.span());
            let name = if before.is_empty() { key.to_owned() } else { format!("{before}.{key}") };
            (key.to_owned(), self.item(item, name, (self.0)(span)))
        });
        entries.collect()
    }

    fn item(&self, item: &Item, name: String, line: usize) -> Node {
        match item {
            Item::Value(value) => self.value(value, name, line),
            Item::Table(table) => self.table(table, name, line),
            Item::ArrayOfTables(tables) => {
                let items = tables.iter().enumerate().map(|(index, table)| {
                    let line = table.span().map_or(line, |span| (self.0)(Some(span)));
                    self.table(table, format!("{name}.{index}"), line)
                });
                let content = Content::List(items.collect());
                Node { line, written: None, content, name }
            }
            Item::None => Node { line, written: None, content: Content::Other("nothing"), name },
        }
    }

    fn table(&self, table: &Table, name: String, line: usize) -> Node {
        Node { line, written: None, content: Content::Table(self.entries(table, &name)), name }
    }

    fn value(&self, value: &Value, name: String, line: usize) -> Node {
        let written = Some(value.to_string().trim().chars().take(SHOWN).collect());
        let content = match value {
            Value::String(text) => Content::Text(text.value().clone()),
            Value::Integer(number) => Content::Integer(*number.value()),
            Value::Float(number) => Content::Number(*number.value()),
            Value::Boolean(on) => Content::Switch(*on.value()),
            Value::Datetime(_) => Content::Other("datetime"),
            Value::Array(array) => Content::List(self.array(array, &name, line)),
            Value::InlineTable(table) => {
                let table: &InlineTable = table;
                Content::Table(self.entries(table, &name))
            }
        };
        Node { line, name, written, content }
    }

    fn array(&self, array: &Array, name: &str, line: usize) -> Vec<Node> {
        let items = array.iter().enumerate().map(|(index, value)| {
            let line = value.span().map_or(line, |span| (self.0)(Some(span)));
            self.value(value, format!("{name}.{index}"), line)
        });
        items.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a = 1\n[[step]]\nid = \"x\"\n[[step]]\nlist = [\n  1,\n  { b = 2.5 },\n]\n[set]\ntraining.steps = 5\n\"network.blocks\" = [2, 3]\n";

    #[test]
    fn every_value_knows_its_line_and_its_name() {
        let tree = Tree::parse(TEXT, Path::new("x.toml")).unwrap();
        let second = &tree.root().get("step").unwrap().items().unwrap()[1];
        let inner = second.get("list").unwrap().items().unwrap()[1].get("b").unwrap();
        assert_eq!((inner.line, inner.name.as_str(), inner.number()), (7, "step.1.list.1.b", Some(2.5)));
        let settings = tree.root().get("set").unwrap().settings();
        let written: Vec<_> = settings.iter().map(|(name, node)| (name.as_str(), node.as_written().unwrap())).collect();
        assert_eq!(written, [("training.steps", "5".to_owned()), ("network.blocks", "2,3".to_owned())]);
    }

    #[test]
    fn everything_wrong_is_told_in_the_order_of_lines() {
        let tree = Tree::parse(TEXT, Path::new("x.toml")).unwrap();
        tree.only(tree.root(), &["step", "set"]);
        tree.required(tree.root(), "title", "a sentence");
        let step = &tree.root().get("step").unwrap().items().unwrap()[0];
        tree.read(step.get("id").unwrap(), "a whole number", Node::integer);
        let lines: Vec<String> = tree.finish(Some(())).unwrap_err().0.iter().map(ToString::to_string).collect();
        assert_eq!(lines.len(), 3, "{lines:#?}");
        assert!(lines.iter().any(|line| line.starts_with("x.toml:1: a: found an unknown key")), "{lines:#?}");
        assert!(lines.iter().any(|line| line.contains("title: found nothing; allowed: a sentence")), "{lines:#?}");
        assert!(
            lines[2].starts_with("x.toml:3: step.0.id: found \"x\" (a string); allowed: a whole number"),
            "{lines:#?}"
        );
    }
}
