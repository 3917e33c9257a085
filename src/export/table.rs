//! A CSV table that grows with a run.

use std::fs::{self, File, TryLockError};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::error::ExportError;
use super::form::TABLES;

/// A table under a `.partial` name, until it is finished.
pub(super) struct GrowingTable {
    path: PathBuf,
    partial: PathBuf,
    file: File,
    rows: csv::Writer<Vec<u8>>,
    /// Bytes of the file that are whole rows.
    whole: u64,
}

impl GrowingTable {
    /// Starts the table with its header.
    pub(super) fn create(path: &Path, header: &[&str]) -> Result<Self, ExportError> {
        let partial = with_ending(path, ".partial");
        let file = File::create(&partial).map_err(ExportError::unwritable(&partial))?;
        lock(&file, &partial)?;
        let rows = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
        let mut table = Self { path: path.to_owned(), partial, file, rows, whole: 0 };
        table.push(header);
        table.write_out()?;
        Ok(table)
    }

    /// Refuses a table that another process writes.
    pub(super) fn refuse_in_use(path: &Path) -> Result<(), ExportError> {
        let partial = with_ending(path, ".partial");
        File::open(&partial).map_or(Ok(()), |file| lock(&file, &partial))
    }

    /// Finds a table, finished or not, that is to go on after so many bytes.
    pub(super) fn find(path: &Path, length: u64) -> Result<FoundTable, ExportError> {
        let partial = with_ending(path, ".partial");
        let at = if path.is_file() { path } else { &partial };
        let mut file = File::options().read(true).write(true).open(at).map_err(ExportError::unwritable(at))?;
        lock(&file, at)?;
        let found = file.metadata().map_err(ExportError::unwritable(at))?.len();
        let mut last = [0];
        let read = length
            .checked_sub(1)
            .filter(|_| found >= length)
            .map(|place| file.seek(SeekFrom::Start(place)).and_then(|_| file.read_exact(&mut last)));
        read.transpose().map_err(ExportError::unwritable(at))?;
        if last != [b'\n'] {
            return Err(ExportError::TableChanged { path: at.to_owned(), found, length });
        }
        Ok(FoundTable { at: at.to_owned(), file })
    }

    /// Sees to it that the rows so far outlast a power cut; how many bytes they are.
    pub(super) fn keep(&mut self) -> Result<u64, ExportError> {
        self.file.sync_data().map_err(ExportError::unwritable(&self.partial))?;
        Ok(self.whole)
    }

    /// Adds a row, in memory.
    pub(super) fn push(&mut self, row: impl Serialize) {
        self.rows.serialize(row).expect("memory takes any row of numbers and words");
    }

    /// Writes the rows added since to the file.
    pub(super) fn write_out(&mut self) -> Result<(), ExportError> {
        let writer = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
        let rows = std::mem::replace(&mut self.rows, writer).into_inner().expect("memory takes any row");
        self.file.write_all(&rows).map_err(ExportError::unwritable(&self.partial))?;
        self.whole += rows.len() as u64;
        Ok(())
    }

    /// Gives the table its final name, with all rows that were written whole.
    pub(super) fn finish(self) -> Result<(), ExportError> {
        let refused = || ExportError::unwritable(&self.path);
        self.file.set_len(self.whole).map_err(refused())?;
        self.file.sync_all().map_err(refused())?;
        fs::rename(&self.partial, &self.path).map_err(refused())
    }
}

/// A table that is there and may go on.
pub(super) struct FoundTable {
    at: PathBuf,
    file: File,
}

impl FoundTable {
    /// Goes on with it after so many bytes, under its `.partial` name.
    pub(super) fn resume(mut self, path: &Path, length: u64) -> Result<GrowingTable, ExportError> {
        let partial = with_ending(path, ".partial");
        if self.at != partial {
            fs::rename(&self.at, &partial).map_err(ExportError::unwritable(&self.at))?;
        }
        let refused = || ExportError::unwritable(&partial);
        self.file.set_len(length).map_err(refused())?;
        self.file.seek(SeekFrom::Start(length)).map_err(refused())?;
        let rows = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
        Ok(GrowingTable { path: path.to_owned(), partial, file: self.file, rows, whole: length })
    }
}

/// Whether a process writes the tables of the run in that folder.
pub(super) fn is_written(folder: &Path) -> bool {
    let partial = with_ending(&folder.join(TABLES[0]), ".partial");
    File::open(&partial).is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
}

/// Keeps other processes from writing the file until it is closed, where the system can.
fn lock(file: &File, path: &Path) -> Result<(), ExportError> {
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err(ExportError::InUse(path.to_owned())),
        Ok(()) | Err(TryLockError::Error(_)) => Ok(()),
    }
}

/// The path with something after its name.
pub(super) fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_its_final_name_only_when_it_is_finished() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("metrics.csv");
        let mut table = GrowingTable::create(&path, &["step", "loss"]).unwrap();
        table.push((1, 0.25));
        table.write_out().unwrap();
        assert!(!path.exists());
        assert_eq!(fs::read_to_string(folder.path().join("metrics.csv.partial")).unwrap(), "step,loss\n1,0.25\n");
        table.finish().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "step,loss\n1,0.25\n");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn rows_that_were_not_written_out_are_no_part_of_a_finished_table() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("metrics.csv");
        let mut table = GrowingTable::create(&path, &["step"]).unwrap();
        table.file.write_all(b"half a r").unwrap(); // as a disk that fills up leaves it
        table.finish().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "step\n");
    }
}
