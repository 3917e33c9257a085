//! What a person should know about images before anything is learnt from them.

use super::image::Split;

/// Something to know about images that are used as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// Labels that do not begin at 0.
    LabelsMoved {
        /// The smallest label in the files.
        first: usize,
    },
    /// EMNIST's files hold their pictures on their side.
    TurnedUpright,
    /// Pictures of several sizes, or of another one.
    Fitted {
        /// The side they were brought to, in pixels.
        size: usize,
    },
    /// No folder says which pictures validate.
    FifthValidates,
    /// A warning: nothing is learnt by telling one class from itself.
    OneClass {
        /// Its name.
        name: String,
    },
    /// A warning: the validation says nothing about these classes.
    NotValidated {
        /// Their names.
        names: Vec<String>,
    },
}

impl Note {
    /// Whether results are likely to mislead.
    pub const fn is_warning(&self) -> bool {
        match self {
            Self::OneClass { .. } | Self::NotValidated { .. } => true,
            Self::LabelsMoved { .. } | Self::TurnedUpright | Self::Fitted { .. } | Self::FifthValidates => false,
        }
    }
}

/// What the labels in use give reason to warn of.
pub(super) fn warnings(class_names: &[String], train: &Split, validation: &Split) -> Vec<Note> {
    let seen = |split: &Split| {
        let mut seen = vec![false; class_names.len()];
        for index in 0..split.len() {
            seen[split.label(index)] = true;
        }
        seen
    };
    let (learnt, validated) = (seen(train), seen(validation));
    let mut trained = class_names.iter().zip(&learnt).filter(|(_, seen)| **seen).map(|(name, _)| name);
    let mut notes = Vec::new();
    if let (Some(name), None) = (trained.next(), trained.next()) {
        notes.push(Note::OneClass { name: name.clone() });
    }
    let lacking = class_names.iter().zip(learnt.iter().zip(&validated));
    let names: Vec<String> =
        lacking.filter(|(_, (learnt, validated))| **learnt && !**validated).map(|(name, _)| name.clone()).collect();
    if !names.is_empty() {
        notes.push(Note::NotValidated { names });
    }
    notes
}
