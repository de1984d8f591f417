//! How values travel: one trait for every type, in every format.
//!
//! A value shows itself as a [`View`] to be written, and takes an [`Input`] to be read. Both are plain data, so that the code
//! for records, lists and maps exists once, whatever the record and whatever the format: generated types only say which members
//! they have. [`bridge`] connects the trait to serde, and with it to JSON, JSV and every other serde format.

pub mod bridge;
mod containers;
mod digits;
mod error;
pub mod json;
mod json_input;
mod json_scan;
mod json_text;
pub mod jsv;
mod keys;
pub mod names;
mod record;
mod redacted;
mod repair;
mod scalars;
mod shape;
mod validate;
pub(crate) mod value;
mod written;

use std::borrow::Cow;

#[cfg(feature = "indexmap")]
pub(crate) use self::containers::maps;
pub(crate) use self::containers::{next_pair, pairs_of};
pub use self::error::{ReadError, Segment};
pub use self::keys::Key;
pub use self::record::{Record, read_members_and, read_record};
pub use self::redacted::{Redacted, RedactedRecord, SECRET, has_secrets};
pub use self::shape::{Mark, Shape, ShapeMember};
pub use self::validate::{MissingMembers, validate};

/// A value that travels between a client and a ServiceStack server.
///
/// Implemented for the Rust type of each .NET type, for `Option`, `Vec`, `Box` and maps of them, and by [`record!`](crate::record)
/// for generated types. Containers compose: nothing has to be said where `BTreeMap<Uuid, Vec<DateTime>>` is used.
pub trait Wire {
    /// The value as it is written.
    fn view(&self) -> View<'_>;

    /// Takes a value as it was read; `Null` leaves the value that is there.
    ///
    /// # Errors
    ///
    /// When the input is of a kind, or holds a text, that this type has no reading for.
    fn read(&mut self, input: Input<'_>) -> Result<(), ReadError>;

    /// Whether a record leaves this member out: it is an `Option` that is `None`, whose view is [`View::Null`].
    fn is_unset(&self) -> bool {
        false
    }

    /// What the value has to be asked for, where a format knows several readings of the same bytes.
    fn wanted(&self) -> Wanted {
        Wanted::Anything
    }

    /// What is known of the type, for containers that have no value yet.
    #[must_use]
    fn kind() -> Kind
    where
        Self: Sized,
    {
        Kind::ANY
    }
}

/// What containers have to know of the type of their values.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// [`Wire::wanted`] of its values.
    pub wanted: Wanted,
    /// Whether no value of this type is ever read from a list. A list that arrives as an item of a list of such a type is a
    /// row of a multi-dimensional array, whose rank metadata does not tell.
    pub refuses_lists: bool,
    /// The number that a byte stands for, where a list of the type may arrive as base64.
    pub of_byte: Option<fn(u8) -> i64>,
}

impl Kind {
    /// Of types of which nothing is known.
    pub const ANY: Self = Self { wanted: Wanted::Anything, refuses_lists: false, of_byte: None };

    /// Of types whose values have no parts.
    pub const SCALAR: Self = Self { refuses_lists: true, ..Self::ANY };
}

/// What a value asks a format for. Formats that tell kinds of values apart by their bytes, as JSON does, hand over what is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Wanted {
    /// Whatever is there.
    #[default]
    Anything,
    /// A number as its text, because a binary float would lose digits.
    Digits,
    /// A list: in JSV its brackets are optional.
    List,
    /// One character: in JSV it is never quoted.
    Character,
    /// A value of a kind that only the bytes can tell: JSV's numbers and booleans look like text.
    Object,
}

/// A value that is about to be written.
pub enum View<'a> {
    /// Nothing: `null` in JSON, an empty slot in JSV.
    Null,
    /// A boolean.
    Bool(bool),
    /// A signed integer.
    Int(i64),
    /// An unsigned integer.
    UInt(u64),
    /// A `System.Single`; NaN and infinities are an error when they are written.
    Single(f32),
    /// A `System.Double`; NaN and infinities are an error when they are written.
    Double(f64),
    /// The text of a number, written without quotes.
    Digits(String),
    /// Text.
    Str(&'a str),
    /// Text that was made for this occasion.
    Text(String),
    /// A list.
    List(&'a dyn List),
    /// A map.
    Map(&'a dyn Map),
    /// A record; members that are unset are left out.
    Record(&'a dyn Record),
    /// A record or map of a class, whose `__type` is written first.
    Typed(Cow<'a, str>, Box<dyn Wire + 'a>),
    /// A value that was made for this occasion.
    Made(Box<dyn Wire + 'a>),
    /// A value that cannot be written, and why: an error when it is written.
    Failed(String),
}

/// The items of a list that is about to be written.
pub trait List {
    /// How many items there are.
    fn len(&self) -> usize;

    /// Whether there are none.
    fn is_empty(&self) -> bool
    where
        Self: Sized,
    {
        self.len() == 0
    }

    /// Hands over each item, until the visitor returns `false`.
    fn each(&self, visit: &mut dyn FnMut(&dyn Wire) -> bool);
}

/// The pairs of a map that is about to be written.
pub trait Map {
    /// How many pairs there are.
    fn len(&self) -> usize;

    /// Whether there are none.
    fn is_empty(&self) -> bool
    where
        Self: Sized,
    {
        self.len() == 0
    }

    /// Whether the keys are names of members, which are never quoted in JSV: older hosts drop quoted ones without an error.
    fn has_members(&self) -> bool {
        false
    }

    /// Hands over each key, as its text, with its value, until the visitor returns `false`.
    fn each(&self, visit: &mut dyn FnMut(&str, &dyn Wire) -> bool);
}

/// A value that was read.
pub enum Input<'a> {
    /// `null`, a hole, or nothing.
    Null,
    /// A boolean.
    Bool(bool),
    /// An integer that may be negative.
    Int(i64),
    /// An integer.
    UInt(u64),
    /// A number with a fraction or an exponent.
    Float(f64),
    /// The text of a number, for types that [want digits](Wanted::Digits).
    Digits(&'a str),
    /// Text.
    Str(&'a str),
    /// A list.
    List(&'a mut dyn ListInput),
    /// A map or a record.
    Map(&'a mut dyn MapInput),
}

/// The items of a list that is being read.
pub trait ListInput {
    /// Reads the next item into `item`; answers whether there was one.
    ///
    /// # Errors
    ///
    /// When the input is broken or the item does not take it.
    fn next(&mut self, item: &mut dyn Wire) -> Result<bool, ReadError>;
}

/// The pairs of a map, or the members of a record, that is being read.
pub trait MapInput {
    /// Hands the next key to `key`; answers whether there was one. [`value`](Self::value) or [`skip`](Self::skip) follows.
    ///
    /// # Errors
    ///
    /// When the input is broken.
    fn key(&mut self, key: &mut dyn FnMut(&str)) -> Result<bool, ReadError>;

    /// Takes the next key where it is this one, as it is written in JSON, with quotes and colon; whether it did. An input may always answer
    /// that it did not, and hands the key over then.
    fn takes_key(&mut self, json: &[u8]) -> bool {
        let _ = json;
        false
    }

    /// Reads the value of the key that was handed over last.
    ///
    /// # Errors
    ///
    /// When the input is broken or the value does not take it.
    fn value(&mut self, into: &mut dyn Wire) -> Result<(), ReadError>;

    /// Skips the value of the key that was handed over last, without decoding it.
    ///
    /// # Errors
    ///
    /// When the input is broken.
    fn skip(&mut self) -> Result<(), ReadError>;

    /// Reads all that is left as the members of a record. A method, so that the calls of the others, two for each member, are
    /// static ones.
    ///
    /// # Errors
    ///
    /// When the input is broken, or a member does not take its value.
    fn members(
        &mut self,
        shape: &'static Shape,
        members: &mut [&mut dyn Wire],
        unknown: UnknownMembers<'_>,
    ) -> Result<(), ReadError> {
        record::read_into_members(self, shape, members, unknown)
    }
}

/// What takes each member that a record does not have; without it they are skipped, undecoded.
pub type UnknownMembers<'a> = Option<&'a mut dyn FnMut(&str, serde_json::Value)>;

/// The error of a class whose value is neither a record nor a map.
pub(crate) fn no_object(class: &str) -> String {
    format!("a value of the class {class} is no object: there is no place for its type")
}

impl Input<'_> {
    /// The error of a type that has no reading for this input; `expected` names what it reads.
    #[must_use]
    pub fn unexpected(&self, expected: &str) -> ReadError {
        let found = match self {
            Self::Null => "null".to_owned(),
            Self::Bool(value) => format!("the boolean {value}"),
            Self::Int(value) => format!("the number {value}"),
            Self::UInt(value) => format!("the number {value}"),
            Self::Float(value) => format!("the number {value}"),
            Self::Digits(digits) => format!("the number {digits}"),
            Self::Str(text) => format!("the text {:?}", error::excerpt(text)),
            Self::List(_) => "a list".to_owned(),
            Self::Map(_) => "an object".to_owned(),
        };
        ReadError::new(format!("expected {expected}, found {found}"))
    }
}
