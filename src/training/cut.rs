//! A network evaluated with connections cut: one set of them, or every single one in turn.
//!
//! The network is a [`Still`], which learns nothing; cuts are made in a pass and never in its weights.

use std::collections::BTreeSet;
use std::sync::Arc;

use burn::tensor::Tensor;

use super::evaluation::{EVALUATION_BATCH, Tally, rows};
use super::still::{Still, images, probabilities};
use crate::arch::{Cuts, How, Link, Part};
use crate::data::{Batch, DataSet};
use crate::model::Pass;
use crate::model::cut::{Cutter, InPlace, Means};
use crate::model::whole::Whole;
use crate::telemetry::{CutCost, CutMap, CutSeen, Evaluation, Glance};

/// A whole network on some validation images: how it does, and the means that may pass in place of what is cut.
#[derive(Clone, Debug)]
pub struct WholeNetwork {
    /// How it does.
    pub evaluation: Evaluation,
    /// How many validation images were asked for.
    images: usize,
    means: Means,
}

/// What a network with cut connections makes of one batch.
#[derive(Clone, Debug)]
pub struct CutAnswer {
    /// Mean cross-entropy, with running statistics.
    pub loss: f64,
    /// Images classified right.
    pub right: usize,
    /// `[batch, classes]`
    pub logits: Vec<Vec<f32>>,
}

impl Still {
    /// What the network makes of a batch with some of its links cut, or with none; means are those of the batch.
    pub fn answer(&self, batch: &Batch, cuts: &Cuts) -> CutAnswer {
        self.threads.work(|| {
            let mut means = Means::default();
            let (whole, logits) = self.whole_batch(batch, Some(&mut means));
            let logits = if cuts.links.is_empty() {
                logits
            } else {
                whole.cut(&self.network, &cuts.links, InPlace::as_asked(cuts.how, &means))
            };
            let (logits, mut tally) = (rows(logits), Tally::default());
            tally.add(&logits, &batch.labels);
            CutAnswer { loss: tally.evaluation().loss, right: tally.right(), logits }
        })
    }

    /// The whole network on so many of the validation images, or on all. Nothing once `goes_on` says no, which is asked for each batch.
    pub fn whole(&self, data: &DataSet, images: usize, goes_on: impl Fn() -> bool + Sync) -> Option<WholeNetwork> {
        self.threads.work(|| {
            let (mut tally, mut means) = (Tally::default(), Means::default());
            for batch in data.some_validation_batches(EVALUATION_BATCH, images) {
                if !goes_on() {
                    return None;
                }
                let (_, logits) = self.whole_batch(&batch, Some(&mut means));
                tally.add(&rows(logits), &batch.labels);
            }
            Some(WholeNetwork { evaluation: tally.evaluation(), images, means })
        })
    }

    /// The network with links cut, on the images that it was seen whole on.
    pub fn cut(
        &self,
        data: &DataSet,
        cuts: &Cuts,
        whole: &WholeNetwork,
        goes_on: impl Fn() -> bool + Sync,
    ) -> Option<Evaluation> {
        let in_place = InPlace::as_asked(cuts.how, &whole.means);
        let cutter = Arc::new(Cutter::new(self.network.architecture(), &cuts.links, in_place));
        self.threads.work(|| {
            let mut tally = Tally::default();
            for batch in data.some_validation_batches(EVALUATION_BATCH, whole.images) {
                if !goes_on() {
                    return None;
                }
                let pass = Pass::evaluation(self.backend).cutting(cutter.clone());
                let logits = self.network.forward(images(&batch, &self.device), &pass);
                tally.add(&rows(logits), &batch.labels);
            }
            Some(tally.evaluation())
        })
    }

    /// What the network makes of a validation image, with these links cut if there are any, and how it then does on all validation images.
    /// Nothing if there is no such image, or once `goes_on` says no.
    pub fn glance_cut(
        &self,
        data: &DataSet,
        (image, inside): (usize, Option<Part>),
        cuts: Option<&Cuts>,
        goes_on: impl Fn() -> bool + Sync,
    ) -> Option<Glance> {
        let glance = self.glance(data, image, inside)?;
        let Some(cuts) = cuts.filter(|cuts| !cuts.links.is_empty()) else { return Some(glance) };
        let whole = self.whole(data, usize::MAX, &goes_on)?;
        let evaluation = self.cut(data, cuts, &whole, &goes_on)?;
        let in_place = InPlace::as_asked(cuts.how, &whole.means);
        let cutter = Arc::new(Cutter::new(self.network.architecture(), &cuts.links, in_place));
        // What is inside a layer adds up in the whole network only.
        let (rows, _) = self.rows(&data.validation_image(image)?, None, Some(cutter));
        let cut = CutSeen {
            cuts: cuts.clone(),
            whole: whole.evaluation,
            evaluation,
            whole_probabilities: glance.probabilities,
        };
        Some(Glance {
            probabilities: probabilities(&rows),
            rows,
            inside: None,
            cut: Some(cut),
            step: glance.step,
            image,
        })
    }

    /// What cutting every single link costs, on so many of the validation images. Says how much of the work is done, from 0 to 1, and stops
    /// with nothing once it is told not to go on.
    ///
    /// A batch passes the whole network once, and from there every cut network from the first layer on that is different.
    pub fn map_of_cuts(
        &self,
        data: &DataSet,
        how: How,
        images: usize,
        goes_on: impl Fn(f64) -> bool + Sync,
    ) -> Option<CutMap> {
        self.threads.work(|| {
            let links = self.network.architecture().links();
            let batches = || data.some_validation_batches(EVALUATION_BATCH, images);
            let means_first = match how {
                How::Zero => 0,
                How::Mean => batches().len(),
            };
            let work = (means_first + batches().len() * (links.len() + 1)) as f64;
            let mut done = 0.0;
            let mut go_on = || {
                done += 1.0;
                goes_on(((done - 1.0) / work).min(1.0))
            };
            let mut means = Means::default();
            for batch in batches().take(means_first) {
                if !go_on() {
                    return None;
                }
                self.whole_batch(&batch, Some(&mut means));
            }
            let mut whole = Tally::default();
            let mut tallies = vec![Tally::default(); links.len()];
            for batch in batches() {
                if !go_on() {
                    return None;
                }
                let (seen, logits) = self.whole_batch(&batch, None);
                whole.add(&rows(logits), &batch.labels);
                for (&link, tally) in links.iter().zip(&mut tallies) {
                    if !go_on() {
                        return None;
                    }
                    let logits = seen.cut(&self.network, &BTreeSet::from([link]), InPlace::as_asked(how, &means));
                    tally.add(&rows(logits), &batch.labels);
                }
            }
            let cost = |(&link, tally): (&Link, &Tally)| CutCost { link, evaluation: tally.evaluation() };
            let cuts = links.iter().zip(&tallies).map(cost).collect();
            let network = self.network.architecture().kind;
            Some(CutMap { network, how, step: self.step, whole: whole.evaluation(), cuts })
        })
    }

    fn whole_batch(&self, batch: &Batch, means: Option<&mut Means>) -> (Whole, Tensor<2>) {
        Whole::evaluate(&self.network, images(batch, &self.device), self.backend, means)
    }
}
