//! What may be typed after `--instructions`.

use crate::kernels::InstructionSet;

/// The instruction set of that name.
pub(super) fn named(text: &str) -> Result<InstructionSet, String> {
    InstructionSet::named(text).ok_or_else(|| format!("allowed: {}", names()))
}

pub(super) fn help() -> String {
    format!("Instructions that our kernels compute with: {} [default: the last that this processor has]", names())
}

fn names() -> String {
    InstructionSet::ALL.map(InstructionSet::name).join(", ")
}
