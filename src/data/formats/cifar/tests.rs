//! CIFAR folders of a few records: what is read from them, and what is said when something is wrong.

use super::*;
use crate::data::fixtures::{Folder, cifar_records};
use crate::data::{DataSet, Description, Source, describe as describe_source, load as load_source};

fn ten() -> Folder {
    let folder = Folder::new();
    folder.write("data_batch_1.bin", &cifar_records(&[([3], 30), ([1], 10)]));
    folder.write("data_batch_2.bin", &cifar_records(&[([9], 90)]));
    folder.write("test_batch.bin", &cifar_records(&[([0], 5), ([2], 25)]));
    folder
}

fn hundred() -> Folder {
    let folder = Folder::new();
    folder.write("train.bin", &cifar_records(&[([19, 99], 1), ([4, 0], 2)]));
    folder.write("test.bin", &cifar_records(&[([0, 50], 3)]));
    folder
}

fn load_from(folder: &Folder, train: usize, validation: usize) -> Result<DataSet, String> {
    load_source(&Source::Folder(folder.path().to_owned()), train, validation, 0)
        .map_err(|error| folder.without_path(&error))
}

fn description(folder: &Folder) -> Description {
    describe_source(&Source::Folder(folder.path().to_owned())).unwrap()
}

#[test]
fn training_files_are_read_one_after_the_other() {
    let data = load_from(&ten(), 3, 2).unwrap();
    let labels: Vec<usize> = (0..3).map(|index| data.train.label(index)).collect();
    assert_eq!(labels, [3, 1, 9]);
    assert_eq!(data.train.image(2), [90; 3072]);
    assert_eq!(data.validation.image(1), [25; 3072]);
    assert_eq!(data.shape.to_string(), "3x32x32");
}

#[test]
fn only_the_images_asked_for_are_kept_with_their_labels() {
    let data = load_from(&ten(), 2, 1).unwrap();
    assert_eq!((data.train.len(), data.validation.len()), (2, 1));
    for index in 0..2 {
        assert_eq!(usize::from(data.train.image(index)[0]), 10 * data.train.label(index));
    }
}

#[test]
fn the_description_counts_records() {
    let description = description(&ten());
    assert_eq!((description.train_available, description.validation_available), (3, 2));
    assert_eq!(description.class_names[9], "truck");
}

#[test]
fn the_hundred_classes_are_the_fine_labels() {
    let data = load_from(&hundred(), 2, 1).unwrap();
    assert_eq!([data.train.label(0), data.train.label(1), data.validation.label(0)], [99, 0, 50]);
    assert_eq!(data.class_names.len(), 100);
    assert_eq!(data.class_names[99], "99");
}

#[test]
fn twenty_classes_are_the_coarse_labels() {
    let folder = hundred();
    let names: Vec<String> = (0..20).map(|class| format!("super {class}")).collect();
    folder.write("coarse_label_names.txt", names.join("\n").as_bytes());
    let request = Request { labels: Labels::Coarse, ..(&Source::Folder(folder.path().to_owned())).into() };
    let data = load_source(request, 2, 1, 0).unwrap();
    assert_eq!([data.train.label(0), data.train.label(1), data.validation.label(0)], [19, 4, 0]);
    assert_eq!(data.class_names, names);
}

#[test]
fn names_are_taken_from_the_file_beside_the_data() {
    let folder = ten();
    folder.write("batches.meta.txt", b"a\nb\nc\r\nd\ne\nf\ng\nh\ni\nthe last\n\n");
    assert_eq!(description(&folder).class_names[2], "c");
    assert_eq!(description(&folder).class_names[9], "the last");

    let folder = hundred();
    let names: Vec<String> = (0..100).map(|class| format!("fine {class}")).collect();
    folder.write("fine_label_names.txt", names.join("\n").as_bytes());
    assert_eq!(description(&folder).class_names, names);
}

#[test]
fn a_list_of_names_of_another_length_is_refused() {
    let folder = ten();
    folder.write("batches.meta.txt", b"cat\ndog\n");
    assert_eq!(load_from(&folder, 1, 1).unwrap_err(), "`batches.meta.txt` names 2 classes; this data set has 10");
}

#[test]
fn a_missing_file_is_named() {
    for (removed, message) in [
        ("data_batch_1.bin", "`FOLDER` lacks the file `data_batch_1.bin`; it is needed beside `data_batch_2.bin`"),
        ("test_batch.bin", "`FOLDER` lacks the file `test_batch.bin`; it is needed beside `data_batch_1.bin`"),
    ] {
        let folder = ten();
        folder.remove(removed);
        assert_eq!(load_from(&folder, 1, 1).unwrap_err(), message);
    }
    for (removed, message) in [
        ("train.bin", "`FOLDER` lacks the file `train.bin`; it is needed beside `test.bin`"),
        ("test.bin", "`FOLDER` lacks the file `test.bin`; it is needed beside `train.bin`"),
    ] {
        let folder = hundred();
        folder.remove(removed);
        assert_eq!(load_from(&folder, 1, 1).unwrap_err(), message);
    }
    let folder = ten();
    folder.remove("data_batch_1.bin");
    folder.remove("data_batch_2.bin");
    assert_eq!(
        load_from(&folder, 1, 1).unwrap_err(),
        "`FOLDER` lacks the file `data_batch_1.bin`; it is needed beside `test_batch.bin`"
    );
}

#[test]
fn a_length_that_is_no_whole_number_of_records_is_refused_in_any_file() {
    let folder = ten();
    folder.write("data_batch_2.bin", &[0; 3000]);
    assert_eq!(
        load_from(&folder, 1, 1).unwrap_err(),
        "`data_batch_2.bin` holds 3000 bytes, which is no whole number of records of 3073 bytes (3000 left over)"
    );
    let folder = hundred();
    folder.write("test.bin", &[0; 3075]);
    assert_eq!(
        load_from(&folder, 1, 1).unwrap_err(),
        "`test.bin` holds 3075 bytes, which is no whole number of records of 3074 bytes (1 left over)"
    );
}

#[test]
fn an_empty_file_is_refused() {
    let folder = ten();
    folder.write("test_batch.bin", b"");
    assert_eq!(load_from(&folder, 1, 1).unwrap_err(), "`test_batch.bin` is empty");
}

#[test]
fn a_label_beyond_the_classes_is_refused() {
    let folder = ten();
    folder.write("data_batch_1.bin", &cifar_records(&[([3], 30), ([10], 10)]));
    assert_eq!(
        load_from(&folder, 2, 1).unwrap_err(),
        "record 1 of `data_batch_1.bin` (counting from 0) has the label 10; allowed are 0 to 9"
    );

    let folder = hundred();
    folder.write("test.bin", &cifar_records(&[([0, 100], 3)]));
    assert_eq!(
        load_from(&folder, 1, 1).unwrap_err(),
        "record 0 of `test.bin` (counting from 0) has the label 100; allowed are 0 to 99"
    );
}

#[test]
fn more_images_than_there_are_is_refused() {
    let message = "4 training images asked for, but the source has 3";
    assert_eq!(load_from(&ten(), 4, 1).unwrap_err(), message);
}
