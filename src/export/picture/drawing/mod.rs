//! The drawing of the networks as an SVG: the marks that the window paints, laid out for the picture, with a heading and a key.

mod key;
mod marks;

use std::collections::BTreeSet;

use emath::{Rect, pos2, vec2};

use super::look::Look;
use super::paper::Paper;
use super::sheet::rounded;
use super::svg::file;
use crate::chart::layout::{Area, Fill, Kinds, Letters, Side, text_width};
use crate::drawing::layout::Layout;
use crate::drawing::paint::{self, Emphasis};
use crate::drawing::{Drawing, ID, model};
use crate::text::Text;
use key::Key;
use marks::{Painter, face};

/// The smallest letters of a drawing in its own points, and the least that is still read in a picture, in pixels.
const SMALLEST: f64 = 9.0;
const LEAST: f64 = 8.5;
/// Letters of a drawing that are as large as those at ticks.
const LETTERS: f64 = 11.0;
/// Drawings narrower than this have the names of networks upright at their left, in a gutter that wide.
const NARROW: f64 = 460.0;
const UPRIGHT: f64 = 34.0;

/// The drawing as an SVG of its own: no other file is needed to show it.
pub fn drawing_to_svg(drawing: &Drawing, look: &Look) -> String {
    let kinds = look.kinds();
    let (width, height) = look.size.pixels();
    let mut page = Page::of(drawing, look, f64::from(width), &kinds);
    let height = match height {
        Some(height) => {
            page.make_room(f64::from(height), drawing, &kinds);
            height
        }
        None => rounded((page.around(&kinds) + page.flowing(drawing)).ceil()).unsigned_abs(),
    };
    let paper = Paper::new(width, height);
    if !look.transparent {
        let whole = Area { left: 0.0, top: 0.0, right: f64::from(width), bottom: f64::from(height) };
        let ground = Fill::plain(look.palette().ground);
        paper.group(&[("id", "network-ground")], || paper.rectangle(whole, &ground, None));
    }
    page.paint(drawing, look, f64::from(height), &paper, &kinds);
    file([ID, &drawing.title, &drawing.about], look, (width, height), paper)
}

/// What stands around the drawing.
struct Page {
    margin: f64,
    width: f64,
    /// Pixels for a point of the drawing.
    scale: f64,
    title: Vec<String>,
    subtitle: Vec<String>,
    key: Key,
    caption: Vec<String>,
}

/// The points that a drawing needs from top to bottom.
fn least_height(drawing: &Drawing) -> f64 {
    30.0 + 50.0 * drawing.networks.len() as f64
}

impl Page {
    fn of(drawing: &Drawing, look: &Look, width: f64, kinds: &Kinds) -> Self {
        let margin = (kinds.unit * if width < 700.0 { 0.7 } else { 1.9 }).min(width * 0.05);
        let room = width - 2.0 * margin;
        Self {
            margin,
            width,
            scale: (kinds.tick.size / LETTERS).max(LEAST / SMALLEST),
            title: kinds.title.wrap(&drawing.title, room, 2),
            subtitle: kinds.subtitle.wrap(&drawing.subtitle, room, 2),
            key: Key::of(drawing, Text::of(look.language), room, kinds),
            caption: look.caption.as_deref().map_or_else(Vec::new, |words| kinds.caption.wrap(words, room, 2)),
        }
    }

    /// The height of all that is not the drawing.
    fn around(&self, kinds: &Kinds) -> f64 {
        self.above(kinds) + self.below(kinds) + 1.6 * self.margin
    }

    fn above(&self, kinds: &Kinds) -> f64 {
        let gap = |height: f64| if height > 0.0 { height + kinds.unit * 0.5 } else { 0.0 };
        let text = self.title.len() as f64 * kinds.title.line() + self.subtitle.len() as f64 * kinds.subtitle.line();
        gap(text) + gap(self.key.height(kinds))
    }

    fn below(&self, kinds: &Kinds) -> f64 {
        let height = self.caption.len() as f64 * kinds.caption.line();
        if height > 0.0 { height + kinds.unit * 0.5 } else { 0.0 }
    }

    /// The height of a drawing whose picture is as high as it needs to be.
    fn flowing(&self, drawing: &Drawing) -> f64 {
        let lanes = drawing.networks.len() as f64;
        let room = self.width - 2.0 * self.margin;
        (room * (0.10 + 0.22 * lanes)).max(self.scale * (30.0 + 95.0 * lanes))
    }

    /// Leaves out what matters least until the drawing has room.
    fn make_room(&mut self, height: f64, drawing: &Drawing, kinds: &Kinds) {
        let least = least_height(drawing);
        let steps: [fn(&mut Self); 5] = [
            |page| page.caption.clear(),
            |page| page.subtitle.clear(),
            |page| page.key.clear(),
            |page| page.title.truncate(1),
            |page| page.title.clear(),
        ];
        for step in steps {
            if height - self.around(kinds) >= (least * self.scale).max(height * 0.6) {
                return;
            }
            step(self);
        }
        // What is smaller than all of this is a sign of the drawing, whose letters are no longer read.
        self.scale = self.scale.min((height - self.around(kinds)) / least).max(0.05);
    }

    fn paint(&self, drawing: &Drawing, look: &Look, height: f64, paper: &Paper, kinds: &Kinds) {
        let mut top = self.margin * 0.8;
        if !self.title.is_empty() {
            paper.group(&[("id", "network-heading")], || {
                paper.lines(self.margin, &self.title, &kinds.title, &mut top);
                paper.lines(self.margin, &self.subtitle, &kinds.subtitle, &mut top);
            });
            top += kinds.unit * 0.5;
        }
        if self.key.height(kinds) > 0.0 {
            paper.group(&[("id", "network-key")], || self.key.paint((self.margin, top), paper, look.palette(), kinds));
        }
        let area = Area {
            left: self.margin,
            top: self.margin * 0.8 + self.above(kinds),
            right: self.width - self.margin,
            bottom: height - self.margin * 0.8 - self.below(kinds),
        };
        paper.group(&[("id", "network-drawing")], || self.drawing(drawing, look, area, paper));
        if !self.caption.is_empty() {
            let mut top = area.bottom + kinds.unit * 0.5;
            paper.group(&[("id", "network-notes")], || {
                paper.lines(self.margin, &self.caption, &kinds.caption, &mut top);
            });
        }
    }

    /// The marks that the window paints, in that area.
    fn drawing(&self, drawing: &Drawing, look: &Look, area: Area, paper: &Paper) {
        let (palette, text) = (look.palette(), Text::of(look.language));
        let Drawing { networks, alive, wires, .. } = drawing;
        let narrow = area.width() / self.scale < NARROW;
        let gutter = if narrow { UPRIGHT } else { f64::from(paint::GUTTER) };
        #[expect(clippy::cast_possible_truncation, reason = "a picture has fewer than 2^24 pixels")]
        let points = |pixels: f64| (pixels / self.scale) as f32;
        let size = vec2(points(area.width() - gutter * self.scale).max(40.0), points(area.height()));
        let columns = model::columns(&networks[0], size.x, &BTreeSet::new(), &BTreeSet::new());
        let layout = Layout::new(networks, &columns, size, *wires);
        let mut painter = Painter::new(paper, (area.left + gutter * self.scale, area.top), self.scale);
        let view = Rect::from_min_size(pos2(0.0, 0.0), size);
        #[expect(clippy::cast_possible_truncation, reason = "words are narrower than 2^24 points")]
        let measure = |words: &str, size: f32, bold: bool| text_width(words, f64::from(size), face(bold)) as f32;
        painter.put(&paint::cards(&layout, palette));
        painter.put(&paint::structure(&layout, networks, palette));
        painter.put(&paint::strokes(&layout, networks, alive, *wires, Emphasis::default(), palette));
        for (lane, network) in layout.lanes.iter().zip(networks) {
            let shown = paint::Shown { alive, emphasis: Emphasis::default(), view };
            painter.put(&paint::nodes(lane, network, shown, palette, &measure));
            painter.put(&paint::counts(lane, &layout, false, palette));
            for fold in &lane.folds {
                let count = fold.to - fold.from + 1;
                let words = [text.fill("network_view.more", &[("count", &count)]), format!("+{count}")];
                painter.put(&paint::fold(paint::fold_button(lane, fold), &words, false, palette, &measure));
            }
            #[expect(clippy::cast_possible_truncation, reason = "a gutter is narrow")]
            let place = Rect::from_x_y_ranges(-gutter as f32..=0.0, lane.rect.y_range());
            if narrow {
                let place = (area.left, area.top + f64::from(place.center().y) * self.scale);
                self.upright(place, f64::from(lane.rect.height()), network, look, paper);
            } else {
                painter.put(&paint::gutter(place, network, text, palette, &measure));
            }
        }
        painter.put(&paint::headers(&layout, text, palette, view, &measure));
    }

    /// A network's name and its number beside a lane of a narrow picture, as far as they fit.
    fn upright(
        &self,
        (left, middle): (f64, f64),
        height: f64,
        network: &crate::arch::Architecture,
        look: &Look,
        paper: &Paper,
    ) {
        let (palette, text) = (look.palette(), Text::of(look.language));
        let name = text.say(&format!("network.{}", network.kind.name()));
        let lines = [
            (name.to_owned(), true, palette.network(network.kind)),
            (paint::number(network, text), false, palette.ink),
        ];
        for (index, (words, bold, color)) in lines.iter().enumerate() {
            let letters = Letters { size: LETTERS * self.scale, face: face(*bold), color: *color };
            let words = letters.shorten(words, height * self.scale - 4.0);
            let x = left + (LETTERS * self.scale) * (0.95 + 1.25 * index as f64);
            paper.upright(&words, (x, middle), Side::Middle, &letters);
        }
    }
}
