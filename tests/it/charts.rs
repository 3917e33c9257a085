//! Charts in files: readable, complete, the same on every machine.

mod drawing;
mod extremes;
mod figures;
mod golden;
mod measure;
mod pictures;
mod replay;
mod samples;
mod tables;
