//! What an experiment asks, and of what.

use crate::arch::NetworkKind;
use crate::arch::words;
use crate::config::Origin;
use crate::text::Translated;

/// A question, what is trained to answer it, and how the answer is computed.
#[derive(Clone, Debug, PartialEq)]
pub struct Experiment {
    /// Its name: that of its file.
    pub name: String,
    /// Its file as it was written; a folder of results keeps it.
    pub source: String,
    /// Whether it is the short form, for a lesson.
    pub quick: bool,
    /// What is asked.
    pub question: Translated,
    /// What would be taken for yes.
    pub yes: Translated,
    /// What would be taken for no.
    pub no: Translated,
    /// What the paper says, and where.
    pub paper: Option<Translated>,
    /// Which networks; each is trained by itself.
    pub networks: Vec<NetworkKind>,
    /// Every combination is made once with each of them.
    pub seeds: Vec<u64>,
    /// Settings of all runs over the default ones.
    pub set: Vec<Written>,
    /// What varies; every value with every other.
    pub axes: Vec<Axis>,
    /// What is compared.
    pub compare: Compare,
}

/// A setting as a file has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// Its full name.
    pub name: String,
    /// Its value as `--set` has it.
    pub value: String,
    /// Where it stands.
    pub origin: Origin,
}

/// Something that varies.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// The setting's name, or what several settings together are called.
    pub name: String,
    /// What it is, one after another.
    pub values: Vec<AxisValue>,
}

/// One value of an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct AxisValue {
    /// What it is called.
    pub name: String,
    /// It as a number, if it is one.
    pub number: Option<f64>,
    /// The settings that it stands for.
    pub set: Vec<Written>,
}

/// What is compared, and how the answer follows.
#[derive(Clone, Debug, PartialEq)]
pub struct Compare {
    /// How the answer follows.
    pub rule: Rule,
    /// What is measured of each run.
    pub measure: Measure,
    /// What it is drawn against, one panel each.
    pub along: Vec<Along>,
    /// The axis along which lines run; what else varies tells lines apart.
    pub over: usize,
}

/// How an answer follows from means and ranges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// The first against the second at every place of the axes: yes where it is better.
    Paired {
        /// A network, or a value of an axis.
        first: String,
        /// Another of the same.
        second: String,
    },
    /// What the first needs, along the first of `along`, for the best value that both reach: yes where it needs less.
    Fewer {
        /// A network, or a value of an axis.
        first: String,
        /// Another of the same.
        second: String,
    },
    /// From the first value of the axis to its last: yes where it gets better.
    Trend,
    /// Whether it learns anything at all: yes where the first does and the second does not.
    Learns {
        /// A network, or a value of an axis.
        first: String,
        /// Another of the same.
        second: String,
    },
}

/// What is measured of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// Share of the validation images that it classifies right at its end.
    Accuracy,
    /// The highest that this was at any validation.
    BestAccuracy,
    /// Mean cross-entropy on the validation images at its end.
    Loss,
    /// Accuracy on the training batches of the last tenth of the steps, less that on the validation images: what it learnt of the training images alone.
    Gap,
    /// Mean over the last tenth of the steps of the L2 norm of ∂L/∂W of the stem.
    StemGradient,
}

words!(Measure {
    Accuracy = "accuracy",
    BestAccuracy = "best_accuracy",
    Loss = "loss",
    Gap = "gap",
    StemGradient = "stem_gradient"
});

impl Measure {
    /// Every measure.
    pub const ALL: [Self; 5] = [Self::Accuracy, Self::BestAccuracy, Self::Loss, Self::Gap, Self::StemGradient];

    /// Whether more of it is better.
    pub const fn more_is_better(self) -> bool {
        match self {
            Self::Accuracy | Self::BestAccuracy | Self::StemGradient => true,
            Self::Loss | Self::Gap => false,
        }
    }
}

/// What a measure is drawn against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Along {
    /// Trainable numbers.
    Parameters,
    /// Multiply-adds of one image forward.
    MultiplyAdds,
    /// Convolutions on the way, and the linear layer.
    Depth,
    /// Seconds of training steps, as they were measured beside whatever else the machine did.
    Seconds,
    /// An axis, by its place.
    Axis(usize),
}

impl Along {
    /// Those that every experiment has, with their names.
    pub const COSTS: [(&'static str, Self); 4] = [
        ("parameters", Self::Parameters),
        ("multiply_adds", Self::MultiplyAdds),
        ("depth", Self::Depth),
        ("seconds", Self::Seconds),
    ];
}

impl Experiment {
    /// How many runs it takes.
    pub fn runs(&self) -> usize {
        self.axes.iter().map(|axis| axis.values.len()).product::<usize>() * self.networks.len() * self.seeds.len()
    }
}
