//! The values of a figure as a table that scrolls; only the rows that are seen cost anything.

use eframe::egui::{Align, Label, Layout, RichText, ScrollArea, Sense, TextStyle, Ui, vec2};

use crate::chart::Table;
use crate::text::Text;
use crate::ui::figure::palette;
use crate::ui::style;

/// Columns are no wider than this; what is longer is cut and shown whole on hover.
const WIDEST: f32 = 190.0;
/// So many rows tell how wide a column must be.
const MEASURED: usize = 60;

/// Shows the tables of a chart's panels below each other; whether they are to be copied.
pub(super) fn show(ui: &mut Ui, text: &Text, tables: &[(Option<String>, Table)]) -> bool {
    let palette = palette(ui.visuals());
    let rows: usize = tables.iter().map(|(_, table)| table.rows.len()).sum();
    let mut copy = false;
    ui.horizontal(|ui| {
        copy = ui.small_button(text.say("figures.copy_values")).clicked();
        let count = text.fill("figures.rows", &[("count", &rows)]);
        ui.label(RichText::new(count).small().color(style::color(palette.quiet)));
    });
    ui.add_space(2.0);
    // A line is a title, a header, or a row of a table.
    let lines: Vec<(usize, Line)> = tables
        .iter()
        .enumerate()
        .flat_map(|(index, (title, table))| {
            let title = title.is_some().then_some((index, Line::Title));
            let rows = (0..table.rows.len()).map(move |row| (index, Line::Row(row)));
            title.into_iter().chain([(index, Line::Header)]).chain(rows)
        })
        .collect();
    let widths: Vec<Vec<f32>> = tables.iter().map(|(_, table)| widths(ui, table)).collect();
    let height = ui.text_style_height(&TextStyle::Small) + 4.0;
    let area = ScrollArea::both().auto_shrink(false);
    ui.spacing_mut().item_spacing = vec2(14.0, 2.0);
    ui.spacing_mut().interact_size.y = height; // rows are as high as their words
    area.show_rows(ui, height, lines.len(), |ui, seen| {
        for (index, line) in &lines[seen] {
            let (title, table) = &tables[*index];
            let cells: &[String] = match line {
                Line::Title => title.as_ref().map_or(&[], std::slice::from_ref),
                Line::Header => &table.header,
                Line::Row(row) => &table.rows[*row],
            };
            ui.horizontal(|ui| {
                for (column, cell) in cells.iter().enumerate() {
                    let (family, color) = match line {
                        Line::Title | Line::Header => (style::bold(), palette.ink),
                        Line::Row(_) if column == 0 => (eframe::egui::FontFamily::Proportional, palette.quiet),
                        Line::Row(_) => (eframe::egui::FontFamily::Proportional, palette.ink),
                    };
                    let words = RichText::new(cell).small().family(family).color(style::color(color));
                    let width = match line {
                        Line::Title => ui.available_width().max(WIDEST),
                        Line::Header | Line::Row(_) => widths[*index][column],
                    };
                    let left = column == 0;
                    let center = Align::Center;
                    let layout = if left { Layout::left_to_right(center) } else { Layout::right_to_left(center) };
                    ui.allocate_ui_with_layout(vec2(width, height), layout, |ui| {
                        ui.set_min_width(width);
                        ui.add(Label::new(words).truncate().selectable(true).sense(Sense::hover()));
                    });
                }
            });
        }
    });
    copy
}

enum Line {
    Title,
    Header,
    Row(usize),
}

fn widths(ui: &Ui, table: &Table) -> Vec<f32> {
    let font = TextStyle::Small.resolve(ui.style());
    let bold = eframe::egui::FontId::new(font.size, style::bold());
    let measure = |words: &str, font: &eframe::egui::FontId| {
        ui.painter().layout_no_wrap(words.to_owned(), font.clone(), eframe::egui::Color32::BLACK).size().x
    };
    let column = |column: usize| {
        let rows = table.rows.iter().take(MEASURED).chain(table.rows.iter().rev().take(MEASURED / 4));
        let cells = rows.filter_map(|row| row.get(column)).map(|cell| measure(cell, &font));
        let widest = cells.fold(measure(&table.header[column], &bold), f32::max);
        (widest + 4.0).clamp(28.0, WIDEST)
    };
    (0..table.header.len()).map(column).collect()
}
