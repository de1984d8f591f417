//! The addresses of calls, and the content of their queries and bodies.

use std::collections::BTreeMap;

use evo_runtime::transport::{HttpReply, ScriptedTransport};
use evo_runtime::{Address, Client, ErrorKind, Format, Operation, PreparedRequest, Service, operation, record};
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

fn client(addresses: &[Address]) -> Client {
    let client = Client::builder("https://h").transport(ScriptedTransport::default()).build().unwrap();
    client.with_addresses(addresses)
}

fn prepared<T: Operation>(client: &Client, operation: &T) -> PreparedRequest {
    client.prepare(&T::SPEC, operation).unwrap()
}

/// Returns the verb, the address without the host, and the body.
fn call<T: Operation>(client: &Client, operation: &T) -> String {
    let request = prepared(client, operation);
    let target = request.url().as_str().strip_prefix("https://h").unwrap().to_owned();
    let body = std::str::from_utf8(request.body().as_bytes().unwrap()).unwrap();
    let body = if body.is_empty() { String::new() } else { format!(" {body}") };
    assert_eq!(request.headers().get("accept").unwrap(), "application/json");
    assert_eq!(request.headers().contains_key("content-type"), !body.is_empty());
    format!("{} {target}{body}", request.method())
}

#[expect(clippy::unnecessary_wraps, reason = "what a member of a DTO holds")]
fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

const API: &[Address] = &[Address::Api];
const ROUTES: &[Address] = &[Address::Routes, Address::Api];

#[derive(Debug, Clone, PartialEq, Default)]
struct FindSession {
    id: Option<String>,
    account_id: Option<String>,
    status: Option<String>,
}
record!(FindSession { id: "Id", account_id: "AccountId", status: "Status" });
operation!(FindSession: GET "/sessions", "/sessions/{Id}", "/accounts/{AccountId}/sessions/{Id}" => Value);

fn find(id: Option<&str>, account_id: Option<&str>, status: Option<&str>) -> FindSession {
    FindSession {
        id: id.map(str::to_owned),
        account_id: account_id.map(str::to_owned),
        status: status.map(str::to_owned),
    }
}

#[test]
fn the_best_route_is_the_one_that_can_carry_most() {
    for (case, operation, by_route, by_api) in [
        ("URL-02", find(None, None, Some("open now")), "/sessions?status=open%20now", "?status=open%20now"),
        (
            "URL-03",
            find(Some("5"), Some("A&B"), Some("open")),
            "/accounts/A%26B/sessions/5?status=open",
            "?id=5&accountId=A%26B&status=open",
        ),
        ("URL-14 mail", find(Some("s@b.com"), None, None), "/sessions/s%40b.com", "?id=s%40b.com"),
        ("URL-14 percent", find(Some("a b%☃"), None, None), "/sessions/a%20b%25%E2%98%83", "?id=a%20b%25%E2%98%83"),
        (
            "URL-14 delimiters",
            find(Some("a?b#c;d:e"), None, None),
            "/sessions/a%3Fb%23c%3Bd%3Ae",
            "?id=a%3Fb%23c%3Bd%3Ae",
        ),
        (
            "URL-14 a format in the middle",
            find(Some("5"), Some("a.json"), None),
            "/accounts/a.json/sessions/5",
            "?id=5&accountId=a.json",
        ),
    ] {
        assert_eq!(call(&client(ROUTES), &operation), format!("GET {by_route}"), "{case}");
        assert_eq!(call(&client(API), &operation), format!("GET /api/FindSession{by_api}"), "{case} by default");
    }
}

#[test]
fn a_value_that_a_path_cannot_carry_makes_the_route_unusable() {
    for (case, id, query) in [
        ("URL-04", "5/6 ü", "5%2F6%20%C3%BC"),
        ("URL-12", "+18144043093", "%2B18144043093"),
        ("URL-13 json", "a.json", "a.json"),
        ("URL-13 mail", "s@b.json", "s%40b.json"),
        ("URL-13 csv", "a.csv", "a.csv"),
        ("URL-13 jsonl", "a.jsonl", "a.jsonl"),
        ("URL-13 html", "a.html", "a.html"),
        ("upper case", "a.XML", "a.XML"),
        ("dot", ".", "."),
        ("dots", "..", ".."),
        ("NUL", "a\0b", "a%00b"),
    ] {
        let operation = find(Some(id), None, None);
        assert_eq!(call(&client(ROUTES), &operation), format!("GET /api/FindSession?id={query}"), "{case}");
    }
}

#[derive(Debug, Clone, PartialEq, Default)]
struct ReadAny {
    any: Option<Value>,
}
record!(ReadAny { any: "Any" });
operation!(ReadAny: GET "/any/{Any}" => Value);

#[test]
fn objects_are_rejected_in_paths() {
    for (any, expected) in [
        (json!("a b"), "GET /any/a%20b"),
        (json!(1), "GET /api/ReadAny {\"any\":1}"),
        (json!(true), "GET /api/ReadAny {\"any\":true}"),
        (json!({"a": "b"}), "GET /api/ReadAny {\"any\":{\"a\":\"b\"}}"),
        (json!(null), "GET /api/ReadAny"),
    ] {
        assert_eq!(call(&client(ROUTES), &ReadAny { any: Some(any) }), expected);
    }
}

#[derive(Debug, Clone, PartialEq, Default)]
struct ReadPath {
    path: Option<String>,
    version: Option<i32>,
}
record!(ReadPath { path: "Path", version: "Version" });
operation!(ReadPath: GET "/files/{Path*}" => Value);

#[derive(Debug, Clone, PartialEq, Default)]
struct ReadPathOfEndpoints {
    path: Option<String>,
    version: Option<i32>,
}
record!(ReadPathOfEndpoints { path: "Path", version: "Version" });
operation!(ReadPathOfEndpoints as "ReadPath": GET "/files/{**Path}" => Value);

#[test]
fn a_wildcard_is_replaced_by_the_rest_of_the_path() {
    for (case, path, target) in [
        ("URL-09", None, "/files/?version=2"),
        ("URL-15", Some("a b/ü.txt"), "/files/a%20b/%C3%BC.txt?version=2"),
        ("json is harmless", Some("a.json"), "/files/a.json?version=2"),
        ("URL-16 empty segment", Some("a//b"), "/api/ReadPath?path=a%2F%2Fb&version=2"),
        ("URL-16 slash at the end", Some("a/b/"), "/api/ReadPath?path=a%2Fb%2F&version=2"),
        ("URL-16 dots", Some("a/../b"), "/api/ReadPath?path=a%2F..%2Fb&version=2"),
        ("URL-16 plus", Some("a+b"), "/api/ReadPath?path=a%2Bb&version=2"),
        ("URL-16 csv", Some("a.csv"), "/api/ReadPath?path=a.csv&version=2"),
    ] {
        let (path, version) = (path.map(str::to_owned), Some(2));
        let classic = ReadPath { path: path.clone(), version };
        assert_eq!(call(&client(ROUTES), &classic), format!("GET {target}"), "{case}");
        let endpoints = ReadPathOfEndpoints { path, version };
        assert_eq!(call(&client(ROUTES), &endpoints), format!("GET {target}"), "{case}, endpoint spelling");
    }
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Report {
    id: Option<String>,
    format: Option<String>,
}
record!(Report { id: "Id", format: "Format" });
operation!(Report: GET "/reports/{Id}.{Format}" => raw String);

#[derive(Debug, Clone, PartialEq, Default)]
struct Callback {
    callback: Option<String>,
    id: Option<i32>,
}
record!(Callback { callback: "Callback", id: "Id" });
operation!(Callback: GET => Value);

#[test]
fn members_with_reserved_names_are_sent_in_the_body() {
    let report = |id: &str, format: &str| Report { id: text(id), format: text(format) };
    for (case, operation, expected) in [
        ("URL-17", report("12", "pdf"), "GET /reports/12.pdf"),
        ("URL-17 dot", report("a.b", "pdf"), r#"GET /api/Report {"id":"a.b","format":"pdf"}"#),
        ("URL-22", report("12", "csv"), r#"GET /api/Report {"id":"12","format":"csv"}"#),
    ] {
        assert_eq!(call(&client(ROUTES), &operation), expected, "{case}");
    }
    let callback = Callback { callback: text("cb"), id: Some(1) };
    assert_eq!(call(&client(API), &callback), r#"GET /api/Callback {"callback":"cb","id":1}"#);
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Ambiguous {
    code: Option<String>,
    name: Option<String>,
}
record!(Ambiguous { code: "Code", name: "Name" });
operation!(Ambiguous: GET "/p/{Code}", "/p/{Name}" => Value);

#[test]
fn routes_with_different_variables_are_ambiguous() {
    let both = Ambiguous { code: text("c"), name: text("n") };
    assert_eq!(call(&client(ROUTES), &both), "GET /api/Ambiguous?code=c&name=n", "URL-11");
    let one = Ambiguous { code: None, name: text("n") };
    assert_eq!(call(&client(ROUTES), &one), "GET /p/n");
    let error = client(&[Address::Routes]).prepare(&Ambiguous::SPEC, &both).unwrap_err();
    assert_eq!(
        (error.kind(), error.to_string().as_str()),
        (
            ErrorKind::Request,
            "Ambiguous: no declared route can carry the values of this call; add Address::Api or Address::Reply to the \
             addresses of the client"
        )
    );
}

#[derive(Debug, Clone, PartialEq, Default)]
struct SaveNote {
    id: Option<i32>,
    text: Option<String>,
    opt: Option<String>,
}
record!(SaveNote { id: "Id", text: "Text", opt: "Opt" });
operation!(SaveNote: POST "/notes", "/notes/{Id:int}" => Value);

#[derive(Debug, Clone, PartialEq, Default)]
struct RemoveMember {
    session_id: Option<String>,
    member_to_remove: Option<String>,
}
record!(RemoveMember { session_id: "SessionId", member_to_remove: "MemberToRemove" });
operation!(RemoveMember: DELETE "/sessions/{sessionId}/members/{memberId}" => ());

#[test]
fn bodies_contain_the_whole_request_and_unknown_variables_disable_a_route() {
    let note = SaveNote { id: Some(7), text: text("hi"), opt: None };
    assert_eq!(call(&client(ROUTES), &note), r#"POST /notes/7 {"id":7,"text":"hi"}"#, "URL-07");
    assert_eq!(call(&client(API), &note), r#"POST /api/SaveNote {"id":7,"text":"hi"}"#, "URL-07, URL-25");
    assert_eq!(call(&client(ROUTES), &SaveNote::default()), "POST /notes {}", "nothing is set");
    let remove =
        |session: &str, member: &str| RemoveMember { session_id: text(session), member_to_remove: text(member) };
    for addresses in [API, ROUTES] {
        assert_eq!(
            call(&client(addresses), &remove("s1", "m1")),
            "DELETE /api/RemoveMember?sessionId=s1&memberToRemove=m1",
            "URL-08"
        );
        assert_eq!(
            call(&client(addresses), &remove("+1 2", "a/b.json")),
            "DELETE /api/RemoveMember?sessionId=%2B1%202&memberToRemove=a%2Fb.json",
            "URL-24"
        );
    }
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Range {
    from: Option<i32>,
    to: Option<i32>,
    tags: Option<Vec<String>>,
    odd: Option<i32>,
}
record!(Range { from: "From", to: "To", tags: "Tags", odd: "Odd" as "o:d" });

#[derive(Debug, Clone, PartialEq, Default)]
struct Search {
    ids: Option<Vec<i32>>,
    names: Option<Vec<String>>,
    maybe_names: Option<Vec<Option<String>>>,
    maybe_ints: Option<Vec<Option<i32>>>,
    jagged: Option<Vec<Vec<i32>>>,
    range: Option<Range>,
    ranges: Option<Vec<Range>>,
    map: Option<BTreeMap<String, String>>,
    any: Option<Value>,
    deep: Option<bool>,
    price: Option<f64>,
    take: Option<i32>,
    text: Option<String>,
}
record!(Search {
    ids: "Ids",
    names: "Names",
    maybe_names: "MaybeNames",
    maybe_ints: "MaybeInts",
    jagged: "Jagged",
    range: "Range",
    ranges: "Ranges",
    map: "Map",
    any: "Any",
    deep: "Deep",
    price: "Price",
    take: "Take",
    text: "Text",
});
operation!(Search: GET => Value);

/// Returns the decoded query of a call.
fn query(search: &Search) -> String {
    let request = prepared(&client(API), search);
    assert!(request.body().is_empty(), "{request:?}");
    percent_decode_str(request.url().query().unwrap()).decode_utf8().unwrap().into_owned()
}

#[test]
fn query_values_are_jsv_with_quoted_text() {
    const TORTURE: &str = "a\"b,c:d{e}f[g]h\\i\tj\nkü☃<&>%+ =;/?#";
    const QUOTED: &str = "\"a\"\"b,c:d{e}f[g]h\\i\tj\nkü☃<&>%+ =;/?#\"";
    let texts = |texts: &[&str]| Some(texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>());
    let range = |from, to, tags| Range { from, to, tags, odd: None };
    for (case, search, expected) in [
        (
            "URL-05",
            Search {
                ids: Some(vec![1, 2, 3]),
                names: texts(&["a,b", "c"]),
                range: Some(range(Some(1), None, texts(&["x"]))),
                text: text("a,b \"c\""),
                ..Search::default()
            },
            r#"ids=[1,2,3]&names=["a,b","c"]&range={from:1,tags:["x"]}&text=a,b "c""#.to_owned(),
        ),
        (
            "URL-06, URL-10",
            Search { take: Some(0), deep: Some(true), price: Some(1.5), ..Search::default() },
            "deep=true&price=1.5&take=0".to_owned(),
        ),
        (
            "URL-18",
            Search {
                names: texts(&[TORTURE, " ", "", "\""]),
                map: Some([("a:b", TORTURE), ("e", "")].map(|(key, value)| (key.to_owned(), value.to_owned())).into()),
                range: Some(range(Some(1), None, texts(&[TORTURE]))),
                ..Search::default()
            },
            format!(r#"names=[{QUOTED}," ","",""""]&range={{from:1,tags:[{QUOTED}]}}&map={{"a:b":{QUOTED},"e":""}}"#),
        ),
        (
            "URL-19",
            Search {
                maybe_names: Some(vec![text("a"), None, text("b")]),
                maybe_ints: Some(vec![Some(1), None, Some(3)]),
                jagged: Some(vec![vec![1, 2], vec![], vec![3]]),
                ..Search::default()
            },
            r#"maybeNames=["a",,"b"]&maybeInts=[1,,3]&jagged=[[1,2],[],[3]]"#.to_owned(),
        ),
        (
            "URL-20",
            Search {
                ranges: Some(vec![range(Some(1), Some(2), None), range(Some(3), Some(4), texts(&["y,z"]))]),
                ..Search::default()
            },
            r#"ranges=[{from:1,to:2},{from:3,to:4,tags:["y,z"]}]"#.to_owned(),
        ),
        (
            "URL-29",
            Search { names: Some(vec![]), map: Some(BTreeMap::new()), ..Search::default() },
            "names=[]&map={}".to_owned(),
        ),
    ] {
        assert_eq!(query(&search), expected, "{case}");
    }
    assert_eq!(call(&client(API), &Search::default()), "GET /api/Search", "URL-29, nothing");
    assert_eq!(
        call(&client(API), &Search { names: Some(vec![]), ..Search::default() }),
        "GET /api/Search?names=%5B%5D",
        "URL-29, encoded"
    );
}

#[test]
fn values_that_a_query_cannot_carry_are_sent_in_a_body_with_the_same_verb() {
    let long = "a".repeat(9000);
    for (case, search, body) in [
        (
            "URL-21 null in a map",
            Search { any: Some(json!({"k": null})), ..Search::default() },
            r#"{"any":{"k":null}}"#,
        ),
        (
            "URL-21 quote in a key",
            Search { map: Some(BTreeMap::from([("say \"hi\"".to_owned(), "x".to_owned())])), ..Search::default() },
            r#"{"map":{"say \"hi\"":"x"}}"#,
        ),
        (
            "a name that JSV would have to quote, which older hosts drop",
            Search { range: Some(Range { odd: Some(1), ..Range::default() }), ..Search::default() },
            r#"{"range":{"o:d":1}}"#,
        ),
        ("a list of one null", Search { maybe_ints: Some(vec![None]), ..Search::default() }, r#"{"maybeInts":[null]}"#),
        ("URL-23", Search { text: Some(long.clone()), ..Search::default() }, &format!(r#"{{"text":"{long}"}}"#)),
    ] {
        assert_eq!(call(&client(API), &search), format!("GET /api/Search {body}"), "{case}");
    }
}

#[test]
fn an_empty_text_is_left_out_of_a_query() {
    // URL-32
    let search = Search { text: text(""), price: Some(1.5), ..Search::default() };
    assert_eq!(call(&client(API), &search), "GET /api/Search?price=1.5");
}

#[test]
fn nan_and_infinity_are_sent_in_queries_but_not_in_bodies() {
    for (price, text) in [(f64::NAN, "NaN"), (f64::INFINITY, "Infinity"), (f64::NEG_INFINITY, "-Infinity")] {
        let search = Search { price: Some(price), ..Search::default() };
        assert_eq!(call(&client(API), &search), format!("GET /api/Search?price={text}"));
        // The list needs a body.
        let search = Search { maybe_ints: Some(vec![None]), ..search };
        let error = client(API).prepare(&Search::SPEC, &search).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request, "{error}");
        assert!(error.message().contains("cannot be sent in a body: servers refuse or lose it"), "{error}");
    }
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Dated {
    id: Option<i32>,
}
record!(Dated { id: "Id" });
operation!(Dated: GET "/dated/{Id}" => Value, dates);

#[derive(Debug, Clone, PartialEq, Default)]
struct SaveDated {
    id: Option<i32>,
}
record!(SaveDated { id: "Id" });
operation!(SaveDated: PUT => Value, dates);

#[test]
fn iso_dates_are_requested_if_the_response_contains_dates() {
    let (api, routes) = (client(API), client(ROUTES));
    let exact = "jsconfig=dh%3Aiso8601";
    assert_eq!(call(&api, &Dated { id: Some(1) }), format!("GET /api/Dated?id=1&{exact}"));
    assert_eq!(call(&routes, &Dated { id: Some(1) }), format!("GET /dated/1?{exact}"));
    assert_eq!(call(&api, &SaveDated { id: Some(1) }), format!(r#"PUT /api/SaveDated?{exact} {{"id":1}}"#));
    assert_eq!(call(&api.with_iso_dates(false), &Dated { id: Some(1) }), "GET /api/Dated?id=1");
}

#[test]
fn switches_of_the_serializer_are_sent_with_every_call() {
    let with = |switches: &str| {
        Client::builder("https://h").jsconfig(switches).transport(ScriptedTransport::default()).build().unwrap()
    };
    let (dated, plain) = (Dated { id: Some(1) }, Search { text: text("a"), ..Search::default() });
    for (switches, with_dates, without) in [
        ("", "?id=1&jsconfig=dh%3Aiso8601", "?text=a"),
        ("edv,eti", "?id=1&jsconfig=dh%3Aiso8601%2Cedv%2Ceti", "?text=a&jsconfig=edv%2Ceti"),
        ("eti, dh:ut", "?id=1&jsconfig=eti%2C%20dh%3Aut", "?text=a&jsconfig=eti%2C%20dh%3Aut"),
        ("DateHandler:ISO8601", "?id=1&jsconfig=DateHandler%3AISO8601", "?text=a&jsconfig=DateHandler%3AISO8601"),
    ] {
        let client = with(switches);
        assert_eq!(call(&client, &dated), format!("GET /api/Dated{with_dates}"), "{switches}");
        assert_eq!(call(&client, &plain), format!("GET /api/Search{without}"), "{switches}");
    }
    let client = with("edv");
    assert_eq!(call(&client.clone().with_iso_dates(false), &dated), "GET /api/Dated?id=1&jsconfig=edv");
    let target = |switches: &str| {
        let request = client.call(dated.clone()).jsconfig(switches).prepare().unwrap();
        request.url().query().map(str::to_owned)
    };
    assert_eq!(target("inv").as_deref(), Some("id=1&jsconfig=dh%3Aiso8601%2Cinv"), "a call of its own");
    assert_eq!(target("").as_deref(), Some("id=1&jsconfig=dh%3Aiso8601"), "none for this call");
}

#[test]
fn jsv_is_sent_only_where_servers_read_it() {
    let request = |addresses: &[Address]| {
        let client = client(addresses).with_format(Format::Jsv);
        let request =
            client.prepare(&RemoveMember::SPEC, &RemoveMember { session_id: text("s"), ..Default::default() });
        request.map(|request| request.url().to_string()).map_err(|error| error.to_string())
    };
    assert_eq!(request(&[Address::Routes, Address::Reply]).unwrap(), "https://h/jsv/reply/RemoveMember?sessionId=s");
    assert_eq!(
        request(API).unwrap_err(),
        "RemoveMember: no declared route can carry this call in JSV; add Address::Reply to the addresses of the client \
         for /jsv/reply, or use Format::Json"
    );
    let jsv = client(API).with_format(Format::Jsv);
    let request = prepared(&jsv, &SaveNote { id: Some(7), text: text("a,b"), opt: None });
    assert_eq!(
        (
            request.url().as_str(),
            request.body().as_bytes(),
            request.headers().get("content-type").unwrap().to_str().unwrap()
        ),
        ("https://h/notes/7", Some(&br#"{id:7,text:"a,b"}"#[..]), "application/jsv")
    );
}

#[test]
fn base_urls_can_have_only_a_path() {
    for base in ["https://h:8443/v1", "https://h:8443/v1/", " https://h:8443/v1// "] {
        let client = Client::builder(base).transport(ScriptedTransport::default()).build().unwrap();
        assert_eq!(
            prepared(&client, &Dated { id: None }).url().as_str(),
            "https://h:8443/v1/api/Dated?jsconfig=dh%3Aiso8601",
            "{base:?}"
        );
    }
    for (base, message) in [
        ("h", "the base URL is not a URL: relative URL without a base"),
        ("ftp://h", "the base URL is neither http nor https"),
        ("https://me:secret@h", "the base URL holds a user"),
        ("https://h/?a=b", "the base URL holds a query or fragment"),
        ("https://h/#a", "the base URL holds a query or fragment"),
        ("", "the base URL is not a URL: relative URL without a base"),
    ] {
        let error = Client::builder(base).transport(ScriptedTransport::default()).build().unwrap_err();
        assert_eq!((error.kind(), error.message()), (ErrorKind::Configuration, message), "{base:?}");
    }
}

#[test]
fn the_addresses_of_a_service_are_a_setting() {
    const OLD: Service = Service::new("Old").api(false);
    const KNOWN: Service = Service::new("Known").api(false).addresses(&[Address::Routes]);
    assert_eq!(Service::new("New").default_addresses(), [Address::Api]);
    assert_eq!(OLD.default_addresses(), [Address::Reply]);
    assert_eq!(KNOWN.default_addresses(), [Address::Routes]);
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Odd {
    numbers: Option<Vec<Option<i32>>>,
    texts: Option<BTreeMap<String, Option<String>>>,
    inside: Option<Vec<Vec<Option<i32>>>>,
    any: Option<Value>,
}
record!(Odd { numbers: "Numbers", texts: "Texts", inside: "Inside", any: "Any" });
operation!(Odd: POST "/odd" => ());

#[tokio::test]
async fn values_that_jsv_would_lose_are_rejected() {
    let server = ScriptedTransport::new((0..3).map(|_| HttpReply::of(204, "", "")));
    let client = Client::builder("https://h").transport(server.clone()).format(Format::Jsv).build().unwrap();
    let texts = |key: &str, value: Option<&str>| Some(BTreeMap::from([(key.to_owned(), value.map(str::to_owned))]));
    for (odd, why) in [
        (Odd { numbers: Some(vec![None]), ..Odd::default() }, "a list of one null"),
        (Odd { inside: Some(vec![vec![Some(1)], vec![None]]), ..Odd::default() }, "a list of one null"),
        (Odd { any: Some(json!({"a": [null]})), ..Odd::default() }, "a list of one null"),
        (Odd { any: Some(json!([{"a": null}])), ..Odd::default() }, "a pair whose value is null"),
        (Odd { texts: texts("a\"b", Some("x")), ..Odd::default() }, "a key with quotes"),
        (Odd { any: Some(json!({"\"": 1})), ..Odd::default() }, "a key with quotes"),
        (Odd { any: Some(json!(1)), ..Odd::default() }, "a value of type object"),
        (Odd { any: Some(json!(false)), ..Odd::default() }, "a value of type object"),
        (Odd { any: Some(json!(["a"])), ..Odd::default() }, "a value of type object"),
        (Odd { any: Some(json!({"a": "b"})), ..Odd::default() }, "a value of type object"),
    ] {
        let error = client.send(odd.clone()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request, "{error}");
        let message = error.to_string();
        assert!(message.contains(why) && message.contains("send it with Format::Json"), "{message}");
        // The same call can be sent as JSON.
        assert!(client.call(odd).format(Format::Json).prepare().is_ok());
    }
    assert!(server.requests().is_empty());
    client.send(Odd { numbers: Some(vec![Some(1), None, Some(2)]), ..Odd::default() }).await.unwrap();
    client.send(Odd { texts: texts("a, b: {c}", Some("\"x\"")), ..Odd::default() }).await.unwrap();
    client.send(Odd { any: Some(json!("a, b")), ..Odd::default() }).await.unwrap();
    let bodies: Vec<String> = server
        .requests()
        .iter()
        .map(|request| String::from_utf8(request.body().as_bytes().unwrap().to_vec()).unwrap())
        .collect();
    assert_eq!(bodies, ["{numbers:[1,,2]}", r#"{texts:{"a, b: {c}":"""x"""}}"#, r#"{any:"a, b"}"#]);
}
