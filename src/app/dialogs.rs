//! The system's own dialogs for files, each on a thread of its own; none where the system has none.

use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::thread::Builder;
use std::time::{Duration, Instant};

use rfd::{AsyncFileDialog, FileHandle};

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// A file that is there.
    File,
    /// A folder that is there.
    Folder,
    /// A name to write to.
    Name,
}

/// A question for a path.
pub(super) struct Question {
    pub(super) wanted: Wanted,
    /// What stands above it.
    pub(super) title: String,
    pub(super) folder: PathBuf,
    /// What a file to write is called unless the person says otherwise.
    pub(super) name: String,
    /// Endings that files are looked for by; none for all.
    pub(super) endings: Vec<&'static str>,
}

/// How a dialog came to its end.
pub(super) enum Answer {
    Path(PathBuf),
    /// The person thought better of it.
    Nothing,
    /// There was no dialog.
    NoDialog,
}

/// A dialog that is open.
pub(super) struct Dialog {
    receiver: Receiver<Option<FileHandle>>,
    opened: Instant,
}

/// Nobody closes a dialog so soon after it was asked for: there was none.
const TOO_SOON: Duration = Duration::from_millis(300);

impl Dialog {
    /// Opens a dialog, where the system has any; `wake` is called when it is answered. From the window's thread, as some systems want it.
    pub(super) fn open(question: &Question, wake: impl FnOnce() + Send + 'static) -> Option<Self> {
        if !has_dialogs() {
            return None;
        }
        let Question { wanted, title, folder, name, endings } = question;
        let mut dialog = AsyncFileDialog::new().set_title(title).set_directory(folder);
        if !endings.is_empty() {
            dialog = dialog.add_filter(endings.join(", "), endings);
        }
        let answer: Pin<Box<dyn Future<Output = Option<FileHandle>> + Send>> = match wanted {
            Wanted::File => Box::pin(dialog.pick_file()),
            Wanted::Folder => Box::pin(dialog.pick_folder()),
            Wanted::Name => Box::pin(dialog.set_file_name(name).save_file()),
        };
        let (sender, receiver) = channel();
        let waits = move || {
            drop(sender.send(pollster::block_on(answer))); // nobody listens when the window was closed
            wake();
        };
        Builder::new().name("dialog".to_owned()).spawn(waits).ok()?;
        Some(Self { receiver, opened: Instant::now() })
    }

    /// Its answer, once it is there.
    pub(super) fn answer(&self) -> Option<Answer> {
        match self.receiver.try_recv() {
            Ok(Some(file)) => Some(Answer::Path(file.path().to_owned())),
            Ok(None) if self.opened.elapsed() < TOO_SOON => Some(Answer::NoDialog),
            Ok(None) => Some(Answer::Nothing),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => Some(Answer::NoDialog),
        }
    }
}

/// Whether it is worth asking the system for a dialog: on Linux, a portal that can be started, or zenity.
#[cfg(target_os = "linux")]
fn has_dialogs() -> bool {
    use std::env::{split_paths, var_os};

    let runtime = var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
    let bus = var_os("DBUS_SESSION_BUS_ADDRESS").is_some() || runtime.is_some_and(|folder| folder.join("bus").exists());
    let data = var_os("XDG_DATA_DIRS").unwrap_or_else(|| "/usr/local/share:/usr/share".into());
    let portal = || {
        let service = Path::new("dbus-1/services/org.freedesktop.portal.Desktop.service");
        split_paths(&data).any(|folder| folder.join(service).exists())
    };
    let zenity = || var_os("PATH").is_some_and(|path| split_paths(&path).any(|folder| folder.join("zenity").exists()));
    (bus && portal()) || zenity()
}

/// Other systems always have them.
#[cfg(not(target_os = "linux"))]
fn has_dialogs() -> bool {
    true
}
