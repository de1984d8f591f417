//! Names of setters.

use std::collections::BTreeSet;

/// What every type has: `new`, and the methods of the traits that it implements or that Rust implements for it. A type may
/// lose `Hash` with its next member; its setters keep their names.
pub(super) const METHODS: [&str; 20] = [
    "new",
    "borrow",
    "borrow_mut",
    "clone",
    "clone_from",
    "clone_into",
    "default",
    "deserialize",
    "eq",
    "fmt",
    "from",
    "hash",
    "into",
    "ne",
    "serialize",
    "to_owned",
    "to_string",
    "try_from",
    "try_into",
    "type_id",
];

/// What a type has whose values are ordered.
const METHODS_OF_ORDER: [&str; 9] = ["clamp", "cmp", "ge", "gt", "le", "lt", "max", "min", "partial_cmp"];

/// The methods that set members of these names, in their order.
///
/// A setter is called like its member, unless a method of this name would hide one that the type has, or that people call on it:
/// then `with_` stands before it.
pub(super) fn name_setters(members: &[String], derives: &[String]) -> Vec<String> {
    let is_ordered = derives.iter().any(|name| matches!(name.as_str(), "PartialOrd" | "Ord"));
    let hides = |name: &str| METHODS.contains(&name) || is_ordered && METHODS_OF_ORDER.contains(&name);
    let mut taken: BTreeSet<String> = members.iter().cloned().collect();
    let method = |member: &String| {
        let mut method = member.clone();
        if hides(&method) {
            while !taken.insert(method.clone()) {
                method.insert_str(0, "with_");
            }
        }
        method
    };
    members.iter().map(method).collect()
}
