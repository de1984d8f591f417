//! The addresses of calls, and the content of their queries and bodies (section 5).

use std::collections::BTreeMap;

use evo_runtime::{
    Address, Bytes, DateTime, Decimal, Operation, PreparedRequest, TimeSpan, Uuid, choice, flags, operation, record,
};
use percent_encoding::percent_decode_str;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::case::{self, Case, cases, dto, items, text};

cases![
    url_01, url_02, url_03, url_04, url_05, url_06, url_07, url_08, url_09, url_10, url_11, url_12, url_13, url_14,
    url_15, url_16, url_17, url_18, url_19, url_20, url_21, url_22, url_23, url_24, url_25, url_26, url_28, url_29,
    url_30, url_31, url_32, url_33
];

/// The default addresses of a client.
const API: &[Address] = &[Address::Api];

/// The addresses of a client that uses declared routes.
const ROUTES: &[Address] = &[Address::Routes, Address::Api];

macro_rules! operations {
    ($($name:ident { $($member:ident: $type:ty = $wire:literal),* } $verb:ident $($route:literal),*;)+) => {$(
        #[derive(Debug, Clone, PartialEq, Default)]
        struct $name { $($member: Option<$type>),* }
        record!($name { $($member: $wire),* });
        operation!($name: $verb $($route),* => Value);
    )+};
}

operations! {
    Hello { name: String = "Name", limit: i32 = "Limit" } GET;
    FindSession { id: String = "Id", account_id: String = "AccountId", status: String = "Status" }
        GET "/sessions", "/sessions/{Id}", "/accounts/{AccountId}/sessions/{Id}";
    Search {
        ids: Vec<i32> = "Ids", names: Vec<String> = "Names", filter: Range = "Filter", range: Range = "Range",
        ranges: Vec<Range> = "Ranges", map: BTreeMap<String, String> = "Map", empty: Vec<i32> = "Empty",
        note: String = "Note", text: String = "Text"
    } GET;
    SaveNote { id: i32 = "Id", text: String = "Text", opt: String = "Opt" } POST "/notes", "/notes/{Id}";
    RemoveMember { session_id: String = "SessionId", member_to_remove: String = "MemberToRemove" }
        DELETE "/sessions/{sessionId}/members/{memberId}";
    ReadPath { path: String = "Path", v: i32 = "V", version: i32 = "Version" } GET "/files/{Path*}";
    P { code: String = "Code", name: String = "Name" } GET "/p/{Code}", "/p/{Name}";
    Report { id: String = "Id", format: String = "Format" } GET "/reports/{Id}.{Format}";
    Routeless { note: String = "Note" } POST;
    Anything { note: String = "Note" } POST "/anything";
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Range {
    from: Option<i32>,
    to: Option<i32>,
    tags: Option<Vec<String>>,
}
record!(Range { from: "From", to: "To", tags: "Tags" });

fn prepared<T: Operation>(addresses: &[Address], operation: T) -> PreparedRequest {
    case::client(addresses, []).0.call(operation).prepare().unwrap()
}

/// Returns the address without the host.
fn target(request: &PreparedRequest) -> &str {
    request.url().as_str().strip_prefix("https://h").unwrap()
}

fn body(request: &PreparedRequest) -> Option<&str> {
    request.body().as_bytes().filter(|body| !body.is_empty()).map(|body| std::str::from_utf8(body).unwrap())
}

/// Returns the decoded members of the query.
fn query(request: &PreparedRequest) -> Value {
    let pairs = request.url().query().unwrap_or_default().split('&').map(|pair| {
        let (name, value) = pair.split_once('=').unwrap();
        (name.to_owned(), Value::from(percent_decode_str(value).decode_utf8().unwrap().into_owned()))
    });
    Value::Object(pairs.collect())
}

/// Whether an operation has the routes of the case.
fn assert_routes<T: Operation>(case: &Case) {
    let routes: Vec<&str> = items(&case.given["routes"]).iter().map(|route| text(&route["path"])).collect();
    assert_eq!(T::SPEC.routes, routes, "{}", case.id);
}

/// Returns the verb and address of the DTO of the case with declared routes, and with the default addresses if the case has them.
fn assert_call<T: Operation + DeserializeOwned>(case: &Case) -> PreparedRequest {
    let request = prepared(ROUTES, dto::<T>(&case.given["dto"]));
    assert_eq!(
        (request.method().as_str(), target(&request)),
        (text(&case.expect["method"]), text(&case.expect["url"]))
    );
    if let Some(by_default) = case.expect["in_default_mode"].as_str().filter(|text| text.starts_with('/')) {
        assert_eq!(target(&prepared(API, dto::<T>(&case.given["dto"]))), by_default);
    }
    request
}

/// Returns the addresses of the DTOs of the case with declared routes.
fn assert_each<T: Operation + DeserializeOwned>(case: &Case) {
    let (values, urls) = (items(&case.given["dto"]), items(&case.expect["each_url"]));
    assert_eq!(values.len(), urls.len());
    for (value, url) in values.iter().zip(urls) {
        let request = prepared(ROUTES, dto::<T>(value));
        assert_eq!((request.method().as_str(), target(&request)), ("GET", text(url)), "{value}");
        assert_eq!(body(&request), None, "{value}");
    }
}

/// Returns the query of the DTO of the case.
fn assert_query<T: Operation + DeserializeOwned>(case: &Case) {
    let request = prepared(API, dto::<T>(&case.given["dto"]));
    assert_eq!((query(&request), body(&request)), (case.expect["decoded_query"].clone(), None));
}

/// Returns the headers that a case expects, without `Content-Length`, which the transport sets.
fn assert_headers(request: &PreparedRequest, case: &Case) {
    for (name, value) in case.expect["headers"].as_object().unwrap() {
        if name != "Content-Length" {
            assert_eq!(request.headers()[name.as_str()], text(value), "{name}");
        }
    }
    assert!(!request.headers().contains_key("transfer-encoding"));
}

async fn url_01(case: Case) {
    assert_eq!(assert_call::<Hello>(&case).body().as_bytes(), Some(&[][..]));
}

async fn url_02(case: Case) {
    assert_routes::<FindSession>(&case);
    assert_call::<FindSession>(&case);
}

async fn url_03(case: Case) {
    assert_call::<FindSession>(&case);
}

async fn url_04(case: Case) {
    let request = assert_call::<FindSession>(&case);
    assert_ne!(target(&request), text(&case.expect["forbidden"]));
}

async fn url_05(case: Case) {
    assert_query::<Search>(&case);
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Defaults {
    id: Option<i32>,
    flag: Option<bool>,
    take: Option<i32>,
    name: Option<String>,
    other: Option<String>,
}
record!(Defaults { id: "Id", flag: "Flag", take: "Take", name: "Name", other: "Other" });
operation!(Defaults as "Q": GET => Value);

async fn url_06(case: Case) {
    // Every member can be omitted, and members that are set are sent: the case accepts both.
    let unset = Defaults { take: Some(0), ..Defaults::default() };
    assert_eq!(target(&prepared(API, unset.clone())), text(&case.expect["url"]));
    let set = Defaults { id: Some(0), flag: Some(false), ..unset.clone() };
    assert_eq!(query(&prepared(API, set)), json!({"id": "0", "flag": "false", "take": "0"}));
    let empty = prepared(API, Defaults { name: Some(String::new()), ..unset });
    assert_eq!((target(&empty), body(&empty)), (text(&case.expect["url"]), None));
}

async fn url_07(case: Case) {
    assert_routes::<SaveNote>(&case);
    let request = assert_call::<SaveNote>(&case);
    assert_eq!(body(&request), case.expect["body"].as_str());
    assert_headers(&request, &case);
    let by_default = prepared(API, dto::<SaveNote>(&case.given["dto"]));
    assert_eq!((target(&by_default), body(&by_default)), ("/api/SaveNote", case.expect["body"].as_str()));
}

async fn url_08(case: Case) {
    assert_routes::<RemoveMember>(&case);
    assert_eq!(assert_call::<RemoveMember>(&case).body().as_bytes(), Some(&[][..]));
    assert_eq!(target(&prepared(API, dto::<RemoveMember>(&case.given["dto"]))), text(&case.expect["url"]));
}

async fn url_09(case: Case) {
    assert_routes::<ReadPath>(&case);
    assert_call::<ReadPath>(&case);
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
#[non_exhaustive]
enum Color {
    #[default]
    Red,
    Green,
    Unknown(evo_runtime::UnknownValue),
}
choice!(Color { Red: "Red" = 0, Green: "Green" = 1 } else Unknown);

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
struct Perms(u64);
flags!(Perms {
    /// Read.
    READ: "Read" = 1,
    /// Write.
    WRITE: "Write" = 2,
});

operations! {
    Q {
        from: DateTime = "From", to: DateTime = "To", span: TimeSpan = "Span", ok: bool = "Ok", color: Color = "Color",
        perms: Perms = "Perms", id: Uuid = "Id", price: Decimal = "Price", blob: Bytes = "Blob"
    } GET;
}

async fn url_10(case: Case) {
    let dto = &case.given["dto"];
    let first = |name: &str| text(&dto[name]).split(' ').next().unwrap().to_owned();
    assert_eq!((first("Span").as_str(), first("Color").as_str(), text(&dto["Perms"])), ("90", "Green", "flags 3"));
    let request = prepared(
        API,
        Q {
            from: Some(first("From").parse().unwrap()),
            to: Some(first("To").parse().unwrap()),
            span: Some("PT90M".parse().unwrap()),
            ok: dto["Ok"].as_bool(),
            color: Some(Color::Green),
            perms: Some(Perms::READ | Perms::WRITE),
            id: Some(text(&dto["Id"]).strip_prefix("guid ").unwrap().parse().unwrap()),
            price: Some(text(&dto["Price"]).parse().unwrap()),
            blob: Some(Bytes::from_static(b"\xfb\xff")),
        },
    );
    assert_eq!(query(&request), case.expect["decoded_query"]);
    assert!(target(&request).contains("blob=%2B%2F8%3D"), "{}", target(&request));
}

async fn url_11(case: Case) {
    assert_routes::<P>(&case);
    assert_call::<P>(&case);
}

async fn url_12(case: Case) {
    let request = assert_call::<FindSession>(&case);
    assert!(!items(&case.expect["forbidden"]).contains(&Value::from(target(&request))));
}

async fn url_13(case: Case) {
    assert_each::<FindSession>(&case);
}

async fn url_14(case: Case) {
    assert_each::<FindSession>(&case);
}

#[derive(Debug, Clone, PartialEq, Default)]
struct ReadPathOfEndpoints {
    path: Option<String>,
    version: Option<i32>,
}
record!(ReadPathOfEndpoints { path: "Path", version: "Version" });
operation!(ReadPathOfEndpoints as "ReadPath": GET "/files/{**Path}" => Value);

async fn url_15(case: Case) {
    let routes = [ReadPath::SPEC.routes, ReadPathOfEndpoints::SPEC.routes].concat();
    assert_eq!(items(&case.given["routes_either"]), routes);
    let requests = [assert_call::<ReadPath>(&case), assert_call::<ReadPathOfEndpoints>(&case)];
    for request in requests {
        assert!(!target(&request).contains(text(&case.expect["forbidden"])));
    }
}

async fn url_16(case: Case) {
    assert_each::<ReadPath>(&case);
}

async fn url_17(case: Case) {
    assert_routes::<Report>(&case);
    let requests = items(&case.given["dto"]).iter().map(|value| prepared(ROUTES, dto::<Report>(value)));
    let calls: Vec<String> =
        requests.map(|request| format!("{} {}", target(&request), body(&request).unwrap_or_default())).collect();
    assert_eq!(
        calls,
        [format!("{} ", text(&case.expect["each_url"][0])), r#"/api/Report {"id":"a.b","format":"pdf"}"#.to_owned()]
    );
}

async fn url_18(case: Case) {
    assert_query::<Search>(&case);
}

operations! {
    Nested {
        names: Vec<Option<String>> = "Names", maybe_ints: Vec<Option<i32>> = "MaybeInts", jagged: Vec<Vec<i32>> = "Jagged"
    } GET;
}

async fn url_19(case: Case) {
    assert_query::<Nested>(&case);
}

async fn url_20(case: Case) {
    assert_query::<Search>(&case);
}

#[derive(Debug, Clone, PartialEq, Default)]
struct SearchAnything {
    map: Option<Value>,
    text: Option<String>,
}
record!(SearchAnything { map: "Map", text: "Text" });
operation!(SearchAnything as "Search": GET => Value);

async fn url_21(case: Case) {
    let (values, bodies) = (items(&case.given["dto"]), items(&case.expect["body"]));
    assert_eq!(values.len(), bodies.len());
    for (value, expected) in values.iter().zip(bodies) {
        let search = dto::<SearchAnything>(value);
        let request = match value["keep_empty"].as_bool() {
            Some(true) => case::client(API, []).0.call(search).keep_empty_texts().prepare().unwrap(),
            _ => prepared(API, search),
        };
        let call = (request.method().as_str(), target(&request), body(&request));
        assert_eq!(call, (text(&case.expect["method"]), text(&case.expect["url"]), expected.as_str()), "{value}");
        assert_headers(&request, &case);
    }
}

async fn url_22(case: Case) {
    let request = assert_call::<Report>(&case);
    assert_eq!(body(&request), case.expect["body"].as_str());
}

async fn url_23(case: Case) {
    assert_eq!(text(&case.given["dto"]["Text"]), "a repeated 9000 times");
    let long = "a".repeat(9000);
    let request = prepared(API, Search { text: Some(long.clone()), ..Search::default() });
    let call = (request.method().as_str(), target(&request), body(&request));
    let expected = format!(r#"{{"text":"{long}"}}"#);
    assert_eq!(call, (text(&case.expect["method"]), text(&case.expect["url"]), Some(expected.as_str())));
}

async fn url_24(case: Case) {
    assert_eq!(assert_call::<RemoveMember>(&case).body().as_bytes(), Some(&[][..]));
}

async fn url_25(case: Case) {
    let request = assert_call::<Routeless>(&case);
    assert_eq!(body(&request), case.expect["body"].as_str());
}

async fn url_26(case: Case) {
    assert_routes::<Anything>(&case);
    assert_eq!(Anything::SPEC.method, text(&case.given["metadata_method"]));
    let request = prepared(API, Anything::default());
    let call = (request.method().as_str(), target(&request), body(&request));
    assert_eq!(call, (text(&case.expect["method"]), text(&case.expect["url"]), Some("{}")));
}

async fn url_28(case: Case) {
    for addresses in [API, ROUTES, &[Address::Reply]] {
        assert_headers(&prepared(addresses, Anything::default()), &case);
        let request = prepared(addresses, Hello::default());
        assert_headers(&request, &case);
        assert_eq!(request.headers().get_all("accept").iter().count(), 1);
    }
}

async fn url_29(case: Case) {
    assert_each::<Search>(&case);
}

async fn url_30(case: Case) {
    let error = case::answer::<Search>(case::reply(&case.given)).await.unwrap_err();
    let fields: Vec<&str> = error.field_errors().iter().map(|field| field.field_name.as_deref().unwrap()).collect();
    assert_eq!(json!({"errorCode": error.error_code(), "fieldErrors": fields}), case.expect);
}

#[derive(Debug, Clone, PartialEq, Default)]
struct FindGet {
    q: Option<String>,
    map: Option<Value>,
    anything: Option<Value>,
}
record!(FindGet { q: "Q", map: "Map", anything: "Anything" });
operation!(FindGet: GET => Value);

/// The responses of the three kinds of hosts, and the requests that two calls send to each of them.
async fn url_31(case: Case) {
    use evo_runtime::transport::HttpReply;

    let refused = || HttpReply::of(405, "", "").with_header("allow", "GET");
    let found = || HttpReply::of(200, "application/json", "{}");
    let (post, extension, get) = ("POST /api/FindGet", "POST /api/FindGet.json", "GET /api/FindGet");
    let hosts = [
        (vec![found(), found()], vec![post, post]),
        (vec![refused(), found(), found()], vec![post, extension, extension]),
        (vec![refused(), refused(), found(), found()], vec![post, extension, get, get]),
    ];
    assert_eq!(items(&case.given["hosts"]).len(), hosts.len());
    for (answers, expected) in hosts {
        let (client, server) = case::client(API, answers);
        for _ in 0..2 {
            client.call(dto::<FindGet>(&case.given["dto"])).keep_empty_texts().send().await.unwrap();
        }
        let mut made = Vec::new();
        for request in server.requests() {
            made.push(format!("{} {}", request.method(), request.uri().path()));
            let body: Value = serde_json::from_slice(request.body().as_bytes().unwrap()).unwrap();
            assert_eq!(body, json!({"q": "", "map": {"a": null}}));
            assert_eq!(request.headers().contains_key("x-http-method-override"), request.method() == "POST");
        }
        assert_eq!(made, expected, "{}", case.expect["never"]);
    }
}

async fn url_32(case: Case) {
    let request = prepared(API, dto::<FindGet>(&case.given["dto"]));
    let call = (request.method().as_str(), target(&request), body(&request));
    assert_eq!(call, (text(&case.expect["method"]), text(&case.expect["url"]), None));
}

async fn url_33(case: Case) {
    let request = prepared(API, dto::<FindGet>(&case.given["dto"]));
    assert_eq!((target(&request), body(&request)), ("/api/FindGet", Some(r#"{"anything":{"a":1}}"#)));
    let request = prepared(API, FindGet { anything: Some(json!("t")), ..FindGet::default() });
    assert_eq!((target(&request), body(&request)), ("/api/FindGet?anything=t", None));
}
