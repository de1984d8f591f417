//! Lists that are read page by page.

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use evo_runtime::dto::QueryResponse;
use evo_runtime::transport::{HttpReply, ScriptedTransport};
use evo_runtime::{Client, Error, ErrorKind, Page, Pages, Query, operation, paged, record, setters};
use futures_core::Stream;

#[derive(Debug, Clone, PartialEq, Default)]
struct ListNames {
    page: Option<i32>,
}
record!(ListNames { page: "Page" });
setters!(ListNames() { page: i32 });
operation!(ListNames: GET => Names<String>);

#[derive(Debug, Clone, PartialEq, Default)]
struct Names<T> {
    items: Vec<T>,
    total: i32,
    more: bool,
}
record!(Names<T> { items: "Items", total: "Total", more: "More" });
paged!(Names<T> of T { items: items, total: total, more: more });

#[derive(Debug, Clone, PartialEq, Default)]
struct ListNumbers {
    page: Option<i32>,
}
record!(ListNumbers { page: "Page" });
operation!(ListNumbers: GET => Numbers);

#[derive(Debug, Clone, PartialEq, Default)]
struct Numbers {
    numbers: Vec<i32>,
}
record!(Numbers { numbers: "Numbers" });
paged!(Numbers of i32 { items: numbers });

#[derive(Debug, Clone, PartialEq, Default)]
struct QueryRows {
    skip: Option<i32>,
    take: Option<i32>,
}
record!(QueryRows { skip: "Skip", take: "Take" });
operation!(QueryRows: GET => QueryResponse<Row>, rows Row);

#[derive(Debug, Clone, PartialEq, Default)]
struct Row {
    id: i32,
}
record!(Row { id: "Id" });

fn server(answers: &[&str]) -> (Client, ScriptedTransport) {
    let replies = answers.iter().map(|body| HttpReply::of(200, "application/json", (*body).to_owned()));
    let server = ScriptedTransport::new(replies);
    (Client::builder("https://h").transport(server.clone()).build().unwrap(), server)
}

fn queries(server: &ScriptedTransport) -> Vec<String> {
    server.requests().iter().map(|request| request.uri().query().unwrap_or_default().to_owned()).collect()
}

/// Returns the number of items of each page; the last entry is the kind of the error that ended the list, if any.
async fn counts<P: Page>(mut pages: Pages<P>) -> Result<Vec<usize>, (Vec<usize>, ErrorKind)> {
    let mut counts = Vec::new();
    while let Some(page) = pages.next().await {
        match page {
            Ok(page) => counts.push(page.count()),
            Err(error) => {
                assert!(pages.next().await.is_none(), "an error is the end");
                return Err((counts, error.kind()));
            }
        }
    }
    assert!(pages.next().await.is_none(), "the end is the end");
    Ok(counts)
}

#[tokio::test]
async fn paging_ends_at_the_total_of_the_responses() {
    for (name, answers, expected) in [
        ("the total is reached", &[r#"{"items":["a","b"],"total":3}"#, r#"{"items":["c"],"total":3}"#][..], vec![2, 1]),
        (
            "no more follow",
            &[r#"{"items":["a"],"more":true}"#, r#"{"items":["b"],"more":true}"#, r#"{"items":["c"]}"#],
            vec![1, 1, 1],
        ),
        ("the total counts more", &[r#"{"items":["a"],"total":2}"#, r#"{"items":["b"],"total":2}"#], vec![1, 1]),
        ("nothing at all", &[r#"{"items":[]}"#], vec![0]),
        ("nothing after all", &[r#"{"items":["a"],"total":9}"#, r#"{"items":[],"total":9}"#], vec![1]),
    ] {
        let (client, server) = server(answers);
        assert_eq!(counts(client.pages(ListNames::new(), ListNames::page)).await, Ok(expected), "{name}");
        let expected: Vec<String> = (0..answers.len()).map(|page| format!("page={page}")).collect();
        assert_eq!(queries(&server), expected, "{name}");
    }
}

#[tokio::test]
async fn pages_may_start_at_one_and_end_empty() {
    let (client, server) = server(&[r#"{"numbers":[1,2]}"#, r#"{"numbers":[3]}"#, r#"{"numbers":[]}"#]);
    let pages = client.pages(ListNumbers::default(), |_, page| ListNumbers { page: Some(page) });
    assert_eq!(counts(pages.starting_at(1)).await, Ok(vec![2, 1]));
    assert_eq!(queries(&server), ["page=1", "page=2", "page=3"]);
}

#[tokio::test]
async fn a_server_that_ignores_the_requested_page_is_an_error() {
    let (client, server) = server(&[r#"{"numbers":[1]}"#, r#"{"numbers":[1]}"#]);
    let pages = client.pages(ListNumbers::default(), |list, _| list);
    assert_eq!(counts(pages).await, Err((vec![1], ErrorKind::Request)));
    assert_eq!(queries(&server), ["", ""]);
}

#[tokio::test]
async fn an_error_ends_the_pages() {
    let (client, server) = server(&[r#"{"numbers":[1]}"#, "["]);
    let pages = client.pages(ListNumbers::default(), |_, page| ListNumbers { page: Some(page) });
    assert_eq!(counts(pages).await, Err((vec![1], ErrorKind::Decode)));
    assert_eq!(queries(&server).len(), 2);
}

#[tokio::test]
async fn items_are_returned_one_by_one_and_pages_on_demand() {
    let (client, server) = server(&[r#"{"items":["a","b"],"total":3}"#, r#"{"items":["c"],"total":3}"#]);
    let mut items = client.pages(ListNames::new(), ListNames::page).items();
    let mut all = Vec::new();
    while let Some(item) = items.next().await {
        all.push((item.unwrap(), server.requests().len()));
    }
    let expected = [("a", 1), ("b", 1), ("c", 2)];
    assert_eq!(all, expected.map(|(item, requests)| (item.to_owned(), requests)));
}

#[test]
fn pages_and_items_are_streams() {
    fn all<S: Stream + Unpin>(mut stream: S) -> Vec<S::Item> {
        let mut items = Vec::new();
        let mut context = Context::from_waker(Waker::noop());
        while let Poll::Ready(Some(item)) = Pin::new(&mut stream).poll_next(&mut context) {
            items.push(item);
        }
        items
    }
    fn is_send<T: Send>(value: T) -> T {
        value
    }
    let answers = [r#"{"items":["a","b"],"total":3}"#, r#"{"items":["c"],"total":3}"#];
    let pages = all(is_send(server(&answers).0.pages(ListNames::new(), ListNames::page)));
    let pages: Result<Vec<Names<String>>, Error> = pages.into_iter().collect();
    assert_eq!(pages.unwrap().iter().map(Page::count).collect::<Vec<_>>(), [2, 1]);
    let items = all(server(&answers).0.pages(ListNames::new(), ListNames::page).items());
    assert_eq!(items.into_iter().collect::<Result<Vec<String>, Error>>().unwrap(), ["a", "b", "c"]);
}

#[tokio::test]
async fn paging_continues_after_the_received_rows() {
    let first = r#"{"results":[{"id":1},{"id":2}]}"#;
    let with_total = r#"{"results":[{"id":1},{"id":2}],"total":4}"#;
    let second = r#"{"results":[{"id":3},{"id":4}],"total":4}"#;
    let short = r#"{"results":[{"id":3}]}"#;
    let none = r#"{"results":[]}"#;
    let build: fn(Query<QueryRows>) -> Query<QueryRows> = |query| query;
    for (name, build, answers, expected, asked) in [
        ("short", build, vec![first, short], vec![2, 1], vec!["skip=0&take=2", "skip=2&take=2"]),
        (
            "the host takes fewer",
            |query| query.take(9),
            vec![first, short],
            vec![2, 1],
            vec!["skip=0&take=9", "skip=2&take=9"],
        ),
        (
            "the total is reached",
            |query| query.include_total(),
            vec![with_total, second],
            vec![2, 2],
            vec!["skip=0&take=2&include=Total", "skip=2&take=2&include=Total"],
        ),
        ("empty", build, vec![first, none], vec![2], vec!["skip=0&take=2", "skip=2&take=2"]),
        (
            "from a row on",
            |query| query.skip(7),
            vec![first, short],
            vec![2, 1],
            vec!["skip=7&take=2", "skip=9&take=2"],
        ),
        (
            "with a condition",
            |query| query.filter("IdGreaterThan", 0),
            vec![first, none],
            vec![2],
            vec!["skip=0&take=2&IdGreaterThan=0", "skip=2&take=2&IdGreaterThan=0"],
        ),
    ] {
        let (client, server) = server(&answers);
        let query = build(client.query(QueryRows::default()).take(2));
        assert_eq!(counts(query.pages()).await, Ok(expected), "{name}");
        assert_eq!(queries(&server), asked, "{name}");
    }
    let (client, server) = server(&[first, none]);
    let operation = QueryRows { skip: Some(3), take: Some(2) };
    assert_eq!(counts(client.query(operation).pages()).await, Ok(vec![2]));
    assert_eq!(queries(&server), ["skip=3&take=2", "skip=5&take=2"]);
    let pages = client.query(QueryRows::default()).filter("Nope", 1).pages();
    assert_eq!(counts(pages).await, Err((vec![], ErrorKind::Request)));
}
