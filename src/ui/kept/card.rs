//! A run's card: its name, what tells it apart from the run that is looked at, how its networks ended, and what can be done with it.

use eframe::egui::{Grid, TextEdit, Ui};

use crate::state::{Command, Run, RunId, State};
use crate::text::number::{grouped, percent, significant};
use crate::ui::parts::button::Press;
use crate::ui::parts::icon::Icon;
use crate::ui::parts::{network, words};

/// A name that is being typed, and of which run.
#[derive(Default)]
pub(super) struct Widgets {
    typed: Option<(RunId, String)>,
}

pub(super) fn show(ui: &mut Ui, state: &State, run: &Run, widgets: &mut Widgets, commands: &mut Vec<Command>) {
    let text = state.text();
    ui.set_width(320.0);
    ui.spacing_mut().item_spacing.y = 8.0;
    name(ui, state, run, widgets, commands);
    let here = state.run.as_ref().filter(|here| here.id != run.id);
    if let Some(here) = here {
        let about = here.plan.config.comparison(&run.plan.config, text);
        words::quiet(ui, text.fill("kept.against", &[("run", &here.title(text)), ("about", &about)]));
    }
    ends(ui, state, run);
    let (step, steps) = (grouped(run.step() as u64), grouped(run.plan.config.training.steps as u64));
    let mut notes = vec![text.fill("ui.progress.steps", &[("step", &step), ("steps", &steps)])];
    if run.history.every() > 1 {
        notes.push(text.fill("kept.thinned", &[("every", &run.history.every())]));
    }
    words::quiet(ui, notes.join(" · "));
    ui.horizontal(|ui| {
        if here.is_some() || state.run.is_none() {
            let back = Press::words(text.say("kept.bring_back")).with_icon(Icon::Undo).primary();
            if ui.add(back.tip(text.say("kept.bring_back_about"))).clicked() {
                commands.push(Command::BringBack(run.id));
                ui.close();
            }
        }
        let pin = text.say(if run.pinned { "kept.unpin_short" } else { "kept.pin_short" });
        if ui.add(Press::words(pin).with_icon(Icon::Pin).selected(run.pinned)).clicked() {
            commands.push(Command::PinRun(run.id, !run.pinned));
        }
        if here.is_some() || state.run.is_none() {
            let remove = Press::words(text.say("kept.remove")).quiet().tip(text.say("kept.remove_about"));
            if ui.add(remove).clicked() {
                commands.push(Command::RemoveRun(run.id));
                ui.close();
            }
        }
    });
}

fn name(ui: &mut Ui, state: &State, run: &Run, widgets: &mut Widgets, commands: &mut Vec<Command>) {
    let text = state.text();
    let own = run.name.clone().unwrap_or_default();
    let typed = widgets.typed.take().filter(|(id, _)| *id == run.id).map(|(_, typed)| typed);
    let mut typed = typed.unwrap_or_else(|| own.clone());
    let field = TextEdit::singleline(&mut typed).char_limit(Run::LONGEST_NAME).desired_width(f32::INFINITY);
    let hint = text.fill("kept.run", &[("number", &run.number)]);
    let response = ui.add(field.hint_text(hint)).accessible_name(text.say("kept.name"));
    if response.lost_focus() && typed != own {
        commands.push(Command::RenameRun(run.id, typed));
    } else if response.has_focus() {
        widgets.typed = Some((run.id, typed));
    }
}

/// How each network ended, or is.
fn ends(ui: &mut Ui, state: &State, run: &Run) {
    let text = state.text();
    Grid::new("ends").num_columns(2).spacing([16.0, 4.0]).show(ui, |ui| {
        for end in run.ends() {
            let kind = end.kind;
            ui.horizontal(|ui| {
                network::mark(ui, kind);
                ui.label(text.say(network::name(kind)));
            });
            let (accuracy, loss) = (percent(end.evaluation.accuracy), significant(end.evaluation.loss, 3));
            let key = if end.validated { "kept.validated" } else { "kept.trained" };
            ui.label(text.fill(key, &[("accuracy", &accuracy), ("loss", &loss)]));
            ui.end_row();
        }
    });
}
