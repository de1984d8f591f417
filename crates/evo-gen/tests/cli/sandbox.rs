//! Runs the program in a temporary folder.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::server::{Reply, Server};

/// A service with an operation, its response and an enum.
pub const PETS: &str = r#"{
  "config": { "baseUrl": "https://pets.example.org" },
  "namespaces": ["Pets.Api"],
  "types": [
    { "name": "Kind", "namespace": "Pets.Api", "isEnum": true, "enumNames": ["Cat", "Dog"] }
  ],
  "operations": [
    {
      "request": { "name": "FindPets", "namespace": "Pets.Api", "properties": [{ "name": "Name", "type": "String" }] },
      "response": {
        "name": "Pet", "namespace": "Pets.Api",
        "properties": [
          { "name": "Name", "type": "String" },
          { "name": "Kind", "type": "Kind", "namespace": "Pets.Api", "isValueType": true, "isEnum": true }
        ]
      },
      "actions": ["GET"], "method": "GET", "returnType": { "name": "Pet", "namespace": "Pets.Api" },
      "routes": [{ "path": "/pets", "verbs": "GET" }]
    }
  ]
}
"#;

/// The configuration of a client for that service.
pub const CONFIG: &str = "source = \"metadata.json\"\noutput = \"src/api\"\n";

/// Returns the path dependency on the runtime in this repository.
pub fn runtime_by_path() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("evo-runtime");
    format!("evo-runtime = {{ path = \"{}\" }}", folder.display())
}

/// Serves a document.
pub fn serve(document: &str) -> Server {
    Server::start(&[("/types/metadata.json", Reply::json(document))])
}

/// A temporary folder.
pub struct Sandbox {
    folder: TempDir,
}

/// The exit code and the output of a run.
#[derive(Debug)]
pub struct Outcome {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Sandbox {
    /// Creates a folder with these files.
    pub fn new(files: &[(&str, &str)]) -> Self {
        let sandbox = Self { folder: tempfile::tempdir().unwrap() };
        for (path, text) in files {
            sandbox.write(path, text);
        }
        sandbox
    }

    /// Creates a crate with a configured client that is not generated yet.
    pub fn pets() -> Self {
        Self::new(&[
            (
                "Cargo.toml",
                "[package]\nname = \"pets\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
                 [dependencies]\nevo-runtime = \"0.1\"\n",
            ),
            ("src/lib.rs", "pub mod api;\n"),
            ("evo-gen.toml", CONFIG),
            ("metadata.json", PETS),
        ])
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Returns all files with their content.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(self.folder.path(), self.folder.path(), &mut files);
        files
    }

    /// Returns the paths of all files.
    pub fn paths(&self) -> Vec<String> {
        self.files().into_keys().collect()
    }

    /// Runs the program in the folder.
    pub fn run(&self, arguments: &[&str]) -> Outcome {
        self.run_in("", arguments, "")
    }

    /// Returns the path of the folder without symbolic links.
    pub fn folder(&self) -> PathBuf {
        self.folder.path().canonicalize().unwrap()
    }

    /// Runs the program in the folder with these environment variables.
    pub fn run_with(&self, variables: &[(&str, &str)], arguments: &[&str]) -> Outcome {
        let mut command = self.command("", arguments);
        command.envs(variables.iter().copied());
        finish(command, "")
    }

    /// Runs the program in a folder below with this standard input.
    pub fn run_in(&self, folder: &str, arguments: &[&str], input: &str) -> Outcome {
        finish(self.command(folder, arguments), input)
    }

    /// Returns a command that runs the program in a folder below.
    pub fn command(&self, folder: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_evo-gen"));
        command.args(arguments).current_dir(self.path(folder));
        let own = ["EVO_GEN_BEARER", "EVO_GEN_BASIC", "EVO_GEN_COOKIE", "EVO_GEN_HEADERS", "EVO_GEN_PASSWORD"];
        for variable in own.into_iter().chain(["CLICOLOR_FORCE", "NO_COLOR"]) {
            command.env_remove(variable);
        }
        command
    }
}

/// Runs a [`command`](Sandbox::command) with this standard input.
pub fn finish(mut command: Command, input: &str) -> Outcome {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // The program may exit without reading its input, which closes the pipe.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Outcome { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

impl Outcome {
    /// Asserts the exit code.
    pub fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{self:?}");
        self
    }
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            files.insert(name, std::fs::read(&path).unwrap());
        }
    }
}
