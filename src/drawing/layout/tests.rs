//! Every drawn number is the architecture's, and nothing lies on anything else.

use std::collections::BTreeSet;

use emath::{Rect, vec2};
use proptest::prelude::*;

use super::{Layout, Way, Wire};
use crate::arch::{
    Architecture, Compression, ImageShape, Input, NetworkKind, NetworkSpec, Part, Preset, Width, WidthRule,
};
use crate::drawing::alive::Wires;
use crate::drawing::model::{Column, columns};

fn networks(spec: &NetworkSpec, input: Input) -> Vec<Architecture> {
    NetworkKind::ALL.into_iter().filter_map(|kind| Architecture::new(kind, spec, input).ok()).collect()
}

fn laid_out(networks: &[Architecture], size: (f32, f32), opened: &[usize]) -> (Vec<Column>, Layout) {
    laid_out_with(networks, size, opened, Wires::Wiring)
}

fn laid_out_with(networks: &[Architecture], size: (f32, f32), opened: &[usize], wires: Wires) -> (Vec<Column>, Layout) {
    let opened: BTreeSet<usize> = opened.iter().copied().collect();
    let columns = columns(&networks[0], size.0, &opened, &BTreeSet::new());
    let layout = Layout::new(networks, &columns, vec2(size.0, size.1), wires);
    (columns, layout)
}

fn any_spec() -> impl Strategy<Value = NetworkSpec> {
    let blocks = prop::collection::vec(1_usize..40, 1..5);
    (blocks, 1_usize..60, 1_usize..40, any::<bool>(), 1_u32..=100, 4_u32..200).prop_map(
        |(blocks, k0, growth, bottleneck, percent, quarters)| NetworkSpec {
            bottleneck,
            compression: Compression { percent },
            baseline_width: WidthRule::Fixed(Width::from_number(f64::from(quarters) / 4.0).unwrap()),
            ..NetworkSpec::bottleneck_compressed(&blocks, k0, growth)
        },
    )
}

const IMAGE: Input = Input { image: ImageShape::new(3, 32, 32), classes: 10 };

fn near(a: f32, b: f32) -> bool {
    (a - b).abs() < 0.02 + 1e-4 * b.abs()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_height_and_number_is_the_architectures(spec in any_spec(), width in 300_f32..2400.0, height in 150_f32..1200.0) {
        let networks = networks(&spec, IMAGE);
        let (_, layout) = laid_out(&networks, (width, height), &[]);
        prop_assert_eq!(layout.lanes.len(), 3);
        for (network, lane) in networks.iter().zip(&layout.lanes) {
            let last = |block: usize| network.block(block).last().unwrap().carries;
            for stack in lane.stacks.iter().filter(|stack| stack.block > 0) {
                let reads = network
                    .layer(Part::Layer { block: stack.block, layer: stack.reader })
                    .map_or_else(|| last(stack.block), |layer| layer.reads);
                prop_assert_eq!(stack.channels, reads);
                if network.kind == NetworkKind::Dense {
                    prop_assert_eq!(reads, stack.entering + spec.growth * (stack.reader - 1));
                    prop_assert!(near(stack.rect.bottom(), lane.ground));
                }
                prop_assert!(near(stack.rect.height(), reads as f32 * lane.scale));
                prop_assert!(stack.rect.top() >= lane.rect.top() - 0.02 && stack.rect.bottom() <= lane.rect.bottom());
            }
            for node in &lane.nodes {
                let layer = network.layer(node.part).unwrap();
                prop_assert!(near(node.reads.height(), layer.reads as f32 * lane.scale), "{:?}", node.part);
                if node.part != Part::Classifier {
                    prop_assert!(near(node.makes.height(), layer.makes as f32 * lane.scale), "{:?}", node.part);
                }
                let adds = network.kind == NetworkKind::Residual && matches!(node.part, Part::Layer { .. });
                prop_assert_eq!(node.plus.is_some(), adds);
            }
            for fold in &lane.folds {
                let hidden = |layer| network.layer(Part::Layer { block: fold.block, layer }).unwrap();
                let most = hidden(fold.from).reads.max(hidden(fold.to).carries);
                prop_assert!(near(fold.rect.height(), most as f32 * lane.scale));
            }
            for count in &lane.counts {
                let stack = lane.stacks.iter().find(|stack| near(stack.rect.center().x, count.rect.center().x)).unwrap();
                prop_assert_eq!(count.words.clone(), stack.channels.to_string());
            }
        }
    }

    #[test]
    fn nothing_lies_on_anything_else(spec in any_spec(), width in 300_f32..2400.0, height in 150_f32..1200.0) {
        let networks = networks(&spec, IMAGE);
        let (_, layout) = laid_out(&networks, (width, height), &[]);
        let apart = |rects: Vec<Rect>| {
            rects.iter().enumerate().all(|(index, a)| rects[index + 1..].iter().all(|b| !a.shrink(0.02).intersects(*b)))
        };
        prop_assert!(apart(layout.cards.iter().map(|card| card.rect).collect()), "cards");
        prop_assert!(apart(layout.lanes.iter().map(|lane| lane.rect).collect()), "lanes");
        for lane in &layout.lanes {
            let mut solid: Vec<Rect> = lane.nodes.iter().map(|node| node.rect).collect();
            solid.extend(lane.stacks.iter().map(|stack| stack.rect).filter(Rect::is_positive));
            solid.extend(lane.counts.iter().map(|count| count.rect));
            prop_assert!(apart(solid), "{}", lane.kind);
            for wire in &lane.wires {
                prop_assert!(wire.curve.iter().all(|point| point.is_finite()));
            }
        }
    }

    #[test]
    fn every_row_is_shown_or_counted_in_a_fold(spec in any_spec(), width in 200_f32..2400.0) {
        let networks = networks(&spec, IMAGE);
        let (columns, layout) = laid_out(&networks, (width, 300.0), &[]);
        for (network, lane) in networks.iter().zip(&layout.lanes) {
            let hidden: usize = lane.folds.iter().map(|fold| fold.to - fold.from + 1).sum();
            prop_assert_eq!(lane.nodes.len() + hidden, network.layers.len());
            prop_assert_eq!(columns.iter().map(|column| column.rows()).sum::<usize>(), network.layers.len());
        }
    }
}

#[test]
fn an_open_block_has_a_wire_for_every_pair_that_is_connected() {
    let preset = Preset::named("densenet-264").unwrap();
    let networks = networks(&preset.spec(), preset.input);
    let (_, layout) = laid_out(&networks, (620.0, 260.0), &[1, 2, 3, 4]);
    let pairs: usize = networks[0].spec.blocks.iter().map(|layers| (layers + 1) * (layers + 2) / 2).sum();
    let dense = &layout.lanes[0].wires;
    assert_eq!((dense.len(), pairs), (3489, 3489));
    assert!(dense.iter().all(|wire| (wire.way == Way::Direct) == (wire.reader == wire.source + 1)));
    let ways = |lane: usize, way| layout.lanes[lane].wires.iter().filter(|wire| wire.way == way).count();
    let layers: usize = networks[0].spec.blocks.iter().sum();
    assert_eq!([ways(1, Way::Identity), ways(1, Way::Branch)], [layers, layers]);
    assert_eq!([ways(2, Way::Identity), ways(2, Way::Branch)], [0, layers]);
}

#[test]
fn the_classroom_shows_every_layer_and_the_deepest_network_is_folded_to_fit() {
    let preset = Preset::named("classroom").unwrap();
    let (columns, layout) = laid_out(&networks(&preset.spec(), preset.input), (540.0, 230.0), &[]);
    assert!(columns.iter().all(|column| !matches!(column, Column::Fold { .. })));
    let counts: Vec<&str> =
        layout.lanes[0].counts.iter().filter(|count| count.marks).map(|count| &*count.words).collect();
    assert_eq!(counts, ["16", "48", "24", "56", "28", "60"]);
    let preset = Preset::named("densenet-264").unwrap();
    let (columns, _) = laid_out(&networks(&preset.spec(), preset.input), (540.0, 230.0), &[]);
    let folds: Vec<_> = columns.iter().filter(|column| matches!(column, Column::Fold { .. })).collect();
    assert_eq!(folds[2], &Column::Fold { block: 3, from: 3, to: 63 });
    let (columns, _) = laid_out(&networks(&preset.spec(), preset.input), (1250.0, 480.0), &[]);
    assert!(columns.len() > 24, "{}", columns.len());
}

#[test]
fn sums_are_taken_apart_where_layers_add_and_nowhere_else() {
    let spec = NetworkSpec::bottleneck_compressed(&[4, 2], 16, 8);
    let networks = networks(&spec, IMAGE);
    let (_, usual) = laid_out(&networks, (1200.0, 300.0), &[]);
    let (_, layout) = laid_out_with(&networks, (1200.0, 300.0), &[], Wires::Unrolled);
    for ((network, lane), usual) in networks.iter().zip(&layout.lanes).zip(&usual.lanes) {
        let arcs: Vec<_> = lane.wires.iter().filter(|wire| wire.way == Way::Skip).collect();
        let sources: Vec<_> = arcs.iter().map(|wire| (wire.block, wire.reader, wire.source)).collect();
        if network.kind.merge().has_identity() {
            let each = |block, layers: usize| (1..=layers).flat_map(move |l| (0..l).map(move |s| (block, l, s)));
            let expected: Vec<_> = each(1, 4).chain(each(2, 2)).collect();
            assert_eq!(sources, expected, "x_0 and every earlier H, at every sum");
            assert_eq!(lane.wires.len(), arcs.len() + 6, "and the way through each H");
            let top = |wire: &Wire| 0.125 * (wire.curve[0].y + wire.curve[3].y) + 0.75 * wire.curve[1].y;
            assert!(arcs.into_iter().all(|wire| top(wire) > lane.rect.top()), "arcs stay in their lane");
        } else {
            assert_eq!(lane.wires.len(), usual.wires.len());
        }
    }
}
