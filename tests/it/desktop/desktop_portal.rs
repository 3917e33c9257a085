//! A desktop of its own that says whether it is light or dark: a message bus, and on it a portal that knows nothing else.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use futures_lite::StreamExt as _;
use futures_lite::future::block_on;
use zbus::zvariant::Value;
use zbus::{Connection, MessageStream, connection};

use super::Ending;

const PATH: &str = "/org/freedesktop/portal/desktop";
const SETTINGS: &str = "org.freedesktop.portal.Settings";
const SCHEME: (&str, &str) = ("org.freedesktop.appearance", "color-scheme");

/// The scheme of a dark desktop.
pub(super) const DARK: u32 = 1;
/// The scheme of a light one.
pub(super) const LIGHT: u32 = 2;

pub(super) struct Desktop {
    pub(super) address: String,
    portal: Connection,
    _bus: Ending,
}

impl Desktop {
    pub(super) fn new(scheme: u32) -> Self {
        let mut bus = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--nosyslog", "--print-address=1"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus-daemon starts (Debian's package dbus-daemon)");
        let mut address = String::new();
        BufReader::new(bus.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let address = address.trim().to_owned();
        let bus = Ending(bus);
        let portal = block_on(async {
            let builder = connection::Builder::address(address.as_str())?.name("org.freedesktop.portal.Desktop")?;
            builder.build().await
        })
        .unwrap();
        let (calls, answers) = (MessageStream::from(&portal), portal.clone());
        std::thread::spawn(move || block_on(answer(calls, &answers, scheme)));
        Self { address, portal, _bus: bus }
    }

    /// The desktop is light or dark from now on.
    pub(super) fn change(&self, scheme: u32) {
        let change = (SCHEME.0, SCHEME.1, Value::U32(scheme));
        block_on(self.portal.emit_signal(None::<&str>, PATH, SETTINGS, "SettingChanged", &change)).unwrap();
    }
}

/// Answers whoever asks for the scheme, until the bus is gone.
async fn answer(mut calls: MessageStream, portal: &Connection, scheme: u32) {
    while let Some(Ok(call)) = calls.next().await {
        let header = call.header();
        if header.member().is_some_and(|member| member == "ReadOne") {
            assert_eq!(call.body().deserialize::<(&str, &str)>().unwrap(), SCHEME);
            portal.reply(&header, &Value::U32(scheme)).await.unwrap();
        }
    }
}
