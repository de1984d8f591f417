//! Passes for what Rust expresses differently from C#: generics, hierarchies, null, recursion. Each pass is a function over all items.

pub(crate) mod components;
pub(crate) mod dates;
pub(crate) mod directions;
pub(crate) mod expansion;
pub(crate) mod generic_lists;
pub(crate) mod hierarchy;
pub(crate) mod members;
pub(crate) mod null_items;
pub(crate) mod parameters;
pub(crate) mod recursion;
pub(crate) mod representation;
pub(crate) mod required;
