//! Annotations for GitHub workflows: `::warning file=..,line=..,col=..::message`.

use std::path::Path;

use super::remarks::Remarks;
use crate::Error;
use crate::diagnostics::Severity;
use crate::places::{Place, shown_path};

/// Formats the error that ended the run.
pub fn error(error: &Error, causes: &[String]) -> String {
    let code = error.code().map(|code| format!("{code}: ")).unwrap_or_default();
    let place = Place::from_error(error);
    // A place that is not a file becomes part of the message.
    let at = error.place().filter(|_| place.is_none()).map(|at| format!(" (at {at})")).unwrap_or_default();
    let mut lines = vec![format!("{code}{}{at}", error.message())];
    lines.extend(error.advice().map(|help| format!("help: {help}")));
    lines.extend(causes.iter().map(|cause| format!("caused by: {cause}")));
    annotation("error", place.as_ref(), &lines.join("\n"))
}

/// Formats a warning about the run itself.
pub fn warning(text: &str) -> String {
    annotation("warning", None, text)
}

/// Formats an annotation for a file that `--check` found out of date.
pub fn out_of_date(path: &Path, command: &str) -> String {
    let place = Place { file: shown_path(path), position: None };
    annotation("error", Some(&place), &format!("the file is out of date; run {command}"))
}

/// Formats the diagnostics, without notes if `warnings` is set.
pub fn remarks(remarks: &Remarks<'_>, warnings: bool) -> String {
    let places = remarks.places(warnings);
    let annotations = remarks.reported(warnings).map(|diagnostic| {
        let level = match remarks.severity(diagnostic) {
            Severity::Note => "notice",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        let about = [Some(diagnostic.identity.clone()).filter(|name| !name.is_empty()), diagnostic.extent()];
        let about = about.into_iter().flatten().collect::<Vec<_>>().join(", ");
        let about = if about.is_empty() { about } else { format!(" ({about})") };
        let mut text = format!("{}: {}{about}", diagnostic.code, diagnostic.message);
        if !diagnostic.help.is_empty() {
            text = format!("{text}\nhelp: {}", diagnostic.help);
        }
        annotation(level, places.place(&diagnostic.pointer).as_ref(), &text)
    });
    annotations.collect()
}

/// Formats an annotation of a location: `::error file=..,line=..,col=..::text`.
pub fn annotation(level: &str, place: Option<&Place>, text: &str) -> String {
    let text = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let Some(Place { file, position }) = place else { return format!("::{level}::{text}\n") };
    let file =
        file.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A").replace(':', "%3A").replace(',', "%2C");
    match position {
        Some((line, column)) => format!("::{level} file={file},line={line},col={column}::{text}\n"),
        None => format!("::{level} file={file}::{text}\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_characters_are_escaped() {
        let place = Place { file: "a,b:c%.json".to_owned(), position: Some((3, 7)) };
        assert_eq!(
            annotation("error", Some(&place), "100%: a\r\nb, c"),
            "::error file=a%2Cb%3Ac%25.json,line=3,col=7::100%25: a%0D%0Ab, c\n"
        );
        assert_eq!(annotation("notice", None, "::error::x"), "::notice::::error::x\n");
    }
}
