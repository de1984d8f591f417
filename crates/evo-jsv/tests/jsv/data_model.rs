//! Every kind of the serde data model: exact output, and round trips of generated values.

use std::collections::BTreeMap;
use std::fmt::Debug;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Serialize, Deserialize, Debug, Clone, PartialEq)]
enum Shape {
    Unit,
    #[serde(rename = "a:b")]
    Special,
    Newtype(String),
    Nothing(Option<u8>),
    One((Option<u8>,)),
    Tuple(i32, String),
    Struct {
        text: String,
        number: Option<f64>,
    },
    Nested(Box<Shape>),
}

#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    North,
    #[serde(rename = "south, west")]
    SouthWest,
}

#[derive(Serialize, Deserialize, Debug, Clone, Default, PartialEq)]
struct Marker;

#[derive(Serialize, Deserialize, Debug, Clone, PartialEq)]
struct Wrapped(String);

#[derive(Serialize, Deserialize, Debug, Clone, PartialEq)]
struct Pair(char, Option<bool>);

#[derive(Serialize, Deserialize, Debug, Clone, PartialEq)]
struct Numbers {
    i: (i8, i16, i32, i64, i128),
    u: (u8, u16, u32, u64, u128),
    single: f32,
    double: f64,
}

#[derive(Serialize, Deserialize, Debug, Clone, PartialEq)]
struct Everything {
    bool: bool,
    char: char,
    text: String,
    #[serde(rename = "odd, name")]
    optional: Option<String>,
    optional_map: Option<BTreeMap<String, bool>>,
    #[serde(default)]
    unit: (),
    #[serde(default)]
    marker: Marker,
    numbers: Numbers,
    wrapped: Wrapped,
    pair: Pair,
    one: (Option<u8>,),
    array: [u8; 3],
    list: Vec<Option<String>>,
    lists: Vec<Vec<char>>,
    shapes: Vec<Shape>,
    by_number: BTreeMap<i64, String>,
    by_flag: BTreeMap<bool, u8>,
    by_char: BTreeMap<char, Vec<u8>>,
    by_key: BTreeMap<Key, Shape>,
    by_text: BTreeMap<String, Wrapped>,
}

fn written<T: Serialize>(value: &T, quote_text: bool) -> evo_jsv::Result<String> {
    let mut serializer = evo_jsv::Serializer::new(Vec::new()).quote_text(quote_text);
    value.serialize(&mut serializer)?;
    Ok(String::from_utf8_lossy(&serializer.into_inner()).into_owned())
}

fn assert_round_trip<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    for quote_text in [false, true] {
        let document = written(value, quote_text).unwrap_or_else(|error| format!("not written: {error}"));
        let read = evo_jsv::from_str::<T>(&document).map_err(|error| error.to_string());
        assert_eq!(read.as_ref(), Ok(value), "{document:?}");
    }
}

fn config() -> ProptestConfig {
    ProptestConfig { rng_seed: RngSeed::Fixed(2012), failure_persistence: None, ..ProptestConfig::default() }
}

/// Text with many special characters.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        r#"[a-c":,{}\[\]\r\n\t \\☃]{0,8}"#,
        any::<String>(),
        r"20[0-9]{2}-0[1-9]-[0-3][0-9]T10:20:30(Z|\+08:00)?"
    ]
}

fn character() -> impl Strategy<Value = char> {
    prop_oneof![prop::char::any(), prop::sample::select(r#"":,{}[] "#.chars().collect::<Vec<_>>())]
}

/// Excludes lists with a single null, because `[null]` and `[]` have the same text.
fn without_lone_null<T: Debug>(items: impl Strategy<Value = Vec<Option<T>>>) -> impl Strategy<Value = Vec<Option<T>>> {
    items.prop_filter("a lone null", |items| !matches!(items.as_slice(), [None]))
}

fn tree() -> impl Strategy<Value = Value> {
    text().prop_map(Value::String).prop_recursive(5, 64, 6, |inner| {
        let items = without_lone_null(prop::collection::vec(prop::option::of(inner.clone()), 0..6));
        prop_oneof![
            items.prop_map(|items| items.into_iter().map(|item| item.unwrap_or(Value::Null)).collect()),
            prop::collection::btree_map(text(), inner, 0..6).prop_map(|map| map.into_iter().collect()),
        ]
    })
}

fn shape() -> impl Strategy<Value = Shape> {
    let shape = prop_oneof![
        Just(Shape::Unit),
        Just(Shape::Special),
        text().prop_map(Shape::Newtype),
        any::<Option<u8>>().prop_map(Shape::Nothing),
        any::<Option<u8>>().prop_map(|item| Shape::One((item,))),
        (any::<i32>(), text()).prop_map(|(number, text)| Shape::Tuple(number, text)),
        (text(), any::<Option<f64>>()).prop_map(|(text, number)| Shape::Struct { text, number }),
    ];
    shape.prop_recursive(4, 4, 1, |inner| inner.prop_map(|shape| Shape::Nested(Box::new(shape))))
}

fn numbers() -> impl Strategy<Value = Numbers> {
    let i = any::<(i8, i16, i32, i64, i128)>();
    let u = any::<(u8, u16, u32, u64, u128)>();
    let floats = (any::<f32>(), prop_oneof![any::<f64>(), Just(f64::INFINITY), Just(f64::NEG_INFINITY)]);
    (i, u, floats).prop_map(|(i, u, (single, double))| Numbers { i, u, single, double })
}

fn everything() -> impl Strategy<Value = Everything> {
    let scalars = (
        any::<bool>(),
        character(),
        text(),
        prop::option::of(text()),
        prop::option::of(prop::collection::btree_map(text(), any::<bool>(), 0..3)),
        numbers(),
    );
    let tuples = (
        text().prop_map(Wrapped),
        (character(), any::<Option<bool>>()).prop_map(|(char, flag)| Pair(char, flag)),
        any::<(Option<u8>,)>(),
        any::<[u8; 3]>(),
    );
    let lists = (
        without_lone_null(prop::collection::vec(prop::option::of(text()), 0..4)),
        prop::collection::vec(prop::collection::vec(character(), 0..4), 0..4),
        prop::collection::vec(shape(), 0..4),
    );
    let key = prop_oneof![Just(Key::North), Just(Key::SouthWest)];
    let maps = (
        prop::collection::btree_map(any::<i64>(), text(), 0..3),
        prop::collection::btree_map(any::<bool>(), any::<u8>(), 0..3),
        prop::collection::btree_map(character(), any::<Vec<u8>>(), 0..3),
        prop::collection::btree_map(key, shape(), 0..3),
        prop::collection::btree_map(text(), text().prop_map(Wrapped), 0..3),
    );
    (scalars, tuples, lists, maps).prop_map(|(scalars, tuples, lists, maps)| {
        let (bool, char, text, optional, optional_map, numbers) = scalars;
        let (wrapped, pair, one, array) = tuples;
        let (list, lists, shapes) = lists;
        let (by_number, by_flag, by_char, by_key, by_text) = maps;
        Everything {
            bool,
            char,
            text,
            optional,
            optional_map,
            unit: (),
            marker: Marker,
            numbers,
            wrapped,
            pair,
            one,
            array,
            list,
            lists,
            shapes,
            by_number,
            by_flag,
            by_char,
            by_key,
            by_text,
        }
    })
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn trees_round_trip(tree in tree()) {
        assert_round_trip(&tree);
    }

    #[test]
    fn structs_round_trip(everything in everything()) {
        assert_round_trip(&everything);
    }

    #[test]
    fn scalars_round_trip_as_documents(text in text(), char in character(), number in any::<f64>(), shape in shape()) {
        assert_round_trip(&text);
        assert_round_trip(&char);
        assert_round_trip(&number);
        assert_round_trip(&shape);
        assert_round_trip(&Some(text));
    }
}

fn everything_sample() -> Everything {
    Everything {
        bool: true,
        char: ',',
        text: "a b".to_owned(),
        optional: None,
        optional_map: Some(BTreeMap::new()),
        unit: (),
        marker: Marker,
        numbers: Numbers {
            i: (-1, 2, -3, i64::MIN, i128::MIN),
            u: (1, 2, 3, u64::MAX, u128::MAX),
            single: 0.1,
            double: f64::NEG_INFINITY,
        },
        wrapped: Wrapped(" a".to_owned()),
        pair: Pair('x', None),
        one: (None,),
        array: [1, 2, 3],
        list: vec![None, Some("\"".to_owned())],
        lists: vec![vec![], vec![']', ' ', 'z']],
        shapes: vec![
            Shape::Unit,
            Shape::Special,
            Shape::Newtype("b,c".to_owned()),
            Shape::Nothing(None),
            Shape::Tuple(1, String::new()),
            Shape::Struct { text: "t".to_owned(), number: None },
            Shape::Nested(Box::new(Shape::Unit)),
        ],
        by_number: BTreeMap::from([(-1, "x".to_owned())]),
        by_flag: BTreeMap::from([(false, 0), (true, 1)]),
        by_char: BTreeMap::from([(':', vec![255])]),
        by_key: BTreeMap::from([(Key::North, Shape::Unit), (Key::SouthWest, Shape::Nothing(Some(1)))]),
        by_text: BTreeMap::from([(String::new(), Wrapped("w".to_owned())), ("k".to_owned(), Wrapped(String::new()))]),
    }
}

#[test]
fn every_kind_is_written() {
    let document = concat!(
        r#"{bool:true,char:",",text:a b,optional_map:{},"#,
        "numbers:{i:[-1,2,-3,-9223372036854775808,-170141183460469231731687303715884105728],",
        "u:[1,2,3,18446744073709551615,340282366920938463463374607431768211455],single:0.1,double:-Infinity},",
        r#"wrapped:" a",pair:[x,],one:[],array:[1,2,3],list:[,""""],lists:[[],["]"," ",z]],"#,
        r#"shapes:[Unit,"a:b",{Newtype:"b,c"},{Nothing:},{Tuple:[1,""]},{Struct:{text:t}},{Nested:Unit}],"#,
        r#"by_number:{-1:x},by_flag:{false:0,true:1},by_char:{":":[255]},"#,
        r#"by_key:{North:Unit,"south, west":{Nothing:1}},by_text:{"":w,k:""}}"#,
    );
    assert_eq!(evo_jsv::to_string(&everything_sample()).unwrap(), document);
    assert_eq!(evo_jsv::from_str::<Everything>(document).unwrap(), everything_sample());
}

#[test]
fn quote_text_does_not_quote_names_numbers_and_booleans() {
    let document = concat!(
        r#"{bool:true,char:",",text:"a b",optional_map:{},"#,
        "numbers:{i:[-1,2,-3,-9223372036854775808,-170141183460469231731687303715884105728],",
        "u:[1,2,3,18446744073709551615,340282366920938463463374607431768211455],single:0.1,double:-Infinity},",
        r#"wrapped:" a",pair:["x",],one:[],array:[1,2,3],list:[,""""],lists:[[],["]"," ","z"]],"#,
        r#"shapes:["Unit","a:b",{Newtype:"b,c"},{Nothing:},{Tuple:[1,""]},{Struct:{text:"t"}},{Nested:"Unit"}],"#,
        r#"by_number:{"-1":"x"},by_flag:{"false":0,"true":1},by_char:{":":[255]},"#,
        r#"by_key:{"North":"Unit","south, west":{Nothing:1}},by_text:{"":"w","k":""}}"#,
    );
    assert_eq!(written(&everything_sample(), true).unwrap(), document);
}

#[test]
fn names_with_special_characters_are_quoted() {
    let sample = Everything { optional: Some("o".to_owned()), ..everything_sample() };
    assert!(evo_jsv::to_string(&sample).unwrap().contains(r#","odd, name":o,"#));
    assert_round_trip(&sample);
}

/// A number with more digits than `f64`, which serializes like `serde_json::value::RawValue`.
#[derive(Debug, PartialEq)]
struct Digits(&'static str);

const RAW: &str = "$serde_json::private::RawValue";

impl Serialize for Digits {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut raw = serializer.serialize_struct(RAW, 1)?;
        raw.serialize_field(RAW, self.0)?;
        raw.end()
    }
}

/// Deserializes a number as text, like `RawValue`.
#[derive(Debug, PartialEq)]
struct ReadDigits(String);

impl<'de> Deserialize<'de> for ReadDigits {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = ReadDigits;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a number")
            }

            fn visit_newtype_struct<D: serde::Deserializer<'de>>(self, inner: D) -> Result<ReadDigits, D::Error> {
                String::deserialize(inner).map(ReadDigits)
            }
        }
        deserializer.deserialize_newtype_struct(RAW, Visitor)
    }
}

#[test]
fn raw_numbers_keep_their_digits() {
    let digits = "79228162514264337593543950335.000";
    let decimals = BTreeMap::from([("d", vec![Digits(digits), Digits("-0.10")])]);
    let document = format!("{{d:[{digits},-0.10]}}");
    assert_eq!(evo_jsv::to_string(&decimals).unwrap(), document);
    assert_eq!(written(&decimals, true).unwrap(), document.replace("d:", "\"d\":"));
    let expected = BTreeMap::from([("d", vec![ReadDigits(digits.to_owned()), ReadDigits("-0.10".to_owned())])]);
    assert_eq!(evo_jsv::from_str::<BTreeMap<&str, Vec<ReadDigits>>>(&document).unwrap(), expected);

    for text in ["", "1,2", "{}", "\"1\""] {
        let error = evo_jsv::to_string(&[Digits(text)]).unwrap_err();
        assert_eq!(error.to_string(), format!("a raw value must be a number, not {text:?}"));
    }
}
