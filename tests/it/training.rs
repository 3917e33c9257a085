//! Runs from their start to their end, or to where they were stopped.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::support::{Folder, Ran, TINY, csv_rows, program, ran, run};

fn train(config: &Path, out: &Path, more: &[&str]) -> Ran {
    let arguments = ["train", "--config", config.to_str().unwrap(), "--out", out.to_str().unwrap()];
    run([&arguments[..], more].concat())
}

/// A table without the column that holds times.
fn without_times(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut rows = csv_rows(path);
    for row in &mut rows {
        row.remove("images_per_second");
    }
    rows
}

#[test]
fn a_run_folder_is_complete_to_the_last_step() {
    let folder = Folder::new();
    let (config, out) = (folder.write("tiny.toml", TINY), folder.path("run"));
    let trained = train(&config, &out, &[]);
    assert!(trained.succeeded().stdout.contains("validation"), "{}", trained.stdout);

    let metrics = csv_rows(&out.join("metrics.csv"));
    assert_eq!(metrics.len(), 3 * 12);
    let steps: Vec<&str> = metrics.iter().step_by(3).map(|row| row["step"].as_str()).collect();
    assert_eq!(steps, (1..=12).map(|step| step.to_string()).collect::<Vec<_>>());
    let validated: Vec<&str> = metrics
        .iter()
        .filter(|row| row["network"] == "dense" && !row["validation_loss"].is_empty())
        .map(|row| row["step"].as_str())
        .collect();
    assert_eq!(validated, ["5", "10", "12"]);
    let rates: Vec<&str> = metrics.iter().step_by(3).map(|row| row["learning_rate"].as_str()).collect();
    assert_eq!(rates[0..6], ["0.1"; 6]);
    assert_eq!(rates[6..9], ["0.01"; 3]);

    let gradients = csv_rows(&out.join("gradients.csv"));
    let layers = 1 + 2 + 1 + 1 + 1; // stem, two layers, transition, layer, classifier
    assert_eq!(gradients.len(), 12 * 3 * layers);
    for row in &gradients {
        for column in ["weight_grad_norm", "weight_norm", "activation_grad_norm"] {
            assert!(row[column].parse::<f64>().unwrap() > 0.0, "{row:?}");
        }
    }

    let read_at = [1, 4, 8, 12];
    let edges = csv_rows(&out.join("edges.csv"));
    let dense_edges = (1 + 2 + 3) + (1 + 2);
    assert_eq!(edges.len(), read_at.len() * (dense_edges + 2 * 3 + 2 * 3));
    assert!(
        edges.iter().all(|row| row["network"] != "plain" || row["source"] != "identity" || row["grad_norm"] == "0.0")
    );
    let reuse = csv_rows(&out.join("reuse.csv"));
    assert_eq!(reuse.len(), read_at.len() * dense_edges);

    let written = fs::read_to_string(out.join("run.toml")).unwrap();
    assert!(written.starts_with(&format!("# A run of densescope {}.", env!("CARGO_PKG_VERSION"))), "{written}");
    for kind in ["dense", "residual", "plain"] {
        assert!(out.join(format!("weights/{kind}.safetensors")).is_file());
    }
    assert_eq!(partial_files(&out), Vec::<String>::new());
}

fn partial_files(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    names.filter(|name| name.contains("partial")).collect()
}

#[test]
fn a_run_repeats_bit_for_bit_from_its_own_configuration_on_any_number_of_threads() {
    let folder = Folder::new();
    let config = folder.write("tiny.toml", TINY.replace("[training]", "dropout = 20\n[training]"));
    for backend in ["flex", "ndarray"] {
        let first = folder.path(&format!("{backend}-first"));
        train(&config, &first, &["--backend", backend, "--threads", "1"]).succeeded();
        for threads in ["2", "3"] {
            let again = folder.path(&format!("{backend}-{threads}"));
            train(&first.join("run.toml"), &again, &["--threads", threads]).succeeded();
            for table in ["gradients.csv", "edges.csv", "reuse.csv", "run.toml", "weights/dense.safetensors"] {
                assert_eq!(
                    fs::read(first.join(table)).unwrap(),
                    fs::read(again.join(table)).unwrap(),
                    "{backend} {table}"
                );
            }
            let metrics = |out: &Path| without_times(&out.join("metrics.csv"));
            assert_eq!(metrics(&first), metrics(&again), "{backend} with {threads} threads");
        }
    }
}

#[test]
fn both_backends_learn_the_same() {
    let folder = Folder::new();
    let config = folder.write("tiny.toml", TINY);
    let losses = |backend: &str| -> Vec<f64> {
        let out = folder.path(backend);
        train(&config, &out, &["--backend", backend]).succeeded();
        csv_rows(&out.join("metrics.csv")).iter().map(|row| row["train_loss"].parse().unwrap()).collect()
    };
    for (step, (flex, ndarray)) in losses("flex").into_iter().zip(losses("ndarray")).enumerate() {
        assert!((flex - ndarray).abs() < 1e-2 * (1.0 + ndarray), "row {step}: {flex} and {ndarray}");
    }
}

#[test]
fn every_network_sees_the_same_batches_and_another_seed_other_ones() {
    let folder = Folder::new();
    let config = folder.write("tiny.toml", TINY);
    let alone = folder.path("alone");
    train(&config, &alone, &["--networks", "residual"]).succeeded();
    let together = folder.path("together");
    train(&config, &together, &[]).succeeded();
    let residual: Vec<_> =
        without_times(&together.join("metrics.csv")).into_iter().filter(|row| row["network"] == "residual").collect();
    assert_eq!(without_times(&alone.join("metrics.csv")), residual);

    let other = folder.path("other");
    train(&config, &other, &["--networks", "residual", "--seed", "4"]).succeeded();
    assert_ne!(without_times(&other.join("metrics.csv")), residual);
}

#[test]
fn a_folder_of_files_gives_the_same_run_as_the_same_images_built_in() {
    let folder = Folder::new();
    let config = folder.write("tiny.toml", TINY);
    let (built_in, from_folder) = (folder.path("built-in"), folder.path("from-folder"));
    // All of them: fewer of a folder are drawn by the seed.
    let all = ["--set", "data.train=5000", "--set", "data.validation=1000"];
    train(&config, &built_in, &all).succeeded();
    let images = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fashion-mnist");
    train(&config, &from_folder, &[&["--data", images], &all[..]].concat()).succeeded();
    let metrics = |out: &Path| without_times(&out.join("metrics.csv"));
    assert_eq!(metrics(&built_in), metrics(&from_folder));
}

#[test]
fn every_optimizer_and_schedule_learns() {
    let folder = Folder::new();
    for (name, settings) in [
        ("adam", "optimizer = \"adam\"\nlearning_rate = 0.01"),
        ("cosine", "schedule = \"cosine\""),
        ("constant", "schedule = \"constant\"\nmomentum = 0.0\nweight_decay = 0.0"),
    ] {
        let longer = TINY.replace("evaluate_every = 5", "evaluate_every = 300");
        let longer = longer.replace("steps = 12", &format!("steps = 300\n{settings}"));
        let config = folder.write("config.toml", longer);
        let out = folder.path(name);
        train(&config, &out, &["--networks", "dense"]).succeeded();
        let losses: Vec<f64> =
            csv_rows(&out.join("metrics.csv")).iter().map(|row| row["train_loss"].parse().unwrap()).collect();
        let mean = |losses: &[f64]| losses.iter().sum::<f64>() / losses.len() as f64;
        let (first, last) = (mean(&losses[..16]), mean(&losses[284..]));
        assert!(last < 0.85 * first, "{name}: from {first} to {last}");
    }
}

#[test]
fn saved_weights_go_back_in_through_probe() {
    let folder = Folder::new();
    let (config, out) = (folder.write("tiny.toml", TINY), folder.path("run"));
    train(&config, &out, &["--networks", "dense"]).succeeded();
    let weights = out.join("weights/dense.safetensors");
    let bytes = fs::read(&weights).unwrap();
    let tensors = safetensors::SafeTensors::deserialize(&bytes).unwrap();
    let tracked = tensors.tensor("features.norm5.num_batches_tracked").unwrap();
    assert_eq!(tracked.data(), 12_i64.to_le_bytes());

    let images: Vec<u8> = (0..2 * 28 * 28).flat_map(|pixel| ((pixel % 17) as f32 / 17.0).to_le_bytes()).collect();
    let labels: Vec<u8> = [3_i64, 7].iter().flat_map(|label| label.to_le_bytes()).collect();
    let view =
        |dtype, shape: &[usize], data| safetensors::tensor::TensorView::new(dtype, shape.to_vec(), data).unwrap();
    let batch = safetensors::serialize(
        [
            ("batch.images", view(safetensors::Dtype::F32, &[2, 1, 28, 28], &images)),
            ("batch.labels", view(safetensors::Dtype::I64, &[2], &labels)),
        ],
        None,
    )
    .unwrap();
    let batch = folder.write("batch.safetensors", batch);
    let probe = run([
        "probe",
        "--config",
        config.to_str().unwrap(),
        "--network",
        "dense",
        "--weights",
        weights.to_str().unwrap(),
        "--batch",
        batch.to_str().unwrap(),
    ]);
    let report: serde_json::Value = serde_json::from_str(&probe.succeeded().stdout).unwrap();
    assert_eq!(report["logits"].as_array().unwrap().len(), 2);
    assert!(report.get("sgd_losses").is_none());
}

#[test]
fn divergence_names_network_and_step_and_keeps_what_was_reached() {
    let folder = Folder::new();
    let config = folder.write("wild.toml", TINY.replace("steps = 12", "steps = 200\nlearning_rate = 1000.0"));
    let out = folder.path("run");
    let ran = train(&config, &out, &[]);
    ran.refused(
        1,
        &["the dense network diverged at step", "the residual network diverged", "the plain network diverged"],
    );
    for network in ["dense", "residual", "plain"] {
        let steps = csv_rows(&out.join("metrics.csv")).iter().filter(|row| row["network"] == network).count();
        assert!((1..200).contains(&steps), "{network}: {steps}");
        assert!(ran.stderr.contains(&format!("the {network} network diverged at step {steps}:")), "{}", ran.stderr);
        assert!(out.join(format!("weights/{network}.safetensors")).is_file());
    }
}

#[cfg(unix)]
fn signal(child: &std::process::Child, name: &str) {
    let id = child.id().to_string();
    let sent = std::process::Command::new("kill").args([name, &id]).status().expect("kill is there");
    assert!(sent.success());
}

/// Waits until a run has written some steps.
#[cfg(unix)]
fn wait_for_steps(out: &Path) {
    let start = Instant::now();
    while fs::read_to_string(out.join("metrics.csv.partial")).map_or(0, |text| text.lines().count()) < 8 {
        assert!(start.elapsed() < Duration::from_mins(1), "no step within a minute");
        sleep(Duration::from_millis(20));
    }
}

#[cfg(unix)]
fn start_long_run(folder: &Folder, out: &Path) -> std::process::Child {
    let config = folder.write("long.toml", TINY.replace("steps = 12", "steps = 1000000"));
    let arguments = ["train", "--config", config.to_str().unwrap(), "--out", out.to_str().unwrap()];
    program().args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts")
}

#[cfg(unix)]
#[test]
fn ctrl_c_keeps_all_that_was_reached_and_exits_with_130() {
    let folder = Folder::new();
    let out = folder.path("run");
    let child = start_long_run(&folder, &out);
    wait_for_steps(&out);
    signal(&child, "-INT");
    let ran = ran(child.wait_with_output().unwrap());
    assert_eq!(ran.code, Some(130), "{}", ran.stderr);
    assert!(ran.stdout.contains("dense (stopped)"), "{}", ran.stdout);
    let metrics = csv_rows(&out.join("metrics.csv"));
    let gradients = csv_rows(&out.join("gradients.csv"));
    assert!(metrics.len() >= 8);
    assert_eq!(gradients.len(), 6 * metrics.len());
    assert!(out.join("weights/dense.safetensors").is_file());
    assert_eq!(partial_files(&out), Vec::<String>::new());
}

#[cfg(unix)]
#[test]
fn a_killed_run_leaves_no_half_written_file_under_a_final_name() {
    let folder = Folder::new();
    let out = folder.path("run");
    let mut child = start_long_run(&folder, &out);
    wait_for_steps(&out);
    signal(&child, "-KILL");
    child.wait().unwrap();
    let mut names: Vec<String> =
        fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    let partial = [
        "checkpoint",
        "edges.csv.partial",
        "gradients.csv.partial",
        "metrics.csv.partial",
        "networks.json",
        "reuse.csv.partial",
        "run.toml",
    ];
    assert_eq!(names, partial);

    let config = folder.write("tiny.toml", TINY);
    train(&config, &out, &[]).refused(1, &["is not empty", "--force"]);
    train(&config, &out, &["--force"]).succeeded();
    assert_eq!(partial_files(&out), Vec::<String>::new());
}

#[cfg(target_os = "linux")] // which tells a process's memory
#[test]
fn memory_stays_the_same_after_the_first_epoch() {
    let folder = Folder::new();
    let out = folder.path("run");
    let config = folder.write("long.toml", TINY.replace("steps = 12", "steps = 100000"));
    let arguments = ["train", "--config", config.to_str().unwrap(), "--out", out.to_str().unwrap()];
    let mut child =
        program().args(arguments).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the program starts");
    let resident = |step: usize| {
        let start = Instant::now();
        while fs::metadata(out.join("metrics.csv.partial")).map_or(0, |file| file.len()) < step as u64 * 3 * 60 {
            assert!(start.elapsed() < Duration::from_mins(2), "no step {step} within two minutes");
            sleep(Duration::from_millis(20));
        }
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).expect("the run goes on");
        let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() // kB
    };
    let (early, late) = (resident(100), resident(600));
    child.kill().unwrap();
    let mut errors = String::new();
    child.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
    child.wait().unwrap();
    assert!(late < early + early / 10 + 4096, "{early} kB after some epochs, {late} kB much later; {errors}");
}

#[test]
fn the_default_run_learns() {
    let folder = Folder::new();
    let out = folder.path("run");
    run(["train", "--steps", "1000", "--out", out.to_str().unwrap()]).succeeded();
    let metrics = csv_rows(&out.join("metrics.csv"));
    for (network, least) in [("dense", 0.85), ("residual", 0.82)] {
        let last = metrics.iter().rfind(|row| row["network"] == network).unwrap();
        assert_eq!(last["step"], "1000");
        let accuracy: f64 = last["validation_accuracy"].parse().unwrap();
        assert!(accuracy >= least, "{network}: {accuracy}");
    }
}
