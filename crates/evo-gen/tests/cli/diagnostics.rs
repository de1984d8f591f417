//! The codes of diagnostics: each one is registered, explained and used, and has a document that causes it.
//!
//! A new code needs a line in `crates/evo-model/src/diagnostics/codes.rs`, a page `templates/explain/CODE.md`, and a document
//! `fixtures/diagnostics/CODE.json`, with `CODE.service.json`, `CODE.toml` (settings) and `CODE.manifest.json` (of an earlier run) beside
//! it if necessary.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use evo_gen::diagnostics::{CODES, Code, Severity};
use serde_json::Value;

use super::sandbox::{CONFIG, Sandbox};

fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn fixtures() -> PathBuf {
    package().join("../../fixtures/diagnostics")
}

/// Builds the document for a code that needs a large one.
fn made(code: &str) -> Option<String> {
    let class = |name: &str, base: Option<&str>, rest: &str| match base {
        Some(base) => {
            format!(r#"{{"name":"{name}","namespace":"Shop","inherits":{{"name":"{base}","namespace":"Shop"}}{rest}}}"#)
        }
        None => format!(r#"{{"name":"{name}","namespace":"Shop"{rest}}}"#),
    };
    let member = |name: &str, ty: &str, namespace: &str| {
        format!(r#"{{"name":"{name}","type":"{ty}","namespace":"{namespace}"}}"#)
    };
    let mut types = Vec::new();
    match code {
        // 5,000 members and 200 classes that inherit them.
        "EVO0062" => {
            let members: Vec<String> = (0..5000).map(|index| member(&format!("M{index}"), "Int32", "System")).collect();
            types.push(class("Form", None, &format!(r#","properties":[{}]"#, members.join(","))));
            types.extend((0..200).map(|index| class(&format!("Form{index}"), Some("Form"), "")));
        }
        // A chain of 60 abstract classes, each used by a member, and 3,500 classes that derive from the last one.
        "EVO0063" => {
            let name = |index: usize| format!("Level{index}");
            for index in 0..60 {
                let base = (index > 0).then(|| name(index - 1));
                types.push(class(&name(index), base.as_deref(), r#","isAbstract":true"#));
            }
            let held: Vec<String> = (0..60).map(|index| member(&name(index), &name(index), "Shop")).collect();
            types.push(class("Holder", None, &format!(r#","properties":[{}]"#, held.join(","))));
            types.extend((0..3500).map(|index| class(&format!("Leaf{index}"), Some("Level59"), "")));
        }
        _ => return None,
    }
    let call = r#"{"request":{"name":"FindPet","namespace":"Shop"},"method":"GET","returnsVoid":true}"#;
    Some(format!(r#"{{"types":[{}],"operations":[{call}]}}"#, types.join(",")))
}

/// Creates a crate whose client is generated from the document of a code.
fn sandbox(code: &Code) -> Sandbox {
    let part = |ending: &str| std::fs::read_to_string(fixtures().join(format!("{}.{ending}", code.id))).ok();
    let document = part("json")
        .or_else(|| made(code.id))
        .unwrap_or_else(|| panic!("{} has no document in fixtures/diagnostics", code.id));
    let sandbox = Sandbox::pets();
    sandbox.write("metadata.json", &document);
    if let Some(facts) = part("service.json") {
        sandbox.write("service.json", &facts);
    }
    if let Some(manifest) = part("manifest.json") {
        sandbox.write("src/api/.evo-gen.json", &manifest);
    }
    sandbox.write("evo-gen.toml", &format!("{CONFIG}{}", part("toml").unwrap_or_default()));
    sandbox
}

/// Replaces the path of the sandbox in a text by `SANDBOX`.
fn shown(sandbox: &Sandbox, text: &str) -> String {
    let folder = sandbox.path("").canonicalize().unwrap_or_else(|_| sandbox.path(""));
    let mut shown = text.to_owned();
    for folder in [folder.display().to_string(), sandbox.path("").display().to_string()] {
        shown = shown.replace(folder.trim_end_matches('/'), "SANDBOX");
    }
    shown.replace("SANDBOX\\", "SANDBOX/")
}

#[test]
fn every_document_causes_exactly_its_code() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(fixtures());
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for code in CODES {
        let sandbox = sandbox(code);
        let exit = if code.severity == Severity::Error { 4 } else { 0 };
        let human = sandbox.run(&[]).expect(exit);
        let json = sandbox.run(&["--format", "json"]).expect(exit);
        let lines: Vec<Value> = json.err.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let found: BTreeSet<_> = lines.iter().map(|line| (line["code"].as_str(), line["kind"].as_str())).collect();
        assert_eq!(found, BTreeSet::from([(Some(code.id), Some(code.severity.name()))]), "{}: {lines:?}", code.id);
        let text = format!("{}\n{}", human.err, json.err);
        settings.bind(|| insta::assert_snapshot!(code.id, shown(&sandbox, &text)));
    }
}

#[test]
fn every_file_belongs_to_a_code() {
    let mut names = BTreeSet::new();
    for folder in [fixtures(), package().join("../../templates/explain")] {
        names.extend(folder.read_dir().unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()));
    }
    let mut left_over = names;
    for code in CODES {
        for ending in ["json", "service.json", "manifest.json", "toml", "snap", "md"] {
            left_over.remove(&format!("{}.{ending}", code.id));
        }
    }
    assert_eq!(left_over, BTreeSet::new());
}

/// Returns the codes that the generator uses: those in strings outside of tests and comments.
fn used() -> BTreeMap<String, Vec<PathBuf>> {
    fn read(folder: &Path, used: &mut BTreeMap<String, Vec<PathBuf>>) {
        for entry in folder.read_dir().unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                read(&path, used);
            } else if !path.ends_with("diagnostics/codes.rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                let source = text.split("#[cfg(test)]").next().unwrap();
                for line in source.lines().filter(|line| !line.trim_start().starts_with("//")) {
                    for part in line.split("\"EVO").skip(1) {
                        let number: String = part.chars().take_while(char::is_ascii_digit).collect();
                        if !number.is_empty() {
                            used.entry(format!("EVO{number}")).or_default().push(path.clone());
                        }
                    }
                }
            }
        }
    }
    let mut used = BTreeMap::new();
    for package in ["evo-model", "evo-gen"] {
        read(&self::package().join("..").join(package).join("src"), &mut used);
    }
    used
}

#[test]
fn registered_codes_are_the_used_codes() {
    let used = used();
    let registered: BTreeSet<&str> = CODES.iter().map(|code| code.id).collect();
    let unknown: Vec<_> = used.iter().filter(|(code, _)| !registered.contains(code.as_str())).collect();
    assert!(unknown.is_empty(), "not in src/diagnostics/codes.rs: {unknown:?}");
    let unused: Vec<_> = registered.iter().filter(|code| !used.contains_key(**code)).collect();
    assert!(unused.is_empty(), "in src/diagnostics/codes.rs, and nowhere used: {unused:?}");
}

#[test]
fn explain_prints_the_page_of_a_code_and_the_list_of_all() {
    let sandbox = Sandbox::new(&[]);
    for Code { id, severity, title, page, .. } in CODES {
        let outcome = sandbox.run(&["explain", &id.to_lowercase()]).expect(0);
        assert_eq!(outcome.out, format!("# {id} ({}): {title}\n\n{page}", severity.name()));
    }
    let list = sandbox.run(&["explain"]).expect(0).out;
    insta::assert_snapshot!("explain", list);
    let json = sandbox.run(&["explain", "EVO0012", "--format", "json"]).expect(0).out;
    let json: Value = serde_json::from_str(&json).unwrap();
    let code = Code::find("EVO0012").unwrap();
    assert_eq!(
        json,
        serde_json::json!({ "kind": "code", "code": "EVO0012", "severity": "warning", "title": code.title, "page": code.page })
    );
    let unknown = sandbox.run(&["explain", "EVO0912"]).expect(2);
    let expected =
        "error: there is no code `EVO0912`\n  help: did you mean `EVO0012`? `evo-gen explain` lists all codes\n";
    assert_eq!(unknown.err, expected);
}
