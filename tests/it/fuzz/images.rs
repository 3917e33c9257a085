//! Readers of images: IDX, CIFAR (binary and for Python), STL-10, pictures, and folders of anything.

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;

use densescope::data::{Request, Source, describe, load};
use flate2::{Compression, write::GzEncoder};
use image::{DynamicImage, ImageFormat, RgbImage};

use super::{Chance, fuzz};
use crate::support::Folder;

/// Whether the images in a folder are read.
fn reads(folder: &Path) -> bool {
    let request = Request { size: 8, ..(&Source::Folder(folder.to_owned())).into() };
    let Ok(found) = describe(&request) else { return false };
    let (train, validation) = (found.train_available.min(40), found.validation_available.min(20));
    load(&request, train, validation, 1).is_ok()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Every file of a good set is spoilt in turn, while the others stay as they are.
fn fuzz_set(name: &str, files: &[(&str, Vec<u8>)]) {
    let folder = Folder::new();
    for (file, bytes) in files {
        folder.write(file, bytes);
    }
    assert!(reads(&folder.path("")), "{name}: what is not spoilt is read");
    let mut turn = 0;
    let good: Vec<Vec<u8>> = files.iter().flat_map(|(_, bytes)| [bytes.clone(), gzipped(bytes)]).collect();
    fuzz(name, &good, |bad| {
        let (file, whole) = &files[turn % files.len()];
        turn += 1;
        folder.write(file, bad);
        let read = reads(&folder.path(""));
        folder.write(file, whole);
        read
    });
}

#[test]
fn bad_idx_files_are_refused() {
    let images = [&[0, 0, 8, 3, 0, 0, 0, 4, 0, 0, 0, 3, 0, 0, 0, 2][..], &[7; 24]].concat();
    let labels = [0, 0, 8, 1, 0, 0, 0, 4, 0, 1, 2, 3].to_vec();
    let rows = [&[0, 0, 12, 2, 0, 0, 0, 4, 0, 0, 0, 8][..], &[0; 128]].concat();
    fuzz_set(
        "IDX",
        &[
            ("emnist-train-images-idx3-ubyte", images.clone()),
            ("emnist-train-labels-idx1-ubyte", labels),
            ("emnist-test-images-idx3-ubyte", images),
            ("emnist-test-labels-idx2-int", rows),
            ("emnist-mapping.txt", b"0 65\n1 66\n2 67\n3 68\n".to_vec()),
        ],
    );
}

#[test]
fn bad_cifar_files_are_refused() {
    let record = |label: u8| [&[label][..], &[label; 3072]].concat();
    let names = b"a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n".to_vec();
    let files = [("data_batch_1.bin", record(3)), ("test_batch.bin", record(9)), ("batches.meta.txt", names)];
    fuzz_set("CIFAR-10", &files);
    let record = [&[4, 23][..], &[9; 3072]].concat();
    fuzz_set("CIFAR-100", &[("train.bin", record.repeat(2)), ("test.bin", record)]);
}

#[test]
fn bad_pickles_are_refused_and_nothing_in_them_is_run() {
    let mut batch = b"\x80\x02}q\x00(U\x06labelsq\x01]q\x02(K\x01K\x02eU\x04dataq\x03cnumpy.core.multiarray\n_reconstruct\nq\x04cnumpy\nndarray\nq\x05K\0\x85U\x01b\x87Rq\x06(K\x01K\x02M\0\x0c\x86cnumpy\ndtype\nq\x07U\x02u1K\0K\x01\x87Rq\x08(K\x03U\x01|NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\0tb\x89T".to_vec();
    batch.extend(6144_u32.to_le_bytes());
    batch.extend([5; 6144]);
    batch.extend(b"tbu.");
    let names: Vec<u8> = (0..10_u8).flat_map(|class| [b'U', 1, b'a' + class]).collect();
    let meta = [b"\x80\x02}U\x0blabel_names](", &names[..], b"es."].concat();
    fuzz_set("CIFAR for Python", &[("data_batch_1", batch.clone()), ("test_batch", batch), ("batches.meta", meta)]);
}

#[test]
fn bad_stl_files_are_refused() {
    let pictures = vec![9; 2 * 3 * 96 * 96];
    let labels = vec![1, 10];
    fuzz_set(
        "STL-10",
        &[
            ("train_X.bin", pictures.clone()),
            ("train_y.bin", labels.clone()),
            ("test_X.bin", pictures),
            ("test_y.bin", labels),
        ],
    );
}

#[test]
fn bad_pictures_are_left_out() {
    let picture = DynamicImage::from(RgbImage::from_fn(9, 7, |x, y| {
        image::Rgb([u8::try_from(x * 20).unwrap(), u8::try_from(y * 30).unwrap(), 90])
    }));
    let as_file = |picture: &DynamicImage, format| {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    };
    let mut good: Vec<Vec<u8>> =
        [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::Bmp, ImageFormat::WebP]
            .map(|format| as_file(&picture, format))
            .to_vec();
    good.push(as_file(&picture.to_rgb16().into(), ImageFormat::Png));
    good.push(as_file(&picture.to_luma_alpha8().into(), ImageFormat::Png));
    let folder = Folder::new();
    for (class, split) in [("a", "train"), ("b", "train"), ("a", "val"), ("b", "val")] {
        folder.write(&format!("{split}/{class}/good.png"), &good[0]);
    }
    fuzz("pictures", &good, |bad| {
        folder.write("train/a/bad.jpg", bad);
        assert!(reads(&folder.path("")), "the good ones are read all the same");
        true
    });
}

/// Folders of any names, with anything in them.
#[test]
fn folders_of_anything_end_in_words() {
    const NAMES: [&str; 14] = [
        "train",
        "val",
        "Test",
        "cat",
        "鸟",
        ".hidden",
        "Thumbs.db",
        "a b",
        "train_X.bin",
        "data_batch_1",
        "test_batch",
        "meta",
        "train-images-idx3-ubyte",
        "t10k-labels-idx1-ubyte.gz",
    ];
    let png = {
        let mut bytes = Cursor::new(Vec::new());
        RgbImage::new(3, 3).write_to(&mut bytes, ImageFormat::Png).unwrap();
        bytes.into_inner()
    };
    let mut number = 0;
    fuzz("folders", &[png.clone(), b"text".to_vec()], |bad| {
        number += 1;
        let (folder, mut chance) = (Folder::new(), Chance(number));
        for _ in 0..chance.below(12) {
            let depth = chance.below(4);
            let path: Vec<&str> = (0..=depth).map(|_| NAMES[chance.below(NAMES.len())]).collect();
            let path = folder.path(&path.join("/"));
            let parent = path.parent().unwrap();
            if fs::create_dir_all(parent).is_ok() {
                // What is a folder already stays one.
                drop(fs::write(&path, if chance.below(2) == 0 { bad } else { &png }));
            }
        }
        reads(&folder.path(""))
    });
}
