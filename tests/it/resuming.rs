//! Runs that were interrupted, killed or extended, against the same run left alone.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::thread::sleep;
use std::time::{Duration, Instant};

use densescope::data::load;
use densescope::export::{ExportError, OutputFolder, RunFolder};
use densescope::training::{Control, Ending, RunEvent, Threads, run as run_here};

use crate::support::{Folder, Ran, TINY, plan, program, ran, run};

const TABLES: [&str; 3] = ["gradients.csv", "edges.csv", "reuse.csv"];

fn train(config: &Path, out: &Path) -> Ran {
    run(["train", "--config", config.to_str().unwrap(), "--out", out.to_str().unwrap(), "--threads", "1"])
}

fn resume(out: &Path, more: &[&str]) -> Ran {
    run([&["train", "--resume", out.to_str().unwrap(), "--threads", "1"], more].concat())
}

/// The metrics without the column of times.
fn metrics(out: &Path) -> String {
    let text = fs::read_to_string(out.join("metrics.csv")).unwrap();
    text.lines().map(|line| line.rsplit_once(',').unwrap().0.to_owned() + "\n").collect()
}

/// What a run leaves that does not tell the time: its tables and its weights.
#[track_caller]
fn assert_same(out: &Path, whole: &Path) {
    assert_eq!(metrics(out), metrics(whole));
    for table in TABLES {
        assert_eq!(
            fs::read_to_string(out.join(table)).unwrap(),
            fs::read_to_string(whole.join(table)).unwrap(),
            "{table}"
        );
    }
    for kind in ["dense", "residual", "plain"] {
        let file = format!("weights/{kind}.safetensors");
        assert!(fs::read(out.join(&file)).unwrap() == fs::read(whole.join(&file)).unwrap(), "{file}");
    }
}

/// Every file of a folder and of those in it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

/// Asserts that whatever has a final name is whole.
#[track_caller]
fn assert_whole(out: &Path) {
    for file in files(out) {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = fs::read(&file).unwrap();
        match file.extension().and_then(|ending| ending.to_str()).unwrap_or_default() {
            "safetensors" => {
                drop(safetensors::SafeTensors::deserialize(&bytes).unwrap_or_else(|e| panic!("{name}: {e}")));
            }
            "csv" => assert_eq!(bytes.last(), Some(&b'\n'), "{name} is cut"),
            "json" => {
                drop(serde_json::from_slice::<serde_json::Value>(&bytes).unwrap_or_else(|e| panic!("{name}: {e}")));
            }
            "toml" => drop(densescope::config::LoadedConfig::read(&file).unwrap_or_else(|e| panic!("{e}"))),
            "svg" | "html" => assert!(bytes.trim_ascii_end().ends_with(b">"), "{name} is cut"),
            _ => {}
        }
    }
}

fn kill(child: &mut std::process::Child) {
    child.kill().unwrap();
    child.wait().unwrap();
}

/// Writes a run folder as `train` does, up to a step, after which the run is asked to end as by Ctrl-C.
fn interrupted_at(step: usize, config: &str, out: &Path) {
    let plan = plan(config);
    let data = &plan.config.data;
    let images = Arc::new(load(data, data.train, data.validation, plan.config.seed).unwrap());
    let mut folder =
        RunFolder::create(&OutputFolder::check(out, false).unwrap(), &plan.config, &plan.networks).unwrap();
    let (control, threads) = (Control::new(), Threads::new(2).unwrap());
    let results = run_here(&plan, &images, &threads, &control, |event| -> Result<(), ExportError> {
        match event {
            RunEvent::Step(kind, record) => {
                if record.step == step {
                    control.request_end();
                }
                folder.record(kind, &record)
            }
            RunEvent::Checkpoint(checkpoint) => folder.checkpoint(checkpoint),
            RunEvent::Ended(_, ending) => {
                assert_eq!(ending, Ending::Stopped);
                Ok(())
            }
            RunEvent::Paused(_) | RunEvent::Glance(..) | RunEvent::Predictions(..) => Ok(()),
        }
    });
    assert!(results.is_ok());
    folder.finish(&[]).unwrap();
}

#[test]
fn a_run_that_was_interrupted_goes_on_as_the_run_left_alone_for_every_optimizer_and_backend() {
    let folder = Folder::new();
    for (name, settings) in [
        ("sgd", "backend = \"flex\""),
        ("adam", "optimizer = \"adam\"\nlearning_rate = 0.01\nschedule = \"cosine\""),
        ("sgd-ndarray", "backend = \"ndarray\""),
        ("adam-ndarray", "backend = \"ndarray\"\noptimizer = \"adam\"\nlearning_rate = 0.01"),
    ] {
        let settings = TINY.replace("steps = 12", &format!("steps = 12\n{settings}"));
        let mut settings = settings.replace("[training]", "dropout = 20\n[training]");
        if name.ends_with("ndarray") {
            settings = settings
                .replace("train = 64\nvalidation = 50", "train = 12\nvalidation = 4")
                .replace("batch = 8", "batch = 2");
        }
        let config = folder.write("config.toml", &settings);
        let (whole, cut) = (folder.path(&format!("{name}-whole")), folder.path(&format!("{name}-cut")));
        train(&config, &whole).succeeded();
        interrupted_at(5, &settings, &cut); // networks may be two steps further
        let made = fs::read_to_string(cut.join("metrics.csv")).unwrap().lines().count() / 3;
        assert!((5..=8).contains(&made), "{made}");
        let words = resume(&cut, &[]).succeeded().stderr.clone();
        assert!(words.contains(&format!("the run goes on after step {made} of 12")), "{words}");
        assert_same(&cut, &whole);
        assert_eq!(fs::read(cut.join("run.toml")).unwrap(), fs::read(whole.join("run.toml")).unwrap());
        assert_whole(&cut);
    }
}

#[test]
fn a_run_that_has_ended_goes_on_to_more_steps_and_says_what_its_schedule_does() {
    let folder = Folder::new();
    let settings =
        TINY.replace("steps = 12", "steps = 5\nschedule = \"constant\"").replace("probe_every = 4", "probe_every = 5");
    let longer = folder.write("longer.toml", settings.replace("steps = 5", "steps = 12"));
    let (whole, more) = (folder.path("whole"), folder.path("more"));
    train(&longer, &whole).succeeded();
    train(&folder.write("config.toml", &settings), &more).succeeded();
    resume(&more, &["--steps", "4"]).refused(2, &["after step 5", "allowed: at most 4"]);
    let words = resume(&more, &["--steps", "12"]).succeeded().stderr.clone();
    assert!(words.contains("stays 0.100 to the end, step 12"), "{words}");
    assert_same(&more, &whole);
    let noted = fs::read_to_string(more.join("run.toml")).unwrap();
    assert!(noted.contains("# Up to step 5 its learning rate") && noted.contains("steps = 12"), "{noted}");
    assert!(resume(&more, &[]).succeeded().stderr.contains("all 12 steps are made"));
    assert_same(&more, &whole);

    let stepped = folder.path("stepped");
    let config = folder.write("config.toml", TINY.replace("steps = 12", "steps = 4"));
    train(&config, &stepped).succeeded();
    let words = resume(&stepped, &["--steps", "8"]).succeeded().stderr.clone();
    assert!(words.contains("0.0100 from step 5 on, where it was 0.00100, and 0.00100 at the end"), "{words}");
}

#[test]
fn a_network_that_diverged_stays_where_it_ended_while_others_go_on() {
    let folder = Folder::new();
    let wild = TINY.replace("steps = 12", "steps = 40\nlearning_rate = 1000.0\nschedule = \"constant\"");
    let config = folder.write("wild.toml", &wild);
    let out = folder.path("run");
    train(&config, &out).refused(1, &["diverged"]);
    let before = (metrics(&out), fs::read(out.join("weights/dense.safetensors")).unwrap());
    resume(&out, &["--steps", "50"]).refused(1, &["the dense network diverged at step"]);
    assert_eq!((metrics(&out), fs::read(out.join("weights/dense.safetensors")).unwrap()), before);
}

#[test]
fn a_damaged_checkpoint_or_table_is_refused_in_words_and_nothing_is_lost() {
    let folder = Folder::new();
    let config = folder.write("config.toml", TINY);
    let out = folder.path("run");
    train(&config, &out).succeeded();
    let newest = out.join("checkpoint/newest.safetensors");
    let good = fs::read(&newest).unwrap();
    let untouched = |what: &str| {
        for table in ["metrics.csv", "gradients.csv", "edges.csv", "reuse.csv", "weights/dense.safetensors"] {
            assert!(out.join(table).is_file(), "{table} is gone after {what}");
        }
    };
    let mut random = 7_u64;
    for number in 0..12 {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let place = usize::try_from(random >> 33).unwrap() % good.len();
        let mut bad = good.clone();
        if number % 3 == 0 {
            bad.truncate(place);
        } else {
            bad[place] ^= 1 << (number % 8);
        }
        fs::write(&newest, &bad).unwrap();
        resume(&out, &["--steps", "14"]).refused(1, &["newest.safetensors", "found", "allowed"]);
        untouched("a damaged checkpoint");
    }
    fs::write(&newest, &good).unwrap();
    let table = fs::read(out.join("gradients.csv")).unwrap();
    fs::write(out.join("gradients.csv"), &table[..table.len() - 20]).unwrap();
    resume(&out, &[]).refused(1, &["gradients.csv", "was changed since its checkpoint", "allowed"]);
    untouched("a shorter table");
    fs::write(out.join("gradients.csv"), &table).unwrap();
    fs::write(
        out.join("run.toml"),
        fs::read_to_string(out.join("run.toml")).unwrap().replace("growth = 3", "growth = 4"),
    )
    .unwrap();
    resume(&out, &[]).refused(1, &["the dense network: found", "conv1.weight", "allowed"]);
    untouched("another configuration");

    fs::remove_file(&newest).unwrap();
    resume(&out, &[]).refused(1, &["left no checkpoint"]);
    resume(&folder.path("nothing"), &[]).refused(1, &["there is nothing of that name"]);
    run(["train", "--resume", out.to_str().unwrap(), "--seed", "4"]).refused(2, &["--seed"]);
    run(["train"]).refused(2, &["--out"]);
}

#[test]
fn a_run_is_written_by_one_process_at_a_time() {
    let folder = Folder::new();
    let config = folder.write("config.toml", TINY.replace("steps = 12", "steps = 1000000"));
    let (config, out) = (config.to_str().unwrap(), folder.path("run"));
    let arguments = ["train", "--config", config, "--out", out.to_str().unwrap()];
    let mut child = program().args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let start = Instant::now();
    while fs::metadata(out.join("metrics.csv.partial")).map_or(0, |file| file.len()) < 1000 {
        assert!(start.elapsed() < Duration::from_mins(1), "no step within a minute");
        sleep(Duration::from_millis(10));
    }
    run([&arguments[..], &["--force"]].concat()).refused(1, &["is being written by another process"]);
    assert!(fs::metadata(out.join("metrics.csv.partial")).unwrap().len() >= 1000);
    kill(&mut child);
}

/// A disk that is full is a table that takes no more.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_ends_the_run_with_what_it_had_and_room_lets_it_go_on() {
    let folder = Folder::new();
    let config = folder.write("config.toml", TINY.replace("steps = 12", "steps = 200\ncheckpoint_every = 10"));
    let (whole, full) = (folder.path("whole"), folder.path("full"));
    train(&config, &whole).succeeded();
    let arguments = format!(
        "ulimit -f 200; trap '' XFSZ; exec {} train --threads 1 --config {} --out {}",
        env!("CARGO_BIN_EXE_densescope"),
        config.display(),
        full.display()
    );
    let output = std::process::Command::new("bash").args(["-c", &arguments]).output().unwrap();
    ran(output).refused(1, &["cannot write", "what was reached before is kept"]);
    assert_whole(&full);
    assert!(full.join("checkpoint/newest.safetensors").is_file() && full.join("gradients.csv").is_file());
    resume(&full, &[]).succeeded();
    assert_same(&full, &whole);
}

#[test]
fn twenty_kills_at_any_moment_change_no_number_and_leave_no_half_file_under_a_final_name() {
    let folder = Folder::new();
    let settings = TINY.replace("steps = 12", "steps = 240\ncheckpoint_every = 7");
    let config = folder.write("config.toml", settings.replace("[training]", "dropout = 10\n[training]"));
    let (whole, killed) = (folder.path("whole"), folder.path("killed"));
    let start = Instant::now();
    train(&config, &whole).succeeded();
    let took = start.elapsed();

    let start = |resumes: bool| {
        let (config, out) = (config.to_str().unwrap(), killed.to_str().unwrap());
        let arguments = if resumes { vec!["--resume", out] } else { vec!["--config", config, "--out", out, "--force"] };
        let mut command = program();
        command.args(["train", "--threads", "1"]).args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().unwrap()
    };
    let mut random = 0x2545_F491_4F6C_DD1D_u64;
    let mut child = start(false);
    for _ in 0..20 {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // Loading the program takes its own time, so the steps between two kills are few, and now and then none.
        let share = f64::from((random >> 40) as u32 % 1000) / 1000.0;
        sleep(took.mul_f64(0.01 + 0.08 * share));
        kill(&mut child);
        if killed.join("run.toml").is_file() {
            assert_whole(&killed);
        }
        child = start(killed.join("run.toml").is_file());
    }
    child.wait().unwrap();
    resume(&killed, &[]).succeeded();
    assert_same(&killed, &whole);
    let left: Vec<_> = files(&killed).into_iter().filter(|file| file.to_string_lossy().contains("partial")).collect();
    assert_eq!(left, Vec::<PathBuf>::new());
}
