//! Lists, maps, pairs, tuples, structs of the API, and objects.

use std::collections::BTreeMap;

use evo_runtime::wire::Key;
use evo_runtime::{
    Bytes, DateTime, KeyValuePair, TextOrObject, Tuple2, Tuple3, UnknownValue, Uuid, Value, ValueTuple, choice, flags,
    record,
};
use serde_json::json;

use super::{read, written};
use crate::case::{Case, items, text};

#[derive(Debug, Clone, PartialEq, Default)]
struct Point {
    x: i32,
    y: i32,
}
record!(Point { x: "X", y: "Y" });

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
struct Access(u64);
flags!(Access {
    /// To read.
    READ: "Read" = 1,
    /// To write.
    WRITE: "Write" = 2,
});

pub(super) async fn json_09(case: Case) {
    let bytes = |index: usize| text(&case.given["bytes"][index]);
    let both = |index: usize| items(&case.given["bytes"][index]).iter().map(text);
    let numbers = BTreeMap::from([(1, "one".to_owned()), (-2, "minus two".to_owned())]);
    assert_eq!(read::<BTreeMap<i32, String>>(bytes(0)), numbers);
    assert_eq!(read::<KeyValuePair<String, i32>>(bytes(1)), KeyValuePair::new("k", 1));
    assert_eq!(read::<Vec<KeyValuePair<String, i32>>>(bytes(2)), [KeyValuePair::new("a", 1)]);
    assert_eq!(read::<Tuple3<String, i32, Point>>(bytes(3)), ("t".to_owned(), 3, Point { x: 1, y: 0 }).into());

    let keys = &case.expect["write_keys"];
    let guid = Uuid::parse_key(text(&keys["Guid"])).unwrap_or_default();
    for bytes in both(4) {
        assert_eq!(read::<BTreeMap<Uuid, bool>>(bytes), BTreeMap::from([(guid, true)]), "{bytes}");
    }
    assert_eq!(guid.key_text(), text(&keys["Guid"]));

    for (bytes, expected) in both(5).zip(["2012-05-01T10:20:30.123Z", "2012-05-01T10:20:30.1234567Z"]) {
        let map = read::<BTreeMap<DateTime, i32>>(bytes);
        assert_eq!(map.keys().map(ToString::to_string).collect::<Vec<_>>(), [expected], "{bytes}");
    }
    let date = text(&keys["DateTime"]);
    assert_eq!(DateTime::parse_key(date).map(|key| key.key_text().into_owned()).as_deref(), Ok(date));

    let both_bits = Access::READ | Access::WRITE;
    for bytes in both(6) {
        assert_eq!(read::<BTreeMap<Access, String>>(bytes), BTreeMap::from([(both_bits, "rw".to_owned())]), "{bytes}");
    }
    assert_eq!(both_bits.key_text(), text(&keys["Access"]));
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
enum Marks {
    #[default]
    AB,
    Size,
    Unknown(UnknownValue),
}
choice!(Marks { AB: "A_B" = 0, Size: "Größe" = 1 } else Unknown);

pub(super) async fn json_12(case: Case) {
    let bytes = |index: usize| text(&case.given["bytes"][index]);
    assert_eq!(read::<Vec<Option<Marks>>>(bytes(0)), [Some(Marks::AB), None, Some(Marks::Size)]);
    assert_eq!(read::<Vec<Option<Vec<i32>>>>(bytes(1)), [Some(vec![1]), None, Some(vec![])]);
    assert_eq!(read::<Vec<Option<Bytes>>>(bytes(2)), [Some(Bytes::from_static(&[1, 2])), None]);
    let rest = format!(r#"{{"key":{},"value":7}}"#, bytes(1));
    assert_eq!(read::<KeyValuePair<Vec<Vec<i32>>, i32>>(&rest).value, 7, "the rest of the response");
}

pub(super) async fn json_20(case: Case) {
    let bytes = |index: usize| text(&case.given["bytes"][index]);
    let map: BTreeMap<String, Option<String>> = read(bytes(0));
    let pairs = [("k", Some("v")), ("a:b", Some("c,d")), ("empty", Some("")), ("null", None)];
    assert_eq!(map, pairs.map(|(key, value)| (key.to_owned(), value.map(str::to_owned))).into());
    let expected = [Some("a,b"), Some(""), None, Some("c\"d"), Some("{x}"), Some("[y]")];
    assert_eq!(read::<Vec<Option<String>>>(bytes(1)), expected.map(|item| item.map(str::to_owned)));
}

pub(super) async fn json_21(case: Case) {
    let bytes = |index: usize| text(&case.given["bytes"][index]);
    assert_eq!(
        read::<TextOrObject>(bytes(0)),
        TextOrObject::text(text(&case.expect["values"][0]).trim_start_matches("text "))
    );
    assert_eq!(read::<TextOrObject>(bytes(1)), TextOrObject::object(json!({"amount": 9.9, "currency": "EUR"})));
}

pub(super) async fn json_22(case: Case) {
    type Sides = ValueTuple<Tuple2<String, i32>>;
    for (index, kept) in [(0, true), (1, true), (2, false)] {
        let bytes = text(&case.given["bytes"][index]);
        let kept = kept.then(|| bytes.trim_matches('"').to_owned());
        assert_eq!(read::<Sides>(bytes), Sides { text: kept, ..Sides::default() }, "{bytes}");
    }
    assert_eq!(written(&Sides::from(Tuple2::from(("left".to_owned(), 1)))), text(&case.expect["write"]));
}

pub(super) async fn json_23(case: Case) {
    for bytes in items(&case.given["bytes"]).iter().map(text) {
        let value: Value = read(bytes);
        assert_eq!(serde_json::from_str::<Value>(bytes).ok(), Some(value.clone()), "{bytes}");
        assert!(!written(&value).contains("__type"), "{bytes}");
        assert_eq!(written(&value).len() < bytes.len(), bytes.contains("__type"), "{bytes}");
    }
}
