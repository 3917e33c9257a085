//! The page of an experiment: question, verdict, figures, table.

use super::description::{Experiment, Measure};
use super::summary::Summary;
use super::verdict::Verdict;
use crate::chart::Chart;
use crate::export::Page;
use crate::text::{Text, number};

/// One page with all of it, which refers to nothing outside itself.
pub fn page(experiment: &Experiment, summary: &Summary, chart: &Chart, text: &Text) -> String {
    let say = |key: &str| text.say(key);
    let Verdict { answer, sentences } = Verdict::of(experiment, summary, text);
    let mut verdict = vec![answer.say(text).to_owned()];
    verdict.extend(sentences);
    let language = text.language();
    let mut criteria = vec![
        text.fill("experiment.report.yes", &[("what", &experiment.yes.say(language))]),
        text.fill("experiment.report.no", &[("what", &experiment.no.say(language))]),
    ];
    criteria.extend(
        experiment.paper.as_ref().map(|paper| text.fill("experiment.report.paper", &[("what", &paper.say(language))])),
    );
    let mut header = vec![say("experiment.report.network").to_owned()];
    header.extend(experiment.axes.iter().map(|axis| axis.name.clone()));
    header.extend(
        ["experiment.axis.parameters", "experiment.axis.multiply_adds", "experiment.axis.depth"]
            .map(|key| say(key).to_owned()),
    );
    header.extend(["experiment.report.seeds", "experiment.report.diverged"].map(|key| say(key).to_owned()));
    header.extend(
        ["experiment.measure.accuracy", "experiment.measure.gap", "experiment.axis.seconds"]
            .map(|key| say(key).to_owned()),
    );
    let rows = summary.cells.iter().map(|cell| {
        let mut row = vec![say(cell.network.text_key()).to_owned()];
        row.extend(experiment.axes.iter().zip(&cell.place).map(|(axis, &at)| axis.values[at].name.clone()));
        row.extend([number::grouped(cell.parameters), number::grouped(cell.multiply_adds), cell.depth.to_string()]);
        row.extend([cell.finished, cell.diverged].map(|count| count.to_string()));
        row.extend([Measure::Accuracy, Measure::Gap].map(|measure| {
            cell.range(measure).map_or_else(String::new, |range| {
                format!(
                    "{} ({}–{})",
                    number::percent(range.mean),
                    number::percent(range.low),
                    number::percent(range.high)
                )
            })
        }));
        row.push(cell.seconds.map_or_else(String::new, |seconds| number::significant(seconds.mean, 3)));
        row
    });
    let sections = [(say("experiment.report.verdict"), verdict), (say("experiment.report.criteria"), criteria)];
    Page {
        title: experiment.question.say(language),
        lead: &text.fill("experiment.report.lead", &[("runs", &summary.wanted)]),
        sections: &sections,
        charts: (say("experiment.report.figures"), vec![chart.clone()]),
        table: (say("experiment.report.table"), header, rows.collect()),
        footer: &text.fill("experiment.report.footer", &[("version", &env!("CARGO_PKG_VERSION"))]),
    }
    .write(text)
}
