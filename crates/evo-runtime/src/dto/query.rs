//! The pages of `AutoQuery`: <https://docs.servicestack.net/autoquery/>.

use std::collections::BTreeMap;

use super::ResponseStatus;
use crate::record;

/// A page of rows. A query without matches returns no rows, and is not an error.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct QueryResponse<T> {
    /// How many rows were skipped.
    pub offset: i32,
    /// How many rows there are on all pages; 0 unless the query includes `Total`.
    pub total: i32,
    /// The rows.
    pub results: Vec<T>,
    /// Aggregates that the query includes, by name.
    pub meta: BTreeMap<String, String>,
    /// What went wrong, if anything did.
    pub response_status: Option<ResponseStatus>,
}

record!(QueryResponse<T> {
    offset: "Offset",
    total: "Total",
    results: "Results",
    meta: "Meta",
    response_status: "ResponseStatus",
});
