//! What a configuration says of how the window opens, as it was written: which keys there are and what they may be is for the window to say.

use toml_edit::Item;

use super::origin::Origin;

/// The table `[view]`; ignored by every command but the window.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ViewTable(pub Vec<ViewEntry>);

/// One line of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewEntry {
    /// Its key in the table.
    pub key: String,
    /// What was written for it; the words of a list have commas between them.
    pub written: String,
    /// Where.
    pub origin: Origin,
}

impl ViewTable {
    /// Notes what was written for a key; the last word counts.
    pub fn note(&mut self, key: &str, written: String, origin: Origin) {
        self.0.retain(|entry| entry.key != key);
        self.0.push(ViewEntry { key: key.to_owned(), written, origin });
    }
}

/// A value of a file as it would be written on a line.
pub(super) fn written(item: &Item) -> String {
    if let Some(words) = item.as_array() {
        let words = words.iter().map(|word| word.as_str().map_or_else(|| word.to_string(), str::to_owned));
        return words.map(|word| word.trim().to_owned()).collect::<Vec<_>>().join(",");
    }
    item.as_str().map_or_else(|| item.to_string().trim().to_owned(), str::to_owned)
}
