//! `AutoQuery` and its models: <https://docs.servicestack.net/autoquery/>.

use std::collections::BTreeMap;

use super::ResponseStatus;
use crate::{DateTime, record};

/// A page of rows. A query that finds none answers no rows, never an error.
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
    /// Set where something went wrong.
    pub response_status: Option<ResponseStatus>,
}

record!(QueryResponse<T> {
    offset: "Offset",
    total: "Total",
    results: "Results",
    meta: "Meta",
    response_status: "ResponseStatus",
});

/// Who made and changed a row, the base of models that are audited.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct AuditBase {
    /// When it was made.
    pub created_date: DateTime,
    /// Who made it.
    pub created_by: Option<String>,
    /// When it was changed last.
    pub modified_date: DateTime,
    /// Who changed it last.
    pub modified_by: Option<String>,
    /// When it was deleted.
    pub deleted_date: Option<DateTime>,
    /// Who deleted it.
    pub deleted_by: Option<String>,
}

record!(AuditBase {
    created_date: "CreatedDate",
    created_by: "CreatedBy",
    modified_date: "ModifiedDate",
    modified_by: "ModifiedBy",
    deleted_date: "DeletedDate",
    deleted_by: "DeletedBy",
});
