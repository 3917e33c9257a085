//! IDX folders of a few images: what is read from them, and what is said when something is wrong.

use super::files::NAMES;
use crate::data::fixtures::{Folder, gzipped, idx_images, idx_labels};
use crate::data::{DataSet, Description, Note, Source, describe as describe_source, load as load_source};
use proptest::prelude::*;

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

#[test]
fn a_missing_file_is_named() {
    for (removed, beside) in [
        (TRAIN_IMAGES, TRAIN_LABELS),
        (TRAIN_LABELS, TRAIN_IMAGES),
        (TEST_IMAGES, TRAIN_IMAGES),
        (TEST_LABELS, TRAIN_IMAGES),
    ] {
        let folder = small();
        folder.remove(removed);
        assert_eq!(
            described(&folder).unwrap_err(),
            format!("`FOLDER` lacks the file `{removed}[.gz]`; it is needed beside `{beside}`")
        );
    }
}

#[test]
fn a_file_of_another_kind_is_told_apart_by_its_magic_number() {
    for (name, content, message) in [
        (
            TRAIN_IMAGES,
            idx_labels(2049, 8, &[0; 8]),
            "`train-images-idx3-ubyte` begins with the number 2049 (an IDX label file), but its name calls for 2051 (an IDX image file)",
        ),
        (
            TEST_LABELS,
            idx_images(2051, [1, 1, 1], &[0]),
            "`t10k-labels-idx1-ubyte` begins with the number 2051 (an IDX image file), but its name calls for 2049 (an IDX label file)",
        ),
        (
            TRAIN_IMAGES,
            b"\x89PNG, or something else of the kind".to_vec(),
            "`train-images-idx3-ubyte` begins with the number 2303741511 (no IDX file), but its name calls for 2051 (an IDX image file)",
        ),
        (
            TRAIN_LABELS,
            idx_labels(0xd01, 1, &[0; 4]),
            "`train-labels-idx1-ubyte` begins with the number 3329 (another kind of IDX file), but its name calls for 2049 (an IDX label file)",
        ),
    ] {
        assert_eq!(message_with(name, &content), message);
    }
}

#[test]
fn a_length_that_the_header_does_not_announce_is_told_with_both_numbers() {
    let images = |pixels: &[u8]| idx_images(2051, [3, 2, 1], pixels);
    for (name, content, message) in [
        (TRAIN_IMAGES, vec![], "`train-images-idx3-ubyte` is empty"),
        (
            TRAIN_IMAGES,
            images(&[])[..9].to_vec(),
            "`train-images-idx3-ubyte` is cut short: it holds 9 bytes, but the header of an IDX image file takes 16",
        ),
        (
            TRAIN_LABELS,
            vec![0; 7],
            "`train-labels-idx1-ubyte` is cut short: it holds 7 bytes, but the header of an IDX label file takes 8",
        ),
        (
            TRAIN_IMAGES,
            images(&[1; 5]),
            "`train-images-idx3-ubyte` is cut short: it holds 21 bytes, but its header (3 images of 2×1) calls for 22",
        ),
        (
            TRAIN_IMAGES,
            images(&[1; 7]),
            "`train-images-idx3-ubyte` is too long: it holds 23 bytes, but its header (3 images of 2×1) calls for 22",
        ),
        (
            TRAIN_LABELS,
            idx_labels(2049, 3, &[1; 2]),
            "`train-labels-idx1-ubyte` is cut short: it holds 10 bytes, but its header (3 labels) calls for 11",
        ),
        (
            TRAIN_LABELS,
            idx_labels(2049, 3, &[1; 4]),
            "`train-labels-idx1-ubyte` is too long: it holds 12 bytes, but its header (3 labels) calls for 11",
        ),
        (
            TRAIN_IMAGES,
            gzipped(&images(&[1; 5])),
            "`train-images-idx3-ubyte` is cut short: it holds 21 bytes, but its header (3 images of 2×1) calls for 22",
        ),
        (
            TRAIN_IMAGES,
            gzipped(&images(&vec![1; 100_000])),
            "`train-images-idx3-ubyte` is too long: it holds more than 22 bytes, but its header (3 images of 2×1) calls for 22",
        ),
    ] {
        assert_eq!(message_with(name, &content), message);
    }
}

#[test]
fn a_damaged_gzip_file_is_named() {
    let mut cut = gzipped(&idx_images(2051, [3, 2, 1], &[1; 6]));
    cut.truncate(cut.len() - 3);
    assert_eq!(
        message_with(TRAIN_IMAGES, &cut),
        "`train-images-idx3-ubyte` is a damaged gzip file: after 22 decompressed bytes, the file ends"
    );
    let mut longer = gzipped(&idx_labels(2049, 3, &[1; 3]));
    longer.extend(b"more");
    assert_eq!(
        message_with(TRAIN_LABELS, &longer),
        "`train-labels-idx1-ubyte` goes on after the end of its gzip data with something that is not gzip"
    );
    assert!(
        message_with(TRAIN_IMAGES, &[0x1f, 0x8b, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0])
            .starts_with("`train-images-idx3-ubyte` is a damaged gzip file: after 0 decompressed bytes, ")
    );
}

#[test]
fn sizes_of_nothing_and_absurd_sizes_are_refused() {
    for (dimensions, message) in [
        ([0, 2, 1], "`train-images-idx3-ubyte` announces no images; at least 1 is needed"),
        ([3, 0, 1], "`train-images-idx3-ubyte` announces no rows of pixels; at least 1 is needed"),
        ([3, 2, 0], "`train-images-idx3-ubyte` announces no columns of pixels; at least 1 is needed"),
        ([3, 1025, 1], "`train-images-idx3-ubyte` announces 1025 rows of pixels; at most 1024 are read"),
        ([3, 2, u32::MAX], "`train-images-idx3-ubyte` announces 4294967295 columns of pixels; at most 1024 are read"),
        ([u32::MAX, 2, 1], "`train-images-idx3-ubyte` announces 4294967295 images; at most 10000000 are read"),
    ] {
        for content in [idx_images(2051, dimensions, &[]), gzipped(&idx_images(2051, dimensions, &[]))] {
            assert_eq!(message_with(TRAIN_IMAGES, &content), message);
        }
    }
}

/// Ten terabytes by its header, forty bytes on the disk.
#[test]
fn the_largest_claim_that_is_allowed_fails_for_want_of_bytes() {
    let folder = small();
    let labels = vec![1; 10_000_000];
    folder.write(TRAIN_LABELS, &gzipped(&idx_labels(2049, 10_000_000, &labels)));
    let claim = idx_images(2051, [10_000_000, 1024, 1024], &[0; 5]);
    let message = "`train-images-idx3-ubyte` is cut short: it holds 21 bytes, \
        but its header (10000000 images of 1024×1024) calls for 10485760000016";
    folder.write(TRAIN_IMAGES, &claim);
    assert_eq!(described(&folder).unwrap_err(), message);
    folder.write(TEST_IMAGES, &gzipped(&idx_images(2051, [1, 1024, 1024], &vec![0; 1024 * 1024])));
    folder.write(TRAIN_IMAGES, &gzipped(&claim));
    assert_eq!(load_from(&folder, 10_000_000, 1).unwrap_err(), message);
}

#[test]
fn images_and_labels_that_differ_in_number_are_refused() {
    assert_eq!(
        message_with(TRAIN_LABELS, &idx_labels(2049, 2, &[0, 1])),
        "`train-images-idx3-ubyte` holds 3 images, but `train-labels-idx1-ubyte` holds 2 labels; each image needs one"
    );
}

#[test]
fn splits_of_two_image_sizes_are_refused() {
    assert_eq!(
        message_with(TEST_IMAGES, &idx_images(2051, [1, 1, 2], &[40, 41])),
        "`train-images-idx3-ubyte` holds 1x2x1 images, but `t10k-images-idx3-ubyte` holds 1x1x2; one network reads both"
    );
}

#[test]
fn more_images_than_there_are_is_refused() {
    assert_eq!(load_from(&small(), 4, 1).unwrap_err(), "4 training images asked for, but the source has 3");
    assert_eq!(load_from(&small(), 3, 2).unwrap_err(), "2 validation images asked for, but the source has 1");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn what_is_written_is_read_back(
        (rows, columns, labels, pixels) in (1_usize..9, 1_usize..9, prop::collection::vec(1_u8..=255, 1..20))
            .prop_flat_map(|(rows, columns, labels)| {
                let pixels = prop::collection::vec(any::<u8>(), rows * columns * labels.len());
                (Just(rows), Just(columns), Just(labels), pixels)
            }),
        compressed: bool,
    ) {
        let (folder, count) = (Folder::new(), labels.len());
        let pack = |content: Vec<u8>| if compressed { gzipped(&content) } else { content };
        for (images_name, labels_name) in [(TRAIN_IMAGES, TRAIN_LABELS), (TEST_IMAGES, TEST_LABELS)] {
            let [images, rows, columns] = [count, rows, columns].map(|side| u32::try_from(side).unwrap());
            let dimensions = [images, rows, columns];
            folder.write(images_name, &pack(idx_images(2051, dimensions, &pixels)));
            folder.write(labels_name, &pack(idx_labels(2049, images, &labels)));
        }
        let data = load_from(&folder, count, count).unwrap();
        for split in [&data.train, &data.validation] {
            for (index, image) in pixels.chunks_exact(rows * columns).enumerate() {
                prop_assert_eq!(split.image(index), image);
                let first = *labels.iter().min().unwrap();
                prop_assert_eq!(split.label(index), usize::from(labels[index] - first));
            }
        }
    }

    /// Whatever a file holds, the answer is a data set or an error.
    #[test]
    fn no_damage_makes_the_reader_panic(
        name in prop::sample::select(NAMES.to_vec()),
        compressed: bool,
        position: prop::sample::Index,
        value: u8,
        cut: Option<prop::sample::Index>,
    ) {
        let folder = small();
        let mut content = std::fs::read(folder.path().join(name)).unwrap();
        if compressed {
            content = gzipped(&content);
        }
        let position = position.index(content.len());
        content[position] = value;
        if let Some(cut) = cut {
            content.truncate(cut.index(content.len()));
        }
        folder.write(name, &content);
        let _ = load_from(&folder, 3, 1);
    }
}
