//! Measures runs of cargo.

use std::error::Error;
use std::fmt;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// The time of a run, in seconds.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    /// The CPU time of all processors, in user and system mode; the wall time if the system does not report it.
    pub cpu: f64,
    /// The wall time.
    pub wall: f64,
}

impl Cost {
    /// The kind of time that [`cpu`](Self::cpu) contains on this system.
    pub fn unit() -> &'static str {
        if cpu_of_children().is_some() { "CPU" } else { "(wall)" }
    }
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:>7.2} s {:>5.2} s", self.cpu, self.wall)
    }
}

/// Runs a cargo command for the last of some crates as if none of them had been compiled before. Other dependencies are not recompiled.
pub fn compile(workspace: &Path, command: &str, packages: &[impl AsRef<str>]) -> Result<Cost, Box<dyn Error>> {
    let target = workspace.join("target");
    let incremental = target.join("debug/incremental");
    if incremental.is_dir() {
        fs::remove_dir_all(incremental)?;
    }
    // A new modification time makes cargo recompile the crate.
    for package in packages.iter().map(AsRef::as_ref) {
        let root = workspace.join(package).join("src/lib.rs");
        fs::write(&root, fs::read(&root)?)?;
    }
    let package = packages.last().map(AsRef::as_ref).unwrap_or_default();

    let (cpu, start) = (cpu_of_children(), Instant::now());
    let output = Command::new(env!("CARGO"))
        .args([command, "--package", package])
        .current_dir(workspace)
        .env("CARGO_TARGET_DIR", &target)
        .env_remove("CARGO_INCREMENTAL")
        .env_remove("RUSTFLAGS")
        .output()?;
    let wall = start.elapsed().as_secs_f64();
    if !output.status.success() {
        eprintln!("{}", String::from_utf8_lossy(&output.stderr));
        return Err(format!("`{package}` does not compile").into());
    }
    let cpu = cpu_of_children().zip(cpu).map_or(wall, |(after, before)| after - before);
    Ok(Cost { cpu, wall })
}

/// Returns the median of each column.
pub fn median(costs: &[Cost]) -> Cost {
    let of = |column: fn(&Cost) -> f64| {
        let mut values: Vec<f64> = costs.iter().map(column).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or_default()
    };
    Cost { cpu: of(|cost| cost.cpu), wall: of(|cost| cost.wall) }
}

/// Returns the CPU seconds of all finished child processes, on Linux.
fn cpu_of_children() -> Option<f64> {
    /// The clock ticks per second in `/proc`, which are the same on all architectures that the standard library supports.
    const TICKS_PER_SECOND: f64 = 100.0;
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program is in parentheses and may contain spaces; `cutime` and `cstime` are fields 16 and 17.
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields.split_whitespace().skip(13);
    let mut next = || fields.next()?.parse::<f64>().ok();
    Some((next()? + next()?) / TICKS_PER_SECOND)
}
