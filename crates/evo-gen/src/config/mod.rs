//! Settings of a run.

/// Who can see generated items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Visibility {
    /// Everybody.
    #[default]
    Public,
    /// The crate.
    Crate,
}

/// A way to address an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressKind {
    /// `/api`.
    Api,
    /// Routes.
    Routes,
    /// Reply.
    Reply,
}

/// Settings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// Prefix.
    pub strip: Option<String>,
    /// Include.
    pub include: Vec<String>,
    /// Exclude.
    pub exclude: Vec<String>,
    /// Visibility.
    pub visibility: Visibility,
    /// Addresses.
    pub address: Vec<AddressKind>,
    /// Update.
    pub update_names: bool,
}
