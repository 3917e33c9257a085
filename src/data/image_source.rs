//! The questions asked of every source: what is there, what it looks like, and the images themselves.

use std::path::Path;

use super::draw::evenly;
use super::error::DataError;
use super::formats::{Images, Survey, Wanted, class_folders};
use super::image::{ImageShape, Split, SplitKind};
use super::left_out::WhyLeftOut;
use super::loading::Loading;
use super::request::Request;
use super::rng::Purpose;
use super::samples::Samples;
use super::set::{DataSet, Description};
use super::source::Source;
use super::{fashion, folder, shapes};

/// What a source offers, from headers, labels and file lengths only.
///
/// Compressed image files are taken at their header's word here; [`load`] compares it with what is in them.
///
/// # Errors
///
/// When the source is not there, is not one of the forms that are known, or contradicts itself.
pub fn describe(request: impl Into<Request>) -> Result<Description, DataError> {
    describe_watched(request, &Loading::default())
}

/// As [`describe`], with a way to see how far it is and to stop it.
///
/// # Errors
///
/// As [`describe`], and [`DataError::Stopped`].
pub fn describe_watched(request: impl Into<Request>, loading: &Loading) -> Result<Description, DataError> {
    let request = request.into();
    Ok(match ImageSource::of(&request.source)? {
        ImageSource::Files(images) => images.survey(&request, loading)?.describe(),
        ImageSource::Shapes => shapes::describe(),
    })
}

/// So many training and validation images of a source, with their normalisation.
///
/// The seed draws the images of [`Source::Shapes`]; of a folder it draws which ones are used, if there are more, evenly over
/// the classes.
///
/// # Errors
///
/// Whatever [`describe`] refuses, files that are not what their headers say, and more images than there are.
pub fn load(request: impl Into<Request>, train: usize, validation: usize, seed: u64) -> Result<DataSet, DataError> {
    load_watched(request, train, validation, seed, &Loading::default())
}

/// As [`load`], with a way to see how far it is and to stop it.
///
/// # Errors
///
/// As [`load`], and [`DataError::Stopped`].
pub fn load_watched(
    request: impl Into<Request>,
    train: usize,
    validation: usize,
    seed: u64,
    loading: &Loading,
) -> Result<DataSet, DataError> {
    let request = request.into();
    let (description, train, validation) = match ImageSource::of(&request.source)? {
        ImageSource::Files(images) => {
            let survey = images.survey(&request, loading)?;
            let mut description = survey.describe();
            description.check(train, validation)?;
            loading.begin(train + validation);
            let reading = Reading { images: images.as_ref(), request: &request, survey: &survey, seed };
            let train = reading.split(SplitKind::Training, train, &mut description, loading)?;
            let validation = reading.split(SplitKind::Validation, validation, &mut description, loading)?;
            (description, train, validation)
        }
        ImageSource::Shapes => {
            let description = shapes::describe();
            description.check(train, validation)?;
            let (train, validation) = shapes::draw(train, validation, seed);
            (description, train, validation)
        }
    };
    loading.check()?;
    Ok(DataSet::new(description, train, validation))
}

/// What a source offers, and a few training images of each class.
///
/// # Errors
///
/// As [`load_watched`].
pub fn sample(
    request: impl Into<Request>,
    of_each_class: usize,
    seed: u64,
    loading: &Loading,
) -> Result<(Description, Samples), DataError> {
    let request = request.into();
    Ok(match ImageSource::of(&request.source)? {
        ImageSource::Files(images) => {
            let survey = images.survey(&request, loading)?;
            let mut description = survey.describe();
            let asked = (of_each_class * survey.class_names.len()).min(survey.labels[0].len());
            loading.begin(asked);
            let reading = Reading { images: images.as_ref(), request: &request, survey: &survey, seed };
            let split = reading.split(SplitKind::Training, asked, &mut description, loading)?;
            let samples = Samples::of(survey.shape, survey.class_names.len(), &split, of_each_class);
            (description, samples)
        }
        ImageSource::Shapes => {
            let description = shapes::describe();
            let classes = description.class_names.len();
            let (train, _) = shapes::draw(of_each_class * classes, 0, seed);
            let samples = Samples::of(description.shape, classes, &train, of_each_class);
            (description, samples)
        }
    })
}

/// One's own picture, as training images of that shape are read: `[channel, height, width]`.
///
/// # Errors
///
/// Why it is no picture for that.
pub fn read_picture(path: &Path, shape: ImageShape) -> Result<Vec<u8>, WhyLeftOut> {
    class_folders::read(path, shape)
}

/// Images that were surveyed, on their way to be read.
struct Reading<'a> {
    images: &'a dyn Images,
    request: &'a Request,
    survey: &'a Survey,
    seed: u64,
}

impl Reading<'_> {
    /// So many images of a split; those that turn out to be damaged are taken off the description.
    fn split(
        &self,
        split: SplitKind,
        asked: usize,
        description: &mut Description,
        loading: &Loading,
    ) -> Result<Split, DataError> {
        let Self { images, request, survey, seed } = *self;
        let (labels, purpose) = match split {
            SplitKind::Training => (&survey.labels[0], Purpose::TrainingImages),
            SplitKind::Validation => (&survey.labels[1], Purpose::ValidationImages),
        };
        let chosen = if images.begins_balanced() { (0..asked).collect() } else { evenly(labels, asked, seed, purpose) };
        let (read, damaged) = images.read(&Wanted { request, seed, split, labels, chosen: &chosen }, loading)?;
        for damaged in damaged {
            description.take_off(damaged.class, split);
            description.left_out.push(damaged.file);
        }
        Ok(read)
    }
}

/// A source that was found to exist, by the way it is read.
enum ImageSource {
    Files(Box<dyn Images>),
    Shapes,
}

impl ImageSource {
    fn of(source: &Source) -> Result<Self, DataError> {
        Ok(match source {
            Source::FashionMnist => Self::Files(Box::new(fashion::files())),
            Source::Shapes => Self::Shapes,
            Source::Folder(path) => Self::Files(folder::recognise(path)?),
        })
    }
}
