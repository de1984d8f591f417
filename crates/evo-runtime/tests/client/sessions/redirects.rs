//! Redirects that mean "not signed in" or "access denied".

use evo_runtime::transport::{HttpReply, ScriptedTransport};
use evo_runtime::{Address, Client, Credentials, Error, ErrorKind, operation, record};

#[derive(Debug, Clone, PartialEq, Default)]
struct Create {}
record!(Create {});
operation!(Create: POST => ());

const SIGNED_IN: &str = r#"{"userId":"1","sessionId":"b"}"#;

/// Returns the error of a redirected call, and the number of requests except the sign-in.
async fn redirected(location: &str) -> (Error, usize) {
    let server = ScriptedTransport::new([HttpReply::of(200, "application/json", SIGNED_IN)]);
    for _ in 0..2 {
        server.answer(HttpReply::of(302, "", "").with_reason("Found").with_header("location", location));
        server.answer(HttpReply::of(200, "application/json", SIGNED_IN));
    }
    let client = Client::builder("https://h/v1").transport(server.clone()).auth(Credentials::new("u", "p")).build();
    let error = client.unwrap().send(Create {}).await.unwrap_err();
    let calls = server.requests().iter().filter(|request| request.uri().path() == "/v1/api/Create").count();
    (error, calls)
}

#[tokio::test]
async fn a_forbidden_call_is_not_sent_again() {
    for location in [
        "/Account/AccessDenied?ReturnUrl=%2Fapi%2FCreate",
        "https://h/Identity/Account/AccessDenied",
        "/access-denied",
        "/auth/forbidden?redirect=%2Fapi%2FCreate",
        "../errors/access_denied.html",
        "/Account/AccessDenied;v=1?ReturnUrl=%2F\u{fc}",
        "/app#/forbidden",
    ] {
        let (error, calls) = redirected(location).await;
        assert_eq!(
            (error.kind(), error.status().map(|status| status.as_u16()), calls),
            (ErrorKind::Forbidden, Some(302), 1),
            "{location}"
        );
        assert!(error.is_forbidden() && !error.is_unauthorized(), "{location}");
    }
}

#[tokio::test]
async fn sign_in_pages_are_those_of_servicestack_asp_net_and_identity_providers() {
    for location in [
        "/login?redirect=https%3A%2F%2Fh%2Fapi%2FCreate",
        "/Account/Login?ReturnUrl=%2Fapi%2FCreate",
        "/Account/Login",
        "/users/sign-in/",
        "/SignIn.aspx",
        "/portal?returnUrl=%2Fapi%2FCreate",
        "https://id.example/connect/authorize?client_id=1&redirect_uri=https%3A%2F%2Fh",
        "https://login.example/common/oauth2/v2.0/authorize",
        "https://id.example/realms/x/protocol/openid-connect/auth?redirect_uri=https%3A%2F%2Fh",
        "https://id.example/saml?SAMLRequest=fZ",
        "https://sts.example/adfs/ls?wa=wsignin1.0&wtrealm=urn:h",
        "https://sts.example/adfs/ls?wa=wsignin1.0",
        "//login.example/users/log_on/",
        "/login;jsessionid=a1",
        "/Account/Login?ReturnUrl=%2Fapi%2FGr\u{fc}\u{df}e",
        "/#/login?redirect=%2Fapi%2FCreate",
    ] {
        let (error, calls) = redirected(location).await;
        assert_eq!(
            (error.kind(), error.status().map(|status| status.as_u16()), calls),
            (ErrorKind::Unauthorized, Some(302), 2),
            "{location}"
        );
        assert!(error.is_unauthorized() && !error.is_forbidden(), "{location}");
    }
}

#[derive(Clone, PartialEq, Default)]
struct Open {
    token: Option<String>,
}
record!(Open { token: secret "Token" });
operation!(Open: GET "/open/{Token}" => ());

#[tokio::test]
async fn the_error_of_a_redirect_shows_no_secret_of_the_call() {
    let moved = HttpReply::of(301, "", "").with_header("location", "https://new.example.org/open/s3cret");
    let client = Client::builder("https://h").addresses([Address::Routes]).transport(ScriptedTransport::new([moved]));
    let error = client.build().unwrap().send(Open { token: Some("s3cret".to_owned()) }).await.unwrap_err();
    assert!(error.message().contains("https://new.example.org/;"), "{error}");
    assert!(!format!("{error} {error:?}").contains("s3cret"), "{error:?}");
}

#[tokio::test]
async fn other_redirects_are_errors_and_sent_once() {
    for (location, shown) in [
        ("https://new.example.org/create?token=secret", "https://new.example.org/create"),
        ("/maintenance?redirect=%2Fapi%2FCreate", "https://h/maintenance"),
        ("https://u:p@new.example.org/loginpage#x", "https://new.example.org/loginpage"),
        ("/authors", "https://h/authors"),
        ("/gr\u{fc}\u{df}e#login", "https://h/gr%C3%BC%C3%9Fe"),
        ("http://[", "an address that is not a URL"),
    ] {
        let (error, calls) = redirected(location).await;
        assert_eq!(
            (error.kind(), error.status().map(|status| status.as_u16()), calls),
            (ErrorKind::Redirect, Some(302), 1),
            "{location}"
        );
        assert!(error.message().contains(shown) && !error.message().contains("secret"), "{error}");
    }
}
