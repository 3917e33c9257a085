//! The numbers of charts are those of the architecture and of the history.

use super::built;
use super::subjects::{THREE, Trained};
use crate::arch::{NetworkKind, Part};
use crate::chart::{Bar, Cells, Chart, Figure, Marks, Point, Series};

fn series<'a>(chart: &'a Chart, key: &str) -> &'a Series {
    let mut all = chart.panels.iter().flat_map(|panel| &panel.series);
    all.find(|series| series.key == key).unwrap_or_else(|| panic!("{} has no {key}", chart.id))
}

fn bars<'a>(chart: &'a Chart, key: &str) -> &'a [Bar] {
    let Marks::Bars(bars) = &series(chart, key).marks else { panic!("{key} is no bars") };
    bars
}

fn points<'a>(chart: &'a Chart, key: &str) -> &'a [Point] {
    let (Marks::Line(points) | Marks::Points(points)) = &series(chart, key).marks else { panic!("{key} is no points") };
    points
}

fn cells<'a>(chart: &'a Chart, key: &str) -> &'a Cells {
    let Marks::Cells(cells) = &series(chart, key).marks else { panic!("{key} is no cells") };
    cells
}

#[test]
fn growth_piles_what_a_dense_layer_makes_on_what_it_reads_up_to_what_it_carries() {
    let never = Trained::never("classroom", &NetworkKind::ALL);
    let chart = built("growth", &never.subject()).unwrap();
    assert_eq!(chart.panels.len(), 2, "the residual and the plain network have the same channels");
    let (reads, makes) = (bars(&chart, "dense.reads"), bars(&chart, "dense.makes"));
    let carries = points(&chart, "dense.carries");
    for (row, layer) in never.networks[0].layers.iter().enumerate() {
        assert_eq!(reads[row].to, layer.reads as f64);
        if layer.part == Part::Classifier {
            assert_eq!(row, makes.len(), "classes are no channels");
            continue;
        }
        assert_eq!((makes[row].to - makes[row].from, carries[row].y), (layer.makes as f64, layer.carries as f64));
        let piled = matches!(layer.part, Part::Layer { .. });
        assert_eq!(makes[row].from, if piled { layer.reads as f64 } else { 0.0 });
    }
    assert_eq!(series(&chart, "dense.reads").notes[3], "reads k0 + k·(l−1): 16 + 8·(3−1) = 32");
    assert_eq!(series(&chart, "dense.carries").notes[3], "carries k0 + k·l: 16 + 8·3 = 40");
    assert_eq!(series(&chart, "dense.makes").notes[5], "⌊0.50·48⌋ = 24");
    assert_eq!(chart.subtitle.as_deref(), Some("Block 1: layer l reads 16 + 8·(l−1), makes 8, carries 16 + 8·l"));
    let baseline = bars(&chart, "residual-plain.makes");
    assert!(never.networks[1].layers.iter().zip(baseline).all(|(layer, bar)| bar.to == layer.makes as f64));
    assert!(baseline.iter().all(|bar| bar.from == 0.0), "what is added is not piled up");
}

#[test]
fn growth_tells_what_counting_on_the_tensors_gave() {
    let chart = built("growth", &THREE.subject()).unwrap();
    assert_eq!(chart.notes.len(), 3);
    assert!(chart.notes.iter().all(|note| note.ends_with("agree in 6 of 6 rows")), "{:?}", chart.notes);
}

#[test]
fn compression_floors_in_integers() {
    let mut never = Trained::never("densenet-bc-22-12", &[NetworkKind::Dense, NetworkKind::Residual]);
    let chart = built("compression", &never.subject()).unwrap();
    let heights = |key: &str| bars(&chart, key).iter().map(|bar| bar.to).collect::<Vec<_>>();
    assert_eq!((heights("dense.before"), heights("dense.after")), (vec![60.0, 66.0], vec![30.0, 33.0]));
    assert_eq!(series(&chart, "dense.after").notes, ["⌊0.50·60⌋ = 30", "⌊0.50·66⌋ = 33"]);
    let residual = &never.networks[1];
    let after = residual.entering(2);
    assert_eq!(heights("residual.after")[0], after as f64);
    never.networks.truncate(1);
    assert_eq!(built("compression", &never.subject()).unwrap().panels.len(), 1);
}

#[test]
fn gradients_are_those_of_the_moment() {
    for at in [None, Some(500)] {
        let chart = built("gradients", &THREE.looked_at(at)).unwrap();
        for network in THREE.history.as_ref().unwrap().networks() {
            let record = at.map_or(network.last(), |step| network.at(step)).unwrap();
            let norms: Vec<f64> = record.figures.layers.iter().map(|layer| layer.weight_grad_norm).collect();
            let shown: Vec<f64> = points(&chart, network.kind.name()).iter().map(|point| point.y).collect();
            assert_eq!(shown, norms);
        }
    }
}

#[test]
fn a_gradient_over_the_root_of_the_number_of_weights_counts_neither_batch_norm_nor_bias() {
    let chart = |gradient| {
        let options = crate::chart::Options { gradient, ..Default::default() };
        let text = crate::text::Text::of(crate::text::Language::English);
        (super::super::gradients::FIGURE.build)(&THREE.subject(), &options, text).unwrap()
    };
    let norm = chart(crate::chart::GradientMeasure::WeightNorm);
    let rms = chart(crate::chart::GradientMeasure::WeightRms);
    // Stem 1·4·3·3; layer 1 has 4·12 and 12·3·3·3; layer 2 has 7·12 and the same; transition 10·5; layer 5·12 and the same; classifier 8·10.
    let counts = [36.0, 372.0, 408.0, 50.0, 384.0, 80.0_f64];
    for ((norm, rms), count) in points(&norm, "dense").iter().zip(points(&rms, "dense")).zip(counts) {
        assert!((norm.y / rms.y - count.sqrt()).abs() < 1e-9, "{count}");
    }
}

#[test]
fn early_spikes_do_not_set_the_scales() {
    let long = Trained::made_up("classroom", &[NetworkKind::Dense], 2000);
    let scale = built("gradients-over-time", &long.subject()).unwrap().color_scale.unwrap();
    assert!(scale.max < 100.0, "{}", scale.max);
    let chart = built("loss", &long.subject()).unwrap();
    let range = chart.panels[0].y.range.unwrap();
    assert!(range[1] < 100.0, "{range:?}");
    assert!(chart.notes.iter().any(|note| note.contains("outside the picture")), "{:?}", chart.notes);
    let mut long = long;
    let mut record = super::subjects::made_up_record(2001, 16);
    record.validation = Some(crate::telemetry::Evaluation { loss: 500.0, accuracy: 0.1 });
    long.history.as_mut().unwrap().push(NetworkKind::Dense, record);
    for panel in [0, 2] {
        let range = built("loss", &long.subject()).unwrap().panels[panel].y.range.unwrap();
        assert!(range[1] < 100.0, "{range:?}");
    }
    let chart = built("gradients", &long.subject()).unwrap();
    let Marks::Band(spans) = &series(&chart, "dense.recent").marks else { panic!() };
    assert!(spans.iter().all(|span| span.high < 100.0));
}

#[test]
fn a_column_of_several_records_is_their_geometric_mean() {
    let short = Trained::made_up("classroom", &[NetworkKind::Dense], 100);
    let map = built("gradients-over-time", &short.subject()).unwrap();
    let single = cells(&map, "dense");
    assert_eq!((single.columns.len(), single.rows.len()), (101, 17));
    let records: Vec<_> = short.history.as_ref().unwrap().networks()[0].records().cloned().collect();
    assert!((single.value(41, 3).unwrap() / records[41].figures.layers[3].weight_grad_norm - 1.0).abs() < 1e-12);
    let long = Trained::made_up("classroom", &[NetworkKind::Dense], 320);
    let map = built("gradients-over-time", &long.subject()).unwrap();
    let records: Vec<_> = long.history.as_ref().unwrap().networks()[0].records().cloned().collect();
    let [a, b] = [200, 201].map(|index| records[index].figures.layers[3].weight_grad_norm);
    assert!((cells(&map, "dense").value(100, 3).unwrap() / (a * b).sqrt() - 1.0).abs() < 1e-12);
    assert!(map.notes.iter().any(|note| note.contains("geometric mean of 2")), "{:?}", map.notes);
}

#[test]
fn validations_are_exact_and_the_gap_is_validation_minus_training() {
    let chart = built("loss", &THREE.subject()).unwrap();
    let network = &THREE.history.as_ref().unwrap().networks()[0];
    let shown = points(&chart, "dense.validation");
    let gaps = points(&chart, "dense.gap");
    let losses: Vec<f64> = network.records().map(|record| record.train_loss).collect();
    assert_eq!(shown.len(), 20);
    for ((validation, point), gap) in network.validations().zip(shown).zip(gaps) {
        assert_eq!((point.x, point.y), (validation.step as f64, validation.evaluation.loss));
        let last = &losses[validation.step - 50..validation.step];
        let mean = last.iter().sum::<f64>() / 50.0;
        assert!((gap.y - (validation.evaluation.loss - mean)).abs() < 1e-9, "{}", validation.step);
    }
    let chance = series(&chart, "chance");
    assert_eq!(chance.marks, Marks::Rule { upright: false, at: 10_f64.ln() });
    assert!(chart.panels[1].series.iter().any(|series| series.marks == Marks::Rule { upright: false, at: 0.1 }));
}

#[test]
fn time_runs_in_steps_passes_or_seconds() {
    let long = Trained::made_up("classroom", &[NetworkKind::Dense], 500);
    let text = crate::text::Text::of(crate::text::Language::English);
    let ends = crate::chart::TimeAxis::ALL.map(|time| {
        let options = crate::chart::Options { time, ..Default::default() };
        let chart = (super::super::loss::FIGURE.build)(&long.looked_at(Some(250)), &options, text).unwrap();
        let moment = chart.panels[0].series.iter().find(|series| series.key.ends_with("moment")).unwrap();
        let Marks::Rule { upright: true, at } = moment.marks else { panic!() };
        (points(&chart, "dense.training").last().unwrap().x, at)
    });
    let close = |a: f64, b: f64| (a - b).abs() < 1e-9;
    for ((end, moment), expected) in ends.into_iter().zip([500.0, 500.0 * 32.0 / 5000.0, 5.0]) {
        assert!(close(end, expected) && close(moment, expected / 2.0), "{end} {moment} {expected}");
    }
}

#[test]
fn costs_are_exact() {
    let never = Trained::never("classroom", &[NetworkKind::Dense, NetworkKind::Residual]);
    let chart = built("costs", &never.subject()).unwrap();
    let exact = |panel: usize, series: usize| match &chart.panels[panel].series[series].marks {
        Marks::Bars(bars) => (bars[0].to, chart.panels[panel].series[series].notes[0].clone()),
        _ => panic!("costs are bars"),
    };
    assert_eq!(exact(0, 0), (46_362.0, "46,362".to_owned()));
    assert_eq!(exact(0, 1), (47_446.0, "47,446".to_owned()));
    assert_eq!(exact(1, 0), (14_771_160.0, "14,771,160".to_owned()));
    let memory = never.networks[0].activation_memory();
    assert_eq!(exact(2, 0).0, (memory.naive * 4 * 32) as f64);
    assert_eq!(exact(2, 1).0, (memory.shared * 4 * 32) as f64);
    assert_eq!(chart.panels.len(), 3);
    let trained = built("costs", &THREE.subject()).unwrap();
    assert_eq!(trained.panels.len(), 4, "time for a step is known after training");
}

#[test]
fn maps_of_connections_are_those_read_last_before_the_moment() {
    use crate::telemetry::Edge;
    let network = &THREE.history.as_ref().unwrap().networks()[0];
    for at in [None, Some(777), Some(5)] {
        let reading = at.map_or(network.last_connections(), |step| network.connections_at(step)).unwrap();
        let reuse = built("reuse", &THREE.looked_at(at)).unwrap();
        let edges = built("edges", &THREE.looked_at(at)).unwrap();
        assert_eq!(edges.panels.len(), 4, "two blocks, and two networks with two paths");
        for read in &reading.reuse {
            let map = cells(&reuse, &format!("dense.block{}", read.block));
            assert_eq!(map.value(read.layer - 1, read.source), Some(read.mean_abs_weight));
        }
        for read in &reading.edges {
            let Edge::Dense { block, layer, source, grad_norm } = *read else { panic!("it is dense") };
            let map = cells(&edges, &format!("dense.block{block}"));
            assert_eq!(map.value(layer - 1, source), Some(grad_norm));
        }
        let shown = |chart: &Chart| {
            chart.panels.iter().flat_map(|panel| &panel.series).map(|series| &series.marks).fold(0, |sum, marks| {
                sum + if let Marks::Cells(cells) = marks { cells.values.iter().flatten().count() } else { 0 }
            })
        };
        assert_eq!((shown(&reuse), shown(&edges)), (reading.reuse.len(), reading.edges.len()));
    }
    let older = built("edges", &THREE.looked_at(Some(5))).unwrap();
    assert!(older.notes[0].contains("not read at step 5; shown is step 1"), "{:?}", older.notes);
    assert!(points(&older, "plain.identity").iter().all(|point| point.y == 0.0));
    assert!(points(&older, "plain.branch").iter().all(|point| point.y > 0.0));
}

#[test]
fn scaled_by_reader_every_column_of_reuse_keeps_its_shares_and_has_one_at_most() {
    use crate::chart::{Options, ReuseScale};
    let options = Options { reuse: ReuseScale::ByReader, ..Options::default() };
    let text = crate::text::Text::of(crate::text::Language::English);
    let scaled = (super::super::reuse::FIGURE.build)(&THREE.subject(), &options, text).unwrap();
    let means = built("reuse", &THREE.subject()).unwrap();
    for block in ["dense.block1", "dense.block2"] {
        let (scaled, means) = (cells(&scaled, block), cells(&means, block));
        for column in 0..means.columns.len() - 1 {
            let of = |cells: &Cells| (0..means.rows.len() - 1).filter_map(|row| cells.value(column, row)).collect();
            let (scaled, means): (Vec<f64>, Vec<f64>) = (of(scaled), of(means));
            let largest = means.iter().copied().fold(0.0, f64::max);
            assert!(largest > 0.0);
            assert_eq!(scaled, means.iter().map(|mean| mean / largest).collect::<Vec<_>>(), "{block}, {column}");
        }
    }
    assert_eq!(scaled.color_scale.map(|scale| scale.max), Some(1.0));
}

#[test]
fn the_map_of_cuts_shows_the_accuracy_lost_at_its_source_and_reader_and_says_how_it_goes_with_weights() {
    let chart = built("cuts", &THREE.subject()).unwrap();
    let map = &THREE.cuts[0];
    let cells = cells(&chart, "dense.block1");
    // Reader 2 of block 1 takes from x_0 and x_1: links 1 and 2.
    for (link, row) in [(1, 0), (2, 1)] {
        assert_eq!(cells.value(1, row), Some(map.whole.accuracy - map.cuts[link].evaluation.accuracy));
    }
    assert_eq!(cells.value(0, 1), None, "reader 1 takes nothing from what it makes");
    let notes = &series(&chart, "dense.block1").notes;
    assert!(notes[1].contains('→') && notes[3].is_empty(), "{notes:?}");
    let correlation = chart.notes.iter().find(|note| note.contains("Spearman")).unwrap();
    assert!(correlation.contains("over 9 connections"), "{correlation}");
    assert!(chart.notes.iter().any(|note| note.contains("nothing is left")), "the plain network: {:?}", chart.notes);
    assert_eq!(points(&chart, "residual.identity").len(), 3);
    assert_eq!(points(&chart, "residual.branch")[0].y, 0.8 - THREE.cuts[1].cuts[1].evaluation.accuracy);
}

#[test]
fn cost_over_a_setting_is_that_of_networks_built_with_it_and_the_place_of_now_chooses_what_is_set() {
    use crate::arch::{Architecture, WidthRule};
    use crate::chart::{Along, Extent, Options};
    use crate::config::Value;
    use crate::text::{Language, Text};
    let classroom = Trained::never("classroom", &NetworkKind::ALL);
    let chart = |along, extent| {
        let options = Options { along, extent, ..Options::default() };
        let figure = Figure::named("scaling").unwrap();
        (figure.build)(&classroom.subject(), &options, Text::of(Language::English)).unwrap()
    };
    let line = |chart: &Chart, panel: usize, key: &str| -> Vec<(f64, f64)> {
        let series = chart.panels[panel].series.iter().find(|series| series.key == key).expect(key);
        let Marks::Line(points) = &series.marks else { panic!("{key} is no line") };
        points.iter().map(|point| (point.x, point.y)).collect()
    };
    let at = |line: &[(f64, f64)], x: f64| line.iter().find(|(place, _)| (place - x).abs() < 1e-9).unwrap().1;

    let of_block = chart(Along::Layers, Extent::Block(2));
    for layers in [1, 4, 7, 24] {
        let mut spec = classroom.config.network.clone();
        spec.blocks[1] = layers;
        let dense = Architecture::new(NetworkKind::Dense, &spec, classroom.networks[0].input).unwrap();
        let x = layers as f64;
        assert_eq!(at(&line(&of_block, 0, "dense"), x), (24 + 8 * (layers - 1)) as f64, "k0 + k(L−1)");
        let parameters: u64 = dense.block(2).map(|layer| layer.parameters).sum();
        assert_eq!(at(&line(&of_block, 1, "dense"), x), parameters as f64);
        let kept = dense.block_activation_memory(2);
        assert_eq!(at(&line(&of_block, 3, "dense.naive"), x), (kept.naive * 4 * 32) as f64);
        assert_eq!(at(&line(&of_block, 3, "dense.shared"), x), (kept.shared * 4 * 32) as f64);
        let flat = at(&line(&of_block, 1, "residual-plain"), x);
        let one = at(&line(&of_block, 1, "residual-plain"), 1.0);
        assert_eq!(flat, one * x, "every residual layer costs the same");
    }

    let whole = chart(Along::Layers, Extent::Network);
    let mut spec = classroom.config.network.clone();
    (spec.blocks, spec.baseline_width) = (vec![7; 3], WidthRule::Fixed(classroom.networks[1].width.unwrap()));
    for (kind, key) in [(NetworkKind::Dense, "dense"), (NetworkKind::Residual, "residual-plain")] {
        let network = Architecture::new(kind, &spec, classroom.networks[0].input).unwrap();
        assert_eq!(at(&line(&whole, 1, key), 21.0), network.parameters() as f64, "{key}");
        assert_eq!(at(&line(&whole, 2, key), 21.0), network.multiply_adds() as f64, "{key}");
    }

    for along in Along::ALL {
        for extent in [Extent::Block(1), Extent::Network] {
            let chooses = chart(along, extent).chooses.expect("it chooses");
            let (place, value) = &chooses.places[chooses.now];
            assert_eq!(*value, chooses.field.get(&classroom.config), "{along:?} {extent:?}");
            assert_eq!(chooses.nearest(*place), chooses.now);
            assert!(chooses.places.is_sorted_by(|a, b| a.0 < b.0));
        }
    }
    let deep = Trained::never("densenet-121", &[NetworkKind::Dense]);
    let options = Options { extent: Extent::Network, ..Options::default() };
    let chart = (Figure::named("scaling").unwrap().build)(&deep.subject(), &options, Text::of(Language::English));
    let chooses = chart.unwrap().chooses.unwrap();
    assert_eq!(chooses.places[11].1, Value::Integers(vec![3, 6, 12, 8]), "blocks keep their proportions");
}
