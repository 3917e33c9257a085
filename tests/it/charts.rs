//! Charts in files: readable, complete, the same on every machine.

mod measure;
mod pictures;
mod samples;
