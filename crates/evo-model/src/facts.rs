//! The facts about a service in `/metadata/app.json` that a client needs.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The maximum length of names and versions.
const MAX_TEXT_LENGTH: usize = 256;

/// The members that distinguish the stored form from an unrelated `service.json`.
const STORED_MEMBERS: [&str; 6] = ["serviceName", "serviceStackVersion", "dialect", "casing", "endpointRouting", "api"];

/// Facts about a service.
///
/// They are hints: a client without them uses defaults that work with every host. The stored form (`service.json`) contains only these
/// members, so that no secrets and no dates end up in a repository.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Facts {
    /// The name of the service (`app.serviceName`).
    #[serde(rename = "serviceName", default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The version of `ServiceStack` (`app.serviceStackVersion`). The host formats it as a decimal number, so `6.10` may be 6.1 or 6.10.
    /// Do not compare versions with it.
    #[serde(rename = "serviceStackVersion", default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The serializer for responses (`app.useSystemJson`).
    #[serde(default, skip_serializing_if = "Dialect::is_unknown")]
    pub dialect: Dialect,
    /// The casing of JSON keys (`app.jsTextCase`).
    #[serde(default, skip_serializing_if = "Casing::is_unknown")]
    pub casing: Casing,
    /// Whether the host uses ASP.NET Core endpoint routing (`app.endpointRouting`). Such a host responds with 405 at `/json/reply`.
    #[serde(default)]
    pub endpoint_routing: bool,
    /// Whether the host supports `/api/{Operation}` (`httpHandlers["ApiHandlers.Json"]`). `None` if unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub api: Option<bool>,
}

/// The JSON serializer of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Dialect {
    /// `ServiceStack.Text`, used by all hosts before version 8.1 and by later ones without endpoint routing.
    #[serde(rename = "ServiceStack.Text")]
    ServiceStackText,
    /// `System.Text.Json` with the converters of `ServiceStack`.
    #[serde(rename = "System.Text.Json")]
    SystemTextJson,
    /// Unknown, or both are used.
    #[default]
    #[serde(rename = "unknown")]
    Unknown,
}

impl Dialect {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
    fn is_unknown(&self) -> bool {
        *self == Self::Unknown
    }
}

/// The casing of JSON keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Casing {
    /// `callSid`.
    Camel,
    /// `CallSid`.
    Pascal,
    /// `call_sid`.
    Snake,
    /// Unknown.
    #[default]
    Unknown,
}

impl Casing {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
    fn is_unknown(&self) -> bool {
        *self == Self::Unknown
    }
}

impl Facts {
    /// Reads an `AppMetadata` document in any casing. Returns `None` if it has no member `app`.
    #[must_use]
    pub fn from_app(document: &Value) -> Option<Self> {
        let app = member(document, "app").filter(|app| app.is_object())?;
        let text = |name| member(app, name).and_then(Value::as_str).map(str::trim);
        let short =
            |name| text(name).filter(|text| !text.is_empty() && text.len() <= MAX_TEXT_LENGTH).map(str::to_owned);
        Some(Self {
            name: short("serviceName"),
            version: short("serviceStackVersion"),
            // Older hosts, such as 6.1, have only one serializer and do not write the member.
            dialect: match member(app, "useSystemJson").map(|value| value.as_str().map(fold)) {
                None => Dialect::ServiceStackText,
                Some(Some(text)) if text == "never" => Dialect::ServiceStackText,
                Some(Some(text)) if text == "always" => Dialect::SystemTextJson,
                Some(_) => Dialect::Unknown,
            },
            casing: match text("jsTextCase").map(fold).as_deref() {
                Some("camelcase") => Casing::Camel,
                Some("pascalcase" | "default") => Casing::Pascal,
                Some("snakecase") => Casing::Snake,
                _ => Casing::Unknown,
            },
            endpoint_routing: member(app, "endpointRouting")
                .and_then(Value::as_array)
                .is_some_and(|steps| !steps.is_empty()),
            api: Some(
                member(document, "httpHandlers")
                    .and_then(|handlers| member(handlers, "ApiHandlers.Json"))
                    .and_then(Value::as_str)
                    .is_some_and(|path| !path.is_empty()),
            ),
        })
    }

    /// Reads a stored `service.json`: the output of [`Facts::to_stored`], or an `AppMetadata` document. Returns `None` if it has none of
    /// the known members, and so belongs to something else.
    ///
    /// # Errors
    ///
    /// Returns a message about the first invalid member.
    pub fn from_stored(document: &Value) -> Result<Option<Self>, String> {
        let Some(members) = document.as_object() else { return Ok(None) };
        if let Some(facts) = Self::from_app(document) {
            return Ok(Some(facts));
        }
        if !STORED_MEMBERS.iter().any(|name| members.contains_key(*name)) {
            return Ok(None);
        }
        Self::deserialize(document).map(Some).map_err(|error| error.to_string())
    }

    /// Returns the text of `service.json`: pretty-printed, with a trailing newline.
    #[must_use]
    pub fn to_stored(&self) -> String {
        // Serializing strings and booleans cannot fail.
        let mut text = serde_json::to_string_pretty(self).unwrap_or_else(|_| "{}".to_owned());
        text.push('\n');
        text
    }
}

/// Returns a member of a JSON object by its C# name, in any casing. A null member counts as absent.
pub(crate) fn member<'a>(object: &'a Value, name: &str) -> Option<&'a Value> {
    let wanted = fold(name);
    object.as_object()?.iter().find(|(key, value)| !value.is_null() && fold(key) == wanted).map(|(_, value)| value)
}

/// Removes case and underscores from a key, so that all casings of a name are equal.
fn fold(key: &str) -> String {
    key.chars().filter(|char| *char != '_').flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn facts(document: &Value) -> Facts {
        Facts::from_app(document).expect("the document has an app member")
    }

    #[test]
    fn every_dialect_and_casing_is_recognized() {
        let handlers = json!({"ApiHandlers.Json": "/api/{Request}"});
        let known = Facts {
            name: Some("Lab".into()),
            version: Some("10.15".into()),
            dialect: Dialect::SystemTextJson,
            casing: Casing::Camel,
            endpoint_routing: true,
            api: Some(true),
        };
        let classic = Facts { dialect: Dialect::ServiceStackText, endpoint_routing: false, ..known.clone() };
        let cases = [
            (
                "System.Text.Json",
                json!({"app": {"serviceName": "Lab", "serviceStackVersion": "10.15", "jsTextCase": "CamelCase",
                    "useSystemJson": "Always", "endpointRouting": ["map", "use", "force"]}, "httpHandlers": handlers}),
                known.clone(),
            ),
            (
                "6.1, Pascal",
                json!({"App": {"ServiceStackVersion": "6.10", "JsTextCase": "Default"}, "HttpHandlers": handlers}),
                Facts { name: None, version: Some("6.10".into()), casing: Casing::Pascal, ..classic.clone() },
            ),
            (
                "snake, no /api",
                json!({"app": {"service_name": "Lab", "service_stack_version": "10.15", "js_text_case": "SnakeCase",
                    "use_system_json": "Never"}}),
                Facts { casing: Casing::Snake, api: Some(false), ..classic.clone() },
            ),
            (
                "nulls",
                json!({"app": {"serviceName": null, "serviceStackVersion": null, "jsTextCase": null,
                    "useSystemJson": null, "endpointRouting": null}, "httpHandlers": {"ApiHandlers.Json": null}}),
                Facts { name: None, version: None, casing: Casing::Unknown, api: Some(false), ..classic.clone() },
            ),
            (
                "values of the wrong kind",
                json!({"app": {"serviceName": 1, "serviceStackVersion": [], "jsTextCase": "KebabCase",
                    "useSystemJson": "Response", "endpointRouting": []}, "httpHandlers": []}),
                Facts { endpoint_routing: false, api: Some(false), ..Facts::default() },
            ),
        ];
        for (name, document, expected) in cases {
            let actual = facts(&document);
            assert_eq!(actual, expected, "{name}");
            let stored: Value = serde_json::from_str(&actual.to_stored()).expect("stored facts are JSON");
            assert_eq!(Facts::from_stored(&stored), Ok(Some(expected)), "{name}, stored and read again");
        }
    }

    #[test]
    fn documents_without_app_have_no_facts() {
        for document in [json!(null), json!([]), json!("app"), json!({}), json!({"app": null}), json!({"app": "x"})] {
            assert_eq!(Facts::from_app(&document), None, "{document}");
            assert_eq!(Facts::from_stored(&document), Ok(None), "{document}");
        }
    }

    #[test]
    fn only_the_facts_are_stored() {
        let document = json!({"date": "/Date(1)/", "app": {"baseUrl": "http://10.0.0.1", "serviceName": "Lab",
            "serviceStackVersion": "10.15", "jsTextCase": "CamelCase", "useSystemJson": "Never"},
            "plugins": {"apiKey": {"httpHeader": "X-Api-Key"}}, "httpHandlers": {"ApiHandlers.Json": "/api/{Request}"}});
        let expected = r#"{
  "serviceName": "Lab",
  "serviceStackVersion": "10.15",
  "dialect": "ServiceStack.Text",
  "casing": "camel",
  "endpointRouting": false,
  "api": true
}
"#;
        assert_eq!(facts(&document).to_stored(), expected);
    }

    #[test]
    fn an_invalid_stored_form_is_rejected_and_an_unrelated_one_is_ignored() {
        let refused = Facts::from_stored(&json!({"dialect": "STJ"})).expect_err("no such dialect");
        assert!(refused.contains("STJ"), "{refused}");
        let refused = Facts::from_stored(&json!({"api": true, "casng": "camel"})).expect_err("no such member");
        assert!(refused.contains("casng"), "{refused}");
        assert_eq!(Facts::from_stored(&json!({"name": "my-service", "version": "1"})), Ok(None));
    }
}
