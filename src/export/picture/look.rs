//! How a picture looks: theme, size, language. Knows nothing of what is drawn.

use std::fmt;
use std::str::FromStr;

use crate::chart::layout::Kinds;
use crate::text::Language;
use crate::theme::{Palette, ThemeKind};

/// How a chart is painted into a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// Whose colours.
    pub theme: ThemeKind,
    /// How large.
    pub size: Size,
    /// Without a ground, for slides that have their own.
    pub transparent: bool,
    /// The language of the words that the picture adds.
    pub language: Language,
    /// One small line at the foot: the configuration and the seed.
    pub caption: Option<String>,
}

impl Look {
    /// A light slide in that language, without a caption.
    pub fn new(language: Language) -> Self {
        Self { theme: ThemeKind::Light, size: Size::Slide, transparent: false, language, caption: None }
    }

    pub(super) fn palette(&self) -> &'static Palette {
        Palette::of(self.theme)
    }

    /// The letters that suit the size.
    pub(super) fn kinds(&self) -> Kinds {
        let unit = match (self.size, self.size.pixels()) {
            (Size::Column, _) => 9.3, // 7 points
            (Size::Page, _) => 10.0,  // 7.5 points
            (Size::Slide | Size::Pixels { .. }, (width, height)) => {
                (f64::from(width) * f64::from(height.unwrap_or(width))).sqrt() / 960.0 * 16.5
            }
        };
        Kinds::new(unit, matches!(self.size, Size::Column | Size::Page), self.palette())
    }
}

/// The size of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// A slide of 16:9: 1280×720 pixels.
    Slide,
    /// One column of a paper, 85 mm wide; as high as its panels need.
    Column,
    /// The text width of a paper, 170 mm; as high as its panels need.
    Page,
    /// Any other.
    Pixels {
        /// Pixels from left to right.
        width: u32,
        /// Pixels from top to bottom.
        height: u32,
    },
}

impl Size {
    /// The sides that a picture may have, in pixels.
    pub const ALLOWED: std::ops::RangeInclusive<u32> = 64..=16_384;

    /// The width in pixels of 1/96 inch, and the height where it does not follow from the panels.
    pub(super) fn pixels(self) -> (u32, Option<u32>) {
        match self {
            Self::Slide => (1280, Some(720)),
            Self::Column => (321, None), // 84.9 mm
            Self::Page => (642, None),   // 169.9 mm
            Self::Pixels { width, height } => {
                let side = |pixels: u32| pixels.clamp(*Self::ALLOWED.start(), *Self::ALLOWED.end());
                (side(width), Some(side(height)))
            }
        }
    }
}

impl fmt::Display for Size {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Slide => formatter.pad("slide"),
            Self::Column => formatter.pad("column"),
            Self::Page => formatter.pad("page"),
            Self::Pixels { width, height } => write!(formatter, "{width}x{height}"),
        }
    }
}

/// Words that name no size.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown size '{0}'; allowed: slide, column, page, or WIDTHxHEIGHT in pixels, each from 64 to 16384")]
pub struct UnknownSize(String);

impl FromStr for Size {
    type Err = UnknownSize;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let named = [Self::Slide, Self::Column, Self::Page].into_iter().find(|size| size.to_string() == text);
        let side = |text: &str| text.parse().ok().filter(|side| Self::ALLOWED.contains(side));
        let pixels = || {
            let (width, height) = text.split_once(['x', '×'])?;
            Some(Self::Pixels { width: side(width)?, height: side(height)? })
        };
        named.or_else(pixels).ok_or_else(|| UnknownSize(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_they_are_written() {
        for size in [Size::Slide, Size::Column, Size::Page, Size::Pixels { width: 960, height: 540 }] {
            assert_eq!(size.to_string().parse(), Ok(size));
        }
        assert_eq!("960×540".parse(), Ok(Size::Pixels { width: 960, height: 540 }));
        for wrong in ["poster", "0x10", "960", "960x", "99999x540", ""] {
            let error = wrong.parse::<Size>().unwrap_err().to_string();
            assert!(error.contains(&format!("'{wrong}'")) && error.contains("slide, column, page"), "{error}");
        }
    }
}
