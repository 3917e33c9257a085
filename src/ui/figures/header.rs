//! What stands above a figure: its title and what can be done with it.

use eframe::egui::{ComboBox, Popup, PopupCloseBehavior, RichText, ScrollArea, Ui};

use super::body::Stage;
use super::icon::{self, Icon};
use crate::chart::{Choice, Figure, GradientMeasure, ReuseScale, TimeAxis};
use crate::state::{Ask, Command, Focus, State};
use crate::ui::figure::palette;
use crate::ui::network::measure_key;
use crate::ui::style;

/// The figure's title.
pub(super) fn title(state: &State, figure: &Figure) -> &'static str {
    state.text().say(&format!("figure.{}.title", figure.id))
}

/// Bars narrower than this fold what is needed seldom into a list.
const WIDE: f32 = 560.0;
/// Bars narrower than this fold the table of values, too, so that tabs have room.
const NARROW: f32 = 400.0;

/// The buttons, from the right.
pub(super) fn buttons(ui: &mut Ui, stage: &mut Stage, figure: &'static Figure, alone: bool) {
    let (text, id) = (stage.state.text(), figure.id);
    let (wide, narrow) = (ui.available_width() >= WIDE, ui.available_width() < NARROW);
    let table = stage.state.view.tables.contains(&id);
    let of_table = text.say(if table { "figures.picture" } else { "figures.table" });
    ui.spacing_mut().item_spacing.x = 1.0;
    ui.add_space(6.0);
    let whole = if alone { (Icon::Restore, "figures.restore") } else { (Icon::Maximise, "figures.maximise") };
    if icon::button(ui, whole.0, text.say(whole.1), false).clicked() {
        stage.commands.push(Command::Maximise((!alone).then_some(id)));
    }
    if wide {
        for (shape, key, command) in seldom(id).into_iter().rev() {
            if icon::button(ui, shape, text.say(key), false).clicked() {
                stage.commands.push(command);
            }
        }
    } else {
        let more = icon::button(ui, Icon::More, text.say("figures.more"), false);
        Popup::menu(&more).id(more.id.with(id)).show(|ui| {
            if narrow && ui.button(of_table).clicked() {
                stage.commands.push(Command::ToggleTable(id));
                ui.close();
            }
            for (_, key, command) in seldom(id) {
                if ui.button(text.say(key)).clicked() {
                    stage.commands.push(command);
                    ui.close();
                }
            }
            ui.separator();
            if ui.button(text.say("figures.reset")).clicked() {
                stage.commands.push(Command::ResetLayout);
                ui.close();
            }
        });
    }
    if !narrow && icon::button(ui, Icon::Table, of_table, table).clicked() {
        stage.commands.push(Command::ToggleTable(id));
    }
    let about = icon::button(ui, Icon::About, text.say("figures.about"), false);
    if about.clicked() {
        stage.commands.push(Command::Select(Some(Focus::Figure(id))));
    }
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

/// The choices of a figure, from the right.
pub(super) fn choices(ui: &mut Ui, stage: &mut Stage, figure: &'static Figure) {
    let options = stage.state.view.options;
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
