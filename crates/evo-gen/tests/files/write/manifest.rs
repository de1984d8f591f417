//! The manifest in the output folder.

use std::collections::BTreeMap;
use std::fs;

use evo_gen::write::{Action, MANIFEST_FILE, read_manifest};

use super::folder::{CHAT, Folder, MOD};

#[test]
fn it_lists_files_and_names() {
    let folder = Folder::after_run(&[("chat/mod.rs", CHAT), ("notes.txt", "a\n")]);
    let version = env!("CARGO_PKG_VERSION");
    let expected = format!(
        r#"{{
  "format": 1,
  "generator": "{version}",
  "files": {{
    "chat/mod.rs": "sha256:1452ec7f6ba00800562d2cd86463a972e61fca95a58d1424b98c131e2062608a",
    "notes.txt": "sha256:87428fc522803d31065e7bce3cf03fe475096631e5e07bbd7a0fde60c4cf25c7"
  }},
  "names": {{
    "Lab.Chat": "Chat"
  }}
}}
"#
    );
    assert_eq!(folder.tree()["src/api/.evo-gen.json"], expected);
}

#[test]
fn it_is_read_back() {
    let folder = Folder::after_run(&[("chat/mod.rs", CHAT)]);
    let manifest = read_manifest(folder.out()).unwrap().unwrap();
    assert_eq!(manifest.format, 1);
    assert_eq!(manifest.generator, env!("CARGO_PKG_VERSION"));
    assert_eq!(manifest.files.keys().collect::<Vec<_>>(), ["chat/mod.rs"]);
    assert_eq!(manifest.names, BTreeMap::from([("Lab.Chat".to_owned(), "Chat".to_owned())]));
}

#[test]
fn a_folder_without_a_manifest_has_none() {
    let folder = Folder::new();
    assert_eq!(read_manifest(folder.out()).unwrap(), None, "no folder");
    fs::create_dir_all(folder.out()).unwrap();
    assert_eq!(read_manifest(folder.out()).unwrap(), None, "empty folder");
}

#[test]
fn formatting_of_the_manifest_is_ignored() {
    let files = [("mod.rs", MOD)];
    let folder = Folder::after_run(&files);
    let text = &folder.tree()["src/api/.evo-gen.json"];
    folder.write(MANIFEST_FILE, format!("\u{feff}{}", text.replace("  ", "\t").replace('\n', "\r\n")));
    assert!(folder.plan(&files).unwrap().is_clean());
}

#[test]
fn a_different_generator_version_is_a_change() {
    let files = [("mod.rs", MOD)];
    let folder = Folder::after_run(&files);
    let text = folder.tree()["src/api/.evo-gen.json"].clone();
    folder.write(MANIFEST_FILE, text.replace(&format!("\"{}\"", env!("CARGO_PKG_VERSION")), "\"0.0.0\""));
    let plan = folder.plan(&files).unwrap();
    let actions: Vec<_> = plan.files().iter().map(|file| (file.path(), file.action())).collect();
    assert_eq!(actions, [(MANIFEST_FILE, Action::Change), ("mod.rs", Action::Keep)]);
    plan.apply().unwrap();
    assert_eq!(folder.tree()["src/api/.evo-gen.json"], text);
}

#[test]
fn a_malformed_manifest_is_an_error_with_help() {
    let cases = [
        ("conflict", "<<<<<<< HEAD\n{}\n", "expected value at line 1 column 1"),
        ("empty", "", "EOF while parsing a value at line 1 column 0"),
        ("no object", "[]", "invalid type: sequence, expected a map at line 1 column 0"),
        ("no format", "{}", "it has no `format`"),
        ("newer", r#"{"format": 2, "files": []}"#, "it has format 2, but this version of evo-gen reads format 1"),
        ("no names", r#"{"format": 1, "generator": "0.1.0", "files": {}}"#, "missing field `names`"),
        (
            "path out of the folder",
            r#"{"format": 1, "generator": "0.1.0", "files": {"../own.rs": "sha256:"}, "names": {}}"#,
            "the path `../own.rs` is not a plain path below the output folder",
        ),
        (
            "lists itself",
            r#"{"format": 1, "generator": "0.1.0", "files": {".evo-gen.json": "sha256:"}, "names": {}}"#,
            "the path `.evo-gen.json` is the path of the manifest",
        ),
    ];
    for (case, text, reason) in cases {
        let folder = Folder::new();
        folder.write(MANIFEST_FILE, text);
        let before = folder.tree();
        let errors = [read_manifest(folder.out()).err(), folder.force(&[("mod.rs", MOD)]).err()];
        for error in errors {
            let error = error.expect(case);
            let message = format!("the manifest of the output folder cannot be used: {reason}");
            assert_eq!(error.message(), message, "{case}");
            assert_eq!(error.place(), folder.out().join(MANIFEST_FILE).to_str(), "{case}");
            assert!(error.advice().is_some_and(|help| help.contains("version control")), "{case}: {error}");
        }
        assert_eq!(folder.tree(), before, "{case}");
    }
}
