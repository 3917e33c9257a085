//! The tiles in which figures stand: their tabs, what is in them, and what a person does to them.

use eframe::egui::text::{LayoutJob, TextWrapping};
use eframe::egui::{
    Color32, FontId, Id, Rect, Response, Role, Sense, Stroke, Style, TextStyle, Ui, Vec2, Visuals, WidgetInfo,
    WidgetText, vec2,
};
use egui_tiles::{Behavior, EditAction, ResizeState, SimplificationOptions, TabState, Tabs, TileId, Tiles, UiResponse};

use super::arrangement::Pane;
use super::body::Stage;
use super::header;
use super::icon::SIDE;
use crate::chart::Figure;
use crate::state::{Command, Focus};
use crate::ui::figure::palette;
use crate::ui::style;

/// Height of the row of tabs.
pub(super) const BAR: f32 = 32.0;
/// Longer titles of figures that stand behind are cut.
const WIDEST_BEHIND: f32 = 104.0;
/// Between two tiles.
const GAP: f32 = 8.0;

/// Draws the tiles, and notes whether a person changed them.
pub(super) struct Stalls<'a, 'b> {
    pub(super) stage: &'a mut Stage<'b>,
    pub(super) changed: bool,
}

impl Behavior<Pane> for Stalls<'_, '_> {
    fn pane_ui(&mut self, ui: &mut Ui, _tile: TileId, pane: &mut Pane) -> UiResponse {
        let ground = style::color(palette(ui.visuals()).ground);
        ui.painter().rect_filled(ui.max_rect(), 0.0, ground);
        if let Some(figure) = pane.figure() {
            self.stage.show(ui, figure);
        }
        UiResponse::None
    }

    fn tab_title_for_pane(&mut self, pane: &Pane) -> WidgetText {
        pane.figure().map_or(WidgetText::default(), |figure| header::title(self.stage.state, figure).into())
    }

    fn tab_ui(&mut self, tiles: &mut Tiles<Pane>, ui: &mut Ui, id: Id, tile: TileId, tab: &TabState) -> Response {
        let palette = palette(ui.visuals());
        let figure = tiles.get_pane(&tile).and_then(Pane::figure);
        let title = figure.map_or_else(String::new, |figure| header::title(self.stage.state, figure).to_owned());
        let size = TextStyle::Body.resolve(ui.style()).size - 1.0;
        let family = if tab.active { style::bold() } else { eframe::egui::FontFamily::Proportional };
        let color = style::color(if tab.active { palette.ink } else { palette.quiet });
        let mut job = LayoutJob::simple_singleline(title.clone(), FontId::new(size, family), color);
        if !tab.active {
            job.wrap = TextWrapping::truncate_at_width(WIDEST_BEHIND);
        }
        let galley = ui.painter().layout_job(job);
        let cut = galley.elided;
        let (_, rect) = ui.allocate_space(vec2(galley.size().x + 20.0, ui.available_height()));
        let response = ui.interact(rect, id, Sense::click_and_drag());
        response.widget_info(|| WidgetInfo::selected(Role::Tab, ui.is_enabled(), tab.active, &title));
        if ui.is_rect_visible(rect) && !tab.is_being_dragged {
            let lit = response.hovered() || response.has_focus();
            if lit && !tab.active {
                let fill = style::color(palette.control.with_opacity(0.6));
                ui.painter().rect_filled(rect.shrink2(vec2(3.0, 4.0)), 5.0, fill);
            }
            if response.has_focus() {
                let ring = Stroke::new(1.5, style::color(palette.accent));
                let place = rect.shrink2(vec2(3.0, 4.0));
                ui.painter().rect_stroke(place, 5.0, ring, eframe::egui::StrokeKind::Inside);
            }
            let at = rect.center() - galley.size() / 2.0;
            if tab.active {
                let under =
                    Rect::from_min_max(rect.left_bottom() + vec2(10.0, -3.0), rect.right_bottom() + vec2(-10.0, -1.0));
                ui.painter().rect_filled(under, 1.0, style::color(palette.accent));
            }
            ui.painter().galley(at, galley, color);
        }
        let response = if cut { response.on_hover_text(&title) } else { response };
        if let Some(figure) = figure {
            if response.double_clicked() {
                self.stage.commands.push(Command::Maximise(Some(figure.id)));
            } else if response.clicked() {
                self.stage.commands.push(Command::Select(Some(Focus::Figure(figure.id))));
            }
        }
        response
    }

    fn top_bar_right_ui(&mut self, tiles: &Tiles<Pane>, ui: &mut Ui, _tile: TileId, tabs: &Tabs, _offset: &mut f32) {
        // The arrows that scroll the tabs are painted by the tiles, as this row says.
        let palette = palette(ui.visuals());
        let widgets = &mut ui.visuals_mut().widgets;
        widgets.inactive.weak_bg_fill = Color32::TRANSPARENT;
        for widget in [&mut widgets.inactive, &mut widgets.hovered, &mut widgets.active] {
            widget.fg_stroke.color = style::color(palette.quiet);
        }
        let figure = tabs.active.and_then(|active| tiles.get_pane(&active)).and_then(Pane::figure);
        if let Some(figure) = figure {
            header::buttons(ui, self.stage, figure, false);
        }
    }

    fn drag_ui(&mut self, tiles: &Tiles<Pane>, ui: &mut Ui, tile: TileId) {
        let title = tiles.get_pane(&tile).and_then(Pane::figure).map(|figure| header::title(self.stage.state, figure));
        eframe::egui::Frame::popup(ui.style()).show(ui, |ui| ui.label(title.unwrap_or_default()));
    }

    fn on_edit(&mut self, action: EditAction) {
        self.changed |= match action {
            EditAction::TileResized | EditAction::TileDropped => true,
            EditAction::TileDragged | EditAction::TabSelected => false,
        };
    }

    fn retain_pane(&mut self, pane: &Pane) -> bool {
        pane.figure().is_some()
    }

    fn simplification_options(&self) -> SimplificationOptions {
        SimplificationOptions { all_panes_must_have_tabs: true, ..SimplificationOptions::default() }
    }

    fn tab_bar_height(&self, _style: &Style) -> f32 {
        BAR
    }

    fn gap_width(&self, _style: &Style) -> f32 {
        GAP
    }

    fn min_size(&self) -> f32 {
        4.0 * SIDE
    }

    fn tab_bar_color(&self, visuals: &Visuals) -> Color32 {
        style::color(palette(visuals).ground)
    }

    fn tab_bar_hline_stroke(&self, visuals: &Visuals) -> Stroke {
        Stroke::new(1.0, style::color(palette(visuals).grid))
    }

    fn resize_stroke(&self, style: &Style, state: ResizeState) -> Stroke {
        let palette = palette(&style.visuals);
        match state {
            ResizeState::Idle => Stroke::new(GAP, style::color(palette.panel)),
            ResizeState::Hovering => Stroke::new(3.0, style::color(palette.line)),
            ResizeState::Dragging => Stroke::new(3.0, style::color(palette.accent)),
        }
    }

    fn drag_preview_stroke(&self, visuals: &Visuals) -> Stroke {
        Stroke::new(1.5, style::color(palette(visuals).accent))
    }

    fn drag_preview_color(&self, visuals: &Visuals) -> Color32 {
        style::color(palette(visuals).accent.with_opacity(0.15))
    }

    fn dragged_overlay_color(&self, visuals: &Visuals) -> Color32 {
        style::color(palette(visuals).ground.with_opacity(0.6))
    }

    fn ideal_tile_aspect_ratio(&self) -> f32 {
        1.5
    }
}

/// A figure that fills the room: a title in place of tabs.
pub(super) fn alone(ui: &mut Ui, stage: &mut Stage, figure: &'static Figure) {
    let palette = palette(ui.visuals());
    let room = ui.available_rect_before_wrap();
    ui.painter().rect_filled(room, 0.0, style::color(palette.ground));
    let (bar, rest) = room.split_top_bottom_at_y(room.top() + BAR);
    let layout = eframe::egui::Layout::right_to_left(eframe::egui::Align::Center);
    let mut row = ui.new_child(eframe::egui::UiBuilder::new().max_rect(bar).layout(layout));
    header::buttons(&mut row, stage, figure, true);
    let title = header::title(stage.state, figure);
    let left = Rect::from_min_size(bar.min, Vec2::new((row.min_rect().left() - bar.left()).max(0.0), BAR));
    let response = ui.interact(left, ui.make_persistent_id("title"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, title));
    let font = FontId::new(TextStyle::Heading.resolve(ui.style()).size, style::bold());
    let galley = ui.painter().layout_no_wrap(title.to_owned(), font, style::color(palette.ink));
    let at = left.left_center() + vec2(10.0, -galley.size().y / 2.0);
    ui.painter().with_clip_rect(left).galley(at, galley, style::color(palette.ink));
    if response.double_clicked() {
        stage.commands.push(Command::Maximise(None));
    }
    let mut body = ui.new_child(eframe::egui::UiBuilder::new().max_rect(rest));
    stage.show(&mut body, figure);
    ui.advance_cursor_after_rect(room);
}
