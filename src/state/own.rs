//! One's own picture, dropped on the window or drawn in it, and what the networks make of it.

use std::path::Path;
use std::sync::Arc;

use super::State;
use super::notice::NoticeKind;
use crate::data::{DataSet, read_picture};
use crate::export::is_run_folder;
use crate::text::Localized as _;

impl State {
    /// A folder is a source of images, a configuration becomes the draft, and anything else is a picture to look at.
    pub(super) fn take_dropped(&mut self, path: &Path) {
        if is_run_folder(path) {
            self.open_run(path);
        } else if path.is_dir() {
            self.take_images(path);
        } else if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml")) {
            self.open(path);
        } else if let Some(images) = self.images_of_run() {
            match read_picture(path, images.shape) {
                Ok(pixels) => self.look_at_own(&images, &pixels, None),
                Err(why) => {
                    let why = why.in_words(self.text());
                    self.say(NoticeKind::Error, "notice.no_picture", &[("path", &path.display()), ("why", &why)]);
                }
            }
        }
    }

    /// Shows what the networks make of what was drawn so far, in place of what was drawn before.
    pub(super) fn take_drawing(&mut self, pixels: &[u8]) {
        if let Some(images) = self.images_of_run() {
            let before = self.drawn.filter(|drawn| images.own_picture(*drawn).is_some());
            self.look_at_own(&images, pixels, before);
            self.drawn = Some(self.view.image);
        }
    }

    /// Opens what is drawn on, where there is a network to look at it, or closes it.
    pub(super) fn toggle_drawing(&mut self) {
        self.view.drawing = !self.view.drawing && self.images_of_run().is_some();
        if self.view.drawing {
            self.drawn = None; // what is drawn now stands beside what was drawn before
            self.show_maps();
        }
    }

    /// The images of the run; without any, it is said what is missing.
    fn images_of_run(&mut self) -> Option<Arc<DataSet>> {
        let images = self.run.as_ref().and_then(|run| run.images.clone());
        if images.is_none() {
            self.say(NoticeKind::Warning, "notice.own_needs_run", &[]);
        }
        images
    }

    fn look_at_own(&mut self, images: &DataSet, pixels: &[u8], instead_of: Option<usize>) {
        if let Some(image) = images.add_own(pixels, instead_of) {
            self.view.image = image;
            self.show_maps();
        }
    }

    /// Shows the feature maps, unless they would tell what is asked.
    fn show_maps(&mut self) {
        if self.hidden().is_none() && self.view.watched().is_none() {
            self.toggle_maps();
        }
    }

    /// Puts the own pictures of a run before beside the images of the one that has loaded, if they have their size.
    pub(super) fn keep_own(&mut self, images: &DataSet) {
        for pixels in std::mem::take(&mut self.own) {
            images.add_own(&pixels, None);
        }
    }

    /// Remembers the own pictures of a run that is left.
    pub(super) fn remember_own(&mut self) {
        if let Some(images) = self.run.as_ref().and_then(|run| run.images.as_ref()) {
            self.own = images.own_pictures().into_iter().filter_map(|image| images.own_picture(image)).collect();
        }
        self.drawn = None;
    }
}
