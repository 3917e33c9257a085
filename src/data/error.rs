//! Everything that can be wrong with a source of images, in words for the person who chose it.
//!
//! Each message says what is wrong, where, what was found and what is allowed. The messages are tested where they arise.

use std::fmt;
use std::io;
use std::path::PathBuf;

use super::image::{ImageShape, SplitKind};

/// Why images could not be described, loaded or cut into batches.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each message names its fields in a sentence, which says more than a line for each")]
pub enum DataError {
    /// There is nothing at the path.
    #[error("the data folder `{path}` does not exist")]
    MissingFolder { path: PathBuf },

    /// There is something else at the path.
    #[error("`{path}` is a file; a data source is `fashion-mnist`, `shapes` or a folder of IDX or CIFAR binary files")]
    NotAFolder { path: PathBuf },

    /// No file of any known data set.
    #[error(
        "no images found in `{path}`: looked for {idx} (with or without .gz); data_batch_1.bin to data_batch_5.bin and test_batch.bin, train.bin and test.bin; found {found}"
    )]
    NothingRecognised { path: PathBuf, idx: String, found: Listing },

    /// Files of two data sets, and no way to tell which is meant.
    #[error("`{path}` holds files of more than one data set: `{first}` and `{second}`; give each a folder of its own")]
    Ambiguous { path: PathBuf, first: String, second: String },

    /// A data set with one of its files missing.
    #[error("`{folder}` lacks the file `{name}`; it is needed beside `{present}`")]
    MissingFile { folder: PathBuf, name: String, present: String },

    /// The operating system refused.
    #[error("cannot read `{path}`: {cause}")]
    Unreadable { path: PathBuf, cause: io::Error },

    /// A file of length zero.
    #[error("`{path}` is empty")]
    EmptyFile { path: PathBuf },

    /// Fewer bytes than needed.
    #[error("`{path}` is cut short: it holds {found} bytes, but {reason} {expected}")]
    Truncated { path: PathBuf, found: u64, reason: Expectation, expected: u64 },

    /// More bytes than announced.
    #[error("`{path}` is too long: it holds {found} bytes, but {reason} {expected}")]
    Oversized { path: PathBuf, found: ByteCount, reason: Expectation, expected: u64 },

    /// Another kind of file under this name.
    #[error(
        "`{path}` begins with the number {found} ({found_kind}), but its name calls for {expected} ({expected_kind})"
    )]
    WrongMagic { path: PathBuf, found: u32, found_kind: IdxKind, expected: u32, expected_kind: IdxKind },

    /// A header that announces nothing.
    #[error("`{path}` announces no {what}; at least 1 is needed")]
    NoneAnnounced { path: PathBuf, what: Announced },

    /// A header that announces more than any data set of this kind holds.
    #[error("`{path}` announces {found} {what}; at most {limit} are read")]
    TooManyAnnounced { path: PathBuf, what: Announced, found: u32, limit: u32 },

    /// Images and labels that do not belong together.
    #[error("`{images_path}` holds {images} images, but `{labels_path}` holds {labels} labels; each image needs one")]
    CountMismatch { images_path: PathBuf, images: usize, labels_path: PathBuf, labels: usize },

    /// Training and validation images of two sizes.
    #[error("`{train_path}` holds {train} images, but `{validation_path}` holds {validation}; one network reads both")]
    SizeMismatch { train_path: PathBuf, train: ImageShape, validation_path: PathBuf, validation: ImageShape },

    /// Nothing to tell apart.
    #[error("every label in `{train_path}` and `{validation_path}` is 0; at least 2 classes are needed")]
    OneClass { train_path: PathBuf, validation_path: PathBuf },

    /// A label that the format does not have.
    #[error("record {record} of `{path}` (counting from 0) has the label {label}; allowed are 0 to {largest}")]
    LabelBeyondClasses { path: PathBuf, record: usize, label: u8, largest: usize },

    /// A length that does not divide into records.
    #[error(
        "`{path}` holds {length} bytes, which is no whole number of records of {record} bytes ({remainder} left over)"
    )]
    NotWholeRecords { path: PathBuf, length: u64, record: u64, remainder: u64 },

    /// A list of names for another number of classes.
    #[error("`{path}` names {found} classes; this data set has {expected}")]
    WrongClassNames { path: PathBuf, found: usize, expected: usize },

    /// Compressed data that does not decompress.
    #[error("`{path}` is a damaged gzip file: after {after} decompressed bytes, {cause}")]
    DamagedGzip { path: PathBuf, after: u64, cause: String },

    /// Compressed data that is cut short.
    #[error("`{path}` is a damaged gzip file: after {after} decompressed bytes, the file ends")]
    GzipEnds { path: PathBuf, after: u64 },

    /// A sound gzip file with something appended.
    #[error("`{path}` goes on after the end of its gzip data with something that is not gzip")]
    BytesAfterGzip { path: PathBuf },

    /// More images asked for than the source has.
    #[error("{asked} {split} images asked for, but the source has {available}")]
    TooManyAsked { split: SplitKind, asked: usize, available: usize },

    /// A split without images.
    #[error("0 {split} images asked for; allowed are 1 to {available}")]
    NoneAsked { split: SplitKind, available: usize },

    /// A batch that no epoch can fill.
    #[error("a batch of {batch} images cannot be filled from {train} training images; allowed are 1 to {train}")]
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

impl fmt::Display for ByteCount {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exactly(bytes) => write!(formatter, "{bytes}"),
            Self::MoreThan(bytes) => write!(formatter, "more than {bytes}"),
        }
    }
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

impl fmt::Display for Expectation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Header(kind) => write!(formatter, "the header of {kind} takes"),
            Self::Images { count, height, width } => {
                write!(formatter, "its header ({count} images of {height}×{width}) calls for")
            }
            Self::Labels { count } => write!(formatter, "its header ({count} labels) calls for"),
        }
    }
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

impl fmt::Display for IdxKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Images => "an IDX image file",
            Self::Labels => "an IDX label file",
            Self::Other => "another kind of IDX file",
            Self::None => "no IDX file",
        })
    }
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

impl fmt::Display for Announced {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Images => "images",
            Self::Labels => "labels",
            Self::Rows => "rows of pixels",
            Self::Columns => "columns of pixels",
        })
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

impl fmt::Display for Listing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { names, hidden } = self;
        match (names.is_empty(), hidden) {
            (true, _) => formatter.write_str("nothing"),
            (false, 0) => formatter.write_str(&names.join(", ")),
            (false, hidden) => write!(formatter, "{} and {hidden} more", names.join(", ")),
        }
    }
}
