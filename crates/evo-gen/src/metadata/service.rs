//! Facts.

/// Facts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// Name.
    pub name: Option<String>,
}
