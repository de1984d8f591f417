//! Runs in a workspace with several clients.

use super::sandbox::{CONFIG, Outcome, PETS, Sandbox};

#[test]
fn a_run_above_the_packages_regenerates_the_clients_of_all_members() {
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
        ("crates/b/src/lib.rs", ""),
        ("crates/out/Cargo.toml", &package("out")),
        ("crates/out/evo-gen.toml", "not = 'read'"),
    ]);
    let outcome = sandbox.run(&[]).expect(0);
    assert_eq!(clients(&outcome), ["a", "b"]);
    let roots: Vec<String> = sandbox.paths().into_iter().filter(|path| path.ends_with("api/mod.rs")).collect();
    assert_eq!(roots, ["crates/a/src/api/mod.rs", "crates/b/src/api/mod.rs"]);

    assert_eq!(clients(&sandbox.run(&["--client", "b"]).expect(0)), ["b"]);
    sandbox.run_in("crates/out", &[], "").expect(2);
}

/// Returns the clients that a run reports.
fn clients(outcome: &Outcome) -> Vec<&str> {
    outcome.out.lines().filter(|line| !line.starts_with("add ")).filter_map(|line| line.split(':').next()).collect()
}

#[test]
fn a_package_selects_its_client_and_folders_above_need_a_name() {
    let package = |name: &str| format!("[package]\nname = \"{name}\"\n");
    let sandbox = Sandbox::new(&[
        ("Cargo.toml", "[workspace]\nmembers = [\"a\", \"b\", \"c\"]\n"),
        ("a/Cargo.toml", &package("a")),
        ("a/evo-gen.toml", CONFIG),
        ("a/metadata.json", PETS),
        ("a/src/lib.rs", ""),
        ("b/Cargo.toml", &package("b")),
        ("b/evo-gen.toml", CONFIG),
        ("b/metadata.json", PETS),
        ("b/src/lib.rs", ""),
        ("c/Cargo.toml", &package("c")),
        ("c/src/lib.rs", ""),
        ("new.json", &PETS.replace("Cat", "Lion")),
    ]);
    for (folder, arguments, expected) in [
        ("a", &[] as &[&str], &["a"] as &[&str]),
        ("a/src", &["--file", "../../new.json"], &["a"]),
        ("b", &["--check"], &["b"]),
        ("a", &["--client", "b"], &["b"]),
        ("b", &["--client", "a", "--file", "../new.json"], &["a"]),
        ("c", &[], &["a", "b"]),
        ("", &["--client", "b", "--file", "new.json"], &["b"]),
    ] {
        let outcome = sandbox.run_in(folder, arguments, "");
        assert!(outcome.code < 2, "{outcome:?}");
        let found: Vec<&str> = clients(&outcome).into_iter().filter(|name| ["a", "b", "c"].contains(name)).collect();
        assert_eq!(found, expected, "in {folder:?}: {arguments:?}");
    }
    for folder in ["", "c"] {
        let outcome = sandbox.run_in(folder, &["--file", "new.json"], "").expect(2);
        let message =
            "error: several clients are configured: a, b\n  help: select the one to update with `--client NAME`";
        assert!(outcome.err.starts_with(message), "{outcome:?}");
    }
}

#[test]
fn errors_of_cargo_are_explained() {
    let sandbox = Sandbox::new(&[
        ("Cargo.toml", "[workspace]\nmembers = [\"a\"]\n"),
        ("a/Cargo.toml", "[package]\nname = \"a\"\n"),
        ("a/evo-gen.toml", CONFIG),
        ("a/metadata.json", PETS),
        ("a/src/lib.rs", ""),
    ]);
    let without = [("CARGO", "no-such-cargo")];
    let outcome = sandbox.run_with(&without, &[]).expect(2);
    let message =
        "error: cannot run cargo to find the packages of this folder\n  at: no-such-cargo\n  help: install Rust";
    assert!(outcome.err.starts_with(message), "{outcome:?}");
    // These runs do not need cargo.
    sandbox.run_with(&without, &["--config", "a/evo-gen.toml"]).expect(0);
    sandbox.run_with(&without, &["--file", "a/metadata.json", "--out", "a/src/other"]).expect(0);

    for (manifest, reason) in [
        ("[workspace", "unclosed table"),
        ("[workspace]\nmembers = [\"gone\"]\n", "failed to load manifest for workspace member"),
        ("[package]\nname = \"none\"\n", "no targets specified in the manifest"),
    ] {
        sandbox.write("Cargo.toml", manifest);
        for arguments in [&[] as &[&str], &["init", "--file", "a/metadata.json"]] {
            let outcome = sandbox.run(arguments).expect(2);
            let place = sandbox.folder().join("Cargo.toml").display().to_string();
            assert!(
                outcome.err.starts_with(&format!("error: cargo rejects the manifest\n  at: {place}\n")),
                "{outcome:?}"
            );
            assert!(outcome.err.contains(reason), "{outcome:?}");
        }
    }
}

#[test]
fn a_configuration_can_be_selected() {
    let sandbox = Sandbox::new(&[("deep/api.toml", CONFIG), ("deep/metadata.json", PETS)]);
    sandbox.run(&["--config", "deep/api.toml"]).expect(0);
    assert!(sandbox.path("deep/src/api/mod.rs").is_file());
}
