//! The marker interfaces of ServiceStack, and types of the service that look like them.

use serde_json::{Value, json};

use crate::made::make;

fn class(name: &str, namespace: &str) -> Value {
    json!({ "name": name, "namespace": namespace, "properties": [{ "name": "Id", "type": "Int32", "namespace": "System", "isValueType": true }] })
}

#[test]
fn types_of_the_service_are_not_mistaken_for_markers() {
    let mut colour = class("IColour", "ServiceStack.Harbor");
    colour["isEnum"] = json!(true);
    colour["enumNames"] = json!(["Red"]);
    let mut marker = class("IReturn`1", "ServiceStack");
    marker["genericArgs"] = json!(["T"]);
    let mut own_interface = class("IMooring", "ServiceStack.Harbor");
    own_interface["isInterface"] = json!(true);
    let mut other = class("IAnything", "ServiceStack");
    other["isInterface"] = json!(true);
    let made = make(&json!({
        "types": [
            class("IPRange", "ServiceStack.Harbor"), class("Berth", "ServiceStack.Harbor"), class("IBM", "ServiceStackApp"),
            class("Model", "ServiceStack.AI"), colour, marker, class("IVerb", "ServiceStack"), own_interface, other,
            { "name": "Dock", "namespace": "Shop", "properties": [{ "name": "At", "type": "IMooring", "namespace": "ServiceStack.Harbor" }] },
        ],
        "operations": [{ "request": class("IShip", "ServiceStack.Harbor"), "method": "POST", "returnsVoid": true }],
    }));
    let mut written = made.written();
    written.sort_unstable();
    assert_eq!(
        written,
        [
            "ServiceStack.AI.Model",
            "ServiceStack.Harbor.Berth",
            "ServiceStack.Harbor.IColour",
            "ServiceStack.Harbor.IMooring",
            "ServiceStack.Harbor.IPRange",
            "ServiceStackApp.IBM",
            "Shop.Dock",
        ]
    );
    assert_eq!(made.operations(), ["IShip"]);
}

#[test]
fn markers_are_recognized_by_namespace() {
    let request = |name: &str, marker: Value| json!({ "request": { "name": name, "namespace": "Shop", "implements": [marker], "properties": [] }, "actions": ["POST"], "returnsVoid": true });
    let of = |name: &str, namespace: &str| json!({ "name": name, "namespace": namespace, "genericArgs": ["Order"] });
    let made = make(&json!({
        "types": [class("Order", "Shop")],
        "operations": [
            request("Theirs", of("IGet", "ServiceStack")),
            request("Own", of("IGet", "Shop.Mine")),
            request("OwnBelow", of("IDelete", "ServiceStack.Harbor")),
            request("TheirTable", of("IUpdateDb`1", "ServiceStack")),
            request("OwnTable", of("IUpdateDb`1", "Shop.Mine")),
        ],
    }));
    for (operation, verb) in
        [("Theirs", "GET"), ("Own", "POST"), ("OwnBelow", "POST"), ("TheirTable", "PUT"), ("OwnTable", "POST")]
    {
        assert_eq!(made.call("operation", operation), format!("operation!({operation}: {verb} => ());"));
    }
    let tables: Vec<_> =
        made.api.operations().map(|(item, _, operation)| (item.name.as_str(), operation.table.is_some())).collect();
    assert_eq!(tables.iter().filter(|(_, has_table)| *has_table).collect::<Vec<_>>(), [&("TheirTable", true)]);
}
