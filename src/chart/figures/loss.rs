//! Loss and accuracy in training and validation, and the gap between them, over time or against what the networks' parameters are.

use super::by_parameters;
use super::course::{Course, Measure, Validated, steps_of_mean};
use super::moment::Moment;
use super::timeline::{self, Timeline};
use super::{chart, curve, parts};
use crate::arch::NetworkKind;
use crate::chart::{
    Axis, Chart, Choice, Figure, Format, Group, Marks, Meaning, NoData, Options, Panel, Point, Series, Shows, Subject,
    TimeAxis, Weight,
};
use crate::text::Text;
use crate::text::number::{grouped, percent, significant};

/// The figure.
pub(super) const FIGURE: Figure = Figure {
    id: "loss",
    build,
    group: Group::Learning,
    shows: Shows::Run,
    choices: &[Choice::Against],
    tells_answers: false,
};

/// A loss more than this many times the ordinary ones does not set the scale.
const FAR: f64 = 1.5;

/// The chart of the whole run, with a mark at the moment that is looked at.
fn build(subject: &Subject, options: &Options, text: &Text) -> Result<Chart, NoData> {
    let moment = Moment::of(subject, text)?;
    if options.by_parameters {
        return Ok(by_parameters::build(&FIGURE, &moment, subject, text));
    }
    let mean_of = moment.networks.iter().map(steps_of_mean).max().unwrap_or(1);
    let timelines: Vec<(NetworkKind, Timeline)> =
        moment.networks.iter().map(|seen| (seen.kind, Timeline::new(subject, seen.history, options.time))).collect();
    let follow = |measure: Measure| -> Vec<Course> {
        let networks = moment.networks.iter().zip(&timelines);
        networks.map(|(seen, (_, timeline))| Course::of(seen, timeline, measure, mean_of)).collect()
    };
    let (losses, accuracies) = (follow(Measure::Loss), follow(Measure::Accuracy));
    let classes = moment.networks[0].network.input.classes as f64;

    let mut notes = moment.notes(subject, text);
    notes.push(text.fill("figure.loss.smoothed", &[("steps", &grouped(mean_of as u64))]));
    let (share, level) = (percent(1.0 / classes), significant(classes.ln(), 4));
    let chance = text.fill("figure.loss.note_chance", &[("classes", &classes), ("accuracy", &share), ("loss", &level)]);
    let panel = |title: &str, y: Axis, level: f64, courses: &[Course]| {
        let level = Marks::Rule { upright: false, at: level };
        let mut series: Vec<Series> = courses.iter().map(Course::single_steps).collect();
        let name = text.say("figure.loss.chance");
        series
            .push(Series::new("chance", name, Meaning::Guide, Weight::Second, level).with_notes(vec![chance.clone()]));
        series.extend(timeline::moments(&timelines, subject, text));
        series.extend(courses.iter().flat_map(|course| course.curves(text)));
        Panel { title: Some(title.to_owned()), x: timeline::axis(options.time, text), y, series }
    };
    let accuracy = Axis::numbers(text.say("figure.loss.accuracy_axis"), Format::Percent).between(0.0, 1.0);
    let mut panels = vec![
        panel(text.say("figure.loss.loss"), loss_axis(&losses, classes.ln(), &mut notes, text), classes.ln(), &losses),
        panel(text.say("figure.loss.accuracy"), accuracy, 1.0 / classes, &accuracies),
    ];
    if losses.iter().any(|course| !course.validations.is_empty()) {
        let most = panels[0].y.range.map(|[_, limit]| limit);
        panels.push(gap(&losses, most, timeline::moments(&timelines, subject, text), options.time, text));
    } else {
        let training = &subject.config.training;
        let first = grouped(training.evaluate_every.min(training.steps) as u64);
        notes.push(text.fill("figure.loss.no_validation", &[("step", &first)]));
    }
    let mut chart = chart(&FIGURE, text, Some(subtitle(&moment, &losses, &accuracies, text)), panels);
    chart.notes = notes;
    Ok(chart)
}

/// Loss from zero up to where ordinary losses lie: a spike is named in a note instead of pressing everything else flat.
fn loss_axis(courses: &[Course], chance: f64, notes: &mut Vec<String>, text: &Text) -> Axis {
    let mut losses: Vec<f64> = courses.iter().flat_map(|course| &course.single).map(|(_, value)| *value).collect();
    let ordinary = curve::quantile(&mut losses, 0.95).unwrap_or(chance).max(chance);
    let validations = courses.iter().flat_map(|course| &course.validations).map(|validated| validated.value);
    let ordinary = validations.filter(|value| *value <= 2.0 * ordinary).fold(ordinary, f64::max);
    let limit = ordinary * 1.1;
    let mut outside = false;
    for course in courses {
        let validations = course.validations.iter().map(|validated| (validated.step, validated.value));
        let all = course.single.iter().copied().chain(validations);
        let Some((step, highest)) = all.max_by(|a, b| a.1.total_cmp(&b.1)) else { continue };
        if highest > FAR * ordinary {
            outside = true;
            let (network, step) = (parts::name(text, course.kind), grouped(step as u64));
            let (limit, highest) = (significant(limit, 3), significant(highest, 4));
            notes.push(text.fill(
                "figure.loss.outside",
                &[("network", &network), ("limit", &limit), ("highest", &highest), ("step", &step)],
            ));
        }
    }
    let axis = Axis::numbers(text.say("figure.loss.loss_axis"), Format::Significant).with_zero();
    if outside { axis.between(0.0, limit) } else { axis }
}

/// Validation loss minus the mean training loss, at every validation; losses above `most`, if any, do not set the scale here either.
fn gap(courses: &[Course], most: Option<f64>, moments: Vec<Series>, time: TimeAxis, text: &Text) -> Panel {
    let level = Marks::Rule { upright: false, at: 0.0 };
    let mut series = vec![Series::new("zero", "", Meaning::Guide, Weight::Second, level)];
    series.extend(moments);
    for course in courses {
        let gaps = course.validations.iter().filter_map(|validated| Some((validated, validated.gap()?)));
        let point = |validated: &Validated, y| Point { x: course.timeline.place(validated.step), y };
        let (points, notes): (Vec<Point>, Vec<String>) =
            gaps.map(|(validated, gap)| (point(validated, gap), validated.beside_training(text))).unzip();
        let (key, meaning) = (format!("{}.gap", course.kind), Meaning::Network(course.kind));
        let line = Marks::Line(points.clone());
        series.push(Series::new(key.clone(), "", meaning, Weight::Second, line).with_notes(notes.clone()));
        series.push(Series::new(key + ".points", "", meaning, Weight::Main, Marks::Points(points)).with_notes(notes));
    }
    Panel {
        title: Some(text.say("figure.loss.gap").to_owned()),
        x: timeline::axis(time, text),
        y: gap_axis(courses, most, text),
        series,
    }
}

fn gap_axis(courses: &[Course], most: Option<f64>, text: &Text) -> Axis {
    let axis = Axis::numbers(text.say("figure.loss.gap_axis"), Format::Significant).with_zero();
    let gaps = || courses.iter().flat_map(|course| &course.validations).filter_map(Validated::gap);
    match most {
        Some(most) if gaps().any(|gap| gap.abs() > most) => {
            let inside = || gaps().filter(|gap| gap.abs() <= most);
            let (low, high) = (inside().fold(0.0, f64::min), inside().fold(0.0, f64::max));
            let margin = 0.05 * (high - low).max(0.1);
            axis.between(low - margin, high + margin)
        }
        Some(_) | None => axis,
    }
}

/// How every network does at the moment: in validation, or before the first one in training.
fn subtitle(moment: &Moment, losses: &[Course], accuracies: &[Course], text: &Text) -> String {
    let all: Vec<_> = losses.iter().zip(accuracies).map(|(loss, accuracy)| (loss, accuracy.at(moment.step))).collect();
    let validated = all.iter().all(|(loss, accuracy)| loss.at(moment.step).1.is_some() && accuracy.1.is_some());
    let words = all.into_iter().filter_map(|(loss, accuracy)| {
        let chosen = |(training, validation): (Option<f64>, Option<f64>)| if validated { validation } else { training };
        let (loss_now, accuracy_now) = (chosen(loss.at(moment.step))?, chosen(accuracy)?);
        let (network, loss_now, accuracy_now) =
            (parts::name(text, loss.kind), significant(loss_now, 3), percent(accuracy_now));
        let values: [(&str, &dyn std::fmt::Display); 3] =
            [("network", &network), ("accuracy", &accuracy_now), ("loss", &loss_now)];
        Some(text.fill("figure.loss.now", &values))
    });
    let networks = words.collect::<Vec<_>>().join(" · ");
    let step = moment.words(text);
    if validated {
        text.fill("figure.loss.in_validation", &[("step", &step), ("networks", &networks)])
    } else {
        text.fill("figure.loss.in_training", &[("step", &step), ("networks", &networks)])
    }
}
