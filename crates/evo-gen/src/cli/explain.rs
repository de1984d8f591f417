//! `evo-gen explain`: explains the codes of warnings and notes.

use serde_json::json;

use super::report::Report;
use crate::Error;
use crate::diagnostics::{CODES, Code};

/// Prints the page of a code, or the list of all codes.
pub fn explain(name: Option<&str>, report: Report<'_>) -> Result<(), Error> {
    let Some(name) = name else {
        for code in CODES {
            let Code { id, severity, title, .. } = code;
            let value = json!({ "kind": "code", "code": id, "severity": severity.name(), "title": title });
            report.answer(&format!("{id}  {:<7}  {title}", severity.name()), value);
        }
        return Ok(());
    };
    let Code { id, severity, title, page, .. } = Code::known(name, &[])?;
    let value = json!({ "kind": "code", "code": id, "severity": severity.name(), "title": title, "page": page });
    report.answer(&format!("# {id} ({}): {title}\n\n{page}", severity.name()), value);
    Ok(())
}
