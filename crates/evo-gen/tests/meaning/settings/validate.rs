//! The setting `validate`: its effect, and the error if it has no effect.

use evo_gen::Error;
use evo_gen::api::Api;
use evo_gen::config::Settings;
use evo_gen::emit::{self, Header};
use serde_json::json;

use crate::made;

/// Builds the model of a request with this validator.
fn lowered(validator: &str, settings: &Settings) -> Result<Api, Error> {
    let attribute =
        json!({ "name": "Validate", "args": [{ "name": "Validator", "type": "String", "value": validator }] });
    let member = json!({ "name": "Name", "type": "String", "namespace": "System", "attributes": [attribute] });
    let request = json!({ "name": "AddPet", "namespace": "Pets", "properties": [member] });
    let document =
        json!({ "types": [], "operations": [{ "request": request, "method": "POST", "returnsVoid": true }] });
    made::lower(&document, settings).map(|(api, _)| api)
}

/// Generates the code of a request with this validator.
fn generated(validator: &str, settings: &Settings) -> Result<String, Error> {
    let api = lowered(validator, settings)?;
    emit::emit_single(&api, &Header { source: "metadata.json".to_owned(), command: "evo-gen".to_owned() })
}

fn validating() -> Settings {
    let mut settings = Settings::default();
    settings.validate = true;
    settings
}

#[test]
fn rules_are_checked_only_with_the_setting() {
    let line = "rules!(AddPet { name: \"Name\" [NotEmpty] });\n";
    assert!(generated("NotEmpty", &validating()).is_ok_and(|text| text.contains(line)));
    let text = generated("NotEmpty", &Settings::default()).unwrap_or_default();
    assert!(text.contains("    /// Not empty.\n") && !text.contains("rules"), "{text}");
}

#[test]
fn a_service_without_rules_is_an_error() {
    let error = generated("IsGoodName", &validating()).map_err(|error| error.to_string());
    let expected = "no request has a rule that a client can check, so `validate` does nothing; leave `validate` out; \
                    the service checks its other rules itself";
    assert_eq!(error, Err(expected.to_owned()));
}

#[test]
fn checked_patterns_need_a_feature_of_the_runtime() {
    for (validator, settings, expected) in [
        ("RegularExpression(`^[a-z]+$`)", validating(), &["regex"][..]),
        ("RegularExpression(`^[a-z]+$`)", Settings::default(), &[]),
        ("NotEmpty", validating(), &[]),
    ] {
        let features = lowered(validator, &settings).map(|api| api.runtime_features.into_iter().collect::<Vec<_>>());
        assert_eq!(features.map_err(|error| error.to_string()), Ok(expected.to_vec()), "{validator}");
    }
}

/// The rules of a request are an array on the stack.
#[test]
fn many_rules_are_allowed_to_be_large() {
    let rule =
        json!([{ "name": "Validate", "args": [{ "name": "Validator", "type": "String", "value": "NotEmpty" }] }]);
    for (count, settings, is_large) in
        [(300, "validate = true", true), (300, "", false), (100, "validate = true", false)]
    {
        let member = |number| json!({ "name": format!("M{number}"), "type": "String", "namespace": "System", "attributes": rule });
        let request =
            json!({ "name": "AddPet", "namespace": "Pets", "properties": (0..count).map(member).collect::<Vec<_>>() });
        let text = made::generate(
            &json!({ "types": [], "operations": [{ "request": request, "method": "POST", "returnsVoid": true }] }),
            settings,
        );
        assert_eq!(text.contains("large_stack_arrays"), is_large, "{count}, {settings}");
    }
}
