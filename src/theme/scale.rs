//! A colour for a magnitude.

use super::color::Color;
use super::palette::ThemeKind;

/// From little to much: dark blue over green to yellow, even in lightness and safe for colour-blind eyes.
/// The stops are those of matplotlib's viridis (Smith and van der Walt, CC0).
const COLORED: [Color; 9] = [
    Color::hex(0x44_01_54),
    Color::hex(0x47_2d_7b),
    Color::hex(0x3b_52_8b),
    Color::hex(0x2c_72_8e),
    Color::hex(0x21_91_8c),
    Color::hex(0x28_ae_80),
    Color::hex(0x5e_c9_62),
    Color::hex(0xad_dc_30),
    Color::hex(0xfd_e7_25),
];

/// From little to much on paper.
const GREY: [Color; 2] = [Color::hex(0xf4_f4_f4), Color::hex(0x10_10_10)];

/// The colour of a magnitude from 0 (least) to 1 (most); outside is clamped.
pub fn heat(theme: ThemeKind, share: f64) -> Color {
    match theme {
        ThemeKind::Light | ThemeKind::Dark => between(&COLORED, share),
        ThemeKind::Print => between(&GREY, share),
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the stops there are")]
fn between(stops: &[Color], share: f64) -> Color {
    let place = share.clamp(0.0, 1.0) * (stops.len() - 1) as f64;
    let below = (place.floor() as usize).min(stops.len() - 2);
    stops[below].mix(stops[below + 1], (place - below as f64) as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lightness_grows_with_the_magnitude_on_screens_and_falls_on_paper() {
        for (theme, sign) in [(ThemeKind::Light, 1.0), (ThemeKind::Dark, 1.0), (ThemeKind::Print, -1.0)] {
            for step in 0..20 {
                let (low, high) = (f64::from(step) / 20.0, f64::from(step + 1) / 20.0);
                let change = heat(theme, high).luminance() - heat(theme, low).luminance();
                assert!(change * sign > 0.0, "{theme:?} at {low}");
            }
        }
        assert_eq!(heat(ThemeKind::Light, -1.0), heat(ThemeKind::Light, 0.0));
        assert_eq!(heat(ThemeKind::Light, f64::INFINITY), heat(ThemeKind::Light, 1.0));
    }
}
