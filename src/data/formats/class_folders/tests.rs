use std::io::Cursor;

use image::{DynamicImage, ImageBuffer, ImageFormat, Luma, Rgb, RgbImage, Rgba, RgbaImage};

use super::*;
use crate::data::fixtures::Folder;
use crate::data::{DataSet, Source, load as load_source};

/// Quarters red, green over blue, white.
fn quarters(side: u32) -> RgbImage {
    RgbImage::from_fn(side, side, |x, y| {
        Rgb([[255, 0, 0], [0, 255, 0], [0, 0, 255], [255; 3]]
            [usize::from(x >= side / 2) + 2 * usize::from(y >= side / 2)])
    })
}

fn one_colour(width: u32, height: u32, colour: [u8; 3]) -> Vec<u8> {
    encoded(&RgbImage::from_pixel(width, height, Rgb(colour)).into(), ImageFormat::Png)
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn request(folder: &Folder, size: usize) -> Request {
    Request { size, ..(&Source::Folder(folder.path().to_owned())).into() }
}

fn load(folder: &Folder, size: usize, train: usize, validation: usize) -> Result<DataSet, String> {
    load_source(request(folder, size), train, validation, 1).map_err(|error| folder.without_path(&error))
}

fn left_out(folder: &Folder, data: &DataSet) -> Vec<(String, WhyLeftOut)> {
    let name = |file: &Path| file.strip_prefix(folder.path()).unwrap().display().to_string();
    data.found.left_out.iter().map(|left| (name(&left.file), left.why.clone())).collect()
}

/// Three classes in a folder that trains and one that validates.
fn split() -> Folder {
    let folder = Folder::new();
    for (split, images) in [("train", 4), ("val", 2)] {
        for (class, colour) in [("cat", [200, 90, 40]), ("dog", [40, 90, 200]), ("鸟", [40, 200, 90])] {
            for image in 0..images {
                folder.write(&format!("{split}/{class}/{image}.png"), &one_colour(40 + image, 32, colour));
            }
        }
    }
    folder
}

#[test]
fn classes_are_in_the_order_of_their_names_and_every_picture_is_fitted() {
    let data = load(&split(), 32, 12, 6).unwrap();
    assert_eq!(data.class_names, ["cat", "dog", "鸟"]);
    assert_eq!(data.found.class_counts, [[4, 2]; 3]);
    assert_eq!(data.shape.to_string(), "3x32x32");
    assert_eq!(data.train.label(11), 2);
    assert_eq!((data.train.image(11)[0], data.train.image(11)[1024]), (40, 200));
    assert_eq!(data.found.notes, [Note::Fitted { size: 32 }]);
}

#[test]
fn without_a_split_a_fifth_of_each_class_validates_by_the_seed() {
    let folder = Folder::new();
    for class in ["a", "b"] {
        for image in 0..20_u8 {
            folder.write(&format!("{class}/{image:02}.png"), &one_colour(8, 8, [image; 3]));
        }
    }
    let by = |seed| load_source(request(&folder, 8), 32, 8, seed).unwrap();
    let data = by(1);
    assert_eq!(data.shape.to_string(), "1x8x8", "every picture is grey, though its file has colours");
    assert_eq!(data.found.class_counts, [[16, 4]; 2]);
    assert_eq!(data.found.notes, [Note::FifthValidates]);
    let values = |split: &Split| (0..split.len()).map(|index| split.image(index)[0]).collect::<Vec<_>>();
    let mut all = [values(&data.train), values(&data.validation)].concat();
    all.sort_unstable();
    assert_eq!(all, (0..20_u8).flat_map(|value| [value; 2]).collect::<Vec<_>>(), "no picture is in both");
    assert_eq!(values(&data.validation), values(&by(1).validation));
    assert_ne!(values(&data.validation), values(&by(2).validation));
}

#[test]
fn every_form_of_picture_is_read_as_what_it_shows() {
    let quarters = quarters(16);
    let clear = RgbaImage::from_fn(16, 16, |x, y| {
        let Rgb([red, green, blue]) = *quarters.get_pixel(x, y);
        Rgba([red, green, blue, 128])
    });
    let opaque = DynamicImage::from(quarters.clone());
    let forms = [
        ("plain.png", encoded(&opaque, ImageFormat::Png)),
        ("UPPER.PNG", encoded(&opaque, ImageFormat::Png)),
        ("with space.jpg", encoded(&opaque, ImageFormat::Png)),
        ("图片.gif", encoded(&opaque, ImageFormat::Gif)),
        ("bitmap.bmp", encoded(&opaque, ImageFormat::Bmp)),
        ("lossless.webp", encoded(&opaque, ImageFormat::WebP)),
        ("opaque.png", encoded(&opaque.to_rgba8().into(), ImageFormat::Png)),
        ("deep.png", encoded(&opaque.to_rgb16().into(), ImageFormat::Png)),
        ("clear.png", encoded(&clear.into(), ImageFormat::Png)),
    ];
    let expected: Vec<u8> = (0..3).flat_map(|channel| quarters.pixels().map(move |pixel| pixel.0[channel])).collect();
    for (name, bytes) in forms {
        let folder = Folder::new();
        folder.write(&format!("train/only/{name}"), &bytes);
        folder.write(&format!("val/only/{name}"), &bytes);
        let data = load(&folder, 16, 1, 1).unwrap();
        let wanted: Vec<u8> = match name {
            "clear.png" => expected.iter().map(|&value| if value == 255 { 255 } else { 127 }).collect(),
            _ => expected.clone(),
        };
        assert_eq!(data.train.image(0), wanted, "{name}");
    }
}

#[test]
fn deep_grey_is_divided_by_257() {
    let deep: ImageBuffer<Luma<u16>, Vec<u16>> =
        ImageBuffer::from_fn(16, 16, |x, y| Luma([257 * u16::try_from(16 * y + x).unwrap()]));
    let folder = Folder::new();
    for split in ["train", "test"] {
        folder.write(&format!("{split}/grey/deep.png"), &encoded(&deep.clone().into(), ImageFormat::Png));
    }
    let data = load(&folder, 16, 1, 1).unwrap();
    assert_eq!(data.train.image(0), (0..=255).collect::<Vec<u8>>());
}

/// A JPEG with a segment that says how the picture is to be turned.
fn turned(picture: &RgbImage, orientation: u8) -> Vec<u8> {
    let jpeg = encoded(&picture.clone().into(), ImageFormat::Jpeg);
    let entry =
        [&b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"[..], &[orientation], b"\0\0\0\0\0\0"].concat();
    let length = u16::try_from(entry.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], b"\xff\xe1", &length, &entry, &jpeg[2..]].concat()
}

#[test]
fn a_photograph_taken_sideways_stands_upright() {
    let sideways = image::imageops::rotate270(&quarters(16));
    let folder = Folder::new();
    for split in ["train", "valid"] {
        folder.write(&format!("{split}/only/turned.jpg"), &turned(&sideways, 6));
    }
    let data = load(&folder, 16, 1, 1).unwrap();
    let image = data.train.image(0);
    let corner = |x: usize, y: usize| [0, 1, 2].map(|channel| i32::from(image[channel * 256 + 16 * y + x]));
    for (x, y, colour) in [(1, 1, [255, 0, 0]), (14, 1, [0, 255, 0]), (1, 14, [0, 0, 255]), (14, 14, [255; 3])] {
        let near = corner(x, y).iter().zip(colour).all(|(found, wanted)| (found - wanted).abs() <= 8);
        assert!(near, "{:?} at {x}, {y} is not {colour:?}", corner(x, y));
    }
}

#[test]
fn what_is_no_picture_is_left_out_and_listed_and_the_rest_is_used() {
    let folder = split();
    let whole = one_colour(40, 32, [1, 2, 3]);
    folder.write("train/cat/cut.png", &whole[..60]);
    folder.write("train/cat/notes.txt", b"not a picture");
    folder.write("train/cat/pointer.png", b"version https://git-lfs.github.com/spec/v1\n");
    folder.write("train/cat/.DS_Store", b"\0\0\0\x01Bud1");
    folder.write("train/cat/Thumbs.db", b"\xd0\xcf\x11\xe0");
    folder.write("train/cat/empty.jpg", b"");
    folder.write("train/cat/inside/more.png", &whole);
    folder.write("train/beside.png", &whole);
    folder.write("val/cow/1.png", &whole);
    folder.write("test/cat/1.png", &whole);
    let data = load(&folder, 32, 13, 6).unwrap();
    assert_eq!(data.train.len(), 12);
    assert_eq!((data.found.train_available, data.found.class_counts[0]), (12, [4, 2]));
    let expected = [
        ("train/beside.png", WhyLeftOut::InNoClass),
        ("train/cat/inside", WhyLeftOut::FolderInClass),
        ("train/cat/empty.jpg", WhyLeftOut::Empty),
        ("train/cat/notes.txt", WhyLeftOut::NoPicture),
        ("train/cat/pointer.png", WhyLeftOut::Impostor(crate::data::Impostor::LfsPointer)),
        ("val/cow", WhyLeftOut::UnknownClass),
        ("test", WhyLeftOut::AnotherValidates("val".to_owned())),
        ("train/cat/cut.png", WhyLeftOut::CutShort),
    ];
    let mut found = left_out(&folder, &data);
    let mut expected = expected.map(|(file, why)| (file.to_owned(), why)).to_vec();
    found.sort_by(|one, other| one.0.cmp(&other.0));
    expected.sort_by(|one, other| one.0.cmp(&other.0));
    assert_eq!(found, expected);
}

#[test]
fn a_class_without_pictures_is_named() {
    let folder = split();
    std::fs::create_dir(folder.path().join("train/empty")).unwrap();
    let message = "the class folder `train/empty` holds no picture; fill it or remove it";
    assert_eq!(load(&folder, 32, 1, 1).unwrap_err(), message);
    folder.write("train/empty/cut.png", &one_colour(40, 32, [1, 2, 3])[..60]);
    assert_eq!(load(&folder, 32, 13, 1).unwrap_err(), message);
}

#[test]
fn folders_that_validate_beside_an_empty_one_that_should_train_are_refused() {
    let folder = split();
    std::fs::remove_dir_all(folder.path().join("train")).unwrap();
    std::fs::create_dir(folder.path().join("train")).unwrap();
    assert_eq!(load(&folder, 32, 1, 1).unwrap_err(), "the class folder `train` holds no picture; fill it or remove it");
}

#[test]
fn one_picture_of_each_class_leaves_nothing_to_validate_with() {
    let folder = Folder::new();
    folder.write("a/1.png", &one_colour(4, 4, [1; 3]));
    folder.write("b/1.png", &one_colour(4, 4, [2; 3]));
    assert_eq!(
        load(&folder, 4, 1, 1).unwrap_err(),
        "`FOLDER` has one picture of each class at most, and none is left to validate with; add pictures"
    );
}

/// A PNG of which only the header is true.
fn claim(width: u32, height: u32) -> Vec<u8> {
    let mut png = one_colour(1, 1, [0; 3]);
    png[16..20].copy_from_slice(&width.to_be_bytes());
    png[20..24].copy_from_slice(&height.to_be_bytes());
    let mut checksum = flate2::Crc::new();
    checksum.update(&png[12..29]);
    png[29..33].copy_from_slice(&checksum.sum().to_be_bytes());
    png
}

#[test]
fn a_picture_of_thirty_thousand_pixels_a_side_is_refused_by_its_header() {
    let folder = split();
    folder.write("train/cat/huge.png", &claim(30_000, 30_000));
    let data = load(&folder, 32, 12, 6).unwrap();
    let why = WhyLeftOut::TooLarge { width: 30_000, height: 30_000, most: 100_000_000 };
    assert_eq!(left_out(&folder, &data), [("train/cat/huge.png".to_owned(), why)]);
}

#[test]
fn loading_stops_when_it_is_asked_to() {
    let loading = Loading::default();
    loading.stop();
    let error = crate::data::load_watched(request(&split(), 32), 1, 1, 1, &loading).unwrap_err();
    assert!(matches!(error, DataError::Stopped));
}
