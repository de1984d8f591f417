//! What logs may hold: no secret members, whatever shows a request.
#![expect(clippy::unwrap_used, reason = "a helper that panics fails its test")]

use evo_runtime::transport::{HttpReply, ScriptedTransport};
use evo_runtime::{Client, operation, record};

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
