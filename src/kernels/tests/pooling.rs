//! Averages against the reference.

use proptest::prelude::*;

use super::reference::{
    Images, Norm, Numbers, difference, every_instructions, gradient, images, normalize, normalize_backward, relu,
    relu_backward, shift_off_the_bend, wide,
};
use crate::buffer::Buffer;
use crate::pooling::Average;
use crate::reading::{self, NormSettings, Reading, ReadingGradient};

/// What the reference makes of a gradient behind ReLU, and how far the room is from it.
fn check_gradient(told: &ReadingGradient, found: &Images, x: &Images, norm: &Norm<'_>, da: &Images) {
    let before = normalize(x, Some(norm));
    let (dx, dgamma, dbeta) = normalize_backward(x, Some(norm), &relu_backward(&before, da));
    assert!(difference(&found.numbers, &dx.numbers) < 1e-4, "dx");
    // Sums that may cancel are as exact as what they sum.
    let summed = da.sums(|at| da.numbers[at].abs()).into_iter().fold(1e-30, f64::max);
    let apart = |found: &[f32], expected: &[f64]| {
        wide(found).iter().zip(expected).map(|(found, expected)| (found - expected).abs()).fold(0.0, f64::max)
    };
    assert!(apart(&told.gamma, &dgamma) < 1e-5 * summed, "dγ");
    assert!(apart(&told.beta, &dbeta) < 1e-5 * summed, "dβ");
    assert!(difference(&told.squares, &dx.squares()) < 1e-4, "squares of dx");
}

fn check([batch, channels, height, width]: [usize; 4], (scale, slope): (f32, f32), flat: bool, seed: u64) {
    let mut random = Numbers::new(seed);
    let shape = [batch, channels, height, width];
    let scaled = |numbers: Vec<f32>, by: f32| numbers.iter().map(|x| x * by).collect::<Vec<_>>();
    let mut x = Images::new(shape, &scaled(random.take(shape.iter().product()), scale));
    if flat {
        for (at, _) in x.places().filter(|(_, channel)| *channel == 0) {
            x.numbers[at] = f64::from(0.7 * scale);
        }
    }
    let gamma: Vec<f32> = random.take(channels).iter().map(|x| x + 1.5).collect();
    let mut beta: Vec<f32> = random.take(channels).iter().map(|x| 0.3 * x + 0.1).collect();
    let before = shift_off_the_bend(&x, &gamma, &mut beta, None);
    let norm = Norm { gamma: &gamma, beta: &beta, fixed: None };
    let after = relu(&before);
    let half = [batch, channels, height / 2, width / 2];
    let (mut halved, along) =
        (Images::zeros(half), Images::new(half, &scaled(random.take(half.iter().product()), slope)));
    let mut da = Images::zeros(shape);
    let average_along = scaled(random.take(batch * channels), slope);
    let (mut averages, mut da_average) = (vec![0.0; batch * channels], Images::zeros(shape));
    for n in 0..batch {
        for c in 0..channels {
            for (y, x) in (0..height * width).map(|at| (at / width, at % width)) {
                let from = after.place(n, c, y, x);
                averages[n * channels + c] += after.numbers[from] / (height * width) as f64;
                da_average.numbers[from] = f64::from(average_along[n * channels + c]) / (height * width) as f64;
                if y / 2 < height / 2 && x / 2 < width / 2 {
                    let to = halved.place(n, c, y / 2, x / 2);
                    halved.numbers[to] += 0.25 * after.numbers[from];
                    da.numbers[from] = 0.25 * along.numbers[to];
                }
            }
        }
    }
    for instructions in every_instructions() {
        let segment = x.segment();
        let norm_read = reading::Norm {
            gamma: gamma.clone(),
            beta: beta.clone(),
            settings: NormSettings { fixed: None, epsilon: 1e-5 },
        };
        let reading = Reading::new(vec![segment.clone()], Some(norm_read), true);
        let average = Average { instructions, reading: &reading };
        assert!(difference(&wide(&average.images()), &averages) < 1e-5);
        let told = average.images_backward(&average_along);
        check_gradient(&told, &gradient(&segment), &x, &norm, &da_average);
        if height > 1 && width > 1 {
            let made = average.halves();
            assert!(difference(&images(&made).numbers, &halved.numbers) < 1e-5);
            let planes = along.segment();
            let mut buffer = Buffer::new(planes.values.len());
            buffer.copy_from_slice(&planes.values);
            made.return_gradient(buffer);
            let told = average.halves_backward(&made);
            check_gradient(&told, &gradient(&segment), &x, &norm, &da);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn averages_of_any_shape_agree_with_the_reference(
        batch in 1..=64_usize,
        channels in prop_oneof![3 => 1..20_usize, 1 => 1..=200_usize],
        height in 1..=33_usize,
        width in 1..=33_usize,
        sizes in prop::sample::select(vec![(1.0, 1.0), (1.0, 1.0), (1e4, 1.0), (1e-4, 1.0), (1.0, 1e-25), (1.0, 1e20)]),
        flat in prop::bool::weighted(0.2),
        seed: u64,
    ) {
        // The reference is slow: as many images as make a hundred thousand numbers.
        // Of three pixels or fewer next to no gradient is left.
        let batch = batch.min((100_000 / (channels * height * width)).max(1)).max(4_usize.div_ceil(height * width));
        check([batch, channels, height, width], sizes, flat, seed);
    }
}

#[test]
fn an_odd_size_is_floored_and_what_is_left_out_has_no_gradient() {
    check([3, 2, 7, 5], (1.0, 1.0), false, 1);
    check([2, 1, 3, 2], (1.0, 1.0), false, 2);
}

#[test]
fn the_same_bits_come_out_of_one_two_and_three_threads() {
    let mut random = Numbers::new(17);
    let shape = [9, 13, 15, 14];
    let x = Images::new(shape, &random.take(shape.iter().product()));
    let (along, average_along) = (Images::new([9, 13, 7, 7], &random.take(9 * 13 * 49)), random.take(9 * 13));
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
            let average = Average { instructions, reading: &reading };
            let halved = average.halves();
            let mut gradient_of_halves = Buffer::new(halved.values.len());
            gradient_of_halves.copy_from_slice(&along.segment().values);
            halved.return_gradient(gradient_of_halves);
            let told = [average.halves_backward(&halved), average.images_backward(&average_along)];
            let mut all: Vec<u64> = images(&halved).numbers.iter().map(|x| x.to_bits()).collect();
            all.extend(average.images().iter().map(|x| u64::from(x.to_bits())));
            all.extend(gradient(&segment).numbers.iter().map(|x| x.to_bits()));
            for ReadingGradient { gamma, beta, squares } in &told {
                all.extend(gamma.iter().chain(beta).map(|x| u64::from(x.to_bits())));
                all.extend(squares.iter().map(|x| x.to_bits()));
            }
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
