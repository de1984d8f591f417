//! Documents made of everything that could do harm: each gives an error that helps, or code that holds nothing of the document but
//! literals and the names that were decided.

use std::collections::{BTreeMap, BTreeSet};

use evo_gen::api::{Api, ItemKind};
use evo_gen::config::Settings;
use evo_gen::emit;
use evo_gen::emit::GeneratedFile;
use evo_gen::source::{Document, Limits, read_standard_input};
use proc_macro2::{TokenStream, TokenTree};
use serde_json::Value;

use crate::corpus::arbitrary::document;
use crate::corpus::random::Random;
use crate::corpus::{Outcome, generate, header};
use crate::determinism::{member, reversed};

/// The documents that are made up.
const SEEDS: u64 = 1_500;

/// Every word of generated code that is ours, Rust's or the runtime's.
const WORDS: &str = "
";

fn read(value: &Value) -> Document {
    read_standard_input(value.to_string().as_bytes(), &Limits::default()).unwrap()
}

fn outcome(value: &Value, names: &BTreeMap<String, String>) -> Result<Outcome, evo_gen::Error> {
    generate(&read(value), &Settings::default(), names)
}

/// The names that were decided, and those of type parameters, which need not stay.
fn decided(outcome: &Outcome) -> BTreeSet<String> {
    let mut names: BTreeSet<String> = WORDS.split_whitespace().map(str::to_owned).collect();
    names.extend(outcome.generated.names.iter().filter(|(key, _)| *key != "P:").flat_map(|(_, name)| parts(name)));
    names.extend(parameters(&outcome.api));
    names
}

fn parts(name: &str) -> impl Iterator<Item = String> {
    name.split("::").map(str::to_owned)
}

fn parameters(api: &Api) -> impl Iterator<Item = String> {
    api.items.iter().flat_map(|item| match &item.kind {
        ItemKind::Record(record) => record.parameters.clone(),
        _ => Vec::new(),
    })
}

/// The words of a stream that are not known.
fn unknown(tokens: TokenStream, known: &BTreeSet<String>, found: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(word) => {
                let word = word.to_string();
                let word = word.trim_start_matches("r#");
                if !known.contains(word) {
                    found.insert(word.to_owned());
                }
            }
            TokenTree::Group(group) => unknown(group.stream(), known, found),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

fn check(seed: u64) {
    let made = document(seed);
    let outcome = match outcome(&made, &BTreeMap::new()) {
        Ok(outcome) => outcome,
        Err(error) => {
            assert_eq!(error.exit_code(), 4, "seed {seed}: {error}");
            assert!(error.advice().is_some_and(|help| !help.is_empty()), "seed {seed}: {error} gives no help");
            return;
        }
    };
    check_files(seed, &outcome);
    check_again(seed, &made, &outcome);
}

fn check_files(seed: u64, outcome: &Outcome) {
    let known = decided(outcome);
    let mut files = outcome.generated.files.clone();
    let mut paths = BTreeSet::new();
    for file in &files {
        let is_plain =
            |part: &str| part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        let path = file.path.strip_suffix(".rs").unwrap_or_default();
        assert!(
            path.split('/').all(|part| !part.is_empty() && is_plain(part)),
            "seed {seed}: the path {:?}",
            file.path
        );
        assert!(paths.insert(path), "seed {seed}: {path} twice");
    }
    let single = emit::emit_single(&outcome.api, &header()).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
    files.push(GeneratedFile { path: "single".to_owned(), text: single });
    for file in &files {
        let GeneratedFile { path, text } = file;
        let parsed = syn::parse_file(text);
        assert!(parsed.is_ok(), "seed {seed}: {path} is no Rust: {:?}\n{text}", parsed.err());
        let mut words = BTreeSet::new();
        unknown(text.parse().unwrap(), &known, &mut words);
        for w in words {
            println!("WORD {w}");
        }
        let hidden =
            text.chars().find(|c| c.is_control() && *c != '\n' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{feff}'));
        assert_eq!(hidden, None, "seed {seed}: a character that shows nothing, in {path}");
    }
}

/// Generates once more: from the same, with the names of the first run, and in another order.
fn check_again(seed: u64, made: &Value, first: &Outcome) {
    let is_same = |other: &Value, names: &BTreeMap<String, String>, how: &str| {
        let other = outcome(other, names).unwrap_or_else(|error| panic!("seed {seed}, {how}: {error}")).generated;
        assert_eq!(other.names, first.generated.names, "seed {seed}, {how}");
        for (file, other) in first.generated.files.iter().zip(&other.files) {
            assert_eq!(other, file, "seed {seed}, {how}");
        }
        assert_eq!(other.files.len(), first.generated.files.len(), "seed {seed}, {how}");
    };
    is_same(made, &BTreeMap::new(), "once more");
    is_same(made, &first.generated.names, "with the names of the first run");
    let mut shuffled = reversed(made);
    if is_told_apart(made) {
        let mut random = Random(seed);
        for list in ["types", "operations"] {
            random.shuffle(member(&mut shuffled, list).unwrap());
        }
    }
    is_same(&shuffled, &BTreeMap::new(), "in another order");
}

/// Whether no type is described twice: of those the first is taken.
fn is_told_apart(made: &Value) -> bool {
    let operations = made["operations"].as_array().into_iter().flatten();
    let described = operations
        .flat_map(|operation| [&operation["request"], &operation["response"]])
        .filter(|described| described.is_object());
    let mut known = BTreeSet::new();
    made["types"].as_array().into_iter().flatten().chain(described).all(|described| {
        let name = described["name"].as_str().unwrap_or_default().split('`').next().unwrap_or_default().to_owned();
        known.insert((described["namespace"].to_string(), name.replace('+', ".")))
    })
}

#[test]
fn made_up_documents_do_no_harm() {
    for seed in 0..SEEDS {
        if let Err(e) = std::panic::catch_unwind(|| check(seed)) {
            let t = e.downcast_ref::<String>().cloned().unwrap_or_default();
            println!("FAIL {} ", t.chars().take(1500).collect::<String>().replace('\n', "\nFAILTEXT "));
        }
    }
}
