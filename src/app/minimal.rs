//! A view for as long as there is no other.

use eframe::egui::Ui;

use crate::state::{ACTIONS, Command, State};

/// Nothing.
pub(super) struct Widgets;

impl Widgets {
    pub(super) fn new(_state: &State) -> Self {
        Self
    }
}

/// Shows every action as a button, and how far the run is.
pub(super) fn show(ui: &mut Ui, state: &State, _widgets: &mut Widgets, commands: &mut Vec<Command>) {
    eframe::egui::CentralPanel::default().show(ui, |ui| {
        if let Some(run) = &state.run {
            ui.label(format!("{:?} {} {:?} {:?}", run.phase, run.step(), run.time_left(), run.revision));
            ui.add(eframe::egui::ProgressBar::new(run.progress() as f32));
            for network in run.history.networks() {
                ui.label(format!("{} {:?}", network.kind, network.last().map(|record| record.train_loss)));
            }
        }
        for notice in &state.notices {
            ui.label(&notice.words);
        }
        if let Some(question) = &state.view.path_field {
            ui.label(&question.text);
            if ui.button("ok").clicked() || ui.input(|i| i.key_pressed(eframe::egui::Key::Enter)) {
                commands.push(Command::AnswerPath(question.effect.clone(), question.text.clone().into()));
            }
        }
        for action in ACTIONS {
            if action.exists() && ui.button(action.words(state.text())).clicked() {
                commands.push((action.command)(state));
            }
        }
    });
}
