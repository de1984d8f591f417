//! Types that are only sent have optional members, like requests.

use serde_json::json;

use crate::document::{class, operation};
use crate::made::{call, definition, generate};

#[test]
fn unset_members_of_types_that_are_only_sent_are_not_sent() {
    let part = class("Part", &["Count: Int32 value", "When: DateTime?", "Tags: List<String>"]);
    let order = class("Order", &["Part: Part", "Count: Int32 value"]);
    let both = class("Both", &["Count: Int32 value", "Name: String"]);
    let document = json!({
        "types": [part, order, both],
        "operations": [operation("Store", "POST", &["Order: Order", "Both: Both"], "Both")],
    });
    let text = generate(&document, "");
    assert_eq!(
        definition(&text, "pub struct Part"),
        "#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]\npub struct Part {\n    pub count: Option<i32>,\n    \
         pub when: Option<DateTime>,\n    pub tags: Option<Vec<String>>,\n}"
    );
    assert_eq!(
        definition(&text, "pub struct Order").lines().skip(1).collect::<Vec<_>>(),
        ["pub struct Order {", "    pub part: Option<Part>,", "    pub count: Option<i32>,", "}"]
    );
    assert_eq!(call(&text, "setters!(Part("), "setters!(Part() { count: i32, when: DateTime, tags: Vec<String> });");
    // Members of types that are also received are always present.
    assert!(definition(&text, "pub struct Both").contains("    pub count: i32,\n"));

    let text = generate(&document, "optional = { 'Shop.Part.Count' = false, 'Shop.Both.Count' = true }");
    assert!(definition(&text, "pub struct Part").contains("    pub count: i32,\n"));
    assert!(definition(&text, "pub struct Both").contains("    pub count: Option<i32>,\n"));
}
