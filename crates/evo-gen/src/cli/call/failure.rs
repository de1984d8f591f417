//! Reports failed calls, and chooses the exit code.

use evo_runtime::ErrorKind;
use serde_json::{Value, json};

use crate::cli::report::Report;

/// Reports an error, and returns the exit code that is documented in the help and the guide.
pub fn report_failure(error: &evo_runtime::Error, report: Report<'_>) -> u8 {
    let code = exit_code(error);
    let mut title = String::new();
    if let Some(operation) = error.operation() {
        title.extend([operation, ": "]);
    }
    if let Some(status) = error.status() {
        title.extend([status.as_str(), " "]);
    }
    match error.error_code() {
        Some(stated) if stated != error.message() => title.extend([stated, ": "]),
        _ => {}
    }
    title.push_str(&message(error));
    let mut lines: Vec<(&str, String)> = Vec::new();
    for field in error.field_errors() {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let (name, code, message) = (text(&field.field_name), text(&field.error_code), text(&field.message));
        lines.push(("field", format!("{name}: {code} {message}")));
    }
    let help = help(error, code);
    lines.extend(help.iter().map(|help| ("help", help.clone())));
    if let Some(cause) = root_cause(error).filter(|cause| !title.contains(cause)) {
        lines.push(("because", cause));
    }
    report.failure(&title, &lines, to_json(error, help.as_deref(), code));
    code
}

/// Returns the message of an error. For a failed connection, it is the innermost cause, without the layers of the HTTP client.
fn message(error: &evo_runtime::Error) -> String {
    match root_cause(error) {
        Some(cause) if error.kind() == ErrorKind::Connect => format!("the host cannot be reached: {cause}"),
        _ => error.message().to_owned(),
    }
}

/// Returns the innermost cause of an error.
fn root_cause(error: &evo_runtime::Error) -> Option<String> {
    let causes = std::iter::successors(std::error::Error::source(error), |cause| cause.source());
    causes.last().map(ToString::to_string)
}

fn help(error: &evo_runtime::Error, code: u8) -> Option<String> {
    let sign_in = "sign in with `--login USER`, or use `--bearer`, `--basic` or `--header`";
    match code {
        7 if error.is_forbidden() => error.hint().map(str::to_owned),
        7 => Some(sign_in.to_owned()),
        2 if error.kind() == ErrorKind::Validation => Some("`--no-validate` sends the request anyway".to_owned()),
        // The runtime's hint mentions its Rust API.
        _ if error.hint().is_some_and(|hint| hint.contains("Address::")) => {
            Some("choose the addresses to try with `--address`: `api`, `routes`, `reply`".to_owned())
        }
        6 if error.hint().is_none() && error.kind() == ErrorKind::Connect => {
            Some("check that the service is running, and check `--host`".to_owned())
        }
        _ => error.hint().map(str::to_owned),
    }
}

fn exit_code(error: &evo_runtime::Error) -> u8 {
    match error.kind() {
        ErrorKind::Configuration | ErrorKind::Request | ErrorKind::Validation => 2,
        ErrorKind::Write => 5,
        ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Interrupted => 6,
        _ if error.is_unauthorized() || error.is_forbidden() => 7,
        ErrorKind::Decode | ErrorKind::TooLarge => 9,
        _ => match error.status() {
            Some(status) if status.is_server_error() => 9,
            _ => 8,
        },
    }
}

fn to_json(error: &evo_runtime::Error, help: Option<&str>, code: u8) -> Value {
    let fields: Vec<Value> = error
        .field_errors()
        .iter()
        .map(|field| json!({ "field": field.field_name, "code": field.error_code, "message": field.message }))
        .collect();
    json!({
        "kind": "error", "operation": error.operation(), "status": error.status().map(|status| status.as_u16()),
        "code": error.error_code(), "message": message(error), "fields": fields, "help": help, "exitCode": code,
    })
}
