//! Writing: a value presents itself as a [`View`].

use std::borrow::Cow;

use serde_json::Value;

use super::Record;

/// A value that can be written.
pub trait Encode {
    /// The value as it is written.
    fn view(&self) -> View<'_>;

    /// Whether a record omits this member because it is an `Option` that is `None`; its view is [`View::Null`].
    fn is_unset(&self) -> bool {
        false
    }
}

/// A value to write.
pub enum View<'a> {
    /// No value: `null` in JSON, an empty slot in JSV.
    Null,
    /// A boolean.
    Bool(bool),
    /// A signed integer.
    Int(i64),
    /// An unsigned integer.
    UInt(u64),
    /// A `System.Single`. NaN and infinities are an error in a body but allowed in a query.
    Single(f32),
    /// A `System.Double`. NaN and infinities are an error in a body but allowed in a query.
    Double(f64),
    /// The text of a number, written without quotes.
    Digits(String),
    /// Text.
    Str(&'a str),
    /// The text form of a value that is not text in .NET: a date, a duration, a Guid.
    Text(String),
    /// A list.
    List(&'a dyn List),
    /// A map.
    Map(&'a dyn Map),
    /// A record. Unset members are omitted.
    Record(&'a dyn Record),
    /// A record or map with its class, which is written first as `__type`.
    Typed(Cow<'a, str>, Box<dyn Encode + 'a>),
    /// A value of the C# type `object`: any JSON. Only a body preserves its kind; a query turns it into text.
    Untyped(&'a Value),
    /// An owned value, created to be written.
    Made(Box<dyn Encode + 'a>),
    /// A value that cannot be written, and the reason.
    Failed(String),
}

/// The items of a list to write.
pub trait List {
    /// The number of items.
    fn len(&self) -> usize;

    /// Whether there are no items.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Visits each item until the visitor returns `false`.
    fn each(&self, visit: &mut dyn FnMut(&dyn Encode) -> bool);
}

/// The pairs of a map to write.
pub trait Map {
    /// Visits each key, as text, with its value, until the visitor returns `false`.
    fn each(&self, visit: &mut dyn FnMut(&str, &dyn Encode) -> bool);

    /// Whether the keys are member names, which are never quoted in JSV: older hosts silently drop quoted ones.
    fn has_members(&self) -> bool {
        false
    }
}

/// The number of pairs of a map.
pub(crate) fn count_pairs(map: &dyn Map) -> usize {
    let mut count = 0;
    map.each(&mut |_, _| {
        count += 1;
        true
    });
    count
}

impl Encode for &dyn Encode {
    fn view(&self) -> View<'_> {
        (**self).view()
    }

    fn is_unset(&self) -> bool {
        (**self).is_unset()
    }
}

impl Encode for &dyn Record {
    fn view(&self) -> View<'_> {
        View::Record(*self)
    }
}

impl Encode for &str {
    fn view(&self) -> View<'_> {
        View::Str(self)
    }
}

impl<T: Encode, const N: usize> Encode for [T; N] {
    fn view(&self) -> View<'_> {
        View::List(self)
    }
}

impl<T: Encode, const N: usize> List for [T; N] {
    fn len(&self) -> usize {
        N
    }

    fn each(&self, visit: &mut dyn FnMut(&dyn Encode) -> bool) {
        self.iter().all(|item| visit(item));
    }
}

/// Takes the place of a value that cannot be written, and contains the reason.
pub(crate) struct Unwritable(pub(crate) String);

impl Encode for Unwritable {
    fn view(&self) -> View<'_> {
        View::Failed(self.0.clone())
    }
}

/// Whether `null` is valid for a value: it may be absent, or is empty if so.
pub(crate) fn may_be_null(value: &dyn Encode) -> bool {
    match value.view() {
        View::Null | View::Untyped(Value::Null) | View::List(_) | View::Str("") => true,
        View::Map(map) => !map.has_members(),
        View::Text(text) => text.is_empty(),
        _ => false,
    }
}

/// The error for a class whose value is neither a record nor a map.
pub(crate) fn no_object(class: &str) -> String {
    format!("a value of the class {class} is not an object: there is no place for its type")
}
