//! Runs that stay, in the window itself: what is pressed, what is then there.

use densescope::state::Phase;
use eframe::egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use super::app::{is_in, press, screen, state, until};

#[test]
fn a_slider_and_space_go_on_and_every_key_that_replaces_a_run_keeps_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = screen(folder.path(), false);
    press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    until(&mut harness, is_in(Phase::Paused));
    let first = state(&harness).run.as_ref().unwrap().id;
    harness.get_by_label("Growth rate: more").click();
    harness.run_steps(3);
    assert!(state(&harness).pending());
    press(&mut harness, Modifiers::NONE, Key::Space);
    assert_eq!(state(&harness).run.as_ref().unwrap().id, first, "Space goes on");
    until(&mut harness, is_in(Phase::Finished));
    assert!(harness.query_by_label("Run 1").is_none(), "there is no row of runs before a second");

    press(&mut harness, Modifiers::COMMAND, Key::Enter);
    until(&mut harness, is_in(Phase::Finished));
    press(&mut harness, Modifiers::NONE, Key::R);
    until(&mut harness, is_in(Phase::Finished));
    press(&mut harness, Modifiers::NONE, Key::N);
    until(&mut harness, is_in(Phase::Finished));
    assert_eq!(state(&harness).runs().len(), 4);
    for run in ["Run 1", "Run 2", "Run 3", "Run 4"] {
        harness.get_by_label(run);
    }
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(state(&harness).run.as_ref().unwrap().number, 3);

    harness.get_by_label("Run 1").click();
    harness.run_steps(3);
    harness.get_by_label("Bring back").click();
    harness.run_steps(3);
    assert_eq!(state(&harness).run.as_ref().unwrap().id, first);
}

#[test]
fn a_run_is_pinned_let_go_named_removed_and_had_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = screen(folder.path(), true);
    until(&mut harness, is_in(Phase::Finished));
    press(&mut harness, Modifiers::NONE, Key::N);
    until(&mut harness, is_in(Phase::Finished));
    harness.get_by_label("Pin Run 1").click();
    harness.run_steps(3);
    assert_eq!(state(&harness).pinned().len(), 1);
    press(&mut harness, Modifiers::NONE, Key::Num5);
    harness.run_steps(3);
    harness.get_by_label("Let Run 1 go").click();
    harness.run_steps(3);
    assert!(state(&harness).pinned().is_empty());

    harness.get_by_label("Run 1").click();
    harness.run_steps(3);
    let field = harness.get_by_label("Name of the run");
    field.focus();
    harness.run_steps(2);
    harness.get_by_label("Name of the run").type_text("usual");
    harness.run_steps(2);
    harness.key_press(Key::Enter);
    harness.run_steps(3);
    assert!(state(&harness).kept.iter().any(|run| run.name.as_deref() == Some("usual")));
    harness.get_by_label("Remove").click();
    harness.run_steps(3);
    assert!(state(&harness).kept.is_empty());
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(state(&harness).kept.iter().count(), 1);
}

#[test]
fn a_line_is_pasted_where_nobody_writes() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = screen(folder.path(), false);
    harness.event(Event::Paste("network.growth=7;view.figure=costs".to_owned()));
    harness.run_steps(3);
    assert_eq!(state(&harness).draft.config().network.growth, 7);
    assert_eq!(state(&harness).view.figure, Some("costs"));
    harness.event(Event::Paste("no line at all".to_owned()));
    harness.run_steps(3);
    assert!(state(&harness).notices.last().unwrap().words.contains("'no line at all'"));
    assert_eq!(state(&harness).draft.config().network.growth, 7);
}
