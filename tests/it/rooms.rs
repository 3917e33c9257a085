//! A room uses only rooms above it.

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

#[test]
fn a_room_uses_only_rooms_above_it() {
    let rooms = rooms();
    assert!(rooms.len() >= 8, "{rooms:?}");
    for (index, room) in rooms.iter().enumerate() {
        for file in files_of(room) {
            let text = fs::read_to_string(&file).unwrap();
            for below in &rooms[index + 1..] {
                assert!(
                    !text.contains(&format!("crate::{below}")),
                    "{} uses {below}, which is below {room}",
                    file.display()
                );
            }
        }
    }
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
