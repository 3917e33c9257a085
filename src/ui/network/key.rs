//! The line below the drawing that says what every colour in it means. It is the last thing to go.

use std::sync::Arc;

use eframe::egui::{Galley, Pos2, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::words::measure_key;
use crate::drawing::alive::{Alive, LogScale};
use crate::drawing::paint::lit;
use crate::state::{State, Wires};
use crate::text::number::significant;
use crate::theme::{Palette, heat};
use crate::ui::style::{color, font, palette};

/// Height of a line.
const LINE: f32 = 18.0;
/// Size of the letters.
const LETTERS: f32 = 12.0;
/// Width of a scale, and between two entries.
const BAR: f32 = 52.0;
const BETWEEN: f32 = 20.0;

/// What a colour or a stroke stands for.
#[derive(Clone, Copy)]
enum Sample {
    /// Whose output a slice is, one colour after another.
    Sources(usize),
    /// Tints of boxes.
    Heat,
    /// Strokes of connections.
    Strokes,
    /// Words alone.
    Nothing,
}

/// An entry: its words, its sample, and the numbers at the sample's ends.
struct Entry {
    label: Arc<Galley>,
    ends: Option<[Arc<Galley>; 2]>,
    sample: Sample,
    about: String,
}

impl Entry {
    fn width(&self) -> f32 {
        let ends: f32 = self.ends.iter().flatten().map(|end| end.size().x + 4.0).sum();
        self.label.size().x + 6.0 + self.sample_width() + ends
    }

    fn sample_width(&self) -> f32 {
        match self.sample {
            Sample::Sources(count) => 11.0 * count as f32,
            Sample::Heat | Sample::Strokes => BAR,
            Sample::Nothing => 0.0,
        }
    }
}

/// The entries in lines that are as long as the place is wide.
pub(super) struct Key {
    lines: Vec<Vec<Entry>>,
}

impl Key {
    /// Everything that the drawing shows in colours now.
    pub(super) fn new(ui: &Ui, state: &State, alive: &Alive, layers: usize, width: f32) -> Self {
        let long = entries(ui, state, alive, layers, false);
        let sum: f32 = long.iter().map(|entry| entry.width() + BETWEEN).sum();
        // Short names before a second line.
        let entries = if sum - BETWEEN <= width { long } else { entries(ui, state, alive, layers, true) };
        let mut lines: Vec<Vec<Entry>> = Vec::new();
        let mut left = 0.0;
        for entry in entries {
            let wide = entry.width();
            if lines.is_empty() || left + wide > width {
                lines.push(Vec::new());
                left = 0.0;
            }
            left += wide + BETWEEN;
            lines.last_mut().expect("there is a line").push(entry);
        }
        Self { lines }
    }

    /// How high it is.
    pub(super) fn height(&self) -> f32 {
        self.lines.len() as f32 * LINE
    }

    /// Shows it from that corner on.
    pub(super) fn show(&self, ui: &mut Ui, corner: Pos2) {
        let mut y = corner.y;
        for (row, line) in self.lines.iter().enumerate() {
            let mut x = corner.x;
            for (column, entry) in line.iter().enumerate() {
                let place = Rect::from_min_size(pos2(x, y), vec2(entry.width(), LINE));
                one(ui, entry, place, (row, column));
                x = place.right() + BETWEEN;
            }
            y += LINE;
        }
    }
}

fn entries(ui: &Ui, state: &State, alive: &Alive, layers: usize, short: bool) -> Vec<Entry> {
    let text = state.text();
    let quiet = color(palette(ui).quiet);
    let words = |words: &str| ui.painter().layout_no_wrap(words.to_owned(), font(LETTERS), quiet);
    let say = |long: &'static str, brief: &'static str| text.say(if short { brief } else { long });
    let ends = |scale: LogScale| Some([words(&significant(scale.low, 2)), words(&significant(scale.high, 2))]);
    let mut entries = vec![Entry {
        label: words(say("network_view.key.sources", "network_view.key.sources_short")),
        ends: None,
        sample: Sample::Sources((layers + 1).clamp(2, 6)),
        about: text.say("network_view.colors").to_owned(),
    }];
    if let Some(rows) = alive.rows {
        let measure = text.say(measure_key(state.view.options.gradient));
        let label = if short {
            text.say("network_view.key.rows_short").to_owned()
        } else {
            text.fill("network_view.key.rows", &[("measure", &measure)])
        };
        let about = text.say("network_view.heat_about").to_owned();
        entries.push(Entry { label: words(&label), ends: ends(rows), sample: Sample::Heat, about });
    }
    if state.view.wires == Wires::Unrolled {
        let label = words(say("network_view.key.unrolled", "network_view.key.unrolled_short"));
        let about = text.say("network_view.wires.unrolled_about").to_owned();
        entries.push(Entry { label, ends: None, sample: Sample::Nothing, about });
    } else if let Some(wires) = alive.wire_scale(state.view.wires) {
        let label = match state.view.wires {
            Wires::Gradient => say("network_view.key.gradients", "network_view.key.gradients_short"),
            Wires::Reuse | Wires::Wiring | Wires::Unrolled => {
                say("network_view.key.weights", "network_view.key.weights_short")
            }
        };
        let about = text.say("network_view.wires.about").to_owned();
        entries.push(Entry { label: words(label), ends: ends(wires), sample: Sample::Strokes, about });
    }
    entries
}

fn one(ui: &mut Ui, entry: &Entry, place: Rect, number: (usize, usize)) {
    let colors = palette(ui);
    let id = ui.scope_id().with(("key", number));
    let response = ui.interact(place, id, Sense::hover());
    let said = match &entry.ends {
        Some([low, high]) => format!("{}: {} – {}", entry.label.text(), low.text(), high.text()),
        None => entry.label.text().to_owned(),
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
    let painter = ui.painter();
    let mut x = place.left();
    let mut put = |galley: &Arc<Galley>, after: f32| {
        let size = galley.size();
        painter.galley(pos2(x, place.center().y - size.y / 2.0), Arc::clone(galley), color(colors.quiet));
        x += size.x + after;
        x
    };
    let mut left = put(&entry.label, 6.0);
    if let Some([low, _]) = &entry.ends {
        left = put(low, 4.0);
    }
    let sample = Rect::from_min_size(pos2(left, place.center().y - 4.0), vec2(entry.sample_width(), 8.0));
    paint(painter, entry.sample, sample, colors);
    if let Some([_, high]) = &entry.ends {
        let at = pos2(sample.right() + 4.0, place.center().y - high.size().y / 2.0);
        painter.galley(at, Arc::clone(high), color(colors.quiet));
    }
    response.on_hover_text(&entry.about);
}

fn paint(painter: &eframe::egui::Painter, sample: Sample, place: Rect, colors: &Palette) {
    let pieces = |count: u8| {
        let each = place.width() / f32::from(count);
        (0..count).map(move |piece| {
            let left = place.left() + each * f32::from(piece);
            let share = f32::from(piece) / f32::from(count.max(2) - 1);
            (share, Rect::from_min_size(pos2(left, place.top()), vec2(each + 0.5, place.height())))
        })
    };
    match sample {
        Sample::Sources(count) => {
            let each = place.width() / count as f32;
            for source in 0..count {
                let left = place.left() + each * source as f32;
                let cell = Rect::from_min_size(pos2(left, place.top()), vec2(each - 1.0, place.height()));
                painter.rect_filled(cell, 1.0, color(colors.source(source)));
            }
        }
        Sample::Heat => {
            for (share, cell) in pieces(26) {
                painter.rect_filled(cell, 0.0, color(heat(colors.kind, f64::from(share))));
            }
        }
        Sample::Nothing => {}
        Sample::Strokes => {
            for (share, cell) in pieces(24) {
                let look = lit(Some(share));
                let stroke = Rect::from_center_size(cell.center(), vec2(cell.width(), look.width * 1.3));
                painter.rect_filled(stroke, 0.0, color(colors.quiet.with_opacity(look.opacity)));
            }
        }
    }
}
