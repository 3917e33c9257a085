//! Whether a run fits into the memory of this machine, before it is begun.
//!
//! An estimate from the architecture's own count of activations, with factors measured on real runs: it is there to refuse
//! what would end in the system's killing the program, not to fill memory to the brim.

use sysinfo::{CGroupLimits, ProcessRefreshKind, ProcessesToUpdate, System};

use super::evaluation::EVALUATION_BATCH;
use crate::arch::{ActivationMemory, Architecture, Part, Stem};
use crate::config::{Backend, Optimizer, Plan, TrainingConfig};

/// A run that would not fit.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub struct NotEnoughMemory {
    /// Bytes that it is estimated to need.
    pub needed: u64,
    /// Bytes that the system can give.
    pub available: u64,
    /// Images in a batch.
    pub batch: usize,
}

/// Refuses a plan that needs more memory than there is, where the system tells.
///
/// # Errors
///
/// When it needs more.
pub fn check_memory(plan: &Plan) -> Result<(), NotEnoughMemory> {
    match available_memory() {
        Some(available) => fits(plan, available),
        None => Ok(()),
    }
}

fn fits(plan: &Plan, available: u64) -> Result<(), NotEnoughMemory> {
    let needed = memory_needed(plan);
    if needed <= available {
        return Ok(());
    }
    Err(NotEnoughMemory { needed, available, batch: plan.config.training.batch })
}

/// Bytes that a network takes whatever its size: what its threads compute in, and what the allocator keeps.
const FOR_ANY_NETWORK: u64 = 25_000_000;

/// Bytes that training a plan takes at its peak, estimated: the images, and for each network its weights and activations.
///
/// Measured (peak resident memory less that of a run of next to nothing), with one network and two threads:
///
/// * weights with their gradients, SGD's momentum, copies on their way and the file of them: 25 to 41 bytes for
///   each parameter (a basic DenseNet of 16 million, DenseNet-121), 47 with Adam; 40 and 48 are taken;
/// * activations of a training batch with their gradients, on `flex`: 1.5 to 2.5 times the shared count (the default networks
///   at batches of 256 and 1024, DenseNet-BC-100-12 and its residual network, DenseNet-40-12); 2.5 are taken;
/// * in burn's stock operations, which `ndarray` and dropout use: 3.4 to 5.3 times the naive count; 5 are taken;
/// * a 7×7 stem, which stock operations compute: about 9 times what its convolution makes; 8 are added to the one counted;
/// * a validation batch: 0.5 to 0.7 times the shared count of its images, and on top of the training batch, since the allocator
///   gives little back; 0.7 are taken, and the naive count for stock operations.
pub fn memory_needed(plan: &Plan) -> u64 {
    let data = &plan.config.data;
    let images = (data.train + data.validation) as u64 * plan.input.image.values() as u64;
    let networks = plan.networks.iter().map(|network| of_network(network, &plan.config.training, data.validation));
    images.saturating_add(networks.fold(0, u64::saturating_add))
}

fn of_network(network: &Architecture, training: &TrainingConfig, validation: usize) -> u64 {
    let for_each_parameter = match training.optimizer {
        Optimizer::Sgd => 40,
        Optimizer::Adam => 48,
    };
    let weights = network.parameters() * for_each_parameter;
    let ActivationMemory { naive, shared } = network.activation_memory();
    let stock = match training.backend {
        Backend::Flex => network.spec.dropout_percent > 0,
        Backend::Ndarray => true,
    };
    // In tenths, to stay with integers.
    let (in_training, in_validation) = if stock { (50 * naive, 10 * naive) } else { (25 * shared, 7 * shared) };
    let in_training = in_training + 80 * stem_of_stock_operations(network);
    let validation_batch = validation.min(EVALUATION_BATCH) as u64;
    let tenths = in_training
        .saturating_mul(training.batch as u64)
        .saturating_add(in_validation.saturating_mul(validation_batch));
    let activations = (tenths / 10).saturating_mul(ActivationMemory::BYTES);
    FOR_ANY_NETWORK.saturating_add(weights).saturating_add(activations)
}

/// Numbers that the convolution of a 7×7 stem makes of an image.
fn stem_of_stock_operations(network: &Architecture) -> u64 {
    match (network.spec.stem, network.layer(Part::Stem)) {
        (Stem::SevenBySeven, Some(stem)) => {
            let made =
                |convolution: &crate::arch::Convolution| convolution.makes * convolution.height * convolution.width;
            stem.convolutions.iter().map(made).sum::<usize>() as u64
        }
        (Stem::ThreeByThree, _) | (Stem::SevenBySeven, None) => 0,
    }
}

/// Bytes that this process can be given without swapping: what the system has, and no more than its container's limit leaves.
/// Nothing where the system does not tell.
pub fn available_memory() -> Option<u64> {
    let mut system = System::new();
    system.refresh_memory();
    let limits = [of_this_process(&mut system), system.cgroup_limits()].into_iter().flatten();
    let available = limits.map(|limit| left(&limit)).fold(system.available_memory(), u64::min);
    (system.total_memory() > 0).then_some(available)
}

fn of_this_process(system: &mut System) -> Option<CGroupLimits> {
    let process = sysinfo::get_current_pid().ok()?;
    system.refresh_processes_specifics(ProcessesToUpdate::Some(&[process]), true, ProcessRefreshKind::nothing());
    system.process(process)?.cgroup_limits()
}

/// What a control group leaves: all but what its processes hold. Its cached files go when memory is asked for, so they do not count.
fn left(limits: &CGroupLimits) -> u64 {
    limits.total_memory.saturating_sub(limits.rss)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::LoadedConfig;
    use crate::data::describe;

    fn plan(change: impl FnOnce(&mut LoadedConfig)) -> Plan {
        let mut loaded = LoadedConfig::default();
        change(&mut loaded);
        let description = describe(&loaded.config.data).unwrap();
        Plan::new(&loaded, &description).unwrap()
    }

    /// Peaks of real runs of one network, in megabytes above that of a run of next to nothing.
    #[test]
    fn the_estimate_is_near_what_real_runs_took() {
        use crate::arch::NetworkKind::{Dense, Residual};
        let measured = [(Dense, 256, 402.0), (Residual, 256, 128.0), (Dense, 32, 84.0), (Residual, 32, 21.0)];
        for (kind, batch, megabytes) in measured {
            let plan = plan(|loaded| {
                loaded.config.data.validation = 1;
                loaded.config.training.networks = vec![kind];
                loaded.config.training.batch = batch;
            });
            let ratio = memory_needed(&plan) as f64 / 1e6 / megabytes;
            assert!((1.0..3.0).contains(&ratio), "{kind} with batches of {batch}: {ratio} times what was measured");
        }
    }

    #[test]
    fn the_default_run_fits_into_half_a_gigabyte_and_not_into_a_tenth() {
        let plan = plan(|_| {});
        assert_eq!(fits(&plan, 500_000_000), Ok(()));
        let message = fits(&plan, 100_000_000).unwrap_err().to_string();
        for part in ["batches of 32 images", "0.1 GB are available", "training.batch", "network.growth"] {
            assert!(message.contains(part), "{message}");
        }
    }

    #[test]
    fn a_larger_batch_dropout_and_the_second_backend_need_more() {
        let default = memory_needed(&plan(|_| {}));
        assert!(memory_needed(&plan(|loaded| loaded.config.training.batch = 64)) > default);
        assert!(memory_needed(&plan(|loaded| loaded.config.network.dropout_percent = 10)) > default);
        assert!(memory_needed(&plan(|loaded| loaded.config.training.backend = Backend::Ndarray)) > default);
        assert!(memory_needed(&plan(|loaded| loaded.config.network.stem = Stem::SevenBySeven)) > FOR_ANY_NETWORK);
    }

    #[test]
    fn some_memory_is_available_and_no_more_than_there_is() {
        let mut system = System::new();
        system.refresh_memory();
        let available = available_memory().expect("the systems that tests run on tell");
        assert!((1_000_000..=system.total_memory()).contains(&available), "{available}");
    }

    #[test]
    fn a_container_s_limit_counts_and_its_cached_files_do_not() {
        let limits = CGroupLimits { total_memory: 1 << 30, free_memory: 1 << 20, free_swap: 0, rss: 1 << 28 };
        assert_eq!(left(&limits), (1 << 30) - (1 << 28));
        assert_eq!(left(&CGroupLimits { rss: 1 << 31, ..limits }), 0);
    }
}
