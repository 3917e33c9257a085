//! IDX folders of a few images: what is read from them, and what is said when something is wrong.

use super::files::NAMES;
use crate::data::fixtures::{Folder, gzipped, idx_images, idx_labels};
use crate::data::{DataSet, Description, Note, Source, describe as describe_source, load as load_source};

mod damaged;

const TRAIN_IMAGES: &str = NAMES[0];
const TRAIN_LABELS: &str = NAMES[1];
const TEST_IMAGES: &str = NAMES[2];
const TEST_LABELS: &str = NAMES[3];

/// Three training images and one for validation, of 2×1 pixels.
fn small() -> Folder {
    let folder = Folder::new();
    folder.write(TRAIN_IMAGES, &idx_images(2051, [3, 2, 1], &[10, 11, 20, 21, 30, 31]));
    folder.write(TRAIN_LABELS, &idx_labels(2049, 3, &[0, 1, 2]));
    folder.write(TEST_IMAGES, &idx_images(2051, [1, 2, 1], &[40, 41]));
    folder.write(TEST_LABELS, &idx_labels(2049, 1, &[3]));
    folder
}

fn load_from(folder: &Folder, train: usize, validation: usize) -> Result<DataSet, String> {
    load_source(&Source::Folder(folder.path().to_owned()), train, validation, 0)
        .map_err(|error| folder.without_path(&error))
}

fn described(folder: &Folder) -> Result<Description, String> {
    describe_source(&Source::Folder(folder.path().to_owned())).map_err(|error| folder.without_path(&error))
}

/// The message of the small folder with one file replaced.
fn message_with(name: &str, content: &[u8]) -> String {
    let folder = small();
    folder.write(name, content);
    load_from(&folder, 1, 1).unwrap_err()
}

#[test]
fn images_are_read_with_their_labels() {
    let data = load_from(&small(), 3, 1).unwrap();
    assert_eq!(data.shape.to_string(), "1x2x1");
    assert_eq!((data.train.len(), data.validation.len()), (3, 1));
    assert_eq!((data.train.image(1), data.train.label(1)), (&[20, 21][..], 1));
    assert_eq!((data.validation.image(0), data.validation.label(0)), (&[40, 41][..], 3));
}

#[test]
fn fewer_images_than_there_are_keep_their_own_labels() {
    for compressed in [false, true] {
        let folder = small();
        if compressed {
            folder.write(TRAIN_IMAGES, &gzipped(&idx_images(2051, [3, 2, 1], &[10, 11, 20, 21, 30, 31])));
        }
        let data = load_from(&folder, 2, 1).unwrap();
        for index in 0..2 {
            let first = [10, 20, 30][data.train.label(index)];
            assert_eq!(data.train.image(index), [first, first + 1]);
        }
    }
}

#[test]
fn images_sorted_by_class_give_every_class_its_share_by_the_seed() {
    let folder = small();
    let labels: Vec<u8> = (0..10).flat_map(|class| [class; 100]).collect();
    folder.write(TRAIN_IMAGES, &idx_images(2051, [1000, 2, 1], &[7; 2000]));
    folder.write(TRAIN_LABELS, &idx_labels(2049, 1000, &labels));
    let data = load_from(&folder, 100, 1).unwrap();
    for class in 0..10 {
        assert_eq!((0..100).filter(|&index| data.train.label(index) == class).count(), 10);
    }
}

/// Training images with these labels, and validation images with those.
fn labelled(train: &[u8], validation: &[u8]) -> Folder {
    let folder = Folder::new();
    for (images_name, labels_name, labels) in
        [(TRAIN_IMAGES, TRAIN_LABELS, train), (TEST_IMAGES, TEST_LABELS, validation)]
    {
        let count = u32::try_from(labels.len()).unwrap();
        folder.write(images_name, &idx_images(2051, [count, 2, 1], &vec![9; 2 * labels.len()]));
        folder.write(labels_name, &idx_labels(2049, count, labels));
    }
    folder
}

#[test]
fn labels_that_begin_at_one_are_moved_and_keep_their_numbers_as_names() {
    let labels: Vec<u8> = (1..=26).collect();
    let folder = labelled(&labels, &labels);
    let description = described(&folder).unwrap();
    assert_eq!(
        (description.class_names.len(), &*description.class_names[0], &*description.class_names[25]),
        (26, "1", "26")
    );
    assert_eq!(description.notes, [Note::LabelsMoved { first: 1 }]);
    assert_eq!(load_from(&folder, 26, 26).unwrap().train.label(25), 25);
}

#[test]
fn a_class_that_validation_lacks_and_one_class_alone_are_warned_of() {
    let notes = load_from(&labelled(&[0, 1, 2], &[0, 1]), 3, 2).unwrap().found.notes;
    assert_eq!(notes, [Note::NotValidated { names: vec!["2".to_owned()] }]);
    let notes = load_from(&labelled(&[0; 3], &[0]), 3, 1).unwrap().found.notes;
    assert_eq!(notes, [Note::OneClass { name: "0".to_owned() }]);
    assert!(load_from(&labelled(&[0, 1], &[1, 0]), 2, 2).unwrap().found.notes.is_empty());
}

#[test]
fn emnist_is_found_by_its_prefix_and_turned_upright() {
    let folder = Folder::new();
    for (split, label) in [("train", 1), ("test", 2)] {
        folder.write(
            &format!("emnist-letters-{split}-images-idx3-ubyte.gz"),
            &gzipped(&idx_images(2051, [1, 2, 3], &[1, 2, 3, 4, 5, 6])),
        );
        folder.write(&format!("emnist-letters-{split}-labels-idx1-ubyte.gz"), &gzipped(&idx_labels(2049, 1, &[label])));
    }
    let data = load_from(&folder, 1, 1).unwrap();
    assert_eq!((data.shape.height, data.shape.width), (3, 2));
    assert_eq!(data.train.image(0), [1, 4, 2, 5, 3, 6]);
    assert_eq!(data.class_names, ["1", "2"]);
    assert!(data.found.notes.contains(&Note::TurnedUpright));
    folder.write("emnist-letters-mapping.txt", b"1 65 97\n2 66 98\n");
    assert_eq!(described(&folder).unwrap().class_names, ["Aa", "Bb"]);
}

#[test]
fn the_first_number_of_qmnists_rows_is_the_label() {
    let folder = Folder::new();
    for split in ["train", "test"] {
        let rows = [[7, 4, 106, 1, 30, 0, 0, 0], [9, 4, 106, 1, 31, 0, 0, 0]]
            .as_flattened()
            .iter()
            .flat_map(|&number: &u32| number.to_be_bytes());
        let header = [0x0c02_u32, 2, 8].into_iter().flat_map(u32::to_be_bytes);
        folder.write(&format!("qmnist-{split}-labels-idx2-int"), &header.chain(rows).collect::<Vec<_>>());
        folder.write(&format!("qmnist-{split}-images-idx3-ubyte"), &idx_images(2051, [2, 2, 1], &[1, 2, 3, 4]));
    }
    let data = load_from(&folder, 2, 2).unwrap();
    assert_eq!(data.class_names, ["7", "8", "9"]);
    assert_eq!([data.train.label(0), data.train.label(1)], [0, 2]);
    assert_eq!(data.train.image(1), [3, 4]);
}

#[test]
fn one_of_several_sets_in_a_folder_is_named_by_its_file() {
    let folder = Folder::new();
    for (prefix, value) in [("a-", 1), ("b-", 2)] {
        for split in ["train", "test"] {
            folder.write(&format!("{prefix}{split}-images-idx3-ubyte"), &idx_images(2051, [1, 1, 1], &[value]));
            folder.write(&format!("{prefix}{split}-labels-idx1-ubyte"), &idx_labels(2049, 1, &[0]));
        }
    }
    let error = described(&folder).unwrap_err();
    assert_eq!(
        error,
        "`FOLDER` holds more than one data set; choose one: a-train-images-idx3-ubyte, b-train-images-idx3-ubyte"
    );
    let chosen = Source::Folder(folder.path().join("b-train-images-idx3-ubyte"));
    assert_eq!(load_source(&chosen, 1, 1, 0).unwrap().train.image(0), [2]);
}

#[test]
fn what_is_not_the_file_that_its_name_says_is_named_as_what_it_is() {
    for (content, message) in [
        (
            &b"<!DOCTYPE html><html><head><title>403 Forbidden</title>"[..],
            "a web page, not the data; the download failed",
        ),
        (
            b"version https://git-lfs.github.com/spec/v1\noid sha256:0",
            "a Git LFS pointer, not the data; run `git lfs pull` where it came from",
        ),
        (b"\x80\x02}q\x00(X\x04\0\0\0data and so on", "a Python pickle, not the file that its name calls for"),
        (b"PK\x03\x04 and so on and so on", "a zip archive, not the file that its name calls for; unpack it"),
    ] {
        assert_eq!(message_with(TRAIN_IMAGES, content), format!("`{TRAIN_IMAGES}` is {message}"));
    }
}

#[test]
fn torchvisions_folders_are_looked_into() {
    let (plain, folder) = (small(), Folder::new());
    for name in NAMES {
        folder.write(&format!("MNIST/raw/{name}"), &std::fs::read(plain.path().join(name)).unwrap());
    }
    assert_eq!(load_from(&folder, 3, 1).unwrap().train, load_from(&plain, 3, 1).unwrap().train);
}

#[test]
fn all_labels_of_both_splits_decide_how_many_classes_there_are() {
    assert_eq!(described(&small()).unwrap().class_names, ["0", "1", "2", "3"]);
    let folder = small();
    folder.write(TEST_LABELS, &idx_labels(2049, 1, &[255]));
    assert_eq!(described(&folder).unwrap().class_names.len(), 256);
}

#[test]
fn every_spelling_is_found_and_no_ending_decides_what_is_compressed() {
    for ending in ["", ".gz"] {
        for dotted in [false, true] {
            for compressed in [false, true] {
                let (plain, folder) = (small(), Folder::new());
                for name in NAMES {
                    let content = std::fs::read(plain.path().join(name)).unwrap();
                    let spelling = if dotted { name.replace("-idx", ".idx") } else { name.to_owned() };
                    let content = if compressed { gzipped(&content) } else { content };
                    folder.write(&(spelling + ending), &content);
                }
                assert_eq!(load_from(&folder, 3, 1).unwrap().train, load_from(&plain, 3, 1).unwrap().train);
            }
        }
    }
}
