//! One file for each figure, and what several of them share: rows of the architecture along an axis, the moment that is looked at, time
//! axes, gradient norms, and curves with fewer points.

#![expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "what a person may choose grows, and every figure is made from the same"
)]

mod connections;
mod course;
mod curve;
mod gradient;
mod moment;
mod parts;
mod timeline;

pub(super) mod growth;
pub(super) mod compression;
pub(super) mod gradients;
pub(super) mod gradients_over_time;
pub(super) mod loss;
pub(super) mod costs;
pub(super) mod reuse;
pub(super) mod edges;

use super::{Chart, Panel};
use crate::text::Text;

/// A chart with the words that every figure has.
fn chart(id: &'static str, text: &Text, subtitle: Option<String>, panels: Vec<Panel>) -> Chart {
    Chart {
        id,
        title: text.say(&format!("figure.{id}.title")).to_owned(),
        subtitle,
        about: text.say(&format!("figure.{id}.about")).to_owned(),
        panels,
        color_scale: None,
        notes: Vec::new(),
    }
}

#[cfg(test)]
mod tests;
