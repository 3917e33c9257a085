//! What a person may choose about a figure, above it.

use eframe::egui::{ComboBox, RichText, Ui};

use super::body::Stage;
use crate::chart::{Choice, Figure, GradientMeasure, ReuseScale, TimeAxis};
use crate::state::Command;
use crate::ui::network::measure_key;

/// The choices of a figure, from the right.
pub(super) fn show(ui: &mut Ui, stage: &mut Stage, figure: &'static Figure) {
    let options = stage.state.view.options;
    ui.spacing_mut().interact_size.y = 22.0;
    ui.spacing_mut().button_padding = eframe::egui::vec2(7.0, 2.0);
    let mut offer = Offer { ui, stage, figure };
    for choice in figure.choices {
        match choice {
            Choice::Time => {
                let key = |time| match time {
                    TimeAxis::Step => "figures.time.step",
                    TimeAxis::Epoch => "figures.time.epoch",
                    TimeAxis::Seconds => "figures.time.seconds",
                };
                offer.of("figures.time.name", &TimeAxis::ALL, options.time, key, Command::SetTime);
            }
            Choice::Gradient => {
                let all = &GradientMeasure::ALL;
                offer.of("figures.gradient.name", all, options.gradient, measure_key, Command::SetGradient);
            }
            Choice::Reuse => {
                let key = |scale| match scale {
                    ReuseScale::MeanWeight => "figures.reuse.mean_weight",
                    ReuseScale::ByReader => "figures.reuse.by_reader",
                };
                offer.of("figures.reuse.name", &ReuseScale::ALL, options.reuse, key, Command::SetReuse);
            }
        }
    }
}

/// Where choices of a figure are offered.
struct Offer<'a, 'b> {
    ui: &'a mut Ui,
    stage: &'a mut Stage<'b>,
    figure: &'static Figure,
}

impl Offer<'_, '_> {
    /// A list of what can be chosen, named by a key.
    fn of<T: Copy + PartialEq>(
        &mut self,
        name: &'static str,
        all: &[T],
        now: T,
        key: impl Fn(T) -> &'static str,
        command: fn(T) -> Command,
    ) {
        let text = self.stage.state.text();
        let words = |choice: T| text.say(key(choice));
        let shown = ComboBox::from_id_salt((self.figure.id, name)).selected_text(RichText::new(words(now)).small());
        let shown = shown.width(64.0).show_ui(self.ui, |ui| {
            for &choice in all {
                if ui.selectable_label(choice == now, words(choice)).clicked() {
                    self.stage.commands.push(command(choice));
                }
            }
        });
        named(&shown.response, text.say(name), words(now));
    }
}

fn named(response: &eframe::egui::Response, name: &str, now: &str) {
    response.ctx.accesskit_node_builder(response.id, |node| {
        node.set_label(format!("{name}: {now}"));
    });
    response.clone().on_hover_text(name);
}
