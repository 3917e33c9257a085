//! Mean and variance of a channel, gathered piece by piece.

use super::segment::ChannelStatistics;

/// Sums over some of a channel's pixels, counted from a pivot near their mean so that a large mean does not swallow
/// the variance.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Moments {
    pub(super) pivot: Option<f32>,
    sum: f64,
    squares: f64,
}

impl Moments {
    pub(super) fn add(&mut self, [sum, squares]: [f32; 2]) {
        self.sum += f64::from(sum);
        self.squares += f64::from(squares);
    }

    /// The statistics of all parts together, each with its number of pixels, taken in their order (Chan, Golub and
    /// LeVeque 1979).
    pub(super) fn merge(parts: impl IntoIterator<Item = (Self, usize)>) -> ChannelStatistics {
        let (mut count, mut mean, mut squares) = (0.0, 0.0, 0.0);
        for (part, pixels) in parts {
            if pixels == 0 {
                continue;
            }
            let pixels = pixels as f64;
            let from_pivot = part.sum / pixels;
            let part_mean = f64::from(part.pivot.unwrap_or(0.0)) + from_pivot;
            let part_squares = (part.squares - part.sum * from_pivot).max(0.0);
            let apart = part_mean - mean;
            let together = count + pixels;
            mean += apart * pixels / together;
            squares += part_squares + apart * apart * count * pixels / together;
            count = together;
        }
        let variance = if count > 0.0 { squares / count } else { 0.0 };
        ChannelStatistics { mean: mean as f32, variance: variance as f32 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_give_the_moments_of_the_whole() {
        let numbers: Vec<f32> = (0..1000_u16).map(|i| 1e4 + f32::from(i * 37 % 101) * 0.01).collect();
        let parts = numbers.chunks(300).map(|part| {
            let pivot = part[0];
            let mut moments = Moments { pivot: Some(pivot), ..Moments::default() };
            for x in part {
                moments.add([x - pivot, (x - pivot) * (x - pivot)]);
            }
            (moments, part.len())
        });
        let ChannelStatistics { mean, variance } = Moments::merge(parts);
        let exact_mean = numbers.iter().map(|x| f64::from(*x)).sum::<f64>() / 1000.0;
        let exact = numbers.iter().map(|x| (f64::from(*x) - exact_mean).powi(2)).sum::<f64>() / 1000.0;
        assert!((f64::from(mean) - exact_mean).abs() < 1e-3, "{mean} {exact_mean}");
        assert!((f64::from(variance) / exact - 1.0).abs() < 1e-4, "{variance} {exact}");
    }
}
