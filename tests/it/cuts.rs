//! Cut connections: against an independent reference, and by facts that hold to the last digit.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use densescope::arch::{Architecture, Cuts, How, ImageShape, Input, Link, NetworkKind, NetworkSpec, Part};
use densescope::config::{Backend, LoadedConfig, RunConfig, TrainingConfig};
use densescope::data::{Batch, DataSet, load};
use densescope::model::weights::{ImagesAndLabels, TensorFile, map_weights};
use densescope::training::{CutAnswer, Session, Still, Threads};
use serde_json::Value;

use crate::oracle::{cases, compare, configuration};
use crate::support::{Folder, TINY, csv_rows, run, trained_run};

/// What the program says of a case with these links cut.
fn probe(config: &Path, tensors: &Path, kind: &str, cut: Option<(&[&str], &str)>) -> Value {
    let mut arguments: Vec<String> = ["probe", "--network", kind].map(str::to_owned).into();
    for (flag, path) in [("--config", config), ("--weights", tensors), ("--batch", tensors)] {
        arguments.extend([flag.to_owned(), path.to_str().unwrap().to_owned()]);
    }
    if let Some((links, how)) = cut {
        arguments.extend(["--cut".to_owned(), links.join(","), "--how".to_owned(), how.to_owned()]);
    }
    let mut found: Value = serde_json::from_str(&run(arguments).succeeded().stdout).unwrap();
    found["evaluation"].take()
}

/// The network of a case with its weights, and its batch.
fn network_of(config: &Path, tensors: &Path, kind: NetworkKind) -> (Still, Batch) {
    let config = LoadedConfig::read(config).unwrap().config;
    let tensors = TensorFile::read(tensors).unwrap();
    let classes = tensors.classes().unwrap();
    let ImagesAndLabels { shape: [_, channels, height, width], images, labels } = tensors.batch(classes).unwrap();
    let shape = ImageShape { channels, height, width };
    let architecture = Architecture::new(kind, &config.network, Input { image: shape, classes }).unwrap();
    let mut session = Session::new(&architecture, &config.training, 1, &Threads::new(2).unwrap());
    session.load(&tensors).unwrap();
    (session.still(), Batch { images, labels, shape })
}

/// Every set of links, both ways; the last and largest set of each way through the real binary.
fn every_case_agrees(backend: &str) {
    let folder = Folder::new();
    let cases = cases("cuts");
    assert_eq!(cases.len(), 8);
    for path in cases {
        let expected: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        let config = folder.write("case.toml", configuration(&expected, backend));
        let (tensors, kind) = (path.with_extension("safetensors"), expected["config"]["kind"].as_str().unwrap());
        let (still, batch) = network_of(&config, &tensors, kind.parse().unwrap());
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        compare(&name, &probe(&config, &tensors, kind, None), &expected["evaluation"], 1e-3);
        let sets = expected["cuts"].as_array().unwrap();
        for (index, set) in sets.iter().enumerate() {
            let names: Vec<&str> = set["cut"].as_array().unwrap().iter().map(|link| link.as_str().unwrap()).collect();
            let how = set["how"].as_str().unwrap();
            let links = names.iter().map(|name| still.architecture().link(name).unwrap()).collect();
            let cuts = Cuts { links, how: How::from_name(how).unwrap() };
            let CutAnswer { loss, right, logits } = still.answer(&batch, &cuts);
            let mut found = vec![serde_json::json!({"loss": loss, "correct": right, "logits": logits})];
            if (index + 1) % (sets.len() / 2) == 0 {
                found.push(probe(&config, &tensors, kind, Some((&names, how))));
            }
            for (key, found) in found.iter().flat_map(|found| found.as_object().unwrap()) {
                compare(&format!("{name} on {backend} with {names:?} {how}: {key}"), found, &set[key], 1e-3);
            }
        }
    }
}

#[test]
fn every_cut_agrees_with_the_reference_on_flex() {
    every_case_agrees("flex");
}

#[test]
fn every_cut_agrees_with_the_reference_on_ndarray() {
    every_case_agrees("ndarray");
}

const INPUT: Input = Input { image: ImageShape { channels: 1, height: 9, width: 9 }, classes: 3 };

/// A network that has learnt for a step, so that its running statistics are not their defaults.
fn session(kind: NetworkKind, backend: Backend, change: impl Fn(&str, f32) -> f32) -> Session {
    let spec = NetworkSpec::bottleneck_compressed(&[3, 2], 5, 2);
    let architecture = Architecture::new(kind, &spec, INPUT).unwrap();
    let training = TrainingConfig { backend, ..RunConfig::default().training };
    let threads = Threads::new(2).unwrap();
    let mut session = Session::new(&architecture, &training, 4, &threads);
    session.step(&batch(), 0.1, false);
    session.change_weights(|network| map_weights(network, change));
    session
}

fn still(kind: NetworkKind, backend: Backend) -> Still {
    session(kind, backend, |_, value| value).still()
}

fn batch() -> Batch {
    let images = (0..6 * 81).map(|index| (index as f32 * 0.7).sin()).collect();
    Batch { images, labels: vec![0, 1, 2, 0, 1, 2], shape: INPUT.image }
}

fn links(links: impl IntoIterator<Item = Link>, how: How) -> Cuts {
    Cuts { links: links.into_iter().collect(), how }
}

/// Its numbers, bit for bit.
fn bits(answer: &CutAnswer) -> (u64, usize, Vec<Vec<u32>>) {
    let logits = answer.logits.iter().map(|row| row.iter().map(|logit| logit.to_bits()).collect()).collect();
    (answer.loss.to_bits(), answer.right, logits)
}

const BACKENDS: [Backend; 2] = [Backend::Flex, Backend::Ndarray];

#[test]
fn cutting_nothing_changes_nothing_bit_for_bit_and_cutting_something_does() {
    for (kind, backend) in NetworkKind::ALL.into_iter().flat_map(|kind| BACKENDS.map(|backend| (kind, backend))) {
        let still = still(kind, backend);
        let whole = still.answer(&batch(), &Cuts::default());
        for how in How::ALL {
            assert_eq!(bits(&still.answer(&batch(), &links([], how))), bits(&whole), "{kind} {how} on {backend:?}");
            for link in still.architecture().links() {
                let cut = still.answer(&batch(), &links([link], how));
                assert_ne!(cut.loss.to_bits(), whole.loss.to_bits(), "{kind} {link} {how} on {backend:?}");
                assert!(cut.loss.is_finite());
            }
        }
        assert_eq!(bits(&still.answer(&batch(), &Cuts::default())), bits(&whole), "the weights are what they were");
    }
}

#[test]
fn with_every_reader_of_a_source_cut_the_loss_does_not_depend_on_that_sources_weights() {
    let part = Part::Layer { block: 1, layer: 2 };
    for (kind, backend) in NetworkKind::ALL.into_iter().flat_map(|kind| BACKENDS.map(|backend| (kind, backend))) {
        let path = format!("features.{kind}block1.{kind}layer2.");
        let other = |name: &str, value: f32| match name.strip_prefix(&path) {
            None => value,
            // Not even a number that is none gets through.
            Some("norm1.weight") => f32::NAN,
            Some(_) => 0.3 + 2.0 * value.abs(),
        };
        let [still, changed] = [still(kind, backend), session(kind, backend, other).still()];
        let cuts = links(still.architecture().links_from(part), How::Zero);
        let loss = |of: &Still, cuts: &Cuts| of.answer(&batch(), cuts).loss.to_bits();
        assert_ne!(loss(&still, &Cuts::default()), loss(&changed, &Cuts::default()), "the weights are others");
        assert_eq!(loss(&still, &cuts), loss(&changed, &cuts), "{kind} on {backend:?}");
    }
}

#[test]
fn a_dense_link_cut_to_zero_is_the_same_as_zero_weights() {
    for (link, weight, channels) in [
        (Link::Slice { block: 1, reader: 3, source: 1 }, "features.denseblock1.denselayer3.conv1.weight", 5..7),
        (Link::Slice { block: 1, reader: 4, source: 0 }, "features.transition1.conv.weight", 0..5),
        (Link::Slice { block: 2, reader: 3, source: 2 }, "classifier.weight", 7..9),
    ] {
        for backend in BACKENDS {
            let whole = session(NetworkKind::Dense, backend, |_, value| value);
            let still = whole.still();
            let architecture = still.architecture();
            assert_eq!(architecture.slice(link.end().0, source(link)), channels);
            let reads = architecture.slice(link.end().0, link.end().1 - 1).end;
            let place = std::cell::Cell::new(0);
            let zeroed = session(NetworkKind::Dense, backend, |name, value| {
                if name != weight {
                    return value;
                }
                let channel = place.replace(place.get() + 1) % reads;
                if channels.contains(&channel) { 0.0 } else { value }
            });
            assert!(place.get() > 0, "{weight} is a weight of the network");
            let cut = still.answer(&batch(), &links([link], How::Zero));
            let weightless = zeroed.still().answer(&batch(), &Cuts::default());
            // A zero may have another sign; every other number is the same.
            assert_eq!(cut.logits, weightless.logits, "{link} on {backend:?}");
        }
    }
}

fn source(link: Link) -> usize {
    match link {
        Link::Slice { source, .. } => source,
        Link::Identity { .. } | Link::Branch { .. } => unreachable!("a dense link"),
    }
}

fn images() -> DataSet {
    load(&RunConfig::default().data.source, 30, 230, 1).unwrap()
}

#[test]
fn the_map_of_cuts_is_every_single_cut_and_each_begins_where_the_network_is_different() {
    let data = images();
    let input = Input { image: data.shape, classes: data.class_names.len() };
    let spec = NetworkSpec::bottleneck_compressed(&[2, 1], 4, 3);
    for (kind, how) in NetworkKind::ALL.into_iter().flat_map(|kind| How::ALL.map(|how| (kind, how))) {
        let architecture = Architecture::new(kind, &spec, input).unwrap();
        let session = Session::new(&architecture, &RunConfig::default().training, 3, &Threads::new(2).unwrap());
        let (still, validated) = (session.still(), session.evaluate(&data, || true).unwrap());
        let map = still.map_of_cuts(&data, how, usize::MAX, |_| true).unwrap();
        assert_eq!(map.whole, validated.evaluation, "what validation says of the whole network");
        let whole = still.whole(&data, usize::MAX, || true).unwrap();
        assert_eq!(whole.evaluation, validated.evaluation);
        assert_eq!(map.cuts.iter().map(|cut| cut.link).collect::<Vec<_>>(), architecture.links());
        for cut in &map.cuts {
            let alone = still.cut(&data, &links([cut.link], how), &whole, || true).unwrap();
            assert_eq!(cut.evaluation, alone, "{kind} {} {how}", cut.link);
        }
        assert!(map.cuts.iter().any(|cut| cut.evaluation != map.whole));
    }
}

#[test]
fn a_map_of_cuts_tells_how_far_it_is_and_stops_when_asked() {
    let data = images();
    let input = Input { image: data.shape, classes: data.class_names.len() };
    let spec = NetworkSpec::bottleneck_compressed(&[1, 1], 4, 3);
    let architecture = Architecture::new(NetworkKind::Dense, &spec, input).unwrap();
    let session = Session::new(&architecture, &RunConfig::default().training, 3, &Threads::new(1).unwrap());
    let told = std::sync::Mutex::new(Vec::new());
    let still = session.still();
    let map = still.map_of_cuts(&data, How::Mean, 150, |done| {
        told.lock().unwrap().push(done);
        done < 0.5
    });
    assert!(map.is_none());
    let told = told.into_inner().unwrap();
    assert!(told.len() > 3 && told.is_sorted() && told[0] == 0.0, "{told:?}");
    assert!(told.iter().rev().skip(1).all(|&done| done < 0.5), "it stopped at once: {told:?}");
    assert!(still.whole(&data, 150, || false).is_none());
    let all: BTreeSet<Link> = architecture.links().into_iter().collect();
    let whole = still.whole(&data, 150, || true).unwrap();
    assert!(still.cut(&data, &Cuts { links: all, how: How::Zero }, &whole, || false).is_none());
}

#[test]
fn a_link_that_is_not_there_is_refused_by_its_name_with_what_is_allowed() {
    let path = &cases("cuts")[0];
    let case: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let folder = Folder::new();
    let (config, tensors) =
        (folder.write("case.toml", configuration(&case, "flex")), path.with_extension("safetensors"));
    let (config, tensors) = (config.to_str().unwrap(), tensors.to_str().unwrap());
    let refused = |cut: &str, how: &str, parts: &[&str]| {
        let files = ["--config", config, "--weights", tensors, "--batch", tensors];
        let flags = ["--network", "dense", "--cut", cut, "--how", how];
        run(["probe"].into_iter().chain(files).chain(flags)).refused(2, parts);
    };
    refused("1.0>1,9.9>9", "zero", &["'9.9>9'", "B.S>R", "block B"]);
    refused("1.1:branch", "zero", &["'1.1:branch'", "dense"]);
    refused("", "zero", &["''"]);
    refused("1.0>1", "half", &["half", "zero, mean"]);
}

/// A small run that nobody else writes to.
fn run_folder(folder: &Folder) -> std::path::PathBuf {
    let config = folder.write("run.toml", TINY);
    let out = folder.path("run");
    run(["train", "--config", config.to_str().unwrap(), "--out", out.to_str().unwrap()]).succeeded();
    out
}

#[test]
fn the_command_cuts_every_link_of_a_run_in_turn_and_leaves_table_figure_and_report() {
    let folder = Folder::new();
    let out = run_folder(&folder);
    let path = out.to_str().unwrap();
    let weights = fs::read(out.join("weights/dense.safetensors")).unwrap();
    let ran = run(["cut", path]);
    assert!(ran.succeeded().stdout.contains("cuts.csv"), "{}", ran.stdout);
    let rows = csv_rows(&out.join("cuts.csv"));
    // Blocks of two layers and one: 1 + 2 + 3 and 1 + 2 links of the dense network, two and one for each layer of the others.
    let of = |kind: &str| rows.iter().filter(|row| row["network"] == kind).collect::<Vec<_>>();
    assert_eq!([of("dense").len(), of("residual").len(), of("plain").len()], [9, 6, 3]);
    let last = csv_rows(&out.join("metrics.csv")).into_iter().rfind(|row| row["network"] == "dense").unwrap();
    assert!(of("dense").iter().all(|row| row["loss_whole"] == last["validation_loss"] && row["how"] == "zero"));
    assert_eq!((of("residual")[0]["source"].as_str(), of("residual")[1]["source"].as_str()), ("identity", "branch"));
    for name in ["charts/cuts.svg", "charts/cuts.png"] {
        assert!(out.join(name).is_file(), "{name}");
    }
    assert!(fs::read_to_string(out.join("report.html")).unwrap().contains("What cutting costs"));
    assert_eq!(fs::read(out.join("weights/dense.safetensors")).unwrap(), weights, "the weights are what they were");

    // One set says the same as the table, and writes nothing.
    let table = fs::read(out.join("cuts.csv")).unwrap();
    let one = run(["cut", path, "--network", "dense", "--cut", "2.1>2"]);
    let row = of("dense").into_iter().find(|row| row["block"] == "2" && row["layer"] == "2" && row["source"] == "1");
    let loss: f64 = row.unwrap()["loss"].parse().unwrap();
    assert!(one.succeeded().stdout.contains(&format!("{loss:.4}")), "{}", one.stdout);
    assert_eq!(fs::read(out.join("cuts.csv")).unwrap(), table);

    // Another map takes its place.
    run(["cut", path, "--network", "plain", "--how", "mean", "--images", "20"]).succeeded();
    let rows = csv_rows(&out.join("cuts.csv"));
    assert!(rows.len() == 3 && rows.iter().all(|row| row["network"] == "plain" && row["how"] == "mean"));
}

#[test]
fn what_cannot_be_cut_is_refused_with_what_is_allowed() {
    let path = trained_run().to_str().unwrap();
    run(["cut", path, "--cut", "9.0>1"]).refused(2, &["'9.0>1'", "block B from 1 to 2"]);
    run(["cut", path, "--network", "plain", "--cut", "1.1:identity"]).refused(2, &["'1.1:identity'", "B.L:branch"]);
    run(["cut", path, "--images", "51"]).refused(2, &["51", "1 to 50"]);
    run(["cut", path, "--images", "0"]).refused(2, &["a whole number from 1"]);
    run(["cut", path, "--how", "half"]).refused(2, &["zero, mean"]);
    run(["cut", "/nowhere"]).refused(1, &["/nowhere", "no run folder"]);
}
