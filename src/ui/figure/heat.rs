//! Grids of cells as one picture, made once for each chart and theme, so that any number of cells costs no more than one.

use eframe::egui::epaint::{Mesh, Vertex};
use eframe::egui::{Color32, ColorImage, Context, Pos2, TextureHandle, TextureOptions, pos2};

use crate::chart::layout::{Mosaic, Spot};
use crate::ui::style;

/// The longest side of a picture that every graphics card takes.
const LONGEST: usize = 2048;
/// Paints the cells into a picture, the topmost row first; into the old one, if there is one.
pub(super) fn picture(context: &Context, old: Option<TextureHandle>, mosaic: &Mosaic) -> TextureHandle {
    let (columns, rows) = (mosaic.columns.len() - 1, mosaic.rows.len() - 1);
    let (width, height) = (columns.min(LONGEST), rows.min(LONGEST));
    let mut pixels = Vec::with_capacity(width * height);
    for y in (0..height).rev() {
        for x in 0..width {
            let cell = mosaic.colors[y * rows / height * columns + x * columns / width];
            pixels.push(cell.map_or(Color32::TRANSPARENT, style::color));
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

/// The picture over its cells, which may be of different widths and heights, with ground between them.
pub(super) fn mesh(texture: &TextureHandle, mosaic: &Mosaic, at: impl Fn(Spot) -> Pos2) -> Mesh {
    let (across, up) = (stops(&mosaic.columns, mosaic.gap), stops(&mosaic.rows, -mosaic.gap));
    let mut mesh = Mesh::with_texture(texture.id());
    for rows in &up {
        for columns in &across {
            let first = u32::try_from(mesh.vertices.len()).unwrap_or(u32::MAX);
            for (y, v) in rows {
                for (x, u) in columns {
                    let vertex = Vertex { pos: at((*x, *y)), uv: pos2(*u, 1.0 - v), color: Color32::WHITE };
                    mesh.vertices.push(vertex);
                }
            }
            mesh.add_triangle(first, first + 1, first + 2);
            mesh.add_triangle(first + 1, first + 2, first + 3);
        }
    }
    mesh
}

/// Stretches that are drawn by themselves, each from an end to an end with their shares of the picture: each cell where there is a gap
/// between them or they are of different sizes, else all of them at once.
fn stops(edges: &[f64], gap: f64) -> Vec<[(f64, f32); 2]> {
    let count = edges.len() - 1;
    let (first, last) = (edges[0], edges[count]);
    let even = (last - first) / count as f64;
    let share = |index: usize| index as f32 / count as f32;
    let irregular =
        edges.iter().enumerate().any(|(i, edge)| (edge - (first + even * i as f64)).abs() > 0.02 * even.abs());
    if irregular || gap != 0.0 {
        let half = gap / 2.0;
        let cell = |index: usize| [(edges[index] + half, share(index)), (edges[index + 1] - half, share(index + 1))];
        (0..count).map(cell).collect()
    } else {
        vec![[(first, 0.0), (last, 1.0)]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Color;

    #[test]
    fn even_cells_are_one_rectangle_and_uneven_ones_or_those_with_gaps_one_each() {
        assert_eq!(stops(&[0.0, 1.0, 2.0, 3.0], 0.0), [[(0.0, 0.0), (3.0, 1.0)]]);
        assert_eq!(stops(&[0.0, 1.0, 4.0], 0.0), [[(0.0, 0.0), (1.0, 0.5)], [(1.0, 0.5), (4.0, 1.0)]]);
        assert_eq!(stops(&[0.0, 4.0, 8.0], 1.0), [[(0.5, 0.0), (3.5, 0.5)], [(4.5, 0.5), (7.5, 1.0)]]);
    }

    #[test]
    fn a_picture_of_any_number_of_cells_is_of_a_size_that_graphics_cards_take() {
        let context = Context::default();
        let gray = |index: u8| Color { r: index, g: index, b: index, a: 255 };
        let mosaic = Mosaic {
            columns: (0..=5000).map(f64::from).collect(),
            rows: vec![2.0, 1.0, 0.0],
            colors: (0..10_000_u32).map(|i| (i % 3 > 0).then_some(gray(u8::from(i % 2 == 0)))).collect(),
            gap: 0.0,
        };
        let texture = picture(&context, None, &mosaic);
        assert_eq!(texture.size(), [LONGEST, 2]);
        let again = picture(&context, Some(texture.clone()), &mosaic);
        assert_eq!(again.id(), texture.id());
        let mesh = mesh(&texture, &mosaic, |_| pos2(0.0, 0.0));
        assert!(mesh.is_valid() && mesh.vertices.len() == 4);
    }
}
