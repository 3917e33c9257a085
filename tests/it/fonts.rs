//! Names in letters that the fonts inside the program lack.

use std::fs;
use std::path::Path;

use crate::support::{Folder, program, ran, trained_run};

/// The legend's picture of runs with these names, with the fonts in a folder behind those inside the program.
fn picture_of(names: [&str; 2], fonts: &Path) -> (Vec<u8>, String) {
    let folder = Folder::new();
    for name in names {
        for file in ["run.toml", "networks.json", "metrics.csv", "gradients.csv", "edges.csv", "reuse.csv"] {
            folder.write(&format!("{name}/{file}"), fs::read(trained_run().join(file)).unwrap());
        }
    }
    let out = folder.path("out");
    let mut command = program();
    command.arg("export").args(names.map(|name| folder.path(name))).args(["--chart", "loss", "--out"]).arg(&out);
    ran(command.env("DENSESCOPE_FONTS", fonts).output().unwrap()).succeeded();
    (fs::read(out.join("loss.png")).unwrap(), fs::read_to_string(out.join("loss.svg")).unwrap())
}

#[test]
fn names_in_any_letters_are_told_apart_with_and_without_fonts_of_the_system() {
    let (none, foreign) = (Path::new(""), Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fonts"));
    let mut pictures = Vec::new();
    for fonts in [none, &foreign] {
        for name in ["опыт Łódź", "張鑫", "\u{a0}\u{a0}"] {
            let (png, svg) = picture_of([name, "b"], fonts);
            assert!(svg.contains(name), "the file keeps the name as it is, for whoever has the letters");
            assert!(!svg.contains("tspan"), "and does not depend on this machine's fonts");
            pictures.push(((fonts, name), png));
        }
    }
    for (index, ((fonts, name), png)) in pictures.iter().enumerate() {
        for ((other_fonts, other), other_png) in &pictures[..index] {
            let blank_twice = name == other && *name == "\u{a0}\u{a0}";
            let alike = png == other_png;
            assert_eq!(
                alike,
                blank_twice,
                "{name} with {} and {other} with {}",
                fonts.display(),
                other_fonts.display()
            );
        }
    }
}
