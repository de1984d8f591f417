//! `--url` and `--file` without `--out` update the stored document.

use super::sandbox::{CONFIG, PETS, Sandbox, serve};

#[test]
fn additions_removals_and_changes_are_listed() {
    let sandbox = Sandbox::pets();
    sandbox.run(&[]).expect(0);
    let new = PETS
        .replace("\"Cat\", \"Dog\"", "\"Cat\", \"Dog\", \"Fish\"")
        .replace("\"method\": \"GET\"", "\"method\": \"POST\"")
        .replace("\"GET\"", "\"GET,POST\"");
    let server = serve(&new);
    let url = server.base();
    let outcome = sandbox.run(&["--url", &url]).expect(0);
    let lines: Vec<&str> = outcome.out.lines().collect();
    assert_eq!(
        lines[..3],
        [
            "~ operation Pets.Api.FindPets is sent with `POST` instead of `GET`: the service may reject what an old client sends",
            "+ value Pets.Api.Kind.Fish was added: responses may contain it, and old clients read it as an unknown value",
            "version: minor: 1 change alters what is sent or read, 1 needs attention",
        ]
    );
    assert!(lines[3].starts_with("pets: 1 operation, 2 types, "), "{outcome:?}");
    assert!(sandbox.read("metadata.json").contains("Fish"));
    // The generated files match a later run.
    sandbox.run(&["--check"]).expect(0);
}

#[test]
fn the_configured_url_is_the_default() {
    let sandbox = Sandbox::pets();
    let server = serve(PETS);
    let url = server.base();
    sandbox.write("evo-gen.toml", &format!("{CONFIG}url = \"{url}\"\n"));
    let outcome = sandbox.run(&["--url"]).expect(0);
    assert!(outcome.out.starts_with("pets: 1 operation, "), "{outcome:?}");
}

#[test]
fn the_first_document_can_be_stored_from_a_file() {
    let sandbox = Sandbox::pets();
    std::fs::rename(sandbox.path("metadata.json"), sandbox.path("other.json")).unwrap();
    sandbox.run(&[]).expect(3);
    sandbox.run(&["--file", "other.json"]).expect(0);
    let stored: serde_json::Value = serde_json::from_str(&sandbox.read("metadata.json")).unwrap();
    assert_eq!(stored, serde_json::from_str::<serde_json::Value>(PETS).unwrap());
    sandbox.run(&["--check"]).expect(0);
}

#[test]
fn check_dry_run_and_locked_do_not_change_the_stored_document() {
    let sandbox = Sandbox::pets();
    sandbox.run(&["--file", "metadata.json"]).expect(0);
    sandbox.write("new.json", &PETS.replace("\"Cat\", \"Dog\"", "\"Cat\", \"Dog\", \"Fish\""));
    let before = sandbox.files();
    let check = sandbox.run(&["--file", "new.json", "--check"]).expect(1);
    assert!(check.out.contains("--- a/metadata.json\n+++ b/metadata.json\n"), "{check:?}");
    let list = sandbox.run(&["--file", "new.json", "--dry-run"]).expect(0);
    let changed = sandbox.path("metadata.json");
    assert!(list.out.contains(&format!("change {}\n", changed.display())), "{list:?}");
    let locked = sandbox.run(&["--file", "new.json", "--locked"]).expect(4);
    assert!(locked.err.contains("refuses the document: value Pets.Api.Kind.Fish was added\n"), "{locked:?}");
    assert_eq!(sandbox.files(), before);
}

#[test]
fn one_of_several_clients_must_be_selected() {
    let sandbox = Sandbox::pets();
    let config = "[client.a]\nsource = 'a.json'\noutput = 'src/a'\n[client.b]\nsource = 'b.json'\noutput = 'src/b'\n";
    sandbox.write("evo-gen.toml", config);
    let outcome = sandbox.run(&["--file", "metadata.json"]).expect(2);
    assert!(outcome.err.contains("several clients are configured: a, b\n"), "{outcome:?}");
    sandbox.run(&["--file", "metadata.json", "--client", "b"]).expect(0);
    assert!(sandbox.path("b.json").is_file() && !sandbox.path("a.json").exists());
}
