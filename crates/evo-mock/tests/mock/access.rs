//! Users, roles, sessions and tokens.

use evo_mock::{Dialect, User};

use crate::{Reply, call, mock};

const CANCEL: &str = "/api/CancelOrder?orderId=1";

fn users(mock: evo_mock::Mock) -> evo_mock::Mock {
    mock.user(User::parse("ann:secret:Clerk").unwrap()).user(User::new("bob", "word"))
}

fn cookies(reply: &Reply) -> String {
    let all = reply.headers.iter().filter(|(name, _)| name == "set-cookie");
    all.map(|(_, value)| value.split(';').next().unwrap_or_default()).collect::<Vec<_>>().join("; ")
}

#[tokio::test]
async fn without_users_everybody_can_call_everything() {
    let folder = tempfile::tempdir().unwrap();
    let mock = mock(&folder).start().await.unwrap();
    assert_eq!(call(&mock, "DELETE", CANCEL, &[], "").await.status, "204 No Content");
}

#[tokio::test]
async fn rejections_have_the_shape_of_the_dialect() {
    let folder = tempfile::tempdir().unwrap();
    let classic = users(mock(&folder)).start().await.unwrap();
    let nobody = call(&classic, "DELETE", CANCEL, &[], "").await;
    assert_eq!((nobody.status.as_str(), nobody.body.as_str()), ("401 Unauthorized", ""));
    assert_eq!(nobody.header("www-authenticate"), Some("credentials realm=\"/auth/credentials\""));
    let wrong = call(&classic, "DELETE", CANCEL, &[("Authorization", "Basic YW5uOndyb25n")], "").await;
    assert_eq!(wrong.status, "401 Invalid Username or Password");
    let bob = [("Authorization", "Basic Ym9iOndvcmQ=")];
    let forbidden = call(&classic, "DELETE", CANCEL, &bob, "").await;
    assert_eq!(forbidden.status, "403 Invalid Role");
    assert_eq!(
        forbidden.body,
        "Forbidden\r\n\r\nRequest.HttpMethod: DELETE\r\nRequest.PathInfo: /api/CancelOrder\r\nRequest.QueryString: orderId=1\r\n\r\n"
    );
    let page = call(&classic, "GET", "/orders/1", &[("Accept", "text/html")], "").await;
    assert_eq!(page.header("content-type"), Some("text/html"));

    let endpoints = users(mock(&folder)).dialect(Dialect::Endpoints).start().await.unwrap();
    for (headers, status) in [(&[][..], "401 Unauthorized"), (&bob[..], "403 Forbidden")] {
        let refused = call(&endpoints, "DELETE", CANCEL, headers, "").await;
        assert_eq!((refused.status.as_str(), refused.body.as_str()), (status, ""));
    }
}

#[tokio::test]
async fn sessions_tokens_and_keys_sign_in() {
    let folder = tempfile::tempdir().unwrap();
    let mock = users(mock(&folder)).start().await.unwrap();
    let login = call(&mock, "POST", "/auth/credentials", &[], r#"{"userName":"ann","password":"secret"}"#).await;
    let (session, answer) = (cookies(&login), login.json());
    assert_eq!(answer["userName"], "ann");
    assert_eq!(call(&mock, "DELETE", CANCEL, &[("Cookie", &session)], "").await.status, "204 No Content");
    let bearer = format!("Bearer {}", answer["bearerToken"].as_str().unwrap());
    assert_eq!(call(&mock, "DELETE", CANCEL, &[("Authorization", &bearer)], "").await.status, "204 No Content");
    assert_eq!(call(&mock, "GET", "/api/Keyed", &[("X-Api-Key", "word")], "").await.status, "200 OK");
    assert_eq!(call(&mock, "GET", "/api/Keyed", &[("X-Api-Key", "other")], "").await.status, "401 Invalid API Key");

    let expired = call(&mock, "DELETE", CANCEL, &[("Authorization", &bearer), ("X-Mock", "expire")], "").await;
    assert_eq!(expired.json()["responseStatus"]["errorCode"], "TokenException");
    let refresh = serde_json::json!({"refreshToken": answer["refreshToken"]}).to_string();
    let renewed = call(&mock, "POST", "/access-token", &[], &refresh).await.json();
    let bearer = format!("Bearer {}", renewed["accessToken"].as_str().unwrap());
    assert_eq!(call(&mock, "DELETE", CANCEL, &[("Authorization", &bearer)], "").await.status, "204 No Content");

    call(&mock, "POST", "/auth/logout", &[("Cookie", &session)], "").await;
    assert_eq!(call(&mock, "DELETE", CANCEL, &[("Cookie", &session)], "").await.status, "401 Unauthorized");
    let wrong = call(&mock, "POST", "/auth/credentials", &[], r#"{"userName":"ann","password":"x"}"#).await;
    assert_eq!(wrong.json()["responseStatus"]["message"], "Invalid Username or Password");
}

#[tokio::test]
async fn tokens_are_sent_in_cookies_on_request() {
    let folder = tempfile::tempdir().unwrap();
    for (dialect, expired) in [(Dialect::Classic, "204 No Content"), (Dialect::Endpoints, "401 Unauthorized")] {
        let mock = users(mock(&folder)).dialect(dialect).token_cookies(true).start().await.unwrap();
        let credentials = r#"{"userName":"ann","password":"secret"}"#;
        let login = call(&mock, "POST", "/auth/credentials", &[], credentials).await;
        assert_eq!(login.header("x-cookies"), Some("ss-tok,ss-reftok"));
        assert_eq!(login.json().get("bearerToken"), None);
        let session = cookies(&login);
        let sent = [("Cookie", session.as_str())];
        assert_eq!(call(&mock, "DELETE", CANCEL, &sent, "").await.status, "204 No Content");
        // Classic hosts renew an expired token themselves; on other hosts, the client requests a new one.
        let late = [("Cookie", session.as_str()), ("X-Mock", "expire")];
        assert_eq!(call(&mock, "DELETE", CANCEL, &late, "").await.status, expired, "{dialect:?}");
        let renewed = call(&mock, "POST", "/access-token", &sent, "{}").await;
        assert_eq!(renewed.json(), serde_json::json!({}));
        let renewed = cookies(&renewed);
        assert!(renewed.starts_with("ss-tok=token-ann-"), "{renewed}");
        assert_eq!(call(&mock, "DELETE", CANCEL, &[("Cookie", &renewed)], "").await.status, "204 No Content");
    }
}

#[tokio::test]
async fn operations_that_require_an_api_key_accept_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    for dialect in [Dialect::Classic, Dialect::Endpoints] {
        let mock = users(mock(&folder)).dialect(dialect).start().await.unwrap();
        let login = call(&mock, "POST", "/auth/credentials", &[], r#"{"userName":"ann","password":"secret"}"#).await;
        let session = cookies(&login);
        let token = format!("Bearer {}", login.json()["bearerToken"].as_str().unwrap());
        let basic = "Basic YW5uOnNlY3JldA==";
        for (headers, is_open) in [
            (vec![("X-Api-Key", "secret")], true),
            (vec![("Authorization", "Bearer secret")], true),
            // The header takes precedence, even if it is wrong.
            (vec![("X-Api-Key", "other"), ("Authorization", "Bearer secret")], false),
            (vec![("X-Api-Key", ""), ("Authorization", "Bearer secret")], false),
            (vec![("Authorization", basic)], false),
            (vec![("Authorization", &token)], false),
            (vec![("Cookie", &session)], false),
            (vec![], false),
        ] {
            let reply = call(&mock, "GET", "/api/Keyed", &headers, "").await;
            let expected = if is_open { "200 OK" } else { "401 Invalid API Key" };
            assert_eq!(reply.status, expected, "{dialect:?}: {headers:?}");
        }
        // Other operations ignore a wrong key, and a bearer that is not a token.
        for wrong in [("X-Api-Key", "other"), ("Authorization", "Bearer other")] {
            let reply = call(&mock, "DELETE", CANCEL, &[("Cookie", &session), wrong], "").await;
            assert_eq!(reply.status, "204 No Content", "{dialect:?}: {wrong:?}");
        }
        let forged = [("Cookie", session.as_str()), ("Authorization", "Bearer a.b.c")];
        assert!(call(&mock, "DELETE", CANCEL, &forged, "").await.status.starts_with("401"), "{dialect:?}");
    }
}

#[tokio::test]
async fn services_for_users_validate_their_requests() {
    let folder = tempfile::tempdir().unwrap();
    for dialect in [Dialect::Classic, Dialect::Endpoints] {
        let mock =
            users(mock(&folder)).user(User::new("root", "pass").role("Admin")).dialect(dialect).start().await.unwrap();
        let (ann, root) = ("Basic YW5uOnNlY3JldA==", "Basic cm9vdDpwYXNz");
        for (path, body, authorization, expected) in [
            ("/auth/credentials", r#"{"userName":"ann"}"#, "", "500 ValidationException Password"),
            ("/auth/credentials", r#"{"password":"secret"}"#, "", "500 ValidationException UserName"),
            ("/auth/nobody", "{}", "", "404 NotFound "),
            ("/api/GetAccessToken", "{}", "", "400 ArgumentNullException refreshToken"),
            ("/register", r#"{"userName":"eve"}"#, "", "400 NotEmpty Password"),
            ("/register", r#"{"email":"e@b.c","password":"a","confirmPassword":"b"}"#, "", "400 PasswordsShouldMatch "),
            ("/api/Register", r#"{"userName":"eve","password":"a","confirmPassword":"a"}"#, "", "200  "),
            ("/api/AssignRoles", r#"{"userName":"bob","roles":["Clerk"]}"#, root, "200  "),
            ("/api/UnAssignRoles", r#"{"userName":"bob","roles":["Clerk"]}"#, ann, "403  "),
        ] {
            let headers = [("Authorization", authorization)];
            let headers = if authorization.is_empty() { &[][..] } else { &headers };
            let reply = call(&mock, "POST", path, headers, body).await;
            let body: serde_json::Value = serde_json::from_str(&reply.body).unwrap_or_default();
            let status = &body["responseStatus"];
            let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
            let number = reply.status.split(' ').next().unwrap_or_default();
            let actual = format!("{number} {} {}", text(&status["errorCode"]), text(&status["errors"][0]["fieldName"]));
            assert_eq!(actual, expected, "{dialect:?}: {path} {}", reply.body);
        }
        let body = r#"{"userName":"ann","password":"secret","autoLogin":true}"#;
        let registered = call(&mock, "POST", "/register", &[], body).await;
        let session = cookies(&registered);
        assert_eq!(call(&mock, "DELETE", CANCEL, &[("Cookie", &session)], "").await.status, "204 No Content");
    }
}
