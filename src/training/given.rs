//! Weights of a file with which one of a run's networks begins (`training.from`).

use std::collections::BTreeMap;
use std::path::Path;

use crate::arch::{Architecture, NetworkKind};
use crate::config::Plan;
use crate::model::weights::{Note, TensorFile, WeightsError, expected};

/// Weights of a file that a network of a run begins with.
pub(super) struct Given {
    /// Values by name; a classifier that begins anew is not among them.
    pub(super) weights: BTreeMap<String, Vec<f32>>,
    notes: Vec<Note>,
}

impl Given {
    /// Reads the weights for a network; nothing if the file has those of another kind.
    ///
    /// The classifier begins anew if the file's tells another number of classes apart, or is not there.
    pub(super) fn of(file: &Path, network: &Architecture) -> Result<Option<Self>, WeightsError> {
        let mut file = TensorFile::read(file)?;
        if file.kind()? != network.kind {
            return Ok(None);
        }
        let mut expected = expected(network);
        let mut notes = file.notes().to_vec();
        let (found, classes) = (file.classes().ok(), network.input.classes);
        if found != Some(classes) {
            file.leave_out_classifier();
            expected.retain(|tensor| !tensor.name.starts_with("classifier."));
            notes.push(Note::NewClassifier { found, classes });
        }
        let values = file.weights(&expected)?;
        let weights = expected.into_iter().map(|tensor| tensor.name).zip(values).collect();
        Ok(Some(Self { weights, notes }))
    }
}

/// Reads what the plan's run is to begin with, and says what was done to it; nothing if it begins with new weights.
///
/// # Errors
///
/// When the file gives no weights for any of the plan's networks.
pub fn check_given(plan: &Plan) -> Result<Vec<Note>, WeightsError> {
    let Some(file) = &plan.config.training.from else { return Ok(Vec::new()) };
    let kinds: Vec<NetworkKind> = plan.networks.iter().map(|network| network.kind).collect();
    for network in &plan.networks {
        if let Some(Given { weights: _, mut notes }) = Given::of(file, network)? {
            if kinds.len() > 1 {
                notes.push(Note::OthersFresh { kind: network.kind.name() });
            }
            return Ok(notes);
        }
    }
    let kind = TensorFile::read(file)?.kind()?.name();
    let allowed = kinds.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(", ");
    Err(WeightsError::OtherKind { file: file.clone(), kind, allowed })
}
