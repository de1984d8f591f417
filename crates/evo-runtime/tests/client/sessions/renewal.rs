//! Expired tokens and sessions: how they are renewed, how often, and the results of the calls.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use evo_runtime::dto::Authenticate;
use evo_runtime::http::{Request, Response};
use evo_runtime::transport::{Body, BoxFuture, HttpReply, ScriptedTransport, TransportError};
use evo_runtime::{
    ApiKey, Auth, AuthSecret, Basic, Bearer, Client, ClientBuilder, Credentials, ErrorKind, Service, Transport,
    operation, record,
};

use crate::shown::shown;

#[derive(Debug, Clone, PartialEq, Default)]
struct Save {
    text: Option<String>,
}
record!(Save { text: "Text" });
operation!(Save: POST => ());

const JSON: &str = "application/json; charset=utf-8";

fn save() -> Save {
    Save { text: Some("t".to_owned()) }
}

fn ok() -> HttpReply {
    HttpReply::of(200, JSON, "{}")
}

fn expired() -> HttpReply {
    let body = r#"{"responseStatus":{"errorCode":"TokenException","message":"Token has expired","errors":[]}}"#;
    HttpReply::of(401, JSON, body).with_reason("Unauthorized")
}

fn token(token: &str) -> HttpReply {
    HttpReply::of(200, JSON, format!(r#"{{"accessToken":"{token}"}}"#))
}

fn cookie(token: &str) -> HttpReply {
    ok().with_header("set-cookie", format!("ss-tok={token}; path=/; samesite=lax; httponly"))
}

fn refused() -> HttpReply {
    let body = r#"{"responseStatus":{"errorCode":"ArgumentException","message":"Token is invalid","errors":[]}}"#;
    HttpReply::of(400, JSON, body).with_reason("ArgumentException")
}

fn signed_in(session: &str) -> HttpReply {
    HttpReply::of(200, JSON, r#"{"userId":"1","sessionId":"b"}"#)
        .with_header("set-cookie", format!("ss-id={session}; path=/; samesite=lax; httponly"))
}

fn builder(auth: impl Into<Auth>, server: impl Transport + 'static) -> ClientBuilder {
    Client::builder("https://h").transport(server).auth(auth)
}

fn client(auth: impl Into<Auth>, answers: impl IntoIterator<Item = HttpReply>) -> (Client, ScriptedTransport) {
    let server = ScriptedTransport::new(answers);
    (builder(auth, server.clone()).build().unwrap(), server)
}

/// Returns the path, credential, cookies and body of a request in one line.
fn short(request: &Request<Body>) -> String {
    let header = |name: &str| request.headers().get(name).map(|value| value.to_str().unwrap());
    let body = request.body().as_bytes().filter(|body| !body.is_empty()).map(|body| std::str::from_utf8(body).unwrap());
    let parts = [Some(request.uri().path()), header("authorization"), header("cookie"), body];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" | ")
}

fn requests(server: &ScriptedTransport) -> Vec<String> {
    server.requests().iter().map(short).collect()
}

const CALL: &str = r#"{"text":"t"}"#;
const REFRESH: &str = r#"/api/GetAccessToken | {"refreshToken":"R"}"#;

#[tokio::test]
async fn a_token_is_renewed_and_the_call_sent_again_as_it_was() {
    let (client, server) = client(
        Bearer::new("OLD").with_refresh_token("R"),
        [expired(), token("NEW"), ok(), ok(), expired(), token("3"), ok()],
    );
    for _ in 0..3 {
        client.send(save()).await.unwrap();
    }
    let (old, new) = (format!("/api/Save | Bearer OLD | {CALL}"), format!("/api/Save | Bearer NEW | {CALL}"));
    let third = format!("/api/Save | Bearer 3 | {CALL}");
    assert_eq!(requests(&server), [&old, REFRESH, &new, &new, &new, REFRESH, &third]);
    assert_eq!(
        shown(&server.requests()[1]),
        "POST https://h/api/GetAccessToken\naccept: application/json\ncontent-type: application/json\n\n{\"refreshToken\":\"R\"}"
    );
}

#[tokio::test]
async fn a_token_cookie_replaces_the_authorization_header() {
    let (client, server) = client(Bearer::new("OLD").with_refresh_token("R"), [expired(), cookie("NEW"), ok()]);
    client.send(save()).await.unwrap();
    assert_eq!(
        requests(&server),
        [format!("/api/Save | Bearer OLD | {CALL}"), REFRESH.to_owned(), format!("/api/Save | ss-tok=NEW | {CALL}")]
    );
    assert_eq!(client.session().bearer(), None);
}

#[tokio::test]
async fn a_refresh_token_alone_gets_a_token_before_the_first_call() {
    let (client, server) = client(Bearer::from_refresh_token("R"), [token("NEW"), ok()]);
    client.send(save()).await.unwrap();
    assert_eq!(requests(&server), [REFRESH.to_owned(), format!("/api/Save | Bearer NEW | {CALL}")]);
}

#[tokio::test]
async fn old_hosts_renew_tokens_at_a_different_address() {
    let service = Service::new("Old").api(false);
    let server = ScriptedTransport::new([expired(), token("NEW"), ok()]);
    let auth = Bearer::new("OLD").with_refresh_token("R");
    let client = ClientBuilder::new("https://h", service).transport(server.clone()).auth(auth.clone()).build().unwrap();
    client.send(save()).await.unwrap();
    assert_eq!(requests(&server)[1], r#"/access-token | {"refreshToken":"R"}"#);

    // If nothing is known about the host, `/api` is tried first.
    let (client, server) = self::client(auth, [expired(), HttpReply::of(404, "", ""), token("NEW"), ok()]);
    client.send(save()).await.unwrap();
    assert_eq!(requests(&server)[1..3], [REFRESH, r#"/access-token | {"refreshToken":"R"}"#]);
}

#[tokio::test]
async fn a_failed_renewal_is_the_error_of_the_call() {
    let neither = "GetAccessToken: 200 the response to the renewal has no token";
    for (answer, text) in [
        (refused(), "GetAccessToken: 400 ArgumentException: Token is invalid"),
        (
            HttpReply::of(404, JSON, r#"{"responseStatus":{"errorCode":"NotFound","message":"User does not exist"}}"#),
            "GetAccessToken: 404 NotFound: User does not exist",
        ),
        (expired(), "GetAccessToken: 401 TokenException: Token has expired"),
        (ok(), neither),
        (token(""), neither),
        (cookie(""), neither),
        (HttpReply::of(503, "", ""), "GetAccessToken: 503 Service Unavailable"),
    ] {
        let (client, server) = client(Bearer::new("OLD").with_refresh_token("R"), [expired(), answer]);
        let error = client.send(save()).await.unwrap_err();
        assert_eq!((error.kind(), error.is_unauthorized()), (ErrorKind::RefreshToken, true), "{error}");
        assert_eq!(error.to_string(), text);
        assert_eq!(server.requests().len(), 2, "{error}");
    }
}

#[tokio::test]
async fn a_rejected_refresh_token_is_not_sent_again_unlike_one_without_a_response() {
    let auth = Bearer::new("OLD").with_refresh_token("R");
    let (client, server) = client(auth.clone(), [expired(), refused(), expired()]);
    assert_eq!(client.send(save()).await.unwrap_err().kind(), ErrorKind::RefreshToken);
    assert_eq!(client.send(save()).await.unwrap_err().to_string(), "Save: 401 TokenException: Token has expired");
    assert_eq!(server.requests().len(), 3);

    let (client, server) = self::client(auth, [expired()]);
    server.fail(TransportError::interrupted("gone"));
    server.answer(expired());
    server.answer(token("NEW"));
    server.answer(ok());
    assert_eq!(client.send(save()).await.unwrap_err().kind(), ErrorKind::Interrupted);
    client.send(save()).await.unwrap();
    assert_eq!(server.requests().len(), 5);
}

#[tokio::test]
async fn errors_that_renewal_cannot_fix_are_final() {
    let forbidden = || HttpReply::of(403, "text/plain", "Forbidden").with_reason("Invalid Role");
    let bearer = || Auth::from(Bearer::new("OLD").with_refresh_token("R"));
    for (case, auth, answers) in [
        ("forbidden", bearer(), vec![forbidden()]),
        ("no refresh token", Bearer::new("OLD").into(), vec![expired()]),
        ("nobody", Auth::Anonymous, vec![expired()]),
        ("basic", Basic::new("u", "p").into(), vec![expired()]),
        ("key", ApiKey::new("k").into(), vec![expired()]),
        ("auth secret", AuthSecret::new("s").into(), vec![expired()]),
        ("renewed once already", bearer(), vec![expired(), token("NEW"), expired()]),
    ] {
        let count = answers.len();
        let (client, server) = client(auth, answers);
        let error = client.send(save()).await.unwrap_err();
        assert_eq!((error.operation(), server.requests().len()), (Some("Save"), count), "{case}: {error}");
    }
}

#[tokio::test]
async fn a_raw_response_is_returned_unchanged_if_renewal_does_not_help() {
    let auth = Bearer::new("OLD").with_refresh_token("R");
    let (client, _) = client(auth.clone(), [expired(), refused()]);
    assert_eq!(client.send_raw(save()).await.unwrap().status(), 401);
    let (client, _) = self::client(auth, [expired(), token("NEW"), ok()]);
    assert_eq!(client.send_raw(save()).await.unwrap().status(), 200);
}

#[tokio::test]
async fn an_operation_named_register_that_requires_authentication_is_sent_again() {
    let (client, server) = client(Credentials::new("u", "p"), [expired(), signed_in("a"), ok()]);
    client.send(evo_runtime::dto::Register::new()).await.unwrap();
    let paths: Vec<String> = server.requests().iter().map(|request| request.uri().path().to_owned()).collect();
    assert_eq!(paths, ["/api/Register", "/auth/credentials", "/api/Register"]);
}

#[tokio::test]
async fn a_call_with_its_own_credentials_is_not_changed() {
    let (client, server) = client(Bearer::new("OLD").with_refresh_token("R"), [expired()]);
    let error = client.call(save()).header("Authorization", "Bearer MINE").send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unauthorized);
    assert_eq!(requests(&server), [format!("/api/Save | Bearer MINE | {CALL}")]);
}

#[tokio::test]
async fn credentials_are_used_if_a_refresh_cookie_is_rejected() {
    let both =
        signed_in("a").with_header("set-cookie", "ss-reftok=R; path=/").with_header("set-cookie", "ss-tok=1; path=/");
    let (client, server) = client(
        Credentials::new("u", "p"),
        [both, expired(), cookie("2"), ok(), expired(), refused(), signed_in("b"), ok()],
    );
    client.send(save()).await.unwrap();
    client.send(save()).await.unwrap();
    let login = r#"/auth/credentials | {"provider":"credentials","userName":"u","password":"p","rememberMe":true}"#;
    let with = |cookies: &str| format!("/api/Save | {cookies} | {CALL}");
    assert_eq!(
        requests(&server),
        [
            login.to_owned(),
            with("ss-id=a; ss-reftok=R; ss-tok=1"),
            "/api/GetAccessToken | ss-id=a; ss-reftok=R; ss-tok=1 | {}".to_owned(),
            with("ss-id=a; ss-reftok=R; ss-tok=2"),
            with("ss-id=a; ss-reftok=R; ss-tok=2"),
            "/api/GetAccessToken | ss-id=a; ss-reftok=R; ss-tok=2 | {}".to_owned(),
            login.replace(" | {", " | ss-id=a; ss-tok=2 | {"),
            with("ss-id=b; ss-tok=2"),
        ]
    );
}

/// A server that accepts one token, and lets other tasks run before it responds.
struct Host {
    good: &'static str,
    refreshes: bool,
    renewals: AtomicUsize,
    logins: AtomicUsize,
}

impl Host {
    fn new(good: &'static str, refreshes: bool) -> Arc<Self> {
        Arc::new(Self { good, refreshes, renewals: AtomicUsize::new(0), logins: AtomicUsize::new(0) })
    }
}

struct Shared(Arc<Host>);

impl Transport for Shared {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async move {
            for _ in 0..3 {
                tokio::task::yield_now().await;
            }
            let given = request.headers().get("authorization").and_then(|value| value.to_str().ok());
            Ok(match request.uri().path() {
                "/api/GetAccessToken" => {
                    self.0.renewals.fetch_add(1, Ordering::SeqCst);
                    if self.0.refreshes { token(self.0.good) } else { refused() }
                }
                "/auth/credentials" => {
                    self.0.logins.fetch_add(1, Ordering::SeqCst);
                    expired()
                }
                _ if given == Some(&format!("Bearer {}", self.0.good)) => ok(),
                _ => expired(),
            }
            .into())
        })
    }
}

#[tokio::test]
async fn many_tasks_renew_once() {
    let outcomes = async |auth: Auth, host: &Arc<Host>| {
        let client = builder(auth, Shared(host.clone())).build().unwrap();
        let tasks: Vec<_> = (0..50)
            .map(|_| {
                let client = client.clone();
                tokio::spawn(async move { client.send(save()).await.map_err(|error| error.to_string()) })
            })
            .collect();
        let mut outcomes = Vec::new();
        for task in tasks {
            outcomes.push(task.await.unwrap());
        }
        outcomes
    };
    let auth = || Auth::from(Bearer::new("OLD").with_refresh_token("R"));
    let host = Host::new("NEW", true);
    assert_eq!(outcomes(auth(), &host).await, vec![Ok(()); 50]);
    assert_eq!(host.renewals.load(Ordering::SeqCst), 1);

    let host = Host::new("NEW", false);
    let refused = "GetAccessToken: 400 ArgumentException: Token is invalid".to_owned();
    assert_eq!(outcomes(auth(), &host).await, vec![Err(refused); 50]);
    assert_eq!(host.renewals.load(Ordering::SeqCst), 1);

    // A wrong password is not sent once per task, because servers lock accounts after several attempts.
    let host = Host::new("NEW", false);
    let wrong = "Authenticate: 401 TokenException: Token has expired".to_owned();
    assert_eq!(outcomes(Credentials::new("u", "wrong").into(), &host).await, vec![Err(wrong); 50]);
    assert_eq!(host.logins.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn another_task_takes_over_a_dropped_renewal() {
    let host = Host::new("NEW", true);
    let client = builder(Bearer::new("OLD").with_refresh_token("R"), Shared(host.clone())).build().unwrap();
    // Until the renewal is in progress.
    let mut call = Box::pin(client.send(save()));
    for _ in 0..6 {
        assert!(poll_once(&mut call).await.is_none());
    }
    drop(call);
    client.send(save()).await.unwrap();
    assert_eq!(client.session().bearer().as_deref(), Some("NEW"));
}

/// Polls a future once.
async fn poll_once<F: Future + Unpin>(future: &mut F) -> Option<F::Output> {
    std::future::poll_fn(|context| {
        std::task::Poll::Ready(match std::pin::Pin::new(&mut *future).poll(context) {
            std::task::Poll::Ready(output) => Some(output),
            std::task::Poll::Pending => None,
        })
    })
    .await
}

#[tokio::test]
async fn a_hook_signs_in_if_the_client_cannot() {
    let server = ScriptedTransport::new([expired(), signed_in("a"), ok()]);
    let client = builder(Auth::Anonymous, server.clone())
        .on_unauthorized(|client| async move {
            client.send(Authenticate::new().provider("credentials").user_name("u").password("p")).await?;
            Ok(true)
        })
        .build()
        .unwrap();
    client.send(save()).await.unwrap();
    assert_eq!(
        requests(&server),
        [
            format!("/api/Save | {CALL}"),
            r#"/api/Authenticate | {"provider":"credentials","userName":"u","password":"p"}"#.to_owned(),
            format!("/api/Save | ss-id=a | {CALL}"),
        ]
    );

    // A hook can provide a token or a session. It is called only if nothing else can renew the session.
    let server = ScriptedTransport::new([expired(), refused(), ok()]);
    let client = builder(Bearer::new("OLD").with_refresh_token("R"), server.clone())
        .on_unauthorized(|client| async move {
            client.session().set_bearer("NEW");
            Ok(true)
        })
        .build()
        .unwrap();
    client.send(save()).await.unwrap();
    assert_eq!(requests(&server)[1..], [REFRESH.to_owned(), format!("/api/Save | Bearer NEW | {CALL}")]);
}

#[tokio::test]
async fn a_hook_that_does_not_sign_in_leaves_the_error() {
    for (case, auth, answers, expected) in [
        ("gives up", Auth::Anonymous, vec![expired()], "Save: 401 TokenException: Token has expired"),
        (
            "gives up after a refresh",
            Bearer::new("OLD").with_refresh_token("R").into(),
            vec![expired(), refused()],
            "GetAccessToken: 400 ArgumentException: Token is invalid",
        ),
        (
            "is not asked for a key",
            ApiKey::new("k").into(),
            vec![expired()],
            "Save: 401 TokenException: Token has expired",
        ),
    ] {
        let server = ScriptedTransport::new(answers);
        let client = builder(auth, server).on_unauthorized(async |_| Ok(false)).build().unwrap();
        assert_eq!(client.send(save()).await.unwrap_err().to_string(), expected, "{case}");
    }

    // The calls of the hook, including `login`, are not renewed, and do not wait for the renewal that they are part of.
    let server = ScriptedTransport::new([signed_in("a"), expired(), expired(), expired(), expired()]);
    let client = builder(Credentials::new("u", "p"), server.clone())
        .on_unauthorized(|client| async move {
            assert!(client.login().await.is_err());
            client.send(save()).await?;
            Ok(true)
        })
        .build()
        .unwrap();
    assert_eq!(client.send(save()).await.unwrap_err().to_string(), "Save: 401 TokenException: Token has expired");
    assert_eq!(server.requests().len(), 5);
}

#[cfg(feature = "reqwest")]
#[tokio::test]
async fn cookies_and_tokens_over_the_wire() {
    let answer =
        |head: &str| format!("HTTP/1.1 {head}\r\nDate: Fri, 20 Nov 2026 19:46:42 GMT\r\nContent-Length: 2\r\n\r\n{{}}");
    // Lifetimes are measured by the clock of the server, so the time at which the test runs does not matter.
    let (base, seen) = crate::loopback::server([
        answer(
            "200 OK\r\nContent-Type: application/json\r\n\
             Set-Cookie: ss-tok=; expires=Thu, 19 Nov 2026 19:46:42 GMT; path=/; samesite=lax; httponly\r\n\
             Set-Cookie: ss-tok=1; expires=Fri, 04 Dec 2026 19:46:42 GMT; path=/; samesite=lax; httponly\r\n\
             Set-Cookie: ss-reftok=R; expires=Sat, 20 Nov 2027 19:46:42 GMT; path=/; samesite=lax; httponly",
        ),
        answer("401 Unauthorized\r\nContent-Type: application/json"),
        answer("200 OK\r\nContent-Type: application/json\r\nSet-Cookie: ss-tok=2; expires=Fri, 04 Dec 2026 19:46:42 GMT; path=/"),
        answer("200 OK\r\nContent-Type: application/json"),
    ])
    .await;
    let client = Client::new(base).unwrap().with_auth(Credentials::new("u", "p"));
    client.send(save()).await.unwrap();
    let seen: Vec<(String, Option<String>)> = seen
        .await
        .unwrap()
        .iter()
        .map(|request| {
            let path = request.split(' ').nth(1).unwrap().to_owned();
            (path, request.lines().find_map(|line| line.strip_prefix("cookie: ")).map(str::to_owned))
        })
        .collect();
    let (old, new) = (Some("ss-tok=1; ss-reftok=R".to_owned()), Some("ss-tok=2; ss-reftok=R".to_owned()));
    assert_eq!(
        seen,
        [
            ("/base/auth/credentials".to_owned(), None),
            ("/base/api/Save".to_owned(), old.clone()),
            ("/base/api/GetAccessToken".to_owned(), old),
            ("/base/api/Save".to_owned(), new),
        ]
    );
}
