//! `--deny`: diagnostics that fail the run.

use std::collections::BTreeSet;

use crate::Error;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Severity};

/// The value that denies every warning.
const WARNINGS: &str = "warnings";

/// The codes that are denied.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Deny {
    warnings: bool,
    codes: BTreeSet<&'static str>,
}

impl Deny {
    /// Parses the values of `--deny`: codes in any case, or `warnings`.
    pub fn new(values: &[String]) -> Result<Self, Error> {
        let mut deny = Self::default();
        for value in values {
            if value.eq_ignore_ascii_case(WARNINGS) {
                deny.warnings = true;
            } else {
                deny.codes.insert(Code::known(value, &[WARNINGS])?.id);
            }
        }
        Ok(deny)
    }

    /// Whether a diagnostic is denied.
    pub fn covers(&self, diagnostic: &Diagnostic) -> bool {
        (self.warnings && diagnostic.severity == Severity::Warning) || self.codes.contains(diagnostic.code)
    }

    /// Fails if any of the diagnostics is denied.
    pub fn check(&self, diagnostics: &Diagnostics) -> Result<(), Error> {
        let mut denied = diagnostics.as_slice().iter().filter(|diagnostic| self.covers(diagnostic));
        let Some(first) = denied.next() else { return Ok(()) };
        let more = match denied.count() {
            0 => String::new(),
            more => format!(" (and {more} more)"),
        };
        Err(Error::document(format!("--deny rejects the document: {}: {}{more}", first.code, first.message))
            .at(&first.pointer)
            .help("correct the document, or remove the code from --deny"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deny(values: &[&str]) -> Result<Deny, Error> {
        Deny::new(&values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn warnings_are_denied_as_a_group_and_all_diagnostics_by_code() {
        let mut diagnostics = Diagnostics::default();
        diagnostics.warn("EVO0040", "/operations/0/routes/0/path", "a", "");
        diagnostics.note("EVO0032", "/types/0/properties/0", "b", "");
        diagnostics.warn("EVO0041", "/operations/1/routes/0/path", "c", "");
        for (values, refused) in [
            (&[][..], None),
            (&["EVO0001"], None),
            (&["warnings"], Some("EVO0040: a (and 1 more)")),
            (&["Warnings", "evo0032"], Some("EVO0040: a (and 2 more)")),
            (&["evo0041"], Some("EVO0041: c")),
            (&["EVO0032"], Some("EVO0032: b")),
        ] {
            let error = deny(values).unwrap().check(&diagnostics).err();
            let message =
                error.as_ref().map(|error| error.message().trim_start_matches("--deny rejects the document: "));
            assert_eq!(message, refused, "{values:?}");
        }
    }

    #[test]
    fn an_unknown_code_is_an_error_with_a_suggestion() {
        for (value, help) in [
            ("warning", "did you mean `warnings`? `evo-gen explain` lists all codes"),
            ("EVO0O40", "did you mean `EVO0040`? `evo-gen explain` lists all codes"),
            ("ev0043", "did you mean `EVO0043`? `evo-gen explain` lists all codes"),
            ("unused", "`evo-gen explain` lists all codes"),
        ] {
            let error = deny(&[value]).unwrap_err();
            assert_eq!((error.message(), error.advice()), (&*format!("there is no code `{value}`"), Some(help)));
        }
    }
}
