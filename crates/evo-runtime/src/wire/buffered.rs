//! Values that have to be read before their type is known, and are then read again.

use std::collections::VecDeque;

use super::{Decode, Encode, Input, List, ListInput, Map, MapInput, ReadError, Segment, View};

/// A value of any kind, with all digits of its numbers.
#[derive(Clone, Default)]
pub(crate) enum Buffered {
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

/// The items that remain to be read.
#[derive(Clone, Default)]
pub(crate) struct BufferedList {
    items: VecDeque<Buffered>,
    read: usize,
}

/// The pairs that remain to be read.
#[derive(Clone, Default)]
pub(crate) struct BufferedMap {
    pairs: VecDeque<(String, Buffered)>,
    value: Box<Buffered>,
}

impl BufferedMap {
    /// Reads the pairs of a map; `key` is the first key, which has already been consumed.
    pub(crate) fn read_from(mut key: String, map: &mut dyn MapInput) -> Result<Self, ReadError> {
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

    /// The text of the first pair with this key.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        match self.pairs.iter().find(|(found, _)| found == key) {
            Some((_, Buffered::Text(text))) => Some(text),
            _ => None,
        }
    }
}

impl Buffered {
    /// Lets another value read this one.
    pub(super) fn read_into(self, into: &mut dyn Decode) -> Result<bool, ReadError> {
        match self {
            Self::Null => into.read(Input::Null),
            Self::Bool(value) => into.read(Input::Bool(value)),
            Self::Int(value) => into.read(Input::Int(value)),
            Self::UInt(value) => into.read(Input::UInt(value)),
            Self::Float(value) => into.read(Input::Float(value)),
            Self::Text(text) => into.read(Input::Str(&text)),
            Self::List(mut list) => into.read(Input::List(&mut list)),
            Self::Map(mut map) => into.read(Input::Map(&mut map)),
            Self::Digits(digits) => into.read(Input::Digits(&digits)),
        }
    }
}

/// Written as it was read.
impl Encode for Buffered {
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
}

impl Decode for Buffered {
    fn read(&mut self, input: Input<'_>) -> Result<bool, ReadError> {
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
        Ok(true)
    }
}

impl List for BufferedList {
    fn len(&self) -> usize {
        self.items.len()
    }

    fn each(&self, visit: &mut dyn FnMut(&dyn Encode) -> bool) {
        self.items.iter().all(|item| visit(item));
    }
}

impl Map for BufferedMap {
    fn has_members(&self) -> bool {
        true
    }

    fn each(&self, visit: &mut dyn FnMut(&str, &dyn Encode) -> bool) {
        for (key, value) in &self.pairs {
            if !visit(key, value) {
                return;
            }
        }
    }
}

impl ListInput for BufferedList {
    fn next(&mut self, item: &mut dyn Decode) -> Result<bool, ReadError> {
        let Some(value) = self.items.pop_front() else { return Ok(false) };
        let index = self.read;
        self.read += 1;
        value.read_into(item).map_err(|error| error.within(Segment::Item(index)))?;
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

    fn value(&mut self, into: &mut dyn Decode) -> Result<(), ReadError> {
        std::mem::take(&mut *self.value).read_into(into).map(drop)
    }

    fn skip(&mut self) -> Result<(), ReadError> {
        *self.value = Buffered::Null;
        Ok(())
    }
}
