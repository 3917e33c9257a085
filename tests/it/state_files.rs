//! What the state writes and copies.

use std::fs;

use densescope::arch::NetworkKind;
use densescope::state::{Ask, Command, Effect, Phase, TableFormat};

use crate::state::{phase, state, until, words};
use crate::support::{Folder, TINY};

#[test]
fn everything_is_saved_as_a_run_folder_that_can_be_read_and_nothing_is_replaced() {
    let folder = Folder::new();
    let mut state = state(TINY);
    state.apply(Command::RunOrPause);
    until(&mut state, |state| phase(state) == Some(&Phase::Finished));
    let occupied = folder.write("run/mine.txt", "keep");
    state.apply(Command::AnswerPath(Ask::SaveFigure(None), folder.path("run")));
    assert_eq!(state.jobs.len(), 1);
    until(&mut state, |state| state.jobs.is_empty());
    let written = folder.path("run-2");
    assert!(words(&state).iter().any(|words| words.contains("run-2")), "{:?}", state.notices);
    for file in ["run.toml", "metrics.csv", "edges.csv", "weights/dense.safetensors", "report.html", "charts/loss.png"]
    {
        assert!(written.join(file).is_file(), "{file}");
    }
    let read = densescope::export::SavedRun::read(&written).unwrap();
    let last = |history: &densescope::telemetry::History| {
        history.network(NetworkKind::Dense).unwrap().last().map(|record| record.train_loss)
    };
    assert_eq!(last(&read.history), last(&state.run.as_ref().unwrap().history));
    assert_eq!(fs::read_to_string(occupied).unwrap(), "keep");
}

#[test]
fn a_figure_is_saved_by_the_ending_of_its_name_and_copied() {
    let folder = Folder::new();
    let mut state = state(TINY);
    for name in ["growth.svg", "growth.csv", "growth"] {
        state.apply(Command::Export(Some("growth"), folder.path(name)));
    }
    until(&mut state, |state| state.jobs.is_empty());
    assert!(fs::read_to_string(folder.path("growth.svg")).unwrap().starts_with("<svg"));
    assert!(fs::read(folder.path("growth.png")).unwrap().starts_with(b"\x89PNG"));
    state.apply(Command::Export(Some("growth"), folder.path("growth.bmp")));
    assert!(words(&state).last().unwrap().contains("allowed: .png, .svg, .csv"), "{:?}", state.notices);

    state.apply(Command::CopyValues("growth"));
    let effects = state.take_effects();
    assert!(matches!(&effects[..], [Effect::CopyText(values)] if values.contains('\t')), "{effects:?}");
    state.apply(Command::CopyPicture("growth"));
    until(&mut state, |state| state.jobs.is_empty());
    let effects = state.take_effects();
    assert!(
        matches!(&effects[..], [Effect::CopyPicture(picture)] if picture.rgba.len() == 4 * picture.width * picture.height)
    );
}

#[test]
fn a_job_is_given_up_when_asked() {
    let folder = Folder::new();
    let mut state = state(TINY);
    state.apply(Command::RunOrPause);
    until(&mut state, |state| phase(state) == Some(&Phase::Finished));
    state.apply(Command::Export(None, folder.path("run")));
    let number = state.jobs[0].number;
    state.apply(Command::CancelJob(number));
    until(&mut state, |state| state.jobs.is_empty());
    assert!(!folder.path("run/report.html").exists());
}

#[test]
fn tables_of_the_networks_are_copied_before_anything_is_trained() {
    let mut state = state("");
    for (format, part) in [
        (TableFormat::Csv, "dense,block1.layer3,32,8,40,28,28,"),
        (TableFormat::Markdown, "46,362"),
        (TableFormat::Latex, "\\toprule"),
    ] {
        state.apply(Command::CopyTables(format));
        let effects = state.take_effects();
        assert!(matches!(&effects[..], [Effect::CopyText(tables)] if tables.contains(part)), "{effects:?}");
    }
}
