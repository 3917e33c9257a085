//! Run folders in the window's state: opened, followed while another process writes them, trained on, damaged.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

use densescope::arch::NetworkKind;
use densescope::export::SavedRun;
use densescope::state::{Command, Phase, State};
use densescope::training::Ending;

use crate::state::{phase, state, until};
use crate::support::{Folder, TINY, program, run};

const SMALL: &str = "\
seed = 3
[data]
train = 32
validation = 10
[network]
blocks = [2]
k0 = 4
growth = 2
[training]
networks = [\"dense\"]
batch = 4
steps = 12
evaluate_every = 6
probe_every = 4
checkpoint_every = 5
";

fn train(folder: &Folder, config: &str) -> PathBuf {
    let (config, out) = (folder.write("config.toml", config), folder.path("run"));
    run(["train", "--config", config.to_str().unwrap(), "--out", out.to_str().unwrap()]).succeeded();
    out
}

fn opened(path: &Path) -> State {
    let mut state = state("");
    state.apply(Command::OpenRun(path.to_owned()));
    state
}

fn step(state: &State) -> usize {
    state.run.as_ref().map_or(0, densescope::state::Run::step)
}

fn words(state: &State) -> String {
    state.notices.iter().map(|notice| notice.words.clone() + "\n").collect()
}

#[test]
fn an_opened_run_has_all_that_was_recorded_and_feature_maps_of_the_moment_that_is_looked_at() {
    let folder = Folder::new();
    let out = train(&folder, &TINY.replace("steps = 12", "steps = 12\ncheckpoint_every = 5"));
    let mut state = opened(&out);
    until(&mut state, |state| phase(state) == Some(&Phase::Finished));
    let (run, saved) = (state.run.as_ref().unwrap(), SavedRun::read(&out).unwrap());
    assert_eq!(run.plan.config, saved.config);
    for (own, read) in run.history.networks().iter().zip(saved.history.networks()) {
        assert!(own.records().eq(read.records()) && own.validations().eq(read.validations()));
        assert_eq!(own.last_connections(), read.last_connections());
    }
    assert!(run.endings.iter().all(|(_, ending)| *ending == Ending::Finished) && run.endings.len() == 3);
    assert!(!state.pending(), "its settings are the draft");

    state.apply(Command::ToggleMaps);
    for (at, moment) in [(None, 12), (Some(11), 10), (Some(7), 5), (Some(2), 0), (Some(12), 12)] {
        state.apply(Command::LookAt(at));
        until(&mut state, |state| {
            let glances = &state.run.as_ref().unwrap().glances;
            glances.len() == 3 && glances.iter().all(|(_, glance)| glance.step == moment)
        });
    }
    state.apply(Command::PlayStep);
    assert!(state.motion().is_some(), "a recorded step plays");
}

#[test]
fn a_run_of_version_0_1_opens_with_its_weights_and_says_why_it_cannot_go_on() {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/runs/0.1.0");
    let mut state = opened(&fixture);
    until(&mut state, |state| phase(state) == Some(&Phase::Finished));
    assert_eq!(step(&state), 6);
    state.apply(Command::ToggleMaps);
    until(&mut state, |state| state.run.as_ref().unwrap().glances.len() == 2);
    state.apply(Command::GoOn);
    assert!(words(&state).contains("left no checkpoint"), "{}", words(&state));
    run(["export", fixture.to_str().unwrap(), "--out", Folder::new().path("charts").to_str().unwrap()]).succeeded();
}

fn start(arguments: &[&str]) -> Child {
    program().arg("train").args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

#[test]
fn a_run_is_followed_while_it_is_written_killed_resumed_and_deleted() {
    let folder = Folder::new();
    let config = folder.write("config.toml", SMALL.replace("steps = 12", "steps = 3000"));
    let out = folder.path("run");
    let mut writer = start(&["--config", config.to_str().unwrap(), "--out", out.to_str().unwrap()]);
    while fs::metadata(out.join("metrics.csv.partial")).map_or(0, |file| file.len()) < 500 {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let mut state = opened(&out);
    until(&mut state, |state| phase(state) == Some(&Phase::Followed) && step(state) > 20);
    let reached = step(&state);
    until(&mut state, |state| step(state) > reached + 20);
    state.apply(Command::RunOrPause);
    assert!(words(&state).contains("trained by another process"), "{}", words(&state));

    writer.kill().unwrap();
    writer.wait().unwrap();
    until(&mut state, |state| phase(state) == Some(&Phase::Finished));
    assert_eq!(state.run.as_ref().unwrap().endings, [(NetworkKind::Dense, Ending::Stopped)]);
    let reached = step(&state);
    let mut writer = start(&["--resume", out.to_str().unwrap()]);
    until(&mut state, |state| phase(state) == Some(&Phase::Followed) && step(state) > reached);
    writer.kill().unwrap();
    writer.wait().unwrap();
    until(&mut state, |state| phase(state) == Some(&Phase::Finished));
    let saved = SavedRun::read(&out).unwrap();
    let own = state.run.as_ref().unwrap().history.network(NetworkKind::Dense).unwrap();
    assert!(own.records().eq(saved.history.networks()[0].records()), "what was written again is what is shown");

    fs::remove_dir_all(&out).unwrap();
    until(&mut state, |state| words(state).contains("is gone"));
    assert_eq!(step(&state), saved.history.last_common_step(), "what was read stays");
}

#[test]
fn a_run_that_has_ended_is_trained_on_in_its_folder_and_in_the_window() {
    let folder = Folder::new();
    let out = train(&folder, SMALL);
    let mut state = opened(&out);
    until(&mut state, |state| phase(state) == Some(&Phase::Finished));
    assert_eq!(state.run.as_ref().unwrap().steps_more(), Some(500));
    state.apply(Command::GoOn);
    assert!(words(&state).contains("goes on from step 13 to 512"), "{}", words(&state));
    assert!(words(&state).contains("the learning rate is"), "what the schedule does is said: {}", words(&state));
    until(&mut state, |state| phase(state) == Some(&Phase::Finished));
    assert_eq!(step(&state), 512);
    // Closing waits for what is still being written.
    until(&mut state, |_| out.join("report.html").metadata().is_ok() && !out.join("metrics.csv.partial").exists());
    drop(state);
    let saved = SavedRun::read(&out).unwrap();
    assert_eq!((saved.history.last_common_step(), saved.config.training.steps), (512, 512));

    let mut alone = crate::state::state(SMALL);
    alone.apply(Command::RunOrPause);
    until(&mut alone, |state| phase(state) == Some(&Phase::Finished));
    alone.apply(Command::GoOn);
    until(&mut alone, |state| phase(state) == Some(&Phase::Finished));
    let last = |state: &State| state.run.as_ref().unwrap().history.networks()[0].last().map(|record| record.train_loss);
    assert_eq!(last(&alone), saved.history.networks()[0].last().map(|record| record.train_loss));
}

#[test]
fn closing_while_a_run_trains_in_its_folder_leaves_a_run_that_goes_on_as_if_nothing_had_been() {
    let folder = Folder::new();
    let out = train(&folder, &SMALL.replace("steps = 12", "steps = 40").replace("\"step\"", "\"constant\""));
    let mut state = opened(&out);
    until(&mut state, |state| phase(state) == Some(&Phase::Finished));
    state.apply(Command::GoOn);
    until(&mut state, |state| step(state) > 60);
    drop(state);
    run(["train", "--resume", out.to_str().unwrap()]).succeeded();
    assert_eq!(SavedRun::read(&out).unwrap().history.last_common_step(), 540);
}

#[test]
fn damaged_and_foreign_folders_are_told_in_words_and_nothing_of_them_is_lost() {
    let folder = Folder::new();
    let out = train(&folder, SMALL);
    let files = [
        "run.toml",
        "networks.json",
        "metrics.csv",
        "gradients.csv",
        "edges.csv",
        "reuse.csv",
        "weights/dense.safetensors",
    ];
    let mut random = 11_u64;
    for number in 0..42 {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let file = out.join(files[number % files.len()]);
        let good = fs::read(&file).unwrap();
        let place = usize::try_from(random >> 33).unwrap() % good.len();
        let mut bad = good.clone();
        match number % 3 {
            0 => bad.truncate(place),
            1 => bad[place] ^= 1 << (number % 8),
            _ => drop(bad.splice(place..place, *b"\nx,")),
        }
        fs::write(&file, &bad).unwrap();
        let mut state = opened(&out);
        state.apply(Command::ToggleMaps);
        until(&mut state, |state| match phase(state) {
            None => true, // refused
            Some(phase) => matches!(phase, Phase::Finished | Phase::Failed(_)),
        });
        if phase(&state) != Some(&Phase::Finished) {
            let told = words(&state);
            assert!(
                told.contains("found") || told.contains("cannot read") || told.contains("is no"),
                "{number}: {told}"
            );
        }
        assert_eq!(fs::read(&file).unwrap(), bad, "reading changes nothing");
        fs::write(&file, &good).unwrap();
    }
    let mut state = state("");
    for (path, part) in
        [(folder.path("nothing"), "there is nothing of that name"), (out.join("weights"), "it has no run.toml")]
    {
        state.apply(Command::OpenRun(path));
        assert!(words(&state).contains(part), "{}", words(&state));
    }
    let before = state.run.as_ref().map(|run| run.id);
    state.apply(Command::Drop(out.clone()));
    assert!(state.run.as_ref().map(|run| run.id) != before, "a dropped run folder opens");
    let newer = fs::read_to_string(out.join("run.toml")).unwrap().replace("densescope 0.", "densescope 9.")
        + "\n[future]\nx = 1\n";
    fs::write(out.join("run.toml"), newer).unwrap();
    state.apply(Command::OpenRun(out));
    assert!(words(&state).contains("the run is of densescope 9."), "{}", words(&state));
    run(["runs/nowhere"]).refused(2, &["neither a command nor a run folder"]);
    run(["trian"]).refused(2, &["did you mean train?"]);
}
