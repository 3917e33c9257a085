//! What lies among the images and is none of them, and why.

use std::path::PathBuf;

use super::error::Impostor;

/// A file or folder that is not among the images, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The file or folder.
    pub file: PathBuf,
    /// Why it was left out.
    pub why: WhyLeftOut,
}

/// Why something is not among the images.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyLeftOut {
    /// Its first bytes are those of no picture that is read.
    NoPicture,
    /// Another thing under the name of a picture, which its first bytes show.
    Impostor(Impostor),
    /// A kind of picture that is not read, such as an arithmetic-coded JPEG.
    OtherKind,
    /// It has no pixels.
    Empty,
    /// It ends before its pixels do.
    CutShort,
    /// It contradicts itself; what the decoder says of it.
    Damaged(String),
    /// More pixels than are read.
    TooLarge {
        /// Columns of pixels.
        width: u32,
        /// Rows of pixels.
        height: u32,
        /// Pixels that a picture may have.
        most: u64,
    },
    /// Its decoder would need more memory than a picture may.
    TooMuchMemory,
    /// The system did not give it; what it said.
    Unreadable(String),
    /// A folder of validation pictures of a class that no training pictures are of.
    UnknownClass,
    /// A folder inside that of a class.
    FolderInClass,
    /// A picture beside the folders of classes.
    InNoClass,
    /// A second folder that could validate.
    AnotherValidates(String),
}
