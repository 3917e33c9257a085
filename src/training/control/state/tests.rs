use super::*;

/// A run of so many networks, and a moment.
fn entered(networks: usize) -> (State, Instant) {
    let now = Instant::now();
    let mut state = State::new(now);
    state.enter(networks, 0, now);
    (state, now)
}

const GO: Verdict = Verdict::Now(Begin::Go { learning_rate: None, connections: false });

#[track_caller]
fn makes(state: &mut State, network: usize, step: usize, now: Instant) {
    assert_eq!(state.may_begin(network, step, false, now), GO, "network {network}, step {step}");
    state.made(network, step, None, now);
}

#[test]
fn a_network_runs_ahead_of_the_slowest_by_a_little_only() {
    let (mut state, now) = entered(2);
    for step in 1..=3 {
        makes(&mut state, 0, step, now);
    }
    assert_eq!(state.may_begin(0, 4, false, now), Verdict::Wait);
    makes(&mut state, 1, 1, now);
    assert_eq!(state.may_begin(0, 4, false, now), GO);
    state.ended(1, now);
    state.made(0, 4, None, now);
    for step in 5..=20 {
        makes(&mut state, 0, step, now);
    }
}

#[test]
fn a_pause_leaves_all_networks_after_the_same_step_and_is_told_once() {
    let (mut state, now) = entered(2);
    makes(&mut state, 0, 1, now);
    makes(&mut state, 0, 2, now);
    state.pause();
    assert!(state.is_paused());
    assert_eq!(state.may_begin(0, 3, false, now), Verdict::Wait, "the other has not made step 2");
    makes(&mut state, 1, 1, now);
    makes(&mut state, 1, 2, now);
    assert_eq!(state.may_begin(1, 3, false, now), Verdict::Now(Begin::Paused(2)));
    for network in [0, 1] {
        assert_eq!(state.may_begin(network, 3, false, now), Verdict::Wait);
    }
    state.pause();
    assert_eq!(state.may_begin(0, 3, false, now), Verdict::Wait, "it is paused already");
    state.resume();
    assert!(!state.is_paused());
    assert_eq!(state.may_begin(0, 3, false, now), GO);
}

#[test]
fn a_run_can_begin_paused_and_go_on_by_single_steps() {
    let (mut state, now) = entered(1);
    state.pause();
    assert_eq!(state.may_begin(0, 1, false, now), Verdict::Now(Begin::Paused(0)));
    state.step(1);
    state.step(2);
    for step in 1..=3 {
        makes(&mut state, 0, step, now);
    }
    assert_eq!(state.may_begin(0, 4, false, now), Verdict::Now(Begin::Paused(3)));
    state.step(1);
    makes(&mut state, 0, 4, now);
    assert_eq!(state.may_begin(0, 5, false, now), Verdict::Now(Begin::Paused(4)));
}

#[test]
fn steps_are_counted_from_where_a_run_is_whatever_it_was_to_run_to() {
    let (mut state, now) = entered(1);
    state.run_until(500);
    makes(&mut state, 0, 1, now);
    assert!(!state.is_paused());
    state.step(2);
    makes(&mut state, 0, 2, now);
    makes(&mut state, 0, 3, now);
    assert_eq!(state.may_begin(0, 4, false, now), Verdict::Now(Begin::Paused(3)));
    state.run_until(2);
    assert_eq!(state.may_begin(0, 4, false, now), Verdict::Wait, "step 2 lies behind, and the pause was told");
    state.run_until(4);
    makes(&mut state, 0, 4, now);
    assert_eq!(state.may_begin(0, 5, false, now), Verdict::Now(Begin::Paused(4)));
}

#[test]
fn a_network_that_ends_leaves_the_pause_to_the_others() {
    let (mut state, now) = entered(2);
    state.run_until(2);
    makes(&mut state, 0, 1, now);
    makes(&mut state, 0, 2, now);
    makes(&mut state, 1, 1, now);
    assert_eq!(state.may_begin(0, 3, false, now), Verdict::Wait);
    state.ended(1, now);
    assert_eq!(state.may_begin(0, 3, false, now), Verdict::Now(Begin::Paused(2)));
}

#[test]
fn all_networks_reach_the_accuracy_before_the_pause_and_pause_after_that_validation() {
    let (mut state, now) = entered(2);
    state.pause_at_accuracy(Some(0.8));
    let validate = |state: &mut State, step, accuracies: [f64; 2]| {
        for (network, accuracy) in [0, 1].into_iter().zip(accuracies) {
            assert_eq!(state.may_begin(network, step, true, now), GO);
            state.made(network, step, Some(accuracy), now);
            let next = state.may_begin(network, step + 1, true, now);
            if network == 0 {
                assert_eq!(next, Verdict::Wait, "nobody runs ahead of a validation that may bring the pause");
            }
        }
    };
    validate(&mut state, 1, [0.9, 0.7]);
    assert!(!state.is_paused());
    // The question above has begun step 2 for the second network.
    state.made(1, 2, Some(0.8), now);
    assert!(!state.is_paused(), "the first network has not validated step 2");
    assert_eq!(state.may_begin(0, 2, true, now), GO);
    state.made(0, 2, Some(0.85), now);
    assert!(state.is_paused());
    assert_eq!(state.may_begin(0, 3, true, now), Verdict::Now(Begin::Paused(2)));
    state.resume();
    for network in [0, 1] {
        assert_eq!(state.may_begin(network, 3, true, now), GO);
        state.made(network, 3, Some(0.9), now);
    }
    assert!(!state.is_paused(), "the wish is spent");
}

#[test]
fn the_pace_waits_after_the_step_that_all_have_made() {
    let (mut state, start) = entered(2);
    let (pace, second) = (Duration::from_millis(500), Duration::from_secs(1));
    state.set_pace(Some(pace));
    assert_eq!(state.may_begin(0, 1, false, start), Verdict::WaitUntil(start + pace));
    assert_eq!(state.may_begin(0, 1, false, start + pace), GO);
    assert_eq!(state.may_begin(1, 1, false, start + pace), GO);
    state.made(0, 1, None, start + second);
    assert_eq!(state.may_begin(0, 2, false, start + 9 * second), Verdict::Wait, "the other is at step 1");
    state.made(1, 1, None, start + 9 * second);
    assert_eq!(state.may_begin(0, 2, false, start + 9 * second), Verdict::WaitUntil(start + 9 * second + pace));
    state.set_pace(None);
    assert_eq!(state.may_begin(0, 2, false, start + 9 * second), GO);
}

#[test]
fn a_learning_rate_begins_at_the_same_step_for_every_network() {
    let (mut state, now) = entered(2);
    let rate = |learning_rate| Verdict::Now(Begin::Go { learning_rate, connections: false });
    makes(&mut state, 0, 1, now);
    state.set_learning_rate(Some(0.5));
    assert_eq!(state.may_begin(0, 2, false, now), rate(Some(0.5)));
    state.made(0, 2, None, now);
    state.set_learning_rate(Some(0.25));
    assert_eq!(state.may_begin(0, 3, false, now), rate(Some(0.25)));
    state.made(0, 3, None, now);
    state.set_learning_rate(None);
    for (step, expected) in [(1, None), (2, Some(0.5)), (3, Some(0.25)), (4, None)] {
        assert_eq!(state.may_begin(1, step, false, now), rate(expected), "step {step}");
        state.made(1, step, None, now);
    }
    assert_eq!(state.may_begin(0, 4, false, now), rate(None));
}

#[test]
fn a_stop_is_heeded_before_anything_else() {
    let (mut state, now) = entered(1);
    state.pause();
    state.set_pace(Some(Duration::from_secs(9)));
    state.request_stop();
    assert_eq!(state.may_begin(0, 1, false, now), Verdict::Now(Begin::Stop));
}

const fn looks_at(image: usize) -> Verdict {
    Verdict::Now(Begin::Glance(image))
}

#[test]
fn a_choice_is_answered_at_once_by_every_network_whatever_it_waits_for() {
    let (mut state, now) = entered(2);
    let later = now + Duration::from_secs(1);
    state.watch(Some(4), None);
    for network in [0, 1] {
        assert_eq!(state.may_begin(network, 1, false, now), looks_at(4));
        state.glanced(network, Duration::from_secs(9), now);
    }
    for step in 1..=3 {
        makes(&mut state, 0, step, now);
    }
    assert_eq!(state.may_begin(0, 4, false, later), Verdict::Wait, "too far ahead, and it has looked lately");
    state.watch(Some(4), None);
    assert_eq!(state.may_begin(0, 4, false, later), Verdict::Wait, "that is no news");
    state.watch(Some(5), None);
    assert_eq!(state.may_begin(0, 4, false, later), looks_at(5));
    assert_eq!(state.may_begin(0, 4, false, later), Verdict::Wait);
    state.watch(None, None);
    assert_eq!(state.may_begin(1, 1, false, later), GO, "nothing is watched any more");
    state.watch(Some(5), None);
    assert_eq!(state.may_begin(1, 1, false, later), looks_at(5));
    state.request_stop();
    state.watch(Some(6), None);
    assert_eq!(state.may_begin(1, 1, false, later), Verdict::Now(Begin::Stop), "a stop comes first");
}

#[test]
fn looking_takes_less_than_a_twenty_fifth_of_the_time_of_training() {
    let (mut state, start) = entered(1);
    let (took, beat) = (Duration::from_millis(40), Duration::from_millis(10));
    state.watch(Some(0), None);
    let (mut now, mut looking, mut looks) = (start, Duration::ZERO, 0);
    for step in 1..=1000 {
        while state.may_begin(0, step, false, now) == looks_at(0) {
            now += took;
            looking += took;
            looks += 1;
            state.glanced(0, took, now);
        }
        now += beat;
        state.made(0, step, None, now);
    }
    assert_eq!(looks, 10, "once before the first step, and then each second");
    assert!(looking * 25 < now - start, "{looking:?}");
}

#[test]
fn a_pause_ends_with_what_is_newest() {
    let (mut state, now) = entered(2);
    state.watch(Some(0), None);
    for network in [0, 1] {
        assert_eq!(state.may_begin(network, 1, false, now), looks_at(0));
        state.glanced(network, Duration::from_secs(9), now);
    }
    state.step(1);
    makes(&mut state, 0, 1, now);
    assert_eq!(state.may_begin(0, 2, false, now), looks_at(0), "it makes no more steps now, whatever the other does");
    assert_eq!(state.may_begin(0, 2, false, now), Verdict::Wait);
    makes(&mut state, 1, 1, now);
    assert_eq!(state.may_begin(1, 2, false, now), Verdict::Now(Begin::Paused(1)));
    assert_eq!(state.may_begin(1, 2, false, now), looks_at(0));
    for network in [0, 1] {
        assert_eq!(state.may_begin(network, 2, false, now), Verdict::Wait, "each looks once");
    }
}

#[test]
fn in_slow_motion_the_time_between_steps_is_used_if_there_is_enough() {
    let (mut state, start) = entered(1);
    let (pace, glance) = (Duration::from_millis(500), Duration::from_millis(300));
    state.set_pace(Some(pace));
    state.watch(Some(0), None);
    assert_eq!(state.may_begin(0, 1, false, start), looks_at(0));
    state.glanced(0, glance, start);
    makes(&mut state, 0, 1, start + pace);
    assert_eq!(state.may_begin(0, 2, false, start + pace), looks_at(0), "500 ms are left");
    state.glanced(0, glance, start + pace + glance);
    assert_eq!(state.may_begin(0, 2, false, start + pace + glance), Verdict::WaitUntil(start + 2 * pace));
    makes(&mut state, 0, 2, start + 2 * pace);
    let late = start + 2 * pace + glance;
    assert_eq!(state.may_begin(0, 3, false, late), Verdict::WaitUntil(start + 3 * pace), "200 ms are too few");
}

#[test]
fn a_network_that_has_ended_looks_on_until_no_other_trains() {
    let (mut state, now) = entered(2);
    state.watch(Some(0), None);
    assert_eq!(state.may_begin(0, 1, false, now), looks_at(0));
    makes(&mut state, 0, 1, now);
    state.ended(0, now);
    assert_eq!(state.may_leave(0, now), looks_at(0), "what is newest");
    assert_eq!(state.may_leave(0, now), Verdict::Wait);
    state.watch(Some(1), None);
    assert_eq!(state.may_leave(0, now), looks_at(1));
    state.ended(1, now);
    assert_eq!(state.may_leave(0, now), Verdict::Now(Begin::Stop));
    assert_eq!(state.may_leave(1, now), Verdict::Now(Begin::Stop));
}

#[test]
fn the_step_that_is_to_read_connections_is_the_same_for_all_and_the_wish_is_spent() {
    let (mut state, now) = entered(2);
    let reads = |state: &mut State, network, step| match state.may_begin(network, step, false, now) {
        Verdict::Now(Begin::Go { learning_rate: _, connections }) => {
            state.made(network, step, None, now);
            Some(connections)
        }
        Verdict::Now(Begin::Paused(_) | Begin::Glance(_) | Begin::Stop) | Verdict::Wait | Verdict::WaitUntil(_) => None,
    };
    assert_eq!(reads(&mut state, 0, 1), Some(false));
    assert_eq!(state.step_with_connections(), 2);
    assert_eq!(reads(&mut state, 0, 2), Some(true));
    assert_eq!(reads(&mut state, 0, 3), None, "exactly one step");
    assert_eq!(reads(&mut state, 1, 1), Some(false));
    assert_eq!(reads(&mut state, 1, 2), Some(true));
    state.resume();
    assert_eq!(reads(&mut state, 1, 3), Some(false));
}
