//! Ids of items and modules: places in the tables of an [`Api`](super::Api).
//!
//! An id is given out by the table that holds the thing, so that a table is indexed with it as it stands: a wrong id is a defect,
//! and must not pass for something else.

/// The place of an item in [`Api::items`](super::Api::items).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(usize);

/// The place of a module in [`Api::modules`](super::Api::modules).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModuleId(usize);

impl ModuleId {
    /// The root module, which every API has.
    pub const ROOT: Self = Self(0);
}

impl From<usize> for ItemId {
    fn from(place: usize) -> Self {
        Self(place)
    }
}

impl From<ItemId> for usize {
    fn from(id: ItemId) -> Self {
        id.0
    }
}

impl From<usize> for ModuleId {
    fn from(place: usize) -> Self {
        Self(place)
    }
}

impl From<ModuleId> for usize {
    fn from(id: ModuleId) -> Self {
        id.0
    }
}
