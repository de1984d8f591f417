//! The names of conditions: a field of a row, with a word that says how it is compared.
//!
//! A host ignores a condition whose name it does not know, and answers every row: so names are checked before they are sent.
//!
//! <https://docs.servicestack.net/autoquery/rdbms#implicit-conventions>

use crate::error::{Error, ErrorKind};
use crate::wire::Shape;
use crate::wire::names::eq_ignoring_case;

/// Where a word may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Before,
    After,
    Either,
}

/// The words, which are written exactly so; the field beside them in any case.
const WORDS: &[(&str, Place)] = &[
    ("In", Place::After),
    ("Ids", Place::After),
    // The plural of the field: `Genres`.
    ("s", Place::After),
    ("Between", Place::Either),
    ("Above", Place::Either),
    ("Begin", Place::Before),
    ("Beyond", Place::Either),
    ("Over", Place::Either),
    ("OlderThan", Place::After),
    ("After", Place::Either),
    (">", Place::Either),
    ("GreaterThan", Place::Either),
    ("OnOrAfter", Place::Before),
    ("From", Place::Either),
    ("Since", Place::Before),
    ("Start", Place::Before),
    ("Higher", Place::Either),
    ("GreaterThanOrEqualTo", Place::Either),
    ("Min", Place::Before),
    ("Minimum", Place::Before),
    ("Behind", Place::Before),
    ("Below", Place::Either),
    ("Under", Place::Either),
    ("Lower", Place::Either),
    ("Before", Place::Either),
    ("YoungerThan", Place::After),
    ("<", Place::Either),
    ("LessThan", Place::Either),
    ("OnOrBefore", Place::Before),
    ("End", Place::Before),
    ("Stop", Place::Before),
    ("To", Place::Before),
    ("Until", Place::Before),
    ("LessThanOrEqualTo", Place::Either),
    ("Max", Place::Before),
    ("Maximum", Place::Before),
    ("!", Place::After),
    ("NotEqualTo", Place::After),
    ("<>", Place::Either),
    ("StartsWith", Place::After),
    ("Contains", Place::After),
    ("EndsWith", Place::After),
    ("Like", Place::Either),
    ("IsNull", Place::After),
    ("IsNotNull", Place::After),
    ("HasAll", Place::After),
    ("HasAny", Place::After),
];

/// The fields of the rows of a query; empty where they are not known, and then nothing is checked.
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

    /// Checks the name of a condition. What follows a `#` only tells two conditions apart.
    pub(super) fn check_condition(&self, name: &str) -> Result<(), Error> {
        let name = name.split('#').next().unwrap_or_default();
        let is_known = self.0.is_empty()
            || self.has(name)
            || WORDS.iter().any(|(word, place)| {
                let before = name.strip_prefix(word).is_some_and(|field| self.has(field));
                let after = name.strip_suffix(word).is_some_and(|field| self.has(field));
                (*place != Place::After && before) || (*place != Place::Before && after)
            });
        if is_known {
            return Ok(());
        }
        let candidates = self.names().map(str::to_owned).chain(self.names().flat_map(|field| {
            WORDS.iter().flat_map(move |(word, place)| {
                let before = (*place != Place::After).then(|| format!("{word}{field}"));
                let after = (*place != Place::Before).then(|| format!("{field}{word}"));
                [after, before].into_iter().flatten()
            })
        }));
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
        Error::new(ErrorKind::Request, message).with_hint(
            "call unchecked() first where it is a field of a joined table, or a convention of the host's own",
        )
    }
}

/// The candidate that a name is most like; none where it is like none.
fn nearest(name: &str, candidates: impl Iterator<Item = String>) -> Option<String> {
    let name: Vec<char> = name.to_lowercase().chars().collect();
    let distances = candidates.map(|candidate| (distance(&name, &candidate.to_lowercase()), candidate));
    let (distance, nearest) = distances.min_by_key(|(distance, _)| *distance)?;
    (distance <= name.len().div_ceil(3)).then_some(nearest)
}

/// How many characters have to be put in, taken out or changed (Levenshtein).
fn distance(a: &[char], b: &str) -> usize {
    let mut row: Vec<usize> = (0..=a.len()).collect();
    for (index, b) in b.chars().enumerate() {
        let mut diagonal = index;
        let mut left = index + 1;
        for (a, above) in a.iter().zip(row.iter_mut().skip(1)) {
            let changed = diagonal + usize::from(*a != b);
            diagonal = *above;
            left = changed.min(left + 1).min(diagonal + 1);
            *above = left;
        }
        if let Some(first) = row.first_mut() {
            *first = index + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Record as _;

    #[derive(Debug, Clone, PartialEq, Default)]
    struct Album {
        id: i32,
        title: Option<String>,
        year: Option<i32>,
        length: Option<i32>,
    }

    crate::record!(Album { id: "Id", title: "Title", year: "Year", length: "Length" as "len-gth" });

    fn check(name: &str) -> Result<(), String> {
        Fields(vec![Album::default().shape()]).check_condition(name).map_err(|error| error.message().to_owned())
    }

    #[test]
    fn fields_stand_in_any_case_beside_exact_words() {
        for name in [
            "Year",
            "year",
            "YEARIn",
            "Ids",
            "Titles",
            "YearBetween",
            "BetweenYear",
            "titleContains",
            "MinYear",
            "Year>",
            ">Year",
            "Year<",
            "<Year",
            "Year!",
            "Year!#2",
            "<>Year",
            "Year<>",
            "LengthIsNull",
            "len-gthIsNotNull",
            "ToYear",
            "titleLike",
            "YearGreaterThanOrEqualTo",
            "IdHasAny",
        ] {
            assert_eq!(check(name), Ok(()), "{name}");
        }
    }

    #[test]
    fn other_names_are_refused_with_the_nearest_that_is_known() {
        for (name, message) in [
            ("yearin", "Album has no condition `yearin`; the nearest is `YearIn`"),
            ("titlecontains", "Album has no condition `titlecontains`; the nearest is `TitleContains`"),
            ("minYear", "Album has no condition `minYear`; the nearest is `MinYear`"),
            ("YearGreatherThan", "Album has no condition `YearGreatherThan`; the nearest is `YearGreaterThan`"),
            ("Titel", "Album has no condition `Titel`; the nearest is `Title`"),
            ("YearMin", "Album has no condition `YearMin`; the nearest is `YearIn`"),
            ("Artist.Name", "Album has no condition `Artist.Name`"),
            ("", "Album has no condition ``"),
        ] {
            assert_eq!(check(name), Err(message.to_owned()), "{name}");
        }
        assert!(Fields::default().check_condition("whatever").is_ok());
    }

    #[test]
    fn distances_are_those_of_levenshtein() {
        for (a, b, expected) in [("", "", 0), ("abc", "", 3), ("", "ab", 2), ("kitten", "sitting", 3), ("ab", "ba", 2)]
        {
            assert_eq!(distance(&a.chars().collect::<Vec<_>>(), b), expected, "{a} {b}");
        }
    }
}
