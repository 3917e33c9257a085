//! A painter for any chart: panels, marks, axes, a legend, exact values under the pointer, zooming.
//!
//! Knows the toolkit and the kinds of marks, and no figure. What the chart means in words comes with it. Everything that a chart's
//! painting takes is made once ([`Painting`]) and kept until there is another chart.

mod look;
mod ticks;
mod thin;
mod placed;
mod arrange;
mod heat;
mod near;
mod paint;
mod words;
mod zoom;
mod tip;
mod panel;
mod legend;

use std::collections::BTreeSet;

use eframe::egui::text::{LayoutJob, TextFormat, TextWrapping};
use eframe::egui::{Id, Rect, Role, ScrollArea, Sense, TextStyle, Ui, WidgetInfo, pos2, vec2};

pub use look::palette;
pub use words::{part, summary};

use crate::arch::{NetworkKind, Part};
use crate::chart::{Chart, Meaning};
use crate::text::Text;
use crate::theme::Palette;
use crate::ui::style;
use panel::{Pointed, Shared, Sheet};

/// Where there is no more height than this, marks come before words.
const LOW: f32 = 190.0;
/// Below this height the plot itself has all the room: what a mark means is said where it is pointed at.
const VERY_LOW: f32 = 140.0;

/// A chart that is shown, with everything made from it.
pub struct Painting {
    chart: Chart,
    sheets: Vec<Sheet>,
    hidden: BTreeSet<String>,
    summary: String,
}

/// What the pointer means in a chart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Meant {
    /// Whether the pointer is over a plot.
    pub hovered: bool,
    /// The row of the architecture under it, of the network whose mark is nearest, if one is.
    pub part: Option<(Option<NetworkKind>, Part)>,
    /// Whether it was clicked.
    pub clicked: bool,
}

impl Painting {
    /// A painting of the chart; what was hidden in the one before stays hidden.
    pub fn new(chart: Chart, text: &Text, before: Option<Self>) -> Self {
        let (hidden, mut old) = before.map(|before| (before.hidden, before.sheets)).unwrap_or_default();
        old.reverse();
        let sheets = chart.panels.iter().map(|panel| Sheet::new(panel, old.pop())).collect();
        let summary = summary(text, &chart);
        Self { chart, sheets, hidden, summary }
    }

    /// What is painted.
    pub fn chart(&self) -> &Chart {
        &self.chart
    }

    /// Shows it in the room there is: subtitle, legend, panels, notes. `meant` are rows of the architecture that are meant
    /// elsewhere: pointed at, and selected; `reserved` is room at the right of the first row that is taken.
    pub fn show(&mut self, ui: &mut Ui, id: Id, text: &Text, meant: [Option<Part>; 2], reserved: f32) -> Meant {
        let palette = palette(ui.visuals());
        let room = ui.available_rect_before_wrap();
        self.describe(ui, id, room);
        ui.spacing_mut().item_spacing.y = 3.0;
        self.subtitle(ui, palette, reserved);
        if room.height() > VERY_LOW {
            legend::show(ui, &self.chart, &mut self.hidden, palette);
        }
        ui.add_space(3.0);
        let mut plots = ui.available_rect_before_wrap();
        plots.max.y -= self.notes(ui, plots, palette);
        if plots.height() < 24.0 || plots.width() < 24.0 {
            return Meant::default();
        }
        let (places, tall) = arrange::arrange(self.chart.panels.len(), plots);
        let scrolls = tall > plots.height() + 1.0;
        let shared = Shared { chart: &self.chart, text, palette, hidden: &self.hidden, meant, wheel: !scrolls };
        let sheets = &mut self.sheets;
        let mut show_all = |ui: &mut Ui, moved: eframe::egui::Vec2| {
            let panels = shared.chart.panels.iter().zip(sheets.iter_mut()).zip(&places);
            let pointed = panels.enumerate().map(|(index, ((panel, sheet), place))| {
                // Another axis is another view: what was zoomed on one says nothing of the other.
                let id = id.with((index, &panel.x.label, &panel.y.label, panel.y.scale == crate::chart::Scale::Log));
                (panel, shared.show(ui, id, place.translate(moved), panel, sheet))
            });
            let pointed: Vec<_> = pointed.collect();
            pointed.into_iter().find(|(_, pointed)| pointed.hovered)
        };
        let pointed = if scrolls {
            let mut inner = ui.new_child(eframe::egui::UiBuilder::new().max_rect(plots));
            let area = ScrollArea::vertical().id_salt(id.with("panels")).auto_shrink(false);
            let shown = area.show(&mut inner, |ui| {
                let (all, _) = ui.allocate_exact_size(vec2(plots.width() - 12.0, tall), Sense::hover());
                show_all(ui, all.min - plots.min)
            });
            shown.inner
        } else {
            show_all(ui, eframe::egui::Vec2::ZERO)
        };
        ui.advance_cursor_after_rect(room);
        let Some((panel, Pointed { part, series, clicked, .. })) = pointed else { return Meant::default() };
        let network = series.and_then(|series| match panel.series[series].meaning {
            Meaning::Network(kind) | Meaning::Portion(kind, _) => Some(kind),
            Meaning::Source(_) | Meaning::Guide | Meaning::Run(_) => None,
        });
        Meant { hovered: true, part: part.map(|part| (network, part)), clicked }
    }

    fn subtitle(&self, ui: &mut Ui, palette: &Palette, reserved: f32) {
        let low = ui.available_height() < LOW;
        if reserved == 0.0 && (self.chart.subtitle.is_none() || low) {
            return;
        }
        let height = if reserved > 0.0 { 22.0 } else { ui.text_style_height(&TextStyle::Small) + 2.0 };
        let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
        let (font, color) = (TextStyle::Small.resolve(ui.style()), style::color(palette.quiet));
        let mut job =
            LayoutJob::single_section(self.chart.subtitle.clone().unwrap_or_default(), TextFormat::simple(font, color));
        job.wrap = TextWrapping::truncate_at_width((row.width() - reserved).max(0.0));
        let galley = ui.painter().layout_job(job);
        ui.painter().galley(pos2(row.left(), row.center().y - galley.size().y / 2.0), galley, color);
    }

    /// The chart for those who cannot see it.
    fn describe(&self, ui: &Ui, id: Id, room: Rect) {
        let response = ui.interact(room, id.with("figure"), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Figure, true, &self.chart.title));
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_description(self.summary.as_str()));
    }

    /// The notes at the foot, where there is room for them; their height.
    fn notes(&self, ui: &mut Ui, room: Rect, palette: &Palette) -> f32 {
        if self.chart.notes.is_empty() || room.height() < 210.0 {
            return 0.0;
        }
        let (font, color) = (TextStyle::Small.resolve(ui.style()), style::color(palette.quiet));
        let mut height = 6.0;
        let galleys: Vec<_> = self
            .chart
            .notes
            .iter()
            .map(|note| ui.painter().layout(note.clone(), font.clone(), color, room.width()))
            .collect();
        height += galleys.iter().map(|galley| galley.size().y + 2.0).sum::<f32>();
        if height > room.height() * 0.17 {
            return 0.0;
        }
        let mut top = room.bottom() - height + 6.0;
        for galley in galleys {
            let size = galley.size();
            ui.painter().galley(pos2(room.left(), top), galley, color);
            top += size.y + 2.0;
        }
        height
    }
}
