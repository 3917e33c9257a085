//! Charts, tables and reports of runs that were really trained.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use densescope::export::Savable;

use crate::support::{Folder, Ran, TINY, csv_rows, run, trained_run};

/// The names of everything that can be saved of a run that has data for all that training leaves; the map of cuts is made on request.
fn figures() -> Vec<&'static str> {
    Savable::all().map(Savable::id).filter(|id| *id != "cuts").collect()
}

fn export(run_folder: &Path, more: &[&str]) -> Ran {
    run([&["export", run_folder.to_str().unwrap()][..], more].concat())
}

fn files_of(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    entries.map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap())).collect()
}

/// Copies a run, without charts.
fn copied(folder: &Folder) -> std::path::PathBuf {
    for (name, bytes) in ["run.toml", "networks.json", "metrics.csv", "gradients.csv", "edges.csv", "reuse.csv"]
        .map(|name| (name, fs::read(trained_run().join(name)).unwrap()))
    {
        folder.write(&format!("run/{name}"), bytes);
    }
    folder.path("run")
}

#[test]
fn training_leaves_every_figure_and_a_report_and_export_makes_the_same_bytes() {
    let folder = Folder::new();
    let charts = files_of(&trained_run().join("charts"));
    let expected = figures().into_iter().flat_map(|id| [format!("{id}.png"), format!("{id}.svg")]);
    assert_eq!(charts.keys().cloned().collect::<Vec<_>>(), {
        let mut names: Vec<_> = expected.collect();
        names.sort();
        names
    });
    for (name, bytes) in &charts {
        let right = bytes.starts_with(if name.contains(".png") { b"\x89PNG" } else { b"<svg" });
        assert!(right && bytes.len() > 2000, "{name}");
    }
    let run_again = copied(&folder);
    let said = export(&run_again, &["--format", "png,svg,html"]);
    assert_eq!(said.succeeded().stdout.lines().count(), 2 * figures().len() + 1, "{}", said.stdout);
    assert_eq!(files_of(&run_again.join("charts")), charts);
    let report = |run: &Path| fs::read_to_string(run.join("report.html")).unwrap().replace("trained-run", "run");
    assert!(report(&run_again) == report(trained_run()), "the report is the same but for the folder's name");
}

#[test]
fn tables_of_figures_hold_the_runs_own_numbers() {
    let folder = Folder::new();
    let out = folder.path("tables");
    export(trained_run(), &["--format", "csv", "--lang", "en", "--out", out.to_str().unwrap()]).succeeded();
    assert_eq!(files_of(&out).len(), figures().len());

    let metrics = csv_rows(&trained_run().join("metrics.csv"));
    let loss = csv_rows(&out.join("loss.csv"));
    let mut compared = 0;
    for row in &metrics {
        let (network, step) = (&row["network"], &row["step"]);
        for (column, panel, curve) in [
            ("train_loss", "Loss", "training.single"),
            ("validation_loss", "Loss", "validation"),
            ("train_accuracy", "Accuracy", "training.single"),
            ("validation_accuracy", "Accuracy", "validation"),
        ] {
            let place = loss.iter().find(|place| place["panel"] == panel && place["Step"] == *step);
            let found = place.map_or("", |place| &place[&format!("{network}.{curve}")]);
            assert_eq!(found.parse::<f64>().ok(), row[column].parse().ok(), "{column} of {network} at {step}");
            compared += usize::from(!found.is_empty());
        }
    }
    assert_eq!(compared, 3 * 2 * (40 + 5));

    let last: Vec<_> = csv_rows(&trained_run().join("gradients.csv"))
        .into_iter()
        .filter(|row| row["step"] == "40" && row["network"] == "dense")
        .collect();
    let gradients = csv_rows(&out.join("gradients.csv"));
    for row in &last {
        let found = gradients.iter().find(|place| place.values().any(|value| *value == row["layer"]));
        let found = found.unwrap_or_else(|| panic!("{} is missing: {gradients:?}", row["layer"]));
        assert!(found.values().any(|value| *value == row["weight_grad_norm"]), "{row:?} {found:?}");
    }

    let reuse = csv_rows(&out.join("reuse.csv"));
    let own: Vec<_> =
        csv_rows(&trained_run().join("reuse.csv")).into_iter().filter(|row| row["step"] == "40").collect();
    assert_eq!(reuse.len(), own.len());
    for row in own {
        assert!(reuse.iter().any(|cell| cell.values().any(|value| *value == row["mean_abs_weight"])), "{row:?}");
    }
}

#[test]
fn what_is_there_already_is_replaced_only_when_told_to() {
    let folder = Folder::new();
    let run_folder = copied(&folder);
    let kept = folder.write("run/charts/loss.svg", "mine");
    export(&run_folder, &["--chart", "growth,loss", "--format", "svg"])
        .refused(1, &["loss.svg is there already", "--out", "--force"]);
    assert_eq!(files_of(&run_folder.join("charts")).len(), 1, "nothing was written");
    export(&run_folder, &["--chart", "growth,loss", "--format", "svg", "--force"]).succeeded();
    assert_eq!(files_of(&run_folder.join("charts")).len(), 2);
    assert!(fs::read(kept).unwrap().starts_with(b"<svg"));
}

#[test]
fn a_new_run_in_a_folder_takes_the_place_of_the_old_one_with_its_charts() {
    let folder = Folder::new();
    let (config, run_folder) = (folder.write("tiny.toml", TINY), copied(&folder));
    export(&run_folder, &["--format", "svg,csv,html", "--lang", "zh"]).succeeded();
    let others = folder.write("run/charts/notes.txt", "mine");
    let arguments = ["train", "--config", config.to_str().unwrap(), "--networks", "residual", "--steps", "2"];
    run([&arguments[..], &["--out", run_folder.to_str().unwrap(), "--force"]].concat()).succeeded();
    let charts = files_of(&run_folder.join("charts"));
    assert!(!charts.keys().any(|name| name.contains(".csv") || name.starts_with("reuse")), "{:?}", charts.keys());
    assert!(others.is_file(), "what is not the run's stays");
}

#[test]
fn a_figure_without_data_is_named_and_the_others_are_written() {
    let folder = Folder::new();
    let (config, out) = (folder.write("tiny.toml", TINY), folder.path("baseline"));
    let arguments = ["train", "--config", config.to_str().unwrap(), "--networks", "residual", "--steps", "3"];
    run([&arguments[..], &["--out", out.to_str().unwrap()]].concat()).succeeded();
    let charts = folder.path("charts");
    let both = ["--chart", "reuse,loss", "--format", "svg", "--out", charts.to_str().unwrap()];
    let said = export(&out, &both);
    assert!(said.succeeded().stderr.contains("the figure reuse is left out"), "{}", said.stderr);
    assert_eq!(files_of(&charts).into_keys().collect::<Vec<_>>(), ["loss.svg"]);
    let only = ["--chart", "reuse", "--format", "svg", "--out", charts.to_str().unwrap()];
    export(&out, &only).refused(1, &["no data for any of the figures"]);
}

#[test]
fn pictures_have_the_size_scale_and_theme_asked_for() {
    let folder = Folder::new();
    let sides = |arguments: &[&str]| {
        let out = folder.path("pictures");
        let shared = ["--chart", "loss", "--format", "png,svg", "--force", "--out", out.to_str().unwrap()];
        export(trained_run(), &[&shared[..], arguments].concat()).succeeded();
        let png = fs::read(out.join("loss.png")).unwrap();
        let side = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
        (side(16), side(20), fs::read_to_string(out.join("loss.svg")).unwrap())
    };
    let (width, height, light) = sides(&[]);
    assert_eq!((width, height), (1280, 720));
    let (width, height, sized) = sides(&["--size", "640x480", "--scale", "2", "--transparent", "--theme", "dark"]);
    assert_eq!((width, height), (1280, 960));
    assert!(sized != light && sized.contains("viewBox=\"0 0 640 480\""));
    let (_, _, chinese) = sides(&["--lang", "zh", "--theme", "print"]);
    assert!(chinese.contains("损失"));
}

#[test]
fn wrong_flags_are_refused_with_what_is_allowed() {
    for (arguments, parts) in [
        (&["--chart", "los"][..], &["unknown figure 'los' (did you mean loss?)", "growth"][..]),
        (&["--format", "bmp"], &["bmp", "png"]),
        (&["--size", "poster"], &["poster", "slide, column, page"]),
        (&["--theme", "blue"], &["blue", "light, dark, print"]),
        (&["--lang", "fr"], &["fr", "en, zh"]),
        (&["--scale", "0"], &["0.1 to 16"]),
        (&["--size", "16384x16384", "--scale", "2"], &["million pixels", "at most 200 million"]),
        (
            &["--size", "16384x16384", "--format", "gif"],
            &["268 million pixels", "at once for a GIF", "at most 25 million"],
        ),
    ] {
        export(trained_run(), arguments).refused(2, parts);
    }
    run(["export"]).refused(2, &["RUN"]);
}

#[test]
fn a_folder_that_is_no_run_is_refused() {
    let folder = Folder::new();
    folder.write("empty/notes.txt", "nothing");
    export(&folder.path("empty"), &[]).refused(1, &["is no run folder", "no run.toml", "densescope train"]);
    export(&folder.path("nowhere"), &[]).refused(1, &["nothing of that name"]);
    let run_folder = copied(&folder);
    let metrics = fs::read_to_string(run_folder.join("metrics.csv")).unwrap();
    fs::write(run_folder.join("metrics.csv"), metrics.replacen("dense", "gru", 1)).unwrap();
    export(&run_folder, &[])
        .refused(1, &["metrics.csv:2: column network: found 'gru'; allowed: dense, residual, plain"]);
}

#[test]
fn a_run_that_was_cut_off_is_exported_as_far_as_it_goes() {
    let folder = Folder::new();
    let run_folder = copied(&folder);
    for name in ["metrics", "gradients", "edges", "reuse"] {
        let file = run_folder.join(format!("{name}.csv"));
        let bytes = fs::read(&file).unwrap();
        fs::remove_file(&file).unwrap();
        fs::write(run_folder.join(format!("{name}.csv.partial")), &bytes[..bytes.len() * 2 / 3]).unwrap();
    }
    let said = export(&run_folder, &["--format", "svg,html"]);
    assert!(said.succeeded().stderr.contains("Training had not ended"), "{}", said.stderr);
    assert!(fs::read_to_string(run_folder.join("report.html")).unwrap().contains("class=\"note\""));
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let folder = Folder::new();
    let file = folder.write("file", "in the way");
    let out = file.join("charts");
    export(trained_run(), &["--out", out.to_str().unwrap()]).refused(1, &["cannot write", "file/charts"]);
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_leaves_no_half_file() {
    // /dev/full takes nothing: a folder on it cannot be made, and the name of a file there is refused at once.
    let folder = Folder::new();
    let run_folder = copied(&folder);
    std::os::unix::fs::symlink("/dev/full", run_folder.join("charts")).unwrap();
    export(&run_folder, &["--format", "svg"]).refused(1, &["cannot write"]);
    assert!(!run_folder.join("report.html").exists());
}

#[test]
fn several_runs_are_compared_in_one_picture_and_one_page() {
    let folder = Folder::new();
    let config = folder.write("tiny.toml", TINY);
    let train = |name: &str, more: &[&str]| {
        let out = folder.path(name);
        let shared = ["train", "--config", config.to_str().unwrap(), "--steps", "4", "--out", out.to_str().unwrap()];
        run([&shared[..], more].concat()).succeeded();
        out.to_str().unwrap().to_owned()
    };
    let (first, second) = (train("first", &["--seed", "1"]), train("second", &["--seed", "2"]));
    let other = train("other", &["--networks", "dense"]);
    run(["export", &first, &second]).refused(2, &["several runs", "--out"]);
    let out = folder.path("seeds");
    let out = out.to_str().unwrap();
    let shared = ["--lang", "en", "--format", "svg,csv,html", "--out", out];
    let compared = run([&["export", &first, &second][..], &shared].concat());
    compared.succeeded();
    assert!(compared.stderr.contains("network is left out: it shows the networks of one run"), "{}", compared.stderr);
    let page = fs::read_to_string(folder.path("seeds/report.html")).unwrap();
    assert!(page.contains("2 runs compared") && page.contains("Mean of 2 runs (first, second)"));
    let loss = &csv_rows(&folder.path("seeds/loss.csv"))[0];
    assert!(loss.keys().any(|name| name.contains(".low")), "{:?}", loss.keys());

    run([&["export", &first, &other][..], &shared, &["--force"]].concat()).succeeded();
    let page = fs::read_to_string(folder.path("seeds/report.html")).unwrap();
    assert!(page.contains("other: DenseNet") && !page.contains("Mean of 2 runs"));
    run(["export", &first, &other, "--format", "gif", "--out", out, "--force"]).refused(2, &["gif", "several runs"]);
}

#[test]
fn a_figure_that_changes_becomes_an_animation() {
    let folder = Folder::new();
    let out = folder.path("animated");
    let shared = ["--chart", "network,gradients,growth", "--lang", "en", "--format", "gif", "--size", "320x240"];
    let animated = export(trained_run(), &[&shared[..], &["--out", out.to_str().unwrap()]].concat());
    animated.succeeded();
    assert!(animated.stderr.contains("the drawing of the networks has no animation"), "{}", animated.stderr);
    let files = files_of(&out);
    assert_eq!(files.keys().collect::<Vec<_>>(), ["gradients.gif"], "channels do not change");
    assert!(files["gradients.gif"].starts_with(b"GIF89a"));
}
