//! One folder of pictures for each class, with or without folders that say which pictures train and which validate.

mod picture;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rand::seq::SliceRandom;
use rayon::prelude::*;

pub(in crate::data) use picture::read;
pub(super) use picture::{fitted, planes};

use super::{Damaged, Format, Images, Survey, Wanted, room_for};
use crate::data::entries::Entries;
use crate::data::error::DataError;
use crate::data::form::Form;
use crate::data::image::{ImageShape, Split, SplitKind};
use crate::data::left_out::{LeftOut, WhyLeftOut};
use crate::data::loading::Loading;
use crate::data::note::Note;
use crate::data::request::Request;
use crate::data::rng::{Purpose, generator};

/// What people call the folder of validation pictures; the first that is there counts.
const VALIDATION: [&str; 4] = ["val", "valid", "validation", "test"];
/// Pictures read before their pixels are put together: as many wait in memory twice.
const TOGETHER: usize = 1024;
/// The most classes; a network's last layer has a row for each.
const MOST_CLASSES: usize = 10_000;
/// How many files of a class are looked at to tell whether it is one.
const TRIED: usize = 32;

/// The form.
pub(in crate::data) struct ClassFolders;

impl Format for ClassFolders {
    fn find(&self, folder: &Path, entries: &Entries) -> Result<Vec<Box<dyn Images>>, DataError> {
        let named = |wanted: &str| {
            let mut names = entries.folders.iter();
            names.find(|name| name.eq_ignore_ascii_case(wanted)).map(|name| folder.join(name))
        };
        let validating: Vec<PathBuf> = VALIDATION.into_iter().filter_map(named).collect();
        let train = named("train");
        let (classes, validation, unused) = match (&train, validating.split_first()) {
            (Some(train), Some((first, others))) => (Classes::of(train)?, Some(Classes::of(first)?), others),
            (Some(train), None) => (Classes::of(train)?, None, &[][..]),
            (None, _) => (Classes::with(folder, entries)?, None, &[][..]),
        };
        if classes.all.len() > MOST_CLASSES {
            return Ok(Vec::new());
        }
        if !classes.have_pictures() {
            // Pictures that validate want others to train: the folder of those is there, but nothing is in it.
            return match (train, &validation) {
                (Some(path), Some(validation)) if validation.have_pictures() => {
                    Err(DataError::ClassWithoutPictures { path })
                }
                (Some(_) | None, Some(_) | None) => Ok(Vec::new()),
            };
        }
        let unused = unused.to_vec();
        Ok(vec![Box::new(Folders {
            folder: folder.to_owned(),
            classes,
            validation,
            unused,
            surveyed: OnceLock::new(),
        })])
    }
}

/// The folders of classes in one folder, in the order of their names.
struct Classes {
    all: Vec<Class>,
    /// Files that lie beside them.
    beside: Vec<PathBuf>,
}

struct Class {
    name: String,
    path: PathBuf,
    entries: Entries,
}

impl Classes {
    fn of(folder: &Path) -> Result<Self, DataError> {
        Self::with(folder, &Entries::of(folder)?)
    }

    fn with(folder: &Path, entries: &Entries) -> Result<Self, DataError> {
        let all = entries.folders.iter().map(|name| {
            let path = folder.join(name);
            Ok(Class { name: name.to_string_lossy().into_owned(), entries: Entries::of(&path)?, path })
        });
        let beside = entries.files.iter().map(|name| folder.join(name)).collect();
        Ok(Self { all: all.collect::<Result<_, DataError>>()?, beside })
    }

    fn have_pictures(&self) -> bool {
        let looks_like_one = |class: &Class| {
            class.entries.files.iter().take(TRIED).any(|file| picture::looks_like_one(&class.path.join(file)))
        };
        self.all.iter().any(looks_like_one)
    }

    fn files(&self) -> usize {
        self.all.iter().map(|class| class.entries.files.len()).sum()
    }
}

struct Folders {
    folder: PathBuf,
    classes: Classes,
    validation: Option<Classes>,
    /// Folders that could validate as well.
    unused: Vec<PathBuf>,
    surveyed: OnceLock<Headers>,
}

/// A picture and its class.
type Picture = (PathBuf, u16);

/// What the headers of all pictures say.
#[derive(Default)]
struct Headers {
    /// By class and name.
    train: Vec<Picture>,
    /// None if no folder says which pictures validate.
    validation: Option<Vec<Picture>>,
    left_out: Vec<LeftOut>,
    is_coloured: bool,
    /// Whether every picture is a square of that side.
    one_side: Option<u32>,
}

/// Headers on their way: pictures whose form has colours, and the sizes of all.
#[derive(Default)]
struct Seen {
    with_colours: Vec<PathBuf>,
    sizes: Vec<(u32, u32)>,
    left_out: Vec<LeftOut>,
}

impl Folders {
    fn headers(&self, loading: &Loading) -> Result<&Headers, DataError> {
        if let Some(headers) = self.surveyed.get() {
            return Ok(headers);
        }
        let headers = self.read_headers(loading)?;
        Ok(self.surveyed.get_or_init(|| headers))
    }

    fn read_headers(&self, loading: &Loading) -> Result<Headers, DataError> {
        loading.begin(self.classes.files() + self.validation.as_ref().map_or(0, Classes::files));
        let mut seen = Seen::default();
        let train = self.headers_of(&self.classes, &mut seen, loading)?;
        for (class, Class { path, .. }) in self.classes.all.iter().enumerate() {
            if train.binary_search_by_key(&class, |(_, label)| usize::from(*label)).is_err() {
                return Err(DataError::ClassWithoutPictures { path: path.clone() });
            }
        }
        let validation = match &self.validation {
            Some(classes) => Some(self.headers_of(classes, &mut seen, loading)?),
            None => None,
        };
        let Seen { with_colours, sizes, mut left_out } = seen;
        left_out.extend(self.unused.iter().map(|file| {
            let why = WhyLeftOut::AnotherValidates(self.validating());
            LeftOut { file: file.clone(), why }
        }));
        // One picture with a coloured pixel settles it, and among photographs it is the first.
        let is_coloured = with_colours.first().is_some_and(|first| picture::is_coloured(first))
            || with_colours.par_iter().any(|path| loading.check().is_ok() && picture::is_coloured(path));
        loading.check()?;
        let one_side = if let [(width, height)] = sizes[..] { (width == height).then_some(width) } else { None };
        Ok(Headers { train, validation, left_out, is_coloured, one_side })
    }

    /// The name of the folder that validates.
    fn validating(&self) -> String {
        let mut classes = self.validation.iter().flat_map(|validation| &validation.all);
        let parent = classes.find_map(|class| class.path.parent());
        parent.and_then(Path::file_name).unwrap_or_default().to_string_lossy().into_owned()
    }

    fn headers_of(&self, classes: &Classes, seen: &mut Seen, loading: &Loading) -> Result<Vec<Picture>, DataError> {
        let mut pictures = Vec::new();
        let mut leave = |file: PathBuf, why| seen.left_out.push(LeftOut { file, why });
        for file in classes.beside.iter().filter(|file| picture::looks_like_one(file)) {
            leave(file.clone(), WhyLeftOut::InNoClass);
        }
        for Class { name, path, entries } in &classes.all {
            let class = self.classes.all.iter().position(|known| known.name == *name);
            let Some(class) = class.and_then(|class| u16::try_from(class).ok()) else {
                leave(path.clone(), WhyLeftOut::UnknownClass);
                continue;
            };
            for inside in &entries.folders {
                leave(path.join(inside), WhyLeftOut::FolderInClass);
            }
            let headers = entries.files.par_iter().map(|file| {
                loading.check()?;
                loading.advance();
                Ok(picture::header(&path.join(file)))
            });
            let headers: Vec<_> = headers.collect::<Result<_, DataError>>()?;
            for (file, header) in entries.files.iter().zip(headers) {
                let file = path.join(file);
                match header {
                    Ok(picture::Header { width, height, has_colours }) => {
                        if has_colours {
                            seen.with_colours.push(file.clone());
                        }
                        seen.sizes.push((width, height));
                        pictures.push((file, class));
                    }
                    Err(why) => leave(file, why),
                }
            }
            seen.sizes.sort_unstable();
            seen.sizes.dedup();
        }
        Ok(pictures)
    }
}

/// How many pictures of a class validate where nothing else says: a fifth, and at least one of two.
fn fifth(pictures: usize) -> usize {
    if pictures < 2 { 0 } else { (pictures / 5).max(1) }
}

/// The places of the pictures that train and of those that validate, a fifth of each class, drawn by the seed.
fn divided(pictures: &[Picture], seed: u64) -> [Vec<usize>; 2] {
    let mut parts = [Vec::new(), Vec::new()];
    let mut start = 0;
    for class in pictures.chunk_by(|one, other| one.1 == other.1) {
        let mut order: Vec<usize> = (start..start + class.len()).collect();
        order.shuffle(&mut generator(seed, Purpose::Split, class[0].1.into()));
        let (validation, train) = order.split_at_mut(fifth(class.len()));
        train.sort_unstable();
        validation.sort_unstable();
        parts[0].extend_from_slice(train);
        parts[1].extend_from_slice(validation);
        start += class.len();
    }
    parts
}

impl Images for Folders {
    fn name(&self) -> PathBuf {
        self.folder.clone()
    }

    fn survey(&self, request: &Request, loading: &Loading) -> Result<Survey, DataError> {
        let headers = self.headers(loading)?;
        let mut notes = Vec::new();
        if headers.one_side.map(|side| side as usize) != Some(request.size) {
            notes.push(Note::Fitted { size: request.size });
        }
        let labels_of = |pictures: &[Picture]| pictures.iter().map(|(_, label)| *label).collect();
        let labels: [Vec<u16>; 2] = if let Some(validation) = &headers.validation {
            [labels_of(&headers.train), labels_of(validation)]
        } else {
            notes.push(Note::FifthValidates);
            // Which ones differs with the seed; how many of each class does not.
            divided(&headers.train, 0).map(|part| part.iter().map(|&place| headers.train[place].1).collect())
        };
        if labels[1].is_empty() {
            return Err(DataError::NothingValidates { path: self.folder.clone() });
        }
        Ok(Survey {
            form: Form::ClassFolders,
            shape: shape(headers, request),
            class_names: self.classes.all.iter().map(|class| class.name.clone()).collect(),
            labels,
            left_out: headers.left_out.clone(),
            notes,
        })
    }

    fn read(&self, wanted: &Wanted<'_>, loading: &Loading) -> Result<(Split, Vec<Damaged>), DataError> {
        let headers = self.headers(loading)?;
        let divided = headers.validation.is_none().then(|| divided(&headers.train, wanted.seed));
        let picture_at = |index: usize| match (wanted.split, &divided, &headers.validation) {
            (SplitKind::Training, Some([train, _]), _) => &headers.train[train[index]],
            (SplitKind::Validation, Some([_, validation]), _) => &headers.train[validation[index]],
            (SplitKind::Training, None, _) | (SplitKind::Validation, None, None) => &headers.train[index],
            (SplitKind::Validation, None, Some(validation)) => &validation[index],
        };
        let shape = shape(headers, wanted.request);
        let mut pixels = room_for(wanted.chosen.len(), shape)?;
        let (mut labels, mut damaged) = (Vec::with_capacity(wanted.chosen.len()), Vec::new());
        for together in wanted.chosen.chunks(TOGETHER) {
            let read = together.par_iter().map(|&index| {
                loading.check()?;
                let read = picture::read(&picture_at(index).0, shape);
                loading.advance();
                Ok(read)
            });
            let read: Vec<_> = read.collect::<Result<_, DataError>>()?;
            for (&index, read) in together.iter().zip(read) {
                let (file, label) = picture_at(index);
                match read {
                    Ok(picture) => {
                        pixels.extend(picture);
                        labels.push(*label);
                    }
                    Err(why) => {
                        let file = LeftOut { file: file.clone(), why };
                        damaged.push(Damaged { class: usize::from(*label), file });
                    }
                }
            }
        }
        self.check_classes(wanted, &labels)?;
        Ok((Split::new(shape, pixels, labels), damaged))
    }
}

impl Folders {
    /// Refuses a class all of whose wanted training pictures are damaged, and a split without any.
    fn check_classes(&self, wanted: &Wanted<'_>, read: &[u16]) -> Result<(), DataError> {
        let mut has = vec![false; self.classes.all.len()];
        for &label in read {
            has[usize::from(label)] = true;
        }
        let lost = wanted.chosen.iter().map(|&index| usize::from(wanted.labels[index])).find(|&label| !has[label]);
        match (lost, wanted.split) {
            (Some(class), SplitKind::Training) => {
                Err(DataError::ClassWithoutPictures { path: self.classes.all[class].path.clone() })
            }
            (Some(_), SplitKind::Validation) if read.is_empty() => {
                Err(DataError::NothingValidates { path: self.folder.clone() })
            }
            (Some(_) | None, SplitKind::Training | SplitKind::Validation) => Ok(()),
        }
    }
}

fn shape(headers: &Headers, request: &Request) -> ImageShape {
    ImageShape { channels: if headers.is_coloured { 3 } else { 1 }, height: request.size, width: request.size }
}

#[cfg(test)]
mod tests;
