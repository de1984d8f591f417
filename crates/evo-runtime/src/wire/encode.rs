//! What is written: a value shows itself as a [`View`].

use std::borrow::Cow;

use serde_json::Value;

use super::Record;

/// A value that can be written.
pub trait Encode {
    /// The value as it is written.
    fn view(&self) -> View<'_>;

    /// Whether a record leaves this member out: it is an `Option` that is `None`, whose view is [`View::Null`].
    fn is_unset(&self) -> bool {
        false
    }
}

/// A value that is about to be written.
pub enum View<'a> {
    /// No value: `null` in JSON, an empty slot in JSV.
    Null,
    /// A boolean.
    Bool(bool),
    /// A signed integer.
    Int(i64),
    /// An unsigned integer.
    UInt(u64),
    /// A `System.Single`. NaN and infinities are an error in a body; a query carries them.
    Single(f32),
    /// A `System.Double`. NaN and infinities are an error in a body; a query carries them.
    Double(f64),
    /// The text of a number, written without quotes.
    Digits(String),
    /// Text.
    Str(&'a str),
    /// The text form of a value that is not a text in .NET: a date, a duration, a Guid.
    Text(String),
    /// A list.
    List(&'a dyn List),
    /// A map.
    Map(&'a dyn Map),
    /// A record. Members that are unset are left out.
    Record(&'a dyn Record),
    /// A record or map of a class, whose `__type` is written first.
    Typed(Cow<'a, str>, Box<dyn Encode + 'a>),
    /// A value of the C# type `object`: any JSON. Only a body carries its kind; a query makes text of it.
    Untyped(&'a Value),
    /// A value that was made to be written.
    Made(Box<dyn Encode + 'a>),
    /// A value that cannot be written, and why.
    Failed(String),
}

/// The items of a list that is about to be written.
pub trait List {
    /// The number of items.
    fn len(&self) -> usize;

    /// Whether there are no items.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Hands over each item, until the visitor returns `false`.
    fn each(&self, visit: &mut dyn FnMut(&dyn Encode) -> bool);
}

/// The pairs of a map that is about to be written.
pub trait Map {
    /// Hands over each key, as its text, with its value, until the visitor returns `false`.
    fn each(&self, visit: &mut dyn FnMut(&str, &dyn Encode) -> bool);

    /// Whether the keys are names of members, which are never quoted in JSV: older hosts silently drop quoted ones.
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

/// A value that cannot be written where another one stands, and why.
pub(crate) struct Unwritable(pub(crate) String);

impl Encode for Unwritable {
    fn view(&self) -> View<'_> {
        View::Failed(self.0.clone())
    }
}

/// The error of a class whose value is neither a record nor a map.
pub(crate) fn no_object(class: &str) -> String {
    format!("a value of the class {class} is not an object: there is no place for its type")
}
