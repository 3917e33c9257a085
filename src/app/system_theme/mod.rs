//! Whether the desktop is light or dark, where the toolkit cannot tell: on Linux it never does, and the desktop's portal says it.

#[cfg(target_os = "linux")]
mod portal;

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use eframe::egui::{Context, Theme};

/// What the desktop last said, as the portal has it: 1 is dark, 2 is light, everything else is no preference.
#[derive(Clone, Debug, Default)]
pub(super) struct SystemTheme(Arc<AtomicU8>);

impl SystemTheme {
    /// Listens to the desktop, and wakes the window when it says something.
    #[cfg(target_os = "linux")]
    pub(super) fn listen(&self, context: &Context) {
        let (heard, context) = (Arc::clone(&self.0), context.clone());
        portal::listen(move |scheme| {
            heard.store(scheme, Ordering::Relaxed);
            context.request_repaint();
        });
    }

    /// Here the toolkit itself knows.
    #[cfg(not(target_os = "linux"))]
    pub(super) fn listen(&self, _context: &Context) {}

    /// Light or dark; nothing where the desktop says nothing, or has no preference.
    pub(super) fn theme(&self) -> Option<Theme> {
        match self.0.load(Ordering::Relaxed) {
            1 => Some(Theme::Dark),
            2 => Some(Theme::Light),
            _ => None,
        }
    }
}
