//! Queries over rows (sections 12.1 and 12.2).

use evo_runtime::dto::QueryResponse;
use evo_runtime::transport::{HttpReply, ScriptedTransport};
use evo_runtime::{Address, Client, Error, Query};
use serde_json::{Value, json};

use crate::case::{self, Case, cases, items, text};
use crate::music::{
    Album, Artist, Genre, QueryAlbumRows, QueryAlbums, QueryArtists, QueryRockstarNames, QueryRockstars, Rockstar,
};

cases![
    aq_01, aq_02, aq_03, aq_04, aq_05, aq_06, aq_07, aq_08, aq_09, aq_10, aq_11, aq_12, aq_13, aq_14, aq_15, aq_16,
    aq_17,
];

fn ok(body: &str) -> HttpReply {
    HttpReply::of(200, "application/json", body.to_owned())
}

fn api(replies: impl IntoIterator<Item = HttpReply>) -> (Client, ScriptedTransport) {
    let (client, server) = case::client(&[Address::Api], replies);
    (client.with_iso_dates(false), server)
}

/// Returns the path and query of the first request.
fn asked(server: &ScriptedTransport) -> String {
    server.requests()[0].uri().to_string()["https://h".len()..].to_owned()
}

/// Returns the query string of an AutoQuery call.
fn query_of<T: evo_runtime::Operation>(query: Query<T>) -> String {
    query.prepare().unwrap().url().query().unwrap_or_default().to_owned()
}

/// Returns the members of a page except its rows, and the number of rows.
fn page<T>(page: &QueryResponse<T>) -> Value {
    json!({"offset": page.offset, "total": page.total, "results": page.results.len(), "meta": page.meta})
}

async fn answer<T: evo_runtime::Operation + Default>(reply: HttpReply) -> Result<T::Answer, Error> {
    api([reply]).0.send(T::default()).await
}

async fn aq_01(case: Case) {
    let (client, server) = api([ok(text(&case.given["response"]))]);
    let mut query = client.query(case::dto::<QueryRockstars>(&case.given["dto"]));
    for (name, value) in case.given["queryParams"].as_object().unwrap() {
        query = query.filter(name, text(value));
    }
    let found = query.send().await.unwrap();
    let expected = &case.expect;
    assert_eq!(asked(&server), text(&expected["url"]));
    assert_eq!(server.requests()[0].method().as_str(), text(&expected["method"]));
    assert_eq!(
        page(&found),
        json!({"offset": 0, "total": expected["total"], "results": expected["results"], "meta": expected["meta"]})
    );
    // The same with the methods of the client.
    let given = QueryRockstars { ..Default::default() };
    let query =
        client.query(given).filter("Age", None::<i32>).filter("FirstNameStartsWith", "J i").filter("IdIn", [1, 2]);
    let query = query.filter("Age>", 40).take(2).order_by_desc("Age").include_total();
    assert_eq!(format!("/api/QueryRockstars?{}", query_of(query)), text(&expected["url"]));
}

async fn aq_02(case: Case) {
    let found = answer::<QueryRockstars>(case::reply(&case.given["response"])).await.unwrap();
    assert_eq!(page(&found), case.expect);
    assert_eq!(found.results[1].last_name.as_deref(), Some("Joplin"));
}

async fn aq_03(case: Case) {
    let found = answer::<QueryRockstars>(case::reply(&case.given["response"])).await.unwrap();
    let expected = &case.expect["results[0]"];
    let born = text(&expected["born"]).parse().unwrap();
    let Rockstar { id, first_name, last_name, age, born: found_born } = found.results[0].clone();
    assert_eq!(
        json!({"id": id, "firstName": first_name, "lastName": last_name, "age": age, "born": expected["born"]}),
        *expected
    );
    assert_eq!(found_born, born);
}

async fn aq_04(case: Case) {
    let error = answer::<QueryRockstars>(case::reply(&case.given["response"])).await.unwrap_err();
    let field = text(&case.expect["field"]);
    assert_eq!(
        json!({
            "error": error.status().map(|status| status.as_u16()), "errorCode": error.error_code(), "field": field,
            "fieldMessage": error.field(field).unwrap().message,
        }),
        case.expect
    );
}

async fn aq_05(case: Case) {
    let error = answer::<QueryRockstars>(case::reply(&case.given["response"])).await.unwrap_err();
    assert_eq!(
        (json!(error.status().map(|status| status.as_u16())), json!(error.error_code())),
        (case.expect["error"].clone(), case.expect["errorCode"].clone())
    );
}

async fn aq_06(case: Case) {
    let found = answer::<QueryRockstarNames>(case::reply(&case.given["response"])).await.unwrap();
    assert_eq!(json!(found.results), case.expect["results"]);
}

async fn aq_07(case: Case) {
    let found = answer::<QueryRockstars>(case::reply(&case.given["response"])).await.unwrap();
    let mut expected = page(&found);
    expected["why"] = case.expect["why"].clone();
    assert_eq!(expected, case.expect);
    assert_eq!(found.results[0].id, 3);
}

async fn aq_08(case: Case) {
    let (client, _) = api([]);
    let query = |name: &str, value: i32| query_of(client.query(QueryRockstars::default()).filter(name, value));
    let value = text(&case.given["value"]).parse().unwrap();
    assert_eq!(query(text(&case.given["key"]), value), text(&case.expect["query"]));
    let meaning = text(&case.expect["meaning"]);
    for (key, value) in [("<Age", 28), ("Age>", 27), (">Age", 27), ("Age!", 27)] {
        assert!(meaning.contains(&format!("`{}`", query(key, value))), "{key}");
    }
}

async fn aq_09(case: Case) {
    let mut expected = case.expect["results[0]"].clone();
    for host in ["st", "stj"] {
        let (client, server) = case::client(&[Address::Routes], [ok(text(&case.given[host]))]);
        let found = client.send(QueryAlbums { id: Some(4), ..Default::default() }).await.unwrap();
        assert_eq!(format!("GET {}", asked(&server)), text(&case.given["request"]));
        let album = &found.results[0];
        assert_eq!(album.price, "9.9".parse().unwrap(), "{host}");
        assert!(text(&expected["price"]).starts_with(&album.price.to_string()), "{host}: the scale is kept");
        assert!(album.row_version > 0, "{host}");
        let mut shown = serde_json::to_value(album).unwrap();
        shown["year"] = json!(album.year);
        shown["price"] = expected["price"].clone();
        expected["rowVersion"] = json!(album.row_version);
        assert_eq!(shown, expected, "{host}");
    }
}

async fn aq_10(case: Case) {
    for host in ["st", "stj"] {
        let (client, server) = case::client(&[Address::Routes], [ok(text(&case.given[host]))]);
        let query = client.with_iso_dates(false).query(QueryArtists::default()).skip(2).take(2);
        let found = query.send().await.unwrap();
        assert_eq!(format!("GET {}", asked(&server)), text(&case.given["request"]));
        let artist = &found.results[0];
        let albums: Vec<i32> = artist.albums.iter().flatten().map(|album| album.id).collect();
        assert_eq!(
            json!({"offset": found.offset, "albums": albums}),
            json!({"offset": case.expect["offset"], "albums": case.expect["results[0].albums"]})
        );
        assert_eq!(artist.genre, Genre::HipHop, "{host}");
        let born = artist.born.unwrap();
        let expected = text(&case.expect["results[0].born"]).split(' ').next().unwrap();
        // With ServiceStack.Text, the digits are those of UTC.
        assert_eq!(born.to_string().trim_end_matches('Z'), expected, "{host}");
    }
}

async fn aq_11(case: Case) {
    let (client, server) = case::client(&[Address::Routes], [ok(text(&case.given["st"]))]);
    let found = client.with_iso_dates(false).query(QueryArtists::default()).fields(["id"]).send().await.unwrap();
    assert_eq!(format!("GET {}", asked(&server)), text(&case.given["request"]));
    let Artist { id, name, genre, born, albums } = found.results[0].clone();
    assert_eq!(
        json!({"id": id, "name": name, "genre": genre, "born": born, "albums": albums}),
        case.expect["results[0]"]
    );
    let found = answer::<QueryAlbums>(ok(text(&case.given["album_stj"]))).await.unwrap();
    let Album { id, title, price, year, media, key, length, live, tracks, row_version, .. } = found.results[0].clone();
    assert_eq!(
        json!({
            "id": id, "media": media, "key": key.to_string(), "length": length.to_string(), "live": live,
            "rowVersion": row_version, "title": title, "price": price.to_string(), "year": year, "tracks": tracks,
        }),
        case.expect["album"]
    );
}

async fn aq_12(case: Case) {
    let requests: Vec<&str> = items(&case.given["requests"]).iter().map(text).collect();
    // The table contains only the ends of the responses, which follow the totals.
    let bodies = [
        r#"{"total":3,"results":[]}"#,
        r#"{"total":3,"results":[],"meta":{"COUNT(*)":"3"}}"#,
        r#"{"results":[],"meta":{"SUM(Price)":"69.300000"}}"#,
    ];
    for (tail, body) in items(&case.given["tails"]).iter().zip(bodies).skip(1) {
        assert!(body.ends_with(text(tail).trim_start_matches("]}],")), "{tail}");
    }
    let (client, server) = case::client(&[Address::Routes], bodies.map(ok));
    let client = client.with_iso_dates(false);
    let first = client.query(QueryArtists::default()).include("total").take(2).send().await.unwrap();
    let second = client.query(QueryArtists::default()).include("COUNT(*)").send().await.unwrap();
    let third = client.query(QueryAlbums::default()).include("SUM(Price)").send().await.unwrap();
    assert_eq!(json!([first.total, second.total, third.total]), case.expect["total"]);
    assert_eq!(json!([first.meta, second.meta, third.meta]), case.expect["meta"]);
    assert_eq!(
        (second.aggregate("count(*)"), third.aggregate("Sum(price)"), third.aggregate("x")),
        (Some("3"), Some("69.300000"), None)
    );
    let sorted = |query: &str| {
        let mut pairs: Vec<String> = query.split('&').map(str::to_owned).collect();
        pairs.sort();
        pairs
    };
    for (request, expected) in server.requests().iter().zip(requests) {
        let expected =
            expected.strip_prefix("GET ").unwrap().replace('(', "%28").replace(')', "%29").replace('*', "%2A");
        let (path, query) = expected.split_once('?').unwrap();
        assert_eq!((request.uri().path(), sorted(request.uri().query().unwrap())), (path, sorted(query)));
    }
}

async fn aq_13(case: Case) {
    let (client, server) = api([ok(r#"{"results":[]}"#)]);
    client.send(case::dto::<QueryArtists>(&case.given["dto"])).await.unwrap();
    assert_eq!(asked(&server), "/api/QueryArtists?ids=%5B1%2C3%5D", "{}", case.expect["query"]);
    // No key is repeated, whether it is a member or a condition.
    let query = client
        .query(QueryArtists::default())
        .filter("Ids", [1, 3])
        .filter("NameIn", ["a", "b,c"])
        .filter("NameIn", ["a"]);
    assert_eq!(query_of(query), "ids=%5B1%2C3%5D&NameIn=a%2C%22b%2Cc%22&NameIn%232=a", "{}", case.expect["never"]);
}

async fn aq_14(case: Case) {
    let (client, _) = api([]);
    let artists = || client.query(QueryArtists::default());
    let albums = || client.query(QueryAlbums::default());
    let day = |text: &str| text.parse::<evo_runtime::Date>().unwrap();
    let between = &case.given["conditions"][4][2];
    let prices = &case.given["conditions"][5][2];
    let found = [
        query_of(artists().is_null("Born")),
        query_of(artists().is_not_null("Born")),
        query_of(artists().filter("Genre", Genre::HipHop)),
        query_of(artists().filter("Name!", "Nas")),
        query_of(artists().between("Born", day(text(&between[0])), day(text(&between[1])))),
        query_of(albums().between("Price", text(&prices[0]), text(&prices[1]))),
        query_of(albums().filter("MediaIn", [1, 2])),
    ];
    for (found, expected) in found.iter().zip(items(&case.expect["queries"])) {
        let found = found.replace("%2C", ",");
        let fits = text(expected).split([' ', ',']).any(|allowed| allowed.eq_ignore_ascii_case(&found))
            || text(expected).eq_ignore_ascii_case(&found);
        assert!(fits, "{found}: {expected}");
    }
    let error = artists().filter("bornbetween", ["1900-01-01", "1950-01-01"]).prepare().unwrap_err();
    assert_eq!(error.message(), "Artist has no condition `bornbetween`; the nearest is `BornBetween`");
}

async fn aq_15(case: Case) {
    let responses = ["BornIsNull=1", "include=total,MAX(Id),AVG(Id) AS avg", "genre=nope"];
    for (response, expected) in responses.into_iter().zip(items(&case.expect["errors"])) {
        let error = answer::<QueryArtists>(case::reply(&case.given["responses"][response])).await.unwrap_err();
        let field = error.field_errors().first().and_then(|error| error.field_name.clone());
        let field = field.map_or("no field".to_owned(), |field| format!("field {field}"));
        assert_eq!(
            json!([error.status().map(|status| status.as_u16()), error.error_code(), field]),
            *expected,
            "{response}"
        );
    }
    let error = api([]).0.query(QueryArtists::default()).include("AVG(Id) AS avg").prepare().unwrap_err();
    assert!(error.message().contains("AS"), "{error}");
}

async fn aq_16(case: Case) {
    let (client, server) = case::client(&[Address::Routes], [case::reply(&case.given["response"])]);
    let found = client.query(QueryAlbumRows::default()).filter("artistName", "Nas").send().await.unwrap();
    assert_eq!(format!("GET {}", asked(&server)), text(&case.given["request"]));
    assert_eq!(json!(found.results), case.expect["results"]);
}

async fn aq_17(case: Case) {
    let (client, server) = api([ok(r#"{"results":[{"id":3}]}"#)]);
    // A query cannot contain an empty text. Such members are sent in the body, but conditions never are.
    let given = QueryAlbums { search: Some(String::new()), ..case::dto(&case.given["dto"]) };
    let found = client.query(given).keep_empty_texts().filter("IdGreaterThan", 1).send().await.unwrap();
    assert_eq!(json!(found.results[0].id), case.expect["results[0].id"]);
    let request = &server.requests()[0];
    let body: Value = serde_json::from_slice(request.body().as_bytes().unwrap()).unwrap();
    assert_eq!(
        (request.headers()["x-http-method-override"].to_str().unwrap(), asked(&server).as_str(), body),
        ("GET", "/api/QueryAlbums?IdGreaterThan=1", json!({"take": 1, "yearGreaterThan": 1992, "search": ""})),
        "{}",
        case.expect["note"]
    );
}
