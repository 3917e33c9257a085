//! `densescope cut`

use std::collections::BTreeSet;
use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::cut_arguments::{CutArguments, CutFlags};
use super::failure::{Failure, INTERRUPTED};
use super::settings::compute_threads;
use super::table::{Alignment, Table, grouped};
use super::train::leave_charts;
use crate::arch::{Architecture, Cuts, How, Link, UnknownLink};
use crate::data::{DataSet, load};
use crate::export::{CUTS, SavedRun, write_cuts};
use crate::model::weights::TensorFile;
use crate::telemetry::{CutMap, Evaluation, NetworkHistory};
use crate::text::number::percent;
use crate::training::{Session, Still, Threads};

pub(super) fn cut(arguments: &CutArguments) -> Result<ExitCode, Failure> {
    let CutArguments { run, network, cut, images, threads } = arguments;
    let saved = SavedRun::read(run)?;
    let networks: Vec<&Architecture> =
        saved.networks.iter().filter(|own| network.is_none_or(|kind| own.kind == kind)).collect();
    if let (Some(kind), true) = (network, networks.is_empty()) {
        let names: Vec<&str> = saved.networks.iter().map(|network| network.kind.name()).collect();
        return Err(Failure::usage(&format!(
            "--network: found {kind}; allowed: {}, the networks of {}",
            names.join(", "),
            run.display()
        )));
    }
    let sets = sets(&cut.cut, &networks)?;
    let data = &saved.config.data;
    if let Some(asked) = images.filter(|asked| *asked > data.validation) {
        return Err(Failure::usage(&format!(
            "--images: found {asked}; allowed: 1 to {}, the validation images of {}",
            data.validation,
            run.display()
        )));
    }
    let stop = stop_at_ctrl_c()?;
    let (threads, _) = compute_threads(*threads)?;
    let data = load(data, data.train, data.validation, saved.config.seed)?;
    let images = images.unwrap_or(data.validation.len());
    let study = Study { saved: &saved, data: &data, images, threads: &threads, stop: &stop };
    if let Some(sets) = sets { study.cut_sets(&sets, cut) } else { study.cut_each(&networks, cut.how) }
}

/// A run whose networks are cut.
struct Study<'a> {
    saved: &'a SavedRun,
    data: &'a DataSet,
    images: usize,
    threads: &'a Threads,
    stop: &'a AtomicBool,
}

impl Study<'_> {
    /// Cuts a set of links in each of these networks, and prints what comes of it.
    fn cut_sets(&self, sets: &[(&Architecture, BTreeSet<Link>)], flags: &CutFlags) -> Result<ExitCode, Failure> {
        let goes_on = || !self.stop.load(Ordering::Relaxed);
        let mut found = Vec::new();
        for (network, links) in sets {
            let cuts = Cuts { links: links.clone(), how: flags.how };
            let still = self.still(network)?;
            let evaluations = still.whole(self.data, self.images, goes_on).and_then(|whole| {
                let cut = still.cut(self.data, &cuts, &whole, goes_on)?;
                Some((*network, whole.evaluation, cut))
            });
            let Some(evaluations) = evaluations else { return Ok(ExitCode::from(INTERRUPTED)) };
            found.push(evaluations);
        }
        let names = flags.cut.join(",");
        writeln!(io::stdout(), "{}", set_table(&names, flags.how.name(), self.images, &found))?;
        Ok(ExitCode::SUCCESS)
    }

    /// Cuts every single link in turn, and leaves table, figure and report in the run folder.
    fn cut_each(&self, networks: &[&Architecture], how: How) -> Result<ExitCode, Failure> {
        let folder = &self.saved.path;
        let mut maps = Vec::new();
        for network in networks {
            match self.map(&self.still(network)?, how) {
                Some(map) => maps.push(map),
                None => return Ok(ExitCode::from(INTERRUPTED)),
            }
        }
        write_cuts(folder, &maps)?;
        leave_charts(folder).map_err(|error| Failure::failed(&error))?;
        writeln!(io::stdout(), "{}", map_table(&maps))?;
        writeln!(io::stdout(), "{}", folder.join(CUTS).display())?;
        Ok(ExitCode::SUCCESS)
    }

    /// The network with the weights it had at the run's end.
    fn still(&self, network: &Architecture) -> Result<Still, Failure> {
        let Self { saved, threads, .. } = self;
        let weights = TensorFile::read(&saved.path.join("weights").join(format!("{}.safetensors", network.kind)))?;
        let mut session = Session::new(network, &saved.config.training, saved.config.seed, threads);
        session.load(&weights)?;
        Ok(session.still())
    }

    /// Every single link in turn, with a bar on a terminal and a line at the end elsewhere; nothing once it was stopped.
    fn map(&self, still: &Still, how: How) -> Option<CutMap> {
        let (network, images) = (still.architecture(), self.images);
        let (links, kind) = (network.links().len(), network.kind);
        let bar = io::stderr().is_terminal().then(|| {
            let style = ProgressStyle::with_template("{prefix:<8} {bar:32.cyan/dim} {percent:>3} %  {msg}")
                .expect("the template is well formed")
                .progress_chars("━╸─");
            let bar = ProgressBar::with_draw_target(Some(1000), ProgressDrawTarget::stderr_with_hz(10));
            bar.set_style(style);
            bar.set_prefix(kind.name());
            bar.set_message(format!("{links} links on {} images", grouped(images as u64)));
            bar
        });
        let start = Instant::now();
        let map = still.map_of_cuts(self.data, how, images, |done| {
            if let Some(bar) = &bar {
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share from 0 to 1")]
                bar.set_position((done * 1000.0) as u64);
            }
            !self.stop.load(Ordering::Relaxed)
        });
        if let Some(bar) = bar {
            bar.finish_and_clear();
        }
        let seconds = start.elapsed().as_secs_f64();
        match &map {
            Some(_) => eprintln!("{kind}: {links} links on {} images in {seconds:.1} s", grouped(images as u64)),
            None => eprintln!("{kind}: stopped after {seconds:.1} s; nothing is written"),
        }
        let step = self.saved.history.network(kind).and_then(NetworkHistory::last_step).unwrap_or(0);
        map.map(|map| CutMap { step, ..map })
    }
}

/// A set of links for each network that has all of them; nothing if none is named.
type Sets<'a> = Option<Vec<(&'a Architecture, BTreeSet<Link>)>>;

fn sets<'a>(names: &[String], networks: &[&'a Architecture]) -> Result<Sets<'a>, Failure> {
    if names.is_empty() {
        return Ok(None);
    }
    let (mut sets, mut refused): (Vec<_>, Option<UnknownLink>) = (Vec::new(), None);
    for &network in networks {
        match names.iter().map(|name| network.link(name.trim())).collect::<Result<_, _>>() {
            Ok(links) => sets.push((network, links)),
            Err(error) => refused = refused.or(Some(error)),
        }
    }
    match refused {
        Some(error) if sets.is_empty() => Err(Failure::usage(&format!("--cut: {error}"))),
        Some(_) | None => Ok(Some(sets)),
    }
}

/// The first Ctrl-C stops without leaving anything; the second quits at once.
fn stop_at_ctrl_c() -> Result<Arc<AtomicBool>, Failure> {
    let stop = Arc::new(AtomicBool::new(false));
    let asked = stop.clone();
    ctrlc::set_handler(move || {
        if asked.swap(true, Ordering::Relaxed) {
            std::process::exit(INTERRUPTED.into());
        }
    })
    .map_err(|error| Failure::failed(&format!("cannot listen for Ctrl-C: {error}")))?;
    Ok(stop)
}

/// How many of the links that cost most are printed.
const PRINTED: usize = 10;

/// What cutting one set of links does.
fn set_table(names: &str, how: &str, images: usize, found: &[(&Architecture, Evaluation, Evaluation)]) -> String {
    let mut table = Table::new(&[
        ("network", Alignment::Left),
        ("loss", Alignment::Right),
        ("cut", Alignment::Right),
        ("accuracy", Alignment::Right),
        ("cut", Alignment::Right),
    ]);
    for (network, whole, cut) in found {
        table.row([
            network.kind.name().to_owned(),
            format!("{:.4}", whole.loss),
            format!("{:.4}", cut.loss),
            percent(whole.accuracy),
            percent(cut.accuracy),
        ]);
    }
    format!("{names} cut ({how}), on {} validation images\n{}", grouped(images as u64), table.for_terminal())
}

/// The links that cost most, of every network.
fn map_table(maps: &[CutMap]) -> String {
    let mut table = Table::new(&[
        ("network", Alignment::Left),
        ("link", Alignment::Left),
        ("loss", Alignment::Right),
        ("cut", Alignment::Right),
        ("accuracy", Alignment::Right),
        ("cut", Alignment::Right),
    ]);
    for map in maps {
        let mut cuts: Vec<_> = map.cuts.iter().collect();
        cuts.sort_by(|a, b| b.evaluation.loss.total_cmp(&a.evaluation.loss));
        for cut in cuts.into_iter().take(PRINTED) {
            table.row([
                map.network.name().to_owned(),
                cut.link.to_string(),
                format!("{:.4}", map.whole.loss),
                format!("{:.4}", cut.evaluation.loss),
                percent(map.whole.accuracy),
                percent(cut.evaluation.accuracy),
            ]);
        }
    }
    format!("The {PRINTED} links of each network that cost most\n{}", table.for_terminal())
}
