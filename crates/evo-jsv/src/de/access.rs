//! Access to the content of lists, maps and enum variants.

use serde::de::{self, DeserializeSeed, Deserializer as _, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

use super::scalar::Scalar;
use super::{Deserializer, Place};
use crate::error::{Error, ErrorKind, Result};

/// The terminator of a list.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ListEnd {
    /// `]`.
    Bracket,
    /// The end of the document: a list without brackets.
    Document,
    /// The end of its only item: a scalar inside a map or list that represents a list.
    OneItem,
}

pub(super) struct Items<'a, 'de> {
    deserializer: &'a mut Deserializer<'de>,
    end: ListEnd,
    /// Whether `[]` may be a list with one null, because a tuple with one element is requested.
    is_one_null: bool,
    is_first: bool,
    is_done: bool,
}

impl<'a, 'de> Items<'a, 'de> {
    pub(super) fn new(deserializer: &'a mut Deserializer<'de>, end: ListEnd, is_one_null: bool) -> Self {
        Self { deserializer, end, is_one_null, is_first: true, is_done: false }
    }

    fn close_if_empty(&mut self) {
        let cursor = &mut self.deserializer.cursor;
        if self.is_first && !self.is_done && self.end == ListEnd::Bracket && cursor.peek() == Some(b']') {
            cursor.advance(1);
            self.is_done = true;
        }
    }

    /// Consumes the separator or terminator after an item.
    fn after_item(&mut self) -> Result<()> {
        if self.end == ListEnd::OneItem {
            self.is_done = true;
            return Ok(());
        }
        let cursor = &mut self.deserializer.cursor;
        cursor.skip_blanks();
        match (cursor.peek(), self.end) {
            (Some(b','), _) => cursor.advance(1),
            (Some(b']'), ListEnd::Bracket) => {
                cursor.advance(1);
                self.is_done = true;
            }
            (None, ListEnd::Document) => self.is_done = true,
            (None, _) => return Err(Error::new(ErrorKind::UnclosedList, cursor.position())),
            (Some(_), _) => return Err(Error::new(ErrorKind::UnexpectedText, cursor.position())),
        }
        Ok(())
    }

    /// Fails if the list has more items than the visitor consumed.
    pub(super) fn finish(mut self) -> Result<()> {
        self.close_if_empty();
        if self.is_done {
            return Ok(());
        }
        Err(Error::data("the list has more items than expected").at(self.deserializer.cursor.position()))
    }
}

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        if !self.is_one_null {
            self.close_if_empty();
        }
        if self.is_done {
            return Ok(None);
        }
        self.is_first = false;
        match self.end {
            ListEnd::Bracket => self.deserializer.place = Place::List,
            ListEnd::Document => self.deserializer.place = Place::BareList,
            ListEnd::OneItem => {}
        }
        let item = seed.deserialize(&mut *self.deserializer)?;
        self.after_item()?;
        Ok(Some(item))
    }
}

/// The pairs of a map.
pub(super) struct Pairs<'a, 'de> {
    deserializer: &'a mut Deserializer<'de>,
    is_done: bool,
}

impl<'a, 'de> Pairs<'a, 'de> {
    pub(super) fn new(deserializer: &'a mut Deserializer<'de>) -> Self {
        Self { deserializer, is_done: false }
    }

    fn close_if_end(&mut self) {
        if !self.is_done {
            let cursor = &mut self.deserializer.cursor;
            cursor.skip_blanks();
            if cursor.peek() == Some(b'}') {
                cursor.advance(1);
                self.is_done = true;
            }
        }
    }

    /// Fails if the map has more pairs than the visitor consumed.
    pub(super) fn finish(mut self) -> Result<()> {
        self.close_if_end();
        if self.is_done {
            return Ok(());
        }
        Err(Error::data("the map has more members than expected").at(self.deserializer.cursor.position()))
    }
}

impl<'de> MapAccess<'de> for Pairs<'_, 'de> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>> {
        self.close_if_end();
        if self.is_done {
            return Ok(None);
        }
        let start = self.deserializer.cursor.position();
        let key = self.deserializer.cursor.key()?;
        seed.deserialize(Scalar(key)).map(Some).map_err(|error| error.at(start))
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value> {
        self.deserializer.place = Place::Map;
        let value = seed.deserialize(&mut *self.deserializer)?;
        let cursor = &mut self.deserializer.cursor;
        cursor.skip_blanks();
        match cursor.peek() {
            Some(b',') => cursor.advance(1),
            Some(b'}') => {
                cursor.advance(1);
                self.is_done = true;
            }
            Some(_) => return Err(Error::new(ErrorKind::UnexpectedText, cursor.position())),
            None => return Err(Error::new(ErrorKind::UnclosedMap, cursor.position())),
        }
        Ok(value)
    }
}

/// An enum variant with content: a map with one pair. The caller handles the brackets.
pub(super) struct Variant<'a, 'de>(pub(super) &'a mut Deserializer<'de>);

impl<'de> EnumAccess<'de> for Variant<'_, 'de> {
    type Error = Error;
    type Variant = Self;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Self)> {
        let cursor = &mut self.0.cursor;
        cursor.skip_blanks();
        let start = cursor.position();
        let name = cursor.key()?;
        let variant = seed.deserialize(Scalar(name)).map_err(|error| error.at(start))?;
        self.0.place = Place::Map;
        Ok((variant, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_, 'de> {
    type Error = Error;

    fn unit_variant(self) -> Result<()> {
        de::Deserialize::deserialize(self.0)
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value> {
        seed.deserialize(self.0)
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value> {
        self.0.deserialize_tuple(len, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, fields: &'static [&'static str], visitor: V) -> Result<V::Value> {
        self.0.deserialize_struct("", fields, visitor)
    }
}
