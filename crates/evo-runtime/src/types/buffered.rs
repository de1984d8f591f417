//! A value that had to be read before its type was known, to be read again.

use std::collections::VecDeque;

use crate::wire::{Input, List, ListInput, Map, MapInput, ReadError, Segment, View, Wanted, Wire};

/// A value of any kind, with the digits of its numbers.
#[derive(Default)]
pub(super) enum Buffered {
    #[default]
    Null,
    Bool(bool),
    Int(i64),
    UInt(u64),
    Float(f64),
    Digits(String),
    Text(String),
    List(BufferedList),
    Map(BufferedMap),
}

/// The items that are still to be read.
#[derive(Default)]
pub(super) struct BufferedList {
    items: VecDeque<Buffered>,
    read: usize,
}

/// The pairs that are still to be read.
#[derive(Default)]
pub(super) struct BufferedMap {
    pairs: VecDeque<(String, Buffered)>,
    value: Box<Buffered>,
}

impl BufferedMap {
    /// Reads the pairs of a map; `key` is the first one, which is taken already.
    pub(super) fn read_from(mut key: String, map: &mut dyn MapInput) -> Result<Self, ReadError> {
        let mut pairs = VecDeque::new();
        loop {
            let mut value = Buffered::Null;
            map.value(&mut value).map_err(|error| error.within(Segment::Member(key.clone())))?;
            pairs.push_back((key, value));
            key = String::new();
            if !map.key(&mut |text| text.clone_into(&mut key))? {
                return Ok(Self { pairs, value: Box::default() });
            }
        }
    }

    /// The text of the first pair of a key.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        match self.pairs.iter().find(|(found, _)| found == key) {
            Some((_, Buffered::Text(text))) => Some(text),
            _ => None,
        }
    }
}

impl Buffered {
    fn give(self, into: &mut dyn Wire) -> Result<(), ReadError> {
        match self {
            Self::Null => into.read(Input::Null),
            Self::Bool(value) => into.read(Input::Bool(value)),
            Self::Int(value) => into.read(Input::Int(value)),
            Self::UInt(value) => into.read(Input::UInt(value)),
            Self::Float(value) => into.read(Input::Float(value)),
            Self::Text(text) => into.read(Input::Str(&text)),
            Self::List(mut list) => into.read(Input::List(&mut list)),
            Self::Map(mut map) => into.read(Input::Map(&mut map)),
            Self::Digits(digits) if into.wanted() == Wanted::Digits => into.read(Input::Digits(&digits)),
            Self::Digits(digits) => {
                let number = digits.parse().map(Input::Int).ok();
                let number = number.or_else(|| digits.parse().map(Input::UInt).ok());
                let number = number.or_else(|| digits.parse().map(Input::Float).ok());
                into.read(number.unwrap_or(Input::Digits(&digits)))
            }
        }
    }
}

/// Written as it was read.
impl Wire for Buffered {
    fn view(&self) -> View<'_> {
        match self {
            Self::Null => View::Null,
            Self::Bool(value) => View::Bool(*value),
            Self::Int(value) => View::Int(*value),
            Self::UInt(value) => View::UInt(*value),
            Self::Float(value) => View::Double(*value),
            Self::Digits(digits) => View::Digits(digits.clone()),
            Self::Text(text) => View::Str(text),
            Self::List(list) => View::List(list),
            Self::Map(map) => View::Map(map),
        }
    }

    fn read(&mut self, input: Input<'_>) -> Result<(), ReadError> {
        *self = match input {
            Input::Null => Self::Null,
            Input::Bool(value) => Self::Bool(value),
            Input::Int(value) => Self::Int(value),
            Input::UInt(value) => Self::UInt(value),
            Input::Float(value) => Self::Float(value),
            Input::Digits(digits) => Self::Digits(digits.to_owned()),
            Input::Str(text) => Self::Text(text.to_owned()),
            Input::List(list) => {
                let mut items = VecDeque::new();
                loop {
                    let mut item = Self::Null;
                    if !list.next(&mut item)? {
                        break;
                    }
                    items.push_back(item);
                }
                Self::List(BufferedList { items, read: 0 })
            }
            Input::Map(map) => {
                let mut key = String::new();
                if map.key(&mut |text| text.clone_into(&mut key))? {
                    Self::Map(BufferedMap::read_from(key, map)?)
                } else {
                    Self::Map(BufferedMap::default())
                }
            }
        };
        Ok(())
    }

    fn wanted(&self) -> Wanted {
        Wanted::Digits
    }
}

impl List for BufferedList {
    fn len(&self) -> usize {
        self.items.len()
    }

    fn each(&self, visit: &mut dyn FnMut(&dyn Wire) -> bool) {
        self.items.iter().all(|item| visit(item));
    }
}

impl Map for BufferedMap {
    fn len(&self) -> usize {
        self.pairs.len()
    }

    fn has_members(&self) -> bool {
        true
    }

    fn each(&self, visit: &mut dyn FnMut(&str, &dyn Wire) -> bool) {
        for (key, value) in &self.pairs {
            if !visit(key, value) {
                return;
            }
        }
    }
}

impl ListInput for BufferedList {
    fn next(&mut self, item: &mut dyn Wire) -> Result<bool, ReadError> {
        let Some(value) = self.items.pop_front() else { return Ok(false) };
        let index = self.read;
        self.read += 1;
        value.give(item).map_err(|error| error.within(Segment::Item(index)))?;
        Ok(true)
    }
}

impl MapInput for BufferedMap {
    fn key(&mut self, key: &mut dyn FnMut(&str)) -> Result<bool, ReadError> {
        let Some((name, value)) = self.pairs.pop_front() else { return Ok(false) };
        *self.value = value;
        key(&name);
        Ok(true)
    }

    fn value(&mut self, into: &mut dyn Wire) -> Result<(), ReadError> {
        std::mem::take(&mut *self.value).give(into)
    }

    fn skip(&mut self) -> Result<(), ReadError> {
        *self.value = Buffered::Null;
        Ok(())
    }
}
