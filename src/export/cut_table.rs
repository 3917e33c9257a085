//! `cuts.csv` of a run folder: what cutting every single link costs. Written at once, and read back.

use std::fs;
use std::path::Path;

use super::error::ExportError;
use super::saved_run::RunError;
use super::whole::write_whole;
use crate::arch::{Architecture, How, Link};
use crate::telemetry::{CutCost, CutMap, Evaluation};

/// The file's name.
pub const CUTS: &str = "cuts.csv";

const COLUMNS: [&str; 9] =
    ["network", "block", "layer", "source", "how", "loss", "accuracy", "loss_whole", "accuracy_whole"];

/// Writes the maps of a run's networks, in place of those that were there.
///
/// # Errors
///
/// When the system refuses; then what was there is untouched.
///
/// # Panics
///
/// Never: memory takes any row of numbers and words.
pub fn write_cuts(folder: &Path, maps: &[CutMap]) -> Result<(), ExportError> {
    let mut table = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
    table.serialize(COLUMNS).expect("memory takes any row");
    for CutMap { network, how, step: _, whole, cuts } in maps {
        for CutCost { link, evaluation } in cuts {
            let (block, layer) = link.end();
            let row = (
                (network.name(), block, layer, source(*link), how.name()),
                (evaluation.loss, evaluation.accuracy, whole.loss, whole.accuracy),
            );
            table.serialize(row).expect("memory takes any row");
        }
    }
    write_whole(&folder.join(CUTS), &table.into_inner().expect("memory takes any row"))
}

/// The source as in `edges.csv`.
fn source(link: Link) -> String {
    match link {
        Link::Slice { source, .. } => source.to_string(),
        Link::Identity { .. } => "identity".to_owned(),
        Link::Branch { .. } => "branch".to_owned(),
    }
}

/// The link whose source is written so.
fn link(network: &Architecture, [block, layer, source]: [&str; 3]) -> Option<Link> {
    let name = match source {
        "identity" | "branch" => format!("{block}.{layer}:{source}"),
        source => format!("{block}.{source}>{layer}"),
    };
    network.link(&name).ok()
}

/// Reads the maps of a run's networks, which were made of their weights after so many steps; none where the run has no such file.
pub(super) fn read_cuts(folder: &Path, networks: &[(&Architecture, usize)]) -> Result<Vec<CutMap>, RunError> {
    let file = folder.join(CUTS);
    let bytes = match fs::read(&file) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(RunError::Unreadable { file, error }),
    };
    let damaged = |line: usize, column: Option<&str>, found: String, allowed: String| RunError::Damaged {
        file: file.clone(),
        line,
        column: column.map(str::to_owned),
        found,
        allowed,
    };
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(&bytes[..]);
    let mut maps: Vec<CutMap> = Vec::new();
    for (index, record) in reader.records().enumerate() {
        let line = index + 1;
        let record = record.map_err(|error| damaged(line, None, error.to_string(), "a table of numbers".to_owned()))?;
        let fields: Vec<&str> = record.iter().collect();
        let Ok(fields) = <[&str; COLUMNS.len()]>::try_from(fields) else {
            let found = format!("{} fields", record.len());
            return Err(damaged(line, None, found, format!("the {} columns {}", COLUMNS.len(), COLUMNS.join(", "))));
        };
        if line == 1 {
            if fields != COLUMNS {
                let found = format!("the header '{}'", fields.join(","));
                return Err(damaged(line, None, found, COLUMNS.join(",")));
            }
            continue;
        }
        let wrong = |column: usize, allowed: String| {
            let found: String = fields[column].chars().take(60).collect();
            damaged(line, Some(COLUMNS[column]), format!("'{found}'"), allowed)
        };
        let number = |column: usize| {
            let number = fields[column].parse::<f64>();
            number.map_err(|_| wrong(column, "a number".to_owned()))
        };
        let network = networks.iter().find(|(network, _)| network.kind.name() == fields[0]);
        let &(network, step) = network.ok_or_else(|| {
            let names: Vec<&str> = networks.iter().map(|(network, _)| network.kind.name()).collect();
            wrong(0, format!("{}, the networks of run.toml", names.join(", ")))
        })?;
        let link = link(network, [fields[1], fields[2], fields[3]]);
        let link = link.ok_or_else(|| wrong(3, format!("a source of that layer of the {} network", network.kind)))?;
        let how = How::from_name(fields[4]).ok_or_else(|| wrong(4, How::WORDS.join(", ")))?;
        let evaluation = Evaluation { loss: number(5)?, accuracy: number(6)? };
        let whole = Evaluation { loss: number(7)?, accuracy: number(8)? };
        let kind = network.kind;
        let cost = CutCost { link, evaluation };
        match maps.iter_mut().find(|map: &&mut CutMap| (map.network, map.how) == (kind, how)) {
            Some(map) => map.cuts.push(cost),
            None => maps.push(CutMap { network: kind, how, step, whole, cuts: vec![cost] }),
        }
    }
    Ok(maps)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arch::{ImageShape, Input, NetworkKind, NetworkSpec};

    fn networks() -> Vec<Architecture> {
        let input = Input { image: ImageShape { channels: 1, height: 8, width: 8 }, classes: 3 };
        let spec = NetworkSpec::bottleneck_compressed(&[2, 1], 4, 3);
        NetworkKind::ALL.into_iter().map(|kind| Architecture::new(kind, &spec, input).unwrap()).collect()
    }

    fn maps(networks: &[Architecture]) -> Vec<CutMap> {
        let map = |network: &Architecture| {
            let cut = |(index, link)| {
                let evaluation = Evaluation { loss: 1.5 + index as f64 / 7.0, accuracy: 0.25 };
                CutCost { link, evaluation }
            };
            let cuts = network.links().into_iter().enumerate().map(cut).collect();
            let whole = Evaluation { loss: 0.1, accuracy: 1.0 / 3.0 };
            CutMap { network: network.kind, how: How::Mean, step: 40, whole, cuts }
        };
        networks.iter().map(map).collect()
    }

    #[test]
    fn the_maps_come_back_as_they_were_and_a_second_writing_replaces_the_first() {
        let (folder, networks) = (tempfile::tempdir().unwrap(), networks());
        let with_steps: Vec<_> = networks.iter().map(|network| (network, 40)).collect();
        assert_eq!(read_cuts(folder.path(), &with_steps).unwrap(), Vec::new());
        let maps = maps(&networks);
        write_cuts(folder.path(), &maps).unwrap();
        assert_eq!(read_cuts(folder.path(), &with_steps).unwrap(), maps);
        write_cuts(folder.path(), &maps[..1]).unwrap();
        assert_eq!(read_cuts(folder.path(), &with_steps).unwrap(), maps[..1]);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn a_damaged_table_is_refused_with_its_line_and_column() {
        let (folder, networks) = (tempfile::tempdir().unwrap(), networks());
        let with_steps: Vec<_> = networks.iter().map(|network| (network, 40)).collect();
        let header = COLUMNS.join(",");
        for (rows, parts) in [
            ("dense,1,0,0,zero,1,1,1,1", [":2:", "column source", "'0'"]),
            ("dense,1,1,branch,zero,1,1,1,1", [":2:", "column source", "'branch'"]),
            ("dense,1,1,0,zero,x,1,1,1", [":2:", "column loss", "'x'"]),
            ("other,1,1,0,zero,1,1,1,1", [":2:", "column network", "dense, residual, plain"]),
            ("plain,1,1,branch,zero,1,1,1,1\nplain,1,1,branch,half,1,1,1,1", [":3:", "column how", "zero, mean"]),
            ("dense,1,1", [":2:", "3 fields", "9 columns"]),
        ] {
            fs::write(folder.path().join(CUTS), format!("{header}\n{rows}\n")).unwrap();
            let error = read_cuts(folder.path(), &with_steps).unwrap_err().to_string();
            assert!(parts.iter().all(|part| error.contains(part)), "{error} for {rows}");
        }
        fs::write(folder.path().join(CUTS), "loss\n1\n").unwrap();
        assert!(read_cuts(folder.path(), &with_steps).unwrap_err().to_string().contains(":1:"));
    }
}
