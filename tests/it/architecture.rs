//! The architecture against the real networks, for any valid configuration.

use burn::tensor::{Device, Tensor};
use densescope::arch::{
    Architecture, Compression, ImageShape, Input, NetworkKind, NetworkSpec, Normalization, Part, ResidualStart, Stem,
    Width, WidthRule,
};
use densescope::config::{Backend, RunConfig, TrainingConfig};
use densescope::data::Batch;
use densescope::model::tap::{Place, Recorder};
use densescope::model::weights::parameter_count;
use densescope::model::{Network, Pass, device};
use densescope::telemetry::MeasuredChannels;
use densescope::training::{Session, Threads};
use proptest::prelude::*;

fn specs() -> impl Strategy<Value = NetworkSpec> {
    (
        prop::collection::vec(1..4_usize, 1..4),
        prop::bool::ANY,
        1..9_usize,
        1..6_usize,
        prop::bool::ANY,
        1..=100_u32,
        prop::bool::ANY,
        4..24_u32,
    )
        .prop_map(|(blocks, small_stem, k0, growth, bottleneck, percent, batch_norm, quarters)| NetworkSpec {
            blocks,
            stem: if small_stem { Stem::ThreeByThree } else { Stem::SevenBySeven },
            k0,
            growth,
            bottleneck,
            compression: Compression { percent },
            normalization: if batch_norm { Normalization::Batch } else { Normalization::None },
            baseline_width: WidthRule::Fixed(Width::from_quarters(quarters).unwrap()),
            dropout_percent: 0,
            residual_start: ResidualStart::He,
        })
}

fn inputs() -> impl Strategy<Value = Input> {
    (1..4_usize, 4..20_usize, 4..20_usize, 1..7_usize)
        .prop_map(|(channels, height, width, classes)| Input { image: ImageShape { channels, height, width }, classes })
}

/// Shapes of all outputs of a real forward and backward pass.
fn shapes(architecture: &Architecture, device: &Device) -> Vec<(Part, Vec<usize>)> {
    let ImageShape { channels, height, width } = architecture.input.image;
    let network = Network::new(architecture, 1, device);
    let recorder = Recorder::new();
    let images = Tensor::<4>::ones([2, channels, height, width], device);
    network.forward(images, &Pass::training(Backend::Flex).overheard_by(recorder.clone(), true)).sum().backward();
    let shape_of = |part| recorder.heard(Place::Output(part)).expect("a gradient passed every output").shape;
    architecture.layers.iter().map(|layer| (layer.part, shape_of(layer.part))).collect()
}

/// The channels that a training step of two images counts on its tensors.
fn measured(architecture: &Architecture, backend: Backend, threads: &Threads) -> Vec<MeasuredChannels> {
    let config = TrainingConfig { backend, ..RunConfig::default().training };
    let shape = architecture.input.image;
    let batch = Batch { images: vec![0.5; 2 * shape.values()], labels: vec![0; 2], shape };
    Session::new(architecture, &config, 1, threads).step(&batch, 0.1, true).figures.measured
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn channels_counted_on_the_tensors_are_those_of_the_formula(spec in specs(), input in inputs(), drops in prop::bool::ANY) {
        let threads = Threads::new(2).unwrap();
        let spec = NetworkSpec { dropout_percent: if drops { 20 } else { 0 }, ..spec };
        for kind in NetworkKind::ALL {
            let Ok(architecture) = Architecture::new(kind, &spec, input) else { continue };
            let expected: Vec<_> = architecture.layers.iter()
                .map(|layer| MeasuredChannels { reads: layer.reads, makes: layer.makes, carries: layer.carries })
                .collect();
            for backend in [Backend::Flex, Backend::Ndarray] {
                prop_assert_eq!(&measured(&architecture, backend, &threads), &expected, "{:?} of {:?}", kind, backend);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn every_real_activation_and_the_parameter_count_are_those_of_the_architecture(spec in specs(), input in inputs()) {
        let device = device(Backend::Flex).autodiff();
        for kind in NetworkKind::ALL {
            let Ok(architecture) = Architecture::new(kind, &spec, input) else {
                continue; // too small for its transitions
            };
            for ((part, shape), layer) in shapes(&architecture, &device).into_iter().zip(&architecture.layers) {
                let expected = match part {
                    Part::Classifier => vec![2, layer.makes],
                    Part::Stem | Part::Layer { .. } | Part::Transition { .. } => vec![2, layer.makes, layer.height, layer.width],
                };
                prop_assert_eq!(shape, expected, "{} of {:?}", part, kind);
            }
            let mut network = Network::new(&architecture, 1, &device);
            prop_assert_eq!(parameter_count(&mut network), architecture.parameters());
        }
    }

    #[test]
    fn layers_hand_on_what_the_next_one_reads_and_their_costs_sum_to_the_total(spec in specs(), input in inputs()) {
        for kind in NetworkKind::ALL {
            let Ok(network) = Architecture::new(kind, &spec, input) else { continue };
            for pair in network.layers.windows(2) {
                prop_assert_eq!(pair[0].carries, pair[1].reads);
            }
            let convolutions: u64 = network.layers.iter().flat_map(|layer| &layer.convolutions)
                .map(|convolution| (convolution.reads * convolution.makes * convolution.kernel.pow(2) * convolution.height * convolution.width) as u64)
                .sum();
            let classifier = network.layers.last().unwrap();
            prop_assert_eq!(network.multiply_adds(), convolutions + (classifier.reads * classifier.makes) as u64);
        }
    }

    #[test]
    fn a_matched_width_costs_nearest_of_all_quarters(spec in specs(), input in inputs(), by_parameters in prop::bool::ANY) {
        let rule = if by_parameters { WidthRule::MatchParameters } else { WidthRule::MatchMultiplyAdds };
        let cost = if by_parameters { Architecture::parameters } else { Architecture::multiply_adds };
        let spec = NetworkSpec { baseline_width: rule, ..spec };
        let Ok(dense) = Architecture::new(NetworkKind::Dense, &spec, input) else { return Ok(()) };
        let target = cost(&dense);
        let matched = Architecture::new(NetworkKind::Residual, &spec, input).unwrap().width.unwrap();
        let nearest = (4..400)
            .map(|quarters| Width::from_quarters(quarters).unwrap())
            .min_by_key(|&width| {
                let spec = NetworkSpec { baseline_width: WidthRule::Fixed(width), ..spec.clone() };
                cost(&Architecture::new(NetworkKind::Residual, &spec, input).unwrap()).abs_diff(target)
            });
        prop_assert_eq!(Some(matched), nearest, "the first of those equally near is the smallest");
    }
}
