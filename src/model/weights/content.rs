//! What a file is by its first bytes, whatever its name says.

use std::io::Cursor;

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// Tensors as safetensors has them.
    SafeTensors,
    /// What `torch.save` wrote.
    PyTorch,
    /// Something else.
    Foreign(Foreign),
}

/// A file that holds no weights, as it is known among people who download them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// No bytes at all.
    Empty,
    /// A few lines of text that stand for a file of Git LFS.
    LfsPointer,
    /// HTML or XML: what a server says when a download fails.
    WebPage,
    /// A pickle that `torch.save` did not write.
    Pickle,
    /// An array of NumPy.
    Numpy,
    /// A ZIP file of NumPy's arrays.
    NumpyArchive,
    /// Keras's ZIP file.
    Keras,
    /// Any other ZIP file.
    Zip,
    /// An HDF5 file, as Keras and h5py write it.
    Hdf5,
    /// Compressed by gzip.
    Gzip,
    /// Weights for llama.cpp.
    Gguf,
    /// Some text.
    Text,
    /// Bytes that nothing here knows.
    Unknown,
}

/// The first bytes of every stream that `torch.save` wrote before it wrote ZIP files, as a long number of a pickle.
const TORCH_MAGIC: [u8; 10] = [0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];

/// What a file is.
pub(super) fn content_of(bytes: &[u8]) -> Content {
    let starts = |start: &[u8]| bytes.starts_with(start);
    let foreign = match bytes {
        [] => Foreign::Empty,
        [_, _, _, _, _, _, _, _, b'{', ..] => return Content::SafeTensors,
        _ if bytes.iter().take(64).copied().collect::<Vec<_>>().windows(10).any(|window| window == TORCH_MAGIC) => {
            return Content::PyTorch;
        }
        _ if bytes.get(257..262) == Some(b"ustar") => return Content::PyTorch, // before version 0.1.10
        _ if starts(b"version https://git-lfs") => Foreign::LfsPointer,
        _ if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") => match zip_content(bytes) {
            None => return Content::PyTorch,
            Some(foreign) => foreign,
        },
        [0x80, 2..=5, ..] => Foreign::Pickle,
        _ if starts(b"\x93NUMPY") => Foreign::Numpy,
        _ if starts(b"\x89HDF") => Foreign::Hdf5,
        _ if starts(b"\x1f\x8b") => Foreign::Gzip,
        _ if starts(b"GGUF") => Foreign::Gguf,
        _ => text_content(bytes),
    };
    Content::Foreign(foreign)
}

/// What a ZIP file holds; nothing if it is one of `torch.save`'s.
fn zip_content(bytes: &[u8]) -> Option<Foreign> {
    let Ok(archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return Some(Foreign::Zip) };
    let named = |end: &str| archive.file_names().flatten().any(|name| name.ends_with(end));
    match () {
        () if named("data.pkl") => None,
        () if named(".npy") => Some(Foreign::NumpyArchive),
        () if named("model.weights.h5") => Some(Foreign::Keras),
        () => Some(Foreign::Zip),
    }
}

fn text_content(bytes: &[u8]) -> Foreign {
    let start = &bytes[..bytes.len().min(512)];
    let text = String::from_utf8_lossy(start);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with('<') {
        Foreign::WebPage
    } else if text.chars().all(|letter| letter != '\u{fffd}' && (!letter.is_control() || letter.is_whitespace())) {
        Foreign::Text
    } else {
        Foreign::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_its_first_bytes() {
        let known = |bytes: &[u8]| content_of(bytes);
        for (bytes, foreign) in [
            (&b""[..], Foreign::Empty),
            (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 3\n", Foreign::LfsPointer),
            (b"\n<!DOCTYPE html><html>", Foreign::WebPage),
            (b"<?xml version=\"1.0\"?><Error>AccessDenied</Error>", Foreign::WebPage),
            (b"\x80\x04\x95\x00\x00\x00\x00}", Foreign::Pickle),
            (b"\x80\x02}q\x00.", Foreign::Pickle),
            (b"PK\x03\x04 cut", Foreign::Zip),
            (b"\x89HDF\r\n\x1a\n", Foreign::Hdf5),
            (b"\x1f\x8b\x08\x00", Foreign::Gzip),
            (b"\x93NUMPY\x01\x00", Foreign::Numpy),
            (b"version = 1\n", Foreign::Text),
            (b"\xff\xd8\xff\xe0", Foreign::Unknown),
        ] {
            assert_eq!(known(bytes), Content::Foreign(foreign), "{bytes:?}");
        }
        assert_eq!(known(b"\x02\0\0\0\0\0\0\0{}"), Content::SafeTensors);
        assert_eq!(known(b"\x80\x02\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19.\x80\x02M"), Content::PyTorch);
    }
}
