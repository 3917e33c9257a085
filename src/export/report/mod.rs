//! The report of a run: one page that opens anywhere, without a network, and refers to nothing outside itself.
//!
//! Everything it shows is in it: pictures as shapes, values as tables, the replay as data for a small script. Its security policy
//! forbids whatever else a page could load, so that a browser vouches for this.

/// Adds formatted text to a string, which takes any.
macro_rules! append {
    ($text:expr, $($words:tt)+) => {{
        let _ = std::fmt::Write::write_fmt(&mut $text, format_args!($($words)+));
    }};
}

mod figures;
mod head;
mod html;
mod names;
mod networks;
mod page;
mod replay;
mod settings;
mod themed;

use super::gallery::{self, Gallery};
use super::saved_run::SavedRun;
use crate::text::{Language, Text};
use crate::theme::{Palette, ThemeKind};
use html::{escape, json};
pub use page::Page;
use replay::Replay;
use serde::Serialize;
use themed::ThemedValues;

const STYLE: &str = include_str!("../../../assets/report/report.css");
const SCRIPT: &str = include_str!("../../../assets/report/report.js");
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:";

/// The report of a run, or of several in comparison, with these figures, in that language.
pub fn report(runs: &[SavedRun], gallery: &Gallery, language: Language) -> String {
    let text = Text::of(language);
    let run_names = gallery::names(runs);
    let mut themed_values = ThemedValues::default();
    let figures = figures::figures(gallery, text, &mut themed_values);
    let title = head::title(runs, text);
    let replay = if let [run] = runs { replay::replay(run, text, &mut themed_values) } else { None };

    let mut page = opening(&format!("{title} – {}", run_names.join(", ")), &themed_values, text);
    page += &head::head(runs, &run_names, text, &title);
    page += &contents(gallery, replay.is_some(), text);
    page += "<main id=\"content\">\n";
    page += &section("outcome", text.say("report.outcome"), &networks::outcome(runs, &run_names, text));
    if let Some((content, _)) = &replay {
        page += &section("replay", text.say("report.replay.title"), content);
    }
    page += &section("figures", text.say("report.figures"), &figures);
    let layers =
        format!("<p>{}</p>\n{}", escape(text.say("report.networks_about")), networks::layers(runs, &run_names, text));
    page += &section("networks", text.say("report.networks"), &layers);
    page += &section("settings", text.say("report.settings"), &settings::settings(runs, &run_names, text));
    let footer = text.fill("report.footer", &[("version", &env!("CARGO_PKG_VERSION"))]);
    page + &closing(&footer, replay.map(|(_, data)| data), text)
}

/// The page up to what it shows: title, policy, style.
fn opening(title: &str, themed_values: &ThemedValues, text: &Text) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"generator\" content=\"densescope {version}\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title}</title>\n<style>\n{colors}\n{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#content\">{skip}</a>\n",
        lang = text.language().tag(),
        version = env!("CARGO_PKG_VERSION"),
        title = escape(title),
        colors = colors(themed_values),
        skip = escape(text.say("report.skip")),
    )
}

/// The page after what it shows: its foot, and the script with what it works with.
fn closing(footer: &str, replay: Option<Replay>, text: &Text) -> String {
    let data = json(&Data { words: Words::of(text), replay });
    format!(
        "</main>\n<footer><p>{}</p></footer>\n<script type=\"application/json\" id=\"data\">{data}</script>\n\
         <script>\n{SCRIPT}</script>\n</body>\n</html>\n",
        escape(footer)
    )
}

fn contents(gallery: &Gallery, with_replay: bool, text: &Text) -> String {
    let mut links = String::new();
    let mut link = |id: &str, words: &str| {
        append!(links, "<li><a href=\"#{id}\">{}</a></li>\n", escape(words));
    };
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

/// What the script works with.
#[derive(Serialize)]
struct Data<'a> {
    words: Words<'a>,
    replay: Option<Replay>,
}

/// What the script says on its buttons.
#[derive(Serialize)]
struct Words<'a> {
    play: &'a str,
    pause: &'a str,
    copied: &'a str,
    not_copied: &'a str,
    to_dark: &'a str,
    to_light: &'a str,
}

impl<'a> Words<'a> {
    fn of(text: &'a Text) -> Self {
        Self {
            play: text.say("report.replay.play"),
            pause: text.say("report.replay.pause"),
            copied: text.say("report.copied"),
            not_copied: text.say("report.not_copied"),
            to_dark: text.say("report.to_dark"),
            to_light: text.say("report.to_light"),
        }
    }
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
            append!(text, "--{name}:{};", color.css());
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
