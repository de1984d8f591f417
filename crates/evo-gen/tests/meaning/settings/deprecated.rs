//! The setting `deprecated`: an unknown name is an error. The case `deprecated` of the fixtures shows its effect.

use serde_json::json;

use crate::made::{lower, settings};

#[test]
fn unknown_names_cannot_be_deprecated() {
    let pet = json!({ "name": "Pet", "namespace": "Shop", "properties": [
        { "name": "Name", "type": "String", "namespace": "System" },
    ] });
    let document = json!({ "types": [pet], "operations": [] });
    for (name, expected) in [
        ("Shop.Pet", None),
        ("Shop.Pet.Name", None),
        ("Shop.*.Name", None),
        ("Shop.Pets", Some("`Shop.Pets` of `deprecated` matches nothing; did you mean `Shop.Pet`?")),
        ("Shop.Pet.Nam", Some("`Shop.Pet.Nam` of `deprecated` matches nothing; did you mean `Shop.Pet.Name`?")),
    ] {
        let lowered = lower(&document, &settings(&format!("deprecated.'{name}' = 'gone'")));
        assert_eq!(lowered.err().map(|error| error.to_string()).as_deref(), expected, "{name}");
    }
}
