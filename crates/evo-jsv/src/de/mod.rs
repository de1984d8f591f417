//! Deserializes JSV.

mod access;
mod cursor;
mod date_key;
mod scalar;

use std::borrow::Cow;

use serde::de::{self, Deserialize, IgnoredAny, Visitor};
use serde::forward_to_deserialize_any;

use self::access::{Items, ListEnd, Pairs, Variant};
use self::cursor::Cursor;
use self::scalar::Scalar;
use crate::error::{Error, ErrorKind, Result};
use crate::hint;

/// The maximum nesting depth of maps and lists in a document that is deserialized.
pub const MAX_DEPTH: usize = 128;

/// Deserializes a value from JSV text.
///
/// # Errors
///
/// Fails if the text is not valid JSV, if text follows the document, or if the document does not match the type.
pub fn from_str<'de, T: Deserialize<'de>>(document: &'de str) -> Result<T> {
    let mut deserializer = Deserializer::new(document);
    let value = T::deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(value)
}

/// Deserializes a value from the bytes of a JSV document in UTF-8.
///
/// # Errors
///
/// Fails like [`from_str`], or if the bytes are not valid UTF-8.
pub fn from_slice<'de, T: Deserialize<'de>>(document: &'de [u8]) -> Result<T> {
    match std::str::from_utf8(document) {
        Ok(document) => from_str(document),
        Err(error) => Err(Error::new(ErrorKind::InvalidUtf8, error.valid_up_to())),
    }
}

/// A deserializer for JSV text.
///
/// JSV does not distinguish numbers from text. `deserialize_any` returns scalars as strings, so a `serde_json::Value` contains strings
/// where a server meant numbers. If a number is requested, the text is parsed.
///
/// ```
/// use serde::Deserialize;
///
/// # fn main() -> evo_jsv::Result<()> {
/// let mut deserializer = evo_jsv::Deserializer::new("[1,,3]");
/// assert_eq!(Vec::<Option<i32>>::deserialize(&mut deserializer)?, [Some(1), None, Some(3)]);
/// deserializer.end()?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Deserializer<'de> {
    cursor: Cursor<'de>,
    /// The context of the next value.
    place: Place,
    depth: usize,
}

/// The context of a value, which determines its terminator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Document,
    /// In a document that is a list without brackets.
    BareList,
    List,
    Map,
}

impl Place {
    fn is_end(self, byte: u8) -> bool {
        match self {
            Self::Document => false,
            Self::BareList => byte == b',',
            Self::List => byte == b',' || byte == b']',
            Self::Map => byte == b',' || byte == b'}',
        }
    }
}

impl<'de> Deserializer<'de> {
    /// Creates a deserializer for a document.
    #[must_use]
    pub fn new(document: &'de str) -> Self {
        let mut cursor = Cursor::new(document);
        cursor.skip_blanks_before_bracket();
        Self { cursor, place: Place::Document, depth: 0 }
    }

    /// Checks that only white space follows the value.
    ///
    /// # Errors
    ///
    /// Fails if text follows. The offset of the error is its start.
    pub fn end(&mut self) -> Result<()> {
        self.cursor.skip_blanks();
        match self.cursor.peek() {
            Some(_) => Err(Error::new(ErrorKind::TrailingText, self.cursor.position())),
            None => Ok(()),
        }
    }

    /// Returns the first byte of the value, or `None` if the value is empty, which means null.
    fn first(&self) -> Option<u8> {
        self.cursor.peek().filter(|&byte| !self.place.is_end(byte) || self.is_bare_comma())
    }

    /// Whether the value is a comma rather than a separator. Servers do not quote characters and omit null members, so `{c:,,d:1}` and
    /// `{c:,}` contain a comma.
    fn is_bare_comma(&self) -> bool {
        self.place == Place::Map && matches!(self.cursor.rest().as_bytes(), [b',', b',' | b'}', ..])
    }

    fn scalar(&mut self) -> Result<Scalar<'de>> {
        if self.cursor.peek() == Some(b'"') {
            return self.cursor.quoted().map(Scalar);
        }
        if self.is_bare_comma() {
            self.cursor.advance(1);
            return Ok(Scalar(Cow::Borrowed(",")));
        }
        let place = self.place;
        Ok(Scalar(Cow::Borrowed(self.cursor.until(|byte| place.is_end(byte)))))
    }

    /// Reads a value. An error without an offset gets the offset of the start of the value.
    fn value<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        let start = self.cursor.position();
        read(self).map_err(|error| error.at(start))
    }

    /// Reads the content of a list or map, limiting the nesting depth.
    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        if self.depth == MAX_DEPTH {
            return Err(Error::new(ErrorKind::TooDeep, self.cursor.position()));
        }
        self.depth += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn map<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value> {
        self.nested(|this| {
            this.cursor.advance(1);
            let mut pairs = Pairs::new(this);
            let value = visitor.visit_map(&mut pairs)?;
            pairs.finish()?;
            Ok(value)
        })
    }

    fn list<V: Visitor<'de>>(&mut self, visitor: V, end: ListEnd, is_one_null: bool) -> Result<V::Value> {
        self.nested(|this| {
            if end == ListEnd::Bracket {
                this.cursor.advance(1);
            }
            let mut items = Items::new(this, end, is_one_null);
            let value = visitor.visit_seq(&mut items)?;
            items.finish()?;
            Ok(value)
        })
    }

    /// Reads a list. The brackets are optional, because the type requests a list.
    fn sequence<V: Visitor<'de>>(&mut self, visitor: V, is_one_null: bool) -> Result<V::Value> {
        self.cursor.skip_blanks_before_bracket();
        self.value(|this| match this.first() {
            None | Some(b'{') => this.anything(visitor),
            Some(b'[') => this.list(visitor, ListEnd::Bracket, is_one_null),
            Some(_) if this.place == Place::Document => this.list(visitor, ListEnd::Document, false),
            Some(_) => this.list(visitor, ListEnd::OneItem, false),
        })
    }

    fn anything<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value> {
        match self.first() {
            None => visitor.visit_unit(),
            Some(b'{') => self.map(visitor),
            Some(b'[') => self.list(visitor, ListEnd::Bracket, false),
            Some(_) => de::Deserializer::deserialize_any(self.scalar()?, visitor),
        }
    }

    /// Reads a string. If the type requests a string, a map or list is read as its verbatim text, as servers do.
    fn text<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value> {
        if !matches!(self.first(), Some(b'{' | b'[')) {
            return self.anything(visitor);
        }
        let start = self.cursor.position();
        IgnoredAny::deserialize(&mut *self)?;
        visitor.visit_borrowed_str(self.cursor.since(start))
    }

    /// Returns the next character if it is a special character that the server should have quoted: `{c:},d:1}`.
    fn unquoted_special(&self) -> Option<char> {
        // Inside a list or map, its terminator must follow. The last bracket of a document is never a character.
        let is_followed_by_end =
            |cursor: &Cursor| cursor.peek().map_or(self.depth == 0, |byte| self.place.is_end(byte));
        let byte = self.cursor.peek().filter(|&byte| self.place.is_end(byte) || b"\"{[".contains(&byte))?;
        let mut after = self.cursor.clone();
        after.advance(1);
        let mut after_quotes = self.cursor.clone();
        let is_quoted = byte == b'"'
            && after_quotes.quoted().is_ok_and(|text| text.chars().count() == 1)
            && is_followed_by_end(&after_quotes);
        (is_followed_by_end(&after) && !is_quoted).then_some(char::from(byte))
    }
}

macro_rules! scalars {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
            self.value(|this| match this.first() {
                None | Some(b'{' | b'[') => this.anything(visitor),
                Some(_) => this.scalar()?.$method(visitor),
            })
        }
    )*};
}

impl<'de> de::Deserializer<'de> for &mut Deserializer<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.value(|this| this.anything(visitor))
    }

    scalars! {
        deserialize_bool
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
        deserialize_f32 deserialize_f64
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.value(|this| match this.unquoted_special() {
            Some(special) => {
                this.cursor.advance(1);
                visitor.visit_char(special)
            }
            None => this.text(visitor),
        })
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.value(|this| this.text(visitor))
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.value(|this| this.text(visitor))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.value(|this| match this.first() {
            None => visitor.visit_none(),
            Some(_) => visitor.visit_some(this),
        })
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value> {
        match name {
            hint::LIST => self.deserialize_seq(visitor),
            hint::CHARACTER => self.deserialize_char(visitor),
            hint::OBJECT => self.value(|this| match this.first() {
                None | Some(b'{' | b'[' | b'"') => this.anything(visitor),
                Some(_) => this.scalar()?.guessed(visitor),
            }),
            _ => self.value(|this| visitor.visit_newtype_struct(this)),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.sequence(visitor, false)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value> {
        self.sequence(visitor, len == 1)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        len: usize,
        visitor: V,
    ) -> Result<V::Value> {
        self.sequence(visitor, len == 1)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.cursor.skip_blanks_before_bracket();
        self.deserialize_any(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        self.cursor.skip_blanks_before_bracket();
        self.value(|this| match this.first() {
            None | Some(b'[') => this.anything(visitor),
            Some(b'{') => this.nested(|this| {
                this.cursor.advance(1);
                let value = visitor.visit_enum(Variant(this))?;
                this.cursor.skip_blanks();
                match this.cursor.peek() {
                    Some(b'}') => this.cursor.advance(1),
                    Some(_) => return Err(Error::new(ErrorKind::UnexpectedText, this.cursor.position())),
                    None => return Err(Error::new(ErrorKind::UnclosedMap, this.cursor.position())),
                }
                Ok(value)
            }),
            Some(_) => this.scalar()?.deserialize_enum(name, variants, visitor),
        })
    }

    forward_to_deserialize_any! { bytes byte_buf unit unit_struct identifier ignored_any }
}
