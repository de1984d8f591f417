//! The errors of servers as a caller sees them.

use std::time::Duration;

use evo_runtime::transport::{HttpReply, ScriptedTransport, TransportError, TransportErrorKind};
use evo_runtime::{Address, Client, Download, Error, ErrorKind, Format, operation, record};

#[derive(Debug, Clone, PartialEq, Default)]
struct Create {
    name: Option<String>,
}
record!(Create { name: "Name" });
operation!(Create: POST "/create" => Created);

#[derive(Debug, Clone, PartialEq, Default)]
struct Created {
    id: i32,
    response_status: Option<Status>,
}
record!(Created { id: "Id", response_status: "ResponseStatus" });

#[derive(Debug, Clone, PartialEq, Default)]
struct Status {
    error_code: Option<String>,
    message: Option<String>,
}
record!(Status { error_code: "ErrorCode", message: "Message" });

#[derive(Debug, Clone, PartialEq, Default)]
struct ReadText {}
record!(ReadText {});
operation!(ReadText: GET "/text" => raw String);

#[derive(Debug, Clone, PartialEq, Default)]
struct ReadFile {}
record!(ReadFile {});
operation!(ReadFile: GET "/file" => raw Download);

#[derive(Debug, Clone, PartialEq, Default)]
struct Touch {}
record!(Touch {});
operation!(Touch: POST => ());

const JSON: &str = "application/json; charset=utf-8";

fn client(reply: HttpReply) -> Client {
    client_at(Address::Routes, reply)
}

fn client_at(address: Address, reply: HttpReply) -> Client {
    Client::builder("https://h").transport(ScriptedTransport::new([reply])).addresses([address]).build().unwrap()
}

async fn error_of(reply: HttpReply) -> Error {
    client(reply).send(Create::default()).await.unwrap_err()
}

/// Returns the status, error code and message, and the name, code and message of each field.
fn summary(error: &Error) -> (u16, &str, &str, Vec<[&str; 3]>) {
    let fields = error.field_errors().iter().map(|field| {
        [&field.field_name, &field.error_code, &field.message].map(|text| text.as_deref().unwrap_or_default())
    });
    (error.status().unwrap().as_u16(), error.error_code().unwrap(), error.message(), fields.collect())
}

#[tokio::test]
async fn response_statuses_are_read_in_every_spelling() {
    let name = ["Name", "NotEmpty", "'Name' must not be empty."];
    let age = ["Age", "InclusiveBetween", "'Age' must be between 18 and 120. You entered 0."];
    for (case, content_type, body, code, message, fields) in [
        (
            "ERR-01",
            JSON,
            r#"{"id":0,"responseStatus":{"errorCode":"NotEmpty","message":"'Name' must not be empty.","errors":[{"errorCode":"NotEmpty","fieldName":"Name","message":"'Name' must not be empty.","meta":{"PropertyName":"Name"}}]}}"#,
            "NotEmpty",
            "'Name' must not be empty.",
            vec![name],
        ),
        (
            "ERR-02 Pascal",
            JSON,
            r#"{"ResponseStatus":{"ErrorCode":"X","Message":"m","StackTrace":null,"Errors":[]}}"#,
            "X",
            "m",
            vec![],
        ),
        ("ERR-02 snake", JSON, r#"{"response_status":{"error_code":"X","message":"m"}}"#, "X", "m", vec![]),
        ("ERR-02 bare", JSON, r#"{"errorCode":"X","message":"m"}"#, "X", "m", vec![]),
        ("ERR-02 JSV", "", "{ResponseStatus:{ErrorCode:X,Message:m}}", "X", "m", vec![]),
        (
            "ERR-04 camel, null in meta",
            JSON,
            r#"{"id":0,"responseStatus":{"errorCode":"NotEmpty","message":"'Name' must not be empty.","errors":[{"errorCode":"NotEmpty","fieldName":"Name","message":"'Name' must not be empty.","meta":{"PropertyName":"Name","PropertyValue":null}},{"errorCode":"InclusiveBetween","fieldName":"Age","message":"'Age' must be between 18 and 120. You entered 0.","meta":{"From":"18","To":"120","Value":"0","PropertyName":"Age","PropertyValue":"0"}}]}}"#,
            "NotEmpty",
            "'Name' must not be empty.",
            vec![name, age],
        ),
        (
            "ERR-04 Pascal",
            JSON,
            r#"{"Id":0,"ResponseStatus":{"ErrorCode":"NotEmpty","Message":"'Name' must not be empty.","Errors":[{"ErrorCode":"NotEmpty","FieldName":"Name","Message":"'Name' must not be empty.","Meta":{"PropertyName":"Name"}},{"ErrorCode":"InclusiveBetween","FieldName":"Age","Message":"'Age' must be between 18 and 120. You entered 0.","Meta":{"From":"18","To":"120","Value":"0","PropertyName":"Age","PropertyValue":"0"}}]}}"#,
            "NotEmpty",
            "'Name' must not be empty.",
            vec![name, age],
        ),
        (
            "ERR-12",
            "application/json; charset=utf-8; charset=utf-8",
            r#"{"responseStatus":{"errorCode":"ArgumentException","message":"m","errors":[]}}"#,
            "ArgumentException",
            "m",
            vec![],
        ),
        (
            "ERR-13",
            "application/jsv",
            "{id:0,responseStatus:{errorCode:NotEmpty,message:'Name' must not be empty.,errors:[{errorCode:NotEmpty,fieldName:Name,message:'Name' must not be empty.,meta:{PropertyName:Name}}]}}",
            "NotEmpty",
            "'Name' must not be empty.",
            vec![name],
        ),
        (
            "ERR-15",
            JSON,
            r#"{"id":0,"responseStatus":{"errorCode":"ArgumentException","message":"bad argument (Parameter 'Name')","errors":[{"errorCode":"ArgumentException","fieldName":"Name","message":"bad argument"}]}}"#,
            "ArgumentException",
            "bad argument (Parameter 'Name')",
            vec![["Name", "ArgumentException", "bad argument"]],
        ),
        (
            "URL-30",
            JSON,
            r#"{"responseStatus":{"errorCode":"SerializationException","message":"Unable to bind to request 'Search'","errors":[{"errorCode":"SerializationException","fieldName":"ids","message":"'x' is an Invalid value for 'ids'"},{"errorCode":"SerializationException","fieldName":"deep","message":"'junk' is an Invalid value for 'deep'"}]}}"#,
            "SerializationException",
            "Unable to bind to request 'Search'",
            vec![
                ["ids", "SerializationException", "'x' is an Invalid value for 'ids'"],
                ["deep", "SerializationException", "'junk' is an Invalid value for 'deep'"],
            ],
        ),
    ] {
        let error = error_of(HttpReply::of(400, content_type, body).with_reason("Bad Request")).await;
        assert_eq!(error.is_validation(), !fields.is_empty(), "{case}");
        assert_eq!(summary(&error), (400, code, message, fields), "{case}");
        assert_eq!((error.kind(), error.body()), (ErrorKind::Service, body.as_bytes()), "{case}");
    }
}

#[tokio::test]
async fn fields_are_found_whatever_their_spelling() {
    let body = r#"{"responseStatus":{"errorCode":"A","message":"m","errors":[{"errorCode":"A","fieldName":"UserName","message":"first"},{"errorCode":"B","fieldName":"UserName","message":"second"}]}}"#;
    let error = error_of(HttpReply::of(400, JSON, body)).await;
    for name in ["UserName", "userName", "user_name", "USERNAME"] {
        assert_eq!(error.field(name).and_then(|field| field.message.as_deref()), Some("first"), "{name}");
    }
    assert_eq!(error.field("User"), None);
}

#[tokio::test]
async fn errors_without_a_response_status_use_the_reason_and_status() {
    for (case, status, reason, content_type, body, code, message, kind) in [
        ("ERR-03 anonymous", 401, "Unauthorized", "", "", "Unauthorized", "Unauthorized", ErrorKind::Unauthorized),
        ("ERR-03 bare", 409, "Clash", JSON, "{}", "Clash", "Clash", ErrorKind::Service),
        (
            "ERR-03 page",
            502,
            "Bad Gateway",
            "text/html",
            "<html>..</html>",
            "Bad Gateway",
            "Bad Gateway",
            ErrorKind::Service,
        ),
        (
            "ERR-03 text",
            502,
            "BadGateway",
            "text/plain",
            "plain words",
            "BadGateway",
            "plain words",
            ErrorKind::Service,
        ),
        (
            "ERR-03 empty",
            500,
            "Internal Server Error",
            "",
            "",
            "Internal Server Error",
            "Internal Server Error",
            ErrorKind::Service,
        ),
        (
            "ERR-03 status as text",
            404,
            "Not Found",
            "text/plain; charset=utf-8",
            "404",
            "Not Found",
            "Not Found",
            ErrorKind::Service,
        ),
        (
            "ERR-07",
            403,
            "Invalid Role",
            "text/plain",
            "Forbidden\r\n\r\nRequest.HttpMethod: GET\r\nRequest.PathInfo: /admin-only\r\nRequest.QueryString: \r\n\r\n",
            "Invalid Role",
            "Invalid Role",
            ErrorKind::Service,
        ),
        (
            "ERR-10",
            404,
            "NotFound",
            "text/plain; charset=utf-8",
            "Error (NotFound): gone\n\n404",
            "NotFound",
            "gone",
            ErrorKind::Service,
        ),
        (
            "ERR-10 over HTTP/2",
            404,
            "",
            "text/plain; charset=utf-8",
            "Error (NoSession): gone\n\n404",
            "NoSession",
            "gone",
            ErrorKind::Service,
        ),
        ("ERR-14 long", 414, "URI Too Long", "", "", "URI Too Long", "URI Too Long", ErrorKind::Service),
        ("ERR-14 bad", 400, "Bad Request", "", "", "Bad Request", "Bad Request", ErrorKind::Service),
        ("no phrase at all", 599, "", "", "", "599", "599", ErrorKind::Service),
        ("not modified", 304, "NotModified", "", "", "NotModified", "NotModified", ErrorKind::Service),
        ("broken JSON", 500, "Oops", JSON, "{\"responseStatus\":", "Oops", "Oops", ErrorKind::Service),
        (
            "members of other types",
            500,
            "Oops",
            JSON,
            r#"{"message":{"a":1},"errorCode":[1]}"#,
            "Oops",
            "Oops",
            ErrorKind::Service,
        ),
    ] {
        let error = error_of(HttpReply::of(status, content_type, body).with_reason(reason)).await;
        assert_eq!(summary(&error), (status, code, message, vec![]), "{case}");
        assert_eq!((error.kind(), error.body(), error.reason()), (kind, body.as_bytes(), Some(reason)), "{case}");
    }
}

#[tokio::test]
async fn a_405_has_three_meanings() {
    let unknown = r#"{"responseStatus":{"errorCode":"NotImplementedException","message":"The operation does not exist for this service","errors":[]}}"#;
    let unwritten = r#"{"responseStatus":{"errorCode":"NotImplementedException","message":"later","errors":[]}}"#;
    let own = r#"{"responseStatus":{"errorCode":"NotSupportedException","message":"no","errors":[]}}"#;
    for (case, address, reply, kind, display) in [
        (
            "ERR-08",
            Address::Api,
            HttpReply::of(405, "", "").with_header("allow", "PUT"),
            ErrorKind::WrongMethod,
            "Create: 405 Method Not Allowed; the server allows PUT",
        ),
        (
            "ERR-09 reply",
            Address::Reply,
            HttpReply::of(405, JSON, unknown),
            ErrorKind::UnknownOperation,
            "Create: 405 NotImplementedException: The operation does not exist for this service; hosts with endpoint routing \
             have no `/json/reply`: set the addresses of the client to Address::Api",
        ),
        (
            "ERR-09 api",
            Address::Api,
            HttpReply::of(405, JSON, unknown),
            ErrorKind::UnknownOperation,
            "Create: 405 NotImplementedException: The operation does not exist for this service; hosts older than \
             ServiceStack 6 have no `/api`: set the addresses of the client to Address::Routes and Address::Reply",
        ),
        (
            "no such address",
            Address::Api,
            HttpReply::of(404, "", ""),
            ErrorKind::UnknownOperation,
            "Create: 404 Not Found; hosts older than ServiceStack 6 have no `/api`: set the addresses of the client to \
             Address::Routes and Address::Reply",
        ),
        (
            "not written yet",
            Address::Api,
            HttpReply::of(405, JSON, unwritten),
            ErrorKind::Service,
            "Create: 405 NotImplementedException: later",
        ),
        (
            "a DTO without response status",
            Address::Api,
            HttpReply::of(404, JSON, "{}").with_reason("NotFound"),
            ErrorKind::Service,
            "Create: 404 NotFound",
        ),
        (
            "of the service",
            Address::Api,
            HttpReply::of(405, JSON, own),
            ErrorKind::Service,
            "Create: 405 NotSupportedException: no",
        ),
    ] {
        let error = client_at(address, reply).send(Create::default()).await.unwrap_err();
        assert_eq!((error.kind(), error.to_string().as_str()), (kind, display), "{case}");
    }
}

#[tokio::test]
async fn a_response_status_is_an_error_only_without_other_members() {
    let soft = r#"{"id":1,"responseStatus":{"errorCode":"SoftError","message":"returned, not thrown"}}"#;
    let answer = client(HttpReply::of(200, JSON, soft)).send(Create::default()).await.unwrap();
    let status = Status { error_code: Some("SoftError".to_owned()), message: Some("returned, not thrown".to_owned()) };
    assert_eq!(answer, Created { id: 1, response_status: Some(status) }, "ERR-05");

    for (case, body) in [
        ("camel", r#"{"responseStatus":{"errorCode":"NotSupportedException","message":"m","errors":[]}}"#),
        ("Pascal", r#" { "ResponseStatus" : {"ErrorCode":"NotSupportedException","Message":"m","Errors":[]}} "#),
        (
            "a mark",
            "\u{feff}{\"responseStatus\":{\"errorCode\":\"NotSupportedException\",\"message\":\"m\",\"errors\":[]}}",
        ),
    ] {
        let error = error_of(HttpReply::of(200, JSON, body)).await;
        assert_eq!(summary(&error), (200, "NotSupportedException", "m", vec![]), "{case}");
    }
    for body in [
        r#"{"responseStatus":{"errorCode":"SoftError","message":".."}}"#,
        r#"{"responseStatus":{}}"#,
        r#"{"responseStatus":null}"#,
        r#"{"responseStatus":{"message":"fine"}}"#,
    ] {
        assert_eq!(client(HttpReply::of(200, JSON, body)).send(Create::default()).await.unwrap().id, 0, "{body}");
    }
}

#[tokio::test]
async fn a_throttled_call_has_a_retry_after() {
    let body = r#"{"id":0,"responseStatus":{"errorCode":"TooManyRequests","message":"TooManyRequests","errors":[]}}"#;
    let error = error_of(HttpReply::of(429, JSON, body).with_header("retry-after", "1")).await;
    assert_eq!(summary(&error), (429, "TooManyRequests", "TooManyRequests", vec![]));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(1)), "ERR-06");
    assert_eq!(error.to_string(), "Create: 429 TooManyRequests");
    for (asked, seconds) in [
        (" 120 ", Some(120)),
        ("Fri, 20 Nov 2026 20:12:44 GMT", Some(60)),
        ("Friday, 20-Nov-26 20:12:44 GMT", Some(60)),
        ("Fri Nov 20 20:12:44 2026", Some(60)),
        (" Fri, 20 Nov 2026 20:12:44 GMT ", Some(60)),
        ("Fri, 20 Nov 2026 20:12:44 +0000", Some(60)),
        ("Wed, 20-Nov-2026 20:12:44 UTC", Some(60)),
        ("99999999999999999999999", Some(u64::MAX)),
        ("+5", None),
        ("1.5", None),
        ("Fri, 20 Nov 2026 20:10:00 GMT", Some(0)),
        ("Fri, 32 Nov 2026 20:11:44 GMT", None),
        ("soon", None),
        ("-1", None),
        ("", None),
    ] {
        let reply = HttpReply::of(503, "", "").with_header("date", "Fri, 20 Nov 2026 20:11:44 GMT");
        let error = error_of(reply.with_header("retry-after", asked)).await;
        assert_eq!(error.retry_after(), seconds.map(Duration::from_secs), "{asked}");
    }
}

#[tokio::test]
async fn a_body_of_the_wrong_type_is_an_error_with_its_path() {
    for (case, content_type, body, start) in [
        (
            "ERR-11",
            "text/html",
            "<!doctype html>\n<html lang=\"en\">...",
            "Create: 200 the server answered a page (text/html) where JSON was expected; ",
        ),
        ("text", JSON, "hello", "Create: 200 "),
        ("kind", JSON, r#"{"id":[1]}"#, "Create: 200 id: "),
        ("cut", JSON, r#"{"id":1"#, "Create: 200 "),
    ] {
        let error = error_of(HttpReply::of(200, content_type, body)).await;
        assert!(error.to_string().starts_with(start), "{case}: {error}");
        assert!(!error.to_string().contains('\n'), "{case}: {error}");
        assert_eq!((error.kind(), error.body()), (ErrorKind::Decode, body.as_bytes()), "{case}");
    }
}

#[tokio::test]
async fn an_html_page_instead_of_jsv_is_an_error_that_names_the_format() {
    let reply = HttpReply::of(200, "text/html; charset=utf-8", "<!doctype html>");
    let error = client(reply).with_format(Format::Jsv).send(Create::default()).await.unwrap_err();
    let message = "the server answered a page (text/html; charset=utf-8) where JSV was expected";
    assert_eq!((error.kind(), error.message()), (ErrorKind::Decode, message));
}

#[tokio::test]
async fn an_empty_response_is_the_default() {
    for (case, reply) in [
        ("ERR-14", HttpReply::of(204, "", "").with_reason("CustomCode")),
        ("blank", HttpReply::of(200, JSON, " \r\n")),
        ("byte order mark", HttpReply::of(200, JSON, "\u{feff}{}")),
        ("object", HttpReply::of(202, JSON, "{}")),
    ] {
        assert_eq!(client(reply).send(Create::default()).await.unwrap(), Created::default(), "{case}");
    }
    client_at(Address::Api, HttpReply::of(200, "text/html", "<p>ignored")).send(Touch {}).await.unwrap();
}

#[tokio::test]
async fn raw_responses_are_never_decoded() {
    for text in ["hi", r#"{"responseStatus":{"errorCode":"X"}}"#, "<p>", "", "\"quoted\""] {
        assert_eq!(client(HttpReply::of(200, JSON, text)).send(ReadText {}).await.unwrap(), text);
    }
    let error = client(HttpReply::of(200, JSON, &b"\xff"[..])).send(ReadText {}).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);

    let reply = HttpReply::of(206, "application/octet-stream", "bytes")
        .with_header("content-disposition", "attachment; filename=\"a b.bin\"")
        .with_header("content-length", "5");
    let download = client(reply).send(ReadFile {}).await.unwrap();
    assert_eq!(
        (
            download.status().as_u16(),
            download.file_name().as_deref(),
            download.content_type(),
            download.content_length()
        ),
        (206, Some("a b.bin"), Some("application/octet-stream"), Some(5))
    );
    assert_eq!(download.bytes().await.unwrap(), "bytes");

    let body = r#"{"responseStatus":{"errorCode":"NotFound","message":"no file"}}"#;
    let error = client(HttpReply::of(404, JSON, body)).send(ReadFile {}).await.unwrap_err();
    assert_eq!(error.to_string(), "ReadFile: 404 NotFound: no file");
}

#[tokio::test]
async fn redirects_are_not_followed() {
    for (case, location, kind, display) in [
        (
            "AUTH-11",
            "http://127.0.0.1:5116/login?redirect=http%3a%2f%2f127.0.0.1%3a5116%2fwhoami",
            ErrorKind::Unauthorized,
            "Create: 302 not signed in: the server sent the call to its login page",
        ),
        (
            "ASP.NET",
            "/Account/Login?ReturnUrl=%2Fapi%2FCreate",
            ErrorKind::Unauthorized,
            "Create: 302 not signed in: the server sent the call to its login page",
        ),
        (
            "moved",
            "https://new.example.org/create?token=secret",
            ErrorKind::Redirect,
            "Create: 302 the server sent the call to https://new.example.org/create; redirects are not followed; \
             change the base URL of the client if the service has moved there",
        ),
    ] {
        let error = error_of(HttpReply::of(302, "", "").with_reason("Found").with_header("location", location)).await;
        assert_eq!(
            (error.kind(), error.to_string().as_str(), error.status().map(|status| status.as_u16())),
            (kind, display, Some(302)),
            "{case}"
        );
    }
}

#[tokio::test]
async fn calls_without_a_response_explain_the_failure() {
    for (failure, kind) in [
        (TransportErrorKind::Connect, ErrorKind::Connect),
        (TransportErrorKind::Timeout, ErrorKind::Timeout),
        (TransportErrorKind::Interrupted, ErrorKind::Interrupted),
    ] {
        let server = ScriptedTransport::default();
        server.fail(TransportError::new(failure, "it broke"));
        let client = Client::builder("https://h").transport(server).build().unwrap();
        let error = client.send(Create::default()).await.unwrap_err();
        assert_eq!(
            (
                error.kind(),
                error.to_string().as_str(),
                error.status().map(|status| status.as_u16()),
                error.error_code()
            ),
            (kind, "Create: it broke", None, None),
            "{failure:?}"
        );
        assert_eq!(
            (error.is_connect(), error.is_timeout()),
            (failure == TransportErrorKind::Connect, failure == TransportErrorKind::Timeout)
        );
    }
}

#[tokio::test]
async fn a_response_that_is_too_large_is_not_read() {
    for (limit, is_read) in [(8, true), (7, false)] {
        let transport = ScriptedTransport::new([HttpReply::of(200, JSON, r#"{"id":7}"#)]);
        let client = Client::builder("https://h").transport(transport).body_limit(limit).build().unwrap();
        let result = client.send(Create::default()).await;
        let expected = if is_read { Ok(7) } else { Err(ErrorKind::TooLarge) };
        assert_eq!(result.map(|created| created.id).map_err(|error| error.kind()), expected, "{limit}");
    }
    let long = format!(r#"{{"responseStatus":{{"errorCode":"X","message":"{}"}}}}"#, "m".repeat(100_000));
    let error = error_of(HttpReply::of(500, JSON, long)).await;
    assert_eq!((error.error_code(), error.body().len()), (Some("X"), 64 * 1024));
}
