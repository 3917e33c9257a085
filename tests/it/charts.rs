//! Charts in files: readable, complete, the same on every machine.

mod figures;
mod measure;
mod pictures;
mod samples;
