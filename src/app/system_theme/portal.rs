//! The desktop portal's colour scheme (freedesktop.org, Settings interface, `color-scheme`), the same whatever draws the windows.
//!
//! A thread asks once and then listens. Where no portal answers, there is no word, and the thread is at its end. One that listens sleeps
//! until the program ends, which waits for nobody who only listens.

use std::thread::Builder;

use futures_lite::StreamExt as _;
use futures_lite::future::block_on;
use zbus::zvariant::{OwnedValue, Value};
use zbus::{Connection, MatchRule, MessageStream};

const PORTAL: &str = "org.freedesktop.portal.Desktop";
const PATH: &str = "/org/freedesktop/portal/desktop";
const SETTINGS: &str = "org.freedesktop.portal.Settings";
const NAMESPACE: &str = "org.freedesktop.appearance";
const KEY: &str = "color-scheme";

/// Tells the desktop's colour scheme, and each one that it changes to, from a thread of its own.
pub(super) fn listen(tell: impl Fn(u8) + Send + 'static) {
    let follow = move || drop(block_on(follow(tell))); // without a portal there is nothing to follow
    drop(Builder::new().name("theme".to_owned()).spawn(follow)); // without a thread, as without a portal
}

async fn follow(tell: impl Fn(u8)) -> zbus::Result<()> {
    let connection = Connection::session().await?;
    let rule = MatchRule::builder()
        .msg_type(zbus::message::Type::Signal)
        .interface(SETTINGS)?
        .member("SettingChanged")?
        .path(PATH)?
        .build();
    let mut changes = MessageStream::for_match_rule(rule, &connection, None).await?;
    tell(read(&connection).await?);
    while let Some(change) = changes.next().await {
        let body = change?.body();
        let Ok((namespace, key, value)) = body.deserialize::<(&str, &str, Value<'_>)>() else { continue };
        if (namespace, key) == (NAMESPACE, KEY) {
            tell(scheme(&value));
        }
    }
    Ok(())
}

/// Older portals only know the method that wraps its answer twice.
async fn read(connection: &Connection) -> zbus::Result<u8> {
    let ask =
        async |method| connection.call_method(Some(PORTAL), PATH, Some(SETTINGS), method, &(NAMESPACE, KEY)).await;
    let answer = match ask("ReadOne").await {
        Ok(answer) => answer,
        Err(_) => ask("Read").await?,
    };
    let value: OwnedValue = answer.body().deserialize()?;
    Ok(scheme(&value))
}

fn scheme(value: &Value<'_>) -> u8 {
    match value {
        Value::U32(scheme) => u8::try_from(*scheme).unwrap_or(0),
        Value::Value(inner) => scheme(inner),
        _ => 0, // not what the portal's interface has here
    }
}
