//! The stages of an item: before and after it has its Rust names.

use std::fmt::Debug;

/// A stage of an item. Anything that is decided when items get their names, or later, has no value before that.
pub trait Stage: Debug + Clone + Eq {
    /// A decision made in the last stage; `()` in a draft.
    type Decided<T: Decision>: Decision;
}

/// A value that is decided when items get their names, or later.
pub trait Decision: Debug + Clone + Eq {}

impl<T: Debug + Clone + Eq> Decision for T {}

/// Everything is decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named;

/// Nothing has a Rust name yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft;

impl Stage for Named {
    type Decided<T: Decision> = T;
}

impl Stage for Draft {
    type Decided<T: Decision> = ();
}
