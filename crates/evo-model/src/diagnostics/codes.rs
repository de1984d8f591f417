//! The codes of diagnostics, each with its severity, title and explanation.
//!
//! | codes | subject |
//! |---|---|
//! | `EVO0001` to `EVO0009` | the document |
//! | `EVO001x` | the catalog of types and operations |
//! | `EVO002x` | names of types and their resolution |
//! | `EVO003x` | members |
//! | `EVO004x` | routes and operations |
//! | `EVO005x` | names in Rust |
//! | `EVO006x` | limits |
//!
//! The meaning of a code never changes, and codes are not reused. The pages are in `templates/explain`; `fixtures/diagnostics` has, for
//! each code, a document that triggers it.

use super::Severity::{self, Error, Note, Warning};
use crate::Error as RunError;
use crate::config::nearest;

/// A kind of diagnostic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Code {
    /// The code itself, such as `EVO0012`.
    pub id: &'static str,
    /// The severity.
    pub severity: Severity,
    /// A description in one line.
    pub title: &'static str,
    /// The explanation in Markdown, without the title: meaning, reason, remedy and an example.
    pub page: &'static str,
}

/// Defines the codes, each with its page.
macro_rules! codes {
    ($($id:literal $severity:ident $title:literal)+) => {
        &[$(Code {
            id: $id,
            severity: $severity,
            title: $title,
            page: include_str!(concat!("../../templates/explain/", $id, ".md")),
        }),+]
    };
}

/// Every code, in order.
pub const CODES: &[Code] = codes! {
    "EVO0001" Warning "the facts of the service are unknown"
    "EVO0002" Warning "a type has no name"
    "EVO0003" Warning "a member has no name or no type"
    "EVO0004" Warning "an operation has no request"
    "EVO0005" Warning "a value has the wrong JSON type"
    "EVO0006" Error "the document is not a metadata document"
    "EVO0007" Error "the stored facts of the service cannot be used"
    "EVO0010" Warning "a request is generic"
    "EVO0011" Warning "a generic response cannot be reconstructed from its closed forms"
    "EVO0012" Warning "a request is listed twice"
    "EVO0013" Warning "several requests have the same simple name"
    "EVO0014" Warning "requests are listed without their members"
    "EVO0020" Warning "the name of a type is ambiguous"
    "EVO0021" Warning "a class is the key of a map"
    "EVO0022" Warning "an enum is not described"
    "EVO0023" Warning "a struct is not described"
    "EVO0024" Warning "a type is not described"
    "EVO0025" Warning "the name of a type cannot be read"
    "EVO0026" Warning "a generic type has the wrong number of arguments"
    "EVO0030" Warning "the value of an enum member is unknown"
    "EVO0031" Warning "a base class is not described"
    "EVO0032" Note "a member cannot be sent"
    "EVO0033" Warning "a generic class contains itself with arguments that grow"
    "EVO0040" Warning "a route has a variable that no member fills"
    "EVO0041" Warning "a route cannot be filled in"
    "EVO0042" Warning "no route serves the verb of its operation"
    "EVO0043" Warning "a request is not a class"
    "EVO0050" Warning "`strip` does not apply to modules that already have a name"
    "EVO0060" Error "the document is too large"
    "EVO0061" Error "a name is too long"
    "EVO0062" Error "there are too many members in total"
    "EVO0063" Error "there are too many classes in hierarchies"
    "EVO0064" Warning "a text is truncated"
    "EVO0065" Warning "the base classes of a class form a cycle"
    "EVO0066" Warning "a type consists of too many names"
    "EVO0067" Warning "types are nested more deeply than rustc supports by default"
};

impl Code {
    /// Returns the code with this name, ignoring case. The error for an unknown name suggests a similar code, or one of `words`, which the
    /// caller accepts instead of a code.
    pub fn known(name: &str, words: &[&str]) -> Result<&'static Self, RunError> {
        Self::find(name).ok_or_else(|| {
            let known: Vec<&str> = CODES.iter().map(|code| code.id).chain(words.iter().copied()).collect();
            let all = "`evo-gen explain` lists all codes";
            let help =
                nearest(name, &known).map_or_else(|| all.to_owned(), |near| format!("did you mean `{near}`? {all}"));
            RunError::usage(format!("there is no code `{name}`")).help(help)
        })
    }

    /// Returns the code with this name, ignoring case.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        CODES.iter().find(|code| code.id.eq_ignore_ascii_case(name.trim()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_and_have_pages() {
        assert!(CODES.is_sorted_by(|a, b| a.id < b.id), "each code once, in order");
        for Code { id, title, page, .. } in CODES {
            assert!(id.len() == 7 && id.starts_with("EVO"), "{id}");
            assert!(!title.ends_with('.') && title.len() < 72, "{id}: {title}");
            for heading in ["## Example\n", "## What to do\n"] {
                assert!(page.contains(heading), "{id}: the page lacks {heading:?}");
            }
            assert!(!page.starts_with('#') && page.ends_with('\n') && !page.ends_with("\n\n"), "{id}: {page:?}");
        }
    }

    #[test]
    fn codes_are_found_in_any_case() {
        for name in ["EVO0012", "evo0012", " Evo0012 "] {
            assert_eq!(Code::find(name).map(|code| code.id), Some("EVO0012"), "{name:?}");
        }
        for name in ["", "EVO", "EVO12", "0012", "EVO00120", "EVO0099", "warnings"] {
            assert_eq!(Code::find(name), None, "{name:?}");
        }
    }
}
