//! Formats errors and diagnostics for people, with an excerpt of the document, like rustc.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet, Title, normalize_untrusted_str};

use super::count::pluralize;
use super::remarks::Remarks;
use crate::Error;
use crate::diagnostics::{Diagnostic, Severity};
use crate::places::{Excerpt, Excerpts, Place};

/// The number of diagnostics per code that are shown without `--verbose`.
const SHOWN: usize = 20;

/// Formats the error that ended the run, with its causes.
pub fn error(error: &Error, causes: &[String]) -> String {
    let title = titled(Level::ERROR, error.message(), error.code());
    let lines = [("at", error.place()), ("help", error.advice())];
    let causes = causes.iter().map(|cause| ("because", Some(cause.as_str())));
    without_excerpt(title, lines.into_iter().chain(causes))
}

/// Formats a failure outside of this program, with a line for each detail.
pub fn failure(title: &str, lines: &[(&str, String)]) -> String {
    without_excerpt(titled(Level::ERROR, title, None), lines.iter().map(|(name, line)| (*name, Some(line.as_str()))))
}

/// Formats a warning about the run itself.
pub fn warning(text: &str) -> String {
    without_excerpt(titled(Level::WARNING, text, None), [])
}

/// Formats the diagnostics, without notes if `warnings` is set. Unless `all` is set, only the first [`SHOWN`] of each code are included.
pub fn remarks(remarks: &Remarks<'_>, warnings: bool, all: bool) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut shown: Vec<&Diagnostic> = remarks.reported(warnings).collect();
    shown.retain(|diagnostic| {
        let count = counts.entry(diagnostic.code).or_default();
        *count += 1;
        all || *count <= SHOWN
    });
    if shown.is_empty() {
        return String::new();
    }
    // A diagnostic without a pointer has no excerpt.
    let pointers = shown.iter().map(|diagnostic| diagnostic.pointer.as_str()).filter(|pointer| !pointer.is_empty());
    let excerpts = Excerpts::new(remarks.document, remarks.is_stored, pointers);
    let mut text = String::new();
    for diagnostic in shown {
        let level = match remarks.severity(diagnostic) {
            Severity::Note => Level::NOTE,
            Severity::Warning => Level::WARNING,
            Severity::Error => Level::ERROR,
        };
        let excerpt = excerpts.at(&diagnostic.pointer);
        text.push_str(&remark(diagnostic, level, excerpt.as_ref(), excerpts.place(&diagnostic.pointer).as_ref()));
        text.push('\n');
    }
    for (code, count) in counts.iter().filter(|(_, count)| !all && **count > SHOWN) {
        let (more, are) = (count - SHOWN, if count - SHOWN == 1 { "is" } else { "are" });
        let more = format!("{more} more of {code} {are} not shown");
        let help = "use `--verbose` to show all of them, or `--report FILE` to write them to a file";
        text.push_str(&without_excerpt(titled(Level::NOTE, &more, None), [("help", Some(help))]));
        text.push('\n');
    }
    text
}

/// Formats a line about all diagnostics: their number by severity, and how to explain a code.
pub fn total(remarks: &Remarks<'_>) -> Option<String> {
    let code = remarks.diagnostics.first()?.code;
    let is_only = remarks.diagnostics.iter().all(|diagnostic| diagnostic.code == code);
    let explain = if is_only {
        format!("`evo-gen explain {code}` explains it")
    } else {
        "`evo-gen explain CODE` explains a code".to_owned()
    };
    let counts = remarks.counts().into_iter().map(|(severity, count)| pluralize(count, severity.name()));
    let counts = counts.collect::<Vec<_>>().join(", ");
    Some(format!("{}: {counts}; {explain}", remarks.client))
}

fn remark(diagnostic: &Diagnostic, level: Level<'_>, excerpt: Option<&Excerpt<'_>>, place: Option<&Place>) -> String {
    let Diagnostic { code, pointer, identity, message, help, .. } = diagnostic;
    let title = titled(level, message, Some(code));
    let extent = diagnostic.extent();
    let Some(excerpt) = excerpt else {
        let lines = [("at", Some(pointer.as_str())), ("concerns", extent.as_deref()), ("help", Some(help))];
        return without_excerpt(title, lines);
    };
    // The renderer escapes only the source of a snippet.
    let label =
        Some(identity).filter(|identity| !identity.is_empty()).map(|identity| normalize_untrusted_str(identity));
    let path = normalize_untrusted_str(excerpt.path);
    // The lines of a pretty-printed document differ from those of the file, so the location in the file is shown above them.
    let origin = (!excerpt.is_file).then(|| match place.and_then(|place| place.position) {
        Some((line, column)) => Origin::path(path.clone()).line(line).char_column(column),
        None => Origin::path(path.clone()),
    });
    let snippet = Snippet::source(excerpt.source)
        .path(if excerpt.is_file { path } else { "pretty-printed".to_owned() })
        .line_start(excerpt.first_line)
        .line_numbering(excerpt.is_file)
        .fold(false)
        .annotation(AnnotationKind::Primary.span(excerpt.focus.clone()).label(label));
    let at = Level::NOTE.with_name("at").message(normalize_untrusted_str(pointer));
    let extent = extent.map(|extent| Level::NOTE.with_name("concerns").message(extent));
    let help = Some(help).filter(|help| !help.is_empty());
    let help = help.map(|help| Level::HELP.message(normalize_untrusted_str(help)));
    render(title.elements(origin).element(snippet).element(at).elements(extent).elements(help))
}

fn titled<'a>(level: Level<'a>, text: &'a str, code: Option<&'static str>) -> Title<'a> {
    let title = level.primary_title(text);
    match code {
        Some(code) => title.id(code),
        None => title,
    }
}

/// Formats a title, with a line for each known detail.
fn without_excerpt<'a>(title: Title<'_>, lines: impl IntoIterator<Item = (&'a str, Option<&'a str>)>) -> String {
    let mut text = render(Group::with_title(title));
    for (name, line) in lines {
        if let Some(line) = line.filter(|line| !line.is_empty()) {
            // Text from a document or a server must not control the terminal. Writing to a `String` cannot fail.
            let _ = writeln!(text, "  {name}: {}", normalize_untrusted_str(line));
        }
    }
    text
}

fn render(group: Group<'_>) -> String {
    // Colours are stripped on output if the terminal does not support them.
    Renderer::styled().render(&[group]) + "\n"
}
