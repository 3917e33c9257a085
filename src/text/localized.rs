//! How something says itself in the person's language.
//!
//! What is wrong with a setting, with images, with a run is said by a type of the room where it goes wrong, which stands
//! beside its words. Its English is what the command line prints, so a sentence is written once for each language.

use super::Text;

/// Something that can say what it is in every language.
pub trait Localized {
    /// In the words of that language.
    fn in_words(&self, text: &Text) -> String;
}

/// Makes [`Display`](std::fmt::Display) of types that are [`Localized`] what they say in English.
macro_rules! display_in_english {
    ($($what:ty),+ $(,)?) => {
        $(impl std::fmt::Display for $what {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(&$crate::text::Localized::in_words(self, $crate::text::Text::english()))
            }
        })+
    };
}

pub(crate) use display_in_english;
