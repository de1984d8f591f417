//! Measures the compile time of a client: `cargo check` of the generated Evo Voice client, and of the same types with serde's derives.
//! `cargo bench -p evo-gen --bench check_time [-- RUNS]`
//!
//! Both crates are checked in one workspace below the target folder, with all dependencies checked before. The runs alternate, and each
//! begins without incremental state, like a first build. The crate with derives has no operations, its enums keep no unknown values, and its
//! bytes and decimals have the default representation, all of which is to its advantage.

mod derived;
mod measure;

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use evo_gen::api::Api;
use evo_gen::config::Settings;
use evo_gen::diagnostics::Diagnostics;
use evo_gen::emit::Header;
use evo_gen::source::Limits;
use evo_gen::{emit, lower, metadata, source};
use measure::{Cost, median};

/// The default number of checks of each crate.
const RUNS: usize = 7;

fn main() -> Result<(), Box<dyn Error>> {
    // `cargo test --benches` runs this program too, without this argument.
    if !std::env::args().any(|argument| argument == "--bench") {
        return Ok(());
    }
    let runs = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(RUNS).max(1);
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("check_time");
    write_workspace(&repository, &workspace)?;

    println!("checking the dependencies ...");
    let check = |package| measure::compile(&workspace, "check", &[package]);
    check("generated")?;
    check("derived")?;
    let (mut generated, mut derived) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        generated.push(check("generated")?);
        derived.push(check("derived")?);
    }

    let (generated, derived) = (median(&generated), median(&derived));
    println!("\n`cargo check`, median of {runs} runs          {:>9}  wall", Cost::unit());
    println!("Evo Voice as evo-gen writes it          {generated}");
    println!("the same types with serde's derives     {derived}");
    println!("ratio                                   {:>9.2}", generated.cpu / derived.cpu);
    Ok(())
}

/// Writes the two crates and their workspace.
fn write_workspace(repository: &Path, workspace: &Path) -> Result<(), Box<dyn Error>> {
    let api = evo_voice(&repository.join("fixtures/evo-voice/metadata.json"))?;
    // A TOML literal string, which has no escapes.
    let runtime = repository.join("crates/evo-runtime").display().to_string();
    let dependencies = format!(
        "evo-runtime = {{ path = '{runtime}' }}\nserde = {{ version = \"1\", features = [\"derive\"] }}\nserde_json = \"1\"\n"
    );
    let write = |path: &str, text: &str| -> Result<(), Box<dyn Error>> {
        let path: PathBuf = workspace.join(path);
        fs::create_dir_all(path.parent().unwrap_or(workspace))?;
        Ok(fs::write(path, text)?)
    };
    for name in ["generated", "derived"] {
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}"
        );
        write(&format!("{name}/Cargo.toml"), &manifest)?;
    }
    write("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"generated\", \"derived\"]\n")?;
    // Uses the lock file of this repository, so that nothing is downloaded.
    fs::copy(repository.join("Cargo.lock"), workspace.join("Cargo.lock"))?;

    let header = Header { source: "metadata.json".to_owned(), command: "evo-gen".to_owned() };
    for file in emit::emit(&api, &header)?.files {
        write(&format!("generated/src/client/{}", file.path), &file.text)?;
    }
    write("generated/src/lib.rs", "mod client;\npub use client::*;\n")?;
    write("derived/src/lib.rs", &derived::source(&api))
}

/// The model of the Evo Voice service.
fn evo_voice(document: &Path) -> Result<Api, evo_gen::Error> {
    let mut diagnostics = Diagnostics::default();
    let document = source::read_file(document, &Limits::default())?;
    let types = metadata::read(&document, &mut diagnostics)?;
    lower::lower(&types, document.facts.as_ref(), &Settings::default(), &BTreeMap::new(), &mut diagnostics)
}
