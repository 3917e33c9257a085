//! Notices and work that goes on: one line in the bar at the top, where nothing is covered by it; all of them in a list that it opens.

use eframe::egui::text::{LayoutJob, TextFormat, TextWrapping};
use eframe::egui::{
    Align, Align2, Area, Context, CornerRadius, Frame, Id, Label, Layout, Margin, Order, Popup, PopupCloseBehavior,
    ProgressBar, Rect, RichText, Role, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use crate::state::{Command, Job, Notice, NoticeKind, State};
use crate::theme::Color;
use crate::ui::parts::button::Press;
use crate::ui::parts::icon::{self, Icon};
use crate::ui::style::{RADIUS, bold_font, color, font, palette};

/// The widest that the line is.
const WIDEST: f32 = 560.0;
/// Width of the list.
const LIST: f32 = 340.0;

/// Shows the newest in that place of the bar, with a way to all and a way to be rid of it.
pub(super) fn show(ui: &mut Ui, state: &State, room: Rect, commands: &mut Vec<Command>) {
    let text = state.text();
    let (newest, job) = (state.notices.last(), state.jobs.last());
    let count = state.notices.len() + state.jobs.len();
    let Some((words, icon, shade)) = newest.map(|notice| of_notice(ui, notice)).or(job.map(|job| of_job(ui, job)))
    else {
        return;
    };
    let place = Rect::from_min_max(pos2((room.right() - WIDEST).max(room.left()), room.top()), room.max);
    let layout = Layout::right_to_left(Align::Center);
    let mut row = ui.new_child(UiBuilder::new().max_rect(place).layout(layout).id_salt("notice"));
    row.spacing_mut().item_spacing.x = 4.0;
    let dismiss = text.say(if count > 1 { "ui.notice.dismiss_all" } else { "ui.notice.dismiss" });
    if newest.is_some() && row.add(Press::icon(Icon::Cross, dismiss).quiet().size(24.0, 24.0)).clicked() {
        commands.push(Command::DismissAll);
    }
    let all = text.fill("ui.notice.all", &[("count", &count)]);
    let more = format!("{count}");
    let more = row.add(Press::words(&all).says(&more).quiet().opens().size(0.0, 24.0));
    let left = row.available_rect_before_wrap();
    let kind = text.say(newest.map_or("ui.notice.done", |notice| kind_key(notice.kind)));
    line(&mut row, left, [words, kind], (icon, shade));
    let popup = Popup::from_toggle_button_response(&more).id(more.id.with("notices"));
    popup.close_behavior(PopupCloseBehavior::CloseOnClickOutside).show(|ui| cards(ui, state, commands));
}

/// The words in as many as two rows, or else what kind of notice it is; the list and whoever points at it have the words.
fn line(ui: &mut Ui, place: Rect, [words, kind]: [&str; 2], (icon, shade): (Icon, Color)) {
    if place.width() < 60.0 {
        return;
    }
    let ink = color(palette(ui).ink);
    let lay = |words: &str| {
        let mut job = LayoutJob::single_section(words.to_owned(), TextFormat::simple(font(12.5), ink));
        job.wrap = TextWrapping { max_width: place.width() - 26.0, max_rows: 2, ..TextWrapping::default() };
        ui.painter().layout_job(job)
    };
    let whole = lay(words);
    let cut = whole.elided;
    let galley = if cut { lay(kind) } else { whole };
    let size = galley.size();
    let rect = Rect::from_min_max(pos2(place.right() - size.x - 24.0, place.top()), place.max);
    let response = ui.interact(rect, ui.scope_id().with("newest"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    icon::paint(ui.painter(), pos2(rect.left() + 10.0, rect.center().y), 16.0, icon, color(shade));
    let at = pos2(rect.left() + 24.0, rect.center().y - size.y / 2.0);
    ui.painter().galley(at, galley, color(palette(ui).ink));
    if cut {
        response.on_hover_text(words);
    }
}

/// The same before a class, where there is no bar.
pub(super) fn over(context: &Context, state: &State, commands: &mut Vec<Command>) {
    if state.notices.is_empty() && state.jobs.is_empty() {
        return;
    }
    let area = Area::new(Id::unique("notices")).order(Order::Foreground).anchor(Align2::RIGHT_TOP, vec2(-8.0, 8.0));
    area.show(context, |ui| {
        let frame = Frame::popup(ui.style());
        frame.show(ui, |ui| cards(ui, state, commands));
    });
}

/// All of them, the newest first.
fn cards(ui: &mut Ui, state: &State, commands: &mut Vec<Command>) {
    ui.set_width(LIST.min(ui.ctx().content_rect().width() * 0.7));
    ui.spacing_mut().item_spacing.y = 6.0;
    let most = (ui.ctx().content_rect().height() - 110.0).clamp(60.0, 480.0);
    eframe::egui::ScrollArea::vertical().max_height(most).show(ui, |ui| {
        for job in &state.jobs {
            card(ui, |ui| work(ui, state, job, commands));
        }
        for notice in state.notices.iter().rev() {
            card(ui, |ui| one(ui, state, notice, commands));
        }
    });
}

fn of_notice<'a>(ui: &Ui, notice: &'a Notice) -> (&'a str, Icon, Color) {
    let colors = palette(ui);
    let (icon, shade) = match notice.kind {
        NoticeKind::Done => (Icon::Check, colors.good),
        NoticeKind::Warning => (Icon::Warning, colors.warning),
        NoticeKind::Error => (Icon::Failure, colors.error),
    };
    (&notice.words, icon, shade)
}

const fn kind_key(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::Done => "ui.notice.done",
        NoticeKind::Warning => "ui.notice.warning",
        NoticeKind::Error => "ui.notice.error",
    }
}

fn of_job<'a>(ui: &Ui, job: &'a Job) -> (&'a str, Icon, Color) {
    (&job.words, Icon::Save, palette(ui).accent)
}

fn work(ui: &mut Ui, state: &State, job: &Job, commands: &mut Vec<Command>) {
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
}

fn one(ui: &mut Ui, state: &State, notice: &Notice, commands: &mut Vec<Command>) {
    let (words, icon, shade) = of_notice(ui, notice);
    let kind = kind_key(notice.kind);
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
    ui.add(Label::new(RichText::new(words).size(13.0)).wrap());
}

fn card(ui: &mut Ui, inside: impl FnOnce(&mut Ui)) {
    let visuals = ui.visuals();
    let frame = Frame::new()
        .fill(visuals.window_fill)
        .stroke(Stroke::new(1.0, visuals.window_stroke.color))
        .corner_radius(CornerRadius::same(RADIUS + 2))
        .inner_margin(Margin::symmetric(10, 6));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        inside(ui);
    });
}
