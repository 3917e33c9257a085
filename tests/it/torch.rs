//! Writes files as `torch.save` does, byte by byte: the ZIP form, and the stream of pickles before it.

use flate2::Crc;

/// A tensor in single precision: its name, sides and bytes.
pub(crate) type Tensor = (String, Vec<usize>, Vec<u8>);

/// What stands around a dictionary of tensors.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Around {
    /// Nothing: `torch.save(model.state_dict(), path)`.
    Nothing,
    /// A checkpoint: `{"epoch": 12, "arch": "densenet", "state_dict": …, "best_acc1": 0.9}`.
    Checkpoint,
    /// A checkpoint with an object whose pickle opens a file for writing when it is loaded by Python.
    Evil,
}

/// As PyTorch has written them since version 1.6.
pub(crate) fn zip(tensors: &[Tensor], around: Around) -> Vec<u8> {
    let mut files = vec![("archive/data.pkl".to_owned(), pickle(tensors, around, false))];
    files.push(("archive/byteorder".to_owned(), b"little".to_vec()));
    files.extend(tensors.iter().enumerate().map(|(key, (_, _, bytes))| (format!("archive/data/{key}"), bytes.clone())));
    files.push(("archive/version".to_owned(), b"3\n".to_vec()));
    stored(&files)
}

/// As PyTorch wrote them before: `_use_new_zipfile_serialization=False`.
pub(crate) fn stream(tensors: &[Tensor], around: Around) -> Vec<u8> {
    let mut bytes = b"\x80\x02\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19.\x80\x02M\xe9\x03.".to_vec();
    bytes.extend(b"\x80\x02}(");
    text(&mut bytes, "protocol_version");
    bytes.extend(b"M\xe9\x03");
    text(&mut bytes, "little_endian");
    bytes.extend(b"\x88u.");
    bytes.extend(pickle(tensors, around, true));
    bytes.extend(b"\x80\x02](");
    for key in 0..tensors.len() {
        text(&mut bytes, &key.to_string());
    }
    bytes.extend(b"e.");
    for (_, shape, numbers) in tensors {
        bytes.extend((shape.iter().product::<usize>() as u64).to_le_bytes());
        bytes.extend(numbers);
    }
    bytes
}

fn pickle(tensors: &[Tensor], around: Around, views: bool) -> Vec<u8> {
    let mut bytes = b"\x80\x02".to_vec();
    if around != Around::Nothing {
        bytes.extend(b"}(");
        text(&mut bytes, "epoch");
        bytes.extend(b"K\x0c");
        text(&mut bytes, "arch");
        text(&mut bytes, "densenet");
        text(&mut bytes, "state_dict");
    }
    bytes.extend(b"ccollections\nOrderedDict\n)R(");
    for (key, (name, shape, _)) in tensors.iter().enumerate() {
        text(&mut bytes, name);
        bytes.extend(b"ctorch._utils\n_rebuild_tensor_v2\n((");
        text(&mut bytes, "storage");
        bytes.extend(b"ctorch\nFloatStorage\n");
        text(&mut bytes, &key.to_string());
        text(&mut bytes, "cpu");
        integer(&mut bytes, shape.iter().product());
        bytes.extend(if views { &b"NtQ"[..] } else { &b"tQ"[..] });
        integer(&mut bytes, 0);
        let strides = (0..shape.len()).map(|side| shape[side + 1..].iter().product());
        for sides in [shape.clone(), strides.collect()] {
            bytes.push(b'(');
            for side in sides {
                integer(&mut bytes, side);
            }
            bytes.push(b't');
        }
        bytes.extend(b"\x89ccollections\nOrderedDict\n)RtR");
    }
    bytes.push(b'u');
    if around == Around::Evil {
        text(&mut bytes, "payload");
        bytes.extend(b"cbuiltins\nopen\n(");
        text(&mut bytes, "evil-was-here");
        text(&mut bytes, "w");
        bytes.extend(b"tR");
    }
    if around != Around::Nothing {
        text(&mut bytes, "best_acc1");
        bytes.push(b'G');
        bytes.extend(0.9_f64.to_be_bytes());
        bytes.push(b'u');
    }
    bytes.push(b'.');
    bytes
}

fn text(bytes: &mut Vec<u8>, text: &str) {
    bytes.push(b'X');
    bytes.extend(u32::try_from(text.len()).unwrap().to_le_bytes());
    bytes.extend(text.as_bytes());
}

fn integer(bytes: &mut Vec<u8>, number: usize) {
    bytes.push(b'J');
    bytes.extend(i32::try_from(number).unwrap().to_le_bytes());
}

/// A ZIP file of files that are not compressed.
pub(crate) fn stored(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in files {
        let offset = u32::try_from(bytes.len()).unwrap();
        let mut crc = Crc::new();
        crc.update(content);
        let (name_length, length) = (u16::try_from(name.len()).unwrap(), u32::try_from(content.len()).unwrap());
        let mut about = vec![20, 0, 0, 0, 0, 0, 0, 0, 0, 0]; // version, flags, method, time, date
        about.extend(crc.sum().to_le_bytes());
        about.extend([length.to_le_bytes(), length.to_le_bytes()].concat());
        about.extend([name_length.to_le_bytes(), [0, 0]].concat());
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&about);
        bytes.extend(name.as_bytes());
        bytes.extend(content);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&about);
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let start = u32::try_from(bytes.len()).unwrap();
    let (count, size) = (u16::try_from(files.len()).unwrap().to_le_bytes(), u32::try_from(directory.len()).unwrap());
    bytes.extend(directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend([count, count].concat());
    bytes.extend([size.to_le_bytes(), start.to_le_bytes()].concat());
    bytes.extend([0, 0]);
    bytes
}
