//! The panel in which networks and their training are put together: every setting of a run, each as one row.
//!
//! What follows from the settings stands below and stays in sight: costs, and whether changes wait for new weights.

mod rows;
mod blocks;
mod networks;
mod data;
mod summary;
mod pending;

use eframe::egui::{Frame, Margin, Panel, ScrollArea, Sense, Ui, vec2};

use self::rows::Rows;
use crate::config::{Access, Field, Group, fields};
use crate::state::{Command, Focus, State};
use crate::ui::parts::icon::{self, Icon};
use crate::ui::parts::words;
use crate::ui::pointing::Pointing;
use crate::ui::style::{GAP, PADDING, bold_font, color, palette};

/// What the panel keeps: which sections are folded, and what is pointed at.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is one section that is folded or not")]
pub(super) struct Widgets {
    more_networks: bool,
    more_training: bool,
    data_folded: bool,
    training_folded: bool,
    pointing: Pointing,
}

/// Shows the panel's inside.
pub(super) fn show(ui: &mut Ui, state: &State, widgets: &mut Widgets, commands: &mut Vec<Command>) {
    let text = state.text();
    // A low window leaves out what is said elsewhere too, so that the settings keep their room.
    let short = ui.available_height() < 560.0;
    let title = Panel::top("build-title").frame(Frame::new().inner_margin(margin(10, 2))).show_separator_line(false);
    title.show(ui, |ui| words::heading(ui, text.say("ui.build.title")));
    Panel::bottom("build-foot").frame(Frame::new().inner_margin(margin(10, 12))).show(ui, |ui| {
        summary::show(ui, state, short);
        pending::show(ui, state, commands);
    });
    let mut rows = Rows { state, text, commands, hovered: None };
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        Frame::new().inner_margin(margin(4, 16)).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = GAP - 2.0;
            group(ui, &mut rows, Group::Networks);
            if more(ui, text.say("ui.build.more_networks"), &mut widgets.more_networks) {
                group(ui, &mut rows, Group::MoreNetworks);
            }
            section_gap(ui);
            if section(ui, text.say("ui.build.data"), &mut widgets.data_folded) {
                group(ui, &mut rows, Group::Data);
            }
            section_gap(ui);
            if section(ui, text.say("ui.build.training"), &mut widgets.training_folded) {
                group(ui, &mut rows, Group::Training);
                if more(ui, text.say("ui.build.more_training"), &mut widgets.more_training) {
                    group(ui, &mut rows, Group::MoreTraining);
                }
            }
        });
    });
    let hovered = rows.hovered.map(Focus::Field);
    widgets.pointing.at(state, hovered, commands);
}

/// The settings of a group that apply, each with the control of its kind.
fn group(ui: &mut Ui, rows: &mut Rows<'_>, group: Group) {
    for field in Field::of_group(group).filter(|field| (field.applies)(rows.state.draft.config())) {
        match &field.access {
            Access::Integer(integer) => rows.integer(ui, field, integer),
            Access::Number(number) => rows.number(ui, field, number),
            Access::Switch(_) => rows.switch(ui, field),
            Access::Choice(choice) => rows.choice(ui, field, choice),
            Access::Choices(_) => networks::chosen(ui, rows, field),
            Access::Integers(integers) => blocks::show(ui, rows, field, integers),
            Access::Width(width) => networks::width(ui, rows, field, width),
            Access::Path(path) if *field == fields::SOURCE => data::source(ui, rows, field, path),
            Access::Path(_) => rows.path(ui, field),
        }
        if *field == fields::LEARNING_RATE && rows.state.run.is_some() {
            words::quiet(ui, rows.text.say("ui.build.acts_at_once"));
        }
    }
}

fn margin(top: i8, bottom: i8) -> Margin {
    Margin { left: 16, right: 16, top, bottom }
}

fn section_gap(ui: &mut Ui) {
    ui.add_space(GAP);
    ui.separator();
    ui.add_space(2.0);
}

/// The heading of a section that folds; whether it is open.
fn section(ui: &mut Ui, title: &str, folded: &mut bool) -> bool {
    fold(ui, title, folded, 15.0, true);
    !*folded
}

/// What is needed seldom; whether it is shown.
fn more(ui: &mut Ui, title: &str, open: &mut bool) -> bool {
    let mut folded = !*open;
    fold(ui, title, &mut folded, 13.0, false);
    *open = !folded;
    *open
}

fn fold(ui: &mut Ui, title: &str, folded: &mut bool, size: f32, loud: bool) {
    let (place, response) = ui.allocate_exact_size(vec2(ui.available_width(), 28.0), Sense::click());
    let open = !*folded;
    response.widget_info(|| {
        eframe::egui::WidgetInfo::selected(eframe::egui::Role::DisclosureTriangle, ui.is_enabled(), open, title)
    });
    if response.clicked() {
        *folded = !*folded;
    }
    let colors = palette(ui);
    let shade = if loud || response.hovered() { colors.ink } else { colors.quiet };
    let painter = ui.painter();
    if response.has_focus() {
        let around = eframe::egui::Stroke::new(2.0, color(colors.accent));
        painter.rect_stroke(place.expand2(vec2(4.0, 0.0)), 6.0, around, eframe::egui::StrokeKind::Inside);
    }
    let letters = if loud { bold_font(size) } else { crate::ui::style::font(size) };
    painter.text(place.left_center(), eframe::egui::Align2::LEFT_CENTER, title, letters, color(shade));
    let arrow = if open { Icon::Down } else { Icon::Right };
    icon::paint(painter, place.right_center() - vec2(PADDING / 2.0, 0.0), 12.0, arrow, color(colors.quiet));
    response.on_hover_cursor(eframe::egui::CursorIcon::PointingHand);
}
