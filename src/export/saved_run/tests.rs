//! Runs written by the one that writes them, read back whole, cut and garbled.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::*;
use crate::arch::{ImageShape, NetworkKind};
use crate::export::{OutputFolder, RunFolder};
use crate::telemetry::{Edge, Evaluation, LayerFigures, Reuse, StepFigures, StepRecord};

const INPUT: Input = Input { image: ImageShape::new(1, 28, 28), classes: 10 };

fn config(steps: usize) -> RunConfig {
    let mut config = RunConfig::default();
    config.network.blocks = vec![2, 1];
    config.training.networks = NetworkKind::ALL.to_vec();
    config.training.steps = steps;
    config
}

/// Figures that are all different, the smallest and largest kinds of numbers among them.
fn record(network: &Architecture, step: usize) -> StepRecord {
    let mut count = 0.0;
    let mut next = || {
        count += 1.0;
        (step as f64).powi(3) / count * 1e-7
    };
    let layers = network.layers.iter().map(|_| LayerFigures {
        weight_grad_norm: next(),
        weight_norm: next(),
        activation_grad_norm: next(),
    });
    let mut figures = StepFigures { layers: layers.collect(), ..StepFigures::default() };
    if step == 1 || step.is_multiple_of(4) {
        for (block, &layers) in (1..).zip(&network.spec.blocks) {
            if network.kind == NetworkKind::Dense {
                for layer in 1..=layers + 1 {
                    for source in 0..layer {
                        figures.edges.push(Edge::Dense { block, layer, source, grad_norm: next() });
                        figures.reuse.push(Reuse { block, layer, source, mean_abs_weight: next() });
                    }
                }
            } else {
                figures.edges.extend((1..=layers).map(|layer| Edge::Baseline {
                    block,
                    layer,
                    identity_grad_norm: next(),
                    branch_grad_norm: next(),
                }));
            }
        }
    }
    StepRecord {
        step,
        learning_rate: 0.1,
        train_loss: if step == 7 { f64::NAN } else { 2.3 / step as f64 },
        train_accuracy: 0.25,
        validation: step.is_multiple_of(5).then_some(Evaluation { loss: 1.0 / 3.0, accuracy: 0.5 }),
        seconds: 0.25,
        figures,
    }
}

/// A run of that many steps, and its folder; `finished` says whether its tables got their final names.
fn written(steps: usize, finished: bool) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run");
    let config = config(steps);
    let networks = NetworkKind::ALL.map(|kind| Architecture::new(kind, &config.network, INPUT).unwrap());
    let mut run = RunFolder::create(&OutputFolder::check(&path, false).unwrap(), &config, &networks).unwrap();
    for step in 1..=steps {
        for network in &networks {
            run.record(network.kind, &record(network, step)).unwrap();
        }
    }
    if finished {
        run.finish(&[]).unwrap();
    }
    (folder, path)
}

#[track_caller]
fn refused(path: &Path, parts: &[&str]) {
    let message = SavedRun::read(path).expect_err("it cannot be read").to_string();
    for part in parts {
        assert!(message.contains(part), "'{part}' is missing in: {message}");
    }
}

#[test]
fn a_run_reads_back_every_number_that_was_written() {
    let (_folder, path) = written(10, true);
    let run = SavedRun::read(&path).unwrap();
    assert_eq!((run.config.clone(), run.notes.clone()), (config(10), Vec::new()));
    assert_eq!(run.version.as_deref(), Some(env!("CARGO_PKG_VERSION")));
    assert_eq!((run.input(), run.name()), (INPUT, "run".to_owned()));
    for network in &run.networks {
        let mut expected = History::new(&[network.kind], HISTORY);
        (1..=10).for_each(|step| expected.push(network.kind, record(network, step)));
        let (found, expected) = (run.history.network(network.kind).unwrap(), &expected.networks()[0]);
        for (found, expected) in found.records().zip(expected.records()) {
            assert_eq!(format!("{found:?}"), format!("{expected:?}")); // a loss is no number, and so equal to nothing
        }
        assert_eq!(found.records().count(), 10);
        for step in [1, 4, 8] {
            assert_eq!(found.connections_at(step), expected.connections_at(step));
        }
        assert_eq!(found.validations().collect::<Vec<_>>(), expected.validations().collect::<Vec<_>>());
    }
}

#[test]
fn a_run_that_still_goes_on_is_read_to_its_last_whole_step() {
    let (_folder, path) = written(10, false);
    let run = SavedRun::read(&path).unwrap();
    assert_eq!((run.history.last_common_step(), &run.notes[..]), (10, &[Note::Unfinished][..]));

    for name in ["metrics", "gradients", "edges", "reuse"] {
        let file = path.join(format!("{name}.csv.partial"));
        let whole = fs::read(&file).unwrap();
        let header = whole.iter().position(|&byte| byte == b'\n').unwrap() + 1;
        for cut in (header..whole.len()).step_by(13) {
            fs::write(&file, &whole[..cut]).unwrap();
            let run = SavedRun::read(&path).unwrap_or_else(|error| panic!("{name} cut to {cut} bytes: {error}"));
            assert!(run.history.last_common_step() <= 10 && run.notes[0] == Note::Unfinished);
        }
        fs::write(&file, &whole).unwrap();
    }
}

#[test]
fn a_damaged_line_is_named_with_its_column() {
    let (_folder, path) = written(10, true);
    for (name, line, column, text, parts) in [
        ("metrics.csv", 3, 3, "abc", &["metrics.csv:3: column train_loss: found 'abc'; allowed: a number"][..]),
        ("metrics.csv", 5, 0, "1", &["metrics.csv:5: column step: found '1'", "a step after 1"]),
        ("metrics.csv", 6, 1, "gru", &["metrics.csv:6: column network: found 'gru'; allowed: dense, residual, plain"]),
        ("metrics.csv", 14, 6, "", &["metrics.csv:14: column validation_accuracy: found ''; allowed: a number"]),
        (
            "gradients.csv",
            4,
            2,
            "block9.layer1",
            &["gradients.csv:4: column layer", "'block9.layer1'", "block1.layer2"],
        ),
        ("gradients.csv", 9, 4, "1e", &["gradients.csv:9: column weight_norm", "'1e'"]),
        ("gradients.csv", 2, 0, "5", &["gradients.csv:2: found step 5 of dense; allowed: stem of dense at step 1"]),
        ("edges.csv", 3, 4, "7", &["edges.csv:3: found block 1, layer 2, source 7 of dense at step 1", "source 0"]),
        ("reuse.csv", 2, 1, "plain", &["reuse.csv:2: "]),
        ("reuse.csv", 3, 5, "x\u{7}y", &["reuse.csv:3: column mean_abs_weight: found 'x\u{fffd}y'"]),
    ] {
        let file = path.join(name);
        let whole = fs::read_to_string(&file).unwrap();
        let mut lines: Vec<String> = whole.lines().map(str::to_owned).collect();
        let mut fields: Vec<&str> = lines[line - 1].split(',').collect();
        fields[column] = text;
        lines[line - 1] = fields.join(",");
        fs::write(&file, lines.join("\n") + "\n").unwrap();
        refused(&path, parts);
        fs::write(&file, whole).unwrap();
    }
}

#[test]
fn what_is_missing_or_of_another_kind_is_named() {
    let (folder, path) = written(3, true);
    refused(&folder.path().join("nowhere"), &["nowhere is no run folder", "nothing of that name", "densescope train"]);
    refused(folder.path(), &["it has no run.toml"]);
    refused(&path.join("run.toml"), &["it is a file"]);

    let reuse = fs::read(path.join("reuse.csv")).unwrap();
    fs::remove_file(path.join("reuse.csv")).unwrap();
    refused(&path, &["has no reuse.csv, nor reuse.csv.partial"]);
    fs::write(path.join("reuse.csv"), "").unwrap();
    refused(&path, &["reuse.csv:1: found an empty file", "mean_abs_weight"]);
    fs::write(path.join("reuse.csv"), "step,network\n").unwrap();
    refused(&path, &["reuse.csv:1: found the header 'step,network'"]);
    fs::write(path.join("reuse.csv"), [&reuse[..], b"1,dense"].concat()).unwrap();
    refused(&path, &["a last line that is cut short"]);
    fs::write(path.join("reuse.csv"), vec![b'7'; 1 << 20]).unwrap();
    refused(&path, &["a line of 4096 bytes"]);
    fs::write(path.join("reuse.csv"), reuse).unwrap();

    let networks = fs::read_to_string(path.join("networks.json")).unwrap();
    fs::write(path.join("networks.json"), networks.replace("\"classes\": 10", "\"classes\": 9")).unwrap();
    refused(&path, &["networks.json:1: found dense on 1x28x28 and 9 classes", "as run.toml has it"]);
    fs::write(path.join("networks.json"), &networks[..networks.len() / 2]).unwrap();
    refused(&path, &["networks.json:", "JSON"]);
    fs::write(path.join("networks.json"), networks.replace("28", "1")).unwrap();
    refused(&path, &["run.toml:1: network.blocks", "images of 1x1x1"]);
}

#[test]
fn an_older_run_without_networks_asks_its_data() {
    let (_folder, path) = written(3, true);
    fs::remove_file(path.join("networks.json")).unwrap();
    assert_eq!(SavedRun::read(&path).unwrap().input(), INPUT);
    let run = fs::read_to_string(path.join("run.toml")).unwrap();
    fs::write(path.join("run.toml"), run.replace("\"fashion-mnist\" ", "\"gone/away\" ")).unwrap();
    refused(&path, &["it has no networks.json", "gone/away", "densescope inspect"]);
}

#[test]
fn a_run_of_a_newer_program_is_read_with_a_note_and_refused_with_a_reason() {
    let (_folder, path) = written(3, true);
    let run = fs::read_to_string(path.join("run.toml")).unwrap();
    let newer = run.replace(concat!("densescope ", env!("CARGO_PKG_VERSION")), "densescope 12.0.0");
    fs::write(path.join("run.toml"), &newer).unwrap();
    assert_eq!(SavedRun::read(&path).unwrap().notes, [Note::Newer { version: "12.0.0".to_owned() }]);
    fs::write(path.join("run.toml"), newer.replace("version = 1\n", "version = 2\n")).unwrap();
    refused(&path, &["run.toml:3: version: found 2 (an integer); allowed: 1;", "of densescope 12.0.0"]);
}

#[test]
fn tables_that_end_at_different_steps_are_read_as_far_as_all_go() {
    let (_folder, path) = written(5, true);
    let gradients = fs::read_to_string(path.join("gradients.csv")).unwrap();
    let before: Vec<&str> = gradients.lines().take_while(|line| !line.starts_with("5,dense")).collect();
    fs::write(path.join("gradients.csv"), before.join("\n") + "\n").unwrap();
    let run = SavedRun::read(&path).unwrap();
    assert_eq!(run.notes, [Note::Uneven { step: 4 }, Note::Stopped { made: 4, asked: 5 }]);
    fs::write(path.join("gradients.csv"), before[..before.len() - 1].join("\n") + "\n").unwrap();
    refused(&path, &["gradients.csv:", "found the end of the table; allowed: classifier of plain at step 4"]);
}

#[test]
fn tables_from_a_spreadsheet_are_read() {
    let (_folder, path) = written(3, true);
    let metrics = fs::read_to_string(path.join("metrics.csv")).unwrap();
    fs::write(path.join("metrics.csv"), metrics.replace("dense", "\"dense\"").replace('\n', "\r\n") + "\r\n").unwrap();
    assert_eq!(SavedRun::read(&path).unwrap().history.last_common_step(), 3);
}

#[test]
fn whatever_happens_to_a_file_is_an_error_or_a_run_and_never_a_panic() {
    let (_folder, path) = written(9, true);
    let files = ["run.toml", "networks.json", "metrics.csv", "gradients.csv", "edges.csv", "reuse.csv"];
    let mut state = 1_u64;
    let mut chance = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    let mut refusals = 0;
    for turn in 0..600 {
        let file = path.join(files[turn % files.len()]);
        let whole = fs::read(&file).unwrap();
        let mut bytes = whole.clone();
        match turn / files.len() % 4 {
            0 => bytes.truncate(chance(whole.len())),
            1 => {
                let place = chance(whole.len());
                bytes[place] = u8::try_from(chance(256)).unwrap();
            }
            2 => {
                let place = chance(whole.len());
                bytes.splice(place..place, b",\n\"-1e999,".iter().copied());
            }
            _ => {
                let (from, to) = (chance(whole.len()), chance(whole.len()));
                bytes.drain(from.min(to)..from.max(to));
            }
        }
        fs::write(&file, bytes).unwrap();
        refusals += usize::from(SavedRun::read(&path).is_err());
        fs::write(&file, whole).unwrap();
    }
    assert!(refusals > 400, "most damage is seen: {refusals} of 600");
}

#[test]
fn thinning_keeps_both_ends_and_spaces_the_rest_evenly() {
    let of = |count: usize| thinned((1..=count).collect(), 200);
    assert_eq!(of(0), Vec::<usize>::new());
    assert_eq!(of(1), [1]);
    assert_eq!(of(200), (1..=200).collect::<Vec<_>>());
    let many = of(12_345);
    assert_eq!((many.len(), many[0], many[199]), (200, 1, 12_345));
    assert!(many.windows(2).all(|pair| (61..=63).contains(&(pair[1] - pair[0]))), "{many:?}");
}
