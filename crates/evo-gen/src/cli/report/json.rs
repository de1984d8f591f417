//! Formats reports as JSON lines. `guide/reports.md` documents the members.

use serde_json::{Value, json};

use super::remarks::Remarks;
use crate::Error;
use crate::diagnostics::Diagnostic;
use crate::places::Place;

/// Formats the error that ended the run, with its causes.
pub fn error(error: &Error, causes: &[String]) -> String {
    let mut value = json!({
        "kind": "error", "code": error.code(), "message": error.message(), "at": error.place(), "help": error.advice(),
        "causes": causes, "exitCode": error.exit_code(),
    });
    add_place(&mut value, Place::from_error(error));
    line(value)
}

/// Formats the diagnostics, without notes if `warnings` is set. A denied diagnostic is an error without an exit code; the error that
/// ends the run has the exit code.
pub fn remarks(remarks: &Remarks<'_>, warnings: bool) -> String {
    let places = remarks.places(warnings);
    let lines = remarks.reported(warnings).map(|diagnostic| {
        let Diagnostic { code, pointer, identity, message, help, places: count, .. } = diagnostic;
        let mut value = json!({
            "kind": remarks.severity(diagnostic).name(), "client": remarks.client, "code": code, "message": message,
            "at": pointer, "identity": identity, "help": help, "places": count,
        });
        add_place(&mut value, places.place(pointer));
        line(value)
    });
    lines.collect()
}

fn add_place(value: &mut Value, place: Option<Place>) {
    if let (Value::Object(members), Some(Place { file, position })) = (value, place) {
        members.insert("file".to_owned(), file.into());
        if let Some((line, column)) = position {
            members.insert("line".to_owned(), line.into());
            members.insert("column".to_owned(), column.into());
        }
    }
}

/// Formats a line of JSON. Members that are null or empty are left out.
pub fn line(mut value: Value) -> String {
    if let Value::Object(members) = &mut value {
        members.retain(|_, value| {
            !value.is_null() && value.as_str() != Some("") && value.as_array().is_none_or(|a| !a.is_empty())
        });
    }
    format!("{value}\n")
}
