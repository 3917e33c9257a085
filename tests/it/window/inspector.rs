//! What is told of one layer: what it reads, source by source, and its gradient so far, with the numbers of the records.

use densescope::arch::{NetworkKind, Part};
use densescope::state::{Command, Focus};
use densescope::telemetry::Edge;
use densescope::text::number::significant;
use densescope::text::{Language, Text};
use eframe::egui::accesskit::Role;
use eframe::egui::{Theme, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

use super::stand::{Stand, What, harness, trained, untrained};

const TINY: &str = "data = { train = 32, validation = 16 }\nnetwork = { blocks = [3, 2], k0 = 6, growth = 4 }\n\
    training = { networks = [\"dense\", \"residual\", \"plain\"], batch = 8, steps = 5, evaluate_every = 5, probe_every = 2 }\n";

fn labels(window: &Harness<'static, Stand>, role: Role) -> Vec<String> {
    let nodes = window.query_all_by_role(role).map(|node| node.accesskit_node());
    nodes.filter_map(|node| node.label().or_else(|| node.value())).collect()
}

fn look_at(window: &mut Harness<'static, Stand>, kind: NetworkKind, part: Part) {
    window.state_mut().state.apply(Command::Select(Some(Focus::Part(Some(kind), part))));
    window.run_steps(3);
}

#[test]
fn a_layer_is_told_with_every_source_its_weight_and_gradient_and_its_course() {
    let state = trained(TINY, Language::English);
    let mut window = harness(state, What::Explain, vec2(300.0, 1400.0), Theme::Light, 1.0);
    let part = Part::Layer { block: 1, layer: 3 };

    look_at(&mut window, NetworkKind::Dense, part);
    let history = &window.state().state.run.as_ref().unwrap().history;
    let connections = history.network(NetworkKind::Dense).unwrap().last_connections().unwrap().clone();
    let words = labels(&window, Role::Label);
    let mut sources = 0;
    for edge in &connections.edges {
        if let Edge::Dense { block: 1, layer: 3, source, grad_norm } = *edge {
            sources += 1;
            assert!(words.contains(&significant(grad_norm, 3)), "the gradient to source {source}: {words:?}");
        }
    }
    for reuse in connections.reuse.iter().filter(|reuse| (reuse.block, reuse.layer) == (1, 3)) {
        assert!(words.contains(&significant(reuse.mean_abs_weight, 3)), "the weight on source {}", reuse.source);
    }
    assert_eq!(sources, 3);
    let pictures = labels(&window, Role::Image);
    assert!(pictures.contains(&"x₀: 6, x₁: 4, x₂: 4".to_owned()), "{pictures:?}");
    assert!(pictures.iter().any(|words| words.contains("DenseNet: ") && words.contains("at step 5")), "{pictures:?}");

    look_at(&mut window, NetworkKind::Residual, part);
    let history = &window.state().state.run.as_ref().unwrap().history;
    let edges = &history.network(NetworkKind::Residual).unwrap().last_connections().unwrap().edges;
    let (identity, branch) = edges
        .iter()
        .find_map(|edge| match *edge {
            Edge::Baseline { block: 1, layer: 3, identity_grad_norm, branch_grad_norm } => {
                Some((identity_grad_norm, branch_grad_norm))
            }
            Edge::Baseline { .. } | Edge::Dense { .. } => None,
        })
        .unwrap();
    let words = labels(&window, Role::Label);
    for (name, norm) in [("gradient by the identity", identity), ("gradient through H", branch)] {
        assert!(words.contains(&name.to_owned()) && words.contains(&significant(norm, 3)), "{name}: {words:?}");
    }

    look_at(&mut window, NetworkKind::Plain, part);
    let words = labels(&window, Role::Label);
    assert!(!words.contains(&"gradient by the identity".to_owned()), "a plain network has no identity: {words:?}");
}

#[test]
fn every_row_of_every_network_is_told_in_every_language_trained_or_not_in_any_room() {
    for language in Language::ALL {
        for make in [trained, untrained] {
            for size in [vec2(188.0, 500.0), vec2(0.0, 0.0)] {
                let mut window = harness(make(TINY, language), What::Explain, size, Theme::Dark, 1.0);
                for network in window.state().state.built().unwrap().networks.to_vec() {
                    for row in &network.layers {
                        look_at(&mut window, network.kind, row.part);
                        let name = Text::of(language).say(&format!("network.{}", network.kind)).to_owned();
                        let told = labels(&window, Role::Label);
                        assert!(told.contains(&name), "{:?} of {name} in {size:?}: {told:?}", row.part);
                    }
                }
            }
        }
    }
}
