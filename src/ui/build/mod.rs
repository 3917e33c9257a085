//! The panel in which networks and their training are put together: every setting of a run, each as one row.
//!
//! What follows from the settings stands below and stays in sight: costs, and whether changes wait for new weights.

mod rows;
mod blocks;
mod networks;
pub(in crate::ui) mod data;
mod summary;
mod pending;

use eframe::egui::{Align2, Frame, Margin, Panel, ScrollArea, Sense, Ui, pos2, vec2};

use self::rows::Rows;
use crate::config::{Access, Field, Group, Plan, fields};
use crate::state::{Command, Focus, State};
use crate::text::Localized as _;
use crate::text::number::{grouped, significant};
use crate::ui::parts::icon::{self, Icon};
use crate::ui::parts::segmented::fit;
use crate::ui::parts::words;
use crate::ui::pointing::Pointing;
use crate::ui::style::{GAP, PADDING, bold_font, color, font, palette};

/// A part that folds: its title, and the settings in it.
type Titled = (&'static str, Group);

/// The sections of the panel, each with what is needed seldom.
const SECTIONS: [(Titled, Option<Titled>); 3] = [
    (("ui.build.networks", Group::Networks), Some(("ui.build.more_networks", Group::MoreNetworks))),
    (("ui.build.data", Group::Data), None),
    (("ui.build.training", Group::Training), Some(("ui.build.more_training", Group::MoreTraining))),
];

/// A panel lower than this shows one section at a time, the others as a line of their values.
const LOW: f32 = 780.0;
/// One lower than this tells costs in short.
const SHORT: f32 = 660.0;

/// What the panel keeps: which sections a person opened or folded.
#[derive(Default)]
pub(super) struct Widgets {
    opened: [Option<bool>; 3],
    more: [bool; 3],
    /// The setting that was last brought into sight.
    sought: Option<Focus>,
    pointing: Pointing,
}

impl Widgets {
    fn is_open(&self, section: usize, low: bool) -> bool {
        self.opened[section].unwrap_or(section == 0 || !low)
    }

    /// Opens a section, or folds it; in a low panel the others give way to one that is opened.
    fn set(&mut self, section: usize, open: bool, low: bool) {
        if open && low {
            self.opened = [Some(false); 3];
        }
        self.opened[section] = Some(open);
    }

    /// A setting that was selected elsewhere and is to be brought into sight, with its section open.
    fn seek(&mut self, state: &State, low: bool) -> Option<&'static Field> {
        let selected = state.view.selected.filter(|focus| matches!(focus, Focus::Field(_)));
        let news = selected != self.sought;
        self.sought = selected;
        let Some(Focus::Field(field)) = selected.filter(|_| news) else { return None };
        for (section, ((_, group), more)) in SECTIONS.into_iter().enumerate() {
            let is_more = more.is_some_and(|(_, more)| field.group == more);
            if field.group == group || is_more {
                self.set(section, true, low);
                self.more[section] |= is_more;
            }
        }
        Some(field)
    }
}

/// Shows the panel's inside.
pub(super) fn show(ui: &mut Ui, state: &State, widgets: &mut Widgets, commands: &mut Vec<Command>) {
    let text = state.text();
    let height = ui.available_height();
    let low = height < LOW;
    Panel::bottom("build-foot").frame(Frame::new().inner_margin(margin(8, 8))).show(ui, |ui| {
        summary::show(ui, state, height < SHORT);
        warnings(ui, state);
        pending::show(ui, state, commands);
    });
    let sought = widgets.seek(state, low);
    let mut rows = Rows { state, text, commands, hovered: None, sought };
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        Frame::new().inner_margin(margin(6, 12)).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = GAP - 2.0;
            for (section, ((title, of), more_of)) in SECTIONS.into_iter().enumerate() {
                let open = widgets.is_open(section, low);
                let line = line(state, of);
                if fold(ui, text.say(title), (open, true), (!open).then_some(&line)) {
                    widgets.set(section, !open, low);
                }
                if open {
                    group(ui, &mut rows, of);
                    if let Some((title, of)) = more_of {
                        widgets.more[section] ^= fold(ui, text.say(title), (widgets.more[section], false), None);
                        if widgets.more[section] {
                            group(ui, &mut rows, of);
                        }
                    }
                }
                if section + 1 < SECTIONS.len() {
                    ui.separator();
                }
            }
        });
    });
    let hovered = rows.hovered.map(Focus::Field);
    widgets.pointing.at(state, hovered, commands);
}

/// The settings of a section that matter most, in a line.
fn line(state: &State, group: Group) -> String {
    let (text, config) = (state.text(), state.draft.config());
    let joined = |parts: Vec<String>| parts.join(" · ");
    match group {
        Group::Networks | Group::MoreNetworks => {
            let name = |kind: &crate::arch::NetworkKind| {
                text.say(&format!("option.training.networks.{}", kind.name())).to_owned()
            };
            let names: Vec<String> = config.training.networks.iter().map(name).collect();
            let blocks: Vec<String> = config.network.blocks.iter().map(usize::to_string).collect();
            let growth = text.fill("network_view.growth", &[("growth", &config.network.growth)]);
            joined(vec![names.join(" + "), blocks.join("-"), growth])
        }
        Group::Data => {
            let source = state.draft.value(&fields::SOURCE);
            let word = source.as_text().unwrap_or_default().to_owned();
            let named = match &fields::SOURCE.access {
                Access::Path(path) if path.words.contains(&word.as_str()) => {
                    text.say(&format!("option.data.source.{word}")).to_owned()
                }
                // A folder by its own name.
                _ => word.rsplit('/').next().unwrap_or_default().to_owned(),
            };
            let images = [config.data.train, config.data.validation].map(|images| grouped(images as u64));
            joined(vec![named, images.join(" / ")])
        }
        Group::Training | Group::MoreTraining => {
            let rate = format!("η {}", config.training.learning_rate);
            let batch = text.fill("ui.build.batch", &[("batch", &config.training.batch)]);
            let steps = text.fill("ui.build.steps", &[("steps", &grouped(config.training.steps as u64))]);
            joined(vec![rate, batch, steps])
        }
    }
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
            words::quiet(ui, rate_now(rows));
        }
    }
}

/// The learning rate acts at once; how much of it, the schedule says.
fn rate_now(rows: &Rows<'_>) -> String {
    let newest = rows.state.run.as_ref().and_then(|run| {
        let record = run.history.networks().iter().find_map(|network| network.at(network.last_step()?))?;
        Some(record.learning_rate).filter(|rate| *rate != run.learning_rate)
    });
    match newest {
        Some(rate) => rows.text.fill("ui.build.acts_now", &[("rate", &significant(rate, 2))]),
        None => rows.text.say("ui.build.acts_at_once").to_owned(),
    }
}

/// What a person should know of what is built before it is trained.
fn warnings(ui: &mut Ui, state: &State) {
    let warnings = state.draft.plan.as_ref().map_or_else(|_| Vec::new(), Plan::warnings);
    for warning in warnings {
        let words =
            eframe::egui::RichText::new(warning.in_words(state.text())).small().color(color(palette(ui).warning));
        ui.add(eframe::egui::Label::new(words).wrap());
    }
}

fn margin(top: i8, bottom: i8) -> Margin {
    Margin { left: 16, right: 16, top, bottom }
}

/// The heading of what folds, with a line of values below it where it is folded; whether it was pressed.
fn fold(ui: &mut Ui, title: &str, (open, loud): (bool, bool), line: Option<&String>) -> bool {
    let height = if line.is_some() { 44.0 } else { 28.0 };
    let (place, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    response.widget_info(|| {
        eframe::egui::WidgetInfo::selected(eframe::egui::Role::DisclosureTriangle, ui.is_enabled(), open, title)
    });
    let colors = palette(ui);
    let shade = if loud || response.hovered() { colors.ink } else { colors.quiet };
    if response.has_focus() || response.hovered() {
        let ground = place.expand2(vec2(6.0, 0.0));
        if response.has_focus() {
            let around = eframe::egui::Stroke::new(2.0, color(colors.accent));
            ui.painter().rect_stroke(ground, 6.0, around, eframe::egui::StrokeKind::Inside);
        } else {
            ui.painter().rect_filled(ground, 6.0, color(colors.control.with_opacity(0.6)));
        }
    }
    let letters = if loud { bold_font(15.0) } else { font(13.0) };
    let top = place.top() + 14.0;
    ui.painter().text(pos2(place.left(), top), Align2::LEFT_CENTER, title, letters, color(shade));
    let arrow = if open { Icon::Down } else { Icon::Right };
    icon::paint(ui.painter(), pos2(place.right() - PADDING / 2.0, top), 12.0, arrow, color(colors.quiet));
    if let Some(line) = line {
        let galley = fit(ui, line, font(13.0), place.width(), color(colors.quiet));
        let cut = galley.elided;
        ui.painter().galley(pos2(place.left(), place.top() + 25.0), galley, color(colors.quiet));
        if cut {
            response.clone().on_hover_text(line);
        }
    }
    response.on_hover_cursor(eframe::egui::CursorIcon::PointingHand).clicked()
}
