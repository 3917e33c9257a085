//! A run that is steered, against the same run left alone.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use densescope::arch::NetworkKind;
use densescope::config::Plan;
use densescope::data::{DataSet, load};
use densescope::telemetry::StepRecord;
use densescope::training::{Control, Ending, NetworkResult, RunEvent, Threads, run};

use crate::support::{TINY, plan};

/// What a run reported, without times.
#[derive(Debug, Default, PartialEq)]
struct Report {
    records: Vec<(NetworkKind, StepRecord)>,
    pauses: Vec<usize>,
    endings: Vec<Ending>,
    weights: Vec<Option<Vec<u8>>>,
}

impl Report {
    fn steps_of(&self, kind: NetworkKind) -> Vec<usize> {
        self.records.iter().filter(|(of, _)| *of == kind).map(|(_, record)| record.step).collect()
    }

    fn rates_of(&self, kind: NetworkKind) -> Vec<f64> {
        self.records.iter().filter(|(of, _)| *of == kind).map(|(_, record)| record.learning_rate).collect()
    }
}

/// Runs the plan; `react` is called after each event was noted, with how often the run has paused.
fn steered(plan: &Plan, control: &Control, mut react: impl FnMut(&RunEvent, &Report)) -> Report {
    let threads = Threads::new(2).unwrap();
    let mut report = Report::default();
    let results = run(plan, &images(plan), &threads, control, |event| -> Result<(), Infallible> {
        match &event {
            RunEvent::Step(kind, record) => report.records.push((*kind, StepRecord { seconds: 0.0, ..record.clone() })),
            RunEvent::Ended(..) | RunEvent::Glance(..) | RunEvent::Predictions(..) | RunEvent::Checkpoint(_) => {}
            RunEvent::Paused(step) => report.pauses.push(*step),
        }
        react(&event, &report);
        Ok(())
    });
    let Ok(results) = results;
    for NetworkResult { ending, weights, .. } in results {
        report.endings.push(ending);
        report.weights.push(weights);
    }
    report
}

fn images(plan: &Plan) -> Arc<DataSet> {
    let data = &plan.config.data;
    Arc::new(load(data, data.train, data.validation, plan.config.seed).unwrap())
}

#[test]
fn pauses_single_steps_and_slow_motion_change_no_result() {
    let plan = plan(TINY);
    let alone = steered(&plan, &Control::new(), |_, _| {});
    assert_eq!(alone.records.len(), 3 * 12);
    let control = Control::new();
    control.step(1);
    let steered = steered(&plan, &control, |event, report| match event {
        RunEvent::Paused(_) if report.pauses.len() < 3 => control.step(2),
        RunEvent::Paused(_) => {
            control.set_pace(Some(Duration::from_millis(1)));
            control.resume();
        }
        RunEvent::Step(_, record) if record.step == 9 => control.run_until(11),
        RunEvent::Step(..)
        | RunEvent::Ended(..)
        | RunEvent::Glance(..)
        | RunEvent::Predictions(..)
        | RunEvent::Checkpoint(_) => {}
    });
    assert_eq!(steered.pauses, [1, 3, 5, 11]);
    assert_eq!(Report { pauses: Vec::new(), ..steered }, alone);
}

#[test]
fn a_step_that_is_asked_to_read_connections_has_them_in_every_network_and_changes_no_result() {
    let plan = plan(TINY);
    let alone = steered(&plan, &Control::new(), |_, _| {});
    let control = Control::new();
    control.run_until(5);
    let mut asked = Vec::new();
    let mut steered = steered(&plan, &control, |event, report| match event {
        RunEvent::Paused(_) if report.pauses.len() < 3 => asked.push(control.step_with_connections()),
        RunEvent::Paused(_) => control.resume(),
        RunEvent::Step(..)
        | RunEvent::Ended(..)
        | RunEvent::Glance(..)
        | RunEvent::Predictions(..)
        | RunEvent::Checkpoint(_) => {}
    });
    assert_eq!((asked, &steered.pauses[..]), (vec![6, 7], &[5, 6, 7][..]));
    let read = |report: &Report| {
        let with = report.records.iter().filter(|(_, record)| !record.figures.edges.is_empty());
        with.map(|(_, record)| record.step).collect::<Vec<_>>()
    };
    let three_times = |steps: &[usize]| steps.iter().flat_map(|step| [*step; 3]).collect::<Vec<_>>();
    assert_eq!(read(&alone), three_times(&[1, 4, 8, 12]));
    assert_eq!(read(&steered), three_times(&[1, 4, 6, 7, 8, 12]));
    for (_, record) in steered.records.iter_mut().filter(|(_, record)| [6, 7].contains(&record.step)) {
        let figures = &mut record.figures;
        (figures.edges, figures.reuse, figures.measured) = (Vec::new(), Vec::new(), Vec::new());
    }
    assert_eq!(Report { pauses: Vec::new(), ..steered }, alone, "losses, norms and weights are the same to the bit");
}

#[test]
fn a_pause_leaves_every_network_after_the_same_step_whenever_it_is_asked_for() {
    let plan = plan(TINY);
    let control = Control::new();
    let report = steered(&plan, &control, |event, report| match event {
        RunEvent::Step(NetworkKind::Dense, record) if record.step.is_multiple_of(3) => control.pause(),
        RunEvent::Paused(step) => {
            for kind in NetworkKind::ALL {
                assert_eq!(report.steps_of(kind).last().copied().unwrap_or(0), *step, "{kind}");
            }
            assert!(control.is_paused());
            control.resume();
        }
        RunEvent::Step(..)
        | RunEvent::Ended(..)
        | RunEvent::Glance(..)
        | RunEvent::Predictions(..)
        | RunEvent::Checkpoint(_) => {}
    });
    assert!(!report.pauses.is_empty());
    assert_eq!(report.endings, vec![Ending::Finished; 3]);
}

#[test]
fn a_learning_rate_holds_from_the_same_step_for_every_network_and_the_schedule_scales_it() {
    let plan = plan(TINY);
    let control = Control::new();
    control.run_until(2);
    let report = steered(&plan, &control, |event, report| match event {
        RunEvent::Paused(2) => {
            control.set_learning_rate(Some(0.5));
            control.run_until(8);
        }
        RunEvent::Paused(8) => {
            control.set_learning_rate(None);
            control.resume();
        }
        // While steps are made it holds from a step that nobody can name beforehand.
        RunEvent::Step(NetworkKind::Residual, record) if record.step == 4 => control.set_learning_rate(Some(0.25)),
        RunEvent::Step(..)
        | RunEvent::Ended(..)
        | RunEvent::Glance(..)
        | RunEvent::Predictions(..)
        | RunEvent::Checkpoint(_)
        | RunEvent::Paused(_) => assert!(report.pauses.len() < 3),
    });
    let rates = report.rates_of(NetworkKind::Dense);
    assert_eq!(rates[..2], [0.1; 2]);
    assert_eq!(rates[2..4], [0.5; 2]);
    assert_eq!(rates[7], 0.025, "a tenth from half of the steps on");
    assert_eq!(rates[8..], [0.01, 0.001, 0.001, 0.001]);
    for kind in NetworkKind::ALL {
        assert_eq!(report.rates_of(kind), rates, "{kind}");
    }
}

#[test]
fn a_run_pauses_after_the_validation_that_reaches_an_accuracy() {
    let plan = plan(TINY);
    let control = Control::new();
    control.pause_at_accuracy(Some(0.0));
    let report = steered(&plan, &control, |event, _| {
        if let RunEvent::Paused(_) = event {
            control.resume();
        }
    });
    assert_eq!(report.pauses, [5], "every accuracy is at least 0, and the wish is spent by one pause");

    let control = Control::new();
    control.pause_at_accuracy(Some(1.5));
    assert_eq!(steered(&plan, &control, |_, _| {}).pauses, [0; 0], "no accuracy is above 1");
}

#[test]
fn a_paused_run_can_be_stopped_and_keeps_what_it_reached() {
    let plan = plan(TINY);
    let control = Control::new();
    control.run_until(4);
    let report = steered(&plan, &control, |event, _| {
        if let RunEvent::Paused(4) = event {
            control.request_stop();
        }
    });
    assert_eq!(report.endings, vec![Ending::Stopped; 3]);
    assert_eq!(report.records.len(), 3 * 4);
    assert!(report.weights.iter().all(Option::is_some));
}

#[test]
fn a_network_that_panics_says_at_which_step_and_the_others_go_on() {
    let mut plan = plan(TINY);
    let layer = &mut plan.networks[1].layers[1];
    layer.convolutions[0].reads += 1; // no tensor fits these weights
    let report = steered(&plan, &Control::new(), |_, _| {});
    let Ending::Failed(why) = &report.endings[1] else { panic!("{:?}", report.endings) };
    assert!(why.starts_with("at step 1: ") && why.len() > 20, "{why}");
    assert_eq!((&report.endings[0], &report.endings[2]), (&Ending::Finished, &Ending::Finished));
    assert_eq!(report.steps_of(NetworkKind::Dense).len(), 12);
    assert_eq!(report.weights[1], None);
}
