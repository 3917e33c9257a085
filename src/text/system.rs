//! What the operating system refused, with its own words beside ours: people search for those.

use std::io::{self, ErrorKind};

use super::{Localized, Text};

impl Localized for io::Error {
    fn in_words(&self, text: &Text) -> String {
        let key = match self.kind() {
            ErrorKind::NotFound => "reason.system.not_found",
            ErrorKind::PermissionDenied => "reason.system.not_permitted",
            ErrorKind::StorageFull => "reason.system.full",
            ErrorKind::ReadOnlyFilesystem => "reason.system.read_only",
            ErrorKind::IsADirectory => "reason.system.a_folder",
            ErrorKind::NotADirectory => "reason.system.no_folder",
            ErrorKind::InvalidData => "reason.system.no_text",
            _ => return self.to_string(), // too rare for words of ours, and the system's say more than none
        };
        text.fill(key, &[("system", self)])
    }
}
