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

/// Pairs of colours, light and dark, that the page's pictures use.
#[derive(Debug, Default)]
pub(super) struct ColorPairs(Vec<[String; 2]>);

impl ColorPairs {
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
            let color = match theme {
                ThemeKind::Light | ThemeKind::Print => light,
                ThemeKind::Dark => dark,
            };
            write!(text, "--c{number}:#{color};").expect("memory takes any text");
        }
        text
    }
}

/// The chart as an SVG inside a page. `name` is unique in the page, and `label` says what the picture shows.
pub(super) fn themed_svg(
    chart: &Chart,
    size: Size,
    language: Language,
    name: &str,
    label: &str,
    pairs: &mut ColorPairs,
) -> String {
    let [light, dark] = [ThemeKind::Light, ThemeKind::Dark].map(|theme| {
        let look = Look { theme, size, transparent: true, ..Look::new(language) };
        to_svg(chart, &look)
    });
    match merged(&light, &dark, pairs) {
        Some(svg) => inside_page(&svg, name, label, ""),
        None => {
            inside_page(&light, &format!("{name}-light"), label, " class=\"light-only\"")
                + &inside_page(&dark, &format!("{name}-dark"), label, " class=\"dark-only\"")
        }
    }
}

/// One text for both, if they differ in colours alone.
fn merged(light: &str, dark: &str, pairs: &mut ColorPairs) -> Option<String> {
    let mut svg = String::with_capacity(light.len());
    let (mut light_parts, mut dark_parts) = (light.split('#'), dark.split('#'));
    let (first, other) = (light_parts.next()?, dark_parts.next()?);
    if first != other {
        return None;
    }
    svg.push_str(first);
    loop {
        let (a, b) = match (light_parts.next(), dark_parts.next()) {
            (Some(a), Some(b)) => (a, b),
            (None, None) => return Some(svg),
            _ => return None,
        };
        if a == b {
            svg.push('#');
            svg.push_str(a);
            continue;
        }
        let (a_color, a_rest) = color_and_rest(a)?;
        let (b_color, b_rest) = color_and_rest(b)?;
        if a_rest != b_rest {
            return None;
        }
        write!(svg, "var(--c{})", pairs.number(a_color, b_color)).expect("memory takes any text");
        svg.push_str(a_rest);
    }
}

/// Six digits of a colour, and what follows.
fn color_and_rest(text: &str) -> Option<(&str, &str)> {
    let (color, rest) = text.split_at_checked(6)?;
    let ends = !rest.starts_with(|next: char| next.is_ascii_alphanumeric());
    (ends && color.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some((color, rest))
}

/// The SVG without what only a file of its own needs, and with names that no other picture of the page has.
fn inside_page(svg: &str, name: &str, label: &str, attributes: &str) -> String {
    let start = svg.find("<svg").unwrap_or(0);
    let svg = svg[start..]
        .trim_end()
        .replace(" xmlns=\"http://www.w3.org/2000/svg\"", "")
        .replace(" xmlns:xlink=\"http://www.w3.org/1999/xlink\"", "")
        .replace(" id=\"", &format!(" id=\"{name}-"))
        .replace("url(#", &format!("url(#{name}-"))
        .replace("href=\"#", &format!("href=\"#{name}-"));
    svg.replacen("<svg", &format!("<svg role=\"img\" aria-label=\"{}\"{attributes}", escape(label)), 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_pictures_that_differ_in_colours_become_one() {
        let mut pairs = ColorPairs::default();
        let light = "<svg><path fill=\"#ffffff\" stroke=\"#010203\" clip-path=\"url(#a)\"/><b fill=\"#ffffff\"/></svg>";
        let dark = light.replace("ffffff", "000000");
        let merged = merged(light, &dark, &mut pairs).unwrap();
        assert_eq!(
            merged,
            "<svg><path fill=\"var(--c0)\" stroke=\"#010203\" clip-path=\"url(#a)\"/><b fill=\"var(--c0)\"/></svg>"
        );
        assert_eq!(pairs.declarations(ThemeKind::Light), "--c0:#ffffff;");
        assert_eq!(pairs.declarations(ThemeKind::Dark), "--c0:#000000;");
    }

    #[test]
    fn pictures_that_differ_in_more_stay_two() {
        let mut pairs = ColorPairs::default();
        for dark in ["<svg a=\"#000000\"><c/></svg>", "<svg a=\"#0000001\"/>", "<b a=\"#ffffff\"/>", "<svg/>"] {
            assert_eq!(merged("<svg a=\"#ffffff\"/>", dark, &mut pairs), None, "{dark}");
        }
    }

    #[test]
    fn names_of_one_picture_are_no_other_pictures() {
        let svg = "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><g id=\"a\"/><use href=\"#a\" fill=\"url(#a)\"/></svg>\n";
        assert_eq!(
            inside_page(svg, "growth", "a & b", ""),
            "<svg role=\"img\" aria-label=\"a &amp; b\"><g id=\"growth-a\"/><use href=\"#growth-a\" fill=\"url(#growth-a)\"/></svg>"
        );
    }
}
