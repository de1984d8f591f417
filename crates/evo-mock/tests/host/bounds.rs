//! Hostile requests are answered with errors.

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
