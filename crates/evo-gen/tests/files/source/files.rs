//! Reading documents from files and standard input.

use std::path::Path;

use evo_gen::facts::{Casing, Dialect, Facts};
use evo_gen::source::{FACTS_UNKNOWN, Limits, Origin, facts_path, read_file, read_standard_input};
use proptest::prelude::*;
use serde_json::{Value, json};

fn types() -> Value {
    json!({"operations": [{"request": {"name": "Hello"}}], "namespaces": [], "types": [{"name": "Zoë", "isEnum": true}]})
}

fn facts(name: &str) -> Facts {
    Facts {
        name: Some(name.to_owned()),
        dialect: Dialect::ServiceStackText,
        casing: Casing::Camel,
        api: Some(false),
        ..Facts::default()
    }
}

/// A folder with a document and, optionally, a `service.json` beside it.
fn folder(document: &[u8], beside: Option<&str>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("metadata.json");
    std::fs::write(&path, document).expect("the document is written");
    if let Some(text) = beside {
        std::fs::write(facts_path(&path), text).expect("the facts are written");
    }
    folder
}

#[test]
fn every_form_of_a_document_has_the_same_types() {
    let text = types().to_string();
    let utf16 =
        |bytes: fn(u16) -> [u8; 2]| format!("\u{feff}{text}").encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    for (name, bytes) in [
        ("UTF-8", text.clone().into_bytes()),
        ("UTF-8 with mark", format!("\u{feff}{text}").into_bytes()),
        ("UTF-16 LE", utf16(u16::to_le_bytes)),
        ("UTF-16 BE", utf16(u16::to_be_bytes)),
        ("page", format!("<html><script>window.Dto = {text};</script></html>").into_bytes()),
        ("api of an app document", json!({"Api": types()}).to_string().into_bytes()),
    ] {
        let folder = folder(&bytes, None);
        let path = folder.path().join("metadata.json");
        let document = read_file(&path, &Limits::default()).expect(name);
        assert_eq!((document.types, document.facts, document.origin), (types(), None, Origin::File(path)), "{name}");
        let document = read_standard_input(&*bytes, &Limits::default()).expect(name);
        assert_eq!((document.types, document.facts, document.origin), (types(), None, Origin::StandardInput), "{name}");
    }
}

#[test]
fn the_stored_document_keeps_the_original_order() {
    let document = read_standard_input(types().to_string().as_bytes(), &Limits::default()).expect("a document");
    let expected = r#"{
  "operations": [
    {
      "request": {
        "name": "Hello"
      }
    }
  ],
  "namespaces": [],
  "types": [
    {
      "name": "Zoë",
      "isEnum": true
    }
  ]
}
"#;
    assert_eq!(document.stored_types(), expected);
    assert_eq!(document.stored_facts(), None);
}

#[test]
fn facts_are_read_from_the_document_or_from_the_file_beside_it() {
    let app = |name: &str| json!({"app": {"serviceName": name, "jsTextCase": "CamelCase"}, "api": types()}).to_string();
    let plain = types().to_string();
    for (name, document, beside, expected, remarks) in [
        ("nothing beside", &plain, None, None, 0),
        ("stored facts", &plain, Some(facts("beside").to_stored()), Some(facts("beside")), 0),
        ("an app document beside", &plain, Some(app("beside")), Some(facts("beside")), 0),
        ("the document itself", &app("own"), Some(facts("beside").to_stored()), Some(facts("own")), 0),
        ("somebody else's file", &plain, Some(r#"{"name":"systemd","version":"1"}"#.to_owned()), None, 1),
    ] {
        let folder = folder(document.as_bytes(), beside.as_deref());
        let document = read_file(&folder.path().join("metadata.json"), &Limits::default()).expect(name);
        assert_eq!(document.facts, expected, "{name}");
        let codes: Vec<_> = document.remarks.as_slice().iter().map(|remark| remark.code).collect();
        assert_eq!(codes, vec![FACTS_UNKNOWN; remarks], "{name}");
    }
}

#[test]
fn files_that_cannot_be_used_are_explained() {
    let small = Limits { bytes: 10, ..Limits::default() };
    let plain = types().to_string();
    for (name, document, beside, limits, expected, place) in [
        ("too large", plain.as_str(), None, small, "the document is larger than 10 bytes", "metadata.json"),
        ("empty", "", None, Limits::default(), "the document is empty", "metadata.json"),
        (
            "facts with a mistake",
            &plain,
            Some(r#"{"dialect":"STJ"}"#),
            Limits::default(),
            "the facts of the service cannot be used: unknown variant `STJ`, expected one of `ServiceStack.Text`, `System.Text.Json`, `unknown`",
            "service.json",
        ),
        (
            "facts that are not JSON",
            &plain,
            Some("name: x"),
            Limits::default(),
            "the facts of the service cannot be used: the document is not JSON: expected ident, near `name: x` (line 1, column 2)",
            "service.json",
        ),
    ] {
        let folder = folder(document.as_bytes(), beside);
        let error = read_file(&folder.path().join("metadata.json"), &limits).expect_err(name);
        assert_eq!(error.message(), expected, "{name}");
        assert_eq!(error.place(), Some(&*folder.path().join(place).display().to_string()), "{name}");
        assert!(error.advice().is_some_and(|advice| !advice.is_empty()), "{name}");
        // A document that is too large is a source error; all others are document errors.
        let code = if name == "too large" { 3 } else { 4 };
        assert_eq!(error.exit_code(), code, "{name}");
    }
}

#[test]
fn paths_that_cannot_be_read_are_explained() {
    let folder = folder(b"{}", None);
    for (path, help) in [
        (folder.path().join("nothing.json"), "relative to the current folder"),
        (folder.path().to_owned(), "use the path of the document in this folder"),
        (Path::new("https://x.org/types/metadata.json").to_owned(), "`--url`"),
    ] {
        let error = read_file(&path, &Limits::default()).expect_err("it cannot be read");
        assert!(error.advice().is_some_and(|advice| advice.contains(help)), "{error}");
    }
}

/// Bytes that begin like a document.
fn nearly_a_document() -> impl Strategy<Value = Vec<u8>> {
    let pieces = [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"types\"",
        "\"operations\"",
        "\"api\"",
        "\"app\"",
        "\"openapi\"",
        "null",
        "1e9",
        "<",
        ">",
        "<title>",
        "window.Dto = ",
        "\"responseStatus\"",
        "\"errorCode\"",
        "é",
        "\u{2028}",
        "\u{feff}",
        "\\u",
        "\n",
        "\0",
    ];
    let text = prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..40).prop_map(|pieces| pieces.concat());
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..200),
        text.clone().prop_map(String::into_bytes),
        text.clone().prop_map(|text| text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        (text, any::<prop::sample::Index>(), any::<u8>()).prop_map(|(text, at, byte)| {
            let mut bytes = text.into_bytes();
            bytes.insert(at.index(bytes.len() + 1), byte);
            bytes
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_a_document_or_an_error_with_advice(bytes in nearly_a_document()) {
        match read_standard_input(&*bytes, &Limits::default()) {
            Ok(document) => {
                let stored = document.stored_types();
                let again = read_standard_input(stored.as_bytes(), &Limits::default());
                prop_assert_eq!(again.ok().map(|document| document.types), Some(document.types));
            }
            Err(error) => {
                prop_assert_eq!(error.exit_code(), 4);
                prop_assert!(error.advice().is_some_and(|advice| !advice.is_empty()));
                prop_assert!(!error.to_string().contains('\n'), "{}", error);
            }
        }
    }

    #[test]
    fn labels_of_origins_are_single_lines(text in any::<String>(), folder in any::<String>()) {
        for origin in [Origin::Url(text.clone()), Origin::File(text.into())] {
            let label = origin.label(Some(Path::new(&folder)));
            prop_assert!(!label.chars().any(char::is_control), "{:?}", label);
            let _ = origin.base_url();
        }
    }
}
