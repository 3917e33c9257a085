//! The names of a network's numbers, with a hand on each.

use burn::module::Param;
use burn::optim::GradientsParams;
use burn::tensor::{Tensor, TensorData};

use crate::model::norm::Running;

/// Every number of a network by its name in files, in the order in which data flows.
pub(in crate::model) struct Entries<'a> {
    list: Vec<Entry<'a>>,
}

/// One tensor of a network.
pub(in crate::model) struct Entry<'a> {
    /// Its name in files.
    pub(super) name: String,
    slot: Slot<'a>,
}

enum Slot<'a> {
    Kernel(&'a mut Param<Tensor<4>>),
    Matrix(&'a mut Param<Tensor<2>>),
    Vector(&'a mut Param<Tensor<1>>),
    RunningMean(Running),
    RunningVariance(Running),
}

impl<'a> Entries<'a> {
    pub(in crate::model) const fn new() -> Self {
        Self { list: Vec::new() }
    }

    pub(in crate::model) fn kernel(&mut self, name: String, kernel: &'a mut Param<Tensor<4>>) {
        self.list.push(Entry { name, slot: Slot::Kernel(kernel) });
    }

    pub(in crate::model) fn matrix(&mut self, name: String, matrix: &'a mut Param<Tensor<2>>) {
        self.list.push(Entry { name, slot: Slot::Matrix(matrix) });
    }

    pub(in crate::model) fn vector(&mut self, name: String, vector: &'a mut Param<Tensor<1>>) {
        self.list.push(Entry { name, slot: Slot::Vector(vector) });
    }

    pub(in crate::model) fn running(&mut self, path: &str, running: &Running) {
        let (mean, variance) = (format!("{path}.running_mean"), format!("{path}.running_var"));
        self.list.push(Entry { name: mean, slot: Slot::RunningMean(running.clone()) });
        self.list.push(Entry { name: variance, slot: Slot::RunningVariance(running.clone()) });
    }

    pub(in crate::model) fn list(&self) -> &[Entry<'a>] {
        &self.list
    }

    pub(in crate::model) fn list_mut(&mut self) -> &mut [Entry<'a>] {
        &mut self.list
    }
}

impl Entry<'_> {
    /// Its sides.
    pub(super) fn shape(&self) -> Vec<usize> {
        match &self.slot {
            Slot::Kernel(kernel) => kernel.dims().to_vec(),
            Slot::Matrix(matrix) => matrix.dims().to_vec(),
            Slot::Vector(vector) => vector.dims().to_vec(),
            Slot::RunningMean(running) => vec![running.with(|running| running.mean.len())],
            Slot::RunningVariance(running) => vec![running.with(|running| running.variance.len())],
        }
    }

    /// Its numbers, the last side fastest.
    pub(super) fn values(&self) -> Vec<f32> {
        match &self.slot {
            Slot::Kernel(kernel) => read(kernel),
            Slot::Matrix(matrix) => read(matrix),
            Slot::Vector(vector) => read(vector),
            Slot::RunningMean(running) => running.with(|running| running.mean.clone()),
            Slot::RunningVariance(running) => running.with(|running| running.variance.clone()),
        }
    }

    /// Whether training learns it; running statistics are observed instead.
    pub(super) const fn is_parameter(&self) -> bool {
        match &self.slot {
            Slot::Kernel(_) | Slot::Matrix(_) | Slot::Vector(_) => true,
            Slot::RunningMean(_) | Slot::RunningVariance(_) => false,
        }
    }

    /// Lets a rule move a parameter, given its gradient; what has none stays.
    pub(super) fn update(&mut self, gradients: &mut GradientsParams, rule: impl FnOnce(&mut [f32], &[f32])) {
        match &mut self.slot {
            Slot::Kernel(kernel) => update(kernel, gradients, rule),
            Slot::Matrix(matrix) => update(matrix, gradients, rule),
            Slot::Vector(vector) => update(vector, gradients, rule),
            Slot::RunningMean(_) | Slot::RunningVariance(_) => {}
        }
    }

    /// Takes new numbers, as many as there are.
    pub(super) fn assign(&mut self, values: Vec<f32>) {
        match &mut self.slot {
            Slot::Kernel(kernel) => write(kernel, values),
            Slot::Matrix(matrix) => write(matrix, values),
            Slot::Vector(vector) => write(vector, values),
            Slot::RunningMean(running) => running.with(|running| running.mean = values),
            Slot::RunningVariance(running) => running.with(|running| running.variance = values),
        }
    }
}

fn update<const D: usize>(
    param: &mut Param<Tensor<D>>,
    gradients: &mut GradientsParams,
    rule: impl FnOnce(&mut [f32], &[f32]),
) {
    if let Some(gradient) = gradients.remove::<D>(param.id) {
        let mut values = read(param);
        rule(&mut values, &numbers(gradient));
        write(param, values);
    }
}

fn read<const D: usize>(param: &Param<Tensor<D>>) -> Vec<f32> {
    numbers(param.val())
}

fn numbers<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
    tensor.into_data().try_into_vec().expect("networks compute in single precision")
}

fn write<const D: usize>(param: &mut Param<Tensor<D>>, values: Vec<f32>) {
    let (shape, device) = (param.dims(), param.val().device());
    *param = Param::from_data(TensorData::new(values, shape), &device);
}
