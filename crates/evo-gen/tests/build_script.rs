//! Builds a crate with a build script like a user: with a path dependency and its own target folder.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The copy of the crate. It is kept between runs, so that only changes are rebuilt.
struct Build {
    folder: PathBuf,
}

impl Build {
    fn new() -> Self {
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("build-script-crate");
        let build = Self { folder };
        for file in ["build.rs", "src/main.rs", "metadata.json"] {
            let text = std::fs::read_to_string(package.join("tests/build-script-crate").join(file)).unwrap();
            build.write(file, &text);
        }
        // The copy is outside of the workspace, but uses the same lock file, so most dependencies are already downloaded.
        let manifest = std::fs::read_to_string(package.join("tests/build-script-crate/Cargo.toml")).unwrap();
        let crates = package.parent().unwrap();
        let path = |name: &str| crates.join(name).to_string_lossy().replace('\\', "/");
        let manifest = manifest.replace("../../../evo-runtime", &path("evo-runtime"));
        build.write("Cargo.toml", &manifest.replace("\"../..\"", &format!("\"{}\"", path("evo-gen"))));
        std::fs::copy(crates.parent().unwrap().join("Cargo.lock"), build.folder.join("Cargo.lock")).unwrap();
        build
    }

    fn write(&self, file: &str, text: &str) {
        let path = self.folder.join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn cargo(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO"));
        command.args(arguments).current_dir(&self.folder);
        command.env("CARGO_TARGET_DIR", self.folder.join("target"));
        // Removes variables that the outer cargo has set.
        for variable in ["OUT_DIR", "RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "RUSTC_WORKSPACE_WRAPPER"] {
            command.env_remove(variable);
        }
        command.output().unwrap()
    }

    /// Builds and runs the program. Returns its output and the warnings of the build script.
    fn run(&self) -> (String, Vec<String>) {
        let output = self.cargo(&["run", "--color", "never"]);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{errors}");
        let warnings = errors.lines().filter_map(|line| line.split_once("build-script-crate@0.1.0: "));
        (String::from_utf8(output.stdout).unwrap(), warnings.map(|(_, warning)| warning.to_owned()).collect())
    }

    /// The modification time of the generated file.
    fn generated(&self) -> std::time::SystemTime {
        let mut found = Vec::new();
        for entry in std::fs::read_dir(self.folder.join("target/debug/build")).unwrap() {
            let path = entry.unwrap().path().join("out/api.rs");
            found.extend(path.metadata().and_then(|metadata| metadata.modified()).ok());
        }
        found.into_iter().max().unwrap()
    }
}

/// Returns the document of a service whose response is a long chain of types.
fn deep_types() -> String {
    let class = |number: usize| {
        let next = (number + 1).min(119);
        format!(
            r#"{{ "name": "T{number}", "namespace": "Pets", "properties": [{{ "name": "Next", "type": "Dictionary`2",
                "namespace": "System.Collections.Generic", "genericArgs": ["String", "T{next}"] }}] }}"#
        )
    };
    let types: Vec<String> = (0..120).map(class).collect();
    let request =
        r#"{ "name": "FindPets", "namespace": "Pets", "properties": [{ "name": "Name", "type": "String" }] }"#;
    let returns = r#"{ "name": "T0", "namespace": "Pets" }"#;
    // The settings of the crate exclude this one.
    let hidden = r#"{ "name": "HiddenPets", "namespace": "Pets" }"#;
    format!(
        r#"{{ "types": [{}], "operations": [{{ "request": {request}, "method": "GET", "returnType": {returns} }},
            {{ "request": {hidden}, "method": "GET", "returnsVoid": true }}] }}"#,
        types.join(",")
    )
}

#[test]
fn a_build_script_generates_once_per_change() {
    let build = Build::new();
    // Removes the output of an earlier run of this test.
    build.cargo(&["clean", "-p", "build-script-crate"]);
    let (printed, warnings) = build.run();
    assert_eq!(printed, "FindPets { name: Some(\"Rex\") }\n");
    assert_eq!(warnings, ["operations: 1, skipped: false"]);
    let written = build.generated();

    // Only the modification time of the document changes: the script runs, but generates nothing.
    let document = std::fs::read_to_string(build.folder.join("metadata.json")).unwrap();
    build.write("metadata.json", &document);
    let (printed, warnings) = build.run();
    assert_eq!(printed, "FindPets { name: Some(\"Rex\") }\n");
    assert_eq!(warnings, ["operations: 0, skipped: true"]);
    assert_eq!(build.generated(), written, "an up-to-date file is not touched");

    // A member is added.
    let member = "{ \"name\": \"Name\", \"type\": \"String\" }";
    let more = document.replacen(member, &format!("{member}, {{ \"name\": \"Kind\", \"type\": \"String\" }}"), 1);
    build.write("metadata.json", &more);
    let (printed, warnings) = build.run();
    assert_eq!(printed, "FindPets { name: Some(\"Rex\"), kind: None }\n");
    assert_eq!(warnings, ["operations: 1, skipped: false"]);

    // A warning names the line of the document.
    let odd = document.replacen(member, &format!("{member},\n{{ \"name\": \"Kind\", \"type\": \"Kind\" }}"), 1);
    let line = odd.lines().position(|line| line.contains("Kind")).unwrap() + 1;
    build.write("metadata.json", &odd);
    let (_, warnings) = build.run();
    let expected = format!("metadata.json:{line}:11: EVO0024: the type `Kind` is not described (at ");
    assert!(warnings[0].starts_with(&expected), "{expected} is not in {warnings:?}");

    // Deep types need a line in the crate root, which the warning contains.
    build.write("metadata.json", &deep_types());
    let output = build.cargo(&["build", "--color", "never"]);
    let errors = String::from_utf8_lossy(&output.stderr);
    let line = errors.split_once("EVO0067").and_then(|(_, text)| text.split('`').find(|text| text.starts_with("#![")));
    let line = line.unwrap_or_else(|| panic!("{errors}")).to_owned();
    let root = std::fs::read_to_string(build.folder.join("src/main.rs")).unwrap();
    build.write("src/main.rs", &format!("{line}\n{root}"));
    let (printed, _) = build.run();
    assert_eq!(printed, "FindPets { name: Some(\"Rex\") }\n");

    // An unusable document fails the build with an explanation.
    build.write("metadata.json", "{ \"openapi\": \"3.0.0\" }");
    let output = build.cargo(&["build", "--color", "never"]);
    assert!(!output.status.success());
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(errors.contains("OpenAPI"), "{errors}");
}
