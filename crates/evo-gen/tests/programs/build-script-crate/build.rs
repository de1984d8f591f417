//! Generates the client.

fn main() -> Result<(), evo_gen::Error> {
    let settings = "exclude = ['Hidden*']".parse()?;
    let summary = evo_gen::Generator::new().file("metadata.json").settings(settings).out_dir_file("api.rs").run()?;
    println!("cargo::warning=operations: {}, skipped: {}", summary.operations, summary.skipped);
    Ok(())
}
