//! The names of conditions: a field of a row, combined with a word for the comparison.
//!
//! A host ignores a condition whose name it does not know and returns every row, so names are checked before they are sent.
//!
//! <https://docs.servicestack.net/autoquery/rdbms#implicit-conventions>

use crate::error::{Error, ErrorKind};
use crate::wire::Shape;
use crate::wire::names::eq_ignoring_case;

/// Words that follow a field; `s` makes it plural, as in `Genres`. Words match exactly, fields in any case.
const BEHIND: &str =
    "In Ids s OlderThan YoungerThan ! NotEqualTo StartsWith Contains EndsWith IsNull IsNotNull HasAll HasAny";

/// Words that precede a field.
const BEFORE: &str = "Begin OnOrAfter Since Start Min Minimum Behind OnOrBefore End Stop To Until Max Maximum";

/// Words that precede or follow a field.
const EITHER: &str = "Between Above Beyond Over After > GreaterThan From Higher GreaterThanOrEqualTo Below Under Lower Before < LessThan \
                      LessThanOrEqualTo <> Like";

fn words(own: &'static str) -> impl Iterator<Item = &'static str> {
    [own, EITHER].into_iter().flat_map(str::split_whitespace)
}

/// The fields of the rows of a query. If there are none, they are unknown and nothing is checked.
#[derive(Debug, Clone, Default)]
pub(super) struct Fields(pub(super) Vec<&'static Shape>);

impl Fields {
    fn names(&self) -> impl Iterator<Item = &'static str> + '_ {
        let members = self.0.iter().flat_map(|shape| shape.members());
        members.flat_map(|member| std::iter::once(member.name).chain(member.wire))
    }

    fn has(&self, name: &str) -> bool {
        self.names().any(|field| eq_ignoring_case(field, name))
    }

    /// Checks the name of a condition. Anything after a `#` only distinguishes conditions.
    pub(super) fn check_condition(&self, name: &str) -> Result<(), Error> {
        let name = name.split('#').next().unwrap_or_default();
        let is_field = |rest: Option<&str>| rest.is_some_and(|field| self.has(field));
        let is_known = self.0.is_empty()
            || self.has(name)
            || words(BEHIND).any(|word| is_field(name.strip_suffix(word)))
            || words(BEFORE).any(|word| is_field(name.strip_prefix(word)));
        if is_known {
            return Ok(());
        }
        let conditions = self.names().flat_map(|field| {
            let behind = words(BEHIND).map(move |word| format!("{field}{word}"));
            behind.chain(words(BEFORE).map(move |word| format!("{word}{field}")))
        });
        let candidates = self.names().map(str::to_owned).chain(conditions);
        Err(self.unknown("condition", name, candidates))
    }

    /// Checks the name of a field.
    pub(super) fn check_field(&self, name: &str) -> Result<(), Error> {
        if self.0.is_empty() || self.has(name) {
            return Ok(());
        }
        Err(self.unknown("field", name, self.names().map(str::to_owned)))
    }

    fn unknown(&self, what: &str, name: &str, candidates: impl Iterator<Item = String>) -> Error {
        let row = self.0.first().map_or("", |shape| shape.name());
        let nearest = nearest(name, candidates).map(|nearest| format!("; the nearest is `{nearest}`"));
        let message = format!("{row} has no {what} `{name}`{}", nearest.unwrap_or_default());
        Error::new(ErrorKind::Request, message)
            .with_hint("call unchecked() first if it is a field of a joined table, or a convention of the host's own")
    }
}

/// The candidate that is most similar to a name; `None` if none is similar enough.
fn nearest(name: &str, candidates: impl Iterator<Item = String>) -> Option<String> {
    let name = name.to_lowercase();
    let distances = candidates.map(|candidate| (strsim::levenshtein(&name, &candidate.to_lowercase()), candidate));
    let (distance, nearest) = distances.min_by_key(|(distance, _)| *distance)?;
    (distance <= name.chars().count().div_ceil(3)).then_some(nearest)
}
