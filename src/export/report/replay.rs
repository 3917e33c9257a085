//! The replay: figures of the run at moments from its start to its end, laid out and painted as every other picture.
//!
//! The frames of a figure have the same axes, so most of their lines are the same. What stands before and behind the lines that change
//! is in the page once, and of those only the numbers, each with a template that many lines share. The script puts the
//! lines together again and lays out nothing.

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use serde::Serialize;

use super::html::escape;
use super::themed::{InBothThemes, ThemedValues};
use crate::chart::layout::fix_ranges;
use crate::chart::{Chart, FIGURES, Options, Subject};
use crate::export::SavedRun;
use crate::export::light::lightened;
use crate::export::picture::Size;
use crate::text::{Text, number};

/// Moments that are enough for a slider as wide as a page.
const MOST_MOMENTS: usize = 120;
/// Points of a curve: about as many as a column has pixels.
const MOST_POINTS: usize = 400;
/// What is replayed: the id of a figure, and how many of its panels.
const REPLAYED: [(&str, usize); 2] = [("gradients", 1), ("loss", 1)];

/// The frames of every replayed figure.
#[derive(Serialize)]
pub(super) struct Replay {
    moments: Vec<Moment>,
    figures: Vec<Figure>,
    /// Lines between whose parts the numbers of a frame stand.
    templates: Vec<Vec<String>>,
}

#[derive(Serialize)]
struct Moment {
    /// The step in words.
    step: String,
    /// How the networks did there.
    networks: String,
}

#[derive(Serialize)]
struct Figure {
    /// The element of the page that shows it.
    place: String,
    before: String,
    after: String,
    /// For each moment the lines that change: a template and the numbers in it.
    frames: Vec<Vec<(usize, Vec<String>)>>,
}

/// The replay as its part of the page and as data for the script; nothing was trained, nothing is replayed.
pub(super) fn replay(run: &SavedRun, text: &Text, themed: &mut ThemedValues) -> Option<(String, Replay)> {
    let steps = run.moments(MOST_MOMENTS);
    let charts = |id| -> Vec<Chart> {
        let figure = FIGURES.iter().find(|figure| figure.id == id);
        let at = |&step| {
            let subject = Subject { at: Some(step), ..run.subject() };
            figure.and_then(|figure| (figure.build)(&subject, &Options::default(), text).ok())
        };
        steps.par_iter().filter_map(at).collect()
    };
    let (mut figures, mut places, mut templates) = (Vec::new(), String::new(), Vec::new());
    let mut moments = Vec::new();
    for (id, panels) in REPLAYED {
        let mut charts = charts(id);
        if charts.len() != steps.len() || charts.is_empty() {
            return None;
        }
        let (place, title) = (format!("replay-{id}"), charts[0].title.clone());
        append!(places, "<div><h3>{}</h3><div id=\"{place}\" class=\"plot\"></div></div>", escape(&title));
        if id == "loss" {
            let words = |(step, chart): (&usize, &Chart)| Moment {
                step: text.fill("report.replay.at_step", &[("step", &number::grouped(*step as u64))]),
                networks: chart.subtitle.clone().unwrap_or_default(),
            };
            moments = steps.iter().zip(&charts).map(words).collect();
        }
        for chart in &mut charts {
            *chart = Chart {
                title: String::new(),
                subtitle: None,
                notes: Vec::new(),
                ..lightened(chart, MOST_POINTS).into_owned()
            };
            chart.panels.truncate(panels);
            // The slider says the step, and without its name the legend stays the same.
            let series = chart.panels.iter_mut().flat_map(|panel| &mut panel.series);
            series.filter(|series| series.key == "moment").for_each(|series| series.name.clear());
        }
        fix_ranges(&mut charts);
        let painted: Vec<_> =
            charts.par_iter().map(|chart| InBothThemes::of(chart, Size::Column, text.language())).collect();
        let frames: Vec<String> = painted.iter().map(|frame| frame.themed(&place, &title, themed)).collect();
        figures.push(figure(place, &frames, &mut templates));
    }
    Some((section(&places, text), Replay { moments, figures, templates }))
}

/// The frame that the script fills; without a script it says so.
fn section(places: &str, text: &Text) -> String {
    let say = |key: &str| escape(text.say(key));
    format!(
        "<p>{about}</p>\n<noscript><p class=\"note\">{needs}</p></noscript>\n<div id=\"player\" hidden>\n\
         <div class=\"controls\"><button type=\"button\" id=\"play\">{play}</button>\
         <input type=\"range\" id=\"moment\" min=\"0\" value=\"0\" step=\"1\" aria-label=\"{step}\">\
         <output id=\"now\" for=\"moment\"></output></div>\n\
         <p id=\"networks-now\" class=\"subtitle\"></p>\n<div class=\"pair\">{places}</div>\n</div>\n",
        about = say("report.replay.about"),
        needs = say("report.replay.needs_script"),
        play = say("report.replay.play"),
        step = say("report.replay.step"),
    )
}

/// What all frames share, and the lines of each that it has of its own.
fn figure(place: String, frames: &[String], templates: &mut Vec<Vec<String>>) -> Figure {
    let lines: Vec<Vec<&str>> = frames.iter().map(|frame| frame.lines().collect()).collect();
    let (first, shortest) = (&lines[0], lines.iter().map(Vec::len).min().unwrap_or(0));
    let shared = |at: &dyn Fn(&[&str], usize) -> usize, most: usize| {
        (0..most)
            .take_while(|&index| lines.iter().all(|frame| frame[at(frame, index)] == first[at(first, index)]))
            .count()
    };
    let before = shared(&|_, index| index, shortest);
    let after = shared(&|frame, index| frame.len() - 1 - index, shortest - before);
    let own = |frame: &Vec<&str>| {
        let own = &frame[before..frame.len() - after];
        own.iter().map(|line| numbers_of(line, templates)).collect()
    };
    Figure {
        place,
        before: first[..before].join("\n"),
        after: first[first.len() - after..].join("\n"),
        frames: lines.iter().map(own).collect(),
    }
}

/// Attributes that say where a shape is.
const PLACES: [&str; 7] = ["d", "x", "y", "cx", "cy", "width", "height"];

/// The template of a line, kept among the others, and the values that stand in it.
fn numbers_of(line: &str, templates: &mut Vec<Vec<String>>) -> (usize, Vec<String>) {
    let (mut template, mut part, mut values) = (Vec::new(), String::new(), Vec::new());
    // Between quotation marks stand, in turn, markup and the values of attributes: words have none, they are written &quot;.
    for (index, piece) in line.split('"').enumerate() {
        if index > 0 {
            part.push('"');
        }
        let attribute = part.trim_end_matches("=\"").rsplit(' ').next().unwrap_or_default();
        if index % 2 == 1 && PLACES.contains(&attribute) {
            values.push(piece.to_owned());
            template.push(std::mem::take(&mut part));
        } else {
            part.push_str(piece);
        }
    }
    template.push(part);
    let known = templates.iter().position(|known| *known == template);
    let number = known.unwrap_or_else(|| {
        templates.push(template);
        templates.len() - 1
    });
    (number, values)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the script does it.
    fn put_together(figure: &Figure, frame: usize, templates: &[Vec<String>]) -> String {
        let lines = figure.frames[frame].iter().map(|(template, values)| {
            let [first, others @ ..] = &templates[*template][..] else { panic!("a template has a part") };
            assert_eq!(others.len(), values.len());
            values.iter().zip(others).fold(first.clone(), |line, (value, part)| line + value + part)
        });
        let lines = std::iter::once(figure.before.clone()).chain(lines).chain([figure.after.clone()]);
        lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn frames_come_back_from_what_they_share_and_what_they_do_not() {
        let frame = |marks: &str| {
            format!("<svg viewBox=\"0 0 9 9\">\n<g id=\"a\">\n{marks}</g>\n<text x=\"1\">a</text>\n</svg>")
        };
        let frames = [
            frame("<circle cx=\"1\" cy=\"2\" r=\"3\"/>\n<circle cx=\"1.5\" cy=\"-2\" r=\"3\"/>\n"),
            frame(""),
            frame("<path d=\"M1 2l3 4\" fill=\"none\"/>\n<circle cx=\"7\" cy=\"8\" r=\"3\"/>\n"),
        ];
        let mut templates = Vec::new();
        let figure = figure("replay-loss".to_owned(), &frames, &mut templates);
        assert_eq!(templates.len(), 2, "{templates:?}");
        assert_eq!(
            figure.frames[0],
            [(0, vec!["1".to_owned(), "2".to_owned()]), (0, vec!["1.5".to_owned(), "-2".to_owned()])]
        );
        for (index, frame) in frames.iter().enumerate() {
            assert_eq!(put_together(&figure, index, &templates), *frame);
        }
    }

    #[test]
    fn a_run_of_one_moment_is_all_shared() {
        let figure = figure("replay-loss".to_owned(), &["<svg>\n</svg>".to_owned()], &mut Vec::new());
        assert_eq!(
            (figure.before.as_str(), figure.after.as_str(), figure.frames),
            ("<svg>\n</svg>", "", vec![Vec::new()])
        );
    }
}
