//! Weights of other projects: other names, other forms of files, half precision.

use std::fs;
use std::path::{Path, PathBuf};

use densescope::arch::{
    Architecture, Compression, ImageShape, Input, NetworkKind, NetworkSpec, Preset, Stem, Width, WidthRule,
};
use densescope::config::{Backend, RunConfig};
use densescope::model::weights::{Note, TensorFile, to_safetensors};
use densescope::model::{Network, device};
use half::{bf16, f16};
use safetensors::tensor::{Dtype, SafeTensors, TensorView};

use crate::support::{Folder, Ran, run};
use crate::torch::{self, Around};

/// Name, type, sides and bytes.
type Tensor = (String, Dtype, Vec<usize>, Vec<u8>);

type Rename<'a> = &'a dyn Fn(&str) -> String;

fn original() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle/07-dense.safetensors")
}

fn tensors_of(bytes: &[u8]) -> Vec<Tensor> {
    let parsed = SafeTensors::deserialize(bytes).unwrap();
    let tensor = |(name, view): (&str, TensorView<'_>)| {
        (name.to_owned(), view.dtype(), view.shape().to_vec(), view.data().to_vec())
    };
    parsed.iter().map(tensor).collect()
}

fn safetensors_of(tensors: &[Tensor]) -> Vec<u8> {
    let views = tensors
        .iter()
        .map(|(name, dtype, shape, bytes)| (name.as_str(), TensorView::new(*dtype, shape.clone(), bytes).unwrap()));
    safetensors::serialize(views, None).unwrap()
}

const CONFIG: &str = "[network]\nblocks = [2, 1]\nk0 = 9\ngrowth = 5\ncompression = 35\nbaseline_width = 4\n";
const LOSS: f64 = 2.013_547_897_338_867;

fn probe(folder: &Folder, weights: &Path, batch: &Path) -> Ran {
    let config = folder.write("w.toml", CONFIG);
    let [config, weights, batch] = [&config, weights, batch].map(|path| path.to_str().unwrap());
    run(["probe", "--config", config, "--network", "dense", "--weights", weights, "--batch", batch])
}

#[track_caller]
fn gives(ran: &Ran, loss: f64) {
    let report: serde_json::Value = serde_json::from_str(&ran.succeeded().stdout).unwrap();
    let found = report["loss"].as_f64().unwrap();
    assert!((found - loss).abs() <= 1e-6 * loss, "{found} for {loss}");
    assert_eq!(report["parameters"], 3959);
}

/// The original with every weight changed, beside its batch.
fn changed(change: impl Fn(Tensor) -> Tensor) -> Vec<Tensor> {
    let tensors = tensors_of(&fs::read(original()).unwrap());
    tensors.into_iter().map(|tensor| if tensor.0.starts_with("batch.") { tensor } else { change(tensor) }).collect()
}

fn renamed(rename: impl Fn(&str) -> String) -> Vec<Tensor> {
    changed(|(name, dtype, shape, bytes)| (rename(&name), dtype, shape, bytes))
}

/// torchvision's published files: `denselayer1.norm.1.weight`.
fn old(name: &str) -> String {
    ["norm1", "norm2", "conv1", "conv2"].iter().fold(name.to_owned(), |name, part| {
        let (letters, number) = part.split_at(4);
        let is_layer = name.contains("denselayer");
        if is_layer { name.replace(&format!(".{part}."), &format!(".{letters}.{number}.")) } else { name }
    })
}

#[test]
fn weights_under_the_names_of_other_projects_give_the_same_loss_and_what_was_done_is_told() {
    let folder = Folder::new();
    let monai = |name: &str| {
        let parts: Vec<&str> = name.split('.').collect();
        let name = match parts[..] {
            ["features", block, layer, part, rest] if layer.starts_with("denselayer") => {
                format!("features.{block}.{layer}.layers.{part}.{rest}")
            }
            _ => name.to_owned(),
        };
        name.replace("classifier.", "class_layers.out.")
    };
    let recipes: [(&str, Rename<'_>, &[&str]); 8] = [
        ("torchvision", &old, &["norm.1 was read as norm1 (24 names)", "conv.1 was read as conv1 (6 names)"]),
        ("dataparallel", &|name| format!("module.{name}"), &["the prefix module. was taken off"]),
        ("nested", &|name| format!("state_dict.{name}"), &["the prefix state_dict. was taken off"]),
        ("compiled", &|name| format!("_orig_mod.backbone.{name}"), &["the prefix _orig_mod.backbone. was taken off"]),
        (
            "chexnet",
            &|name| format!("module.densenet121.{}", old(name).replace("classifier.", "classifier.0.")),
            &["the prefix module.densenet121. was taken off", "classifier.0 was read as classifier (2 names)"],
        ),
        ("second", &|name| name.replace("classifier.", "classifier.1."), &["was read as classifier (2 names)"]),
        ("gpleiss", &|name| name.replace("norm5", "norm_final"), &["norm_final was read as norm5 (4 names)"]),
        ("monai", &monai, &["layers.norm1 was read as norm1 (30 names)", "class_layers.out was read as classifier"]),
    ];
    for (name, rename, told) in recipes {
        let file = folder.write(&format!("{name}.safetensors"), safetensors_of(&renamed(rename)));
        let ran = probe(&folder, &file, &file);
        gives(&ran, LOSS);
        for words in told {
            assert!(ran.stderr.contains("note: ") && ran.stderr.contains(words), "{name}: {}", ran.stderr);
        }
    }
    let plain = probe(&folder, &original(), &original());
    gives(&plain, LOSS);
    assert_eq!(plain.stderr, "", "nothing was done, and nothing is told");
}

#[test]
fn half_precision_is_widened_and_labels_of_any_whole_type_are_read() {
    let folder = Folder::new();
    let halved = |half: &dyn Fn(f32) -> [u8; 2], dtype| {
        changed(|(name, of, shape, bytes)| {
            assert_eq!(of, Dtype::F32);
            let floats = bytes.as_chunks().0.iter().map(|&four| f32::from_le_bytes(four));
            (name, dtype, shape, floats.flat_map(half).collect())
        })
    };
    let f16s = halved(&|float| f16::from_f32(float).to_le_bytes(), Dtype::F16);
    // Cut off, as the recipe does, not rounded.
    let bf16s = halved(&|float| bf16::from_bits((float.to_bits() >> 16) as u16).to_le_bytes(), Dtype::BF16);
    for (name, tensors, loss) in [("F16", f16s, 2.013_535_022_735_595_7), ("BF16", bf16s, 2.012_875_556_945_801)] {
        let file = folder.write("half.safetensors", safetensors_of(&tensors));
        let ran = probe(&folder, &file, &file);
        gives(&ran, loss);
        assert!(ran.stderr.contains(&format!("42 tensors in half precision ({name}) were widened")), "{}", ran.stderr);
    }

    let mut tensors = changed(|tensor| tensor);
    let labels = tensors.iter_mut().find(|tensor| tensor.0 == "batch.labels").unwrap();
    let classes: Vec<i64> = labels.3.as_chunks().0.iter().map(|&eight| i64::from_le_bytes(eight)).collect();
    let as_i32 = classes.iter().flat_map(|&class| i32::try_from(class).unwrap().to_le_bytes()).collect();
    let as_u8 = classes.iter().map(|&class| u8::try_from(class).unwrap()).collect();
    for (dtype, bytes) in [(Dtype::I32, as_i32), (Dtype::U8, as_u8)] {
        let labels = tensors.iter_mut().find(|tensor| tensor.0 == "batch.labels").unwrap();
        (labels.1, labels.3) = (dtype, bytes);
        let file = folder.write("labels.safetensors", safetensors_of(&tensors));
        gives(&probe(&folder, &file, &file), LOSS);
    }
}

#[test]
fn files_that_pytorch_saved_are_read_in_both_forms_and_nothing_in_them_is_run() {
    let folder = Folder::new();
    let all = renamed(|name| format!("module.{}", old(name)));
    let single = |tensors: &[Tensor]| -> Vec<torch::Tensor> {
        let weights = tensors.iter().filter(|tensor| !tensor.0.starts_with("batch."));
        weights.map(|(name, _, shape, bytes)| (name.clone(), shape.clone(), bytes.clone())).collect()
    };
    let plain = single(&changed(|tensor| tensor));
    let wrapped = single(&all);
    for (name, bytes) in [
        ("zip.pth", torch::zip(&plain, Around::Nothing)),
        ("stream.pt", torch::stream(&plain, Around::Nothing)),
        ("checkpoint.pth", torch::zip(&wrapped, Around::Checkpoint)),
        ("old-checkpoint.pth.tar", torch::stream(&wrapped, Around::Checkpoint)),
        ("evil.pth", torch::zip(&plain, Around::Evil)),
        ("evil-stream.pth", torch::stream(&plain, Around::Evil)),
    ] {
        let file = folder.write(name, bytes);
        gives(&probe(&folder, &file, &original()), LOSS);
    }
    assert!(!Path::new("evil-was-here").exists() && !folder.path("evil-was-here").exists());
    let disguised = folder.write("disguised.safetensors", torch::zip(&plain, Around::Nothing));
    let ran = probe(&folder, &disguised, &original());
    gives(&ran, LOSS);
    assert!(ran.stderr.contains("a PyTorch file (a pickle of tensors), whatever its name says"), "{}", ran.stderr);
}

#[test]
fn what_is_no_part_of_the_network_is_left_out_and_told_and_may_be_nothing_that_numbers_are() {
    let folder = Folder::new();
    let mut tensors = changed(|tensor| tensor);
    tensors.push(("op_threshs".to_owned(), Dtype::F32, vec![2], [0.5_f32, f32::NAN].map(f32::to_le_bytes).concat()));
    tensors.push(("fc.weight".to_owned(), Dtype::F64, vec![1], vec![0; 8]));
    let file = folder.write("extra.safetensors", safetensors_of(&tensors));
    let ran = probe(&folder, &file, &file);
    gives(&ran, LOSS);
    assert!(ran.stderr.contains("left out, since it is no part of the network: fc.weight [1], op_threshs [2]"));

    tensors.push(("features.norm6.weight".to_owned(), Dtype::F32, vec![1], vec![0; 4]));
    let file = folder.write("inside.safetensors", safetensors_of(&tensors));
    probe(&folder, &file, &file).refused(1, &["features.norm6.weight [1] is left over", "inside.safetensors"]);
    let misspelt =
        folder.write("misspelt.safetensors", safetensors_of(&renamed(|name| name.replace("norm5", "norm7"))));
    probe(&folder, &misspelt, &misspelt).refused(
        1,
        &[
            "features.norm5.weight [11] is missing; nearest in the file: features.norm7.weight [11]",
            "features.norm7.bias [11] is left over: the network has no such weight; nearest: features.norm5.bias [11]",
        ],
    );
}

#[test]
fn a_file_that_is_not_what_its_name_says_is_named_as_what_it_is() {
    let folder = Folder::new();
    for (bytes, words) in [
        (
            &b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 32342954\n"[..],
            "a Git LFS pointer, not the weights",
        ),
        (b"<!DOCTYPE html>\n<html><body>404</body></html>", "a web page (HTML or XML), not the weights"),
        (b"\x80\x04\x95\x0b\x00\x00\x00\x00\x00\x00\x00}\x94.", "a Python pickle that torch.save did not write"),
        (b"\x89HDF\r\n\x1a\n0000", "an HDF5 file (Keras, h5py)"),
        (b"", "this file is empty"),
        (&torch::stored(&[("a.npy".to_owned(), vec![1])]), "an archive of NumPy's arrays (.npz)"),
        (&torch::zip(&[], Around::Nothing), "classifier.weight [] is missing"),
    ] {
        let file = folder.write("w.safetensors", bytes);
        probe(&folder, &file, &original()).refused(1, &["w.safetensors", words]);
        run(["weights", file.to_str().unwrap()]).refused(1, &["w.safetensors"]);
    }
    run(["weights", "nowhere.pth"]).refused(1, &["cannot read nowhere.pth"]);
}

/// A network with weights from a seed, as the program saves it.
fn saved(kind: NetworkKind, spec: &NetworkSpec, channels: usize, classes: usize) -> (Architecture, Vec<u8>) {
    let input = Input { image: ImageShape::new(channels, 64, 64), classes };
    let architecture = Architecture::new(kind, spec, input).unwrap();
    let mut network = Network::new(&architecture, 5, &device(Backend::Flex));
    let bytes = to_safetensors(&mut network, 3);
    (architecture, bytes)
}

#[test]
fn a_network_is_read_off_the_shapes_of_its_weights_in_every_form() {
    let folder = Folder::new();
    let spec = |blocks: &[usize], k0, growth, percent| NetworkSpec {
        compression: Compression { percent },
        ..NetworkSpec::bottleneck_compressed(blocks, k0, growth)
    };
    let cases = [
        (NetworkKind::Dense, spec(&[2, 3], 7, 5, 35), 3, 7),
        (NetworkKind::Dense, NetworkSpec { bottleneck: false, ..spec(&[1, 4, 2], 9, 3, 100) }, 1, 10),
        (NetworkKind::Dense, NetworkSpec { stem: Stem::SevenBySeven, ..spec(&[1, 2, 1, 1], 11, 7, 50) }, 3, 12),
        (NetworkKind::Dense, spec(&[3], 5, 13, 50), 4, 2),
        (
            NetworkKind::Residual,
            NetworkSpec {
                baseline_width: WidthRule::Fixed(Width::from_number(5.5).unwrap()),
                ..spec(&[1, 2, 1], 16, 8, 50)
            },
            3,
            10,
        ),
        (NetworkKind::Plain, NetworkSpec { bottleneck: false, ..spec(&[2, 2], 16, 8, 50) }, 1, 10),
    ];
    for (kind, spec, channels, classes) in cases {
        let (architecture, bytes) = saved(kind, &spec, channels, classes);
        let single = tensors_of(&bytes).into_iter().filter(|(_, dtype, ..)| *dtype == Dtype::F32);
        let single: Vec<torch::Tensor> = single.map(|(name, _, shape, bytes)| (name, shape, bytes)).collect();
        for (name, bytes) in [
            ("w.safetensors", bytes),
            ("w.pth", torch::zip(&single, Around::Nothing)),
            ("w.pt", torch::stream(&single, Around::Checkpoint)),
        ] {
            let file = TensorFile::read(&folder.write(name, bytes)).unwrap();
            let read =
                file.recognise(&RunConfig::default().network).unwrap_or_else(|error| panic!("{spec:?}: {error}"));
            let found = &read.architecture;
            assert_eq!((found.kind, &found.spec.blocks, found.spec.stem), (kind, &spec.blocks, spec.stem));
            assert_eq!((found.input.image.channels, found.input.classes), (channels, classes));
            assert_eq!((found.parameters(), found.depth()), (architecture.parameters(), architecture.depth()));
            if let Some(percents) = &read.percents {
                assert!(percents.contains(&spec.compression.percent), "{percents:?}");
                assert_eq!((found.spec.k0, found.spec.growth), (spec.k0, spec.growth));
            }
        }
    }
}

#[test]
fn the_configuration_of_a_file_builds_its_network_and_what_is_saved_gives_the_same_loss() {
    let folder = Folder::new();
    let file = folder.write("chexnet.safetensors", safetensors_of(&renamed(|name| format!("module.{}", old(name)))));
    let [file, saved, config] = [file, folder.path("saved.safetensors"), folder.path("read.toml")]
        .map(|path| path.to_str().unwrap().to_owned());
    let ran = run(["weights", &file, "--save", &saved, "--config", &config, "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&ran.succeeded().stdout).unwrap();
    for (key, value) in
        [("k0", 9), ("growth", 5), ("classes", 7), ("parameters", 3959), ("depth", 9), ("compression", 35)]
    {
        assert_eq!(report[key], value, "{key}");
    }
    assert_eq!((&report["blocks"], &report["preset"]), (&serde_json::json!([2, 1]), &serde_json::Value::Null));
    let inspected = run(["inspect", "--config", &config, "--input", "3x16x16", "--classes", "7", "--format", "json"]);
    assert!(inspected.succeeded().stdout.contains("\"parameters\": 3959"), "{}", inspected.stdout);
    let tensors = TensorFile::read(Path::new(&saved)).unwrap();
    assert_eq!(tensors.notes(), &[] as &[Note], "the names are those that are needed");
    gives(&probe(&folder, Path::new(&saved), &original()), LOSS);
    let text = run(["weights", &saved]);
    assert!(
        text.succeeded().stdout.contains("theta               35 % (the same weights from 32 to 36)"),
        "{}",
        text.stdout
    );
}

#[test]
fn a_preset_is_known_by_its_weights_and_a_network_that_cannot_be_built_by_what_is_otherwise() {
    let folder = Folder::new();
    let preset = Preset::named("densenet-bc-22-12").unwrap();
    let (_, bytes) = saved(NetworkKind::Dense, &preset.spec(), 3, 5);
    let file = folder.write("bc.safetensors", &bytes);
    let printed = run(["weights", file.to_str().unwrap()]);
    for words in
        ["preset              densenet-bc-22-12", "depth               22 = 1 + 2·9 + 2 + 1", "classes             5"]
    {
        assert!(printed.succeeded().stdout.contains(words), "{words} in {}", printed.stdout);
    }
    let refused = |change: &dyn Fn(&mut Vec<Tensor>), words: &[&str]| {
        let mut tensors = tensors_of(&bytes);
        change(&mut tensors);
        let file = folder.write("unlike.safetensors", safetensors_of(&tensors));
        run(["weights", file.to_str().unwrap()]).refused(1, words);
    };
    let without = |tensors: &mut Vec<Tensor>, part: &str| tensors.retain(|tensor| !tensor.0.contains(part));
    refused(&|tensors| without(tensors, "denseblock"), &["there is no features.denseblock1.denselayer1.conv1.weight"]);
    refused(
        &|tensors| without(tensors, "denselayer2.conv1"),
        &["features.denseblock1.denselayer2.conv1.weight is missing"],
    );
    refused(&|tensors| without(tensors, "classifier"), &["classifier.weight [] is missing"]);
    refused(
        &|tensors| tensors.iter_mut().for_each(|tensor| tensor.0 = tensor.0.replace("denseblock1.", "denseblock9.")),
        &["it has 9 network.blocks; allowed: 1 to 8"],
    );
}
