//! What a frame of the window costs before it is painted: layout, shapes and tessellation, in milliseconds: `cargo bench --bench frame`.
//!
//! The window shows a run of 20,000 steps whose every step is kept, at 1920×1080. After the table of medians come the 95th percentiles.

use std::sync::Arc;
use std::time::{Duration, Instant};

use densescope::arch::{NetworkKind, Part};
use densescope::chart::Figure;
use densescope::config::{LoadedConfig, Value, fields};
use densescope::state::{Command, Phase, Settings, State};
use densescope::telemetry::{
    Edge, Evaluation, History, LayerFigures, MeasuredChannels, Reuse, StepFigures, StepRecord,
};
use densescope::text::Language;
use densescope::training::Threads;
use densescope::ui::figures::{self, Figures};
use densescope::ui::{shell, style};
use divan::Bencher;
use eframe::egui::{
    Context, Event, Modifiers, MouseWheelSource, MouseWheelUnit, RawInput, Rect, TouchPhase, Ui, pos2, vec2,
};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
    println!("\nframe, ms                      median      p95      max");
    for (name, scene) in [
        ("figures, nothing changes", STILL),
        ("figures, training", Scene { training: true, ..STILL }),
        ("figures, pointer moves", Scene { pointer: true, ..STILL }),
        ("window, nothing changes", Scene { window: true, ..STILL }),
        ("window, training", Scene { window: true, training: true, ..STILL }),
        ("window, pointer moves", Scene { window: true, training: true, pointer: true, ..STILL }),
        ("DenseNet-264, k is dragged", Scene { window: true, large: Some(Large::Dragged), ..STILL }),
        ("DenseNet-264, panned", Scene { window: true, large: Some(Large::Panned), ..STILL }),
    ] {
        // The same frames several times: the least of each frame is what it costs, the rest is what else the machine does.
        let mut times = vec![Duration::MAX; FRAMES];
        for _ in 0..ROUNDS {
            let mut stand = Stand::new(scene);
            (0..30).for_each(|_| stand.frame());
            for time in &mut times {
                let start = Instant::now();
                stand.frame();
                *time = start.elapsed().min(*time);
            }
        }
        times.sort();
        let ms = |time: Duration| time.as_secs_f64() * 1e3;
        println!(
            "{name:<28} {:8.2} {:8.2} {:8.2}",
            ms(times[FRAMES / 2]),
            ms(times[FRAMES * 95 / 100]),
            ms(times[FRAMES - 1])
        );
    }
}

#[divan::bench(sample_count = 200, sample_size = 1)]
fn figures_at_rest(bencher: Bencher) {
    let mut stand = Stand::new(STILL);
    (0..30).for_each(|_| stand.frame());
    bencher.bench_local(|| stand.frame());
}

#[divan::bench(sample_count = 200, sample_size = 1)]
fn window_while_training(bencher: Bencher) {
    let mut stand = Stand::new(Scene { window: true, training: true, ..STILL });
    (0..30).for_each(|_| stand.frame());
    bencher.bench_local(|| stand.frame());
}

/// Making the charts, without painting them.
#[divan::bench(args = densescope::chart::FIGURES.iter().map(|figure| figure.id), sample_count = 30, sample_size = 1)]
fn chart(bencher: Bencher, id: &str) {
    let (state, figure) = (state(), Figure::named(id).expect("there is one"));
    let subject = state.trained().expect("there is a run");
    bencher.bench_local(|| (figure.build)(&subject, &state.view.options, state.text()));
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn every_figure_alone(bencher: Bencher) {
    let mut stand = Stand::new(Scene { training: true, ..STILL });
    bencher.bench_local(|| {
        for figure in densescope::chart::FIGURES {
            stand.state.apply(Command::Maximise(Some(figure.id)));
            stand.frame();
        }
    });
}

/// What is measured.
#[derive(Clone, Copy)]
struct Scene {
    /// All of the window, or the figures alone.
    window: bool,
    /// Whether steps come in.
    training: bool,
    /// Whether the pointer moves over the figures.
    pointer: bool,
    /// What is done to a DenseNet-264 instead of the classroom's networks.
    large: Option<Large>,
}

/// What is done to a network of 260 layers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Large {
    /// Another growth rate in every frame, as a slider gives while it is dragged.
    Dragged,
    /// Its drawing, zoomed in, moves in every frame.
    Panned,
}

/// The figures alone, and nothing changes.
const STILL: Scene = Scene { window: false, training: false, pointer: false, large: None };

struct Stand {
    scene: Scene,
    context: Context,
    state: State,
    figures: Figures,
    widgets: shell::Widgets,
    frames: u32,
}

/// Steps of the run.
const STEPS: usize = 20_000;
/// Frames that are measured.
const FRAMES: usize = 300;
/// How often each of them is.
const ROUNDS: usize = 5;

impl Stand {
    fn new(scene: Scene) -> Self {
        let context = Context::default();
        style::install_fonts(&context);
        style::install_style(&context);
        let (figures, widgets) = (Figures::default(), shell::Widgets::default());
        let mut state = state();
        if scene.large.is_some() {
            state.apply(Command::Preset("densenet-264"));
        }
        Self { scene, context, state, figures, widgets, frames: 0 }
    }

    fn frame(&mut self) {
        let Self { scene, context, state, figures, widgets, frames } = self;
        *frames += 1;
        if scene.training {
            state.run.as_mut().expect("there is a run").revision += 1;
        }
        let size = vec2(1920.0, 1080.0);
        let mut input = RawInput {
            screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), size)),
            time: Some(f64::from(*frames) / 30.0),
            ..RawInput::default()
        };
        if scene.pointer {
            let place = pos2(500.0 + (*frames * 7 % 900) as f32, 800.0 + (*frames % 40) as f32);
            input.events.push(Event::PointerMoved(place));
        }
        match scene.large {
            Some(Large::Dragged) => {
                state.apply(Command::Set(&fields::GROWTH, Value::Integer(24 + i128::from(*frames % 16))));
            }
            Some(Large::Panned) => {
                input.events.push(Event::PointerMoved(pos2(1000.0, 300.0)));
                if *frames < 8 {
                    input.events.push(Event::Zoom(1.4));
                } else {
                    let delta = vec2(if *frames % 60 < 30 { -20.0 } else { 20.0 }, 0.0);
                    let (unit, phase) = (MouseWheelUnit::Point, TouchPhase::Move);
                    let source = MouseWheelSource::Trackpad;
                    input.events.push(Event::MouseWheel { unit, delta, phase, modifiers: Modifiers::NONE, source });
                }
            }
            None => {}
        }
        let mut commands = Vec::new();
        let mut output = context.run_ui(input, |ui: &mut Ui| {
            if scene.window {
                shell::show(ui, state, widgets, &mut commands);
            } else {
                figures::show(ui, state, figures, false, &mut commands);
            }
        });
        output.textures_delta.clear(); // there is no screen that wants them
        for command in commands {
            state.apply(command);
        }
        drop(divan::black_box(context.tessellate(output.shapes, output.pixels_per_point)));
        state.poll();
    }
}

/// A run that has ended, with a history of many steps in place of its own.
fn state() -> State {
    let config = "[data]\ntrain = 8\nvalidation = 2\n[training]\nsteps = 1\nbatch = 2\n";
    let loaded = LoadedConfig::parse(config, std::path::Path::new("config.toml")).expect("it is valid");
    let settings = Settings { language: Language::English, ..Settings::default() };
    let mut state = State::new(settings, loaded, Threads::new(1).expect("a thread"), Arc::new(|| {}));
    state.apply(Command::RunOrPause);
    while !state.run.as_ref().is_some_and(|run| run.phase == Phase::Finished) {
        state.poll();
        std::thread::sleep(Duration::from_millis(1));
    }
    state.notices.clear();
    let run = state.run.as_mut().expect("it was started");
    let kinds: Vec<NetworkKind> = run.plan.networks.iter().map(|network| network.kind).collect();
    let mut history = History::new(&kinds, 256 << 20);
    for step in 1..=STEPS {
        for network in &run.plan.networks {
            history.push(network.kind, record(step, network));
        }
    }
    run.history = history;
    state
}

/// A record such as training reports: a loss that falls, with noise.
fn record(step: usize, network: &densescope::arch::Architecture) -> StepRecord {
    let noise = |salt: usize| ((step * 7919 + salt * 104_729) % 1000) as f64 / 1000.0 - 0.5;
    let falling = 2.3 * (-(step as f64) / 4000.0).exp();
    let rows = network.layers.len();
    let layer = |row: usize| LayerFigures {
        weight_grad_norm: 0.2 * (1.0 + noise(row)) * (1.0 + row as f64 / 10.0),
        weight_norm: 8.0,
        activation_grad_norm: 0.01 * (1.2 + noise(row + 50)),
    };
    let reads = step == 1 || step.is_multiple_of(10);
    let (mut edges, mut reuse) = (Vec::new(), Vec::new());
    for row in network.layers.iter().filter(|_| reads) {
        let Part::Layer { block, layer } = row.part else { continue };
        let norm = 0.01 * (1.1 + noise(layer));
        match network.kind {
            NetworkKind::Dense => {
                for source in 0..layer {
                    edges.push(Edge::Dense { block, layer, source, grad_norm: norm });
                    reuse.push(Reuse { block, layer, source, mean_abs_weight: norm });
                }
            }
            NetworkKind::Residual | NetworkKind::Plain => {
                let (identity_grad_norm, branch_grad_norm) = (norm, norm / 2.0);
                edges.push(Edge::Baseline { block, layer, identity_grad_norm, branch_grad_norm });
            }
        }
    }
    let measured =
        |row: &densescope::arch::Layer| MeasuredChannels { reads: row.reads, makes: row.makes, carries: row.carries };
    StepRecord {
        step,
        learning_rate: 0.1,
        train_loss: falling + 0.4 + noise(1) * 0.3,
        train_accuracy: (0.9 - falling / 3.0 + noise(2) * 0.1).clamp(0.0, 1.0),
        validation: step
            .is_multiple_of(100)
            .then(|| Evaluation { loss: falling + 0.5 + noise(3) * 0.05, accuracy: 0.88 - falling / 3.0 }),
        seconds: 0.03,
        figures: StepFigures {
            layers: (0..rows).map(layer).collect(),
            edges,
            reuse,
            measured: if reads { network.layers.iter().map(measured).collect() } else { Vec::new() },
        },
    }
}
