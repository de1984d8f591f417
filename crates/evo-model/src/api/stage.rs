//! What is known of items, and when.

use std::fmt::Debug;

use super::{ModuleId, Setter};

/// A stage of an item: what is decided later than the item is made has a type of its own at each.
pub trait Stage: Debug + Clone + PartialEq {
    /// The Rust name of an item, a member or a variant.
    type Name: Debug + Clone + PartialEq;
    /// The module that an item stands in.
    type Module: Debug + Clone + PartialEq;
    /// The traits that an item derives, as they are spelled.
    type Derives: Debug + Clone + PartialEq;
    /// How a member is set, if its type is sent.
    type Setter: Debug + Clone + PartialEq;
}

/// Everything is decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Named;

/// Nothing has a Rust name yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft;

impl Stage for Named {
    type Name = String;
    type Module = ModuleId;
    type Derives = Vec<String>;
    type Setter = Option<Setter>;
}

impl Stage for Draft {
    type Name = ();
    type Module = ();
    type Derives = ();
    type Setter = ();
}
