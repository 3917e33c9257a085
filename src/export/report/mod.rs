//! The report of a run: one page that opens anywhere, without a network, and refers to nothing outside itself.
//!
//! Everything it shows is in it: pictures as shapes, values as tables, the replay as data for a small script. Its security policy
//! forbids whatever else a page could load, so that a browser vouches for this.

mod figures;
mod html;
mod names;
mod networks;
mod replay;
mod settings;
mod themed;

use super::gallery::Gallery;
use super::saved_run::SavedRun;
use crate::arch::NetworkKind;
use crate::config::Backend;
use crate::text::{Language, Text, number};
use crate::theme::{Palette, ThemeKind};
use html::escape;
use themed::ThemedValues;

const STYLE: &str = include_str!("../../../assets/report/report.css");
const SCRIPT: &str = include_str!("../../../assets/report/report.js");
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:";

/// The report of a run with these figures, in that language.
pub fn report(run: &SavedRun, gallery: &Gallery, language: Language) -> String {
    let text = Text::of(language);
    let mut themed_values = ThemedValues::default();
    let figures = figures::figures(gallery, text, &mut themed_values);
    let names: Vec<&str> = run.networks.iter().map(|network| names::network(text, network.kind)).collect();
    let title = text.fill("report.title", &[("networks", &joined(&names, text))]);
    let replay = replay::replay(run, text);

    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"generator\" content=\"densescope {version}\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title}</title>\n<style>\n{colors}\n{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#content\">{skip}</a>\n",
        lang = html_language(language),
        version = env!("CARGO_PKG_VERSION"),
        title = escape(&format!("{title} – {}", run.name())),
        colors = colors(&themed_values),
        skip = escape(text.say("report.skip")),
    );
    page += &head(run, text, &title);
    page += &contents(gallery, replay.is_some(), text);
    page += "<main id=\"content\">\n";
    page += &section("outcome", text.say("report.outcome"), &networks::outcome(run, text));
    if replay.is_some() {
        page += &replay_section(text);
    }
    page += &section("figures", text.say("report.figures"), &figures);
    let layers = format!("<p>{}</p>\n{}", escape(text.say("report.networks_about")), networks::layers(run, text));
    page += &section("networks", text.say("report.networks"), &layers);
    page += &section("settings", text.say("report.settings"), &settings::settings(run, text));
    page += "</main>\n";
    page += &format!("<footer><p>{}</p></footer>\n", escape(&footer(run, text)));
    if let Some(data) = replay {
        page += &format!("<script type=\"application/json\" id=\"replay-data\">{data}</script>\n");
    }
    page + &format!("<script>\n{SCRIPT}</script>\n</body>\n</html>\n")
}

/// The language as browsers need it to choose the right shapes of characters.
const fn html_language(language: Language) -> &'static str {
    match language {
        Language::English => "en",
        Language::Chinese => "zh-Hans",
    }
}

fn joined(names: &[&str], text: &Text) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => {
            text.fill("report.and", &[("first", &first.join(text.say("report.comma"))), ("last", last)])
        }
    }
}

/// What was compared, and how.
fn head(run: &SavedRun, text: &Text, title: &str) -> String {
    let (config, input) = (&run.config, run.input());
    let how = text.fill(
        "report.how",
        &[
            ("batch", &config.training.batch),
            ("train", &number::grouped(config.data.train as u64)),
            ("validation", &number::grouped(config.data.validation as u64)),
            ("source", &config.data.source),
            ("channels", &input.image.channels),
            ("height", &input.image.height),
            ("width", &input.image.width),
            ("classes", &input.classes),
        ],
    );
    let steps = number::grouped(run.history.last_common_step() as u64);
    let backend = match config.training.backend {
        Backend::Flex => "flex",
        Backend::Ndarray => "ndarray",
    };
    let mut facts = vec![
        text.fill("report.fact.run", &[("name", &run.name())]),
        text.fill("report.fact.steps", &[("steps", &steps)]),
        text.fill("report.fact.seed", &[("seed", &config.seed)]),
        text.fill("report.fact.backend", &[("backend", &backend)]),
    ];
    if let Some(version) = &run.version {
        facts.push(text.fill("report.fact.version", &[("version", version)]));
    }
    let facts: String = facts.iter().map(|fact| format!("<li>{}</li>", escape(fact))).collect();
    let notes: String =
        run.notes.iter().map(|note| format!("<p class=\"note\">{}</p>\n", escape(&note.say(text)))).collect();
    format!(
        "<header>\n<div class=\"bar\"><span class=\"mark\">densescope</span>\
         <button type=\"button\" id=\"theme\" hidden>{}</button></div>\n\
         <h1>{}</h1>\n<p class=\"lead\">{}</p>\n<ul class=\"facts\">{facts}</ul>\n{notes}</header>\n",
        escape(text.say("report.to_dark")),
        escape(title),
        escape(&how)
    )
}

fn contents(gallery: &Gallery, with_replay: bool, text: &Text) -> String {
    let mut links = String::new();
    let mut link = |id: &str, words: &str| links += &format!("<li><a href=\"#{id}\">{}</a></li>\n", escape(words));
    link("outcome", text.say("report.outcome"));
    if with_replay {
        link("replay", text.say("report.replay.title"));
    }
    for chart in &gallery.charts {
        link(&format!("figure-{}", chart.id), &chart.title);
    }
    link("networks", text.say("report.networks"));
    link("settings", text.say("report.settings"));
    format!("<nav aria-label=\"{}\"><ol>\n{links}</ol></nav>\n", escape(text.say("report.contents")))
}

fn section(id: &str, title: &str, content: &str) -> String {
    format!("<section id=\"{id}\">\n<h2>{}</h2>\n{content}</section>\n", escape(title))
}

/// The frame that the script fills; without a script it says so.
fn replay_section(text: &Text) -> String {
    let say = |key: &str| escape(text.say(&format!("report.replay.{key}")));
    let content = format!(
        "<p>{about}</p>\n<noscript><p class=\"note\">{needs}</p></noscript>\n<div id=\"player\" hidden>\n\
         <div class=\"controls\"><button type=\"button\" id=\"play\">{play}</button>\
         <input type=\"range\" id=\"moment\" min=\"0\" value=\"0\" step=\"1\" aria-label=\"{step}\">\
         <output id=\"now\" for=\"moment\"></output></div>\n\
         <div class=\"legend\" id=\"legend\"></div>\n\
         <div class=\"pair\"><div><h3>{norms}</h3><div id=\"norms\" class=\"plot\"></div></div>\
         <div><h3>{loss}</h3><div id=\"losses\" class=\"plot\"></div></div></div>\n</div>\n",
        about = say("about"),
        needs = say("needs_script"),
        play = say("play"),
        step = say("step"),
        norms = say("norms"),
        loss = say("loss"),
    );
    section("replay", text.say("report.replay.title"), &content)
}

fn footer(run: &SavedRun, text: &Text) -> String {
    let version = run.version.as_deref().unwrap_or(env!("CARGO_PKG_VERSION"));
    text.fill("report.footer", &[("version", &version)])
}

/// A button that copies the table after it.
fn copy_button(text: &Text) -> String {
    format!("<button type=\"button\" class=\"copy\" hidden>{}</button>\n", escape(text.say("report.copy")))
}

/// The variables of both themes: light unless the system or the reader wants it dark, and light on paper.
fn colors(themed_values: &ThemedValues) -> String {
    let theme = |kind: ThemeKind| {
        let palette = Palette::of(kind);
        let scheme = if kind == ThemeKind::Dark { "dark" } else { "light" };
        let mut text = format!("color-scheme:{scheme};");
        for (name, color) in [
            ("ground", palette.ground),
            ("panel", palette.panel),
            ("control", palette.control),
            ("ink", palette.ink),
            ("quiet", palette.quiet),
            ("line", palette.line),
            ("grid", palette.grid),
            ("accent", palette.accent),
            ("on-accent", palette.on_accent),
            ("warning", palette.warning),
        ] {
            text += &format!("--{name}:{};", color.css());
        }
        for network in NetworkKind::ALL {
            text += &format!("--{network}:{};", palette.network(network).css());
        }
        text + &themed_values.declarations(kind)
    };
    let (light, dark) = (theme(ThemeKind::Light), theme(ThemeKind::Dark));
    format!(
        ":root{{{light}}}\n:root[data-theme=dark]{{{dark}}}\n\
         @media screen and (prefers-color-scheme:dark){{:root:not([data-theme]){{{dark}}}}}\n\
         @media print{{:root,:root[data-theme]{{{light}}}}}\n\
         svg.dark-only{{display:none!important}}\n\
         :root[data-theme=dark] svg.light-only{{display:none!important}}:root[data-theme=dark] svg.dark-only{{display:block!important}}\n\
         @media screen and (prefers-color-scheme:dark){{:root:not([data-theme]) svg.light-only{{display:none!important}}\
         :root:not([data-theme]) svg.dark-only{{display:block!important}}}}"
    )
}
