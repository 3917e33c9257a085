//! Opens the window and returns when it is closed.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use eframe::egui::{Context, IconData, ViewportBuilder};
use eframe::{NativeOptions, Renderer};

use super::opening::Opening;
use super::trouble::{WindowError, caught, has_display};
use super::window::{Kept, Window};
use crate::state::{Settings, SettingsFile};
use crate::training::Threads;

/// Opens the window and returns when it is closed.
///
/// # Errors
///
/// When there is no display, or no window can be opened on it.
pub fn open(opening: Opening) -> Result<(), WindowError> {
    if !has_display() {
        return Err(WindowError::NoDisplay);
    }
    let count = Threads::per_core();
    let threads =
        Threads::background(count).map_err(|error| WindowError::NoThreads { count, why: error.to_string() })?;
    let kept = Kept::read(SettingsFile::of_the_user());
    let opened = Arc::new(AtomicBool::new(false));
    let options = options(&kept.settings);
    let create = {
        let opened = Arc::clone(&opened);
        move |context: &Context| {
            opened.store(true, Ordering::Relaxed);
            let window = Window::new(context, kept, threads, opening);
            window.listen_to_the_desktop(context);
            window
        }
    };
    let run = || {
        let creator = Box::new(|context: &eframe::CreationContext<'_>| {
            Ok(Box::new(create(&context.egui_ctx)) as Box<dyn eframe::App>)
        });
        eframe::run_native("densescope", options, creator)
    };
    match caught(&opened, run) {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(WindowError::from_words(&error.to_string())),
        Err(panic) if opened.load(Ordering::Relaxed) => Err(WindowError::Failed(panic)),
        Err(panic) => Err(WindowError::from_words(&panic)),
    }
}

fn options(settings: &Settings) -> NativeOptions {
    let place = settings.window;
    NativeOptions {
        viewport: ViewportBuilder::default()
            .with_title("densescope")
            .with_app_id("densescope")
            .with_icon(IconData::default())
            .with_inner_size([place.width, place.height])
            .with_min_inner_size([480.0, 360.0])
            .with_maximized(place.maximised),
        renderer: Renderer::Glow,
        // Ours are kept with the other settings, and every word has its glyph in our fonts.
        persist_window: false,
        system_font_fallback: false,
        // No gradient of ours is wide enough to show bands, and noise on every pixel costs a software renderer dear.
        dithering: false,
        ..NativeOptions::default()
    }
}
