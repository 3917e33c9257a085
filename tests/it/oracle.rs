//! Every figure against an independent reference.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::{Folder, run};

/// The cases in a folder of the references, in order.
pub(crate) fn cases(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle").join(folder);
    let mut cases: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the cases are in the repository")
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    cases.sort();
    cases
}

/// The case's configuration under the names of the configuration file.
pub(crate) fn configuration(case: &Value, backend: &str) -> String {
    let config = &case["config"];
    format!(
        "[network]\nblocks = {blocks}\nk0 = {k0}\ngrowth = {growth}\nbottleneck = {bottleneck}\ncompression = {compression}\n\
         normalization = {normalization}\nbaseline_width = {width}\nstem = {stem}\n[training]\nlearning_rate = {rate}\nbackend = \"{backend}\"\n",
        blocks = config["blocks"],
        k0 = config["k0"],
        growth = config["growth"],
        bottleneck = config["bottleneck"],
        compression = config["compression"],
        normalization = config["normalization"],
        width = config["width"],
        stem = config.get("stem").unwrap_or(&Value::from("3x3")),
        // Cases of networks that learn nothing have none.
        rate = config["learning_rate"].as_f64().unwrap_or(0.1),
    )
}

/// Asserts that both say the same: counts and names exactly, figures within the tolerance.
pub(crate) fn compare(at: &str, found: &Value, expected: &Value, relative: f64) {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => {
            assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>(), "keys of {at}");
            for (key, expected) in expected {
                compare(&format!("{at}.{key}"), &found[key], expected, relative);
            }
        }
        (Value::Array(found), Value::Array(expected)) => {
            assert_eq!(found.len(), expected.len(), "length of {at}");
            for (index, (found, expected)) in found.iter().zip(expected).enumerate() {
                compare(&format!("{at}[{index}]"), found, expected, relative);
            }
        }
        (Value::Number(found), Value::Number(expected)) if expected.is_f64() => {
            let (found, expected) = (found.as_f64().unwrap(), expected.as_f64().unwrap());
            let difference = (found - expected).abs();
            assert!(difference <= 1e-5 + relative * expected.abs(), "{at}: {found} for {expected}");
        }
        _ => assert_eq!(found, expected, "{at}"),
    }
}

fn every_case_agrees(backend: &str) {
    let folder = Folder::new();
    let cases = cases("");
    assert_eq!(cases.len(), 15);
    for path in cases {
        let mut expected: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        let config = folder.write("case.toml", configuration(&expected, backend));
        let tensors = path.with_extension("safetensors");
        let kind = expected["config"]["kind"].as_str().unwrap().to_owned();
        let probe = run([
            "probe".as_ref(),
            "--config".as_ref(),
            config.as_os_str(),
            "--network".as_ref(),
            kind.as_ref(),
            "--weights".as_ref(),
            tensors.as_os_str(),
            "--batch".as_ref(),
            tensors.as_os_str(),
            "--steps".as_ref(),
            "5".as_ref(),
        ]);
        let mut found: Value = serde_json::from_str(&probe.succeeded().stdout).unwrap();

        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        expected.as_object_mut().unwrap().remove("config");
        found.as_object_mut().unwrap().remove("evaluation").expect("how the network does in evaluation");
        let losses =
            |value: &mut Value| value.as_object_mut().unwrap().remove("sgd_losses").expect("losses were asked for");
        compare(&format!("{name}.sgd_losses"), &losses(&mut found), &losses(&mut expected), 1e-2);
        compare(&name, &found, &expected, 1e-3);
    }
}

#[test]
fn every_figure_agrees_with_the_reference_on_flex() {
    every_case_agrees("flex");
}

#[test]
fn every_figure_agrees_with_the_reference_on_ndarray() {
    every_case_agrees("ndarray");
}
