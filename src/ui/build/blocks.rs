//! The blocks: how many layers each has, what goes in and comes out, one more or one less.

use eframe::egui::{Align, Layout, RichText, Ui};

use super::rows::Rows;
use crate::arch::{Architecture, NetworkKind, Part};
use crate::config::{Field, Rule, Value};
use crate::state::Command;
use crate::ui::parts::button::Press;
use crate::ui::parts::icon::Icon;
use crate::ui::parts::stepper::{self, Names, Scale, Step, stepper};
use crate::ui::style::{bold_font, color, palette};

const NAME: &str = "network.blocks";

pub(super) fn show(ui: &mut Ui, rows: &mut Rows<'_>) {
    let layers = match rows.value(NAME) {
        Value::Integers(layers) => layers,
        Value::Integer(_) | Value::Number(_) | Value::Switch(_) | Value::Text(_) | Value::Words(_) => Vec::new(),
    };
    let Rule::Integers { longest, min, max } = Field::named(NAME).rule else { unreachable!("blocks are numbers") };
    let scale = Scale { min: min as f64, max: max as f64, step: Step::Add(1.0), whole: true };
    let whole = ui.available_width();
    let shown = ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.horizontal(|ui| {
            rows.label(ui, NAME, whole - 116.0);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let add = rows.text.say("ui.build.add_block");
                let button = Press::words(add).with_icon(Icon::Plus).quiet();
                if ui.add_enabled(layers.len() < longest, button).clicked() {
                    rows.commands.push(Command::AddBlock);
                }
            });
        });
        for block in 1..=layers.len() {
            row(ui, rows, &layers, block, scale);
        }
        rows.problem(ui, NAME);
    });
    if ui.rect_contains_pointer(shown.response.rect) {
        rows.hovered = Some(NAME);
    }
}

fn row(ui: &mut Ui, rows: &mut Rows<'_>, layers: &[i64], block: usize, scale: Scale) {
    let text = rows.text;
    let name = text.fill("ui.build.block", &[("block", &block)]);
    let label = text.fill("ui.build.block_layers", &[("block", &block)]);
    let (less, more) = rows.less_and_more(&label);
    let names = Names { name: &label, less: &less, more: &more };
    let value = layers[block - 1] as f64;
    let whole = ui.available_width();
    let stepped = ui.horizontal(|ui| {
        ui.label(RichText::new(&name).font(bold_font(13.0)));
        let hidden = rows.state.hides(NetworkKind::Dense).then(|| text.say("exercise.hidden_short").to_owned());
        let grows =
            hidden.or_else(|| rows.state.draft.plan.as_ref().ok().and_then(|plan| grows(&plan.networks, block)));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            let remove = text.fill("ui.build.remove_block", &[("block", &block)]);
            let button = Press::icon(Icon::Cross, &remove).quiet().size(22.0, 28.0);
            if ui.add_enabled(layers.len() > 1, button).clicked() {
                rows.commands.push(Command::RemoveBlock(block));
            }
            let stepped = stepper(ui, names, value, scale, 94.0);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                if let Some(grows) = grows {
                    let ink = color(palette(ui).quiet);
                    ui.add(eframe::egui::Label::new(RichText::new(&grows).small().color(ink)).truncate());
                }
            });
            stepped
        })
        .inner
    });
    let dragged = stepper::slider(ui, &label, value, 1.0..=32.0, false, scale, whole).1;
    if let Some(new) = stepped.inner.or(dragged) {
        let mut layers = layers.to_vec();
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a whole number, and what is too large becomes the largest"
        )]
        {
            layers[block - 1] = new as i64;
        }
        rows.set(NAME, Value::Integers(layers));
    }
}

/// What a block of the DenseNet takes in and carries out, and what the transition after it leaves: `16 → 48, T 24`.
fn grows(networks: &[Architecture], block: usize) -> Option<String> {
    let dense = networks.iter().find(|network| network.kind.merge().keeps_sources())?;
    let (entering, carries) = (dense.entering(block), dense.block(block).last()?.carries);
    // Thousands of channels find their room without the spaces.
    let arrow = if carries < 1000 { " → " } else { "→" };
    Some(match dense.layer(Part::Transition { block }) {
        Some(transition) => format!("{entering}{arrow}{carries}, T {}", transition.carries),
        None => format!("{entering}{arrow}{carries}"),
    })
}
