//! Measures the build time of code that uses a client: `cargo build` of a client and of a library that calls some or all of its operations,
//! for a client that evo-gen generates, and for a client with serde's derives and one generic function over reqwest.
//! `cargo bench -p evo-gen --bench use_time [-- RUNS]`
//!
//! The services are synthetic, and the same in every run. All crates are built in one workspace below the target folder, with all dependencies
//! built before. The calls are in a library, so that linking, which takes the same time on both sides, is not measured. The runs alternate,
//! and each begins without incremental state, like a first build. The client with derives sends every operation as a JSON body, and its types
//! have the simplifications that `check_time` describes, all of which are to its advantage.

// The benchmarks share these modules, but do not use all of their items.
#[path = "../check_time/derived.rs"]
mod derived;
mod dictionaries;
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

/// A service and a library that uses it.
struct Scenario {
    /// The name of the scenario's crates.
    name: &'static str,
    /// The number of operations of the service.
    operations: usize,
    /// The number of operations that the library calls.
    called: usize,
    /// Whether every class has a dictionary.
    has_dictionaries: bool,
}

const SCENARIOS: [Scenario; 3] = [
    Scenario { name: "whole", operations: 300, called: 300, has_dictionaries: false },
    Scenario { name: "part", operations: 200, called: 5, has_dictionaries: false },
    Scenario { name: "dictionaries", operations: 200, called: 5, has_dictionaries: true },
];

impl Scenario {
    /// The crates of each side, in the order in which they are built: types, and calls.
    fn sides(&self) -> [[String; 2]; 2] {
        ["generated", "derived"].map(|side| ["types", "calls"].map(|part| format!("{}_{side}_{part}", self.name)))
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    // `cargo test --benches` runs this program too, without this argument.
    if !std::env::args().any(|argument| argument == "--bench") {
        return Ok(());
    }
    let runs = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(RUNS).max(1);
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("use_time");
    write_workspace(&repository, &workspace)?;
    for scenario in &SCENARIOS {
        run(scenario, &workspace, runs)?;
    }
    Ok(())
}

/// Builds the crates of a scenario and prints the cost.
fn run(scenario: &Scenario, workspace: &Path, runs: usize) -> Result<(), Box<dyn Error>> {
    let sides = scenario.sides();
    for side in &sides {
        measure::compile(workspace, "build", side)?;
    }
    // Client and calls, then only the calls.
    let mut costs = [const { [const { Vec::new() }; 2] }; 2];
    for _ in 0..runs {
        for (costs, side) in costs.iter_mut().zip(&sides) {
            let [whole, calls] = costs;
            whole.push(measure::compile(workspace, "build", side)?);
            calls.push(measure::compile(workspace, "build", &side[1..])?);
        }
    }

    let [generated, derived] = costs.map(|costs| costs.map(|costs| median(&costs)));
    let Scenario { operations, called, .. } = scenario;
    let dictionaries = if scenario.has_dictionaries { ", a dictionary in every class" } else { "" };
    println!("\n{operations} operations, {called} called{dictionaries}; `cargo build`, median of {runs}");
    println!("{:44}{:>9}  wall", "", Cost::unit());
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
    let write = |path: &str, text: &str| -> Result<(), Box<dyn Error>> {
        let path: PathBuf = workspace.join(path);
        fs::create_dir_all(path.parent().unwrap_or(workspace))?;
        Ok(fs::write(path, text)?)
    };
    // A TOML literal string, which has no escapes.
    let runtime = format!("evo-runtime = {{ path = '{}' }}\n", repository.join("crates/evo-runtime").display());
    let serde = "serde = { version = \"1\", features = [\"derive\"] }\nserde_json = \"1\"\n";
    let reqwest = "reqwest = { version = \"0.13\", default-features = false }\n";
    let mut members = Vec::new();
    for scenario in &SCENARIOS {
        let api = api(scenario)?;
        let [generated, derived] = scenario.sides();
        for (name, dependencies) in [
            (&generated[0], runtime.clone()),
            (&generated[1], format!("{runtime}generated = {{ package = '{0}', path = '../{0}' }}\n", generated[0])),
            (&derived[0], format!("{runtime}{serde}{reqwest}")),
            (&derived[1], format!("{runtime}derived = {{ package = '{0}', path = '../{0}' }}\n", derived[0])),
        ] {
            let package = format!("[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n");
            write(&format!("{name}/Cargo.toml"), &format!("{package}\n[dependencies]\n{dependencies}"))?;
        }
        let header = Header { source: "metadata.json".to_owned(), command: "evo-gen".to_owned() };
        for file in emit::emit(&api, &header)?.files {
            write(&format!("{}/src/client/{}", generated[0], file.path), &file.text)?;
        }
        write(&format!("{}/src/lib.rs", generated[0]), "mod client;\npub use client::*;\n")?;
        write(&format!("{}/src/lib.rs", generated[1]), &programs::through_runtime(&api, scenario.called))?;
        let types = format!("{}\n{}", programs::CLIENT, derived::source(&api));
        write(&format!("{}/src/lib.rs", derived[0]), &types)?;
        write(&format!("{}/src/lib.rs", derived[1]), &programs::through_reqwest(&api, scenario.called))?;
        members.extend([generated, derived].concat());
    }
    write("Cargo.toml", &format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n"))?;
    // Uses the lock file of this repository, so that nothing is downloaded.
    fs::copy(repository.join("Cargo.lock"), workspace.join("Cargo.lock"))?;
    Ok(())
}

/// The model of the service of a scenario.
fn api(scenario: &Scenario) -> Result<Api, Box<dyn Error>> {
    let mut diagnostics = Diagnostics::default();
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("metadata.json");
    let mut document = synthetic::document(scenario.operations);
    if scenario.has_dictionaries {
        dictionaries::add(&mut document);
    }
    fs::write(&path, document.to_string())?;
    let document = source::read_file(&path, &Limits::default())?;
    let types = metadata::read(&document, &mut diagnostics)?;
    Ok(lower::lower(&types, document.facts.as_ref(), &Settings::default(), &BTreeMap::new(), &mut diagnostics)?)
}
