//! What logs may hold: no secret members, whatever shows a request.
#![expect(clippy::unwrap_used, reason = "a helper that panics fails its test")]

use evo_runtime::transport::{HttpReply, ScriptedTransport};
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
    let on_route = client.with_addresses(&[evo_runtime::Address::Routes]);
    let request = on_route.call(find.clone()).prepare().unwrap();
    let shown = format!("{} {request:?}", request.to_curl());
    assert!(!shown.contains("t0k3n") && shown.contains("/find/%3Csecret%3E"), "{shown}");

    // What is sent is the real thing.
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

    // A form is shown by its length.
    let form = client.prepare_upload(&Pay::SPEC, &pay, vec![FilePart::bytes("a.txt", "a")]).unwrap();
    let (shown, length) = (form.shown(), form.body().length());
    assert!(length.is_some_and(|length| length > 100) && shown.body == ShownBody::Bytes(length), "{shown:?}");
    assert!(!form.to_curl().contains("4111") && form.to_curl().ends_with(" --data-binary @-"), "{}", form.to_curl());

    // Values that no query carries travel in a body, and the method says what is sent.
    let long = Find { token: None, text: Some("x".repeat(8000)) };
    let shown = client.call(long).prepare().unwrap().shown();
    assert_eq!(shown.method, "POST");
    assert!(shown.headers.contains(&("x-http-method-override".to_owned(), "GET".to_owned())), "{:?}", shown.headers);
}
