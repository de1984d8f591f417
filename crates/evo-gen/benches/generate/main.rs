//! Measures the time of a run: the Evo Voice client, from the stored document to compared files; synthetic services with up to 10,000
//! operations with the program; and documents with extreme shapes, whose time must grow linearly.
//! `cargo bench -p evo-gen --bench generate [-- RUNS]`

#![expect(clippy::indexing_slicing, reason = "the documents are made here")]

mod growth;
mod program;
#[path = "../../tests/support/shapes.rs"]
mod shapes;
mod synthetic;

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use evo_gen::Generator;
use evo_gen::emit::GeneratedFile;

/// The default number of runs for the client.
const RUNS: usize = 50;

/// The numbers of operations of the synthetic services.
const SIZES: [usize; 3] = [200, 1_000, 10_000];

/// The number of runs of the program for each of them.
const SIZE_RUNS: usize = 3;

fn main() -> Result<(), Box<dyn Error>> {
    // `cargo test --benches` runs this program too, without this argument.
    if !std::env::args().any(|argument| argument == "--bench") {
        return Ok(());
    }
    let runs = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(RUNS).max(1);
    let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("../evo-voice/evo-gen.toml");
    let generator = Generator::new().config(config);
    let output = tempfile::tempdir()?;
    let into_output = generator.clone().out_dir(output.path().join("generated"));

    let first = into_output.clone().run()?;
    let mut touched = 0;
    let in_memory = median_milliseconds(runs, || generator.generate().map(drop))?;
    let again =
        median_milliseconds(runs, || into_output.clone().run().map(|summary| touched += summary.files_changed))?;
    let files = generator.generate()?.files;
    let lines: usize = files.iter().map(code_lines).sum();

    println!("Evo Voice: {} operations, {} types, {} files", first.operations, first.types, files.len());
    println!("generated in memory, median of {runs}        {in_memory:>7.1} ms");
    println!("generated again over its own files     {again:>7.1} ms, {touched} files touched");
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    if let Some(peak) = program::megabytes(&status) {
        println!("peak memory                            {peak:>7.1} MB");
    }
    println!("lines of code without comments and blanks, per operation: {} / {}", lines, first.operations);
    println!(
        "                                       {:>7.1}",
        f64::from(u32::try_from(lines)?) / f64::from(u32::try_from(first.operations)?)
    );
    sizes()?;
    growth::measure()
}

/// Runs the program for services of increasing size.
fn sizes() -> Result<(), Box<dyn Error>> {
    println!("\n`evo-gen --file big.json --out dir`, best of {SIZE_RUNS}:");
    println!("operations   document       run      per operation    peak memory    again, nothing changed");
    let mut times = Vec::new();
    for operations in SIZES {
        let folder = tempfile::tempdir()?;
        let document = folder.path().join("big.json");
        let text = synthetic::document(operations).to_string();
        std::fs::write(&document, &text)?;
        let (first, again) = program::run(&document, SIZE_RUNS)?;
        let count = f64::from(u32::try_from(operations)?);
        let size = f64::from(u32::try_from(text.len())?) / 1e6;
        let (run, peak) = (first.milliseconds, first.megabytes.unwrap_or(f64::NAN));
        let (each, again) = (run / count, again.milliseconds);
        println!("{operations:>10} {size:>7.1} MB {run:>9.1} ms {each:>12.3} ms {peak:>12.1} MB {again:>14.1} ms");
        times.push(run);
    }
    if let [.., thousand, ten_thousand] = times.as_slice() {
        println!("ratio of 10,000 to 1,000 operations: {:.1}", ten_thousand / thousand);
    }
    Ok(())
}

fn median_milliseconds(
    runs: usize,
    mut run: impl FnMut() -> Result<(), evo_gen::Error>,
) -> Result<f64, evo_gen::Error> {
    let mut times = Vec::new();
    for _ in 0..runs {
        let start = Instant::now();
        run()?;
        times.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    times.sort_by(f64::total_cmp);
    Ok(times.get(times.len() / 2).copied().unwrap_or_default())
}

fn code_lines(file: &GeneratedFile) -> usize {
    file.text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//")).count()
}
