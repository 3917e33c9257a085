//! Everything that can be wrong with a source of images, in words for the person who chose it.
//!
//! Each message says what is wrong, where, what was found and what is allowed; `words` has them. They are tested where they arise.

use std::io;
use std::path::PathBuf;

use super::image::{ImageShape, SplitKind};

/// Why images could not be described, loaded or cut into batches.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each message names its fields in a sentence, which says more than a line for each")]
pub enum DataError {
    /// There is nothing at the path.
    MissingFolder { path: PathBuf },

    /// There is something else at the path.
    NotAFolder { path: PathBuf },

    /// No file of any known data set.
    NothingRecognised { path: PathBuf, found: Listing },

    /// Several data sets, and no way to tell which is meant.
    Ambiguous { path: PathBuf, found: Listing },

    /// A class folder in which nothing can be read.
    ClassWithoutPictures { path: PathBuf },

    /// Another thing under the name of a data file.
    NotTheFile { path: PathBuf, what: Impostor },

    /// A pickle of another form than CIFAR's.
    NotCifarPython { path: PathBuf, what: PickleFault },

    /// Classes whose files leave no image to validate with.
    NothingValidates { path: PathBuf },

    /// Pictures brought to a size at which they do not fit.
    NotEnoughMemory { images: usize, shape: ImageShape, bytes: usize },

    /// Somebody asked loading to stop.
    Stopped,

    /// A data set with one of its files missing.
    MissingFile { folder: PathBuf, name: String, present: String },

    /// The operating system refused.
    Unreadable { path: PathBuf, cause: io::Error },

    /// A file of length zero.
    EmptyFile { path: PathBuf },

    /// Fewer bytes than needed.
    Truncated { path: PathBuf, found: u64, reason: Expectation, expected: u64 },

    /// More bytes than announced.
    Oversized { path: PathBuf, found: ByteCount, reason: Expectation, expected: u64 },

    /// Another kind of file under this name.
    WrongMagic { path: PathBuf, found: u32, found_kind: IdxKind, expected: u32, expected_kind: IdxKind },

    /// A header that announces nothing.
    NoneAnnounced { path: PathBuf, what: Announced },

    /// A header that announces more than any data set of this kind holds.
    TooManyAnnounced { path: PathBuf, what: Announced, found: u32, limit: u32 },

    /// Images and labels that do not belong together.
    CountMismatch { images_path: PathBuf, images: usize, labels_path: PathBuf, labels: usize },

    /// Training and validation images of two sizes.
    SizeMismatch { train_path: PathBuf, train: ImageShape, validation_path: PathBuf, validation: ImageShape },

    /// A label that the format does not have.
    LabelBeyondClasses { path: PathBuf, record: usize, label: usize, smallest: usize, largest: usize },

    /// A length that does not divide into records.
    NotWholeRecords { path: PathBuf, length: u64, record: u64, remainder: u64 },

    /// A list of names for another number of classes.
    WrongClassNames { path: PathBuf, found: usize, expected: usize },

    /// Compressed data that does not decompress.
    DamagedGzip { path: PathBuf, after: u64, cause: String },

    /// Compressed data that is cut short.
    GzipEnds { path: PathBuf, after: u64 },

    /// A sound gzip file with something appended.
    BytesAfterGzip { path: PathBuf },

    /// More images asked for than the source has.
    TooManyAsked { split: SplitKind, asked: usize, available: usize },

    /// A split without images.
    NoneAsked { split: SplitKind, available: usize },

    /// A batch that no epoch can fill.
    BatchSize { batch: usize, train: usize },
}

/// The length of a file, as far as it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ByteCount {
    /// The whole length.
    Exactly(u64),
    /// Reading stopped after this many, and there was at least one more.
    MoreThan(u64),
}

/// What calls for a number of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expectation {
    /// The form of a header.
    Header(IdxKind),
    /// A header of images.
    Images {
        /// How many it announces.
        count: usize,
        /// Rows of pixels in each.
        height: usize,
        /// Columns of pixels in each.
        width: usize,
    },
    /// A header of labels.
    Labels {
        /// How many it announces.
        count: usize,
    },
}

/// What the first number of an IDX file says it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdxKind {
    /// Images of bytes.
    Images,
    /// Labels of bytes.
    Labels,
    /// Something else that IDX files hold.
    Other,
    /// Nothing that IDX files begin with.
    None,
}

/// What a header counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Announced {
    /// Images of the file.
    Images,
    /// Labels of the file.
    Labels,
    /// The height of each image.
    Rows,
    /// The width of each image.
    Columns,
}

/// What sets a pickle apart from those of CIFAR.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PickleFault {
    /// It ends too early.
    CutShort,
    /// It has a step that builds nothing which CIFAR's files hold.
    Step(u8),
    /// Its steps do not fit together.
    Confused,
    /// It names something of Python's that is not needed for bytes.
    Names(String),
    /// A key that should be there is not, or holds something else.
    Lacks(&'static str),
    /// Pictures and labels do not belong together.
    Unequal {
        /// Bytes of pictures.
        bytes: usize,
        /// Labels.
        labels: usize,
    },
    /// Larger than any of the files.
    TooLarge {
        /// Its bytes.
        length: u64,
        /// The most that are read.
        most: u64,
    },
}

/// What stands under the name of a data file instead of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Impostor {
    /// The note that Git leaves for a large file.
    LfsPointer,
    /// What a server answered instead of the file.
    WebPage,
    /// An object that Python wrote.
    Pickle,
    /// An archive that is still packed.
    Archive,
}

impl Impostor {
    /// What these first bytes show.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        let text = bytes.trim_ascii_start().to_ascii_lowercase();
        if text.starts_with(b"version https://git-lfs") {
            Some(Self::LfsPointer)
        } else if text.starts_with(b"<!doctype") || text.starts_with(b"<html") || text.starts_with(b"<?xml") {
            Some(Self::WebPage)
        } else if bytes.starts_with(b"PK\x03\x04") {
            Some(Self::Archive)
        } else if bytes.len() > 1 && bytes[0] == 0x80 && (2..=5).contains(&bytes[1]) {
            Some(Self::Pickle)
        } else {
            None
        }
    }
}

/// What a folder has in it, as far as it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// The first names, in order.
    pub names: Vec<String>,
    /// How many more there are.
    pub hidden: usize,
}
