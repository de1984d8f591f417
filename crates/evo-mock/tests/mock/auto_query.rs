//! Queries and CRUD operations that ServiceStack itself implements.

use evo_mock::{Dialect, Mock, Running};
use serde_json::{Value, json};

use crate::call;

/// A table of albums: queries of a database and of data in memory, and changes.
fn document() -> Value {
    let text = |name: &str| json!({"name": name, "type": "String", "namespace": "System"});
    let number = |name: &str, ty: &str| json!({"name": name, "type": ty, "namespace": "System", "isValueType": true});
    let maybe = |name: &str| json!({"name": name, "type": "Nullable`1", "namespace": "System", "isValueType": true, "genericArgs": ["Int32"]});
    let genre = json!({"name": "Genre", "type": "Genre", "namespace": "Music", "isValueType": true, "isEnum": true});
    let album = json!({"name": "Album", "namespace": "Music"});
    let rows = json!({"name": "QueryResponse`1", "namespace": "ServiceStack", "genericArgs": ["Album"]});
    let query = |name: &str, base: &str| {
        json!({
            "request": {"name": name, "namespace": "Music", "properties": [maybe("Id")],
                "inherits": {"name": format!("{base}`1"), "namespace": "ServiceStack", "genericArgs": ["Album"]}},
            "returnType": rows, "actions": ["GET"], "method": "GET", "dataModel": album, "routes": [],
        })
    };
    let change = |name: &str, marker: &str, verb: &str, properties: Value| {
        let marker = json!({"name": format!("{marker}`1"), "namespace": "ServiceStack", "genericArgs": ["Album"]});
        json!({
            "request": {"name": name, "namespace": "Music", "properties": properties, "implements": [marker]},
            "returnType": {"name": "IdResponse", "namespace": "ServiceStack"}, "actions": [verb], "method": verb, "dataModel": album,
        })
    };
    json!({
        "types": [
            {"name": "Album", "namespace": "Music", "properties": [number("Id", "Int32"), text("Title"), number("Born", "DateTime"),
                number("Price", "Decimal"), genre, number("RowVersion", "UInt64")]},
            {"name": "Genre", "namespace": "Music", "isEnum": true, "enumNames": ["Rock", "Jazz"], "enumValues": ["0", "1"]},
        ],
        "operations": [
            query("FindAlbums", "QueryDb"), query("FindInMemory", "QueryData"),
            change("CreateAlbum", "ICreateDb", "POST", json!([text("Title")])),
            change("UpdateAlbum", "IUpdateDb", "PUT", json!([number("Id", "Int32"), text("Title")])),
            change("PatchAlbum", "IPatchDb", "PATCH", json!([number("Id", "Int32"), text("Title"), number("RowVersion", "UInt64")])),
            change("DeleteAlbum", "IDeleteDb", "DELETE", json!([number("Id", "Int32")])),
        ],
    })
}

fn mock(folder: &tempfile::TempDir) -> Mock {
    let path = folder.path().join("music.json");
    std::fs::write(&path, document().to_string()).unwrap();
    Mock::of(path)
}

/// Returns the status and the error code of a response: `400 FormatException`.
async fn outcome(mock: &Running, method: &str, path: &str, body: &str) -> String {
    let reply = call(mock, method, path, &[], body).await;
    let status = reply.status.split(' ').next().unwrap_or_default().to_owned();
    let body: Value = serde_json::from_str(&reply.body).unwrap_or_default();
    match body["responseStatus"]["errorCode"].as_str() {
        Some(code) => format!("{status} {code}"),
        None => status,
    }
}

#[tokio::test]
async fn conditions_must_suit_their_columns() {
    let folder = tempfile::tempdir().unwrap();
    for dialect in [Dialect::Classic, Dialect::Endpoints] {
        let mock = mock(&folder).dialect(dialect).start().await.unwrap();
        for (query, expected) in [
            ("TitleStartsWith=x&titleContains=1&IdIn=1,2&Born%3E=2026-05-01&%3EPrice=1.5&genres=Jazz,0", "200"),
            ("Born=&BornIsNull&unknown=x&BornBetween=[2026-05-01,2026-06-01]&Id%21%232=1", "200"),
            ("BornIsNull=1", "400 FormatException"),
            ("bornAfter=soon", "400 FormatException"),
            ("IdGreaterThan=x", "400 FormatException"),
            ("Price%3C=x", "400 FormatException"),
            ("IdIn=1,x", "400 FormatException"),
            ("MinId=99999999999", "500 OverflowException"),
            ("GenreIn=Jazz,Pop", "400 ArgumentException"),
            ("BornBetween=2026-05-01", "400 ArgumentException"),
            // A declared member is bound first.
            ("id=x", "400 SerializationException"),
        ] {
            let path = format!("/api/FindAlbums?{query}");
            assert_eq!(outcome(&mock, "GET", &path, "").await, expected, "{dialect:?}: {query}");
        }
        let reply = call(&mock, "GET", "/api/FindAlbums?BornIsNull=1", &[], "").await;
        let expected = json!({"offset": 0, "total": 0, "responseStatus": {"errorCode": "FormatException",
            "message": "String '1' was not recognized as a valid DateTime.", "errors": []}});
        assert_eq!(reply.json(), expected);
    }
}

#[tokio::test]
async fn a_database_rejects_what_data_in_memory_ignores() {
    let folder = tempfile::tempdir().unwrap();
    let mock = mock(&folder).start().await.unwrap();
    for (query, expected) in [
        ("orderBy=Title,-born&orderByDesc=Id;price", "200"),
        ("orderBy=nope", "400 ArgumentException"),
        ("orderByDesc=Title,-nope", "400 ArgumentException"),
        ("skip=-1", "400 ArgumentException"),
        ("take=-1", "400 ArgumentException"),
    ] {
        assert_eq!(outcome(&mock, "GET", &format!("/api/FindAlbums?{query}"), "").await, expected, "{query}");
        assert_eq!(outcome(&mock, "GET", &format!("/api/FindInMemory?{query}"), "").await, "200", "{query}");
    }
}

#[tokio::test]
async fn changes_require_a_row_a_value_and_its_version() {
    let folder = tempfile::tempdir().unwrap();
    for dialect in [Dialect::Classic, Dialect::Endpoints] {
        let mock = mock(&folder).dialect(dialect).start().await.unwrap();
        for (method, path, body, expected) in [
            ("PUT", "/api/UpdateAlbum", r#"{"id":1,"title":"a"}"#, "200"),
            ("PUT", "/api/UpdateAlbum", r#"{"title":"a"}"#, "400 ArgumentNullException"),
            ("PATCH", "/api/PatchAlbum", r#"{"title":"a"}"#, "400 ArgumentNullException"),
            ("PATCH", "/api/PatchAlbum", r#"{"id":1}"#, "400 ArgumentException"),
            ("PATCH", "/api/PatchAlbum", r#"{"id":1,"title":null}"#, "400 ArgumentException"),
            ("PATCH", "/api/PatchAlbum", r#"{"id":1,"title":"a"}"#, "409 OptimisticConcurrencyException"),
            (
                "PATCH",
                "/api/PatchAlbum",
                r#"{"id":1,"title":"a","rowVersion":0}"#,
                "409 OptimisticConcurrencyException",
            ),
            ("PATCH", "/api/PatchAlbum", r#"{"id":1,"title":"a","rowVersion":7}"#, "200"),
            ("PATCH", "/api/PatchAlbum?reset=born,Title", r#"{"id":1,"rowVersion":7}"#, "200"),
            ("PATCH", "/api/PatchAlbum?reset=nope", r#"{"id":1,"rowVersion":7}"#, "405 NotSupportedException"),
            ("PATCH", "/api/PatchAlbum?reset=Id", r#"{"id":1,"rowVersion":7}"#, "405 NotSupportedException"),
            ("DELETE", "/api/DeleteAlbum?id=1", "", "200"),
            ("DELETE", "/api/DeleteAlbum", "", "405 NotSupportedException"),
        ] {
            assert_eq!(outcome(&mock, method, path, body).await, expected, "{dialect:?}: {method} {path} {body}");
        }
        // A batch changes all rows or none, and returns no counts.
        let batch = call(&mock, "POST", "/api/CreateAlbum[]", &[], r#"[{"title":"a"},{"title":"b"}]"#).await;
        assert_eq!((batch.json().as_array().map(Vec::len), batch.header("x-autobatch-completed")), (Some(2), None));
    }
}

#[tokio::test]
async fn a_custom_response_replaces_all_of_autoquery() {
    let folder = tempfile::tempdir().unwrap();
    let mock = mock(&folder).on("PatchAlbum", |_| json!({"id": "9"}).into()).start().await.unwrap();
    assert_eq!(call(&mock, "PATCH", "/api/PatchAlbum", &[], "{}").await.json(), json!({"id": "9"}));
    let lenient = self::mock(&folder).lenient(true).start().await.unwrap();
    assert_eq!(outcome(&lenient, "PATCH", "/api/PatchAlbum", "{}").await, "200");
}
