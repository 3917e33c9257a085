//! Icons: each is a file in `assets/icons`, drawn into a texture with as many pixels as it has on the screen, so that it is sharp at
//! every scale.
//!
//! Only how much of each pixel an icon covers is taken from its file. Its colour is that of the words beside it.

use std::sync::Arc;

use eframe::egui::emath::GuiRounding as _;
use eframe::egui::{Color32, ColorImage, Context, Id, Painter, Pos2, Rect, TextureHandle, TextureOptions, Vec2, pos2};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

/// Icons with the names of their files, and what each stands for.
macro_rules! icons {
    ($($(#[$about:meta])+ $icon:ident $file:literal,)+) => {
        /// An icon.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Icon {
            $($(#[$about])+ $icon,)+
        }

        impl Icon {
            /// Every icon.
            pub const ALL: &[Self] = &[$(Self::$icon),+];

            /// The name of its file in `assets/icons`, without the ending.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$icon => $file,)+
                }
            }

            const fn svg(self) -> &'static str {
                match self {
                    $(Self::$icon => include_str!(concat!("../../../assets/icons/", $file, ".svg")),)+
                }
            }
        }
    };
}

icons! {
    /// Go on.
    Play "play",
    /// Wait.
    Pause "pause",
    /// One step further.
    Step "step",
    /// From the start.
    Restart "restart",
    /// By chance: a die.
    Die "die",
    /// How fast: a dial.
    Pace "pace",
    /// Until there: a flag.
    Flag "flag",
    /// To the newest.
    Latest "latest",
    /// Before a class: a screen.
    Screen "screen",
    /// A pointer.
    Pointer "pointer",
    /// A question.
    Question "question",
    /// Add.
    Plus "plus",
    /// Take away.
    Minus "minus",
    /// Close, remove.
    Cross "cross",
    /// Look for.
    Search "search",
    /// Draw.
    Pencil "pencil",
    /// It holds.
    Check "check",
    /// It deserves a look.
    Warning "warning",
    /// It failed.
    Failure "failure",
    /// Opens a list.
    Down "down",
    /// Opens what is folded, or goes on.
    Right "right",
    /// Goes back.
    Left "left",
    /// Stays there: a pin.
    Pin "pin",
    /// Back to what was before.
    Undo "undo",
    /// Light.
    Sun "sun",
    /// Dark.
    Moon "moon",
    /// As the system.
    Half "half",
    /// The panel at the left.
    PanelLeft "panel-left",
    /// The panel at the right.
    PanelRight "panel-right",
    /// Slowly from one to the next.
    Motion "motion",
    /// A folder.
    Folder "folder",
    /// How to read it.
    About "about",
    /// Its values.
    Table "table",
    /// Save it.
    Save "save",
    /// Copy its picture.
    Picture "picture",
    /// Copy its values.
    Copy "copy",
    /// Let it fill the centre.
    Maximise "maximise",
    /// Bring all back.
    Restore "restore",
    /// What there was no room for.
    More "more",
}

/// Paints an icon in the middle of a place; `side` is the icon's, in points.
pub fn paint(painter: &Painter, place: Pos2, side: f32, icon: Icon, color: Color32) {
    let scale = painter.pixels_per_point();
    let pixels = (side * scale).round().max(1.0);
    // On whole pixels, or every edge would be spread over two.
    let corner = (place - Vec2::splat(side / 2.0)).round_to_pixels(scale);
    let area = Rect::from_min_size(corner, Vec2::splat(pixels / scale));
    let texture = texture(painter.ctx(), icon, pixels);
    painter.image(texture.id(), area, Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0)), color);
}

/// The icon with that many pixels on a side, drawn when it is first asked for.
fn texture(context: &Context, icon: Icon, pixels: f32) -> TextureHandle {
    let id = Id::unique(("icon", icon.name(), pixels.to_bits()));
    if let Some(texture) = context.data(|data| data.get_temp::<TextureHandle>(id)) {
        return texture;
    }
    let texture = context.load_texture(icon.name(), drawn(icon, pixels), TextureOptions::LINEAR);
    context.data_mut(|data| data.insert_temp(id, texture.clone()));
    texture
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a side on a screen is a small positive number"
)]
fn drawn(icon: Icon, pixels: f32) -> Arc<ColorImage> {
    let tree = Tree::from_str(icon.svg(), &Options::default()).expect("the icons inside the program are SVGs");
    let side = pixels as u32;
    let mut picture = Pixmap::new(side, side).expect("an icon has pixels");
    let scale = Transform::from_scale(pixels / tree.size().width(), pixels / tree.size().height());
    resvg::render(&tree, scale, &mut picture.as_mut());
    let covered = picture.pixels().iter().map(|pixel| Color32::from_white_alpha(pixel.alpha())).collect();
    Arc::new(ColorImage::new([side as usize; 2], covered))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    #[test]
    fn every_file_is_an_icon_and_every_icon_covers_something_but_not_all() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/icons");
        let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
        let files: BTreeSet<String> =
            files.map(|file| file.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
        assert_eq!(files, Icon::ALL.iter().map(|icon| icon.name().to_owned()).collect());
        for &icon in Icon::ALL {
            let tree = Tree::from_str(icon.svg(), &Options::default()).unwrap();
            let drawn_to = tree.root().abs_stroke_bounding_box();
            let inside = drawn_to.left() >= 0.0 && drawn_to.top() >= 0.0;
            let inside = inside && drawn_to.right() <= tree.size().width() && drawn_to.bottom() <= tree.size().height();
            assert!(inside, "{} is cut off: {drawn_to:?}", icon.name());
            for pixels in [10.0, 16.0, 32.0] {
                let picture = drawn(icon, pixels);
                let covered = picture.pixels.iter().filter(|pixel| pixel.a() > 127).count();
                assert!((4..picture.pixels.len() / 2).contains(&covered), "{} covers {covered}", icon.name());
            }
        }
    }
}
