//! Signing in: requests, stored credentials, and hidden secrets.

use evo_runtime::http::{Request, Response};
use evo_runtime::transport::{Body, BoxFuture, HttpReply, ScriptedTransport, TransportError};
use evo_runtime::{
    ApiKey, Auth, AuthSecret, Basic, Bearer, Client, Credentials, ErrorKind, SavedSession, Transport, dto, operation,
    record,
};

use crate::shown::shown;

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
        .with_header("set-cookie", format!("ss-id={session}; path=/; samesite=lax; httponly"))
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
async fn headers_carry_what_is_sent_with_every_request() {
    for (auth, header) in [
        (Auth::from(Basic::new("u", "p")), "authorization: Basic dTpw"),
        (Auth::from(Basic::new("ü", "p:q")), "authorization: Basic w7w6cDpx"),
        (Auth::from(Bearer::new("h.p.s")), "authorization: Bearer h.p.s"),
        (Auth::from(ApiKey::new("ak-1").as_bearer()), "authorization: Bearer ak-1"),
        (Auth::from(AuthSecret::new("zsecret")), "authsecret: zsecret"),
    ] {
        let (client, server) = client(auth, [me()]);
        assert_eq!(client.send(WhoAmI {}).await.unwrap(), user());
        assert_eq!(requests(&server), [get(header)]);
    }
}

#[tokio::test]
async fn a_rejected_header_is_not_sent_twice() {
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

/// A transport that lets other tasks run before it responds.
struct Slow(ScriptedTransport);

impl Transport for Slow {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
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
async fn an_expired_session_is_renewed_once_and_the_call_sent_again() {
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
async fn a_rejected_sign_in_is_the_error_of_the_call() {
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
async fn cookies_are_applied_in_order_and_sent_only_to_their_paths() {
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
        ("two paths", &["a=1; path=/", "a=2; path=/api"], Some("a=2; a=1")),
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
        let header = server.requests()[1].headers().get("cookie").map(|value| value.to_str().unwrap().to_owned());
        assert_eq!(header.as_deref(), cookie, "{case}");
    }

    let server = ScriptedTransport::new([set(me(), &["a=1; path=/; secure", "b=2; path=/"]), me()]);
    let plain = Client::builder("http://h").transport(server.clone()).build().unwrap();
    plain.send(WhoAmI {}).await.unwrap();
    plain.send(WhoAmI {}).await.unwrap();
    assert_eq!(
        server.requests()[1].headers().get("cookie").unwrap(),
        "b=2",
        "secure cookies stay off plain connections"
    );
}

#[tokio::test]
async fn cookie_lifetimes_use_the_clock_of_the_server() {
    let tomorrow = "a=1; expires=Sat, 02 Jan 2010 00:00:00 GMT; path=/";
    let yesterday = "b=; expires=Fri, 01 Jan 2100 00:00:00 GMT; path=/";
    for (case, date, lines, cookie) in [
        ("slow clock", Some("Fri, 01 Jan 2010 00:00:00 GMT"), &["b=2; path=/", tomorrow][..], Some("b=2; a=1")),
        ("fast clock", Some("Sat, 02 Jan 2100 00:00:00 GMT"), &["b=2; path=/", yesterday], None),
        ("no clock", None, &["b=2; path=/", tomorrow], Some("b=2")),
        ("clock that is none", Some("noon"), &["b=2; path=/", tomorrow], Some("b=2")),
    ] {
        let reply = date.into_iter().fold(me(), |reply, date| reply.with_header("date", date));
        let reply = lines.iter().fold(reply, |reply, line| reply.with_header("set-cookie", line));
        let (client, server) = client(Auth::Anonymous, [reply, me()]);
        client.send(WhoAmI {}).await.unwrap();
        client.send(WhoAmI {}).await.unwrap();
        let header = server.requests()[1].headers().get("cookie").map(|value| value.to_str().unwrap().to_owned());
        assert_eq!(header.as_deref(), cookie, "{case}");
    }
}

#[tokio::test]
async fn api_keys_are_sent_in_their_own_header() {
    for (key, header) in
        [(ApiKey::new("ak-1"), "x-api-key: ak-1"), (ApiKey::new("ak-1").in_header("X-Key"), "x-key: ak-1")]
    {
        let (client, server) = client(key, [me()]);
        client.session().set_bearer("h.p.s");
        client.send(WhoAmI {}).await.unwrap();
        assert_eq!(requests(&server), [format!("GET https://h/api/WhoAmI\naccept: application/json\n{header}\n")]);
    }
}

#[test]
fn values_that_a_header_cannot_carry_are_rejected_at_once() {
    for (auth, message) in [
        (Auth::from(Bearer::new("a\nb")), "the bearer token holds a character that no header can carry"),
        (Auth::from(ApiKey::new("a\nb")), "the API key holds a character that no header can carry"),
        (Auth::from(ApiKey::new("a").in_header("a b")), "\"a b\" is not the name of a header"),
        (Auth::from(AuthSecret::new("a\nb")), "the auth secret holds a character that no header can carry"),
        (
            Auth::from(Basic::new("a:b", "c")),
            "the name for Basic holds a `:`, which begins the password; sign in with Credentials, which take any name",
        ),
    ] {
        let error =
            Client::builder("https://h").transport(ScriptedTransport::default()).auth(auth).build().unwrap_err();
        assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::Configuration, message));
    }
}

#[tokio::test]
async fn the_signed_in_user_is_requested_from_the_server() {
    let nobody = r#"{"responseStatus":{"errorCode":"Unauthorized","message":"Not Authenticated","errors":[]}}"#;
    let (client, server) = client(
        Credentials::new("u", "p@ss"),
        [
            HttpReply::of(401, JSON, nobody).with_reason("Unauthorized"),
            HttpReply::of(302, "", "").with_header("location", "/Account/Login?ReturnUrl=%2Fauth"),
            HttpReply::of(200, JSON, r#"{"userId":"1","sessionId":"b","authProvider":"credentials"}"#),
            HttpReply::of(404, "", ""),
        ],
    );
    assert!(!client.is_signed_in().await.unwrap());
    assert!(!client.is_signed_in().await.unwrap());
    let who = client.signed_in_user().await.unwrap().unwrap();
    assert_eq!((who.user_id.as_deref(), who.auth_provider.as_deref()), (Some("1"), Some("credentials")));
    assert!(client.is_signed_in().await.unwrap_err().is_not_found());
    assert_eq!(requests(&server), vec!["GET https://h/auth\naccept: application/json\n"; 4]);
}

#[tokio::test]
async fn registering_can_also_sign_in() {
    let registered = HttpReply::of(200, JSON, r#"{"userId":"3","userName":"new"}"#);
    let (client, server) = client(Credentials::new("new", "p@ss"), [registered, signed_in("a"), me()]);
    let who = client.register(dto::Register::new().user_name("new").password("p@ss")).await.unwrap();
    assert_eq!((who.user_id.as_deref(), who.session_id), (Some("3"), None));
    client.send(WhoAmI {}).await.unwrap();
    let paths: Vec<String> = server.requests().iter().map(|request| request.uri().path().to_owned()).collect();
    assert_eq!(paths, ["/register", "/auth/credentials", "/api/WhoAmI"]);

    let taken = r#"{"responseStatus":{"errorCode":"AlreadyExists","message":"taken","errors":[{"errorCode":"AlreadyExists","fieldName":"UserName","message":"taken"}]}}"#;
    let (client, _) = self::client(Auth::Anonymous, [HttpReply::of(400, JSON, taken)]);
    let error = client.register(dto::Register::new().user_name("new")).await.unwrap_err();
    assert_eq!(error.to_string(), "Register: 400 AlreadyExists: taken");
    assert!(error.field("user_name").is_some());
}

#[tokio::test]
async fn signing_in_again_replaces_the_user_of_the_old_token() {
    let (client, server) = client(Bearer::new("OLD"), [signed_in("a"), me()]);
    client.send(dto::Authenticate::new().provider("credentials").user_name("u").password("p")).await.unwrap();
    client.send(WhoAmI {}).await.unwrap();
    assert_eq!(requests(&server)[1], get("cookie: ss-id=a; ss-opt=perm"));

    // A request for the current user is not a sign-in.
    let told =
        HttpReply::of(200, JSON, r#"{"userId":"1","sessionId":"b"}"#).with_header("set-cookie", "ss-id=b; path=/");
    let (client, server) = self::client(Bearer::new("GOOD"), [told, me()]);
    client.send(dto::Authenticate::new()).await.unwrap();
    client.send(WhoAmI {}).await.unwrap();
    assert_eq!(requests(&server)[1], get("authorization: Bearer GOOD\ncookie: ss-id=b"));

    let (client, server) = self::client(Credentials::new("u", "p@ss"), [me(), anonymous(), signed_in("a"), me()]);
    client.session().set_bearer("OTHER");
    client.send(WhoAmI {}).await.unwrap();
    client.send(WhoAmI {}).await.unwrap();
    let other = get("authorization: Bearer OTHER");
    assert_eq!(
        (&requests(&server)[..2], &requests(&server)[3]),
        (&[other.clone(), other][..], &get("cookie: ss-id=a; ss-opt=perm"))
    );
}

#[tokio::test]
async fn a_session_can_be_converted_to_a_token() {
    let cookie = HttpReply::of(200, JSON, "{}").with_header("set-cookie", "ss-tok=T; path=/");
    let (client, server) = client(Credentials::new("u", "p@ss"), [signed_in("a"), cookie, me()]);
    client.session_to_token(true).await.unwrap();
    client.send(WhoAmI {}).await.unwrap();
    assert_eq!(
        requests(&server)[1..],
        [
            "POST https://h/session-to-token\naccept: application/json\ncontent-type: application/json\n\
             cookie: ss-id=a; ss-opt=perm\n\n{\"preserveSession\":true}",
            &get("cookie: ss-id=a; ss-opt=perm; ss-tok=T")
        ]
    );

    let body = HttpReply::of(200, JSON, r#"{"accessToken":"A","refreshToken":"R"}"#);
    let (client, server) = self::client(Auth::Anonymous, [body, me()]);
    client.session_to_token(false).await.unwrap();
    client.send(WhoAmI {}).await.unwrap();
    assert_eq!(requests(&server)[1], get("authorization: Bearer A"));
    assert!(client.session().save().to_json().contains(r#""refresh":"R""#));
}

#[tokio::test]
async fn a_session_can_be_saved_and_loaded() {
    let credentials = Credentials::new("u", "p@ss");
    let (client, _) = client(credentials.clone(), [signed_in("a")]);
    assert!(client.session().save().is_empty());
    client.login().await.unwrap();
    let text = client.session().save().to_json();

    let (next, server) = self::client(credentials.clone(), [me(), anonymous(), signed_in("b"), me()]);
    let saved: SavedSession = text.parse().unwrap();
    assert_eq!(saved, client.session().save());
    next.session().load(&saved).unwrap();
    next.send(WhoAmI {}).await.unwrap();
    assert_eq!(requests(&server), [get("cookie: ss-id=a; ss-opt=perm")], "nobody signs in");
    // The session may have expired in the meantime.
    next.send(WhoAmI {}).await.unwrap();
    let again = LOGIN.replace("\n\n", "\ncookie: ss-id=a; ss-opt=perm\n\n");
    assert_eq!(requests(&server)[2..], [again, get("cookie: ss-id=b; ss-opt=perm")]);

    next.session().clear();
    assert!(next.session().save().is_empty());
    server.answer(signed_in("c"));
    server.answer(me());
    next.send(WhoAmI {}).await.unwrap();
    assert_eq!(requests(&server)[4..], [LOGIN.to_owned(), get("cookie: ss-id=c; ss-opt=perm")]);

    let (bearer, server) = self::client(Auth::Anonymous, [me()]);
    bearer.session().set_bearer("T");
    bearer.session().set_refresh_token("R");
    let (other, _) = self::client(Auth::Anonymous, []);
    other.session().load(&bearer.session().save()).unwrap();
    assert_eq!(other.session().save(), bearer.session().save());
    bearer.send(WhoAmI {}).await.unwrap();
    assert_eq!(requests(&server), [get("authorization: Bearer T")]);
}

#[test]
fn a_saved_session_of_another_host_is_rejected() {
    let build = |base: &str| Client::builder(base).transport(ScriptedTransport::default()).build().unwrap();
    let client = build("https://h/v1");
    client.session().set_bearer("T");
    let saved = client.session().save();
    assert!(build("https://h:443/v2").session().load(&saved).is_ok());
    for base in ["http://h", "https://h:8443", "https://g"] {
        let other = build(base);
        let error = other.session().load(&saved).unwrap_err();
        let message = format!("the saved session belongs to https://h, the client calls {base}");
        assert_eq!((error.kind(), error.to_string()), (ErrorKind::Configuration, message));
        assert_eq!(other.session().bearer(), None);
    }
    for (text, place) in [("", "line 1 column 0"), ("{\"s3cret\":1}", "line 1 column 9"), ("[1]", "line 1 column 2")] {
        let error = text.parse::<SavedSession>().unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("the text is not a saved session: it is invalid at {place}; sign in anew"),
            "{text}"
        );
    }
}

#[tokio::test]
async fn no_secret_is_shown() {
    for auth in [
        Auth::from(Basic::new("u", "s3cret")),
        Auth::from(Bearer::new("s3cret").with_refresh_token("s3cret")),
        Auth::from(Credentials::new("u", "s3cret")),
        Auth::from(ApiKey::new("s3cret")),
        Auth::from(AuthSecret::new("s3cret")),
    ] {
        let failing = HttpReply::of(500, JSON, "{}").with_header("set-cookie", "ss-id=s3cret; path=/");
        let server = ScriptedTransport::new([failing.with_reason("Oops"), me()]);
        let builder = Client::builder("https://h").transport(server.clone()).auth(auth).header("X-Tenant", "s3cret");
        let mut texts = vec![format!("{builder:?}")];
        let client = builder.build().unwrap();
        let error = client.send(WhoAmI {}).await.unwrap_err();
        client.send(WhoAmI {}).await.ok();
        client.session().set_refresh_token("s3cret");
        texts.extend([
            format!("{client:?} {:?}", client.session()),
            format!("{:?}", client.session().save()),
            format!("{error} {error:?} {:?}", error.headers()),
            format!("{:?}", server.requests()),
        ]);
        for text in texts {
            assert!(!text.contains("s3cret") && !text.contains("czNjcmV0"), "{text}");
        }
    }
}

#[tokio::test]
async fn no_secret_of_an_answer_is_shown() {
    let set = |body: &'static str| HttpReply::of(200, JSON, body).with_header("set-cookie", "ss-tok=s3cret; path=/");
    let tokens = r#"{"sessionId":"s3cret","bearerToken":"s3cret","refreshToken":"s3cret","accessToken":"s3cret","results":[{"key":"s3cret"}]}"#;
    let refused = r#"{"responseStatus":{"errorCode":"MinLen","errors":[{"fieldName":"Password","meta":{"PropertyValue":"s3cret"}}]}}"#;
    let broken = r#"{"bearerToken":"s3cret","roles":[}"#;
    let server = ScriptedTransport::default();
    let client = Client::builder("https://h").transport(server.clone()).build().unwrap();
    macro_rules! shown {
        ($operation:expr) => {{
            let mut shown = format!("{:?} ", $operation);
            shown += &client.call($operation).prepare().unwrap().to_curl();
            for body in [tokens, broken] {
                server.answer(set(body));
                shown += &format!(" {:?}", client.call($operation).send_response().await);
            }
            server.answer(HttpReply::of(400, JSON, refused));
            shown += &format!(" {:?}", client.send($operation).await);
            shown
        }};
    }
    for shown in [
        shown!(dto::Authenticate::new().user_name("u").password("s3cret")),
        shown!(dto::Register::new().user_name("u").password("s3cret").confirm_password("s3cret")),
        shown!(dto::GetAccessToken::new().refresh_token("s3cret")),
        shown!(dto::ConvertSessionToToken::new()),
    ] {
        assert!(!shown.contains("s3cret"), "{shown}");
        assert!(
            shown.contains("Ok(Response") && shown.contains("expected a value, at byte") && shown.contains("MinLen"),
            "{shown}"
        );
    }
}
