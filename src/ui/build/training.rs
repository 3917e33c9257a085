//! How the networks learn.

use eframe::egui::Ui;

use super::more;
use super::rows::{Rows, Track};
use crate::config::Value;
use crate::ui::parts::stepper::Step;
use crate::ui::parts::words;

pub(super) fn show(ui: &mut Ui, rows: &mut Rows<'_>, open: &mut bool) {
    rows.number(ui, "training.learning_rate", Step::OneTwoFive, Some(Track(1e-4..=1.0, true)));
    if rows.state.run.is_some() {
        words::quiet(ui, rows.text.say("ui.build.acts_at_once"));
    }
    rows.integer(ui, "training.batch", Step::Double, Some(Track(1.0..=256.0, true)));
    rows.integer(ui, "training.steps", Step::OneTwoFive, Some(Track(100.0..=20_000.0, true)));
    rows.choice(ui, "training.optimizer");
    rows.choice(ui, "training.schedule");
    rows.integer(ui, "seed", Step::Add(1.0), None);
    let title = rows.text.say("ui.build.more_training");
    if more(ui, title, open) {
        if rows.value("training.optimizer") == Value::Text("sgd".to_owned()) {
            rows.number(ui, "training.momentum", Step::Add(0.05), Some(Track(0.0..=0.99, false)));
        }
        rows.number(ui, "training.weight_decay", Step::OneTwoFive, None);
        rows.integer(ui, "training.evaluate_every", Step::OneTwoFive, None);
        rows.integer(ui, "training.probe_every", Step::OneTwoFive, None);
        rows.choice(ui, "training.backend");
    }
}
