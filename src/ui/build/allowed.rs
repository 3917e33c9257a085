//! What a setting may be, in the person's language: the configuration's rules speak English, as its files do.

use crate::arch::Width;
use crate::config::{Field, Problem, Rule};
use crate::text::Text;

/// A problem without the name of its setting, which stands beside it.
pub(super) fn problem_words(text: &Text, field: &Field, problem: &Problem) -> String {
    // What only the data or other settings forbid has words of its own.
    let by_the_rule = problem.allowed == field.rule.to_string();
    let allowed = if by_the_rule { rule_words(text, &field.rule) } else { problem.allowed.clone() };
    text.fill("ui.build.problem", &[("found", &problem.found), ("allowed", &allowed)])
}

fn rule_words(text: &Text, rule: &Rule) -> String {
    match rule {
        Rule::Integer { min, max: i64::MAX } => text.fill("ui.allowed.integer_from", &[("min", min)]),
        Rule::Integer { min, max } => text.fill("ui.allowed.integer", &[("min", min), ("max", max)]),
        Rule::Number { min, max, above_min, below_max } => {
            let low = if *above_min { "ui.allowed.above" } else { "ui.allowed.from" };
            let high = if *below_max { "ui.allowed.below" } else { "ui.allowed.up_to" };
            let (low, high) = (text.fill(low, &[("min", min)]), text.fill(high, &[("max", max)]));
            text.fill("ui.allowed.number", &[("low", &low), ("high", &high)])
        }
        Rule::Choices(words) => text.fill("ui.allowed.choices", &[("words", &words.join(", "))]),
        Rule::Integers { longest, min, max } => {
            text.fill("ui.allowed.integers", &[("longest", longest), ("min", min), ("max", max)])
        }
        Rule::Width => text.fill("ui.allowed.width", &[("min", &Width::MIN), ("max", &Width::MAX)]),
        // Nothing but one of the words can be chosen, and a text may be any.
        Rule::Switch | Rule::Choice(_) | Rule::Text { .. } => rule.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::FIELDS;
    use crate::text::Language;

    #[test]
    fn english_says_what_the_configuration_check_says() {
        let text = Text::of(Language::English);
        for field in FIELDS {
            let (ours, theirs) = (rule_words(text, &field.rule), field.rule.to_string());
            if !matches!(field.rule, Rule::Choices(_) | Rule::Width) {
                assert_eq!(ours, theirs, "{}", field.name());
            }
        }
    }

    #[test]
    fn chinese_says_it_in_chinese() {
        let text = Text::of(Language::Chinese);
        let field = Field::named("network.growth");
        let words = problem_words(text, field, &field.problem("0".to_owned(), None));
        assert_eq!(words, "0 不可用；允许：1 到 512 的整数");
    }
}
