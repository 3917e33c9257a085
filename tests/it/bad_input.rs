//! What cannot be is refused in words that name what, where, what was found and what is allowed.

use std::fs;
use std::path::Path;

use safetensors::Dtype;
use safetensors::tensor::TensorView;

use crate::support::{Folder, Ran, TINY, csv_rows, run};

fn train(more: &[&str]) -> Ran {
    run([&["train"], more].concat())
}

/// Trains with a configuration and says what happened; the output folder must not have been made.
#[track_caller]
fn refused_configuration(text: &str, parts: &[&str]) {
    let folder = Folder::new();
    let config = folder.write("lesson.toml", text);
    let out = folder.path("run");
    train(&["--config", config.to_str().unwrap(), "--out", out.to_str().unwrap()]).refused(1, parts);
    assert!(!out.exists());
}

#[cfg(target_os = "linux")] // which tells what memory is available
#[test]
fn a_run_that_does_not_fit_into_memory_is_refused_before_anything_is_written() {
    let parts = ["training needs about", "batches of 4096 images", "are available", "training.batch"];
    refused_configuration(crate::support::HUGE, &parts);
}

#[test]
fn several_settings_are_refused_at_once_each_with_its_line() {
    refused_configuration(
        "[network]\ngrowth = 0\nblocks = [4, 0]\ncompression = 101\nk0 = 1.5\nstem = \"5x5\"\nbaseline_width = 5.3\n[training]\nbatch = \"big\"\nmomentun = 0.9\n",
        &[
            "8 settings cannot be",
            "lesson.toml:2: network.growth: found 0; allowed: a whole number from 1 to 512",
            "lesson.toml:3: network.blocks: found [4, 0]; allowed: a list of 1 to 8 whole numbers from 1 to 256",
            "lesson.toml:4: network.compression: found 101; allowed: a whole number from 1 to 100",
            "lesson.toml:5: network.k0: found 1.5",
            "lesson.toml:6: network.stem: found '5x5'; allowed: \"3x3\", \"7x7\"",
            "lesson.toml:7: network.baseline_width: found 5.3",
            "lesson.toml:9: training.batch: found 'big'",
            "lesson.toml:10: training.momentun: found an unknown key (did you mean momentum?)",
        ],
    );
    refused_configuration("[network]\ncompression = 0\n", &["lesson.toml:2: network.compression: found 0"]);
}

#[test]
fn what_only_the_data_can_tell_is_refused_together() {
    refused_configuration(
        "[data]\ntrain = 5001\nvalidation = 2000\n[network]\nblocks = [1, 1, 1, 1, 1, 1]\n[training]\nbatch = 4096\n",
        &[
            "lesson.toml:2: data.train: found 5001; allowed: at most 5000, the images that fashion-mnist has",
            "lesson.toml:3: data.validation: found 2000; allowed: at most 1000",
            "lesson.toml:5: network.blocks: found [1, 1, 1, 1, 1, 1]; allowed: at most 5 blocks",
            "28x28",
        ],
    );
    refused_configuration(
        "[data]\ntrain = 20\n[training]\nbatch = 32\n",
        &["lesson.toml:4: training.batch: found 32; allowed: at most 20, the training images used (data.train)"],
    );
}

#[test]
fn a_batch_that_leaves_batch_norm_one_number_per_channel_is_refused() {
    // 32 → 16 → 8 → 4 → 2 → 1 pixel, and 28 → 14 → 7 → 3 → 1.
    let shapes =
        "[data]\nsource = \"shapes\"\n[network]\nblocks = [1, 1, 1, 1, 1, 1]\n[training]\nsteps = 1\nbatch = 1\n";
    refused_configuration(
        shapes,
        &["lesson.toml:7: training.batch: found 1; allowed: at least 2", "one number per channel", "block 6"],
    );
    refused_configuration("[network]\nblocks = [1, 1, 1, 1, 1]\n[training]\nbatch = 1\n", &["block 5"]);

    let folder = Folder::new();
    let trains = |name: &str, text: &str| {
        let (config, out) = (folder.write(&format!("{name}.toml"), text), folder.path(name));
        train(&["--config", config.to_str().unwrap(), "--out", out.to_str().unwrap()]).succeeded();
        let gradients = csv_rows(&out.join("gradients.csv"));
        assert!(gradients.iter().any(|row| row["layer"] == "stem" && row["weight_grad_norm"] != "0.0"), "{name}");
    };
    let few = |text: &str| text.replace("[network]", "train = 8\nvalidation = 2\n[network]");
    trains("four-pixels", &few(&shapes.replace(", 1, 1]", ", 1]")));
    trains("three-images", &few(&shapes.replace("batch = 1", "batch = 3")));
    trains("without", &few(&shapes.replace("[training]", "normalization = \"none\"\n[training]")));
}

#[test]
fn text_that_is_no_toml_is_refused_with_its_line() {
    refused_configuration("seed = 1\n[network\n", &["lesson.toml:2: this is no TOML"]);
    refused_configuration("seed = 1\nseed = 2\n", &["lesson.toml:2: this is no TOML", "duplicate"]);
}

#[test]
fn flags_go_through_the_same_checks() {
    let folder = Folder::new();
    let out = folder.path("run");
    let out = out.to_str().unwrap();
    train(&["--steps", "0", "--out", out])
        .refused(2, &["--steps: training.steps: found 0; allowed: a whole number from 1"]);
    train(&["--seed", "-1", "--out", out]).refused(2, &["--seed: seed: found -1"]);
    train(&["--backend", "cuda", "--out", out]).refused(2, &["--backend", "'cuda'", "\"flex\", \"ndarray\""]);
    train(&["--networks", "dense,gru", "--out", out]).refused(2, &["--networks", "gru", "\"residual\""]);
    train(&["--networks", "dense,dense", "--out", out]).refused(2, &["--networks", "each once"]);
    train(&["--threads", "0", "--out", out]).refused(2, &["--threads"]);
    train(&["--steps", "ten", "--out", out]).refused(2, &["--steps", "ten"]);
    train(&[]).refused(2, &["--out"]);
    run(["fly"]).refused(2, &["fly"]);
}

#[test]
fn names_that_nothing_has_are_refused_with_those_there_are() {
    run(["inspect", "--preset", "densenet-122"])
        .refused(2, &["unknown preset 'densenet-122'", "did you mean densenet-121?", "classroom"]);
    run(["presets", "clasroom"]).refused(2, &["unknown preset 'clasroom'", "did you mean classroom?"]);
    run(["inspect", "--networks", "recurrent"]).refused(2, &["unknown network 'recurrent'", "dense, residual, plain"]);
    run(["inspect", "--networks", "dense,dense"]).refused(2, &["dense twice"]);
    run(["inspect", "--format", "yaml"]).refused(2, &["yaml", "table", "json", "csv", "markdown"]);
    run(["inspect", "--input", "32x32"]).refused(2, &["'32x32' is no image shape", "3x32x32"]);
    run(["inspect", "--input", "1x3x3", "--classes", "2"]).refused(1, &["1x3x3", "too small", "transition 2"]);
    run(["inspect", "--classes", "0"]).refused(2, &["--classes"]);
    run(["inspect", "--config", "nowhere.toml"]).refused(1, &["nowhere.toml"]);
}

#[test]
fn an_output_folder_with_something_in_it_is_left_alone() {
    let folder = Folder::new();
    let kept = folder.write("run/thesis.txt", "years of work");
    let config = folder.write("tiny.toml", TINY);
    let out = folder.path("run");
    let arguments = ["--config", config.to_str().unwrap(), "--out", out.to_str().unwrap()];
    train(&arguments).refused(1, &["is not empty", "thesis.txt", "--force"]);
    assert_eq!(fs::read_dir(&out).unwrap().count(), 1);

    train(&[&arguments[..], &["--force"]].concat()).succeeded();
    assert_eq!(fs::read_to_string(kept).unwrap(), "years of work");
    assert!(out.join("metrics.csv").is_file());
}

#[test]
fn an_output_folder_that_is_a_file_or_cannot_be_written_is_named() {
    let folder = Folder::new();
    let file = folder.write("file", "text");
    train(&["--steps", "1", "--out", file.to_str().unwrap()]).refused(1, &["it is a file", file.to_str().unwrap()]);
    train(&["--steps", "1", "--out", file.join("below").to_str().unwrap()]).refused(1, &["cannot write", "below"]);
    if Path::new("/proc/self").exists() {
        train(&["--steps", "1", "--out", "/proc/densescope"]).refused(1, &["cannot write /proc/densescope"]);
    }
}

#[cfg(unix)]
#[test]
fn a_disk_that_fills_up_is_named_and_whole_rows_are_kept() {
    let folder = Folder::new();
    let config = folder.write("long.toml", TINY.replace("steps = 12", "steps = 100000"));
    let out = folder.path("run");
    // A limit on the size of files stands in for the end of the disk: writes fail the same way.
    let script = format!(
        "trap '' XFSZ; ulimit -f 64; exec {} train --config {} --out {}",
        env!("CARGO_BIN_EXE_densescope"),
        config.display(),
        out.display()
    );
    let ran = crate::support::ran(std::process::Command::new("bash").args(["-c", &script]).output().unwrap());
    ran.refused(1, &["cannot write", ".csv", "what was reached before is kept"]);
    let gradients = csv_rows(&out.join("gradients.csv"));
    assert!(gradients.len() > 100);
    assert!(gradients.iter().all(|row| row.len() == 6 && row["activation_grad_norm"].parse::<f64>().is_ok()));
}

#[test]
fn data_that_cannot_be_read_is_named() {
    let folder = Folder::new();
    let out = folder.path("run");
    let with_data =
        |data: &Path| train(&["--steps", "1", "--data", data.to_str().unwrap(), "--out", out.to_str().unwrap()]);
    with_data(&folder.path("missing")).refused(1, &["missing"]);
    fs::create_dir(folder.path("empty")).unwrap();
    with_data(&folder.path("empty")).refused(1, &["empty", "train-images-idx3-ubyte"]);
    folder.write("cut/train.bin", vec![0; 3073]);
    folder.write("cut/test.bin", vec![0; 3074]);
    with_data(&folder.path("cut")).refused(1, &["train.bin", "3073", "3074"]);
    assert!(!out.exists());
}

#[test]
fn probe_refuses_a_batch_of_one_pixel() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle/11-dense.safetensors");
    let bytes = fs::read(path).unwrap();
    let tensors = safetensors::SafeTensors::deserialize(&bytes).unwrap();
    let channels = tensors.tensor("batch.images").unwrap().shape()[1];
    let one_pixel = tensors.iter().map(|(name, tensor)| {
        let (shape, length) = match name {
            "batch.images" => (vec![1, channels, 1, 1], 4 * channels),
            "batch.labels" => (vec![1], 8),
            _ => (tensor.shape().to_vec(), tensor.data().len()),
        };
        (name, TensorView::new(tensor.dtype(), shape, &tensor.data()[..length]).unwrap())
    });
    let folder = Folder::new();
    let tensors = folder.write("pixel.safetensors", safetensors::serialize(one_pixel, None).unwrap());
    let config = folder.write("one.toml", "[network]\nblocks = [1]\nk0 = 9\ngrowth = 7\nbottleneck = false\n");
    let (config, tensors) = (config.to_str().unwrap(), tensors.to_str().unwrap());
    run(["probe", "--config", config, "--network", "dense", "--weights", tensors, "--batch", tensors])
        .refused(1, &["a batch of 1", "one number per channel in block 1", "at least 2 images"]);
}

/// One reference case, with its tensors changed.
struct Case {
    folder: Folder,
    tensors: Vec<(String, Dtype, Vec<usize>, Vec<u8>)>,
}

impl Case {
    fn new() -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle/02-residual.safetensors");
        let bytes = fs::read(path).unwrap();
        let tensors = safetensors::SafeTensors::deserialize(&bytes)
            .unwrap()
            .iter()
            .map(|(name, tensor)| (name.to_owned(), tensor.dtype(), tensor.shape().to_vec(), tensor.data().to_vec()))
            .collect();
        Self { folder: Folder::new(), tensors }
    }

    fn tensor(&mut self, name: &str) -> &mut (String, Dtype, Vec<usize>, Vec<u8>) {
        self.tensors.iter_mut().find(|tensor| tensor.0 == name).expect("the case has this tensor")
    }

    fn probe(&self) -> Ran {
        let views = self
            .tensors
            .iter()
            .map(|(name, dtype, shape, bytes)| (name.as_str(), TensorView::new(*dtype, shape.clone(), bytes).unwrap()));
        self.probe_bytes(&safetensors::serialize(views, None).unwrap())
    }

    fn probe_bytes(&self, bytes: &[u8]) -> Ran {
        let tensors = self.folder.write("case.safetensors", bytes);
        let config = self.folder.write(
            "case.toml",
            "[network]\nblocks = [1]\nk0 = 5\ngrowth = 3\nbottleneck = false\nbaseline_width = 7\n",
        );
        let [tensors, config] = [&tensors, &config].map(|path| path.to_str().unwrap());
        run(["probe", "--config", config, "--network", "residual", "--weights", tensors, "--batch", tensors])
    }
}

#[test]
fn the_case_is_accepted_before_it_is_changed() {
    Case::new().probe().succeeded();
}

#[test]
fn weights_that_are_missing_left_over_or_of_another_shape_are_all_named() {
    let mut case = Case::new();
    case.tensor("features.norm5.weight").0 = "features.norm6.weight".to_owned();
    let (_, _, shape, bytes) = case.tensor("classifier.bias");
    *shape = vec![2, 5];
    assert_eq!(bytes.len(), 40);
    case.probe().refused(
        1,
        &[
            "case.safetensors",
            "features.norm5.weight [7] is missing",
            "features.norm6.weight [7] is left over",
            "classifier.bias is [2, 5]; the network needs [10]",
        ],
    );
}

#[test]
fn weights_of_another_type_or_not_finite_are_named() {
    let mut case = Case::new();
    let (_, dtype, _, bytes) = case.tensor("features.norm5.bias");
    (*dtype, *bytes) = (Dtype::F64, vec![0; 7 * 8]);
    case.tensor("features.norm5.weight").3[8..12].copy_from_slice(&f32::NAN.to_le_bytes());
    case.probe().refused(
        1,
        &["features.norm5.bias is of type F64; allowed: F32, F16, BF16", "features.norm5.weight has NaN at position 2"],
    );
}

#[test]
fn a_batch_that_does_not_fit_is_named() {
    let mut case = Case::new();
    case.tensor("batch.labels").3[0..8].copy_from_slice(&10_i64.to_le_bytes());
    case.probe().refused(1, &["batch.labels has 10 at position 0; allowed: 0 to 9"]);

    let mut case = Case::new();
    let (_, _, shape, bytes) = case.tensor("batch.labels");
    (*shape, *bytes) = (vec![2], vec![0; 16]);
    case.probe().refused(1, &["batch.labels is [2]", "[6], one label for each image"]);

    let mut case = Case::new();
    case.tensor("batch.images").0 = "batch.pictures".to_owned();
    case.probe().refused(1, &["batch.images", "is missing"]);
}

#[test]
fn a_file_of_weights_that_is_cut_or_claims_more_than_it_has_is_refused() {
    let case = Case::new();
    let whole = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle/02-residual.safetensors")).unwrap();
    case.probe_bytes(&whole[..whole.len() / 2]).refused(1, &["no whole safetensors file"]);
    case.probe_bytes(b"").refused(1, &["this file is empty (0 bytes)"]);
    let mut huge = whole.clone();
    huge[..8].copy_from_slice(&u64::MAX.to_le_bytes());
    case.probe_bytes(&huge).refused(1, &["no whole safetensors file"]);
}

#[test]
fn weights_of_another_input_are_refused_by_the_shape_of_the_stem() {
    let mut case = Case::new();
    let (_, _, shape, bytes) = case.tensor("batch.images");
    (*shape, *bytes) = (vec![6, 1, 14, 14], vec![0; 6 * 14 * 14 * 4]);
    case.probe().refused(1, &["features.conv0.weight is [7, 3, 3, 3]; the network needs [7, 1, 3, 3]"]);
}
