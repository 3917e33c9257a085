//! Every error in every language.

use std::path::PathBuf;

use super::*;
use crate::data::ImageShape;
use crate::text::Language;

/// One of each, and of each of their parts.
fn errors() -> Vec<DataError> {
    let path = || PathBuf::from("folder/file");
    let image = |height| ImageShape { channels: 1, height, width: 28 };
    let listing = |names: &[&str], hidden| Listing { names: names.iter().map(ToString::to_string).collect(), hidden };
    let nothing = |found| DataError::NothingRecognised { path: path(), found };
    let long =
        |found| DataError::Oversized { path: path(), found, reason: Expectation::Labels { count: 7 }, expected: 15 };
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
