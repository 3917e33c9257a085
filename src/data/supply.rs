//! The two questions asked of every source: what is there, and the images themselves.

use super::error::DataError;
use super::fashion;
use super::folder::{self, Recognised};
use super::set::{DataSet, Description};
use super::source::Source;
use super::{cifar, idx, shapes};

/// What a source offers, from headers, labels and file lengths only.
///
/// Compressed image files are taken at their header's word here; [`load`] compares it with what is in them.
///
/// # Errors
///
/// When the source is not there, is not one of the forms that are known, or contradicts itself.
pub fn describe(source: &Source) -> Result<Description, DataError> {
    describe_supply(&Supply::of(source)?)
}

/// The first `train` training and the first `validation` validation images of a source, with their normalisation.
///
/// The seed matters to [`Source::Shapes`] only, whose images are drawn from it.
///
/// # Errors
///
/// Whatever [`describe`] refuses, files that are not what their headers say, and more images than there are.
pub fn load(source: &Source, train: usize, validation: usize, seed: u64) -> Result<DataSet, DataError> {
    let supply = Supply::of(source)?;
    let description = describe_supply(&supply)?;
    description.check(train, validation)?;
    let (train, validation) = match supply {
        Supply::Files(Recognised::Idx(files)) => idx::load(&files, train, validation)?,
        Supply::Files(Recognised::Cifar(files)) => cifar::load(&files, train, validation)?,
        Supply::Shapes => shapes::draw(train, validation, seed),
    };
    Ok(DataSet::new(description, train, validation))
}

/// A source that was found to exist, by the way it is read.
enum Supply {
    Files(Recognised),
    Shapes,
}

impl Supply {
    fn of(source: &Source) -> Result<Self, DataError> {
        Ok(match source {
            Source::FashionMnist => Self::Files(Recognised::Idx(fashion::files())),
            Source::Shapes => Self::Shapes,
            Source::Folder(path) => Self::Files(folder::recognise(path)?),
        })
    }
}

fn describe_supply(supply: &Supply) -> Result<Description, DataError> {
    match supply {
        Supply::Files(Recognised::Idx(files)) => idx::describe(files),
        Supply::Files(Recognised::Cifar(files)) => cifar::describe(files),
        Supply::Shapes => Ok(shapes::describe()),
    }
}
