//! The table of cases.

use std::sync::LazyLock;

use evo_runtime::transport::{HttpReply, ScriptedTransport};
use evo_runtime::{Address, Client, Operation};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A case of the table.
#[derive(Debug, Clone, Deserialize)]
pub struct Case {
    pub id: String,
    pub area: String,
    pub given: Value,
    pub expect: Value,
}

static TABLE: LazyLock<Vec<Case>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../../fixtures/protocol/cases.json"))
        .expect("the table is a list of cases")
});

/// All cases.
pub fn all() -> &'static [Case] {
    &TABLE
}

/// Returns the case of a test: `url_05` tests `URL-05`.
pub fn of_test(name: &str) -> Case {
    let id = id_of(name);
    all().iter().find(|case| case.id == id).unwrap_or_else(|| panic!("the table has no case {id}")).clone()
}

/// Returns the id of the case with this test name.
pub fn id_of(test: &str) -> String {
    test.to_uppercase().replace('_', "-")
}

/// Defines a test for each function, to which its case is passed, and a list of all tests.
macro_rules! cases {
    ($($name:ident),+ $(,)?) => {
        pub const CASES: &[&str] = &[$(stringify!($name)),+];

        mod case_of {
            $(#[tokio::test]
            async fn $name() {
                super::$name($crate::case::of_test(stringify!($name))).await;
            })+
        }
    };
}
pub(crate) use cases;

/// Creates an operation with the values of a DTO in the table, which have their C# names.
pub fn dto<T: DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("{value}: {error}"))
}

/// Returns the items of a list.
pub fn items(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("no list: {value}"))
}

/// Returns a text.
pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}"))
}

/// Creates a response from `status`, `reason`, `headers`, `content-type` and `body` in the table, if they are present.
pub fn reply(value: &Value) -> HttpReply {
    let status = value["status"].as_u64().and_then(|status| u16::try_from(status).ok()).unwrap();
    let body = value["body"].as_str().unwrap_or_default().to_owned();
    let mut reply = HttpReply::of(status, value["content-type"].as_str().unwrap_or_default(), body);
    if let Some(reason) = value["reason"].as_str() {
        reply = reply.with_reason(reason);
    }
    for (name, value) in value["headers"].as_object().into_iter().flatten() {
        reply = reply.with_header(name, text(value));
    }
    reply
}

/// Creates a client that calls these addresses of a server with this response.
pub fn client(addresses: &[Address], replies: impl IntoIterator<Item = HttpReply>) -> (Client, ScriptedTransport) {
    let server = ScriptedTransport::new(replies);
    let client = Client::builder("https://h").transport(server.clone()).addresses(addresses.to_vec()).build().unwrap();
    (client, server)
}

/// Returns the result of an operation without members.
pub async fn answer<T: Operation + Default>(reply: HttpReply) -> Result<T::Answer, evo_runtime::Error> {
    client(&[Address::Routes, Address::Api], [reply]).0.send(T::default()).await
}
