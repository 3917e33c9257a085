//! The four tables of a run, walked through side by side.
//!
//! Training writes each step of each network to all four in the same order, so one pass over them gives the records back.

use std::path::Path;

use super::error::RunError;
use super::table_reader::TableReader;
use crate::arch::{Architecture, Merge, NetworkKind};
use crate::export::form::{EDGE_COLUMNS, GRADIENT_COLUMNS, METRIC_COLUMNS, REUSE_COLUMNS, TABLES};
use crate::telemetry::{Edge, Evaluation, LayerFigures, Reuse, StepFigures, StepRecord};

/// The tables of a run, each at the lines of the next step.
pub(in crate::export) struct Tables<'a> {
    networks: &'a [Architecture],
    batch: f64,
    metrics: TableReader,
    gradients: TableReader,
    edges: TableReader,
    reuse: TableReader,
    /// For each network the names of its rows.
    rows: Vec<Vec<String>>,
    /// For each network its last step so far.
    last_steps: Vec<usize>,
}

/// Whether every table of a run folder has its final name.
pub(in crate::export) fn rests_in(folder: &Path) -> bool {
    TABLES.iter().all(|name| folder.join(name).is_file())
}

/// Where each table is.
pub(in crate::export) type Place = [(u64, usize); 4];

/// What a walk through the tables comes upon next.
pub(in crate::export) enum Next {
    /// The next step of a network.
    Record(NetworkKind, StepRecord),
    /// All tables are at their end.
    End,
    /// Some tables go on where another is at its end.
    Uneven,
}

/// Columns that every table begins with.
const STEP: usize = 0;
const NETWORK: usize = 1;

impl<'a> Tables<'a> {
    pub(in crate::export) fn open(folder: &Path, networks: &'a [Architecture], batch: usize) -> Result<Self, RunError> {
        let names = |network: &Architecture| network.layers.iter().map(|layer| layer.part.to_string()).collect();
        Ok(Self {
            networks,
            batch: batch as f64,
            metrics: TableReader::open(folder, TABLES[0], &METRIC_COLUMNS)?,
            gradients: TableReader::open(folder, TABLES[1], &GRADIENT_COLUMNS)?,
            edges: TableReader::open(folder, TABLES[2], &EDGE_COLUMNS)?,
            reuse: TableReader::open(folder, TABLES[3], &REUSE_COLUMNS)?,
            rows: networks.iter().map(names).collect(),
            last_steps: vec![0; networks.len()],
        })
    }

    /// Whether a table had not been finished.
    pub(super) fn partial(&self) -> bool {
        [&self.metrics, &self.gradients, &self.edges, &self.reuse].iter().any(|table| table.partial)
    }

    /// Where it is, to come back to.
    pub(in crate::export) fn mark(&self) -> Place {
        [&self.metrics, &self.gradients, &self.edges, &self.reuse].map(TableReader::place)
    }

    /// Goes back to a place before rows that were not there yet, and whether the tables are still those that were begun, as far as they were read.
    pub(in crate::export) fn look_again(&mut self, folder: &Path, place: Place) -> Result<bool, RunError> {
        let tables = [&mut self.metrics, &mut self.gradients, &mut self.edges, &mut self.reuse];
        for ((table, place), name) in tables.into_iter().zip(place).zip(TABLES) {
            if !table.is_as_it_was(folder, name, place)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The last step of each network so far.
    pub(in crate::export) fn last_steps(&self) -> &[usize] {
        &self.last_steps
    }

    /// The last step of any network so far.
    pub(in crate::export) fn last_step(&self) -> usize {
        self.last_steps.iter().copied().max().unwrap_or(0)
    }

    /// The next record.
    pub(in crate::export) fn next(&mut self) -> Result<Next, RunError> {
        if self.metrics.at_end() {
            let ended = [&self.metrics, &self.gradients, &self.edges, &self.reuse];
            let even = ended.iter().all(|table| table.at_end() && !table.cut_short);
            return Ok(if even { Next::End } else { Next::Uneven });
        }
        let (step, index) = self.key(&self.metrics)?;
        let last = self.last_steps[index];
        if step <= last {
            return Err(self.metrics.wrong(STEP, format!("a step after {last}, the last one of the network")));
        }
        let mut record = self.metric(step)?;
        let Some(layers) = self.layers(step, index)? else { return Ok(Next::Uneven) };
        let Some(edges) = self.edges(step, index)? else { return Ok(Next::Uneven) };
        let Some(reuse) = self.reuse(step, index)? else { return Ok(Next::Uneven) };
        record.figures = StepFigures { layers, edges, reuse, measured: Vec::new() };
        self.last_steps[index] = step;
        self.metrics.advance()?;
        Ok(Next::Record(self.networks[index].kind, record))
    }

    /// The step and the network of the line that a table is at.
    fn key(&self, table: &TableReader) -> Result<(usize, usize), RunError> {
        let step = table.whole(STEP)?;
        let index = table.text(NETWORK).and_then(|name| self.networks.iter().position(|own| own.kind.name() == name));
        let index = index.ok_or_else(|| {
            let names: Vec<&str> = self.networks.iter().map(|network| network.kind.name()).collect();
            table.wrong(NETWORK, format!("{}, the networks of run.toml", names.join(", ")))
        })?;
        Ok((step, index))
    }

    /// Whether the line that a table is at belongs to that step of that network. A line of an earlier step is refused.
    fn belongs(&self, table: &TableReader, step: usize, index: usize) -> Result<bool, RunError> {
        if table.at_end() {
            return Ok(false);
        }
        let (found_step, found_index) = self.key(table)?;
        if found_step < step {
            return Err(table.wrong(STEP, format!("{step} or more, the step that metrics.csv is at")));
        }
        Ok((found_step, found_index) == (step, index))
    }

    fn metric(&self, step: usize) -> Result<StepRecord, RunError> {
        let table = &self.metrics;
        let validation = match (table.number_or_nothing(5)?, table.number_or_nothing(6)?) {
            (Some(loss), Some(accuracy)) => Some(Evaluation { loss, accuracy }),
            (None, None) => None,
            (Some(_), None) => return Err(table.wrong(6, "a number beside that of validation_loss".to_owned())),
            (None, Some(_)) => return Err(table.wrong(5, "a number beside that of validation_accuracy".to_owned())),
        };
        Ok(StepRecord {
            step,
            learning_rate: table.number(2)?,
            train_loss: table.number(3)?,
            train_accuracy: table.number(4)?,
            validation,
            seconds: self.batch / table.number(7)?,
            figures: StepFigures::default(),
        })
    }

    /// The figures of every row of the network; nothing where the table ends.
    fn layers(&mut self, step: usize, index: usize) -> Result<Option<Vec<LayerFigures>>, RunError> {
        let mut layers = Vec::with_capacity(self.rows[index].len());
        for name in &self.rows[index] {
            let table = &self.gradients;
            if table.at_end() && (layers.is_empty() || table.partial) {
                return Ok(None);
            }
            let expected = || format!("{name} of {} at step {step}", self.networks[index].kind);
            if table.at_end() {
                return Err(table.damaged(None, "the end of the table".to_owned(), expected()));
            }
            if !self.belongs(table, step, index)? {
                let found = format!(
                    "step {} of {}",
                    table.text(STEP).unwrap_or_default(),
                    table.text(NETWORK).unwrap_or_default()
                );
                return Err(table.damaged(None, found, expected()));
            }
            if table.text(2) != Some(name) {
                return Err(
                    table.wrong(2, format!("{name}, the next row of the {} network", self.networks[index].kind))
                );
            }
            layers.push(LayerFigures {
                weight_grad_norm: table.number(3)?,
                weight_norm: table.number(4)?,
                activation_grad_norm: table.number(5)?,
            });
            self.gradients.advance()?;
        }
        Ok(Some(layers))
    }

    /// Gradient by connection, where it was read at that step; nothing where the table ends within it.
    fn edges(&mut self, step: usize, index: usize) -> Result<Option<Vec<Edge>>, RunError> {
        let mut edges = Vec::new();
        if !self.belongs(&self.edges, step, index)? {
            return Ok(Some(edges));
        }
        let network = &self.networks[index];
        match network.kind.merge() {
            Merge::Append => {
                for [block, layer, source] in connections(&network.spec.blocks) {
                    let place = [block.to_string(), layer.to_string(), source.to_string()];
                    let Some(grad_norm) = self.edge(step, index, &place)? else { return Ok(None) };
                    edges.push(Edge::Dense { block, layer, source, grad_norm });
                }
            }
            Merge::Add | Merge::Replace => {
                for (block, &layers) in (1..).zip(&network.spec.blocks) {
                    for layer in 1..=layers {
                        let [block_name, layer_name] = [block, layer].map(|number: usize| number.to_string());
                        let place = [block_name.clone(), layer_name.clone(), "identity".to_owned()];
                        let Some(identity_grad_norm) = self.edge(step, index, &place)? else { return Ok(None) };
                        let place = [block_name, layer_name, "branch".to_owned()];
                        let Some(branch_grad_norm) = self.edge(step, index, &place)? else { return Ok(None) };
                        edges.push(Edge::Baseline { block, layer, identity_grad_norm, branch_grad_norm });
                    }
                }
            }
        }
        Ok(Some(edges))
    }

    fn edge(&mut self, step: usize, index: usize, place: &[String; 3]) -> Result<Option<f64>, RunError> {
        let value = self.connection(&self.edges, step, index, place)?;
        self.edges.advance()?;
        Ok(value)
    }

    /// The weight laid on each source, where it was read at that step; nothing where the table ends within it.
    fn reuse(&mut self, step: usize, index: usize) -> Result<Option<Vec<Reuse>>, RunError> {
        let mut reuse = Vec::new();
        if !self.belongs(&self.reuse, step, index)? {
            return Ok(Some(reuse));
        }
        if !self.networks[index].kind.merge().keeps_sources() {
            return Err(self.reuse.wrong(NETWORK, "dense, the only network that has it".to_owned()));
        }
        for [block, layer, source] in connections(&self.networks[index].spec.blocks) {
            let place = [block, layer, source].map(|number| number.to_string());
            let Some(mean_abs_weight) = self.connection(&self.reuse, step, index, &place)? else { return Ok(None) };
            reuse.push(Reuse { block, layer, source, mean_abs_weight });
            self.reuse.advance()?;
        }
        Ok(Some(reuse))
    }

    /// The number of a connection that a table must be at; nothing where a table that was still being written ends.
    fn connection(
        &self,
        table: &TableReader,
        step: usize,
        index: usize,
        place: &[String; 3],
    ) -> Result<Option<f64>, RunError> {
        let [block, layer, source] = place;
        let expected =
            || format!("block {block}, layer {layer}, source {source} of {} at step {step}", self.networks[index].kind);
        if table.at_end() {
            if table.partial {
                return Ok(None);
            }
            return Err(table.damaged(None, "the end of the table".to_owned(), expected()));
        }
        let belongs = self.belongs(table, step, index)?;
        let found: Vec<&str> = (STEP..5).map(|column| table.text(column).unwrap_or_default()).collect();
        if !belongs || found[2..] != place[..] {
            let found = format!(
                "block {}, layer {}, source {} of {} at step {}",
                found[2], found[3], found[4], found[1], found[0]
            );
            return Err(table.damaged(None, found, expected()));
        }
        table.number(5).map(Some)
    }
}

/// Block, reader and source of every connection of dense blocks, in the order in which they are written.
fn connections(blocks: &[usize]) -> impl Iterator<Item = [usize; 3]> {
    (1..).zip(blocks).flat_map(|(block, &layers)| {
        (1..=layers + 1).flat_map(move |layer| (0..layer).map(move |source| [block, layer, source]))
    })
}
