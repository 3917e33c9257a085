//! The first bytes of an IDX file: big-endian `u32`s, a magic number and then the size of each dimension.
//!
//! The magic number is 0x800 (unsigned bytes) plus the number of dimensions: 2051 for images, 2049 for labels.

use crate::data::error::{Announced, DataError, Expectation, IdxKind, Impostor};
use crate::data::image::ImageShape;
use crate::data::stream::Stream;

const IMAGES_MAGIC: u32 = 2051;
const LABELS_MAGIC: u32 = 2049;
/// Rows of big-endian 32-bit numbers, as QMNIST has its labels.
const ROWS_MAGIC: u32 = 0x0c02;
/// The most numbers in such a row.
const MOST_COLUMNS: u32 = 64;

/// The largest height and the largest width of an image, in pixels.
const LARGEST_SIDE: u32 = 1024;
/// The most images in one file.
const MOST_IMAGES: u32 = 10_000_000;

/// Count and size of the images that follow. The header takes 16 bytes.
pub(super) struct ImagesHeader {
    pub(super) count: usize,
    pub(super) shape: ImageShape,
}

impl ImagesHeader {
    /// Reads the header and, if the file is not compressed, compares it with the file's length.
    pub(super) fn read(stream: &mut Stream) -> Result<Self, DataError> {
        let [magic, count, rows, columns] = numbers(stream.array::<16>(Expectation::Header(IdxKind::Images))?);
        check_magic(stream, magic, IMAGES_MAGIC)?;
        let header = Self {
            count: checked(stream, Announced::Images, count, MOST_IMAGES)?,
            shape: ImageShape {
                channels: 1,
                height: checked(stream, Announced::Rows, rows, LARGEST_SIDE)?,
                width: checked(stream, Announced::Columns, columns, LARGEST_SIDE)?,
            },
        };
        stream.check_length(header.file_length(), header.reason())?;
        Ok(header)
    }

    /// Bytes in the whole file. The limits above keep it below 2^44.
    pub(super) fn file_length(&self) -> u64 {
        16 + self.count as u64 * self.shape.values() as u64
    }

    pub(super) fn reason(&self) -> Expectation {
        let ImageShape { channels: _, height, width } = self.shape;
        Expectation::Images { count: self.count, height, width }
    }
}

/// Count of the labels that follow, and the bytes of each: one, or a row of numbers of four bytes, the first of which is the label.
pub(super) struct LabelsHeader {
    pub(super) count: usize,
    columns: Option<usize>,
}

impl LabelsHeader {
    /// Reads the header and, if the file is not compressed, compares it with the file's length.
    pub(super) fn read(stream: &mut Stream) -> Result<Self, DataError> {
        let [magic, count] = numbers(stream.array::<8>(Expectation::Header(IdxKind::Labels))?);
        let columns = if magic == ROWS_MAGIC {
            let [columns] = numbers(stream.array::<4>(Expectation::Header(IdxKind::Labels))?);
            Some(checked(stream, Announced::Columns, columns, MOST_COLUMNS)?)
        } else {
            check_magic(stream, magic, LABELS_MAGIC)?;
            None
        };
        let header = Self { count: checked(stream, Announced::Labels, count, MOST_IMAGES)?, columns };
        stream.check_length(header.file_length(), header.reason())?;
        Ok(header)
    }

    /// Bytes from one label to the next.
    pub(super) fn stride(&self) -> usize {
        self.columns.map_or(1, |columns| 4 * columns)
    }

    pub(super) fn file_length(&self) -> u64 {
        let header = if self.columns.is_some() { 12 } else { 8 };
        header + self.count as u64 * self.stride() as u64
    }

    pub(super) fn reason(&self) -> Expectation {
        Expectation::Labels { count: self.count }
    }
}

fn numbers<const BYTES: usize, const NUMBERS: usize>(bytes: [u8; BYTES]) -> [u32; NUMBERS] {
    let (words, _) = bytes.as_chunks::<4>();
    std::array::from_fn(|index| u32::from_be_bytes(words[index]))
}

fn check_magic(stream: &Stream, found: u32, expected: u32) -> Result<(), DataError> {
    if found == expected {
        return Ok(());
    }
    if let Some(what) = Impostor::of(&found.to_be_bytes()).or_else(|| stream.impostor()) {
        return Err(DataError::NotTheFile { path: stream.path().to_owned(), what });
    }
    Err(DataError::WrongMagic {
        path: stream.path().to_owned(),
        found,
        found_kind: kind_of(found),
        expected,
        expected_kind: kind_of(expected),
    })
}

fn kind_of(magic: u32) -> IdxKind {
    match magic {
        IMAGES_MAGIC => IdxKind::Images,
        LABELS_MAGIC => IdxKind::Labels,
        0x800..=0xeff => IdxKind::Other,
        _ => IdxKind::None,
    }
}

fn checked(stream: &Stream, what: Announced, found: u32, limit: u32) -> Result<usize, DataError> {
    let path = || stream.path().to_owned();
    if found == 0 {
        return Err(DataError::NoneAnnounced { path: path(), what });
    }
    if found > limit {
        return Err(DataError::TooManyAnnounced { path: path(), what, found, limit });
    }
    Ok(found as usize)
}
