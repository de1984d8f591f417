//! Signing in for calls: hooks, timeouts, and the effects of operations on the session.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use evo_runtime::http::{Request, Response};
use evo_runtime::transport::{Body, BoxFuture, HttpReply, ScriptedTransport, TransportError};
use evo_runtime::{ApiKey, Bearer, Client, Credentials, ErrorKind, Transport, dto, operation, record};

#[derive(Debug, Clone, PartialEq, Default)]
struct Secure {}
record!(Secure {});
operation!(Secure: POST => ());

fn unauthorized() -> HttpReply {
    HttpReply::error(401, "Unauthorized", "Not Authenticated")
}

fn paths(server: &ScriptedTransport) -> Vec<String> {
    server.requests().iter().map(|request| request.uri().path().to_owned()).collect()
}

/// A hook that uses its own clone of the client instead of its argument.
type Work = fn(Client) -> BoxFuture<'static, ()>;

#[tokio::test]
async fn a_hook_can_make_calls_with_any_clone_of_the_client() {
    let works: [(&str, Work, &[&str]); 4] = [
        ("calls", |client| Box::pin(async move { drop(client.send(Secure {}).await.unwrap_err()) }), &["/api/Secure"]),
        (
            "signs in",
            |client| {
                Box::pin(async move {
                    let login = dto::Authenticate::new().provider("credentials").user_name("u").password("p");
                    client.send(login).await.unwrap();
                })
            },
            &["/api/Authenticate"],
        ),
        ("logs out", |client| Box::pin(async move { client.logout().await.unwrap() }), &["/auth/logout"]),
        (
            "changes a clone",
            |client| {
                Box::pin(async move {
                    let client = client.with_timeout(None);
                    drop(client.send(Secure {}).await.unwrap_err());
                })
            },
            &["/api/Secure"],
        ),
    ];
    for (case, work, requests) in works {
        let (kept, hooks) = (Arc::new(OnceLock::<Client>::new()), Arc::new(AtomicUsize::new(0)));
        let server = ScriptedTransport::default()
            .on::<Secure>(|_| Err(unauthorized().into()))
            .on::<dto::Authenticate>(|_| Ok(dto::AuthenticateResponse::default()));
        let (own, count) = (Arc::clone(&kept), Arc::clone(&hooks));
        let client = Client::builder("https://h")
            .transport(server.clone())
            .on_unauthorized(move |_| {
                let (own, count) = (Arc::clone(&own), Arc::clone(&count));
                async move {
                    count.fetch_add(1, Ordering::Relaxed);
                    work(own.get().unwrap().clone()).await;
                    Ok(false)
                }
            })
            .build()
            .unwrap();
        kept.set(client.clone()).unwrap();
        let call = tokio::time::timeout(Duration::from_secs(5), client.send(Secure {}));
        assert!(call.await.unwrap().unwrap_err().is_unauthorized(), "{case}");
        assert_eq!(hooks.load(Ordering::Relaxed), 1, "{case}");
        assert_eq!(paths(&server)[1..], *requests, "{case}");
    }
}

/// Responds to all requests immediately, except to sign-ins and hooks, which never get a response.
#[derive(Clone)]
struct NeverSignsIn;

impl Transport for NeverSignsIn {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        if request.uri().path().starts_with("/auth") {
            return Box::pin(std::future::pending());
        }
        Box::pin(std::future::ready(Ok(unauthorized().into())))
    }

    fn sleep(&self, duration: Duration) -> Option<BoxFuture<'static, ()>> {
        Some(Box::pin(tokio::time::sleep(duration)))
    }
}

#[tokio::test(start_paused = true)]
async fn the_timeout_of_a_call_includes_all_waits() {
    let builder = || Client::builder("https://h").transport(NeverSignsIn);
    let signing_in = builder().auth(Credentials::new("u", "p")).build().unwrap();
    let hanging = builder().on_unauthorized(|_| std::future::pending()).build().unwrap();
    for (case, client) in [("another task's sign-in", signing_in), ("another task's hook", hanging)] {
        let first = tokio::spawn(client.clone().with_timeout(Duration::from_secs(50)).send(Secure {}));
        tokio::task::yield_now().await;
        let hurried = client.call(Secure {}).timeout(Duration::from_millis(1)).send().await.unwrap_err();
        assert_eq!((hurried.kind(), hurried.message()), (ErrorKind::Timeout, "timed out after 1 ms"), "{case}");
        let login = client.clone().with_timeout(Duration::from_millis(2)).logout().await.unwrap_err();
        assert_eq!((login.kind(), login.message()), (ErrorKind::Timeout, "timed out after 2 ms"), "{case}");
        assert!(!first.is_finished(), "{case}");
        assert_eq!(first.await.unwrap().unwrap_err().message(), "timed out after 50 s", "{case}");
    }
}

/// Operations of a service with the names of ServiceStack's own operations.
mod own {
    use super::{operation, record};

    macro_rules! own {
        ($($name:ident),*) => {$(
            #[derive(Debug, Clone, PartialEq, Default)]
            pub struct $name {}
            record!($name {});
            operation!($name: POST => super::dto::AuthenticateResponse);
        )*};
    }
    own!(GetAccessToken, Authenticate, Register, ConvertSessionToToken);
}

#[tokio::test]
async fn operations_of_the_service_can_have_the_names_of_built_in_ones() {
    // The API key is sent with each of them.
    let reply = || HttpReply::of(200, "application/json", r#"{"sessionId":"1"}"#).with_header("set-cookie", "ss-tok=t");
    let server = ScriptedTransport::new([reply(), reply(), reply(), reply()]);
    let client = Client::builder("https://h").transport(server.clone()).auth(ApiKey::new("ak-1")).build().unwrap();
    client.send(own::GetAccessToken {}).await.unwrap();
    client.send(own::Authenticate {}).await.unwrap();
    client.send(own::Register {}).await.unwrap();
    client.send(own::ConvertSessionToToken {}).await.unwrap();
    assert!(server.requests().iter().all(|request| request.headers()["x-api-key"] == "ak-1"));

    // None of them signs the client in, and a token is renewed for each of them.
    let server = ScriptedTransport::default().on::<dto::GetAccessToken>(|request| {
        assert_eq!(request.refresh_token.as_deref(), Some("R"));
        let mut renewed = dto::GetAccessTokenResponse::default();
        renewed.access_token = Some("NEW".to_owned());
        Ok(renewed)
    });
    let bearer = Bearer::new("OLD").with_refresh_token("R");
    let client = Client::builder("https://h").transport(server.clone()).auth(bearer).build().unwrap();
    server.answer(reply());
    client.send(own::Authenticate {}).await.unwrap();
    assert_eq!(client.session().bearer().as_deref(), Some("OLD"));
    for answer in [unauthorized(), reply(), unauthorized(), reply()] {
        server.answer(answer);
    }
    client.send(own::Authenticate {}).await.unwrap();
    client.send(own::Register {}).await.unwrap();
    let tokens: Vec<_> =
        server.requests().iter().map(|request| request.headers().get("authorization").cloned()).collect();
    let sent = |token: &str| Some(format!("Bearer {token}").parse().unwrap());
    assert_eq!(tokens, [sent("OLD"), sent("OLD"), None, sent("NEW"), sent("NEW"), None, sent("NEW")]);
}

#[tokio::test]
async fn tokens_are_renewed_at_the_configured_url() {
    for path in ["/v2/renew", "v2/renew"] {
        let server = ScriptedTransport::new([
            unauthorized(),
            HttpReply::of(200, "application/json", r#"{"accessToken":"NEW"}"#),
            HttpReply::of(204, "", ""),
        ]);
        let bearer = Bearer::new("OLD").with_refresh_token("R");
        let client = Client::builder("https://h/base").transport(server.clone()).auth(bearer).refresh_url(path).build();
        client.unwrap().send(Secure {}).await.unwrap();
        assert_eq!(paths(&server), ["/base/api/Secure", "/base/v2/renew", "/base/api/Secure"]);
    }
}

#[tokio::test]
async fn another_server_that_renews_tokens_gets_the_refresh_token_alone() {
    let server = ScriptedTransport::new([
        unauthorized(),
        HttpReply::of(200, "application/json", r#"{"accessToken":"NEW"}"#).with_header("set-cookie", "stray=1; path=/"),
        HttpReply::of(204, "", ""),
    ]);
    let client = Client::builder("https://h")
        .transport(server.clone())
        .auth(Bearer::new("OLD").with_refresh_token("R"))
        .header("X-Secret", "s")
        .refresh_url("https://auth.example.org/api/GetAccessToken")
        .build()
        .unwrap();
    client.session().set_cookie("own", "1").unwrap();
    client.send(Secure {}).await.unwrap();
    let requests = server.requests();
    let renewal = &requests[1];
    assert_eq!(renewal.uri(), "https://auth.example.org/api/GetAccessToken");
    assert_eq!(renewal.body().as_bytes().unwrap(), br#"{"refreshToken":"R"}"#);
    for secret in ["cookie", "x-secret", "authorization"] {
        assert!(!renewal.headers().contains_key(secret), "{secret}");
    }
    assert_eq!(
        (&requests[2].headers()["cookie"], &requests[2].headers()["authorization"]),
        (&"own=1".parse().unwrap(), &"Bearer NEW".parse().unwrap())
    );
}
