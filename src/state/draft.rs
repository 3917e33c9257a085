//! What is being built: settings that may still be changed, and what follows from them at once.

use crate::config::{Field, LoadedConfig, Plan, Problem, Problems, RunConfig, Value};
use crate::data::{DataError, Description, describe};

/// Settings being edited, with every consequence that needs no training.
pub struct Draft {
    /// The settings that can be, with where they were written.
    loaded: LoadedConfig,
    /// Values that were given and cannot be, by field: shown with their problem, and kept until they are mended.
    refused: Vec<(&'static str, Value, Problem)>,
    /// What the data source offers.
    data: Result<Description, String>,
    /// What would be trained, or everything that stands against it.
    pub plan: Result<Plan, Problems>,
}

impl Draft {
    /// A draft of a configuration.
    pub fn new(loaded: LoadedConfig) -> Self {
        let data = describe(&loaded.config.data.source).map_err(|error: DataError| error.to_string());
        let mut draft = Self { loaded, refused: Vec::new(), data, plan: Err(Problems(Vec::new())) };
        draft.follow();
        draft
    }

    /// The settings that can be.
    pub fn config(&self) -> &RunConfig {
        &self.loaded.config
    }

    /// What the control of a setting shows: a value that was refused, or the one that holds.
    pub fn value(&self, field: &Field) -> Value {
        let name = field.name();
        let refused = self.refused.iter().find(|(refused, _, _)| *refused == name);
        refused.map_or_else(|| (field.get)(&self.loaded.config), |(_, value, _)| value.clone())
    }

    /// What stands against a setting, if anything does.
    pub fn problem(&self, field: &Field) -> Option<&Problem> {
        let name = field.name();
        let refused = self.refused.iter().find(|(refused, _, _)| *refused == name).map(|(_, _, problem)| problem);
        let planned =
            || self.plan.as_ref().err().and_then(|Problems(all)| all.iter().find(|problem| problem.field == name));
        refused.or_else(planned)
    }

    /// What the data source offers, or why it offers nothing.
    pub fn data(&self) -> Result<&Description, &str> {
        self.data.as_ref().map_err(String::as_str)
    }

    /// Gives a setting a value, or remembers that it cannot be.
    pub(super) fn set(&mut self, name: &'static str, value: Value) {
        self.refused.retain(|(refused, _, _)| *refused != name);
        match Field::named(name).try_set(&mut self.loaded.config, value.clone(), None) {
            Ok(()) if name == "data.source" => {
                self.data = describe(&self.loaded.config.data.source).map_err(|error| error.to_string());
            }
            Ok(()) => {}
            Err(problem) => self.refused.push((name, value, problem)),
        }
        self.follow();
    }

    fn follow(&mut self) {
        self.plan = match &self.data {
            Err(why) => {
                let problem = Problem {
                    allowed: why.clone(),
                    ..Field::named("data.source").problem(self.loaded.config.data.source.to_string(), None)
                };
                Err(Problems(vec![problem]))
            }
            Ok(data) => Plan::new(&self.loaded, data).and_then(|plan| {
                let refused: Vec<Problem> = self.refused.iter().map(|(_, _, problem)| problem.clone()).collect();
                if refused.is_empty() { Ok(plan) } else { Err(Problems(refused)) }
            }),
        };
    }
}
