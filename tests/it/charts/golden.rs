//! Pictures that must not change by accident, byte by byte.

use std::fs;
use std::path::Path;

use densescope::arch::NetworkKind;
use densescope::chart::Chart;
use densescope::export::picture::{Look, Size, drawing_to_svg, to_svg};
use densescope::text::Language;
use densescope::theme::ThemeKind;

use super::drawing::{trained_by_rule, untrained};
use super::samples::{costs, gradients, growth, reuse, runs};

fn pictures() -> Vec<(&'static str, String)> {
    let look = |theme, size, language| {
        let caption = Some("seed 1".to_owned());
        Look { theme, size, transparent: false, language, caption }
    };
    let small = Size::Pixels { width: 640, height: 360 };
    let (english, chinese) = (Language::English, Language::Chinese);
    let charts: Vec<(&'static str, Chart, Look)> = vec![
        ("gradients-light-en.svg", gradients(english, &[2, 2]), look(ThemeKind::Light, small, english)),
        ("gradients-print-zh.svg", gradients(chinese, &[2, 2]), look(ThemeKind::Print, Size::Column, chinese)),
        ("growth-print-en.svg", growth(english, 5), look(ThemeKind::Print, small, english)),
        ("reuse-dark-zh.svg", reuse(chinese, &[3, 3]), look(ThemeKind::Dark, small, chinese)),
        ("costs-light-en.svg", costs(english, 3), look(ThemeKind::Light, Size::Page, english)),
        ("runs-dark-en.svg", runs(english, 4), look(ThemeKind::Dark, small, english)),
    ];
    let bare = untrained("classroom", &[2, 2], &[NetworkKind::Dense, NetworkKind::Residual], english);
    let drawings = vec![
        ("network-light-en.svg", bare, look(ThemeKind::Light, small, english)),
        ("network-dark-en.svg", trained_by_rule(english), look(ThemeKind::Dark, small, english)),
        ("network-print-zh.svg", trained_by_rule(chinese), look(ThemeKind::Print, Size::Column, chinese)),
    ];
    let charts = charts.into_iter().map(|(name, chart, look)| (name, to_svg(&chart, &look)));
    charts.chain(drawings.into_iter().map(|(name, drawing, look)| (name, drawing_to_svg(&drawing, &look)))).collect()
}

#[test]
fn pictures_are_those_that_were_looked_at() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let renew = std::env::var_os("DENSESCOPE_RENEW_PICTURES").is_some();
    for (name, painted) in pictures() {
        let path = folder.join(name);
        if renew {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&path, &painted).unwrap();
        }
        let known = fs::read_to_string(&path).unwrap_or_default();
        if known != painted {
            let line = known.lines().zip(painted.lines()).position(|(a, b)| a != b).unwrap_or(known.lines().count());
            let show = |text: &str| text.lines().nth(line).unwrap_or("(the end)").to_owned();
            panic!(
                "{name} changed at line {}:\n  was {}\n  is  {}\nIf that is what was meant, look at the picture and renew it: \
                 DENSESCOPE_RENEW_PICTURES=1 cargo test --test it golden",
                line + 1,
                show(&known),
                show(&painted)
            );
        }
    }
}
