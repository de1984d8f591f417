//! Input that the reader accepts although the writer does not produce it, and input that it rejects.

use std::collections::BTreeMap;

use evo_jsv::ErrorKind;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

#[track_caller]
#[expect(clippy::panic, reason = "only tests call it")]
fn read<T: DeserializeOwned>(document: &str) -> T {
    evo_jsv::from_str(document).unwrap_or_else(|error| panic!("{document:?}: {error}"))
}

#[test]
fn documents_can_be_bare_text() {
    let cases = [
        ("", json!(null)),
        ("a", json!("a")),
        ("a, b: c]}", json!("a, b: c]}")),
        (" a ", json!(" a ")),
        ("\"a\" \n", json!("a")),
        (r#""""#, json!("")),
        (r#""""""#, json!("\"")),
        ("1,2,3", json!("1,2,3")),
        ("null", json!("null")),
        (" \r\n{a:1}\n", json!({"a": "1"})),
        (r"{a:back\nslash,b:c:\d}", json!({"a": r"back\nslash", "b": r"c:\d"})),
        ("{a:two\r\nlines,b:\"two\r\nlines\"}", json!({"a": "two\r\nlines", "b": "two\r\nlines"})),
        (r#"{a:5" pipe,b:x[1],c:y]}"#, json!({"a": "5\" pipe", "b": "x[1]", "c": "y]"})),
        (r#"[5" pipe,a}b, c ]"#, json!(["5\" pipe", "a}b", " c "])),
        ("{ a:1,\n b: 2,\t\"c\" :\"3\" , d:[x] }", json!({"a": "1", "b": " 2", "c": "3", "d": ["x"]})),
        ("{a:1,}", json!({"a": "1"})),
        ("{:1}", json!({"": "1"})),
        (r#"{"":1,"a:b":2,"c""d":3}"#, json!({"": "1", "a:b": "2", "c\"d": "3"})),
        ("{a:,b:{},c:[],d:[,]}", json!({"a": null, "b": {}, "c": [], "d": [null, null]})),
        ("[[],[[a],[]],{}]", json!([[], [["a"], []], {}])),
    ];
    for (document, expected) in cases {
        assert_eq!(read::<Value>(document), expected, "{document:?}");
    }
}

#[test]
fn scalars_are_parsed_by_type() {
    for document in ["True", "true", "TRUE", "1", " true ", r#""true""#] {
        assert!(read::<bool>(document), "{document:?}");
    }
    for document in ["False", "false", "0"] {
        assert!(!read::<bool>(document), "{document:?}");
    }
    assert_eq!(read::<Vec<i32>>(r#"[ 1,"-2",3 ]"#), [1, -2, 3]);
    assert_eq!(read::<Vec<f64>>("[1,-0.5,1E-05,1.2345678901234568E+17,-Infinity]").len(), 5);
    assert!(read::<f32>("NaN").is_nan());
    assert_eq!(read::<Option<String>>(""), None);
    assert_eq!(read::<Option<String>>(r#""""#), Some(String::new()));
    read::<()>("");
    assert_eq!(read::<Vec<char>>(r#"["""",",",☃,a]"#), ['"', ',', '☃', 'a']);
}

#[test]
fn text_is_borrowed_if_possible() {
    assert_eq!(evo_jsv::from_str::<Vec<&str>>(r#"[a b,"c,d"]"#).unwrap(), ["a b", "c,d"]);
}

#[test]
fn brackets_of_a_list_are_optional() {
    assert_eq!(read::<Vec<Option<i32>>>("1,,3,"), [Some(1), None, Some(3), None]);
    assert_eq!(read::<Vec<String>>(r#""a,b",c"#), ["a,b", "c"]);
    assert_eq!(read::<Vec<String>>("a"), ["a"]);
    assert_eq!(read::<(u8, bool)>("1,true"), (1, true));
    assert_eq!(
        read::<BTreeMap<String, Vec<i32>>>("{a:1,b:[2,3]}"),
        [("a".into(), vec![1]), ("b".into(), vec![2, 3])].into()
    );
}

#[test]
fn unquoted_special_characters_are_read() {
    #[derive(Deserialize, Debug, PartialEq)]
    struct Row {
        c: char,
        d: char,
    }
    for special in [',', '"', '{', '[', '}', ']', ':', ' ', '\0'] {
        for document in [format!("{{c:{special},d:1}}"), format!("{{d:1,c:{special}}}")] {
            assert_eq!(read::<Row>(&document), Row { c: special, d: '1' }, "{document:?}");
        }
    }
    for document in ["{c:,,d:1}", "{d:1,c:,}"] {
        assert_eq!(read::<Value>(document), json!({"c": ",", "d": "1"}), "{document:?}");
        assert_eq!(read::<BTreeMap<String, Option<char>>>(document)["c"], Some(','), "{document:?}");
    }
    assert_eq!(read::<Value>("{c:,d:}"), json!({"c": null, "d": null}));
    assert_eq!(read::<Row>(r#"{c:",",d:","}"#), Row { c: ',', d: ',' });
    assert_eq!(read::<Row>(r#"{c:",d:"}"#), Row { c: '"', d: '"' });
}

#[test]
fn a_map_or_list_can_be_read_as_text() {
    let document = r#"{a:{x:"}",y:[1]},b:[1,{}],c:"{}"}"#;
    let expected = [("a", r#"{x:"}",y:[1]}"#), ("b", "[1,{}]"), ("c", "{}")];
    assert_eq!(evo_jsv::from_str::<BTreeMap<&str, &str>>(document).unwrap(), expected.into());
}

#[derive(Deserialize, Debug, PartialEq)]
struct Person {
    name: String,
    age: u8,
}

#[test]
fn unknown_members_are_skipped() {
    let document = r#"{x:{y:[{},"]"]},name:a,z:,age:7,w:"q""q"}"#;
    assert_eq!(read::<Person>(document), Person { name: "a".to_owned(), age: 7 });
}

#[test]
fn a_struct_can_be_decoded_from_a_list() {
    assert_eq!(read::<Person>("[a,7]"), Person { name: "a".to_owned(), age: 7 });
}

#[derive(Deserialize, Debug, PartialEq)]
enum Choice {
    Plain,
    Holding(i32),
}

#[test]
fn a_unit_variant_can_be_a_map() {
    assert_eq!(
        read::<Vec<Choice>>("[Plain,{Plain:},{ Holding: 3}]"),
        [Choice::Plain, Choice::Plain, Choice::Holding(3)]
    );
}

#[track_caller]
fn assert_fails<T: DeserializeOwned + std::fmt::Debug>(document: &str, kind: ErrorKind, offset: usize) {
    let result = evo_jsv::from_str::<T>(document);
    let found = result.as_ref().map_err(|error| (error.kind(), error.offset())).err();
    assert_eq!(found, Some((kind, Some(offset))), "{document:?}: {result:?}");
}

#[test]
fn malformed_documents_are_errors() {
    let cases = [
        ("\"", ErrorKind::UnclosedQuote, 0),
        ("{a:\"b\"\",c:d}", ErrorKind::UnclosedQuote, 3),
        ("{", ErrorKind::UnclosedMap, 1),
        ("{a", ErrorKind::UnclosedMap, 2),
        ("{a:", ErrorKind::UnclosedMap, 3),
        ("{a:b,", ErrorKind::UnclosedMap, 5),
        ("{a:[b}", ErrorKind::UnclosedList, 6),
        ("[", ErrorKind::UnclosedList, 1),
        ("[a,", ErrorKind::UnclosedList, 3),
        ("{a,b:1}", ErrorKind::MissingColon, 2),
        ("{a}", ErrorKind::MissingColon, 2),
        ("{\"a\"}", ErrorKind::MissingColon, 4),
        ("{,a:1}", ErrorKind::MissingColon, 1),
        ("{a:\"b\"c}", ErrorKind::UnexpectedText, 6),
        ("[\"a\"b]", ErrorKind::UnexpectedText, 4),
        ("[{}}", ErrorKind::UnexpectedText, 3),
        ("{a:1} b", ErrorKind::TrailingText, 6),
        ("[x],a", ErrorKind::TrailingText, 3),
        ("\"a\"b", ErrorKind::TrailingText, 3),
    ];
    for (document, kind, offset) in cases {
        assert_fails::<Value>(document, kind, offset);
        assert_fails::<serde::de::IgnoredAny>(document, kind, offset);
    }
}

#[test]
fn documents_that_do_not_match_the_type_are_errors() {
    assert_fails::<Person>("{name:a,age:x}", ErrorKind::Data, 12);
    assert_fails::<Person>("{name:a,age:256}", ErrorKind::Data, 12);
    assert_fails::<Vec<Person>>("[{name:a,age:1},{name:b}]", ErrorKind::Data, 16);
    assert_fails::<Person>("{name:,age:1}", ErrorKind::Data, 6);
    assert_fails::<BTreeMap<i32, i32>>("{1:1,x:2}", ErrorKind::Data, 5);
    assert_fails::<(i32, i32)>("[1,2,3]", ErrorKind::Data, 5);
    assert_fails::<(i32, i32)>("[1]", ErrorKind::Data, 0);
    assert_fails::<Vec<i32>>("{}", ErrorKind::Data, 0);
    assert_fails::<Choice>("Other", ErrorKind::Data, 0);
    assert_fails::<Vec<Choice>>("[{Other:1}]", ErrorKind::Data, 2);
    assert_fails::<Choice>("{Holding:1,Plain:}", ErrorKind::UnexpectedText, 10);
    assert_fails::<Choice>("{Holding:1", ErrorKind::UnclosedMap, 10);
    assert_fails::<BTreeMap<String, bool>>("{a:yes}", ErrorKind::Data, 3);

    let error = evo_jsv::from_str::<BTreeMap<String, bool>>("{a:yes}").unwrap_err();
    assert_eq!(error.to_string(), r#"expected true or false, found "yes" at byte 3"#);
}

#[test]
fn invalid_utf_8_is_an_error() {
    let error = evo_jsv::from_slice::<Value>(b"{a:\xff}").unwrap_err();
    assert_eq!((error.kind(), error.offset()), (ErrorKind::InvalidUtf8, Some(3)));
}

/// A recursive list, which would never end because a scalar may represent a list.
#[derive(Deserialize, Debug)]
struct Endless(#[expect(dead_code, reason = "only read")] Vec<Endless>);

#[derive(Deserialize, Debug)]
enum Chain {
    #[expect(dead_code, reason = "only read")]
    Link(Box<Chain>),
}

#[test]
fn nesting_depth_is_limited() {
    let lists = |depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let maps = |depth| format!("{}{}", "{a:".repeat(depth), "}".repeat(depth));
    for document in [lists(evo_jsv::MAX_DEPTH), maps(evo_jsv::MAX_DEPTH)] {
        read::<Value>(&document);
    }
    assert_fails::<Value>(&lists(evo_jsv::MAX_DEPTH + 1), ErrorKind::TooDeep, 128);
    assert_fails::<Value>(&maps(100_000), ErrorKind::TooDeep, 3 * 128);
    assert_fails::<String>(&lists(100_000), ErrorKind::TooDeep, 128);

    assert_fails::<Endless>("a", ErrorKind::TooDeep, 0);
    assert_fails::<Endless>("[a]", ErrorKind::TooDeep, 1);

    assert_fails::<Chain>(&"{Link:".repeat(100_000), ErrorKind::TooDeep, 6 * 128);
}

#[test]
fn keys_that_are_not_scalars_cannot_be_written() {
    let maps = [
        evo_jsv::to_string(&BTreeMap::from([(vec![1], 1)])),
        evo_jsv::to_string(&BTreeMap::from([((), 1)])),
        evo_jsv::to_string(&BTreeMap::from([(None::<i32>, 1)])),
    ];
    for result in maps {
        let error = result.unwrap_err();
        assert_eq!((error.kind(), error.offset()), (ErrorKind::UnsupportedKey, None));
    }
    assert_eq!(evo_jsv::to_string(&BTreeMap::from([(Some(1), 1)])).unwrap(), "{1:1}");
}

#[test]
fn errors_of_the_writer_are_reported() {
    let mut buffer = [0; 4];
    let error = evo_jsv::to_writer(buffer.as_mut_slice(), "too long").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Io);
    assert!(std::error::Error::source(&error).is_some());
}
