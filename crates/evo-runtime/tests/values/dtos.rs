//! ServiceStack's own DTOs in responses of recorded servers.

use std::collections::BTreeMap;

use evo_runtime::dto::{Authenticate, AuthenticateResponse, QueryResponse, ResponseError, ResponseStatus};
use evo_runtime::record;
use evo_runtime::wire::json;

#[expect(clippy::unnecessary_wraps, reason = "the members are optional")]
fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn a_response_status_tolerates_nulls() {
    let body = r#"{"errorCode":"PasswordsShouldMatch","message":null,"errors":[{"errorCode":"E","fieldName":"Email","message":"m",
        "meta":{"PropertyName":"Email","PropertyValue":null}},null],"stackTrace":null}"#;
    let meta =
        BTreeMap::from([("PropertyName".to_owned(), "Email".to_owned()), ("PropertyValue".to_owned(), String::new())]);
    let status: ResponseStatus = json::from_slice(body.as_bytes()).expect("a response status");
    let mut error = ResponseError::default();
    error.error_code = text("E");
    error.field_name = text("Email");
    error.message = text("m");
    error.meta = Some(meta);
    let mut expected = ResponseStatus::default();
    expected.error_code = text("PasswordsShouldMatch");
    expected.errors = Some(vec![error, ResponseError::default()]);
    assert_eq!(status, expected);
}

#[test]
fn signing_in() {
    let request = Authenticate::new().provider("credentials").user_name("u").password("p").remember_me(true);
    assert_eq!(
        json::to_string(&request).expect("text only"),
        r#"{"provider":"credentials","userName":"u","password":"p","rememberMe":true}"#
    );
    let digest = Authenticate::new().oauth_token("t").nonce("n");
    assert_eq!(json::to_string(&digest).expect("text only"), r#"{"oauth_token":"t","nonce":"n"}"#);

    let body = r#"{"userId":"1","sessionId":"s","bearerToken":"eyJ","refreshTokenExpiry":"\/Date(1826739061038)\/","roles":["User"],"permissions":[]}"#;
    let answer: AuthenticateResponse = json::from_slice(body.as_bytes()).expect("a response");
    let mut expected = AuthenticateResponse::default();
    expected.user_id = text("1");
    expected.session_id = text("s");
    expected.bearer_token = text("eyJ");
    expected.refresh_token_expiry = Some("2027-11-20T19:31:01.038Z".parse().expect("a date"));
    expected.roles = vec!["User".to_owned()];
    assert_eq!(answer, expected);
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Row {
    id: i32,
}
record!(Row { id: "Id" });

#[test]
fn pages_and_ids() {
    let page: QueryResponse<Row> =
        json::from_slice(br#"{"offset":1,"total":4,"results":[{"id":7}],"meta":{"COUNT(*)":"4"}}"#).expect("a page");
    let mut expected = QueryResponse::default();
    expected.offset = 1;
    expected.total = 4;
    expected.results = vec![Row { id: 7 }];
    expected.meta = BTreeMap::from([("COUNT(*)".to_owned(), "4".to_owned())]);
    assert_eq!(page, expected);
    assert_eq!(json::from_slice::<QueryResponse<Row>>(b"{}").expect("a page"), QueryResponse::default());
}
