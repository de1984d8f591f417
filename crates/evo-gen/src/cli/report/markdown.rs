//! Writes the file of `--report`: all diagnostics of a run in Markdown.

use std::cell::RefCell;
use std::path::Path;

use annotate_snippets::normalize_untrusted_str;
use minijinja::value::Value;
use minijinja::{Environment, UndefinedBehavior, context};

use super::remarks::Remarks;
use crate::diagnostics::{CODES, Diagnostic, Severity};
use crate::{Error, write};

const TEMPLATE: &str = include_str!("../../../templates/report.md.jinja");

/// The diagnostics so far, for the file that is written at the end of the run.
#[derive(Debug, Default)]
pub struct Journal {
    clients: RefCell<Vec<Value>>,
}

impl Journal {
    /// Adds the diagnostics of a client.
    pub fn add(&self, remarks: &Remarks<'_>) {
        let codes = CODES.iter().filter_map(|code| {
            let own: Vec<&Diagnostic> =
                remarks.diagnostics.iter().filter(|diagnostic| diagnostic.code == code.id).collect();
            let severity = remarks.severity(own.first()?);
            let rows: Vec<Value> = own
                .iter()
                .map(|diagnostic| {
                    let Diagnostic { pointer, identity, message, help, .. } = diagnostic;
                    let extent = diagnostic.extent().unwrap_or_else(|| "1 place".to_owned());
                    context! { pointer, identity, extent, message, help }
                })
                .collect();
            Some(context! { id => code.id, title => code.title, severity => severity.name(), rows })
        });
        let codes: Vec<Value> = codes.collect();
        let count = |severity| remarks.counts().iter().find(|(own, _)| *own == severity).map_or(0, |(_, count)| *count);
        self.clients.borrow_mut().push(context! {
            name => remarks.client,
            source => remarks.document.origin.label(None),
            errors => count(Severity::Error), warnings => count(Severity::Warning), notes => count(Severity::Note),
            codes,
        });
    }

    /// Writes the file atomically. `stopped` is the error that ended the run.
    pub fn store(&self, path: &Path, stopped: Option<&Error>) -> Result<(), Error> {
        let text = self.render(stopped).map_err(|error| {
            Error::write("a template of evo-gen cannot be rendered; please report this")
                .at("report.md.jinja")
                .caused_by(error)
        })?;
        write::store(path, &text).map(drop)
    }

    fn render(&self, stopped: Option<&Error>) -> Result<String, minijinja::Error> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_formatter(|out, _, value| match value.as_str() {
            Some(text) => out.write_str(&plain(text)).map_err(minijinja::Error::from),
            None => out.write_str(&value.to_string()).map_err(minijinja::Error::from),
        });
        let stopped = stopped.map(|error| {
            context! { code => error.code(), message => error.message(), place => error.place(), help => error.advice() }
        });
        let clients = self.clients.borrow().clone();
        // minijinja removes the last newline.
        Ok(environment.render_str(TEMPLATE, context! { clients, stopped })? + "\n")
    }
}

/// Escapes text for Markdown, on one line.
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for char in normalize_untrusted_str(text).chars() {
        match char {
            '\n' => plain.push(' '),
            '&' => plain.push_str("&amp;"),
            '<' => plain.push_str("&lt;"),
            '>' => plain.push_str("&gt;"),
            // Some renderers notify the user with this name.
            '@' => plain.push_str("&#64;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '$' => plain.extend(['\\', char]),
            _ => plain.push(char),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_a_document_is_escaped() {
        for (text, expected) in [
            ("the type `Shop.Box`1` is *not* described", "the type \\`Shop.Box\\`1\\` is \\*not\\* described"),
            ("a|b\nc\\", "a\\|b c\\\\"),
            ("<script>&[x](y)", "&lt;script&gt;&amp;\\[x\\](y)"),
            ("@someone #1 $x$ ~y~", "&#64;someone \\#1 \\$x\\$ \\~y\\~"),
            ("\u{1b}[31m\u{202e}", "␛\\[31m\u{fffd}"),
        ] {
            assert_eq!(plain(text), expected);
        }
    }
}
