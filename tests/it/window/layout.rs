//! Every view at every size: what is painted and what a screen reader is told agree that nothing lies over another, nothing is cut, every
//! figure has its name and its key, and the drawing has its share.

use densescope::arch::Part;
use densescope::chart::FIGURES;
use densescope::state::{Command, Focus, NoticeKind, State};
use densescope::text::{Language, Text};
use densescope::ui::shell::{CAPITAL, LEAST, SHARE, zoom};
use eframe::egui::accesskit::{Action, Role};
use eframe::egui::{Color32, Rect, Shape, Theme, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};

use super::stand::{Stand, What, harness, trained, untrained};

/// A run that is over in a moment, of so many networks.
fn config(networks: usize) -> String {
    let names = [r#""dense""#, r#""residual""#, r#""plain""#][..networks].join(", ");
    format!(
        "data = {{ train = 64, validation = 32 }}\n\
         training = {{ networks = [{names}], batch = 8, steps = 6, evaluate_every = 3, probe_every = 2 }}\n"
    )
}

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum View {
    Usual,
    Maps,
    Selected,
    Explained,
    Figure(usize),
    Motion,
    Building,
}

/// How it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stands {
    Empty,
    Trained,
    LookingBack,
    Asking,
    Told,
}

/// Sizes of windows in pixels, and scales of their letters.
const SIZES: [(f32, f32); 6] =
    [(960.0, 600.0), (1280.0, 720.0), (1280.0, 800.0), (1366.0, 768.0), (1920.0, 1080.0), (3840.0, 2160.0)];
const SCALES: [f32; 6] = [0.75, 1.0, 1.25, 1.5, 2.0, 2.5];

/// A piece of text as it is painted.
#[derive(Clone, Debug, PartialEq)]
struct Painted {
    words: String,
    /// Where its letters are.
    ink: Rect,
    clip: Rect,
    cut: bool,
    size: f32,
}

fn painted(window: &Harness<'static, Stand>) -> Vec<Painted> {
    fn collect(shape: &Shape, clip: Rect, all: &mut Vec<Painted>) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect(shape, clip, all)),
            Shape::Text(text) => {
                let words = text.galley.text().trim().to_owned();
                let color = text.override_text_color.unwrap_or(Color32::BLACK);
                let sections = &text.galley.job.sections;
                let size = sections.iter().map(|section| section.format.font_id.size).fold(f32::INFINITY, f32::min);
                // Words that stand upright turn around their corner.
                let turn = eframe::egui::emath::Rot2::from_angle(text.angle);
                let corners = text.galley.mesh_bounds;
                let corners = [corners.min, corners.right_top(), corners.max, corners.left_bottom()];
                let ink = Rect::from_points(&corners.map(|corner| text.pos + turn * corner.to_vec2()));
                if !words.is_empty() && color.a() > 20 && clip.intersect(ink).is_positive() {
                    all.push(Painted { words, ink, clip, cut: text.galley.elided, size });
                }
            }
            _ => {}
        }
    }
    let mut all = Vec::new();
    for shape in &window.output().shapes {
        collect(&shape.shape, shape.clip_rect, &mut all);
    }
    all
}

/// What is wrong with what is painted in a window of that size.
fn faults(window: &Harness<'static, Stand>, size: Vec2) -> Vec<String> {
    let texts = painted(window);
    let whole = Rect::from_min_size(eframe::egui::Pos2::ZERO, size);
    let state = &window.state().state;
    let mut faults = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        let seen = text.ink.intersect(text.clip).intersect(whole);
        if text.cut {
            faults.push(format!("`{}` is cut with dots", text.words));
        }
        let hero = window.query_by_label(state.text().say("network_view.name")).map(|drawing| drawing.rect());
        let centre = hero.is_some_and(|hero| hero.x_range().contains(text.ink.center().x));
        if centre && seen.height() < text.ink.height() - 2.0 {
            faults.push(format!("`{}` is cut from top to bottom: {} of {}", text.words, seen, text.ink));
        }
        // What scrolls from top to bottom beside the centre may be cut there.
        if seen.width() < text.ink.width() - 1.5 {
            faults.push(format!("`{}` is cut at the side: {} of {}", text.words, seen, text.ink));
        }
        for other in &texts[index + 1..] {
            let both = seen.intersect(other.ink.intersect(other.clip));
            if both.width() > 1.0 && both.height() > 1.5 {
                faults.push(format!("`{}` lies over `{}` at {both}", text.words, other.words));
            }
        }
    }
    faults
}

/// What figures and the drawing lack.
fn lacks(window: &Harness<'static, Stand>, size: Vec2) -> Vec<String> {
    let state = &window.state().state;
    let mut faults = Vec::new();
    let names: Vec<String> =
        window.query_all_by_role(Role::ComboBox).filter_map(|node| node.accesskit_node().label()).collect();
    for figure in window.query_all_by_role(Role::Figure) {
        let title = figure.accesskit_node().label().unwrap_or_default();
        if !names.contains(&title) {
            faults.push(format!("the figure `{title}` has no name"));
        }
        if figure.rect().height() < 80.0 || figure.rect().width() < 200.0 {
            faults.push(format!("the figure `{title}` has {} only", figure.rect()));
        }
    }
    if let Some(drawing) = window.query_by_label(state.text().say("network_view.name")) {
        let texts = painted(window);
        let key = [state.text().say("network_view.key.sources"), state.text().say("network_view.key.sources_short")];
        if !texts.iter().any(|text| key.contains(&text.words.as_str())) {
            faults.push("the drawing has no key".to_owned());
        }
        // Less in a window that is so low that key and names take a larger part of it.
        let share = if size.y >= 700.0 { 0.5 } else { 0.42 };
        if drawing.rect().height() < (size.y - 116.0) * share && state.motion().is_none() {
            faults.push(format!("the drawing has {} of {size}", drawing.rect()));
        }
    }
    faults
}

/// Brings a window to what is looked at, and how it stands.
fn prepare(window: &mut Harness<'static, Stand>, view: View, stands: Stands, language: Language) {
    let state = &mut window.state_mut().state;
    state.apply(Command::SetLanguage(language));
    for command in [Command::DismissAll, Command::LookAt(None), Command::Maximise(None), Command::ResetLayout] {
        state.apply(command);
    }
    while state.exercise.is_some() || state.motion().is_some() || state.view.selected.is_some() {
        state.apply(Command::Close);
    }
    match stands {
        Stands::Empty | Stands::Trained => {}
        Stands::LookingBack => state.apply(Command::LookAt(Some(2))),
        Stands::Asking => state.apply(Command::ToggleExercise),
        Stands::Told => {
            let words = "The file lesson-3.toml cannot be read: the setting network.growth was found twice";
            state.apply(Command::Tell(NoticeKind::Warning, words.to_owned()));
        }
    }
    match view {
        View::Usual => {}
        View::Maps => state.apply(Command::ToggleMaps),
        View::Selected => {
            state.apply(Command::Select(Some(Focus::Part(None, Part::Layer { block: 2, layer: 3 }))));
        }
        View::Explained => state.apply(Command::ToggleExplain),
        View::Figure(index) => state.apply(Command::Maximise(Some(FIGURES[index % FIGURES.len()].id))),
        View::Motion => state.apply(Command::PlayStep),
        View::Building => {
            if state.view.room.narrow {
                state.apply(Command::ToggleBuild);
            }
        }
    }
}

fn resize(window: &mut Harness<'static, Stand>, size: Vec2) {
    window.set_size(size);
    window.run_steps(4);
}

fn sizes() -> impl Iterator<Item = Vec2> {
    let all = SIZES.iter().flat_map(|size| SCALES.iter().map(|scale| vec2(size.0 / scale, size.1 / scale)));
    all.filter(|size| size.x >= LEAST.x && size.y >= LEAST.y)
}

#[test]
fn nothing_lies_over_another_and_nothing_is_cut_whatever_the_size_the_view_the_state_and_the_language() {
    let views: Vec<View> = [View::Usual, View::Maps, View::Selected, View::Explained, View::Motion, View::Building]
        .into_iter()
        .chain((0..FIGURES.len()).map(View::Figure))
        .collect();
    let stands = [Stands::Trained, Stands::LookingBack, Stands::Asking, Stands::Told];
    let mut told = Vec::new();
    for networks in 1..=3 {
        for empty in [true, false] {
            let config = config(networks);
            let state: State =
                if empty { untrained(&config, Language::English) } else { trained(&config, Language::English) };
            let mut window = harness(state, What::Window, vec2(1280.0, 800.0), Theme::Light, 1.0);
            for (index, size) in sizes().enumerate() {
                // Each pair of a size and a view comes up with some network count, language and state.
                let number = index * 7 + networks * 5 + usize::from(empty) * 3;
                let language = Language::ALL[(index + networks) % Language::ALL.len()];
                let (view, stands) = if empty {
                    ([View::Usual, View::Building, View::Selected][number % 3], Stands::Empty)
                } else {
                    (views[number % views.len()], stands[(index + networks) % stands.len()])
                };
                prepare(&mut window, view, stands, language);
                resize(&mut window, size);
                let faults = faults(&window, size).into_iter().chain(lacks(&window, size));
                let place = format!("{size} {networks} {view:?} {stands:?} {}", language.code());
                told.extend(faults.map(|fault| format!("{place}: {fault}")));
            }
        }
    }
    let shown: Vec<&String> = told.iter().take(150).collect();
    assert!(told.is_empty(), "{} faults, the first of them: {shown:#?}", told.len());
}

#[test]
fn a_window_that_shrinks_and_grows_again_looks_as_before() {
    let mut window =
        harness(trained(&config(2), Language::English), What::Window, vec2(1920.0, 1080.0), Theme::Light, 1.0);
    resize(&mut window, vec2(1920.0, 1080.0));
    let before = painted(&window);
    for size in [vec2(1024.0, 640.0), vec2(700.0, 500.0), vec2(400.0, 300.0), vec2(1280.0, 720.0)] {
        resize(&mut window, size);
    }
    resize(&mut window, vec2(1920.0, 1080.0));
    assert_eq!(painted(&window), before);
}

#[test]
fn a_window_below_the_least_size_says_so_and_nothing_else() {
    let text = Text::of(Language::English);
    let mut window = harness(untrained("", Language::English), What::Window, vec2(500.0, 300.0), Theme::Light, 1.0);
    window.run_steps(3);
    let said = painted(&window);
    assert!(said[0].words.starts_with("This window is too small"), "{said:?}");
    assert_eq!(said.len(), 2, "beside it a way to smaller letters, {}", text.say("action.zoom-out"));
    assert!(faults(&window, vec2(500.0, 300.0)).is_empty());
}

/// What fills the screen before a class.
const PRESENTED: [View; 5] = [View::Usual, View::Maps, View::Motion, View::Figure(0), View::Figure(4)];

#[test]
fn before_a_class_everything_is_read_from_the_last_row() {
    let table = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/presentation.md")).unwrap();
    let mut told = Vec::new();
    for language in Language::ALL {
        let mut state = trained(&config(2), language);
        state.apply(Command::TogglePresentation);
        let mut window = harness(state, What::Window, vec2(520.0, 292.0), Theme::Light, 1.0);
        for (width, height) in [(1280.0, 720.0), (1920.0, 1080.0)] {
            let scale = zoom(&window.state().state, height);
            let size = vec2(width / scale, height / scale);
            for (number, view) in PRESENTED.into_iter().chain([View::Usual]).enumerate() {
                let stands = if number == PRESENTED.len() { Stands::Asking } else { Stands::Trained };
                window.state_mut().state.view.presenting = true;
                prepare(&mut window, view, stands, language);
                resize(&mut window, size);
                let place = format!("{width}×{height} {view:?} {stands:?} {}", language.code());
                let faults = faults(&window, size);
                told.extend(faults.into_iter().map(|fault| format!("{place}: {fault}")));
                let texts = painted(&window);
                let smallest = texts.iter().min_by(|one, other| one.size.total_cmp(&other.size)).unwrap();
                let high = smallest.size * CAPITAL * scale;
                if high < SHARE * height - 0.01 {
                    told.push(format!("{place}: `{}` is {high} pixels high", smallest.words));
                }
                let row = format!("| {height} | {} | {high:.1} |", name(number));
                if !table.contains(&row) {
                    told.push(format!("docs/presentation.md lacks {row} ({}, of {})", language.code(), smallest.words));
                }
            }
        }
    }
    assert!(told.is_empty(), "{told:#?}");
}

fn name(number: usize) -> &'static str {
    ["drawing", "feature maps", "slow motion", "channel growth", "loss and accuracy", "exercise"][number]
}

#[test]
fn whatever_has_the_keys_has_a_name_and_only_what_switches_says_whether_it_is_on() {
    let mut told = Vec::new();
    for state in [untrained(&config(3), Language::English), trained(&config(2), Language::Chinese)] {
        let text = state.text();
        let mut window = harness(state, What::Window, vec2(1280.0, 800.0), Theme::Light, 1.0);
        for commands in [vec![], vec![Command::ToggleMaps], vec![Command::ToggleExercise], vec![Command::TogglePalette]]
        {
            for command in commands {
                window.state_mut().state.apply(command);
            }
            window.run_steps(4);
            let focusable = By::new().predicate(|node| node.data().supports_action(Action::Focus));
            for node in window.query_all(focusable).map(|node| node.accesskit_node()) {
                let named = node.label().is_some_and(|label| !label.trim().is_empty()) || node.value().is_some();
                if !named {
                    told.push(format!("{:?} at {:?} has no name", node.role(), node.bounding_box()));
                }
            }
        }
        window.state_mut().state.apply(Command::Close);
        window.run_steps(3);
        for key in ["ui.build.add_block", "network_view.fit", "action.restart"] {
            for node in window.query_all_by_role_and_label(Role::Button, text.say(key)) {
                assert_eq!(node.accesskit_node().toggled(), None, "{key} switches nothing");
            }
        }
        let panel = window.get_by_role_and_label(Role::Button, text.say("action.toggle-build"));
        assert!(panel.accesskit_node().toggled().is_some(), "the panel is open or not");
    }
    assert!(told.is_empty(), "{told:#?}");
}
