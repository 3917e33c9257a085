use super::*;
use crate::data::fixtures::Folder;
use crate::data::{DataSet, Source, load as load_source};

/// A text of protocol 2.
fn text(text: &str) -> Vec<u8> {
    [&b"X"[..], &u32::try_from(text.len()).unwrap().to_le_bytes(), text.as_bytes()].concat()
}

/// A key as Python 2 wrote it.
fn key(key: &str) -> Vec<u8> {
    [&b"U"[..], &[u8::try_from(key.len()).unwrap()], key.as_bytes()].concat()
}

fn list(labels: &[u8]) -> Vec<u8> {
    [&b"]("[..], &labels.iter().flat_map(|&label| [b'K', label]).collect::<Vec<_>>(), b"e"].concat()
}

/// Bytes as Python 3 writes them in protocol 2: `_codecs.encode(text, 'latin1')`.
fn spelt(bytes: &[u8]) -> Vec<u8> {
    let latin: String = bytes.iter().map(|&byte| char::from(byte)).collect();
    [b"c_codecs\nencode\n".to_vec(), text(&latin), text("latin1"), b"\x86R".to_vec()].concat()
}

/// Bytes in a numpy array, as the archive has them.
fn array(bytes: &[u8]) -> Vec<u8> {
    let length = u32::try_from(bytes.len()).unwrap().to_le_bytes();
    [
        &b"cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\0\x85U\x01b\x87Rq\x01(K\x01K\x01M\0\x0c\x86cnumpy\ndtype\nU\x02u1K\0K\x01\x87R(K\x03U\x01|NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\0tb\x89T"[..],
        &length,
        bytes,
        b"tb",
    ]
    .concat()
}

fn file(pixels: &[u8], labels: &[(&str, &[u8])]) -> Vec<u8> {
    let labels: Vec<u8> = labels.iter().flat_map(|(name, labels)| [key(name), list(labels)].concat()).collect();
    [b"\x80\x02}(".to_vec(), labels, key("data"), pixels.to_vec(), b"u.".to_vec()].concat()
}

fn ten(pixels: impl Fn(&[u8]) -> Vec<u8>) -> Folder {
    let folder = Folder::new();
    let values = [vec![200; 3072], vec![7; 3072]].concat();
    folder.write("cifar-10-batches-py/data_batch_1", &file(&pixels(&values), &[("labels", &[3, 0])]));
    folder.write("cifar-10-batches-py/test_batch", &file(&pixels(&values[..3072]), &[("labels", &[9])]));
    folder
}

fn load(folder: &Folder, labels: Labels) -> Result<DataSet, String> {
    let request = Request { labels, ..(&Source::Folder(folder.path().to_owned())).into() };
    load_source(request, 2, 1, 1).map_err(|error| folder.without_path(&error))
}

#[test]
fn both_ways_of_writing_bytes_give_the_same_pictures() {
    for folder in [ten(spelt), ten(array)] {
        let data = load(&folder, Labels::Fine).unwrap();
        assert_eq!(data.shape.to_string(), "3x32x32");
        assert_eq!((data.train.image(0), data.train.label(0)), (&[200; 3072][..], 3));
        assert_eq!((data.train.image(1), data.train.label(1)), (&[7; 3072][..], 0));
        assert_eq!((data.validation.label(0), data.class_names[9].as_str()), (9, "truck"));
    }
}

#[test]
fn the_hundred_have_fine_and_coarse_labels() {
    let folder = Folder::new();
    for name in ["train", "test"] {
        let labels: [(&str, &[u8]); 2] = [("fine_labels", &[99, 4]), ("coarse_labels", &[19, 1])];
        folder.write(&format!("cifar-100-python/{name}"), &file(&array(&[1; 6144]), &labels));
    }
    let names = |count: usize| {
        [&b"]("[..], &(0..count).flat_map(|class| key(&format!("n{class}"))).collect::<Vec<_>>(), b"e"].concat()
    };
    let meta = [
        b"\x80\x02}(".to_vec(),
        key("fine_label_names"),
        names(100),
        key("coarse_label_names"),
        names(20),
        b"u.".to_vec(),
    ];
    folder.write("cifar-100-python/meta", &meta.concat());
    let fine = load(&folder, Labels::Fine).unwrap();
    assert_eq!((fine.class_names.len(), fine.train.label(0), fine.train.label(1)), (100, 99, 4));
    let coarse = load(&folder, Labels::Coarse).unwrap();
    assert_eq!((coarse.class_names.len(), coarse.train.label(0), coarse.train.label(1)), (20, 19, 1));
}

#[test]
fn nothing_is_ever_run_and_what_is_wrong_is_named() {
    let wrong = "`cifar-10-batches-py/data_batch_1` is not of the form of CIFAR's Python version: ";
    for (content, message) in [
        (b"\x80\x02cos\nsystem\nX\x04\0\0\0evil\x85R.".to_vec(), "it names `os.system`, and nothing in it is run"),
        (b"\x80\x02}(U".to_vec(), "it is cut short"),
        (b"\x80\x02}.".to_vec(), "it has no `labels` of the form that is read"),
        (b"\x80\x02\x81.".to_vec(), "it has the step 0x81, which those files do not have"),
        (b"\x80\x02t.".to_vec(), "its steps do not fit together"),
        (
            file(&spelt(&[1; 3072]), &[("labels", &[1, 2])]),
            "3072 bytes of pictures and 2 labels do not belong together",
        ),
    ] {
        let folder = ten(array);
        folder.write("cifar-10-batches-py/data_batch_1", &content);
        assert_eq!(load(&folder, Labels::Fine).unwrap_err(), format!("{wrong}{message}"));
    }
}
