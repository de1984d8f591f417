//! The crate that `evo-gen new` makes, checked as it is: offline, with the runtime of this workspace.
#![cfg(all(feature = "cli", feature = "http"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::Path;
use std::process::Command;

#[test]
fn the_crate_compiles_as_it_is() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = package.join("../..");
    // A folder outside of this workspace, which the crate would join otherwise; what is built stays between runs.
    let folder = tempfile::tempdir().unwrap();
    let made = folder.path().join("voice-client");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("new-crate");
    let mut new = Command::new(env!("CARGO_BIN_EXE_evo-gen"));
    new.args(["new", "voice-client", "-q", "--path"]).arg(folder.path());
    new.arg("--file").arg(root.join("fixtures/evo-voice/metadata.json"));
    new.arg("--runtime-path").arg(package.join("../evo-runtime"));
    assert!(new.output().unwrap().status.success());

    std::fs::copy(root.join("Cargo.lock"), made.join("Cargo.lock")).unwrap();

    let mut check = Command::new(env!("CARGO"));
    check.args(["check", "--all-targets", "--offline", "--color", "never"]).current_dir(&made);
    check.env("CARGO_TARGET_DIR", target).env("RUSTFLAGS", "-D warnings");
    for variable in ["OUT_DIR", "CARGO_ENCODED_RUSTFLAGS", "RUSTC_WORKSPACE_WRAPPER"] {
        check.env_remove(variable);
    }
    let output = check.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
