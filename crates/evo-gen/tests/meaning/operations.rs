//! Operations: ambiguous names, members that documents omit, statuses, and the name of the service.

use serde_json::{Value, json};

use crate::made::{make, make_with};

fn operation(name: &str, namespace: Option<&str>, routes: &[&str]) -> Value {
    let routes: Vec<Value> = routes.iter().map(|path| json!({ "path": path, "verbs": "POST" })).collect();
    json!({
        "request": { "name": name, "namespace": namespace, "properties": [{ "name": "Id", "type": "String", "namespace": "System" }] },
        "method": "POST", "returnsVoid": true, "routes": routes,
    })
}

#[test]
fn requests_with_the_same_simple_name_are_called_by_their_routes() {
    let made = make(&json!({ "types": [], "operations": [
        operation("Find", Some("Shop.Old"), &["/old/find"]),
        operation("Find", Some("Shop.New"), &["/new/find"]),
        operation("FIND", Some("Shop.Lost"), &[]),
        operation("Seek", Some("Shop.New"), &["/seek"]),
        // The same request is listed twice, which is a different problem.
        operation("Seek", Some("Shop.New"), &["/seek"]),
    ] }));
    let marked: Vec<(&str, bool)> =
        made.api.operations().map(|(item, _, operation)| (item.dotnet.as_str(), operation.only_routes)).collect();
    assert_eq!(
        marked,
        [("Shop.Lost.FIND", true), ("Shop.New.Find", true), ("Shop.New.Seek", false), ("Shop.Old.Find", true)]
    );
    for call in [
        r#"operation!(Find: POST "/old/find" => (), only routes);"#,
        r#"operation!(Find: POST "/new/find" => (), only routes);"#,
        r#"operation!(Find as "FIND": POST => (), only routes);"#,
        r#"operation!(Seek: POST "/seek" => ());"#,
    ] {
        assert!(made.text.contains(call), "{call} is not in\n{}", made.text);
    }
    let docs = made.text.replace("\n/// ", " ");
    for sentence in [
        "`POST /new/find`. Called only by its routes, because another request has the same name. Returns nothing.",
        "Cannot be called: another request has the same name, and this one has no routes. Returns nothing.",
        "`POST /seek`. Returns nothing.",
    ] {
        assert!(docs.contains(sentence), "{sentence} is not in\n{docs}");
    }
    let remarks = made.remarks_of("EVO0013");
    assert_eq!(remarks.len(), 1, "{:?}", made.remarks);
    let expected = "EVO0013: the requests Shop.Lost.FIND, Shop.New.Find and Shop.Old.Find have the same name: `/api/FIND` calls the one that the server registered last";
    assert!(remarks[0].starts_with(expected), "{remarks:?}");
}

#[test]
fn a_request_can_share_its_name_with_one_of_service_stack() {
    let made = make(&json!({ "types": [], "operations": [
        operation("Register", Some("ServiceStack"), &[]),
        operation("Register", Some("Shop"), &["/join"]),
        operation("Only", Some("Shop.New"), &["/only/{Nothing}"]),
        operation("Only", Some("Shop.Old"), &["/only"]),
    ] }));
    for call in [
        r#"operation!(Register: POST "/join" => (), only routes);"#,
        r"operation!(Only: POST => (), only routes);",
        r#"operation!(Only: POST "/only" => (), only routes);"#,
    ] {
        assert!(made.text.contains(call), "{call} is not in\n{}", made.text);
    }
    let docs = made.text.replace("\n/// ", " ");
    let sentence = "Cannot be called: another request has the same name, and this one has no usable route: \
                    `POST /only/{Nothing}`. Returns nothing.";
    assert!(docs.contains(sentence), "{docs}");
    assert_eq!(made.remarks_of("EVO0013").len(), 2, "{:?}", made.remarks);
}

#[test]
fn requests_whose_members_are_omitted_are_reported() {
    let bare = |name: &str, namespace: Option<&str>| json!({ "request": { "name": name, "namespace": namespace }, "method": "POST", "returnsVoid": true });
    let made = make(&json!({ "types": [], "operations": [
        bare("TopLevel", None), bare("Sys", Some("SystemsBiology.Api")), bare("Own", Some("System.Shop")), bare("Ping", Some("Shop")),
        // The document was completed by hand.
        operation("Full", None, &[]), operation("Whole", Some("SystemsBiology.Api"), &[]),
    ] }));
    assert_eq!(made.operations().len(), 6, "{:?}", made.operations());
    let remarks = made.remarks_of("EVO0014");
    assert_eq!(remarks.len(), 1, "{:?}", made.remarks);
    let expected = "EVO0014: the requests System.Shop.Own, SystemsBiology.Api.Sys and TopLevel are listed without members: servers hide \
        those of requests without a namespace, or in one that begins with `System` (at /operations/0/request); \
        move the DTO into a namespace on the server, such as `Shop.Api`, and fetch the document again";
    assert_eq!(remarks[0], expected);
}

#[test]
fn what_is_no_dto_is_told_by_its_namespace() {
    let returning = |name: &str, namespace: &str| {
        let mut find = operation("Find", Some("Shop"), &[]);
        find.as_object_mut().unwrap().remove("returnsVoid");
        find["returnType"] = json!({ "name": name, "namespace": namespace });
        let types = if namespace == "Shop" { vec![json!({ "name": name, "namespace": "Shop" })] } else { Vec::new() };
        make(&json!({ "types": types, "operations": [find] })).answer("Find")
    };
    for (name, namespace, expected) in [
        ("Void", "System", "()"),
        ("Task", "System.Threading.Tasks", "()"),
        ("ValueTask", "System.Threading.Tasks", "()"),
        ("Stream", "System.IO", "raw Download"),
        ("HttpResult", "ServiceStack", "raw Download"),
        ("IHttpResult", "ServiceStack.Web", "raw Download"),
        ("HttpResponseMessage", "System.Net.Http", "raw Download"),
        ("String", "System", "raw String"),
        ("Byte[]", "System", "raw Bytes"),
        ("Stream", "Shop", "Stream"),
        ("HttpResult", "Shop", "HttpResult"),
        ("MemoryStream", "Shop", "MemoryStream"),
        ("Task", "Shop", "Task"),
        ("Void", "Shop", "Void"),
    ] {
        assert_eq!(returning(name, namespace), expected, "{namespace}.{name}");
    }
    // As members: .NET's stream is the body, and a class of this name is a member like others.
    for (namespace, is_body) in [("System.IO", true), ("Shop", false)] {
        let mut send = operation("Send", Some("Shop"), &[]);
        send["request"]["properties"] = json!([{ "name": "Data", "type": "Stream", "namespace": namespace }]);
        let made = make(&json!({ "types": [{ "name": "Stream", "namespace": "Shop" }], "operations": [send] }));
        let (_, record, operation) = made.api.operations().next().unwrap();
        assert_eq!((operation.takes_raw_body, record.unwrap().members.is_empty()), (is_body, is_body), "{namespace}");
    }
}

#[test]
fn texts_about_calls_name_the_address_that_the_settings_choose() {
    let route = |name: &str, verbs: &str, path: &str| {
        let mut operation = operation(name, Some("Shop"), &[]);
        operation["routes"] = json!([{ "verbs": verbs, "path": path }]);
        operation
    };
    let document = json!({ "types": [], "operations": [
        route("Gone", "POST", "/gone/{Nothing}"), route("Odd", "POST", "/odd/{Id"), route("Other", "PURGE", "/other"),
        operation("Plain", Some("Shop"), &[]),
    ] });
    for (settings, folder) in [
        ("", "/api"),
        ("address = ['routes', 'api']", "/api"),
        ("address = ['routes', 'reply']", "/json/reply"),
        ("address = ['reply']", "/json/reply"),
    ] {
        let made = make_with(&document, settings).unwrap();
        for code in ["EVO0040", "EVO0041", "EVO0042"] {
            let remarks = made.remarks_of(code);
            assert!(
                remarks.len() == 1 && remarks[0].ends_with(&format!("calls go to {folder}")),
                "{settings}: {remarks:?}"
            );
        }
        assert!(made.text.contains(&format!("/// `POST {folder}/Plain` (no declared route).")), "{}", made.text);
    }
}

#[test]
fn statuses_below_400_are_not_listed_as_errors() {
    let stated = |status: &str, description: &str| {
        json!({ "name": "ApiResponse", "args": [
            { "name": "StatusCode", "type": "Int32", "value": status }, { "name": "Description", "type": "String", "value": description },
        ] })
    };
    let mut find = operation("Find", Some("Shop"), &[]);
    find["request"]["attributes"] = json!([
        stated("200", "Found"),
        stated("404", "Not there"),
        stated("0", "Whatever"),
        stated("304", ""),
        stated("", "Odd"),
        stated("503", "Closed")
    ]);
    let made = make(&json!({ "types": [], "operations": [find] }));
    let (_, _, operation) = made.api.operations().next().unwrap();
    let shown = |stated: &[evo_gen::api::StatedStatus]| {
        let status = |stated: &evo_gen::api::StatedStatus| stated.status.clone().unwrap_or_else(|| "any".to_owned());
        stated.iter().map(|stated| format!("{} {}", status(stated), stated.description)).collect::<Vec<_>>()
    };
    assert_eq!(shown(&operation.successes), ["200 Found", "304 "]);
    assert_eq!(shown(&operation.errors), ["404 Not there", "any Whatever", "any Odd", "503 Closed"]);
}

#[test]
fn the_name_of_the_service_is_the_common_namespace_of_its_operations() {
    for (namespaces, expected) in [
        (vec![None, Some("Shop.Api"), Some("Shop.Billing")], "Shop"),
        (vec![Some("Admin"), Some("Shop.Api"), None, Some("Shop.Billing")], "Shop"),
        (vec![Some("ServiceStack"), Some("Shop")], "Shop"),
        (vec![Some("Zoo"), Some("Shop")], "Shop"),
        (vec![None], ""),
    ] {
        let operations = namespaces.iter().enumerate();
        let operations: Vec<Value> =
            operations.map(|(index, namespace)| operation(&format!("Op{index}"), *namespace, &[])).collect();
        let made = make(&json!({ "types": [], "operations": operations }));
        assert_eq!(made.api.service.name, expected, "{namespaces:?}");
    }
}

#[test]
fn operations_are_selected_by_name_with_or_without_the_namespace() {
    let document = json!({ "types": [], "operations": [
        operation("Find", Some("Shop.Old"), &["/old"]), operation("Find", Some("Shop.New"), &["/new"]), operation("Ping", Some("Shop"), &[]),
    ] });
    let selected = |settings: &str| {
        let made = make_with(&document, settings).unwrap();
        let mut names: Vec<String> = made.api.operations().map(|(item, ..)| item.dotnet.clone()).collect();
        names.sort();
        names
    };
    for (settings, expected) in [
        ("include = ['Find']", &["Shop.New.Find", "Shop.Old.Find"][..]),
        ("include = ['Shop.Old.Find', 'Ping']", &["Shop.Old.Find", "Shop.Ping"]),
        ("include = ['Shop.*.Find']", &["Shop.New.Find", "Shop.Old.Find"]),
        ("exclude = ['Shop.Old.Find']", &["Shop.New.Find", "Shop.Ping"]),
    ] {
        assert_eq!(selected(settings), expected, "{settings}");
    }
}

#[test]
fn markers_of_base_classes_tell_what_a_request_changes() {
    let marker = |name: &str, row: &str| json!([{ "name": name, "namespace": "ServiceStack", "genericArgs": [row] }]);
    let of = |name: &str, args: &[&str]| json!({ "name": name, "namespace": "Shop", "genericArgs": args });
    let change = |name: &str, base: Value| {
        json!({
            "request": { "name": name, "namespace": "Shop", "inherits": base }, "actions": ["ANY"], "returnsVoid": true,
            "dataModel": of("Order", &[]),
        })
    };
    let made = make(&json!({
        "types": [
            { "name": "Order", "namespace": "Shop", "properties": [{ "name": "Id", "type": "Int32", "namespace": "System" }] },
            { "name": "PatchBase", "namespace": "Shop", "implements": marker("IPatchDb`1", "Order") },
            { "name": "DeleteBase`1", "namespace": "Shop", "genericArgs": ["T"], "implements": marker("IDeleteDb`1", "T") },
            { "name": "Middle", "namespace": "Shop", "inherits": of("DeleteBase`1", &["Order"]) },
        ],
        "operations": [
            change("PatchOrder", of("PatchBase", &[])),
            change("DeleteOrder", of("DeleteBase`1", &["Order"])),
            change("DeleteLater", of("Middle", &[])),
        ],
    }));
    assert_eq!(made.call("operation", "PatchOrder"), "operation!(PatchOrder: PATCH => ());");
    assert_eq!(made.call("operation", "DeleteOrder"), "operation!(DeleteOrder: DELETE => ());");
    assert_eq!(made.call("operation", "DeleteLater"), "operation!(DeleteLater: DELETE => ());");
    let text = made.text.replace("\n/// ", " ");
    assert!(text.contains("Updates the members of a row of `Order` that are set."), "{text}");
    assert_eq!(text.matches("Deletes rows of `Order`.").count(), 2, "{text}");
}
