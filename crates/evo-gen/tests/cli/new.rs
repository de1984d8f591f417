//! `evo-gen new`: a whole crate.

use super::sandbox::{PETS, Sandbox};

#[test]
fn the_crate_has_everything_and_is_in_sync() {
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
    insta::assert_snapshot!("new_manifest", sandbox.read("pet-client/Cargo.toml"));
    insta::assert_snapshot!("new_readme", sandbox.read("pet-client/README.md"));
    insta::assert_snapshot!("new_lib", sandbox.read("pet-client/src/lib.rs"));
    insta::assert_snapshot!("new_example", sandbox.read("pet-client/examples/first_call.rs"));
    insta::assert_snapshot!("new_configuration", sandbox.read("pet-client/evo-gen.toml"));
    sandbox.run_in("pet-client", &["--check"], "").expect(0);
}

#[test]
fn a_local_runtime_is_named_by_the_way_to_it() {
    let sandbox = Sandbox::new(&[
        ("pets.json", PETS),
        ("libs/evo-runtime/Cargo.toml", "[package]\nname = \"evo-runtime\"\nversion = \"0.1.0\"\n"),
    ]);
    let arguments = ["new", "pets", "--file", "pets.json", "--path", "apps", "--runtime-path", "libs/evo-runtime"];
    sandbox.run(&arguments).expect(0);
    let manifest = sandbox.read("apps/pets/Cargo.toml");
    assert!(manifest.contains("\nevo-runtime = { path = \"../../libs/evo-runtime\" }\n"), "{manifest}");
    let dated = PETS.replacen(r#""type": "String""#, r#""type": "DateTime", "namespace": "System""#, 1);
    sandbox.write("pets.json", &dated);
    let arguments = ["new", "dogs", "--file", "pets.json", "--runtime-path", "libs/evo-runtime", "--dates", "time"];
    sandbox.run(&arguments).expect(0);
    let manifest = sandbox.read("dogs/Cargo.toml");
    let expected = "\nevo-runtime = { path = \"../libs/evo-runtime\", features = [\"time\"] }\n";
    assert!(manifest.contains(expected), "{manifest}");
    let wrong = sandbox.run(&["new", "cats", "--file", "pets.json", "--runtime-path", "libs"]).expect(2);
    assert!(wrong.err.contains("there is no package evo-runtime"), "{wrong:?}");
}

#[test]
fn inside_a_workspace_it_becomes_a_member() {
    let sandbox = Sandbox::new(&[
        ("pets.json", PETS),
        ("Cargo.toml", "# Ours.\n[workspace]\nmembers = [\n    \"a\", # first\n]\nexclude = [\"out\"]\n"),
    ]);
    let outcome = sandbox.run(&["new", "pets", "--file", "pets.json"]).expect(0);
    assert!(outcome.out.contains("added `pets` to the members of "), "{outcome:?}");
    let expected = "# Ours.\n[workspace]\nmembers = [\n    \"a\", # first\n    \"pets\",\n]\nexclude = [\"out\"]\n";
    assert_eq!(sandbox.read("Cargo.toml"), expected);
    sandbox.run(&["new", "pets", "--file", "pets.json", "--path", "out"]).expect(0);
    assert_eq!(sandbox.read("Cargo.toml"), expected, "an excluded folder is no member");
}

#[test]
fn what_cannot_be_made_leaves_nothing() {
    let sandbox = Sandbox::new(&[("pets.json", PETS), ("broken.json", "{"), ("taken/file", "mine")]);
    let before = sandbox.files();
    let cases: [(&[&str], i32, &str); 7] = [
        (&["new", "taken", "--file", "pets.json"], 5, "there is something already"),
        (&["new", "2pets", "--file", "pets.json"], 2, "cannot be the name of a package"),
        (&["new", "match", "--file", "pets.json"], 2, "cannot be the name of a package"),
        (&["new", "pets"], 2, "required arguments were not provided"),
        (&["new", "pets", "--file", "broken.json"], 4, "broken.json"),
        (&["new", "pets", "--file", "pets.json", "--visibility", "crate"], 2, "leave --visibility out"),
        (&["new", "pets", "--file", "pets.json", "--types-only"], 2, "leave --types-only out"),
    ];
    for (arguments, code, text) in cases {
        let outcome = sandbox.run(arguments);
        assert_eq!(outcome.code, code, "{arguments:?}: {outcome:?}");
        assert!(outcome.err.contains(text), "{arguments:?}: {outcome:?}");
    }
    assert_eq!(sandbox.files(), before);
    assert!(!sandbox.path("pets").exists());
}
