//! Under the drawing: what steers the played step, and what it says.

use eframe::egui::{
    Align, EventFilter, Label, Layout, Rect, Response, RichText, Role, ScrollArea, Slider, Ui, UiBuilder, WidgetInfo,
    pos2,
};

use super::player::{Player, Playing, SPEEDS, Wish};
use super::words;
use crate::arch::NetworkKind;
use crate::chart::Subject;
use crate::state::{Command, State};
use crate::text::Text;
use crate::ui::parts::button::Press;
use crate::ui::parts::{Icon, network};
use crate::ui::style::{CONTROL, bold_font, color, font, palette};

const BETWEEN: f32 = 4.0;
/// The words take at most this share of the whole.
const MOST: f32 = 0.42;

impl Player {
    /// How high the strip is in a place of that size; nothing when no step is played.
    pub(in crate::ui::network) fn height(&mut self, ui: &Ui, state: &State, built: &Subject, place: Rect) -> f32 {
        let Some(playing) = self.playing_mut() else { return 0.0 };
        let text = state.text();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "points of a window")]
        let key = (text.language(), place.width() as u32);
        let words = match playing.words.filter(|(of, _)| *of == key) {
            Some((_, height)) => height,
            None => playing.measure(ui, text, built, place.width()),
        };
        playing.words = Some((key, words));
        (CONTROL + 3.0 * BETWEEN + words).min(place.height() * MOST.max(CONTROL / place.height().max(1.0)))
    }

    /// Shows the strip there.
    pub(in crate::ui::network) fn strip(
        &mut self,
        ui: &mut Ui,
        place: Rect,
        state: &State,
        built: &Subject,
        commands: &mut Vec<Command>,
    ) {
        let Some(playing) = self.playing_mut() else { return };
        if place.height() < CONTROL {
            return;
        }
        let row = Rect::from_min_max(
            place.min + eframe::egui::vec2(0.0, BETWEEN),
            pos2(place.right(), place.top() + BETWEEN + CONTROL),
        );
        let mut controls = ui.new_child(UiBuilder::new().max_rect(row).layout(Layout::left_to_right(Align::Center)));
        for wish in playing.controls(&mut controls, state.text(), commands) {
            playing.does(wish);
            ui.ctx().request_repaint();
        }
        let rest = Rect::from_min_max(pos2(place.left(), row.bottom() + BETWEEN), place.max);
        let mut said = ui.new_child(UiBuilder::new().max_rect(rest).layout(Layout::top_down(Align::Min)));
        playing.caption(&mut said, state.text(), built);
    }
}

impl Playing {
    fn controls(&self, ui: &mut Ui, text: &Text, commands: &mut Vec<Command>) -> Vec<Wish> {
        let mut wishes = Vec::new();
        ui.spacing_mut().item_spacing.x = 4.0;
        let (icon, key) = match (self.plays, self.is_at_end()) {
            (true, _) => (Icon::Pause, "slow_motion.hold"),
            (false, true) => (Icon::Restart, "slow_motion.replay"),
            (false, false) => (Icon::Play, "slow_motion.play"),
        };
        let last = self.story.stages.len() - 1;
        press(&mut wishes, ui, true, Press::icon(icon, text.say(key)).primary().size(36.0, CONTROL), Wish::PlayOrHold);
        press(
            &mut wishes,
            ui,
            self.stage > 0,
            Press::icon(Icon::Left, text.say("slow_motion.previous")).key("←"),
            Wish::Move(-1),
        );
        press(
            &mut wishes,
            ui,
            self.stage < last,
            Press::icon(Icon::Right, text.say("slow_motion.next")).key("→"),
            Wish::Move(1),
        );
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.add(Press::icon(Icon::Cross, text.say("slow_motion.close")).quiet().key("Esc")).clicked() {
                commands.push(Command::Close);
            }
            let speed = text.fill("slow_motion.speed", &[("speed", &SPEEDS[self.speed].0)]);
            let faster = Press::icon(Icon::Plus, text.say("slow_motion.faster")).quiet();
            press(&mut wishes, ui, self.speed + 1 < SPEEDS.len(), faster, Wish::Speed(1));
            let (middle, _) = ui.allocate_exact_size(eframe::egui::vec2(34.0, CONTROL), eframe::egui::Sense::hover());
            let ink = color(palette(ui).ink);
            ui.painter().text(middle.center(), eframe::egui::Align2::CENTER_CENTER, speed, font(13.0), ink);
            let slower = Press::icon(Icon::Minus, text.say("slow_motion.slower")).quiet();
            press(&mut wishes, ui, self.speed > 0, slower, Wish::Speed(-1));
            ui.add_space(8.0);
            let step = text.fill("slow_motion.step", &[("step", &self.step)]);
            if ui.available_width() > 260.0 {
                ui.label(RichText::new(step).font(font(13.0)).color(color(palette(ui).quiet)));
                ui.add_space(8.0);
            }
            ui.spacing_mut().slider_width = (ui.available_width() - 16.0).max(24.0);
            let mut stage = self.stage;
            let response = ui.add(Slider::new(&mut stage, 0..=last).show_value(false));
            let of = text.fill("slow_motion.stage_of", &[("stage", &(stage + 1)), ("stages", &(last + 1))]);
            response.widget_info(|| WidgetInfo::slider(true, (stage + 1) as f64, text.say("slow_motion.stage")));
            let changed = response.changed();
            response.on_hover_text(of);
            if changed && stage != self.stage {
                wishes.push(Wish::To(stage));
            }
        });
        wishes
    }

    /// The words of the stage: a title, and for each network what it does.
    fn caption(&self, ui: &mut Ui, text: &Text, built: &Subject) {
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = BETWEEN;
            let size = letters(ui.available_width());
            ui.label(RichText::new(words::heading(text, self.now())).font(bold_font(size + 1.0)));
            for lane in built.networks {
                let said = words::sentence(text, &self.story, self.now(), lane, &built.config.training);
                let name = text.say(network::name(lane.kind));
                let response = ui.add(Label::new(job(ui, name, &said, lane.kind, size)).wrap());
                response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{name}: {said}")));
            }
        });
    }

    /// The height of the longest words of any stage, so that the drawing stands still.
    fn measure(&self, ui: &Ui, text: &Text, built: &Subject, width: f32) -> f32 {
        let size = letters(width);
        let mut most = 0.0_f32;
        for &stage in &self.story.stages {
            let mut height = size * 1.6;
            for lane in built.networks {
                let said = words::sentence(text, &self.story, stage, lane, &built.config.training);
                let mut job = job(ui, text.say(network::name(lane.kind)), &said, lane.kind, size);
                job.wrap.max_width = width - 14.0;
                height += ui.painter().layout_job(job).size().y + BETWEEN;
            }
            most = most.max(height);
        }
        most + BETWEEN
    }
}

/// Size of the letters: larger where there is room to read them from afar.
fn letters(width: f32) -> f32 {
    match width {
        ..560.0 => 13.0,
        560.0..900.0 => 14.0,
        _ => 16.0,
    }
}

/// A button that wishes for something.
fn press(wishes: &mut Vec<Wish>, ui: &mut Ui, enabled: bool, button: Press, wish: Wish) {
    let response = ui.add_enabled(enabled, button);
    keep_arrows(ui, &response);
    if response.clicked() {
        wishes.push(wish);
    }
}

fn job(ui: &Ui, name: &str, said: &str, kind: NetworkKind, size: f32) -> eframe::egui::text::LayoutJob {
    use eframe::egui::text::{LayoutJob, TextFormat};
    let colors = palette(ui);
    let mut job = LayoutJob::default();
    job.append(name, 0.0, TextFormat::simple(bold_font(size), color(colors.network(kind))));
    job.append(said, 8.0, TextFormat::simple(font(size), color(colors.ink)));
    job
}

/// A button that has the keys leaves the arrows to the stages.
fn keep_arrows(ui: &Ui, response: &Response) {
    if response.has_focus() {
        let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    }
}
