//! The command palette: everything that can be done, found by a few letters and done by Enter.

mod find;

use eframe::egui::{
    Align2, CornerRadius, Key, Modifiers, Rect, Role, ScrollArea, Sense, TextEdit, Ui, WidgetInfo, pos2, vec2,
};

use self::find::{Entry, Found, entries, rank};
use crate::state::{Command, State};
use crate::text::Language;
use crate::ui::parts::key;
use crate::ui::parts::segmented::fit;
use crate::ui::parts::{dialog, words};
use crate::ui::style::{RADIUS, color, font, palette};

/// What the palette keeps while it is open.
#[derive(Default)]
pub struct Widgets {
    typed: String,
    chosen: usize,
    /// Everything that can be found, made when the palette opens.
    entries: Option<(Language, Vec<Entry>)>,
    /// What was found for what is typed.
    found: Vec<Found>,
    /// Whether what is typed was looked up.
    looked_up: bool,
}

const ROW: f32 = 34.0;
const ROWS: f32 = 10.0;

/// Shows the palette if it is open.
pub(super) fn show(ui: &Ui, state: &State, widgets: &mut Widgets, commands: &mut Vec<Command>) {
    if !state.view.palette {
        *widgets = Widgets::default();
        return;
    }
    let text = state.text();
    let language = state.settings.language;
    if widgets.entries.as_ref().is_none_or(|(made_for, _)| *made_for != language) {
        widgets.entries = Some((language, entries(state)));
        widgets.looked_up = false;
    }
    let (command, closed) = dialog::bare(ui, "palette", 600.0, |ui| {
        let moved = arrows(ui);
        let field = TextEdit::singleline(&mut widgets.typed)
            .hint_text(text.say("ui.palette.hint"))
            .font(font(16.0))
            .desired_width(f32::INFINITY);
        let response = ui.add(field).accessible_name(text.say("action.palette"));
        response.request_focus();
        if response.changed() || !widgets.looked_up {
            let all = widgets.entries.as_ref().map_or(&[][..], |(_, all)| all);
            widgets.found = rank(all, &widgets.typed);
            widgets.looked_up = true;
            widgets.chosen = 0;
        }
        let last = widgets.found.len().saturating_sub(1);
        widgets.chosen = widgets.chosen.saturating_add_signed(moved).min(last);
        list(ui, state, widgets, moved != 0)
    });
    if let Some(command) = command {
        commands.push(Command::TogglePalette);
        commands.push(command);
    } else if closed {
        commands.push(Command::TogglePalette);
    }
}

/// How far the arrows moved; taken before the field of letters sees them.
fn arrows(ui: &Ui) -> isize {
    ui.input_mut(|input| {
        let mut presses = |key| isize::try_from(input.count_and_consume_key(Modifiers::NONE, key)).unwrap_or(0);
        presses(Key::ArrowDown) - presses(Key::ArrowUp) + 8 * (presses(Key::PageDown) - presses(Key::PageUp))
    })
}

fn list(ui: &mut Ui, state: &State, widgets: &Widgets, moved: bool) -> Option<Command> {
    let text = state.text();
    let entries = widgets.entries.as_ref().map_or(&[][..], |(_, all)| all);
    let height = (ROW * ROWS).min(ui.ctx().content_rect().height() - 160.0).max(ROW);
    let enter = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    let mut done = None;
    ui.add_space(2.0);
    if widgets.found.is_empty() {
        words::quiet(ui, text.say("ui.palette.nothing"));
        ui.add_space(height - 24.0);
        return None;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    // The height is the same however much is found, so that the card keeps its place.
    ui.set_min_height(height);
    ScrollArea::vertical().max_height(height).auto_shrink(false).show(ui, |ui| {
        for (index, found) in widgets.found.iter().enumerate() {
            let entry = &entries[found.entry];
            let enabled = (entry.enabled)(state);
            let chosen = index == widgets.chosen;
            let (place, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
            response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, enabled, chosen, &entry.words));
            if chosen && moved {
                response.scroll_to_me(None);
            }
            if ui.is_rect_visible(place) {
                row(ui, state, entry, place, (chosen, response.hovered(), enabled));
            }
            if enabled && (response.clicked() || (enter && chosen)) {
                done = Some((entry.command)(state));
            }
        }
    });
    done
}

fn row(ui: &Ui, state: &State, entry: &Entry, place: Rect, (chosen, hovered, enabled): (bool, bool, bool)) {
    let colors = palette(ui);
    let painter = ui.painter();
    if chosen || hovered {
        let ground = if chosen { colors.control.mix(colors.accent, 0.22) } else { colors.control };
        painter.rect_filled(place, CornerRadius::same(RADIUS), color(ground));
    }
    let ink = if enabled { colors.ink } else { colors.quiet };
    let kind = state.text().say(entry.kind);
    let quiet = color(colors.quiet);
    let mut right = place.right() - 10.0;
    if let Some(key) = entry.key {
        let words = key::words(key, state.text(), ui.ctx().os());
        right =
            painter.text(pos2(right, place.center().y), Align2::RIGHT_CENTER, words, font(12.0), quiet).left() - 16.0;
    }
    right = painter.text(pos2(right, place.center().y), Align2::RIGHT_CENTER, kind, font(12.0), quiet).left() - 16.0;
    let galley = fit(ui, &entry.words, font(14.0), right - place.left() - 10.0, color(ink));
    ui.painter().galley(pos2(place.left() + 10.0, place.center().y - galley.size().y / 2.0), galley, color(ink));
}
