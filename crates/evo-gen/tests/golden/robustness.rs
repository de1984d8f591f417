//! Damaged documents: they result in an error or in code that parses, never in a panic or a path outside of the folder.

use std::collections::BTreeMap;
use std::path::{Component, Path};

use evo_gen::emit;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use proptest::{arbitrary, collection, prelude::Strategy, prop_assert, sample, strategy};
use serde_json::{Value, json};

use crate::corpus::random::Random;
use crate::corpus::{Sample, generate, header, samples};

/// A modification of a value in the document.
#[derive(Debug, Clone)]
enum Damage {
    /// Removes the value.
    Drop,
    /// Repeats the value.
    Repeat,
    /// Replaces the value.
    Replace(Value),
    /// Replaces the value by a text, even if it is a name, a type or a path.
    Text(String),
    /// Replaces the value by another one of the document.
    Copy(usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    let wrong = sample::select(vec![
        json!(null),
        json!(true),
        json!(-1.5e300),
        json!(""),
        json!([]),
        json!({}),
        json!([[null]]),
        json!({ "name": {} }),
        json!([{ "name": "X", "type": "X" }]),
    ]);
    let nasty = sample::select(vec![
        "../../etc/passwd",
        "\"; fn evil() {} //",
        "*/ fn evil() {} /*",
        "r#\"x\"#",
        "Self",
        "crate",
        "_",
        "List`1",
        "List<List<List<X>>>",
        "Dictionary`2",
        "T",
        "'T",
        "A.B.C",
        "\u{202e}\u{0}\n",
        "/{Id}/{Id*}/{",
        "GET,POST",
        "9223372036854775808",
        "🎉",
    ])
    .prop_map(str::to_owned);
    let text = strategy::Union::new([
        nasty.boxed(),
        arbitrary::any::<String>().boxed(),
        "[A-Za-z`<>,.{}*/\\[\\]]{0,12}".boxed(),
    ]);
    strategy::Union::new([
        strategy::Just(Damage::Drop).boxed(),
        strategy::Just(Damage::Repeat).boxed(),
        wrong.prop_map(Damage::Replace).boxed(),
        text.clone().prop_map(Damage::Text).boxed(),
        text.prop_map(Damage::Text).boxed(),
        arbitrary::any::<usize>().prop_map(Damage::Copy).boxed(),
    ])
}

/// Collects the pointers of all values in the document.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                pointers(value, &format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointers(item, &format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
}

fn inflict(document: &mut Value, damage: &Damage, random: &mut Random) {
    let mut all = Vec::new();
    pointers(document, "", &mut all);
    let pointer = all[random.below(all.len())].clone();
    let there = document.pointer(&pointer).unwrap().clone();
    let replaced = match damage {
        Damage::Replace(value) => value.clone(),
        Damage::Text(text) => json!(text),
        Damage::Copy(from) => document.pointer(&all[from % all.len()]).unwrap().clone(),
        Damage::Drop | Damage::Repeat => {
            // The root cannot be removed.
            let Some((parent, key)) = pointer.rsplit_once('/') else { return };
            match (document.pointer_mut(parent), damage) {
                (Some(Value::Object(members)), Damage::Drop) => drop(members.shift_remove(&key.replace("~1", "/"))),
                (Some(Value::Array(items)), Damage::Drop) => drop(items.remove(key.parse().unwrap())),
                (Some(Value::Array(items)), _) => items.push(there),
                (Some(Value::Object(members)), _) => drop(members.insert(key.to_uppercase(), there)),
                _ => {}
            }
            return;
        }
    };
    *document.pointer_mut(&pointer).unwrap() = replaced;
}

/// Generates a client and checks the result.
fn check(document: &Sample) -> Result<(), TestCaseError> {
    // An error is a valid result: not every damaged document can be used.
    let Ok(outcome) = generate(&document.document, &document.settings, &BTreeMap::new()) else { return Ok(()) };
    for file in &outcome.generated.files {
        let is_plain = |part: Component<'_>| matches!(part, Component::Normal(_));
        prop_assert!(Path::new(&file.path).components().all(is_plain), "the path {:?}", file.path);
        prop_assert!(
            file.path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_/.".contains(&byte)),
            "{:?}",
            file.path
        );
        let parsed = syn::parse_file(&file.text);
        prop_assert!(parsed.is_ok(), "{} is not valid Rust: {:?}\n{}", file.path, parsed.err(), file.text);
        prop_assert!(!file.text.contains(['\u{202e}', '\u{0}']), "{}", file.text);
        let evil = file.text.lines().find(|line| line.trim_start().starts_with("fn "));
        prop_assert!(evil.is_none(), "{evil:?} in {}", file.path);
    }
    let single = emit::emit_single(&outcome.api, &header());
    prop_assert!(single.as_ref().is_ok_and(|text| syn::parse_file(text).is_ok()), "{single:?}");
    Ok(())
}

#[test]
fn damaged_documents_do_no_harm() {
    try_documents(150);
}

#[test]
#[ignore = "takes half a minute; .ci/run does it"]
fn more_damaged_documents_do_no_harm() {
    try_documents(600);
}

/// Damages this number of documents, which begin with those of a smaller number.
fn try_documents(cases: u32) {
    let mut samples: Vec<Sample> = samples().into_iter().filter(|sample| sample.name.starts_with("cases/")).collect();
    // The settings may refer to removed items.
    for sample in &mut samples {
        sample.settings = evo_gen::config::Settings::default();
    }
    let originals: Vec<Value> = samples.iter().map(|sample| sample.document.types.clone()).collect();
    let samples = std::cell::RefCell::new(samples);
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let input = (0..originals.len(), arbitrary::any::<u64>(), collection::vec(damage(), 1..12));
    let result = runner.run(&input, |(index, seed, damages)| {
        let sample = &mut samples.borrow_mut()[index];
        sample.document.types = originals[index].clone();
        let mut random = Random::new(seed);
        for damage in &damages {
            inflict(&mut sample.document.types, damage, &mut random);
        }
        check(sample)
    });
    result.unwrap_or_else(|error| panic!("{error}"));
}
