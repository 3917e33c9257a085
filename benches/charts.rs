//! What a figure in a file costs: SVG, PNG at twice the size of a slide, and an animated GIF.

use std::ops::ControlFlow;
use std::time::Duration;

use densescope::chart::{Chart, Marks};
use densescope::export::picture::{Look, Size, replay, to_png, to_svg};
use densescope::text::Language;
use divan::{Bencher, black_box};

#[path = "../tests/it/charts/samples.rs"]
#[expect(dead_code, reason = "the tests use all of them")]
mod samples;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

/// The figures that are measured.
const FIGURES: [&str; 4] = ["loss", "gradients", "map", "costs"];

fn chart(name: &str) -> Chart {
    match name {
        "loss" => samples::loss(Language::English),
        "gradients" => samples::gradients(Language::English, &[40, 40, 36]),
        "map" => samples::map(Language::English, &[40, 40, 36]),
        _ => samples::costs(Language::English, 4),
    }
}

#[divan::bench(args = FIGURES)]
fn svg(bencher: Bencher, name: &str) {
    let chart = chart(name);
    bencher.bench(|| to_svg(black_box(&chart), &Look::new(Language::English)));
}

#[divan::bench(args = FIGURES)]
fn png_2560x1440(bencher: Bencher, name: &str) {
    let svg = to_svg(&chart(name), &Look::new(Language::English));
    bencher.bench(|| to_png(black_box(&svg), 2.0));
}

#[divan::bench(sample_count = 3)]
fn gif_of_100_frames_960x540(bencher: Bencher) {
    let whole = chart("loss");
    let frame = |frame: usize| {
        let mut chart = whole.clone();
        for series in chart.panels.iter_mut().flat_map(|panel| &mut panel.series) {
            if let Marks::Line(points) = &mut series.marks {
                points.truncate(points.len() * (frame + 1) / 100);
            }
        }
        chart
    };
    let frames: Vec<Chart> = (0..100).map(frame).collect();
    let look = Look { size: Size::Pixels { width: 960, height: 540 }, ..Look::new(Language::English) };
    bencher.bench(|| {
        replay(frames.clone(), &look, Duration::from_secs(10), &mut |_, _| ControlFlow::Continue(()))
            .expect("there are frames")
    });
}
