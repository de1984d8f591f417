//! The stages of an item: before and after it has its Rust names.

use std::fmt::Debug;

use super::{ModuleId, Setter};

/// A stage of an item. The fields that are decided later than the item is made have their own types at each stage.
pub trait Stage: Debug + Clone + PartialEq {
    /// The Rust name of an item, a member or a variant.
    type Name: Debug + Clone + PartialEq;
    /// The module that an item stands in.
    type Module: Debug + Clone + PartialEq;
    /// The traits that an item derives, as they are spelled.
    type Derives: Debug + Clone + PartialEq;
    /// The setter of a member, if its type is sent.
    type Setter: Debug + Clone + PartialEq;
}

/// Everything is decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Named;

/// Nothing has a Rust name yet: these fields hold nothing.
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
