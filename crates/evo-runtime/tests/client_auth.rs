//! Signing in: what is sent, what is kept, and that no secret is shown.
#![expect(clippy::unwrap_used, reason = "a helper that panics fails its test")]

mod support;

use evo_runtime::transport::{BoxFuture, HttpReply, HttpRequest, ScriptedTransport, TransportError};
use evo_runtime::{Auth, Basic, Bearer, Client, Credentials, ErrorKind, Transport, operation, record};
use support::shown;

#[derive(Debug, Clone, PartialEq, Default)]
struct WhoAmI {}
record!(WhoAmI {});
operation!(WhoAmI: GET => User);

#[derive(Debug, Clone, PartialEq, Default)]
struct User {
    user_name: Option<String>,
}
record!(User { user_name: "UserName" });

const JSON: &str = "application/json; charset=utf-8";
const LOGIN: &str = "POST https://h/auth/credentials\naccept: application/json\ncontent-type: application/json\n\n\
                     {\"provider\":\"credentials\",\"userName\":\"u\",\"password\":\"p@ss\",\"rememberMe\":true}";

fn user() -> User {
    User { user_name: Some("u".to_owned()) }
}

fn me() -> HttpReply {
    HttpReply::of(200, JSON, r#"{"userName":"u"}"#)
}

fn anonymous() -> HttpReply {
    HttpReply::of(401, "", "").with_reason("Unauthorized")
}

fn signed_in(session: &str) -> HttpReply {
    HttpReply::of(200, JSON, r#"{"userId":"1","sessionId":"b","userName":"u","roles":["User"],"permissions":[]}"#)
        .with_header("set-cookie", &format!("ss-id={session}; path=/; samesite=lax; httponly"))
        .with_header("set-cookie", "ss-opt=perm; expires=Tue, 20 Nov 2046 19:30:31 GMT; path=/; samesite=lax; httponly")
}

fn client(auth: impl Into<Auth>, answers: impl IntoIterator<Item = HttpReply>) -> (Client, ScriptedTransport) {
    let server = ScriptedTransport::new(answers);
    (Client::builder("https://h").transport(server.clone()).auth(auth).build().unwrap(), server)
}

fn requests(server: &ScriptedTransport) -> Vec<String> {
    server.requests().iter().map(shown).collect()
}

fn get(header: &str) -> String {
    format!("GET https://h/api/WhoAmI\naccept: application/json\n{header}\n")
}

#[tokio::test]
async fn headers_carry_basic_and_bearer() {
    for (auth, header) in [
        (Auth::from(Basic::new("u", "p")), "authorization: Basic dTpw"),
        (Auth::from(Basic::new("ü", "p:q")), "authorization: Basic w7w6cDpx"),
        (Auth::from(Bearer::new("h.p.s")), "authorization: Bearer h.p.s"),
    ] {
        let (client, server) = client(auth, [me()]);
        assert_eq!(client.send(WhoAmI {}).await.unwrap(), user());
        assert_eq!(requests(&server), [get(header)]);
    }
}

#[tokio::test]
async fn a_refused_header_is_not_sent_twice() {
    let body =
        r#"{"responseStatus":{"errorCode":"Unauthorized","message":"Invalid Username or Password","errors":[]}}"#;
    let refused = HttpReply::of(401, JSON, body).with_reason("Invalid Username or Password");
    let (client, server) = client(Basic::new("u", "wrong"), [refused]);
    let error = client.send(WhoAmI {}).await.unwrap_err();
    assert_eq!(error.to_string(), "WhoAmI: 401 Unauthorized: Invalid Username or Password", "AUTH-12");
    assert!(error.is_unauthorized());
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn credentials_sign_in_once_before_the_first_call() {
    let (client, server) = client(Credentials::new("u", "p@ss"), [signed_in("a"), me(), me()]);
    assert_eq!(client.send(WhoAmI {}).await.unwrap(), user());
    assert_eq!(client.clone().send(WhoAmI {}).await.unwrap(), user());
    let call = get("cookie: ss-id=a; ss-opt=perm");
    assert_eq!(requests(&server), [LOGIN, &call, &call], "AUTH-02");
}

/// Lets other tasks go on before it answers.
struct Slow(ScriptedTransport);

impl Transport for Slow {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpReply, TransportError>> {
        let answer = self.0.send(request);
        Box::pin(async {
            for _ in 0..3 {
                tokio::task::yield_now().await;
            }
            answer.await
        })
    }
}

#[tokio::test]
async fn many_tasks_sign_in_once() {
    let answers = [signed_in("a"), me(), anonymous(), anonymous(), signed_in("b"), me(), me()];
    let server = ScriptedTransport::new(answers);
    let credentials = Credentials::new("u", "p@ss");
    let client = Client::builder("https://h").transport(Slow(server.clone())).auth(credentials).build().unwrap();
    let (first, second, third) =
        tokio::join!(client.send(WhoAmI {}), client.send(WhoAmI {}), client.clone().send(WhoAmI {}));
    assert_eq!([first.unwrap(), second.unwrap(), third.unwrap()], [user(), user(), user()]);
    let (before, after) = (get("cookie: ss-id=a; ss-opt=perm"), get("cookie: ss-id=b; ss-opt=perm"));
    let again = LOGIN.replace("\n\n", "\ncookie: ss-id=a; ss-opt=perm\n\n");
    assert_eq!(requests(&server), [LOGIN, &before, &before, &before, &again, &after, &after]);
}

#[tokio::test]
async fn a_session_that_ended_is_renewed_once_and_the_call_sent_again() {
    for ended in [anonymous(), HttpReply::of(302, "", "").with_header("location", "/login?redirect=x")] {
        let (client, server) = client(Credentials::new("u", "p@ss"), [signed_in("a"), ended, signed_in("b"), me()]);
        assert_eq!(client.send(WhoAmI {}).await.unwrap(), user());
        let again = LOGIN.replace("\n\n", "\ncookie: ss-id=a; ss-opt=perm\n\n");
        assert_eq!(
            requests(&server),
            [LOGIN, &get("cookie: ss-id=a; ss-opt=perm"), &again, &get("cookie: ss-id=b; ss-opt=perm")]
        );
    }
}

#[tokio::test]
async fn a_call_that_stays_unauthorized_is_an_error() {
    let (client, server) =
        client(Credentials::new("u", "p@ss"), [signed_in("a"), anonymous(), signed_in("b"), anonymous()]);
    let error = client.send(WhoAmI {}).await.unwrap_err();
    assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::Unauthorized, "WhoAmI: 401 Unauthorized"));
    assert_eq!(server.requests().len(), 4);
}

#[tokio::test]
async fn a_refused_sign_in_is_the_error_of_the_call() {
    let body =
        r#"{"responseStatus":{"errorCode":"Unauthorized","message":"Invalid Username or Password","errors":[]}}"#;
    let (client, server) =
        client(Credentials::new("u", "p@ss"), [HttpReply::of(401, JSON, body).with_reason("Unauthorized")]);
    let error = client.send(WhoAmI {}).await.unwrap_err();
    assert_eq!(error.to_string(), "Authenticate: 401 Unauthorized: Invalid Username or Password", "AUTH-13");
    assert_eq!(requests(&server), [LOGIN]);
}

#[tokio::test]
async fn signing_in_and_out_on_demand() {
    let out = HttpReply::of(200, JSON, "{}")
        .with_header("set-cookie", "ss-id=; expires=Thu, 19 Nov 2020 19:30:32 GMT; path=/; samesite=lax; httponly");
    let (client, server) = client(Credentials::new("u", "p@ss"), [signed_in("a"), out, signed_in("b"), me()]);
    let who = client.login().await.unwrap();
    assert_eq!((who.user_id.as_deref(), who.roles.as_slice()), (Some("1"), &["User".to_owned()][..]));
    client.logout().await.unwrap();
    client.send(WhoAmI {}).await.unwrap();
    assert_eq!(
        requests(&server),
        [
            LOGIN.to_owned(),
            "POST https://h/auth/logout\naccept: application/json\ncontent-type: application/json\n\
             cookie: ss-id=a; ss-opt=perm\n\n{}"
                .to_owned(),
            LOGIN.replace("\n\n", "\ncookie: ss-opt=perm\n\n"),
            get("cookie: ss-opt=perm; ss-id=b"),
        ],
        "AUTH-10"
    );

    let (anonymous, _) = self::client(Auth::Anonymous, []);
    let error = anonymous.login().await.unwrap_err();
    assert_eq!(
        (error.kind(), error.to_string().as_str()),
        (
            ErrorKind::Configuration,
            "the client has no credentials to sign in with; give it some: with_auth(Credentials::new(user, password))"
        )
    );
}

#[tokio::test]
async fn cookies_are_applied_in_order_and_sent_where_they_belong() {
    let set = |reply: HttpReply, lines: &[&str]| {
        lines.iter().fold(reply, |reply, line| reply.with_header("set-cookie", line))
    };
    for (case, lines, cookie) in [
        (
            "AUTH-09",
            &[
                "ss-tok=OLD; path=/",
                "ss-reftok=R; path=/",
                "ss-tok=; expires=Thu, 19 Nov 2020 19:46:42 GMT; path=/",
                "ss-tok=NEW; path=/",
            ][..],
            Some("ss-reftok=R; ss-tok=NEW"),
        ),
        ("replaced in place", &["a=1; path=/", "b=2; path=/", "a=3; path=/"], Some("a=3; b=2")),
        ("two paths", &["a=1; path=/", "a=2; path=/api"], Some("a=1; a=2")),
        ("other path", &["a=1; path=/admin", "b=1; path=/ap"], None),
        ("path of the address", &["a=1"], Some("a=1")),
        ("secure", &["a=1; path=/; Secure"], Some("a=1")),
        ("no age", &["a=1; path=/", "a=2; path=/; Max-Age=0"], None),
        ("age before date", &["a=1; Max-Age=60; expires=Thu, 19 Nov 2020 19:46:42 GMT"], Some("a=1")),
        (
            "dashes in the date",
            &["a=1; expires=Thu, 19-Nov-2020 19:46:42 GMT", "b=2; expires=Tue, 20-Nov-2046 19:46:42 GMT"],
            Some("b=2"),
        ),
        ("value with =", &["a=b=c==; path=/"], Some("a=b=c==")),
        ("no cookies", &["", "=", "nameless", ";path=/"], None),
    ] {
        let (client, server) = client(Auth::Anonymous, [set(me(), lines), me()]);
        client.send(WhoAmI {}).await.unwrap();
        client.send(WhoAmI {}).await.unwrap();
        let header = server.requests()[1].headers.get("cookie").map(|value| value.to_str().unwrap().to_owned());
        assert_eq!(header.as_deref(), cookie, "{case}");
    }

    let server = ScriptedTransport::new([set(me(), &["a=1; path=/; secure", "b=2; path=/"]), me()]);
    let plain = Client::builder("http://h").transport(server.clone()).build().unwrap();
    plain.send(WhoAmI {}).await.unwrap();
    plain.send(WhoAmI {}).await.unwrap();
    assert_eq!(server.requests()[1].headers.get("cookie").unwrap(), "b=2", "secure cookies stay off plain connections");
}

#[tokio::test]
async fn no_secret_is_shown() {
    for auth in [
        Auth::from(Basic::new("u", "s3cret")),
        Auth::from(Bearer::new("s3cret")),
        Auth::from(Credentials::new("u", "s3cret")),
    ] {
        let failing = HttpReply::of(500, JSON, "{}").with_header("set-cookie", "ss-id=s3cret; path=/");
        let server = ScriptedTransport::new([failing.with_reason("Oops"), me()]);
        let builder = Client::builder("https://h").transport(server.clone()).auth(auth).header("X-Api-Key", "s3cret");
        let mut texts = vec![format!("{builder:?}")];
        let client = builder.build().unwrap();
        let error = client.send(WhoAmI {}).await.unwrap_err();
        client.send(WhoAmI {}).await.ok();
        texts.extend([
            format!("{client:?}"),
            format!("{error} {error:?} {:?}", error.headers()),
            format!("{:?}", server.requests()),
        ]);
        for text in texts {
            assert!(!text.contains("s3cret") && !text.contains("czNjcmV0"), "{text}");
        }
    }
}
