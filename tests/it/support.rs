//! Running the program, and small files for it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use densescope::config::{LoadedConfig, Plan};
use densescope::data::describe;
use tempfile::TempDir;

/// The program, ready for arguments.
pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_densescope"));
    command.env_remove("NO_COLOR");
    command
}

/// What the program did.
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Runs the program to its end.
pub(crate) fn run<A: AsRef<std::ffi::OsStr>>(arguments: impl IntoIterator<Item = A>) -> Ran {
    ran(program().args(arguments).output().expect("the program starts"))
}

/// What a process left.
pub(crate) fn ran(output: Output) -> Ran {
    let text = |bytes| String::from_utf8(bytes).expect("the program speaks UTF-8");
    Ran { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

impl Ran {
    /// Asserts that it was refused with this code, in words that contain each part, and without a panic.
    #[track_caller]
    pub(crate) fn refused(&self, code: i32, parts: &[&str]) {
        let Self { code: found, stderr, .. } = self;
        assert_eq!(*found, Some(code), "{stderr}");
        assert!(!stderr.contains("panicked"), "{stderr}");
        for part in parts {
            assert!(stderr.contains(part), "'{part}' is missing in:\n{stderr}");
        }
    }

    /// Asserts that it did what it was asked.
    #[track_caller]
    pub(crate) fn succeeded(&self) -> &Self {
        assert_eq!(self.code, Some(0), "{}", self.stderr);
        self
    }
}

/// A folder for one test.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("there is room for temporary files"))
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file and gives its path.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).expect("the folder can be made");
        }
        fs::write(&path, content).expect("the file can be written");
        path
    }
}

/// A configuration that trains in a moment.
pub(crate) const TINY: &str = "\
seed = 3
[data]
train = 64
validation = 50
[network]
blocks = [2, 1]
k0 = 4
growth = 3
baseline_width = 4
[training]
networks = [\"dense\", \"residual\", \"plain\"]
batch = 8
steps = 12
evaluate_every = 5
probe_every = 4
";

/// A configuration that no machine has the memory for: about two terabytes.
#[cfg(target_os = "linux")]
pub(crate) const HUGE: &str = "\
[data]
source = \"shapes\"
[network]
blocks = [150]
k0 = 64
growth = 64
[training]
networks = [\"dense\"]
batch = 4096
";

/// The plan of a configuration.
pub(crate) fn plan(config: &str) -> Plan {
    let loaded = LoadedConfig::read(&Folder::new().write("config.toml", config)).expect("the configuration is valid");
    let description = describe(&loaded.config.data).expect("the images are there");
    Plan::new(&loaded, &description).expect("the configuration fits its images")
}

/// The rows of a CSV file, each by its columns' names.
pub(crate) fn csv_rows(path: &Path) -> Vec<std::collections::BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    reader.deserialize().map(|row| row.expect("every row has the header's columns")).collect()
}

/// A run of three networks that was really trained, once for all tests. Nobody writes to it.
pub(crate) fn trained_run() -> &'static Path {
    static RUN: LazyLock<PathBuf> = LazyLock::new(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("trained-run");
        let config = Path::new(env!("CARGO_TARGET_TMPDIR")).join("trained-run.toml");
        fs::write(&config, TRAINED).expect("the file can be written");
        let (config, out) = (config.to_str().unwrap(), folder.to_str().unwrap());
        run(["train", "--config", config, "--out", out, "--force"]).succeeded();
        folder
    });
    &RUN
}

const TRAINED: &str = "\
seed = 3
[data]
train = 160
validation = 50
[network]
blocks = [3, 2]
k0 = 8
growth = 6
[training]
networks = [\"dense\", \"residual\", \"plain\"]
batch = 8
steps = 40
evaluate_every = 8
probe_every = 4
";
