//! What a run is told: the configuration, its file, and the checks that files, flags and sliders share.
//!
//! Every setting is one [`Field`] of [`fields`]: its name, what it may be, and how to read and write it in a [`RunConfig`].
//! A file is refused with every problem it has, each with its line; a flag or a slider goes through the
//! same rules. What only the data can tell (images there are, sizes that fit) is checked by [`Plan`].

mod value;
mod encoding;
mod access;
mod field;
pub mod fields;
mod origin;
mod plan;
mod problem;
mod view;
mod read;
mod run_config;
mod words;
mod tree;
mod difference;
mod line;
mod warning;
mod write;

pub use access::{
    Access, Choice, Choices, Control, Integer, Integers, Number, Path, Slider, Step, Switch, WidthAccess, quoted,
};
pub use field::{Field, Group};
pub use fields::FIELDS;
pub use line::pairs;
pub use origin::{Origin, Origins};
pub use plan::Plan;
pub use problem::{Allowed, Found, NoImages, Problem, Problems};
pub use read::{ConfigError, LoadedConfig, VIEW};
pub use run_config::{Backend, DataConfig, Optimizer, RunConfig, Schedule, TrainingConfig};
pub use tree::{Content, Node, Tree};
pub use value::Value;
pub use view::{ViewEntry, ViewTable};
pub use warning::Warning;
