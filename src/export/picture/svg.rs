//! A chart as an SVG: its marks, and the file around them.

use std::fmt::Write as _;

use super::look::Look;
use super::paper::Paper;
use super::sheet::{escape, rounded};
use crate::chart::Chart;
use crate::chart::layout::{Area, Fill, Page, layout};
use crate::text::{Text, font};

/// Families for those whose viewer does not have the first.
const FALLBACKS: &str =
    "'Noto Sans SC','Source Han Sans SC','PingFang SC','Microsoft YaHei','Helvetica Neue',Arial,sans-serif";

/// The chart as an SVG of its own: no other file is needed to show it.
pub fn to_svg(chart: &Chart, look: &Look) -> String {
    let (width, height) = look.size.pixels();
    let page = Page {
        width: f64::from(width),
        height: height.map(f64::from),
        kinds: look.kinds(),
        palette: look.palette(),
        caption: look.caption.clone(),
        empty: Text::of(look.language).say("file.empty").to_owned(),
    };
    let (marks, height) = layout(chart, &page);
    let height = rounded(height).unsigned_abs();
    let paper = Paper::new(width, height);
    if !look.transparent {
        let whole = Area { left: 0.0, top: 0.0, right: f64::from(width), bottom: f64::from(height) };
        let ground = Fill::plain(look.palette().ground);
        paper.group(&[("id", &format!("{}-ground", chart.id))], || paper.rectangle(whole, &ground, None));
    }
    paper.paint(&marks);
    file([chart.id, &chart.title, &chart.about], look, (width, height), paper)
}

/// The file around what was painted, with its id, title and description.
pub(super) fn file([id, title, about]: [&str; 3], look: &Look, (width, height): (u32, u32), paper: Paper) -> String {
    let (body, definitions) = paper.finish();
    let mut svg = String::with_capacity(body.len() + definitions.len() + 1024);
    let _ = writeln!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         role=\"img\" aria-labelledby=\"{id}-title {id}-about\" xml:lang=\"{}\" font-family=\"'{}',{FALLBACKS}\">",
        look.language.code(),
        font::FAMILY,
    );
    for (tag, name, words) in [("title", "title", title), ("desc", "about", about)] {
        let _ = write!(svg, "<{tag} id=\"{id}-{name}\">");
        escape(&mut svg, words);
        let _ = writeln!(svg, "</{tag}>");
    }
    if !definitions.is_empty() {
        let _ = writeln!(svg, "<defs>\n{definitions}</defs>");
    }
    svg.push_str(&body);
    svg.push_str("</svg>\n");
    svg
}
