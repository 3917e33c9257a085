//! A painter for any chart: panels, marks, axes, a legend, exact values under the pointer, zooming.
//!
//! Knows the toolkit and the kinds of marks, and no figure. What the chart means in words comes with it. Everything that a chart's
//! painting takes is made once ([`Painting`]) and kept until there is another chart.

mod shapes;
mod heat;
mod near;
mod place;
mod words;
mod zoom;
mod choose;
mod tip;
mod panel;
mod legend;

use std::collections::BTreeSet;

use eframe::egui::text::{LayoutJob, TextFormat, TextWrapping};
use eframe::egui::{
    Id, Pos2, Rect, Role, ScrollArea, Sense, TextStyle, TextureHandle, Ui, Vec2, Visuals, WidgetInfo, pos2, vec2,
};

use words::narrow;
pub use words::{part, summary};

use crate::arch::{NetworkKind, Part};
use crate::chart::layout::{Ends, Kinds, Page, Plotted, Views, layout_panels};
use crate::chart::{Chart, Meaning, Panel};
use crate::text::Text;
use crate::theme::{Palette, ThemeKind};
use crate::ui::style;
use panel::Pointed;
use place::{Place, Shared};
use shapes::single;
use shapes::{Clipped, Shapes};

/// Where there is less height than this, marks come before words.
const LOW: f32 = 110.0;

/// The palette of the theme that is shown.
pub fn palette(visuals: &Visuals) -> &'static Palette {
    Palette::of(if visuals.dark_mode { ThemeKind::Dark } else { ThemeKind::Light })
}

/// A chart that is shown, with everything made from it.
pub struct Painting {
    chart: Chart,
    /// What is seen of each panel, where it is not all.
    views: Vec<Option<Ends>>,
    hidden: BTreeSet<String>,
    summary: String,
    laid: Option<Laid>,
    /// Pictures of cells: their memory on the graphics card serves the next chart, too.
    textures: Vec<TextureHandle>,
}

/// Panels laid out and made shapes, and what that follows from beside the chart.
struct Laid {
    key: Key,
    drawn: Drawn,
    plotted: Vec<Option<Plotted>>,
    height: f32,
    origin: Pos2,
    shapes: Vec<Clipped>,
}

/// When words were last drawn, and how full the toolkit's picture of letters was then.
#[derive(Clone, Copy)]
struct Drawn {
    frame: u64,
    letters: f32,
}

impl Drawn {
    #[expect(
        clippy::redundant_closure_for_method_calls,
        reason = "the method by itself is of one lifetime, not of any"
    )]
    fn now(ui: &Ui) -> Self {
        let letters = ui.ctx().fonts(|fonts| fonts.font_atlas_fill_ratio());
        Self { frame: ui.ctx().cumulative_frame_nr(), letters }
    }

    /// Whether letters still stand where they stood: a full picture is begun anew, and words that were kept would show others.
    fn holds(self, now: Self) -> bool {
        now.frame <= self.frame + 1 && now.letters >= self.letters
    }
}

#[derive(Clone, PartialEq)]
struct Key {
    size: Vec2,
    views: Vec<Option<Ends>>,
    hidden: BTreeSet<String>,
    theme: ThemeKind,
    pixels_per_point: f32,
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
    /// What was chosen along the axis, of what the chart lets one choose.
    pub chosen: Option<usize>,
}

impl Painting {
    /// A painting of the chart; what was hidden or zoomed in the one before stays so.
    pub fn new(chart: Chart, text: &Text, before: Option<Self>) -> Self {
        let summary = summary(text, &chart);
        let mut views = vec![None; chart.panels.len()];
        let Some(before) = before else {
            return Self { chart, views, hidden: BTreeSet::new(), summary, laid: None, textures: Vec::new() };
        };
        // Another axis is another view: what was zoomed on one says nothing of the other.
        let axes = |panel: &Panel| (panel.x.label.clone(), panel.y.label.clone(), panel.y.scale);
        for ((view, panel), (old, old_panel)) in
            views.iter_mut().zip(&chart.panels).zip(before.views.iter().zip(&before.chart.panels))
        {
            *view = old.filter(|_| axes(panel) == axes(old_panel));
        }
        Self { chart, views, hidden: before.hidden, summary, laid: None, textures: before.textures }
    }

    /// What is painted.
    pub fn chart(&self) -> &Chart {
        &self.chart
    }

    /// Shows it in the room there is: subtitle, legend, panels, notes. `meant` are rows of the architecture that are meant
    /// elsewhere: pointed at, and selected.
    pub fn show(&mut self, ui: &mut Ui, id: Id, text: &Text, meant: [Option<Part>; 2]) -> Meant {
        let palette = palette(ui.visuals());
        let room = ui.available_rect_before_wrap();
        self.describe(ui, id, room);
        ui.spacing_mut().item_spacing.y = 3.0;
        self.subtitle(ui, palette);
        legend::show(ui, &self.chart, &mut self.hidden, palette);
        ui.add_space(3.0);
        let mut plots = ui.available_rect_before_wrap();
        plots.max.y -= self.notes(ui, plots, palette);
        if plots.height() < 24.0 || plots.width() < 24.0 {
            return Meant::default();
        }
        let tall = self.lay_out(ui, plots.size(), palette, text);
        let scrolls = tall > plots.height() + 1.0;
        let pointed = if scrolls {
            let mut inner = ui.new_child(eframe::egui::UiBuilder::new().max_rect(plots));
            let area = ScrollArea::vertical().id_salt(id.with("panels")).auto_shrink(false);
            let shown = area.show(&mut inner, |ui| {
                let (all, _) = ui.allocate_exact_size(vec2(plots.width(), tall), Sense::hover());
                self.show_panels(ui, id, all.min, (text, meant, false))
            });
            shown.inner
        } else {
            self.show_panels(ui, id, plots.min, (text, meant, true))
        };
        ui.advance_cursor_after_rect(room);
        let Some((index, Pointed { part, series, clicked, chosen, hovered })) = pointed else {
            return Meant::default();
        };
        let panel = &self.chart.panels[index];
        let network = series.and_then(|series| match panel.series[series].meaning {
            Meaning::Network(kind) | Meaning::Portion(kind, _) => Some(kind),
            Meaning::Source(_) | Meaning::Guide | Meaning::Run(_) => None,
        });
        Meant { hovered, part: part.map(|part| (network, part)), clicked, chosen }
    }

    /// Lays the panels out if anything changed that they follow from; the height that they take.
    fn lay_out(&mut self, ui: &Ui, size: Vec2, palette: &'static Palette, text: &Text) -> f32 {
        let key = Key {
            size,
            views: self.views.clone(),
            hidden: self.hidden.clone(),
            theme: palette.kind,
            pixels_per_point: ui.ctx().pixels_per_point(),
        };
        let now = Drawn::now(ui);
        if let Some(laid) = self.laid.as_mut().filter(|laid| laid.key == key && laid.drawn.holds(now)) {
            laid.drawn = now;
            return laid.height;
        }
        let page = Page {
            // What scrolls has a bar at its side.
            width: f64::from(size.x) - 4.0,
            height: Some(f64::from(size.y)),
            kinds: Kinds::new(f64::from(TextStyle::Small.resolve(ui.style()).size), false, palette),
            palette,
            caption: None,
            empty: text.say("file.empty").to_owned(),
        };
        let views = Views { ends: &self.views, hidden: &self.hidden };
        let (marks, plotted, height) = layout_panels(&self.chart, &page, &views);
        let shapes = Shapes::new(ui.painter(), Vec2::ZERO, &mut self.textures).of(&marks);
        let height = single(height);
        let drawn = Drawn::now(ui);
        self.laid = Some(Laid { key, drawn, plotted, height, origin: Pos2::ZERO, shapes });
        height
    }

    /// Paints what was laid out from a corner on, and tells which panel is pointed at.
    fn show_panels(
        &mut self,
        ui: &mut Ui,
        id: Id,
        origin: Pos2,
        (text, meant, wheel): (&Text, [Option<Part>; 2], bool),
    ) -> Option<(usize, Pointed)> {
        let laid = self.laid.as_mut()?;
        let by = origin - laid.origin;
        if by != Vec2::ZERO {
            for (clip, shape) in &mut laid.shapes {
                *clip = clip.map(|clip| clip.translate(by));
                shape.translate(by);
            }
            laid.origin = origin;
        }
        shapes::paint(ui.painter(), &laid.shapes);
        let palette = palette(ui.visuals());
        let shared = Shared { chart: &self.chart, text, palette, hidden: &self.hidden, meant, wheel };
        let mut found = None;
        let panels = self.chart.panels.iter().zip(&laid.plotted).zip(&mut self.views);
        for (index, ((panel, plotted), view)) in panels.enumerate() {
            let Some(plotted) = plotted else { continue };
            let pointed = shared.show(ui, id.with(index), &Place { panel, plotted, origin }, view);
            if (pointed.hovered && found.is_none()) || pointed.chosen.is_some() {
                found = Some((index, pointed));
            }
        }
        found
    }

    /// The formula or moment, in as many as two rows; where there is no height for it, those who point at marks are told.
    fn subtitle(&self, ui: &mut Ui, palette: &Palette) {
        let Some(subtitle) = self.chart.subtitle.as_ref().filter(|_| ui.available_height() >= LOW) else { return };
        let (font, color) = (TextStyle::Small.resolve(ui.style()), style::color(palette.ink));
        let mut job = LayoutJob::single_section(narrow(subtitle), TextFormat::simple(font, color));
        job.wrap = TextWrapping { max_width: ui.available_width(), max_rows: 2, ..TextWrapping::default() };
        let galley = ui.painter().layout_job(job);
        let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), galley.size().y), Sense::hover());
        ui.painter().galley(row.min, galley, color);
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
