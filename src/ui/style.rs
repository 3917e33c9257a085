//! Fonts, colours, sizes and shapes of the toolkit, from ours.
//!
//! Everything stands on a grid of four points. Controls are [`CONTROL`] high, so that whatever stands in a row is aligned.

use std::sync::Arc;

use eframe::egui::style::{HandleShape, ScrollStyle, Selection, WidgetVisuals, Widgets};
use eframe::egui::{
    Color32, Context, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, Shadow, Spacing, Stroke,
    Style, TextStyle, Theme, ThemePreference, Ui, Visuals, vec2,
};

use crate::state::ThemeChoice;
use crate::text::font;
use crate::theme::{Color, Palette, ThemeKind};

/// Height of a control.
pub const CONTROL: f32 = 28.0;
/// Space between things that belong together.
pub const GAP: f32 = 8.0;
/// Space inside a panel or card, and between things that do not belong together.
pub const PADDING: f32 = 16.0;
/// Radius of a control's corners.
pub const RADIUS: u8 = 6;
/// Radius of a card's and a window's corners.
pub const CARD_RADIUS: u8 = 10;

/// The family of headings and numbers that matter.
pub fn bold() -> FontFamily {
    FontFamily::Name("bold".into())
}

/// The bold font in that size.
pub fn bold_font(size: f32) -> FontId {
    FontId::new(size, bold())
}

/// The regular font in that size.
pub fn font(size: f32) -> FontId {
    FontId::new(size, FontFamily::Proportional)
}

/// Makes the fonts inside the program the only ones.
pub fn install_fonts(context: &Context) {
    let mut fonts = FontDefinitions::empty();
    for (name, bytes) in [("regular", font::REGULAR), ("bold", font::BOLD)] {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    for (family, name) in [(FontFamily::Proportional, "regular"), (FontFamily::Monospace, "regular"), (bold(), "bold")]
    {
        fonts.families.insert(family, vec![name.to_owned()]);
    }
    context.set_fonts(fonts);
}

/// Gives both themes their look; once, when the window opens.
pub fn install_style(context: &Context) {
    context.set_style_of(Theme::Light, style_of(Palette::of(ThemeKind::Light)));
    context.set_style_of(Theme::Dark, style_of(Palette::of(ThemeKind::Dark)));
}

/// Shows the theme that was chosen.
pub fn follow_theme(context: &Context, choice: ThemeChoice) {
    let preference = match choice {
        ThemeChoice::System => ThemePreference::System,
        ThemeChoice::Light => ThemePreference::Light,
        ThemeChoice::Dark => ThemePreference::Dark,
    };
    if context.options(|options| options.theme_preference) != preference {
        context.set_theme(preference);
    }
}

/// The colours that are shown.
pub fn palette(ui: &Ui) -> &'static Palette {
    Palette::of(if ui.visuals().dark_mode { ThemeKind::Dark } else { ThemeKind::Light })
}

/// A colour as the toolkit has it.
pub fn color(color: Color) -> Color32 {
    Color32::from_rgba_unmultiplied(color.r, color.g, color.b, color.a)
}

fn style_of(palette: &Palette) -> Style {
    Style {
        text_styles: [
            (TextStyle::Small, font(12.0)),
            (TextStyle::Body, font(14.0)),
            (TextStyle::Button, font(14.0)),
            (TextStyle::Heading, bold_font(16.0)),
            (TextStyle::Monospace, font(14.0)),
        ]
        .into(),
        spacing: Spacing {
            item_spacing: vec2(GAP, GAP),
            button_padding: vec2(10.0, 4.0),
            interact_size: vec2(CONTROL, CONTROL),
            window_margin: Margin::same(16),
            menu_margin: Margin::same(6),
            slider_rail_height: 4.0,
            icon_width: 18.0,
            icon_width_inner: 10.0,
            icon_spacing: 8.0,
            tooltip_width: 320.0,
            menu_width: 360.0,
            menu_spacing: 2.0,
            combo_height: 320.0,
            scroll: ScrollStyle { bar_width: 8.0, floating_allocated_width: 0.0, ..ScrollStyle::floating() },
            ..Spacing::default()
        },
        visuals: visuals_of(palette),
        animation_time: 0.12,
        interaction: eframe::egui::style::Interaction {
            tooltip_delay: 0.35,
            selectable_labels: false,
            ..Default::default()
        },
        ..Style::default()
    }
}

fn visuals_of(palette: &Palette) -> Visuals {
    let dark = palette.kind == ThemeKind::Dark;
    let of = |shade: Color| color(shade);
    let base = if dark { Visuals::dark() } else { Visuals::light() };
    let widget = |fill: Color, stroke: Stroke, ink: Color| WidgetVisuals {
        bg_fill: of(fill),
        weak_bg_fill: of(fill),
        bg_stroke: stroke,
        corner_radius: CornerRadius::same(RADIUS),
        fg_stroke: Stroke::new(1.0, of(ink)),
        expansion: 0.0,
    };
    let line = Stroke::new(1.0, of(palette.line));
    let hovered = palette.control.mix(palette.ink, 0.08);
    let pressed = palette.control.mix(palette.accent, 0.25);
    let shadow =
        Shadow { offset: [0, 6], blur: 24, spread: 0, color: Color32::from_black_alpha(if dark { 140 } else { 50 }) };
    Visuals {
        dark_mode: dark,
        weak_text_color: Some(of(palette.quiet)),
        widgets: Widgets {
            noninteractive: widget(palette.panel, Stroke::new(1.0, of(palette.grid)), palette.ink),
            inactive: widget(palette.control, Stroke::NONE, palette.ink),
            hovered: widget(hovered, line, palette.ink),
            active: widget(pressed, Stroke::new(1.5, of(palette.accent)), palette.ink),
            open: widget(hovered, line, palette.ink),
        },
        selection: Selection { bg_fill: of(palette.accent), stroke: Stroke::new(1.0, of(palette.on_accent)) },
        hyperlink_color: of(palette.accent),
        faint_bg_color: of(palette.panel),
        extreme_bg_color: of(palette.ground),
        text_edit_bg_color: Some(of(palette.ground)),
        code_bg_color: of(palette.control),
        warn_fg_color: of(palette.warning),
        error_fg_color: of(palette.error),
        window_corner_radius: CornerRadius::same(CARD_RADIUS),
        window_shadow: shadow,
        window_fill: of(if dark { palette.panel } else { palette.ground }),
        window_stroke: Stroke::new(1.0, of(palette.line.mix(palette.panel, 0.4))),
        menu_corner_radius: CornerRadius::same(CARD_RADIUS),
        panel_fill: of(palette.panel),
        popup_shadow: Shadow { offset: [0, 4], blur: 16, ..shadow },
        slider_trailing_fill: true,
        handle_shape: HandleShape::Circle,
        ..base
    }
}
