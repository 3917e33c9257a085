//! Commands that answer without training.

use crate::support::{Folder, TINY, run};

#[test]
fn help_teaches_the_recurrence_and_every_command_has_an_example() {
    assert!(run(["--help"]).succeeded().stdout.contains("k0 + k(l-1)"));
    for command in ["train", "export", "inspect", "data", "probe", "bench", "presets", "completions"] {
        let help = run([command, "--help"]);
        assert!(help.succeeded().stdout.contains("Example"), "{command}:\n{}", help.stdout);
    }
}

#[test]
fn presets_are_listed_and_each_can_be_used_as_a_configuration() {
    let list = run(["presets"]);
    let folder = Folder::new();
    for preset in ["classroom", "densenet-40-12", "densenet-bc-250-24", "densenet-264"] {
        assert!(list.succeeded().stdout.contains(preset), "{}", list.stdout);
        let file = folder.write("preset.toml", &run(["presets", preset]).succeeded().stdout);
        let by_file = run(["inspect", "--config", file.to_str().unwrap(), "--input", "3x64x64", "--classes", "5"]);
        let by_name = run(["inspect", "--preset", preset, "--input", "3x64x64", "--classes", "5"]);
        assert_eq!(by_file.succeeded().stdout, by_name.succeeded().stdout);
    }
}

#[test]
fn any_setting_is_given_on_the_command_line_by_the_rules_of_the_file() {
    let inspect = |settings: &[&str]| {
        let flags = settings.iter().flat_map(|setting| ["--set", setting]);
        run(["inspect", "--networks", "dense", "--format", "csv"].into_iter().chain(flags))
    };
    let printed = inspect(&["network.growth=12", "network.blocks=2,3", "network.stem=3x3"]);
    assert!(printed.succeeded().stdout.contains("dense,block2.layer3,"), "{}", printed.stdout);
    assert!(printed.stdout.contains("dense,block1.layer1,16,12,28,"), "{}", printed.stdout);
    let over_preset = run(["inspect", "--preset", "densenet-121", "--set", "network.growth=16", "--format", "csv"]);
    assert!(over_preset.succeeded().stdout.contains("dense,block1.layer1,64,16,80,"), "{}", over_preset.stdout);
    for (setting, words) in [
        ("network.growth=0", "--set: network.growth: found 0; allowed: a whole number from 1 to 512"),
        ("network.growth=many", "--set: network.growth: found 'many'; allowed: a whole number from 1 to 512"),
        ("network.growht=3", "--set: network.growht: found an unknown key (did you mean network.growth?)"),
        ("growth", "allowed: KEY=VALUE"),
    ] {
        let refused = inspect(&[setting]);
        assert!(refused.code == Some(2) && refused.stderr.contains(words), "{setting}: {}", refused.stderr);
    }
}

#[test]
fn every_format_of_inspect_says_the_same_numbers() {
    let arguments = ["inspect", "--networks", "dense", "--format"];
    let printed = |format| run([&arguments[..], &[format]].concat()).succeeded().stdout.clone();
    let table = printed("table");
    let words: Vec<&str> =
        table.lines().find(|line| line.contains("block1.layer3")).unwrap().split_whitespace().collect();
    assert_eq!(words[..4], ["block1.layer3", "32", "8", "40"]);
    assert!(printed("markdown").contains("| block1.layer3 "), "{}", printed("markdown"));
    assert!(printed("latex").contains("    block1.layer3 & 32 & 8 & 40 & 28x28 & "), "{}", printed("latex"));
    assert!(printed("latex").contains("\\toprule"), "{}", printed("latex"));
    assert!(printed("csv").contains("dense,block1.layer3,32,8,40,28,28,"), "{}", printed("csv"));
    assert!(printed("json").contains("\"carries\": 40"), "{}", printed("json"));
}

#[test]
fn inspect_takes_size_and_classes_from_the_data_where_they_are_not_given() {
    let folder = Folder::new();
    let config = folder.write("shapes.toml", "[data]\nsource = \"shapes\"\n");
    let printed = run(["inspect", "--config", config.to_str().unwrap(), "--classes", "7"]);
    assert!(printed.succeeded().stdout.starts_with("dense on 3x32x32, 7 classes\n"), "{}", printed.stdout);
}

#[test]
fn bench_times_each_network_by_itself() {
    let folder = Folder::new();
    let config = folder.write("tiny.toml", TINY);
    let ran = run(["bench", "--config", config.to_str().unwrap(), "--steps", "3", "--threads", "1"]);
    let report: serde_json::Value = serde_json::from_str(&ran.succeeded().stdout).unwrap();
    assert_eq!((&report["batch"], &report["threads"], &report["backend"]), (&8.into(), &1.into(), &"flex".into()));
    for network in ["dense", "residual", "plain"] {
        let timing = &report["networks"][network];
        let (median, min) = (timing["median_ms"].as_f64().unwrap(), timing["min_ms"].as_f64().unwrap());
        assert!(median >= min && min > 0.0);
        assert!((timing["images_per_second"].as_f64().unwrap() - 8000.0 / median).abs() < 1e-6);
    }
}

#[test]
fn completions_are_printed_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(run(["completions", shell]).succeeded().stdout.contains("inspect"), "{shell}");
    }
}
