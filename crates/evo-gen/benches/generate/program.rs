//! Measures a run of the program, from a document in a file to a client in a folder.

use std::error::Error;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The cost of a run.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    pub milliseconds: f64,
    /// The peak memory usage in megabytes, on Linux.
    pub megabytes: Option<f64>,
}

/// Returns the fastest of several runs into an empty folder, and the time of one more run over existing files.
pub fn run(document: &Path, runs: usize) -> Result<(Cost, Cost), Box<dyn Error>> {
    let mut best: Option<Cost> = None;
    let mut again = None;
    for _ in 0..runs.max(1) {
        let folder = tempfile::tempdir()?;
        let cost = generate(document, &folder.path().join("client"))?;
        if best.is_none_or(|best| cost.milliseconds < best.milliseconds) {
            best = Some(cost);
        }
        again = Some(generate(document, &folder.path().join("client"))?);
    }
    best.zip(again).ok_or_else(|| "there was no run".into())
}

fn generate(document: &Path, output: &Path) -> Result<Cost, Box<dyn Error>> {
    let start = Instant::now();
    let mut program = Command::new(env!("CARGO_BIN_EXE_evo-gen"));
    program.arg("--quiet").arg("--file").arg(document).arg("--out").arg(output).stderr(Stdio::null());
    let mut child = program.spawn()?;
    let mut megabytes = None;
    let status = loop {
        // The peak only grows, so the last sample before the end is close to it.
        megabytes = peak_memory(&child).or(megabytes);
        match child.try_wait()? {
            Some(status) => break status,
            None => std::thread::sleep(Duration::from_micros(500)),
        }
    };
    let milliseconds = start.elapsed().as_secs_f64() * 1000.0;
    if status.success() {
        Ok(Cost { milliseconds, megabytes })
    } else {
        Err(format!("evo-gen failed: {status}").into())
    }
}

fn peak_memory(child: &Child) -> Option<f64> {
    megabytes(&std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?)
}

/// Returns the peak memory usage of a process on Linux.
pub fn megabytes(status: &str) -> Option<f64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024.0 / 1e6)
}
