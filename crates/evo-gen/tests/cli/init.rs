//! `evo-gen init`.

use super::sandbox::{PETS, Sandbox, runtime_by_path, serve};

const PACKAGE: &str = "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";

/// A package with a binary, as `cargo new` creates it, and a document beside it.
fn app() -> Sandbox {
    Sandbox::new(&[
        ("app/Cargo.toml", &format!("{PACKAGE}\n[dependencies]\n")),
        ("app/src/main.rs", "fn main() {}\n"),
        ("pets.json", PETS),
    ])
}

const FROM_FILE: [&str; 3] = ["init", "--file", "../pets.json"];

#[test]
fn a_crate_gets_a_client_and_a_second_run_changes_nothing() {
    let sandbox = app();
    let outcome = sandbox.run_in("app", &FROM_FILE, "").expect(0);
    let lines: Vec<&str> = outcome.out.lines().collect();
    assert!(lines[0].starts_with("app: 1 operation, 2 types, in src/api, 5 files changed, "), "{outcome:?}");
    assert!(lines[1].starts_with("app depends on the evo-runtime in /"), "{outcome:?}");
    let next = ["add this line to src/main.rs:", "    mod api;", "then build:", "    cargo build"];
    assert_eq!(lines[2..], next);
    let expected = [
        "app/Cargo.toml",
        "app/evo-gen.toml",
        "app/metadata.json",
        "app/src/api/.evo-gen.json",
        "app/src/api/mod.rs",
        "app/src/main.rs",
        "pets.json",
    ];
    assert_eq!(sandbox.paths(), expected);
    assert_eq!(sandbox.read("app/Cargo.toml"), format!("{PACKAGE}\n[dependencies]\n{}\n", runtime_by_path()));
    let configuration = sandbox.read("app/evo-gen.toml");
    assert!(configuration.ends_with("\nsource = \"metadata.json\"\noutput = \"src/api\"\n"), "{configuration}");

    let before = sandbox.files();
    for arguments in [&FROM_FILE as &[&str], &["init"], &[], &["--check"], &["init", "--out", "src/api"]] {
        let outcome = sandbox.run_in("app", arguments, "").expect(0);
        let says_so = [" 0 files changed", "; up to date"].iter().any(|text| outcome.out.contains(text));
        assert!(says_so, "{arguments:?}: {outcome:?}");
        assert_eq!(sandbox.files(), before, "{arguments:?}");
    }
    // The line is recommended until it is added.
    sandbox.write("app/src/main.rs", "mod api;\n\nfn main() {}\n");
    let outcome = sandbox.run_in("app/src", &["init"], "").expect(0);
    let lines: Vec<&str> = outcome.out.lines().skip(1).collect();
    assert_eq!(lines, ["build:", "    cargo build"]);
    assert_eq!(sandbox.run_in("app", &[], "").expect(0).out.lines().count(), 1);
}

#[test]
fn the_server_and_settings_are_written_to_the_configuration() {
    let sandbox = app();
    sandbox.write("app/src/lib.rs", "");
    let server = serve(PETS);
    let url = server.base();
    let arguments = ["init", "--url", &url, "--out", "src/pets", "--visibility", "crate", "--dates", "jiff"];
    let outcome = sandbox.run_in("app", &arguments, "").expect(0);
    assert!(outcome.out.contains("\nadd this line to src/lib.rs:\n    pub mod pets;\n"), "{outcome:?}");
    let expected = format!(
        "source = \"metadata.json\"\nurl = \"{url}\"\noutput = \"src/pets\"\ndates = \"jiff\"\nvisibility = \"crate\"\n"
    );
    let configuration = sandbox.read("app/evo-gen.toml");
    let mut lines: Vec<&str> = configuration.lines().skip(1).collect();
    lines.sort_unstable();
    let mut wanted: Vec<&str> = expected.lines().collect();
    wanted.sort_unstable();
    assert_eq!(lines, wanted);
    sandbox.run_in("app", &["--check"], "").expect(0);
}

#[test]
fn the_document_in_the_crate_is_used() {
    for arguments in [&["init"] as &[&str], &["init", "--file", "metadata.json"]] {
        let sandbox = app();
        let compact = PETS.replace('\n', "");
        sandbox.write("app/metadata.json", &compact);
        sandbox.run_in("app", arguments, "").expect(0);
        assert_eq!(sandbox.read("app/metadata.json"), compact, "a document that is there is not touched");
        sandbox.run_in("app", &["--check"], "").expect(0);
    }
}

#[test]
fn the_formatting_of_the_manifest_is_kept() {
    let runtime = runtime_by_path();
    let path = runtime.split('"').nth(1).unwrap();
    let shared = "[workspace]\nmembers = [\"app\"]\n[workspace.dependencies]\nevo-runtime = \"0.1\"\nserde = \"1\"\n";
    let cases = [
        ("", "", format!("\n[dependencies]\n{runtime}\n")),
        (
            "",
            "\n# Ours.\n[dependencies] # all\nanyhow = \"1\" # errors\n\nserde = { version = \"1\" }\n\n[features]\nx = []\n",
            format!(
                "\n# Ours.\n[dependencies] # all\nanyhow = \"1\" # errors\n{runtime}\n\nserde = {{ version = \"1\" }}\n\n[features]\nx = []\n"
            ),
        ),
        ("", "\n[dependencies]\nz = '1'\na = '1'\n", format!("\n[dependencies]\nz = '1'\na = '1'\n{runtime}\n")),
        (
            "",
            "\n[dependencies.serde]\nversion = \"1\"\n\n[dev-dependencies]\nx = \"1\"\n",
            format!(
                "\n[dependencies.evo-runtime]\npath = \"{path}\"\n\n[dependencies.serde]\nversion = \"1\"\n\n[dev-dependencies]\nx = \"1\"\n"
            ),
        ),
        (
            "",
            "\n# Last.\n[dependencies.z]\nversion = \"1\"\n\n[dependencies.a]\nversion = \"1\"\n\n[features]\nx = []\n",
            format!(
                "\n# Last.\n[dependencies.z]\nversion = \"1\"\n\n[dependencies.a]\nversion = \"1\"\n\n[dependencies.evo-runtime]\npath = \"{path}\"\n\n[features]\nx = []\n"
            ),
        ),
        ("", "\n[dependencies]\nevo-runtime = '0.1'\n", "\n[dependencies]\nevo-runtime = '0.1'\n".to_owned()),
        (
            shared,
            "\n[dependencies]\nserde.workspace = true\n",
            "\n[dependencies]\nevo-runtime = { workspace = true }\nserde.workspace = true\n".to_owned(),
        ),
    ];
    for (root, before, after) in cases {
        let sandbox = app();
        if !root.is_empty() {
            sandbox.write("Cargo.toml", root);
        }
        sandbox.write("app/Cargo.toml", &format!("{PACKAGE}{before}"));
        sandbox.run_in("app", &FROM_FILE, "").expect(0);
        assert_eq!(sandbox.read("app/Cargo.toml"), format!("{PACKAGE}{after}"));
        let manifest = sandbox.read("app/Cargo.toml");
        sandbox.run_in("app", &FROM_FILE, "").expect(0);
        assert_eq!(sandbox.read("app/Cargo.toml"), manifest);
    }
}

#[test]
fn features_of_the_runtime_are_added_to_any_form_of_the_dependency() {
    let dated = PETS.replacen(r#""type": "String""#, r#""type": "DateTime", "namespace": "System""#, 1);
    for (before, after) in [
        (
            "[dependencies]\nevo-runtime = \"0.1\" # ours\n",
            "[dependencies]\nevo-runtime = { version = \"0.1\", features = [\"chrono\"] } # ours\n",
        ),
        (
            "[dependencies]\nevo-runtime = { version = \"0.1\", features = [\"gzip\"] }\n",
            "[dependencies]\nevo-runtime = { version = \"0.1\", features = [\"gzip\", \"chrono\"] }\n",
        ),
        (
            "[dependencies.evo-runtime]\nversion = \"0.1\"\n",
            "[dependencies.evo-runtime]\nversion = \"0.1\"\nfeatures = [\"chrono\"]\n",
        ),
        (
            "[dependencies]\nevo-runtime = { version = \"0.1\", features = [\"chrono\"] }\n",
            "[dependencies]\nevo-runtime = { version = \"0.1\", features = [\"chrono\"] }\n",
        ),
    ] {
        let sandbox = app();
        sandbox.write("pets.json", &dated);
        sandbox.write("app/Cargo.toml", &format!("{PACKAGE}{before}"));
        sandbox.run_in("app", &[&FROM_FILE[..], &["--dates", "chrono"]].concat(), "").expect(0);
        assert_eq!(sandbox.read("app/Cargo.toml"), format!("{PACKAGE}{after}"));
    }
}

#[test]
fn line_endings_of_the_manifest_are_kept() {
    let sandbox = app();
    let manifest = format!("{PACKAGE}\n[dependencies]\n").replace('\n', "\r\n");
    sandbox.write("app/Cargo.toml", &manifest);
    sandbox.run_in("app", &FROM_FILE, "").expect(0);
    assert_eq!(sandbox.read("app/Cargo.toml"), format!("{manifest}{}\r\n", runtime_by_path()));
    sandbox.run_in("app", &FROM_FILE, "").expect(0);
    assert_eq!(sandbox.read("app/Cargo.toml"), format!("{manifest}{}\r\n", runtime_by_path()));
}

/// An existing file and its text, the folder and arguments of a run, the exit code and the beginning of the error.
type Mistake<'a> = (&'a str, &'a str, &'a str, &'a [&'a str], i32, &'a str);

#[test]
fn failures_leave_no_files() {
    let other = PETS.replace("Cat", "Lion");
    let cases: [Mistake<'_>; 12] = [
        ("x", "", "app", &["init"], 2, "error: no document is specified\n  help: add `--url URL` or `--file PATH`"),
        (
            "x",
            "",
            "",
            &["init", "--file", "pets.json"],
            2,
            "error: there is no Cargo.toml in this folder or above\n  help: run `cargo init`",
        ),
        (
            "Cargo.toml",
            "[workspace]\nmembers = [\"app\"]\n",
            "",
            &["init", "--file", "pets.json"],
            2,
            "error: this folder is in a workspace, but not in one of its packages\n  help: run this in the folder of a package: app",
        ),
        (
            "x",
            "",
            "app",
            &["init", "--file", "../pets.json", "--out", "../out"],
            2,
            "error: the folder `../out` is not inside the package `app`",
        ),
        ("x", "", "app", &["init", "--file", "../pets.json", "--out", "."], 2, "error: the folder `.` is not inside"),
        (
            "x",
            "",
            "app",
            &["init", "--file", "../pets.json", "--out", "src"],
            2,
            "error: the client would be written as `mod.rs` next to `main.rs`",
        ),
        (
            "app/metadata.json",
            &other,
            "app",
            &FROM_FILE,
            2,
            "error: metadata.json already exists and contains a different document",
        ),
        (
            "app/src/api/mod.rs",
            "// ours",
            "app",
            &FROM_FILE,
            5,
            "error: files are not as evo-gen left them: `mod.rs` (not written by evo-gen)",
        ),
        ("app/evo-gen.toml/x", "", "app", &FROM_FILE, 2, "error: the configuration cannot be read"),
        ("app/src/api", "a file", "app", &FROM_FILE, 5, "error: the output folder is a file\n"),
        (
            "app/Cargo.toml",
            &format!("{PACKAGE}[dependencies]\nruntime = {{ version = '0.1', package = 'evo-runtime' }}\n"),
            "app",
            &FROM_FILE,
            2,
            "error: the dependency on evo-runtime is called `runtime`, but generated code uses `evo_runtime`\n",
        ),
        (
            "app/evo-gen.toml",
            "source = 'metadata.json'\noutput = 'src/api'\n",
            "app",
            &["init", "--file", "../pets.json", "--out", "src/x"],
            2,
            "error: the package already has an evo-gen.toml, and `--out` specifies another folder",
        ),
    ];
    for (file, text, folder, arguments, code, message) in cases {
        let sandbox = app();
        sandbox.write(file, text);
        let before = sandbox.files();
        let outcome = sandbox.run_in(folder, arguments, "").expect(code);
        assert!(outcome.err.starts_with(message), "{outcome:?}");
        assert_eq!(sandbox.files(), before, "{message}");
        assert!(!sandbox.path("app/src/api").is_dir() || file.starts_with("app/src/api/"), "{message}");
    }
}

#[test]
fn an_old_edition_is_reported() {
    for (line, edition) in [("", "2015"), ("edition = \"2018\"\n", "2018"), ("edition = \"2021\"\n", "")] {
        let sandbox = app();
        sandbox.write("app/Cargo.toml", &format!("[package]\nname = \"app\"\nversion = \"0.1.0\"\n{line}"));
        let outcome = sandbox.run_in("app", &FROM_FILE, "").expect(0);
        let expected = format!(
            "\nset `edition = \"2024\"` in the Cargo.toml of app: the client needs edition 2021 or later, and this is {edition}\n"
        );
        assert_eq!(outcome.out.contains(&expected), !edition.is_empty(), "{outcome:?}");
        assert_eq!(outcome.out.contains("edition"), !edition.is_empty(), "{outcome:?}");
    }
}

#[test]
fn an_existing_client_keeps_its_document_and_settings() {
    let sandbox = app();
    sandbox.run_in("app", &FROM_FILE, "").expect(0);
    sandbox.write("other.json", &PETS.replace("Cat", "Lion"));
    let before = sandbox.files();
    for (arguments, message) in [
        (
            ["init", "--file", "../other.json"].as_slice(),
            "metadata.json already exists and contains a different document",
        ),
        (
            &["init", "--out", "src/other"],
            "the package already has an evo-gen.toml, and `--out` specifies another folder",
        ),
        (&["init", "--dates", "jiff"], "the package already has an evo-gen.toml, and an option differs from it"),
    ] {
        let outcome = sandbox.run_in("app", arguments, "").expect(2);
        assert!(outcome.err.starts_with(&format!("error: {message}\n")), "{outcome:?}");
        assert_eq!(sandbox.files(), before, "{arguments:?}");
    }
    // A missing document is restored.
    std::fs::remove_file(sandbox.path("app/metadata.json")).unwrap();
    std::fs::remove_file(sandbox.path("app/src/api/mod.rs")).unwrap();
    sandbox.write("app/Cargo.toml", PACKAGE);
    sandbox.run_in("app", &FROM_FILE, "").expect(0);
    let mut after = sandbox.files();
    after.insert("app/Cargo.toml".to_owned(), before["app/Cargo.toml"].clone());
    assert_eq!(after, before);
    sandbox.run_in("app", &["--check"], "").expect(0);
}

#[test]
fn the_recursion_limit_that_deep_types_need_is_printed_written_and_warned_of() {
    let next = |number: usize| {
        let (name, next) = (format!("T{number}"), format!("T{}", (number + 1) % 120));
        serde_json::json!({ "name": name, "namespace": "Shop", "properties": [
            { "name": "Next", "type": "Dictionary`2", "namespace": "System.Collections.Generic", "genericArgs": ["String", next] },
        ] })
    };
    let returns = serde_json::json!({ "name": "T0", "namespace": "Shop" });
    let operation = serde_json::json!({ "request": { "name": "Read", "namespace": "Shop" }, "method": "GET", "returnType": returns });
    let document = serde_json::json!({ "types": (0..120).map(next).collect::<Vec<_>>(), "operations": [operation] });
    let sandbox = app();
    sandbox.write("deep.json", &document.to_string());
    let line = "#![recursion_limit = \"1024\"]";

    let outcome = sandbox.run_in("app", &["init", "--file", "../deep.json"], "").expect(0);
    let expected = format!("add this line at the top of the crate root, unless it is there already:\n    {line}");
    assert!(outcome.out.contains(&expected), "{outcome:?}");
    let outcome = sandbox.run_in("app", &[], "").expect(0);
    assert!(outcome.err.contains("warning[EVO0067]") && outcome.err.contains(line), "{outcome:?}");

    sandbox.run(&["new", "deep-client", "--file", "deep.json"]).expect(0);
    for file in ["deep-client/src/lib.rs", "deep-client/README.md", "deep-client/src/generated/mod.rs"] {
        let text = sandbox.read(file).replace("\n//! ", " ");
        assert!(text.contains(line), "{file}:\n{text}");
    }
}
