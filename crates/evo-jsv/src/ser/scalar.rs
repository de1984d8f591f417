//! The bare text of a scalar: of a map key, and of a number in the guise of a struct.

use serde::ser::{Impossible, Serialize, Serializer};

use super::number::{f32_text, f64_text};
use crate::error::{Error, Result};

/// Turns a scalar into its text, without quotes; refuses everything else.
pub(super) struct ScalarText;

macro_rules! plain {
    ($($method:ident $type:ty,)*) => {$(
        fn $method(self, value: $type) -> Result<String> {
            Ok(value.to_string())
        }
    )*};
}

type Refused = Impossible<String, Error>;

impl Serializer for ScalarText {
    type Ok = String;
    type Error = Error;
    type SerializeSeq = Refused;
    type SerializeTuple = Refused;
    type SerializeTupleStruct = Refused;
    type SerializeTupleVariant = Refused;
    type SerializeMap = Refused;
    type SerializeStruct = Refused;
    type SerializeStructVariant = Refused;

    plain! {
        serialize_bool bool,
        serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64, serialize_i128 i128,
        serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, serialize_u64 u64, serialize_u128 u128,
        serialize_char char, serialize_str &str,
    }

    fn serialize_f32(self, value: f32) -> Result<String> {
        Ok(f32_text(value))
    }

    fn serialize_f64(self, value: f64) -> Result<String> {
        Ok(f64_text(value))
    }

    fn serialize_unit_variant(self, _name: &'static str, _index: u32, variant: &'static str) -> Result<String> {
        Ok(variant.to_owned())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _name: &'static str, value: &T) -> Result<String> {
        value.serialize(self)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<String> {
        value.serialize(self)
    }

    fn serialize_bytes(self, _bytes: &[u8]) -> Result<String> {
        Err(Error::unsupported_key())
    }

    fn serialize_none(self) -> Result<String> {
        Err(Error::unsupported_key())
    }

    fn serialize_unit(self) -> Result<String> {
        Err(Error::unsupported_key())
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result<String> {
        Err(Error::unsupported_key())
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        _variant: &'static str,
        _value: &T,
    ) -> Result<String> {
        Err(Error::unsupported_key())
    }

    fn serialize_seq(self, _len: Option<usize>) -> Result<Refused> {
        Err(Error::unsupported_key())
    }

    fn serialize_tuple(self, _len: usize) -> Result<Refused> {
        Err(Error::unsupported_key())
    }

    fn serialize_tuple_struct(self, _name: &'static str, _len: usize) -> Result<Refused> {
        Err(Error::unsupported_key())
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        _index: u32,
        _variant: &'static str,
        _len: usize,
    ) -> Result<Refused> {
        Err(Error::unsupported_key())
    }

    fn serialize_map(self, _len: Option<usize>) -> Result<Refused> {
        Err(Error::unsupported_key())
    }

    fn serialize_struct(self, _name: &'static str, _len: usize) -> Result<Refused> {
        Err(Error::unsupported_key())
    }

    fn serialize_struct_variant(
        self,
        _name: &'static str,
        _index: u32,
        _variant: &'static str,
        _len: usize,
    ) -> Result<Refused> {
        Err(Error::unsupported_key())
    }
}
