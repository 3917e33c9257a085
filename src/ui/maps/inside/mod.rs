//! One pixel of one channel of a layer, from the inside: which maps, through which kernels, gave it.
//!
//! At the left stands the channel with the pixel; then the terms it is the sum of, the strongest first: a map after batch norm and ReLU,
//! the kernel that is laid over it, and what comes of it. All numbers are so rounded that those that stand there add up to the pixel. A step
//! further in shows the same of a map between the two convolutions of H, and from there of a map that another layer made.

mod scene;
mod marks;
mod view;

use eframe::egui::{Align, Align2, Context, Layout, Rect, Sense, Ui, UiBuilder, pos2, vec2};

use super::pictures::cell;
use super::sheet::{Group, Sheet, scale};
use super::touch::Touched;
use super::{Lane, Looked};
use crate::arch::Architecture;
use crate::state::{Command, Within};
use crate::telemetry::{FeatureMaps, Glance};
use crate::text::Text;
use crate::ui::network::title;
use crate::ui::parts::Icon;
use crate::ui::parts::button::Press;
use crate::ui::parts::segmented::fit;
use crate::ui::style::{bold_font, color, font, palette};
use scene::{Scene, summed};
use view::{CAPTION, Laid, Sides, View};

/// Height of the row with what it is.
const HEAD: f32 = 26.0;
/// A term is at least so wide.
const TERM: f32 = 62.0;

/// The pictures of what is looked into.
#[derive(Default)]
pub(super) struct Pictured {
    sheet: Sheet,
    drawn: Option<(Within, u64)>,
    /// What is read, after batch norm and ReLU.
    read: Option<FeatureMaps>,
}

impl Pictured {
    /// Draws what is looked into, unless it is drawn.
    pub(super) fn refresh(
        &mut self,
        context: &Context,
        network: &Architecture,
        glance: &Glance,
        (within, number): (Within, u64),
    ) {
        if self.drawn == Some((within, number)) {
            return;
        }
        let Some(scene) = Scene::of(network, glance, within) else { return };
        let read = scene.stage.activated_maps();
        let shared = scale(std::iter::once(scene.made).chain(scene.before));
        let mut groups = vec![Group { maps: scene.made, scale: shared }, Group { maps: &read, scale: scale([&read]) }];
        groups.extend(scene.before.map(|maps| Group { maps, scale: shared }));
        self.sheet.draw(context, &groups);
        (self.drawn, self.read) = (Some((within, number)), Some(read));
    }
}

/// Shows it in that place.
pub(super) fn show(
    ui: &mut Ui,
    looked: &Looked<'_>,
    lane: &Lane<'_>,
    within: Within,
    place: Rect,
    touched: &mut Touched,
) {
    let text = looked.state.text();
    let (Some(glance), Some(pictured)) = (lane.glance, lane.inside) else { return };
    let scene = Scene::of(lane.network, glance, within);
    let row = Rect::from_min_size(place.min, vec2(place.width(), HEAD));
    head(ui, text, lane.network, (scene.as_ref(), within), row, touched);
    let room = place.with_min_y(place.top() + HEAD + 2.0);
    let drawn = pictured.drawn.is_some_and(|(drawn, _)| drawn == within);
    let (Some(scene), Some(read)) = (scene.filter(|_| drawn), &pictured.read) else {
        ui.painter().text(
            room.center(),
            Align2::CENTER_CENTER,
            text.say("maps.waiting"),
            font(13.0),
            color(palette(ui).quiet),
        );
        return;
    };
    let sides = Sides::of(room.width(), room.height());
    let view = View { looked, lane, scene: &scene, sheet: &pictured.sheet, read, text };
    let large = cell(scene.made, sides.large);
    let middle = room.top() + CAPTION + (sides.large - large.y) / 2.0;
    let rect = Rect::from_min_size(pos2(room.left() + 3.0, middle), large);
    let at = view.pixel(ui, rect);
    let left = rect.right() + 22.0;
    let wide = (sides.small + 12.0).max(TERM);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "terms that find room")]
    let count = ((room.right() - left) / wide).floor().max(1.0) as usize;
    let (terms, written) = summed(&scene, at, count);
    view.channel(ui, rect, at, &written);
    let strongest = terms.iter().map(|term| view.kernel_scale(*term)).fold(0.0, f32::max);
    for (index, (term, words)) in terms.iter().zip(&written.terms).enumerate() {
        let corner = pos2(left + wide * index as f32, room.top());
        let column = Rect::from_min_size(corner, vec2(wide, room.height()));
        view.term(ui, (*term, words), Laid { at, place: column, sides, strongest }, touched);
    }
}

/// Out, to the channels beside it, and what it is.
fn head(
    ui: &mut Ui,
    text: &Text,
    network: &Architecture,
    (scene, within): (Option<&Scene<'_>>, Within),
    place: Rect,
    touched: &mut Touched,
) {
    let layout = Layout::left_to_right(Align::Center);
    let mut child = ui.new_child(UiBuilder::new().max_rect(place).id_salt("inside").layout(layout));
    let ui = &mut child;
    ui.spacing_mut().item_spacing.x = 2.0;
    let out = Press::words(text.say("maps.inside.out")).quiet().with_icon(Icon::Left).key("Esc").size(0.0, HEAD);
    if ui.add(out).clicked() {
        touched.selects = Some(Command::LookInto(within.out()));
    }
    let Some(scene) = scene else { return };
    let count = scene.stage.makes;
    for (icon, name, by) in [(Icon::Left, "maps.inside.previous", count - 1), (Icon::Right, "maps.inside.next", 1)] {
        if ui.add(Press::icon(icon, text.say(name)).quiet().size(HEAD, HEAD)).clicked() {
            let channel = (scene.channel + by) % count;
            let to = match within.inner {
                Some(_) => Within { inner: Some(channel), ..within },
                None => Within { channel, ..within },
            };
            touched.selects = Some(Command::LookInto(Some(to)));
        }
    }
    let after = if scene.stage.norm.is_some() { "maps.inside.after_norm" } else { "maps.inside.after_relu" };
    let (row, channel, kernel, reads) =
        (title(text, within.part), scene.channel + 1, scene.stage.kernel, scene.stage.read.channels);
    let values: [(&str, &dyn std::fmt::Display); 6] = [
        ("row", &row),
        ("channel", &channel),
        ("count", &count),
        ("kernel", &kernel),
        ("reads", &reads),
        ("after", &text.say(after)),
    ];
    let key = match (within.inner, network.kind.merge().has_identity()) {
        (Some(_), _) => "maps.inside.inner_title",
        (None, true) => "maps.inside.sum_title",
        (None, false) => "maps.inside.title",
    };
    let ink = color(palette(ui).ink);
    let words = fit(ui, &text.fill(key, &values), bold_font(12.0), ui.available_width() - 6.0, ink);
    let (rect, response) = ui.allocate_exact_size(words.size() + vec2(6.0, 0.0), Sense::hover());
    ui.painter().galley(rect.min + vec2(6.0, 0.0), words, ink);
    response.on_hover_text(text.say("maps.inside.about"));
}
