//! The words that files and flags have for the values of a choice.

/// Words for the values of a choice, each once; makes `name`, `from_name` and the list of words.
macro_rules! words {
    ($choice:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        impl $choice {
            /// Every word for it, in files and flags.
            pub const WORDS: &[&str] = &[$($word),+];

            /// The word for it in files and flags.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The choice of that word.
            pub fn from_name(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

pub(crate) use words;
