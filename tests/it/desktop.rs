//! The real binary on a screen of its own (Xvfb), and where there is none. Needs Debian's packages xvfb and xdotool.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

#[cfg(target_os = "linux")]
mod desktop_portal;

use crate::support::{Folder, program, ran};

const COMMANDS: [&str; 3] = ["densescope train", "densescope inspect", "densescope presets"];

/// The program as if nobody sat before the machine, with settings of its own.
fn program_without_desktop(folder: &Folder) -> Command {
    let mut command = program();
    for name in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"] {
        command.env_remove(name);
    }
    // No portal and no zenity, so that the window asks for paths itself.
    command.env("XDG_DATA_DIRS", "/nowhere").env("PATH", "/nowhere");
    command.env("DENSESCOPE_SETTINGS", folder.path("settings"));
    command
}

#[test]
fn without_a_display_it_names_the_commands_that_need_none() {
    let folder = Folder::new();
    let ran = ran(program_without_desktop(&folder).output().unwrap());
    ran.refused(1, &[&["no display", "DISPLAY"], &COMMANDS[..]].concat());
    assert!(!folder.path("settings").exists());
}

#[test]
fn a_display_that_does_not_answer_is_named() {
    let folder = Folder::new();
    let ran = ran(program_without_desktop(&folder).env("DISPLAY", ":6543").output().unwrap());
    ran.refused(1, &[&["window cannot be opened", "DISPLAY=:6543"], &COMMANDS[..]].concat());
    assert!(!ran.stderr.contains(".rs:"), "{}", ran.stderr);
}

#[test]
fn a_configuration_that_cannot_be_is_refused_before_a_window_opens() {
    let folder = Folder::new();
    let config = folder.write("bad.toml", "[network]\ngrowth = 0\n");
    let ran = ran(program_without_desktop(&folder).arg("--config").arg(&config).output().unwrap());
    ran.refused(1, &["bad.toml:2: network.growth: found 0"]);
}

#[test]
fn a_missing_library_is_named_with_its_debian_package() {
    let (folder, screen) = (Folder::new(), Screen::new());
    // The loader finds these before the system's, and they are no libraries.
    for name in ["libxkbcommon-x11.so.0", "libxkbcommon-x11.so"] {
        folder.write(&format!("libraries/{name}"), "");
    }
    let mut command = program_without_desktop(&folder);
    command.env("DISPLAY", &screen.display).env("LD_LIBRARY_PATH", folder.path("libraries"));
    ran(command.output().unwrap()).refused(1, &[&["apt install libxkbcommon-x11-0"], &COMMANDS[..]].concat());
}

#[test]
fn on_a_screen_it_trains_shows_it_saves_its_picture_and_closes_while_training() {
    let (folder, screen) = (Folder::new(), Screen::new());
    let config = folder.write("lesson.toml", "[data]\ntrain = 500\nvalidation = 100\n[training]\nsteps = 100000\n");
    let mut command = program_without_desktop(&folder);
    command.env("DISPLAY", &screen.display).current_dir(folder.path(""));
    command.args(["--start", "--lang", "en", "--theme", "light", "--config"]).arg(&config);
    let mut window = Ending(command.stderr(Stdio::piped()).spawn().unwrap());

    screen.until("something is shown", |picture| picture.colors().len() > 20);
    // Steps, losses and curves are written again and again while it trains.
    let early = screen.picture();
    screen.until("training is seen to go on", |picture| picture.differing(&early) > 100);
    let later = screen.picture();
    screen.until("and on", |picture| picture.differing(&later) > 100);

    screen.press("F12");
    let saved = folder.path("densescope.png");
    let deadline = Instant::now() + PATIENCE;
    while !saved.exists() {
        assert!(Instant::now() < deadline, "no picture of the window was saved");
        sleep(Duration::from_millis(300));
        screen.press("Return"); // the path that is suggested
    }
    let png = resvg::tiny_skia::Pixmap::load_png(&saved).unwrap();
    let colors: BTreeSet<_> = png.pixels().iter().map(|pixel| (pixel.red(), pixel.green(), pixel.blue())).collect();
    assert!(colors.len() > 20 && png.pixels().iter().all(|pixel| pixel.alpha() == 255));

    screen.press("ctrl+q");
    let deadline = Instant::now() + PATIENCE;
    while window.0.try_wait().unwrap().is_none() {
        assert!(Instant::now() < deadline, "it does not close");
        sleep(Duration::from_millis(20));
    }
    assert!(window.0.wait().unwrap().success());
    assert!(fs::read_to_string(folder.path("settings/settings.json")).unwrap().contains("\"theme\": \"Light\""));
}

#[test]
#[cfg(target_os = "linux")]
fn it_is_as_light_or_dark_as_the_desktop_while_it_runs() {
    let (folder, screen, desktop) = (Folder::new(), Screen::new(), desktop_portal::Desktop::new(desktop_portal::DARK));
    let mut command = program_without_desktop(&folder);
    command.env("DISPLAY", &screen.display).env("DBUS_SESSION_BUS_ADDRESS", &desktop.address);
    let _window = Ending(command.args(["--lang", "en"]).stderr(Stdio::null()).spawn().unwrap());

    screen.until("it opens dark", |picture| picture.colors().len() > 20 && picture.bright() < 0.1);
    desktop.change(desktop_portal::LIGHT);
    screen.until("it becomes light with the desktop", |picture| picture.bright() > 0.5);
    desktop.change(desktop_portal::DARK);
    screen.until("and dark again", |picture| picture.colors().len() > 20 && picture.bright() < 0.1);
}

/// Anything may take so long on a machine that does much else.
const PATIENCE: Duration = Duration::from_secs(90);

/// A process that ends with the test.
struct Ending(Child);

impl Drop for Ending {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// An X server that draws into a file.
struct Screen {
    display: String,
    picture: PathBuf,
    _server: Ending,
    _folder: TempDir,
}

impl Screen {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1440x900x24", "-noreset", "-nolisten", "tcp", "-fbdir"])
            .arg(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb starts (Debian's package xvfb)");
        let mut number = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut number).unwrap();
        let display = format!(":{}", number.trim());
        Self { display, picture: folder.path().join("Xvfb_screen0"), _server: Ending(server), _folder: folder }
    }

    fn picture(&self) -> Picture {
        Picture::read(&self.picture)
    }

    #[track_caller]
    fn until(&self, what: &str, is_so: impl Fn(&Picture) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !is_so(&self.picture()) {
            assert!(Instant::now() < deadline, "never was it so that {what}");
            sleep(Duration::from_millis(50));
        }
    }

    /// Presses a key in the window, which has the focus as the only one.
    fn press(&self, key: &str) {
        let search = ["search", "--onlyvisible", "--name", "^densescope$", "windowfocus", "key", key];
        let status = Command::new("xdotool").env("DISPLAY", &self.display).args(search).status();
        assert!(status.expect("xdotool starts (Debian's package xdotool)").success());
    }
}

/// What is on the screen, one number for each pixel.
struct Picture(Vec<u32>);

impl Picture {
    /// Reads a window dump: a header of big-endian numbers, colours, and rows of pixels.
    fn read(path: &Path) -> Self {
        let bytes = fs::read(path).unwrap();
        let number = |index: usize| {
            let at = 4 * index;
            u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap()) as usize
        };
        let (header, height, row, colors) = (number(0), number(5), number(12), number(19));
        assert_eq!(number(11), 32, "bits in a pixel");
        let start = header + 12 * colors;
        let pixels = bytes[start..start + height * row].chunks_exact(4);
        Self(pixels.map(|pixel| u32::from_le_bytes(pixel.try_into().unwrap())).collect())
    }

    fn colors(&self) -> BTreeSet<u32> {
        self.0.iter().copied().collect()
    }

    /// The share of pixels that are nearly white.
    fn bright(&self) -> f64 {
        let bright = |pixel: &&u32| pixel.to_le_bytes()[..3].iter().all(|part| *part > 220);
        self.0.iter().filter(bright).count() as f64 / self.0.len() as f64
    }

    fn differing(&self, other: &Self) -> usize {
        self.0.iter().zip(&other.0).filter(|(one, other)| one != other).count()
    }
}
