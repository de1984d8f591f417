//! Documents of extreme sizes: chains of types deeper than rustc allows by default, and a request with thousands of members. Each becomes
//! a crate by `evo-gen new`; a program that sends calls of the deep ones in tasks is compiled too.

use serde_json::{Value, json};

use crate::shapes::{chain, class, linked, member};
use crate::start::run;
use crate::workspace::Workspace;

/// The crates of deep types.
const DEEP: [&str; 3] = ["deep-dictionaries", "deep-lists", "entities"];

/// Creates a crate for each document, and the program.
pub fn make(workspace: &Workspace) {
    let (dictionaries, lists) = (linked(120, "Dictionary`2"), linked(150, "List`1"));
    // Each entity contains the previous one and lists of others, as object-relational mappers export them.
    let entities = chain(400, |number| {
        let other = |step: usize| format!("T{}", (number * 7 + step) % 400);
        vec![
            member("Parent", &format!("T{}", (number + 1) % 400), &[]),
            member("Children", "List`1", &[&other(3)]),
            member("ByKey", "Dictionary`2", &["String", &other(11)]),
        ]
    });
    for (name, document) in DEEP.into_iter().zip([dictionaries, lists, entities]) {
        create(workspace, name, &document);
        let root = std::fs::read_to_string(workspace.path(&format!("crates/{name}/src/lib.rs"))).unwrap();
        assert!(limit(&root).is_some_and(|limit| limit > 128), "{name}:\n{root}");
    }
    let members: Vec<Value> = (0..2_200).map(|number| member(&format!("Member{number}"), "String", &[])).collect();
    let values: Vec<String> = (0..2_200).map(|number| format!("Value{number}")).collect();
    let kind = json!({ "name": "Kind", "namespace": "Shop", "isEnum": true, "enumNames": values });
    let request = class("Send", &members);
    let wide =
        json!({ "types": [kind], "operations": [{ "request": request, "method": "POST", "returnsVoid": true }] });
    create(workspace, "many-members", &wide);
    make_program(workspace);
}

/// A program that needs the line too, since it sends the types to another thread.
fn make_program(workspace: &Workspace) {
    let roots = DEEP.map(|name| std::fs::read_to_string(workspace.path(&format!("crates/{name}/src/lib.rs"))).unwrap());
    let limit = roots.iter().filter_map(|root| limit(root)).max().unwrap();
    let dependencies = DEEP.map(|name| format!("{name} = {{ path = \"../{name}\" }}\n")).concat();
    let calls = DEEP.map(|name| {
        let library = name.replace('-', "_");
        format!(
            "    let client = {library}::Client::new(\"http://127.0.0.1:1\")?;\n    \
             let call = tokio::spawn(async move {{ client.send({library}::Get::default()).await.is_err() }});\n    \
             assert!(call.await?);\n"
        )
    });
    workspace.write(
        "crates/tasks/Cargo.toml",
        &format!(
            "[package]\nname = \"tasks\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}\
             tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}\n"
        ),
    );
    workspace.write(
        "crates/tasks/src/main.rs",
        &format!(
            "//! Sends calls in tasks of their own.\n\n#![recursion_limit = \"{limit}\"]\n\n#[tokio::main]\n\
             async fn main() -> Result<(), Box<dyn std::error::Error>> {{\n{}    Ok(())\n}}\n",
            calls.concat()
        ),
    );
}

fn create(workspace: &Workspace, name: &str, document: &Value) {
    workspace.write(&format!("{name}.json"), &document.to_string());
    run(workspace, "", &["new", name, "--path", "crates", "--file", &format!("{name}.json")]);
}

/// Returns the limit in the root of a crate.
fn limit(root: &str) -> Option<usize> {
    root.lines().find_map(|line| line.strip_prefix("#![recursion_limit = \"")?.strip_suffix("\"]")?.parse().ok())
}
