use std::collections::BTreeSet;

use super::*;
use crate::arch::{
    Architecture, Compression, ImageShape, Input, NetworkKind, NetworkSpec, Normalization, PRESETS, Part, Width,
    WidthRule,
};
use crate::text::{Language, Text};

/// Many different networks: every preset, and small ones at the edges of what can be built.
fn networks() -> Vec<Architecture> {
    let mut networks: Vec<Architecture> = PRESETS
        .iter()
        .flat_map(|preset| NetworkKind::ALL.map(|kind| Architecture::new(kind, &preset.spec(), preset.input).unwrap()))
        .collect();
    let input = Input { image: ImageShape::new(1, 32, 32), classes: 10 };
    for blocks in [&[1][..], &[1, 1, 1], &[2, 1], &[3, 2, 7], &[5, 4]] {
        for (k0, growth, percent) in [(1, 1, 1), (16, 8, 50), (13, 7, 33), (5, 12, 100), (24, 3, 70)] {
            for (bottleneck, normalization) in [
                (true, Normalization::Batch),
                (false, Normalization::Batch),
                (true, Normalization::None),
                (false, Normalization::None),
            ] {
                let spec = NetworkSpec {
                    bottleneck,
                    normalization,
                    compression: Compression { percent },
                    baseline_width: WidthRule::Fixed(Width::from_number(5.5).unwrap()),
                    ..NetworkSpec::bottleneck_compressed(blocks, k0, growth)
                };
                networks.extend(NetworkKind::ALL.map(|kind| Architecture::new(kind, &spec, input).unwrap()));
            }
        }
    }
    networks
}

/// Every question that can be asked about a network.
fn questions(network: &Architecture) -> Vec<Question> {
    let of = |kind: &Kind| -> Vec<Question> {
        let ask = |part| (kind.question)(network, part).unwrap_or_else(|| panic!("{} offers {part}", kind.id));
        (kind.parts)(network).into_iter().map(ask).collect()
    };
    KINDS.iter().flat_map(of).collect()
}

/// The answer by the formulas of the paper, written down a second time.
fn by_formula(network: &Architecture, question: &Question) -> u64 {
    let (k, spec) = (network.spec.growth as u64, &network.spec);
    let k0 = |block: usize| {
        (1..block).fold(spec.k0 as u64, |k0, block| {
            let carried = k0 + k * spec.blocks[block - 1] as u64;
            (carried * u64::from(spec.compression.percent) / 100).max(1)
        })
    };
    let each = if spec.normalization == Normalization::Batch { 2 } else { 0 };
    match (question.kind, question.part) {
        ("reads", Part::Layer { block, layer }) => k0(block) + k * (layer as u64 - 1),
        ("makes", Part::Layer { .. }) => k,
        ("carries", Part::Layer { block, layer }) => {
            assert_eq!(layer, spec.blocks[block - 1]);
            k0(block) + k * layer as u64
        }
        ("transition-reads", Part::Transition { block }) => k0(block) + k * spec.blocks[block - 1] as u64,
        ("transition-makes", Part::Transition { block }) => k0(block + 1),
        ("bottleneck", Part::Layer { block, layer }) => {
            let reads = k0(block) + k * (layer as u64 - 1);
            reads * 4 * k + 4 * k * k * 9 + each * (reads + 4 * k)
        }
        ("basic", Part::Layer { block, layer }) => {
            let reads = k0(block) + k * (layer as u64 - 1);
            reads * k * 9 + each * reads
        }
        ("residual", Part::Layer { block, .. }) => network.width.unwrap().channels(block) as u64,
        (kind, part) => panic!("{kind} is not asked about {part}"),
    }
}

#[test]
fn every_answer_is_the_architectures_own_number_and_that_of_the_formula() {
    let mut asked = BTreeSet::new();
    for network in networks() {
        for question in questions(&network) {
            if let Some(number) = question.number() {
                let row = network.layer(question.part).unwrap();
                assert_eq!(number.value, number.quantity.of(row));
                assert_eq!(number.value, by_formula(&network, &question), "{} of {}", question.kind, question.part);
            }
            assert_eq!(question.network, network.kind);
            asked.insert(question.kind);
        }
    }
    assert_eq!(asked.len(), KINDS.len(), "{asked:?}");
}

#[test]
fn no_mistake_is_right_or_the_same_as_another_and_each_is_known_by_its_value() {
    for question in networks().iter().flat_map(questions) {
        let Some(number) = question.number() else { continue };
        let values: BTreeSet<u64> = number.mistakes.iter().map(|mistake| mistake.value).collect();
        assert_eq!(values.len(), number.mistakes.len());
        assert!(!values.contains(&number.value));
        assert!(!values.is_empty(), "{question:?}");
        assert_eq!(question.judge(&number.value.to_string()), Some(Verdict::Right));
        for Mistake { value, why } in &number.mistakes {
            assert_eq!(question.judge(&value.to_string()), Some(Verdict::Mistake(why.clone())));
        }
    }
}

#[test]
fn one_of_the_choices_is_right_and_each_other_has_a_reason_of_its_own() {
    for question in networks().iter().flat_map(questions).filter(|question| question.number().is_none()) {
        let choices = question.choices();
        let verdicts: Vec<Verdict> = (0..choices.len()).map(|place| question.judge_choice(place).unwrap()).collect();
        assert_eq!(verdicts.iter().filter(|verdict| **verdict == Verdict::Right).count(), 1, "{question:?}");
        assert_eq!((question.judge_choice(choices.len()), question.judge("1")), (None, None));
        for text in Language::ALL.map(Text::of) {
            let says: BTreeSet<String> = choices.iter().map(|choice| choice.says.fill(text)).collect();
            let why: BTreeSet<String> =
                choices.iter().flat_map(|choice| &choice.why).map(|why| why.fill(text)).collect();
            assert_eq!((says.len(), why.len()), (choices.len(), choices.len() - 1), "{says:?}");
        }
    }
}

#[test]
fn every_text_of_every_question_can_be_filled_in_every_language() {
    for network in networks() {
        for question in questions(&network) {
            for text in Language::ALL.map(Text::of) {
                let because = question.because.fill(text);
                if let Some(number) = question.number() {
                    assert!(because.contains(&Value::Count(number.value).to_string()), "{because}");
                    assert!(number.mistakes.iter().all(|mistake| !mistake.why.fill(text).is_empty()));
                }
                let before = [question.asks.fill(text), question.given.fill(text)];
                assert!(before.iter().all(|words| !words.contains('{')));
            }
        }
    }
}

#[test]
fn the_mistakes_that_a_class_makes_are_known() {
    let preset = &PRESETS[0];
    let network = Architecture::new(NetworkKind::Dense, &preset.spec(), preset.input).unwrap();
    let ask =
        |kind: &str, part| (KINDS.iter().find(|known| known.id == kind).unwrap().question)(&network, part).unwrap();
    let why = |question: &Question, answer: &str| match question.judge(answer).unwrap() {
        Verdict::Mistake(words) => words.key,
        verdict => panic!("{answer} is {verdict:?}"),
    };
    let reads = ask("reads", Part::Layer { block: 1, layer: 3 });
    assert_eq!(reads.because.fill(Text::of(Language::English)), "16 + 8·(3−1) = 32");
    assert_eq!(why(&reads, "40"), "exercise.reads.carried");
    assert_eq!(why(&reads, "16"), "exercise.k0_forgotten"); // k·(l−1) and k0 are the same here
    assert_eq!(why(&reads, "8"), "exercise.reads.made");
    assert_eq!(why(&reads, "48"), "exercise.reads.at_the_end");
    let carries = ask("carries", Part::Layer { block: 1, layer: 4 });
    assert_eq!((carries.number().unwrap().value, why(&carries, "40")), (48, "exercise.carries.last"));
    assert_eq!(why(&carries, "24"), "exercise.carries.compressed");
    let makes = ask("transition-makes", Part::Transition { block: 1 });
    assert_eq!(makes.number().unwrap().value, 24);
    assert_eq!(
        (why(&makes, "48"), why(&makes, "20")),
        ("exercise.transition.input", "exercise.transition.without_last")
    );
    let bottleneck = ask("bottleneck", Part::Layer { block: 1, layer: 3 });
    assert_eq!(bottleneck.number().unwrap().value, 32 * 32 + 32 * 8 * 9 + 2 * 32 + 2 * 32);
    assert_eq!(why(&bottleneck, "3328"), "exercise.parameters.norm_forgotten");
    assert_eq!(why(&bottleneck, "3,496"), "exercise.parameters.biases");
}

#[test]
fn a_transition_that_leaves_a_rest_knows_who_rounded_up() {
    let preset = PRESETS.iter().find(|preset| preset.name == "densenet-bc-22-12").unwrap();
    let spec = NetworkSpec { compression: Compression { percent: 33 }, ..preset.spec() };
    let network = Architecture::new(NetworkKind::Dense, &spec, preset.input).unwrap();
    let makes = KINDS.iter().find(|kind| kind.id == "transition-makes").unwrap();
    let question = (makes.question)(&network, Part::Transition { block: 1 }).unwrap();
    assert_eq!(question.number().unwrap().value, 19, "0.33 of 60 is 19.8");
    assert_eq!(question.judge("20"), Some(Verdict::Mistake(Words::new("exercise.transition.rounded_up"))));
}

#[test]
fn any_text_is_judged_and_none_is_an_error() {
    let preset = &PRESETS[0];
    let network = Architecture::new(NetworkKind::Dense, &preset.spec(), preset.input).unwrap();
    let question = (KINDS[0].question)(&network, Part::Layer { block: 1, layer: 3 }).unwrap();
    for right in ["32", " 32 ", "16 + 8·(3−1)", "３２", "032", "+32"] {
        assert_eq!(question.judge(right), Some(Verdict::Right), "{right}");
    }
    for (typed, why) in [
        ("", Unreadable::Nothing),
        (" \t", Unreadable::Nothing),
        ("-32", Unreadable::Negative),
        ("−1", Unreadable::Negative),
        ("－３", Unreadable::Negative),
        ("32.5", Unreadable::NotWhole),
        ("3,5", Unreadable::NotWhole),
        (".5", Unreadable::NotWhole),
        ("k0", Unreadable::NoNumber),
        ("32 channels", Unreadable::NoNumber),
        ("-", Unreadable::NoNumber),
        ("1,,000", Unreadable::NoNumber),
        ("٣٢", Unreadable::NoNumber),
        ("9999999999999999999999", Unreadable::TooLarge),
        ("1e3", Unreadable::NoNumber),
        ("🦀", Unreadable::NoNumber),
    ] {
        assert_eq!(question.judge(typed), Some(Verdict::Unreadable(why)), "'{typed}'");
    }
    for (typed, verdict) in [
        ("33", Verdict::TooHigh { by: 1, apart: Apart::Close }),
        ("45", Verdict::TooHigh { by: 13, apart: Apart::Off }),
        ("64", Verdict::TooHigh { by: 32, apart: Apart::Far }),
        ("1,000", Verdict::TooHigh { by: 968, apart: Apart::Far }),
        ("31", Verdict::TooLow { by: 1, apart: Apart::Close }),
        ("0", Verdict::TooLow { by: 32, apart: Apart::Far }),
        ("-0", Verdict::TooLow { by: 32, apart: Apart::Far }),
    ] {
        assert_eq!(question.judge(typed), Some(verdict), "'{typed}'");
    }
}

#[test]
fn a_seed_gives_the_same_questions_again_and_every_round_asks_every_kind_once() {
    let preset = &PRESETS[0];
    let networks = NetworkKind::ALL.map(|kind| Architecture::new(kind, &preset.spec(), preset.input).unwrap());
    let all = BTreeSet::new();
    let series = |seed| (0..84).map(|number| Question::ask(&networks, &all, seed, number).unwrap()).collect::<Vec<_>>();
    assert_eq!(series(1), series(1));
    assert_ne!(series(1), series(2));
    for seed in 0..50 {
        for round in series(seed).chunks(14) {
            let kinds: BTreeSet<&str> = round.iter().map(|question| question.kind).collect();
            assert_eq!(kinds.len(), 14, "a network with bottlenecks has every kind but basic: {kinds:?}");
        }
    }
    let first: Vec<&str> = series(3)[..14].iter().map(|question| question.kind).collect();
    let in_order = KINDS.iter().map(|kind| kind.id).filter(|id| *id != "basic");
    assert_eq!(first, in_order.collect::<Vec<_>>(), "the first round goes from easy to hard");
    assert!(KINDS.iter().map(|kind| kind.level).is_sorted());
}

#[test]
fn networks_without_a_dense_or_residual_one_have_no_questions() {
    let preset = &PRESETS[0];
    let plain = Architecture::new(NetworkKind::Plain, &preset.spec(), preset.input).unwrap();
    assert_eq!(Question::ask(&[plain], &BTreeSet::new(), 1, 0), None);
    assert_eq!(Question::ask(&[], &BTreeSet::new(), 1, 7), None);
}

#[test]
fn a_score_counts_first_tries_and_rows() {
    let mut score = Score::default();
    for attempt in [1, 1, 2, 1] {
        score.answered(attempt);
    }
    assert_eq!(score, Score { asked: 4, first: 3, right: 4, streak: 1, best: 2 });
    score.missed();
    assert_eq!(score, Score { asked: 5, first: 3, right: 4, streak: 0, best: 2 });
}
