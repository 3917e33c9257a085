//! What is wrong with a source of images.

use super::error::{Announced, ByteCount, DataError, Expectation, IdxKind, Listing};
use super::image::SplitKind;
use crate::text::{Localized, Text, display_in_english};

display_in_english!(DataError, ByteCount, Expectation, IdxKind, Announced, Listing);

impl Localized for DataError {
    fn in_words(&self, text: &Text) -> String {
        let fill =
            |key: &str, values: &[(&str, &dyn std::fmt::Display)]| text.fill(&format!("reason.data.{key}"), values);
        match self {
            Self::MissingFolder { path } => fill("missing_folder", &[("path", &path.display())]),
            Self::NotAFolder { path } => fill("not_a_folder", &[("path", &path.display())]),
            Self::NothingRecognised { path, idx, found } => {
                let found = found.in_words(text);
                fill("nothing_recognised", &[("path", &path.display()), ("idx", idx), ("found", &found)])
            }
            Self::Ambiguous { path, first, second } => {
                fill("ambiguous", &[("path", &path.display()), ("first", first), ("second", second)])
            }
            Self::MissingFile { folder, name, present } => {
                fill("missing_file", &[("folder", &folder.display()), ("name", name), ("present", present)])
            }
            Self::Unreadable { path, cause } => {
                let cause = cause.in_words(text);
                fill("unreadable", &[("path", &path.display()), ("cause", &cause)])
            }
            Self::EmptyFile { path } => fill("empty_file", &[("path", &path.display())]),
            Self::Truncated { path, found, reason, expected } => {
                let reason = reason.in_words(text);
                let values: [(&str, &dyn std::fmt::Display); 4] =
                    [("path", &path.display()), ("found", found), ("reason", &reason), ("expected", expected)];
                fill("truncated", &values)
            }
            Self::Oversized { path, found, reason, expected } => {
                let (found, reason) = (found.in_words(text), reason.in_words(text));
                let values: [(&str, &dyn std::fmt::Display); 4] =
                    [("path", &path.display()), ("found", &found), ("reason", &reason), ("expected", expected)];
                fill("oversized", &values)
            }
            Self::WrongMagic { path, found, found_kind, expected, expected_kind } => {
                let (found_kind, expected_kind) = (found_kind.in_words(text), expected_kind.in_words(text));
                let values: [(&str, &dyn std::fmt::Display); 5] = [
                    ("path", &path.display()),
                    ("found", found),
                    ("found_kind", &found_kind),
                    ("expected", expected),
                    ("expected_kind", &expected_kind),
                ];
                fill("wrong_magic", &values)
            }
            Self::NoneAnnounced { path, what } => {
                fill("none_announced", &[("path", &path.display()), ("what", &what.in_words(text))])
            }
            Self::TooManyAnnounced { path, what, found, limit } => {
                let what = what.in_words(text);
                let values: [(&str, &dyn std::fmt::Display); 4] =
                    [("path", &path.display()), ("what", &what), ("found", found), ("limit", limit)];
                fill("too_many_announced", &values)
            }
            Self::CountMismatch { images_path, images, labels_path, labels } => {
                let values: [(&str, &dyn std::fmt::Display); 4] = [
                    ("images_path", &images_path.display()),
                    ("images", images),
                    ("labels_path", &labels_path.display()),
                    ("labels", labels),
                ];
                fill("count_mismatch", &values)
            }
            Self::SizeMismatch { train_path, train, validation_path, validation } => {
                let values: [(&str, &dyn std::fmt::Display); 4] = [
                    ("train_path", &train_path.display()),
                    ("train", train),
                    ("validation_path", &validation_path.display()),
                    ("validation", validation),
                ];
                fill("size_mismatch", &values)
            }
            Self::OneClass { train_path, validation_path } => {
                fill("one_class", &[("train", &train_path.display()), ("validation", &validation_path.display())])
            }
            Self::LabelBeyondClasses { path, record, label, largest } => {
                let values: [(&str, &dyn std::fmt::Display); 4] =
                    [("path", &path.display()), ("record", record), ("label", label), ("largest", largest)];
                fill("label_beyond_classes", &values)
            }
            Self::NotWholeRecords { path, length, record, remainder } => {
                let values: [(&str, &dyn std::fmt::Display); 4] =
                    [("path", &path.display()), ("length", length), ("record", record), ("remainder", remainder)];
                fill("not_whole_records", &values)
            }
            Self::WrongClassNames { path, found, expected } => {
                fill("wrong_class_names", &[("path", &path.display()), ("found", found), ("expected", expected)])
            }
            Self::DamagedGzip { path, after, cause } => {
                fill("damaged_gzip", &[("path", &path.display()), ("after", after), ("cause", cause)])
            }
            Self::GzipEnds { path, after } => fill("gzip_ends", &[("path", &path.display()), ("after", after)]),
            Self::BytesAfterGzip { path } => fill("bytes_after_gzip", &[("path", &path.display())]),
            Self::TooManyAsked { split, asked, available } => {
                let split = split.in_words(text);
                fill("too_many_asked", &[("split", &split), ("asked", asked), ("available", available)])
            }
            Self::NoneAsked { split, available } => {
                fill("none_asked", &[("split", &split.in_words(text)), ("available", available)])
            }
            Self::BatchSize { batch, train } => fill("batch_size", &[("batch", batch), ("train", train)]),
        }
    }
}

impl Localized for ByteCount {
    fn in_words(&self, text: &Text) -> String {
        match self {
            Self::Exactly(bytes) => bytes.to_string(),
            Self::MoreThan(bytes) => text.fill("reason.more_than", &[("bytes", bytes)]),
        }
    }
}

impl Localized for Expectation {
    fn in_words(&self, text: &Text) -> String {
        match self {
            Self::Header(kind) => text.fill("reason.header", &[("kind", &kind.in_words(text))]),
            Self::Images { count, height, width } => {
                text.fill("reason.header_images", &[("count", count), ("height", height), ("width", width)])
            }
            Self::Labels { count } => text.fill("reason.header_labels", &[("count", count)]),
        }
    }
}

impl Localized for IdxKind {
    fn in_words(&self, text: &Text) -> String {
        let key = match self {
            Self::Images => "reason.idx.images",
            Self::Labels => "reason.idx.labels",
            Self::Other => "reason.idx.other",
            Self::None => "reason.idx.none",
        };
        text.say(key).to_owned()
    }
}

impl Localized for Announced {
    fn in_words(&self, text: &Text) -> String {
        let key = match self {
            Self::Images => "reason.announced.images",
            Self::Labels => "reason.announced.labels",
            Self::Rows => "reason.announced.rows",
            Self::Columns => "reason.announced.columns",
        };
        text.say(key).to_owned()
    }
}

impl Localized for Listing {
    fn in_words(&self, text: &Text) -> String {
        let Self { names, hidden } = self;
        match (names.is_empty(), hidden) {
            (true, _) => text.say("reason.nothing").to_owned(),
            (false, 0) => names.join(", "),
            (false, hidden) => text.fill("reason.and_more", &[("names", &names.join(", ")), ("hidden", hidden)]),
        }
    }
}

impl Localized for SplitKind {
    fn in_words(&self, text: &Text) -> String {
        let key = match self {
            Self::Training => "reason.split.training",
            Self::Validation => "reason.split.validation",
        };
        text.say(key).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::data::ImageShape;
    use crate::text::Language;

    /// One of each, and of each of their parts.
    fn errors() -> Vec<DataError> {
        let path = || PathBuf::from("folder/file");
        let image = |height| ImageShape { channels: 1, height, width: 28 };
        let listing =
            |names: &[&str], hidden| Listing { names: names.iter().map(ToString::to_string).collect(), hidden };
        let nothing = |found| DataError::NothingRecognised { path: path(), idx: "a, b".to_owned(), found };
        let long = |found| DataError::Oversized {
            path: path(),
            found,
            reason: Expectation::Labels { count: 7 },
            expected: 15,
        };
        let magic = |found_kind| DataError::WrongMagic {
            path: path(),
            found: 2049,
            found_kind,
            expected: 2051,
            expected_kind: IdxKind::Images,
        };
        let many = |what| DataError::TooManyAnnounced { path: path(), what, found: 4_000_000_000, limit: 1024 };
        vec![
            DataError::MissingFolder { path: path() },
            DataError::NotAFolder { path: path() },
            nothing(listing(&[], 0)),
            nothing(listing(&["a"], 0)),
            nothing(listing(&["a", "b"], 3)),
            DataError::Ambiguous { path: path(), first: "a".to_owned(), second: "b".to_owned() },
            DataError::MissingFile { folder: path(), name: "a".to_owned(), present: "b".to_owned() },
            DataError::EmptyFile { path: path() },
            DataError::Truncated { path: path(), found: 3, reason: Expectation::Header(IdxKind::Images), expected: 16 },
            DataError::Truncated {
                path: path(),
                found: 3,
                reason: Expectation::Images { count: 7, height: 28, width: 28 },
                expected: 16,
            },
            long(ByteCount::Exactly(20)),
            long(ByteCount::MoreThan(15)),
            magic(IdxKind::Labels),
            magic(IdxKind::Other),
            magic(IdxKind::None),
            DataError::NoneAnnounced { path: path(), what: Announced::Images },
            many(Announced::Labels),
            many(Announced::Rows),
            many(Announced::Columns),
            DataError::CountMismatch { images_path: path(), images: 3, labels_path: path(), labels: 4 },
            DataError::SizeMismatch {
                train_path: path(),
                train: image(28),
                validation_path: path(),
                validation: image(32),
            },
            DataError::OneClass { train_path: path(), validation_path: path() },
            DataError::LabelBeyondClasses { path: path(), record: 3, label: 12, largest: 9 },
            DataError::NotWholeRecords { path: path(), length: 3074, record: 3073, remainder: 1 },
            DataError::WrongClassNames { path: path(), found: 9, expected: 10 },
            DataError::DamagedGzip { path: path(), after: 7, cause: "corrupt".to_owned() },
            DataError::GzipEnds { path: path(), after: 7 },
            DataError::BytesAfterGzip { path: path() },
            DataError::TooManyAsked { split: SplitKind::Training, asked: 9, available: 8 },
            DataError::NoneAsked { split: SplitKind::Validation, available: 8 },
            DataError::BatchSize { batch: 9, train: 8 },
        ]
    }

    #[test]
    fn chinese_leaves_no_english_but_names() {
        let text = Text::of(Language::Chinese);
        for error in errors() {
            let words = error.in_words(text);
            for english in [" the ", " is ", " images", " but ", " holds ", "allowed"] {
                assert!(!words.contains(english), "{words}");
            }
        }
        let missing = DataError::Unreadable { path: "a".into(), cause: std::io::ErrorKind::NotFound.into() };
        assert_eq!(missing.in_words(text), "无法读取“a”：没有这个文件或文件夹（entity not found）");
    }
}
