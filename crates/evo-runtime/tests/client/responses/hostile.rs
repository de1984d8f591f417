//! No response makes a client panic or hang, regardless of its status, headers and body, and every error is a single line.

use std::time::Duration;

use evo_runtime::dto::QueryResponse;
use evo_runtime::transport::{HttpReply, ScriptedTransport};
use evo_runtime::{Bearer, Client, Credentials, DateTime, Download, Error, ErrorKind, Format, operation, record};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;

#[derive(Debug, Clone, PartialEq, Default)]
struct Find {
    id: Option<i32>,
}
record!(Find { id: "Id" });
operation!(Find: GET "/find/{Id}" => QueryResponse<Row>, dates, rows Row);

#[derive(Debug, Clone, PartialEq, Default)]
struct Row {
    id: i32,
    made: Option<DateTime>,
    names: Vec<String>,
}
record!(Row { id: "Id", made: "Made", names: "Names" });

#[derive(Debug, Clone, PartialEq, Default)]
struct Save {
    id: Option<i32>,
}
record!(Save { id: "Id" });
operation!(Save: PUT => Row);

#[derive(Debug, Clone, PartialEq, Default)]
struct ReadFile {}
record!(ReadFile {});
operation!(ReadFile: GET => raw Download);

/// A response that can be sent several times.
#[derive(Debug, Clone)]
struct Answer {
    status: u16,
    reason: Option<String>,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl Answer {
    fn reply(&self) -> HttpReply {
        let mut reply = HttpReply::of(self.status, "", self.body.clone());
        if let Some(reason) = &self.reason {
            reply = reply.with_reason(reason);
        }
        self.headers.iter().fold(reply, |reply, (name, value)| reply.with_header(name, value))
    }
}

const NAMES: [&str; 17] = [
    "content-type",
    "content-length",
    "content-disposition",
    "content-range",
    "content-encoding",
    "set-cookie",
    "location",
    "retry-after",
    "date",
    "etag",
    "last-modified",
    "cache-control",
    "age",
    "vary",
    "allow",
    "www-authenticate",
    "x-autobatch-completed",
];

/// Parts of header values.
const WORDS: [&str; 37] = [
    "application/json",
    "text/jsv",
    "text/html",
    "text/plain",
    "; charset=utf-8",
    "bytes ",
    "0-5",
    "/11",
    "5-0",
    "*",
    "99999999999999999999",
    "-1",
    "0",
    "1",
    "attachment; ",
    "filename=\"",
    "filename*=",
    "UTF-8''%C3%BC%",
    "\"",
    "..",
    "/",
    "\\",
    "ss-tok=",
    "ss-id=a",
    "; path=",
    "; max-age=",
    "; expires=",
    "Thu, 01 Jan 1970 00:00:00 GMT",
    "Fri, 31-Dec-9999 23:59:59 GMT",
    "; secure",
    "https://elsewhere",
    "/login?redirect=",
    "::",
    "max-age=",
    "no-store",
    ",",
    "ü",
];

/// Parts of bodies.
const TOKENS: [&str; 34] = [
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\"results\"",
    "\"total\"",
    "\"id\"",
    "\"names\"",
    "\"made\"",
    "\"/Date(-62135596800000-0000)/\"",
    "\"responseStatus\"",
    "{\"errorCode\":\"NotFound\",\"message\":\"go\\nne\"}",
    "\"errors\"",
    "\"meta\"",
    "{\"AutoBatchIndex\":\"1\"}",
    "\"accessToken\"",
    "\"sessionId\"",
    "\"app\"",
    "\"endpointRouting\"",
    "null",
    "true",
    "NaN",
    "-Infinity",
    "1e999",
    "18446744073709551616",
    "\\ud800",
    "\u{feff}",
    "<html>",
    "id:1",
    "{results:[{id:1,names:[a,]}]}",
    " ",
];

/// Bodies that at least one call can read.
const BODIES: [&str; 8] = [
    r#"{"results":[{"id":1,"made":"\/Date(1335867630123)\/","names":["a",,"b"]}],"total":3}"#,
    r#"{"id":NaN,"names":[]}"#,
    r#"[{"id":1},{"id":2}]"#,
    r#"{"responseStatus":{"errorCode":"NotEmpty","message":"a\nb","errors":[{"fieldName":"Name"}],"meta":{"AutoBatchIndex":"1"}}}"#,
    r#"{"accessToken":"a.b.c","sessionId":"s","bearerToken":"t"}"#,
    r#"{"app":{"serviceName":"x","useSystemJson":"always","endpointRouting":["a"]},"httpHandlers":{}}"#,
    "{results:[{id:1,names:[a,b]}],total:3}",
    "",
];

fn answers() -> impl Strategy<Value = Answer> {
    let value = prop_oneof![3 => prop::collection::vec(select(WORDS.to_vec()), 0..5).prop_map(|words| words.concat()), 1 => "[ -~\u{e4}]{0,12}"];
    let headers = prop::collection::vec((select(NAMES.to_vec()), value), 0..6);
    let body = prop_oneof![
        4 => prop::collection::vec(select(TOKENS.to_vec()), 0..12).prop_map(|tokens| tokens.concat().into_bytes()),
        1 => prop::collection::vec(any::<u8>(), 0..40),
        4 => select(BODIES.to_vec()).prop_map(|body| body.as_bytes().to_vec()),
        1 => (select(BODIES.to_vec()), any::<prop::sample::Index>(), any::<u8>()).prop_map(|(body, index, byte)| {
            let mut body = body.as_bytes().to_vec();
            body.insert(index.index(body.len() + 1), byte);
            body
        }),
    ];
    let status = prop_oneof![4 => Just(200_u16), 2 => select(vec![201, 204, 206, 301, 302, 304, 401, 404, 405, 409, 416, 429, 503]), 1 => 100..1000_u16];
    let reason = prop::option::of("[A-Za-z \u{e4}]{0,12}");
    (status, reason, headers, body).prop_map(|(status, reason, headers, body)| Answer { status, reason, headers, body })
}

/// A client whose requests all get this response. The number of requests is limited.
fn client(answer: &Answer, format: Format) -> Client {
    let server = ScriptedTransport::new((0..50).map(|_| answer.reply())).with_clock();
    let builder = Client::builder("https://h/base");
    #[cfg(feature = "cache")]
    let builder = builder.cache(evo_runtime::Cache::new(10_000));
    builder
        .format(format)
        .timeout(Duration::from_secs(20))
        .transport(server)
        .on_unauthorized(|_| async { Ok(true) })
        .build()
        .unwrap()
}

/// Calls all methods of an error.
fn check(error: &Error) -> Result<(), TestCaseError> {
    let shown = format!("{error} {error:?} {:?} {:?}", error.retry_after(), error.field("Name"));
    prop_assert!(!error.to_string().contains(['\n', '\r']), "{}", shown);
    prop_assert!(error.kind() != ErrorKind::Connect, "the script is over: {}", shown);
    Ok(())
}

async fn everything(answer: &Answer, format: Format) -> Result<(), TestCaseError> {
    let client = client(answer, format);
    let mut errors = Vec::new();
    errors.extend(client.send(Find { id: Some(1) }).await.err());
    errors.extend(client.send(Find { id: Some(1) }).await.err());
    errors.extend(client.send(Save::default()).await.err());
    match client.download(ReadFile {}).resume_from(5).limit(30).send().await {
        Ok(download) => {
            let _ = (download.file_name(), download.start(), download.total(), download.content_length());
            errors.extend(download.bytes().await.err());
        }
        Err(error) => errors.push(error),
    }
    errors.extend(client.send_raw(Find::default()).await.err());
    errors.extend(client.send_all(vec![Save::default(), Save::default()]).await.err().map(Error::from));
    errors.extend(client.publish(Save::default()).await.err());
    let mut rows = client.query(Find::default()).take(2).pages().items();
    while let Some(row) = rows.next().await {
        errors.extend(row.err());
    }
    errors.iter().try_for_each(check)
}

async fn signing_in(answer: &Answer) -> Result<(), TestCaseError> {
    let client = client(answer, Format::Json);
    let mut errors = Vec::new();
    errors.extend(client.probe().await.err());
    errors.extend(client.is_signed_in().await.err());
    let known = client.clone().with_auth(Credentials::new("u", "p"));
    errors.extend(known.login().await.err());
    errors.extend(known.send(Find::default()).await.err());
    errors.extend(known.session_to_token(true).await.err());
    errors.extend(known.logout().await.err());
    let saved = known.session().save().to_json();
    prop_assert!(saved.parse::<evo_runtime::SavedSession>().is_ok(), "{}", saved);
    let bearer = client.with_auth(Bearer::new("old").with_refresh_token("R"));
    errors.extend(bearer.send(Save::default()).await.err());
    errors.iter().try_for_each(check)
}

fn run<F: Future<Output = Result<(), TestCaseError>>>(future: F) -> Result<(), TestCaseError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(async { tokio::time::timeout(Duration::from_secs(20), future).await.expect("no call hangs") })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, rng_seed: RngSeed::Fixed(8), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn of_calls(answer in answers()) {
        run(everything(&answer, Format::Json))?;
        run(everything(&answer, Format::Jsv))?;
    }

    #[test]
    fn of_sign_ins(answer in answers()) {
        run(signing_in(&answer))?;
    }
}
