//! The last decisions: modules, names, traits, attributes, lints and features.

pub(crate) mod accessors;
pub(crate) mod annotations;
pub(crate) mod calls;
pub(crate) mod derives;
pub(crate) mod lints;
pub(crate) mod module_features;
pub(crate) mod modules;
pub(crate) mod name_items;
pub(crate) mod names;
pub(crate) mod parts;
pub(crate) mod preferred_names;
pub(crate) mod recursion_limit;
pub(crate) mod runtime_features;
pub(crate) mod secrets;
mod setters;
pub(crate) mod traits;
pub(crate) mod validation;
