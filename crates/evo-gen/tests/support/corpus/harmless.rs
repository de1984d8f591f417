//! Checks that a document cannot inject anything into the generated code.

use std::collections::{BTreeMap, BTreeSet};

use evo_gen::api::{Api, ItemKind};
use evo_gen::config::Settings;
use evo_gen::emit;
use evo_gen::emit::GeneratedFile;
use evo_gen::source::{Document, Limits, read_standard_input};
use proc_macro2::{TokenStream, TokenTree};
use serde_json::Value;

use super::{Outcome, generate, header};

/// Every word of generated code that comes from the generator, Rust or the runtime.
const WORDS: &str = "
    allow as bool Box BTreeMap Bytes cfg_attr char choice Client clippy Clone collection collections const Copy Date dates
    DateTime DateTimeOffset DayOfWeek dead_code Debug Decimal DecimalText Default default DELETE derive doc Download dto else
    enum enum_variant_names Eq evo_runtime f32 f64 flags GET Hash hides HttpStatusCode i16 i32 i64 i8 included KeyValuePair
    mod module_inception new non_exhaustive number operation Option Ord PartialEq PartialOrd PATCH plain POST pub
    PUT QueryResponse raw reason record request required rows rustfmt rustfmt_skip secret self SERVICE Service service setters std String struct
    struct_field_names super text TextOrObject Time TimeSpan Tuple1 Tuple2 Tuple3 Tuple4 Tuple5 Tuple6 Tuple7
    type_complexity typed u16 u32 u64 u8 UnknownValue unused_imports untyped use Uuid Value ValueTuple variants Vec with_new
    only routes with_borrow with_clone with_default with_eq with_fmt with_from with_hash with_into with_ne
    variant_classes variant_members zero_sized_map_values
";

fn read(value: &Value) -> Document {
    read_standard_input(value.to_string().as_bytes(), &Limits::default()).unwrap()
}

/// Generates from a document, with the names of an earlier run.
pub fn outcome(value: &Value, names: &BTreeMap<String, String>) -> Result<Outcome, evo_gen::Error> {
    generate(&read(value), &Settings::default(), names)
}

/// Checks the output of a document: it parses, and contains text of the document only in literals and chosen names.
pub fn check(what: &str, outcome: &Outcome) {
    let known = decided(outcome);
    let mut files = outcome.generated.files.clone();
    let mut paths = BTreeSet::new();
    for file in &files {
        let is_plain =
            |part: &str| part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        let path = file.path.strip_suffix(".rs").unwrap_or_default();
        assert!(path.split('/').all(|part| !part.is_empty() && is_plain(part)), "{what}: the path {:?}", file.path);
        assert!(paths.insert(path), "{what}: {path} twice");
    }
    let single = emit::emit_single(&outcome.api, &header()).unwrap_or_else(|error| panic!("{what}: {error}"));
    files.push(GeneratedFile { path: "single".to_owned(), text: single });
    for file in &files {
        let GeneratedFile { path, text } = file;
        let parsed = syn::parse_file(text);
        assert!(parsed.is_ok(), "{what}: {path} is no Rust: {:?}\n{text}", parsed.err());
        let mut words = BTreeSet::new();
        unknown(text.parse().unwrap(), &known, &mut words);
        assert_eq!(words, BTreeSet::new(), "{what}: words of the document, in {path}\n{text}");
        let hidden =
            text.chars().find(|c| c.is_control() && *c != '\n' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{feff}'));
        assert_eq!(hidden, None, "{what}: a character that shows nothing, in {path}");
    }
}

/// Returns the chosen names, and names that are derived from them: type parameters and methods.
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
        ItemKind::Variants(variants) => {
            let classes = variants.variants.iter().map(|variant| variant.accessor.clone());
            classes.chain(variants.accessors.iter().map(|accessor| accessor.method.clone())).collect()
        }
        _ => Vec::new(),
    })
}

/// Collects the unknown words of a token stream.
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
