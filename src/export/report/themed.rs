//! One SVG for two themes: where the themes differ in a colour, the SVG names a variable of the page's style sheet.
//!
//! The painter knows nothing of this. The same chart painted in both themes gives the same shapes, and so two texts that differ in
//! colours alone; where they differ in more, both are in the page and the style sheet shows one.

use std::fmt::Write as _;

use super::html::escape;
use crate::chart::Chart;
use crate::export::picture::{Look, Size, to_svg};
use crate::text::Language;
use crate::theme::ThemeKind;

/// Pairs of values, light and dark, that attributes of the page's pictures have: colours, and how much they cover.
#[derive(Debug, Default)]
pub(super) struct ThemedValues(Vec<[String; 2]>);

/// Attributes whose value may be a variable.
const THEMED: [&str; 6] = ["fill", "stroke", "stop-color", "fill-opacity", "stroke-opacity", "stop-opacity"];

impl ThemedValues {
    /// The number of a pair.
    fn number(&mut self, light: &str, dark: &str) -> usize {
        let known = self.0.iter().position(|[a, b]| a == light && b == dark);
        known.unwrap_or_else(|| {
            self.0.push([light.to_owned(), dark.to_owned()]);
            self.0.len() - 1
        })
    }

    /// Declarations of the variables in one theme.
    pub(super) fn declarations(&self, theme: ThemeKind) -> String {
        let mut text = String::new();
        for (number, [light, dark]) in self.0.iter().enumerate() {
            let value = match theme {
                ThemeKind::Light | ThemeKind::Print => light,
                ThemeKind::Dark => dark,
            };
            write!(text, "--c{number}:{value};").expect("memory takes any text");
        }
        text
    }
}

/// A chart painted twice.
pub(super) struct InBothThemes([String; 2]);

impl InBothThemes {
    pub(super) fn of(chart: &Chart, size: Size, language: Language) -> Self {
        Self([ThemeKind::Light, ThemeKind::Dark].map(|theme| {
            let look = Look { theme, size, transparent: true, ..Look::new(language) };
            // A gradient of a theme has the theme in its name; here both are one.
            to_svg(chart, &look).replace(&format!("heat-{}", theme.name()), "heat")
        }))
    }

    /// The chart as an SVG inside a page. `name` is unique in the page, and `label` says what the picture shows.
    pub(super) fn themed(&self, name: &str, label: &str, values: &mut ThemedValues) -> String {
        let [light, dark] = &self.0;
        match merged(light, dark, values) {
            Some(svg) => inside_page(&svg, name, label, ""),
            None => {
                inside_page(light, &format!("{name}-light"), label, " class=\"light-only\"")
                    + &inside_page(dark, &format!("{name}-dark"), label, " class=\"dark-only\"")
            }
        }
    }
}

/// One text for both, if they differ only in what a variable can say.
fn merged(light: &str, dark: &str, values: &mut ThemedValues) -> Option<String> {
    let mut svg = String::with_capacity(light.len());
    let (mut light_parts, mut dark_parts) = (light.split('"'), dark.split('"'));
    // Between quotation marks stand, in turn, markup and the values of attributes: words have none, they are written &quot;.
    let mut inside = false;
    loop {
        match (light_parts.next(), dark_parts.next()) {
            (Some(a), Some(b)) => {
                if svg.is_empty() || !inside {
                    if a != b {
                        return None;
                    }
                    svg.push_str(a);
                } else if a == b {
                    svg.push_str(a);
                } else {
                    let attribute = svg.trim_end_matches("=\"").rsplit(' ').next()?;
                    if !THEMED.contains(&attribute) {
                        return None;
                    }
                    write!(svg, "var(--c{})", values.number(a, b)).expect("memory takes any text");
                }
            }
            (None, None) => {
                svg.pop();
                return Some(svg);
            }
            (Some(_), None) | (None, Some(_)) => return None,
        }
        svg.push('"');
        inside = !inside;
    }
}

/// The SVG without what only a file of its own needs, and with names that no other picture of the page has. Title and description
/// go, since the page says both.
fn inside_page(svg: &str, name: &str, label: &str, attributes: &str) -> String {
    let start = svg.find("<svg").unwrap_or(0);
    let mut svg = svg[start..]
        .trim_end()
        .replace(" xmlns=\"http://www.w3.org/2000/svg\"", "")
        .replace(" xmlns:xlink=\"http://www.w3.org/1999/xlink\"", "")
        .replace(" role=\"img\"", "");
    for (from, to) in [("<title", "</title>\n"), ("<desc", "</desc>\n"), (" aria-labelledby=\"", "\"")] {
        cut(&mut svg, from, to);
    }
    let svg = svg
        .replace(" id=\"", &format!(" id=\"{name}-"))
        .replace("url(#", &format!("url(#{name}-"))
        .replace("href=\"#", &format!("href=\"#{name}-"));
    svg.replacen("<svg", &format!("<svg role=\"img\" aria-label=\"{}\"{attributes}", escape(label)), 1)
}

/// Takes out the first part of the text that begins and ends so.
fn cut(text: &mut String, from: &str, to: &str) {
    if let Some(start) = text.find(from)
        && let Some(length) = text[start + from.len()..].find(to)
    {
        text.replace_range(start..start + from.len() + length + to.len(), "");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_pictures_that_differ_in_colours_become_one() {
        let mut values = ThemedValues::default();
        let light = "<svg><path fill=\"#ffffff\" stroke=\"#010203\" clip-path=\"url(#a)\"/><b fill=\"#ffffff\" fill-opacity=\".2\"/></svg>";
        let dark = light.replace("ffffff", "000000").replace(".2", ".3");
        let merged = merged(light, &dark, &mut values).unwrap();
        assert_eq!(merged, light.replace("#ffffff", "var(--c0)").replace(".2", "var(--c1)"),);
        assert_eq!(values.declarations(ThemeKind::Light), "--c0:#ffffff;--c1:.2;");
        assert_eq!(values.declarations(ThemeKind::Dark), "--c0:#000000;--c1:.3;");
    }

    #[test]
    fn pictures_that_differ_in_more_stay_two() {
        let mut values = ThemedValues::default();
        for dark in ["<svg fill=\"#000000\"><c/></svg>", "<svg x=\"#ffffff\"/>", "<b fill=\"#ffffff\"/>", "<svg/>"] {
            assert_eq!(merged("<svg fill=\"#ffffff\"/>", dark, &mut values), None, "{dark}");
        }
        assert_eq!(merged("<svg x=\"1\"/>", "<svg x=\"2\"/>", &mut values), None);
    }

    #[test]
    fn names_of_one_picture_are_no_other_pictures() {
        let svg = "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"t d\">\n\
            <title id=\"t\">T</title>\n<desc id=\"d\">D</desc>\n<g id=\"a\"/><use href=\"#a\" fill=\"url(#a)\"/></svg>\n";
        assert_eq!(
            inside_page(svg, "growth", "a & b", ""),
            "<svg role=\"img\" aria-label=\"a &amp; b\">\n<g id=\"growth-a\"/><use href=\"#growth-a\" fill=\"url(#growth-a)\"/></svg>"
        );
    }
}
