//! Every text that the source asks for exists, and every text that exists is asked for.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use densescope::arch::PRESETS;
use densescope::chart::FIGURES;
use densescope::config::{Access, FIELDS};
use densescope::state::ACTIONS;
use densescope::text::{Language, Text};

/// Beginnings of keys that the source puts together from a word of its own, or that stand ready for any view that names a row in full.
const FAMILIES: &[&str] = &[
    "class.",
    "formula.",
    "part.",
    "reason.data.",
    "reason.form.",
    "reason.left_out.",
    "reason.sought.",
    "report.column.",
    "ui.about.",
    "ui.cost.",
];

fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// The source of the program without its tests, each file with its text.
fn sources() -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    rust_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let program = files.into_iter().filter(|path| {
        let of_tests = |part: &std::ffi::OsStr| part == "tests" || part == "tests.rs";
        !path.iter().any(of_tests)
    });
    program
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let program = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned();
            (path, program)
        })
        .collect()
}

/// Whether the text of a literal could be a key: words joined by points.
fn is_key(literal: &str) -> bool {
    let part = |part: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "_-".contains(letter))
    };
    literal.contains('.') && literal.split('.').all(part)
}

/// The literal that follows `.say(` or `.fill(`, if one does.
fn asked_for(source: &str) -> impl Iterator<Item = &str> {
    let calls = source.split(".say(").skip(1).chain(source.split(".fill(").skip(1));
    calls.filter_map(|after| after.trim_start().strip_prefix('"')?.split_once('"').map(|(literal, _)| literal))
}

#[test]
fn every_text_that_is_asked_for_exists() {
    let text = Text::of(Language::English);
    let known: BTreeSet<&str> = text.entries().map(|(key, _)| key).collect();
    let mut asked = 0;
    for (path, source) in sources() {
        for key in asked_for(&source) {
            assert!(known.contains(key), "{} asks for {key}, which no text is called", path.display());
            asked += 1;
        }
    }
    assert!(asked > 50, "{asked}");
}

/// Every key that is put together from the name of a setting, an option, a preset, a figure or an action.
fn composed() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for field in FIELDS {
        keys.extend(["name", "label", "fact"].map(|word| format!("field.{}.{word}", field.name)));
        let words = field.access.words().iter().filter(|word| !word.is_empty());
        let (options, values): (&[&str], bool) = match &field.access {
            Access::Choice(_) | Access::Choices(_) => (&[], true),
            Access::Width(_) => (&["number"], true),
            Access::Path(path) if path.words != [""] => (&["folder"], false),
            Access::Path(_) | Access::Integer(_) | Access::Number(_) | Access::Switch(_) | Access::Integers(_) => {
                (&[], false)
            }
        };
        keys.extend(words.clone().chain(options).map(|word| format!("option.{}.{word}", field.name)));
        keys.extend(words.filter(|_| values).map(|word| format!("value.{}.{word}", field.name)));
    }
    keys.extend(PRESETS.iter().map(|preset| format!("preset.{}", preset.name)));
    for figure in FIGURES {
        keys.extend(["title", "about"].map(|word| format!("figure.{}.{word}", figure.id)));
    }
    let actions = ACTIONS.iter().filter(|action| !action.id.starts_with("figure"));
    keys.extend(actions.map(|action| format!("action.{}", action.id)));
    keys.insert("action.figure".to_owned());
    keys
}

#[test]
fn every_key_that_is_put_together_has_words_in_every_language() {
    let composed = composed();
    for language in Language::ALL {
        let known: BTreeSet<&str> = Text::of(language).entries().map(|(key, _)| key).collect();
        let missing: Vec<_> = composed.iter().filter(|key| !known.contains(key.as_str())).collect();
        assert!(missing.is_empty(), "{} has no words for {missing:?}", language.code());
    }
}

#[test]
fn every_text_is_asked_for() {
    let sources = sources();
    let mut used: BTreeSet<String> = BTreeSet::new();
    for (_, source) in &sources {
        used.extend(source.split('"').filter(|literal| is_key(literal)).map(str::to_owned));
    }
    used.extend(composed());
    let unused: Vec<&str> = Text::of(Language::English)
        .entries()
        .map(|(key, _)| key)
        .filter(|key| !used.contains(*key) && !FAMILIES.iter().any(|family| key.starts_with(family)))
        .collect();
    assert!(unused.is_empty(), "nothing asks for {unused:?}");
}
