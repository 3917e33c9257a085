//! Configuration files as they come from elsewhere: other encodings, paths of Windows; and what a run records of its machine.

use std::fs;

use densescope::kernels::InstructionSet;

use crate::support::{Folder, TINY, csv_rows, run};

#[test]
fn a_file_that_powershell_wrote_is_read() {
    let folder = Folder::new();
    let text = run(["presets", "densenet-bc-22-12"]).succeeded().stdout.replace('\n', "\r\n");
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let expected = run(["inspect", "--preset", "densenet-bc-22-12", "--input", "3x32x32", "--classes", "10"]);
    for bytes in [[&b"\xFF\xFE"[..], &utf16].concat(), utf16, [b"\xEF\xBB\xBF", text.as_bytes()].concat()] {
        let file = folder.write("u.toml", bytes);
        let found = run(["inspect", "--config", file.to_str().unwrap(), "--input", "3x32x32", "--classes", "10"]);
        assert_eq!(found.succeeded().stdout, expected.stdout);
    }
    let latin = folder.write("latin.toml", b"seed = 1\n# M\xFCnchen\n");
    run(["inspect", "--config", latin.to_str().unwrap()])
        .refused(1, &["latin.toml:2: the byte 0xfc is no text in UTF-8"]);
}

#[test]
fn a_path_of_windows_in_double_quotes_is_named_by_its_backslash() {
    let folder = Folder::new();
    let inspect = |line: &str| {
        let file = folder.write("w.toml", format!("[data]\n{line}\n"));
        run(["inspect", "--config", file.to_str().unwrap()])
    };
    for line in [r#"source = "C:\Users\Jam\mnist""#, r#"source = "D:\data""#] {
        inspect(line)
            .refused(1, &["w.toml:2: this is no TOML", "a backslash begins an escape", r#"'C:\temp' or "C:/temp""#]);
    }
    inspect(r#"source = "C:\temp\new""#)
        .refused(1, &[r"w.toml:2: data.source: found 'C:\temp\new'", "a backslash begins an escape"]);
    inspect(r"source = 'C:\temp\new'").refused(1, &[r"C:\temp\new"]);
}

#[test]
fn settings_from_which_nothing_is_learnt_are_warned_of() {
    let folder = Folder::new();
    let train = |name: &str, text: &str| {
        let (config, out) = (folder.write("c.toml", text), folder.path(name));
        run(["train", "--config", config.to_str().unwrap(), "--out", out.to_str().unwrap()])
    };
    let small = TINY.replace("steps = 12", "steps = 4");
    let decay = train("decay", &small.replace("[training]", "[training]\nweight_decay = 0.9"));
    assert!(
        decay.succeeded().stderr.contains("warning: a weight decay of 0.9 pulls every weight to 0"),
        "{}",
        decay.stderr
    );
    let tiny_steps = train("steps", &small.replace("[training]", "[training]\nlearning_rate = 1e-12"));
    assert!(tiny_steps.succeeded().stderr.contains("a step is smaller than single precision"), "{}", tiny_steps.stderr);
    let usual = train("usual", &small);
    assert!(!usual.succeeded().stderr.contains("warning"), "{}", usual.stderr);
}

#[test]
fn a_run_records_the_instructions_it_was_computed_with_and_they_can_be_chosen() {
    let folder = Folder::new();
    let config = folder.write("tiny.toml", TINY.replace("steps = 12", "steps = 2"));
    let train = |name: &str, instructions: &str| {
        let (config, out) = (config.to_str().unwrap().to_owned(), folder.path(name));
        run(["train", "--config", &config, "--out", out.to_str().unwrap(), "--instructions", instructions]).succeeded();
        out
    };
    for set in InstructionSet::available() {
        let out = train(set.name(), set.name());
        let toml = fs::read_to_string(out.join("run.toml")).unwrap();
        assert!(toml.contains(&format!("# Instructions of the processor that computed it: {set}\n")), "{toml}");
        assert!(fs::read_to_string(out.join("report.html")).unwrap().contains(&format!(" {set} ")), "{set}");
    }
    let (once, again) = (folder.path("portable"), train("again", "portable"));
    let weights = |run: &std::path::Path| fs::read(run.join("weights/dense.safetensors")).unwrap();
    assert_eq!(weights(&once), weights(&again));
    run(["presets", "--instructions", "mmx"]).refused(2, &["mmx", "portable, avx2, avx512"]);
}

#[test]
fn metrics_hold_the_norm_of_all_weight_gradients_together_and_older_folders_without_it_are_read() {
    let folder = Folder::new();
    let config = folder.write("tiny.toml", TINY.replace("steps = 12", "steps = 2"));
    let out = folder.path("run");
    run(["train", "--config", config.to_str().unwrap(), "--out", out.to_str().unwrap()]).succeeded();
    let gradients = csv_rows(&out.join("gradients.csv"));
    for row in csv_rows(&out.join("metrics.csv")) {
        let of_step =
            gradients.iter().filter(|layer| layer["step"] == row["step"] && layer["network"] == row["network"]);
        let squares: f64 = of_step.map(|layer| layer["weight_grad_norm"].parse::<f64>().unwrap().powi(2)).sum();
        let total: f64 = row["weight_grad_norm"].parse().unwrap();
        assert!((total - squares.sqrt()).abs() < 1e-9 * total, "{total} for {}", squares.sqrt());
    }
    let table = fs::read_to_string(out.join("metrics.csv")).unwrap();
    let without = |line: &str| {
        let mut cells: Vec<&str> = line.split(',').collect();
        cells.remove(cells.len() - 2);
        cells.join(",") + "\n"
    };
    let older = table.lines().map(without).collect::<String>();
    assert!(older.starts_with(
        "step,network,learning_rate,train_loss,train_accuracy,validation_loss,validation_accuracy,images_per_second\n"
    ));
    fs::write(out.join("metrics.csv"), older).unwrap();
    run(["export", out.to_str().unwrap(), "--chart", "loss", "--format", "csv", "--force"]).succeeded();
}
