//! AutoQuery conditions.

use evo_runtime::dto::QueryResponse;
use evo_runtime::transport::ScriptedTransport;
use evo_runtime::wire::Record;
use evo_runtime::{Address, Client, DateTime, Error, ErrorKind, Query, operation, record};

#[derive(Debug, Clone, PartialEq, Default)]
struct QueryItems {
    ids: Option<Vec<i32>>,
    made_after: Option<DateTime>,
    text: Option<String>,
    price_above: Option<f64>,
    prices: Option<Vec<f32>>,
    order_by: Option<String>,
    order_by_desc: Option<String>,
    take: Option<i32>,
}
record!(QueryItems {
    ids: "Ids",
    made_after: "MadeAfter",
    text: "Text",
    price_above: "PriceAbove",
    prices: "Prices",
    order_by: "OrderBy",
    order_by_desc: "OrderByDesc",
    take: "Take",
});
operation!(QueryItems: GET "/items" => QueryResponse<Item>, rows Item);

/// An operation without members, whose rows are unknown.
#[derive(Debug, Clone, PartialEq, Default)]
struct Bare {}
record!(Bare {});
operation!(Bare: GET => QueryResponse<Item>);

#[derive(Debug, Clone, PartialEq, Default)]
struct Item {
    id: i32,
    text: Option<String>,
    made: Option<DateTime>,
    price: f64,
    format: Option<String>,
}
record!(Item { id: "Id", text: "Text", made: "Made", price: "Price", format: "Format" });

fn client() -> Client {
    Client::builder("https://h").transport(ScriptedTransport::default()).build().unwrap()
}

fn items() -> Query<QueryItems> {
    client().query(QueryItems::default())
}

fn text<T: evo_runtime::Operation>(query: Query<T>) -> String {
    query.prepare().unwrap().url().query().unwrap_or_default().to_owned()
}

fn refusal<T: evo_runtime::Operation>(query: Query<T>) -> String {
    let error: Error = query.prepare().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request, "{error}");
    error.message().to_owned()
}

#[test]
fn conditions_are_written_as_servers_read_them() {
    let day: DateTime = "2012-05-01T10:20:30Z".parse().unwrap();
    for (name, query, expected) in [
        ("a number", items().filter("PriceGreaterThan", 1.5), "PriceGreaterThan=1.5"),
        ("a text", items().filter("FormatContains", "a&b"), "FormatContains=a%26b"),
        ("a date", items().filter("Made>", day), "Made%3E=2012-05-01T10%3A20%3A30Z"),
        ("a list", items().filter("idIn", vec![1, 2]), "idIn=1%2C2"),
        (
            "texts",
            items().filter("FormatIn", ["a", "b,c", " d", "\"", ""]),
            "FormatIn=a%2C%22b%2Cc%22%2C%22%20d%22%2C%22%22%22%22%2C%22%22",
        ),
        ("nothing", items().filter("Id", None::<i32>).filter("ids", None::<Vec<i32>>), ""),
        ("something", items().filter("Id", Some(3)), "Id=3"),
        ("between", items().between("Price", 1, 2), "PriceBetween=1%2C2"),
        (
            "two of one name",
            items().filter("Id!", 1).filter("id!", 2).filter("Id!", 3),
            "Id%21=1&id%21%232=2&Id%21%233=3",
        ),
        ("null", items().is_null("Made").is_not_null("Id"), "Made=&IdIsNotNull="),
        ("null where it is a member", items().is_null("text"), "textIsNull="),
        (
            "a member",
            items().filter("MADEAFTER", day).filter("Ids", [1, 2]).filter("Text", "x"),
            "ids=%5B1%2C2%5D&madeAfter=2012-05-01T10%3A20%3A30Z&text=x",
        ),
        (
            "NaN and infinities",
            items()
                .filter("Price", f64::NAN)
                .filter("PriceBelow", Some(f32::INFINITY))
                .filter("PriceIn", [f64::NAN, f64::NEG_INFINITY, 1.5])
                .between("Price", f64::NEG_INFINITY, 0.5),
            "Price=NaN&PriceBelow=Infinity&PriceIn=NaN%2C-Infinity%2C1.5&PriceBetween=-Infinity%2C0.5",
        ),
        (
            "members that are NaN or infinite",
            items().filter("PriceAbove", f32::NAN).filter("Prices", [f64::INFINITY, f64::NEG_INFINITY, 1.5]),
            "priceAbove=NaN&prices=%5BInfinity%2C-Infinity%2C1.5%5D",
        ),
        ("an order", items().order_by("Id").order_by("price"), "orderBy=Id%2Cprice"),
        ("an order the other way", items().order_by_desc("Id").order_by_desc("Price"), "orderByDesc=Id%2CPrice"),
        ("both orders", items().order_by("Id").order_by_desc("Price"), "orderBy=Id%2C-Price"),
        ("fields", items().fields(["Id", "price"]).distinct(), "fields=DISTINCT%20Id%2Cprice"),
        ("aggregates", items().include_total().include("AVG(Id) average"), "include=Total%2CAVG%28Id%29%20average"),
        ("a page", items().skip(7).take(3), "take=3&skip=7"),
        ("unchecked", items().unchecked().filter("ArtistNameContains", "x"), "ArtistNameContains=x"),
    ] {
        assert_eq!(text(query), expected, "{name}");
    }
}

#[test]
fn an_operation_without_members_accepts_any_query() {
    let query =
        client().query(Bare {}).filter("Whatever", 1).skip(2).take(3).order_by("a").include_total().fields(["x"]);
    assert_eq!(text(query), "skip=2&take=3&orderBy=a&include=Total&fields=x&Whatever=1");
    let query = client().query(Bare {}).checked_by([Item::default().shape()]).filter("Whatever", 1);
    assert_eq!(refusal(query), "Item has no condition `Whatever`");
}

#[test]
fn members_can_be_sent_in_a_body_but_conditions_cannot() {
    let given = QueryItems { text: Some(String::new()), ..Default::default() };
    let request = client()
        .query(given)
        .keep_empty_texts()
        .filter("PriceLessThan", 3)
        .filter("Ids", [1])
        .take(2)
        .prepare()
        .unwrap();
    assert_eq!(request.url().query(), Some("PriceLessThan=3"));
    assert_eq!(request.body().as_bytes(), Some(&br#"{"ids":[1],"text":"","take":2}"#[..]));
}

#[test]
fn conditions_are_sent_in_the_query_of_a_route() {
    let query = client().with_addresses(&[Address::Routes]).query(QueryItems::default()).filter("IdIn", [1]).take(1);
    assert_eq!(query.prepare().unwrap().url().as_str(), "https://h/items?take=1&IdIn=1");
}

#[test]
fn values_that_a_server_would_misread_are_rejected() {
    for (query, message) in [
        (
            items().filter("PriceGreatherThan", 1),
            "Item has no condition `PriceGreatherThan`; the nearest is `PriceGreaterThan`",
        ),
        (items().order_by("Prize"), "Item has no field `Prize`; the nearest is `Price`"),
        (items().fields(["Id", "Nope"]), "Item has no field `Nope`"),
        (items().is_null("Prize"), "Item has no field `Prize`; the nearest is `Price`"),
        (items().is_not_null("Prize"), "Item has no field `Prize`; the nearest is `Price`"),
        (items().between("Prize", 1, 2), "Item has no field `Prize`; the nearest is `Price`"),
        (
            items().filter("FormatContains", ""),
            "the condition FormatContains has no text, which servers read as `is null`",
        ),
        (items().filter("IdIn", Vec::<i32>::new()), "the condition IdIn has no items, which servers read as `is null`"),
        (items().filter("IdBetween", [1]), "the condition IdBetween needs two values"),
        (items().between("Id", Some(1), None::<i32>), "the condition IdBetween needs two values"),
        (
            items().filter("Id", Item::default()),
            "the condition Id has a value that is not a number, a string, a list or similar",
        ),
        (items().filter("IdIn", [[1]]), "the condition IdIn has an item that is not a number, a string or similar"),
        (items().filter("Format", "x"), "the parameter Format is reserved by servers"),
        (items().include("SUM(Id) as sum"), "the aggregate \"SUM(Id) as sum\" has an `AS`, with which servers fail"),
    ] {
        assert_eq!(refusal(query), message);
    }
    assert!(refusal(items().filter("Ids", "x")).starts_with("the member Ids does not take the value: "));
    assert!(refusal(items().take(u32::MAX)).starts_with("the member Take does not take the value: "));
    assert!(refusal(items().filter("Take", f64::NAN)).starts_with("the member Take does not take the value: "));
    let in_a_body = refusal(items().filter("PriceAbove", f64::NAN).filter("Text", "").keep_empty_texts());
    assert!(in_a_body.contains("cannot be sent in a body: servers refuse or lose it"), "{in_a_body}");
    let long = refusal(items().filter("FormatIn", ["x".repeat(8000)]));
    assert!(long.starts_with("the conditions are too long for a URL"), "{long}");
    let error = items().filter("Nope", 1).filter("IdIn", Vec::<i32>::new()).prepare().unwrap_err();
    assert_eq!(
        error.to_string(),
        "QueryItems: Item has no condition `Nope`; call unchecked() first if it is a field of a joined table, or a convention of the host's own"
    );
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Album {
    id: i32,
    title: Option<String>,
    year: Option<i32>,
    length: Option<i32>,
}
record!(Album { id: "Id", title: "Title", year: "Year", length: "Length" as "len-gth" });

#[derive(Debug, Clone, PartialEq, Default)]
struct QueryAlbums {}
record!(QueryAlbums {});
operation!(QueryAlbums: GET => QueryResponse<Album>, rows Album);

#[test]
fn field_names_in_conditions_ignore_case() {
    for name in [
        "Year",
        "year",
        "YEARIn",
        "Ids",
        "Titles",
        "YearBetween",
        "BetweenYear",
        "titleContains",
        "MinYear",
        "Year>",
        ">Year",
        "Year<",
        "<Year",
        "Year!",
        "Year!#2",
        "<>Year",
        "Year<>",
        "LengthIsNull",
        "len-gthIsNotNull",
        "ToYear",
        "titleLike",
        "YearGreaterThanOrEqualTo",
        "IdHasAny",
    ] {
        let query = client().query(QueryAlbums {}).filter(name, 1);
        assert!(query.prepare().is_ok(), "{name}");
    }
    assert!(client().query(Bare {}).filter("whatever", 1).prepare().is_ok());
}

#[test]
fn unknown_names_are_rejected_with_the_most_similar_name() {
    for (name, message) in [
        ("yearin", "Album has no condition `yearin`; the nearest is `YearIn`"),
        ("titlecontains", "Album has no condition `titlecontains`; the nearest is `TitleContains`"),
        ("minYear", "Album has no condition `minYear`; the nearest is `MinYear`"),
        ("YearGreatherThan", "Album has no condition `YearGreatherThan`; the nearest is `YearGreaterThan`"),
        ("Titel", "Album has no condition `Titel`; the nearest is `Title`"),
        ("YearMin", "Album has no condition `YearMin`; the nearest is `YearIn`"),
        ("Artist.Name", "Album has no condition `Artist.Name`"),
        ("", "Album has no condition ``"),
    ] {
        assert_eq!(refusal(client().query(QueryAlbums {}).filter(name, 1)), message, "{name}");
    }
}
