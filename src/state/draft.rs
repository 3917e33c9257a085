//! What is being built: settings that may still be changed, and what follows from them at once.

use std::sync::Arc;

use crate::arch::{Preset, Width, WidthRule};
use crate::config::{
    Allowed, Field, Found, LoadedConfig, NoImages, Origin, Plan, Problem, Problems, RunConfig, Value, fields,
};
use crate::data::{DataError, Description, Request, Source, describe};

/// Settings being edited, with every consequence that needs no training.
pub struct Draft {
    /// The settings that can be, with where they were written.
    loaded: LoadedConfig,
    /// Values that were given and cannot be, by field: shown with their problem, and kept until they are mended.
    refused: Vec<(&'static Field, Value, Problem)>,
    /// What the data source offers, as soon as that is known.
    data: Option<Result<Description, Arc<DataError>>>,
    /// What would be trained, or everything that stands against it.
    pub plan: Result<Plan, Problems>,
}

/// What a preset says of learning, beside its networks: whatever else was set would spoil what it is to show.
const LEARNING: [&Field; 7] = [
    &fields::NETWORKS,
    &fields::OPTIMIZER,
    &fields::LEARNING_RATE,
    &fields::SCHEDULE,
    &fields::MOMENTUM,
    &fields::WEIGHT_DECAY,
    &fields::FROM,
];

impl Draft {
    /// A draft of a configuration. What a folder offers is for others to find out, since that may take long.
    pub fn new(loaded: LoadedConfig) -> Self {
        let data = known(&(&loaded.config.data).into());
        let mut draft = Self { loaded, refused: Vec::new(), data, plan: Err(Problems(Vec::new())) };
        draft.follow();
        draft
    }

    /// The settings that can be.
    pub fn config(&self) -> &RunConfig {
        &self.loaded.config
    }

    /// The settings that can be, with where they were written.
    pub(super) fn loaded(&self) -> &LoadedConfig {
        &self.loaded
    }

    /// The first value that was given and cannot be.
    pub(super) fn refused(&self) -> Option<&Problem> {
        self.refused.first().map(|(_, _, problem)| problem)
    }

    /// What the control of a setting shows: a value that was refused, or the one that holds.
    pub fn value(&self, field: &Field) -> Value {
        let refused = self.refused.iter().find(|(refused, _, _)| *refused == field);
        refused.map_or_else(|| field.get(&self.loaded.config), |(_, value, _)| value.clone())
    }

    /// What stands against a setting, if anything does.
    pub fn problem(&self, field: &Field) -> Option<&Problem> {
        let refused = self.refused.iter().find(|(refused, _, _)| *refused == field).map(|(_, _, problem)| problem);
        let planned = || {
            self.plan.as_ref().err().and_then(|Problems(all)| all.iter().find(|problem| problem.field == field.name))
        };
        refused.or_else(planned)
    }

    /// What the data source offers, or why it offers nothing; nothing while that is not known yet.
    pub fn data(&self) -> Option<Result<&Description, &DataError>> {
        self.data.as_ref().map(|data| data.as_ref().map_err(AsRef::as_ref))
    }

    /// The images that it asks for.
    pub(super) fn request(&self) -> Request {
        (&self.loaded.config.data).into()
    }

    /// What was found where it looks for images, or why there are none.
    pub(super) fn take_found(&mut self, found: Result<Description, DataError>) {
        self.data = Some(found.map_err(Arc::new));
        self.follow();
    }

    /// With what another knows of the same images.
    pub(super) fn knowing(mut self, other: &Self) -> Self {
        if self.data.is_none() && self.request() == other.request() {
            self.data.clone_from(&other.data);
            self.follow();
        }
        self
    }

    /// w of the residual and plain networks and how it is found; nothing where only the dense one is built, or none can be.
    pub fn baseline_width(&self) -> Option<(Width, WidthRule)> {
        let width = self.plan.as_ref().ok()?.networks.iter().find_map(|network| network.width)?;
        Some((width, self.loaded.config.network.baseline_width))
    }

    /// Gives a setting a value, or remembers that it cannot be.
    pub(super) fn set(&mut self, field: &'static Field, value: Value) {
        self.write(field, value);
        self.follow();
    }

    /// Adds a block like the last one.
    pub(super) fn add_block(&mut self) {
        let mut layers = self.blocks();
        layers.extend(layers.last().copied());
        self.set(&fields::BLOCKS, Value::Integers(layers));
    }

    /// Removes a block, counted from 1; the last one that is left stays.
    pub(super) fn remove_block(&mut self, block: usize) {
        let mut layers = self.blocks();
        if layers.len() > 1 && (1..=layers.len()).contains(&block) {
            layers.remove(block - 1);
            self.set(&fields::BLOCKS, Value::Integers(layers));
        }
    }

    /// Takes a preset's networks, how they are to learn, and built-in images with as many channels as it was made for, unless there are such already.
    pub(super) fn take_preset(&mut self, name: &'static str) {
        let Some(preset) = Preset::named(name) else { return };
        self.refused.retain(|(refused, _, _)| refused.section() != "network");
        self.loaded.config.network = preset.spec();
        for field in Field::of_section("network") {
            self.loaded.origins.note(field, Origin::Window);
        }
        let preset_config = RunConfig::from_preset(preset);
        for field in LEARNING {
            self.write(field, field.get(&preset_config));
        }
        let channels = self.data().and_then(Result::ok).map(|data| data.shape.channels);
        if self.data.is_some() && channels != Some(preset.input.image.channels) {
            self.write(&fields::SOURCE, Value::Text(preset_config.data.source.to_string()));
        }
        self.follow();
    }

    /// Layers in each block, as they are shown.
    fn blocks(&self) -> Vec<i128> {
        self.value(&fields::BLOCKS).as_integers().unwrap_or_default().to_vec()
    }

    fn write(&mut self, field: &'static Field, value: Value) {
        self.refused.retain(|(refused, _, _)| *refused != field);
        match self.loaded.set(field, &value, Origin::Window) {
            Ok(()) if [&fields::SOURCE, &fields::SIZE, &fields::LABELS].contains(&field) => {
                self.data = known(&self.request());
            }
            Ok(()) => {}
            Err(problem) => self.refused.push((field, value, problem)),
        }
    }

    fn follow(&mut self) {
        let planned = match &self.data {
            None => Err(Problems(Vec::new())),
            Some(Err(why)) => {
                let found = Found::Written(self.loaded.config.data.source.to_string());
                let problem = fields::SOURCE.problem(found, None);
                Err(Problems(vec![Problem {
                    allowed: Box::new(Allowed::Source(NoImages(Arc::clone(why)))),
                    ..problem
                }]))
            }
            Some(Ok(data)) => Plan::new(&self.loaded, data),
        };
        let refused = self.refused.iter().map(|(_, _, problem)| problem.clone());
        self.plan = match planned {
            Ok(plan) if self.refused.is_empty() => Ok(plan),
            Ok(_) => Err(Problems(refused.collect())),
            Err(Problems(planned)) => Err(Problems(refused.chain(planned).collect())),
        };
    }
}

/// What is inside the program is known at once.
fn known(request: &Request) -> Option<Result<Description, Arc<DataError>>> {
    match request.source {
        Source::FashionMnist | Source::Shapes => Some(describe(request).map_err(Arc::new)),
        Source::Folder(_) => None,
    }
}
