//! Fills that are more than a colour, as definitions of an SVG.

use std::fmt::Write as _;

use crate::chart::layout::Pattern;
use crate::theme::heat;

/// The name of a pattern in a file.
pub(super) fn id(pattern: &Pattern) -> String {
    match pattern {
        Pattern::Hatch { number, ink, .. } => format!("pattern{number}-{}", ink.css().trim_start_matches('#')),
        Pattern::Heat(_) => "heat".to_owned(),
        Pattern::Blend { number, .. } => format!("blend-{number:04}"),
    }
}

/// Its definition.
pub(super) fn definition(pattern: &Pattern) -> String {
    let id = id(pattern);
    match pattern {
        Pattern::Hatch { number, ink, ground, side } => {
            let (ground, ink) = (ground.css(), ink.css());
            let thick = side * 0.3;
            let drawing = match number {
                0 | 1 => {
                    format!(
                        "<path d=\"M0 {0:.2}h{side:.2}\" stroke=\"{ink}\" stroke-width=\"{thick:.2}\"/>",
                        side / 2.0
                    )
                }
                _ => format!(
                    "<circle cx=\"{0:.2}\" cy=\"{0:.2}\" r=\"{1:.2}\" fill=\"{ink}\"/>",
                    side / 2.0,
                    side * 0.27
                ),
            };
            let turn = [-45, 45, 45][(*number).min(2)];
            format!(
                "<pattern id=\"{id}\" width=\"{side:.2}\" height=\"{side:.2}\" patternUnits=\"userSpaceOnUse\" \
                 patternTransform=\"rotate({turn})\"><path d=\"M0 0h{side:.2}v{side:.2}h-{side:.2}z\" \
                 fill=\"{ground}\"/>{drawing}</pattern>\n"
            )
        }
        Pattern::Heat(theme) => {
            let mut stops = String::new();
            for step in 0..=16 {
                let share = f64::from(step) / 16.0;
                let _ = write!(stops, "<stop offset=\"{share}\" stop-color=\"{}\"/>", heat(*theme, share).css());
            }
            format!("<linearGradient id=\"{id}\">{stops}</linearGradient>\n")
        }
        Pattern::Blend { down, stops, .. } => {
            let direction = if *down { " x2=\"0\" y2=\"1\"" } else { "" };
            let mut text = format!("<linearGradient id=\"{id}\"{direction}>");
            for (index, shade) in stops.iter().enumerate() {
                // Four digits are finer than any picture.
                let offset = (index as f64 / (stops.len() - 1).max(1) as f64 * 1e4).round() / 1e4;
                let _ = write!(text, "<stop offset=\"{offset}\" stop-color=\"{}\"", shade.css());
                if shade.a < 255 {
                    let opacity = (f64::from(shade.a) / 255.0 * 100.0).round() / 100.0;
                    let _ = write!(text, " stop-opacity=\"{opacity}\"");
                }
                text.push_str("/>");
            }
            text + "</linearGradient>\n"
        }
    }
}
