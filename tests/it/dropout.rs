//! Where dropout stands: after every convolution but the first (paper, section 4.2).

use std::fs;
use std::path::{Path, PathBuf};

use safetensors::SafeTensors;
use safetensors::tensor::TensorView;
use serde_json::Value;

use crate::support::{Folder, run};

/// The tensors of a case of the reference, with the convolutions of every H set to zero.
fn without_branches(case: &str, folder: &Folder) -> PathBuf {
    let bytes = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle").join(case)).unwrap();
    let tensors = SafeTensors::deserialize(&bytes).unwrap();
    let is_branch = |name: &str| name.contains("denseblock") && name.contains("conv");
    assert!(tensors.names().into_iter().any(is_branch));
    let zeros = vec![0; bytes.len()];
    let changed = tensors.iter().map(|(name, tensor)| {
        let data = if is_branch(name) { &zeros[..tensor.data().len()] } else { tensor.data() };
        (name, TensorView::new(tensor.dtype(), tensor.shape().to_vec(), data).unwrap())
    });
    folder.write(case, safetensors::serialize(changed, None).unwrap())
}

/// The loss that `probe` reads with each percentage of dropout.
fn losses(network: &str, case: &str, backend: &str, percents: &[u32]) -> Vec<f64> {
    let folder = Folder::new();
    let tensors = without_branches(case, &folder);
    let loss = |percent: &u32| {
        let config = format!("[network]\n{network}\ndropout = {percent}\n[training]\nbackend = \"{backend}\"\n");
        let config = folder.write("dropout.toml", config);
        let (config, tensors) = (config.to_str().unwrap(), tensors.to_str().unwrap());
        let probe = run(["probe", "--config", config, "--network", "dense", "--weights", tensors, "--batch", tensors]);
        let report: Value = serde_json::from_str(&probe.succeeded().stdout).unwrap();
        report["loss"].as_f64().unwrap()
    };
    percents.iter().map(loss).collect()
}

#[test]
fn nothing_is_dropped_after_the_stem() {
    // One block has no transition, and what is dropped of zeros is zero: only the stem's maps could tell.
    for backend in ["flex", "ndarray"] {
        let losses = losses(
            "blocks = [1]\nk0 = 9\ngrowth = 7\nbottleneck = false",
            "11-dense.safetensors",
            backend,
            &[0, 20, 50, 90],
        );
        for loss in losses {
            assert!((loss - 0.703_371_386_292_211_9).abs() < 1e-6, "{loss} on {backend}");
        }
    }
}

#[test]
fn a_transitions_convolution_is_followed_by_dropout() {
    // Two blocks whose H are zero: what changes the loss is dropped in the transition between them.
    for backend in ["flex", "ndarray"] {
        let losses = losses(
            "blocks = [2, 1]\nk0 = 9\ngrowth = 5\ncompression = 35\nbaseline_width = 4",
            "07-dense.safetensors",
            backend,
            &[0, 20, 90],
        );
        let &[whole, some, most] = &losses[..] else { unreachable!("three percentages") };
        assert!((some - whole).abs() > 1e-4 && (most - whole).abs() > 1e-4, "{losses:?} on {backend}");
    }
}
