//! Errors and remarks for people, as rustc shows them: what, the place with its surroundings, and what to do.

use std::collections::BTreeMap;

use annotate_snippets::{
    Annotation, AnnotationKind, Element, Group, Level, Message, Origin, Renderer, Snippet, Title, normalize_untrusted_str,
};

use super::excerpts::{Excerpt, Excerpts};
use super::remarks::Remarks;
use crate::Error;
use crate::diagnostics::{Diagnostic, Severity};

/// The remarks with one code that are shown when nobody asks for all.
const SHOWN: usize = 20;

/// Why a run stopped, with the errors behind it.
pub fn error(error: &Error, causes: &[String]) -> String {
    let title = titled(Level::ERROR, error.message(), error.code());
    let mut group = Group::with_title(title);
    if let Some(place) = error.place() {
        group = group.element(place_of(place));
    }
    group = group.elements(error.advice().filter(|help| !help.is_empty()).map(|help| message(Level::HELP, help)));
    group = group.elements(causes.iter().map(|cause| message(Level::NOTE.with_name("because"), cause)));
    render(group)
}

/// All remarks; of a code with very many the first, unless `all` are wanted. Nothing where there are none.
pub fn remarks(remarks: &Remarks<'_>, all: bool) -> String {
    let excerpts = Excerpts::new(remarks.document, remarks.is_stored, remarks.diagnostics);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut text = String::new();
    for diagnostic in remarks.diagnostics {
        let count = counts.entry(diagnostic.code).or_default();
        *count += 1;
        if all || *count <= SHOWN {
            text.push_str(&remark(diagnostic, remarks.severity(diagnostic), excerpts.at(&diagnostic.pointer).as_ref()));
            text.push('\n');
        }
    }
    for (code, count) in counts.iter().filter(|(_, count)| !all && **count > SHOWN) {
        let left = count - SHOWN;
        text.push_str(&render(Group::with_title(titled(
            Level::NOTE,
            &format!("{left} more of {code} are not shown; `--verbose` shows all, `--report FILE` writes them down"),
            None,
        ))));
    }
    text
}

/// One line about all remarks: how many of which kind, and where codes are explained.
pub fn total(remarks: &Remarks<'_>) -> Option<String> {
    let counts = remarks.counts();
    let counted = counts.iter().map(|(severity, count)| match count {
        1 => format!("1 {}", severity.name()),
        _ => format!("{count} {}s", severity.name()),
    });
    let counted = counted.collect::<Vec<_>>().join(", ");
    let first = remarks.diagnostics.first()?;
    Some(format!("{}: {counted}; `evo-gen explain {}` tells what a code means", remarks.client, first.code))
}

fn remark(diagnostic: &Diagnostic, severity: Severity, excerpt: Option<&Excerpt<'_>>) -> String {
    let Diagnostic { code, pointer, identity, message: text, help, .. } = diagnostic;
    let level = match severity {
        Severity::Note => Level::NOTE,
        Severity::Warning => Level::WARNING,
        Severity::Error => Level::ERROR,
    };
    let mut group = Group::with_title(titled(level, text, Some(code)));
    group = match excerpt {
        Some(excerpt) => group.element(snippet(excerpt, identity)).element(message(Level::NOTE.with_name("at"), pointer)),
        None => group.element(place_of(pointer)),
    };
    group = group.elements(Some(help).filter(|help| !help.is_empty()).map(|help| message(Level::HELP, help)));
    render(group)
}

fn snippet<'a>(excerpt: &Excerpt<'a>, identity: &'a str) -> Snippet<'a, Annotation<'a>> {
    let focus = AnnotationKind::Primary.span(excerpt.focus.clone());
    let snippet = Snippet::source(excerpt.source).path(excerpt.path).line_start(excerpt.first_line).fold(false);
    // Where the numbers are not those of the file, they are said to be those of another form of it.
    let snippet = if excerpt.is_as_in_file { snippet } else { snippet.section("pretty-printed") };
    snippet.annotation(focus.label(Some(identity).filter(|identity| !identity.is_empty())))
}

fn titled<'a>(level: Level<'a>, text: &'a str, code: Option<&'static str>) -> Title<'a> {
    let title = level.primary_title(text);
    match code {
        Some(code) => title.id(code),
        None => title,
    }
}

fn place_of(place: &str) -> Element<'_> {
    Origin::path(place).into()
}

/// A line below. What a document or a server says must not steer the terminal.
fn message<'a>(level: Level<'a>, text: &str) -> Message<'a> {
    level.message(normalize_untrusted_str(text))
}

fn render(group: Group<'_>) -> String {
    // Whether the terminal wants colours is decided where it is written to.
    Renderer::styled().render(&[group]) + "\n"
}
