//! A chart laid out once: from axes, series and words to a list of marks in pixels.
//!
//! Ticks, ends of axes, margins, panels in a grid, the legend, dashes and colours are decided here and nowhere else; painters only turn
//! marks into an SVG or into shapes of the window. Words are measured with the font inside the program, which every painter uses.

mod whole;
mod panels;
mod series;
mod legend;
mod along;
mod ticks;
mod extent;
mod ink;
mod clip;
mod kinds;
pub(crate) mod lettering;
mod sketch;

pub(crate) use clip::outline;
pub use extent::fix_ranges;
pub(crate) use extent::{Ends, ends};
pub(crate) use ink::color_of;
pub(crate) use kinds::Kinds;
pub(crate) use legend::{heat_fill, mark_of, names, sample, sample_width};
pub(crate) use lettering::{Face, width as text_width};
pub(crate) use panels::Plotted;
pub(crate) use sketch::{Area, Fill, Letters, Mark, Mosaic, Pattern, Side, Spot, Stroke};
pub(crate) use whole::{Page, Views, layout, layout_panels};
