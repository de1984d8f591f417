//! `evo-gen list` and `evo-gen show`.

use serde_json::{Value, json};

use super::sandbox::Sandbox;

#[test]
fn operations_and_types_are_listed_one_a_line() {
    let sandbox = Sandbox::pets();
    assert_eq!(sandbox.run(&["list"]).expect(0).out, "FindPets\tGET\t/pets\tPet\n");
    let types = sandbox.run(&["list", "--types", "--file", "metadata.json"]).expect(0).out;
    assert_eq!(types, "Kind\tenum, 2 values\tPets.Api.Kind\nPet\tclass, 2 members\tPets.Api.Pet\n");
    assert_eq!(sandbox.run(&["list", "Find*"]).expect(0).out, "FindPets\tGET\t/pets\tPet\n");
    let unknown = sandbox.run(&["list", "Hold*"]).expect(2);
    assert!(unknown.err.contains("`Hold*`"), "{}", unknown.err);
    let line: Value = serde_json::from_str(&sandbox.run(&["list", "--format", "json"]).expect(0).out).unwrap();
    let expected = json!({"kind": "operation", "name": "FindPets", "dotnet": "Pets.Api.FindPets", "verb": "GET",
        "routes": ["GET /pets"], "returns": "Pet"});
    assert_eq!(line, expected);
}

#[test]
fn an_operation_is_shown_with_all_that_a_caller_wants_to_know() {
    let sandbox = Sandbox::pets();
    insta::assert_snapshot!(sandbox.run(&["show", "findpets"]).expect(0).out, @r#"
    FindPets (GET /api/FindPets)
    route: GET /pets

    Request
        Name  Option<String>

    Returns Pet
        Name  Option<String>
        Kind  Kind

    Sample request
        {
          "name": "FindPets 1"
        }

    Sample answer
        {
          "name": "FindPets 1",
          "kind": "Cat"
        }

    Rust
        client.send(FindPets::new()).await?

    curl
        curl 'https://api.example.org/api/FindPets?name=FindPets%201'
    "#);
    assert_eq!(sandbox.run(&["show", "Pets.Api.Kind"]).expect(0).out, "Kind (Pets.Api.Kind)\n    Cat\n    Dog\n");
    let unknown = sandbox.run(&["show", "FindPet"]).expect(2);
    assert!(unknown.err.contains("did you mean `FindPets`?"), "{}", unknown.err);
}

#[test]
fn what_is_shown_is_json_for_programs() {
    let sandbox = Sandbox::pets();
    let shown: Value =
        serde_json::from_str(&sandbox.run(&["show", "FindPets", "--format", "json"]).expect(0).out).unwrap();
    assert_eq!(shown["members"][0]["rustType"], "Option<String>");
    assert_eq!(shown["answer"][0]["members"][1]["name"], "Kind");
    assert_eq!(shown["sampleAnswer"], json!({"name": "FindPets 1", "kind": "Cat"}));
}
