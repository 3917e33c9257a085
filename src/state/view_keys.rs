//! The view as words: the table `[view]` of a configuration, and the same on a line that can be copied and pasted.

use super::State;
use super::focus::Focus;
use super::settings::Panels;
use super::view::View;
use crate::arch::{NetworkKind, Part};
use crate::chart::{FIGURES, Figure, GradientMeasure, ReuseScale, TimeAxis};
use crate::config::{Allowed, Found, Problem, Problems, VIEW, ViewEntry, ViewTable, quoted};
use crate::drawing::Wires;

/// One thing about the view.
struct Key {
    name: &'static str,
    /// What it is, in words for files and lines; nothing where it is as at the start.
    get: fn(&State) -> Option<String>,
    /// Sets it; nothing for words that mean nothing.
    set: fn(&mut Viewed, &str) -> Option<()>,
    /// What it may be.
    allowed: fn() -> String,
}

/// A view that is being put together, with what is not the view's own.
struct Viewed {
    view: View,
    /// The figure that is asked for.
    figure: Option<&'static str>,
    moment: Option<usize>,
}

/// Words for the values of a choice.
type Named<T> = &'static [(&'static str, T)];

const MEASURES: Named<GradientMeasure> = &[
    ("weight-norm", GradientMeasure::WeightNorm),
    ("weight-rms", GradientMeasure::WeightRms),
    ("relative", GradientMeasure::Relative),
    ("activation", GradientMeasure::Activation),
];
const TIMES: Named<TimeAxis> = &[
    ("step", TimeAxis::Step),
    ("epoch", TimeAxis::Epoch),
    ("seconds", TimeAxis::Seconds),
    ("multiply-adds", TimeAxis::MultiplyAdds),
];
const PARAMETERS: &str = "parameters";
const SCALES: Named<ReuseScale> = &[("mean", ReuseScale::MeanWeight), ("by-reader", ReuseScale::ByReader)];
const WIRES: Named<Wires> = &[
    ("gradient", Wires::Gradient),
    ("weight", Wires::Reuse),
    ("wiring", Wires::Wiring),
    ("unrolled", Wires::Unrolled),
];
const PANELS: [&str; 6] = ["build", "networks", "explain", "figures", "runs", "maps"];
const SWITCH: [&str; 2] = ["true", "false"];

const KEYS: [Key; 9] = [
    Key {
        name: "figure",
        get: |state| state.view.figure.map(str::to_owned),
        set: |viewed, word| {
            viewed.figure = Some(Figure::named(word)?.id);
            Some(())
        },
        allowed: || quoted(&FIGURES.iter().map(|figure| figure.id).collect::<Vec<_>>()),
    },
    Key {
        name: "fill",
        get: |state| state.view.maximised.map(|_| "true".to_owned()),
        set: |viewed, word| {
            let figure = viewed.figure.or(viewed.view.figure).or(FIGURES.first().map(|figure| figure.id));
            viewed.view.maximised = if switch(word)? { figure } else { None };
            Some(())
        },
        allowed: || SWITCH.join(", "),
    },
    Key {
        name: "measure",
        get: |state| unusual(MEASURES, state.view.options.gradient),
        set: |viewed, word| named(MEASURES, word).map(|measure| viewed.view.options.gradient = measure),
        allowed: || words(MEASURES),
    },
    Key {
        name: "against",
        get: |state| {
            let parameters = state.view.options.by_parameters.then(|| PARAMETERS.to_owned());
            parameters.or_else(|| unusual(TIMES, state.view.options.time))
        },
        set: |viewed, word| {
            viewed.view.options.by_parameters = word == PARAMETERS;
            if word != PARAMETERS {
                viewed.view.options.time = named(TIMES, word)?;
            }
            Some(())
        },
        allowed: || format!("{}, \"{PARAMETERS}\"", words(TIMES)),
    },
    Key {
        name: "reuse",
        get: |state| unusual(SCALES, state.view.options.reuse),
        set: |viewed, word| named(SCALES, word).map(|scale| viewed.view.options.reuse = scale),
        allowed: || words(SCALES),
    },
    Key {
        name: "wires",
        get: |state| unusual(WIRES, state.view.wires),
        set: |viewed, word| named(WIRES, word).map(|wires| viewed.view.wires = wires),
        allowed: || words(WIRES),
    },
    Key {
        name: "selected",
        get: |state| match state.view.selected? {
            Focus::Part(Some(kind), part) => Some(format!("{kind}:{part}")),
            Focus::Part(None, part) => Some(part.to_string()),
            Focus::Figure(_) | Focus::Field(_) => None,
        },
        set: |viewed, word| {
            let (kind, part) = match word.split_once(':') {
                Some((kind, part)) => (Some(NetworkKind::from_name(kind)?), part),
                None => (None, word),
            };
            viewed.view.selected = Some(Focus::Part(kind, part_named(part)?));
            Some(())
        },
        allowed: || "\"stem\", \"block1.layer2\", \"transition1\", \"classifier\", \"dense:block1.layer2\"".to_owned(),
    },
    Key {
        name: "moment",
        get: |state| state.run.as_ref()?.at.map(|step| step.to_string()),
        set: |viewed, word| {
            viewed.moment = Some(word.parse().ok().filter(|step| *step > 0)?);
            Some(())
        },
        allowed: || "1, 2, 3, …".to_owned(),
    },
    Key {
        name: "panels",
        get: |state| {
            let View { build, networks, explain, figures, runs, maps, .. } = state.view;
            let open = PANELS.into_iter().zip([build, networks, explain, figures, runs, maps]);
            let usual = !maps && Panels { build, explain, networks, figures, runs } == Panels::default();
            (!usual).then(|| open.filter(|(_, open)| *open).map(|(name, _)| name).collect::<Vec<_>>().join(","))
        },
        set: |viewed, word| {
            let open: Vec<&str> = word.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
            if open.iter().any(|name| !PANELS.contains(name)) {
                return None;
            }
            let view = &mut viewed.view;
            let places = [
                &mut view.build,
                &mut view.networks,
                &mut view.explain,
                &mut view.figures,
                &mut view.runs,
                &mut view.maps,
            ];
            for (name, place) in PANELS.into_iter().zip(places) {
                *place = open.contains(&name);
            }
            Some(())
        },
        allowed: || quoted(&PANELS),
    },
];

fn switch(word: &str) -> Option<bool> {
    word.parse().ok()
}

fn named<T: Copy>(all: Named<T>, word: &str) -> Option<T> {
    all.iter().find(|(name, _)| *name == word).map(|(_, value)| *value)
}

/// The word of a value, unless it is the first, which is the usual one.
fn unusual<T: Copy + PartialEq>(all: Named<T>, value: T) -> Option<String> {
    all.iter().skip(1).find(|(_, known)| *known == value).map(|(name, _)| (*name).to_owned())
}

fn words<T>(all: Named<T>) -> String {
    quoted(&all.iter().map(|(name, _)| *name).collect::<Vec<_>>())
}

/// The row of an architecture by the name that files have for it.
fn part_named(name: &str) -> Option<Part> {
    let number = |text: &str| text.parse().ok().filter(|number| *number > 0);
    match name {
        "stem" => Some(Part::Stem),
        "classifier" => Some(Part::Classifier),
        _ => match (name.strip_prefix("block"), name.strip_prefix("transition")) {
            (Some(rest), _) => {
                let (block, layer) = rest.split_once(".layer")?;
                Some(Part::Layer { block: number(block)?, layer: number(layer)? })
            }
            (None, Some(block)) => Some(Part::Transition { block: number(block)? }),
            (None, None) => None,
        },
    }
}

/// Everything in the table that means nothing.
///
/// # Errors
///
/// Every line that has a key that there is not, or says what cannot be: where, what was found, what is allowed.
pub fn check_view(table: &ViewTable) -> Result<(), Problems> {
    let mut viewed = Viewed { view: View::new(&super::Settings::default()), figure: None, moment: None };
    let problems: Vec<Problem> = table.0.iter().filter_map(|entry| read(&mut viewed, entry).err()).collect();
    if problems.is_empty() { Ok(()) } else { Err(Problems(problems)) }
}

fn read(viewed: &mut Viewed, entry: &ViewEntry) -> Result<(), Problem> {
    let field = format!("{VIEW}.{}", entry.key);
    let origin = Some(entry.origin.clone());
    let Some(key) = KEYS.iter().find(|key| key.name == entry.key) else {
        let keys = KEYS.iter().map(|key| key.name).collect();
        return Err(Problem {
            origin,
            field,
            found: Found::UnknownKey { like: None },
            allowed: Box::new(Allowed::Keys(keys)),
        });
    };
    (key.set)(viewed, entry.written.trim()).ok_or_else(|| {
        let allowed = Box::new(Allowed::Words((key.allowed)()));
        Problem { origin, field, found: Found::Written(format!("'{}'", entry.written)), allowed }
    })
}

impl State {
    /// Looks at things as a table says, which was checked; what it leaves out stays as it is.
    pub(super) fn take_view(&mut self, table: &ViewTable) {
        let mut viewed = Viewed { view: self.view.clone(), figure: None, moment: None };
        // What fills the centre is the figure that is asked for, wherever that stands in the table.
        let (last, first): (Vec<_>, Vec<_>) = table.0.iter().partition(|entry| entry.key == "fill");
        for entry in first.into_iter().chain(last) {
            drop(read(&mut viewed, entry)); // it was checked
        }
        self.view = viewed.view;
        if let Some(figure) = viewed.figure {
            self.show_figure(figure);
        }
        let Some(moment) = viewed.moment else { return };
        match &self.run {
            Some(run) if run.step() >= moment => self.look_at(Some(moment)),
            Some(_) | None => self.pause_at_step(Some(moment)),
        }
    }

    /// What of the view is not as at the start, key by key.
    fn view_words(&self) -> impl Iterator<Item = (&'static str, String)> {
        KEYS.iter().filter_map(|key| Some((key.name, (key.get)(self)?)))
    }

    /// The draft as a configuration file, with how it is looked at.
    pub(super) fn to_toml(&self) -> String {
        let mut text = self.draft.config().to_toml();
        let lines: Vec<String> = self.view_words().map(|(key, words)| format!("{key} = \"{words}\"\n")).collect();
        if !lines.is_empty() {
            text.extend(["\n[", VIEW, "]\n"]);
            text.extend(lines);
        }
        text
    }

    /// The draft and how it is looked at on one line: all that is not as in a window that was told nothing.
    pub fn to_line(&self) -> String {
        let view = self.view_words().map(|(key, words)| format!(";{VIEW}.{key}={words}"));
        self.draft.config().to_line() + &view.collect::<String>()
    }
}
