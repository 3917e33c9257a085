//! What a tile holds: the figure's chart, its values, or what would give it something to show.

use eframe::egui::{Align, Layout, Margin, Rect, RichText, Ui, UiBuilder, vec2};

use super::charts::{Charts, Shown};
use super::table;
use crate::arch::Part;
use crate::chart::Figure;
use crate::state::{Command, Focus, State};
use crate::ui::figure::{Meant, palette};
use crate::ui::style;

/// What every figure of a frame is shown with, and what they give back.
pub(super) struct Stage<'a> {
    pub(super) state: &'a State,
    pub(super) charts: &'a mut Charts,
    pub(super) commands: &'a mut Vec<Command>,
    /// The figure under the pointer, and what is meant in it.
    pub(super) meant: Option<(&'static str, Meant)>,
}

impl Stage<'_> {
    /// Shows a figure in all the room there is.
    pub(super) fn show(&mut self, ui: &mut Ui, figure: &'static Figure) {
        let id = figure.id;
        let outer = ui.available_rect_before_wrap();
        let room = outer - Margin { left: 10, right: 8, top: 2, bottom: 4 };
        if room.width() < 24.0 || room.height() < 24.0 {
            return;
        }
        let mut inner = ui.new_child(UiBuilder::new().max_rect(room).id_salt(id));
        let ui = &mut inner;
        ui.set_clip_rect(outer.intersect(ui.clip_rect()));
        if self.state.hides_figure(id) {
            let why = self.state.text().say("exercise.hidden_figure").to_owned();
            self.nothing(ui, room, &why, false);
            return;
        }
        let context = ui.ctx().clone();
        let meant_parts: [Option<Part>; 2] =
            [self.state.view.hovered.and_then(Focus::part), self.state.view.selected.and_then(Focus::part)];
        let text = self.state.text();
        match self.charts.show(&context, self.state, figure) {
            Shown::Nothing(why) => {
                let why = why.to_owned();
                self.nothing(ui, room, &why, true);
            }
            Shown::Chart(_) if self.state.view.tables.contains(&id) => {
                let tables = self.charts.tables(&context, id);
                if table::show(ui, text, tables) {
                    self.commands.push(Command::CopyValues(id));
                }
            }
            Shown::Chart(painting) => {
                let meant = painting.show(ui, eframe::egui::Id::unique(("figure", id)), text, meant_parts);
                if let Some((chooses, chosen)) = painting.chart().chooses.as_deref().zip(meant.chosen)
                    && let Some((_, value)) = chooses.places.get(chosen)
                {
                    self.commands.push(Command::Set(chooses.field, value.clone()));
                }
                if meant.hovered {
                    self.meant = Some((id, meant));
                }
            }
        }
    }

    /// Says why there is nothing, and whether training would change that.
    fn nothing(&mut self, ui: &mut Ui, room: Rect, why: &str, training_helps: bool) {
        let palette = palette(ui.visuals());
        let can_run = training_helps && self.state.run.is_none() && self.state.draft.plan.is_ok();
        let height: f32 = if can_run { 84.0 } else { 40.0 };
        let width = room.width().min(380.0);
        let place = Rect::from_center_size(room.center(), vec2(width, height.min(room.height())));
        let layout = Layout::top_down(Align::Center);
        let mut middle = ui.new_child(UiBuilder::new().max_rect(place).layout(layout));
        middle.spacing_mut().item_spacing.y = 10.0;
        middle.label(RichText::new(why).color(style::color(palette.quiet)));
        if can_run && middle.button(self.state.text().say("figures.run")).clicked() {
            self.commands.push(Command::RunOrPause);
        }
    }
}
