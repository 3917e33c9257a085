//! What cutting connections does: before and after, for the validation images and for the image that is watched; and every connection of the
//! selected row as a button, for those who use no pointer.

use eframe::egui::{Grid, Label, RichText, Ui};

use super::layout::{aside, heading, paragraph, title};
use super::steps::right;
use crate::arch::{Architecture, How, Link};
use crate::drawing::paint::source_name;
use crate::state::{Command, Cut, Focus, State};
use crate::telemetry::{CutSeen, Glance};
use crate::text::Text;
use crate::text::number::{grouped, percent};
use crate::ui::parts::button::Press;
use crate::ui::parts::network::name;
use crate::ui::parts::segmented::segmented;
use crate::ui::style::{color, palette};

/// More links than this of one network are counted, not named.
const NAMED: usize = 8;

/// Shows what is cut and what comes of it; nothing while nobody cuts.
pub(super) fn show(ui: &mut Ui, state: &State, commands: &mut Vec<Command>) {
    let (text, cutting) = (state.text(), &state.view.cutting);
    if !cutting.active && !cutting.any() {
        return;
    }
    title(ui, text.say("cuts.title"));
    if cutting.active {
        paragraph(ui, text.say("cuts.how_to"));
    }
    let chosen = How::ALL.iter().position(|how| *how == cutting.how);
    let names = [text.say("cuts.zero"), text.say("cuts.mean")];
    let width = ui.available_width();
    let (_, choice) = segmented(ui, text.say("cuts.instead"), &names, chosen, width);
    if let Some(how) = choice.and_then(|choice| How::ALL.get(choice)) {
        commands.push(Command::Cutting(Cut::How(*how)));
    }
    aside(
        ui,
        text.say(match cutting.how {
            How::Zero => "cuts.zero_about",
            How::Mean => "cuts.mean_about",
        }),
    );
    if let Some(built) = state.built() {
        for network in built.networks {
            effect(ui, state, network);
        }
        if cutting.active {
            links(ui, state, built.networks, commands);
        }
    }
    ui.horizontal_wrapped(|ui| {
        let undo = Press::words(text.say("cuts.undo")).key("Z");
        if ui.add_enabled(cutting.can_undo(), undo).clicked() {
            commands.push(Command::Cutting(Cut::Undo));
        }
        let restore = Press::words(text.say("cuts.restore")).key("Shift+Z");
        if ui.add_enabled(cutting.any(), restore).clicked() {
            commands.push(Command::Cutting(Cut::Restore));
        }
        if cutting.active && ui.add(Press::words(text.say("cuts.done")).key("X")).clicked() {
            commands.push(Command::ToggleCutting);
        }
    });
    ui.separator();
}

/// What is cut in a network, and what that does.
fn effect(ui: &mut Ui, state: &State, network: &Architecture) {
    let text = state.text();
    let cut: Vec<Link> = state.view.cutting.of(network.kind).collect();
    if cut.is_empty() {
        return;
    }
    heading(ui, text.say(name(network.kind)));
    let mut said = cut.iter().take(NAMED).map(ToString::to_string).collect::<Vec<_>>().join(", ");
    if cut.len() > NAMED {
        said = text.fill("cuts.more", &[("links", &said), ("count", &(cut.len() - NAMED))]);
    }
    paragraph(ui, text.fill("cuts.cut", &[("links", &said)]));
    let Some(run) = &state.run else { return aside(ui, text.say("cuts.no_run")) };
    if run.plan.networks.iter().all(|trained| trained != network) {
        return aside(ui, text.say("cuts.no_run"));
    }
    let seen = run.glances.iter().find(|(kind, _)| *kind == network.kind).and_then(|(_, glance)| {
        let seen = glance.cut.as_ref()?;
        (seen.cuts.how == state.view.cutting.how && seen.cuts.links.iter().copied().eq(cut)).then_some((glance, seen))
    });
    let Some((glance, seen)) = seen else { return aside(ui, text.say("cuts.waiting")) };
    let CutSeen { whole, evaluation, whole_probabilities, .. } = seen;
    let rows = [
        ("cuts.accuracy", percent(whole.accuracy), percent(evaluation.accuracy)),
        ("cuts.loss", format!("{:.3}", whole.loss), format!("{:.3}", evaluation.loss)),
    ];
    let quiet = color(palette(ui).quiet);
    Grid::new(("cuts", network.kind)).num_columns(3).spacing([12.0, 4.0]).show(ui, |ui| {
        ui.label("");
        for key in ["cuts.before", "cuts.after"] {
            right(ui, RichText::new(text.say(key)).small().color(quiet));
        }
        ui.end_row();
        for (key, before, after) in rows {
            ui.add(Label::new(text.say(key)).extend());
            right(ui, RichText::new(before));
            right(ui, RichText::new(after).strong());
            ui.end_row();
        }
        for (class, before, after) in of_image(state, glance, whole_probabilities) {
            ui.add(Label::new(class).truncate());
            right(ui, RichText::new(before));
            right(ui, RichText::new(after).strong());
            ui.end_row();
        }
    });
    let chance = 1.0 / network.input.classes as f64;
    if evaluation.accuracy <= chance {
        paragraph(ui, text.fill("cuts.guessing", &[("chance", &percent(chance))]));
    }
    let values: [(&str, &dyn std::fmt::Display); 2] =
        [("step", &grouped(glance.step as u64)), ("image", &(glance.image + 1))];
    aside(ui, text.fill("cuts.at", &values));
}

/// The classes that matter of the watched image: its own, and what it is taken for before and after; each with both probabilities.
fn of_image(state: &State, glance: &Glance, before: &[f32]) -> Vec<(String, String, String)> {
    let Some(images) = state.run.as_ref().and_then(|run| run.images.as_ref()) else { return Vec::new() };
    if glance.image >= images.validation.len() {
        return Vec::new();
    }
    let truth = images.validation.label(glance.image);
    let best = |shares: &[f32]| (0..shares.len()).max_by(|a, b| shares[*a].total_cmp(&shares[*b]));
    let mut classes = vec![truth];
    for class in [best(before), best(&glance.probabilities)].into_iter().flatten() {
        if !classes.contains(&class) {
            classes.push(class);
        }
    }
    let share = |shares: &[f32], class: usize| percent(f64::from(shares.get(class).copied().unwrap_or(f32::NAN)));
    let row = |class: usize| {
        let name = images.class_names.get(class).cloned().unwrap_or_default();
        let name = if class == truth { state.text().fill("cuts.truth", &[("class", &name)]) } else { name };
        (name, share(before, class), share(&glance.probabilities, class))
    };
    classes.into_iter().map(row).collect()
}

/// The connections of the selected row: those through which it reads, and all that it hands on.
fn links(ui: &mut Ui, state: &State, networks: &[Architecture], commands: &mut Vec<Command>) {
    let text = state.text();
    let Some(Focus::Part(meant, part)) = state.view.selected else { return aside(ui, text.say("cuts.select")) };
    for network in networks.iter().filter(|network| meant.is_none_or(|kind| network.kind == kind)) {
        let reader = network.reader(part);
        let own: Vec<Link> = network.links().into_iter().filter(|link| Some(link.end()) == reader).collect();
        let handed = network.links_from(part);
        if own.is_empty() && handed.is_empty() {
            continue;
        }
        heading(ui, &text.fill("cuts.links", &[("network", &text.say(name(network.kind)))]));
        let is_cut = |link: &Link| state.view.cutting.is_cut(network.kind, *link);
        ui.horizontal_wrapped(|ui| {
            for link in own {
                let (words, tip) = (words(text, link), text.fill("cuts.toggle", &[("link", &link)]));
                let button = Press::words(&words).selected(is_cut(&link)).tip(&tip);
                if ui.add(button).clicked() {
                    commands.push(Command::Cutting(Cut::Links(network.kind, vec![link])));
                }
            }
            if !handed.is_empty() {
                let button = Press::words(text.say("cuts.output")).key("Shift+X").selected(handed.iter().all(is_cut));
                if ui.add(button).clicked() {
                    commands.push(Command::Cutting(Cut::Links(network.kind, handed)));
                }
            }
        });
    }
}

/// A link in a few words.
fn words(text: &Text, link: Link) -> String {
    match link {
        Link::Slice { source, .. } => text.fill("cuts.from", &[("source", &source_name(source))]),
        Link::Identity { .. } => text.say("cuts.identity").to_owned(),
        Link::Branch { .. } => text.say("cuts.branch").to_owned(),
    }
}
