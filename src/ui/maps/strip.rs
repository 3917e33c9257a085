//! The strip of validation images: only those in sight are built. A network's mark below an image says whether it was right.

use std::sync::Arc;

use eframe::egui::{
    CornerRadius, CursorIcon, EventFilter, Key, Mesh, Modifiers, Popup, Rect, Role, ScrollArea, Sense, Shape, Stroke,
    StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::choice::{Filter, Offered, taken_for};
use super::thumbs::Thumbs;
use super::{GUTTER, Looked};
use crate::data::DataSet;
use crate::state::{Command, Run};
use crate::text::Text;
use crate::text::number::grouped;
use crate::ui::parts::button::Press;
use crate::ui::parts::icon::{self, Icon};
use crate::ui::parts::network;
use crate::ui::style::{color, font, list_style, palette};

/// What the strip keeps from frame to frame.
#[derive(Default)]
pub(super) struct Strip {
    pub(super) offered: Offered,
    /// The image that was chosen when the strip was last brought to it.
    brought: Option<(Filter, usize)>,
}

/// Height of the marks.
const MARKS: f32 = 11.0;

impl Strip {
    /// Shows the strip in that place, beside as much room at the left as names have in the lanes below.
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        place: Rect,
        looked: &Looked<'_>,
        thumbs: &mut Thumbs,
        commands: &mut Vec<Command>,
    ) {
        let Looked { state, run, images, ref names, .. } = *looked;
        let text = state.text();
        let choice = Rect::from_min_size(place.min, vec2(GUTTER - 8.0, place.height()));
        let mut child = ui.new_child(UiBuilder::new().max_rect(choice));
        self.filter(&mut child, text, !run.predictions.is_empty());
        let filter = self.offered.filter;
        let chosen = state.view.image;
        self.offered.refresh(run, images);
        let room = place.with_min_x(place.left() + GUTTER);
        let list = self.offered.list();
        if list.is_empty() {
            let words = text.say("maps.filter.nothing");
            let quiet = color(palette(ui).quiet);
            ui.painter().text(room.left_center(), eframe::egui::Align2::LEFT_CENTER, words, font(12.0), quiet);
            return;
        }
        let id = ui.scope_id().with("images");
        let whole = ui.interact(room, id, Sense::focusable_noninteractive());
        whole.widget_info(|| WidgetInfo::labeled(Role::List, true, text.say("maps.strip")));
        let marked = !run.predictions.is_empty();
        let side = (room.height() - 4.0 - if marked { MARKS } else { 0.0 }).clamp(12.0, 40.0).floor();
        let ratio = (images.shape.width.max(1) as f32 / images.shape.height.max(1) as f32).clamp(0.4, 2.5);
        let step = (side * ratio).floor() + 5.0;
        let bring = self.brought != Some((filter, chosen));
        let mut child = ui.new_child(UiBuilder::new().max_rect(room).id_salt("strip"));
        child.style_mut().always_scroll_the_only_direction = true;
        let area = ScrollArea::horizontal().id_salt("images").auto_shrink(false);
        area.show_viewport(&mut child, |ui, seen| {
            ui.set_min_size(vec2(step * list.len() as f32 + 4.0, room.height()));
            let corner = ui.min_rect().min;
            if bring {
                let at = list.binary_search(&chosen).unwrap_or_else(|above| above.min(list.len() - 1));
                let there = Rect::from_min_size(pos2(corner.x + step * at as f32, corner.y), vec2(step, side));
                if !seen.translate(corner.to_vec2()).shrink2(vec2(step, 0.0)).x_range().contains(there.center().x) {
                    ui.scroll_to_rect(there, Some(eframe::egui::Align::Center));
                }
            }
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an index into the list")]
            let at = |x: f32| (x / step).max(0.0) as usize;
            let range = at(seen.left())..(at(seen.right()) + 1).min(list.len());
            for (place, &image) in range.clone().zip(&list[range]) {
                let left = corner.x + 2.0 + step * place as f32;
                let rect = Rect::from_min_size(pos2(left, corner.y + 2.0), vec2(step - 5.0, side));
                let thumb = Thumb { image, rect, chosen: image == chosen };
                if thumb.show(ui, text, (run, names), images, thumbs) {
                    commands.push(Command::WatchImage(image));
                }
            }
        });
        self.brought = Some((filter, chosen));
        if whole.has_focus() {
            let ring = Stroke::new(2.0, color(palette(ui).accent));
            ui.painter().rect_stroke(room.expand(2.0), CornerRadius::same(6), ring, StrokeKind::Inside);
            let arrows = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(id, arrows));
            let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
            let by = isize::from(pressed(Key::ArrowRight)) - isize::from(pressed(Key::ArrowLeft));
            let to = if pressed(Key::Home) { list.first().copied() } else { None };
            let to = to.or_else(|| pressed(Key::End).then(|| list.last().copied()).flatten());
            let to = to.or_else(|| (by != 0).then(|| self.offered.next(chosen, by)).flatten());
            commands.extend(to.map(Command::WatchImage));
        }
    }

    /// Which images are offered; only the networks' last validation can tell.
    fn filter(&mut self, ui: &mut Ui, text: &Text, known: bool) {
        let width = ui.max_rect().width();
        let name = text.say("maps.filter.name");
        if !known {
            self.offered.filter = Filter::All;
        }
        let shown = text.say(self.offered.filter.name());
        let button = Press::words(name).says(shown).opens().size(width, 26.0).tip(text.say("maps.filter.about"));
        let response = ui.add_enabled(known, button);
        Popup::menu(&response).id(response.id.with("filter")).show(|ui| {
            list_style(ui);
            ui.set_min_width(160.0);
            for filter in Filter::ALL {
                if ui.selectable_label(filter == self.offered.filter, text.say(filter.name())).clicked() {
                    self.offered.filter = filter;
                }
            }
        });
    }
}

/// One image of the strip.
struct Thumb {
    image: usize,
    rect: Rect,
    chosen: bool,
}

impl Thumb {
    /// Shows it; whether it was clicked.
    fn show(
        &self,
        ui: &mut Ui,
        text: &Text,
        (run, names): (&Run, &[String]),
        images: &Arc<DataSet>,
        thumbs: &mut Thumbs,
    ) -> bool {
        let colors = palette(ui);
        let label = images.truth(self.image);
        let id = ui.scope_id().with(("image", self.image));
        let area = self.rect.expand(2.0).with_max_y(self.rect.bottom() + MARKS);
        let response = ui.interact(area, id, Sense::CLICK);
        let class = |class: usize| names.get(class).map_or("?", String::as_str);
        let sentence = || {
            let Some(label) = label else { return text.say("maps.own").to_owned() };
            let number = grouped(self.image as u64 + 1);
            let mut said = text.fill("maps.thumb", &[("number", &number), ("class", &class(label))]);
            for (kind, taken) in taken_for(run, self.image) {
                let name = text.say(network::name(kind));
                let verdict = match taken {
                    Some(taken) if taken == label => text.fill("maps.right", &[("network", &name)]),
                    Some(taken) => text.fill("maps.wrong", &[("network", &name), ("class", &class(taken))]),
                    None => text.fill("maps.nothing", &[("network", &name)]),
                };
                said = text.fill("maps.and", &[("first", &said), ("second", &verdict)]);
            }
            said
        };
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, self.chosen, sentence()));
        let (texture, on) = thumbs.picture(ui.ctx(), images, self.image);
        let mut mesh = Mesh::with_texture(texture);
        mesh.add_rect_with_uv(self.rect, on, eframe::egui::Color32::WHITE);
        ui.painter().add(Shape::mesh(mesh));
        let line = match (self.chosen, response.hovered()) {
            (true, _) => Stroke::new(2.0, color(colors.accent)),
            (false, true) => Stroke::new(1.0, color(colors.ink)),
            (false, false) => Stroke::new(1.0, color(colors.line)),
        };
        ui.painter().rect_stroke(self.rect, CornerRadius::ZERO, line, StrokeKind::Outside);
        let verdicts: Vec<_> = taken_for(run, self.image).collect();
        let each = self.rect.width() / verdicts.len().max(1) as f32;
        for (index, (kind, taken)) in verdicts.into_iter().enumerate() {
            let middle = pos2(self.rect.left() + each * (index as f32 + 0.5), self.rect.bottom() + 2.0 + MARKS / 2.0);
            let icon = if label.is_some() && taken == label { Icon::Check } else { Icon::Cross };
            icon::paint(ui.painter(), middle, 10.0, icon, color(colors.network(kind)));
        }
        response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(sentence()).clicked()
    }
}
