//! Names of setters.

/// The methods that set members of these names, in their order. `setters!` has a method `new` of its own.
pub(super) fn name_setters(members: &[String]) -> Vec<String> {
    let mut in_place_of_new = "new".to_owned();
    while in_place_of_new == "new" || members.contains(&in_place_of_new) {
        in_place_of_new.insert_str(0, "with_");
    }
    let method = |member: &String| if member == "new" { in_place_of_new.clone() } else { member.clone() };
    members.iter().map(method).collect()
}
