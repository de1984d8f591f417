//! Numbers read with all their digits, by a seed of the [`bridge`](super::bridge).

use std::fmt;

use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};

use super::Input;
use super::bridge::{KeySeed, Seed};

/// The name by which `serde_json::value::RawValue` asks `serde_json` for, and gives it, the text of a value as it stands. The only
/// way to keep the digits of a decimal without the `arbitrary_precision` feature, which would change every crate of a build.
/// `evo-jsv` knows it too; other formats ignore it.
pub(super) const RAW_VALUE: &str = "$serde_json::private::RawValue";

/// Takes the text of a number: from `serde_json` as a raw value, from other formats as whatever they have.
pub(super) struct DigitsVisitor<'a>(pub(super) Seed<'a>);

impl DigitsVisitor<'_> {
    fn take_raw<E: de::Error>(self, raw: &str) -> Result<(), E> {
        if raw.starts_with(|c: char| c == '-' || c.is_ascii_digit()) {
            return self.0.take(Input::Digits(raw));
        }
        serde_json::Deserializer::from_str(raw).deserialize_any(self.0).map_err(E::custom)
    }
}

impl<'de> Visitor<'de> for DigitsVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let mut first = None;
        access.next_key_seed(KeySeed(&mut |key| first = Some(key.to_owned())))?;
        if first.as_deref() == Some(RAW_VALUE) {
            let raw = access.next_value::<RawText>()?;
            return self.take_raw(&raw.0);
        }
        self.0.take_map(access, first)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, access: A) -> Result<(), A::Error> {
        self.0.visit_seq(access)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        self.0.take(Input::Null)
    }

    fn visit_none<E: de::Error>(self) -> Result<(), E> {
        self.0.take(Input::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_newtype_struct(RAW_VALUE, self)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<(), E> {
        self.0.take(Input::Bool(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<(), E> {
        self.0.take(Input::Int(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<(), E> {
        self.0.take(Input::UInt(value))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<(), E> {
        self.0.take(Input::Float(value))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<(), E> {
        self.0.take(Input::Str(value))
    }
}

struct RawText(String);

impl<'de> de::Deserialize<'de> for RawText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl Visitor<'_> for Text {
            type Value = RawText;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the text of a value")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<RawText, E> {
                Ok(RawText(text.to_owned()))
            }
        }
        deserializer.deserialize_str(Text)
    }
}
