//! Types that are nested more deeply than rustc supports by default.

use crate::made::make;
use crate::shapes::{chain, linked, member};

#[test]
fn the_limit_grows_with_the_longest_chain() {
    for (count, collection, expected) in [
        (20, "Dictionary`2", None),
        (43, "Dictionary`2", Some(256)),
        (120, "Dictionary`2", Some(1024)),
        (20, "List`1", None),
        (65, "List`1", Some(512)),
        (40, "", None),
        (120, "", Some(512)),
    ] {
        let made = make(&linked(count, collection));
        assert_eq!(made.api.recursion_limit, expected);
        let line = expected.map(|limit| format!("#![recursion_limit = \"{limit}\"]"));
        let remarks = made.remarks.iter().filter(|remark| remark.starts_with("EVO0067"));
        let told: Vec<bool> = remarks.map(|remark| line.iter().all(|line| remark.contains(line))).collect();
        assert_eq!(told, vec![true; line.iter().count()], "{:?}", made.remarks);
        // The front page contains it too.
        let page = made.text.replace("\n//! ", " ");
        assert_eq!(line.iter().filter(|line| page.contains(*line)).count(), line.iter().count());
    }
}

#[test]
fn all_types_in_a_cycle_count() {
    let entities = |count: usize| {
        let members = |number| {
            vec![
                member("Next", &format!("T{}", (number + 1) % count), &[]),
                member("Others", "List`1", &[&format!("T{}", (number * 7 + 3) % count)]),
            ]
        };
        make(&chain(count, members))
    };
    assert_eq!(entities(15).api.recursion_limit, None);
    assert_eq!(entities(400).api.recursion_limit, Some(2048));
}

#[test]
fn types_count_only_once() {
    // Each type has members of the next two types: the longest chain contains each type once.
    let types = chain(25, |number| {
        let next = [number + 1, number + 2].into_iter().filter(|next| *next < 25);
        next.map(|next| member(&format!("M{next}"), &format!("T{next}"), &[])).collect()
    });
    assert_eq!(make(&types).api.recursion_limit, None);
}
