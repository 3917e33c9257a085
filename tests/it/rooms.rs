//! What the source itself must keep: rooms use only rooms above them, files of a room stand above each other, and one file alone says what a
//! kind of network does.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The rooms in the order in which the library declares them.
fn rooms() -> Vec<String> {
    let library = fs::read_to_string(source().join("lib.rs")).unwrap();
    // `kernels` is a package of its own, and a room like the others.
    let name = |line: &str| {
        let declared = line.strip_prefix("pub mod ").or_else(|| line.strip_prefix("pub use densescope_kernels as "));
        declared?.strip_suffix(';').map(str::to_owned)
    };
    library.lines().filter_map(name).collect()
}

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

fn files_of(room: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    rust_files(&source().join(room), &mut files);
    files
}

/// The code of a file without its comments.
fn code(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap();
    text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The same without its tests, which stand last.
fn code_alone(file: &Path) -> String {
    code(file).split("#[cfg(test)]").next().unwrap_or_default().to_owned()
}

/// Whether a file holds nothing but tests.
fn is_test(file: &Path) -> bool {
    file.components().any(|part| ["tests", "tests.rs"].iter().any(|name| part.as_os_str() == *name))
}

/// All paths of a text that begin at `start`, such as `crate::`, each as its names; braces are taken apart.
fn paths(text: &str, start: &str) -> Vec<Vec<String>> {
    let begins = text.match_indices(start).filter(|(at, _)| {
        let before = text[..*at].chars().next_back();
        before.is_none_or(|letter| !letter.is_alphanumeric() && letter != '_' && letter != ':')
    });
    let mut found = Vec::new();
    for (at, _) in begins {
        follow(&text[at + start.len()..], &[], &mut found);
    }
    found
}

/// Reads a path from its beginning on, and gives what is left behind it.
fn follow<'a>(text: &'a str, before: &[String], found: &mut Vec<Vec<String>>) -> &'a str {
    let text = text.trim_start();
    if let Some(mut rest) = text.strip_prefix('{') {
        loop {
            rest = rest.trim_start();
            if let Some(rest) = rest.strip_prefix('}') {
                return rest;
            }
            let left = follow(rest, before, found);
            let left = left.trim_start();
            rest = left.strip_prefix(',').unwrap_or(left);
            assert!(rest.len() < text.len() && !rest.is_empty(), "a use that ends: {text}");
        }
    }
    let end = text.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(text.len());
    let mut names = before.to_vec();
    if end > 0 {
        names.push(text[..end].to_owned());
    }
    let rest = &text[end..];
    match rest.strip_prefix("::") {
        Some(inner) if end > 0 && inner.starts_with(|letter: char| letter.is_alphabetic() || "_{".contains(letter)) => {
            follow(inner, &names, found)
        }
        _ => {
            found.push(names);
            let rest = rest.trim_start();
            let renamed = rest
                .strip_prefix("as ")
                .map_or(rest, |rest| rest.trim_start_matches(|l: char| l.is_alphanumeric() || l == '_'));
            renamed.strip_prefix("::*").or_else(|| renamed.strip_prefix('*')).unwrap_or(renamed)
        }
    }
}

#[test]
fn a_room_uses_only_rooms_above_it() {
    let rooms = rooms();
    assert!(rooms.len() >= 8, "{rooms:?}");
    for (index, room) in rooms.iter().enumerate() {
        for file in files_of(room) {
            for path in paths(&code(&file), "crate::") {
                let below = rooms[index + 1..].iter().find(|below| path.first() == Some(below));
                assert_eq!(below, None, "{} uses a room below {room}", file.display());
            }
        }
    }
}

/// A module by its path: `["ui", "maps"]`.
type Module = Vec<String>;

/// The modules of all rooms with their files, and what each hands on under another path.
struct House {
    files: BTreeMap<Module, PathBuf>,
    handed_on: BTreeMap<Module, BTreeMap<String, Module>>,
}

impl House {
    fn read() -> Self {
        let mut files = BTreeMap::new();
        for room in rooms() {
            for file in files_of(&room).into_iter().filter(|file| !is_test(file)) {
                let place = file.strip_prefix(source()).unwrap().with_extension("");
                let mut module: Module = place.iter().map(|part| part.to_str().unwrap().to_owned()).collect();
                if module.last().is_some_and(|last| last == "mod" || last == "lib") {
                    module.pop();
                }
                files.insert(module, file);
            }
        }
        let mut house = Self { files, handed_on: BTreeMap::new() };
        for (module, file) in &house.files {
            let code = code_alone(file);
            let mut names = BTreeMap::new();
            for line in code.split(';').filter_map(|statement| statement.trim().strip_prefix("pub").and_then(uses)) {
                let mut found = Vec::new();
                follow(line, &[], &mut found);
                for path in found.into_iter().filter(|path| path.len() > 1) {
                    let from = Self::absolute(module, &path);
                    names.extend(path.last().map(|name| (name.clone(), from)));
                }
            }
            house.handed_on.insert(module.clone(), names);
        }
        house
    }

    /// A path as it is written in a module, from the root on.
    fn absolute(module: &Module, path: &[String]) -> Module {
        let mut whole = module.clone();
        let mut rest = path;
        match path.first().map(String::as_str) {
            Some("crate") => (whole, rest) = (Vec::new(), &path[1..]),
            Some("self") => rest = &path[1..],
            _ => {}
        }
        while rest.first().is_some_and(|name| name == "super") {
            whole.pop();
            rest = &rest[1..];
        }
        whole.extend(rest.iter().cloned());
        whole
    }

    /// The module in which what a path names is written.
    fn home(&self, path: &[String]) -> Option<Module> {
        let depth = (1..=path.len()).rev().find(|&depth| self.files.contains_key(&path[..depth]))?;
        let module = path[..depth].to_vec();
        match path.get(depth).and_then(|name| self.handed_on[&module].get(name)) {
            Some(further) if !further.starts_with(path) => self.home(further),
            _ => Some(module),
        }
    }

    /// The other modules of the same room that a module uses; what its parents declare is theirs to share with it.
    fn uses(&self, module: &Module) -> BTreeSet<Module> {
        let code = code_alone(&self.files[module]);
        let mut written: Vec<Module> = Vec::new();
        for start in ["crate::", "super::", "self::"] {
            let before = [start.trim_end_matches(':').to_owned()];
            written.extend(
                paths(&code, start).into_iter().map(|path| Self::absolute(module, &[&before[..], &path].concat())),
            );
        }
        let own: BTreeSet<&String> = self
            .files
            .keys()
            .filter(|other| other.len() == module.len() + 1 && other.starts_with(module))
            .map(|other| &other[module.len()])
            .collect();
        for child in own {
            let child_start = format!("{child}::");
            written.extend(
                paths(&code, &child_start)
                    .into_iter()
                    .map(|path| [&module[..], std::slice::from_ref(child), &path].concat()),
            );
        }
        let homes = written.iter().filter_map(|path| self.home(path));
        homes.filter(|home| home.first() == module.first() && home != module && !module.starts_with(home)).collect()
    }
}

/// What follows `pub use` or `pub(…) use`, without its `pub`.
fn uses(statement: &str) -> Option<&str> {
    let statement = match statement.strip_prefix('(') {
        Some(inside) => inside.split_once(')')?.1,
        None => statement,
    };
    statement.trim_start().strip_prefix("use ")
}

/// Files of one room that use each other, because neither could stand above the other.
const CIRCLES: [&str; 1] = ["model/convolution model/features model/norm model/pass model/weights/entries"];

#[test]
fn no_two_files_of_a_room_use_each_other() {
    let house = House::read();
    assert!(house.files.len() > 300, "{} files", house.files.len());
    let uses: BTreeMap<&Module, BTreeSet<Module>> =
        house.files.keys().map(|module| (module, house.uses(module))).collect();
    let reached = |module| {
        let (mut reached, mut open) = (BTreeSet::new(), vec![module]);
        while let Some(at) = open.pop() {
            open.extend(uses[at].iter().filter(|next| reached.insert((*next).clone())));
        }
        reached
    };
    let reached: BTreeMap<&Module, BTreeSet<Module>> = uses.keys().map(|module| (*module, reached(module))).collect();
    let circle = |module: &Module| {
        let both = reached[module].iter().filter(|other| reached[other].contains(module));
        both.map(|module| module.join("/")).collect::<Vec<_>>().join(" ")
    };
    let circles: BTreeSet<String> = house.files.keys().map(circle).filter(|circle| !circle.is_empty()).collect();
    let unexplained: Vec<&String> = circles.iter().filter(|circle| !CIRCLES.contains(&circle.as_str())).collect();
    assert!(unexplained.is_empty(), "files that use each other; move what both need above them: {unexplained:#?}");
    let gone: Vec<_> = CIRCLES.iter().filter(|circle| !circles.contains(**circle)).collect();
    assert!(gone.is_empty(), "no circles any more: {gone:?}");
}

#[test]
fn only_the_rooms_that_compute_know_burn() {
    for room in rooms().iter().filter(|room| !["kernels", "model", "training"].contains(&room.as_str())) {
        for file in files_of(room) {
            let text = fs::read_to_string(&file).unwrap();
            assert!(!text.contains("burn::"), "{} uses burn", file.display());
        }
    }
}

#[test]
fn only_the_window_knows_its_toolkit() {
    for room in rooms().iter().filter(|room| !["ui", "app"].contains(&room.as_str())) {
        for file in files_of(room) {
            let text = fs::read_to_string(&file).unwrap();
            assert!(!text.contains("egui::"), "{} uses the window's toolkit", file.display());
        }
    }
}

/// The files that may ask which kind a network is: its names, its merge, its channels, its colour and its sign. All else follows from them.
const KNOW_KINDS: [&str; 5] = ["arch/kind.rs", "arch/merge.rs", "arch/build.rs", "theme/palette.rs", "theme/sign.rs"];

#[test]
fn what_a_kind_of_network_does_is_asked_in_few_places() {
    const KINDS: [&str; 3] = ["NetworkKind::Dense", "NetworkKind::Residual", "NetworkKind::Plain"];
    let mut files = Vec::new();
    rust_files(&source(), &mut files);
    for file in files.iter().filter(|file| !is_test(file)) {
        let name = file.strip_prefix(source()).unwrap().to_str().unwrap().replace('\\', "/");
        let code = code_alone(file).split_whitespace().collect::<Vec<_>>().join(" ");
        for kind in KINDS.iter().chain(&["NetworkKind::"]) {
            for asked in [format!("== {kind}"), format!("!= {kind}")] {
                assert!(!code.contains(&asked), "{name} compares kinds; arch::Merge says what they do: {asked}");
            }
        }
        assert!(!code.contains("NetworkKind::{"), "{name} hides of what its Dense, Residual and Plain are");
        let asks =
            |kind: &&str| code.match_indices(kind).any(|(at, _)| is_pattern(&code[..at], &code[at + kind.len()..]));
        let asked = KINDS.iter().find(|kind| asks(kind));
        let knows = KNOW_KINDS.contains(&name.as_str());
        assert!(asked.is_none() || knows, "{name} matches on {}; arch::Merge says what kinds do", asked.unwrap());
        assert!(!code.contains("impl NetworkKind") || knows, "{name} gives kinds more to say");
    }
}

/// Whether what stands between two pieces of code is a pattern: by itself or inside of brackets, an arrow, a condition or another pattern
/// follows; or `let` or `matches!` stand before.
fn is_pattern(before: &str, after: &str) -> bool {
    let before = before.trim_end_matches([' ', '(', '&']);
    let ends_a_pattern = |rest: &str| ["=>", "| ", "if "].iter().any(|next| rest.trim_start().starts_with(next));
    if before.ends_with(" let") || before.ends_with(" |") || ends_a_pattern(after) {
        return true;
    }
    let mut depth = 0_i32;
    for (at, letter) in after.char_indices() {
        match letter {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            ';' => return false,
            _ => {}
        }
        if depth < 0 && letter == ')' {
            if ends_a_pattern(&after[at + 1..]) {
                return true;
            }
            return before
                .rsplit("matches!(")
                .next()
                .is_some_and(|inside| inside.len() < before.len() && !inside.contains(')'));
        }
    }
    false
}

#[test]
fn a_pattern_is_told_from_a_value() {
    for (before, after) in [
        ("match kind {", " => 1, "),
        ("match kind { NetworkKind::Plain |", " => 1, "),
        ("(", ", Part::Layer { .. }) => true"),
        ("Meaning::Portion(", ", _) | Meaning::Guide => true"),
        ("if let ", " = kind {"),
        ("matches!(kind, ", ") && other"),
        ("matches!(kind, (", ", _)) && other"),
    ] {
        assert!(is_pattern(before, after), "{before}NetworkKind::Dense{after}");
    }
    for (before, after) in [
        ("subject.network(", ")?; match x { _ => 1 }"),
        ("vec![", ", NetworkKind::Residual]; "),
        ("\"dense\" => ", ", Part::Layer(x) => 1"),
        ("assert!(matches!(x, 1)); f(", ");"),
    ] {
        assert!(!is_pattern(before, after), "{before}NetworkKind::Dense{after}");
    }
}

#[test]
fn no_file_is_longer_than_can_be_read_at_once() {
    let mut files = Vec::new();
    for folder in ["src", "tests", "benches"] {
        rust_files(&source().parent().unwrap().join(folder), &mut files);
    }
    for file in &files {
        let lines = fs::read_to_string(file).unwrap().lines().count();
        assert!(lines <= 400, "{} has {lines} lines; allowed: at most 400", file.display());
    }
}
