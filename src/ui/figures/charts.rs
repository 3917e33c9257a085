//! Charts that are kept until what they show changes, and made anew only when they are seen.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use eframe::egui::Context;

use crate::arch::Input;
use crate::chart::{Chart, Figure, Laid, NoData, Options, Subject, Table, behind};
use crate::config::RunConfig;
use crate::state::{Pinned, RunId, State, step_of};
use crate::text::Language;
use crate::ui::figure::Painting;

/// While training goes on, a chart is made no sooner again.
const PAUSE: Duration = Duration::from_millis(100);
/// Nor sooner than so many times what making it took: a chart of a long run takes longer, and a step changes it less.
const SHARE: u32 = 100;
/// But at least as often as this.
const LONGEST_PAUSE: Duration = Duration::from_secs(2);
/// A table of values takes longer to read than a picture.
const PAUSE_OF_TABLES: Duration = Duration::from_secs(1);

/// The charts that were made.
#[derive(Default)]
pub(super) struct Charts {
    made: BTreeMap<&'static str, Made>,
    /// The frame in which a chart followed training: one is enough for a frame.
    followed: Option<u64>,
}

struct Made {
    key: Key,
    /// What was reported when it was made.
    revision: u64,
    at: f64,
    /// How soon it may follow training again.
    pause: Duration,
    shown: Result<Painting, NoData>,
    behind: Behind,
    /// Its values, and when they were made.
    tables: Option<(f64, Tables)>,
}

/// The values of each panel with its title.
pub(super) type Tables = Vec<(Option<String>, Table)>;

/// What a chart follows from, beside what training reported.
#[derive(PartialEq)]
struct Key {
    config: RunConfig,
    input: Option<Input>,
    run: Option<RunId>,
    at: Option<usize>,
    pinned: Vec<Pin>,
    options: Options,
    language: Language,
}

/// A run that is pinned, what it is called, and what it had reported.
type Pin = (RunId, String, u64);

impl Key {
    fn of(subject: &Subject, state: &State) -> Self {
        Self {
            config: subject.config.clone(),
            input: subject.networks.first().map(|network| network.input),
            run: state.run.as_ref().filter(|_| subject.history.is_some()).map(|run| run.id),
            at: subject.at,
            pinned: pins(state),
            options: state.view.options,
            language: state.settings.language,
        }
    }
}

fn pins(state: &State) -> Vec<Pin> {
    let text = state.text();
    let runs = state.pinned().into_iter().flat_map(|set| set.runs);
    runs.map(|run| (run.id, run.title(text), run.revision)).collect()
}

/// The charts of what is pinned, which change seldom.
#[derive(PartialEq)]
struct Behind {
    pinned: Vec<Pin>,
    at: Option<usize>,
    options: Options,
    language: Language,
    /// In the order of what is pinned; nothing where a run has nothing to show.
    charts: Vec<Option<Chart>>,
}

impl Behind {
    /// The charts of a figure beside a subject, those that are there if they are still what they were made for.
    fn of(kept: Option<Self>, figure: &Figure, subject: &Subject, state: &State) -> Self {
        let at = figure.shows_a_moment().then(|| step_of(subject)).flatten();
        let (pinned, options, language) = (pins(state), state.view.options, state.settings.language);
        let fits =
            |kept: &Self| (&kept.pinned, kept.at, kept.options, kept.language) == (&pinned, at, options, language);
        kept.filter(fits).unwrap_or_else(|| {
            let chart = |set: &Pinned| set.chart(figure, at, &options, state.text()).ok();
            let charts = state.pinned().iter().map(chart).collect();
            Self { pinned, at, options, language, charts }
        })
    }

    /// The figure in front of them.
    fn under(&self, front: Chart, subject: &Subject, state: &State) -> Result<Chart, NoData> {
        let text = state.text();
        let sets = state.pinned();
        let laid = sets.iter().zip(&self.charts);
        let laid: Vec<Laid> = laid.filter_map(|(set, chart)| Some(set.laid(chart.clone()?, subject, text))).collect();
        behind(front, &laid, text)
    }
}

/// What a figure shows.
pub(super) enum Shown<'a> {
    /// A chart.
    Chart(&'a mut Painting),
    /// Nothing, and why.
    Nothing(&'a str),
}

impl Charts {
    /// What the figure shows now. A chart that only follows training may be a tenth of a second old.
    pub(super) fn show(&mut self, context: &Context, state: &State, figure: &'static Figure) -> Shown<'_> {
        let Some(subject) = state.shown(figure.shows) else {
            return Shown::Nothing(state.text().say("figures.no_networks"));
        };
        let now = context.input(|input| input.time);
        let revision = state.run.as_ref().map_or(0, |run| run.revision);
        let frame = context.cumulative_frame_nr();
        let before = self.made.get(figure.id);
        let key = Key::of(&subject, state);
        let same = before.is_some_and(|made| made.key == key);
        let renew = match before {
            Some(made) if same && (made.revision == revision || subject.history.is_none()) => false,
            Some(made) if same => {
                let age = Duration::from_secs_f64((now - made.at).clamp(0.0, 3600.0));
                let due = age >= made.pause && self.followed != Some(frame);
                if !due {
                    context.request_repaint_after(made.pause.saturating_sub(age).max(Duration::from_millis(8)));
                }
                due
            }
            _ => true,
        };
        if renew {
            if same {
                self.followed = Some(frame);
            }
            let (mut painting, mut tables, mut before) = (None, None, None);
            if let Some(old) = self.made.remove(figure.id) {
                (painting, tables, before) = (old.shown.ok(), old.tables, Some(old.behind));
            }
            let text = state.text();
            let start = Instant::now();
            let behind = Behind::of(before, figure, &subject, state);
            let shown = (figure.build)(&subject, &state.view.options, text);
            let shown = shown.and_then(|front| behind.under(front, &subject, state));
            let shown = shown.map(|chart| Painting::new(chart, text, painting));
            let pause = (start.elapsed() * SHARE).clamp(PAUSE, LONGEST_PAUSE);
            let tables = tables.filter(|(of, _)| same && now - of < PAUSE_OF_TABLES.as_secs_f64());
            self.made.insert(figure.id, Made { key, revision, at: now, pause, shown, behind, tables });
        }
        match &mut self.made.get_mut(figure.id).expect("it was just made").shown {
            Ok(painting) => Shown::Chart(painting),
            Err(NoData(why)) => Shown::Nothing(why),
        }
    }

    /// The values of a figure that was shown, with the title of each panel.
    pub(super) fn tables(&mut self, context: &Context, figure: &'static str) -> &[(Option<String>, Table)] {
        let Some(made) = self.made.get_mut(figure) else { return &[] };
        let Ok(painting) = &made.shown else { return &[] };
        let now = context.input(|input| input.time);
        let (_, tables) = made.tables.get_or_insert_with(|| {
            let tables = painting.chart().tables();
            (now, tables.into_iter().map(|(title, table)| (title.map(str::to_owned), table)).collect())
        });
        tables
    }

    /// The chart of a figure that was shown.
    pub(super) fn chart(&self, figure: &str) -> Option<&Chart> {
        self.made.get(figure)?.shown.as_ref().ok().map(Painting::chart)
    }
}
