//! Decompression of gzip data, member by member, with what follows the last one told apart from damage.
//!
//! A gzip file may hold several members in a row (some compressors write it so). The decoder of `flate2` stops after one
//! and says nothing about the rest; here the rest must be another member or nothing at all.

use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;

/// The two bytes that every gzip member begins with.
pub(super) const MAGIC: [u8; 2] = [0x1f, 0x8b];

/// The decompressed bytes of all members.
pub(super) struct Members<R> {
    decoder: Option<GzDecoder<R>>, // none after the last member
}

/// The error under the `io::Error` of [`Members`] when the last member is followed by something else.
#[derive(Debug, thiserror::Error)]
#[error("bytes after the end of the gzip data")]
pub(super) struct BytesAfterEnd;

impl<R: BufRead> Members<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { decoder: Some(GzDecoder::new(reader)) }
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        while let Some(decoder) = &mut self.decoder {
            let count = decoder.read(buffer)?;
            if count > 0 {
                return Ok(count);
            }
            // The decoder has compared length and checksum by now.
            let Some(decoder) = self.decoder.take() else {
                break;
            };
            let mut reader = decoder.into_inner();
            let rest = reader.fill_buf()?;
            if rest.first() == Some(&MAGIC[0]) {
                self.decoder = Some(GzDecoder::new(reader));
            } else if !rest.is_empty() {
                return Err(io::Error::other(BytesAfterEnd));
            }
        }
        Ok(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::fixtures::gzipped;

    fn decompressed(bytes: &[u8]) -> io::Result<Vec<u8>> {
        let mut result = Vec::new();
        Members::new(bytes).read_to_end(&mut result)?;
        Ok(result)
    }

    #[test]
    fn members_in_a_row_are_joined() {
        let bytes = [gzipped(b"one "), gzipped(b""), gzipped(b"two")].concat();
        assert_eq!(decompressed(&bytes).unwrap(), b"one two");
    }

    #[test]
    fn what_follows_and_is_no_member_is_told_apart() {
        let error = decompressed(&[gzipped(b"one"), b"junk".to_vec()].concat()).unwrap_err();
        assert!(error.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<BytesAfterEnd>));
    }

    #[test]
    fn a_cut_anywhere_is_an_error() {
        let bytes = gzipped(&[7; 1000]);
        for length in 0..bytes.len() {
            assert!(decompressed(&bytes[..length]).is_err(), "cut to {length} of {}", bytes.len());
        }
    }
}
