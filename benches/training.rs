//! What a training step is made of, in milliseconds: `cargo bench`.
//!
//! For a comparison with another program on the same machine use `densescope bench`, in turn with it.

use std::sync::Arc;

use burn::tensor::module::{batch_norm_train, conv2d};
use burn::tensor::ops::ConvOptions;
use burn::tensor::{Device, Tensor, TensorData, activation::relu};
use densescope::arch::{Architecture, ImageShape, Input, NetworkKind, PRESETS, Preset};
use densescope::config::{Backend, LoadedConfig, Plan, RunConfig};
use densescope::data::{Batches, DataSet, Source, describe, load};
use densescope::kernels::{Convolve, FeatureMaps, GradientHooks, InstructionSet, Merge, Normalization};
use densescope::model::tap::Recorder;
use densescope::model::{Network, Pass, device};
use densescope::training::{Control, Session, Threads, run};
use divan::{Bencher, black_box};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

/// Batch of every benchmark.
const BATCH: usize = 32;

/// BN-ReLU-convolution: reads, makes, kernel, side.
const CONVOLUTIONS: [(usize, usize, usize, usize); 6] =
    [(32, 32, 1, 28), (32, 8, 3, 28), (6, 6, 3, 28), (64, 48, 1, 32), (48, 12, 3, 32), (48, 12, 3, 8)];

fn numbers(count: usize) -> Vec<f32> {
    (0..count).map(|index| ((index * 7919) % 1000) as f32 / 500.0 - 1.0).collect()
}

fn tensor<const D: usize>(shape: [usize; D], device: &Device) -> Tensor<D> {
    Tensor::from_data(TensorData::new(numbers(shape.iter().product()), shape), device)
}

struct Parts {
    x: Tensor<4>,
    gamma: Tensor<1>,
    beta: Tensor<1>,
    weight: Tensor<4>,
}

fn parts((reads, makes, kernel, side): (usize, usize, usize, usize)) -> Parts {
    let device = device(Backend::Flex).autodiff();
    Parts {
        x: tensor([BATCH, reads, side, side], &device).require_grad(),
        gamma: Tensor::ones([reads], &device).require_grad(),
        beta: Tensor::zeros([reads], &device).require_grad(),
        weight: tensor([makes, reads, kernel, kernel], &device).require_grad(),
    }
}

/// Forward and backward through our kernels, the way in and out of their layout included.
#[divan::bench(args = CONVOLUTIONS)]
fn layer_by_kernels(bencher: Bencher, shape: (usize, usize, usize, usize)) {
    layer(bencher, shape, InstructionSet::current());
}

/// The same by every instruction set of this machine, with the second shape.
#[divan::bench(args = InstructionSet::available())]
fn layer_by_instruction_set(bencher: Bencher, instructions: InstructionSet) {
    layer(bencher, CONVOLUTIONS[1], instructions);
}

fn layer(bencher: Bencher, shape: (usize, usize, usize, usize), instructions: InstructionSet) {
    let threads = Threads::new(Threads::per_core()).unwrap();
    let Parts { x, gamma, beta, weight } = parts(shape);
    bencher.bench_local(|| {
        threads.work(|| {
            let norm = Normalization { gamma: gamma.clone(), beta: beta.clone(), epsilon: 1e-5, fixed: None };
            let layer = Convolve {
                norm: Some(norm),
                relu: true,
                weight: weight.clone(),
                merge: Merge::Replace,
                hooks: GradientHooks::default(),
            };
            let y = FeatureMaps::with_instructions(x.clone(), None, instructions).convolve(layer).into_tensor();
            black_box(y.sum().backward());
        });
    });
}

/// The same through burn's stock operations.
#[divan::bench(args = CONVOLUTIONS)]
fn layer_by_stock_operations(bencher: Bencher, shape: (usize, usize, usize, usize)) {
    let threads = Threads::new(Threads::per_core()).unwrap();
    let Parts { x, gamma, beta, weight } = parts(shape);
    let padding = [shape.2 / 2; 2];
    bencher.bench_local(|| {
        threads.work(|| {
            let x = relu(batch_norm_train(x.clone(), gamma.clone(), beta.clone(), 1e-5).output);
            let y = conv2d(x, weight.clone(), None, ConvOptions::new([1, 1], padding, [1, 1], 1));
            black_box(y.sum().backward());
        });
    });
}

fn classroom() -> (RunConfig, Arc<DataSet>, Input) {
    let config = RunConfig::default();
    let data = Arc::new(load(&Source::FashionMnist, 5000, 1000, 1).unwrap());
    let input = Input { image: data.shape, classes: data.class_names.len() };
    (config, data, input)
}

/// A whole step of the classroom networks; edges and reuse are read or not.
#[divan::bench(args = [(NetworkKind::Dense, false), (NetworkKind::Dense, true), (NetworkKind::Residual, false), (NetworkKind::Plain, false)])]
fn step(bencher: Bencher, (kind, with_connections): (NetworkKind, bool)) {
    let (config, data, input) = classroom();
    let architecture = Architecture::new(kind, &config.network, input).unwrap();
    let threads = Threads::new(Threads::per_core()).unwrap();
    let mut session = Session::new(&architecture, &config.training, 1, &threads);
    let batch = Batches::new(data, BATCH, 1).unwrap().next_batch();
    bencher.bench_local(|| black_box(session.step(&batch, 0.1, with_connections).loss));
}

/// Forward and backward of the classroom DenseNet: overheard by nobody, at every layer, at every connection.
#[divan::bench(args = [None, Some(false), Some(true)])]
fn probe(bencher: Bencher, overheard: Option<bool>) {
    let (config, _, input) = classroom();
    let device = device(Backend::Flex).autodiff();
    let network = Network::new(&Architecture::new(NetworkKind::Dense, &config.network, input).unwrap(), 1, &device);
    let ImageShape { channels, height, width } = input.image;
    let images = tensor([BATCH, channels, height, width], &device);
    let threads = Threads::new(Threads::per_core()).unwrap();
    bencher.bench_local(|| {
        threads.work(|| {
            let pass = Pass::training(Backend::Flex);
            let pass = match overheard {
                None => pass,
                Some(with_connections) => pass.overheard_by(Recorder::new(), with_connections),
            };
            black_box(network.forward(images.clone(), &pass).sum().backward());
        });
    });
}

/// The whole validation set.
#[divan::bench]
fn evaluation(bencher: Bencher) {
    let (config, data, input) = classroom();
    let architecture = Architecture::new(NetworkKind::Dense, &config.network, input).unwrap();
    let threads = Threads::new(Threads::per_core()).unwrap();
    let session = Session::new(&architecture, &config.training, 1, &threads);
    bencher.bench_local(|| black_box(session.evaluate(&data, || true)));
}

/// The architecture of every preset, with its matched baseline.
#[divan::bench(args = PRESETS.iter().map(|preset| preset.name))]
fn architecture(bencher: Bencher, name: &str) {
    let preset = Preset::named(name).unwrap();
    bencher.bench_local(|| {
        for kind in NetworkKind::ALL {
            black_box(Architecture::new(kind, &preset.spec(), preset.input).unwrap());
        }
    });
}

/// Four hundred steps of both classroom networks as the window trains them, while every layer's maps of an image are asked for, or not.
#[divan::bench(args = [false, true], sample_count = 6, sample_size = 1)]
fn four_hundred_steps_with_an_image_watched(bencher: Bencher, watched: bool) {
    let (mut config, data, _) = classroom();
    (config.training.steps, config.training.evaluate_every) = (400, 400);
    let loaded = LoadedConfig { config, ..LoadedConfig::default() };
    let plan = Plan::new(&loaded, &describe(&Source::FashionMnist).unwrap()).unwrap();
    let threads = Threads::new(Threads::per_core()).unwrap();
    bencher.bench_local(|| {
        let control = Control::new();
        control.watch(watched.then_some(0));
        let results = run(&plan, &data, &threads, &control, |_| Ok::<(), ()>(()));
        black_box(results.is_ok())
    });
}
