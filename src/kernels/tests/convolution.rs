//! BN-ReLU-convolution against the reference, for every instruction set of the machine.

use proptest::prelude::*;

use super::reference::{
    Images, Norm, Numbers, convolve, convolve_backward, difference, every_instructions, gradient, images,
    move_off_the_bend, normalize_backward, relu, relu_backward, shift_off_the_bend, wide,
};
use crate::convolution::Convolution;
use crate::plan::Kernel;
use crate::reading::{self, NormSettings, Reading};
use crate::segment::ChannelStatistics;

#[derive(Clone, Copy, Debug)]
enum Normalized {
    No,
    ByBatch,
    Fixed,
}

#[derive(Clone, Debug)]
struct Case {
    /// Channels of the segments read.
    reads: Vec<usize>,
    makes: usize,
    kernel: usize,
    batch: usize,
    height: usize,
    width: usize,
    norm: Normalized,
    add: bool,
    /// How large the values are, and how far from zero.
    scale: f32,
    offset: f32,
    /// How large the gradient of the channels made is.
    slope: f32,
    /// Makes the first channel the same everywhere.
    flat: bool,
    seed: u64,
}

fn cases() -> impl Strategy<Value = Case> {
    let shape = (prop::collection::vec(1..67_usize, 1..4), 1..=200_usize, prop::sample::select(vec![1, 3]));
    let small = (prop::collection::vec(1..9_usize, 1..3), 1..14_usize, prop::sample::select(vec![1, 3]));
    let shape = prop_oneof![1 => shape, 3 => small];
    let size = (1..=64_usize, 1..=33_usize, 1..=33_usize);
    let norm = prop::sample::select(vec![Normalized::No, Normalized::ByBatch, Normalized::ByBatch, Normalized::Fixed]);
    // Of the values and of the gradient: ordinary, large and tiny ones.
    let sizes =
        vec![(1.0, 1.0), (1.0, 1.0), (1e4, 1.0), (1e-4, 1.0), (1.0, 1e-25), (1e-20, 1.0), (1.0, 1e22), (1e10, 1e-20)];
    let values = (prop::sample::select(sizes), prop::sample::select(vec![0.0, 0.0, 3.0_f32]));
    let switches = (any::<bool>(), prop::bool::weighted(0.2), any::<u64>());
    (shape, size, norm, values, switches).prop_map(
        |((reads, makes, kernel), (batch, height, width), norm, ((scale, slope), offset), (add, flat, seed))| {
            // The reference is slow: as many images as make a million multiplications.
            let each = reads.iter().sum::<usize>() * makes * kernel * kernel * height * width;
            let batch = batch.min((1_000_000 / each).max(1));
            Case { reads, makes, kernel, batch, height, width, norm, add, scale, offset, slope, flat, seed }
        },
    )
}

#[expect(clippy::too_many_lines, reason = "one case from numbers to verdict, in order")]
fn check(case: &Case) {
    let reads: usize = case.reads.iter().sum();
    let mut random = Numbers::new(case.seed);
    let shape = |channels| [case.batch, channels, case.height, case.width];
    let pixels = case.batch * case.height * case.width;
    let mut values = random.take(reads * pixels);
    for x in &mut values {
        *x = (*x + case.offset) * case.scale;
    }
    move_off_the_bend(&mut values, case.scale);
    let mut x = Images::new(shape(reads), &values);
    if case.flat {
        for (at, channel) in x.places() {
            if channel == 0 {
                x.numbers[at] = f64::from(0.7 * case.scale);
            }
        }
    }
    let gamma: Vec<f32> = random.take(reads).iter().map(|x| x + 1.5).collect();
    let mut beta: Vec<f32> = random.take(reads).iter().map(|x| 0.3 * x + 0.1).collect();
    let fixed: Vec<(f32, f32)> = random.take(reads).iter().map(|x| (x * case.scale, case.scale.powi(2))).collect();
    let weights = random.take(case.makes * reads * case.kernel * case.kernel);
    let base = Images::new(shape(case.makes), &random.take(case.makes * pixels));
    let along: Vec<f32> = random.take(case.makes * pixels).iter().map(|x| x * case.slope).collect();
    let along = Images::new(shape(case.makes), &along);

    let fixed = matches!(case.norm, Normalized::Fixed).then_some(fixed.as_slice());
    let before = match case.norm {
        Normalized::No => x.clone(),
        Normalized::ByBatch | Normalized::Fixed => shift_off_the_bend(&x, &gamma, &mut beta, fixed),
    };
    let norm = norm_given(case).then_some(Norm { gamma: &gamma, beta: &beta, fixed });
    let after = relu(&before);
    let mut y = convolve(&after, &weights, case.makes, case.kernel);
    if case.add {
        y.numbers.iter_mut().zip(&base.numbers).for_each(|(y, base)| *y += base);
    }
    let (da, dw) = convolve_backward(&after, &weights, case.kernel, &along);
    let (dx, dgamma, dbeta) = normalize_backward(&x, norm.as_ref(), &relu_backward(&before, &da));

    for instructions in every_instructions() {
        let mut from = 0;
        let segments: Vec<_> = case
            .reads
            .iter()
            .map(|channels| {
                let part = take_channels(&x, from, *channels);
                from += channels;
                part.segment()
            })
            .collect();
        let statistics = |(mean, variance): &(f32, f32)| ChannelStatistics { mean: *mean, variance: *variance };
        let norm = norm.as_ref().map(|norm| reading::Norm {
            gamma: gamma.clone(),
            beta: beta.clone(),
            settings: NormSettings {
                fixed: norm.fixed.map(|fixed| fixed.iter().map(statistics).collect()),
                epsilon: 1e-5,
            },
        });
        let reading = Reading::new(segments.clone(), norm, true);
        let base_segment = base.segment();
        let convolution = Convolution {
            instructions,
            reading: &reading,
            weights: &weights,
            makes: case.makes,
            kernel: Kernel::of_size(case.kernel).unwrap(),
            base: case.add.then_some(&base_segment),
        };
        let made = convolution.forward(true);
        let close = |what: &str, found: &[f64], expected: &[f64]| {
            let apart = difference(found, expected);
            assert!(apart < 1e-4, "{what} with {instructions:?}: {apart:.1e} apart\n{case:?}");
        };
        close("y", &images(&made).numbers, &y.numbers);
        let means: Vec<f64> = y.sums(|at| y.numbers[at]).iter().map(|sum| sum / pixels as f64).collect();
        let [_, channels, height, width] = y.shape;
        let away = |at: usize| (y.numbers[at] - means[at / (height * width) % channels]).powi(2);
        let variances: Vec<f64> = y.sums(away).iter().map(|sum| sum / pixels as f64).collect();
        let largest = y.numbers.iter().fold(0.0, |most: f64, y| most.max(y.abs()));
        for (found, (mean, variance)) in made.statistics.iter().zip(means.iter().zip(&variances)) {
            assert!(
                (f64::from(found.mean) - mean).abs() <= 1e-5 * largest,
                "mean {} {mean} {largest} {case:?}",
                found.mean
            );
            // A variance this small is nothing beside ε.
            let tolerance = 1e-5 * largest.powi(2) + 1e-30;
            assert!((f64::from(found.variance) - variance).abs() <= tolerance, "{case:?}");
        }

        made.return_gradient(buffer_of(&along));
        let told = convolution.backward(&made, true);
        close("dW", &wide(&told.weights), &dw);
        close("squares of dy", &told.squares, &along.squares());
        let through = told.reading.expect("asked for");
        let flat_norm = case.flat && case.norm_by_batch();
        let found: Vec<Images> = segments.iter().map(|segment| gradient(segment)).collect();
        let mut from = 0;
        for found in &found {
            let channels = found.shape[1];
            let expected = take_channels(&dx, from, channels);
            // A channel without variance has a gradient 300 times as large as the others, and pure cancellation.
            let tolerance = if flat_norm { 3e-3 } else { 1e-4 };
            let largest = dx.numbers.iter().fold(0.0, |most: f64, x| most.max(x.abs()));
            for (found, expected) in found.numbers.iter().zip(&expected.numbers) {
                assert!(
                    (found - expected).abs() <= tolerance * largest,
                    "dx with {instructions:?}: {found} {expected}\n{case:?}"
                );
            }
            from += channels;
        }
        if norm_given(case) {
            close("dγ", &wide(&through.gamma), &dgamma);
            close("dβ", &wide(&through.beta), &dbeta);
        }
        if !flat_norm {
            close("squares of dx", &through.squares, &dx.squares());
        }
        if case.add {
            close("the identity's part", &gradient(&base_segment).numbers, &along.numbers);
        }
    }
}

impl Case {
    fn norm_by_batch(&self) -> bool {
        matches!(self.norm, Normalized::ByBatch)
    }
}

fn norm_given(case: &Case) -> bool {
    !matches!(case.norm, Normalized::No)
}

fn take_channels(images: &Images, from: usize, channels: usize) -> Images {
    let [batch, all, height, width] = images.shape;
    let numbers = images.places().filter(|(at, _)| {
        let channel = at / (height * width) % all;
        (from..from + channels).contains(&channel)
    });
    let numbers = numbers.map(|(at, _)| images.numbers[at]).collect();
    Images { shape: [batch, channels, height, width], numbers }
}

fn buffer_of(images: &Images) -> crate::buffer::Buffer {
    let segment = images.segment();
    let mut buffer = crate::buffer::Buffer::new(segment.values.len());
    buffer.copy_from_slice(&segment.values);
    buffer
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn layers_of_any_shape_agree_with_the_reference(case in cases()) {
        check(&case);
    }
}

fn network_layer(seed: u64) -> Case {
    Case {
        reads: vec![6, 5],
        makes: 9,
        kernel: 3,
        batch: 3,
        height: 14,
        width: 14,
        norm: Normalized::ByBatch,
        add: true,
        scale: 1.0,
        offset: 0.0,
        slope: 1.0,
        flat: false,
        seed,
    }
}

#[test]
fn the_largest_and_the_smallest_shapes_agree_with_the_reference() {
    let largest = Case { reads: vec![200], makes: 40, kernel: 1, batch: 1, height: 33, width: 33, ..network_layer(1) };
    let smallest =
        Case { reads: vec![1], makes: 1, batch: 1, height: 1, width: 1, norm: Normalized::No, ..network_layer(2) };
    let narrow = Case { reads: vec![2], batch: 64, height: 1, width: 33, ..network_layer(3) };
    let many = Case { reads: vec![3], makes: 4, batch: 64, height: 7, width: 7, ..network_layer(4) };
    let widest =
        Case { reads: vec![100, 100], makes: 200, kernel: 1, batch: 2, height: 4, width: 3, ..network_layer(6) };
    for case in [largest, smallest, narrow, many, network_layer(5), widest] {
        check(&case);
    }
}

#[test]
fn gradients_whose_squares_single_precision_cannot_hold_have_norms() {
    for slope in [1e-30, 1e-22, 1e-15, 1e20] {
        // Few pixels, whose sums are in double precision anyway, and many.
        for (seed, side) in [(21, 14), (22, 33)] {
            check(&Case {
                slope,
                height: side,
                width: side,
                batch: 5,
                reads: vec![3],
                makes: 4,
                ..network_layer(seed)
            });
        }
    }
}

#[test]
fn the_same_bits_come_out_of_one_two_and_three_threads() {
    let mut random = Numbers::new(11);
    let shape = [9, 13, 28, 28];
    let x = Images::new(shape, &random.take(shape.iter().product()));
    let weights = random.take(10 * 13 * 9);
    let along = Images::new([9, 10, 28, 28], &random.take(9 * 10 * 28 * 28));
    let bits = |threads: usize, instructions| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let segment = x.segment();
            let norm = reading::Norm {
                gamma: vec![1.0; 13],
                beta: vec![0.1; 13],
                settings: NormSettings { fixed: None, epsilon: 1e-5 },
            };
            let reading = Reading::new(vec![segment.clone()], Some(norm), true);
            let kernel = Kernel::Three;
            let convolution =
                Convolution { instructions, reading: &reading, weights: &weights, makes: 10, kernel, base: None };
            let made = convolution.forward(true);
            made.return_gradient(buffer_of(&along));
            let told = convolution.backward(&made, true);
            let through = told.reading.unwrap();
            let mut all: Vec<u64> = images(&made).numbers.iter().map(|x| x.to_bits()).collect();
            all.extend(gradient(&segment).numbers.iter().map(|x| x.to_bits()));
            all.extend(told.squares.iter().chain(&through.squares).map(|x| x.to_bits()));
            let numbers = [told.weights, through.gamma, through.beta];
            all.extend(numbers.iter().flatten().map(|x| u64::from(x.to_bits())));
            all
        })
    };
    for instructions in every_instructions() {
        let one = bits(1, instructions);
        for threads in [1, 2, 3] {
            assert!(bits(threads, instructions) == one, "{threads} threads with {instructions:?}");
        }
    }
}
