//! Names of setters.

use std::collections::BTreeSet;

/// The methods that every type has: `new`, and those of traits that it implements or that Rust implements for it. `hash` is listed for
/// every type, since a new member can remove `Hash`, and setters keep their names.
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

/// The methods of types that derive `PartialOrd` or `Ord`.
const METHODS_OF_ORDER: [&str; 9] = ["clamp", "cmp", "ge", "gt", "le", "lt", "max", "min", "partial_cmp"];

/// Returns the names of the setters of these members, in the same order.
///
/// A setter has the name of its member, with the prefix `with_` if the name would hide a method of the type.
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
