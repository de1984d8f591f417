//! rustfmt does not change generated files.

use std::fs;
use std::path::Path;
use std::process::Command;

use evo_gen::Generator;
use evo_gen::write::{self, Options};

#[test]
fn rustfmt_does_not_change_generated_files() {
    let folder = tempfile::tempdir().unwrap();
    let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("../evo-voice/evo-gen.toml");
    let generated = Generator::new().config(config).generate().unwrap();
    let output = folder.path().join("api");
    write::plan(&generated, &output, Options::default()).unwrap().apply().unwrap();
    let root = folder.path().join("lib.rs");
    fs::write(&root, "mod api;\nfn   unformatted() {}\n").unwrap();
    // A style that differs from that of generated files.
    fs::write(folder.path().join("rustfmt.toml"), "hard_tabs = true\nmax_width = 60\n").unwrap();

    let status = Command::new("rustfmt").args(["--edition", "2024"]).arg(&root).status().unwrap();

    assert!(status.success());
    assert_eq!(fs::read_to_string(&root).unwrap(), "mod api;\nfn unformatted() {}\n");
    assert!(write::plan(&generated, &output, Options::default()).unwrap().is_clean());
}
