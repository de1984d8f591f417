//! The settings of a single call apply to all kinds of calls.

use std::time::Duration;

use evo_runtime::dto::QueryResponse;
use evo_runtime::transport::{HttpReply, ScriptedTransport};
use evo_runtime::{Address, Client, Download, Error, FilePart, Retry, operation, paged, record, setters};

#[derive(Debug, Clone, PartialEq, Default)]
struct Save {
    id: Option<i32>,
}
record!(Save { id: "Id" });
operation!(Save: POST => ());

#[derive(Debug, Clone, PartialEq, Default)]
struct List {
    page: Option<i32>,
}
record!(List { page: "Page" });
setters!(List() { page: i32 });
operation!(List: GET => Page);

#[derive(Debug, Clone, PartialEq, Default)]
struct Page {
    items: Vec<i32>,
}
record!(Page { items: "Items" });
paged!(Page of i32 { items: items });

#[derive(Debug, Clone, PartialEq, Default)]
struct QueryRows {}
record!(QueryRows {});
operation!(QueryRows: GET => QueryResponse<Save>);

#[derive(Debug, Clone, PartialEq, Default)]
struct ReadFile {}
record!(ReadFile {});
operation!(ReadFile: GET => raw Download);

/// A kind of call, with the settings of these tests and a time limit.
macro_rules! set {
    ($call:expr, $limit:expr) => {
        $call
            .query("trace", "7")
            .header("X-Trace", "8")
            .timeout($limit)
            .attempt_timeout(None)
            .retry(Retry::never())
            .idempotent(true)
            .follow_redirects(1)
            .keep_empty_texts()
    };
}

/// Makes a call of each kind to a host with this response.
async fn make(kind: &str, client: &Client, limit: Duration) -> Result<(), Error> {
    let saves = || vec![Save { id: Some(1) }, Save { id: Some(2) }];
    match kind {
        "call" => set!(client.call(Save::default()), limit).send().await,
        "raw" => set!(client.call(Save::default()), limit).send_raw().await.map(drop),
        "publish" => set!(client.call(Save::default()), limit).publish().await,
        "body" => set!(client.call(Save::default()), limit).send_body("text/plain", "x").await,
        "upload" => set!(client.upload(Save::default()), limit).file(FilePart::bytes("a", "b")).send().await,
        "batch" => set!(client.batch(saves()), limit).send().await.map(drop).map_err(Error::from),
        "one by one" => set!(client.batch(saves()), limit).one_by_one().send().await.map(drop).map_err(Error::from),
        "publish all" => set!(client.batch(saves()), limit).publish().await.map_err(Error::from),
        "query" => set!(client.query(QueryRows {}), limit).send().await.map(drop),
        "rows" => set!(client.query(QueryRows {}), limit).pages().next().await.unwrap().map(drop),
        "pages" => set!(client.call(List::new()), limit).pages(List::page).next().await.unwrap().map(drop),
        "download" => set!(client.download(ReadFile {}), limit).send().await.map(drop),
        "url" => set!(client.get_url::<Page>("/rows"), limit).send().await.map(drop),
        other => unreachable!("{other}"),
    }
}

const KINDS: [&str; 13] = [
    "call",
    "raw",
    "publish",
    "body",
    "upload",
    "batch",
    "one by one",
    "publish all",
    "query",
    "rows",
    "pages",
    "download",
    "url",
];

#[tokio::test]
async fn settings_of_calls_apply_to_every_kind_of_request() {
    for addresses in [vec![Address::Api], vec![Address::Reply]] {
        for kind in KINDS {
            let body = if matches!(kind, "batch" | "publish all") { "[{},{}]" } else { "{}" };
            let reply = || HttpReply::of(200, "application/json", body);
            let server = ScriptedTransport::new((0..3).map(|_| reply())).with_clock();
            let builder = Client::builder("https://h").addresses(addresses.clone()).header("X-Trace", "1");
            let client = builder.transport(server.clone()).build().unwrap();
            make(kind, &client, Duration::from_secs(5)).await.unwrap();
            for request in server.requests() {
                let (query, trace) = (request.uri().query().unwrap_or_default(), &request.headers()["x-trace"]);
                assert!(query.contains("trace=7") && trace == "8", "{kind}: {} {trace:?}", request.uri());
                assert_eq!(request.headers().get_all("x-trace").iter().count(), 1, "{kind}");
            }
            // A time limit, and no retry.
            let server = ScriptedTransport::default().with_clock();
            let late = Duration::from_secs(9);
            let server =
                server.delay::<Save>(late).delay::<QueryRows>(late).delay::<List>(late).delay::<ReadFile>(late);
            let client = Client::builder("https://h").addresses(addresses.clone()).transport(server.clone());
            let error = make(kind, &client.build().unwrap(), Duration::from_secs(1)).await.unwrap_err();
            assert!(error.is_timeout() || kind == "url", "{kind}: {error}");
            assert_eq!(server.requests().len(), 1, "{kind}");
        }
    }
}
