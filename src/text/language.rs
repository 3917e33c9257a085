//! The languages there are.

use serde::{Deserialize, Serialize};

/// A language that every visible word is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Language {
    /// English.
    #[serde(rename = "en")]
    English,
    /// Simplified Chinese.
    #[serde(rename = "zh")]
    Chinese,
}

impl Language {
    /// Every language, the fallback first.
    pub const ALL: [Self; 2] = [Self::English, Self::Chinese];

    /// Its code in flags, settings and the `lang` attribute of a page.
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh",
        }
    }

    /// What its speakers call it.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Chinese => "简体中文",
        }
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

    /// The text file, inside the program.
    pub(super) const fn file(self) -> &'static str {
        match self {
            Self::English => include_str!("../../assets/text/en.toml"),
            Self::Chinese => include_str!("../../assets/text/zh.toml"),
        }
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
            ("fr", None),
            ("", None),
        ] {
            assert_eq!(Language::from_code(code), language, "{code}");
        }
    }
}
