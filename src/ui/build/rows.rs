//! One row for each setting: its name and symbol, its control, and what stands against it.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

use eframe::egui::{Align, Layout, Rect, Response, RichText, Sense, Ui, pos2, vec2};

use crate::config::{FIELDS, Field, Rule, RunConfig, Value};
use crate::state::{Command, State};
use crate::text::{InWords as _, Text};
use crate::ui::parts::button::Press;
use crate::ui::parts::icon::{self, Icon};
use crate::ui::parts::segmented::{fit, segmented};
use crate::ui::parts::stepper::{self, Names, Scale, Step, stepper};
use crate::ui::parts::switch::switch;
use crate::ui::parts::words;
use crate::ui::style::{CONTROL, bold_font, color, font, palette};

static DEFAULT: LazyLock<RunConfig> = LazyLock::new(RunConfig::default);

/// Every setting by its full name: rows ask for theirs in every frame.
static FIELDS_BY_NAME: LazyLock<BTreeMap<String, &'static Field>> =
    LazyLock::new(|| FIELDS.iter().map(|field| (field.name(), field)).collect());

fn field(name: &str) -> &'static Field {
    FIELDS_BY_NAME.get(name).copied().unwrap_or_else(|| Field::named(name))
}

/// A slider under a number: its range, and whether it is one of powers of ten.
#[derive(Clone)]
pub(super) struct Track(pub(super) RangeInclusive<f64>, pub(super) bool);

/// What rows read and write.
pub(super) struct Rows<'a> {
    pub(super) state: &'a State,
    pub(super) text: &'static Text,
    pub(super) commands: &'a mut Vec<Command>,
    /// The setting under the pointer.
    pub(super) hovered: Option<&'static str>,
}

impl Rows<'_> {
    pub(super) fn value(&self, name: &'static str) -> Value {
        self.state.draft.value(field(name))
    }

    pub(super) fn set(&mut self, name: &'static str, value: Value) {
        self.commands.push(Command::Set(name, value));
    }

    pub(super) fn name(&self, name: &str) -> &'static str {
        self.text.say(&format!("field.{name}.name"))
    }

    /// A whole number.
    pub(super) fn integer(&mut self, ui: &mut Ui, name: &'static str, step: Step, track: Option<Track>) {
        let value = if let Value::Integer(number) = self.value(name) { number as f64 } else { f64::NAN };
        if let Some(new) = self.number_row(ui, name, value, step, true, track) {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "it was rounded, and what is too large becomes the largest"
            )]
            self.set(name, Value::Integer(new as i64));
        }
    }

    /// Any number.
    pub(super) fn number(&mut self, ui: &mut Ui, name: &'static str, step: Step, track: Option<Track>) {
        let value = if let Value::Number(number) = self.value(name) { number } else { f64::NAN };
        if let Some(new) = self.number_row(ui, name, value, step, false, track) {
            self.set(name, Value::Number(new));
        }
    }

    fn number_row(
        &mut self,
        ui: &mut Ui,
        name: &'static str,
        value: f64,
        step: Step,
        whole: bool,
        track: Option<Track>,
    ) -> Option<f64> {
        let scale = scale(&field(name).rule, step, whole);
        let (less, more) = self.less_and_more(self.name(name));
        let names = Names { name: self.name(name), less: &less, more: &more };
        self.row(
            ui,
            name,
            stepper::WIDTH,
            |ui| stepper(ui, names, value, scale, stepper::WIDTH),
            |ui, width| {
                let Track(range, logarithmic) = track?;
                stepper::slider(ui, names.name, value, range, logarithmic, scale, width).1
            },
        )
    }

    /// The names of the buttons for less and more of something.
    pub(super) fn less_and_more(&self, name: &str) -> (String, String) {
        (self.text.fill("ui.build.less", &[("name", &name)]), self.text.fill("ui.build.more_of", &[("name", &name)]))
    }

    /// One of a few words, side by side under the name.
    pub(super) fn choice(&mut self, ui: &mut Ui, name: &'static str) {
        let field = self::field(name);
        let Rule::Choice(options) = field.rule else { unreachable!("{name} is a choice") };
        let words: Vec<&str> = options.iter().map(|option| self.text.say(&format!("option.{name}.{option}"))).collect();
        let chosen = match self.value(name) {
            Value::Text(word) => options.iter().position(|option| *option == word),
            Value::Integer(_) | Value::Number(_) | Value::Switch(_) | Value::Integers(_) | Value::Words(_) => None,
        };
        let label = self.name(name);
        // Two find room beside the name; more stand below it.
        let beside = words.len() <= 2;
        let width = if beside { (ui.available_width() * 0.56).floor() } else { 0.0 };
        let show = |ui: &mut Ui, width: f32| segmented(ui, label, &words, chosen, width).1;
        let pressed = self.row(
            ui,
            name,
            width,
            |ui| if beside { show(ui, width) } else { None },
            |ui, whole| if beside { None } else { show(ui, whole) },
        );
        if let Some(index) = pressed {
            self.set(name, Value::Text(options[index].to_owned()));
        }
    }

    /// On or off.
    pub(super) fn switch(&mut self, ui: &mut Ui, name: &'static str) {
        let on = self.value(name) == Value::Switch(true);
        let label = self.name(name);
        let pressed = self.row(ui, name, 40.0, |ui| switch(ui, on, label).clicked().then_some(()), |_, _| None);
        if pressed.is_some() {
            self.set(name, Value::Switch(!on));
        }
    }

    /// A row: the name at the left, a control of that width at the right, and what stands below.
    pub(super) fn row<T>(
        &mut self,
        ui: &mut Ui,
        name: &'static str,
        width: f32,
        control: impl FnOnce(&mut Ui) -> Option<T>,
        below: impl FnOnce(&mut Ui, f32) -> Option<T>,
    ) -> Option<T> {
        let whole = ui.available_width();
        let shown = ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            let answer = ui.horizontal(|ui| {
                self.label(ui, name, whole - width - 8.0);
                ui.with_layout(Layout::right_to_left(Align::Center), control).inner
            });
            let answer = answer.inner.or(below(ui, whole));
            self.problem(ui, name);
            answer
        });
        if ui.rect_contains_pointer(shown.response.rect) {
            self.hovered = Some(name);
        }
        shown.inner
    }

    /// The name and symbol of a setting, with what can be learned about it, and a way back to the default.
    pub(super) fn label(&mut self, ui: &mut Ui, name: &'static str, width: f32) -> Response {
        let field = self::field(name);
        let words = self.name(name);
        let (place, response) = ui.allocate_exact_size(vec2(width.max(40.0), CONTROL), Sense::hover());
        let colors = palette(ui);
        let changed = self.value(name) != (field.get)(&DEFAULT);
        let symbol = field
            .symbol
            .map(|symbol| ui.painter().layout_no_wrap(symbol.to_owned(), bold_font(13.0), color(colors.quiet)));
        let beside = symbol.as_ref().map_or(0.0, |symbol| symbol.size().x + 8.0) + if changed { 24.0 } else { 0.0 };
        let galley = fit(ui, words, font(14.0), place.width() - beside, color(colors.ink));
        let mut x = place.left();
        let painter = ui.painter();
        let width = galley.size().x;
        painter.galley(pos2(x, place.center().y - galley.size().y / 2.0), galley, color(colors.ink));
        x += width + 8.0;
        if let Some(symbol) = symbol {
            let width = symbol.size().x;
            painter.galley(pos2(x, place.center().y - symbol.size().y / 2.0), symbol, color(colors.quiet));
            x += width + 8.0;
        }
        if changed {
            let at = Rect::from_min_size(pos2(x - 2.0, place.center().y - 10.0), vec2(20.0, 20.0));
            let reset = self.text.fill("ui.build.reset", &[("name", &words)]);
            if ui.put(at, Press::icon(Icon::Undo, &reset).quiet().size(20.0, 20.0)).clicked() {
                self.set(name, (field.get)(&DEFAULT));
            }
        }
        let fact = self.text.say(&format!("field.{name}.fact"));
        response.on_hover_ui(|ui| {
            words::strong(ui, words);
            ui.label(fact);
        })
    }

    /// What stands against a setting, in the words of its check.
    pub(super) fn problem(&self, ui: &mut Ui, name: &'static str) {
        if let Some(problem) = self.state.draft.problem(field(name)) {
            let words = self.text.fill(
                "ui.build.problem",
                &[("found", &problem.found.in_words(self.text)), ("allowed", &problem.allowed.in_words(self.text))],
            );
            ui.horizontal_top(|ui| {
                let ink = color(palette(ui).error);
                let (place, _) = ui.allocate_exact_size(vec2(16.0, 16.0), Sense::hover());
                icon::paint(ui.painter(), place.center(), 14.0, Icon::Failure, ink);
                ui.add(eframe::egui::Label::new(RichText::new(words).small().color(ink)).wrap());
            });
        }
    }
}

/// The range of a rule that is one of numbers, without the ends that are not allowed.
fn scale(rule: &Rule, step: Step, whole: bool) -> Scale {
    let (min, max) = match *rule {
        Rule::Integer { min, max } => (min as f64, max as f64),
        Rule::Number { min, max, above_min, below_max } => {
            (if above_min { min + 1e-6 } else { min }, if below_max { max - 1e-3 } else { max })
        }
        Rule::Switch | Rule::Choice(_) | Rule::Choices(_) | Rule::Text { .. } | Rule::Integers { .. } | Rule::Width => {
            unreachable!("no number")
        }
    };
    Scale { min, max, step, whole }
}
