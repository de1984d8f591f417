//! Rust names are kept, and changed names are reported.

use super::sandbox::{CONFIG, PETS, Sandbox};

/// The lines about changed names.
fn renames(out: &str) -> Vec<&str> {
    out.lines().filter(|line| line.starts_with("~ ") && line.contains(" is called `")).collect()
}

/// The document with a second type that has the same Rust name and is sorted first.
fn with_rival() -> String {
    let rival = r#"{ "name": "PET", "namespace": "Pets.Api" },"#;
    PETS.replace(r#""types": ["#, &format!(r#""types": [{rival}"#))
}

#[test]
fn a_new_type_renames_an_old_one_only_with_update_lock() {
    let sandbox = Sandbox::pets();
    sandbox.run(&[]).expect(0);
    sandbox.write("metadata.json", &with_rival());
    let kept = sandbox.run(&[]).expect(0);
    assert_eq!(renames(&kept.out), Vec::<&str>::new(), "{kept:?}");
    assert!(sandbox.read("src/api/mod.rs").contains("pub struct Pet2 {}"));

    let listed = sandbox.run(&["--update-lock", "--dry-run"]).expect(0);
    let told = [
        "~ type Pets.Api.PET is called `Pet` instead of `Pet2`: Pets.Api.Pet is called `Pet2` now",
        "~ type Pets.Api.Pet is called `Pet2` instead of `Pet`: Pets.Api.PET is called `Pet` now",
    ];
    assert_eq!(renames(&listed.out), told);
    assert!(sandbox.read("src/api/mod.rs").contains("pub struct Pet2 {}"));
    let changed = sandbox.run(&["--update-lock"]).expect(0);
    assert_eq!(renames(&changed.out), told);
    assert!(sandbox.read("src/api/mod.rs").contains("pub struct Pet {}"));
    assert_eq!(renames(&sandbox.run(&["--update-lock"]).expect(0).out), Vec::<&str>::new());
}

#[test]
fn rename_in_the_configuration_applies_immediately() {
    let sandbox = Sandbox::pets();
    sandbox.run(&[]).expect(0);
    sandbox.write("evo-gen.toml", &format!("{CONFIG}rename = {{ 'Pets.Api.Kind' = 'Species' }}\n"));
    sandbox.run(&["--locked"]).expect(4);
    let outcome = sandbox.run(&["--format", "json"]).expect(0);
    let line = outcome.out.lines().find(|line| line.contains(r#""kind":"change""#)).unwrap();
    let told: serde_json::Value = serde_json::from_str(line).unwrap();
    let expected = serde_json::json!({ "kind": "change", "client": "pets", "class": "breaking", "change": "type-renamed",
        "what": "type", "name": "Pets.Api.Kind", "message": "is called `Species` instead of `Kind`",
        "effect": "set by `rename` in the configuration", "old": "Kind", "new": "Species" });
    assert_eq!(told, expected);
    sandbox.run(&["--locked"]).expect(0);
}

#[test]
fn an_impossible_rename_is_an_error() {
    let sandbox = Sandbox::pets();
    sandbox.run(&[]).expect(0);
    let before = sandbox.files();
    for (rename, message) in [
        ("Pets.Api.Kinds=Species", "`Pets.Api.Kinds` of `rename` matches nothing\n"),
        ("Pets.Api.Kind=species", "`species` of `rename` cannot be the name of Pets.Api.Kind\n"),
        ("Pets.Api.Kind=Self", "`Self` of `rename` cannot be the name of Pets.Api.Kind\n"),
        ("Pets.Api.Kind=A;fn b() {}", "cannot be the name of Pets.Api.Kind\n"),
        ("Pets.Api.Kind=Pet", "`rename` gives away `Pet`, the name of Pets.Api.Pet since an earlier run\n"),
        ("Pets.Api.Pet.Kind=Kind", "`Kind` of `rename` cannot be the name of Pets.Api.Pet.Kind\n"),
        (
            "Pets.Api.Pet.*=same",
            "`rename` gives the name `same` to Pets.Api.Pet.Kind and to something else in the same scope\n",
        ),
        ("Pets.Api/*=../up", "`../up` of `rename` cannot be the module of Pets.Api\n"),
        ("Pets.Ap/*=pets", "`Pets.Ap/*` of `rename` matches nothing\n"),
    ] {
        let (name, rust) = rename.split_once('=').unwrap();
        sandbox.write("evo-gen.toml", &format!("{CONFIG}rename.'{name}' = '{rust}'\n"));
        let outcome = sandbox.run(&[]).expect(2);
        assert!(outcome.err.contains(message), "{rename}: {outcome:?}");
    }
    sandbox.write("evo-gen.toml", CONFIG);
    assert_eq!(sandbox.files(), before);
}

#[test]
fn a_kept_name_whose_rename_was_removed_is_reported() {
    let sandbox = Sandbox::pets();
    let renamed = "rename = { 'Pets.Api.Kind' = 'Species', 'Pets.Api.Pet.Name' = 'called', 'Pets.Api/*' = 'pets' }\n";
    sandbox.write("evo-gen.toml", &format!("{CONFIG}{renamed}"));
    sandbox.run(&[]).expect(0);
    sandbox.write("evo-gen.toml", &format!("{CONFIG}rename = {{ 'Pets.Api/*' = 'pets' }}\n"));
    let told = [
        "= member Pets.Api.Pet.Name is still called `called`: `rename` no longer lists it; use --update-lock to let it change",
        "= type Pets.Api.Kind is still called `Species`: `rename` no longer lists it; use --update-lock to let it change",
    ];
    let kept =
        |outcome: &str| outcome.lines().filter(|line| line.starts_with("= ")).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(kept(&sandbox.run(&["--dry-run"]).expect(0).out), told);
    assert_eq!(kept(&sandbox.run(&[]).expect(0).out), told);
    assert!(sandbox.read("src/api/pets.rs").contains("enum Species"));
    // It is reported only once.
    assert_eq!(kept(&sandbox.run(&[]).expect(0).out), Vec::<String>::new());
    let changed = sandbox.run(&["--update-lock"]).expect(0);
    assert_eq!(renames(&changed.out).len(), 2, "{changed:?}");
    assert!(sandbox.read("src/api/pets.rs").contains("enum Kind"));
}

#[test]
fn a_strip_setting_without_effect_on_existing_modules_is_reported() {
    let sandbox = Sandbox::pets();
    sandbox.run(&[]).expect(0);
    let kept = sandbox.run(&["--strip", "Pets"]).expect(0);
    assert!(kept.err.contains("warning[EVO0050]: `strip` says `Pets`"), "{kept:?}");
    let changed = sandbox.run(&["--strip", "Pets", "--update-lock"]).expect(0);
    let reason = "derived from the document; an earlier run chose a different name";
    assert_eq!(renames(&changed.out), [format!("~ module Pets.Api is called `api` instead of ``: {reason}")]);
    let again = sandbox.run(&["--strip", "Pets"]).expect(0);
    assert!(again.err.is_empty(), "{again:?}");
}
