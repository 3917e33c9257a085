//! Counts that were published, through `inspect`.

use serde_json::Value;

use crate::support::{Folder, run};

fn inspect(arguments: &[&str]) -> Value {
    let ran = run([&["inspect", "--format", "json"], arguments].concat());
    serde_json::from_str(&ran.succeeded().stdout).unwrap()
}

fn dense(preset: &str) -> Value {
    inspect(&["--preset", preset, "--networks", "dense"])["networks"][0].clone()
}

fn layer<'a>(network: &'a Value, name: &str) -> &'a Value {
    network["layers"].as_array().unwrap().iter().find(|layer| layer["name"] == name).expect("the layer is there")
}

#[test]
fn parameters_of_the_papers_networks_are_the_published_ones() {
    for (preset, parameters) in [
        ("densenet-121", 7_978_856_u64),
        ("densenet-169", 14_149_480),
        ("densenet-201", 20_013_928),
        ("densenet-161", 28_681_000),
        ("densenet-264", 33_337_704),
        ("densenet-40-12", 1_019_722),
        ("densenet-100-12", 6_979_642),
        ("densenet-100-24", 27_249_082),
        ("densenet-bc-40-36", 1_542_682),
        ("densenet-bc-40-48", 2_733_130),
        ("densenet-bc-40-60", 4_261_690),
        ("densenet-bc-100-12", 769_162),
        ("densenet-bc-250-24", 15_324_406),
        ("densenet-bc-190-40", 25_624_430),
        ("densenet-bc-40-12", 176_122),
        ("densenet-bc-22-12", 71_686),
    ] {
        assert_eq!(dense(preset)["parameters"], parameters, "{preset}");
    }
}

#[test]
fn other_forms_of_densenet_40_12_have_the_published_parameters() {
    let folder = Folder::new();
    for (compression, parameters) in [(100, 1_059_298), (50, 599_050)] {
        let text = format!(
            "[network]\nblocks = [12, 12, 12]\nk0 = 24\ngrowth = 12\nbottleneck = false\ncompression = {compression}\n"
        );
        let config = folder.write("forty.toml", text);
        let found = inspect(&["--config", config.to_str().unwrap(), "--input", "3x32x32", "--classes", "10"]);
        assert_eq!(found["networks"][0]["parameters"], parameters);
    }
}

#[test]
fn multiply_adds_of_the_imagenet_networks_are_the_published_ones() {
    for (preset, billions) in
        [("densenet-121", "2.834"), ("densenet-169", "3.360"), ("densenet-201", "4.291"), ("densenet-161", "7.728")]
    {
        let multiply_adds = dense(preset)["multiply_adds"].as_f64().unwrap();
        assert_eq!(format!("{:.3}", multiply_adds / 1e9), billions, "{preset}");
    }
}

#[test]
fn depth_is_the_number_in_the_name() {
    for (preset, depth) in
        [("densenet-121", 121), ("densenet-201", 201), ("densenet-bc-100-12", 100), ("densenet-40-12", 40)]
    {
        assert_eq!(dense(preset)["depth"], depth, "{preset}");
    }
}

#[test]
fn channels_grow_and_are_compressed_as_published() {
    let imagenet = dense("densenet-121");
    for (name, reads, makes, side) in [
        ("transition1", 256, 128, 28),
        ("transition2", 512, 256, 14),
        ("transition3", 1024, 512, 7),
        ("classifier", 1024, 1000, 1),
    ] {
        let layer = layer(&imagenet, name);
        assert_eq!((&layer["reads"], &layer["makes"], &layer["height"]), (&reads.into(), &makes.into(), &side.into()));
    }
    for (preset, expected) in [
        ("densenet-40-12", [(160, 160), (304, 304), (448, 10)]),
        ("densenet-bc-100-12", [(216, 108), (300, 150), (342, 10)]),
        ("densenet-bc-22-12", [(60, 30), (66, 33), (69, 10)]),
    ] {
        let network = dense(preset);
        for (name, (reads, makes)) in ["transition1", "transition2", "classifier"].into_iter().zip(expected) {
            let layer = layer(&network, name);
            assert_eq!((&layer["reads"], &layer["makes"]), (&reads.into(), &makes.into()), "{preset} {name}");
        }
    }
}

#[test]
fn a_dense_layer_reads_makes_and_carries_three_different_numbers() {
    let network = dense("classroom");
    for l in 1..=4_u64 {
        let layer = layer(&network, &format!("block1.layer{l}"));
        assert_eq!(layer["reads"], 16 + 8 * (l - 1));
        assert_eq!(layer["makes"], 8);
        assert_eq!(layer["carries"], 16 + 8 * l);
    }
}

#[test]
fn the_classroom_baseline_is_matched_by_parameters_or_by_work() {
    let folder = Folder::new();
    for (rule, width, parameters, multiply_adds) in
        [("match-parameters", 5.5, 47_446, 5_588_964), ("match-multiply-adds", 9.25, 132_897, 14_832_278)]
    {
        let config = folder.write("matched.toml", format!("[network]\nbaseline_width = \"{rule}\"\n"));
        let found = inspect(&["--config", config.to_str().unwrap(), "--networks", "dense,residual"]);
        let [dense, residual] = &found["networks"].as_array().unwrap()[..] else {
            panic!("two networks were asked for")
        };
        assert_eq!((&dense["parameters"], &dense["multiply_adds"]), (&46_362.into(), &14_771_160.into()));
        assert_eq!(residual["baseline_width"], width);
        assert_eq!((&residual["parameters"], &residual["multiply_adds"]), (&parameters.into(), &multiply_adds.into()));
    }
}
