//! The file that keeps [`Settings`] between starts.
//!
//! It is `settings.json` in the folder that the environment variable `DENSESCOPE_SETTINGS` names, or in the system's folder for a person's
//! settings. What cannot be read never keeps the program from starting: a damaged file is set aside under another name.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::settings::Settings;
use crate::export::{ExportError, write_whole};
use crate::text::{Localized, Text, display_in_english};

/// Names the folder of the settings, for tests and for those who want them elsewhere.
const FOLDER_VARIABLE: &str = "DENSESCOPE_SETTINGS";

/// A change is written when nothing else was changed for so long.
const REST: Duration = Duration::from_secs(1);

/// A larger file is not ours.
const LARGEST_FILE: u64 = 1 << 20;

/// What happened to the settings.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file held no settings, and was renamed.
    Damaged {
        /// The file.
        path: PathBuf,
        /// What it is called now.
        aside: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// The file cannot be read, or cannot be set aside.
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// The settings cannot be written.
    Unwritable(#[from] ExportError),
}

display_in_english!(SettingsError);

impl Localized for SettingsError {
    fn in_words(&self, text: &Text) -> String {
        match self {
            Self::Damaged { path, aside, why } => {
                let values: [(&str, &dyn std::fmt::Display); 3] =
                    [("path", &path.display()), ("aside", &aside.display()), ("why", why)];
                text.fill("reason.settings_damaged", &values)
            }
            Self::Unreadable { path, error } => {
                text.fill("reason.settings_unreadable", &[("path", &path.display()), ("error", &error.in_words(text))])
            }
            Self::Unwritable(error) => error.in_words(text),
        }
    }
}

/// Where settings are kept, and what is known of them there.
pub struct SettingsFile {
    /// Nothing where the system has no folder for settings.
    path: Option<PathBuf>,
    written: Settings,
    /// The newest change that is not written, and when it was seen.
    waiting: Option<(Settings, Instant)>,
    failed: bool,
}

impl SettingsFile {
    /// The file of the person who started the program.
    pub fn of_the_user() -> Self {
        let folder = match env::var_os(FOLDER_VARIABLE).filter(|folder| !folder.is_empty()) {
            Some(folder) => Some(PathBuf::from(folder)),
            None => directories::ProjectDirs::from("", "", "densescope").map(|folders| folders.config_dir().to_owned()),
        };
        Self::new(folder.as_deref())
    }

    /// The file in a folder, which need not be there; without one nothing is kept.
    pub fn new(folder: Option<&Path>) -> Self {
        let path = folder.map(|folder| folder.join("settings.json"));
        Self { path, written: Settings::default(), waiting: None, failed: false }
    }

    /// The settings that are kept, or those of a first start; and what was wrong, if anything was.
    pub fn read(&mut self) -> (Settings, Option<SettingsError>) {
        let (settings, trouble) = match self.path.as_deref().map(read) {
            Some(Ok(Some(settings))) => (settings, None),
            Some(Ok(None)) | None => (Settings::default(), None),
            Some(Err(trouble)) => (Settings::default(), Some(trouble)),
        };
        self.written = settings.clone();
        (settings, trouble)
    }

    /// Writes settings that have changed when they have rested; when to call again, if something waits to be written.
    ///
    /// # Errors
    ///
    /// When they cannot be written; this is told once.
    pub fn keep(&mut self, settings: &Settings, now: Instant) -> Result<Option<Duration>, SettingsError> {
        let since = match &self.waiting {
            _ if *settings == self.written => {
                self.waiting = None;
                return Ok(None);
            }
            Some((waiting, since)) if waiting == settings => *since,
            Some(_) | None => {
                self.waiting = Some((settings.clone(), now));
                now
            }
        };
        match REST.checked_sub(now.duration_since(since)).filter(|rest| !rest.is_zero()) {
            Some(rest) => Ok(Some(rest)),
            None => self.write(settings).map(|()| None),
        }
    }

    /// Writes settings that have changed, at once.
    ///
    /// # Errors
    ///
    /// When they cannot be written; this is told once.
    pub fn write(&mut self, settings: &Settings) -> Result<(), SettingsError> {
        if *settings == self.written {
            return Ok(());
        }
        (self.written, self.waiting) = (settings.clone(), None);
        let outcome = self.path.as_deref().map_or(Ok(()), |path| write(path, settings));
        let told = std::mem::replace(&mut self.failed, outcome.is_err());
        if told { Ok(()) } else { outcome }
    }
}

/// The settings of a file; nothing if there is none.
fn read(path: &Path) -> Result<Option<Settings>, SettingsError> {
    let unreadable = |error| SettingsError::Unreadable { path: path.to_owned(), error };
    let length = match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(error)),
        Ok(found) => found.len(),
    };
    let parsed = if length > LARGEST_FILE {
        Err(format!("it has {length} bytes; allowed: at most {LARGEST_FILE}"))
    } else {
        let bytes = fs::read(path).map_err(unreadable)?;
        serde_json::from_slice::<Settings>(&bytes).map_err(|error| error.to_string())
    };
    match parsed {
        Ok(settings) => Ok(Some(settings.possible())),
        Err(why) => {
            let aside = path.with_extension("json.damaged");
            fs::rename(path, &aside).map_err(unreadable)?;
            Err(SettingsError::Damaged { path: path.to_owned(), aside, why })
        }
    }
}

fn write(path: &Path, settings: &Settings) -> Result<(), SettingsError> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| ExportError::Unwritable { path: folder.to_owned(), error })?;
    }
    let text = serde_json::to_string_pretty(settings).expect("settings are plain values with text for keys");
    Ok(write_whole(path, text.as_bytes())?)
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;
    use crate::chart::{Along, Extent, GradientMeasure, Options, ReuseScale, TimeAxis};
    use crate::state::{Panels, Shares, ThemeChoice, WindowPlace};
    use crate::text::Language;

    fn unusual() -> Settings {
        Settings {
            language: Language::Chinese,
            theme: ThemeChoice::Dark,
            zoom: 1.25,
            window: WindowPlace { width: 801.5, height: 600.0, maximised: true },
            panels: Panels { build: false, explain: true, networks: false, figures: false, runs: false },
            shares: Shares { hero: 0.5, build: 0.25, side: 0.375 },
            figures: vec![Some("loss".to_owned()), None],
            places: Some(3),
            options: Options {
                gradient: GradientMeasure::Relative,
                time: TimeAxis::Epoch,
                by_parameters: true,
                reuse: ReuseScale::ByReader,
                along: Along::Growth,
                extent: Extent::Block(2),
            },
            last_folder: Some("课堂/runs".into()),
            data_folder: Some("图像".into()),
        }
    }

    fn file(folder: &TempDir) -> SettingsFile {
        SettingsFile::new(Some(&folder.path().join("deep/densescope")))
    }

    fn settings_path(folder: &TempDir) -> PathBuf {
        folder.path().join("deep/densescope/settings.json")
    }

    #[test]
    fn settings_come_back_as_they_were() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(file(&folder).read().0, Settings::default());
        file(&folder).write(&unusual()).unwrap();
        let (read, trouble) = file(&folder).read();
        assert!(trouble.is_none(), "{trouble:?}");
        assert_eq!(read, unusual());
    }

    #[test]
    fn what_a_file_leaves_out_is_as_at_the_first_start_and_what_no_window_can_have_is_mended() {
        let folder = tempfile::tempdir().unwrap();
        file(&folder).write(&unusual()).unwrap();
        fs::write(
            settings_path(&folder),
            r#"{"language": "zh", "zoom": 1e9, "window": {"width": -5}, "of a newer version": 3}"#,
        )
        .unwrap();
        let (read, trouble) = file(&folder).read();
        assert!(trouble.is_none(), "{trouble:?}");
        assert_eq!(read.language, Language::Chinese);
        assert_eq!((read.zoom, read.window.width, read.window.height), (3.0, 320.0, WindowPlace::default().height));
        assert_eq!(read.theme, ThemeChoice::System);
    }

    #[test]
    fn a_damaged_file_is_set_aside_and_named() {
        let folder = tempfile::tempdir().unwrap();
        file(&folder).write(&unusual()).unwrap();
        let path = settings_path(&folder);
        let huge = vec![b' '; 1 + usize::try_from(LARGEST_FILE).unwrap()];
        for damage in [&b"{\"language\": \"zh\""[..], b"\xFF\xFE\x00", b"3", b"{\"zoom\": \"large\"}", &huge] {
            fs::write(&path, damage).unwrap();
            let (read, trouble) = file(&folder).read();
            assert_eq!(read, Settings::default());
            let words = trouble.unwrap().to_string();
            assert!(words.contains("settings.json holds no settings") && words.contains(".damaged"), "{words}");
            assert!(!path.exists());
            assert_eq!(fs::read(path.with_extension("json.damaged")).unwrap(), damage);
        }
    }

    #[test]
    fn a_change_is_written_when_it_has_rested_and_only_if_it_is_one() {
        let folder = tempfile::tempdir().unwrap();
        let (mut file, path, start) = (file(&folder), settings_path(&folder), Instant::now());
        let (mut settings, _) = file.read();
        assert_eq!(file.keep(&settings, start).unwrap(), None);
        settings.zoom = 2.0;
        assert_eq!(file.keep(&settings, start).unwrap(), Some(REST));
        settings.zoom = 2.5;
        assert_eq!(file.keep(&settings, start + REST / 2).unwrap(), Some(REST), "the newer change rests anew");
        assert_eq!(file.keep(&settings, start + REST).unwrap(), Some(REST / 2));
        assert!(!path.exists());
        assert_eq!(file.keep(&settings, start + 2 * REST).unwrap(), None);
        assert!(fs::read_to_string(&path).unwrap().contains("2.5"));
        fs::remove_file(&path).unwrap();
        file.write(&settings).unwrap();
        assert!(!path.exists(), "nothing has changed since");
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_told_once() {
        let folder = tempfile::tempdir().unwrap();
        let mut file = file(&folder);
        let (mut settings, _) = file.read();
        fs::write(folder.path().join("deep"), "a file where a folder should be").unwrap();
        settings.zoom = 2.0;
        let words = file.write(&settings).unwrap_err().to_string();
        assert!(words.contains("deep"), "{words}");
        settings.zoom = 2.5;
        file.write(&settings).unwrap();
    }
}
