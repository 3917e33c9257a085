//! What a run is told: the configuration, its file, and the checks that files, flags and sliders share.
//!
//! Every setting is one [`Field`]: its name, its rule, and how to read and write it in a [`RunConfig`].
//! A file is refused with every problem it has, each with its line; a flag or a slider goes through the
//! same rules. What only the data can tell (images there are, sizes that fit) is checked by [`Plan`].

mod field;
mod origin;
mod plan;
mod problem;
mod read;
mod rule;
mod run_config;
mod write;

pub use field::{FIELDS, Field, Section};
pub use origin::{Origin, Origins};
pub use plan::Plan;
pub use problem::{Allowed, Found, NoImages, Problem, Problems};
pub use read::{ConfigError, LoadedConfig};
pub use rule::{Rule, Value};
pub use run_config::{Backend, DataConfig, Optimizer, RunConfig, Schedule, TrainingConfig};
