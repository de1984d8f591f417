//! The setting `deprecated`: an unknown name is an error. The case `deprecated` of the fixtures shows its effect.

use std::collections::BTreeMap;

use evo_gen::config::Settings;
use evo_gen::diagnostics::Diagnostics;
use evo_gen::{lower, metadata};
use serde_json::json;

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
        let mut settings = Settings::default();
        settings.deprecated.insert(name.to_owned(), "gone".to_owned());
        let mut diagnostics = Diagnostics::default();
        let types = metadata::read_value(&document, &mut diagnostics);
        let api = types.and_then(|types| lower::lower(&types, None, &settings, &BTreeMap::new(), &mut diagnostics));
        assert_eq!(api.err().map(|error| error.to_string()).as_deref(), expected, "{name}");
    }
}
