//! The blocks: how many layers each has, what goes in and comes out, one more or one less.

use eframe::egui::{Align, Layout, RichText, Role, TextStyle, Ui, WidgetInfo};

use super::rows::{Rows, whole};
use crate::arch::{Architecture, NetworkKind, Part};
use crate::config::{Field, Integers, Value, fields};
use crate::state::Command;
use crate::ui::parts::button::Press;
use crate::ui::parts::icon::Icon;
use crate::ui::parts::stepper::{self, Names, Scale, stepper};
use crate::ui::parts::words::longest;
use crate::ui::style::{bold_font, color, palette};

pub(super) fn show(ui: &mut Ui, rows: &mut Rows<'_>, field: &'static Field, integers: &Integers) {
    let value = rows.value(field);
    let layers = value.as_integers().unwrap_or_default();
    let whole = ui.available_width();
    let shown = ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.horizontal(|ui| {
            rows.label(ui, field, whole - 116.0);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let add = rows.text.say("ui.build.add_block");
                let button = Press::words(add).with_icon(Icon::Plus).quiet();
                if ui.add_enabled(layers.len() < integers.longest, button).clicked() {
                    rows.commands.push(Command::AddBlock);
                }
            });
        });
        for block in 1..=layers.len() {
            if let Some(new) = row(ui, rows, integers, (block, layers[block - 1])) {
                let mut layers = layers.to_vec();
                layers[block - 1] = new;
                rows.set(field, Value::Integers(layers));
            }
        }
        rows.problem(ui, field);
    });
    if ui.rect_contains_pointer(shown.response.rect) {
        rows.hovered = Some(field);
    }
}

/// One block; the answer is another number of layers.
fn row(ui: &mut Ui, rows: &mut Rows<'_>, integers: &Integers, (block, layers): (usize, i128)) -> Option<i128> {
    let text = rows.text;
    let name = text.fill("ui.build.block", &[("block", &block)]);
    let label = text.fill("ui.build.block_layers", &[("block", &block)]);
    let (less, more) = rows.less_and_more(&label);
    let names = Names { name: &label, less: &less, more: &more, wanted: false };
    let Integers { range, control, .. } = integers;
    let scale = Scale { min: *range.start() as f64, max: *range.end() as f64, step: control.step, whole: true };
    let value = layers as f64;
    let width = ui.available_width();
    let only = rows.value(&fields::BLOCKS).as_integers().is_none_or(|layers| layers.len() <= 1);
    let stepped = ui.horizontal(|ui| {
        ui.label(RichText::new(&name).font(bold_font(13.0)));
        let hidden = rows.state.hides(NetworkKind::Dense).then(|| {
            let hidden = text.say("exercise.hidden_short").to_owned();
            [hidden.clone(), hidden]
        });
        let grows =
            hidden.or_else(|| rows.state.draft.plan.as_ref().ok().and_then(|plan| grows(&plan.networks, block)));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            let remove = text.fill("ui.build.remove_block", &[("block", &block)]);
            let button = Press::icon(Icon::Cross, &remove).quiet().size(22.0, 28.0);
            if ui.add_enabled(!only, button).clicked() {
                rows.commands.push(Command::RemoveBlock(block));
            }
            let stepped = stepper(ui, names, value, scale, 94.0);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                // What finds no room stands in the drawing too.
                let [long, short] = grows.unwrap_or_default();
                let letters = TextStyle::Small.resolve(ui.style());
                let grows = longest(ui, &[&long, &short, ""], &letters, ui.available_width());
                let response = ui.label(RichText::new(grows).font(letters).color(color(palette(ui).quiet)));
                response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &long));
            });
            stepped
        })
        .inner
    });
    let slider = control.slider.as_ref();
    let dragged = slider.and_then(|slider| stepper::slider(ui, &label, value, slider, scale, width));
    stepped.inner.or(dragged).map(whole)
}

/// What a block of the DenseNet takes in and carries out, and what the transition after it leaves: `16 → 48, T 24`; and without that.
fn grows(networks: &[Architecture], block: usize) -> Option<[String; 2]> {
    let dense = networks.iter().find(|network| network.kind.merge().keeps_sources())?;
    let (entering, carries) = (dense.entering(block), dense.block(block).last()?.carries);
    // Thousands of channels find their room without the spaces.
    let arrow = if carries < 1000 { " → " } else { "→" };
    let short = format!("{entering}{arrow}{carries}");
    let long = match dense.layer(Part::Transition { block }) {
        Some(transition) => format!("{short}, T {}", transition.carries),
        None => short.clone(),
    };
    Some([long, short])
}
