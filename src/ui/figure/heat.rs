//! Grids of cells as one picture, made once for each chart and theme, so that any number of cells costs no more than one.

use eframe::egui::epaint::{Mesh, Vertex};
use eframe::egui::{Color32, ColorImage, Context, Pos2, TextureHandle, TextureOptions, pos2};

use crate::chart::{Cells, ColorScale};
use crate::theme::{Palette, heat};
use crate::ui::style;

/// The longest side of a picture that every graphics card takes.
const LONGEST: usize = 2048;
/// Shades between the least and the most.
const SHADES: usize = 256;

/// Paints the cells into a picture, the topmost row first; into the old one, if there is one.
pub(super) fn picture(
    context: &Context,
    old: Option<TextureHandle>,
    cells: &Cells,
    scale: &ColorScale,
    palette: &Palette,
) -> TextureHandle {
    let (columns, rows) = (cells.columns.len() - 1, cells.rows.len() - 1);
    let (width, height) = (columns.min(LONGEST), rows.min(LONGEST));
    let shades: Vec<Color32> =
        (0..SHADES).map(|i| style::color(heat(palette.kind, i as f64 / (SHADES - 1) as f64))).collect();
    let unplaced = style::color(palette.control);
    let mut pixels = Vec::with_capacity(width * height);
    for y in (0..height).rev() {
        for x in 0..width {
            let value = cells.value(x * columns / width, y * rows / height);
            pixels.push(value.map_or(Color32::TRANSPARENT, |value| {
                scale.share(value).map_or(unplaced, |share| shades[shade(share)])
            }));
        }
    }
    let image = ColorImage::new([width, height], pixels);
    let options = TextureOptions { minification: eframe::egui::TextureFilter::Linear, ..TextureOptions::NEAREST };
    if let Some(mut texture) = old {
        texture.set(image, options);
        return texture;
    }
    context.load_texture("cells", image, options)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share is from 0 to 1")]
fn shade(share: f64) -> usize {
    (share * (SHADES - 1) as f64).round() as usize
}

/// The picture over its cells, which may be of different widths and heights.
pub(super) fn mesh(texture: &TextureHandle, columns: &[f64], rows: &[f64], at: impl Fn(f64, f64) -> Pos2) -> Mesh {
    let (across, up) = (stops(columns), stops(rows));
    let mut mesh = Mesh::with_texture(texture.id());
    for &(y, v) in &up {
        for &(x, u) in &across {
            mesh.vertices.push(Vertex { pos: at(x, y), uv: pos2(u, 1.0 - v), color: Color32::WHITE });
        }
    }
    let width = u32::try_from(across.len()).unwrap_or(u32::MAX);
    for row in 1..u32::try_from(up.len()).unwrap_or(0) {
        for column in 1..width {
            let corner = row * width + column;
            mesh.add_triangle(corner - width - 1, corner - width, corner - 1);
            mesh.add_triangle(corner - width, corner - 1, corner);
        }
    }
    mesh
}

/// Edges between which the picture must be stretched by itself, with their share of the picture: of even cells the first and the last.
fn stops(edges: &[f64]) -> Vec<(f64, f32)> {
    let count = edges.len() - 1;
    let (first, last) = (edges[0], edges[count]);
    let even = (last - first) / count as f64;
    let share = |index: usize| index as f32 / count as f32;
    let mut stops = vec![(first, 0.0)];
    let irregular =
        edges.iter().enumerate().any(|(i, edge)| (edge - (first + even * i as f64)).abs() > 0.02 * even.abs());
    if irregular {
        stops.extend((1..count).map(|index| (edges[index], share(index))));
    }
    stops.push((last, 1.0));
    stops
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{Format, Scale};
    use crate::theme::ThemeKind;

    #[test]
    fn even_cells_are_one_rectangle_and_uneven_ones_a_strip_each() {
        assert_eq!(stops(&[0.0, 1.0, 2.0, 3.0]), [(0.0, 0.0), (3.0, 1.0)]);
        assert_eq!(stops(&[0.0, 1.0, 4.0]), [(0.0, 0.0), (1.0, 0.5), (4.0, 1.0)]);
    }

    #[test]
    fn a_picture_of_any_number_of_cells_is_of_a_size_that_graphics_cards_take() {
        let context = Context::default();
        let scale =
            ColorScale { label: String::new(), scale: Scale::Linear, format: Format::Significant, min: 0.0, max: 1.0 };
        let cells = Cells {
            columns: (0..=5000).map(f64::from).collect(),
            rows: vec![0.0, 1.0, 2.0],
            values: (0..10_000).map(|i| (i % 3 > 0).then_some(f64::from(i % 2))).collect(),
        };
        let texture = picture(&context, None, &cells, &scale, Palette::of(ThemeKind::Dark));
        assert_eq!(texture.size(), [LONGEST, 2]);
        let again = picture(&context, Some(texture.clone()), &cells, &scale, Palette::of(ThemeKind::Light));
        assert_eq!(again.id(), texture.id());
        let mesh = mesh(&texture, &cells.columns, &cells.rows, |_, _| pos2(0.0, 0.0));
        assert!(mesh.is_valid() && mesh.vertices.len() == 4);
    }
}
