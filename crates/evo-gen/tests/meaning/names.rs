//! Names of members and setters.

use serde_json::{Value, json};

use crate::made::{Made, holder, make};

fn members(names: &[&str]) -> Value {
    names.iter().map(|name| json!({ "name": name, "type": "String", "namespace": "System" })).collect()
}

fn find(names: &[&str]) -> Made {
    let request = json!({ "name": "Find", "namespace": "Shop", "properties": members(names) });
    make(&json!({ "types": [], "operations": [{ "request": request, "method": "POST", "returnsVoid": true }] }))
}

#[test]
fn no_setter_hides_a_method_of_a_trait() {
    let names = [
        "Default",
        "Clone",
        "Eq",
        "Ne",
        "Hash",
        "From",
        "Into",
        "ToString",
        "ToOwned",
        "Borrow",
        "BorrowMut",
        "TryFrom",
        "Serialize",
        "Fmt",
        "New",
        "WithClone",
        "Max",
        "Debug",
        "Type",
    ];
    let made = find(&names);
    let setters = made.call("setters", "Find");
    let entries = setters.strip_prefix("setters!(Find() { ").unwrap().strip_suffix(" });").unwrap();
    let entries: Vec<&str> = entries.split(", ").map(|entry| entry.strip_suffix(": String").unwrap()).collect();
    assert_eq!(
        entries,
        [
            "default as with_default",
            "clone as with_with_clone",
            "eq as with_eq",
            "ne as with_ne",
            "hash as with_hash",
            "from as with_from",
            "into as with_into",
            "to_string as with_to_string",
            "to_owned as with_to_owned",
            "borrow as with_borrow",
            "borrow_mut as with_borrow_mut",
            "try_from as with_try_from",
            "serialize as with_serialize",
            "fmt as with_fmt",
            "new as with_new",
            "with_clone",
            // None of these is a method of the type.
            "max",
            "debug",
            "r#type",
        ]
    );
}

#[test]
fn the_plain_spelling_gets_the_plain_name() {
    for (names, expected) in [
        (vec!["_processId", "ProcessId"], vec!["process_id2", "process_id"]),
        (vec!["PROCESS_ID", "processId", "ProcessId"], vec!["process_id3", "process_id2", "process_id"]),
        // None of these is the plain spelling.
        (vec!["URL", "Url"], vec!["url", "url2"]),
        (vec!["_processId", "Process_Id", "Process-Id"], vec!["process_id3", "process_id", "process_id2"]),
        // A numbered name does not take the name of another member.
        (vec!["_line", "Line", "Line2", "line2"], vec!["line3", "line", "line2", "line2_2"]),
    ] {
        let fields = holder(&members(&names), &json!([])).fields("Holder");
        let fields: Vec<&str> = fields.iter().map(|field| field.split(':').next().unwrap()).collect();
        assert_eq!(fields, expected, "{names:?}");
    }
}

#[test]
fn words_with_inner_capitals_are_not_split() {
    let names = [
        "EMail",
        "OAuth2Token",
        "IPv6",
        "IPv4Mask",
        "UserIDs",
        "ImageURLs",
        "GraphQLPath",
        "iOSVersion",
        "IoTDevice",
        "SaaS",
    ];
    let fields = holder(&members(&names), &json!([])).fields("Holder");
    let fields: Vec<&str> = fields.iter().map(|field| field.split(':').next().unwrap()).collect();
    let expected = [
        "email",
        "oauth2_token",
        "ipv6",
        "ipv4_mask",
        "user_ids",
        "image_urls",
        "graphql_path",
        "ios_version",
        "iot_device",
        "saas",
    ];
    assert_eq!(fields, expected);
}
