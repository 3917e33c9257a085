//! The languages there are.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Declares the languages: each with its code, what its speakers call it, the tag by which browsers choose the shapes of its
/// characters, and its file in `assets/text`.
macro_rules! languages {
    ($($(#[$doc:meta])* $name:ident: $code:literal, $own_name:literal, $tag:literal, $file:literal;)+) => {
        /// A language that every visible word is written in.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Language {
            $($(#[$doc])* $name,)+
        }

        impl Language {
            /// Every language, the fallback first.
            pub const ALL: [Self; [$($code),+].len()] = [$(Self::$name),+];

            /// What is known of it.
            const fn entry(self) -> Entry {
                match self {
                    $(Self::$name => Entry {
                        code: $code,
                        own_name: $own_name,
                        tag: $tag,
                        file: include_str!(concat!("../../assets/text/", $file)),
                    },)+
                }
            }
        }
    };
}

languages! {
    /// English.
    English: "en", "English", "en", "en.toml";
    /// Simplified Chinese.
    Chinese: "zh", "简体中文", "zh-Hans", "zh.toml";
}

struct Entry {
    code: &'static str,
    own_name: &'static str,
    tag: &'static str,
    file: &'static str,
}

impl Language {
    /// Its code in flags and settings.
    pub const fn code(self) -> &'static str {
        self.entry().code
    }

    /// What its speakers call it.
    pub const fn own_name(self) -> &'static str {
        self.entry().own_name
    }

    /// The `lang` attribute of a page, by which browsers choose the shapes of characters.
    pub const fn tag(self) -> &'static str {
        self.entry().tag
    }

    /// The text file, inside the program.
    pub(super) const fn file(self) -> &'static str {
        self.entry().file
    }

    /// The codes of all languages as a sentence has them: `en, zh`.
    pub fn codes() -> String {
        Self::ALL.map(Self::code).join(", ")
    }

    /// The language of that code; regions and scripts (`zh-Hans-CN`, `en_GB.UTF-8`) are looked past.
    pub fn from_code(code: &str) -> Option<Self> {
        let language = code.split(['-', '_', '.']).next().unwrap_or_default().to_lowercase();
        Self::ALL.into_iter().find(|known| known.code() == language)
    }

    /// The first of the system's preferred languages that is known here, else English.
    pub fn of_the_system() -> Self {
        sys_locale::get_locales().find_map(|locale| Self::from_code(&locale)).unwrap_or(Self::English)
    }
}

impl Serialize for Language {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        let known = Self::ALL.into_iter().find(|language| language.code() == code);
        known.ok_or_else(|| serde::de::Error::custom(format!("language {code}; allowed: {}", Self::codes())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_is_known_by_its_first_part() {
        for (code, language) in [
            ("en", Some(Language::English)),
            ("zh", Some(Language::Chinese)),
            ("zh-Hans-CN", Some(Language::Chinese)),
            ("zh_CN.UTF-8", Some(Language::Chinese)),
            ("EN_gb", Some(Language::English)),
            ("qaa", None), // a code that no language will ever have
            ("", None),
        ] {
            assert_eq!(Language::from_code(code), language, "{code}");
        }
    }
}
