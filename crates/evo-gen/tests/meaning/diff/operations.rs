//! Changes of operations: their calls, access, rules and responses.

use std::slice::from_ref;

use serde_json::{Value, json};

use super::{diff, told};
use crate::document::{class, document, operation, with};

/// The name of a change, and the operation before and after it.
type Case = (&'static str, Value, Value);

fn calls() -> Vec<Case> {
    let find = |verb: &str| operation("Find", verb, &["Id: Int32 value", "Name: String"], "Pet");
    let routed = |routes: &[(&str, &str)]| {
        let routes: Vec<Value> = routes.iter().map(|(verbs, path)| json!({ "verbs": verbs, "path": path })).collect();
        with(find("GET"), "/routes", json!(routes))
    };
    let returns = |name: &str| operation("Find", "GET", &["Id: Int32 value", "Name: String"], name);
    let in_namespace = |name: &str| with(find("GET"), "/request/namespace", json!(name));
    let summary =
        |text: &str| with(find("GET"), "/routes", json!([{ "path": "/pets", "verbs": "GET", "summary": text }]));
    let queries = |row: &str| {
        let base = json!({ "name": "QueryDb`1", "namespace": "ServiceStack", "genericArgs": [row] });
        let mut query = operation("Find", "GET", &[], "");
        query["request"]["inherits"] = base;
        query["returnType"] = json!({ "name": "QueryResponse`1", "namespace": "ServiceStack", "genericArgs": ["Pet"] });
        query
    };
    vec![
        ("nothing", find("GET"), find("GET")),
        ("the verb", find("GET"), find("POST")),
        ("a route comes", routed(&[]), routed(&[("GET", "/pets")])),
        ("a route goes", routed(&[("GET", "/pets")]), routed(&[])),
        ("a route changes", routed(&[("GET", "/pets")]), routed(&[("GET", "/animals")])),
        ("the case of a route", routed(&[("GET", "/pets/{Id}")]), routed(&[("GET", "/Pets/{id}")])),
        ("a route wants a member", routed(&[("GET", "/pets")]), routed(&[("GET", "/pets/{Id}")])),
        ("a route wants another member", routed(&[("GET", "/pets/{Id}")]), routed(&[("GET", "/pets/{Name}")])),
        ("members of a route change places", routed(&[("GET", "/{Id}/{Name}")]), routed(&[("GET", "/{Name}/{Id}")])),
        ("a route for another verb comes", routed(&[("GET", "/pets")]), routed(&[("GET,POST", "/pets")])),
        ("a route for another verb goes", routed(&[("GET,POST", "/pets")]), routed(&[("GET", "/pets")])),
        ("a route that no member fills", routed(&[("GET", "/a/{X}")]), routed(&[("GET", "/b/{X}")])),
        ("the summary of a route", summary("Finds one."), summary("Finds a pet.")),
        ("another answer", returns("Pet"), returns("Owner")),
        ("a list of answers", returns("Pet"), returns("List<Pet>")),
        ("no answer", returns("Pet"), returns("nothing")),
        ("an answer where was none", returns("nothing"), returns("Pet")),
        ("a stream", returns("Pet"), returns("Stream")),
        ("text instead of bytes", returns("Byte[]"), returns("String")),
        ("another namespace", in_namespace("Shop"), in_namespace("Shop.Api")),
        ("another row of a query", queries("Pet"), queries("Owner")),
        ("a description", find("GET"), with(find("GET"), "/request/description", json!("Finds a pet."))),
        ("tags", find("GET"), with(find("GET"), "/tags", json!(["pets"]))),
    ]
}

fn access() -> Vec<Case> {
    let find = |key: &str, value: Value| {
        with(operation("Find", "GET", &["Id: Int32 value"], "Pet"), &format!("/{key}"), value)
    };
    let open = || find("tags", json!([]));
    let roles = |names: &[&str]| find("requiredRoles", json!(names));
    let any_role = |names: &[&str]| find("requiresAnyRole", json!(names));
    vec![
        ("a user is required", open(), find("requiresAuth", json!(true))),
        ("a user is no longer required", find("requiresAuth", json!(true)), open()),
        ("a role is required", find("requiresAuth", json!(true)), roles(&["Admin"])),
        ("one role more", roles(&["Admin"]), roles(&["Admin", "Owner"])),
        ("one role less", roles(&["Admin", "Owner"]), roles(&["Admin"])),
        ("another role", roles(&["Admin"]), roles(&["Owner"])),
        ("one role more will do", any_role(&["Admin"]), any_role(&["Admin", "Owner"])),
        ("one role less will do", any_role(&["Admin", "Owner"]), any_role(&["Admin"])),
        ("a permission is required", open(), find("requiredPermissions", json!(["Read"]))),
        ("an API key is required", open(), find("requiresApiKey", json!(true))),
    ]
}

fn rules() -> Vec<Case> {
    let checked = |validator: &str| {
        let rule = json!([{ "name": "Validate", "args": [{ "name": "Validator", "value": validator }] }]);
        with(operation("Add", "POST", &["Name: String"], "nothing"), "/request/properties/0/attributes", rule)
    };
    let hinted = |key: &str, value: Value| {
        with(operation("Add", "POST", &["Name: String"], "nothing"), &format!("/request/properties/0/{key}"), value)
    };
    let open = || operation("Add", "POST", &["Name: String"], "nothing");
    vec![
        ("a rule comes", open(), checked("NotEmpty")),
        ("a rule goes", checked("NotEmpty"), open()),
        ("a length is shorter", checked("MaximumLength(20)"), checked("MaximumLength(10)")),
        ("a length is longer", checked("MaximumLength(10)"), checked("MaximumLength(20)")),
        ("a length moves", checked("Length(1,5)"), checked("Length(3,9)")),
        ("not null, then not empty", checked("NotNull"), checked("NotEmpty")),
        ("a bound is included", checked("GreaterThan(0)"), checked("GreaterThanOrEqual(0)")),
        ("a range inside of a range", checked("InclusiveBetween(1,9)"), checked("ExclusiveBetween(1,9)")),
        ("another pattern", checked("RegularExpression('a+')"), checked("RegularExpression('b+')")),
        (
            "fewer values to choose from",
            hinted("allowableValues", json!(["a", "b"])),
            hinted("allowableValues", json!(["a"])),
        ),
        (
            "more values to choose from",
            hinted("allowableValues", json!(["a"])),
            hinted("allowableValues", json!(["a", "b"])),
        ),
    ]
}

fn members() -> Vec<Case> {
    let add = |members: &[&str]| operation("Add", "POST", members, "nothing");
    vec![
        ("a member of a request comes", add(&["Name: String"]), add(&["Name: String", "Age: Int32 value"])),
        ("a member of a request goes", add(&["Name: String", "Age: Int32 value"]), add(&["Name: String"])),
        ("a member of a request becomes required", add(&["Name: String"]), add(&["Name: String required"])),
        ("a value becomes nullable", add(&["Age: Int32 value"]), add(&["Age: Int32? value"])),
        ("a value is no longer nullable", add(&["Age: Int32? value"]), add(&["Age: Int32 value"])),
        ("a file comes", add(&["Name: String"]), add(&["Name: String", "Photo: IHttpFile"])),
        ("a file goes", add(&["Name: String", "Photo: IHttpFile"]), add(&["Name: String"])),
    ]
}

/// The report of each case.
fn all(cases: &[Case]) -> String {
    let types = [class("Pet", &["Name: String"]), class("Owner", &["Pets: List<Pet>", "Name: String"])];
    let shown = |(what, old, new): &Case| {
        let told = told(&diff(&document(from_ref(old), &types), &document(from_ref(new), &types), ""));
        format!("## {what}\n\nold:\n  {old}\nnew:\n  {new}\n{told}\n")
    };
    cases.iter().map(shown).collect()
}

#[test]
fn calls_and_answers() {
    insta::assert_snapshot!("calls", all(&calls()));
}

#[test]
fn access_of_operations() {
    insta::assert_snapshot!("access", all(&access()));
}

#[test]
fn stricter_and_laxer_rules() {
    insta::assert_snapshot!("rules", all(&rules()));
}

#[test]
fn members_of_requests() {
    insta::assert_snapshot!("requests", all(&members()));
}

#[test]
fn added_and_removed_operations() {
    let (find, add) = (operation("Find", "GET", &[], "Pet"), operation("Add", "POST", &["Pet: Pet"], "nothing"));
    let types = [class("Pet", &["Name: String"])];
    let (less, more) = (document(from_ref(&find), &types), document(&[find.clone(), add], &types));
    let expected = "  => minor\n     \
        [additive operation-added] + operation Shop.Add was added (sent by Add)\n     \
        [additive type-sent] ~ type Shop.Pet is also sent now: it has `new` and setters (sent by Add) (received by Find)\n";
    assert_eq!(told(&diff(&less, &more, "")), expected);
    let expected = "  => major\n     \
        [breaking operation-removed] - operation Shop.Add was removed: code that uses `Add` does not compile; the service no longer \
        knows it (sent by Add)\n     \
        [breaking type-not-sent] ~ type Shop.Pet is now only received: code that calls its `new` or its setters, or that writes a \
        literal of it, does not compile (sent by Add) (received by Find)\n";
    assert_eq!(told(&diff(&more, &less, "")), expected);
}
