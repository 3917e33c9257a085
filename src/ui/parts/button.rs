//! A button with an icon, words, or both, in three ranks; its name is always known to a screen reader and shown on hover.

use eframe::egui::{
    Color32, CornerRadius, CursorIcon, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2, Widget, WidgetInfo, pos2,
    vec2,
};

use super::icon::{self, Icon};
use crate::theme::Color;
use crate::ui::style::{CONTROL, RADIUS, bold_font, color, font, palette};

/// How much a button asks to be pressed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rank {
    /// The one thing to do now.
    Primary,
    /// As controls are.
    Normal,
    /// Without a ground until it is pointed at.
    Quiet,
}

/// A button.
#[must_use = "a button shows when it is added"]
pub struct Press<'a> {
    name: &'a str,
    icon: Option<Icon>,
    words: Option<&'a str>,
    key: Option<&'a str>,
    tip: Option<&'a str>,
    rank: Rank,
    /// Whether it is on, for a button that switches.
    selected: Option<bool>,
    lit: bool,
    shows_key: bool,
    opens: bool,
    ink: Option<Color32>,
    size: Vec2,
}

impl<'a> Press<'a> {
    /// A button with an icon alone; its name is shown on hover.
    pub fn icon(icon: Icon, name: &'a str) -> Self {
        Self { icon: Some(icon), words: None, size: vec2(CONTROL, CONTROL), ..Self::words(name) }
    }

    /// A button with words.
    pub fn words(name: &'a str) -> Self {
        Self {
            name,
            icon: None,
            words: Some(name),
            key: None,
            tip: None,
            rank: Rank::Normal,
            selected: None,
            lit: false,
            shows_key: false,
            opens: false,
            ink: None,
            size: vec2(0.0, CONTROL),
        }
    }

    /// Its icon, before the words.
    pub fn with_icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Other words than its name.
    pub fn says(mut self, words: &'a str) -> Self {
        self.words = Some(words);
        self
    }

    /// Its key, shown on hover.
    pub fn key(mut self, key: &'a str) -> Self {
        self.key = Some(key);
        self
    }

    /// Shows the key beside the words too.
    pub fn shows_key(mut self) -> Self {
        self.shows_key = true;
        self
    }

    /// What hovering says besides its name.
    pub fn tip(mut self, tip: &'a str) -> Self {
        self.tip = Some(tip);
        self
    }

    /// The one thing to do now.
    pub fn primary(mut self) -> Self {
        self.rank = Rank::Primary;
        self
    }

    /// Without a ground until it is pointed at.
    pub fn quiet(mut self) -> Self {
        self.rank = Rank::Quiet;
        self
    }

    /// On, for a button that switches.
    pub fn selected(mut self, selected: bool) -> Self {
        self.selected = Some(selected);
        self
    }

    /// In the colour of what is on, for a button that switches nothing itself.
    pub fn lit(mut self, lit: bool) -> Self {
        self.lit = lit;
        self
    }

    /// Opens a list or card, and says so with an arrow.
    pub fn opens(mut self) -> Self {
        self.opens = true;
        self
    }

    /// In that colour, which means something.
    pub fn ink(mut self, ink: Color32) -> Self {
        self.ink = Some(ink);
        self
    }

    /// At least so large.
    pub fn size(mut self, width: f32, height: f32) -> Self {
        self.size = vec2(width, height);
        self
    }
}

impl Widget for Press<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let colors = palette(ui);
        let letters = if self.rank == Rank::Primary { bold_font(14.0) } else { font(14.0) };
        let galley =
            self.words.map(|words| ui.painter().layout_no_wrap(words.to_owned(), letters, Color32::PLACEHOLDER));
        let icon_side = 16.0;
        let mut content = galley.as_ref().map_or(0.0, |galley| galley.size().x);
        content += match (self.icon, &galley) {
            (Some(_), Some(_)) => icon_side + 8.0,
            (Some(_), None) => icon_side,
            (None, _) => 0.0,
        };
        let key = self.key.filter(|_| self.shows_key);
        let key = key.map(|key| ui.painter().layout_no_wrap(key.to_owned(), font(12.0), Color32::PLACEHOLDER));
        content += key.as_ref().map_or(0.0, |key| key.size().x + 12.0);
        if self.opens {
            content += if self.words.is_some() { 18.0 } else { 14.0 };
        }
        let margin = if self.words.is_some() { 24.0 } else { 10.0 };
        let size = vec2((content + margin).max(self.size.x), self.size.y);
        let (place, response) = ui.allocate_exact_size(size, Sense::click());
        response.widget_info(|| match self.selected {
            Some(on) => WidgetInfo::selected(Role::Button, ui.is_enabled(), on, self.name),
            None => WidgetInfo::labeled(Role::Button, ui.is_enabled(), self.name),
        });
        if ui.is_rect_visible(place) {
            let (pressed, hovered) = (response.is_pointer_button_down_on(), response.hovered());
            let (fill, ink) = self.colors(colors, pressed, hovered);
            let ink = self.ink.unwrap_or(ink);
            let painter = ui.painter();
            painter.rect_filled(place, CornerRadius::same(RADIUS), fill);
            if response.has_focus() {
                let around = Stroke::new(2.0, color(colors.accent));
                painter.rect_stroke(place.expand(2.0), CornerRadius::same(RADIUS + 2), around, StrokeKind::Inside);
            }
            let mut x = place.center().x - content / 2.0;
            if let Some(icon) = self.icon {
                icon::paint(painter, pos2(x + icon_side / 2.0, place.center().y), icon_side, icon, ink);
                x += icon_side + if galley.is_some() { 8.0 } else { 0.0 };
            }
            if let Some(galley) = galley {
                let height = galley.size().y;
                let width = galley.size().x;
                painter.galley(pos2(x, place.center().y - height / 2.0), galley, ink);
                x += width;
            }
            if let Some(key) = key {
                let (width, height) = (key.size().x, key.size().y);
                painter.galley(pos2(x + 12.0, place.center().y - height / 2.0), key, ink.gamma_multiply(0.75));
                x += 12.0 + width;
            }
            if self.opens {
                icon::paint(painter, pos2(x + 10.0, place.center().y), 10.0, Icon::Down, ink);
            }
        }
        let response = response.on_hover_cursor(CursorIcon::PointingHand);
        self.explain(response)
    }
}

impl Press<'_> {
    fn colors(&self, palette: &crate::theme::Palette, pressed: bool, hovered: bool) -> (Color32, Color32) {
        let shade = |base: Color| match (pressed, hovered) {
            (true, _) => base.mix(palette.ink, 0.18),
            (false, true) => base.mix(palette.ink, 0.08),
            (false, false) => base,
        };
        match (self.rank, self.lit || self.selected == Some(true)) {
            (Rank::Primary, _) => (color(shade(palette.accent)), color(palette.on_accent)),
            (Rank::Normal, true) => (color(shade(palette.control.mix(palette.accent, 0.22))), color(palette.ink)),
            (Rank::Quiet, true) | (Rank::Normal, false) => (color(shade(palette.control)), color(palette.ink)),
            (Rank::Quiet, false) if pressed || hovered => (color(shade(palette.control)), color(palette.ink)),
            (Rank::Quiet, false) => (Color32::TRANSPARENT, color(palette.quiet.mix(palette.ink, 0.4))),
        }
    }

    fn explain(&self, response: Response) -> Response {
        let hides_its_name = self.words != Some(self.name);
        if self.tip.is_none() && self.key.is_none() && !hides_its_name {
            return response;
        }
        let show = |ui: &mut Ui| {
            ui.horizontal(|ui| {
                super::words::strong(ui, self.name);
                if let Some(key) = self.key {
                    super::key::cap(ui, key);
                }
            });
            if let Some(tip) = self.tip {
                ui.label(tip);
            }
        };
        response.on_hover_ui(show).on_disabled_hover_ui(show)
    }
}
