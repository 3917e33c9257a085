//! Whether what is built is what is trained: the one place where changes are applied or taken back.

use eframe::egui::{
    Align, CornerRadius, CursorIcon, Frame, Label, Layout, Margin, RichText, Role, Sense, Stroke, Ui, WidgetInfo, vec2,
};

use crate::config::{FIELDS, Field, Problems};
use crate::state::{Command, Focus, State};
use crate::ui::parts::button::Press;
use crate::ui::parts::icon::{self, Icon};
use crate::ui::parts::key;
use crate::ui::style::{CONTROL, RADIUS, color, palette};

/// What is the case.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    /// Nothing was trained yet, and this can be.
    First,
    /// It cannot be trained as it is; so many problems.
    Impossible(usize),
    /// Changes wait.
    Waits,
    /// What is built is what is trained.
    Same,
}

pub(super) fn show(ui: &mut Ui, state: &State, commands: &mut Vec<Command>) {
    let text = state.text();
    let case = match (&state.draft.plan, &state.run) {
        (Err(Problems(problems)), _) => Case::Impossible(problems.len()),
        (Ok(_), None) => Case::First,
        (Ok(_), Some(_)) if state.pending() => Case::Waits,
        (Ok(_), Some(_)) => Case::Same,
    };
    let colors = palette(ui);
    let (icon, shade, words) = match case {
        Case::First => (Icon::Play, colors.quiet, text.say("ui.pending.first").to_owned()),
        Case::Impossible(problems) => {
            (Icon::Failure, colors.error, text.fill("ui.pending.impossible", &[("problems", &problems)]))
        }
        Case::Waits => (Icon::Warning, colors.warning, text.say("ui.pending.waits").to_owned()),
        Case::Same => (Icon::Check, colors.good, text.say("ui.pending.same").to_owned()),
    };
    let ground = color(colors.panel.mix(shade, if case == Case::Same || case == Case::First { 0.0 } else { 0.12 }));
    let edge = Stroke::new(
        1.0,
        color(colors.grid.mix(shade, if case == Case::Same || case == Case::First { 0.0 } else { 0.6 })),
    );
    let frame = Frame::new()
        .inner_margin(Margin::symmetric(10, 6))
        .fill(ground)
        .stroke(edge)
        .corner_radius(CornerRadius::same(RADIUS));
    frame.show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.set_min_size(vec2(ui.available_width(), CONTROL));
            let (place, _) = ui.allocate_exact_size(vec2(16.0, 20.0), Sense::hover());
            icon::paint(ui.painter(), place.center(), 14.0, icon, color(shade));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = 4.0;
                buttons(ui, state, case, commands);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let label = Label::new(RichText::new(&words).size(13.0)).truncate();
                    let Some(problem) = first_problem(state) else {
                        ui.add(label);
                        return;
                    };
                    // A press goes to the setting that cannot be.
                    let response = ui.add(label.sense(Sense::click()));
                    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, &words));
                    if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
                        commands.push(Command::Select(Some(Focus::Field(problem))));
                    }
                });
            });
        });
    });
}

/// The first setting that cannot be.
fn first_problem(state: &State) -> Option<&'static Field> {
    let Problems(problems) = state.draft.plan.as_ref().err()?;
    problems.iter().find_map(|problem| FIELDS.iter().find(|field| field.name == problem.field).copied())
}

fn buttons(ui: &mut Ui, state: &State, case: Case, commands: &mut Vec<Command>) {
    let text = state.text();
    let os = ui.ctx().os();
    let (apply_key, revert_key) = (key::words("Ctrl+Enter", text, os), key::words("Ctrl+Backspace", text, os));
    if case == Case::Waits {
        let apply = Press::words(text.say("ui.pending.apply")).key(&apply_key).tip(text.say("ui.pending.apply_about"));
        if ui.add(apply.primary()).clicked() {
            commands.push(Command::Apply);
        }
    }
    if state.pending() {
        let revert =
            Press::words(text.say("ui.pending.revert")).key(&revert_key).tip(text.say("ui.pending.revert_about"));
        if ui.add(revert.quiet()).clicked() {
            commands.push(Command::Revert);
        }
    }
}
