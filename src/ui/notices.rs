//! Notices and work that goes on, stacked at the lower right: what each is, is told by an icon and a word.

use eframe::egui::{
    Align, Align2, Area, Context, CornerRadius, Frame, Id, Label, Layout, Margin, Order, ProgressBar, RichText, Sense,
    Stroke, Ui, vec2,
};

use crate::state::{Command, Notice, NoticeKind, State};
use crate::ui::parts::button::Press;
use crate::ui::parts::icon::{self, Icon};
use crate::ui::style::{RADIUS, bold_font, color, palette};

/// Notices that are shown at once; older ones wait below a count.
const MOST: usize = 4;

/// Shows the stack so wide, above what lies `above` the lower edge.
pub(super) fn show(context: &Context, state: &State, width: f32, above: f32, commands: &mut Vec<Command>) {
    if state.notices.is_empty() && state.jobs.is_empty() {
        return;
    }
    let area = Area::new(Id::unique("notices"))
        .order(Order::Foreground)
        .anchor(Align2::RIGHT_BOTTOM, vec2(-12.0, -12.0 - above));
    area.show(context, |ui| {
        ui.set_width(width.min(context.content_rect().width() - 24.0));
        ui.spacing_mut().item_spacing.y = 8.0;
        let hidden = state.notices.len().saturating_sub(MOST);
        if state.notices.len() > 1 {
            card(ui, |ui| several(ui, state, hidden, commands));
        }
        for notice in &state.notices[hidden..] {
            one(ui, state, notice, commands);
        }
        for job in &state.jobs {
            card(ui, |ui| {
                ui.horizontal(|ui| {
                    ui.label(RichText::new(&job.words).size(13.0));
                    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                        let cancel = state.text().say("ui.notice.cancel");
                        if ui.add(Press::icon(Icon::Cross, cancel).quiet()).clicked() {
                            commands.push(Command::CancelJob(job.number));
                        }
                    });
                });
                let share = job.done as f32 / job.of.max(1) as f32;
                ui.add(ProgressBar::new(share).desired_height(4.0)).accessible_name(job.words.as_str());
            });
        }
    });
}

/// How many are older than what is shown, and a way to be rid of all.
fn several(ui: &mut Ui, state: &State, hidden: usize, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        if hidden > 0 {
            ui.label(RichText::new(state.text().fill("ui.notice.older", &[("count", &hidden)])).small());
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.add(Press::words(state.text().say("ui.notice.dismiss_all")).quiet()).clicked() {
                commands.push(Command::DismissAll);
            }
        });
    });
}

fn one(ui: &mut Ui, state: &State, notice: &Notice, commands: &mut Vec<Command>) {
    let colors = palette(ui);
    let (icon, shade, kind) = match notice.kind {
        NoticeKind::Done => (Icon::Check, colors.good, "ui.notice.done"),
        NoticeKind::Warning => (Icon::Warning, colors.warning, "ui.notice.warning"),
        NoticeKind::Error => (Icon::Failure, colors.error, "ui.notice.error"),
    };
    card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.horizontal(|ui| {
            let (place, _) = ui.allocate_exact_size(vec2(18.0, 22.0), Sense::hover());
            icon::paint(ui.painter(), place.center(), 16.0, icon, color(shade));
            ui.label(RichText::new(state.text().say(kind)).font(bold_font(13.0)).color(color(shade)));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let dismiss = state.text().say("ui.notice.dismiss");
                if ui.add(Press::icon(Icon::Cross, dismiss).quiet().size(22.0, 22.0)).clicked() {
                    commands.push(Command::Dismiss(notice.number));
                }
            });
        });
        ui.add(Label::new(RichText::new(&notice.words).size(13.0)).wrap());
    });
}

fn card(ui: &mut Ui, inside: impl FnOnce(&mut Ui)) {
    let visuals = ui.visuals();
    let frame = Frame::new()
        .fill(visuals.window_fill)
        .stroke(Stroke::new(1.0, visuals.window_stroke.color))
        .corner_radius(CornerRadius::same(RADIUS + 2))
        .shadow(visuals.popup_shadow)
        .inner_margin(Margin::symmetric(12, 10));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        inside(ui);
    });
}
