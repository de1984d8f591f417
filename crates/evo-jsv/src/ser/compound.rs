//! Serializers for the content of lists, maps and structs.

use std::io;

use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant,
};

use super::quoting::needs_quotes;
use super::scalar::ScalarText;
use super::{Serializer, name_text};
use crate::error::{Error, Result};

/// The serializer for the items of a list. A null item is an empty slot.
pub struct List<'a, W> {
    serializer: &'a mut Serializer<W>,
    close: &'static str,
    is_first: bool,
}

impl<'a, W: io::Write> List<'a, W> {
    pub(super) fn open(serializer: &'a mut Serializer<W>, close: &'static str) -> Result<Self> {
        serializer.open("[")?;
        Ok(Self { serializer, close, is_first: true })
    }

    fn item<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<()> {
        if !self.is_first {
            self.serializer.write(",")?;
        }
        self.is_first = false;
        item.serialize(&mut *self.serializer)
    }

    fn close(self) -> Result<()> {
        self.serializer.write(self.close)
    }
}

/// The serializer for the pairs of a map. A pair with a null value is omitted.
pub struct Map<'a, W> {
    serializer: &'a mut Serializer<W>,
    close: &'static str,
    is_first: bool,
}

impl<'a, W: io::Write> Map<'a, W> {
    pub(super) fn open(serializer: &'a mut Serializer<W>, close: &'static str) -> Result<Self> {
        serializer.open("{")?;
        Ok(Self { serializer, close, is_first: true })
    }

    fn name(&mut self, text: &str) {
        let pending = &mut self.serializer.pending;
        pending.clear();
        if !self.is_first {
            pending.push(',');
        }
        pending.push_str(text);
        pending.push(':');
    }

    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        value.serialize(&mut *self.serializer)?;
        let pending = &mut self.serializer.pending;
        if pending.is_empty() {
            self.is_first = false;
        } else {
            pending.clear();
        }
        Ok(())
    }

    fn close(self) -> Result<()> {
        self.serializer.write(self.close)
    }
}

/// The serializer for a struct: its members, or the digits of a number that serializes as a struct.
pub enum Record<'a, W> {
    Members(Map<'a, W>),
    Number(&'a mut Serializer<W>),
}

impl<W: io::Write> Record<'_, W> {
    fn member<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<()> {
        match self {
            Self::Members(map) => {
                map.name(&name_text(name));
                map.value(value)
            }
            Self::Number(serializer) => {
                let text = value.serialize(ScalarText)?.text;
                if needs_quotes(&text) {
                    return Err(Error::data(format_args!("a raw value must be a number, not {text:?}")));
                }
                serializer.write(&text)
            }
        }
    }

    fn close(self) -> Result<()> {
        match self {
            Self::Members(map) => map.close(),
            Self::Number(_) => Ok(()),
        }
    }
}

macro_rules! list {
    ($($trait:ident $method:ident,)*) => {$(
        impl<W: io::Write> $trait for List<'_, W> {
            type Ok = ();
            type Error = Error;

            fn $method<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<()> {
                self.item(item)
            }

            fn end(self) -> Result<()> {
                self.close()
            }
        }
    )*};
}

list! {
    SerializeSeq serialize_element,
    SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field,
}

impl<W: io::Write> SerializeMap for Map<'_, W> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<()> {
        let key = key.serialize(ScalarText)?;
        let key = if key.is_name { name_text(&key.text) } else { self.serializer.key_text(key.text) };
        self.name(&key);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.value(value)
    }

    fn end(self) -> Result<()> {
        self.close()
    }
}

macro_rules! record {
    ($($trait:ident)*) => {$(
        impl<W: io::Write> $trait for Record<'_, W> {
            type Ok = ();
            type Error = Error;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<()> {
                self.member(name, value)
            }

            fn end(self) -> Result<()> {
                self.close()
            }
        }
    )*};
}

record!(SerializeStruct SerializeStructVariant);
