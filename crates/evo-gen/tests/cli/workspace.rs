//! Without arguments: every client of the workspace.

use super::sandbox::{CONFIG, PETS, Sandbox};

#[test]
fn every_member_is_regenerated_and_nobody_else() {
    let package = |name: &str| format!("[package]\nname = \"{name}\"\n");
    let sandbox = Sandbox::new(&[
        ("Cargo.toml", "[workspace]\nmembers = [\"crates/*\"]\nexclude = [\"crates/out\"]\n"),
        ("crates/a/Cargo.toml", &package("a")),
        ("crates/a/evo-gen.toml", CONFIG),
        ("crates/a/metadata.json", PETS),
        ("crates/a/src/lib.rs", ""),
        ("crates/b/Cargo.toml", &package("b")),
        ("crates/b/evo-gen.toml", CONFIG),
        ("crates/b/metadata.json", PETS),
        ("crates/out/Cargo.toml", &package("out")),
        ("crates/out/evo-gen.toml", "not = 'read'"),
    ]);
    let outcome = sandbox.run_in("crates/a/src", &[], "").expect(0);
    let clients: Vec<&str> = outcome.out.lines().filter_map(|line| line.split(':').next()).collect();
    assert_eq!(clients, ["a", "b"]);
    let roots: Vec<String> = sandbox.paths().into_iter().filter(|path| path.ends_with("api/mod.rs")).collect();
    assert_eq!(roots, ["crates/a/src/api/mod.rs", "crates/b/src/api/mod.rs"]);

    let one = sandbox.run(&["--client", "b"]).expect(0);
    assert_eq!(one.out.lines().count(), 1, "{one:?}");
    sandbox.run_in("crates/out", &[], "").expect(2);
}

#[test]
fn a_configuration_can_be_named() {
    let sandbox = Sandbox::new(&[("deep/api.toml", CONFIG), ("deep/metadata.json", PETS)]);
    sandbox.run(&["--config", "deep/api.toml"]).expect(0);
    assert!(sandbox.path("deep/src/api/mod.rs").is_file());
}
