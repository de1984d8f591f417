//! JSV as servers write it: bare characters, lists without brackets, words for null, and values without a declared type.

use std::collections::BTreeMap;
use std::fmt::Debug;

use evo_runtime::wire::{Encode, Wire, json, jsv};
use evo_runtime::{
    Bytes, Date, DateTime, DateTimeOffset, Decimal, KeyValuePair, Other, TextOrObject, Time, TimeSpan, Tuple2, Tuple3,
    UnknownValue, Uuid, Value, ValueTuple, choice, collection, flags, record, variants,
};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::json;

fn read<T: Wire>(bytes: &str) -> T {
    let mut value = T::default();
    jsv::read_slice(bytes.as_bytes(), &mut value).unwrap_or_else(|error| panic!("{bytes}: {error}"));
    value
}

fn read_json<T: Wire>(bytes: &str) -> T {
    json::from_slice(bytes.as_bytes()).unwrap_or_else(|error| panic!("{bytes}: {error}"))
}

fn written(value: &dyn Encode) -> String {
    String::from_utf8(jsv::to_vec(value).expect("a value that can be written")).expect("UTF-8")
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Point {
    x: i32,
    y: i32,
}
record!(Point { x: "X", y: "Y" });

#[derive(Debug, Clone, PartialEq, Default)]
struct Collections {
    maybe_ints: Vec<Option<i32>>,
    names: Vec<Option<String>>,
    maybe_list: Vec<Option<i32>>,
    nested: Vec<Vec<String>>,
    array_of_lists: Vec<Vec<i32>>,
    points: Vec<Point>,
    map: BTreeMap<String, String>,
    by_number: BTreeMap<i32, String>,
    by_guid: BTreeMap<Uuid, bool>,
    by_date: BTreeMap<DateTime, i32>,
    groups: BTreeMap<String, Vec<Point>>,
    deep: BTreeMap<String, BTreeMap<i32, Vec<Point>>>,
    anything: BTreeMap<String, Value>,
    blobs: Vec<Bytes>,
    pair: KeyValuePair<String, i32>,
    pairs: Vec<KeyValuePair<String, i32>>,
    two: Tuple2<String, i32>,
    three: Tuple3<String, i32, Point>,
    value: ValueTuple<Tuple2<String, i32>>,
}
record!(Collections {
    maybe_ints: "MaybeInts",
    names: "Names",
    maybe_list: "MaybeList",
    nested: "Nested",
    array_of_lists: "ArrayOfLists",
    points: "Points",
    map: "Map",
    by_number: "ByNumber",
    by_guid: "ByGuid",
    by_date: "ByDate",
    groups: "Groups",
    deep: "Deep",
    anything: "Anything",
    blobs: "Blobs",
    pair: "Pair",
    pairs: "Pairs",
    two: "Two",
    three: "Three",
    value: "Value",
});

#[test]
fn collections_are_the_same_as_in_json() {
    let of_jsv: Collections = read(
        r#"{maybeInts:[1,,3],names:["a,b","",,"c""d","{x}","[y]"],maybeList:[,5],nested:[[a],[],[b,c]],arrayOfLists:[[1,2],[]],points:[{x:1,y:2}],map:{k:v,"a:b":"c,d",empty:""},byNumber:{1:one,-2:minus two},byGuid:{3f2504e04f8911d39a0c0305e82c3301:True},byDate:{2012-05-01T10:20:30.1234567Z:1},groups:{g:[{x:3,y:0}]},deep:{d:{4:[{x:0,y:5}]}},anything:{number:1,text:two,list:[1,x,],point:{__type:"Lab.Wire.Point, Lab",x:9,y:0}},blobs:[AQI=,],pair:{key:k,value:1},pairs:[{key:a,value:1},{key:b,value:2}],two:{item1:t,item2:2},three:{item1:t,item2:3,item3:{x:1,y:0}},value:"(left, 1)"}"#,
    );
    let of_json: Collections = read_json(
        r#"{"maybeInts":[1,null,3],"names":["a,b","",null,"c\"d","{x}","[y]"],"maybeList":[null,5],"nested":[["a"],[],["b","c"]],"arrayOfLists":[[1,2],[]],"points":[{"x":1,"y":2}],"map":{"k":"v","a:b":"c,d","empty":""},"byNumber":{"1":"one","-2":"minus two"},"byGuid":{"3f2504e04f8911d39a0c0305e82c3301":true},"byDate":{"2012-05-01T10:20:30.1234567Z":1},"groups":{"g":[{"x":3,"y":0}]},"deep":{"d":{"4":[{"x":0,"y":5}]}},"anything":{"number":1,"text":"two","list":[1,"x",null],"point":{"__type":"Lab.Wire.Point, Lab","x":9,"y":0}},"blobs":["AQI=",""],"pair":{"key":"k","value":1},"pairs":[{"key":"a","value":1},{"key":"b","value":2}],"two":{"item1":"t","item2":2},"three":{"item1":"t","item2":3,"item3":{"x":1,"y":0}},"value":"(left, 1)"}"#,
    );
    assert_eq!(of_jsv, of_json);
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Lists {
    ints: Vec<i32>,
    spans: Option<Vec<TimeSpan>>,
    nested: Vec<Vec<i32>>,
    amounts: Vec<Decimal>,
    after: i32,
}
record!(Lists { ints: "Ints", spans: "Spans", nested: "Nested", amounts: "Amounts", after: "After" });

#[derive(Debug, Clone, PartialEq, Default)]
struct Path(Vec<Path>);
collection!(Path(Vec<Path>));

#[test]
fn brackets_of_lists_are_optional() {
    assert_eq!(read::<Vec<i32>>("1,2,3"), [1, 2, 3]);
    assert_eq!(
        read::<Vec<Option<String>>>("a,,\"b,c\""),
        ["a", "", "b,c"].map(|text| (!text.is_empty()).then(|| text.to_owned()))
    );
    assert_eq!(read::<Vec<Decimal>>("1.50,2"), [Decimal::new(150, 2), Decimal::new(2, 0)]);
    assert_eq!(read::<Vec<i32>>("7"), [7]);
    assert_eq!(read::<Vec<i32>>(""), Vec::<i32>::new());
    let lists = read::<Lists>("{ints:5,spans:PT1H,nested:[[1,2],3,[]],amounts:9.90,after:1}");
    let span = TimeSpan::from_ticks(36_000_000_000);
    let nested = vec![vec![1, 2], vec![3], vec![]];
    assert_eq!(
        lists,
        Lists { ints: vec![5], spans: Some(vec![span]), nested, amounts: vec![Decimal::new(990, 2)], after: 1 }
    );
    // An endlessly nested list is rejected.
    assert!(jsv::read_slice(b"a", &mut Path::default()).is_err());
}

#[test]
fn arrays_of_several_dimensions_are_rejected() {
    let error = json::from_slice::<Lists>(br#"{"ints":[[1,2],[3,4]],"after":1}"#).expect_err("an `int[,]`");
    assert_eq!(
        error.to_string(),
        "ints[0]: expected an integer (i32), found a list: arrays of several dimensions are not supported, at byte 9"
    );
    for (error, expected) in [
        (json::from_slice::<Vec<Decimal>>(b"[1.50,[2]]").map(drop), "[1]: expected a decimal number"),
        (json::from_slice::<Vec<Option<String>>>(br#"[["a"]]"#).map(drop), "[0]: expected text"),
        (json::from_slice::<Vec<Point>>(br#"[[{"x":1}]]"#).map(drop), "[0]: expected an object (Point)"),
        (jsv::read_slice(b"[[1,2],[3,4]]", &mut Vec::<i64>::new()).map(drop), "[0]: expected an integer (i64)"),
    ] {
        let error = error.expect_err(expected).to_string();
        assert!(error.starts_with(&format!("{expected}, found a list: arrays of several dim")), "{error}");
    }
    // Lists of lists are kept.
    assert_eq!(read_json::<Vec<Value>>("[[1]]"), [json!([1])]);
    assert_eq!(read_json::<Vec<Vec<i32>>>("[[1],[2]]"), [[1], [2]]);
    let error = json::from_slice::<Vec<Vec<i32>>>(br#"[[1],[2,"x"]]"#).expect_err("no number");
    assert_eq!(error.path(), "[1][1]");
}

#[test]
fn lists_of_bytes_are_read_from_base64() {
    assert_eq!(read_json::<Vec<u8>>(r#""AQL/""#), [1, 2, 255]);
    assert_eq!(read_json::<Vec<i8>>(r#""AQL/""#), [1, 2, -1]);
    assert_eq!(read_json::<Vec<Option<u8>>>(r#""AQI=""#), [Some(1), Some(2)]);
    assert_eq!(read::<Vec<u8>>("[1,2,255]"), [1, 2, 255]);
    let error = json::from_slice::<Vec<u8>>(br#""?""#).expect_err("no base64");
    assert_eq!(error.message(), "expected a list, found text");
}

#[test]
fn null_is_an_absent_map() {
    type Map = BTreeMap<String, i32>;
    let map = Map::from([("a".to_owned(), 1)]);
    assert_eq!(read::<Vec<Option<Map>>>("[{a:1},null,{}]"), [Some(map.clone()), None, Some(Map::new())]);
    assert_eq!(read::<Vec<Map>>("[null,{a:1}]"), [Map::new(), map]);
    assert_eq!(read::<Option<String>>("null"), Some("null".to_owned()));
}

#[test]
fn null_values_of_maps_survive_reading_and_are_not_written() {
    type Map = BTreeMap<String, Option<i32>>;
    let map = Map::from([("a".to_owned(), Some(1)), ("b".to_owned(), None)]);
    assert_eq!(read::<Map>("{a:1,b:}"), map);
    assert_eq!(read_json::<Map>(r#"{"a":1,"b":null}"#), map);
    assert_eq!((written(&map).as_str(), json::to_string(&map).ok().as_deref()), ("{a:1}", Some(r#"{"a":1}"#)));
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Chars {
    a: char,
    b: Option<char>,
    c: i32,
}
record!(Chars { a: "A", b: "B", c: "C" });

#[test]
fn characters_are_read_without_quotes() {
    for (bytes, a, b) in [
        ("{a:x,b:y,c:1}", 'x', Some('y')),
        ("{a:,,b:},c:1}", ',', Some('}')),
        ("{a:\",b:{,c:1}", '"', Some('{')),
        ("{a:\",\",c:1}", ',', None),
        ("{a:\0,c:1}", '\0', None),
        ("{c:1}", '\0', None),
    ] {
        assert_eq!(read::<Chars>(bytes), Chars { a, b, c: 1 }, "{bytes}");
    }
    assert_eq!(read::<Vec<Option<char>>>("[a,]"), [Some('a'), None]);
}

#[test]
fn untyped_values_keep_their_json_type() {
    let bytes = r#"{n:1,big:18446744073709551615,f:0.5,neg:-7,yes:True,no:false,zip:007,price:9.90,text:two,q:"1,5",e:"",nothing:,list:[1,x,,"a,b"],inf:-Infinity,exp:1E+16}"#;
    let expected = json!({
        "n": 1, "big": u64::MAX, "f": 0.5, "neg": -7, "yes": true, "no": false, "zip": "007", "price": "9.90",
        "text": "two", "q": "1,5", "e": "", "nothing": null, "list": [1, "x", null, "a,b"], "inf": null, "exp": "1E+16"
    });
    assert_eq!(read::<Value>(bytes), expected);
    assert_eq!(
        read::<BTreeMap<String, Value>>("{a:1,b:x}"),
        BTreeMap::from([("a".to_owned(), json!(1)), ("b".to_owned(), json!("x"))])
    );
    assert_eq!(read::<TextOrObject>("9.90 EUR"), TextOrObject::text("9.90 EUR"));
    assert_eq!(read::<TextOrObject>("{amount:1}"), TextOrObject::object(json!({ "amount": 1 })));
    for (bytes, expected) in
        [("(1, 2)", TextOrObject::text("(1, 2)")), ("{x:1,y:2}", TextOrObject::Object(Point { x: 1, y: 2 }))]
    {
        assert_eq!(read::<TextOrObject<Point>>(bytes), expected, "{bytes}");
        assert_eq!(read::<TextOrObject<Point>>(&written(&expected)), expected, "{bytes}");
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
enum Color {
    #[default]
    Red,
    Blue,
    Unknown(UnknownValue),
}
choice!(Color { Red: "Red" = 0, Blue: "Blue" as "dark-blue" = 1 } else Unknown);

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
struct Access(u64);
flags!(Access {
    /// To read.
    READ: "Read" as "can-read" = 1,
    /// To write.
    WRITE: "Write" = 2,
});

#[derive(Debug, Clone, PartialEq, Default)]
struct Named {
    name: Option<String>,
}
record!(Named { name: "Name" });

#[derive(Debug, Clone, PartialEq, Default)]
struct Dog {
    barks: bool,
    tags: Vec<String>,
    near: Option<Point>,
    name: Option<String>,
}
record!(Dog { barks: "Barks", tags: "Tags", near: "Near", name: "Name" });

#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
enum Animal {
    Dog(Box<Dog>),
    Other(Box<Other<Named>>),
}
variants!(Animal { Dog: "Lab.Dog" } else Other);

#[test]
fn enums_and_classes() {
    assert_eq!(
        read::<Vec<Color>>("[dark-blue,BLUE,1,9,x]"),
        [
            Color::Blue,
            Color::Blue,
            Color::Blue,
            Color::Unknown(UnknownValue::Number(9)),
            Color::Unknown(UnknownValue::Text("x".to_owned()))
        ]
    );
    assert_eq!(
        read::<Vec<Access>>(r#"[3,can-read,"Read, Write",8]"#).iter().map(|access| access.bits()).collect::<Vec<_>>(),
        [3, 1, 3, 8]
    );
    let dog =
        Dog { barks: true, tags: vec!["a".to_owned()], near: Some(Point { x: 1, y: 0 }), name: Some("Rex".to_owned()) };
    // The type can be at any position among the members.
    for bytes in [
        r#"{__type:"Lab.Dog, Lab",barks:True,tags:[a],near:{x:1},name:Rex}"#,
        r#"{barks:True,tags:[a],near:{x:1},name:Rex,__type:"Lab.Dog, Lab"}"#,
    ] {
        assert_eq!(read::<Animal>(bytes), Animal::Dog(Box::new(dog.clone())), "{bytes}");
    }
    // Members before the type stay text.
    let Animal::Other(other) = read::<Animal>("{name:H,mane:{long:True}}") else { panic!("an unknown animal") };
    assert_eq!((other.base.name.as_deref(), Value::Object(other.rest)), (Some("H"), json!({"mane": {"long": "True"}})));
}

#[test]
fn errors_name_path_and_byte() {
    let mut lists = Lists::default();
    let error = jsv::read_slice(b"{after:1,ints:[1,x]}", &mut lists).expect_err("no number");
    assert_eq!(error.path(), "ints[1]");
    assert_eq!(error.offset(), Some(17));
    assert_eq!(error.to_string(), "ints[1]: expected an integer (i32), found text, at byte 17");
    assert_eq!(error.near(), Some("{after:1,ints:[1,x]}"));
    let error = jsv::read_slice(b"{after:1,ints:[1", &mut lists).expect_err("no end");
    assert_eq!((error.path().as_str(), error.offset()), ("ints[0]", Some(16)));
}

fn survives<T: Wire + PartialEq + Debug>(value: &T) -> Result<(), TestCaseError> {
    let bytes = jsv::to_vec(value).expect("a value that can be written");
    let mut read = T::default();
    jsv::read_slice(&bytes, &mut read).map_err(|error| TestCaseError::fail(error.to_string()))?;
    prop_assert_eq!(&read, value);
    prop_assert_eq!(jsv::to_vec(&read).expect("a value that can be written"), bytes);
    Ok(())
}

fn config() -> ProptestConfig {
    ProptestConfig { cases: 512, rng_seed: RngSeed::Fixed(7), failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_record_survives(
        ints in prop::collection::vec(any::<i32>(), 0..4),
        spans in prop::option::of(prop::collection::vec(any::<i64>().prop_map(TimeSpan::from_ticks), 0..4)),
        nested in prop::collection::vec(prop::collection::vec(any::<i32>(), 0..3), 0..4),
        amounts in prop::collection::vec((any::<i64>(), 0..20_u32).prop_map(|(digits, scale)| Decimal::new(digits, scale)), 0..4),
        after in any::<i32>(),
    ) {
        survives(&Lists { ints, spans, nested, amounts, after })?;
    }

    #[test]
    fn any_scalar_survives_in_lists_and_maps(
        texts in prop::collection::btree_map(".*", prop::collection::vec(".*", 0..3), 0..4),
        ticks in 0..=DateTime::MAX.ticks(),
        guid in any::<u128>(),
        bytes in prop::collection::vec(any::<u8>(), 1..20),
        float in any::<f64>().prop_filter("numbers are finite", |float| float.is_finite()),
        c in any::<char>().prop_filter("one unit that stands for itself", |c| *c != '\u{200b}' && c.len_utf16() == 1),
    ) {
        survives(&texts)?;
        let date = DateTime::from_ticks(ticks, evo_runtime::Zone::Utc);
        survives(&BTreeMap::from([(date, vec![date])]))?;
        survives(&BTreeMap::from([(date.date(), vec![DateTimeOffset::try_from(date)?])]))?;
        survives(&BTreeMap::from([(Uuid::from_u128(guid), Bytes::from(bytes))]))?;
        survives(&BTreeMap::from([(date.time(), vec![float])]))?;
        survives(&Chars { a: c, b: Some(c), c: 1 })?;
        survives::<Vec<Date>>(&vec![date.date()])?;
        survives::<Vec<Time>>(&vec![date.time()])?;
    }

    /// Every input results in a value or an error, and the JSON of the value can be read.
    #[test]
    fn no_text_panics(text in r#"[\[\]{},:"a1 NaT0-9.\\-]{0,40}"#) {
        let mut value = Value::Null;
        if jsv::read_slice(text.as_bytes(), &mut value).is_ok() {
            prop_assert!(json::from_slice::<Value>(&json::to_vec(&value)?).is_ok());
        }
        let _ = jsv::read_slice(text.as_bytes(), &mut Lists::default());
        let _ = jsv::read_slice(text.as_bytes(), &mut Collections::default());
        let _ = jsv::read_slice(text.as_bytes(), &mut Path::default());
        let _ = jsv::read_slice(text.as_bytes(), &mut Animal::default());
    }
}
