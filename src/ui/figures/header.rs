//! What stands above a figure: the list that names it, what is chosen about it, and what can be done with it.

use eframe::egui::{
    Align, Color32, Layout, Popup, PopupCloseBehavior, Rect, RichText, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui,
    UiBuilder, WidgetInfo, pos2, vec2,
};

use super::body::Stage;
use super::choices;
use super::icon::{self, Icon};
use crate::chart::{FIGURES, Figure};
use crate::state::{Ask, Command, State};
use crate::ui::figure::palette;
use crate::ui::parts::segmented::fit;
use crate::ui::style::{self, bold_font, list_style};

/// Height of what stands above.
pub(super) const HEIGHT: f32 = 30.0;
/// Above a figure narrower than this, what is needed seldom is in a list.
const WIDE: f32 = 620.0;
/// Above one narrower than this, the table of values is there too.
const NARROW: f32 = 430.0;

/// Above one narrower than this, the name comes before all buttons but two.
const LEAST: f32 = 350.0;

/// What a list of choices needs.
const CHOICE: f32 = 124.0;

/// What is above which figure.
pub(super) struct Head {
    pub(super) figure: &'static Figure,
    /// Its place, where several may stand.
    pub(super) seat: Option<usize>,
    /// Whether it fills the centre.
    pub(super) alone: bool,
    /// Whether another would find room.
    pub(super) more: bool,
    /// Whether others stand beside it.
    pub(super) others: bool,
}

/// The figure's title.
pub(super) fn title(state: &State, figure: &Figure) -> &'static str {
    state.text().say(&format!("figure.{}.title", figure.id))
}

/// Shows it in that place.
pub(super) fn show(ui: &mut Ui, stage: &mut Stage, head: &Head, bar: Rect) {
    let inner = Rect::from_min_max(bar.min + vec2(6.0, 0.0), bar.max - vec2(4.0, 0.0));
    let layout = Layout::right_to_left(Align::Center);
    let mut row = ui.new_child(UiBuilder::new().max_rect(inner).layout(layout).id_salt("head"));
    if !stage.state.view.presenting {
        buttons(&mut row, stage, head);
    }
    // Choices find no room before the name does.
    let words = title(stage.state, head.figure);
    let wide = row.painter().layout_no_wrap(words.to_owned(), bold_font(16.0), Color32::PLACEHOLDER).size().x;
    if row.available_width() >= wide + 34.0 + CHOICE * head.figure.choices.len() as f32 {
        choices::show(&mut row, stage, head.figure);
    }
    let left = Rect::from_min_max(inner.min, pos2(row.min_rect().left() - 6.0, inner.bottom()));
    name(ui, stage, head, left);
}

/// The figure's name, which opens the list of all.
fn name(ui: &mut Ui, stage: &mut Stage, head: &Head, place: Rect) {
    let (state, figure) = (stage.state, head.figure);
    let colors = palette(ui.visuals());
    let words = title(state, figure);
    let size = if head.alone { 16.0 } else { 15.0 };
    let galley = fit(ui, words, bold_font(size), (place.width() - 24.0).max(0.0), style::color(colors.ink));
    let button = Rect::from_min_size(place.min, vec2((galley.size().x + 26.0).min(place.width()), place.height()));
    let id = ui.make_persistent_id(("name", figure.id));
    let response = ui.interact(button, id, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, ui.is_enabled(), words));
    let face = button.shrink2(vec2(0.0, 2.0));
    if response.hovered() || Popup::is_id_open(ui.ctx(), response.id.with("list")) {
        ui.painter().rect_filled(face, 6.0, style::color(colors.control));
    }
    if response.has_focus() {
        ui.painter().rect_stroke(face, 6.0, Stroke::new(2.0, style::color(colors.accent)), StrokeKind::Inside);
    }
    let cut = galley.elided;
    let at = pos2(button.left() + 4.0, button.center().y - galley.size().y / 2.0);
    let arrow = pos2(at.x + galley.size().x + 12.0, button.center().y);
    ui.painter().galley(at, galley, style::color(colors.ink));
    icon::paint_small(ui.painter(), arrow, Icon::Down, style::color(colors.quiet));
    let response = response.on_hover_cursor(eframe::egui::CursorIcon::PointingHand);
    let response = if cut { response.on_hover_text(words) } else { response };
    if response.double_clicked() {
        stage.commands.push(Command::Maximise((!head.alone).then_some(figure.id)));
    }
    Popup::menu(&response).id(response.id.with("list")).show(|ui| {
        list_style(ui);
        ui.set_min_width(230.0);
        for (index, other) in FIGURES.iter().enumerate() {
            if index > 0 && FIGURES[index - 1].group != other.group {
                ui.add(eframe::egui::Separator::default().spacing(7.0));
            }
            if ui.selectable_label(other.id == figure.id, title(state, other)).clicked() {
                stage.commands.push(match head.seat {
                    Some(seat) => Command::Seat(seat, other.id),
                    None => Command::ShowFigure(other.id),
                });
                ui.close();
            }
        }
    });
}

/// The buttons, from the right.
fn buttons(ui: &mut Ui, stage: &mut Stage, head: &Head) {
    let (text, id) = (stage.state.text(), head.figure.id);
    let width = ui.available_width();
    let (wide, narrow, least) = (width >= WIDE, width < NARROW, width < LEAST);
    let table = stage.state.view.tables.contains(&id);
    let of_table = text.say(if table { "figures.picture" } else { "figures.table" });
    ui.spacing_mut().item_spacing.x = 1.0;
    let mut press = |ui: &mut Ui, shape, key: &str, command: Command| {
        if icon::button(ui, shape, text.say(key), None).clicked() {
            stage.commands.push(command);
        }
    };
    match head.seat {
        Some(seat) if head.others => press(ui, Icon::Cross, "figures.remove", Command::RemoveSeat(seat)),
        Some(_) if least => {}
        Some(_) => press(ui, Icon::Down, "figures.fold", Command::ToggleFigures),
        None => {}
    }
    if head.more {
        press(ui, Icon::Plus, "figures.add", Command::AddSeat);
    }
    let whole = if head.alone { (Icon::Restore, "figures.restore") } else { (Icon::Maximise, "figures.maximise") };
    press(ui, whole.0, whole.1, Command::Maximise((!head.alone).then_some(id)));
    if wide {
        for (shape, key, command) in seldom(id).into_iter().rev() {
            press(ui, shape, key, command);
        }
    } else {
        let more = icon::button(ui, Icon::More, text.say("figures.more"), None);
        Popup::menu(&more).id(more.id.with(id)).show(|ui| {
            list_style(ui);
            let table = narrow.then_some((of_table, Command::ToggleTable(id)));
            let rest = seldom(id).map(|(_, key, command)| (text.say(key), command));
            for (words, command) in table.into_iter().chain(rest) {
                if ui.button(words).clicked() {
                    stage.commands.push(command);
                    ui.close();
                }
            }
        });
    }
    if !narrow && icon::button(ui, Icon::Table, of_table, Some(table)).clicked() {
        stage.commands.push(Command::ToggleTable(id));
    }
    if !least {
        about(ui, stage, head.figure);
    }
    ui.add_space(6.0);
}

/// How the figure is read, beside it.
fn about(ui: &mut Ui, stage: &mut Stage, figure: &'static Figure) {
    let (text, id) = (stage.state.text(), figure.id);
    let about = icon::button(ui, Icon::About, text.say("figures.about"), None);
    let popup = Popup::from_toggle_button_response(&about).id(about.id.with(id));
    popup.close_behavior(PopupCloseBehavior::CloseOnClickOutside).show(|ui| {
        ui.set_max_width(420.0);
        ui.spacing_mut().item_spacing.y = 8.0;
        let palette = palette(ui.visuals());
        ui.label(RichText::new(title(stage.state, figure)).family(style::bold()).color(style::color(palette.ink)));
        let most = (ui.ctx().content_rect().height() - 160.0).clamp(80.0, 420.0);
        ScrollArea::vertical().max_height(most).show(ui, |ui| {
            ui.label(text.say(&format!("figure.{id}.about")));
            // A note may tell what is asked.
            let told = stage.charts.chart(id).filter(|_| !stage.state.hides_figure(id));
            for note in told.iter().flat_map(|chart| &chart.notes) {
                ui.label(RichText::new(note).small().color(style::color(palette.quiet)));
            }
        });
    });
}

/// What is needed seldom, in order.
fn seldom(id: &'static str) -> [(Icon, &'static str, Command); 3] {
    [
        (Icon::Save, "figures.save", Command::Ask(Ask::SaveFigure(Some(id)))),
        (Icon::Picture, "figures.copy_picture", Command::CopyPicture(id)),
        (Icon::Copy, "figures.copy_values", Command::CopyValues(id)),
    ]
}
