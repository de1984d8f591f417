//! Ids of items and modules: indices into the lists of an [`Api`](super::Api).
//!
//! A list returns the id of each element that it holds, so indexing with an id cannot fail. A wrong id is a bug, and must not be mistaken
//! for another element.

/// The index of an item in [`Api::items`](super::Api::items).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(usize);

/// The index of a module in [`Api::modules`](super::Api::modules).
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
