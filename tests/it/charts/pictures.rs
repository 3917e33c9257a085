//! SVG and PNG of every kind of chart.

use densescope::chart::{Chart, Marks};
use densescope::export::picture::{Look, Size, to_png, to_svg};
use densescope::text::{Language, font};
use densescope::theme::ThemeKind;

use super::extremes::extreme;
use super::measure::{assert_words_have_room, read, show, words};
use super::samples::ordinary;

fn looks(language: Language) -> Vec<Look> {
    let mut looks = Vec::new();
    for theme in ThemeKind::ALL {
        for size in [Size::Slide, Size::Column, Size::Page] {
            let caption = Some("DenseNet k₀ = 16, k = 8, blocks 4–4–4, seed 1, densescope 0.1.0".to_owned());
            looks.push(Look { theme, size, transparent: false, language, caption });
        }
    }
    looks
}

#[test]
fn every_chart_in_every_look_can_be_read_and_no_words_touch() {
    for language in Language::ALL {
        for chart in ordinary(language) {
            for look in looks(language) {
                let svg = to_svg(&chart, &look);
                let what = format!("{} {} {} {}", chart.id, look.theme.name(), language.code(), look.size);
                show(&what, &svg, if look.size == Size::Column { 2.0 } else { 1.0 });
                assert_words_have_room(&read(&svg), &what);
                assert_eq!(svg, to_svg(&chart, &look), "{what}: the same chart gave other bytes");
            }
        }
    }
}

#[test]
fn what_is_hard_to_draw_is_drawn_at_every_size() {
    let sizes = [
        Size::Slide,
        Size::Column,
        Size::Page,
        Size::Pixels { width: 4000, height: 3000 },
        Size::Pixels { width: 320, height: 200 },
        Size::Pixels { width: 64, height: 64 },
        Size::Pixels { width: 1600, height: 150 },
        Size::Pixels { width: 200, height: 1600 },
    ];
    for language in Language::ALL {
        for (name, chart) in extreme(language) {
            for size in sizes {
                let look = Look { size, ..Look::new(language) };
                let svg = to_svg(&chart, &look);
                let what = format!("{name} {} {size}", language.code());
                if !matches!(size, Size::Pixels { width: 4000, .. }) {
                    show(&format!("hard {what}"), &svg, 1.0);
                }
                assert_words_have_room(&read(&svg), &what);
            }
        }
    }
}

#[test]
fn every_series_and_every_value_is_in_the_picture() {
    for chart in ordinary(Language::English) {
        let svg = to_svg(&chart, &Look::new(Language::English));
        let file = resvg::usvg::roxmltree::Document::parse(&svg).unwrap();
        for (index, panel) in chart.panels.iter().enumerate() {
            for series in &panel.series {
                let id = format!("{}-panel{}-{}", chart.id, index + 1, series.key);
                let group = file
                    .descendants()
                    .find(|node| node.attribute("id") == Some(&id))
                    .unwrap_or_else(|| panic!("no group {id}"));
                assert_eq!(group.attribute("data-key"), Some(series.key.as_str()));
                let count = |tag: &str| group.descendants().filter(|node| node.has_tag_name(tag)).count();
                let (values, shapes) = match &series.marks {
                    Marks::Points(points) => (points.len(), count("circle") + count("path")),
                    Marks::Bars(bars) => (bars.len(), count("rect")),
                    Marks::Cells(cells) => (cells.values.iter().flatten().count(), count("rect")),
                    Marks::Rule { .. } => (1, count("path")),
                    Marks::Band(spans) => (spans.len(), count("path") * spans.len()),
                    Marks::Line(points) | Marks::Steps(points) => (points.len(), count("path").min(1) * points.len()),
                };
                assert_eq!(shapes, values, "{id}");
                assert_eq!(group.attribute("data-values"), Some(values.to_string().as_str()), "{id}");
            }
        }
    }
}

fn said(chart: &Chart, look: &Look) -> String {
    words(&read(&to_svg(chart, look))).into_iter().map(|words| words.text).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_picture_says_what_the_chart_says() {
    for language in Language::ALL {
        for chart in ordinary(language) {
            let look = Look { caption: Some("seed 1".to_owned()), ..Look::new(language) };
            let said = said(&chart, &look).replace('\n', "");
            let labels = chart.panels.iter().flat_map(|panel| [&panel.x.label, &panel.y.label, &panel.x.label]);
            let names = chart.panels.iter().flat_map(|panel| panel.series.iter().map(|series| &series.name));
            let titles = chart.panels.iter().filter_map(|panel| panel.title.as_ref());
            for words in
                labels.chain(names).chain(titles).chain([&chart.title]).chain(&chart.subtitle).chain(&chart.notes)
            {
                assert!(said.contains(words.as_str()), "{}: '{words}' is missing in {said}", chart.id);
            }
            assert!(said.contains("seed 1"));
        }
    }
}

#[test]
fn no_glyph_is_missing() {
    let fonts = [font::REGULAR, font::BOLD].map(|bytes| ttf_parser::Face::parse(bytes, 0).unwrap());
    for language in Language::ALL {
        let charts = ordinary(language).into_iter().chain(extreme(language).into_iter().map(|(_, chart)| chart));
        for chart in charts {
            for character in said(&chart, &Look::new(language)).chars().filter(|character| *character != '\n') {
                for font in &fonts {
                    assert!(font.glyph_index(character).is_some(), "{}: '{character}'", chart.id);
                }
            }
        }
    }
}

#[test]
fn screen_readers_get_a_title_and_a_description() {
    let chart = &ordinary(Language::Chinese)[0];
    let svg = to_svg(chart, &Look::new(Language::Chinese));
    let file = resvg::usvg::roxmltree::Document::parse(&svg).unwrap();
    let root = file.root_element();
    assert_eq!(root.attribute("role"), Some("img"));
    let text =
        |tag: &str| root.children().find(|node| node.has_tag_name(tag)).and_then(|node| node.text()).map(str::to_owned);
    assert_eq!(text("title").as_deref(), Some(chart.title.as_str()));
    assert_eq!(text("desc").as_deref(), Some(chart.about.as_str()));
    let mut ids: Vec<_> = file.descendants().filter_map(|node| node.attribute("id")).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "an id is used twice");
}

#[test]
fn a_png_has_the_size_that_was_asked_for_and_is_not_blank() {
    for theme in ThemeKind::ALL {
        let look = Look { theme, ..Look::new(Language::English) };
        for chart in ordinary(Language::English) {
            let png = to_png(&to_svg(&chart, &look), 1.5);
            let pixels = resvg::tiny_skia::Pixmap::decode_png(&png).unwrap();
            assert_eq!((pixels.width(), pixels.height()), (1920, 1080));
            let ground = pixels.pixel(2, 2).unwrap();
            assert_eq!(ground.alpha(), 255);
            for (name, rows) in [("heading", 0..150), ("panels", 300..900)] {
                let painted = rows
                    .flat_map(|y| (0..1920).map(move |x| (x, y)))
                    .filter(|&(x, y)| pixels.pixel(x, y) != Some(ground))
                    .count();
                assert!(painted > 1000, "{} {}: {painted} pixels of the {name}", chart.id, theme.name());
            }
        }
    }
}

#[test]
fn a_transparent_picture_has_no_ground() {
    let look = Look { transparent: true, ..Look::new(Language::English) };
    let png = to_png(&to_svg(&ordinary(Language::English)[0], &look), 1.0);
    let pixels = resvg::tiny_skia::Pixmap::decode_png(&png).unwrap();
    assert_eq!(pixels.pixel(2, 2).unwrap().alpha(), 0);
}
