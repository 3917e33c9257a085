//! What is missing or damaged is named.

use proptest::prelude::*;

use super::*;

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
