//! Names that someone may have meant.

/// The end of a message about an unknown name: the nearest known one if one is near, else all of them.
///
/// ```
/// # extern crate evo_model as evo_gen;
/// assert_eq!(evo_gen::config::did_you_mean("sorce", &["source", "output"]), "did you mean `source`?");
/// assert_eq!(evo_gen::config::did_you_mean("x", &["source", "output"]), "known are `source`, `output`");
/// ```
#[must_use]
pub fn did_you_mean(unknown: &str, known: &[&str]) -> String {
    let lower = unknown.to_lowercase();
    let near = similar::get_close_matches(lower.as_str(), known, 1, 0.6);
    match near.first() {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("known are `{}`", known.join("`, `")),
    }
}
