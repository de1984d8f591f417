//! `--check`, `--dry-run`, `--force`, `--locked`, `--deny`.

use super::sandbox::{PETS, Sandbox};

#[test]
fn check_prints_a_diff_and_writes_nothing() {
    let sandbox = Sandbox::pets();
    let before = sandbox.files();
    let outcome = sandbox.run(&["--check"]).expect(1);
    assert!(outcome.out.contains("--- /dev/null\n+++ b/mod.rs\n@@ "), "{outcome:?}");
    assert!(outcome.out.contains("(out of date)"), "{outcome:?}");
    assert_eq!(sandbox.files(), before);

    sandbox.run(&[]).expect(0);
    let clean = sandbox.run(&["--check"]).expect(0);
    assert!(clean.out.starts_with("pets: 1 operations, 2 types, 0 files changed (up to date), "), "{clean:?}");

    sandbox.write("metadata.json", &PETS.replace("FindPets", "SeekPets"));
    let before = sandbox.files();
    let changed = sandbox.run(&["--check", "-q"]).expect(1);
    assert!(changed.out.contains("SeekPets"), "{changed:?}");
    assert_eq!(sandbox.files(), before);
}

#[test]
fn dry_run_lists_and_writes_nothing() {
    let sandbox = Sandbox::pets();
    let before = sandbox.files();
    let outcome = sandbox.run(&["--dry-run"]).expect(0);
    let created = format!("create {}\n", sandbox.path("src/api/mod.rs").display());
    assert!(outcome.out.contains(&created), "{outcome:?}");
    assert_eq!(sandbox.files(), before);
}

#[test]
fn dry_run_names_what_needs_force() {
    let sandbox = Sandbox::pets();
    sandbox.write("src/api/mod.rs", "// Written by hand.\nfn mine() {}\n");
    let outcome = sandbox.run(&["--dry-run"]).expect(0);
    let changed = format!("change {} (needs --force)\n", sandbox.path("src/api/mod.rs").display());
    assert!(outcome.out.contains(&changed), "{outcome:?}");
}

#[test]
fn a_client_that_is_refused_stops_the_others_before_they_are_written() {
    let config = "[client.a]\nsource = 'metadata.json'\noutput = 'src/a'\n\
                  [client.b]\nsource = 'metadata.json'\noutput = 'src/b'\n";
    let sandbox = Sandbox::pets();
    sandbox.write("evo-gen.toml", config);
    sandbox.write("src/b/mod.rs", "fn mine() {}\n");
    let before = sandbox.files();
    let outcome = sandbox.run(&[]).expect(5);
    assert!(outcome.err.contains("mod.rs") && outcome.err.contains("--force"), "{outcome:?}");
    assert_eq!(sandbox.files(), before);
    sandbox.run(&["--force"]).expect(0);
    assert_ne!(sandbox.read("src/b/mod.rs"), "fn mine() {}\n");
}

#[test]
fn locked_lets_no_new_name_in() {
    let sandbox = Sandbox::pets();
    let outcome = sandbox.run(&["--locked"]).expect(4);
    assert!(outcome.err.contains("the output has no manifest yet"), "{outcome:?}");
    sandbox.run(&[]).expect(0);
    sandbox.run(&["--locked"]).expect(0);
    sandbox.write("metadata.json", &PETS.replace("FindPets", "SeekPets"));
    let before = sandbox.files();
    let outcome = sandbox.run(&["--locked"]).expect(4);
    assert!(outcome.err.contains("names would change"), "{outcome:?}");
    assert_eq!(sandbox.files(), before);
}

#[test]
fn deny_refuses_a_document_with_that_warning() {
    let sandbox = Sandbox::pets();
    sandbox.run(&["--deny", "warnings"]).expect(0);
    sandbox.write("metadata.json", &PETS.replace("/pets", "/pets/{Gone}"));
    let warned = sandbox.run(&["--dry-run"]).expect(0);
    assert!(warned.err.contains("warning[EVO0040]: "), "{warned:?}");
    assert!(warned.err.contains("\n   = at: /operations/0/routes/0/path\n"), "{warned:?}");
    for code in ["warnings", "EVO0040", "EVO0001,evo0040"] {
        let outcome = sandbox.run(&["--deny", code]).expect(4);
        assert!(outcome.err.contains("error: --deny refuses the document: EVO0040: "), "{code}: {outcome:?}");
    }
    sandbox.run(&["--deny", "EVO0001"]).expect(0);
    let refused = sandbox.run(&["--deny", "warnings"]).expect(4);
    assert!(refused.err.starts_with("error[EVO0040]: the route "), "what is denied is shown as an error: {refused:?}");
    let unknown = sandbox.run(&["--deny", "EVO0O40"]).expect(2);
    assert_eq!(
        unknown.err,
        "error: there is no code `EVO0O40`\n  at: --deny\n  \
         help: did you mean `EVO0040`? `evo-gen explain` lists all codes\n"
    );
}
