use super::*;
use crate::data::fixtures::Folder;
use crate::data::{DataError, DataSet, Source, load as load_source};

/// Pictures whose left half is dark, and whose green plane has a row of its own at the top.
fn picture() -> Vec<u8> {
    let plane = [vec![0; 48 * 96], vec![255; 48 * 96]].concat();
    let mut green = plane.clone();
    green.iter_mut().step_by(96).for_each(|top| *top = 100);
    [plane.clone(), green, plane].concat()
}

fn small() -> Folder {
    let folder = Folder::new();
    for (split, labels) in [("train", &[1, 10, 3][..]), ("test", &[2][..])] {
        folder.write(&format!("stl10_binary/{split}_X.bin"), &picture().repeat(labels.len()));
        folder.write(&format!("stl10_binary/{split}_y.bin"), labels);
    }
    folder
}

fn load(folder: &Folder, size: usize, train: usize) -> Result<DataSet, DataError> {
    load_source(Request { size, ..(&Source::Folder(folder.path().to_owned())).into() }, train, 1, 1)
}

#[test]
fn pictures_stand_upright_and_labels_begin_at_zero() {
    let data = load(&small(), 96, 3).unwrap();
    assert_eq!(data.shape.to_string(), "3x96x96");
    assert_eq!([0, 1, 2].map(|index| data.train.label(index)), [0, 9, 2]);
    assert_eq!((data.class_names[0].as_str(), data.class_names[9].as_str()), ("airplane", "truck"));
    let image = data.train.image(2);
    assert_eq!((image[95 * 96], image[95 * 96 + 95]), (0, 255), "left is dark, right is bright");
    assert!(image[96 * 96..][..96].iter().all(|&green| green == 100), "the first row of green");
}

#[test]
fn they_are_brought_to_the_size_that_is_asked_for() {
    let data = load(&small(), 32, 2).unwrap();
    assert_eq!(data.shape.to_string(), "3x32x32");
    let image = data.train.image(0);
    assert_eq!((image[31 * 32], image[31 * 32 + 31]), (0, 255));
    assert_eq!(data.found.notes[0], Note::Fitted { size: 32 });
}

#[test]
fn what_does_not_fit_together_is_named() {
    for (name, content, message) in [
        (
            "train_y.bin",
            &[1, 2][..],
            "`stl10_binary/train_X.bin` holds 3 images, but `stl10_binary/train_y.bin` holds 2 labels; each image needs one",
        ),
        (
            "train_y.bin",
            &[1, 2, 0],
            "record 2 of `stl10_binary/train_y.bin` (counting from 0) has the label 0; allowed are 1 to 10",
        ),
        (
            "train_X.bin",
            b"<html>not found</html>",
            "`stl10_binary/train_X.bin` is a web page, not the data; the download failed",
        ),
        ("class_names.txt", b"a\nb\n", "`stl10_binary/class_names.txt` names 2 classes; this data set has 10"),
    ] {
        let folder = small();
        folder.write(&format!("stl10_binary/{name}"), content);
        assert_eq!(folder.without_path(&load(&folder, 32, 1).unwrap_err()), message);
    }
}
