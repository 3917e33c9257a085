//! What is inside H: the terms of a pixel are those of the real network, and as they are written they add up to it.

use burn::tensor::{Tensor, TensorData};
use densescope::arch::{Architecture, Input, NetworkKind, Normalization, Part};
use densescope::config::{Backend, RunConfig};
use densescope::data::load;
use densescope::model::{Network, Pass, device, glance};
use densescope::telemetry::Pixel;
use densescope::text::written_sum;

/// A network whose batch norms are not those of the start, since a pass in training has moved their statistics; and an image.
fn network_and_image(
    kind: NetworkKind,
    backend: Backend,
    (bottleneck, normalized): (bool, bool),
) -> (Network, Tensor<4>) {
    let mut config = RunConfig::default();
    config.network.blocks = vec![2, 2];
    config.network.bottleneck = bottleneck;
    if !normalized {
        config.network.normalization = Normalization::None;
    }
    let data = load(&config.data.source, 10, 10, 1).unwrap();
    let batch = data.validation_image(4).unwrap();
    let input = Input { image: data.shape, classes: data.class_names.len() };
    let architecture = Architecture::new(kind, &config.network, input).unwrap();
    let image = TensorData::new(batch.images, [1, data.shape.channels, data.shape.height, data.shape.width]);
    let device = device(backend);
    let (network, image) = (Network::new(&architecture, 5, &device), Tensor::from_data(image, &device));
    network.forward(image.clone(), &Pass::training(backend));
    (network, image)
}

#[test]
fn written_terms_add_up_to_the_written_pixel_of_every_kind_on_both_backends() {
    for backend in [Backend::Flex, Backend::Ndarray] {
        for kind in NetworkKind::ALL {
            for form in [(true, true), (true, false), (false, true)] {
                let (network, image) = network_and_image(kind, backend, form);
                for (index, layer) in network.architecture().layers.iter().enumerate() {
                    let (rows, inside) = glance::rows(&network, image.clone(), Some(layer.part), backend, None);
                    let what = format!("{kind} {} on {backend:?}, {form:?}", layer.part);
                    let Part::Layer { .. } = layer.part else {
                        assert_eq!(inside, None, "{what}");
                        continue;
                    };
                    let inside = inside.unwrap();
                    assert_eq!((inside.part, inside.stages.len()), (layer.part, layer.convolutions.len()), "{what}");
                    assert_eq!(inside.stages[0].read.channels, layer.reads, "{what}");
                    for (number, stage) in inside.stages.iter().enumerate() {
                        let made = inside.stages.get(number + 1).map_or(&rows[index].made, |next| &next.read);
                        assert_eq!(made.channels, stage.makes, "{what}");
                        for (channel, row, column) in [(0, 0, 0), (1, 3, 5), (stage.makes - 1, 6, 6), (2, 13, 13)] {
                            let (row, column) = (row.min(made.height - 1), column.min(made.width - 1));
                            let pixel = made.channel(channel)[row * made.width + column];
                            adds_up(&stage.terms(channel, Pixel { row, column }), pixel, &what);
                        }
                    }
                    if let Some(sum) = &rows[index].sum {
                        let last = inside.stages.last().unwrap();
                        let before = f64::from(rows[index - 1].handed_on().channel(1)[7]);
                        let mut terms = last.terms(1, Pixel { row: 0, column: 7 });
                        terms.push(before);
                        adds_up(&terms, sum.channel(1)[7], &what);
                    }
                }
            }
        }
    }
}

/// The terms are those of the pixel, and what is written of them adds up digit by digit.
#[track_caller]
fn adds_up(terms: &[f64], pixel: f32, what: &str) {
    let (sum, pixel) = (terms.iter().sum::<f64>(), f64::from(pixel));
    let size: f64 = terms.iter().map(|term| term.abs()).sum();
    assert!((sum - pixel).abs() <= 1e-5 * size.max(1e-3), "{what}: {sum}, not {pixel}");
    let written = written_sum(terms, pixel);
    let units = |words: &str| words.replace('−', "-").replace(['+', '.'], "").parse::<i64>().unwrap();
    let total: i64 = written.terms.iter().map(|term| units(term)).sum();
    assert_eq!(total, units(&written.sum), "{what}: {written:?}");
    let decimals = i32::try_from(written.sum.split('.').nth(1).map_or(0, str::len)).unwrap();
    let near = |words: &str, value: f64| {
        let words: f64 = words.replace('−', "-").parse().unwrap();
        assert!((words - value).abs() <= 1.1 * 10_f64.powi(-decimals), "{what}: {words} for {value}");
    };
    near(&written.sum, pixel);
    written.terms.iter().zip(terms).for_each(|(words, term)| near(words, *term));
}
