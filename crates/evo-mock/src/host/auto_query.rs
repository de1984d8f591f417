//! Rejects what ServiceStack's own implementation of queries and CRUD operations rejects (reference 12). Documents do not contain the rows.

mod conditions;

use evo_model::api::ChangeKind;

use super::Host;
use super::calls::Call;
use crate::log::Line;
use crate::reply::{Failure, FieldError};
use crate::schema::{AutoQuery, AutoQueryKind, Member, Shape};
use crate::values::Value;

impl Host {
    /// Returns why AutoQuery rejects a bound request; `None` if it does not, or if the operation has a custom response.
    pub(super) fn check_auto_query(&self, call: &Call<'_>, request: &Value, line: &mut Line) -> Option<Failure> {
        let auto_query = call.operation.auto_query.as_ref()?;
        if self.custom_responses.handler(&call.operation.name).is_some() {
            return None;
        }
        let failure = match auto_query.kind {
            AutoQueryKind::Query { in_database } => {
                let database = in_database.then(|| self.check_paging(auto_query, request)).flatten();
                database.or_else(|| self.check_conditions(call, auto_query))
            }
            AutoQueryKind::Change(kind) => self.check_change(call, auto_query, kind, request),
        }?;
        if !self.is_lenient {
            return Some(failure);
        }
        line.remarks.push(format!("accepted although AutoQuery rejects it: {}", failure.message));
        None
    }

    /// Rejects negative numbers of rows and unknown columns. Columns of joined tables are not checked, because documents do not describe
    /// them.
    fn check_paging(&self, auto_query: &AutoQuery, request: &Value) -> Option<Failure> {
        let reject = |message: String| Some(Failure::new(400, "ArgumentException", message).thrown());
        for name in ["Skip", "Take"] {
            if request.get(name).and_then(Value::as_integer).is_some_and(|number| number < 0) {
                return reject(format!("{name} must not be negative"));
            }
        }
        if auto_query.rows.len() > 1 {
            return None;
        }
        for member in ["OrderBy", "OrderByDesc"] {
            let Some(Value::Text(order)) = request.get(member) else { continue };
            let fields = order.split([',', ';']).map(|field| field.trim().trim_start_matches('-'));
            let unknown =
                fields.filter(|field| !field.is_empty()).find(|field| self.column(auto_query, field).is_none());
            if let Some(field) = unknown {
                return reject(format!("Could not find field {field}"));
            }
        }
        None
    }

    /// Rejects a change without a row, without a condition, without a value, or to another version of the row.
    fn check_change(
        &self,
        call: &Call<'_>,
        auto_query: &AutoQuery,
        kind: ChangeKind,
        request: &Value,
    ) -> Option<Failure> {
        let Value::Object(members) = request else { return None };
        let record = self.schema.record(&call.operation.request)?;
        let name = &call.operation.name;
        match kind {
            ChangeKind::Delete if members.is_empty() => {
                let message = format!("'{name}' did not contain any filters");
                Some(Failure::new(405, "NotSupportedException", message).thrown())
            }
            ChangeKind::Create | ChangeKind::Save | ChangeKind::Delete => None,
            ChangeKind::Update | ChangeKind::Patch => {
                if record.find("Id").is_some() && is_unset(request.get("Id")) {
                    let message = "Value cannot be null. (Parameter 'Id')";
                    let mut failure = Failure::new(400, "ArgumentNullException", message).thrown();
                    failure.errors = vec![FieldError {
                        error_code: "ArgumentNullException".to_owned(),
                        field_name: "Id".to_owned(),
                        message: "Value cannot be null.".to_owned(),
                        meta: Vec::new(),
                    }];
                    return Some(failure);
                }
                let reset = call.request.parameter("reset").filter(|_| kind == ChangeKind::Patch);
                if let Some(reset) = reset {
                    let mut fields = reset.split(',').map(str::trim);
                    let is_bad =
                        |field: &&str| field.eq_ignore_ascii_case("Id") || self.column(auto_query, field).is_none();
                    if let Some(field) = fields.find(is_bad) {
                        let message = format!("Reset field '{field}' of '{name}' is not supported");
                        return Some(Failure::new(405, "NotSupportedException", message).thrown());
                    }
                }
                let is_empty = members.iter().all(|(name, _)| name.eq_ignore_ascii_case("Id"));
                if kind == ChangeKind::Patch && is_empty && reset.is_none() {
                    let table = auto_query.rows.first().map(|row| self.schema.type_name(&Shape::Defined(*row)));
                    let message = format!(
                        "No non-null or non-default values were provided for type: {}",
                        table.unwrap_or_default()
                    );
                    return Some(Failure::new(400, "ArgumentException", message).thrown());
                }
                if record.find("RowVersion").is_some() && is_unset(request.get("RowVersion")) {
                    let message = "Exception of type 'ServiceStack.Data.OptimisticConcurrencyException' was thrown.";
                    return Some(Failure::new(409, "OptimisticConcurrencyException", message).thrown());
                }
                None
            }
        }
    }

    /// Finds a column by name, ignoring case.
    fn column(&self, auto_query: &AutoQuery, name: &str) -> Option<&Member> {
        let mut records = auto_query.rows.iter().filter_map(|row| self.schema.record(&Shape::Defined(*row)));
        records.find_map(|record| record.find(name))
    }
}

/// Whether a value is null or the default of a number.
fn is_unset(value: Option<&Value>) -> bool {
    value.is_none_or(|value| value.is_null() || value.as_integer() == Some(0))
}
