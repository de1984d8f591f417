//! Member names on the wire: ServiceStack's casing rules, and the tolerant comparison that reads every casing.

/// The camelCase form of a C# name, by ServiceStack's rule: leading capitals become lowercase while the next character is also a capital
/// (the first one always, and the end of the name counts as a capital). Only ASCII letters change: `UserID` becomes `userID`, `URLPath`
/// becomes `urlPath`.
///
/// <https://docs.servicestack.net/json-format>; `ServiceStack.Text/StringExtensions.cs: ToCamelCase`.
#[must_use]
pub fn camel_case(name: &str) -> String {
    let mut camel = String::with_capacity(name.len());
    let mut chars = name.chars().peekable();
    let mut first = true;
    while let Some(c) = chars.next() {
        let next_is_small = chars.peek().is_some_and(|next| !next.is_ascii_uppercase());
        if !c.is_ascii_uppercase() || (!first && next_is_small) {
            camel.push(c);
            camel.extend(chars);
            break;
        }
        camel.push(c.to_ascii_lowercase());
        first = false;
    }
    camel
}

/// Whether two names are equal if case is ignored.
pub(crate) fn eq_ignoring_case(a: &str, b: &str) -> bool {
    if a.is_ascii() && b.is_ascii() {
        return a.eq_ignore_ascii_case(b);
    }
    folded(a).eq(folded(b))
}

/// Whether two names are equal if case, `_` and `-` are ignored: `date_time` and `DateTime`.
pub(crate) fn eq_ignoring_separators(a: &str, b: &str) -> bool {
    let letters = |name| folded(name).filter(|c| !matches!(c, '_' | '-'));
    letters(a).eq(letters(b))
}

fn folded(name: &str) -> impl Iterator<Item = char> + '_ {
    name.chars().flat_map(char::to_lowercase)
}
