//! Serializes a scalar to its text: a map key, or a number that is serialized as a struct.

use serde::ser::{Impossible, Serialize, Serializer};

use super::number::{f32_text, f64_text};
use crate::error::{Error, Result};
use crate::hint;

/// Serializes a scalar to its unquoted text, and rejects everything else.
pub(super) struct ScalarText;

/// The text of a scalar.
pub(super) struct Scalar {
    pub(super) text: String,
    /// Whether it is the name of a member, marked with [`hint::NAME`].
    pub(super) is_name: bool,
}

impl From<String> for Scalar {
    fn from(text: String) -> Self {
        Self { text, is_name: false }
    }
}

macro_rules! plain {
    ($($method:ident $type:ty,)*) => {$(
        fn $method(self, value: $type) -> Result<Scalar> {
            Ok(value.to_string().into())
        }
    )*};
}

type Refused = Impossible<Scalar, Error>;

impl Serializer for ScalarText {
    type Ok = Scalar;
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

    fn serialize_f32(self, value: f32) -> Result<Scalar> {
        Ok(f32_text(value).into())
    }

    fn serialize_f64(self, value: f64) -> Result<Scalar> {
        Ok(f64_text(value).into())
    }

    fn serialize_unit_variant(self, _name: &'static str, _index: u32, variant: &'static str) -> Result<Scalar> {
        Ok(variant.to_owned().into())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Result<Scalar> {
        let scalar = value.serialize(self)?;
        Ok(Scalar { is_name: name == hint::NAME || scalar.is_name, ..scalar })
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Scalar> {
        value.serialize(self)
    }

    fn serialize_bytes(self, _bytes: &[u8]) -> Result<Scalar> {
        Err(Error::unsupported_key())
    }

    fn serialize_none(self) -> Result<Scalar> {
        Err(Error::unsupported_key())
    }

    fn serialize_unit(self) -> Result<Scalar> {
        Err(Error::unsupported_key())
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result<Scalar> {
        Err(Error::unsupported_key())
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        _variant: &'static str,
        _value: &T,
    ) -> Result<Scalar> {
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
