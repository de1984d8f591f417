//! The setting `validate`: what it adds, and that it is an error where it would add nothing.

use std::collections::BTreeMap;

use evo_gen::config::{Overrides, Settings};
use evo_gen::diagnostics::Diagnostics;
use evo_gen::emit::Header;
use evo_gen::{Error, emit, lower, metadata};
use serde_json::json;

/// The generated text for a request with this validator.
fn generated(validator: &str, overrides: Overrides) -> Result<String, Error> {
    let attribute =
        json!({ "name": "Validate", "args": [{ "name": "Validator", "type": "String", "value": validator }] });
    let member = json!({ "name": "Name", "type": "String", "namespace": "System", "attributes": [attribute] });
    let request = json!({ "name": "AddPet", "namespace": "Pets", "properties": [member] });
    let document =
        json!({ "types": [], "operations": [{ "request": request, "method": "POST", "returnsVoid": true }] });
    let mut settings = Settings::default();
    overrides.apply(&mut settings);
    let mut diagnostics = Diagnostics::default();
    let types = metadata::read_value(&document, &mut diagnostics)?;
    let api = lower::lower(&types, None, &settings, &BTreeMap::new(), &mut diagnostics)?;
    emit::emit_single(&api, &Header { source: "metadata.json".to_owned(), command: "evo-gen".to_owned() })
}

fn validating() -> Overrides {
    Overrides { validate: Some(true), ..Overrides::default() }
}

#[test]
fn rules_are_checked_on_request_only() {
    let line = "rules!(AddPet { name: \"Name\" [not_empty] });\n";
    assert!(generated("NotEmpty", validating()).is_ok_and(|text| text.contains(line)));
    let text = generated("NotEmpty", Overrides::default()).unwrap_or_default();
    assert!(text.contains("    /// Not empty.\n") && !text.contains("rules"), "{text}");
}

#[test]
fn to_check_nothing_is_an_error() {
    let error = generated("IsGoodName", validating()).map_err(|error| error.to_string());
    let expected = "no request states a rule that a client can check, so that `validate` does nothing; leave `validate` out; \
                    what the service checks itself it answers with its own errors";
    assert_eq!(error, Err(expected.to_owned()));
}
