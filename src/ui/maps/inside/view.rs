//! The channel with its pixel, and the terms that it is the sum of.

use eframe::egui::{
    Align2, CursorIcon, EventFilter, Id, Key, Modifiers, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2,
};

use super::super::pictures::{Pictures, Shown, cell, enlarge};
use super::super::sheet::Sheet;
use super::super::sources::{name_of_map, number, read_by, shade};
use super::super::touch::{Touched, ring};
use super::super::{Lane, Looked};
use super::marks::{kernel, pixel_mark, signed};
use super::scene::{BEFORE, MADE, READ, Scene, Term};
use crate::arch::Part;
use crate::drawing::paint::source_name;
use crate::state::{Command, Focus, Within};
use crate::telemetry::{FeatureMaps, Pixel, Tap};
use crate::text::number::significant;
use crate::text::{Text, WrittenSum};
use crate::theme::Color;
use crate::ui::parts::segmented::fit;
use crate::ui::style::{bold_font, color, font, palette};

/// Height of a caption and of a number.
pub(super) const CAPTION: f32 = 15.0;
const NUMBER: f32 = 17.0;
/// Sides of the channel's picture, of a term's and of a kernel, at most.
const LARGE: f32 = 150.0;
const SMALL: f32 = 72.0;
const KERNEL: f32 = 36.0;

/// How large pictures are.
#[derive(Clone, Copy)]
pub(super) struct Sides {
    pub(super) large: f32,
    pub(super) small: f32,
    pub(super) kernel: f32,
}

impl Sides {
    /// In a place of that size, at the right of which six terms are to stand if they can.
    pub(super) fn of(width: f32, height: f32) -> Self {
        let large = (height - CAPTION - NUMBER).clamp(24.0, LARGE);
        let both = height - CAPTION - NUMBER - 10.0;
        let kernel = (both * 0.36).clamp(9.0, KERNEL);
        Self { large, small: (both - kernel).min(((width - large) / 6.0 - 18.0).max(44.0)).clamp(16.0, SMALL), kernel }
    }
}

/// Where a term stands, and how it is drawn.
#[derive(Clone, Copy)]
pub(super) struct Laid {
    /// The pixel that it is a term of.
    pub(super) at: Pixel,
    pub(super) place: Rect,
    pub(super) sides: Sides,
    /// The largest weight of all kernels that are shown.
    pub(super) strongest: f32,
}

/// Everything that the parts are shown with.
pub(super) struct View<'a> {
    pub(super) looked: &'a Looked<'a>,
    pub(super) lane: &'a Lane<'a>,
    pub(super) scene: &'a Scene<'a>,
    pub(super) sheet: &'a Sheet,
    /// What the stage reads, after batch norm and ReLU.
    pub(super) read: &'a FeatureMaps,
    pub(super) text: &'static Text,
}

impl View<'_> {
    fn id(&self) -> Id {
        self.looked.id.with(("inside", self.lane.network.kind))
    }

    /// The pixel that is looked at: under the pointer, moved by arrow keys, or as it was.
    pub(super) fn pixel(&self, ui: &mut Ui, rect: Rect) -> Pixel {
        let id = self.id();
        let (height, width) = (self.scene.made.height.max(1), self.scene.made.width.max(1));
        let kept: Option<(Part, Pixel)> = ui.data(|data| data.get_temp(id));
        let kept = kept.filter(|(part, _)| *part == self.scene.within.part).map(|(_, at)| at);
        let mut at = kept.unwrap_or_else(|| self.scene.brightest());
        let response = ui.interact(rect, id, Sense::click_and_drag());
        if let Some(pointer) = response.hover_pos() {
            let share = (pointer - rect.min) / rect.size();
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a pixel of a picture")]
            let of = |share: f32, count: usize| (share.clamp(0.0, 1.0) * count as f32) as usize;
            at = Pixel { row: of(share.y, height), column: of(share.x, width) };
        }
        if response.has_focus() {
            let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
            let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
            let by = |more, less| isize::from(pressed(more)) - isize::from(pressed(less));
            at.row = at.row.saturating_add_signed(by(Key::ArrowDown, Key::ArrowUp));
            at.column = at.column.saturating_add_signed(by(Key::ArrowRight, Key::ArrowLeft));
        }
        at = Pixel { row: at.row.min(height - 1), column: at.column.min(width - 1) };
        ui.data_mut(|data| data.insert_temp(id, (self.scene.within.part, at)));
        at
    }

    /// The channel that is looked into, its pixel and its value.
    pub(super) fn channel(&self, ui: &mut Ui, rect: Rect, at: Pixel, written: &WrittenSum) {
        let colors = palette(ui);
        let own = colors.source(number(self.scene.within.part));
        self.picture(ui, (MADE, self.scene.channel), rect, own);
        pixel_mark(ui, rect, self.scene.made, at, 1, color(colors.accent));
        let words = self.text.fill("maps.inside.pixel", &[("row", &(at.row + 1)), ("column", &(at.column + 1))]);
        let said = format!("{words}: {} = {}", written.sum, written.terms.join(" "));
        let response = ui.interact(rect, self.id(), Sense::click_and_drag());
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &said));
        if response.has_focus() {
            ring(ui, rect);
        }
        response.on_hover_cursor(CursorIcon::Crosshair);
        let (ink, quiet) = (color(colors.ink), color(colors.quiet));
        let above = pos2(rect.left(), rect.top() - CAPTION);
        ui.painter().text(above, Align2::LEFT_TOP, words, font(11.0), quiet);
        let below = pos2(rect.center().x, rect.bottom() + 2.0);
        ui.painter().text(below, Align2::CENTER_TOP, &written.sum, bold_font(14.0), ink);
        ui.painter().text(rect.right_center() + vec2(11.0, 0.0), Align2::CENTER_CENTER, "=", bold_font(16.0), ink);
    }

    fn picture(&self, ui: &Ui, (group, channel): (usize, usize), rect: Rect, shade: Color) {
        let mut pictures = Pictures::of(self.sheet);
        pictures.one(group, channel, rect, shade);
        pictures.paint(ui.painter());
    }

    /// The largest weight of a term's kernel.
    pub(super) fn kernel_scale(&self, term: Term) -> f32 {
        match term {
            Term::Read(read) => self
                .scene
                .stage
                .kernel_of(self.scene.channel, read)
                .iter()
                .map(|weight| weight.abs())
                .fold(0.0, f32::max),
            Term::Before | Term::Rest(_) => 0.0,
        }
    }

    /// A summand: its map, its kernel and its number; a click goes a step further in.
    pub(super) fn term(
        &self,
        ui: &mut Ui,
        (term, words): (Term, &str),
        Laid { at, place, sides, strongest }: Laid,
        touched: &mut Touched,
    ) {
        let (colors, text) = (palette(ui), self.text);
        let (ink, quiet) = (color(colors.ink), color(colors.quiet));
        let name = self.name(term);
        let letters = fit(ui, &name, font(11.0), place.width() - 4.0, quiet);
        ui.painter().galley(place.min, letters, quiet);
        let number = pos2(place.left(), place.top() + CAPTION + sides.small + sides.kernel + 8.0);
        ui.painter().text(number, Align2::LEFT_TOP, words, bold_font(12.0), ink);
        let top = pos2(place.left() + 2.0, place.top() + CAPTION);
        let (group, maps, shown, shade) = match (term, self.scene.before) {
            (Term::Read(read), _) => (READ, self.read, read, self.shade(ui, read)),
            (Term::Before, Some(before)) => {
                (BEFORE, before, self.scene.channel, shade(colors, self.lane.network, self.scene.row - 1))
            }
            (Term::Before, None) | (Term::Rest(_), _) => return,
        };
        let rect = Rect::from_min_size(top, cell(maps, sides.small));
        self.picture(ui, (group, shown), rect, shade);
        let response =
            ui.interact(place.with_max_x(place.right() - 6.0), self.id().with((group, shown)), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{name}: {words}")));
        if response.has_focus() {
            ring(ui, rect);
        }
        let mut lines = vec![name];
        if let Term::Read(read) = term {
            pixel_mark(ui, rect, maps, at, self.scene.stage.kernel, color(colors.accent));
            let corner = pos2(top.x, top.y + sides.small + 4.0);
            kernel(ui, self.scene.stage, (self.scene.channel, read), corner, sides.kernel, strongest);
            let taps = self.scene.stage.taps(self.scene.channel, read, at);
            if let [tap] = taps[..] {
                let weight = format!("× {}", signed(tap.weight));
                let beside = pos2(corner.x + sides.kernel * 0.5 + 4.0, corner.y + sides.kernel * 0.25);
                ui.painter().text(beside, Align2::LEFT_CENTER, weight, font(10.0), quiet);
            }
            lines = self.story(read, &taps, words);
            if let Some(command) = self.further(read)
                && response.clicked()
            {
                touched.selects = Some(command);
            }
        } else {
            lines.push(text.say("maps.inside.before_about").to_owned());
        }
        let response = response.on_hover_cursor(CursorIcon::PointingHand);
        enlarge(response, self.sheet, Shown { rect, group, channel: shown }, maps, text, &lines);
    }

    /// Which source a channel that is read comes from, as row and channel of it.
    fn source(&self, read: usize) -> Option<(usize, usize)> {
        let sources = read_by(self.lane.network, self.scene.row);
        let source =
            sources.into_iter().find(|source| (source.before..source.before + source.channels).contains(&read))?;
        Some((source.row, read - source.before))
    }

    fn shade(&self, ui: &Ui, read: usize) -> Color {
        let source = self.source(read).filter(|_| self.scene.first);
        match source {
            Some((row, _)) => shade(palette(ui), self.lane.network, row),
            None => palette(ui).source(number(self.scene.within.part)),
        }
    }

    fn name(&self, term: Term) -> String {
        let of = |row: usize| self.lane.network.layers.get(row).map_or(0, |layer| number(layer.part));
        match term {
            Term::Rest(count) => self.text.fill("maps.inside.rest", &[("count", &count)]),
            Term::Before => self.text.fill("maps.inside.before", &[("source", &source_name(of(self.scene.row - 1)))]),
            Term::Read(read) => match self.source(read).filter(|_| self.scene.first) {
                Some((row, channel)) => self
                    .text
                    .fill("maps.inside.source", &[("source", &source_name(of(row))), ("channel", &(channel + 1))]),
                None => self.text.fill("maps.inside.inner", &[("channel", &(read + 1))]),
            },
        }
    }

    /// How a term comes about, with its numbers.
    fn story(&self, read: usize, taps: &[Tap], words: &str) -> Vec<String> {
        let text = self.text;
        let mut lines = match self.source(read).filter(|_| self.scene.first) {
            Some((row, channel)) => name_of_map(text, self.lane.network, row, channel),
            None => vec![self.name(Term::Read(read))],
        };
        let normed = self.scene.stage.norm.is_some();
        if let [tap] = taps {
            let key = if normed { "maps.inside.one" } else { "maps.inside.one_bare" };
            let (before, normalised) = (signed(tap.before.unwrap_or(0.0)), signed(tap.normalised));
            let (after, weight) = (signed(tap.after), signed(tap.weight));
            let values: [(&str, &dyn std::fmt::Display); 5] = [
                ("before", &before),
                ("after", &after),
                ("weight", &weight),
                ("term", &words),
                ("normalised", &normalised),
            ];
            lines.push(text.fill(key, if normed { &values } else { &values[..4] }));
        } else {
            lines.push(text.fill("maps.inside.many", &[("term", &words)]));
            let product = |tap: &Tap| match tap.before {
                Some(_) => format!("{}·({})", significant(tap.after, 2), signed(tap.weight)),
                None => format!("0·({})", signed(tap.weight)),
            };
            let rows = taps.chunks(self.scene.stage.kernel);
            lines.extend(rows.map(|row| row.iter().map(product).collect::<Vec<_>>().join("  + ")));
        }
        if self.further(read).is_some() {
            lines.push(text.say("maps.inside.further").to_owned());
        }
        lines
    }

    /// A step further in: into the map between the convolutions, or into the layer that made what is read.
    fn further(&self, read: usize) -> Option<Command> {
        let within = self.scene.within;
        if !self.scene.first {
            return Some(Command::LookInto(Some(Within { inner: Some(read), ..within })));
        }
        let (row, channel) = self.source(read)?;
        let part = self.lane.network.layers.get(row)?.part;
        Some(match part {
            Part::Layer { .. } => Command::LookInto(Some(Within { part, channel, inner: None, ..within })),
            Part::Stem | Part::Transition { .. } | Part::Classifier => {
                Command::Select(Some(Focus::Part(Some(within.kind), part)))
            }
        })
    }
}
