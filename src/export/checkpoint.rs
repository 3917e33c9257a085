//! The checkpoints of a run folder: what a run needs to go on as if it had never stopped, and its weights at earlier moments.
//!
//! `checkpoint/newest.safetensors` holds every network at the same step: its tensors as `KIND.weights.NAME` and, of the optimizer,
//! `KIND.velocity.NAME` (or `first_moment` and `second_moment`); in its metadata how many bytes the tables had then, and a checksum. It is replaced as a whole.
//! `checkpoint/STEP/KIND.safetensors` are the weights alone, in the form of `weights/`.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use safetensors::tensor::{Dtype, SafeTensors, TensorView};
use serde::{Deserialize, Serialize};

use super::error::ExportError;
use super::form::TABLES;
use super::whole::{self, make_folder, write_whole};
use crate::arch::NetworkKind;
use crate::model::weights::{NamedTensor, tensors_to_safetensors};
use crate::telemetry::Divergence;
use crate::training::Checkpoint;

const FOLDER: &str = "checkpoint";
const NEWEST: &str = "newest.safetensors";
/// The key of the metadata, and the version of what stands there.
const DESCRIPTION: &str = "densescope.checkpoint";
const VERSION: u32 = 1;
/// Bytes that the weights of all moments may take together.
const MOST_BYTES: u64 = 32 << 20;

/// A checkpoint of a whole run.
#[derive(Clone, Debug, PartialEq)]
pub struct SavedCheckpoint {
    /// Each network, all after the same step but for those that diverged before.
    pub networks: Vec<Checkpoint>,
    /// Bytes that each table had then.
    pub(super) lengths: [u64; 4],
}

/// Why a checkpoint cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum CheckpointError {
    /// The system refused.
    #[error("cannot read {}: {error}", file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// It is damaged, or of another program.
    #[error("{} is no checkpoint: found {found}; allowed: {allowed}", file.display())]
    Damaged {
        /// The file.
        file: PathBuf,
        /// What was found.
        found: String,
        /// What is allowed.
        allowed: String,
    },
}

/// What is said of the run beside its tensors.
#[derive(Serialize, Deserialize)]
struct Description {
    version: u32,
    /// Bytes of each table.
    tables: BTreeMap<String, u64>,
    networks: BTreeMap<String, Of>,
    checksum: String,
}

/// What is said of a network. Numbers are written as text, which may be `inf` or `NaN`.
#[derive(Serialize, Deserialize)]
struct Of {
    step: usize,
    updates: u32,
    limit: Option<String>,
    diverged_with_loss: Option<String>,
}

/// Writes the newest checkpoint. What was there before stays until it is there whole.
pub(super) fn write(folder: &Path, checkpoints: &[Checkpoint], lengths: [u64; 4]) -> Result<(), ExportError> {
    let mut tensors = Vec::new();
    let mut networks = BTreeMap::new();
    for Checkpoint { network, step, updates, limit, divergence, weights, optimizer } in checkpoints {
        let diverged_with_loss = divergence.map(|divergence| divergence.loss.to_string());
        let of = Of { step: *step, updates: *updates, limit: limit.map(|limit| limit.to_string()), diverged_with_loss };
        networks.insert(network.to_string(), of);
        tensors.extend(weights.iter().map(|tensor| (format!("{network}.weights.{}", tensor.name), tensor)));
        tensors.extend(optimizer.iter().map(|tensor| (format!("{network}.{}", tensor.name), tensor)));
    }
    let mut tensors: Vec<(String, &[usize], Vec<u8>)> =
        tensors.into_iter().map(|(name, tensor)| (name, &tensor.shape[..], bytes_of(&tensor.values))).collect();
    tensors.sort_by(|a, b| a.0.cmp(&b.0));
    let checksum = checksum(tensors.iter().map(|(name, _, bytes)| (name.as_str(), &bytes[..])));
    let tables = TABLES.iter().zip(lengths).map(|(table, length)| ((*table).to_owned(), length)).collect();
    let description = Description { version: VERSION, tables, networks, checksum };
    let description = serde_json::to_string(&description).expect("numbers and words can be written");
    let views = tensors.iter().map(|(name, shape, bytes)| {
        let view = TensorView::new(Dtype::F32, shape.to_vec(), bytes).expect("the bytes are those of the shape");
        (name.as_str(), view)
    });
    let metadata = Some([(DESCRIPTION.to_owned(), description)].into());
    let bytes = safetensors::serialize(views, metadata).expect("every tensor has its bytes");
    let home = folder.join(FOLDER);
    make_folder(&home)?;
    write_whole(&home.join(NEWEST), &bytes)
}

fn bytes_of(values: &[f32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

/// Of names and bytes in the order of the names.
fn checksum<'a>(tensors: impl Iterator<Item = (&'a str, &'a [u8])>) -> String {
    let mut hasher = crc32fast::Hasher::new();
    for (name, bytes) in tensors {
        hasher.update(name.as_bytes());
        hasher.update(bytes);
    }
    format!("{:08x}", hasher.finalize())
}

/// Keeps the weights of a checkpoint, and as many of those before, evenly spaced, as the room for them allows.
pub(super) fn keep_moment(folder: &Path, checkpoints: &[Checkpoint], every: usize) -> Result<(), ExportError> {
    let Some(step) = checkpoints.iter().map(|checkpoint| checkpoint.step).max() else { return Ok(()) };
    let home = folder.join(FOLDER).join(step.to_string());
    make_folder(&home)?;
    let mut bytes = 0;
    for Checkpoint { network, updates, weights, .. } in checkpoints {
        let file = tensors_to_safetensors(weights, *updates);
        bytes += file.len() as u64;
        write_whole(&home.join(file_of(*network)), &file)?;
    }
    let mut apart = every;
    while (step / apart) as u64 * bytes > MOST_BYTES && apart < step {
        apart = apart.saturating_mul(2);
    }
    let too_many = moments(folder).into_iter().filter(|moment| *moment != step && !moment.is_multiple_of(apart));
    too_many.into_iter().try_for_each(|moment| remove_moment(folder, moment))
}

/// The steps at which weights were kept, in their order.
pub fn moments(folder: &Path) -> Vec<usize> {
    let entries = fs::read_dir(folder.join(FOLDER)).into_iter().flatten().flatten();
    let mut steps: Vec<usize> = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect();
    steps.sort_unstable();
    steps
}

/// The file of a network's weights at one of the [`moments`].
pub fn weights_at(folder: &Path, moment: usize, network: NetworkKind) -> PathBuf {
    folder.join(FOLDER).join(moment.to_string()).join(file_of(network))
}

fn file_of(network: NetworkKind) -> String {
    format!("{network}.safetensors")
}

fn remove_moment(folder: &Path, moment: usize) -> Result<(), ExportError> {
    let home = folder.join(FOLDER).join(moment.to_string());
    NetworkKind::ALL.iter().try_for_each(|network| remove_file(&home.join(file_of(*network))))?;
    fs::remove_dir(&home).or(Ok(())) // what others put there stays
}

/// Removes what a process left that was ended while it wrote checkpoints.
pub(super) fn remove_leftovers(folder: &Path) {
    whole::remove_leftovers(&folder.join(FOLDER));
    for moment in moments(folder) {
        whole::remove_leftovers(&folder.join(FOLDER).join(moment.to_string()));
    }
}

/// Removes what is there of checkpoints, and nothing else.
pub(super) fn remove(folder: &Path) -> Result<(), ExportError> {
    remove_file(&folder.join(FOLDER).join(NEWEST))?;
    moments(folder).into_iter().try_for_each(|moment| remove_moment(folder, moment))
}

/// Removes a file, which need not be there.
pub(super) fn remove_file(file: &Path) -> Result<(), ExportError> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(ExportError::unwritable(file)(error)),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// The newest checkpoint; nothing where none was written yet.
pub(super) fn read(folder: &Path) -> Result<Option<SavedCheckpoint>, CheckpointError> {
    let file = folder.join(FOLDER).join(NEWEST);
    match fs::read(&file) {
        Ok(bytes) => {
            parse(&bytes).map(Some).map_err(|(found, allowed)| CheckpointError::Damaged { file, found, allowed })
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(CheckpointError::Unreadable { file, error }),
    }
}

/// What is wrong with a file: what was found and what is allowed.
type Fault = (String, String);

fn parse(bytes: &[u8]) -> Result<SavedCheckpoint, Fault> {
    let whole = |error: safetensors::SafeTensorError| {
        (format!("{error} (the file has {} bytes)", bytes.len()), "a whole safetensors file".to_owned())
    };
    let (_, header) = SafeTensors::read_metadata(bytes).map_err(whole)?;
    let tensors = SafeTensors::deserialize(bytes).map_err(whole)?;
    let text = header.metadata().as_ref().and_then(|metadata| metadata.get(DESCRIPTION));
    let text =
        text.ok_or_else(|| ("other tensors".to_owned(), format!("a file with {DESCRIPTION} in its metadata")))?;
    let description: Description = serde_json::from_str(text)
        .map_err(|error| (format!("{DESCRIPTION} that cannot be read: {error}"), "what densescope wrote".to_owned()))?;
    if description.version != VERSION {
        let found = format!("version {} of {DESCRIPTION}", description.version);
        return Err((found, format!("{VERSION}; a larger one is of a newer densescope")));
    }
    let mut by_name = tensors.tensors();
    by_name.sort_by(|a, b| a.0.cmp(&b.0));
    let sum = checksum(by_name.iter().map(|(name, view)| (name.as_str(), view.data())));
    if description.checksum != sum {
        return Err((
            format!("tensors with the checksum {sum}"),
            format!("{}, as its description says", description.checksum),
        ));
    }
    let mut lengths = [0; 4];
    for (length, table) in lengths.iter_mut().zip(TABLES) {
        let missing = || (format!("no length of {table}"), "one of each table".to_owned());
        *length = *description.tables.get(table).ok_or_else(missing)?;
    }
    let mut networks = Vec::new();
    for (name, of) in description.networks {
        let mut checkpoint = checkpoint_of(&name, &of)
            .ok_or_else(|| (format!("{name} with numbers that are none"), "a network with its step".to_owned()))?;
        let of_network =
            by_name.iter().filter_map(|(full, view)| Some((full.strip_prefix(&name)?.strip_prefix('.')?, view)));
        for (name, view) in of_network {
            if view.dtype() != Dtype::F32 {
                return Err((format!("{name} of type {:?}", view.dtype()), "F32".to_owned()));
            }
            let values = view.data().as_chunks().0.iter().map(|&bytes| f32::from_le_bytes(bytes)).collect();
            let tensor = |name: &str| NamedTensor { name: name.to_owned(), shape: view.shape().to_vec(), values };
            match name.strip_prefix("weights.") {
                Some(name) => checkpoint.weights.push(tensor(name)),
                None => checkpoint.optimizer.push(tensor(name)),
            }
        }
        networks.push(checkpoint);
    }
    Ok(SavedCheckpoint { networks, lengths })
}

/// A network's checkpoint without its tensors.
fn checkpoint_of(name: &str, of: &Of) -> Option<Checkpoint> {
    let network = NetworkKind::from_name(name)?;
    let number = |text: &Option<String>| text.as_ref().map(|text| text.parse::<f64>()).transpose().ok();
    let (limit, loss) = (number(&of.limit)?, number(&of.diverged_with_loss)?);
    let divergence = loss.zip(limit).map(|(loss, limit)| Divergence { network, step: of.step, loss, limit });
    let (step, updates) = (of.step, of.updates);
    Some(Checkpoint { network, step, updates, limit, divergence, weights: Vec::new(), optimizer: Vec::new() })
}
