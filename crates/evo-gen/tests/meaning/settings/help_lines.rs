//! Each line for `evo-gen.toml` in the help of a diagnostic is valid and resolves the diagnostic.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use evo_gen::Generator;
use evo_gen::config::{ConfigFile, Settings};
use evo_gen::diagnostics::Diagnostic;
use evo_gen::source::{Document, Limits, read_file};
use serde_json::json;

use crate::made::read;

/// The lines to add according to a help text.
fn lines(help: &str) -> Vec<String> {
    let stated = help.split("add ").filter_map(|rest| rest.split_once(" to evo-gen.toml")).map(|(lines, _)| lines);
    stated.flat_map(|lines| lines.split(" or ")).map(str::to_owned).collect()
}

fn with(settings: &Settings, line: &str) -> Settings {
    let more: Settings = line.parse().unwrap_or_else(|error| panic!("{line}: {error}"));
    let mut settings = settings.clone();
    settings.supply.extend(more.supply);
    settings.replace.extend(more.replace);
    settings.resolve.extend(more.resolve);
    settings.allow.extend(more.allow);
    settings
}

fn remarks(document: &Document, settings: &Settings) -> Result<Vec<Diagnostic>, evo_gen::Error> {
    let folder = tempfile::tempdir().unwrap();
    let generator = Generator::new().document(document.clone()).settings(settings.clone());
    generator.out_dir(folder.path().join("api")).run().map(|summary| summary.warnings)
}

/// Tries every suggested line for a document. Returns the codes whose help contains lines.
fn check(name: &str, document: &Document, settings: &Settings) -> BTreeSet<&'static str> {
    let mut codes = BTreeSet::new();
    for remark in remarks(document, settings).unwrap_or_else(|error| panic!("{name}: {error}")) {
        for line in lines(&remark.help) {
            codes.insert(remark.code);
            let left =
                remarks(document, &with(settings, &line)).unwrap_or_else(|error| panic!("{name}: {line}: {error}"));
            let is_there = left.iter().any(|other| (other.code, &other.message) == (remark.code, &remark.message));
            assert!(!is_there, "{name}: {line} does not resolve {remark}");
        }
    }
    codes
}

fn documents(folder: &str, ending: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures").join(folder);
    let mut paths: Vec<PathBuf> = root.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    if ending.is_empty() {
        paths.retain(|path| {
            path.extension().is_some_and(|extension| extension == "json")
                && path.file_stem().is_some_and(|stem| !stem.to_string_lossy().contains('.'))
        });
    } else {
        paths = paths.into_iter().map(|path| path.join(ending)).filter(|path| path.is_file()).collect();
    }
    paths.sort();
    paths
}

#[test]
fn every_suggested_line_works_when_pasted() {
    let mut codes = BTreeSet::new();
    let single = documents("diagnostics", "").into_iter().map(|path| (path.with_extension("toml"), path));
    let cases = documents("cases", "metadata.json").into_iter().map(|path| (path.with_file_name("evo-gen.toml"), path));
    for (config, path) in single.chain(cases) {
        // The names in this document are designed to break the lines.
        if path.to_string_lossy().contains("hostile") {
            continue;
        }
        let Ok(document) = read_file(&path, &Limits::default()) else { continue };
        let settings = match std::fs::read_to_string(&config) {
            Ok(text) if text.contains("source") => {
                ConfigFile::parse(&text, &config, "x").unwrap().clients.remove(0).settings
            }
            Ok(text) => text.parse().unwrap(),
            Err(_) => Settings::default(),
        };
        // Some codes are errors.
        if remarks(&document, &settings).is_ok() {
            codes.extend(check(&path.display().to_string(), &document, &settings));
        }
    }
    assert_eq!(codes, BTreeSet::from(["EVO0020", "EVO0022", "EVO0023", "EVO0024", "EVO0031"]));
}

/// Types without a description, in every place and form in which a document refers to a type.
#[test]
fn suggested_lines_work_for_types_in_every_place() {
    let member = |name: &str, ty: &str, namespace: &str, args: &[&str]| json!({ "name": name, "type": ty, "namespace": namespace, "genericArgs": args });
    let generic = "System.Collections.Generic";
    let members = [
        member("Plain", "Gone", "Shop", &[]),
        member("Bare", "Lost", "", &[]),
        member("Box", "Box`1", "Shop", &["Int32"]),
        member("Pair", "Pair`2", "Shop", &["Int32", "String"]),
        member("List", "List`1", generic, &["Inner"]),
        member("Spelled", "List`1", generic, &["Crate<Int32>"]),
        member("Map", "Dictionary`2", generic, &["String", "Value2"]),
        member("Nested", "Outer.Inside", "Shop", &[]),
        member("Plus", "Outer+Deep", "Shop", &[]),
        member("Array", "Thing[]", "Shop", &[]),
        member("Maybe", "Nullable`1", "System", &["Amount"]),
        member("DotNet", "Version", "System", &[]),
        json!({ "name": "Struct", "type": "Money", "namespace": "Shop", "isValueType": true }),
        json!({ "name": "Structs", "type": "Range`1", "namespace": "Shop", "isValueType": true, "genericArgs": ["Int32"] }),
        json!({ "name": "Enum", "type": "Mode", "namespace": "Shop", "isValueType": true, "isEnum": true }),
        json!({ "name": "Enums", "type": "UriKind", "namespace": "System", "isValueType": true, "isEnum": true }),
    ];
    for member in members {
        for place in ["request", "response", "base", "answer"] {
            // The name of a base class has no arguments here.
            let name = member["type"].as_str().unwrap();
            if place == "base" && (name.contains(['.', '+', '[']) || name == "Nullable`1") {
                continue;
            }
            let base = json!({ "name": member["type"], "namespace": member["namespace"], "genericArgs": member["genericArgs"] });
            let properties = json!([member]);
            let document = match place {
                "request" => {
                    json!({ "types": [], "operations": [{ "request": { "name": "Find", "namespace": "Shop.Api", "properties": properties }, "method": "POST" }] })
                }
                "response" => {
                    json!({ "types": [{ "name": "Pet", "namespace": "Shop.Api", "properties": properties }], "operations": [{ "request": { "name": "Find", "namespace": "Shop.Api" }, "returnType": { "name": "Pet", "namespace": "Shop.Api" }, "method": "GET" }] })
                }
                "base" => {
                    json!({ "types": [{ "name": "Pet", "namespace": "Shop.Api", "inherits": base }], "operations": [{ "request": { "name": "Find", "namespace": "Shop.Api" }, "returnType": { "name": "Pet", "namespace": "Shop.Api" }, "method": "GET" }] })
                }
                _ => {
                    json!({ "types": [], "operations": [{ "request": { "name": "Find", "namespace": "Shop.Api" }, "returnType": base, "method": "GET" }] })
                }
            };
            check(&format!("{} of the {place}", member["name"]), &read(&document), &Settings::default());
        }
    }
}
