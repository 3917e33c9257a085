//! The colours of each theme.

use super::color::Color;
use crate::arch::NetworkKind;

/// The themes there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ThemeKind {
    /// Dark ink on a light ground.
    Light,
    /// Light ink on a dark ground.
    Dark,
    /// Black ink on white paper: told apart by dashes, marks and greys alone.
    Print,
}

impl ThemeKind {
    /// Every theme.
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::Print];

    /// The word for it in flags and settings.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Print => "print",
        }
    }

    /// The theme of that word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == word)
    }
}

/// One theme's colours by what they mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Which theme it is.
    pub kind: ThemeKind,
    /// Behind everything.
    pub ground: Color,
    /// Behind a panel or card.
    pub panel: Color,
    /// Behind a control.
    pub control: Color,
    /// Words and numbers.
    pub ink: Color,
    /// Words of second rank: units, captions, hints.
    pub quiet: Color,
    /// Axes and borders.
    pub line: Color,
    /// Grid lines.
    pub grid: Color,
    /// What is selected, focused or pressed.
    pub accent: Color,
    /// Words on the accent.
    pub on_accent: Color,
    /// What waits or deserves a look.
    pub warning: Color,
    /// What failed or cannot be.
    pub error: Color,
    /// What holds.
    pub good: Color,
    dense: Color,
    residual: Color,
    plain: Color,
    /// Colours of what made a channel, from x_0 on; they repeat after the last.
    pub sources: [Color; 8],
}

impl Palette {
    /// The colours of a theme.
    pub const fn of(kind: ThemeKind) -> &'static Self {
        match kind {
            ThemeKind::Light => &LIGHT,
            ThemeKind::Dark => &DARK,
            ThemeKind::Print => &PRINT,
        }
    }

    /// The colour of a network, the same in every figure.
    pub const fn network(&self, kind: NetworkKind) -> Color {
        match kind {
            NetworkKind::Dense => self.dense,
            NetworkKind::Residual => self.residual,
            NetworkKind::Plain => self.plain,
        }
    }

    /// The colour of what made a channel: 0 for what entered the block, l for layer l.
    pub const fn source(&self, source: usize) -> Color {
        self.sources[source % self.sources.len()]
    }
}

/// Tints in which neighbours differ in hue and lightness, so that slices stay apart without colour vision.
const SOURCES_ON_LIGHT: [Color; 8] = [
    Color::hex(0x8f_9a_a8),
    Color::hex(0x1f_6f_b4),
    Color::hex(0xf0_a5_30),
    Color::hex(0x10_8a_72),
    Color::hex(0xe5_8f_b8),
    Color::hex(0x6a_4c_a8),
    Color::hex(0x9c_c9_e8),
    Color::hex(0xb3_4a_1f),
];

const SOURCES_ON_DARK: [Color; 8] = [
    Color::hex(0x8b_96_a5),
    Color::hex(0x4a_9b_e0),
    Color::hex(0xf2_b1_4a),
    Color::hex(0x1d_92_7a),
    Color::hex(0xf0_a6_c8),
    Color::hex(0x94_77_d6),
    Color::hex(0xb5_dc_f5),
    Color::hex(0xd9_6a_38),
];

const LIGHT: Palette = Palette {
    kind: ThemeKind::Light,
    ground: Color::hex(0xff_ff_ff),
    panel: Color::hex(0xf5_f6_f8),
    control: Color::hex(0xe6_e9_ee),
    ink: Color::hex(0x1a_1f_28),
    quiet: Color::hex(0x59_62_70),
    line: Color::hex(0xb4_bb_c6),
    grid: Color::hex(0xe3_e6_eb),
    accent: Color::hex(0x1f_5f_c4),
    on_accent: Color::hex(0xff_ff_ff),
    warning: Color::hex(0x8a_5a_00),
    error: Color::hex(0xb4_23_18),
    good: Color::hex(0x1b_70_3f),
    dense: Color::hex(0x00_68_b4),
    residual: Color::hex(0xd0_59_00),
    plain: Color::hex(0x5d_64_6e),
    sources: SOURCES_ON_LIGHT,
};

const DARK: Palette = Palette {
    kind: ThemeKind::Dark,
    ground: Color::hex(0x14_17_1c),
    panel: Color::hex(0x1c_20_27),
    control: Color::hex(0x2b_31_3b),
    ink: Color::hex(0xe8_eb_f0),
    quiet: Color::hex(0xa3_ac_b9),
    line: Color::hex(0x50_59_66),
    grid: Color::hex(0x2a_2f_38),
    accent: Color::hex(0x6c_b0_ff),
    on_accent: Color::hex(0x0b_1a_2c),
    warning: Color::hex(0xf0_b9_4a),
    error: Color::hex(0xff_8a_7a),
    good: Color::hex(0x6f_cf_8f),
    dense: Color::hex(0x56_b4_f5),
    residual: Color::hex(0xff_9a_3c),
    plain: Color::hex(0xb4_bb_c4),
    sources: SOURCES_ON_DARK,
};

const PRINT: Palette = Palette {
    kind: ThemeKind::Print,
    ground: Color::hex(0xff_ff_ff),
    panel: Color::hex(0xff_ff_ff),
    control: Color::hex(0xf0_f0_f0),
    ink: Color::hex(0x00_00_00),
    quiet: Color::hex(0x40_40_40),
    line: Color::hex(0x60_60_60),
    grid: Color::hex(0xdd_dd_dd),
    accent: Color::hex(0x00_00_00),
    on_accent: Color::hex(0xff_ff_ff),
    warning: Color::hex(0x00_00_00),
    error: Color::hex(0x00_00_00),
    good: Color::hex(0x00_00_00),
    dense: Color::hex(0x00_00_00),
    residual: Color::hex(0x5a_5a_5a),
    plain: Color::hex(0x8c_8c_8c),
    sources: [
        Color::hex(0x30_30_30),
        Color::hex(0xb8_b8_b8),
        Color::hex(0x60_60_60),
        Color::hex(0xd8_d8_d8),
        Color::hex(0x48_48_48),
        Color::hex(0xa0_a0_a0),
        Color::hex(0x78_78_78),
        Color::hex(0xe8_e8_e8),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;

    /// Severity 1.0 matrices of Machado, Oliveira and Fernandes (2009), on linear light: protanopia, deuteranopia, tritanopia.
    const DEFICIENCIES: [[[f64; 3]; 3]; 3] = [
        [[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]],
        [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]],
        [[1.255_528, -0.076_749, -0.178_779], [-0.078_411, 0.930_809, 0.147_602], [0.004_733, 0.691_367, 0.303_900]],
    ];
    const IDENTITY: [[f64; 3]; 3] = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];

    fn seen(color: Color, eye: &[[f64; 3]; 3]) -> [f64; 3] {
        let light = color.linear();
        eye.map(|row| row.iter().zip(light).map(|(weight, value)| weight * value).sum::<f64>().clamp(0.0, 1.0))
    }

    /// Oklab of linear light (Ottosson 2020); distances of 0.02 are just seen.
    #[expect(clippy::many_single_char_names, reason = "the names of the colour spaces' axes")]
    fn oklab([r, g, b]: [f64; 3]) -> [f64; 3] {
        let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
        let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
        let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
        [
            0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
            1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
            0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s,
        ]
    }

    fn distance(a: Color, b: Color, eye: &[[f64; 3]; 3]) -> f64 {
        let (a, b) = (oklab(seen(a, eye)), oklab(seen(b, eye)));
        a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
    }

    #[test]
    fn networks_and_neighbouring_sources_stay_apart_for_every_eye() {
        for theme in [ThemeKind::Light, ThemeKind::Dark] {
            let palette = Palette::of(theme);
            for eye in DEFICIENCIES.iter().chain([&IDENTITY]) {
                for (index, a) in NetworkKind::ALL.into_iter().enumerate() {
                    for b in &NetworkKind::ALL[index + 1..] {
                        let apart = distance(palette.network(a), palette.network(*b), eye);
                        assert!(apart > 0.08, "{theme:?}: {a} and {b} are {apart:.3} apart for {eye:?}");
                    }
                }
                for source in 0..palette.sources.len() {
                    let apart = distance(palette.source(source), palette.source(source + 1), eye);
                    assert!(apart > 0.08, "{theme:?}: sources {source} and the next are {apart:.3} apart for {eye:?}");
                }
            }
        }
    }

    #[test]
    fn words_and_lines_stand_out_from_what_is_behind_them() {
        for theme in ThemeKind::ALL {
            let palette = Palette::of(theme);
            for ground in [palette.ground, palette.panel] {
                for (name, color, least) in [
                    ("ink", palette.ink, 7.0),
                    ("quiet", palette.quiet, 4.5),
                    ("accent", palette.accent, 4.5),
                    ("warning", palette.warning, 4.5),
                    ("error", palette.error, 4.5),
                    ("good", palette.good, 4.5),
                    ("dense", palette.network(NetworkKind::Dense), 3.0),
                    ("residual", palette.network(NetworkKind::Residual), 3.0),
                    ("plain", palette.network(NetworkKind::Plain), 3.0),
                ] {
                    let contrast = color.contrast(ground);
                    assert!(contrast >= least, "{theme:?}: {name} has a contrast of {contrast:.2} on {ground:?}");
                }
            }
            assert!(palette.on_accent.contrast(palette.accent) >= 4.5, "{theme:?}");
            assert!(palette.ink.contrast(palette.control) >= 7.0, "{theme:?}");
        }
    }
}
