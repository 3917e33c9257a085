//! Files of named tensors, read: safetensors, and what `torch.save` wrote, under the names that the network here has.
//!
//! PyTorch files are read by the crate pytorch-reader, burn's own reader, which depends on neither: a pickle is walked by a machine that
//! knows what rebuilds a tensor and leaves every other call undone. It reads all forms that were ever written (ZIP, the older stream, TAR).

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use pytorch_reader::PytorchReader;
use safetensors::tensor::SafeTensors;

use super::content::{Content, content_of};
use super::error::{MOST_SHOWN, WeightsError, WeightsProblem, shown};
use super::expected::Expected;
use super::names::{Names, is_no_weight};
use super::note::Note;
use super::tensor::{Bytes, Numbers, Tensor};

/// A file of tensors.
#[derive(Debug)]
pub struct TensorFile {
    path: PathBuf,
    bytes: Vec<u8>,
    /// By their names in the file.
    tensors: BTreeMap<String, Tensor>,
    names: Names,
}

/// A larger file is no network's weights: those of the largest network that can be trained, with what optimizers keep, have 3 GB.
const LARGEST_FILE: u64 = 1 << 32;

/// Tensors of a file may share bytes, as tied weights do, but not without end.
const MOST_OF_LENGTH: usize = 4;

impl TensorFile {
    /// Reads a file, whatever its name says that it is.
    ///
    /// # Errors
    ///
    /// When it cannot be read, holds no tensors, or those of several networks.
    pub fn read(path: &Path) -> Result<Self, WeightsError> {
        let unreadable = |error| WeightsError::Unreadable { file: path.to_owned(), error };
        let length = fs::metadata(path).map_err(unreadable)?.len();
        if length > LARGEST_FILE {
            return Err(WeightsError::TooLarge { file: path.to_owned(), length, most: LARGEST_FILE });
        }
        let bytes = fs::read(path).map_err(unreadable)?;
        let (tensors, bytes, form) = match content_of(&bytes) {
            Content::Foreign(foreign) => return Err(WeightsError::Foreign { file: path.to_owned(), foreign }),
            Content::SafeTensors => (safetensors_of(path, &bytes)?, bytes, Note::IsSafeTensors),
            Content::PyTorch => (pytorch_tensors_of(path, bytes.len())?, Vec::new(), Note::IsPyTorch),
        };
        let mut names = Names::of(path, tensors.keys().map(String::as_str))?;
        let outside = |name: &String| format!("{} {:?}", shown(name), tensors[name].shape);
        if !names.found.is_empty() && !names.outside.is_empty() {
            names.notes.push(Note::LeftOut { names: names.outside.iter().map(outside).collect() });
        }
        for (numbers, from) in [(Numbers::F16, "F16"), (Numbers::BF16, "BF16")] {
            let count = names.found.values().filter(|name| tensors[*name].numbers == numbers).count();
            if count > 0 {
                names.notes.push(Note::Widened { from, count });
            }
        }
        if !is_named_as(path, &form) {
            names.notes.insert(0, form);
        }
        Ok(Self { path: path.to_owned(), bytes, tensors, names })
    }

    /// The file as it was named.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What was done to its names and numbers, in words for the person who gave the file.
    pub fn notes(&self) -> &[Note] {
        &self.names.notes
    }

    /// Takes the classifier for no part of the network, as if the file had none.
    pub fn leave_out_classifier(&mut self) {
        self.names.found.retain(|name, _| !name.starts_with("classifier."));
    }

    /// The classes of the network whose weights these are: the rows of the classifier.
    ///
    /// # Errors
    ///
    /// When the file has no classifier.
    pub fn classes(&self) -> Result<usize, WeightsError> {
        let name = "classifier.weight";
        match self.shape(name) {
            Some(&[classes, _]) if classes > 0 => Ok(classes),
            Some(other) => {
                let allowed = "[classes, channels]".to_owned();
                let problem = WeightsProblem::Shape { name: name.to_owned(), found: other.to_vec(), allowed };
                Err(self.problems(vec![problem]))
            }
            None => {
                let nearest = self.nearest(name, &[], |_| true);
                Err(self.problems(vec![WeightsProblem::Missing { name: name.to_owned(), shape: Vec::new(), nearest }]))
            }
        }
    }

    /// The numbers of every expected weight, in the given order.
    ///
    /// # Errors
    ///
    /// Every one that is missing, left over, of another shape or type, or not finite.
    pub fn weights(&self, expected: &[Expected]) -> Result<Vec<Vec<f32>>, WeightsError> {
        let needed: BTreeMap<&str, &Expected> = expected.iter().map(|tensor| (tensor.name.as_str(), tensor)).collect();
        let without_place = |name: &str| !needed.contains_key(name);
        let (mut values, mut problems) = (Vec::new(), Vec::new());
        for Expected { name, shape } in expected {
            let read = match self.tensor(name) {
                None => {
                    let told = problems.len() < MOST_SHOWN;
                    let nearest = told.then(|| self.nearest(name, shape, without_place)).flatten();
                    Err(WeightsProblem::Missing { name: name.clone(), shape: shape.clone(), nearest })
                }
                Some(tensor) if tensor.shape != *shape => Err(WeightsProblem::Shape {
                    name: name.clone(),
                    found: tensor.shape.clone(),
                    allowed: format!("{shape:?}"),
                }),
                Some(tensor) => self.bytes(name, tensor).and_then(|bytes| tensor.numbers.finite_floats(name, &bytes)),
            };
            match read {
                Ok(floats) => values.push(floats),
                Err(problem) => problems.push(problem),
            }
        }
        for (here, name) in self.names.found.iter().filter(|(here, _)| without_place(here)) {
            let shape = self.tensors[name].shape.clone();
            let unmet = expected.iter().filter(|tensor| self.tensor(&tensor.name).is_none());
            let candidates = unmet.map(|tensor| (tensor.name.as_str(), &tensor.shape[..]));
            let told = problems.len() < MOST_SHOWN;
            let nearest = told.then(|| most_alike(here, &shape, candidates)).flatten();
            problems.push(WeightsProblem::LeftOver { name: shown(name), shape, nearest });
        }
        if problems.is_empty() { Ok(values) } else { Err(self.problems(problems)) }
    }

    /// The names here, with the shapes of their tensors.
    pub(super) fn shapes(&self) -> impl Iterator<Item = (&str, &[usize])> {
        self.names.found.iter().map(|(here, name)| (here.as_str(), &self.tensors[name].shape[..]))
    }

    /// The shape of the tensor that has this name here.
    pub(super) fn shape(&self, name: &str) -> Option<&[usize]> {
        self.tensor(name).map(|tensor| &tensor.shape[..])
    }

    /// The tensor that has this name here; those that are no weights have the name of the file.
    pub(super) fn tensor(&self, name: &str) -> Option<&Tensor> {
        let in_file = self.names.found.get(name).map(String::as_str);
        self.tensors.get(in_file.or_else(|| is_no_weight(name).then_some(name))?)
    }

    /// The bytes of a tensor.
    pub(super) fn bytes(&self, name: &str, tensor: &Tensor) -> Result<Vec<u8>, WeightsProblem> {
        match &tensor.bytes {
            Bytes::Range(range) => Ok(self.bytes[range.clone()].to_vec()),
            Bytes::PyTorch(tensor) => tensor
                .read()
                .map_err(|error| WeightsProblem::Bytes { name: shown(name), message: shown(&error.to_string()) }),
        }
    }

    pub(super) fn problems(&self, problems: Vec<WeightsProblem>) -> WeightsError {
        WeightsError::Problems { file: self.path.clone(), problems }
    }

    /// The tensor of the file that is most like one that is missing, among those of which this is true.
    fn nearest(&self, name: &str, shape: &[usize], free: impl Fn(&str) -> bool) -> Option<String> {
        let inside = self.names.found.iter().filter(|(here, _)| free(here)).map(|(_, name)| name);
        let candidates = inside.chain(&self.names.outside);
        most_alike(name, shape, candidates.map(|name| (name.as_str(), &self.tensors[name].shape[..])))
    }
}

/// The name that is most like another, with its shape; of several a tensor of the same shape.
fn most_alike<'a>(
    name: &str,
    shape: &[usize],
    candidates: impl Iterator<Item = (&'a str, &'a [usize])>,
) -> Option<String> {
    let alike = |(other, of): &(&str, &[usize])| {
        let same_shape = if *of == shape { 0.05 } else { 0.0 };
        strsim::normalized_levenshtein(name, other) + same_shape
    };
    let scored = candidates.map(|candidate| (alike(&candidate), candidate));
    let (_, (other, of)) = scored.max_by(|a, b| a.0.total_cmp(&b.0))?;
    Some(format!("{} {of:?}", shown(other)))
}

fn safetensors_of(path: &Path, bytes: &[u8]) -> Result<BTreeMap<String, Tensor>, WeightsError> {
    let refused = |message: String| WeightsError::NotSafetensors {
        file: path.to_owned(),
        message: shown(&message),
        length: bytes.len(),
    };
    let parsed = SafeTensors::deserialize(bytes).map_err(|error| refused(error.to_string()))?;
    let start = bytes.as_ptr().addr();
    let tensors = parsed.iter().map(|(name, tensor)| {
        let from = tensor.data().as_ptr().addr() - start;
        let range = from..from + tensor.data().len();
        let tensor =
            Tensor { shape: tensor.shape().to_vec(), numbers: tensor.dtype().into(), bytes: Bytes::Range(range) };
        (name.to_owned(), tensor)
    });
    Ok(tensors.collect())
}

fn pytorch_tensors_of(path: &Path, length: usize) -> Result<BTreeMap<String, Tensor>, WeightsError> {
    let refused =
        |message: String| WeightsError::NotPyTorch { file: path.to_owned(), message: shown(&message), length };
    let reader = PytorchReader::new(path).map_err(|error| refused(error.to_string()))?;
    let tensors = reader.into_tensors();
    let total = tensors.values().fold(0_usize, |sum, tensor| sum.saturating_add(tensor.byte_len()));
    if total > length.saturating_mul(MOST_OF_LENGTH) {
        return Err(refused(format!("its tensors would take {total} bytes")));
    }
    let tensors = tensors.into_iter().map(|(name, tensor)| {
        let (shape, numbers) = (tensor.shape().to_vec(), tensor.dtype().into());
        (name, Tensor { shape, numbers, bytes: Bytes::PyTorch(tensor) })
    });
    Ok(tensors.collect())
}

/// Whether a file's name says what it is; a name may say nothing.
fn is_named_as(path: &Path, form: &Note) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let is_safetensors = *form == Note::IsSafeTensors;
    match ending.as_deref() {
        Some("pth" | "pt" | "pkl" | "ckpt" | "bin" | "tar") => !is_safetensors,
        Some(_) => is_safetensors,
        None => true,
    }
}
