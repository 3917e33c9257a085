//! The figure of an experiment: what was measured against what it costs. Every run is a point, means are joined by lines, ranges are bands,
//! and what nothing else beats lies on the Pareto front.

use super::description::{Along, Experiment, Measure};
use super::outcome::Outcome;
use super::summary::{Cell, Summary, value};
use super::trial::Trial;
use crate::chart::{Axis, Chart, Format, Marks, Meaning, Panel, Point, Series, Span, Weight};
use crate::text::Text;
use crate::theme::Dash;

/// What a line is called: its network, and its values on the axes along which it does not run.
pub(super) fn line_name(experiment: &Experiment, cell: &Cell, text: &Text) -> String {
    let over = experiment.compare.over;
    let beside = experiment.axes.iter().zip(&cell.place).enumerate().filter(|(axis, _)| *axis != over);
    let mut name = text.say(cell.network.text_key()).to_owned();
    for (_, (axis, &at)) in beside {
        name.push_str(", ");
        name.push_str(&axis.values[at].name);
    }
    name
}

/// The figure of what is made so far; empty panels where nothing is.
pub fn chart(
    experiment: &Experiment,
    trials: &[Trial],
    outcomes: &[Option<Outcome>],
    summary: &Summary,
    text: &Text,
) -> Chart {
    let lines = summary.lines(experiment);
    // Where a network has several lines, its colour cannot tell them apart.
    let alone = |line: &Vec<&Cell>| lines.iter().filter(|other| other[0].network == line[0].network).count() == 1;
    let several = !lines.iter().all(alone);
    let panels = experiment.compare.along.iter().map(|&along| {
        let mut series = Vec::new();
        for (index, line) in lines.iter().enumerate() {
            let meaning = if several { Meaning::Run(index) } else { Meaning::Network(line[0].network) };
            series.extend(of_line(experiment, (trials, outcomes), line, along, (index, meaning), text));
        }
        series.extend(front(experiment, summary, along, text));
        Panel { title: None, x: x_axis(experiment, along, text), y: y_axis(experiment.compare.measure, text), series }
    });
    Chart {
        id: "experiment",
        title: experiment.question.say(text.language()).to_owned(),
        subtitle: Some(text.fill("experiment.figure.made", &[("made", &summary.made), ("wanted", &summary.wanted)])),
        about: text.say("experiment.figure.about").to_owned(),
        panels: panels.collect(),
        color_scale: None,
        notes: Vec::new(),
        chooses: None,
    }
}

/// Runs, mean and range of a line.
fn of_line(
    experiment: &Experiment,
    (trials, outcomes): (&[Trial], &[Option<Outcome>]),
    line: &[&Cell],
    along: Along,
    (index, meaning): (usize, Meaning),
    text: &Text,
) -> Vec<Series> {
    let measure = experiment.compare.measure;
    let name = line_name(experiment, line[0], text);
    let mut sorted: Vec<(f64, &Cell)> =
        line.iter().filter_map(|cell| Some((cell.along(experiment, along)?, *cell))).collect();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let ranges: Vec<_> = sorted.iter().filter_map(|(x, cell)| Some((*x, cell.range(measure)?))).collect();
    let spans = ranges.iter().map(|(x, range)| Span { x: *x, low: range.low, high: range.high }).collect();
    let means = ranges.iter().map(|(x, range)| Point { x: *x, y: range.mean }).collect();
    let mut runs = Vec::new();
    for (x, cell) in &sorted {
        let of_cell =
            trials.iter().zip(outcomes).filter(|(trial, _)| trial.network == cell.network && trial.place == cell.place);
        runs.extend(of_cell.filter_map(|(_, outcome)| Some(Point { x: *x, y: value(outcome.as_ref()?, measure)? })));
    }
    let key = format!("line{}", index + 1);
    vec![
        Series::new(format!("{key}.range"), "", meaning, Weight::Faint, Marks::Band(spans)),
        Series::new(key.clone(), name, meaning, Weight::Main, Marks::Line(means)),
        Series::new(format!("{key}.runs"), "", meaning, Weight::Second, Marks::Points(runs)),
    ]
}

/// What no other cell beats: none has as much for less.
fn front(experiment: &Experiment, summary: &Summary, along: Along, text: &Text) -> Option<Series> {
    let more_is_better = experiment.compare.measure.more_is_better();
    match along {
        Along::Parameters | Along::MultiplyAdds | Along::Seconds => {}
        Along::Depth | Along::Axis(_) => return None, // no cost
    }
    let mut cells: Vec<Point> = summary
        .cells
        .iter()
        .filter_map(|cell| {
            Some(Point { x: cell.along(experiment, along)?, y: cell.range(experiment.compare.measure)?.mean })
        })
        .collect();
    cells.sort_by(|a, b| a.x.total_cmp(&b.x));
    let mut front: Vec<Point> = Vec::new();
    for cell in cells {
        let beaten = front.last().is_some_and(|best| if more_is_better { best.y >= cell.y } else { best.y <= cell.y });
        if !beaten {
            front.retain(|other| other.x < cell.x);
            front.push(cell);
        }
    }
    (front.len() > 1).then(|| Series {
        dash: Some(Dash::Dotted),
        ..Series::new("front", text.say("experiment.figure.front"), Meaning::Guide, Weight::Faint, Marks::Steps(front))
    })
}

fn x_axis(experiment: &Experiment, along: Along, text: &Text) -> Axis {
    match along {
        Along::Parameters => Axis::numbers(text.say("experiment.axis.parameters"), Format::Compact).logarithmic(),
        Along::MultiplyAdds => Axis::numbers(text.say("experiment.axis.multiply_adds"), Format::Compact).logarithmic(),
        Along::Depth => Axis::numbers(text.say("experiment.axis.depth"), Format::Integer),
        Along::Seconds => Axis::numbers(text.say("experiment.axis.seconds"), Format::Significant),
        Along::Axis(axis) => {
            let name = &experiment.axes[axis].name;
            let label = crate::config::Field::named(name)
                .map_or_else(|| name.clone(), |field| text.say(&format!("field.{}.name", field.name)).to_owned());
            Axis::numbers(label, Format::Significant)
        }
    }
}

fn y_axis(measure: Measure, text: &Text) -> Axis {
    match measure {
        Measure::Accuracy => Axis::numbers(text.say("experiment.measure.accuracy"), Format::Percent),
        Measure::BestAccuracy => Axis::numbers(text.say("experiment.measure.best_accuracy"), Format::Percent),
        Measure::Loss => Axis::numbers(text.say("experiment.measure.loss"), Format::Significant),
        Measure::Gap => Axis::numbers(text.say("experiment.measure.gap"), Format::Percent).with_zero(),
        Measure::StemGradient => {
            Axis::numbers(text.say("experiment.measure.stem_gradient"), Format::Significant).logarithmic()
        }
    }
}
