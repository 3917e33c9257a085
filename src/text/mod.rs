//! Every visible word, in every language, and how numbers are written for people.
//!
//! A language is one file in `assets/text` and one entry in [`Language`]. Keys are dotted (`figure.growth.title`), placeholders
//! stand in braces (`{layer}`). Uses no other room, and knows nothing of where a word is shown. Files for programs (CSV, JSON, TOML) have
//! words of their own, in English, and never come here.

mod catalogue;
pub mod font;
mod language;
mod localized;
pub mod number;
mod sum;
mod system;
mod translated;

pub use catalogue::Text;
pub use language::Language;
pub use localized::Localized;
pub(crate) use localized::display_in_english;
pub use sum::{WrittenSum, written_sum};
pub use translated::Translated;
