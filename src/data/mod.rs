//! Images and their labels: where they come from, and how they reach a network in batches.
//!
//! What it is: three sources (a data set inside the program, pictures drawn from a seed, a folder of files in one of many
//! forms), read into one [`DataSet`] of bytes, normalised batch by batch. What is not here: networks, tensors, and the configuration
//! file. A batch leaves this module as plain `Vec`s.
//!
//! Read in this order: what an image is, where images come from, what a loaded set holds, how batches are cut from it;
//! then one module for each kind of source. Two rules hold throughout:
//!
//! * **A header is a claim.** A file's own word on its size is compared with the bytes that are there, and memory grows
//!   with the bytes that arrive.
//! * **Everything follows from the seed.** Neither the clock, the number of threads nor the order of calls has any
//!   influence on a batch.

mod error;
mod words;
mod image;

mod image_source;
mod loading;
mod request;
mod source;

mod form;
mod left_out;
mod note;

mod augment;
mod batch;
mod batches;
mod normalisation;
mod own;
mod samples;
mod set;

mod draw;
mod fashion;
mod entries;
mod folder;
mod formats;
mod gzip;
mod origin;
mod rng;
mod shapes;
mod stream;

#[cfg(test)]
mod fixtures;

pub use augment::Augment;
pub use batch::{Batch, ValidationBatches};
pub use batches::Batches;
pub use error::{Announced, ByteCount, DataError, Expectation, IdxKind, Impostor, Listing, PickleFault};
pub use form::Form;
pub use image::{ImageShape, Split, SplitKind};
pub use image_source::{describe, describe_watched, load, load_watched, read_picture, sample};
pub use left_out::{LeftOut, WhyLeftOut};
pub use loading::Loading;
pub use normalisation::Normalisation;
pub use note::Note;
pub use request::{Labels, Request};
pub use samples::Samples;
pub use set::{DataSet, Description};
pub use source::Source;
