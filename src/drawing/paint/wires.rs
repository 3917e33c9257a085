//! Connections as strokes, as thick and bright as what they carry.

use emath::vec2;

use super::marks::{Mark, Sheet, point_on};
use super::stacks::card;
use super::tint::{Emphasis, line_of};
use crate::arch::{Architecture, Link, NetworkKind};
use crate::drawing::Wires;
use crate::drawing::alive::Alive;
use crate::drawing::layout::{Lane, Layout, Way, Wire};
use crate::theme::{Color, Palette};

/// How a stroke looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lit {
    /// Its width in points.
    pub width: f32,
    /// Its opacity.
    pub opacity: f32,
}

/// How a connection looks that carries that share of the scale; nothing for one of which nothing is known.
pub fn lit(share: Option<f32>) -> Lit {
    match share {
        Some(share) => Lit { width: 0.7 + 2.9 * share * share, opacity: 0.22 + 0.78 * share },
        None => Lit { width: 1.2, opacity: 0.62 },
    }
}

/// The marks of all connections.
pub fn strokes(
    layout: &Layout,
    networks: &[Architecture],
    alive: &Alive,
    wires: Wires,
    emphasis: Emphasis,
    palette: &Palette,
) -> Vec<Mark> {
    let mut sheet = Sheet::default();
    for (lane, network) in layout.lanes.iter().zip(networks) {
        // Hundreds of arcs in a narrow place are lines of a texture, not of a drawing.
        let crowd = (300.0 / lane.wires.len().max(1) as f32).sqrt().clamp(0.25, 1.0);
        for last in [false, true] {
            for wire in &lane.wires {
                let lights = emphasis.lights(lane.kind, wire, network.spec.blocks[wire.block - 1]);
                if lights != last {
                    continue;
                }
                let share = share(lane, wire, alive, wires);
                let mut lit = lit(share);
                lit.opacity *= if lights { 1.0 } else { crowd };
                if lights {
                    lit = Lit { width: lit.width.max(1.4) + 0.6, opacity: lit.opacity.max(0.9) };
                } else if emphasis.any() {
                    lit.opacity *= 0.35;
                }
                let shade = shade(lane.kind, wire, palette).with_opacity(lit.opacity);
                sheet.stroke(&wire.curve, pieces(wire), lit.width, shade);
            }
        }
    }
    sheet.marks
}

/// Connections that are cut: a gap in each, with a cross in it.
pub fn cuts(
    layout: &Layout,
    networks: &[Architecture],
    is_cut: impl Fn(NetworkKind, Link) -> bool,
    palette: &Palette,
) -> Vec<Mark> {
    let mut sheet = Sheet::default();
    for (lane, network) in layout.lanes.iter().zip(networks) {
        for wire in &lane.wires {
            if !wire.link(network).is_some_and(|link| is_cut(lane.kind, link)) {
                continue;
            }
            let middle = point_on(&wire.curve, 0.5);
            sheet.marks.push(Mark::Disc { center: middle, radius: 6.5, fill: card(palette), edge: None });
            for (x, y) in [(3.2, 3.2), (3.2, -3.2)] {
                sheet.line(middle - vec2(x, y), middle + vec2(x, y), 2.2, palette.error);
            }
        }
    }
    sheet.marks
}

/// What a connection carries, as a share of the scale.
fn share(lane: &Lane, wire: &Wire, alive: &Alive, wires: Wires) -> Option<f32> {
    alive.wire_share(lane.kind, (wire.block, wire.reader, wire.source), wire.way == Way::Branch, wires)
}

fn shade(kind: NetworkKind, wire: &Wire, palette: &Palette) -> Color {
    match wire.way {
        Way::Skip | Way::Direct => line_of(palette, wire.source),
        Way::Branch => line_of(palette, wire.reader),
        Way::Identity => palette.network(kind),
    }
}

fn pieces(wire: &Wire) -> u16 {
    match wire.way {
        Way::Direct | Way::Branch => 1,
        Way::Skip | Way::Identity => {
            let long = (wire.curve[0] - wire.curve[1]).length() + (wire.curve[3] - wire.curve[0]).length();
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped before")]
            let pieces = (long / 6.0).clamp(10.0, 32.0) as u16;
            pieces
        }
    }
}
