//! Why there is no window, and what would give one.

use std::any::Any;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Why there is no window.
#[derive(Debug, thiserror::Error)]
pub enum WindowError {
    /// Nobody looks.
    #[error("there is no display to open the window on: neither DISPLAY nor WAYLAND_DISPLAY is set")]
    NoDisplay,
    /// A library that windows need is not there.
    #[error("a library that the window needs cannot be loaded ({why}); on Debian and its kin: apt install {package}")]
    MissingLibrary {
        /// What the loader said.
        why: String,
        /// The Debian package that has it.
        package: &'static str,
    },
    /// The display refuses, or cannot draw.
    #[error("the window cannot be opened: {0}")]
    Refused(String),
    /// The system gives no threads to train on.
    #[error("cannot start {count} threads that compute: {why}")]
    NoThreads {
        /// How many.
        count: usize,
        /// What the system said.
        why: String,
    },
    /// A fault of the program while the window was open.
    #[error("the window failed: {0}; please report this")]
    Failed(String),
}

/// Libraries by how errors spell them, and the Debian package that has each; longer names first.
const PACKAGES: &[(&str, &str)] = &[
    ("xkbcommon-x11", "libxkbcommon-x11-0"),
    ("xkbcommon", "libxkbcommon0"),
    ("libX11-xcb", "libx11-xcb1"),
    ("libX11", "libx11-6"),
    ("libXcursor", "libxcursor1"),
    ("libXi.", "libxi6"),
    ("libXrandr", "libxrandr2"),
    ("libXrender", "libxrender1"),
    ("libEGL", "libegl1 libgl1-mesa-dri"),
    ("libGL", "libgl1 libgl1-mesa-dri"),
    ("xlib's shared libraries", "libx11-6 libx11-xcb1 libxcursor1 libxi6 libxrandr2"),
    ("glutin", "libgl1 libegl1 libgl1-mesa-dri"),
    ("OpenGL", "libgl1 libegl1 libgl1-mesa-dri"),
];

impl WindowError {
    /// What the toolkit said when it could not open a window.
    pub(super) fn from_words(why: &str) -> Self {
        let package = PACKAGES.iter().find(|(library, _)| why.contains(library)).map(|(_, package)| *package);
        let why = essence(why);
        match package {
            Some(package) => Self::MissingLibrary { why, package },
            None => Self::Refused(format!("{why}{}", display())),
        }
    }
}

/// What a person can use of the toolkit's words: without the place in its source, and without the list of what it looked for.
fn essence(why: &str) -> String {
    let after_source = why.rsplit_once(".rs:").and_then(|(_, after)| after.split_once(": ")).map(|(_, words)| words);
    let words = after_source.unwrap_or(why);
    words.split_once(": ConfigTemplate").map_or(words, |(before, _)| before).to_owned()
}

/// The display that was tried.
fn display() -> String {
    let named = |name: &str| Some(format!(" ({name}={})", std::env::var_os(name)?.display()));
    named("WAYLAND_DISPLAY").or_else(|| named("DISPLAY")).unwrap_or_default()
}

/// Whether there is anything to open a window on.
#[cfg(any(target_os = "linux", target_os = "freebsd", target_os = "netbsd", target_os = "openbsd"))]
pub(super) fn has_display() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    ["WAYLAND_DISPLAY", "WAYLAND_SOCKET", "DISPLAY"].into_iter().any(set)
}

/// Other systems always have one.
#[cfg(not(any(target_os = "linux", target_os = "freebsd", target_os = "netbsd", target_os = "openbsd")))]
pub(super) fn has_display() -> bool {
    true
}

/// Does the work; a panic becomes words, and is not printed before `opened`: loaders of libraries panic where they should say what is missing.
pub(super) fn caught<T>(opened: &Arc<AtomicBool>, work: impl FnOnce() -> T) -> Result<T, String> {
    let usual: Arc<dyn Fn(&PanicHookInfo<'_>) + Send + Sync> = Arc::from(panic::take_hook());
    let (print, opened) = (Arc::clone(&usual), Arc::clone(opened));
    panic::set_hook(Box::new(move |panic| {
        if opened.load(Ordering::Relaxed) {
            print(panic);
        }
    }));
    let outcome = catch_unwind(AssertUnwindSafe(work));
    panic::set_hook(Box::new(move |panic| usual(panic)));
    outcome.map_err(|panic| words_of(panic.as_ref()))
}

fn words_of(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("it panicked without a word").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_library_is_named_with_its_package() {
        for (words, package) in [
            ("Library libxkbcommon-x11.so could not be loaded.", "libxkbcommon-x11-0"),
            ("libXcursor.so.1: cannot open shared object file: No such file or directory", "libxcursor1"),
            ("Found no glutin configs matching the template", "libgl1"),
        ] {
            let error = WindowError::from_words(words).to_string();
            assert!(error.contains(&essence(words)) && error.contains(package), "{error}");
        }
        assert!(matches!(WindowError::from_words("no room on the screen"), WindowError::Refused(_)));
    }

    #[test]
    fn places_in_the_toolkits_source_are_left_out() {
        let words =
            "winit EventLoopError: os error at /home/x/winit-0.30.13/src/linux/mod.rs:788: Failed to open connection";
        assert_eq!(essence(words), "Failed to open connection");
        assert_eq!(essence("Found no configs: ConfigTemplate { size: 8 }. Error"), "Found no configs");
        assert_eq!(essence("no keyboard"), "no keyboard");
    }

    #[test]
    fn a_panic_becomes_words() {
        let opened = Arc::new(AtomicBool::new(false));
        assert_eq!(caught(&opened, || panic!("no {}", "keyboard")), Err::<(), _>("no keyboard".to_owned()));
        assert_eq!(caught(&opened, || 3), Ok(3));
    }
}
