//! `evo-gen list` and `evo-gen show`.

use serde_json::{Value, json};

use super::sandbox::Sandbox;

#[test]
fn operations_and_types_are_listed_one_per_line() {
    let sandbox = Sandbox::pets();
    assert_eq!(sandbox.run(&["list"]).expect(0).out, "FindPets\tGET\t/pets\tPet\n");
    let types = sandbox.run(&["list", "--types", "--file", "metadata.json"]).expect(0).out;
    assert_eq!(types, "Kind\tenum, 2 values\tPets.Api.Kind\nPet\tclass, 2 members\tPets.Api.Pet\n");
    assert_eq!(sandbox.run(&["list", "Find*"]).expect(0).out, "FindPets\tGET\t/pets\tPet\n");
    let unknown = sandbox.run(&["list", "Hold*"]).expect(2);
    let help =
        "patterns are names of operations, `Get*`, `Namespace/*`, `{tag}`, `role:Admin` or a route such as `/pets/*`";
    assert_eq!(unknown.err, format!("error: no operation matches `Hold*`\n  help: {help}\n"));
    let similar = sandbox.run(&["list", "FindPet"]).expect(2);
    assert_eq!(similar.err, "error: no operation matches `FindPet`\n  help: did you mean `FindPets`?\n");
    let line: Value = serde_json::from_str(&sandbox.run(&["list", "--format", "json"]).expect(0).out).unwrap();
    let expected = json!({"kind": "operation", "name": "FindPets", "dotnet": "Pets.Api.FindPets", "verb": "GET",
        "routes": ["GET /pets"], "returns": "Pet", "namespace": "Pets.Api"});
    assert_eq!(line, expected);
    let grouped = |by: &str| sandbox.run(&["list", "--by", by]).expect(0).out;
    assert_eq!(grouped("namespace"), "Pets.Api\tFindPets\tGET\t/pets\tPet\n");
    assert_eq!(grouped("tag"), "(no tag)\tFindPets\tGET\t/pets\tPet\n");
}

#[test]
fn show_prints_members_samples_and_calls() {
    let sandbox = Sandbox::pets();
    insta::assert_snapshot!(sandbox.run(&["show", "findpets"]).expect(0).out, @r#"
    FindPets (GET /api/FindPets)
    route: GET /pets

    Request
        Name  string  Option<String>

    Returns Pet
        Name  string  Option<String>
        Kind  Kind    Kind

    Sample request
        {
          "name": "FindPets 1"
        }

    Sample response
        {
          "name": "FindPets 1",
          "kind": "Cat"
        }

    Rust
        client.send(FindPets::new()).await?

    curl
        curl 'https://api.example.org/api/FindPets?name=FindPets%201'
    "#);
    assert_eq!(sandbox.run(&["show", "Pets.Api.Kind"]).expect(0).out, "Kind (Pets.Api.Kind)\n    Cat  0\n    Dog  1\n");
    // A client that does not use `/api` is shown the other address of a name.
    sandbox.write("evo-gen.toml", &format!("{}address = [\"reply\"]\n", sandbox.read("evo-gen.toml")));
    let by_reply = sandbox.run(&["show", "FindPets"]).expect(0).out;
    assert!(by_reply.starts_with("FindPets (GET /json/reply/FindPets)\nroute: GET /pets\n"), "{by_reply}");
    assert!(by_reply.ends_with("curl 'https://api.example.org/json/reply/FindPets?name=FindPets%201'\n"), "{by_reply}");
    let unknown = sandbox.run(&["show", "FindPet"]).expect(2);
    assert!(unknown.err.contains("did you mean `FindPets`?"), "{}", unknown.err);
}

#[test]
fn show_prints_json_for_programs() {
    let sandbox = Sandbox::pets();
    let shown: Value =
        serde_json::from_str(&sandbox.run(&["show", "FindPets", "--format", "json"]).expect(0).out).unwrap();
    let expected = json!({"name": "Name", "rustName": "name", "dotnetType": "string", "rustType": "Option<String>",
        "required": false, "rules": [], "allowed": [], "docs": []});
    assert_eq!(without_nulls(&shown["members"][0]), expected);
    assert_eq!(shown["answer"][0]["members"][1]["name"], "Kind");
    assert_eq!(shown["sampleAnswer"], json!({"name": "FindPets 1", "kind": "Cat"}));
}

/// An object without the members that are null.
fn without_nulls(value: &Value) -> Value {
    let members = value.as_object().unwrap().iter().filter(|(_, value)| !value.is_null());
    members.map(|(name, value)| (name.clone(), value.clone())).collect::<serde_json::Map<_, _>>().into()
}

#[test]
fn show_prints_all_that_a_document_states_about_an_operation() {
    let sandbox = Sandbox::pets();
    let attribute = |rule: &str| json!({"name": "Validate", "args": [{"name": "Validator", "type": "String", "namespace": "System", "value": rule}]});
    let list =
        json!({"name": "Tags", "type": "List`1", "namespace": "System.Collections.Generic", "genericArgs": ["String"]});
    let page = json!({"name": "Page", "namespace": "Shop"});
    let document = json!({
        "types": [
            {"name": "Page", "namespace": "Shop", "properties": [
                {"name": "Orders", "type": "List`1", "namespace": "System.Collections.Generic", "genericArgs": ["Order"]}]},
            {"name": "Order", "namespace": "Shop", "properties": [
                {"name": "State", "type": "State", "namespace": "Shop", "isValueType": true, "isEnum": true}]},
            {"name": "State", "namespace": "Shop", "isEnum": true, "enumNames": ["Open", "Paid"], "enumValues": ["0", "4"],
             "enumMemberValues": ["open", "paid"]},
        ],
        "operations": [{
            "request": {"name": "FindOrders", "namespace": "Shop", "description": "Finds orders.", "properties": [
                {"name": "Mail", "type": "String", "namespace": "System", "description": "Whose.", "isRequired": true,
                 "attributes": [attribute("[NotEmpty,Email]")]},
                {"name": "Top", "type": "Nullable`1", "namespace": "System", "isValueType": true, "genericArgs": ["Int32"]},
                list,
            ]},
            "response": {"name": "Page", "namespace": "Shop"}, "returnType": page, "actions": ["ANY"], "method": "GET",
            "routes": [{"path": "/orders", "verbs": "GET"}, {"path": "/orders/by/{Mail}"}],
            "requiresAuth": true, "requiredRoles": ["Clerk"], "tags": ["orders", "shop"],
        }],
    });
    sandbox.write("shop.json", &document.to_string());
    insta::assert_snapshot!(sandbox.run(&["show", "findorders", "--deep", "--file", "shop.json"]).expect(0).out);
    let tags = sandbox.run(&["list", "--by", "tag", "--file", "shop.json"]).expect(0).out;
    let line = |tag: &str| format!("{tag}\tFindOrders\tGET\t/orders\tPage\tRequires the role Clerk.\n");
    assert_eq!(tags, line("orders") + &line("shop"));
}

#[test]
fn operations_of_service_stack_are_shown_by_their_names() {
    let sandbox = Sandbox::pets();
    let run = |arguments: &[&str]| sandbox.run(arguments).expect(0).out;
    assert_eq!(run(&["list"]), "FindPets\tGET\t/pets\tPet\n");
    assert_eq!(run(&["list", "assignroles"]), "AssignRoles\tPOST\t/api/AssignRoles\tAssignRolesResponse\n");
    assert_eq!(run(&["list", "ServiceStack.Register"]), "Register\tPOST\t/api/Register\tRegisterResponse\n");
    insta::assert_snapshot!(run(&["show", "GetAccessToken"]));
    let unknown = sandbox.run(&["show", "GetAccessTokens"]).expect(2);
    assert!(unknown.err.contains("the service has no operation and no type `GetAccessTokens`"), "{}", unknown.err);
    // Hosts before version 6.9 list them, and services may have operations of these names.
    let listed = json!({"types": [], "operations": [
        {"request": {"name": "Register", "namespace": "Shop", "properties": [{"name": "Till", "type": "Int32", "namespace": "System", "isValueType": true}]},
         "returnsVoid": true, "actions": ["POST"], "method": "POST"},
        {"request": {"name": "Authenticate", "namespace": "ServiceStack", "properties": [{"name": "provider", "type": "String", "namespace": "System"}]},
         "response": {"name": "AuthenticateResponse", "namespace": "ServiceStack", "properties": [{"name": "UserId", "type": "String", "namespace": "System"}]},
         "returnType": {"name": "AuthenticateResponse", "namespace": "ServiceStack"}, "actions": ["ANY"], "method": "POST",
         "routes": [{"path": "/auth/{provider}"}]},
    ]});
    sandbox.write("shop.json", &listed.to_string());
    let expected = "Authenticate\tPOST\t/auth/{provider}\tAuthenticateResponse\nRegister\tPOST\t/api/Register\t-\n";
    assert_eq!(run(&["list", "--file", "shop.json"]), expected);
    let shown = run(&["show", "Register", "--file", "shop.json"]);
    assert!(shown.contains("Till  int "), "{shown}");
}

#[test]
fn types_are_listed_by_their_own_names() {
    let sandbox = Sandbox::pets();
    let list = |pattern: &str| sandbox.run(&["list", "--types", pattern]).expect(0).out;
    let (kind, pet) = ("Kind\tenum, 2 values\tPets.Api.Kind\n", "Pet\tclass, 2 members\tPets.Api.Pet\n");
    for (pattern, expected) in [
        ("Pet", pet.to_owned()),
        ("k*", kind.to_owned()),
        ("Pets.Api.Kind", kind.to_owned()),
        ("Pets.Api/*", [kind, pet].concat()),
        ("pets/*", [kind, pet].concat()),
        ("*", [kind, pet].concat()),
        // The types that operations need.
        ("/pets", [kind, pet].concat()),
    ] {
        assert_eq!(list(pattern), expected, "{pattern}");
    }
    for (pattern, help) in [("Pte", "did you mean `Pet`?"), ("Shop/*", "patterns are names of types")] {
        let unknown = sandbox.run(&["list", "--types", pattern]).expect(2);
        assert!(unknown.err.starts_with(&format!("error: the service has no type `{pattern}`\n")), "{}", unknown.err);
        assert!(unknown.err.contains(help), "{}", unknown.err);
    }
}

#[test]
fn names_and_types_are_those_of_the_configured_client() {
    let sandbox = Sandbox::pets();
    let settings = "decimals = \"string\"\nrequired = true\nrename = { \"Shop.Dog\" = \"Hound\" }\n";
    sandbox.write("evo-gen.toml", &format!("source = \"shop.json\"\noutput = \"src/api\"\n{settings}"));
    let member = |name: &str, ty: &str, is_value: bool| json!({"name": name, "type": ty, "namespace": "System", "isValueType": is_value, "isRequired": true});
    let operation = |name: &str, response: &str| {
        let response = json!({"name": response, "namespace": "Shop"});
        json!({"request": {"name": name, "namespace": "Shop", "properties": [member("Price", "Decimal", true)]},
            "response": response, "returnType": response, "actions": ["GET"], "method": "GET"})
    };
    let types = ["Cat", "Dog"]
        .map(|name| json!({"name": name, "namespace": "Shop", "properties": [member("Name", "String", false)]}));
    sandbox.write(
        "shop.json",
        &json!({"types": types, "operations": [operation("FindCats", "Cat"), operation("FindDogs", "Dog")]})
            .to_string(),
    );
    let run = |arguments: &[&str]| sandbox.run(arguments).expect(0).out;
    // A setting can be for an operation that the pattern does not select.
    assert_eq!(run(&["list", "FindCats"]), "FindCats\tGET\t/api/FindCats\tCat\n");
    assert_eq!(run(&["list", "FindDogs"]), "FindDogs\tGET\t/api/FindDogs\tHound\n");
    assert_eq!(run(&["list", "--types", "Hound"]), "Hound\tclass, 1 member\tShop.Dog\n");
    let shown: Value = serde_json::from_str(&run(&["show", "FindDogs", "--format", "json"])).unwrap();
    assert_eq!(shown["members"][0]["rustType"], "Option<DecimalText>");
    assert_eq!(shown["sampleRequest"], json!({"price": 1.5}));
    assert!(shown["rust"].as_str().unwrap().starts_with("client.send(FindDogs::new("), "{}", shown["rust"]);
}

#[test]
fn operations_that_share_a_name_have_samples_of_their_own() {
    let sandbox = Sandbox::pets();
    let find = |namespace: &str, member: &str, routes: Value| {
        let members = json!([{"name": member, "type": "String", "namespace": "System"}]);
        json!({"request": {"name": "Find", "namespace": namespace, "properties": members}, "method": "GET", "returnsVoid": true, "routes": routes})
    };
    let operations = [find("Shop.New", "Text", json!([{"path": "/new/find"}])), find("Shop.Old", "Code", json!([]))];
    sandbox.write("same.json", &json!({"types": [], "operations": operations}).to_string());
    assert_eq!(
        sandbox.run(&["list", "--file", "same.json"]).expect(0).out,
        "Find\tGET\t/new/find\t-\nFind\tGET\t-\t-\n"
    );
    for (name, head, sample) in [
        ("Shop.New.Find", "Find (GET /new/find)", json!({"text": "Text 1"})),
        ("Shop.Old.Find", "Find (GET -)", json!({"code": "Code 1"})),
    ] {
        let shown =
            |format: &str| sandbox.run(&["show", name, "--file", "same.json", "--format", format]).expect(0).out;
        assert_eq!(shown("human").lines().next(), Some(head));
        let value: Value = serde_json::from_str(&shown("json")).unwrap();
        assert_eq!(value["sampleRequest"], sample, "{value}");
        assert_eq!(value.get("curl"), None, "{value}");
    }
}
