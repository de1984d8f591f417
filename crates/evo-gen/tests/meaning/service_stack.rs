//! The types and operations of ServiceStack, which documents do not contain.

use std::collections::BTreeMap;

use evo_gen::api::Api;
use serde_json::{Value, json};

use crate::made::{get, holder, make, make_with};

fn member(name: &str, ty: &str, namespace: &str, args: &[&str]) -> Value {
    json!({ "name": name, "type": ty, "namespace": namespace, "genericArgs": args })
}

/// Returns the modules with the names of their types.
fn modules(api: &Api) -> BTreeMap<String, Vec<&str>> {
    let of = |module: &evo_gen::api::Module| module.items.iter().map(|id| api.items[*id].name.as_str()).collect();
    api.modules.iter().map(|module| (module.path.join("::"), of(module))).collect()
}

#[test]
fn types_of_servicestack_that_a_document_mentions_are_known() {
    let made = holder(
        &json!([
            member("Papers", "List`1", "System.Collections.Generic", &["UploadedFile"]),
            member("Extra", "ObjectDictionary", "ServiceStack", &[]),
            member("Ids", "ArrayOfInt", "ServiceStack", &[]),
            member("Job", "BackgroundJob", "ServiceStack.Jobs", &[]),
            member("ByName", "Dictionary`2", "System.Collections.Generic", &["String", "List<UserAuth>"]),
            member("Status", "ResponseStatus", "ServiceStack", &[]),
            // A .NET type; ServiceStack has one with the same name without arguments.
            member("Pairs", "List`1", "System.Collections.Generic", &["KeyValuePair<String,Int32>"]),
        ]),
        &json!([]),
    );
    assert_eq!(
        made.fields("Holder"),
        [
            "papers: Vec<UploadedFile>",
            "extra: ObjectDictionary",
            "ids: ArrayOfInt",
            "job: Option<BackgroundJob>",
            "by_name: BTreeMap<String, Vec<UserAuth>>",
            "status: Option<ResponseStatus>",
            "pairs: Vec<KeyValuePair<String, i32>>",
        ]
    );
    assert_eq!(made.remarks, Vec::<String>::new());
    let modules = modules(&made.api);
    assert_eq!(modules["service_stack"], ["ArrayOfInt", "ObjectDictionary", "UploadedFile"]);
    assert_eq!(modules["service_stack::auth"], ["UserAuth"]);
    assert_eq!(modules["service_stack::jobs"], ["BackgroundJob", "BackgroundJobState"]);
    assert_eq!(
        made.fields("UploadedFile"),
        [
            "file_name: Option<String>",
            "file_path: Option<String>",
            "content_type: Option<String>",
            "content_length: i64",
        ]
    );
    // The base class is known too.
    assert!(
        made.fields("BackgroundJob").contains(&"ref_id: Option<String>".to_owned()),
        "{:?}",
        made.fields("BackgroundJob")
    );
}

#[test]
fn responses_and_rows_with_types_of_servicestack_are_known() {
    let number = json!({ "name": "IntResponse", "namespace": "ServiceStack" });
    let jobs = json!({ "name": "QueryResponse`1", "namespace": "ServiceStack", "genericArgs": ["BackgroundJob"] });
    let base = json!({ "name": "QueryDb`1", "namespace": "ServiceStack", "genericArgs": ["BackgroundJob"] });
    let made = make(&json!({ "types": [], "operations": [
        { "request": { "name": "Count", "namespace": "Shop" }, "method": "POST", "returnType": number },
        { "request": { "name": "QueryJobs", "namespace": "Shop", "inherits": base }, "method": "GET", "returnType": jobs },
    ] }));
    assert_eq!(made.call("operation", "Count"), "operation!(Count: POST => IntResponse);");
    assert_eq!(
        made.call("operation", "QueryJobs"),
        "operation!(QueryJobs: GET => QueryResponse<BackgroundJob>, dates, rows BackgroundJob);"
    );
    assert_eq!(made.fields("IntResponse")[0], "result: i32");
    let query: Vec<String> =
        made.fields("QueryJobs").iter().map(|field| field.split(':').next().unwrap().to_owned()).collect();
    assert_eq!(query, ["skip", "take", "order_by", "order_by_desc", "include", "fields", "meta"]);
    assert_eq!(made.remarks, Vec::<String>::new());
}

#[test]
fn a_type_of_the_service_takes_precedence() {
    let own = json!({ "name": "ApiKey", "namespace": "Q", "properties": [{ "name": "Own", "type": "Int32", "namespace": "System" }] });
    let made = holder(
        &json!([
            member("Own", "List`1", "System.Collections.Generic", &["ApiKey"]),
            member("Theirs", "ApiKey", "ServiceStack", &[]),
        ]),
        &json!([own]),
    );
    let fields = made.fields("Holder");
    assert_eq!(fields[0], "own: Vec<ApiKey>");
    assert!(fields[1].ends_with("service_stack::ApiKey>"), "{fields:?}");
    assert_eq!(made.remarks, Vec::<String>::new());
}

#[test]
fn an_undescribed_type_of_the_service_is_not_mistaken_for_one_of_servicestack() {
    let of_value_type = |name: &str, ty: &str, namespace: &str, args: &[&str]| {
        let mut member = member(name, ty, namespace, args);
        member["isValueType"] = json!(true);
        member
    };
    let list = |name: &str, inner: &str| member(name, "List`1", "System.Collections.Generic", &[inner]);
    let made = holder(
        &json!([
            // A struct, which servers never describe; recognized by a member, or by the argument of a nullable member.
            of_value_type("Key", "ApiKey", "Shop", &[]),
            list("Keys", "ApiKey"),
            of_value_type("Perhaps", "Nullable`1", "System", &["UploadedFile"]),
            list("Files", "UploadedFile"),
            // A class that the document does not contain.
            member("Problem", "ResponseError", "Shop", &[]),
            list("Problems", "ResponseError"),
            // Only ServiceStack has this name.
            list("Users", "UserAuth"),
            // Both exist: arguments refer to the type of the service.
            member("Theirs", "Navigation.NavItem", "Shop", &[]),
            member("Item", "NavItem", "ServiceStack", &[]),
            list("Items", "NavItem"),
        ]),
        &json!([]),
    );
    assert_eq!(
        made.fields("Holder"),
        [
            "key: Option<TextOrObject>",
            "keys: Vec<TextOrObject>",
            "perhaps: Option<TextOrObject>",
            "files: Vec<TextOrObject>",
            "problem: Option<Value>",
            "problems: Vec<Value>",
            "users: Vec<UserAuth>",
            "theirs: Option<Value>",
            "item: Option<NavItem>",
            "items: Vec<Value>",
        ]
    );
    assert_eq!(modules(&made.api).keys().collect::<Vec<_>>(), ["", "service_stack", "service_stack::auth"]);
}

#[test]
fn unused_types_of_servicestack_are_not_generated() {
    let made =
        make(&json!({ "types": [], "operations": [get("Find", &json!({ "name": "Found", "namespace": "Q" }))] }));
    assert_eq!(modules(&made.api).keys().collect::<Vec<_>>(), [""]);
}

#[test]
fn operations_of_servicestack_are_generated_if_the_setting_lists_them() {
    let document = json!({ "types": [], "operations": [
        get("Find", &json!({ "name": "Found", "namespace": "Q" })), get("Other", &json!({ "name": "Found", "namespace": "Q" })),
    ] });
    let setting = r#"
        include = ["Find"]
        service_stack = ["QueryUserApiKeys", "StoreFileUpload", "AdminQueryUsers", "AdminUpdateUser", "GetAccessToken"]
    "#;
    let made = make_with(&document, setting).unwrap();
    assert_eq!(made.remarks, Vec::<String>::new());
    for call in [
        "operation!(QueryUserApiKeys: GET => UserApiKeysResponse, dates);",
        "operation!(StoreFileUpload: POST => StoreFileUploadResponse);",
        "operation!(AdminQueryUsers: GET => AdminUsersResponse);",
        "operation!(AdminUpdateUser: PUT => AdminUserResponse);",
        "operation!(Find: GET => Found);",
    ] {
        let name = call.split(['(', ':']).nth(1).unwrap();
        assert_eq!(made.call("operation", name), call);
    }
    // Authentication is part of the runtime.
    assert_eq!(made.api.runtime_operations, ["dto::GetAccessToken"]);
    assert_eq!(made.operations().len(), 5);
    // The request inherits members.
    assert!(made.fields("AdminUpdateUser").contains(&"user_name: Option<String>".to_owned()));
}

#[test]
fn unknown_and_documented_operations_are_errors() {
    let mut listed = get("CheckCrudEvents", &json!({ "name": "CheckCrudEventsResponse", "namespace": "ServiceStack" }));
    listed["request"]["namespace"] = json!("ServiceStack");
    let document = json!({ "types": [], "operations": [listed] });
    for (setting, expected) in [
        (
            r#"service_stack = ["QueryUserApiKey"]"#,
            "ServiceStack has no operation `QueryUserApiKey`, which `service_stack` names; did you mean `QueryUserApiKeys`?",
        ),
        (
            r#"service_stack = ["CheckCrudEvents"]"#,
            "the document lists the operation `CheckCrudEvents`, which `service_stack` names; remove it from the list: it is generated anyway",
        ),
    ] {
        let error = make_with(&document, setting).map(|made| made.text).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
}
