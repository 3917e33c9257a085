//! Whether a run fits into the memory of this machine, before it is begun.

use crate::config::Plan;

/// A run that would not fit.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error(
    "training needs about {} for batches of {batch} images, but only {} of memory are available; \
     allowed is what fits: a smaller batch (training.batch), fewer networks (training.networks), fewer layers \
     (network.blocks) or a smaller growth (network.growth)",
    words(*.needed),
    words(*.available)
)]
pub struct NotEnoughMemory {
    /// Bytes that it is estimated to need.
    pub needed: u64,
    /// Bytes that the system can give.
    pub available: u64,
    /// Images in a batch.
    pub batch: usize,
}

/// Bytes in words.
fn words(bytes: u64) -> String {
    format!("{:.1} GB", bytes as f64 / 1e9)
}

/// Refuses a plan that needs more memory than there is, where the system tells.
///
/// # Errors
///
/// When it needs more.
pub fn check_memory(plan: &Plan) -> Result<(), NotEnoughMemory> {
    match (memory_needed(plan), available_memory()) {
        (needed, Some(available)) if needed > available => {
            Err(NotEnoughMemory { needed, available, batch: plan.config.training.batch })
        }
        _ => Ok(()),
    }
}

/// Bytes that training a plan takes at its peak, estimated.
pub fn memory_needed(plan: &Plan) -> u64 {
    let batch = plan.config.training.batch as u64;
    plan.networks
        .iter()
        .map(|network| 16 * network.parameters() + 12 * batch * network.activation_memory().shared)
        .sum()
}

/// Bytes that the system can give without swapping; nothing where it does not tell, which is anywhere but on Linux.
pub fn available_memory() -> Option<u64> {
    let table = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = table.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}
