//! One file, plain or compressed, read from its beginning with errors that name it.
//!
//! Whether it is compressed is decided by its first bytes, never by its name. Nothing here knows what a file means; the
//! readers of each format say how many bytes they expect and why.

use std::io::{self, BufRead, Read};
use std::path::{Path, PathBuf};

use super::error::{ByteCount, DataError, Expectation, Impostor};
use super::gzip::{BytesAfterEnd, MAGIC, Members};

/// The content of one file (decompressed, if it is compressed), read once from front to back.
pub(super) struct Stream {
    path: PathBuf,
    plain_length: Option<u64>, // unknown for compressed files until they end
    reader: Box<dyn Read>,
    consumed: u64,
    ended: bool, // fewer bytes came than were asked for
    impostor: Option<Impostor>,
}

impl Stream {
    /// Looks at the first bytes. An empty file is refused.
    pub(super) fn new(path: &Path, length: u64, mut reader: Box<dyn BufRead>) -> Result<Self, DataError> {
        let path = path.to_owned();
        let first = match reader.fill_buf() {
            Ok(bytes) => bytes,
            Err(cause) => return Err(DataError::Unreadable { path, cause }),
        };
        if first.is_empty() {
            return Err(DataError::EmptyFile { path });
        }
        let impostor = Impostor::of(first);
        let (plain_length, reader): (_, Box<dyn Read>) = if first.starts_with(&MAGIC) {
            (None, Box::new(Members::new(reader)))
        } else {
            (Some(length), Box::new(reader))
        };
        Ok(Self { path, plain_length, reader, consumed: 0, ended: false, impostor })
    }

    /// What the first bytes show to be there instead of data.
    pub(super) fn impostor(&self) -> Option<Impostor> {
        self.impostor
    }

    /// The path or name that messages use.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Reads exactly `N` bytes. `reason` begins the sentence that ends in their number, for the case that they are missing.
    pub(super) fn array<const N: usize>(&mut self, reason: Expectation) -> Result<[u8; N], DataError> {
        let bytes = self.bytes(N as u64)?;
        let found = bytes.len() as u64;
        <[u8; N]>::try_from(bytes).map_err(|_| DataError::Truncated {
            path: self.path.clone(),
            found,
            reason,
            expected: N as u64,
        })
    }

    /// Reads up to `length` bytes. Memory grows with the bytes that arrive, whatever `length` promises.
    pub(super) fn bytes(&mut self, length: u64) -> Result<Vec<u8>, DataError> {
        let mut bytes = Vec::new();
        let result = self.reader.by_ref().take(length).read_to_end(&mut bytes);
        self.consumed += bytes.len() as u64;
        result.map_err(|error| self.named(error))?;
        self.ended = (bytes.len() as u64) < length;
        bytes.shrink_to_fit();
        Ok(bytes)
    }

    /// Goes on by so many bytes without keeping them.
    pub(super) fn skip(&mut self, length: u64) -> Result<(), DataError> {
        let skipped = io::copy(&mut self.reader.by_ref().take(length), &mut io::sink());
        let skipped = skipped.map_err(|error| self.named(error))?;
        self.consumed += skipped;
        self.ended |= skipped < length;
        Ok(())
    }

    /// Compares the length with the one expected, as far as this needs no reading: only for plain files.
    pub(super) fn check_length(&self, expected: u64, reason: Expectation) -> Result<(), DataError> {
        match self.plain_length {
            Some(found) => self.compare(ByteCount::Exactly(found), expected, reason),
            None => Ok(()),
        }
    }

    /// Compares the length with the one expected. What is left of a compressed file is read for this, without keeping
    /// it and never beyond one byte more than expected; at its end the checksum is compared too.
    pub(super) fn finish(mut self, expected: u64, reason: Expectation) -> Result<(), DataError> {
        if !self.ended && self.plain_length.is_some() {
            return self.check_length(expected, reason);
        }
        let mut buffer = [0; 1 << 13];
        while !self.ended && self.consumed <= expected {
            let room = buffer.len().min(usize::try_from(expected + 1 - self.consumed).unwrap_or(usize::MAX));
            let count = self.reader.read(&mut buffer[..room]).map_err(|error| self.named(error))?;
            self.consumed += count as u64;
            self.ended = count == 0;
        }
        let found = if self.ended { ByteCount::Exactly(self.consumed) } else { ByteCount::MoreThan(expected) };
        self.compare(found, expected, reason)
    }

    fn compare(&self, found: ByteCount, expected: u64, reason: Expectation) -> Result<(), DataError> {
        let path = self.path.clone();
        match found {
            ByteCount::Exactly(bytes) if bytes == expected => Ok(()),
            ByteCount::Exactly(bytes) if bytes < expected => {
                Err(DataError::Truncated { path, found: bytes, reason, expected })
            }
            ByteCount::Exactly(_) | ByteCount::MoreThan(_) => {
                Err(DataError::Oversized { path, found, reason, expected })
            }
        }
    }

    fn named(&self, error: io::Error) -> DataError {
        let path = self.path.clone();
        let from_the_system = self.plain_length.is_some() || error.raw_os_error().is_some();
        if from_the_system {
            DataError::Unreadable { path, cause: error }
        } else if error.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<BytesAfterEnd>) {
            DataError::BytesAfterGzip { path }
        } else if error.kind() == io::ErrorKind::UnexpectedEof {
            DataError::GzipEnds { path, after: self.consumed }
        } else {
            DataError::DamagedGzip { path, after: self.consumed, cause: error.to_string() }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::fixtures::{Folder, gzipped};
    use crate::data::origin::Origin;

    const CALLED_FOR: Expectation = Expectation::Labels { count: 7 };

    fn read(content: &[u8], expected: u64) -> Result<Vec<u8>, String> {
        let folder = Folder::new();
        folder.write("file", content);
        let read = || {
            let mut stream = Origin::File(folder.path().join("file")).open()?;
            stream.check_length(expected, CALLED_FOR)?;
            let bytes = stream.bytes(expected.min(4))?;
            stream.finish(expected, CALLED_FOR)?;
            Ok(bytes)
        };
        read().map_err(|error: DataError| folder.without_path(&error))
    }

    #[test]
    fn plain_and_compressed_files_read_the_same_whatever_they_are_called() {
        assert_eq!(read(b"content", 7).unwrap(), b"cont");
        assert_eq!(read(&gzipped(b"content"), 7).unwrap(), b"cont");
    }

    #[test]
    fn a_wrong_length_is_told_with_both_numbers() {
        for (content, message) in [
            (b"conten".to_vec(), "`file` is cut short: it holds 6 bytes, but its header (7 labels) calls for 7"),
            (gzipped(b"conten"), "`file` is cut short: it holds 6 bytes, but its header (7 labels) calls for 7"),
            (b"contents".to_vec(), "`file` is too long: it holds 8 bytes, but its header (7 labels) calls for 7"),
            (
                gzipped(b"contents, far too many"),
                "`file` is too long: it holds more than 7 bytes, but its header (7 labels) calls for 7",
            ),
            (Vec::new(), "`file` is empty"),
        ] {
            assert_eq!(read(&content, 7).unwrap_err(), message);
        }
    }

    #[test]
    fn damage_to_a_gzip_file_is_told_by_its_kind() {
        let whole = gzipped(b"content");
        let mut wrong_checksum = whole.clone();
        let checksum = whole.len() - 8;
        wrong_checksum[checksum] ^= 1;
        for (content, message) in [
            (
                whole[..whole.len() - 1].to_vec(),
                "`file` is a damaged gzip file: after 7 decompressed bytes, the file ends",
            ),
            (
                wrong_checksum,
                "`file` is a damaged gzip file: after 7 decompressed bytes, corrupt gzip stream does not have a matching checksum",
            ),
            (
                [whole.clone(), b"junk".to_vec()].concat(),
                "`file` goes on after the end of its gzip data with something that is not gzip",
            ),
        ] {
            let folder = Folder::new();
            folder.write("file", &content);
            let mut stream = Origin::File(folder.path().join("file")).open().unwrap();
            assert_eq!(stream.bytes(7).unwrap(), b"content");
            assert_eq!(folder.without_path(&stream.finish(7, CALLED_FOR).unwrap_err()), message);
        }
    }

    #[test]
    fn a_promise_of_many_bytes_takes_no_memory() {
        let folder = Folder::new();
        folder.write("file", &gzipped(b"content"));
        let mut stream = Origin::File(folder.path().join("file")).open().unwrap();
        let bytes = stream.bytes(1 << 60).unwrap();
        assert_eq!(bytes, b"content");
        assert!(bytes.capacity() < 100);
    }
}
