//! What networks make of an image, from the thread that computes to the window's state, with the built-in images.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::mpsc::{Receiver, channel};
use std::thread::sleep;
use std::time::{Duration, Instant};

use densescope::arch::{Architecture, Cuts, How, NetworkKind, Part};
use densescope::config::{Plan, fields};
use densescope::state::{ACTIONS, Command, Cut, Focus, Phase, State};
use densescope::telemetry::{Glance, StepRecord};
use densescope::training::{Live, LiveEvent, Start, Threads};

use crate::state::{phase, state, until};
use crate::support::{TINY, plan};

/// What was reported of a run, without times.
#[derive(Debug, Default, PartialEq)]
struct Reported {
    records: Vec<(NetworkKind, StepRecord)>,
    predictions: Vec<(NetworkKind, usize, Vec<Option<usize>>)>,
    weights: Vec<Option<Vec<u8>>>,
}

/// A run, what it reported so far, and the glances apart.
struct Watching {
    live: Live,
    news: Receiver<()>,
    reported: Reported,
    glances: Vec<(NetworkKind, Glance)>,
    pauses: Vec<usize>,
}

impl Watching {
    /// A run that was steered before it began.
    fn start(plan: Plan, before: impl FnOnce(&Live)) -> Self {
        let (sender, news) = channel();
        let wake = move || sender.send(()).unwrap_or_default();
        let live = Live::start(Start::fresh(), plan, Threads::new(2).unwrap(), 64, wake);
        before(&live);
        Self { live, news, reported: Reported::default(), glances: Vec::new(), pauses: Vec::new() }
    }

    /// Takes in events until something is so, which is asked after each.
    #[track_caller]
    fn until(&mut self, mut is_so: impl FnMut(&Self) -> bool) {
        while !is_so(self) {
            let news = self.news.recv_timeout(Duration::from_mins(1));
            assert!(news.is_ok(), "it never came to that; pauses {:?}", self.pauses);
            let events: Vec<_> = self.live.events().take(1).collect();
            for event in events {
                match event {
                    LiveEvent::Step(kind, record) => {
                        self.reported.records.push((kind, StepRecord { seconds: 0.0, ..record }));
                    }
                    LiveEvent::Predictions(kind, step, classes) => {
                        self.reported.predictions.push((kind, step, classes));
                    }
                    LiveEvent::Glance(kind, glance) => self.glances.push((kind, glance)),
                    LiveEvent::Paused(step) => self.pauses.push(step),
                    LiveEvent::Finished { results } => {
                        self.reported.weights = results.into_iter().map(|result| result.weights).collect();
                    }
                    LiveEvent::Failed(why) => panic!("{why}"),
                    LiveEvent::Begins(_)
                    | LiveEvent::Loaded(_)
                    | LiveEvent::Ended(..)
                    | LiveEvent::Checkpoint(_)
                    | LiveEvent::Steps(_)
                    | LiveEvent::Read
                    | LiveEvent::Again
                    | LiveEvent::Left
                    | LiveEvent::Unreadable(_) => {}
                }
            }
        }
    }

    fn has_finished(&self) -> bool {
        !self.reported.weights.is_empty()
    }

    /// Whether the last glance of every network is at that image after that step.
    fn all_at(&self, image: usize, step: usize) -> bool {
        NetworkKind::ALL.iter().all(|kind| {
            let last = self.glances.iter().rev().find(|(of, _)| of == kind);
            last.is_some_and(|(_, glance)| (glance.image, glance.step) == (image, step))
        })
    }
}

/// Whether a state has a glance of every network at that image after that step.
fn shows(state: &State, image: usize, step: usize) -> bool {
    let glances = state.run.as_ref().map_or(&[][..], |run| &run.glances);
    glances.len() == 3 && glances.iter().all(|(_, glance)| (glance.image, glance.step) == (image, step))
}

#[test]
fn a_run_that_is_watched_learns_the_same_bit_for_bit() {
    let mut alone = Watching::start(plan(TINY), |_| {});
    alone.until(Watching::has_finished);
    assert!(alone.glances.is_empty(), "nobody asked");
    let mut watched = Watching::start(plan(TINY), |live| live.control().watch(Some(49)));
    watched.until(Watching::has_finished);
    // Another thread reports glances, but steps come in the same order.
    assert_eq!(watched.reported, alone.reported);
    for kind in NetworkKind::ALL {
        let steps: Vec<usize> =
            watched.glances.iter().filter(|(of, _)| *of == kind).map(|(_, glance)| glance.step).collect();
        assert_eq!(steps[0], 0, "fresh weights are shown before the first step");
        assert!(steps.is_sorted_by(|earlier, later| earlier < later), "{kind}: {steps:?}");
    }
}

#[test]
fn a_run_in_which_connections_are_shown_cut_learns_the_same_bit_for_bit() {
    let mut alone = Watching::start(plan(TINY), |_| {});
    alone.until(Watching::has_finished);
    let cuts: BTreeMap<NetworkKind, Cuts> = plan(TINY)
        .networks
        .iter()
        .map(|network| (network.kind, Cuts { links: BTreeSet::from([network.links()[1]]), how: How::Mean }))
        .collect();
    let mut watched = Watching::start(plan(TINY), |live| {
        live.control().cut(&cuts);
        live.control().watch(Some(4));
    });
    watched.until(Watching::has_finished);
    assert_eq!(watched.reported, alone.reported);
    // The last look is after the last step, where validation said how the whole network does.
    watched.until(|run| run.all_at(4, 12));
    for kind in NetworkKind::ALL {
        let (_, glance) = watched.glances.iter().rfind(|(of, _)| *of == kind).unwrap();
        let seen = glance.cut.as_ref().expect("links of every network are cut");
        assert_eq!(seen.cuts, cuts[&kind]);
        let (_, last) = alone.reported.records.iter().rfind(|(of, record)| *of == kind && record.step == 12).unwrap();
        assert_eq!(Some(seen.whole), last.validation, "{kind}");
        assert_ne!(seen.evaluation, seen.whole, "{kind}");
        assert_ne!(seen.whole_probabilities, glance.probabilities, "{kind}: the maps are those of the cut network");
    }
    // Restored, they are whole again.
    watched.live.control().cut(&BTreeMap::new());
    watched.until(|run| run.glances.iter().rev().take(3).all(|(_, glance)| glance.cut.is_none()));
}

#[test]
fn cuts_in_the_window_are_made_taken_back_and_told_of_the_network_that_is_meant() {
    let mut state = state(TINY);
    state.apply(Command::ToggleCutting);
    assert!(state.view.cutting.active && state.view.explain);
    state.apply(Command::RunOrPause);
    until(&mut state, |state| phase(state) == Some(&Phase::Finished));
    let network = state.run.as_ref().unwrap().plan.networks[0].clone();
    let links = network.links();
    state.apply(Command::Cutting(Cut::Links(network.kind, vec![links[0]])));
    let seen = |state: &State| {
        let glance = &state.run.as_ref()?.glances.iter().find(|(kind, _)| *kind == network.kind)?.1;
        glance.cut.clone()
    };
    until(&mut state, |state| seen(state).is_some_and(|seen| seen.cuts.links.len() == 1));
    state.apply(Command::Cutting(Cut::Links(network.kind, vec![links[0], links[2]])));
    state.apply(Command::Cutting(Cut::How(How::Mean)));
    until(&mut state, |state| seen(state).is_some_and(|seen| (seen.cuts.links.len(), seen.cuts.how) == (2, How::Mean)));
    state.apply(Command::Cutting(Cut::Links(network.kind, vec![links[0], links[2]])));
    assert!(!state.view.cutting.any(), "what is cut altogether is restored");
    state.apply(Command::Cutting(Cut::Undo));
    assert!(state.view.cutting.is_cut(network.kind, links[2]));
    state.apply(Command::Cutting(Cut::Restore));
    until(&mut state, |state| seen(state).is_none());
    state.apply(Command::Cutting(Cut::Undo));
    state.apply(Command::Cutting(Cut::Undo));
    assert!(state.view.cutting.is_cut(network.kind, links[0]) && !state.view.cutting.is_cut(network.kind, links[2]));

    // All that the selected row makes, by its key.
    state.apply(Command::Cutting(Cut::Restore));
    state.apply(Command::Select(Some(Focus::Part(Some(network.kind), Part::Layer { block: 1, layer: 1 }))));
    let action = ACTIONS.iter().find(|action| action.id == "cut-selected").unwrap();
    assert!((action.enabled)(&state));
    let command = (action.command)(&state);
    state.apply(command);
    let cut: Vec<String> = state.view.cutting.of(network.kind).map(|link| link.to_string()).collect();
    assert_eq!(cut, ["1.1>2", "1.1>3"]);
}

#[test]
fn every_validation_tells_what_each_image_is_taken_for() {
    let mut run = Watching::start(plan(TINY), |_| {});
    run.until(Watching::has_finished);
    let said: Vec<_> = run.reported.predictions.iter().map(|(kind, step, _)| (*step, *kind)).collect();
    let expected: Vec<_> = [5, 10, 12].into_iter().flat_map(|step| NetworkKind::ALL.map(|kind| (step, kind))).collect();
    assert_eq!(said, expected);
    let data = plan(TINY).config.data;
    let images = densescope::data::load(&data, data.train, data.validation, 3).unwrap();
    for (kind, step, classes) in &run.reported.predictions {
        assert_eq!(classes.len(), 50);
        let right = (0..50).filter(|image| classes[*image] == Some(images.validation.label(*image))).count();
        let record = run.reported.records.iter().find(|(of, record)| of == kind && record.step == *step).unwrap();
        assert_eq!(record.1.validation.unwrap().accuracy, right as f64 / 50.0, "{kind} after step {step}");
    }
}

#[test]
fn an_image_is_looked_at_in_a_pause_after_each_single_step_and_after_the_end() {
    let mut run = Watching::start(plan(TINY), |live| live.control().pause());
    run.until(|run| run.pauses == [0]);
    run.live.control().watch(Some(7));
    run.until(|run| run.all_at(7, 0));
    run.live.control().watch(Some(8));
    run.until(|run| run.all_at(8, 0));
    for step in 1..=4 {
        run.live.control().step(1);
        run.until(|run| run.all_at(8, step));
    }
    run.live.control().watch(Some(50)); // there are 50
    run.live.control().watch(Some(9));
    run.until(|run| run.all_at(9, 4));
    run.live.control().resume();
    run.until(Watching::has_finished);
    run.until(|run| run.all_at(9, 12));
    for image in [0, 49] {
        run.live.control().watch(Some(image));
        run.until(|run| run.all_at(image, 12));
    }
    run.live.control().watch(Some(usize::MAX));
    run.live.control().watch(None);
    let (seen, all) = (run.glances.len(), NetworkKind::ALL.len());
    run.live.control().watch(Some(1));
    run.until(|run| run.all_at(1, 12));
    assert_eq!(run.glances.len(), seen + all, "an image that there is not, or none, shows nothing");
}

#[test]
fn a_network_that_diverged_is_looked_at_while_the_others_wait() {
    // Without batch norm the residual network's loss is out of bounds at the third step.
    let config = TINY.replace("[training]", "normalization = \"none\"\n[training]\nlearning_rate = 1.0");
    let mut run = Watching::start(plan(&config), |live| live.control().run_until(10));
    run.until(|run| run.pauses == [10]);
    run.live.control().watch(Some(2));
    run.until(|run| run.glances.len() == 3);
    let of = |kind| run.glances.iter().find(|(of, _)| *of == kind).map(|(_, glance)| (glance.image, glance.step));
    assert_eq!([of(NetworkKind::Dense), of(NetworkKind::Plain)], [Some((2, 10)); 2]);
    let (image, step) = of(NetworkKind::Residual).unwrap();
    assert!(image == 2 && step <= 3, "{step}");
}

#[test]
fn the_window_shows_maps_of_the_image_that_is_chosen_and_keeps_doing_so_in_the_next_run() {
    let mut state = state(TINY);
    state.apply(Command::ToggleNetworks);
    state.apply(Command::WatchImage(3));
    state.apply(Command::ToggleMaps);
    assert!(state.view.maps && state.view.networks, "what was closed is opened");
    assert_eq!((state.view.watched(), state.run.is_none()), (Some(3), true));

    state.apply(Command::OneStep);
    until(&mut state, |state| shows(state, 3, 1));
    until(&mut state, |state| phase(state) == Some(&Phase::Paused));
    let (revision, glanced) = (state.run.as_ref().unwrap().revision, state.run.as_ref().unwrap().glanced);
    state.apply(Command::NextImage(-4));
    assert_eq!(state.view.image, 49, "around the ends of the set");
    until(&mut state, |state| shows(state, 49, 1));
    let run = state.run.as_ref().unwrap();
    assert_eq!((run.revision, run.glanced), (revision, glanced + 3), "figures need not be made again");
    let architecture = |kind| -> &Architecture { run.plan.networks.iter().find(|of| of.kind == kind).unwrap() };
    for (kind, glance) in &run.glances {
        assert_eq!(glance.rows.len(), architecture(*kind).layers.len());
    }
    assert!(run.predictions.is_empty(), "nothing was validated");

    state.apply(Command::NextImage(2));
    assert_eq!(state.view.image, 1);
    state.apply(Command::WatchImage(50));
    assert_eq!(state.view.image, 1, "there are 50");
    state.apply(Command::RunOrPause);
    until(&mut state, |state| phase(state) == Some(&Phase::Finished));
    until(&mut state, |state| shows(state, 1, 12));
    let predictions = &state.run.as_ref().unwrap().predictions;
    assert_eq!(predictions.iter().map(|(_, step, _)| *step).collect::<Vec<_>>(), [12; 3]);
    state.apply(Command::WatchImage(30));
    until(&mut state, |state| shows(state, 30, 12));

    state.apply(Command::Restart);
    assert!(state.run.as_ref().unwrap().glances.is_empty());
    until(&mut state, |state| phase(state) == Some(&Phase::Finished));
    until(&mut state, |state| shows(state, 30, 12));
}

#[test]
fn maps_that_are_not_seen_are_not_made() {
    let mut state = state(TINY);
    state.apply(Command::ToggleMaps);
    state.apply(Command::OneStep);
    until(&mut state, |state| phase(state) == Some(&Phase::Paused) && shows(state, 0, 1));
    for hides in [Command::ToggleNetworks, Command::ToggleMaps] {
        let shows_again = hides.clone();
        state.apply(hides);
        assert_eq!(state.view.watched(), None);
        let glanced = state.run.as_ref().unwrap().glanced;
        let step = state.run.as_ref().unwrap().step() + 1;
        state.apply(Command::OneStep);
        until(&mut state, |state| phase(state) == Some(&Phase::Paused) && state.run.as_ref().unwrap().step() == step);
        quiet(&mut state);
        assert_eq!(state.run.as_ref().unwrap().glanced, glanced);
        state.apply(shows_again);
        until(&mut state, |state| shows(state, 0, step));
    }
    state.apply(Command::ResetLayout);
    assert!(!state.view.maps);
}

/// Takes in what is reported in a moment in which nothing should be.
fn quiet(state: &mut State) {
    let until = Instant::now() + Duration::from_millis(50);
    while Instant::now() < until {
        state.poll();
        sleep(Duration::from_millis(1));
    }
}

#[test]
fn fewer_images_leave_one_that_there_is() {
    let mut state = state(TINY);
    state.apply(Command::ToggleMaps);
    state.apply(Command::WatchImage(40));
    state.apply(Command::Set(&fields::VALIDATION, densescope::config::Value::Integer(20)));
    state.apply(Command::OneStep);
    assert_eq!(state.view.image, 19);
    until(&mut state, |state| shows(state, 19, 1));
}

#[test]
fn images_are_turned_over_by_keys_only_where_they_are_seen() {
    let mut state = state(TINY);
    let action = |id| ACTIONS.iter().find(|action| action.id == id).unwrap();
    let (next, previous, toggle) = (action("next-image"), action("previous-image"), action("toggle-maps"));
    assert!(!(next.enabled)(&state) && !(previous.enabled)(&state));
    state.apply((toggle.command)(&state));
    assert!((next.enabled)(&state) && (previous.enabled)(&state));
    state.apply((next.command)(&state));
    assert_eq!(state.view.image, 1);
    for expected in [0, 49] {
        state.apply((previous.command)(&state));
        assert_eq!(state.view.image, expected);
    }
}
