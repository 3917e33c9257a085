//! From the bytes of a configuration file to its text: UTF-8, or what the Windows shell writes instead.

/// Bytes that are no text in any encoding that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NotText {
    /// The line of the first that is wrong, counted from 1.
    pub(super) line: usize,
    /// That byte.
    pub(super) byte: u8,
}

/// The text of a file: UTF-8 with or without a mark, or UTF-16, which `densescope presets NAME > lesson.toml` makes in PowerShell 5.
pub(super) fn text_of(bytes: &[u8]) -> Result<String, NotText> {
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.as_chunks().0.iter().map(|&two| unit(two)).collect();
        let line = |text: &str| text.matches('\n').count() + 1;
        let whole = String::from_utf16(&units).ok().filter(|_| bytes.len().is_multiple_of(2));
        whole.ok_or_else(|| NotText { line: line(&String::from_utf16_lossy(&units)), byte: bytes[bytes.len() - 1] })
    };
    match bytes {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        // TOML begins with a letter, a bracket, a number sign or a space: two bytes of UTF-16, one of them zero.
        [first, 0, ..] if *first != 0 => utf16(bytes, u16::from_le_bytes),
        [0, second, ..] if *second != 0 => utf16(bytes, u16::from_be_bytes),
        bytes => {
            let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
            match str::from_utf8(bytes) {
                Ok(text) => Ok(text.to_owned()),
                Err(error) => {
                    let line = bytes[..error.valid_up_to()].split(|byte| *byte == b'\n').count();
                    Err(NotText { line, byte: bytes[error.valid_up_to()] })
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_in_every_encoding_that_windows_writes() {
        let text = "seed = 1\r\n# θ 汉字\r\n";
        let units = || text.encode_utf16();
        let little: Vec<u8> = units().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = units().flat_map(u16::to_be_bytes).collect();
        for bytes in [
            text.as_bytes().to_vec(),
            [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
            [b"\xFF\xFE", &little[..]].concat(),
            [b"\xFE\xFF", &big[..]].concat(),
            little.clone(),
            big,
        ] {
            assert_eq!(text_of(&bytes).as_deref(), Ok(text), "{bytes:?}");
        }
        assert_eq!(text_of(b""), Ok(String::new()));
    }

    #[test]
    fn bytes_of_another_encoding_are_named_with_their_line() {
        assert_eq!(text_of(b"seed = 1\n# M\xFCnchen\n"), Err(NotText { line: 2, byte: 0xFC }));
        assert!(text_of(b"\xFF\xFEs\0e").is_err(), "half of a letter");
        assert!(text_of(b"\xFF\xFE\x00\xD8").is_err(), "half of a pair");
    }
}
