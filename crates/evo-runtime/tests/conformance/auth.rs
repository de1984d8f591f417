//! Signing in (section 9).

use std::collections::BTreeMap;

use evo_runtime::http::Request;
use evo_runtime::transport::{Body, HttpReply, ScriptedTransport};
use evo_runtime::{
    Address, ApiKey, Auth, Basic, Bearer, Client, Credentials, DateTime, Error, ErrorKind, dto, operation, record,
};
use serde_json::{Value, json};

use crate::case::{self, Case, cases, items, text};

cases![
    auth_01, auth_02, auth_03, auth_04, auth_05, auth_06, auth_07, auth_08, auth_09, auth_10, auth_11, auth_12,
    auth_13, auth_14, auth_15, auth_16, auth_17, auth_18, auth_19
];

#[derive(Debug, Clone, PartialEq, Default)]
struct Secure {}
record!(Secure {});
operation!(Secure: POST => Answer);

#[derive(Debug, Clone, PartialEq, Default)]
struct Keyed {
    text: Option<String>,
}
record!(Keyed { text: "Text" });
operation!(Keyed: GET => Answer);

#[derive(Debug, Clone, PartialEq, Default)]
struct Answer {
    user_name: Option<String>,
}
record!(Answer { user_name: "UserName" });

fn client(auth: impl Into<Auth>, replies: impl IntoIterator<Item = HttpReply>) -> (Client, ScriptedTransport) {
    let server = ScriptedTransport::new(replies);
    (Client::builder("https://h").transport(server.clone()).auth(auth).build().unwrap(), server)
}

/// Creates a response of the table with its cookies, at the time of the recording.
fn reply(value: &Value) -> HttpReply {
    let reply = case::reply(value).with_header("date", "Fri, 20 Nov 2026 19:46:42 GMT");
    let lines = value["set-cookie"].as_array().map(Vec::as_slice).unwrap_or_default();
    lines.iter().fold(reply, |reply, line| reply.with_header("set-cookie", text(line)))
}

fn ok() -> HttpReply {
    HttpReply::of(200, "application/json", "{}")
}

/// Sets the cookies, and the token if there is one, in the session of a client.
fn load<'a>(client: &Client, cookies: impl IntoIterator<Item = (&'a str, &'a str)>, bearer: Option<&str>) {
    let cookies: Vec<Value> =
        cookies.into_iter().map(|(name, value)| json!({"name": name, "value": value, "path": "/"})).collect();
    let mut saved = json!({"origin": "https://h", "cookies": cookies});
    if let Some(bearer) = bearer {
        saved["bearer"] = bearer.into();
    }
    client.session().load(&saved.to_string().parse().unwrap()).unwrap();
}

/// Returns the verb, the path with query, and the body.
fn line(request: &Request<Body>) -> String {
    let target = request.uri().path_and_query().unwrap();
    let body = request
        .body()
        .as_bytes()
        .filter(|body| !body.is_empty())
        .map(|body| format!(" {}", std::str::from_utf8(body).unwrap()));
    format!("{} {target}{}", request.method(), body.unwrap_or_default())
}

fn header<'a>(request: &'a Request<Body>, name: &str) -> Option<&'a str> {
    request.headers().get(name).map(|value| value.to_str().unwrap())
}

/// Returns the cookies of a request in their order.
fn cookies(request: &Request<Body>) -> Vec<&str> {
    header(request, "cookie").map(|cookies| cookies.split("; ").collect()).unwrap_or_default()
}

/// Asserts on the parts of an error that a case expects.
fn assert_error(error: &Error, expect: &Value) {
    for (part, is) in [
        ("status", error.status().map(|status| Value::from(status.as_u16()))),
        ("message", Some(Value::from(error.message()))),
        ("errorCode", error.error_code().map(Value::from)),
    ] {
        if let Some(expected) = expect.get(part) {
            assert_eq!(is.as_ref(), Some(expected), "{part} of {error:?}");
        }
    }
    match expect["error"].as_str() {
        Some("Unauthorized") => assert_eq!(error.kind(), ErrorKind::Unauthorized, "{error:?}"),
        Some("Forbidden") => assert!(error.is_forbidden(), "{error:?}"),
        Some(other) => panic!("no kind is called {other}"),
        None => {}
    }
}

/// A step of an exchange: the request, the remark in parentheses after it, and the response.
fn step(words: &str) -> (String, String, HttpReply) {
    let (request, answer) = words.split_once(" -> ").unwrap();
    let (request, with) = request.split_once(" (").unwrap();
    let (answer, cookie) = answer.split_once(" Set-Cookie: ").map_or((answer, None), |(a, line)| (a, Some(line)));
    let (status, body) = answer.split_once(' ').unwrap_or((answer, ""));
    let reply = HttpReply::of(status.parse().unwrap(), "application/json", body.to_owned());
    let reply = cookie.into_iter().fold(reply, |reply, line| reply.with_header("set-cookie", line));
    (request.to_owned(), with.trim_end_matches(')').to_owned(), reply)
}

async fn auth_01(case: Case) {
    let steps: Vec<_> = items(&case.given["exchange"]).iter().map(|words| step(text(words))).collect();
    let state = |client: &Client| {
        let cookies = case.given["state"]["cookies"].as_object().unwrap();
        load(client, cookies.iter().map(|(name, value)| (name.as_str(), text(value))), Some("OLD"));
    };
    let replies = || items(&case.given["exchange"]).iter().map(|words| step(text(words)).2);

    let (client, server) = client(Bearer::new("OLD"), replies());
    state(&client);
    client.send(Secure {}).await.unwrap();
    let requests = server.requests();
    assert_eq!(Some(requests.len() as u64), case.expect["requests"].as_u64());
    for (request, (words, with, _)) in requests.iter().zip(&steps) {
        // A request without members is `{}`, and the table writes nothing.
        assert_eq!(line(request).trim_end_matches(" {}"), words.trim_end_matches(" {}"));
        for part in with.split(", ") {
            match part.split_once(' ').unwrap() {
                ("Authorization:", value) => assert_eq!(header(request, "authorization"), Some(value)),
                ("cookie", cookie) => assert!(cookies(request).contains(&cookie), "{with}: {:?}", cookies(request)),
                _ => assert_eq!((part, header(request, "authorization")), ("no Authorization header", None)),
            }
        }
    }
    assert_eq!(client.session().bearer().map(Value::from).unwrap_or_default(), case.expect["bearer_after"]);

    // The alternative of the case.
    let (client, server) = self::client(Bearer::new("OLD"), []);
    for (index, reply) in replies().enumerate() {
        let token = HttpReply::of(200, "application/json", r#"{"accessToken":"A"}"#);
        server.answer(if index == 1 { token } else { reply });
    }
    state(&client);
    client.send(Secure {}).await.unwrap();
    assert_eq!(header(&server.requests()[2], "authorization"), Some("Bearer A"));

    // The failed call of the case.
    for status in [400, 401, 403, 404] {
        let refused = HttpReply::of(status, "application/json", "{}");
        let (client, server) = self::client(Bearer::new("OLD"), replies().take(1).chain([refused]));
        state(&client);
        let error = client.send(Secure {}).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.status().map(|status| status.as_u16())),
            (ErrorKind::RefreshToken, Some(status))
        );
        assert_eq!(server.requests().len(), 2, "{status}");
    }
}

async fn auth_02(case: Case) {
    let login = &case.given["login"];
    let credentials = Credentials::new(text(&login["userName"]), text(&login["password"]))
        .remember_me(login["rememberMe"].as_bool().unwrap());
    let (client, server) = client(credentials, [reply(&case.given["response"]), ok()]);
    client.send(Secure {}).await.unwrap();
    let requests = server.requests();
    let expected = text(&case.expect["request"]);
    assert_eq!(line(&requests[0]), expected.split(" (").next().unwrap());
    let expected: Vec<&str> = items(&case.expect["next_request_cookies"]).iter().map(text).collect();
    assert_eq!(cookies(&requests[1]), expected);

    for alternative in ["headers_alternative", "headers_alternative_without_rememberMe"] {
        let headers = case.expect[alternative].as_object().unwrap();
        let server = ScriptedTransport::new([ok()]);
        let builder = Client::builder("https://h").transport(server.clone());
        let builder = headers.iter().fold(builder, |builder, (name, value)| builder.header(name, text(value)));
        builder.build().unwrap().send(Secure {}).await.unwrap();
        for (name, value) in headers {
            assert_eq!(header(&server.requests()[0], name), value.as_str());
        }
    }
    let basic = Auth::from(Basic::new("u", "p"));
    let keys = [ApiKey::new("KEY"), ApiKey::new("KEY").as_bearer()].map(Auth::from);
    let expected = [text(&case.expect["basic"])].into_iter().chain(text(&case.expect["api_key"]).split(" or "));
    for (auth, expected) in [basic].into_iter().chain(keys).zip(expected) {
        let (client, server) = self::client(auth, [ok()]);
        client.send(Secure {}).await.unwrap();
        let (name, value) = expected.split_once(": ").unwrap();
        assert_eq!(header(&server.requests()[0], name), Some(value));
    }
}

async fn auth_03(case: Case) {
    let (client, _) = client(Auth::Anonymous, [reply(&case.given["response"])]);
    assert_error(&client.send(Secure {}).await.unwrap_err(), &case.expect);
}

/// Makes a call with the header `Authorization` of the case, and returns its error.
async fn refused(case: &Case, auth: impl Into<Auth>) -> Error {
    let (client, server) = client(auth, [reply(&case.given["response"])]);
    let error = client.send(Secure {}).await.unwrap_err();
    let requests = server.requests();
    assert_eq!(requests.len(), 1);
    let (_, credential) = text(&case.given["request"]).split_once(", ").unwrap();
    let (name, value) = credential.split_once(": ").unwrap();
    assert_eq!(header(&requests[0], name), Some(value));
    assert_error(&error, &case.expect);
    error
}

async fn auth_04(case: Case) {
    let error = refused(&case, Basic::new("user", "p@ss")).await;
    assert_eq!(error.body(), text(&case.given["response"]["body"]).as_bytes());
}

async fn auth_05(case: Case) {
    let (client, server) = client(Credentials::new("user", "p@ss"), [reply(&case.given["response"]), ok()]);
    let who = client.login().await.unwrap();
    client.send(Secure {}).await.unwrap();
    let requests = server.requests();
    let (verb_and_path, body) = text(&case.given["request"]).split_once(" {").unwrap();
    let body: Value = serde_json::from_str(&format!("{{{body}")).unwrap();
    assert_eq!(line(&requests[0]), format!("{verb_and_path} {body}"));

    let set: Vec<&str> =
        items(&case.given["response"]["set-cookie"]).iter().filter_map(|line| text(line).split(';').next()).collect();
    assert_eq!((set.len(), cookies(&requests[1])), (6, set.clone()));
    assert_eq!(header(&requests[1], "authorization"), None);
    let session = set.iter().find_map(|cookie| cookie.strip_prefix("ss-pid="));
    assert_eq!(who.session_id.as_deref(), session);
    assert_eq!(who.bearer_token.map(Value::from).unwrap_or_default(), case.expect["bearerToken"]);
    assert_eq!(who.refresh_token.map(Value::from).unwrap_or_default(), case.expect["refreshToken"]);
}

async fn auth_06(case: Case) {
    let expected = &case.expect["decoded"];
    let (client, _) = client(Credentials::new("user", "p@ss"), [reply(&case.given["response"])]);
    let who = client.login().await.unwrap();
    assert_eq!(who.user_id.as_deref(), expected["userId"].as_str());
    assert_eq!(who.user_name.as_deref(), expected["userName"].as_str());
    assert_eq!((who.bearer_token.as_deref(), who.refresh_token.as_deref()), (Some("h.p.s"), Some("h.p.s")));
    assert_eq!(Value::from(who.permissions), expected["permissions"]);
    assert_eq!(who.roles, ["User"]);

    let body = text(&case.given["response"]["body"]);
    let written = r"\/Date(1826739033318)\/";
    assert!(body.contains(written));
    let moment: DateTime = "2027-11-20T19:30:33.318Z".parse().unwrap();
    for (form, expiry) in
        [(Some(written), Some(moment)), (Some("2027-11-20T19:30:33.318Z"), Some(moment)), (None, None)]
    {
        let mut response = case.given["response"].clone();
        response["body"] = match form {
            Some(form) => body.replace(written, form).into(),
            None => body.replace(&format!("\"RefreshTokenExpiry\":\"{written}\","), "").into(),
        };
        let (client, _) = self::client(Credentials::new("user", "p@ss"), [reply(&response)]);
        assert_eq!(client.login().await.unwrap().refresh_token_expiry, expiry, "{form:?}");
    }
}

async fn auth_07(case: Case) {
    let expired = HttpReply::of(401, "", "");
    let bearer = Bearer::new("OLD").with_refresh_token("R");
    let (client, server) = client(bearer, [expired, reply(&case.given["response"]), ok()]);
    client.send(Secure {}).await.unwrap();
    let requests = server.requests();
    let lines: Vec<String> = requests.iter().map(line).collect();
    assert_eq!(lines, ["POST /api/Secure {}", text(&case.given["request"]), "POST /api/Secure {}"]);
    let body: BTreeMap<String, String> = serde_json::from_str(text(&case.given["response"]["body"])).unwrap();
    let bearer = format!("Bearer {}", body["AccessToken"]);
    assert_eq!(header(&requests[2], "authorization"), Some(bearer.as_str()));
}

async fn auth_08(case: Case) {
    let expect = text(&case.expect["each"]);
    for response in items(&case.given["responses"]) {
        let expired = HttpReply::of(401, "", "");
        let bearer = Bearer::new("OLD").with_refresh_token("R");
        let (client, server) = client(bearer, [expired, reply(response)]);
        let error = client.send(Secure {}).await.unwrap_err();
        assert_eq!((error.kind(), error.status().map(|status| status.as_u16())), (ErrorKind::RefreshToken, Some(400)));
        assert_eq!(error.error_code(), response["reason"].as_str());
        assert!(expect.contains(error.error_code().unwrap()), "{expect}");
        assert_eq!(server.requests().len(), 2);
    }
}

async fn auth_09(case: Case) {
    let (client, server) = client(Auth::Anonymous, [reply(&case.given["response"]), ok()]);
    let jar = case.given["jar"].as_object().unwrap();
    load(&client, jar.iter().map(|(name, value)| (name.as_str(), text(value))), None);
    assert_eq!(client.send(Secure {}).await.unwrap().user_name.as_deref(), Some("user"));
    assert_eq!(Some(server.requests().len() as u64), case.expect["requests"].as_u64());
    client.send(Secure {}).await.unwrap();
    let requests = server.requests();
    let after: BTreeMap<&str, &str> =
        cookies(&requests[1]).iter().filter_map(|cookie| cookie.split_once('=')).collect();
    assert_eq!(json!(after), case.expect["jar_after"]);
}

async fn auth_10(case: Case) {
    let (client, server) = client(Bearer::new("OLD"), [reply(&case.given["response"]), ok()]);
    load(&client, text(&case.given["jar"]).split(' ').map(|name| (name, "x")), Some("OLD"));
    client.logout().await.unwrap();
    client.send(Secure {}).await.unwrap();
    let requests = server.requests();
    assert_eq!(line(&requests[0]), text(&case.given["request"]));
    let after: Vec<&str> = cookies(&requests[1]).iter().filter_map(|cookie| cookie.split('=').next()).collect();
    assert_eq!(json!(after), case.expect["jar_after"]);
    assert_eq!((header(&requests[1], "authorization"), client.session().bearer()), (None, None));

    let (client, _) = case::client(&[Address::Routes], [reply(&case.given["response"])]);
    let answer = client.send(dto::Authenticate::new().provider("logout")).await.unwrap();
    assert_eq!(answer, dto::AuthenticateResponse::default());
}

async fn auth_11(case: Case) {
    let (client, server) = client(Auth::Anonymous, [reply(&case.given["response"])]);
    let error = client.send(Secure {}).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.status().map(|status| Value::from(status.as_u16()))),
        (ErrorKind::Unauthorized, Some(case.expect["status"].clone()))
    );
    assert_eq!(server.requests().len() > 1, case.expect["followed"].as_bool().unwrap());
}

async fn auth_12(case: Case) {
    refused(&case, Basic::new("user", "wrong")).await;
}

async fn auth_13(case: Case) {
    let (client, server) = client(Credentials::new("user", "wrong"), [reply(&case.given["response"])]);
    load(&client, [("ss-reftok", "R")], None);
    assert_error(&client.login().await.unwrap_err(), &case.expect);
    let lines: Vec<String> = server.requests().iter().map(line).collect();
    assert_eq!(lines.len(), 1);
    let (verb_and_path, _) = text(&case.given["request"]).split_once(" {").unwrap();
    assert!(lines[0].starts_with(verb_and_path), "{lines:?}");
}

async fn auth_14(case: Case) {
    // Signing in first would fail, because the user does not exist yet.
    let (client, server) = client(Credentials::new("new", "p@ssw0rd"), [reply(&case.given["response"]), ok()]);
    let user = dto::Register::new().user_name("new").password("p@ssw0rd").email("new@example.org").auto_login(true);
    let who = client.register(user).await.unwrap();
    let decoded = json!({
        "userId": who.user_id, "sessionId": who.session_id, "userName": who.user_name,
        "roles": who.roles, "permissions": who.permissions,
    });
    assert_eq!(decoded, case.expect["decoded"]);
    client.send(Secure {}).await.unwrap();
    let lines: Vec<String> = server.requests().iter().map(line).collect();
    let (verb_and_path, body) = text(&case.given["request"]).split_once(" {").unwrap();
    let (sent_to, sent) = lines[0].split_once(" {").unwrap();
    let value = |body: &str| serde_json::from_str::<BTreeMap<String, Value>>(&format!("{{{body}")).unwrap();
    assert_eq!((sent_to, value(sent)), (verb_and_path, value(body)));
    assert_eq!((lines[1].as_str(), case.expect["signed_in"].as_bool()), ("POST /api/Secure {}", Some(true)));
}

async fn auth_15(case: Case) {
    let (client, _) = client(Auth::Anonymous, [reply(&case.given["response"])]);
    let error = client.register(dto::Register::new()).await.unwrap_err();
    let errors: Vec<Value> = error
        .field_errors()
        .iter()
        .map(|error| {
            // A null is read as the default of its type, which is an empty text here.
            let mut meta = error.meta.clone().unwrap();
            assert_eq!(meta.remove("PropertyValue").as_deref(), Some(""));
            json!({"errorCode": error.error_code, "fieldName": error.field_name, "message": error.message, "meta": meta})
        })
        .collect();
    assert_eq!(Value::from(errors), case.expect["errors"]);
}

async fn auth_16(case: Case) {
    let (client, server) = case::client(&[Address::Reply], [reply(&case.given["response"])]);
    let error = client.send(dto::Authenticate::new()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnknownOperation);
    let (verb_and_path, _) = text(&case.given["request"]).split_once(" {").unwrap();
    assert!(line(&server.requests()[0]).starts_with(verb_and_path));

    // A client uses addresses that every host has, regardless of the addresses of its operations.
    let (client, server) = case::client(&[Address::Reply], []);
    client.with_auth(Credentials::new("u", "p")).login().await.unwrap_err();
    let (fallback, _) =
        line(&server.requests()[0]).split_once(" {").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    assert_eq!(Some(fallback.as_str()), case.expect["fallback"].as_str());
}

async fn auth_17(case: Case) {
    let key = text(&case.given["credential"]).strip_prefix("API key ").unwrap();
    let requests = items(&case.given["requests"]);
    for (auth, words) in [ApiKey::new(key), ApiKey::new(key).as_bearer()].into_iter().zip(requests) {
        let (client, server) = client(auth, [ok()]);
        client.send(Keyed { text: Some("t".to_owned()) }).await.unwrap();
        let (expected, credential) = text(words).split_once(", ").unwrap();
        let (name, value) = credential.split_once(": ").unwrap();
        let request = &server.requests()[0];
        assert_eq!((line(request).as_str(), header(request, name)), (expected, Some(value)));
        let places =
            ["x-api-key", "authorization"].iter().filter(|name| request.headers().contains_key(**name)).count();
        assert_eq!(places, 1, "one of them");
    }
}

async fn auth_18(case: Case) {
    let responses = &case.given["responses"];
    let expected = items(&case.expect["errors"]);
    for (given, expected) in ["no key", "scope missing"].into_iter().zip(expected) {
        let auth = if given == "no key" { Auth::Anonymous } else { ApiKey::new("ak-good").into() };
        let (client, server) = client(auth, [reply(&responses[given])]);
        // For an API key, not even a refresh token is tried.
        if given != "no key" {
            load(&client, [("ss-reftok", "R")], None);
        }
        let error = client.send(Keyed::default()).await.unwrap_err();
        assert_eq!(
            json!([error.status().map(|status| status.as_u16()), error.error_code(), error.message()]),
            *expected,
            "{given}"
        );
        assert_eq!(server.requests().len(), 1, "{given}");
    }
}

async fn auth_19(case: Case) {
    let (client, server) = client(ApiKey::new("ak-expired"), [reply(&case.given["response"])]);
    let error = client.send(Keyed::default()).await.unwrap_err();
    assert_eq!(
        json!([error.status().map(|status| status.as_u16()), error.error_code(), error.message()]),
        case.expect["error"]
    );
    assert_eq!(server.requests().len(), 1);
}
