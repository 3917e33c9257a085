//! One file for each figure, and what several of them share: rows of the architecture along an axis, the moment that is looked at, time
//! axes, gradient norms, and curves with fewer points.

mod absent;
mod connections;
mod course;
mod curve;
mod gradient;
mod moment;
mod parts;
mod timeline;
mod by_parameters;

mod growth;
mod compression;
mod gradients;
mod gradients_over_time;
mod loss;
mod costs;
mod reuse;
mod cuts;
mod edges;
mod scaling;

use super::{Chart, Figure, Panel};
use crate::text::Text;

/// Every figure in the order in which it is shown. The first nine have the keys 1 to 9.
pub const FIGURES: &[Figure] = &[
    growth::FIGURE,
    compression::FIGURE,
    gradients::FIGURE,
    gradients_over_time::FIGURE,
    loss::FIGURE,
    costs::FIGURE,
    scaling::FIGURE,
    reuse::FIGURE,
    cuts::FIGURE,
    edges::FIGURE,
];

impl Figure {
    /// The figure of that name.
    pub fn named(id: &str) -> Option<&'static Self> {
        FIGURES.iter().find(|figure| figure.id == id)
    }
}

/// A chart with the words that every figure has.
fn chart(figure: &Figure, text: &Text, subtitle: Option<String>, panels: Vec<Panel>) -> Chart {
    let id = figure.id;
    Chart {
        id,
        title: text.say(&format!("figure.{id}.title")).to_owned(),
        subtitle,
        about: text.say(&format!("figure.{id}.about")).to_owned(),
        panels,
        color_scale: None,
        notes: Vec::new(),
        chooses: None,
    }
}

#[cfg(test)]
mod tests;
