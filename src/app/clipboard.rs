//! The system's clipboard for pictures. The toolkit has a way to it too, which does not tell whether a picture arrived.

use std::borrow::Cow;

use arboard::{Error, ImageData};

use crate::state::Picture;

/// The clipboard, from the first picture on: some systems ask for what is on it for as long as it is there.
#[derive(Default)]
pub(super) struct Clipboard {
    system: Option<arboard::Clipboard>,
}

impl Clipboard {
    /// Puts a picture without transparency on the clipboard.
    pub(super) fn put(&mut self, Picture { width, height, rgba }: Picture) -> Result<(), Error> {
        let system = match self.system.take() {
            Some(system) => system,
            None => arboard::Clipboard::new()?,
        };
        self.system.insert(system).set_image(ImageData { width, height, bytes: Cow::Owned(rgba) })
    }
}
