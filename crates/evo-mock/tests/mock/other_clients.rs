//! Requests of ServiceStack's own clients for TypeScript and Python, and the responses that they read.

use evo_mock::{Dialect, User};
use serde_json::json;

use crate::{call, mock};

#[tokio::test]
async fn the_client_for_typescript_is_served() {
    let folder = tempfile::tempdir().unwrap();
    for dialect in [Dialect::Classic, Dialect::Endpoints] {
        let mock = mock(&folder).dialect(dialect).start().await.unwrap();
        // Every request has the content type of JSON, even without a body, and accepts anything.
        let plain = [("Accept", "*/*"), ("Content-Type", "application/json")];
        let order = call(&mock, "GET", "/api/GetOrder?orderId=a%20b&unset", &plain, "").await;
        assert_eq!(
            (order.header("content-type"), &order.json()["id"]),
            (Some("application/json; charset=utf-8"), &json!("a b"))
        );
        // `null` members are sent, and batches go to the address with `[]`.
        let place = r#"{"email":"a@b.c","note":"n","total":7.5,"tags":null}"#;
        assert_eq!(call(&mock, "POST", "/api/PlaceOrder", &plain, place).await.status, "200 OK", "{dialect:?}");
        let batch = format!("[{place},{place}]");
        assert_eq!(
            call(&mock, "POST", "/api/PlaceOrder[]", &plain, &batch).await.json().as_array().map(Vec::len),
            Some(2)
        );
        // A response without a body has no content type, because the client would try to parse it.
        let cancelled = call(&mock, "DELETE", "/api/CancelOrder?orderId=1", &plain, "").await;
        assert_eq!((cancelled.status.as_str(), cancelled.header("content-type")), ("204 No Content", None));
        // Errors without a body become errors with the status as their code.
        let missing = call(&mock, "GET", "/nowhere", &plain, "").await;
        assert_eq!((missing.status.as_str(), missing.body.as_str()), ("404 Not Found", ""));
    }
}

#[tokio::test]
async fn the_client_for_typescript_renews_its_token() {
    let folder = tempfile::tempdir().unwrap();
    for dialect in [Dialect::Classic, Dialect::Endpoints] {
        let mock = mock(&folder).dialect(dialect).user(User::new("ann", "secret").role("Clerk")).start().await.unwrap();
        let sign_in = r#"{"provider":"credentials","userName":"ann","password":"secret"}"#;
        let signed_in = call(&mock, "POST", "/api/Authenticate", &[], sign_in).await.json();
        let bearer = |token: &serde_json::Value| format!("Bearer {}", token.as_str().unwrap());
        let expired = bearer(&signed_in["bearerToken"]);
        let refused =
            call(&mock, "DELETE", "/api/CancelOrder", &[("Authorization", &expired), ("X-Mock", "expire")], "").await;
        assert!(refused.status.starts_with("401"), "{}", refused.status);
        // The expired token is sent too.
        let refresh = json!({"refreshToken": signed_in["refreshToken"], "useTokenCookie": false}).to_string();
        let renewed = call(&mock, "POST", "/api/GetAccessToken", &[("Authorization", &expired)], &refresh).await.json();
        let renewed = bearer(&renewed["accessToken"]);
        let done = call(&mock, "DELETE", "/api/CancelOrder?orderId=1", &[("Authorization", &renewed)], "").await;
        assert_eq!(done.status, "204 No Content", "{dialect:?}");
        // Logging out is a call of the operation.
        let out = call(&mock, "POST", "/api/Authenticate", &[], r#"{"provider":"logout"}"#).await;
        assert_eq!((out.status.as_str(), out.body.as_str()), ("200 OK", "{}"));
    }
}

#[tokio::test]
async fn the_client_for_python_posts_files_with_json_in_the_other_parts() {
    let folder = tempfile::tempdir().unwrap();
    for dialect in [Dialect::Classic, Dialect::Endpoints] {
        let mock = mock(&folder).dialect(dialect).start().await.unwrap();
        let part = |name: &str, value: &str| {
            format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let file = "--b\r\nContent-Disposition: form-data; name=\"upload\"; filename=\"x.txt\"\r\nContent-Type: text/plain\r\n\r\nhi\r\n--b--\r\n";
        let body = part("email", "a@b.c") + &part("note", "n") + &part("tags", r#"["a","b"]"#) + file;
        let headers = [("Content-Type", "multipart/form-data; boundary=b")];
        assert_eq!(call(&mock, "POST", "/api/PlaceOrder", &headers, &body).await.status, "200 OK", "{dialect:?}");
    }
}
