//! The report in a real browser, without a network.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::browser::{Page, url};
use crate::support::{Folder, run, trained_run};

fn report(folder: &Folder, language: &str) -> PathBuf {
    let out = folder.path(language);
    let arguments = ["--format", "html", "--lang", language, "--out", out.to_str().unwrap()];
    run([&["export", trained_run().to_str().unwrap()][..], &arguments].concat()).succeeded();
    out.join("report.html")
}

#[test]
fn the_report_asks_for_nothing_outside_itself_and_complains_of_nothing() {
    let folder = Folder::new();
    for language in ["en", "zh"] {
        let file = report(&folder, language);
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.len() < 5 << 20, "{} bytes", text.len());
        assert!(text.contains("default-src 'none'"));
        for outside in ["http:", "https:", "src=", "@import", "<link"] {
            let found = text.find(outside).map(|place| text[place..].chars().take(80).collect::<String>());
            assert_eq!(found, None, "{outside}");
        }
        let mut page = Page::open(&file);
        let lang = if language == "zh" { "zh-Hans" } else { "en" };
        assert_eq!(page.evaluate("document.documentElement.lang"), json!(lang));
        page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)");
        page.evaluate("document.getElementById('theme').click()");
        page.evaluate("scrollTo(0, document.body.scrollHeight)");
        assert_eq!(page.complaints(), Vec::<String>::new());
        assert_eq!(page.requested().into_keys().collect::<Vec<_>>(), [url(&file)]);
    }
}

#[test]
fn the_slider_changes_the_picture_and_says_the_step() {
    let folder = Folder::new();
    let mut page = Page::open(&report(&folder, "en"));
    let drawn = "document.querySelector('.pair').innerHTML";
    let (at_end, said) = (page.evaluate(drawn), page.evaluate("document.getElementById('now').textContent"));
    assert_eq!(said, json!("Step 40"));
    page.evaluate("document.getElementById('moment').focus()");
    page.press("Home", 36);
    page.wait_until("document.getElementById('now').textContent === 'Step 1'");
    assert_ne!(page.evaluate(drawn), at_end);
    page.press("ArrowRight", 39);
    page.wait_until("document.getElementById('moment').getAttribute('aria-valuetext') === 'Step 2'");
    for network in ["dense", "residual", "plain"] {
        let marks =
            format!("document.querySelectorAll('#replay-gradients [data-key=\"{network}.points\"] > *').length");
        let marks = page.evaluate(&marks);
        assert!(marks.as_u64() > Some(5), "{network}: {marks}");
    }

    page.evaluate("document.getElementById('play').click()");
    assert_eq!(page.evaluate("document.getElementById('play').textContent"), json!("Pause"));
    page.wait_until("document.getElementById('now').textContent === 'Step 40'");
    page.wait_until("document.getElementById('play').textContent === 'Play'");
    assert_eq!(page.evaluate(drawn), at_end);
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn the_theme_follows_the_system_and_then_the_reader() {
    let folder = Folder::new();
    let mut page = Page::open(&report(&folder, "en"));
    let ground = "getComputedStyle(document.documentElement).backgroundColor";
    let words = "getComputedStyle(document.querySelector('.figure .wide svg text')).fill";
    page.resize(1280, false);
    let light = (page.evaluate(ground), page.evaluate(words));
    page.resize(1280, true);
    let dark = (page.evaluate(ground), page.evaluate(words));
    assert_eq!(light.0, json!("rgb(255, 255, 255)"));
    assert!(dark.0 != light.0 && dark.1 != light.1, "{light:?} {dark:?}");
    page.evaluate("document.getElementById('theme').click()");
    assert_eq!((page.evaluate(ground), page.evaluate(words)), light);
    assert_eq!(page.evaluate("document.getElementById('theme').textContent"), json!("Dark"));
    page.evaluate("document.getElementById('theme').click()");
    assert_eq!((page.evaluate(ground), page.evaluate(words)), dark);
}

#[test]
fn a_table_is_copied_as_spreadsheets_take_it() {
    let folder = Folder::new();
    let file = report(&folder, "en");
    let mut page = Page::open(&file);
    // A page without a window may not use the clipboard, so what it hands over is looked at.
    page.evaluate("navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve(); }");
    page.evaluate("document.querySelector('#figure-loss details').open = true");
    page.evaluate("document.querySelector('#figure-loss button.copy').click()");
    page.wait_until("document.querySelector('#figure-loss button.copy').textContent === 'Copied'");
    let copied = page.evaluate("window.copied");
    let lines: Vec<Vec<&str>> = copied.as_str().unwrap().lines().map(|line| line.split('\t').collect()).collect();
    assert!(lines.len() > 40, "{copied}");
    assert!(lines.iter().all(|line| line.len() == lines[0].len()), "{copied}");
    assert!(lines[0].iter().any(|name| name.contains("dense")), "{:?}", lines[0]);
}

#[test]
fn the_report_fits_phones_and_projectors_in_both_languages_and_themes() {
    let folder = Folder::new();
    let pictures = Path::new(env!("CARGO_TARGET_TMPDIR")).join("report");
    fs::create_dir_all(&pictures).unwrap();
    for language in ["en", "zh"] {
        let mut page = Page::open(&report(&folder, language));
        for width in [390, 1280, 1920] {
            for dark in [false, true] {
                page.resize(width, dark);
                let wide = page.evaluate("document.documentElement.scrollWidth");
                assert!(wide.as_u64() <= Some(width.into()), "{language} at {width}: {wide} pixels wide");
                let drawn = "[...document.querySelectorAll('.figure')].map(figure => [...figure.querySelectorAll('svg')]\
                    .filter(svg => svg.getBoundingClientRect().width > 250).length)";
                let drawn = page.evaluate(drawn);
                let each = drawn.as_array().unwrap();
                assert!(each.len() >= 8 && each.iter().all(|count| *count == json!(1)), "{drawn}");
                // For people to look at.
                let theme = if dark { "dark" } else { "light" };
                fs::write(pictures.join(format!("{language}-{width}-{theme}.png")), page.picture()).unwrap();
            }
        }
        assert_eq!(page.complaints(), Vec::<String>::new());
    }
}
