//! A CSV table of a run, read line by line in a bounded amount of memory.
//!
//! The tables hold numbers and plain words, so a line is cut at its commas; marks that a spreadsheet put around a word are taken off.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::str;

use super::error::RunError;
use crate::export::table::with_ending;

/// A longer line is none of a run's.
const LONGEST_LINE: u64 = 4096;

/// A table at one of its lines.
pub(super) struct TableReader {
    file: PathBuf,
    input: BufReader<File>,
    columns: &'static [&'static str],
    /// For each column of ours its place in the file.
    places: Vec<usize>,
    fields_in_file: usize,
    /// Lines read, so the number of the one at hand.
    line_number: usize,
    /// Where the line at hand begins, the number of lines before it, and where the next one begins.
    start: u64,
    lines_before: usize,
    position: u64,
    /// The line before the one at hand, and where it begins.
    previous: (u64, Vec<u8>),
    line: Vec<u8>,
    /// Where the fields of the line at hand lie in it.
    fields: Vec<(usize, usize)>,
    at_end: bool,
    /// Whether the run was still being written.
    pub(super) partial: bool,
    /// Whether the last line was cut short, which a table that was still being written may be.
    pub(super) cut_short: bool,
}

impl TableReader {
    /// Opens the table, or what was written of it, and goes to its first line after the header.
    pub(super) fn open(folder: &Path, name: &'static str, columns: &'static [&'static str]) -> Result<Self, RunError> {
        let whole = folder.join(name);
        let unfinished = with_ending(&whole, ".partial");
        let (file, partial) = match (whole.is_file(), unfinished.is_file()) {
            (true, _) => (whole, false),
            (false, true) => (unfinished, true),
            (false, false) => return Err(RunError::NoTable { path: folder.to_owned(), name }),
        };
        let opened = File::open(&file).map_err(|error| RunError::Unreadable { file: file.clone(), error })?;
        let mut table = Self {
            file,
            input: BufReader::with_capacity(1 << 16, opened),
            columns,
            places: Vec::new(),
            fields_in_file: 0,
            line_number: 0,
            start: 0,
            lines_before: 0,
            position: 0,
            previous: (0, Vec::new()),
            line: Vec::new(),
            fields: Vec::new(),
            at_end: false,
            partial,
            cut_short: false,
        };
        table.read_header()?;
        table.advance()?;
        Ok(table)
    }

    fn read_header(&mut self) -> Result<(), RunError> {
        let allowed = || format!("a header with the columns {}", self.columns.join(", "));
        if !self.read_line()? {
            let allowed = allowed();
            self.line_number = 1;
            return Err(self.damaged(None, "an empty file".to_owned(), allowed));
        }
        let header: Vec<&str> = (0..self.fields.len()).map(|field| self.text_at(field).unwrap_or("")).collect();
        let places: Option<Vec<usize>> =
            self.columns.iter().map(|column| header.iter().position(|name| name == column)).collect();
        match places {
            Some(places) => {
                self.fields_in_file = header.len();
                self.places = places;
                Ok(())
            }
            None => Err(self.damaged(None, format!("the header '{}'", shortened(&self.line)), allowed())),
        }
    }

    /// Goes to the next line, or to the end.
    pub(super) fn advance(&mut self) -> Result<(), RunError> {
        std::mem::swap(&mut self.previous.1, &mut self.line);
        self.previous.0 = self.start;
        self.at_end = !self.read_line()?;
        if !self.at_end && self.fields.len() != self.fields_in_file {
            let (found, wanted) = (self.fields.len(), self.fields_in_file);
            let line = shortened(&self.line);
            return Err(self.damaged(None, format!("{found} fields: '{line}'"), format!("{wanted}, as in the header")));
        }
        Ok(())
    }

    /// Reads a line that is not empty and finds its fields; whether there was one.
    fn read_line(&mut self) -> Result<bool, RunError> {
        loop {
            self.line.clear();
            self.fields.clear();
            (self.start, self.lines_before) = (self.position, self.line_number);
            let unreadable = |error| RunError::Unreadable { file: self.file.clone(), error };
            let length =
                self.input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut self.line).map_err(unreadable)?;
            if length == 0 {
                return Ok(false);
            }
            self.line_number += 1;
            self.position += length as u64;
            if self.line.last() != Some(&b'\n') {
                if length as u64 == LONGEST_LINE {
                    let found = format!("a line of {LONGEST_LINE} bytes or more");
                    return Err(self.damaged(None, found, "shorter lines".to_owned()));
                }
                if self.partial {
                    self.cut_short = true;
                    return Ok(false);
                }
                let found = format!("a last line that is cut short: '{}'", shortened(&self.line));
                return Err(self.damaged(None, found, "a line break at the end of every line".to_owned()));
            }
            while self.line.last().is_some_and(u8::is_ascii_whitespace) {
                self.line.pop();
            }
            if !self.line.is_empty() {
                break;
            }
        }
        let mut start = 0;
        for field in self.line.split(|&byte| byte == b',') {
            let quoted = field.len() >= 2 && field.first() == Some(&b'"') && field.last() == Some(&b'"');
            let marks = usize::from(quoted);
            self.fields.push((start + marks, start + field.len() - marks));
            start += field.len() + 1;
        }
        Ok(true)
    }

    /// Where it is: the beginning of the line at hand, or where the next one will begin, and how many lines are before it.
    pub(super) fn place(&self) -> (u64, usize) {
        (self.start, self.lines_before)
    }

    /// Goes back to a place, and whether the table is the one that was begun and holds before it what it held.
    pub(super) fn is_as_it_was(&mut self, folder: &Path, name: &str, place: (u64, usize)) -> Result<bool, RunError> {
        let whole = folder.join(name);
        let named = fs::metadata(&whole).or_else(|_| fs::metadata(with_ending(&whole, ".partial")));
        let own = self.input.get_ref().metadata();
        let (Ok(named), Ok(own)) = (named, own) else { return Ok(false) };
        if !is_same(&named, &own) || own.len() < place.0 {
            return Ok(false);
        }
        let file = self.file.clone();
        let unreadable = |error| RunError::Unreadable { file: file.clone(), error };
        let mut found = vec![0; self.previous.1.len()];
        self.input.seek(SeekFrom::Start(self.previous.0)).map_err(unreadable)?;
        if self.previous.0 < place.0 && (self.input.read_exact(&mut found).is_err() || found != self.previous.1) {
            return Ok(false);
        }
        self.input.seek(SeekFrom::Start(place.0)).map_err(unreadable)?;
        (self.position, self.line_number, self.cut_short) = (place.0, place.1, false);
        let previous = std::mem::take(&mut self.previous);
        self.advance()?;
        self.previous = previous;
        Ok(true)
    }

    /// Whether there is no line at hand.
    pub(super) fn at_end(&self) -> bool {
        self.at_end
    }

    fn text_at(&self, field: usize) -> Option<&str> {
        let (start, end) = *self.fields.get(field)?;
        str::from_utf8(&self.line[start..end]).ok()
    }

    /// The words in one of our columns; nothing where they are no text.
    pub(super) fn text(&self, column: usize) -> Option<&str> {
        self.text_at(self.places[column])
    }

    /// The number in a column.
    pub(super) fn number(&self, column: usize) -> Result<f64, RunError> {
        self.parsed(column, "a number")
    }

    /// The number in a column; nothing where the column is empty.
    pub(super) fn number_or_nothing(&self, column: usize) -> Result<Option<f64>, RunError> {
        if self.text(column) == Some("") {
            return Ok(None);
        }
        self.parsed(column, "a number, or nothing").map(Some)
    }

    /// The whole number in a column.
    pub(super) fn whole(&self, column: usize) -> Result<usize, RunError> {
        self.parsed(column, "a whole number")
    }

    /// What the words in a column mean.
    pub(super) fn parsed<T: str::FromStr>(&self, column: usize, allowed: &str) -> Result<T, RunError> {
        let value = self.text(column).and_then(|text| text.parse().ok());
        value.ok_or_else(|| self.wrong(column, allowed.to_owned()))
    }

    /// What stands in that column of the line at hand cannot be.
    pub(super) fn wrong(&self, column: usize, allowed: String) -> RunError {
        let (start, end) = self.fields[self.places[column]];
        let found = format!("'{}'", shortened(&self.line[start..end]));
        self.damaged(Some(self.columns[column]), found, allowed)
    }

    /// The line at hand cannot be.
    pub(super) fn damaged(&self, column: Option<&str>, found: String, allowed: String) -> RunError {
        let column = column.map(str::to_owned);
        RunError::Damaged { file: self.file.clone(), line: self.line_number, column, found, allowed }
    }
}

/// Whether two are the same file.
#[cfg(unix)]
fn is_same(one: &fs::Metadata, other: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

/// Whether two may be the same file: their length and their last line tell the rest.
#[cfg(not(unix))]
fn is_same(_: &fs::Metadata, _: &fs::Metadata) -> bool {
    true
}

/// The beginning of a text that may be anything.
fn shortened(bytes: &[u8]) -> String {
    const MOST: usize = 60;
    let text: String = String::from_utf8_lossy(&bytes[..bytes.len().min(4 * MOST)]).trim_end().chars().collect();
    let mut short: String = text.chars().take(MOST).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    if text.chars().count() > MOST {
        short.push('…');
    }
    short
}
