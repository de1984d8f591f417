//! The pages of `AutoQuery`: <https://docs.servicestack.net/autoquery/>.

use std::collections::BTreeMap;

use super::ResponseStatus;
use crate::record;

/// A page of rows. A query without matches is not an error; it returns no rows.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct QueryResponse<T> {
    /// The number of rows skipped.
    pub offset: i32,
    /// The number of rows on all pages; 0 unless the query includes `Total`.
    pub total: i32,
    /// The rows.
    pub results: Vec<T>,
    /// The aggregates that the query includes, by name.
    pub meta: BTreeMap<String, String>,
    /// The error, if there was one.
    pub response_status: Option<ResponseStatus>,
}

record!(QueryResponse<T> {
    offset: "Offset",
    total: "Total",
    results: "Results",
    meta: "Meta",
    response_status: "ResponseStatus",
});
