//! `evo-gen new`.

use std::path::Path;

use super::sandbox::{PETS, Sandbox, runtime_by_path};
use crate::server::{Reply, Server};

#[test]
fn the_crate_is_complete_and_up_to_date() {
    let sandbox = Sandbox::new(&[("pets.json", PETS)]);
    let outcome = sandbox.run(&["new", "pet-client", "--file", "pets.json", "--address", "routes,reply"]).expect(0);
    assert!(outcome.out.starts_with("pet-client: 1 operation, 2 types, in "), "{outcome:?}");
    let mut paths = sandbox.paths();
    paths.retain(|path| !path.starts_with("pet-client/src/generated/") || path.ends_with("generated/mod.rs"));
    assert_eq!(
        paths,
        [
            "pet-client/.gitignore",
            "pet-client/Cargo.toml",
            "pet-client/README.md",
            "pet-client/evo-gen.toml",
            "pet-client/examples/first_call.rs",
            "pet-client/metadata.json",
            "pet-client/src/generated/mod.rs",
            "pet-client/src/lib.rs",
            "pets.json",
        ]
    );
    let manifest = sandbox.read("pet-client/Cargo.toml").replace(&runtime_by_path(), "[evo-runtime]");
    insta::assert_snapshot!("new_manifest", manifest);
    insta::assert_snapshot!("new_readme", sandbox.read("pet-client/README.md"));
    insta::assert_snapshot!("new_lib", sandbox.read("pet-client/src/lib.rs"));
    insta::assert_snapshot!("new_example", sandbox.read("pet-client/examples/first_call.rs"));
    insta::assert_snapshot!("new_configuration", sandbox.read("pet-client/evo-gen.toml"));
    sandbox.run_in("pet-client", &["--check"], "").expect(0);
}

#[test]
fn the_output_explains_the_runtime_and_the_next_steps() {
    let sandbox = Sandbox::new(&[("pets.json", PETS)]);
    let outcome = sandbox.run(&["new", "pets", "--file", "pets.json", "--path", "my apps"]).expect(0);
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("evo-runtime");
    let lines: Vec<&str> = outcome.out.lines().skip(1).collect();
    let explained =
        format!("pets depends on the evo-runtime in {}: this evo-gen was built from that checkout", runtime.display());
    let run = "    cargo run --example first_call -- https://pets.example.org";
    assert_eq!(lines, [&explained, "next:", "    cd 'my apps/pets'", run]);
    let manifest = sandbox.read("my apps/pets/Cargo.toml");
    assert!(manifest.contains(&format!("\n[dependencies]\n{}\n", runtime_by_path())), "{manifest}");

    let dated = PETS.replacen(r#""type": "String""#, r#""type": "DateTime", "namespace": "System""#, 1);
    let nowhere = dated.replace("https://pets.example.org", "");
    sandbox.write("pets.json", &nowhere);
    let outcome = sandbox.run(&["new", "dogs", "--file", "pets.json", "--dates", "time"]).expect(0);
    let manifest = sandbox.read("dogs/Cargo.toml");
    let with_feature = runtime_by_path().replace(" }", ", features = [\"time\"] }");
    assert!(manifest.contains(&format!("\n{with_feature}\n")), "{manifest}");
    assert!(outcome.out.contains("\n    cd dogs\n    cargo build\n"), "{outcome:?}");
}

#[test]
fn commands_and_files_in_the_readme_exist() {
    let sandbox = Sandbox::new(&[]);
    let app = r#"{"app":{"serviceStackVersion":"8.52","serviceName":"Pets"},"plugins":{}}"#;
    let server =
        Server::start(&[("/types/metadata.json", Reply::json(PETS)), ("/metadata/app.json", Reply::json(app))]);
    sandbox.run(&["new", "pets", "--url", &server.base()]).expect(0);
    let readme = sandbox.read("pets/README.md");
    assert_eq!(readme.contains("service.json"), sandbox.path("pets/service.json").is_file(), "{readme}");
    assert!(sandbox.path("pets/service.json").is_file());
    assert!(readme.contains("\n    evo-gen --url\n"), "{readme}");
    // The command works in the folder of the crate, regardless of the workspace around it.
    sandbox.run_in("pets", &["--url"], "").expect(0);
    sandbox.run_in("pets", &["--check"], "").expect(0);

    sandbox.write("pets.json", PETS);
    sandbox.run(&["new", "cats", "--file", "pets.json"]).expect(0);
    let readme = sandbox.read("cats/README.md");
    assert!(!readme.contains("service.json"), "{readme}");
    assert!(readme.contains("\n    evo-gen --url https://pets.example.org\n"), "{readme}");
    sandbox.write("pets.json", &PETS.replace("https://pets.example.org", ""));
    sandbox.run(&["new", "dogs", "--file", "pets.json"]).expect(0);
    let readme = sandbox.read("dogs/README.md");
    assert!(!readme.contains("evo-gen --url") && readme.contains("\n    evo-gen\n"), "{readme}");
}

#[test]
fn the_example_signs_in_if_the_document_requires_it() {
    let operation = "\"actions\": [\"GET\"]";
    for (asks, expected) in [
        ("\"requiresAuth\": true", Some("pets::Credentials::new(user, password)")),
        ("\"requiresAuth\": true, \"requiredRoles\": [\"Admin\"]", Some("pets::Credentials::new(user, password)")),
        ("\"requiresAuth\": true, \"requiredPermissions\": [\"see\"]", Some("pets::Credentials::new(user, password)")),
        ("\"requiresApiKey\": true", Some("pets::Bearer::new(key)")),
        ("\"requiresAuth\": false", None),
    ] {
        let document = PETS.replacen(operation, &format!("{operation}, {asks}"), 1);
        let sandbox = Sandbox::new(&[("pets.json", &document)]);
        sandbox.run(&["new", "pets", "--file", "pets.json"]).expect(0);
        let example = sandbox.read("pets/examples/first_call.rs");
        let found = example.lines().find_map(|line| line.split_once("with_auth(")).map(|(_, rest)| rest);
        assert_eq!(
            found.map(|rest| rest.trim_end_matches([')', ',', ';'])),
            expected.map(|rest| rest.trim_end_matches(')')),
            "{asks}"
        );
        let lib = sandbox.read("pets/src/lib.rs");
        assert_eq!(lib.contains("with_auth"), expected.is_some(), "{lib}");
    }
}

#[test]
fn a_crate_in_a_workspace_becomes_a_member() {
    let sandbox = Sandbox::new(&[
        ("pets.json", PETS),
        ("Cargo.toml", "# Ours.\n[workspace]\nmembers = [\n    \"a\", # first\n]\nexclude = [\"out\"]\n"),
        ("a/Cargo.toml", "[package]\nname = \"a\"\n"),
        ("a/src/lib.rs", ""),
    ]);
    let outcome = sandbox.run(&["new", "pets", "--file", "pets.json"]).expect(0);
    assert!(outcome.out.contains("added `pets` to the members of "), "{outcome:?}");
    let expected = "# Ours.\n[workspace]\nmembers = [\n    \"a\", # first\n    \"pets\",\n]\nexclude = [\"out\"]\n";
    assert_eq!(sandbox.read("Cargo.toml"), expected);
    sandbox.run(&["new", "pets", "--file", "pets.json", "--path", "out"]).expect(0);
    assert_eq!(sandbox.read("Cargo.toml"), expected, "an excluded folder is no member");
}

#[test]
fn the_runtime_of_a_workspace_is_used_and_the_workspace_can_be_empty() {
    let shares = "[workspace]\nmembers = [\"crates/*\"]\n[workspace.dependencies]\nevo-runtime = \"0.1\"\n";
    let sandbox = Sandbox::new(&[("pets.json", PETS), ("Cargo.toml", shares)]);
    let outcome = sandbox.run(&["new", "pets", "--file", "pets.json", "--path", "crates"]).expect(0);
    let root = sandbox.folder().join("Cargo.toml");
    let explained = format!("\npets depends on the evo-runtime of the workspace {}\n", root.display());
    assert!(outcome.out.contains(&explained), "{outcome:?}");
    let manifest = sandbox.read("crates/pets/Cargo.toml");
    assert!(manifest.contains("\nevo-runtime = { workspace = true }\n"), "{manifest}");
    assert_eq!(sandbox.read("Cargo.toml"), shares);
    sandbox.run(&["--check"]).expect(0);
}

#[test]
fn failures_leave_no_files() {
    let sandbox = Sandbox::new(&[("pets.json", PETS), ("broken.json", "{"), ("taken/file", "mine"), ("file", "mine")]);
    let before = sandbox.files();
    let cases: [(&[&str], i32, &str); 11] = [
        (&["new", "taken", "--file", "pets.json"], 5, "the folder of the new crate already exists"),
        (&["new", "file", "--file", "pets.json"], 5, "the folder of the new crate cannot be created"),
        (
            &["new", "x", "--file", "pets.json", "--path", "file/deep"],
            5,
            "the folder of the new crate cannot be created",
        ),
        (&["new", "2pets", "--file", "pets.json"], 2, "cannot be the name of a package"),
        (&["new", "match", "--file", "pets.json"], 2, "cannot be the name of a package"),
        (&["new", "tokio", "--file", "pets.json"], 2, "`tokio` is the name of a package that the new crate depends on"),
        (&["new", "evo-runtime", "--file", "pets.json"], 2, "choose another name, such as `evo-runtime-client`"),
        (&["new", "pets"], 2, "required arguments were not provided"),
        (&["new", "pets", "--file", "broken.json"], 4, "broken.json"),
        (&["new", "pets", "--file", "pets.json", "--visibility", "crate"], 2, "remove --visibility"),
        (&["new", "pets", "--file", "pets.json", "--types-only"], 2, "remove --types-only"),
    ];
    for (arguments, code, text) in cases {
        let outcome = sandbox.run(arguments);
        assert_eq!(outcome.code, code, "{arguments:?}: {outcome:?}");
        assert!(outcome.err.contains(text), "{arguments:?}: {outcome:?}");
    }
    assert_eq!(sandbox.files(), before);
    assert!(!sandbox.path("pets").exists());
}
