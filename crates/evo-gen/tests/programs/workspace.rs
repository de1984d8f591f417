//! The workspace in which the crates are built.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Returns the manifest of a crate of modules, with all dependencies that generated code can need.
pub fn manifest(name: &str, edition: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nedition = \"{edition}\"\n\n[dependencies]\n\
         evo-runtime = {{ workspace = true, features = [\"chrono\", \"indexmap\", \"time\"] }}\n\
         serde = {{ version = \"1\", features = [\"derive\"] }}\n"
    )
}

/// The target folder of all workspaces, so that dependencies are compiled once.
pub fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("target")
}

/// A workspace of crates. Build artifacts are kept between runs.
pub struct Workspace {
    folder: PathBuf,
}

impl Workspace {
    pub fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let crates = folder.join("crates");
        if crates.exists() {
            std::fs::remove_dir_all(crates).unwrap();
        }
        let workspace = Self { folder };
        // Without TLS, which takes longer to build than everything else. `evo-gen new` uses the dependency of the workspace.
        let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../evo-runtime");
        let runtime =
            format!("{{ path = '{}', default-features = false, features = [\"reqwest\"] }}", runtime.display());
        let members = "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n";
        let profile = "[profile.dev]\ndebug = false\nincremental = false\n";
        workspace
            .write("Cargo.toml", &format!("{members}\n[workspace.dependencies]\nevo-runtime = {runtime}\n\n{profile}"));
        // Uses the lock file of the repository. cargo downloads dependencies that are not in its cache yet.
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.lock");
        std::fs::copy(lock, workspace.folder.join("Cargo.lock")).unwrap();
        // Without this file, clippy uses the configuration of the repository, which users do not have.
        workspace.write("clippy.toml", "");
        workspace
    }

    /// Returns the folder of the crates.
    pub fn crates(&self) -> PathBuf {
        self.folder.join("crates")
    }

    /// Returns the path of a folder or file of the workspace.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Runs cargo for all crates. On failure, lists the crates that its output mentions.
    pub fn cargo(&self, arguments: &[&str]) {
        let (command, options) = arguments.split_first().unwrap();
        self.run(command, &[&["--workspace", "--keep-going"], options].concat());
    }

    /// Runs the doctests of some crates.
    pub fn doctests(&self, crates: &[&str]) {
        let packages = crates.iter().flat_map(|name| ["--package", name]);
        self.run("test", &["--doc"].into_iter().chain(packages).collect::<Vec<_>>());
    }

    /// Builds a crate with only one of its features, or with none.
    pub fn with_feature(&self, package: &str, feature: &str) {
        let options = ["--package", package, "--all-targets", "--no-default-features", "--features", feature];
        self.run("clippy", &[&options[..], &["--", "-D", "warnings"]].concat());
    }

    /// Compiles all crates, and returns the names of the libraries and programs that have errors, in order.
    pub fn targets_with_errors(&self) -> Vec<String> {
        let options = ["--workspace", "--keep-going", "--lib", "--bins", "--message-format", "json"];
        let output = self.command("check", &options).output().unwrap();
        let messages = String::from_utf8(output.stdout).unwrap();
        let messages = messages.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        let errors = messages.filter(|message| message["message"]["level"] == "error");
        let names: BTreeSet<String> =
            errors.map(|error| error["target"]["name"].as_str().unwrap().to_owned()).collect();
        assert!(output.status.success() == names.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
        names.into_iter().collect()
    }

    fn run(&self, command: &str, options: &[&str]) {
        self.output(command, options);
    }

    /// The command of cargo for the workspace.
    pub fn command(&self, command: &str, options: &[&str]) -> Command {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args([command, "--color", "never"]).args(options);
        cargo.current_dir(&self.folder).env("CARGO_TARGET_DIR", target());
        cargo.env("CLIPPY_CONF_DIR", &self.folder).env("RUSTDOCFLAGS", "-D warnings");
        for variable in ["OUT_DIR", "RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "RUSTC_WORKSPACE_WRAPPER"] {
            cargo.env_remove(variable);
        }
        cargo
    }

    /// Runs cargo and returns its standard output.
    pub fn output(&self, command: &str, options: &[&str]) -> String {
        let output = self.command(command, options).output().unwrap();
        if !output.status.success() {
            let text = [&output.stderr[..], &output.stdout].concat();
            let text = String::from_utf8_lossy(&text);
            let refused: BTreeSet<&str> = text.lines().filter_map(refused).collect();
            let shown: String = text.chars().take(40_000).collect();
            panic!("`cargo {command}` refuses {refused:?}:\n{shown}");
        }
        String::from_utf8(output.stdout).unwrap()
    }
}

/// Returns the crate or module that a line of cargo's output reports.
fn refused(line: &str) -> Option<&str> {
    let line = line.trim();
    let place = line.strip_prefix("--> crates/").and_then(|place| {
        let (name, file) = place.split_once("/src/")?;
        if name.starts_with("modules") { file.split(['/', '.']).next() } else { Some(name) }
    });
    place.or_else(|| line.strip_prefix("error: could not ")?.split('`').nth(1))
}
