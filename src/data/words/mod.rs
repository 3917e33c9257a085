//! What is wrong with a source of images.

use crate::data::error::{Announced, ByteCount, DataError, Expectation, IdxKind, Impostor, Listing, PickleFault};
use crate::data::form::Form;
use crate::data::image::SplitKind;
use crate::data::left_out::WhyLeftOut;
use crate::data::note::Note;
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
                let sought = Form::SOUGHT.map(|form| text.say(&format!("reason.sought.{}", form.key()))).join("; ");
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

impl Localized for Form {
    fn in_words(&self, text: &Text) -> String {
        text.say(&format!("reason.form.{}", self.key())).to_owned()
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
mod tests;
