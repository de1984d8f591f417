//! Measures the build time of code that uses a client: `cargo build` of a client with 300 operations and of a library that calls each of
//! them, for a client that evo-gen generates, and for a client with serde's derives and one generic function over reqwest.
//! `cargo bench -p evo-gen --bench use_time [-- RUNS]`
//!
//! The service is synthetic, and the same in every run. All crates are built in one workspace below the target folder, with all dependencies
//! built before. The calls are in a library, so that linking, which takes the same time on both sides, is not measured. The runs alternate,
//! and each begins without incremental state, like a first build. The client with derives sends every operation as a JSON body, and its types
//! have the simplifications that `check_time` describes, all of which are to its advantage.

// The benchmarks share these modules, but do not use all of their items.
#[path = "../check_time/derived.rs"]
mod derived;
#[path = "../check_time/measure.rs"]
mod measure;
mod programs;
#[expect(clippy::indexing_slicing, reason = "the documents are made here")]
#[path = "../generate/synthetic.rs"]
mod synthetic;

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

/// The default number of builds of each side.
const RUNS: usize = 5;

/// The number of operations of the service, all of which are called.
const OPERATIONS: usize = 300;

/// The crates of each side, in the order in which they are built: types, and calls.
const SIDES: [[&str; 2]; 2] = [["generated", "generated_calls"], ["derived", "derived_calls"]];

fn main() -> Result<(), Box<dyn Error>> {
    // `cargo test --benches` runs this program too, without this argument.
    if !std::env::args().any(|argument| argument == "--bench") {
        return Ok(());
    }
    let runs = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(RUNS).max(1);
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("use_time");
    write_workspace(&repository, &workspace)?;

    println!("building the dependencies ...");
    for side in &SIDES {
        measure::compile(&workspace, "build", side)?;
    }
    // Client and calls, then only the calls.
    let mut costs = [const { [const { Vec::new() }; 2] }; 2];
    for _ in 0..runs {
        for (costs, side) in costs.iter_mut().zip(&SIDES) {
            let [whole, calls] = costs;
            whole.push(measure::compile(&workspace, "build", side)?);
            calls.push(measure::compile(&workspace, "build", &side[1..])?);
        }
    }

    let [generated, derived] = costs.map(|costs| costs.map(|costs| median(&costs)));
    println!("\n`cargo build`, {OPERATIONS} operations, median of {runs}     {:>9}  wall", Cost::unit());
    for (what, generated, derived) in
        [("client and calls", generated[0], derived[0]), ("the calls alone", generated[1], derived[1])]
    {
        println!("{what:16} as evo-gen writes them    {generated}");
        println!("{what:16} with derives and reqwest  {derived}");
        println!("ratio                                      {:>9.2}", generated.cpu / derived.cpu);
    }
    Ok(())
}

/// Writes the crates and their workspace.
fn write_workspace(repository: &Path, workspace: &Path) -> Result<(), Box<dyn Error>> {
    let api = api()?;
    let write = |path: &str, text: &str| -> Result<(), Box<dyn Error>> {
        let path: PathBuf = workspace.join(path);
        fs::create_dir_all(path.parent().unwrap_or(workspace))?;
        Ok(fs::write(path, text)?)
    };
    // A TOML literal string, which has no escapes.
    let runtime = format!("evo-runtime = {{ path = '{}' }}\n", repository.join("crates/evo-runtime").display());
    let serde = "serde = { version = \"1\", features = [\"derive\"] }\nserde_json = \"1\"\n";
    let reqwest = "reqwest = { version = \"0.13\", default-features = false }\n";
    for (name, dependencies) in [
        ("generated", runtime.clone()),
        ("generated_calls", format!("{runtime}generated = {{ path = '../generated' }}\n")),
        ("derived", format!("{runtime}{serde}{reqwest}")),
        ("derived_calls", format!("{runtime}derived = {{ path = '../derived' }}\n")),
    ] {
        let package = format!("[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n");
        write(&format!("{name}/Cargo.toml"), &format!("{package}\n[dependencies]\n{dependencies}"))?;
    }
    let members = SIDES.concat();
    write("Cargo.toml", &format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n"))?;
    // Uses the lock file of this repository, so that nothing is downloaded.
    fs::copy(repository.join("Cargo.lock"), workspace.join("Cargo.lock"))?;

    let header = Header { source: "metadata.json".to_owned(), command: "evo-gen".to_owned() };
    for file in emit::emit(&api, &header)?.files {
        write(&format!("generated/src/client/{}", file.path), &file.text)?;
    }
    write("generated/src/lib.rs", "mod client;\npub use client::*;\n")?;
    write("generated_calls/src/lib.rs", &programs::through_runtime(&api))?;
    write("derived/src/lib.rs", &format!("{}\n{}", programs::CLIENT, derived::source(&api)))?;
    write("derived_calls/src/lib.rs", &programs::through_reqwest(&api))
}

/// The model of the service.
fn api() -> Result<Api, Box<dyn Error>> {
    let mut diagnostics = Diagnostics::default();
    let folder = tempfile::tempdir()?;
    let document = folder.path().join("metadata.json");
    fs::write(&document, synthetic::document(OPERATIONS).to_string())?;
    let document = source::read_file(&document, &Limits::default())?;
    let types = metadata::read(&document, &mut diagnostics)?;
    Ok(lower::lower(&types, document.facts.as_ref(), &Settings::default(), &BTreeMap::new(), &mut diagnostics)?)
}
