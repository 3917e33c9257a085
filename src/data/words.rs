//! What is wrong with a source of images.

use super::error::{Announced, ByteCount, DataError, Expectation, IdxKind, Impostor, Listing, PickleFault};
use super::form::Form;
use super::image::SplitKind;
use super::left_out::WhyLeftOut;
use super::note::Note;
use crate::text::{Localized, Text, display_in_english};

display_in_english!(
    DataError,
    ByteCount,
    Expectation,
    IdxKind,
    Announced,
    Listing,
    Impostor,
    PickleFault,
    Form,
    WhyLeftOut,
    Note
);

impl Localized for DataError {
    #[expect(clippy::too_many_lines, reason = "one arm for each error")]
    fn in_words(&self, text: &Text) -> String {
        let fill =
            |key: &str, values: &[(&str, &dyn std::fmt::Display)]| text.fill(&format!("reason.data.{key}"), values);
        match self {
            Self::MissingFolder { path } => fill("missing_folder", &[("path", &path.display())]),
            Self::NotAFolder { path } => fill("not_a_folder", &[("path", &path.display())]),
            Self::NothingRecognised { path, found } => {
                let found = found.in_words(text);
                let sought = Form::SOUGHT.map(|form| text.say(&format!("reason.sought.{}", key_of(form)))).join("; ");
                fill("nothing_recognised", &[("path", &path.display()), ("sought", &sought), ("found", &found)])
            }
            Self::Ambiguous { path, found } => {
                fill("ambiguous", &[("path", &path.display()), ("found", &found.in_words(text))])
            }
            Self::ClassWithoutPictures { path } => fill("class_without_pictures", &[("path", &path.display())]),
            Self::NotTheFile { path, what } => {
                fill("not_the_file", &[("path", &path.display()), ("what", &what.in_words(text))])
            }
            Self::NotCifarPython { path, what } => {
                fill("not_cifar_python", &[("path", &path.display()), ("what", &what.in_words(text))])
            }
            Self::NothingValidates { path } => fill("nothing_validates", &[("path", &path.display())]),
            Self::NotEnoughMemory { images, shape, bytes } => {
                fill("not_enough_memory", &[("images", images), ("shape", shape), ("bytes", bytes)])
            }
            Self::Stopped => fill("stopped", &[]),
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
            Self::LabelBeyondClasses { path, record, label, smallest, largest } => {
                let values: [(&str, &dyn std::fmt::Display); 5] = [
                    ("path", &path.display()),
                    ("record", record),
                    ("label", label),
                    ("smallest", smallest),
                    ("largest", largest),
                ];
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

impl Localized for Impostor {
    fn in_words(&self, text: &Text) -> String {
        let key = match self {
            Self::LfsPointer => "reason.impostor.lfs_pointer",
            Self::WebPage => "reason.impostor.web_page",
            Self::Pickle => "reason.impostor.pickle",
            Self::Archive => "reason.impostor.archive",
        };
        text.say(key).to_owned()
    }
}

/// The part of a key that stands for a form.
const fn key_of(form: Form) -> &'static str {
    match form {
        Form::Shapes => "shapes",
        Form::Idx => "idx",
        Form::CifarTen => "cifar_ten",
        Form::CifarHundred => "cifar_hundred",
        Form::CifarPython => "cifar_python",
        Form::Stl => "stl",
        Form::ClassFolders => "class_folders",
    }
}

impl Localized for Form {
    fn in_words(&self, text: &Text) -> String {
        text.say(&format!("reason.form.{}", key_of(*self))).to_owned()
    }
}

impl Localized for PickleFault {
    fn in_words(&self, text: &Text) -> String {
        match self {
            Self::CutShort => text.say("reason.pickle.cut_short").to_owned(),
            Self::Step(code) => text.fill("reason.pickle.step", &[("code", &format!("{code:#04x}"))]),
            Self::Confused => text.say("reason.pickle.confused").to_owned(),
            Self::Names(name) => text.fill("reason.pickle.names", &[("name", name)]),
            Self::Lacks(key) => text.fill("reason.pickle.lacks", &[("key", key)]),
            Self::Unequal { bytes, labels } => {
                text.fill("reason.pickle.unequal", &[("bytes", bytes), ("labels", labels)])
            }
            Self::TooLarge { length, most } => {
                text.fill("reason.pickle.too_large", &[("length", length), ("most", most)])
            }
        }
    }
}

impl Localized for WhyLeftOut {
    fn in_words(&self, text: &Text) -> String {
        let say = |key: &str| text.say(&format!("reason.left_out.{key}")).to_owned();
        match self {
            Self::NoPicture => say("no_picture"),
            Self::Impostor(what) => what.in_words(text),
            Self::OtherKind => say("other_kind"),
            Self::Empty => say("empty"),
            Self::CutShort => say("cut_short"),
            Self::Damaged(cause) => text.fill("reason.left_out.damaged", &[("cause", cause)]),
            Self::TooLarge { width, height, most } => {
                text.fill("reason.left_out.too_large", &[("width", width), ("height", height), ("most", most)])
            }
            Self::TooMuchMemory => say("too_much_memory"),
            Self::Unreadable(cause) => text.fill("reason.left_out.unreadable", &[("cause", cause)]),
            Self::UnknownClass => say("unknown_class"),
            Self::FolderInClass => say("folder_in_class"),
            Self::InNoClass => say("in_no_class"),
            Self::AnotherValidates(name) => text.fill("reason.left_out.another_validates", &[("name", name)]),
        }
    }
}

impl Localized for Note {
    fn in_words(&self, text: &Text) -> String {
        match self {
            Self::LabelsMoved { first } => text.fill("note.labels_moved", &[("first", first)]),
            Self::TurnedUpright => text.say("note.turned_upright").to_owned(),
            Self::Fitted { size } => text.fill("note.fitted", &[("size", size)]),
            Self::FifthValidates => text.say("note.fifth_validates").to_owned(),
            Self::OneClass { name } => text.fill("note.one_class", &[("name", name)]),
            Self::NotValidated { names } => text.fill("note.not_validated", &[("names", &names.join(", "))]),
        }
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
        let nothing = |found| DataError::NothingRecognised { path: path(), found };
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
            DataError::Ambiguous { path: path(), found: listing(&["a", "b"], 0) },
            DataError::ClassWithoutPictures { path: path() },
            DataError::NotTheFile { path: path(), what: Impostor::LfsPointer },
            DataError::NotTheFile { path: path(), what: Impostor::WebPage },
            DataError::NotTheFile { path: path(), what: Impostor::Pickle },
            DataError::NotTheFile { path: path(), what: Impostor::Archive },
            DataError::NotCifarPython { path: path(), what: PickleFault::CutShort },
            DataError::NotCifarPython { path: path(), what: PickleFault::Step(0x91) },
            DataError::NotCifarPython { path: path(), what: PickleFault::Confused },
            DataError::NotCifarPython { path: path(), what: PickleFault::Names("os.system".to_owned()) },
            DataError::NotCifarPython { path: path(), what: PickleFault::Lacks("data") },
            DataError::NotCifarPython { path: path(), what: PickleFault::Unequal { bytes: 3, labels: 2 } },
            DataError::NotCifarPython { path: path(), what: PickleFault::TooLarge { length: 9, most: 8 } },
            DataError::NothingValidates { path: path() },
            DataError::NotEnoughMemory { images: 9, shape: image(28), bytes: 7056 },
            DataError::Stopped,
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
            DataError::LabelBeyondClasses { path: path(), record: 3, label: 12, smallest: 0, largest: 9 },
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
    fn english_says_what_the_command_line_says() {
        let text = Text::of(Language::English);
        for error in errors() {
            assert_eq!(error.in_words(text), error.to_string());
        }
    }

    #[test]
    fn notes_say_in_english_what_the_command_line_says() {
        let names = vec!["a".to_owned(), "b".to_owned()];
        for note in [
            Note::LabelsMoved { first: 1 },
            Note::TurnedUpright,
            Note::Fitted { size: 32 },
            Note::FifthValidates,
            Note::OneClass { name: "a".to_owned() },
            Note::NotValidated { names },
        ] {
            assert_eq!(note.in_words(Text::of(Language::English)), note.to_string());
            assert!(!note.in_words(Text::of(Language::Chinese)).contains(" the "));
        }
    }

    #[test]
    fn what_is_left_out_is_told_in_both_languages() {
        for why in [
            WhyLeftOut::NoPicture,
            WhyLeftOut::Impostor(Impostor::WebPage),
            WhyLeftOut::OtherKind,
            WhyLeftOut::Empty,
            WhyLeftOut::CutShort,
            WhyLeftOut::Damaged("x".to_owned()),
            WhyLeftOut::TooLarge { width: 30_000, height: 30_000, most: 100_000_000 },
            WhyLeftOut::TooMuchMemory,
            WhyLeftOut::Unreadable("x".to_owned()),
            WhyLeftOut::UnknownClass,
            WhyLeftOut::FolderInClass,
            WhyLeftOut::InNoClass,
            WhyLeftOut::AnotherValidates("val".to_owned()),
        ] {
            assert_eq!(why.in_words(Text::of(Language::English)), why.to_string());
            assert_ne!(why.in_words(Text::of(Language::Chinese)), why.to_string());
        }
    }

    #[test]
    fn notes_and_what_is_left_out_are_told_in_both_languages() {
        let (english, chinese) = (Text::of(Language::English), Text::of(Language::Chinese));
        let names = vec!["a".to_owned(), "b".to_owned()];
        for note in [
            Note::LabelsMoved { first: 1 },
            Note::TurnedUpright,
            Note::Fitted { size: 32 },
            Note::FifthValidates,
            Note::OneClass { name: "a".to_owned() },
            Note::NotValidated { names },
        ] {
            assert!(note.in_words(english).contains(' ') && !note.in_words(chinese).contains(" the "), "{note}");
        }
        for why in [
            WhyLeftOut::NoPicture,
            WhyLeftOut::Impostor(Impostor::WebPage),
            WhyLeftOut::OtherKind,
            WhyLeftOut::Empty,
            WhyLeftOut::CutShort,
            WhyLeftOut::Damaged("x".to_owned()),
            WhyLeftOut::TooLarge { width: 30_000, height: 30_000, most: 100_000_000 },
            WhyLeftOut::TooMuchMemory,
            WhyLeftOut::Unreadable("x".to_owned()),
            WhyLeftOut::UnknownClass,
            WhyLeftOut::FolderInClass,
            WhyLeftOut::InNoClass,
            WhyLeftOut::AnotherValidates("val".to_owned()),
        ] {
            assert_ne!(why.in_words(english), why.in_words(chinese));
        }
        for form in Form::SOUGHT {
            assert!(!form.in_words(chinese).is_empty() && !form.to_string().starts_with("reason."));
        }
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
