//! `--check`, `--dry-run`, `--force`, `--locked`, `--deny`.

use super::sandbox::{CONFIG, PETS, Sandbox};

#[test]
fn check_prints_a_diff_and_writes_nothing() {
    let sandbox = Sandbox::pets();
    let before = sandbox.files();
    let outcome = sandbox.run(&["--check"]).expect(1);
    assert!(outcome.out.contains("--- /dev/null\n+++ b/mod.rs\n@@ "), "{outcome:?}");
    assert!(outcome.out.ends_with(" ms; 2 files are out of date; run evo-gen\n"), "{outcome:?}");
    assert_eq!(sandbox.files(), before);

    sandbox.run(&[]).expect(0);
    let clean = sandbox.run(&["--check"]).expect(0);
    assert!(clean.out.starts_with("pets: 1 operation, 2 types, "), "{clean:?}");
    assert!(clean.out.ends_with(" ms; up to date\n"), "{clean:?}");
    sandbox.write("src/api/mod.rs", &sandbox.read("src/api/mod.rs").replace("FindPets", "FindCats"));
    let outcome = sandbox.run(&["--check"]).expect(1);
    assert!(outcome.out.ends_with(" ms; 1 file is out of date; run evo-gen\n"), "{outcome:?}");

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
    assert!(outcome.out.ends_with(" ms; 2 files would change\n"), "{outcome:?}");
    assert_eq!(sandbox.files(), before);
    assert!(sandbox.run(&[]).expect(0).out.ends_with(" ms; 2 files changed\n"));
    assert!(sandbox.run(&["--dry-run"]).expect(0).out.ends_with(" ms; nothing would change\n"));
    sandbox.write("src/api/mod.rs", "");
    let outcome = sandbox.run(&["--dry-run"]).expect(0);
    assert!(outcome.out.ends_with(" ms; 1 file would change\n"), "{outcome:?}");
}

#[test]
fn dry_run_marks_files_that_need_force() {
    let sandbox = Sandbox::pets();
    sandbox.write("src/api/mod.rs", "// Written by hand.\nfn mine() {}\n");
    let outcome = sandbox.run(&["--dry-run"]).expect(0);
    let changed = format!("change {} (needs --force)\n", sandbox.path("src/api/mod.rs").display());
    assert!(outcome.out.contains(&changed), "{outcome:?}");
}

#[test]
fn obstacles_in_the_output_folder_are_named() {
    for (path, message, place) in [
        ("src/api", "the output folder is a file", "src/api"),
        ("src/api/mod.rs/x", "a folder is in the way of `mod.rs`", "src/api/mod.rs"),
        ("src/api/.evo-gen.json/x", "a folder is in the way of `.evo-gen.json`", "src/api/.evo-gen.json"),
    ] {
        let sandbox = Sandbox::pets();
        sandbox.write(path, "mine");
        let before = sandbox.files();
        let place = sandbox.path(place);
        for arguments in [&[][..], &["--check"], &["--dry-run"], &["--force"]] {
            let outcome = sandbox.run(arguments).expect(5);
            let expected = format!("error: {message}\n  at: {}\n", place.display());
            assert!(outcome.err.starts_with(&expected), "{arguments:?}: {outcome:?}");
        }
        assert_eq!(sandbox.files(), before);
    }
}

#[test]
fn a_conflict_in_one_client_prevents_writing_the_others() {
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
fn locked_lists_additions_removals_and_renames() {
    let sandbox = Sandbox::pets();
    let outcome = sandbox.run(&["--locked"]).expect(4);
    assert!(outcome.err.contains("--locked needs the manifest of an earlier run"), "{outcome:?}");
    sandbox.run(&[]).expect(0);
    sandbox.run(&["--locked"]).expect(0);
    let operation = r#"{ "request": { "name": "AddPet", "namespace": "Pets.Api", "properties": [
        { "name": "Name", "type": "String" }, { "name": "Tag", "type": "String" } ] }, "method": "POST" },"#;
    let more = PETS.replace(r#""operations": ["#, &format!(r#""operations": [{operation}"#));
    for (document, settings, expected) in [
        (more.clone(), "", "operation Pets.Api.AddPet was added"),
        (
            PETS.replace("\"FindPets\"", "\"SeekPets\""),
            "",
            "operation or type Pets.Api.FindPets was removed, operation Pets.Api.SeekPets was added",
        ),
        (PETS.replace("[\"Cat\", \"Dog\"]", "[\"Cat\", \"Dog\", \"Fish\"]"), "", "value Pets.Api.Kind.Fish was added"),
        (PETS.replace("[\"Cat\", \"Dog\"]", "[\"Cat\"]"), "", "value Pets.Api.Kind.Dog was removed"),
        (
            PETS.replace("[\"Cat\", \"Dog\"]", "[\"A\", \"B\", \"C\"]"),
            "",
            "value Pets.Api.Kind.Cat was removed, value Pets.Api.Kind.Dog was removed, value Pets.Api.Kind.A was added, and 2 more",
        ),
        (
            PETS.to_owned(),
            "rename.'Pets.Api.Kind' = 'Species'",
            "type Pets.Api.Kind is called `Species` instead of `Kind`",
        ),
    ] {
        sandbox.write("metadata.json", &document);
        sandbox.write("evo-gen.toml", &format!("{CONFIG}{settings}\n"));
        let before = sandbox.files();
        let outcome = sandbox.run(&["--locked"]).expect(4);
        let message = format!("error: --locked refuses the document: {expected}\n");
        assert!(outcome.err.starts_with(&message), "{message}{outcome:?}");
        assert!(outcome.err.contains("to accept the change, run `evo-gen` without --locked"), "{outcome:?}");
        assert_eq!(sandbox.files(), before);
    }
    // A new document is compared with the stored one.
    sandbox.write("metadata.json", PETS);
    sandbox.write("evo-gen.toml", CONFIG);
    sandbox.run(&[]).expect(0);
    sandbox.write("new.json", &PETS.replace("\"FindPets\"", "\"SeekPets\""));
    let outcome = sandbox.run(&["--locked", "--file", "new.json"]).expect(4);
    let message =
        "refuses the document: operation Pets.Api.FindPets was removed, operation Pets.Api.SeekPets was added\n";
    assert!(outcome.err.contains(message), "{outcome:?}");
    sandbox.write("new.json", &format!("{PETS} "));
    let outcome = sandbox.run(&["--locked", "--file", "new.json"]).expect(4);
    assert!(outcome.err.contains("the API is the same, but "), "{outcome:?}");
}

#[test]
fn allowed_diagnostics_are_neither_reported_nor_denied() {
    let sandbox = Sandbox::pets();
    sandbox.write("metadata.json", &PETS.replace("/pets", "/pets/{Gone}"));
    assert!(sandbox.run(&["--dry-run"]).expect(0).err.contains("warning[EVO0040]"));
    for allow in ["EVO0040", "EVO0040:Pets.Api.FindPets", "evo0040:Pets.*"] {
        sandbox.write("evo-gen.toml", &format!("{CONFIG}allow = ['{allow}'] # the route is not used\n"));
        let outcome = sandbox.run(&["--deny", "warnings", "--dry-run", "--report", "report.md"]).expect(0);
        assert_eq!(outcome.err, "", "{allow}");
        assert!(!sandbox.read("report.md").contains("EVO0040"), "{allow}");
    }
    for (allow, message) in [
        ("EVO0040:Pets.Api.FindPet", "`EVO0040:Pets.Api.FindPet` of `allow` matches nothing"),
        ("EVO0041", "`EVO0041` of `allow` matches nothing"),
        ("EVO0O40", "there is no code `EVO0O40`"),
    ] {
        sandbox.write("evo-gen.toml", &format!("{CONFIG}allow = [\n  '{allow}',\n]\n"));
        let outcome = sandbox.run(&["--dry-run"]).expect(2);
        assert!(outcome.err.contains(&format!("error: {message}\n")), "{outcome:?}");
        assert!(outcome.err.contains("evo-gen.toml:4:3\n"), "{outcome:?}");
    }
}

#[test]
fn deny_rejects_a_document_with_the_warning() {
    let sandbox = Sandbox::pets();
    sandbox.run(&["--deny", "warnings"]).expect(0);
    sandbox.write("metadata.json", &PETS.replace("/pets", "/pets/{Gone}"));
    let warned = sandbox.run(&["--dry-run"]).expect(0);
    assert!(warned.err.contains("warning[EVO0040]: "), "{warned:?}");
    assert!(warned.err.contains("\n   = at: /operations/0/routes/0/path\n"), "{warned:?}");
    for code in ["warnings", "EVO0040", "EVO0001,evo0040"] {
        let outcome = sandbox.run(&["--deny", code]).expect(4);
        assert!(outcome.err.contains("error: --deny rejects the document: EVO0040: "), "{code}: {outcome:?}");
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
