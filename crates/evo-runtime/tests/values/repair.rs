//! Bodies that are not valid JSON: known defects of servers are repaired; others are errors with their position.

use std::collections::BTreeMap;

use evo_runtime::transport::{HttpReply, ScriptedTransport};
use evo_runtime::wire::json;
use evo_runtime::{Bytes, Client, ErrorKind, Value, operation, record};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

#[test]
fn holes_words_and_doubled_quotes_are_repaired() {
    // JSON-12, JSON-07
    for (bytes, repaired) in [
        (r#"["A_B",,"Größe"]"#, r#"["A_B",null,"Größe"]"#),
        ("[[1],,[]]", "[[1],null,[]]"),
        (r#"["AQI=",]"#, r#"["AQI=",null]"#),
        ("[,5]", "[null,5]"),
        ("[ , ]", "[null,null]"),
        ("[{\"a\":},{\"b\":,\"c\":[]}]", r#"[{"a":null},{"b":null,"c":[]}]"#),
        (r#"{"x":[NaN,Infinity,-Infinity,-1,"NaN"]}"#, r#"{"x":[null,null,null,-1,"NaN"]}"#),
        (r#"{""can-read"":1,""b\"c"" :[,1]}"#, r#"{"can-read":1,"b\"c":[null,1]}"#),
        (r#"{"":1,"v":["",,""]}"#, r#"{"":1,"v":["",null,""]}"#),
        (
            r#"{"text":"[,,] NaN {\"\"x\"\":1} \\","hole":[,1]}"#,
            r#"{"text":"[,,] NaN {\"\"x\"\":1} \\","hole":[null,1]}"#,
        ),
        ("\u{feff}[1]", "[1]"),
        (
            r#"["\ud83d","a\uDE00b\ud834\udd1e","\ud83d\ud83d\ude00","\\ud83d"]"#,
            "[\"\u{fffd}\",\"a\u{fffd}b\u{1d11e}\",\"\u{fffd}\u{1f600}\",\"\\\\ud83d\"]",
        ),
        (r#"{""\udc00"":[,"\ud800"]}"#, "{\"\u{fffd}\":[null,\"\u{fffd}\"]}"),
    ] {
        let value: Value = json::from_slice(bytes.as_bytes()).unwrap_or_else(|error| panic!("{bytes}: {error}"));
        assert_eq!(value.to_string(), repaired, "{bytes}");
    }
    let marks: Vec<Option<Bytes>> = json::from_slice(br#"["AQI=",]"#).expect("a hole");
    assert_eq!(marks, [Some(Bytes::from_static(&[1, 2])), None]);
    let jagged: Vec<Vec<i32>> = json::from_slice(b"[[1],,[]]").expect("a hole");
    assert_eq!(jagged, [vec![1], vec![], vec![]]);
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Order {
    items: Vec<Item>,
}
record!(Order { items: "Items" });

#[derive(Debug, Clone, PartialEq, Default)]
struct Item {
    marks: Vec<i32>,
    count: Option<i32>,
}
record!(Item { marks: "Marks", count: "Count" });

#[test]
fn an_error_names_path_and_byte() {
    for (bytes, path, offset, text) in [
        (
            "{\"items\":[{},\n{\"marks\":[1,?]}]}",
            "items[1].marks[1]",
            26,
            r"items[1].marks[1]: expected a value, at byte 26",
        ),
        (
            r#"{"items":[{"marks":[,1]},{"marks":[1,?]}]}"#,
            "items[1].marks[1]",
            37,
            r"items[1].marks[1]: expected a value, at byte 37",
        ),
        (
            r#"{"items":[{"marks":[,1],"count":"x"}]}"#,
            "items[0].count",
            32,
            "items[0].count: expected an integer (i32), found text, at byte 32",
        ),
        (r#"{"items":["#, "items[0]", 10, r"items[0]: the document breaks off, at byte 10"),
        ("<html>", "", 0, r"expected a value, at byte 0"),
        ("", "", 0, r"the document breaks off, at byte 0"),
        (
            r#"{"items":[{"marks":[1,"\ud800"]}]}"#,
            "items[0].marks[1]",
            22,
            "items[0].marks[1]: expected an integer (i32), found text, at byte 22",
        ),
        ("{} x", "", 3, r"text follows the end of the document, at byte 3"),
    ] {
        let error = json::from_slice::<Order>(bytes.as_bytes()).expect_err(bytes);
        assert_eq!((error.path().as_str(), error.offset()), (path, Some(offset)), "{bytes}");
        assert_eq!(error.to_string(), text, "{bytes}");
        let near = &bytes.as_bytes()[offset.saturating_sub(24)..bytes.len().min(offset + 24)];
        assert_eq!(error.near().map(str::as_bytes), Some(near), "{bytes}");
    }
}

#[test]
fn invalid_utf_8_is_an_error_with_its_offset() {
    let error = json::from_slice::<Order>(b"{\"items\":[{\"marks\":[1,\"\xff\"]}]}").expect_err("no UTF-8");
    assert_eq!(error.to_string(), "items[0].marks[1]: the text is not UTF-8, at byte 23");
}

#[derive(Debug, Clone, PartialEq, Default)]
struct ListOrders {}
record!(ListOrders {});
operation!(ListOrders: GET "/orders" => Order);

/// Returns the error for a body that cannot be repaired.
#[tokio::test]
async fn the_error_of_a_call_also_names_the_operation() {
    for (content_type, body, text) in [
        (
            "application/json; charset=utf-8",
            r#"{"items":[{"marks":[,1]},{"marks":[1,?]}]}"#,
            r"ListOrders: 200 items[1].marks[1]: expected a value, at byte 37",
        ),
        (
            "application/json",
            r#"{"items":[{},{"count":"x"}]}"#,
            "ListOrders: 200 items[1].count: expected an integer (i32), found text, at byte 22",
        ),
        (
            "application/jsv",
            "{items:[{},{count:x}]}",
            "ListOrders: 200 items[1].count: expected an integer (i32), found text, at byte 18",
        ),
    ] {
        let server = ScriptedTransport::new([HttpReply::of(200, content_type, body)]);
        let client = Client::builder("https://h").transport(server).build().expect("a base URL");
        let error = client.send(ListOrders {}).await.expect_err(body);
        assert_eq!((error.kind(), error.body()), (ErrorKind::Decode, body.as_bytes()));
        assert_eq!(error.to_string(), text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, rng_seed: RngSeed::Fixed(5), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_panics(text in r#"[\[\]{},:" NaIfinty0-9.\\x-]{0,40}"#) {
        let _ = json::from_slice::<Value>(text.as_bytes());
        let _ = json::from_slice::<BTreeMap<String, Vec<f64>>>(text.as_bytes());
    }

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
        let _ = json::from_slice::<Value>(&bytes);
    }

    /// The repair does not change strings, and finds every hole.
    #[test]
    fn holes_among_any_texts(texts in proptest::collection::vec(proptest::option::of(".*"), 1..6)) {
        let written: Vec<String> =
            texts.iter().map(|text| text.as_ref().map_or(String::new(), |text| json::to_string(text).unwrap_or_default())).collect();
        let body = format!("[{}]", written.join(","));
        let read: Vec<Option<String>> = json::from_slice(body.as_bytes()).expect("holes only");
        // A single null cannot be distinguished from none.
        let expected = if texts == [None] { vec![] } else { texts };
        prop_assert_eq!(read, expected);
    }
}
