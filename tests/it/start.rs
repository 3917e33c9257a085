//! What a run begins with: weights of a file, residual branches at zero.

use std::fs;
use std::path::Path;

use densescope::arch::{Architecture, ImageShape, Input, NetworkKind, NetworkSpec, Width, WidthRule};
use densescope::config::Backend;
use densescope::model::weights::{map_weights, to_safetensors};
use densescope::model::{Network, device};
use safetensors::SafeTensors;

use crate::support::{Folder, Ran, csv_rows, run};

const SMALL: &str = "\
seed = 3
[data]
train = 16
validation = 10
[network]
blocks = [2, 1]
k0 = 4
growth = 3
baseline_width = 4
[training]
networks = [\"dense\", \"residual\"]
batch = 8
steps = 1
learning_rate = 1e-6
";

/// A network as a file, for that many classes, every weight of which is this number.
fn constant(folder: &Folder, kind: NetworkKind, classes: usize, number: f32) -> String {
    let spec = NetworkSpec {
        baseline_width: WidthRule::Fixed(Width::from_number(4.0).unwrap()),
        ..NetworkSpec::bottleneck_compressed(&[2, 1], 4, 3)
    };
    let input = Input { image: ImageShape::new(1, 28, 28), classes };
    let mut network = Network::new(&Architecture::new(kind, &spec, input).unwrap(), 1, &device(Backend::Flex));
    map_weights(&mut network, |name, old| if name.ends_with(".weight") { number } else { old });
    let file = folder.write(&format!("{kind}-{classes}.safetensors"), to_safetensors(&mut network, 0));
    file.to_str().unwrap().to_owned()
}

fn train(folder: &Folder, from: &str) -> Ran {
    let config = folder.write("small.toml", SMALL);
    let from = format!("training.from={from}");
    let (config, out) = (config.to_str().unwrap().to_owned(), folder.path("run"));
    run(["train", "--config", &config, "--set", &from, "--out", out.to_str().unwrap(), "--force"])
}

/// The weights of a run by name.
fn weights(run: &Path, kind: &str, name: &str) -> Vec<f32> {
    let bytes = fs::read(run.join(format!("weights/{kind}.safetensors"))).unwrap();
    let tensors = SafeTensors::deserialize(&bytes).unwrap();
    tensors.tensor(name).unwrap().data().as_chunks().0.iter().map(|&four| f32::from_le_bytes(four)).collect()
}

#[test]
fn training_begins_with_the_weights_of_a_file_and_only_the_network_that_they_belong_to() {
    let folder = Folder::new();
    let file = constant(&folder, NetworkKind::Dense, 10, 0.25);
    let ran = train(&folder, &file);
    let words = "the file has weights of a dense network; the other networks begin with new ones";
    assert!(ran.succeeded().stderr.contains(words), "{}", ran.stderr);
    let out = folder.path("run");
    let near = |kind: &str, name: &str| weights(&out, kind, name).iter().all(|weight| (weight - 0.25).abs() < 1e-3);
    for name in ["features.conv0.weight", "features.denseblock1.denselayer2.conv2.weight", "classifier.weight"] {
        assert!(near("dense", name), "{name}");
    }
    assert!(!near("residual", "features.conv0.weight"));
    let repeated = run(["inspect", "--config", out.join("run.toml").to_str().unwrap()]);
    repeated.succeeded();
    assert!(fs::read_to_string(out.join("run.toml")).unwrap().contains("dense-10.safetensors"));
}

#[test]
fn a_classifier_of_other_classes_begins_anew_and_that_is_said() {
    let folder = Folder::new();
    let file = constant(&folder, NetworkKind::Residual, 7, 0.25);
    let ran = train(&folder, &file);
    let words = "classifier tells 7 classes apart and the data has 10, so a new one begins in its place";
    assert!(ran.succeeded().stderr.contains(words), "{}", ran.stderr);
    let out = folder.path("run");
    assert!(weights(&out, "residual", "features.conv0.weight").iter().all(|weight| (weight - 0.25).abs() < 1e-3));
    let classifier = weights(&out, "residual", "classifier.weight");
    assert!(classifier.iter().any(|weight| (weight - 0.25).abs() > 0.1), "{classifier:?}");
}

#[test]
fn weights_that_do_not_fit_the_run_are_refused_before_it_begins() {
    let folder = Folder::new();
    let plain = constant(&folder, NetworkKind::Plain, 10, 0.25);
    train(&folder, &plain)
        .refused(1, &["the weights of a plain network", "one of the run's networks, dense, residual"]);
    train(&folder, "nowhere.pth").refused(1, &["cannot read", "nowhere.pth"]);
    let web = folder.write("page.pth", "<!DOCTYPE html><html></html>");
    train(&folder, web.to_str().unwrap()).refused(1, &["page.pth: this is a web page"]);
    let dense = constant(&folder, NetworkKind::Dense, 10, 0.25);
    let other = folder.write("other.toml", SMALL.replace("growth = 3", "growth = 5"));
    let from = format!("training.from={dense}");
    let out = folder.path("other");
    run(["train", "--config", other.to_str().unwrap(), "--set", &from, "--out", out.to_str().unwrap()]).refused(
        1,
        &["features.denseblock1.denselayer1.conv1.weight is [12, 4, 1, 1]; the network needs [20, 4, 1, 1]"],
    );
    assert!(!out.exists());
}

#[test]
fn a_residual_network_that_starts_at_zero_starts_as_the_identity() {
    let folder = Folder::new();
    let run_with = |name: &str, start: &str| {
        let text =
            SMALL.replace("[training]", &format!("normalization = \"none\"\nresidual_start = \"{start}\"\n[training]"));
        let config = folder.write(&format!("{name}.toml"), text);
        let out = folder.path(name);
        run(["train", "--config", config.to_str().unwrap(), "--out", out.to_str().unwrap()]).succeeded();
        out
    };
    let (he, zero) = (run_with("he", "he"), run_with("zero", "zero"));
    let gradients = |out: &Path, layer: &str| -> f64 {
        let rows = csv_rows(&out.join("gradients.csv"));
        let row = rows.iter().find(|row| row["network"] == "residual" && row["layer"] == layer).unwrap();
        row["activation_grad_norm"].parse().unwrap()
    };
    assert_eq!(gradients(&zero, "block1.layer1"), gradients(&zero, "block1.layer2"), "the gradient passes unchanged");
    assert_ne!(gradients(&he, "block1.layer1"), gradients(&he, "block1.layer2"));
    let branch = |out: &Path| {
        csv_rows(&out.join("edges.csv"))
            .iter()
            .filter(|row| row["network"] == "residual" && row["source"] == "branch")
            .all(|row| row["grad_norm"] == "0.0")
    };
    assert!(branch(&zero) && !branch(&he), "nothing comes back through weights of zero");
    // Everything else is drawn as with He: the DenseNet of both runs is the same, and so is the first layer of a branch.
    assert_eq!(weights(&he, "dense", "classifier.weight"), weights(&zero, "dense", "classifier.weight"));
    let first = "features.residualblock1.residuallayer1.conv1.weight";
    let (he, zero) = (weights(&he, "residual", first), weights(&zero, "residual", first));
    assert!(he.iter().zip(&zero).all(|(he, zero)| (he - zero).abs() < 1e-3));
}
