//! Patterns that match .NET names.

/// Whether a name matches a pattern, in which `*` matches any text.
#[must_use]
pub fn matches_pattern(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| name.strip_prefix(first)) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        match rest.split_once(part) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    rest.ends_with(last)
}

/// Removes the arity from a name: `Shop.Page.Items` for ``Shop.Page`1.Items``.
pub(crate) fn without_arity(name: &str) -> String {
    let mut parts = name.split('`');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push_str(part.trim_start_matches(|c: char| c.is_ascii_digit()));
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_names() {
        for (pattern, name, expected) in [
            ("Shop.Pet", "Shop.Pet", true),
            ("Shop.Pet", "Shop.Pets", false),
            ("Shop.*", "Shop.Pet", true),
            ("*.Id", "Shop.Pet.Id", true),
            ("Shop.*.Id", "Shop.Pet.Id", true),
            ("Shop.*.Id", "Shop.Pet.Name", false),
            ("*", "", true),
            ("a*a", "a", false),
        ] {
            assert_eq!(matches_pattern(pattern, name), expected, "{pattern} and {name}");
        }
    }
}
