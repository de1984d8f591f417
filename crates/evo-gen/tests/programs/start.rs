//! The first steps of a new user: a new crate whose example runs, and a client that is added to a binary. The services have the names of
//! crates and modules that generated code refers to.

use std::process::Command;

use crate::server::{Reply, Server};
use crate::workspace::Workspace;

/// A document with one operation in this namespace.
fn document(namespace: &str) -> String {
    let class = format!("\"namespace\": \"{namespace}\"");
    let property = "\"properties\": [{ \"name\": \"Name\", \"type\": \"String\" }]";
    format!(
        r#"{{ "types": [], "operations": [{{
            "request": {{ "name": "FindPet", {class}, {property} }},
            "response": {{ "name": "Pet", {class}, {property} }},
            "returnType": {{ "name": "Pet", {class} }},
            "actions": ["GET"], "method": "GET"
        }}, {{
            "request": {{ "name": "Other", "namespace": "Acme.Other" }},
            "actions": ["GET"], "method": "GET", "returnsVoid": true
        }}] }}"#
    )
}

/// The last segments of the namespaces.
const NAMES: [&str; 16] = [
    "EvoRuntime",
    "Tokio",
    "Std",
    "Core",
    "Alloc",
    "Serde",
    "SerdeJson",
    "Client",
    "Generated",
    "Error",
    "Credentials",
    "Included",
    "Service",
    "Api",
    "Self",
    "Crate",
];

/// Creates a crate for each name, and binaries with clients, in the workspace.
pub fn make(workspace: &Workspace) {
    for name in NAMES {
        workspace.write(&format!("{name}.json"), &document(&format!("Acme.{name}")));
        let package = format!("{}-client", name.to_lowercase());
        run(workspace, "", &["new", &package, "--path", "crates", "--file", &format!("{name}.json")]);
    }
    // A crate as `cargo new` creates it, with the line that `init` prints.
    let programs = [
        ("public", "Tokio", &[] as &[&str]),
        ("private", "Tokio", &["--visibility", "crate"]),
        ("same-name", "Api", &["--out", "src/api"]),
    ];
    for (package, name, settings) in programs {
        let folder = format!("crates/program-{package}");
        let manifest = format!(
            "[package]\nname = \"program-{package}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n"
        );
        workspace.write(&format!("{folder}/Cargo.toml"), &manifest);
        workspace.write(&format!("{folder}/src/main.rs"), "fn main() {}\n");
        let printed = run(workspace, &folder, &[&["init", "--file", &format!("../../{name}.json")], settings].concat());
        let line = printed.lines().skip_while(|line| !line.starts_with("add this line to src/main.rs:")).nth(1);
        workspace.write(&format!("{folder}/src/main.rs"), &format!("{}\n\nfn main() {{}}\n", line.unwrap().trim()));
        run(workspace, &folder, &["--check"]);
    }
}

/// Runs the example of a new crate against a host that serves its call.
pub fn run_example(workspace: &Workspace) {
    let example = ["--package", "tokio-client", "--example", "first_call"];
    workspace.output("build", &example);
    let server = Server::start(&[("/api/FindPet", Reply::json(r#"{"name":"Rex"}"#))]);
    let printed = workspace.output("run", &[&example[..], &["--", &server.base()]].concat());
    assert_eq!(printed, "Pet { name: Some(\"Rex\") }\n");
    assert_eq!(server.paths(), ["/api/FindPet"]);
}

/// Runs the program in a folder of the workspace. Returns its output.
pub fn run(workspace: &Workspace, folder: &str, arguments: &[&str]) -> String {
    let mut program = Command::new(env!("CARGO_BIN_EXE_evo-gen"));
    let output = program.args(arguments).current_dir(workspace.path(folder)).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
