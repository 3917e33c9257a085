//! What a person may choose about a figure, above it.

use eframe::egui::{ComboBox, RichText, Ui};

use super::body::Stage;
use crate::chart::{Along, Choice, Extent, Figure, GradientMeasure, ReuseScale, TimeAxis};
use crate::state::Command;
use crate::ui::network::measure_key;

/// The choices of a figure, from the right.
pub(super) fn show(ui: &mut Ui, stage: &mut Stage, figure: &'static Figure) {
    let (options, text) = (stage.state.view.options, stage.state.text());
    ui.spacing_mut().interact_size.y = 22.0;
    ui.spacing_mut().button_padding = eframe::egui::vec2(7.0, 2.0);
    let mut offer = Offer { ui, stage, figure };
    for choice in figure.choices {
        match choice {
            Choice::Time => offer.of("figures.time.name", &TimeAxis::ALL, options.time, time_key, Command::SetTime),
            Choice::Against => {
                let times = TimeAxis::ALL.map(Some);
                let all: Vec<Option<TimeAxis>> = times.into_iter().chain([None]).collect();
                let key = |against: Option<TimeAxis>| against.map_or("figures.time.parameters", time_key);
                let now = (!options.by_parameters).then_some(options.time);
                offer.of("figures.time.against", &all, now, key, Command::SetAgainst);
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
            Choice::Along => {
                let key = |along| match along {
                    Along::Layers => "figures.along.layers",
                    Along::Growth => "figures.along.growth",
                    Along::Compression => "figures.along.compression",
                };
                offer.of("figures.along.name", &Along::ALL, options.along, key, Command::SetAlong);
            }
            Choice::Extent => {
                let blocks = offer.stage.state.draft.config().network.blocks.len();
                let now = match options.extent {
                    Extent::Block(block) => Extent::Block(block.min(blocks)),
                    Extent::Network => Extent::Network,
                };
                let all: Vec<Extent> = (1..=blocks).map(Extent::Block).chain([Extent::Network]).collect();
                let words = |extent| match extent {
                    Extent::Block(block) => text.fill("figures.extent.block", &[("block", &block)]),
                    Extent::Network => text.say("figures.extent.network").to_owned(),
                };
                offer.in_words("figures.extent.name", &all, now, words, Command::SetExtent);
            }
        }
    }
}

fn time_key(time: TimeAxis) -> &'static str {
    match time {
        TimeAxis::Step => "figures.time.step",
        TimeAxis::Epoch => "figures.time.epoch",
        TimeAxis::Seconds => "figures.time.seconds",
        TimeAxis::MultiplyAdds => "figures.time.multiply_adds",
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
        self.in_words(name, all, now, |choice| text.say(key(choice)).to_owned(), command);
    }

    /// The same with words of each choice's own.
    fn in_words<T: Copy + PartialEq>(
        &mut self,
        name: &'static str,
        all: &[T],
        now: T,
        words: impl Fn(T) -> String,
        command: fn(T) -> Command,
    ) {
        let text = self.stage.state.text();
        let shown = ComboBox::from_id_salt((self.figure.id, name)).selected_text(RichText::new(words(now)).small());
        let shown = shown.width(64.0).show_ui(self.ui, |ui| {
            for &choice in all {
                if ui.selectable_label(choice == now, words(choice)).clicked() {
                    self.stage.commands.push(command(choice));
                }
            }
        });
        named(&shown.response, text.say(name), &words(now));
    }
}

fn named(response: &eframe::egui::Response, name: &str, now: &str) {
    response.ctx.accesskit_node_builder(response.id, |node| {
        node.set_label(format!("{name}: {now}"));
    });
    response.clone().on_hover_text(name);
}
