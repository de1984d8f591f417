//! Each kind of failure has its exit code, and a message with location and help.

use super::sandbox::{CONFIG, PETS, Sandbox};

#[test]
fn failures_have_exit_codes() {
    // Arguments, exit code, and a part of standard error.
    let cases: [(&[&str], i32, &str); 15] = [
        (&["--no-such-option"], 2, "unexpected argument"),
        (&["--url"], 2, "no `url`"),
        (&["--out", "src/x"], 2, "`--out` needs a document"),
        (&["--url", "--out", "src/x"], 2, "`--url` has no value"),
        (&["--check", "--dry-run"], 2, "cannot be used with"),
        (&["--url", "http://x", "--file", "x"], 2, "cannot be used with"),
        (&["--address", "soap"], 2, "[possible values: api, routes, reply]"),
        (&["--config", "missing.toml"], 2, "the configuration cannot be read"),
        (&["--file", "metadata.json", "--out", "x", "--header", "secret"], 0, ""),
        (&["--url", "http://127.0.0.1:9", "--out", "x", "--header", "s3cret"], 2, "a header has no colon"),
        (&["--url", "http://127.0.0.1:9", "--out", "x", "--timeout", "5"], 3, "127.0.0.1:9"),
        (&["--file", "missing.json", "--out", "src/x"], 3, "missing.json"),
        (&["--file", "broken.json", "--out", "src/x"], 4, "broken.json"),
        (&["--include", "NoSuchOperation"], 2, "NoSuchOperation"),
        (&["--file", "metadata.json", "--out", "src/lib.rs"], 5, "src/lib.rs"),
    ];
    for (arguments, code, text) in cases {
        let sandbox = Sandbox::pets();
        sandbox.write("broken.json", "{ \"types\": [");
        let outcome = sandbox.run(arguments);
        assert_eq!(outcome.code, code, "{arguments:?}: {outcome:?}");
        assert!(outcome.err.contains(text), "{arguments:?}: {outcome:?}");
        assert!(!outcome.err.contains("s3cret"), "{arguments:?} shows a secret: {outcome:?}");
    }
}

#[test]
fn the_error_without_a_configuration_explains_how_to_begin() {
    let package = ("Cargo.toml", "[package]\nname = \"app\"\n");
    let sandbox = Sandbox::new(&[package, ("src/lib.rs", ""), ("metadata.json", PETS)]);
    for arguments in [&[] as &[&str], &["--check"], &["--file", "metadata.json"], &["--client", "x"]] {
        let outcome = sandbox.run(arguments).expect(2);
        assert!(
            outcome.err.starts_with("error: no client is configured here\n  help: run `evo-gen init --url "),
            "{outcome:?}"
        );
        assert!(outcome.err.contains("--out src/api") && outcome.err.contains("evo-gen new NAME"), "{outcome:?}");
    }
}

#[test]
fn an_unknown_key_is_an_error_with_a_suggestion() {
    let sandbox = Sandbox::pets();
    sandbox.write("evo-gen.toml", &format!("{CONFIG}exlude = []\n"));
    let outcome = sandbox.run(&[]).expect(2);
    let place = sandbox.path("evo-gen.toml");
    // The path of the temporary folder may contain a symbolic link.
    let place = place.canonicalize().unwrap_or(place);
    let expected =
        format!("error: unknown key `exlude`\n  at: {}:3:1\n  help: did you mean `exclude`?\n", place.display());
    assert_eq!(outcome.err, expected);
}
