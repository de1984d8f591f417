//! `--out`: clients without a configuration.

use super::sandbox::{PETS, Sandbox, runtime_by_path, serve};

const MANIFEST: &str = "[package]\nname = \"app\"\n";

#[test]
fn all_sources_result_in_the_same_client() {
    let outputs = ["file", "input", "server"].map(|source| {
        let sandbox = Sandbox::new(&[("Cargo.toml", MANIFEST), ("src/main.rs", ""), ("metadata.json", PETS)]);
        let server = serve(PETS);
        let url = server.base();
        let (arguments, label): (&[&str], &str) = match source {
            "file" => (&["--file", "metadata.json"], "metadata.json"),
            "input" => (&["--file", "-"], "standard input"),
            _ => (&["--url", &url], &url),
        };
        let outcome = sandbox.run_in("", &[arguments, &["--out", "src/api"]].concat(), PETS).expect(0);
        let lines: Vec<&str> = outcome.out.lines().collect();
        assert!(lines[0].starts_with("src/api: 1 operation, 2 types, "), "{source}: {outcome:?}");
        let (manifest, main) = (sandbox.folder().join("Cargo.toml"), sandbox.folder().join("src/main.rs"));
        let (runtime, manifest, main) = (runtime_by_path(), manifest.display(), main.display());
        let hint = format!("add `{runtime}` to [dependencies] of {manifest}, and add `mod api;` to {main}");
        assert_eq!(lines[1..], [hint], "{source}");
        let root = sandbox.read("src/api/mod.rs");
        assert!(root.contains(label), "{source}: the header names the source:\n{root}");
        // Only the header differs.
        root.lines().filter(|line| !line.starts_with("//")).map(str::to_owned).collect::<Vec<_>>()
    });
    assert!(outputs[0].contains(&"pub struct FindPets {".to_owned()), "{:?}", outputs[0]);
    assert_eq!(outputs[0], outputs[1]);
    assert_eq!(outputs[0], outputs[2]);
}

/// Returns the hint at the end of a run.
fn hint(sandbox: &Sandbox, arguments: &[&str]) -> Option<String> {
    let outcome = sandbox.run(arguments).expect(0);
    let line = outcome.out.lines().find(|line| line.starts_with("add ")).map(str::to_owned);
    line.map(|line| line.replace(&format!("{}/", sandbox.folder().display()), ""))
}

#[test]
fn the_hint_lists_only_missing_items() {
    let dated = PETS.replacen(r#""type": "String""#, r#""type": "DateTime", "namespace": "System""#, 1);
    let new = ["--file", "metadata.json", "--out", "src/api", "--dates", "chrono"].as_slice();
    let runtime = runtime_by_path().replace(" }", ", features = [\"chrono\"] }");
    let with_feature = "[dependencies]\nevo-runtime = { version = '0.1', features = ['chrono'] }\n";
    let table = "[dependencies.evo-runtime]\nversion = '0.1'\nfeatures = ['chrono']\n";
    let cases = [
        (
            "",
            "",
            Some(format!("add `{runtime}` to [dependencies] of Cargo.toml, and add `pub mod api;` to src/lib.rs")),
        ),
        ("", "pub mod api;", Some(format!("add `{runtime}` to [dependencies] of Cargo.toml"))),
        (
            "[dependencies]\nevo-runtime = '0.1'\n",
            "mod api;",
            Some("add the feature `chrono` of evo-runtime to Cargo.toml".to_owned()),
        ),
        (with_feature, "", Some("add `pub mod api;` to src/lib.rs".to_owned())),
        (with_feature, "/// The client.\npub(crate) mod api;\n", None),
        (table, "#[rustfmt::skip]\nmod api;\n", None),
    ];
    for (dependencies, root, expected) in cases {
        let sandbox = Sandbox::new(&[
            ("Cargo.toml", &format!("{MANIFEST}{dependencies}")),
            ("src/lib.rs", root),
            ("metadata.json", &dated),
        ]);
        assert_eq!(hint(&sandbox, new), expected, "{dependencies}{root}");
        // The same applies to a configured client.
        sandbox.write("evo-gen.toml", "source = 'metadata.json'\noutput = 'src/api'\ndates = 'chrono'\n");
        assert_eq!(hint(&sandbox, &["--force"]), expected, "{dependencies}{root}");
    }
}

#[test]
fn a_folder_that_cannot_be_a_module_is_an_error() {
    let manifest = ("Cargo.toml", MANIFEST);
    for (root, folder, out, beside) in [
        ("src/lib.rs", "", "src", "lib.rs"),
        ("src/main.rs", "src", ".", "main.rs"),
        ("src/bin/main.rs", "", "src/bin", "main.rs"),
        ("src/lib.rs", "", ".", "Cargo.toml"),
    ] {
        let sandbox = Sandbox::new(&[manifest, (root, ""), ("metadata.json", PETS)]);
        let before = sandbox.files();
        let file = sandbox.path("metadata.json").display().to_string();
        let outcome = sandbox.run_in(folder, &["--file", &file, "--out", out], "").expect(2);
        let message = format!("error: the client would be written as `mod.rs` next to `{beside}`\n");
        assert!(outcome.err.starts_with(&message), "{outcome:?}");
        sandbox.write(
            "evo-gen.toml",
            &format!("source = 'metadata.json'\noutput = '{}'\n", if folder.is_empty() { out } else { folder }),
        );
        assert!(sandbox.run(&[]).expect(2).err.starts_with(&message));
        std::fs::remove_file(sandbox.path("evo-gen.toml")).unwrap();
        assert_eq!(sandbox.files(), before, "{out}");
    }
}

#[test]
fn the_current_folder_can_be_the_module() {
    let sandbox = Sandbox::new(&[
        ("Cargo.toml", MANIFEST),
        ("src/main.rs", ""),
        ("src/api/notes.txt", "ours"),
        ("metadata.json", PETS),
    ]);
    let outcome = sandbox.run_in("src/api", &["--file", "../../metadata.json", "--out", "."], "").expect(0);
    assert!(outcome.out.contains("add `mod api;` to "), "{outcome:?}");
    assert!(sandbox.path("src/api/mod.rs").is_file());
    // Modules can have the names of crate roots.
    let main = PETS.replace("Pets.Api", "Pets.Main").replacen(
        "\"types\": [",
        "\"types\": [ { \"name\": \"X\", \"namespace\": \"Pets.Lib\" },",
        1,
    );
    sandbox.write("metadata.json", &main);
    for _ in 0..2 {
        sandbox.run(&["--file", "metadata.json", "--out", "gen", "--strip", "Pets"]).expect(0);
    }
}

#[test]
fn the_header_contains_the_command_to_regenerate() {
    let sandbox = Sandbox::new(&[("app/Cargo.toml", MANIFEST), ("metadata.json", PETS)]);
    sandbox.run(&["--file", "metadata.json", "--out", "app/src/api", "--include", "Find*"]).expect(0);
    let root = sandbox.read("app/src/api/mod.rs");
    assert!(root.contains("evo-gen --file ../metadata.json --out src/api --include 'Find*'"), "{root}");
}

#[test]
fn a_second_run_touches_nothing() {
    let sandbox = Sandbox::pets();
    sandbox.run(&[]).expect(0);
    let before = sandbox.files();
    let outcome = sandbox.run(&[]).expect(0);
    assert!(
        outcome.out.contains("1 operation, 2 types, ") && outcome.out.contains("; 0 files changed\n"),
        "{outcome:?}"
    );
    assert_eq!(sandbox.files(), before);
}

#[test]
fn quiet_prints_nothing_and_verbose_prints_details() {
    let sandbox = Sandbox::pets();
    let quiet = sandbox.run(&["-q"]).expect(0);
    assert_eq!((quiet.out.as_str(), quiet.err.as_str()), ("", ""));
    let verbose = sandbox.run(&["-v"]).expect(0);
    assert!(verbose.err.starts_with("pets: metadata.json -> "), "{verbose:?}");
}

#[test]
fn json_is_one_object_per_line() {
    let sandbox = Sandbox::pets();
    let outcome = sandbox.run(&["--format", "json"]).expect(0);
    let mut summary: serde_json::Value = serde_json::from_str(&outcome.out).unwrap();
    assert!(summary["milliseconds"].take().is_u64(), "{outcome:?}");
    for (member, expected) in [("kind", "summary"), ("client", "pets")] {
        assert_eq!(summary[member], expected, "{member}");
    }
    for (member, expected) in [("operations", 1), ("types", 2), ("changed", 0), ("deleted", 0), ("unchanged", 0)] {
        assert_eq!(summary[member], expected, "{member}");
    }
    let error = sandbox.run(&["--format", "json", "--client", "pet"]).expect(2);
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&error.err).unwrap(),
        serde_json::json!({
            "kind": "error", "message": "no client `pet` is configured", "help": "did you mean `pets`?", "exitCode": 2,
        })
    );
    let usage = sandbox.run(&["--format", "json", "--no-such-option"]).expect(2);
    let usage: serde_json::Value = serde_json::from_str(&usage.err).unwrap();
    assert_eq!(usage["message"], "unexpected argument '--no-such-option' found");
}
