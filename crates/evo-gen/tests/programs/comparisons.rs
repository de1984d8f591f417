//! Checks breaking changes with real programs, which are compiled against the clients of both documents. All of them compile against the old
//! client. A program fails to compile against the new one only if the comparison reports a breaking change.

use std::collections::BTreeMap;
use std::slice::from_ref;

use evo_gen::diff::{Class, Side, Understood, compare};
use evo_gen::emit::{Header, emit};
use serde_json::{Value, json};

use crate::document::{choice, class, derived, document, operation, with};
use crate::made::read;
use crate::workspace::{Workspace, manifest};

/// A pair of documents, and programs.
struct Case {
    name: &'static str,
    old: Value,
    new: Value,
    settings: &'static str,
    /// Bodies of functions that compile with the old client, and whether they compile with the new one.
    programs: Vec<(&'static str, bool)>,
}

const BREAKS: bool = false;
const COMPILES: bool = true;

fn case(name: &'static str, [old, new]: [Value; 2], programs: &[(&'static str, bool)]) -> Case {
    Case { name, old, new, settings: "", programs: programs.to_vec() }
}

/// Documents in which `Find` returns the first type.
fn received(old: &[Value], new: &[Value]) -> [Value; 2] {
    [old, new].map(|types| document(&[operation("Find", "GET", &[], "Pet")], types))
}

/// Documents in which `Add` takes the first type.
fn sent(old: &[Value], new: &[Value]) -> [Value; 2] {
    [old, new].map(|types| document(&[operation("Add", "POST", &["Pet: Pet"], "nothing")], types))
}

/// Documents of one operation.
fn calls(old: Value, new: Value) -> [Value; 2] {
    let types = [class("Pet", &["Name: String"]), class("Owner", &["Pets: List<Pet>", "Age: Int32 value"])];
    [old, new].map(|operation| document(from_ref(&operation), &types))
}

fn members() -> Vec<Case> {
    let pet = |members: &[&str]| vec![class("Pet", members)];
    vec![
        case(
            "sent-member-added",
            sent(&pet(&["Name: String"]), &pet(&["Name: String", "Note: String"])),
            &[
                ("let pet = Pet { name: None };", BREAKS),
                ("let Pet { name } = Pet::new();", BREAKS),
                ("let pet = Pet { name: None, ..Pet::default() };", COMPILES),
                ("client.send(Add::new().pet(Pet::new().name(\"Tom\"))).await?;", COMPILES),
            ],
        ),
        case(
            "received-member-added",
            received(&pet(&["Name: String"]), &pet(&["Name: String", "Note: String"])),
            &[
                ("let name: Option<String> = client.send(Find::new()).await?.name;", COMPILES),
                ("let Pet { name, .. } = client.send(Find::new()).await?;", COMPILES),
            ],
        ),
        case(
            "member-removed",
            received(&pet(&["Name: String", "Age: Int32 value"]), &pet(&["Name: String"])),
            &[
                ("let age = client.send(Find::new()).await?.age;", BREAKS),
                ("let name = client.send(Find::new()).await?.name;", COMPILES),
            ],
        ),
        case(
            "order-of-members",
            sent(&pet(&["Id: String", "Name: String"]), &pet(&["Name: String", "Id: String"])),
            &[("let pet = Pet { id: None, name: None };", COMPILES)],
        ),
        case(
            "integer-widened",
            received(&pet(&["Age: Int32 value"]), &pet(&["Age: Int64 value"])),
            &[
                ("let age: i32 = client.send(Find::new()).await?.age;", BREAKS),
                ("println!(\"{}\", client.send(Find::new()).await?.age);", COMPILES),
            ],
        ),
        case(
            "value-nullable",
            received(&pet(&["Age: Int32 value"]), &pet(&["Age: Int32? value"])),
            &[("let age = client.send(Find::new()).await?.age + 1;", BREAKS)],
        ),
        case(
            "name-on-the-wire",
            sent(&pet(&["Name: String"]), &{
                vec![with(class("Pet", &["Name: String"]), "/properties/0/dataMember", json!({ "name": "title" }))]
            }),
            &[("let pet = Pet { name: None };", COMPILES)],
        ),
        case(
            "traits-lost",
            received(
                &pet(&["A: String", "B: String", "C: String", "D: String"]),
                &pet(&["A: String", "B: String", "C: String", "D: String", "E: String"]),
            ),
            &[("HashSet::from([client.send(Find::new()).await?]);", BREAKS)],
        ),
        Case {
            settings: "required = true",
            ..case(
                "member-required",
                calls(
                    operation("Add", "POST", &["Id: String required", "Name: String"], "nothing"),
                    operation("Add", "POST", &["Id: String required", "Name: String required"], "nothing"),
                ),
                &[
                    ("client.send(Add::new(\"1\")).await?;", BREAKS),
                    ("client.send(Add::new(\"1\").name(\"Tom\")).await?;", BREAKS),
                    ("let add = Add { id: None, name: None };", COMPILES),
                ],
            )
        },
    ]
}

fn types() -> Vec<Case> {
    let kinds = |values: &[&str]| vec![class("Pet", &["Kind: Kind enum"]), choice("Kind", values)];
    let cat = || derived("Cat", "Pet", &["Lives: Int32 value"]);
    let dog = || derived("Dog", "Pet", &["Tricks: Int32 value"]);
    let base = || with(class("Pet", &["Name: String"]), "/isAbstract", json!(true));
    let owner = |name: &str| {
        vec![class("Pet", &[&format!("Owner: {name}")]), class(name, &["Name: String", "Age: Int32 value"])]
    };
    vec![
        case(
            "enum-value-removed",
            received(&kinds(&["Cat", "Dog"]), &kinds(&["Cat"])),
            &[
                ("let is_dog = client.send(Find::new()).await?.kind == Kind::Dog;", BREAKS),
                ("match client.send(Find::new()).await?.kind { Kind::Cat => {} _ => {} }", COMPILES),
            ],
        ),
        case(
            "enum-value-added",
            received(&kinds(&["Cat", "Dog"]), &kinds(&["Cat", "Dog", "Fish"])),
            &[("match client.send(Find::new()).await?.kind { Kind::Cat => {} Kind::Dog => {} _ => {} }", COMPILES)],
        ),
        case(
            "text-becomes-enum",
            sent(&[class("Pet", &["Kind: String"])], &kinds(&["Cat", "Dog"])),
            &[
                ("let pet = Pet { kind: Some(\"Cat\".to_owned()) };", BREAKS),
                // Setters of enums take their names, too.
                ("let pet = Pet::new().kind(\"Cat\");", COMPILES),
            ],
        ),
        case(
            "derived-class-added",
            received(&[class("Pet", &["Name: String"])], &[class("Pet", &["Name: String"]), cat()]),
            &[("let pet: Pet = client.send(Find::new()).await?;", BREAKS)],
        ),
        case(
            "class-of-abstract-added",
            received(&[base(), cat()], &[base(), cat(), dog()]),
            &[("match client.send(Find::new()).await? { Pet::Cat(cat) => {} _ => {} }", COMPILES)],
        ),
        case(
            "class-of-abstract-removed",
            received(&[base(), cat(), dog()], &[base(), cat()]),
            &[("match client.send(Find::new()).await? { Pet::Dog(dog) => {} _ => {} }", BREAKS)],
        ),
        case(
            "type-renamed",
            received(&owner("Owner"), &owner("Person")),
            &[
                ("let owner: Option<Owner> = client.send(Find::new()).await?.owner;", BREAKS),
                ("let owner = client.send(Find::new()).await?.owner;", COMPILES),
            ],
        ),
    ]
}

fn operations() -> Vec<Case> {
    let find = |verb: &str, returns: &str| operation("Find", verb, &["Id: Int32 value", "Name: String"], returns);
    let routed = |path: &str| with(find("GET", "Pet"), "/routes", json!([{ "path": path, "verbs": "GET" }]));
    let moved = with(find("GET", "Pet"), "/request/namespace", json!("Shop.Api"));
    let role = with(find("GET", "Pet"), "/requiredRoles", json!(["Admin"]));
    let send = "let pet = client.send(Find::new().id(1)).await?;";
    vec![
        case("verb", calls(find("GET", "Pet"), find("POST", "Pet")), &[(send, COMPILES)]),
        case("role", calls(find("GET", "Pet"), role), &[(send, COMPILES)]),
        case("route", calls(routed("/pets"), routed("/animals")), &[(send, COMPILES)]),
        case("route-with-member", calls(routed("/pets"), routed("/pets/{Id}")), &[(send, BREAKS)]),
        case(
            "route-with-others",
            calls(routed("/{Id}/{Name}"), routed("/{Name}/{Id}")),
            &[("let find = Find::new(1, \"Tom\");", BREAKS)],
        ),
        case(
            "answer",
            calls(find("GET", "Pet"), find("GET", "Owner")),
            &[("let pet: Pet = client.send(Find::new()).await?;", BREAKS)],
        ),
        case("namespace", calls(find("GET", "Pet"), moved), &[(send, BREAKS)]),
        case("operation-removed", calls(find("GET", "Pet"), operation("Other", "GET", &[], "Pet")), &[(send, BREAKS)]),
        case(
            "no-longer-sent",
            [
                document(
                    &[operation("Find", "GET", &[], "Pet"), operation("Add", "POST", &["Pet: Pet"], "nothing")],
                    &[class("Pet", &["Name: String"])],
                ),
                document(
                    &[operation("Find", "GET", &[], "Pet"), operation("Add", "POST", &[], "nothing")],
                    &[class("Pet", &["Name: String"])],
                ),
            ],
            &[("let pet = Pet::new();", BREAKS), ("let pet = Pet { name: None };", BREAKS)],
        ),
    ]
}

/// Writes a client and the programs as a package.
fn write(workspace: &Workspace, package: &str, side: Side<'_>, case: &Case) {
    let header = Header { source: "metadata.json".to_owned(), command: "evo-gen".to_owned() };
    for file in emit(side.api, &header).unwrap().files {
        workspace.write(&format!("crates/{package}/src/api/{}", file.path), &file.text);
    }
    workspace.write(&format!("crates/{package}/src/lib.rs"), "pub mod api;\n");
    let client = "\n[lib]\nname = \"client\"\n";
    workspace.write(&format!("crates/{package}/Cargo.toml"), &(manifest(package, "2024") + client));
    for (number, (body, _)) in case.programs.iter().enumerate() {
        let program = format!(
            "#![allow(unused)]\nuse std::collections::HashSet;\nuse client::api::*;\n\n\
             async fn program(client: Client) -> Result<(), evo_runtime::Error> {{\n    {body}\n    Ok(())\n}}\n\nfn main() {{}}\n"
        );
        workspace.write(&format!("crates/{package}/src/bin/{package}-{number}.rs"), &program);
    }
}

#[test]
#[ignore = "runs cargo; .ci/run does it"]
fn exactly_the_breaking_changes_break_code() {
    let workspace = Workspace::new("compared");
    let cases: Vec<Case> = [members(), types(), operations()].into_iter().flatten().collect();
    let mut expected = Vec::new();
    for case in &cases {
        let settings = case.settings.parse().unwrap();
        let (old, new) = Understood::both(&read(&case.old), &read(&case.new), &settings, &BTreeMap::new()).unwrap();
        let diff = compare(old.side(), new.side());
        let breaks = case.programs.iter().any(|(_, compiles)| *compiles == BREAKS);
        assert_eq!(diff.count(Class::Breaking) > 0, breaks, "{}: {:?}", case.name, diff.changes);
        write(&workspace, &format!("{}-old", case.name), old.side(), case);
        write(&workspace, &format!("{}-new", case.name), new.side(), case);
        let broken = case.programs.iter().enumerate().filter(|(_, (_, compiles))| *compiles == BREAKS);
        expected.extend(broken.map(|(number, _)| format!("{}-new-{number}", case.name)));
    }
    expected.sort();
    assert_eq!(workspace.targets_with_errors(), expected);
}
