//! Values in JSV (section 4, Appendix A).

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::unused_async,
    reason = "tests fail by panicking, and all of them have one form"
)]

use std::collections::{BTreeMap, BTreeSet};

use evo_runtime::transport::HttpReply;
use evo_runtime::wire::{Encode, Wire, jsv};
use evo_runtime::{
    Address, Bytes, Client, Date, DateTime, DateTimeOffset, Decimal, ErrorKind, Format, Time, TimeSpan, Uuid, Value,
    operation, record,
};

use crate::case::{self, Case, cases, items, text};

cases![jsv_01, jsv_02, jsv_03, jsv_04, jsv_05, jsv_06, jsv_07];

#[test]
fn every_case_has_a_test() {
    let of_area = case::all().iter().filter(|case| case.area == "jsv").map(|case| case.id.clone());
    let tested = CASES.iter().map(|name| case::id_of(name));
    assert_eq!(tested.collect::<BTreeSet<_>>(), of_area.collect());
}

/// Reads JSV like the client.
fn read<T: Wire>(bytes: &str) -> T {
    let mut value = T::default();
    jsv::read_slice(bytes.as_bytes(), &mut value).unwrap_or_else(|error| panic!("{bytes}: {error}"));
    value
}

/// Writes JSV like the client.
fn written(value: &dyn Encode) -> String {
    let bytes = jsv::to_vec(value).unwrap_or_else(|error| panic!("{error}"));
    String::from_utf8(bytes).unwrap_or_else(|error| panic!("{error}"))
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Sample {
    name: Option<String>,
    size: Option<String>,
    e: Option<String>,
    n: Option<String>,
    b: bool,
    l: Vec<i32>,
    m: BTreeMap<String, Option<String>>,
    ls: Vec<Option<String>>,
}
record!(Sample { name: "Name" as "Name", size: "Size" as "Size", e: "E" as "E", n: "N" as "N", b: "B" as "B", l: "L" as "L", m: "M" as "M", ls: "LS" as "LS" });

async fn jsv_01(case: Case) {
    let sample: Sample = case::dto(&case.given["object"]);
    let bytes = text(&case.expect["bytes"]);
    assert_eq!(written(&sample), bytes.replace("True", "true"));
    let mut without_null = sample;
    without_null.m.retain(|_, value| value.is_some());
    assert_eq!(read::<Sample>(bytes), without_null);
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Node {
    name: String,
    children: Vec<Node>,
}
record!(Node { name: "Name" as "Name", children: "Children" as "Children" });

#[derive(Debug, Clone, PartialEq, Default)]
struct Priced {
    tree: Node,
    price: String,
}
record!(Priced { tree: "Tree" as "Tree", price: "Price" as "Price" });

async fn jsv_02(case: Case) {
    let bytes = |index: usize| text(&case.given["bytes"][index]);
    let expected = &case.expect["values"];
    assert_eq!(read::<BTreeMap<String, String>>(bytes(0)), case::dto(&expected[0]));
    assert_eq!(read::<Vec<i32>>(bytes(1)), case::dto::<Vec<i32>>(&expected[1]));
    assert_eq!(read::<Vec<BTreeMap<String, i32>>>(bytes(2)), case::dto::<Vec<_>>(&expected[2]));
    assert_eq!(read::<Priced>(bytes(3)), {
        let leaf = |name: &str| Node { name: name.to_owned(), children: vec![] };
        let tree = Node { name: "root".to_owned(), children: vec![leaf("a,b"), leaf("c}")] };
        Priced { tree, price: "9.9 EUR".to_owned() }
    });
    assert_eq!(read::<Value>(bytes(3)), expected[3]);
}

async fn jsv_03(case: Case) {
    let bytes = |index: usize| text(&case.given["bytes"][index]);
    let texts = |index: usize| read::<Vec<Option<String>>>(bytes(index));
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(texts(0), []);
    assert_eq!(texts(1), [some("a"), None, some("b")]);
    assert_eq!(texts(2), [some(""), some("a")]);
    assert_eq!(texts(3), [some("a"), None]);
    assert_eq!(read::<Vec<Option<i32>>>(bytes(4)), [Some(1), None, Some(3)]);
    assert_eq!(read::<Vec<Option<i32>>>(bytes(5)), [None, Some(5)]);
    let map = BTreeMap::from([("k".to_owned(), some("")), ("e".to_owned(), None)]);
    assert_eq!(read::<BTreeMap<String, Option<String>>>(bytes(6)), map);
    assert_eq!(read::<String>(bytes(7)), text(&case.expect["values"][7]));
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Scalars {
    bool: bool,
    u_long: u64,
    float: f32,
    double: f64,
    decimal: Decimal,
    char: char,
    string: Option<String>,
    date_time: DateTime,
    date_time_offset: DateTimeOffset,
    date_only: Date,
    time_only: Time,
    time_span: TimeSpan,
    guid: Uuid,
    uri: Option<String>,
    bytes: Option<Bytes>,
    object: Option<Value>,
}
record!(Scalars {
    bool: "Bool",
    u_long: "ULong",
    float: "Float",
    double: "Double",
    decimal: "Decimal",
    char: "Char",
    string: "String",
    date_time: "DateTime",
    date_time_offset: "DateTimeOffset",
    date_only: "DateOnly",
    time_only: "TimeOnly",
    time_span: "TimeSpan",
    guid: "Guid",
    uri: "Uri",
    bytes: "Bytes",
    object: "Object",
});

#[derive(Debug, Clone, PartialEq, Default)]
struct ScalarSample {
    scalars: Scalars,
}
record!(ScalarSample { scalars: "Scalars" });

/// Returns the JSON response of the same host with ISO 8601 dates, without the members that the case omits.
const JSON_SAMPLE: &str = r#"{"scalars":{"bool":true,"uLong":18446744073709551615,"double":10000000000000000,
    "decimal":12345678901234567.89,"char":"x",
    "string":"quote \" back \\ tab \t newline \n snowman ☃ clef 𝄞 <b>&'+","dateTime":"2012-05-01T10:20:30.1234567Z",
    "dateTimeOffset":"2012-05-01T10:20:30.0000000+08:00","dateOnly":"2012-05-01","timeOnly":"PT14H30M5S",
    "timeSpan":"P1DT12H1.5S","guid":"3f2504e04f8911d39a0c0305e82c3301","uri":"https://example.org/a?b=c",
    "bytes":"AAEC+v8=","object":{"__type":"Lab.Wire.Dog, Lab","barks":true,"name":"Rex","legs":4}}}"#;

async fn jsv_04(case: Case) {
    let expected: ScalarSample = evo_runtime::wire::json::from_slice(JSON_SAMPLE.as_bytes()).expect("the JSON sample");
    assert_eq!(read::<ScalarSample>(text(&case.given["bytes"])), expected);
}

async fn jsv_05(case: Case) {
    let bytes = |index: usize| text(&case.given["bytes"][index]);
    let date: DateTime = "2012-05-01T10:20:30.1234567Z".parse().expect("a date");
    let dates = BTreeMap::from([(date, 1)]);
    assert_eq!(read::<BTreeMap<DateTime, i32>>(bytes(0)), dates);
    assert_eq!(written(&dates), r#"{"2012-05-01T10:20:30.1234567Z":1}"#);
    let numbers = BTreeMap::from([(1, "one".to_owned()), (-2, "minus two".to_owned())]);
    assert_eq!(read::<BTreeMap<i32, String>>(bytes(1)), numbers);
    let guid = Uuid::from_u128(0x3f25_04e0_4f89_11d3_9a0c_0305_e82c_3301);
    assert_eq!(read::<BTreeMap<Uuid, bool>>(bytes(2)), BTreeMap::from([(guid, true)]));
}

async fn jsv_06(case: Case) {
    let value: Scalars = read(text(&case.given["bytes"]));
    assert!(value.float.is_nan());
    let others = Scalars { float: 0.0, ..value };
    // Infinity in a member of type `object` is null, as in JSON.
    let expected = Scalars {
        double: f64::INFINITY,
        time_span: TimeSpan::MIN,
        date_only: Date::constant(1, 1, 1),
        object: Some(Value::Null),
        ..Scalars::default()
    };
    assert_eq!(others, expected);
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Widgets {}
record!(Widgets {});
operation!(Widgets: GET "/widgets" => Vec<String>);

async fn jsv_07(case: Case) {
    assert_eq!(items(&case.given["requests"]).len(), items(&case.expect["answers"]).len());
    let page = HttpReply::of(200, "text/html", "<html><body>a snapshot</body></html>");
    let jsv = HttpReply::of(200, "application/jsv", "[a,\"b,c\"]");
    let missing = HttpReply::of(
        405,
        "application/json; charset=utf-8",
        r#"{"responseStatus":{"errorCode":"NotImplementedException","message":"The operation does not exist for this service","errors":[]}}"#,
    );
    let server = evo_runtime::transport::ScriptedTransport::new([page, jsv, missing]);
    let client = |addresses: &[Address]| {
        let builder = Client::builder("https://h").transport(server.clone()).addresses(addresses.to_vec());
        builder.format(Format::Jsv).build().expect("a base URL")
    };
    let routes = client(&[Address::Routes]);
    assert_eq!(routes.send(Widgets {}).await.expect_err("a page").kind(), ErrorKind::Decode);
    assert_eq!(routes.send(Widgets {}).await.expect("JSV"), ["a", "b,c"]);
    let error = client(&[Address::Reply]).send(Widgets {}).await.expect_err("no such address");
    assert_eq!((error.kind(), error.status().map(|status| status.as_u16())), (ErrorKind::UnknownOperation, Some(405)));
    for request in server.requests() {
        assert_eq!(request.headers().get("accept").and_then(|accept| accept.to_str().ok()), Some("application/jsv"));
    }
}
