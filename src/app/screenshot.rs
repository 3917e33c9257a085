//! A picture of the window, exactly as seen.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use eframe::egui::{ColorImage, Context};
use resvg::tiny_skia::{IntSize, Pixmap};

use crate::export::{ExportError, write_whole};

/// Where the toolkit puts a picture when it has drawn it.
#[derive(Clone, Default)]
pub(super) struct Camera(Arc<Mutex<Option<Arc<ColorImage>>>>);

impl Camera {
    /// Asks for a picture of the next frame.
    pub(super) fn release(&self, context: &Context) {
        let (film, awake) = (Arc::clone(&self.0), context.clone());
        context.request_screenshot(move |picture| {
            *film.lock().unwrap_or_else(PoisonError::into_inner) = Some(picture);
            awake.request_repaint();
        });
    }

    /// The picture that was taken since it was last asked for.
    pub(super) fn take(&self) -> Option<Arc<ColorImage>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// Writes a picture of a window, which lets nothing shine through, as PNG.
pub(super) fn write_png(picture: &ColorImage, path: &Path) -> Result<(), ExportError> {
    let unwritable = |why: String| ExportError::Unwritable { path: path.to_owned(), error: std::io::Error::other(why) };
    let [width, height] = picture.size.map(|side| u32::try_from(side).unwrap_or(0));
    let bytes = picture.pixels.iter().flat_map(|pixel| [pixel.r(), pixel.g(), pixel.b(), u8::MAX]).collect();
    let pixmap = IntSize::from_wh(width, height).and_then(|size| Pixmap::from_vec(bytes, size));
    let png = pixmap.ok_or_else(|| unwritable("the picture is empty".to_owned()))?.encode_png();
    write_whole(path, &png.map_err(|error| unwritable(error.to_string()))?)
}
