//! The fast CPU operations the networks are trained with. Their vector instructions are all of this program that is `unsafe`.
//!
//! # How it works
//!
//! [`FeatureMaps`] are the feature maps of a batch. A network is written as a chain of three operations on them:
//! BN-ReLU-convolution ([`FeatureMaps::convolve`]), BN-ReLU-2×2 average ([`FeatureMaps::halve`]) and BN-ReLU-image average
//! ([`FeatureMaps::average`]). Each is one step in burn's graph with a backward pass of its own.
//!
//! Where the time is saved, in reading order of the files:
//!
//! * `planes`, `segment`: channels lie outermost, with a zero after each row. Concatenation copies nothing, a 3×3
//!   convolution has no edges, and the statistics of a channel are taken once, not by each of its readers.
//! * `reading`: batch norm's backward pass, split so that a channel with many readers is passed over once for each.
//! * `convolution`, with `plan`, `blocks`, `product`, `correlation` and `passes`: normalisation, ReLU, products and sums on pieces
//!   that fit the cache. `pooling`: averages, taken before the transition's convolution, not after.
//! * `instructions`, `lanes`, `rows`, `buffer`: vectors, threads and memory.
//! * `operations`, `feature_maps`, `hook`: the way in from burn, and the way out for figures about gradients.
//!
//! The same input gives the same bits, whatever the number of threads: work is cut up by shape alone and sums are taken in
//! order. Different instruction sets round differently.
//!
//! What is not here: other backends than flex, kernels other than 1×1 and 3×3, strides, dropout.

#![warn(clippy::undocumented_unsafe_blocks, clippy::multiple_unsafe_ops_per_block)]
#![expect(clippy::inline_always, reason = "a vector method that is not inlined is compiled without its instructions")]
#![expect(clippy::cast_possible_truncation, reason = "sums are taken in f64 and used in f32")]

mod blocks;
mod buffer;
mod convolution;
mod correlation;
mod feature_maps;
mod hook;
mod instructions;
mod lanes;
mod layout;
mod moments;
mod operations;
mod passes;
mod plan;
mod planes;
mod pooling;
mod product;
mod reading;
mod rows;
mod segment;

pub use feature_maps::{Convolve, FeatureMaps, GradientHooks, Merge, Normalization};
pub use hook::GradientHook;
pub use instructions::{InstructionSet, InstructionSetError};
pub use segment::ChannelStatistics;

#[cfg(test)]
mod tests;
