//! Every visible word, in every language, and how numbers are written for people.
//!
//! A language is one file in `assets/text` and one line in [`Language`]. Keys are dotted (`figure.growth.title`), placeholders
//! stand in braces (`{layer}`). Knows nothing of where a word is shown. Files for programs (CSV, JSON, TOML) have
//! words of their own, in English, and never come here.

mod catalogue;
pub mod font;
mod in_words;
mod language;
pub mod number;

pub use catalogue::Text;
pub use in_words::InWords;
pub use language::Language;
