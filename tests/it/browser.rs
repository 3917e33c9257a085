//! A real browser without a window, asked through its own protocol (DevTools) over two pipes.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

/// A browser has this long for any one thing.
const PATIENCE: Duration = Duration::from_secs(90);

const FLAGS: [&str; 15] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--remote-debugging-pipe",
];

/// One page in a browser of its own.
pub(crate) struct Page {
    browser: Child,
    requests: ChildStdin,
    messages: Receiver<Value>,
    session: Option<String>,
    last_id: u64,
    events: Vec<Value>,
    _profile: TempDir,
}

impl Page {
    /// Opens a file and waits until all of it is there.
    pub(crate) fn open(file: &Path) -> Self {
        let mut page = Self::start();
        let target = page.ask("Target.createTarget", &json!({"url": "about:blank"}));
        let attached = page.ask("Target.attachToTarget", &json!({"targetId": target["targetId"], "flatten": true}));
        page.session = attached["sessionId"].as_str().map(str::to_owned);
        for domain in ["Page", "Runtime", "Log", "Network"] {
            page.ask(&format!("{domain}.enable"), &json!({}));
        }
        page.ask("Page.navigate", &json!({"url": url(file)}));
        page.wait_for("Page.loadEventFired");
        page
    }

    fn start() -> Self {
        let profile = tempfile::tempdir().expect("there is room for temporary files");
        // The browser reads requests from descriptor 3 and answers on descriptor 4.
        let mut browser = Command::new("sh")
            .args(["-c", "exec \"$0\" \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>&1"])
            .arg(chromium())
            .args(FLAGS)
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a shell starts the browser");
        let (requests, answers) = (browser.stdin.take().unwrap(), browser.stdout.take().unwrap());
        let (sender, messages) = sync_channel(10_000);
        thread::spawn(move || {
            for message in BufReader::new(answers).split(0) {
                let Ok(message) = message else { break };
                let message = serde_json::from_slice(&message).expect("the browser answers in JSON");
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        Self { browser, requests, messages, session: None, last_id: 0, events: Vec::new(), _profile: profile }
    }

    /// Asks the browser for something and waits for the answer.
    #[track_caller]
    pub(crate) fn ask(&mut self, method: &str, parameters: &Value) -> Value {
        self.last_id += 1;
        let mut request = json!({"id": self.last_id, "method": method, "params": parameters});
        if let Some(session) = &self.session {
            request["sessionId"] = json!(session);
        }
        let bytes = [request.to_string().as_bytes(), b"\0"].concat();
        self.requests.write_all(&bytes).expect("the browser is there");
        loop {
            let mut message = self.message();
            if message["id"] == json!(self.last_id) {
                assert!(message.get("error").is_none(), "{method}: {}", message["error"]);
                return message["result"].take();
            }
            self.events.push(message);
        }
    }

    #[track_caller]
    fn message(&self) -> Value {
        self.messages.recv_timeout(PATIENCE).expect("the browser answers in time")
    }

    #[track_caller]
    fn wait_for(&mut self, event: &str) {
        while !self.events.iter().any(|message| message["method"] == event) {
            let message = self.message();
            self.events.push(message);
        }
    }

    /// The value of a piece of JavaScript in the page.
    #[track_caller]
    pub(crate) fn evaluate(&mut self, script: &str) -> Value {
        let parameters =
            json!({"expression": script, "awaitPromise": true, "returnByValue": true, "userGesture": true});
        let mut answer = self.ask("Runtime.evaluate", &parameters);
        assert!(answer.get("exceptionDetails").is_none(), "{script}: {}", answer["exceptionDetails"]);
        answer["result"]["value"].take()
    }

    /// Waits until a piece of JavaScript is true.
    #[track_caller]
    pub(crate) fn wait_until(&mut self, script: &str) {
        let deadline = std::time::Instant::now() + PATIENCE;
        while self.evaluate(script) != json!(true) {
            assert!(std::time::Instant::now() < deadline, "never true: {script}");
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Presses a key, as a person does.
    pub(crate) fn press(&mut self, key: &str, code: u32) {
        for kind in ["rawKeyDown", "keyUp"] {
            let event = json!({"type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code});
            self.ask("Input.dispatchKeyEvent", &event);
        }
    }

    /// Makes the page that wide, in a theme of the system.
    pub(crate) fn resize(&mut self, width: u32, dark: bool) {
        let size = json!({"width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": width < 600});
        self.ask("Emulation.setDeviceMetricsOverride", &size);
        let scheme = if dark { "dark" } else { "light" };
        let media = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        self.ask("Emulation.setEmulatedMedia", &media);
        // Two frames later the page has been laid out and painted again.
        self.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))");
    }

    /// The whole page as a picture.
    pub(crate) fn picture(&mut self) -> Vec<u8> {
        let answer = self.ask("Page.captureScreenshot", &json!({"format": "png", "captureBeyondViewport": true}));
        from_base64(answer["data"].as_str().expect("a picture is text"))
    }

    /// What the page wrote to its console, and what it threw.
    pub(crate) fn complaints(&self) -> Vec<String> {
        let bad = ["Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded"];
        let complaints = self.events.iter().filter(|event| bad.iter().any(|name| event["method"] == *name));
        complaints.map(ToString::to_string).collect()
    }

    /// Every address that the page asked for, with how often.
    pub(crate) fn requested(&self) -> BTreeMap<String, usize> {
        let mut requested = BTreeMap::new();
        for event in self.events.iter().filter(|event| event["method"] == "Network.requestWillBeSent") {
            *requested.entry(event["params"]["request"]["url"].as_str().unwrap_or("?").to_owned()).or_default() += 1;
        }
        requested
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        let request = json!({"id": 0, "method": "Browser.close"});
        let closed = self.requests.write_all(&[request.to_string().as_bytes(), b"\0"].concat());
        // A browser that hears nothing is ended; in both cases its profile can go.
        if closed.is_err() || thread::panicking() {
            let _ = self.browser.kill();
        }
        let _ = self.browser.wait();
    }
}

/// The address of a file.
pub(crate) fn url(file: &Path) -> String {
    let path = fs::canonicalize(file).expect("the file is there");
    format!("file://{}", path.to_str().expect("the path is text"))
}

fn chromium() -> PathBuf {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let found = std::env::split_paths(&folders).flat_map(|folder| names.map(|name| folder.join(name)));
    let mut found = found.filter(|file| file.is_file());
    found.next().expect("a test needs Chromium; Debian's package is chromium, and scripts/test installs it")
}

fn from_base64(text: &str) -> Vec<u8> {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let (mut bits, mut count) = (0_u32, 0);
    for digit in text.bytes().filter_map(|byte| DIGITS.iter().position(|&digit| digit == byte)) {
        bits = bits << 6 | u32::try_from(digit).expect("a digit is small");
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xFF).expect("eight bits"));
        }
    }
    bytes
}
