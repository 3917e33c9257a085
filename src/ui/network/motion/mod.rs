//! A step in slow motion: forward from left to right, then the gradient from right to left, with the real numbers of that step.
//!
//! `story` says what happens, `words` tells it, `player` keeps how far it is, `strip` steers it and shows its words, `paint` and `labels` show it
//! in the drawing. What is not reached is faded, what computes is marked.

mod story;
mod words;
mod player;
mod strip;
mod labels;
mod paint;

pub(super) use paint::Front;
pub(super) use player::Player;
