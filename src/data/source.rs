//! The `source` of a configuration's `[data]` table: one word for what is built in, anything else a folder.
//!
//! Nothing is opened here; whether the folder exists is found out by `describe` and `load`.

use std::fmt;
use std::path::PathBuf;

/// Where images come from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Source {
    /// The images inside the program: 28×28 grey pictures of clothes, 5,000 for training and 1,000 for validation.
    FashionMnist,
    /// Figures drawn from the seed: 32×32 in colour, as many as are asked for.
    Shapes,
    /// A folder with images in one of many forms, or a file that names one of several sets in its folder. A folder that is itself
    /// called `shapes` is written `./shapes`.
    Folder(PathBuf),
}

impl Source {
    /// The words for what is inside the program; anything else is a folder.
    pub const WORDS: &[&str] = &["fashion-mnist", "shapes"];

    /// The source that a text names: any text names one.
    pub fn named(text: &str) -> Self {
        match text {
            "fashion-mnist" => Self::FashionMnist,
            "shapes" => Self::Shapes,
            folder => Self::Folder(PathBuf::from(folder)),
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FashionMnist => formatter.write_str("fashion-mnist"),
            Self::Shapes => formatter.write_str("shapes"),
            Self::Folder(path) => path.display().fmt(formatter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_reads_back_what_it_writes() {
        for (text, source) in [
            ("fashion-mnist", Source::FashionMnist),
            ("shapes", Source::Shapes),
            ("./shapes", Source::Folder("./shapes".into())),
            ("Fashion-MNIST", Source::Folder("Fashion-MNIST".into())),
            ("data/cifar", Source::Folder("data/cifar".into())),
        ] {
            assert_eq!(Source::named(text), source);
            assert_eq!(source.to_string(), text);
        }
    }
}
