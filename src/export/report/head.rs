//! The beginning of the page: what was compared, and how.

use super::html::escape;
use super::names;
use crate::config::RunConfig;
use crate::export::SavedRun;
use crate::text::{Text, number};

/// What the page is called.
pub(super) fn title(runs: &[SavedRun], text: &Text) -> String {
    match runs {
        [run] => {
            let names: Vec<&str> = run.networks.iter().map(|network| names::network(text, network.kind)).collect();
            text.fill("report.title", &[("networks", &joined(&names, text))])
        }
        runs => text.fill("report.title_of_several", &[("count", &runs.len())]),
    }
}

fn joined(names: &[&str], text: &Text) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first, middle @ .., last] => {
            let listed = middle.iter().fold((*first).to_owned(), |listed, next| {
                text.fill("report.listed", &[("listed", &listed), ("next", next)])
            });
            text.fill("report.and", &[("first", &listed), ("last", last)])
        }
    }
}

/// Title, what was compared and how, facts of every run, and what a reader must know.
pub(super) fn head(runs: &[SavedRun], names: &[String], text: &Text, title: &str) -> String {
    let mut html = format!(
        "<header>\n<div class=\"bar\"><span class=\"mark\">densescope</span>\
         <button type=\"button\" id=\"theme\" hidden>{}</button></div>\n<h1>{}</h1>\n",
        escape(text.say("report.to_dark")),
        escape(title),
    );
    if let [first, others @ ..] = runs
        && others.iter().all(|other| how(other, text) == how(first, text))
    {
        append!(html, "<p class=\"lead\">{}</p>\n", escape(&how(first, text)));
    }
    if runs.len() > 1 {
        append!(html, "<p>{}</p>\n", escape(text.say("report.several_about")));
    }
    for (run, name) in runs.iter().zip(names) {
        html += "<ul class=\"facts\">";
        for fact in facts(run, name, text) {
            append!(html, "<li>{}</li>", escape(&fact));
        }
        html += "</ul>\n";
        for note in &run.notes {
            append!(html, "<p class=\"note\">{}</p>\n", escape(&note.say(text)));
        }
    }
    html + "</header>\n"
}

/// What the networks of a run saw, and how.
fn how(run: &SavedRun, text: &Text) -> String {
    let (RunConfig { data, training, .. }, input) = (&run.config, run.input());
    text.fill(
        "report.how",
        &[
            ("batch", &training.batch),
            ("train", &number::grouped(data.train as u64)),
            ("validation", &number::grouped(data.validation as u64)),
            ("source", &data.source),
            ("channels", &input.image.channels),
            ("height", &input.image.height),
            ("width", &input.image.width),
            ("classes", &input.classes),
        ],
    )
}

fn facts(run: &SavedRun, name: &str, text: &Text) -> Vec<String> {
    let steps = number::grouped(run.history.last_common_step() as u64);
    let mut facts = vec![
        text.fill("report.fact.run", &[("name", &name)]),
        text.fill("report.fact.steps", &[("steps", &steps)]),
        text.fill("report.fact.seed", &[("seed", &run.config.seed)]),
        text.fill("report.fact.backend", &[("backend", &run.config.training.backend.name())]),
    ];
    if let Some(instructions) = &run.instructions {
        facts.push(text.fill("report.fact.instructions", &[("instructions", instructions)]));
    }
    if let Some(version) = &run.version {
        facts.push(text.fill("report.fact.version", &[("version", version)]));
    }
    facts
}
