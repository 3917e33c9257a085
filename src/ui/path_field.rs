//! Asks for a path where the system has no dialog of its own.

use std::path::{Path, PathBuf};

use eframe::egui::{Align, Key, Layout, RichText, TextEdit, Ui};

use crate::state::{Ask, Command, PathQuestion, State};
use crate::ui::parts::button::Press;
use crate::ui::parts::dialog;
use crate::ui::style::{color, palette};

/// Shows the question.
pub(super) fn show(ui: &mut Ui, state: &State, question: &PathQuestion, commands: &mut Vec<Command>) {
    let text = state.text();
    let title = text.say(title(question.ask));
    let saves = match question.ask {
        Ask::SaveConfig | Ask::SaveFigure(_) | Ask::SaveScreenshot => true,
        Ask::OpenConfig | Ask::OpenRun | Ask::Images => false,
    };
    let mut typed = question.text.clone();
    let mut answered = false;
    let mut given_up = false;
    let closed = dialog::show(ui, "path", title, text.say("ui.close"), 520.0, |ui| {
        let field = TextEdit::singleline(&mut typed).desired_width(f32::INFINITY).hint_text(text.say("ui.path.hint"));
        let response = ui.add(field).accessible_name(title);
        // Enter takes the focus away; giving it back at once would hide that.
        answered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if !answered && ui.memory(|memory| memory.focused().is_none()) {
            response.request_focus();
        }
        // A line that is always there, so that the card does not change its size with each letter.
        let endings = endings(question.ask);
        let refused = other_ending(&typed, endings);
        let (words, shade) = note(&typed, saves, palette(ui).quiet, palette(ui).warning);
        let shade = if refused { palette(ui).warning } else { shade };
        let mut said = words.map_or("", |key| text.say(key)).to_owned();
        if refused || !endings.is_empty() && said.is_empty() {
            said = text.fill("ui.path.endings", &[("endings", &endings.join(" "))]);
        }
        ui.label(RichText::new(said).small().color(color(shade)));
        ui.add_space(8.0);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let go = text.say(if saves { "ui.path.save" } else { "ui.path.open" });
            let possible = !typed.trim().is_empty() && !refused;
            answered |= ui.add_enabled(possible, Press::words(go).primary()).clicked();
            answered &= possible;
            given_up = ui.add(Press::words(text.say("ui.cancel")).quiet()).clicked();
        });
    });
    if answered {
        commands.push(Command::AnswerPath(question.ask, PathBuf::from(typed.trim())));
    } else if closed || given_up {
        commands.push(Command::ClosePath);
    } else if typed != question.text {
        commands.push(Command::TypePath(typed));
    }
}

/// The endings that a name may have; none where that is not asked.
fn endings(ask: Ask) -> &'static [&'static str] {
    match ask {
        Ask::SaveFigure(Some(id)) if id == crate::drawing::ID => &[".png", ".svg", ".csv"],
        Ask::SaveFigure(Some(_)) => &[".png", ".svg", ".csv", ".gif"],
        Ask::OpenConfig
        | Ask::OpenRun
        | Ask::SaveConfig
        | Ask::Images
        | Ask::SaveFigure(None)
        | Ask::SaveScreenshot => &[],
    }
}

/// Whether what is typed ends otherwise than is allowed; a name without an ending gets one.
fn other_ending(typed: &str, allowed: &[&str]) -> bool {
    let Some(ending) = Path::new(typed.trim()).extension() else { return false };
    let ending = format!(".{}", ending.to_string_lossy().to_lowercase());
    !allowed.is_empty() && !allowed.contains(&ending.as_str())
}

fn title(ask: Ask) -> &'static str {
    match ask {
        Ask::OpenConfig => "ui.path.open_title",
        Ask::OpenRun => "ui.path.run_title",
        Ask::Images => "ui.path.folder_title",
        Ask::SaveFigure(None) => "ui.path.all_title",
        Ask::SaveConfig | Ask::SaveFigure(Some(_)) | Ask::SaveScreenshot => "ui.path.save_title",
    }
}

/// What is known of the path: that it will be replaced, or is not there.
fn note(
    typed: &str,
    saves: bool,
    quiet: crate::theme::Color,
    warning: crate::theme::Color,
) -> (Option<&'static str>, crate::theme::Color) {
    let path = Path::new(typed.trim());
    match (typed.trim().is_empty(), saves, path.exists()) {
        (true, _, _) | (false, false, true) => (None, quiet),
        (false, true, true) if path.is_dir() => (Some("ui.path.into_folder"), quiet),
        (false, true, true) => (Some("ui.path.replaces"), warning),
        (false, true, false) => (Some("ui.path.new"), quiet),
        (false, false, false) => (Some("ui.path.missing"), warning),
    }
}
