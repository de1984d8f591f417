//! Suggestions for misspelled names.

/// Returns help for an unknown name: the most similar known name, ignoring case, if there is one, otherwise all known names.
///
/// ```
/// # extern crate evo_model as evo_gen;
/// assert_eq!(evo_gen::config::did_you_mean("sorce", &["source", "output"]), "did you mean `source`?");
/// assert_eq!(evo_gen::config::did_you_mean("holdsesion", &["HoldSession"]), "did you mean `HoldSession`?");
/// assert_eq!(evo_gen::config::did_you_mean("x", &["source", "output"]), "expected one of `source`, `output`");
/// ```
#[must_use]
pub fn did_you_mean(unknown: &str, known: &[&str]) -> String {
    suggest(unknown, known, &format!("expected one of `{}`", known.join("`, `")))
}

/// Returns help for an unknown name: the most similar known name, ignoring case, if there is one, or `otherwise` if not.
#[must_use]
pub fn suggest(unknown: &str, known: &[&str], otherwise: &str) -> String {
    nearest(unknown, known).map_or_else(|| otherwise.to_owned(), |near| format!("did you mean `{near}`?"))
}

/// Finds the most similar known name, ignoring case.
pub(crate) fn nearest<'a>(unknown: &str, known: &[&'a str]) -> Option<&'a str> {
    let lower: Vec<String> = known.iter().map(|name| name.to_lowercase()).collect();
    let candidates: Vec<&str> = lower.iter().map(String::as_str).collect();
    let unknown = unknown.to_lowercase();
    let near = *similar::get_close_matches(unknown.as_str(), &candidates, 1, 0.6).first()?;
    known.get(candidates.iter().position(|name| *name == near)?).copied()
}
