//! `--out`: clients that nothing configures.

use super::sandbox::{PETS, Sandbox};
use super::server::serve;

const MANIFEST: &str = "[package]\nname = \"app\"\n";

#[test]
fn a_file_standard_input_and_a_server_give_the_same_client() {
    let outputs = ["file", "input", "server"].map(|source| {
        let sandbox = Sandbox::new(&[("Cargo.toml", MANIFEST), ("metadata.json", PETS)]);
        let url = serve(PETS, 2);
        let (arguments, label): (&[&str], &str) = match source {
            "file" => (&["--file", "metadata.json"], "metadata.json"),
            "input" => (&["--file", "-"], "standard input"),
            _ => (&["--url", &url], &url),
        };
        let outcome = sandbox.run_in("", &[arguments, &["--out", "src/api"]].concat(), PETS).expect(0);
        let lines: Vec<&str> = outcome.out.lines().collect();
        assert!(lines[0].starts_with("src/api: 1 operation, 2 types, "), "{source}: {outcome:?}");
        assert!(lines[1].starts_with("add `evo-runtime = \"0.1\"` to [dependencies] of "), "{source}: {outcome:?}");
        assert!(lines[1].ends_with("and `mod api;` to the crate"), "{source}: {outcome:?}");
        let root = sandbox.read("src/api/mod.rs");
        assert!(root.contains(label), "{source}: the header names the source:\n{root}");
        // The header alone tells them apart.
        root.lines().filter(|line| !line.starts_with("//")).map(str::to_owned).collect::<Vec<_>>()
    });
    assert!(outputs[0].contains(&"pub struct FindPets {".to_owned()), "{:?}", outputs[0]);
    assert_eq!(outputs[0], outputs[1]);
    assert_eq!(outputs[0], outputs[2]);
}

#[test]
fn the_last_line_names_the_features_that_the_runtime_needs() {
    let dated = PETS.replacen(r#""type": "String""#, r#""type": "DateTime", "namespace": "System""#, 1);
    let sandbox = Sandbox::new(&[("Cargo.toml", MANIFEST), ("metadata.json", &dated)]);
    let outcome = sandbox.run(&["--file", "metadata.json", "--out", "src/api", "--dates", "chrono"]).expect(0);
    let line = outcome.out.lines().last().unwrap();
    let dependency = "add `evo-runtime = { version = \"0.1\", features = [\"chrono\"] }` to [dependencies] of ";
    assert!(line.starts_with(dependency), "{outcome:?}");

    // A crate that is configured already is told what it lacks, and nothing when it lacks nothing.
    sandbox.write("evo-gen.toml", "source = 'metadata.json'\noutput = 'src/api'\ndates = 'chrono'\n");
    let outcome = sandbox.run(&["--force"]).expect(0);
    let line = outcome.out.lines().last().unwrap();
    assert!(line.starts_with("add the feature `chrono` of evo-runtime to "), "{outcome:?}");
    let depends = "[dependencies]\nevo-runtime = { version = '0.1', features = ['chrono'] }\n";
    sandbox.write("Cargo.toml", &format!("{MANIFEST}{depends}"));
    let outcome = sandbox.run(&["--force"]).expect(0);
    assert!(outcome.out.lines().all(|line| !line.starts_with("add ")), "{outcome:?}");
}

#[test]
fn the_header_tells_how_to_regenerate() {
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
fn quiet_prints_nothing_and_verbose_says_more() {
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
