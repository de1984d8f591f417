//! Secret members are hidden wherever a request is shown.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use evo_runtime::transport::{HttpReply, ScriptedTransport};
use evo_runtime::wire::{Wire, json};
use evo_runtime::{
    Bytes, Credentials, Date, DateTime, DateTimeOffset, Decimal, DecimalText, KeyValuePair, Time, TimeSpan,
    UnknownValue, Uuid, dto, flags, wire_through_serde,
};
use evo_runtime::{Client, FilePart, Operation, ShownBody, operation, record};

#[derive(Clone, PartialEq, Default)]
struct Pay {
    card: Option<String>,
    amount: Option<i32>,
}
record!(Pay { card: secret "Card", amount: "Amount" });
operation!(Pay: POST "/pay" => ());

#[derive(Clone, PartialEq, Default)]
struct Find {
    token: Option<String>,
    text: Option<String>,
}
record!(Find { token: secret "Token", text: "Text" });
operation!(Find: GET "/find/{Token}" => ());

fn client() -> (Client, ScriptedTransport) {
    let server = ScriptedTransport::new((0..9).map(|_| HttpReply::of(204, "", "")));
    (Client::builder("https://h").transport(server.clone()).build().unwrap(), server)
}

#[tokio::test]
async fn secret_members_are_placeholders_in_curl_lines_and_debug() {
    let (client, server) = client();
    let pay = Pay { card: Some("4111".to_owned()), amount: Some(3) };
    let find = Find { token: Some("t0k3n".to_owned()), text: Some("x".to_owned()) };
    let call = client.call(pay.clone());
    let shown = format!("{call:?}");
    assert!(!shown.contains("4111"), "{shown}");
    let request = call.prepare().unwrap();
    let (curl, debug) = (request.to_curl(), format!("{request:?}"));
    assert!(
        curl.ends_with(r#"--data-raw '{"card":"<secret>","amount":3}'"#) && !debug.contains("4111"),
        "{curl} {debug}"
    );
    assert!(request.to_curl_with_secrets().contains("4111"));

    let request = client.call(find.clone()).query("more", "y").prepare().unwrap();
    assert!(request.to_curl().contains("https://h/api/Find?token=%3Csecret%3E&text=x&more=y"), "{}", request.to_curl());
    let request = client.call(Find::default()).query("token", "t0k3n").query("more", "y").prepare().unwrap();
    assert_eq!(request.url().query(), Some("token=t0k3n&more=y"));
    assert!(request.to_curl().contains("https://h/api/Find?token=%3Csecret%3E&more=y"), "{}", request.to_curl());
    let on_route = client.with_addresses(&[evo_runtime::Address::Routes]);
    let request = on_route.call(find.clone()).prepare().unwrap();
    let shown = format!("{} {request:?}", request.to_curl());
    assert!(!shown.contains("t0k3n") && shown.contains("/find/%3Csecret%3E"), "{shown}");

    // The real values are sent.
    on_route.send(find).await.unwrap();
    on_route.send(pay).await.unwrap();
    assert_eq!(server.requests()[0].uri(), "https://h/find/t0k3n?text=x");
    assert!(std::str::from_utf8(server.requests()[1].body().as_bytes().unwrap()).unwrap().contains("4111"));
    assert!(!format!("{:?}", server.requests()).contains("4111"), "a body shows its length alone");
}

#[tokio::test]
async fn a_request_is_shown_as_it_is_sent_without_its_secrets() {
    let (client, _) = client();
    let pay = Pay { card: Some("4111".to_owned()), amount: Some(3) };
    let shown = client.call(pay.clone()).header("X-Own", "4111").prepare().unwrap().shown();
    assert_eq!((shown.method.as_str(), shown.url.as_str()), ("POST", "https://h/api/Pay"));
    let header = |name: &str| shown.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str());
    assert_eq!([header("x-own"), header("content-type")], [Some("<secret>"), Some("application/json")]);
    assert_eq!(shown.body, ShownBody::Text(r#"{"card":"<secret>","amount":3}"#.to_owned()));

    // A form is shown by its parts.
    let form = client.prepare_upload(&Pay::SPEC, &pay, vec![FilePart::bytes("a.txt", "a")]).unwrap();
    let ShownBody::Form(parts) = form.shown().body else { panic!("{:?}", form.shown()) };
    let expected = [
        r#"Field { name: "card", value: "<secret>" }"#,
        r#"Field { name: "amount", value: "3" }"#,
        r#"File { name: "file", file_name: "a.txt", content_type: "text/plain", length: Some(1) }"#,
    ];
    assert_eq!(parts.iter().map(|part| format!("{part:?}")).collect::<Vec<_>>(), expected);
    let expected = " -H 'accept: application/json' --form-string 'card=<secret>' --form-string amount=3 \
                    -F 'file=@\"a.txt\";type=text/plain'";
    assert!(form.to_curl().ends_with(expected) && !form.to_curl().contains("boundary"), "{}", form.to_curl());
    assert!(form.to_curl_with_secrets().contains("--form-string card=4111"), "{}", form.to_curl_with_secrets());

    // Values that cannot be sent in a query are sent in a body, and the shown method matches.
    let long = Find { token: None, text: Some("x".repeat(8000)) };
    let shown = client.call(long).prepare().unwrap().shown();
    assert_eq!(shown.method, "POST");
    assert!(shown.headers.contains(&("x-http-method-override".to_owned(), "GET".to_owned())), "{:?}", shown.headers);
}

#[tokio::test]
async fn hooks_see_no_secret_of_any_kind_of_call() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let bodies = ["{}", "[null,null]", "", "[null,null]", "{}", "{}", "{}", "{}", "{}"];
    let server = ScriptedTransport::new(bodies.map(|body| HttpReply::of(200, "application/json", body)));
    let client = Client::builder("https://h")
        .transport(server.clone())
        .auth(Credentials::new("me", "s3cret"))
        .on_request(move |request| log.lock().unwrap().push(format!("{request:?} {}", request.to_curl())))
        .build()
        .unwrap();
    let pay = || Pay { card: Some("s3cret".to_owned()), amount: Some(3) };
    client.send_all(vec![pay(), pay()]).await.unwrap();
    let one_way = client.clone().with_addresses(&[evo_runtime::Address::Reply]);
    one_way.publish(pay()).await.unwrap();
    one_way.publish_all(vec![pay(), pay()]).await.unwrap();
    client.upload(pay()).file(FilePart::bytes("a.txt", "b")).send().await.unwrap();
    let find = Find { token: Some("s3cret".to_owned()), text: None };
    client.send_body(find, "text/plain", "s3cret").await.unwrap();
    client.post_url::<()>("/pay", &pay()).await.unwrap();
    client.register(dto::Register::new().password("s3cret").confirm_password("s3cret")).await.unwrap();
    client.send(dto::GetAccessToken::new().refresh_token("s3cret")).await.unwrap();

    let seen = seen.lock().unwrap();
    assert_eq!((seen.len(), server.requests().len()), (bodies.len(), bodies.len()));
    for (shown, part) in seen.iter().zip([
        r#""password":"<secret>""#,
        r#"[{"card":"<secret>","amount":3},{"card":"<secret>","amount":3}]"#,
        r#"{"card":"<secret>","amount":3}"#,
        r#"[{"card":"<secret>","amount":3},{"card":"<secret>","amount":3}]"#,
        "--form-string 'card=<secret>' --form-string amount=3 -F 'file=@\"a.txt\";type=text/plain'",
        "--data-binary @-",
        r#"{"card":"<secret>","amount":3}"#,
        r#"{"password":"<secret>","confirmPassword":"<secret>"}"#,
        r#"{"refreshToken":"<secret>"}"#,
    ]) {
        assert!(!shown.contains("s3cret") && shown.contains(part), "{shown}");
    }
}

#[derive(Debug, Clone, PartialEq, Default, serde::Deserialize, serde::Serialize)]
enum Own {
    #[default]
    First,
}
wire_through_serde!(Own);

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
struct Rights(u64);
flags!(Rights { READ: "Read" = 1 });

/// For a value of the wrong type, the error contains the kind of the value, and the value itself only on request.
fn check<T: Wire>(body: &str) {
    let name = std::any::type_name::<T>();
    let error = json::from_slice::<Vec<T>>(format!("[{body}]").as_bytes()).err().expect(name);
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("s3cret") && !shown.contains("4111"), "{name}: {shown}");
    assert!(shown.contains("expected"), "{name}: {shown}");
    assert!(error.near().unwrap().contains(body), "{name}: {:?}", error.near());
    let by_serde = serde_json::from_str::<Read<T>>(&format!("{{\"value\":{body}}}")).err().expect(name).to_string();
    assert!(!by_serde.contains("s3cret") && !by_serde.contains("4111"), "{name}: {by_serde}");
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Read<T> {
    value: T,
}
record!(Read<T> { value: "Value" });

#[test]
fn decode_errors_do_not_repeat_values() {
    let text = r#""s3cret""#;
    check::<bool>(text);
    check::<i32>(text);
    check::<u8>("4111");
    check::<f64>(text);
    check::<char>("4111");
    check::<Decimal>(text);
    check::<DecimalText>(text);
    check::<DateTime>(text);
    check::<DateTimeOffset>(text);
    check::<Date>(text);
    check::<Time>(text);
    check::<Time>(r#""PT4111H""#);
    check::<TimeSpan>(text);
    check::<Uuid>(text);
    check::<Bytes>(text);
    check::<Vec<i32>>(text);
    check::<BTreeMap<String, i32>>(text);
    check::<KeyValuePair<String, i32>>(text);
    check::<Pay>(text);
    check::<Rights>("4111.5");
    check::<Own>(text);
    check::<UnknownValue>(r#"["s3cret"]"#);
}
