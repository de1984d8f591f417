//! Builds a crate with a build script like a user: with a path dependency.

use std::path::Path;

use crate::workspace::{Workspace, target};

/// The name of the crate, whose sources are in the folder of this name.
const PACKAGE: &str = "build-script-crate";

/// A copy of the crate.
struct Build {
    workspace: Workspace,
}

impl Build {
    fn new() -> Self {
        let build = Self { workspace: Workspace::new("build-script") };
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        for file in ["build.rs", "src/main.rs", "metadata.json"] {
            let source = package.join("tests/programs").join(PACKAGE).join(file);
            build.write(file, &std::fs::read_to_string(source).unwrap());
        }
        // The features are those of other crates in these tests, so that the runtime is built once.
        let manifest = format!(
            "[package]\nname = \"{PACKAGE}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n\n\
             [dependencies]\nevo-runtime = {{ workspace = true }}\n\
             tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}\n\n\
             [build-dependencies]\nevo-gen = {{ path = '{}', default-features = false }}\n",
            package.display()
        );
        build.write("Cargo.toml", &manifest);
        // Removes the output of an earlier run of this test.
        build.workspace.output("clean", &["--package", PACKAGE]);
        build
    }

    fn read(&self, file: &str) -> String {
        std::fs::read_to_string(self.workspace.crates().join(PACKAGE).join(file)).unwrap()
    }

    fn write(&self, file: &str, text: &str) {
        self.workspace.write(&format!("crates/{PACKAGE}/{file}"), text);
    }

    /// Runs the build script and checks the program. Returns the warnings of the build script.
    fn check(&self) -> Vec<String> {
        let (is_success, printed) = self.try_check();
        assert!(is_success, "{printed}");
        let warnings = printed.lines().filter_map(|line| line.split_once("build-script-crate@0.1.0: "));
        warnings.map(|(_, warning)| warning.to_owned()).collect()
    }

    /// Returns whether the program compiles, and what cargo prints.
    fn try_check(&self) -> (bool, String) {
        let output = self.workspace.command("check", &["--package", PACKAGE]).output().unwrap();
        (output.status.success(), String::from_utf8(output.stderr).unwrap())
    }
}

/// The modification time of the generated file.
fn time_of_generated_file() -> std::time::SystemTime {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(target().join("debug/build")).unwrap() {
        let path = entry.unwrap().path().join("out/api.rs");
        found.extend(path.metadata().and_then(|metadata| metadata.modified()).ok());
    }
    found.into_iter().max().unwrap()
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
#[ignore = "runs cargo; .ci/run does it"]
fn a_build_script_generates_once_per_change() {
    let build = Build::new();
    assert_eq!(build.check(), ["operations: 1, skipped: false"]);
    let written = time_of_generated_file();

    // Only the modification time of the document changes: the script runs, but generates nothing.
    let document = build.read("metadata.json");
    build.write("metadata.json", &document);
    assert_eq!(build.check(), ["operations: 0, skipped: true"]);
    assert_eq!(time_of_generated_file(), written, "an up-to-date file is not touched");

    // A member is added, which the program then uses.
    let member = "{ \"name\": \"Name\", \"type\": \"String\" }";
    let more = document.replacen(member, &format!("{member}, {{ \"name\": \"Kind\", \"type\": \"String\" }}"), 1);
    let program = build.read("src/main.rs");
    build.write("src/main.rs", &program.replace("..Default::default()", "kind: None"));
    let (is_success, printed) = build.try_check();
    assert!(!is_success && printed.contains("no field named `kind`"), "{printed}");
    build.write("metadata.json", &more);
    assert_eq!(build.check(), ["operations: 1, skipped: false"]);
    build.write("src/main.rs", &program);

    // A warning names the line of the document.
    let odd = document.replacen(member, &format!("{member},\n{{ \"name\": \"Kind\", \"type\": \"Kind\" }}"), 1);
    let line = odd.lines().position(|line| line.contains("Kind")).unwrap() + 1;
    build.write("metadata.json", &odd);
    let warnings = build.check();
    let expected = format!("metadata.json:{line}:11: EVO0024: the type `Kind` is not described (at ");
    assert!(warnings[0].starts_with(&expected), "{expected} is not in {warnings:?}");

    // Deep types need a line in the crate root, which the warning contains.
    build.write("metadata.json", &deep_types());
    let (is_success, printed) = build.try_check();
    assert!(!is_success, "{printed}");
    let line = printed.split_once("EVO0067").and_then(|(_, text)| text.split('`').find(|text| text.starts_with("#![")));
    let line = line.unwrap_or_else(|| panic!("{printed}"));
    build.write("src/main.rs", &format!("{line}\n{program}"));
    build.check();

    // An unusable document fails the build with an explanation.
    build.write("metadata.json", "{ \"openapi\": \"3.0.0\" }");
    let (is_success, printed) = build.try_check();
    assert!(!is_success && printed.contains("OpenAPI"), "{printed}");
}
