//! The macros work in modules that define types with the names of types of the standard library.

/// An example of a generated module.
mod generated {
    #![expect(dead_code, reason = "only their names matter")]

    pub struct Option;
    pub struct Vec;
    pub struct Box;
    pub struct Result;
    pub struct Error;
    pub struct Reply;
    pub struct Operation;
    pub struct Send;
    pub struct Default;
    pub struct Clone;

    #[derive(Debug, Clone, PartialEq, Default)]
    pub struct String {
        pub value: ::core::option::Option<::std::string::String>,
    }
    evo_runtime::record!(String { value: "Value" });
    evo_runtime::operation!(String as "Text": POST "/text/{Value}", "/text" => String, dates);

    #[derive(Debug, Clone, PartialEq, Default)]
    pub struct Erase {}
    evo_runtime::record!(Erase {});
    evo_runtime::operation!(Erase: DELETE => ());

    pub const SERVICE: evo_runtime::Service =
        evo_runtime::Service::new("Texts").addresses(&[evo_runtime::Address::Reply]);
    evo_runtime::service!(pub Client: SERVICE);
}

use std::time::Duration;

use evo_runtime::transport::{HttpReply, ScriptedTransport};
use evo_runtime::{Address, Basic, Facts, Format, Operation};

fn client(answers: impl IntoIterator<Item = HttpReply>) -> (generated::Client, ScriptedTransport) {
    let server = ScriptedTransport::new(answers);
    (generated::Client::builder("https://h").transport(server.clone()).build().unwrap(), server)
}

#[test]
fn an_operation_describes_its_call() {
    let spec = generated::String::SPEC;
    assert_eq!((spec.name, spec.method, spec.dates), ("Text", "POST", true));
    assert_eq!(spec.routes, ["/text/{Value}", "/text"]);
}

#[tokio::test]
async fn the_client_of_a_service_is_its_own_type_with_every_setting() {
    let server = ScriptedTransport::new([HttpReply::of(200, "application/json", "{}")]);
    let built: generated::Client = generated::Client::builder("https://h")
        .timeout(Duration::from_secs(20))
        .header("X-Tenant", "acme")
        .transport(server.clone())
        .build()
        .unwrap();
    let changed: generated::Client = built
        .clone()
        .with_auth(Basic::new("u", "p"))
        .with_timeout(Duration::from_secs(1))
        .with_timeout(None)
        .with_iso_dates(false)
        .with_facts(&Facts::default())
        .with_format(Format::Json)
        .with_addresses(&[Address::Api]);
    let inside = evo_runtime::Client::from(changed);
    assert_eq!((inside.service().name(), built.service()), ("Texts", &generated::SERVICE));
    generated::Client::from(inside).send(generated::String::default()).await.unwrap();
    let request = &server.requests()[0];
    assert_eq!(
        (request.uri().to_string().as_str(), request.headers()["x-tenant"].as_bytes()),
        ("https://h/api/Text", &b"acme"[..])
    );
}

#[tokio::test]
async fn the_client_of_a_service_knows_its_facts() {
    let reply = || HttpReply::of(200, "application/json", "{}");
    let (client, server) = client([reply(), reply(), reply()]);
    let text = generated::String::default();
    assert_eq!(client.send(text.clone()).await.unwrap(), text);
    // The future does not borrow from the client.
    tokio::spawn(client.send(generated::Erase::default())).await.unwrap().unwrap();
    let client = client.with_auth(Basic::new("u", "p")).with_addresses(&[Address::Routes]).with_format(Format::Jsv);
    client.send(text).await.unwrap();
    let urls: Vec<String> =
        server.requests().iter().map(|request| format!("{} {}", request.method(), request.uri())).collect();
    assert_eq!(
        urls,
        [
            "POST https://h/json/reply/Text?jsconfig=dh%3Aiso8601",
            "DELETE https://h/json/reply/Erase",
            "POST https://h/text"
        ]
    );
}
