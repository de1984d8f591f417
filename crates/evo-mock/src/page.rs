//! The page for a person.

use crate::host::Dialect;
use crate::schema::Schema;
use crate::values::json_writer::Casing;

pub(crate) fn render(schema: &Schema, _dialect: Dialect, _casing: Casing) -> String {
    format!("<!doctype html><title>{}</title>", schema.name)
}
