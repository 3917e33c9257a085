//! Just enough of Python's pickle format to read CIFAR's dictionaries, whose pictures are bytes or a numpy array of bytes.
//!
//! Values are built, nothing is called: of the names that a pickle may mention, four are understood as what they stand for
//! (`_codecs.encode`, numpy's `_reconstruct`, `ndarray` and `dtype`), all others end the reading. Values live in one list and
//! refer to each other by place; bytes are those of the pickle itself, and what is spelt out of texts is limited, so that no
//! pickle takes more memory than a small multiple of its size.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::data::error::PickleFault;

/// The pictures and labels of one file.
pub(super) struct Batch<'a> {
    pub(super) pixels: Cow<'a, [u8]>,
    pub(super) labels: Vec<u16>,
}

/// The pictures, and the labels under this key.
pub(super) fn batch<'a>(bytes: &'a [u8], key: &'static str) -> Result<Batch<'a>, PickleFault> {
    let mut machine = Machine::run(bytes)?;
    let numbers = machine.list(key)?.iter().map(|&item| match machine.values[item] {
        Value::Integer(number) => u16::try_from(number).map_err(|_| PickleFault::Lacks(key)),
        _ => Err(PickleFault::Lacks(key)),
    });
    let labels = numbers.collect::<Result<_, _>>()?;
    let place = machine.entry("data")?;
    match std::mem::replace(&mut machine.values[place], Value::None) {
        Value::Bytes(pixels) | Value::Array(pixels) => Ok(Batch { pixels, labels }),
        _ => Err(PickleFault::Lacks("data")),
    }
}

/// The list of names under this key.
pub(super) fn names(bytes: &[u8], key: &'static str) -> Result<Vec<String>, PickleFault> {
    let machine = Machine::run(bytes)?;
    let names = machine.list(key)?.iter().map(|&item| match &machine.values[item] {
        Value::Bytes(bytes) => Ok(String::from_utf8_lossy(bytes).into_owned()),
        Value::Text(text) => Ok(text.clone()),
        _ => Err(PickleFault::Lacks(key)),
    });
    names.collect()
}

/// A value; items of lists, tuples and dictionaries are places in the list of values.
enum Value<'a> {
    None,
    Integer(i64),
    /// Bytes of the pickle itself, or spelt out of a text.
    Bytes(Cow<'a, [u8]>),
    Text(String),
    List(Vec<usize>),
    Tuple(Vec<usize>),
    Dictionary(Vec<(usize, usize)>),
    Name(Name),
    /// numpy's array of bytes, empty until its state is set.
    Array(Cow<'a, [u8]>),
    /// numpy's type of bytes.
    ByteType,
}

/// The most steps of a pickle, each of which makes a value at most: CIFAR-100's have some hundred thousand.
const MOST_STEPS: usize = 4_000_000;
/// The most bytes that texts may spell out: two of the largest files.
const MOST_SPELT: usize = 400_000_000;

/// The names that mean something here.
#[derive(Clone, Copy)]
enum Name {
    Encode,
    Reconstruct,
    Ndarray,
    Dtype,
}

struct Machine<'a> {
    rest: &'a [u8],
    values: Vec<Value<'a>>,
    stack: Vec<usize>,
    marks: Vec<usize>,
    memo: BTreeMap<u32, usize>,
    memoized: u32,
    /// Bytes that were spelt out of texts.
    spelt: usize,
}

impl<'a> Machine<'a> {
    fn run(bytes: &'a [u8]) -> Result<Self, PickleFault> {
        let mut machine = Self {
            rest: bytes,
            values: Vec::new(),
            stack: Vec::new(),
            marks: Vec::new(),
            memo: BTreeMap::new(),
            memoized: 0,
            spelt: 0,
        };
        for _ in 0..MOST_STEPS {
            if !machine.step()? {
                return Ok(machine);
            }
        }
        Err(PickleFault::Confused)
    }

    /// The place of the value of a key in the dictionary that the pickle ends with.
    fn entry(&self, wanted: &'static str) -> Result<usize, PickleFault> {
        let top = self.stack.last().map(|&top| &self.values[top]);
        let Some(Value::Dictionary(entries)) = top else { return Err(PickleFault::Lacks(wanted)) };
        let is_wanted = |key: usize| match &self.values[key] {
            Value::Bytes(bytes) => bytes.as_ref() == wanted.as_bytes(),
            Value::Text(text) => text == wanted,
            Value::None
            | Value::Integer(_)
            | Value::List(_)
            | Value::Tuple(_)
            | Value::Dictionary(_)
            | Value::Name(_)
            | Value::Array(_)
            | Value::ByteType => false,
        };
        let entry = entries.iter().find(|(key, _)| is_wanted(*key));
        entry.map(|&(_, value)| value).ok_or(PickleFault::Lacks(wanted))
    }

    fn list(&self, key: &'static str) -> Result<&[usize], PickleFault> {
        match &self.values[self.entry(key)?] {
            Value::List(items) => Ok(items),
            _ => Err(PickleFault::Lacks(key)),
        }
    }

    /// One step of the pickle; whether there is another.
    #[expect(clippy::too_many_lines, reason = "one arm for each step that pickles of this form have")]
    fn step(&mut self) -> Result<bool, PickleFault> {
        let [code] = self.array()?;
        match code {
            0x80 => drop(self.take(1)?), // protocol
            0x95 => drop(self.take(8)?), // frame
            b'(' => self.marks.push(self.stack.len()),
            b'N' => self.push(Value::None),
            0x88 => self.push(Value::Integer(1)),
            0x89 => self.push(Value::Integer(0)),
            b'K' => {
                let [byte] = self.array()?;
                self.push(Value::Integer(byte.into()));
            }
            b'M' => {
                let number = u16::from_le_bytes(self.array()?);
                self.push(Value::Integer(number.into()));
            }
            b'J' => {
                let number = i32::from_le_bytes(self.array()?);
                self.push(Value::Integer(number.into()));
            }
            b'I' => {
                let number = self.line()?.parse().map_err(|_| PickleFault::Confused)?;
                self.push(Value::Integer(number));
            }
            b'U' | b'C' => {
                let [length] = self.array()?;
                let bytes = self.take(length.into())?;
                self.push(Value::Bytes(Cow::Borrowed(bytes)));
            }
            b'T' | b'B' => {
                let bytes = self.counted()?;
                self.push(Value::Bytes(Cow::Borrowed(bytes)));
            }
            b'X' => {
                let text = String::from_utf8_lossy(self.counted()?).into_owned();
                self.push(Value::Text(text));
            }
            0x8c => {
                let [length] = self.array()?;
                let text = String::from_utf8_lossy(self.take(length.into())?).into_owned();
                self.push(Value::Text(text));
            }
            b'}' => self.push(Value::Dictionary(Vec::new())),
            b']' => self.push(Value::List(Vec::new())),
            b')' => self.push(Value::Tuple(Vec::new())),
            b't' => {
                let items = self.since_mark()?;
                self.push(Value::Tuple(items));
            }
            0x85..=0x87 => {
                let count = usize::from(code - 0x84);
                let start = self.stack.len().checked_sub(count).ok_or(PickleFault::Confused)?;
                let items = self.stack.split_off(start);
                self.push(Value::Tuple(items));
            }
            b'a' => {
                let item = self.pop()?;
                self.append(vec![item])?;
            }
            b'e' => {
                let items = self.since_mark()?;
                self.append(items)?;
            }
            b's' => {
                let (value, key) = (self.pop()?, self.pop()?);
                self.insert(&[key, value])?;
            }
            b'u' => {
                let items = self.since_mark()?;
                self.insert(&items)?;
            }
            b'q' => {
                let [place] = self.array()?;
                self.remember(place.into())?;
            }
            b'r' => {
                let place = u32::from_le_bytes(self.array()?);
                self.remember(place)?;
            }
            0x94 => {
                self.remember(self.memoized)?;
                self.memoized += 1;
            }
            b'h' => {
                let [place] = self.array()?;
                self.recall(place.into())?;
            }
            b'j' => {
                let place = u32::from_le_bytes(self.array()?);
                self.recall(place)?;
            }
            b'c' => {
                let (module, name) = (self.line()?, self.line()?);
                self.name(&module, &name)?;
            }
            0x93 => {
                let (name, module) = (self.text()?, self.text()?);
                self.name(&module, &name)?;
            }
            b'R' => self.reduce()?,
            b'b' => self.build()?,
            b'.' => return Ok(false),
            other => return Err(PickleFault::Step(other)),
        }
        Ok(true)
    }

    fn push(&mut self, value: Value<'a>) {
        self.stack.push(self.values.len());
        self.values.push(value);
    }

    fn pop(&mut self) -> Result<usize, PickleFault> {
        self.stack.pop().ok_or(PickleFault::Confused)
    }

    fn text(&mut self) -> Result<String, PickleFault> {
        let place = self.pop()?;
        match &self.values[place] {
            Value::Text(text) => Ok(text.clone()),
            _ => Err(PickleFault::Confused),
        }
    }

    fn since_mark(&mut self) -> Result<Vec<usize>, PickleFault> {
        let mark = self.marks.pop().filter(|&mark| mark <= self.stack.len());
        Ok(self.stack.split_off(mark.ok_or(PickleFault::Confused)?))
    }

    fn append(&mut self, more: Vec<usize>) -> Result<(), PickleFault> {
        match self.stack.last().map(|&top| &mut self.values[top]) {
            Some(Value::List(items)) => items.extend(more),
            _ => return Err(PickleFault::Confused),
        }
        Ok(())
    }

    fn insert(&mut self, items: &[usize]) -> Result<(), PickleFault> {
        match self.stack.last().map(|&top| &mut self.values[top]) {
            Some(Value::Dictionary(entries)) => {
                entries.extend(items.chunks_exact(2).map(|pair| (pair[0], pair[1])));
                Ok(())
            }
            _ => Err(PickleFault::Confused),
        }
    }

    fn remember(&mut self, place: u32) -> Result<(), PickleFault> {
        let top = self.stack.last().ok_or(PickleFault::Confused)?;
        self.memo.insert(place, *top);
        Ok(())
    }

    fn recall(&mut self, place: u32) -> Result<(), PickleFault> {
        let value = self.memo.get(&place).ok_or(PickleFault::Confused)?;
        self.stack.push(*value);
        Ok(())
    }

    fn name(&mut self, module: &str, name: &str) -> Result<(), PickleFault> {
        let known = match (module, name) {
            ("_codecs", "encode") => Name::Encode,
            ("numpy.core.multiarray" | "numpy._core.multiarray", "_reconstruct") => Name::Reconstruct,
            ("numpy", "ndarray") => Name::Ndarray,
            ("numpy", "dtype") => Name::Dtype,
            _ => {
                let mentioned: String = format!("{module}.{name}").chars().take(80).collect();
                return Err(PickleFault::Names(mentioned.escape_debug().to_string()));
            }
        };
        self.push(Value::Name(known));
        Ok(())
    }

    /// What a call would give, for the calls that only build a value.
    fn reduce(&mut self) -> Result<(), PickleFault> {
        let (arguments, callee) = (self.pop()?, self.pop()?);
        let Value::Tuple(arguments) = &self.values[arguments] else { return Err(PickleFault::Confused) };
        let Value::Name(callee) = self.values[callee] else { return Err(PickleFault::Confused) };
        let first = arguments.first().map(|&first| &self.values[first]);
        let value = match (callee, first) {
            (Name::Encode, Some(Value::Text(text))) => {
                self.spelt += text.len();
                if self.spelt > MOST_SPELT {
                    return Err(PickleFault::Confused); // the same text over and over
                }
                let bytes = text.chars().map(|letter| u8::try_from(u32::from(letter)));
                Value::Bytes(bytes.collect::<Result<Cow<'_, [u8]>, _>>().map_err(|_| PickleFault::Confused)?)
            }
            (Name::Reconstruct, Some(Value::Name(Name::Ndarray))) => Value::Array(Cow::Borrowed(&[])),
            (Name::Dtype, Some(Value::Text(name))) if name == "u1" => Value::ByteType,
            (Name::Dtype, Some(Value::Bytes(name))) if name.as_ref() == b"u1" => Value::ByteType,
            (Name::Encode | Name::Reconstruct | Name::Ndarray | Name::Dtype, _) => {
                return Err(PickleFault::Confused);
            }
        };
        self.push(value);
        Ok(())
    }

    /// Sets the state of a numpy value: of an array version, shape, type, order and bytes.
    fn build(&mut self) -> Result<(), PickleFault> {
        let state = self.pop()?;
        let target = *self.stack.last().ok_or(PickleFault::Confused)?;
        match &self.values[target] {
            Value::ByteType => return Ok(()),
            Value::Array(_) => {}
            _ => return Err(PickleFault::Confused),
        }
        let Value::Tuple(state) = &self.values[state] else { return Err(PickleFault::Confused) };
        let [_, _, kind, order, content] = state[..] else { return Err(PickleFault::Confused) };
        let is_plain = matches!(self.values[kind], Value::ByteType) && matches!(self.values[order], Value::Integer(0));
        match std::mem::replace(&mut self.values[content], Value::None) {
            Value::Bytes(bytes) if is_plain => self.values[target] = Value::Array(bytes),
            _ => return Err(PickleFault::Confused),
        }
        Ok(())
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], PickleFault> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(PickleFault::CutShort)?;
        self.rest = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], PickleFault> {
        let (taken, rest) = self.rest.split_first_chunk().ok_or(PickleFault::CutShort)?;
        self.rest = rest;
        Ok(*taken)
    }

    fn counted(&mut self) -> Result<&'a [u8], PickleFault> {
        let length = u32::from_le_bytes(self.array()?);
        self.take(length as usize)
    }

    fn line(&mut self) -> Result<String, PickleFault> {
        let end = self.rest.iter().take(1000).position(|&byte| byte == b'\n').ok_or(PickleFault::Confused)?;
        let line = String::from_utf8_lossy(self.take(end)?).into_owned();
        self.take(1)?;
        Ok(line)
    }
}
