//! Experiments through the real binary: interrupted, shared, damaged.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::support::{Folder, program, ran, run};

/// Twelve runs of a moment each.
const EXPERIMENT: &str = r#"version = 1
question = "Which is better?"
yes = "The DenseNet."
no = "The ResNet."
networks = ["dense", "residual"]
seeds = [1, 2, 3]
[set]
"network.blocks" = [1, 1]
"network.k0" = 2
"data.train" = 64
"data.validation" = 20
"training.batch" = 8
"training.steps" = 12
"training.evaluate_every" = 6
[[axis]]
setting = "network.growth"
values = [1, 2]
[compare]
rule = "paired"
first = "dense"
second = "residual"
measure = "accuracy"
along = ["parameters", "seconds"]
"#;

fn arguments(file: &Path, out: &Path) -> Vec<String> {
    ["experiment", "run", &file.display().to_string(), "--out", &out.display().to_string(), "--lang", "en"]
        .map(str::to_owned)
        .to_vec()
}

/// A table without what differs from time to time.
fn without_times(path: &Path) -> String {
    let table = fs::read_to_string(path).unwrap();
    let cut = |line: &str| line.rsplit_once(',').map(|(before, _)| before.to_owned()).unwrap();
    table.lines().map(cut).collect::<Vec<_>>().join("\n")
}

fn undisturbed(folder: &Folder, file: &Path) -> PathBuf {
    let out = folder.path("undisturbed");
    let ran = run(arguments(file, &out));
    ran.succeeded();
    assert!(ran.stdout.contains("Which is better?"), "{}", ran.stdout);
    out
}

#[test]
fn an_experiment_leaves_tables_charts_and_a_page_and_making_it_again_makes_nothing() {
    let folder = Folder::new();
    let file = folder.write("own.toml", EXPERIMENT);
    let out = undisturbed(&folder, &file);
    let results = fs::read_to_string(out.join("results.csv")).unwrap();
    assert!(
        results.starts_with("id,status,network,seed,network.growth,parameters,multiply_adds,depth,steps,final_loss"),
        "{results}"
    );
    assert_eq!(results.lines().count(), 13);
    let summary = fs::read_to_string(out.join("summary.csv")).unwrap();
    assert_eq!(summary.lines().count(), 5, "{summary}");
    for name in ["report.html", "charts/experiment.svg", "charts/experiment.png", "charts/experiment.csv"] {
        assert!(fs::metadata(out.join(name)).unwrap().len() > 500, "{name}");
    }
    let runs: Vec<_> = fs::read_dir(out.join("runs"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(runs.len(), 12, "no claim is left: {runs:?}");
    let written = fs::metadata(out.join("runs").join(&runs[0]).join("result.csv")).unwrap().modified().unwrap();

    let again = run(arguments(&file, &out));
    again.succeeded();
    assert!(again.stderr.contains("0 runs to make, 12 there already"), "{}", again.stderr);
    assert_eq!(fs::read_to_string(out.join("results.csv")).unwrap(), results);
    assert_eq!(fs::metadata(out.join("runs").join(&runs[0]).join("result.csv")).unwrap().modified().unwrap(), written);

    // Each run is a run like any other.
    run([
        "export",
        &out.join("runs").join(&runs[0]).display().to_string(),
        "--chart",
        "loss",
        "--out",
        &folder.path("charts").display().to_string(),
    ])
    .succeeded();
}

#[test]
fn killed_at_any_moment_and_continued_it_gives_the_results_of_an_undisturbed_one() {
    let folder = Folder::new();
    let file = folder.write("own.toml", EXPERIMENT);
    let expected = without_times(&undisturbed(&folder, &file).join("results.csv"));
    let out = folder.path("killed");
    let mut kills = 0;
    for round in 0..10_u64 {
        let mut child =
            program().args(arguments(&file, &out)).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        sleep(Duration::from_millis(60 + 83 * round % 400));
        kills += usize::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        let results = out.join("runs");
        for entry in fs::read_dir(&results).into_iter().flatten() {
            let path = entry.unwrap().path().join("result.csv");
            if let Ok(text) = fs::read_to_string(&path) {
                assert!(text.ends_with('\n') && text.lines().count() == 2, "{}: {text}", path.display());
            }
        }
    }
    assert!(kills > 0, "no kill came before the end");
    run(arguments(&file, &out)).succeeded();
    assert_eq!(without_times(&out.join("results.csv")), expected);
}

#[test]
fn two_processes_share_a_folder_and_what_a_killed_one_was_at_is_taken_over() {
    let folder = Folder::new();
    let file = folder.write("own.toml", EXPERIMENT);
    let expected = without_times(&undisturbed(&folder, &file).join("results.csv"));
    let out = folder.path("shared");
    let start = || {
        program()
            .args(arguments(&file, &out))
            .args(["--jobs", "1"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let mut first = start();
    // The first to come has a claim when the second starts.
    let begun = Instant::now();
    while !fs::read_dir(out.join("runs")).is_ok_and(|runs| runs.count() > 0) && begun.elapsed() < Duration::from_mins(1)
    {
        sleep(Duration::from_millis(5));
    }
    let (second, third) = (start(), start());
    first.kill().unwrap();
    first.wait().unwrap();
    let (second, third) = (ran(second.wait_with_output().unwrap()), ran(third.wait_with_output().unwrap()));
    second.succeeded();
    third.succeeded();
    assert_eq!(without_times(&out.join("results.csv")), expected);
    let made = |text: &str| text.lines().filter(|line| line.contains("  validation ")).count();
    let all = made(&second.stderr) + made(&third.stderr);
    assert!(
        (10..=12).contains(&all),
        "each run is made once, the first of them perhaps by the one that was killed: {all}"
    );
}

#[test]
fn parts_of_an_array_make_all_of_it_and_a_list_is_one_command_for_each_run() {
    let folder = Folder::new();
    let file = folder.write("own.toml", EXPERIMENT);
    let out = folder.path("parts");
    let listed = run(arguments(&file, &out).into_iter().chain(["--list".to_owned()]));
    let lines: Vec<&str> = listed.succeeded().stdout.lines().collect();
    assert_eq!(lines.len(), 12);
    assert!(lines[4].contains("--only 5/12"), "{}", lines[4]);
    for part in ["1/2", "2/2"] {
        run(arguments(&file, &out).into_iter().chain(["--only".to_owned(), part.to_owned()])).succeeded();
    }
    assert_eq!(fs::read_to_string(out.join("results.csv")).unwrap().lines().count(), 13);
    for wrong in ["0/2", "3/2", "1", "a/b"] {
        run(arguments(&file, &out).into_iter().chain(["--only".to_owned(), wrong.to_owned()])).refused(2, &["I/N"]);
    }
}

#[test]
fn a_damaged_result_is_set_aside_and_its_run_made_again() {
    let folder = Folder::new();
    let file = folder.write("own.toml", EXPERIMENT);
    let out = undisturbed(&folder, &file);
    let expected = without_times(&out.join("results.csv"));
    let run_folder = fs::read_dir(out.join("runs")).unwrap().next().unwrap().unwrap().path();
    fs::write(run_folder.join("result.csv"), "status,steps\nfinished").unwrap();
    let again = run(arguments(&file, &out));
    assert!(again.succeeded().stderr.contains("is damaged") && again.stderr.contains("set aside"), "{}", again.stderr);
    assert_eq!(without_times(&out.join("results.csv")), expected);
    let aside = format!("{}.damaged-1", run_folder.display());
    assert_eq!(fs::read_to_string(Path::new(&aside).join("result.csv")).unwrap(), "status,steps\nfinished");
}

#[test]
fn folders_of_something_else_and_files_that_say_what_cannot_be_are_refused_in_words() {
    let folder = Folder::new();
    let file = folder.write("own.toml", EXPERIMENT);
    let other = folder.write("other.toml", EXPERIMENT.replace("seeds = [1, 2, 3]", "seeds = [4]"));
    let out = folder.path("out");
    run(arguments(&other, &out).into_iter().chain(["--list".to_owned()])).succeeded();
    run(arguments(&file, &out)).refused(1, &["another experiment", "line 6"]);
    let full = folder.write("full/notes.txt", "mine");
    run(arguments(&file, full.parent().unwrap())).refused(1, &["is not empty and holds no experiment", "notes.txt"]);
    assert_eq!(fs::read_to_string(&full).unwrap(), "mine");
    run(arguments(&file, &full)).refused(1, &["it is a file"]);
    run(["experiment", "show", "growth-rat"]).refused(1, &["did you mean growth-rate?", "parameter-efficiency"]);
    let bad = folder.write("bad.toml", EXPERIMENT.replace("network.growth", "network.grow"));
    run(arguments(&bad, &folder.path("bad"))).refused(1, &["bad.toml:17", "did you mean network.growth?"]);
    assert!(!folder.path("bad").exists(), "nothing is made before the file is known to be good");
    let binary = folder.write("binary.toml", [0xff, 0xfe, 0x00]);
    run(arguments(&binary, &folder.path("binary"))).refused(1, &["binary.toml"]);
}

#[test]
fn the_built_in_experiments_are_listed_with_their_questions_and_told_with_the_time_they_take() {
    let listed = run(["experiment", "list", "--lang", "zh"]);
    let lines = listed.succeeded().stdout.lines().count();
    assert_eq!(lines, densescope::experiment::BUILT_IN.len());
    assert!(listed.stdout.contains("增长率"), "{}", listed.stdout);
    let folder = Folder::new();
    let file = folder.write("own.toml", EXPERIMENT);
    let shown = run(["experiment", "show", &file.display().to_string(), "--lang", "en"]);
    assert!(shown.succeeded().stdout.contains("12 runs, about "), "{}", shown.stdout);
}
