//! Serializes to JSV.

mod compound;
mod number;
mod quoting;
mod scalar;

use std::io;

use serde::ser::{self, Serialize};

use self::compound::{List, Map, Record};
use self::number::{f32_text, f64_text};
use self::quoting::{needs_quotes, quoted};
use crate::error::{Error, Result};
use crate::raw_number::is_raw_number;

/// Serializes a value as JSV text.
///
/// # Errors
///
/// Fails if a map key is not a scalar, or if the `Serialize` implementation of the value fails.
pub fn to_string<T: Serialize + ?Sized>(value: &T) -> Result<String> {
    text_of(value, Serializer::new(Vec::new()))
}

/// Serializes a value as JSV in UTF-8 to a writer. It makes many small writes, so use a [`std::io::BufWriter`] for files and sockets.
///
/// # Errors
///
/// Fails like [`to_string`], or if the writer fails. In that case, the writer may have received part of the output.
pub fn to_writer<W: io::Write, T: Serialize + ?Sized>(writer: W, value: &T) -> Result<()> {
    value.serialize(&mut Serializer::new(writer))
}

/// Serializes a value as the text of a query or form parameter, before percent-encoding.
///
/// Strings inside lists and maps are always quoted, as with [`Serializer::quote_text`]. A value that is itself a string, a character or a
/// unit variant is written verbatim, because servers would treat quotes as part of it.
///
/// # Errors
///
/// Fails like [`to_string`].
///
/// ```
/// # fn main() -> evo_jsv::Result<()> {
/// assert_eq!(evo_jsv::to_query_value(&["a", "b,c"])?, r#"["a","b,c"]"#);
/// assert_eq!(evo_jsv::to_query_value(&[1, 2])?, "[1,2]");
/// assert_eq!(evo_jsv::to_query_value("b,c")?, "b,c");
/// # Ok(())
/// # }
/// ```
pub fn to_query_value<T: Serialize + ?Sized>(value: &T) -> Result<String> {
    let mut serializer = Serializer::new(Vec::new()).quote_text(true);
    serializer.verbatim = true;
    text_of(value, serializer)
}

fn text_of<T: Serialize + ?Sized>(value: &T, mut serializer: Serializer<Vec<u8>>) -> Result<String> {
    value.serialize(&mut serializer)?;
    String::from_utf8(serializer.into_inner()).map_err(Error::data)
}

/// A serializer that writes JSV to a writer.
///
/// ```
/// use serde::Serialize;
///
/// # fn main() -> evo_jsv::Result<()> {
/// let mut serializer = evo_jsv::Serializer::new(Vec::new()).quote_text(true);
/// ["a", "b"].serialize(&mut serializer)?;
/// assert_eq!(serializer.into_inner(), br#"["a","b"]"#);
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Serializer<W> {
    writer: W,
    /// The separator and name of a member. They are written with the first byte of its value, because null members are omitted.
    pending: String,
    quote_text: bool,
    /// Whether strings are written verbatim. This is the case before the first bracket of a query value.
    verbatim: bool,
}

impl<W: io::Write> Serializer<W> {
    /// Creates a serializer that quotes text only if necessary.
    pub fn new(writer: W) -> Self {
        Self { writer, pending: String::new(), quote_text: false, verbatim: false }
    }

    /// Sets whether all strings and map keys are quoted. Names of struct fields, numbers and booleans are never quoted.
    #[must_use]
    pub fn quote_text(mut self, quote: bool) -> Self {
        self.quote_text = quote;
        self
    }

    /// Returns the writer.
    pub fn into_inner(self) -> W {
        self.writer
    }

    fn write(&mut self, text: &str) -> Result<()> {
        if !self.pending.is_empty() {
            self.writer.write_all(self.pending.as_bytes())?;
            self.pending.clear();
        }
        Ok(self.writer.write_all(text.as_bytes())?)
    }

    fn open(&mut self, bracket: &str) -> Result<()> {
        self.verbatim = false;
        self.write(bracket)
    }

    /// Opens the map around the content of an enum variant.
    fn open_variant(&mut self, variant: &str) -> Result<()> {
        self.open("{")?;
        self.write(&name_text(variant))?;
        self.write(":")
    }

    fn write_text(&mut self, text: &str) -> Result<()> {
        if !self.verbatim && (self.quote_text || needs_quotes(text)) {
            self.write(&quoted(text))
        } else {
            self.write(text)
        }
    }

    fn key_text(&self, key: String) -> String {
        if self.quote_text || needs_quotes(&key) { quoted(&key) } else { key }
    }
}

/// Returns the name of a member. It is unquoted unless it contains special characters, because readers before version 10 ignore members
/// with quoted names.
fn name_text(name: &str) -> String {
    if needs_quotes(name) { quoted(name) } else { name.to_owned() }
}

macro_rules! plain {
    ($($method:ident $type:ty,)*) => {$(
        fn $method(self, value: $type) -> Result<()> {
            self.write(&value.to_string())
        }
    )*};
}

impl<'a, W: io::Write> ser::Serializer for &'a mut Serializer<W> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = List<'a, W>;
    type SerializeTuple = List<'a, W>;
    type SerializeTupleStruct = List<'a, W>;
    type SerializeTupleVariant = List<'a, W>;
    type SerializeMap = Map<'a, W>;
    type SerializeStruct = Record<'a, W>;
    type SerializeStructVariant = Record<'a, W>;

    plain! {
        serialize_bool bool,
        serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64, serialize_i128 i128,
        serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, serialize_u64 u64, serialize_u128 u128,
    }

    fn serialize_f32(self, value: f32) -> Result<()> {
        self.write(&f32_text(value))
    }

    fn serialize_f64(self, value: f64) -> Result<()> {
        self.write(&f64_text(value))
    }

    fn serialize_char(self, value: char) -> Result<()> {
        self.write_text(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, text: &str) -> Result<()> {
        self.write_text(text)
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<()> {
        self.collect_seq(bytes)
    }

    fn serialize_none(self) -> Result<()> {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<()> {
        Ok(())
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result<()> {
        Ok(())
    }

    fn serialize_unit_variant(self, _name: &'static str, _index: u32, variant: &'static str) -> Result<()> {
        self.write_text(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _name: &'static str, value: &T) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<()> {
        self.open_variant(variant)?;
        value.serialize(&mut *self)?;
        self.write("}")
    }

    fn serialize_seq(self, _len: Option<usize>) -> Result<List<'a, W>> {
        List::open(self, "]")
    }

    fn serialize_tuple(self, _len: usize) -> Result<List<'a, W>> {
        List::open(self, "]")
    }

    fn serialize_tuple_struct(self, _name: &'static str, _len: usize) -> Result<List<'a, W>> {
        List::open(self, "]")
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        _len: usize,
    ) -> Result<List<'a, W>> {
        self.open_variant(variant)?;
        List::open(self, "]}")
    }

    fn serialize_map(self, _len: Option<usize>) -> Result<Map<'a, W>> {
        Map::open(self, "}")
    }

    fn serialize_struct(self, name: &'static str, _len: usize) -> Result<Record<'a, W>> {
        if is_raw_number(name) { Ok(Record::Number(self)) } else { Map::open(self, "}").map(Record::Members) }
    }

    fn serialize_struct_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        _len: usize,
    ) -> Result<Record<'a, W>> {
        self.open_variant(variant)?;
        Map::open(self, "}}").map(Record::Members)
    }
}
