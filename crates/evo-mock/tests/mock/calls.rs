//! Addresses, verbs, formats and dialects.

use evo_mock::{Casing, Dialect};
use serde_json::json;

use crate::{call, get, mock};

#[tokio::test]
async fn an_operation_is_called_by_every_address() {
    let folder = tempfile::tempdir().unwrap();
    let mock = mock(&folder).start().await.unwrap();
    for path in
        ["/orders/o7", "/api/GetOrder?orderId=o7", "/json/reply/GetOrder?OrderID=o7", "/api/getorder.json?orderId=o7"]
    {
        let reply = get(&mock, path).await;
        assert_eq!((reply.status.as_str(), &reply.json()["id"]), ("200 OK", &json!("o7")), "{path}");
    }
    let jsv = get(&mock, "/jsv/reply/GetOrder?orderId=o7").await;
    assert!(jsv.body.contains("id:o7,") && jsv.body.contains("placed:2026-01-01T09:30:00Z"), "{}", jsv.body);
    assert_eq!(jsv.header("content-type"), Some("application/jsv"));
    assert_eq!(get(&mock, "/api/Nothing").await.status, "405 Method Not Allowed");
    assert_eq!(get(&mock, "/nowhere").await.status, "404 Not Found");
    let wrong_verb = call(&mock, "POST", "/api/GetOrder", &[], "{}").await;
    assert_eq!(wrong_verb.status, "405 NotImplementedException");
    assert_eq!(wrong_verb.json()["responseStatus"]["errorCode"], "NotImplementedException");
}

#[tokio::test]
async fn dialects_differ_in_routing_and_in_values() {
    let folder = tempfile::tempdir().unwrap();
    let classic = mock(&folder).casing(Casing::Pascal).start().await.unwrap();
    let order = get(&classic, "/orders/o7").await.json();
    assert_eq!(
        order,
        json!({"Id": "o7", "Total": 1.5, "Placed": "/Date(1767259800000)/", "Key": "00000000000040008000000000000001",
               "State": "Open", "Notes": ["Notes 1", "Notes 2"]})
    );
    let iso = get(&classic, "/api/GetOrder?orderId=o7&jsconfig=dh:iso8601").await.json();
    assert_eq!(iso["Placed"], "2026-01-01T09:30:00.0000000Z");

    let endpoints = mock(&folder).dialect(Dialect::Endpoints).start().await.unwrap();
    let order = get(&endpoints, "/orders/o7").await.json();
    assert_eq!(
        order,
        json!({"id": "o7", "total": 1.5, "placed": "2026-01-01T09:30:00Z", "key": "00000000-0000-4000-8000-000000000001",
               "state": "Open", "notes": ["Notes 1", "Notes 2"]})
    );
    let wrong_verb = call(&endpoints, "POST", "/api/GetOrder", &[], "{}").await;
    assert_eq!((wrong_verb.status.as_str(), wrong_verb.header("allow")), ("405 Method Not Allowed", Some("GET")));
    assert_eq!(get(&endpoints, "/json/reply/GetOrder").await.status, "405 Method Not Allowed");
    let long =
        call(&endpoints, "POST", "/api/GetOrder.json", &[("X-Http-Method-Override", "GET")], r#"{"orderId":"o7"}"#)
            .await;
    assert_eq!(long.json()["id"], "o7");
}

#[tokio::test]
async fn strict_hosts_reject_what_classic_hosts_ignore() {
    let folder = tempfile::tempdir().unwrap();
    let body = r#"{"email":"a@b.c","note":"n","total":"12"}"#;
    let classic = mock(&folder).start().await.unwrap();
    assert_eq!(call(&classic, "POST", "/api/PlaceOrder", &[], body).await.json()["total"], 12);
    let endpoints = mock(&folder).dialect(Dialect::Endpoints).start().await.unwrap();
    let refused = call(&endpoints, "POST", "/api/PlaceOrder", &[], body).await;
    assert_eq!(refused.status, "400 Bad Request");
    assert_eq!(refused.json()["responseStatus"]["errorCode"], "SerializationException");
    let malformed = call(&classic, "POST", "/api/PlaceOrder", &[], "hello").await;
    assert_eq!(malformed.json()["responseStatus"]["errorCode"], "SerializationException");
}

#[tokio::test]
async fn invalid_values_and_violated_rules_are_rejected() {
    let folder = tempfile::tempdir().unwrap();
    let host = mock(&folder).start().await.unwrap();
    let bad = get(&host, "/api/ListOrders?skip=x&take=1&nonsense=2").await;
    assert_eq!(bad.status, "400 Bad Request");
    let status = bad.json()["responseStatus"].clone();
    assert_eq!(status["message"], "Unable to bind to request 'ListOrders'");
    assert_eq!(status["errors"][0]["fieldName"], "skip");
    let broken = call(&host, "POST", "/api/PlaceOrder", &[], r#"{"email":"x","note":"too long"}"#).await;
    assert_eq!(broken.status, "400 Email");
    let errors = broken.json()["responseStatus"]["errors"].clone();
    let codes: Vec<_> =
        errors.as_array().unwrap().iter().map(|error| (&error["fieldName"], &error["errorCode"])).collect();
    assert_eq!(codes, [(&json!("Email"), &json!("Email")), (&json!("Note"), &json!("MaximumLength"))]);

    let lenient = mock(&folder).lenient(true).start().await.unwrap();
    assert_eq!(call(&lenient, "POST", "/api/PlaceOrder", &[], r#"{"email":"x"}"#).await.status, "200 OK");
}

#[tokio::test]
async fn batches_are_answered_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let mock = mock(&folder).start().await.unwrap();
    let batch = call(&mock, "POST", "/api/GetOrder[]", &[], r#"[{"orderId":"a"},{"orderId":"b"}]"#).await;
    let ids: Vec<_> = batch.json().as_array().unwrap().iter().map(|order| order["id"].clone()).collect();
    assert_eq!((ids, batch.header("x-autobatch-completed")), (vec![json!("a"), json!("b")], Some("2")));
    let invalid = r#"[{"email":"a@b.c","note":"n"},{"email":"a@b.c"}]"#;
    let refused = call(&mock, "POST", "/api/PlaceOrder[]", &[], invalid).await;
    assert_eq!(refused.json()["responseStatus"]["meta"], json!({"AutoBatchIndex": "1"}));
    assert_eq!(refused.header("x-autobatch-completed"), None);
}

#[tokio::test]
async fn forms_and_files_are_accepted_and_streams_are_sent() {
    let folder = tempfile::tempdir().unwrap();
    let mock = mock(&folder).start().await.unwrap();
    let form = [("Content-Type", "application/x-www-form-urlencoded")];
    let placed = call(&mock, "POST", "/api/PlaceOrder", &form, "email=a%40b.c&note=n&total=7.50&tags=%5Ba,b%5D").await;
    assert_eq!(placed.json()["total"].to_string(), "7.5");
    let parts = "--b\r\nContent-Disposition: form-data; name=\"email\"\r\n\r\na@b.c\r\n--b\r\nContent-Disposition: form-data; \
                 name=\"note\"\r\n\r\nn\r\n--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\"\r\n\r\nfile\r\n--b--\r\n";
    let multipart = [("Content-Type", "multipart/form-data; boundary=b")];
    assert_eq!(call(&mock, "POST", "/api/PlaceOrder", &multipart, parts).await.status, "200 OK");
    let whole = get(&mock, "/api/Download").await;
    assert_eq!((whole.body.as_str(), whole.header("accept-ranges")), ("Sample bytes of Download.\n", Some("bytes")));
    let part = call(&mock, "GET", "/api/Download", &[("Range", "bytes=7-11")], "").await;
    assert_eq!((part.status.as_str(), part.body.as_str()), ("206 Partial Content", "bytes"));
    assert_eq!(part.header("content-range"), Some("bytes 7-11/26"));
}

#[tokio::test]
async fn the_host_describes_itself() {
    let folder = tempfile::tempdir().unwrap();
    let mock = mock(&folder).dialect(Dialect::Endpoints).start().await.unwrap();
    for path in ["/types/metadata", "/types/metadata.json"] {
        assert_eq!(get(&mock, path).await.json(), crate::document(), "{path}");
    }
    let app = get(&mock, "/metadata/app.json").await.json();
    assert_eq!(app["api"], crate::document());
    let page = call(&mock, "GET", "/", &[("Accept", "text/html")], "").await;
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    assert!(page.body.contains("PlaceOrder") && !page.body.contains("http://"), "the page needs no other host");
    assert_eq!(get(&mock, "/").await.status, "404 Not Found", "a program gets what a real host says");
}

#[tokio::test]
async fn programs_in_a_browser_can_call_the_mock() {
    let folder = tempfile::tempdir().unwrap();
    let with = mock(&folder).start().await.unwrap();
    let origin = [
        ("Origin", "http://localhost:3000"),
        ("Access-Control-Request-Method", "POST"),
        ("Access-Control-Request-Headers", "x-y"),
    ];
    let preflight = call(&with, "OPTIONS", "/api/PlaceOrder", &origin, "").await;
    assert_eq!(preflight.status, "204 No Content");
    assert_eq!(preflight.header("access-control-allow-origin"), Some("http://localhost:3000"));
    assert_eq!(preflight.header("access-control-allow-headers"), Some("x-y"));
    let without = mock(&folder).cors(false).start().await.unwrap();
    let reply = call(&without, "GET", "/orders/1", &origin[..1], "").await;
    assert_eq!(reply.header("access-control-allow-origin"), None);
}

#[tokio::test]
async fn responses_have_the_requested_format() {
    let folder = tempfile::tempdir().unwrap();
    let mock = mock(&folder).start().await.unwrap();
    let csv = get(&mock, "/api/ListOrders.csv?take=1").await;
    assert_eq!(csv.header("content-type"), Some("text/csv"));
    assert_eq!(csv.header("content-disposition"), Some("attachment;filename=\"ListOrders.csv\""));
    let row = "order-1,1.5,2026-01-01T09:30:00Z,00000000000040008000000000000001,Open,\"[Notes 1,Notes 2]\"";
    assert_eq!(csv.body, format!("Id,Total,Placed,Key,State,Notes\r\n{row}\r\n"));
    let xml = call(&mock, "GET", "/orders/o7", &[("Accept", "application/xml")], "").await;
    assert_eq!(xml.header("content-type"), Some("application/xml"));
    assert!(
        xml.body.contains("<Order><Id>o7</Id><Key>") && xml.body.contains("<Notes><string>Notes 1</string>"),
        "{}",
        xml.body
    );
    let lines = get(&mock, "/api/ListOrders?format=jsonl&take=2").await.body;
    let ids: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].clone()).collect();
    assert_eq!(ids, [json!("order-1"), json!("order-2")]);
    let refused = call(&mock, "GET", "/orders/1?format=csv", &[("X-Mock", "status=404,code=NotFound")], "").await;
    assert!(
        refused.body.starts_with("Id,Total,Placed,Key,State,Notes\r\n") || refused.body.starts_with("ResponseStatus"),
        "{}",
        refused.body
    );
}

#[tokio::test]
async fn classic_hosts_reply_in_each_format_by_its_own_address() {
    let folder = tempfile::tempdir().unwrap();
    let classic = mock(&folder).start().await.unwrap();
    for (format, content_type) in [
        ("json", "application/json; charset=utf-8"),
        ("jsv", "application/jsv"),
        ("csv", "text/csv"),
        ("xml", "application/xml"),
        ("jsonl", "text/jsonl"),
        ("html", "text/html"),
    ] {
        let reply = get(&classic, &format!("/{format}/reply/ListOrders?take=1")).await;
        assert_eq!((reply.status.as_str(), reply.header("content-type")), ("200 OK", Some(content_type)), "{format}");
    }
    let endpoints = mock(&folder).dialect(Dialect::Endpoints).start().await.unwrap();
    assert_eq!(get(&endpoints, "/csv/reply/ListOrders").await.status, "405 Method Not Allowed");
}

#[tokio::test]
async fn a_callback_parameter_requests_jsonp() {
    let folder = tempfile::tempdir().unwrap();
    for dialect in [Dialect::Classic, Dialect::Endpoints] {
        let mock = mock(&folder).dialect(dialect).start().await.unwrap();
        let reply = get(&mock, "/orders/o7?callback=my.cb").await;
        assert_eq!(reply.header("content-type"), Some("text/javascript"));
        assert!(reply.body.starts_with("my.cb({\"id\":\"o7\",") && reply.body.ends_with("})"), "{}", reply.body);
        // A text that is not the name of a function is ignored.
        assert!(get(&mock, "/orders/o7?callback=alert(1)").await.body.starts_with('{'));
    }
}

#[tokio::test]
async fn classes_that_a_serializer_cannot_use_fail_wherever_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let member = |name: &str, ty: &str, namespace: &str| json!({"name": name, "type": ty, "namespace": namespace});
    let document = json!({
        "types": [
            {"name": "Outer", "namespace": "Shop", "properties": [
                {"name": "Inner", "type": "List`1", "namespace": "System.Collections.Generic", "genericArgs": ["Twins"]}]},
            {"name": "Twins", "namespace": "Shop", "properties": [member("URL", "String", "System"), member("Url", "String", "System")]},
        ],
        "operations": [{"request": {"name": "GetTwins", "namespace": "Shop"}, "actions": ["GET"], "method": "GET",
            "routes": [{"path": "/twins", "verbs": "GET"}], "returnType": {"name": "Outer", "namespace": "Shop"}}],
    });
    let path = folder.path().join("twins.json");
    std::fs::write(&path, document.to_string()).unwrap();
    let endpoints = evo_mock::Mock::of(&path).dialect(Dialect::Endpoints).start().await.unwrap();
    for path in ["/twins", "/api/GetTwins"] {
        let reply = get(&endpoints, path).await;
        assert_eq!(reply.status, "200 OK");
        assert_eq!(reply.json()["responseStatus"]["errorCode"], "InvalidOperationException");
    }
    // ServiceStack.Text writes JSV on every host.
    assert!(get(&endpoints, "/twins.jsv").await.body.starts_with("{inner:[{"));
    let classic = evo_mock::Mock::of(&path).start().await.unwrap();
    assert!(get(&classic, "/twins").await.body.starts_with("{\"inner\":[{"));
}
