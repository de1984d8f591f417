//! Cargo features of modules in the manifest of the crate.

use super::sandbox::{PETS, Sandbox};

/// The document with an additional namespace.
fn with_shops() -> String {
    let shops = r#""types": [
    { "name": "Shop", "namespace": "Pets.Shops", "properties": [{ "name": "Kind", "type": "Kind", "namespace": "Pets.Api", "isValueType": true, "isEnum": true }] },"#;
    let document = PETS.replacen("\"types\": [", shops, 1);
    document.replacen(
        "\"properties\": [{ \"name\": \"Name\", \"type\": \"String\" }] }",
        "\"properties\": [{ \"name\": \"Shop\", \"type\": \"Shop\", \"namespace\": \"Pets.Shops\" }] }",
        1,
    )
}

#[test]
fn the_manifest_gets_the_features_and_keeps_other_entries() {
    let sandbox = Sandbox::pets();
    sandbox.write("metadata.json", &with_shops());
    sandbox.write("evo-gen.toml", "source = \"metadata.json\"\noutput = \"src/api\"\nfeatures = true\n");
    let before = sandbox.read("Cargo.toml");

    let listed = sandbox.run(&["--dry-run"]).expect(0);
    assert!(listed.out.contains("change ") && listed.out.contains("Cargo.toml"), "{}", listed.out);
    assert_eq!(sandbox.read("Cargo.toml"), before);
    let checked = sandbox.run(&["--check"]).expect(1);
    assert!(checked.out.contains("+shops = [\"api\"]"), "{}", checked.out);

    sandbox.run(&[]).expect(0);
    let features =
        "\n[features]\ndefault = [\"full\"]\nfull = [\"api\", \"shops\"]\napi = [\"shops\"]\nshops = [\"api\"]\n";
    assert_eq!(sandbox.read("Cargo.toml"), format!("{before}{features}"));
    sandbox.run(&["--check"]).expect(0);
    let root = sandbox.read("src/api/mod.rs");
    assert!(root.contains("#[cfg(feature = \"shops\")]\npub mod shops;\n"), "{root}");

    // The feature of a removed module is removed; a chosen default is kept.
    let chosen =
        sandbox.read("Cargo.toml").replace("default = [\"full\"]", "default = [\"shops\", \"extra\"]\nextra = []");
    sandbox.write("Cargo.toml", &chosen);
    sandbox.write("metadata.json", PETS);
    sandbox.run(&[]).expect(0);
    let features = "\n[features]\ndefault = [\"extra\"]\nextra = []\nfull = [\"api\"]\napi = []\n";
    assert_eq!(sandbox.read("Cargo.toml"), format!("{before}{features}"));
    sandbox.run(&["--check"]).expect(0);
}

#[test]
fn features_without_modules_or_a_manifest_are_an_error() {
    for (arguments, message) in [
        (
            ["--file", "metadata.json", "--out", "src/api", "--features", "--layout", "file"].as_slice(),
            "error: `features` does nothing with the layout `file`, which has a single module",
        ),
        (
            ["--file", "metadata.json", "--out", "src/api", "--features", "--layout", "tag"].as_slice(),
            "the manifest of the crate cannot be read",
        ),
    ] {
        let sandbox = Sandbox::new(&[("metadata.json", PETS)]);
        let outcome = sandbox.run(arguments).expect(2);
        assert!(outcome.err.contains(message), "{arguments:?}: {}", outcome.err);
        assert_eq!(sandbox.paths(), ["metadata.json"], "{arguments:?}");
    }
}
