//! Validation images as small pictures: a page of them is made when one of its images is first seen.

use std::collections::BTreeMap;
use std::sync::Arc;

use eframe::egui::{Color32, ColorImage, Context, Rect, TextureFilter, TextureHandle, TextureId, TextureOptions, pos2};

use crate::data::DataSet;

/// Images on one page, in rows of [`ACROSS`].
const PAGE: usize = 64;
const ACROSS: usize = 8;
/// Pages that are kept.
const MOST_PAGES: usize = 12;
/// The longest side of a picture; larger images lose pixels.
const LONGEST: usize = 64;

/// Pages of pictures.
#[derive(Default)]
pub(super) struct Thumbs {
    /// Of which images they are.
    of: Option<Arc<DataSet>>,
    pages: BTreeMap<usize, TextureHandle>,
    /// One's own pictures, each by itself.
    own: BTreeMap<usize, TextureHandle>,
}

impl Thumbs {
    /// The texture of an image, and where on it the image is.
    pub(super) fn picture(&mut self, context: &Context, images: &Arc<DataSet>, index: usize) -> (TextureId, Rect) {
        if !self.of.as_ref().is_some_and(|of| Arc::ptr_eq(of, images)) {
            *self = Self { of: Some(Arc::clone(images)), ..Self::default() };
        }
        if let Some(own) = images.own_picture(index) {
            self.own.retain(|kept, _| images.own_picture(*kept).is_some());
            let texture = self.own.entry(index).or_insert_with(|| {
                context.load_texture("own", crate::ui::images::picture(&own, images.shape), TextureOptions::NEAREST)
            });
            return (texture.id(), Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0)));
        }
        let page = index / PAGE;
        if !self.pages.contains_key(&page) && self.pages.len() >= MOST_PAGES {
            // What is farthest from what is looked at is seen again the latest.
            let farthest = self.pages.keys().copied().max_by_key(|kept| kept.abs_diff(page));
            farthest.map(|farthest| self.pages.remove(&farthest));
        }
        let texture = self.pages.entry(page).or_insert_with(|| {
            let options = TextureOptions { minification: TextureFilter::Linear, ..TextureOptions::NEAREST };
            context.load_texture("images", draw(images, page), options)
        });
        let (x, y) = ((index % PAGE % ACROSS) as f32, (index % PAGE / ACROSS) as f32);
        let share = 1.0 / ACROSS as f32;
        // Half a pixel of each edge is left out, so that no neighbour shines in.
        let [width, height] = texture.size();
        let (across, down) = (0.5 / width as f32, 0.5 / height as f32);
        let rows = (PAGE / ACROSS) as f32;
        let place = Rect::from_min_max(
            pos2(x * share + across, y / rows + down),
            pos2((x + 1.0) * share - across, (y + 1.0) / rows - down),
        );
        (texture.id(), place)
    }
}

fn draw(images: &DataSet, page: usize) -> ColorImage {
    let shape = images.shape;
    let by = shape.height.max(shape.width).div_ceil(LONGEST).max(1);
    let (width, height) = (shape.width.div_ceil(by), shape.height.div_ceil(by));
    let mut image = ColorImage::filled([width * ACROSS, height * (PAGE / ACROSS)], Color32::TRANSPARENT);
    for index in page * PAGE..((page + 1) * PAGE).min(images.validation.len()) {
        let bytes = images.validation.image(index);
        let (left, top) = (index % PAGE % ACROSS * width, index % PAGE / ACROSS * height);
        for y in 0..height {
            for x in 0..width {
                let place = y * by * shape.width + x * by;
                let channel = |channel: usize| bytes[channel * shape.pixels() + place];
                // Three channels are red, green and blue; of any other number the first is shown.
                let shade = match shape.channels {
                    3 => Color32::from_rgb(channel(0), channel(1), channel(2)),
                    _ => Color32::from_gray(channel(0)),
                };
                image.pixels[(top + y) * width * ACROSS + left + x] = shade;
            }
        }
    }
    image
}
