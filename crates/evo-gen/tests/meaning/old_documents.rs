//! Forms that only documents of old versions use.

use crate::made::make;
use serde_json::{Value, json};

/// An operation in the namespace `Q`, with additional members on the request and on the operation.
fn operation(name: &str, on_request: &Value, on_operation: &Value) -> Value {
    let mut request = json!({ "name": name, "namespace": "Q" });
    request.as_object_mut().unwrap().extend(on_request.as_object().unwrap().clone());
    let mut operation = json!({ "request": request, "actions": ["GET"] });
    operation.as_object_mut().unwrap().extend(on_operation.as_object().unwrap().clone());
    operation
}

#[test]
fn response_markers_are_read_from_the_request_and_from_the_operation() {
    let none = json!({});
    let returns = json!({ "returnMarkerTypeName": { "name": "Pet", "namespace": "Q" } });
    let returns_void = json!({ "returnVoidMarker": true });
    let made = make(&json!({
        "types": [{ "name": "Pet", "namespace": "Q" }],
        "operations": [
            operation("First", &returns, &none),
            operation("Second", &none, &returns),
            operation("FirstVoid", &returns_void, &none),
            operation("SecondVoid", &none, &returns_void),
        ],
    }));
    for (operation, answer) in [("First", "Pet"), ("Second", "Pet"), ("FirstVoid", "()"), ("SecondVoid", "()")] {
        assert_eq!(made.answer(operation), answer, "{operation}");
    }
    assert_eq!(made.remarks, Vec::<String>::new());
}

#[test]
fn the_old_name_of_the_authentication_requirement_is_read() {
    let needs = json!({ "requiresAuthentication": true, "returnsVoid": true });
    let made = make(&json!({ "types": [], "operations": [operation("Buy", &json!({}), &needs)] }));
    assert!(
        made.text.contains("/// `GET /api/Buy` (no declared route). Requires a signed-in user. Returns nothing."),
        "{}",
        made.text
    );
}

#[test]
fn the_old_mark_of_system_types_is_read() {
    let properties = json!([
        { "name": "Id", "type": "Guid", "isSystemType": true, "isValueType": true },
        { "name": "When", "type": "Nullable`1", "typeNamespace": "System", "genericArgs": ["DateTime"], "isValueType": true },
        { "name": "Names", "type": "List<String>[]", "typeNamespace": "System.Collections.Generic" },
    ]);
    let made = crate::made::holder(&properties, &json!([]));
    assert_eq!(made.fields("Holder"), ["id: Uuid", "when: Option<DateTime>", "names: Vec<Vec<String>>"]);
    assert_eq!(made.remarks, Vec::<String>::new());
}
