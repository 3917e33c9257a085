//! Where the bytes of a file are: on the disk, or inside the program.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use super::error::DataError;
use super::stream::Stream;

/// Where the bytes of one file are.
#[derive(Debug, Clone)]
pub(super) enum Origin {
    /// On the disk.
    File(PathBuf),
    /// Inside the program, under a name for messages.
    Embedded { name: &'static str, bytes: &'static [u8] },
}

impl Origin {
    /// The path or name that messages use.
    pub(super) fn path(&self) -> PathBuf {
        match self {
            Self::File(path) => path.clone(),
            Self::Embedded { name, bytes: _ } => PathBuf::from(name),
        }
    }

    /// Opens the file and looks at its first bytes. An empty file is refused.
    pub(super) fn open(&self) -> Result<Stream, DataError> {
        match self {
            Self::File(path) => {
                let unreadable = |cause| DataError::Unreadable { path: path.clone(), cause };
                let file = File::open(path).map_err(unreadable)?;
                let length = file.metadata().map_err(unreadable)?.len();
                Stream::new(path, length, Box::new(BufReader::with_capacity(1 << 16, file)))
            }
            Self::Embedded { name, bytes } => Stream::new(Path::new(name), bytes.len() as u64, Box::new(*bytes)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::fixtures::Folder;

    #[test]
    fn a_file_that_cannot_be_read_is_named_with_the_cause() {
        let folder = Folder::new();
        let missing = Origin::File(folder.path().join("missing")).open().map(|_| ()).unwrap_err();
        assert!(folder.without_path(&missing).starts_with("cannot read `missing`: "));
        let directory = Origin::File(folder.path().to_owned()).open().map(|_| ()).unwrap_err();
        assert!(matches!(directory, DataError::Unreadable { .. }));
    }
}
