//! What the drawing means: its colours, and once it was trained the scale of tints and that of connections.

use crate::chart::layout::{Area, Fill, Kinds, Side, heat_fill};
use crate::drawing::alive::LogScale;
use crate::drawing::paint::lit;
use crate::drawing::{Drawing, Wires};
use crate::export::picture::paper::Paper;
use crate::text::Text;
use crate::text::number::significant;
use crate::theme::Palette;

/// Items in rows.
pub(super) struct Key {
    rows: Vec<Vec<Item>>,
}

struct Item {
    left: f64,
    lines: Vec<String>,
    sample: Sample,
}

enum Sample {
    /// The first colours of sources, before the words.
    Sources,
    /// A scale between its ends, after the words.
    Scale { low: String, high: String, of: Of },
}

/// What a scale shows.
#[derive(Clone, Copy)]
enum Of {
    Tints,
    Connections,
}

/// Width of a scale, and the distance between items, in letters.
const BAR: f64 = 5.0;
const BETWEEN: f64 = 2.0;
/// Sources whose colours are shown.
const SOURCES: usize = 5;
/// Pieces of the scale of connections.
const PIECES: u8 = 20;

impl Key {
    pub(super) fn of(drawing: &Drawing, text: &Text, room: f64, kinds: &Kinds) -> Self {
        let mut items = vec![(text.say("figure.network.colors").to_owned(), Sample::Sources)];
        let scale = |scale: LogScale, of: Of| {
            let (low, high) = (significant(scale.low, 2), significant(scale.high, 2));
            Sample::Scale { low, high, of }
        };
        if let Some(rows) = drawing.alive.rows {
            let label = text.fill("figure.network.tints", &[("measure", &text.say(drawing.measure_key()))]);
            items.push((label, scale(rows, Of::Tints)));
        }
        if let Some(wires) = drawing.alive.wire_scale(drawing.wires) {
            let key = match drawing.wires {
                Wires::Gradient => "figure.network.gradients",
                Wires::Reuse | Wires::Wiring | Wires::Unrolled => "figure.network.weights",
            };
            items.push((text.say(key).to_owned(), scale(wires, Of::Connections)));
        }
        let mut rows: Vec<Vec<Item>> = Vec::new();
        let mut right = 0.0;
        for (label, sample) in items {
            let around = sample.width(kinds);
            let lines = kinds.legend.wrap(&label, room - around, 2);
            let wide = around + lines.iter().map(|line| kinds.legend.width(line)).fold(0.0, f64::max);
            if rows.is_empty() || right + wide > room {
                rows.push(Vec::new());
                right = 0.0;
            }
            if let Some(row) = rows.last_mut() {
                row.push(Item { left: right, lines, sample });
            }
            right += wide + kinds.unit * BETWEEN;
        }
        Self { rows }
    }

    pub(super) fn clear(&mut self) {
        self.rows.clear();
    }

    pub(super) fn height(&self, kinds: &Kinds) -> f64 {
        self.rows.iter().map(|row| row_height(row, kinds)).sum()
    }

    pub(super) fn paint(&self, (left, top): (f64, f64), paper: &Paper, palette: &Palette, kinds: &Kinds) {
        let mut top = top;
        for row in &self.rows {
            for item in row {
                item.paint((left + item.left, top + kinds.legend.ascent()), paper, palette, kinds);
            }
            top += row_height(row, kinds);
        }
    }
}

fn row_height(row: &[Item], kinds: &Kinds) -> f64 {
    let lines = row.iter().map(|item| item.lines.len()).max().unwrap_or(0);
    (lines as f64 + 0.1) * kinds.legend.line()
}

impl Sample {
    /// Its width with the distance to its words.
    fn width(&self, kinds: &Kinds) -> f64 {
        let unit = kinds.legend.size;
        match self {
            Self::Sources => unit * (0.8 * SOURCES as f64 + 0.5),
            Self::Scale { low, high, of: _ } => {
                kinds.tick.width(low) + kinds.tick.width(high) + unit * (0.6 + 0.4 + BAR + 0.4)
            }
        }
    }
}

impl Item {
    fn paint(&self, (left, baseline): (f64, f64), paper: &Paper, palette: &Palette, kinds: &Kinds) {
        let unit = kinds.legend.size;
        let indent = if matches!(self.sample, Sample::Sources) { self.sample.width(kinds) } else { 0.0 };
        let mut end = (left, baseline);
        for (index, line) in self.lines.iter().enumerate() {
            let baseline = baseline + index as f64 * kinds.legend.line();
            paper.text(line, (left + indent, baseline), Side::Left, &kinds.legend);
            end = (left + kinds.legend.width(line) + unit * 0.6, baseline);
        }
        let band = |left: f64, width: f64, middle: f64, high: f64| Area {
            left,
            top: middle - high / 2.0,
            right: left + width,
            bottom: middle + high / 2.0,
        };
        match &self.sample {
            Sample::Sources => {
                for source in 0..SOURCES {
                    let place =
                        band(left + 0.8 * unit * source as f64, 0.8 * unit, baseline - 0.35 * unit, 0.78 * unit);
                    paper.rectangle(place, &Fill::plain(palette.source(source)), None);
                }
            }
            Sample::Scale { low, high, of } => {
                let (x, baseline) = end;
                paper.text(low, (x, baseline), Side::Left, &kinds.tick);
                let bar = (x + kinds.tick.width(low) + 0.4 * unit, BAR * unit);
                let middle = baseline - 0.35 * unit;
                match of {
                    Of::Tints => {
                        paper.rectangle(band(bar.0, bar.1, middle, 0.7 * unit), &heat_fill(palette), None);
                    }
                    Of::Connections => {
                        let wide = bar.1 / f64::from(PIECES);
                        for piece in 0..PIECES {
                            let look = lit(Some(f32::from(piece) / f32::from(PIECES - 1)));
                            let shade = Fill::plain(palette.quiet.with_opacity(look.opacity));
                            let high = f64::from(look.width) * kinds.unit / 11.0;
                            paper.rectangle(band(bar.0 + wide * f64::from(piece), wide, middle, high), &shade, None);
                        }
                    }
                }
                paper.text(high, (bar.0 + bar.1 + 0.4 * unit, baseline), Side::Left, &kinds.tick);
            }
        }
    }
}
