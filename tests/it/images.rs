//! Images from anybody's disk: what `data` says of them, and what a run learns from.

use std::fs;
use std::path::Path;

use safetensors::SafeTensors;
use serde_json::Value;

use crate::support::{Folder, run};

/// A small picture of one colour.
fn picture(path: &Path, colour: [u8; 3]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    image::RgbImage::from_pixel(20, 16, image::Rgb(colour)).save(path).unwrap();
}

/// Two classes, five pictures of each, and two files that are none.
fn pictures() -> Folder {
    let folder = Folder::new();
    for (class, colour) in [("cat", [200, 90, 40]), ("鸟", [40, 200, 90])] {
        for number in 0..5 {
            picture(&folder.path(&format!("pictures/{class}/{number}.png")), colour);
        }
    }
    fs::write(folder.path("pictures/cat/notes.txt"), "no picture").unwrap();
    let whole = fs::read(folder.path("pictures/cat/0.png")).unwrap();
    fs::write(folder.path("pictures/鸟/cut.png"), &whole[..60]).unwrap();
    folder
}

#[test]
fn data_says_what_was_found_draws_it_and_saves_what_training_would_get() {
    let folder = pictures();
    let (sheet, tensors) = (folder.path("sheet.png"), folder.path("images.safetensors"));
    let said = run([
        "data",
        folder.path("pictures").to_str().unwrap(),
        "--format",
        "json",
        "--sheet",
        sheet.to_str().unwrap(),
        "--save",
        tensors.to_str().unwrap(),
        "--set",
        "data.size=16",
    ]);
    let said: Value = serde_json::from_str(&said.succeeded().stdout).unwrap();
    assert_eq!((&said["channels"], &said["height"], &said["width"]), (&3.into(), &16.into(), &16.into()));
    assert_eq!(said["classes"][1]["name"], "鸟");
    let counts = |class: usize| {
        said["classes"][class]["train"].as_u64().unwrap() + said["classes"][class]["validation"].as_u64().unwrap()
    };
    assert_eq!((counts(0), counts(1)), (5, 5), "the damaged one is not counted");
    let left_out: Vec<&str> =
        said["left_out"].as_array().unwrap().iter().map(|left| left["why"].as_str().unwrap()).collect();
    assert!(left_out.contains(&"cut short") && left_out[0].contains("no picture"), "{left_out:?}");

    let bytes = fs::read(tensors).unwrap();
    let tensors = SafeTensors::deserialize(&bytes).unwrap();
    let images = tensors.tensor("train.images").unwrap();
    let labels = tensors.tensor("train.labels").unwrap();
    let count = usize::try_from(said["train"].as_u64().unwrap()).unwrap();
    assert_eq!((images.shape(), labels.shape()), (&[count, 3, 16, 16][..], &[count][..]));
    assert_eq!((images.data()[0], images.data()[256], labels.data()[0]), (200, 90, 0));
    assert!(image::open(sheet).unwrap().width() > 160);
}

#[test]
fn data_that_is_asked_for_a_class_without_pictures_names_it() {
    let folder = pictures();
    fs::create_dir(folder.path("pictures/empty")).unwrap();
    let said = run(["data", folder.path("pictures").to_str().unwrap()]);
    assert!(said.code == Some(1) && said.stderr.contains("empty` holds no picture"), "{}", said.stderr);
}

/// A run from pictures beside its configuration, and the same again from its `run.toml`, elsewhere.
#[test]
fn a_run_of_ones_own_pictures_repeats_from_any_folder() {
    let folder = pictures();
    let text = "[data]\nsource = \"pictures\"\nsize = 8\naugment = \"shift-flip\"\n[network]\nblocks = [1, 1]\nk0 = 4\ngrowth = 2\n\
                [training]\nbatch = 4\nsteps = 3\nnetworks = [\"dense\"]\n";
    let config = folder.write("lesson.toml", text);
    let train = |config: &Path, name: &str| {
        let out = folder.path(name);
        let said = run(["train", "--config", config.to_str().unwrap(), "--out", out.to_str().unwrap()]);
        assert!(said.succeeded().stderr.contains("a fifth of each class"), "{}", said.stderr);
        fs::read_to_string(out.join("gradients.csv")).unwrap()
    };
    let first = train(&config, "first");
    assert_eq!(first, train(&folder.path("first/run.toml"), "again"));
    let plain = folder.write("plain.toml", text.replace("shift-flip", "none"));
    assert_ne!(first, train(&plain, "plain"), "what is augmented is learned from otherwise");
}
