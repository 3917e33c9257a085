//! What a row computes, step by step: the composite function H, a transition, the stem, the classifier; with what each step costs.

use eframe::egui::{Align, Grid, Label, Layout, RichText, Ui};

use crate::arch::{Architecture, Layer, Part, Stem};
use crate::text::{Text, number};
use crate::ui::style::{bold_font, color, palette};

/// One step.
pub(super) struct Step {
    /// What it does.
    pub(super) words: String,
    /// Trainable numbers.
    pub(super) parameters: u64,
    /// Multiply-adds for one image.
    pub(super) multiply_adds: u64,
}

/// The steps of a row in order. Costs are those of `docs/mathematics.md`: c·d·s² a convolution, 2c a batch norm.
pub(super) fn steps(text: &Text, network: &Architecture, row: &Layer) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut norms = row.norms.iter();
    let norm = |channels: Option<&usize>, steps: &mut Vec<Step>| {
        if let Some(&channels) = channels {
            let words = text.fill("explain.step.norm", &[("channels", &channels)]);
            steps.push(Step { words, parameters: 2 * channels as u64, multiply_adds: 0 });
        }
    };
    let free = |words: &str| Step { words: words.to_owned(), parameters: 0, multiply_adds: 0 };
    let before = !matches!(row.part, Part::Stem);
    for convolution in &row.convolutions {
        if before {
            norm(norms.next(), &mut steps);
            steps.push(free(text.say("explain.step.relu")));
        }
        let key = if convolution.stride == 1 { "explain.step.convolution" } else { "explain.step.convolution_halving" };
        let words = text.fill(
            key,
            &[("kernel", &convolution.kernel), ("reads", &convolution.reads), ("makes", &convolution.makes)],
        );
        steps.push(Step { words, parameters: convolution.parameters(), multiply_adds: convolution.multiply_adds() });
    }
    match row.part {
        Part::Stem => {
            if network.spec.stem == Stem::SevenBySeven {
                norm(norms.next(), &mut steps);
                steps.push(free(text.say("explain.step.relu")));
                steps.push(free(text.say("explain.step.max_pool")));
            }
        }
        Part::Layer { .. } => {}
        Part::Transition { .. } => steps.push(free(text.say("explain.step.average_pool"))),
        Part::Classifier => {
            norm(norms.next(), &mut steps);
            steps.push(free(text.say("explain.step.relu")));
            steps.push(free(text.say("explain.step.global_pool")));
            let words = text.fill("explain.step.linear", &[("reads", &row.reads), ("makes", &row.makes)]);
            let weights = (row.reads * row.makes) as u64;
            steps.push(Step { words, parameters: weights + row.makes as u64, multiply_adds: weights });
        }
    }
    steps
}

/// The steps as a small table.
pub(super) fn show(ui: &mut Ui, text: &Text, steps: &[Step]) {
    let quiet = color(palette(ui).quiet);
    let head = |words: &str| RichText::new(words).font(bold_font(12.0)).color(quiet);
    let first = (ui.available_width() - 118.0).max(80.0);
    ui.spacing_mut().interact_size.y = 16.0; // rows are as high as their words
    Grid::new("steps").num_columns(3).spacing([10.0, 4.0]).min_row_height(16.0).show(ui, |ui| {
        ui.label(head(text.say("explain.step.step")));
        right(ui, head(text.say("explain.step.parameters")));
        right(ui, head(text.say("explain.step.work")));
        ui.end_row();
        for step in steps {
            ui.scope(|ui| {
                ui.set_max_width(first);
                ui.add(Label::new(RichText::new(&step.words).small()).wrap());
            });
            for count in [step.parameters, step.multiply_adds] {
                let words = if count == 0 { "–".to_owned() } else { number::compact(count as f64) };
                right(ui, RichText::new(words).small());
            }
            ui.end_row();
        }
    });
}

/// A cell whose words end at its right.
pub(super) fn right(ui: &mut Ui, words: RichText) {
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| ui.add(Label::new(words).extend()));
}
