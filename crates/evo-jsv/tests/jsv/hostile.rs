//! The reader never panics, hangs or overflows the stack, for any bytes and any type.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

#[derive(Deserialize)]
#[expect(dead_code, reason = "only read")]
enum Node {
    Leaf,
    Text(String),
    Pair(char, Option<Box<Node>>),
    Branch { children: Vec<Node>, by_name: BTreeMap<String, Node>, weight: Option<f64> },
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "only read")]
struct Lists(Vec<Lists>);

/// Reads the bytes as several types, because each type accepts different documents.
fn read_as_everything(bytes: &[u8]) {
    let well_formed = evo_jsv::from_slice::<IgnoredAny>(bytes);
    let value = evo_jsv::from_slice::<Value>(bytes);
    assert_eq!(value.is_ok(), well_formed.is_ok());
    if let Ok(value) = value {
        assert!(evo_jsv::to_string(&value).is_ok());
    }
    let errors = [
        evo_jsv::from_slice::<Node>(bytes).err(),
        evo_jsv::from_slice::<Vec<Option<Node>>>(bytes).err(),
        evo_jsv::from_slice::<Lists>(bytes).err(),
        evo_jsv::from_slice::<Vec<char>>(bytes).err(),
        evo_jsv::from_slice::<BTreeMap<char, i8>>(bytes).err(),
        evo_jsv::from_slice::<BTreeMap<bool, Vec<f32>>>(bytes).err(),
        evo_jsv::from_slice::<(u8, (Option<String>,), [i128; 2])>(bytes).err(),
        evo_jsv::from_slice::<String>(bytes).err(),
        evo_jsv::from_slice::<()>(bytes).err(),
        well_formed.err(),
    ];
    for error in errors.into_iter().flatten() {
        assert!(error.offset().is_some_and(|offset| offset <= bytes.len()), "{error}");
    }
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, rng_seed: RngSeed::Fixed(4), failure_persistence: None, ..ProptestConfig::default() }
}

const DOCUMENTS: [&str; 5] = [
    r#"{Name:"Me, Junior",Size:"2"" x 1""",E:"",B:True,L:[1,2,3],M:{"a:b":x},LS:[a,"",,"b,c"]}"#,
    "{2012-05-01T10:20:30.1234567Z:1,2012-05-01T10:20:30+08:00:2}",
    r#"{Branch:{children:[Leaf,{Text:"a:b"},{Pair:[x,]},{Pair:[",",Leaf]}],by_name:{a:Leaf},weight:NaN}}"#,
    "[[[],[a]],[[[b]]],☃]",
    "1,,3,\"\u{1d11e}\"",
];

/// A document with some bytes replaced, inserted or removed.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![prop::sample::select(b"\":,{}[]\r\n 0-T\xf0\x80".to_vec()), any::<u8>()];
    let changes = prop::collection::vec((any::<prop::sample::Index>(), prop::option::of(byte), 0_usize..3), 1..5);
    (prop::sample::select(DOCUMENTS.to_vec()), changes).prop_map(|(document, changes)| {
        let mut bytes = document.as_bytes().to_vec();
        for (index, byte, change) in changes {
            let index = index.index(bytes.len() + 1);
            let replaced = index..(index + change).min(bytes.len());
            bytes.splice(replaced, byte);
        }
        bytes
    })
}

proptest! {
    #![proptest_config(config(2_000))]

    #[test]
    fn any_bytes(bytes in any::<Vec<u8>>()) {
        read_as_everything(&bytes);
    }

    #[test]
    fn any_soup_of_special_characters(text in r#"[":,{}\[\]\r\n a1-T]{0,24}"#) {
        read_as_everything(text.as_bytes());
    }

    #[test]
    fn mutated_documents(bytes in mutated()) {
        read_as_everything(&bytes);
    }
}

#[test]
fn the_documents_are_valid() {
    for document in DOCUMENTS {
        assert!(evo_jsv::from_str::<IgnoredAny>(document).is_ok(), "{document}");
    }
    assert!(evo_jsv::from_str::<Node>(DOCUMENTS[2]).is_ok());
}

#[test]
fn long_documents_are_read_in_linear_time() {
    for unit in ["[", "{a:", "\"", "\"\"", ",", ":", "\"x,", " ", "{ "] {
        read_as_everything(unit.repeat(200_000).as_bytes());
    }
}
