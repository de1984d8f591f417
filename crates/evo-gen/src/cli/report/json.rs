//! Reports for programs: one JSON object on a line.

use serde_json::{Value, json};

use super::remarks::Remarks;
use crate::Error;
use crate::diagnostics::Diagnostic;

/// Why a run stopped, with the errors behind it.
pub fn error(error: &Error, causes: &[String]) -> String {
    line(json!({
        "kind": "error", "code": error.code(), "message": error.message(), "at": error.place(), "help": error.advice(),
        "causes": causes, "exitCode": error.exit_code(),
    }))
}

/// All remarks, or all `warnings`, each with every field. One that is denied is an error without an exit code: that of the run
/// comes last.
pub fn remarks(remarks: &Remarks<'_>, warnings: bool) -> String {
    let lines = remarks.told(warnings).map(|diagnostic| {
        let Diagnostic { code, pointer, identity, message, help, places, .. } = diagnostic;
        line(json!({
            "kind": remarks.severity(diagnostic).name(), "client": remarks.client, "code": code, "message": message,
            "at": pointer, "identity": identity, "help": help, "places": places,
        }))
    });
    lines.collect()
}

/// A line of JSON: members that hold nothing are left out.
pub fn line(mut value: Value) -> String {
    if let Value::Object(members) = &mut value {
        members.retain(|_, value| {
            !value.is_null() && value.as_str() != Some("") && value.as_array().is_none_or(|a| !a.is_empty())
        });
    }
    format!("{value}\n")
}
