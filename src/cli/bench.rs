//! `densescope bench`

use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use serde::Serialize;

use super::arguments::{BenchArguments, SettingFlags};
use super::failure::Failure;
use super::settings::compute_threads;
use crate::arch::Architecture;
use crate::config::Plan;
use crate::data::{Batches, DataSet, describe, load};
use crate::training::{Session, Threads};

#[derive(Serialize)]
struct Report {
    batch: usize,
    threads: usize,
    backend: &'static str,
    networks: BTreeMap<&'static str, Timing>,
}

#[derive(Serialize)]
struct Timing {
    median_ms: f64,
    min_ms: f64,
    images_per_second: f64,
}

/// Steps before the first that is timed: memory is warm and caches are full.
const WARM_UP: u32 = 5;

pub(super) fn bench(arguments: &BenchArguments) -> Result<ExitCode, Failure> {
    let BenchArguments { config, steps, networks, threads } = arguments;
    let flags = SettingFlags { config: config.clone(), networks: networks.clone(), ..SettingFlags::default() };
    let loaded = flags.load()?;
    let Plan { config, networks, .. } = Plan::new(&loaded, &describe(&loaded.config.data)?)?;
    let data = Arc::new(load(&config.data, config.data.train, config.data.validation, config.seed)?);
    let (compute, threads) = compute_threads(*threads)?;
    let mut report = Report {
        batch: config.training.batch,
        threads,
        backend: config.training.backend.name(),
        networks: BTreeMap::new(),
    };
    for network in &networks {
        let millis = time_steps(network, &config, &data, &compute, *steps)?;
        let median_ms = millis[millis.len() / 2];
        let images_per_second = config.training.batch as f64 / median_ms * 1e3;
        report.networks.insert(network.kind.name(), Timing { median_ms, min_ms: millis[0], images_per_second });
    }
    let text = serde_json::to_string(&report).expect("numbers and words are JSON") + "\n";
    io::stdout().write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// Milliseconds of each step, the shortest first.
fn time_steps(
    network: &Architecture,
    config: &crate::config::RunConfig,
    data: &Arc<DataSet>,
    threads: &Threads,
    steps: u32,
) -> Result<Vec<f64>, Failure> {
    let training = &config.training;
    let mut session = Session::new(network, training, config.seed, threads);
    let mut batches = Batches::new(Arc::clone(data), training.batch, config.seed)?.augmented(config.data.augment);
    let mut millis = Vec::new();
    for step in 1..=WARM_UP + steps {
        let batch = batches.next_batch();
        let start = Instant::now();
        session.step(&batch, training.learning_rate, (step as usize).is_multiple_of(training.probe_every));
        if step > WARM_UP {
            millis.push(start.elapsed().as_secs_f64() * 1e3);
        }
    }
    millis.sort_by(f64::total_cmp);
    Ok(millis)
}
