//! The setting `allow`: diagnostics that are not reported.

use super::{Code, Diagnostic, Diagnostics, Severity};
use crate::Error;
use crate::config::{did_you_mean, matches_pattern, without_arity};

/// Codes of diagnostics that do not occur in every run: facts are only fetched from a server, and names are only kept after an earlier run.
/// Entries with these codes need not match.
const DEPEND_ON_THE_RUN: [&str; 2] = ["EVO0001", "EVO0050"];

/// An entry: a code, or a code for one item, such as `EVO0042:Shop.FindPet`.
struct Allowed<'a> {
    entry: &'a str,
    code: &'static Code,
    place: Option<&'a str>,
}

impl Diagnostics {
    /// Removes the diagnostics that match an entry of the setting `allow`.
    ///
    /// # Errors
    ///
    /// Fails if an entry has an unknown code or the code of an error, or if it matches no diagnostic.
    pub fn allow(&mut self, entries: &[String]) -> Result<(), Error> {
        let allowed = entries.iter().map(|entry| Allowed::parse(entry)).collect::<Result<Vec<_>, Error>>()?;
        let unused = allowed
            .iter()
            .find(|allowed| !allowed.may_be_unused() && !self.entries.iter().any(|it| allowed.covers(it)));
        let unused = unused.map(|allowed| allowed.unused(&self.entries));
        self.entries.retain(|diagnostic| !allowed.iter().any(|allowed| allowed.covers(diagnostic)));
        unused.map_or(Ok(()), Err)
    }
}

impl<'a> Allowed<'a> {
    fn parse(entry: &'a str) -> Result<Self, Error> {
        let (code, place) = match entry.split_once(':') {
            Some((code, place)) => (code, Some(place.trim())),
            None => (entry, None),
        };
        let code = Code::known(code, &[]).map_err(|error| error.setting("allow", Some(entry)))?;
        if code.severity == Severity::Error {
            return Err(Error::usage(format!(
                "`{}` in `allow` is the code of an error and cannot be allowed",
                code.id
            ))
            .setting("allow", Some(entry))
            .help("remove it; only warnings and notes can be allowed"));
        }
        Ok(Self { entry, code, place })
    }

    fn may_be_unused(&self) -> bool {
        DEPEND_ON_THE_RUN.contains(&self.code.id)
    }

    fn covers(&self, diagnostic: &Diagnostic) -> bool {
        let is_place = |place: &str| {
            let plain = without_arity(&diagnostic.identity);
            place == diagnostic.pointer
                || matches_pattern(place, &diagnostic.identity)
                || matches_pattern(place, &plain)
        };
        diagnostic.code == self.code.id && self.place.is_none_or(is_place)
    }

    /// Returns the error for an entry that matches no diagnostic.
    fn unused(&self, diagnostics: &[Diagnostic]) -> Error {
        let error =
            Error::usage(format!("`{}` of `allow` matches nothing", self.entry)).setting("allow", Some(self.entry));
        let same_code = diagnostics.iter().filter(|diagnostic| diagnostic.code == self.code.id);
        let places: Vec<&str> =
            same_code.map(|diagnostic| diagnostic.identity.as_str()).filter(|name| !name.is_empty()).collect();
        match self.place {
            Some(place) if !places.is_empty() => error.help(did_you_mean(place, &places)),
            _ => error.help(format!("remove it: the document does not cause {}", self.code.id)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diagnostics() -> Diagnostics {
        let mut diagnostics = Diagnostics::default();
        diagnostics.warn("EVO0040", "/operations/0/routes/0/path", "a", "");
        diagnostics.warn("EVO0042", "/operations/0", "b", "");
        diagnostics.warn("EVO0042", "/operations/1", "c", "");
        diagnostics.note("EVO0032", "/types/0/properties/1", "d", "");
        let names =
            [("/operations/0", "Shop.FindPet"), ("/operations/1", "Shop.AddPet"), ("/types/0", "Shop.Page`1.Items")];
        diagnostics.identify(|pointer| {
            names.iter().find(|(start, _)| pointer.starts_with(start)).map_or("", |(_, name)| name).to_owned()
        });
        diagnostics
    }

    fn left(entries: &[&str]) -> Result<String, String> {
        let mut diagnostics = diagnostics();
        let entries: Vec<String> = entries.iter().map(|entry| (*entry).to_owned()).collect();
        diagnostics.allow(&entries).map_err(|error| error.to_string())?;
        Ok(diagnostics.as_slice().iter().map(|diagnostic| diagnostic.message.as_str()).collect())
    }

    #[test]
    fn allowed_diagnostics_are_removed() {
        for (entries, expected) in [
            (&[][..], "abcd"),
            (&["EVO0040"], "bcd"),
            (&["evo0042", "EVO0040"], "d"),
            (&["EVO0042:Shop.AddPet"], "abd"),
            (&["EVO0042:Shop.*", "EVO0032:Shop.Page.Items"], "a"),
            (&["EVO0032:Shop.Page`1.Items"], "abc"),
            (&["EVO0042:/operations/1"], "abd"),
            // These entries need not match.
            (&["EVO0001", "EVO0050"], "abcd"),
        ] {
            assert_eq!(left(entries).as_deref(), Ok(expected), "{entries:?}");
        }
    }

    #[test]
    fn an_entry_that_matches_nothing_is_an_error() {
        for (entry, expected) in [
            ("EVO0041", "`EVO0041` of `allow` matches nothing; remove it: the document does not cause EVO0041"),
            ("EVO0042:Shop.AddPets", "`EVO0042:Shop.AddPets` of `allow` matches nothing; did you mean `Shop.AddPet`?"),
            (
                "EVO0006",
                "`EVO0006` in `allow` is the code of an error and cannot be allowed; remove it; only warnings and notes can be allowed",
            ),
            ("EVO0O40", "there is no code `EVO0O40`; did you mean `EVO0040`? `evo-gen explain` lists all codes"),
            ("", "there is no code ``; `evo-gen explain` lists all codes"),
        ] {
            assert_eq!(left(&[entry]), Err(expected.to_owned()), "{entry}");
        }
    }
}
