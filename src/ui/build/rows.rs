//! One row for each setting: its name and symbol, its control, and what stands against it.

use std::ops::Bound;
use std::sync::LazyLock;

use eframe::egui::{Align, Layout, Rect, Response, RichText, Sense, TextEdit, Ui, pos2, vec2};

use crate::config::{Choice, Control, Field, Integer, Number, RunConfig, Value};
use crate::state::{Command, State};
use crate::text::{Localized as _, Text};
use crate::ui::parts::button::Press;
use crate::ui::parts::icon::{self, Icon};
use crate::ui::parts::segmented::{fit, segmented};
use crate::ui::parts::stepper::{self, Names, Scale, stepper};
use crate::ui::parts::switch::switch;
use crate::ui::parts::words;
use crate::ui::style::{CONTROL, bold_font, color, font, palette};

static DEFAULT: LazyLock<RunConfig> = LazyLock::new(RunConfig::default);

/// What rows read and write.
pub(super) struct Rows<'a> {
    pub(super) state: &'a State,
    pub(super) text: &'static Text,
    pub(super) commands: &'a mut Vec<Command>,
    /// The setting under the pointer.
    pub(super) hovered: Option<&'static Field>,
    /// The setting that is to be brought into sight.
    pub(super) sought: Option<&'static Field>,
}

impl Rows<'_> {
    pub(super) fn value(&self, field: &Field) -> Value {
        self.state.draft.value(field)
    }

    pub(super) fn set(&mut self, field: &'static Field, value: Value) {
        self.commands.push(Command::Set(field, value));
    }

    pub(super) fn name(&self, field: &Field) -> &'static str {
        self.text.say(&format!("field.{}.name", field.name))
    }

    pub(super) fn option(&self, field: &Field, word: &str) -> &'static str {
        self.text.say(&format!("option.{}.{word}", field.name))
    }

    /// A whole number.
    pub(super) fn integer(&mut self, ui: &mut Ui, field: &'static Field, integer: &Integer) {
        if let Some(new) = self.number_row(ui, field, &integer.control, whole_scale(integer)) {
            self.set(field, Value::Integer(whole(new)));
        }
    }

    /// Any number.
    pub(super) fn number(&mut self, ui: &mut Ui, field: &'static Field, number: &Number) {
        if let Some(new) = self.number_row(ui, field, &number.control, scale(number)) {
            self.set(field, Value::Number(new));
        }
    }

    fn number_row(&mut self, ui: &mut Ui, field: &'static Field, control: &Control, scale: Scale) -> Option<f64> {
        let value = self.value(field).as_number().unwrap_or(f64::NAN);
        let name = self.name(field);
        let (less, more) = self.less_and_more(name);
        let names = Names { name, less: &less, more: &more, wanted: self.sought == Some(field) };
        self.row(
            ui,
            field,
            stepper::WIDTH,
            |ui| stepper(ui, names, value, scale, stepper::WIDTH),
            |ui, width| stepper::slider(ui, name, value, control.slider.as_ref()?, scale, width),
        )
    }

    /// The names of the buttons for less and more of something.
    pub(super) fn less_and_more(&self, name: &str) -> (String, String) {
        (self.text.fill("ui.build.less", &[("name", &name)]), self.text.fill("ui.build.more_of", &[("name", &name)]))
    }

    /// One of a few words, side by side under the name.
    pub(super) fn choice(&mut self, ui: &mut Ui, field: &'static Field, choice: &Choice) {
        let words: Vec<&str> = choice.words.iter().map(|word| self.option(field, word)).collect();
        let value = self.value(field);
        let chosen = choice.words.iter().position(|word| Some(*word) == value.as_text());
        let label = self.name(field);
        // Two find room beside the name; more stand below it.
        let beside = words.len() <= 2;
        let width = if beside { (ui.available_width() * 0.56).floor() } else { 0.0 };
        let show = |ui: &mut Ui, width: f32| segmented(ui, label, &words, chosen, width).1;
        let pressed = self.row(
            ui,
            field,
            width,
            |ui| if beside { show(ui, width) } else { None },
            |ui, whole| if beside { None } else { show(ui, whole) },
        );
        if let Some(index) = pressed {
            self.set(field, Value::Text(choice.words[index].to_owned()));
        }
    }

    /// On or off.
    pub(super) fn switch(&mut self, ui: &mut Ui, field: &'static Field) {
        let on = self.value(field).as_switch().unwrap_or_default();
        let label = self.name(field);
        let pressed = self.row(ui, field, 40.0, |ui| switch(ui, on, label).clicked().then_some(()), |_, _| None);
        if pressed.is_some() {
            self.set(field, Value::Switch(!on));
        }
    }

    /// A path that is written, taken when the field is left.
    pub(super) fn path(&mut self, ui: &mut Ui, field: &'static Field) {
        let value = self.value(field);
        let label = self.name(field);
        let id = ui.scope_id().with(field.name);
        let edited = ui.data(|data| data.get_temp::<String>(id));
        let mut text = edited.unwrap_or_else(|| value.as_text().unwrap_or_default().to_owned());
        let left = self.row(
            ui,
            field,
            0.0,
            |_| None,
            |ui, width| {
                let response = ui.add(TextEdit::singleline(&mut text).desired_width(width)).accessible_name(label);
                // Asked before, since the toolkit lends its memory to one at a time.
                let has_focus = response.has_focus();
                ui.data_mut(|data| {
                    if has_focus {
                        data.insert_temp(id, text.clone());
                    } else {
                        data.remove::<String>(id);
                    }
                });
                response.lost_focus().then_some(())
            },
        );
        if left.is_some() && Some(text.as_str()) != value.as_text() {
            self.set(field, Value::Text(text));
        }
    }

    /// A row: the name at the left, a control of that width at the right, and what stands below.
    pub(super) fn row<T>(
        &mut self,
        ui: &mut Ui,
        field: &'static Field,
        width: f32,
        control: impl FnOnce(&mut Ui) -> Option<T>,
        below: impl FnOnce(&mut Ui, f32) -> Option<T>,
    ) -> Option<T> {
        let whole = ui.available_width();
        let shown = ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            let answer = ui.horizontal(|ui| {
                self.label(ui, field, whole - width - 8.0);
                ui.with_layout(Layout::right_to_left(Align::Center), control).inner
            });
            let answer = answer.inner.or(below(ui, whole));
            self.problem(ui, field);
            answer
        });
        if self.sought == Some(field) {
            shown.response.scroll_to_me(Some(Align::Center));
        }
        if ui.rect_contains_pointer(shown.response.rect) {
            self.hovered = Some(field);
        }
        shown.inner
    }

    /// The name and symbol of a setting, with what can be learned about it, and a way back to the default.
    pub(super) fn label(&mut self, ui: &mut Ui, field: &'static Field, width: f32) -> Response {
        let words = self.name(field);
        let (place, response) = ui.allocate_exact_size(vec2(width.max(40.0), CONTROL), Sense::hover());
        let colors = palette(ui);
        let changed = self.value(field) != field.get(&DEFAULT);
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
                self.set(field, field.get(&DEFAULT));
            }
        }
        let fact = self.text.say(&format!("field.{}.fact", field.name));
        response.on_hover_ui(|ui| {
            words::strong(ui, words);
            ui.label(fact);
        })
    }

    /// What stands against a setting, in the words of its check.
    pub(super) fn problem(&self, ui: &mut Ui, field: &Field) {
        if let Some(problem) = self.state.draft.problem(field) {
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

/// The whole number that a control of whole numbers gave.
#[expect(clippy::cast_possible_truncation, reason = "it was rounded, and what is too large becomes the largest")]
pub(super) fn whole(number: f64) -> i128 {
    number as i128
}

fn whole_scale(Integer { range, control, .. }: &Integer) -> Scale {
    Scale { min: *range.start() as f64, max: *range.end() as f64, step: control.step, whole: true }
}

/// What a number may be, without the ends that are not allowed.
fn scale(Number { range: (low, high), control, .. }: &Number) -> Scale {
    let min = match low {
        Bound::Included(low) => *low,
        Bound::Excluded(low) => low + 1e-6,
        Bound::Unbounded => f64::MIN,
    };
    let max = match high {
        Bound::Included(high) => *high,
        Bound::Excluded(high) => high - 1e-3,
        Bound::Unbounded => f64::MAX,
    };
    Scale { min, max, step: control.step, whole: false }
}
