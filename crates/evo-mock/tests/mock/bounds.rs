//! Hostile requests get errors.

use evo_mock::Dialect;

use crate::{call, get, mock};

#[tokio::test]
async fn hostile_requests_get_errors() {
    let folder = tempfile::tempdir().unwrap();
    for dialect in [Dialect::Classic, Dialect::Endpoints] {
        let mock = mock(&folder).dialect(dialect).start().await.unwrap();
        let deep = format!("{{\"tags\":{}", "[".repeat(100_000));
        let bodies =
            [deep.as_str(), "{\"a\":", "\u{0}", "[[[[", "{\"note\":\"\\ud800\"}", "\"", "{\"total\":1e999999}"];
        for body in bodies {
            let status = call(&mock, "POST", "/api/PlaceOrder", &[], body).await.status;
            assert!(status.starts_with("400") || status.starts_with("200"), "{status}: {body:.40}");
        }
        let paths = [
            "/%00",
            "/..%2f..%2fetc/passwd",
            "/api/..%2F..%2FGetOrder",
            "/orders/%ff%fe",
            "/api/GetOrder?%ff=%fe&a=%zz",
            "//",
            "/api/[]",
        ];
        for path in paths {
            let status = get(&mock, path).await.status;
            assert!(["200", "400", "404", "405"].iter().any(|known| status.starts_with(known)), "{status}: {path}");
        }
        let long = format!("/orders/{}", "a".repeat(9_000));
        assert_eq!(get(&mock, &long).await.status, "414 URI Too Long");
        let jsv = [("Content-Type", "application/jsv")];
        let deep = "{a:".repeat(10_000);
        assert!(call(&mock, "POST", "/orders/1", &jsv, &deep).await.status.starts_with("40"));
        assert_eq!(get(&mock, "/orders/still-there").await.json()["id"], "still-there");
    }
}

#[tokio::test]
async fn the_memory_of_requests_is_bounded() {
    let folder = tempfile::tempdir().unwrap();
    let mock = mock(&folder).start().await.unwrap();
    let form = [("Content-Type", "application/x-www-form-urlencoded")];
    let fields: String = (0..2_000).map(|number| format!("a{number}=1")).collect::<Vec<_>>().join("&");
    assert_eq!(call(&mock, "POST", "/api/PlaceOrder", &form, &fields).await.status, "400 Bad Request");
    let part = |number: usize| {
        format!("--b\r\nContent-Disposition: form-data; name=\"f{number}\"; filename=\"x\"\r\n\r\nx\r\n")
    };
    let parts: String = (0..2_000).map(part).chain(["--b--".to_owned()]).collect();
    let multipart = [("Content-Type", "multipart/form-data; boundary=b")];
    assert_eq!(call(&mock, "POST", "/api/PlaceOrder", &multipart, &parts).await.status, "400 Bad Request");
    // More values than any request has.
    let items = format!("{{\"tags\":[{}1]}}", "1,".repeat(1_100_000));
    let refused = call(&mock, "POST", "/api/PlaceOrder", &[], &items).await.status;
    assert!(refused.starts_with("400"), "{refused}");
    let headers: Vec<(String, String)> = (0..300).map(|number| (format!("X-{number}"), "x".to_owned())).collect();
    let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert!(call(&mock, "GET", "/orders/1", &headers, "").await.status.starts_with("431"));
    assert_eq!(get(&mock, "/orders/still-there").await.json()["id"], "still-there");
}

#[tokio::test]
async fn large_bodies_are_read_a_few_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let mock = mock(&folder).start().await.unwrap();
    let note = "n".repeat(2_000_000);
    let body = format!("{{\"email\":\"a@b.c\",\"note\":\"{note}\"}}");
    let calls = (0..12).map(|_| call(&mock, "POST", "/api/PlaceOrder", &[], &body));
    for reply in futures_util::future::join_all(calls).await {
        // The note is longer than a rule allows, but the body was read.
        assert_eq!(reply.status, "400 MaximumLength");
    }
}
