//! How what is left is presented: modules, names, traits, attributes and features.

pub(crate) mod attributes;
pub(crate) mod deprecated;
pub(crate) mod derives;
pub(crate) mod module_features;
pub(crate) mod modules;
pub(crate) mod names;
pub(crate) mod runtime_features;
pub(crate) mod traits;
pub(crate) mod wanted_names;
