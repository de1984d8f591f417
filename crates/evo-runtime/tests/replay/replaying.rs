//! Replays one exchange: the request that a client makes, and the result of the recorded response.

use evo_runtime::auth::Auth;
use evo_runtime::http::Method;
use evo_runtime::transport::{Body, ScriptedTransport};
use evo_runtime::wire::{Record, json};
use evo_runtime::{Address, Basic, Bearer, Bytes, Client, Error, OperationSpec, PreparedRequest, Retry};

use crate::find::{Calls, Host, Target};
use crate::hosts::Elsewhere;
use crate::meaning;
use crate::operations::{Answer, Own};
use crate::recordings::{Exchange, Request};
use crate::values;

/// The result of an exchange.
pub struct Replayed {
    /// The request, or the reason why a client makes none.
    pub made: Result<Made, String>,
    pub answer: Result<Answer, Error>,
}

/// The request that a client makes.
pub struct Made {
    pub request: Request,
    /// The differences from the recorded request.
    pub differences: Vec<&'static str>,
}

/// Headers that the client sets itself, or that no client sends.
const NOT_GIVEN: [&str; 7] = [
    "accept",
    "authorization",
    "content-encoding",
    "content-type",
    "cookie",
    "transfer-encoding",
    "x-http-method-override",
];

/// Makes the request again, and returns the recorded response.
pub async fn replay(host: &Host, target: &Target<'_>, exchange: &Exchange) -> Replayed {
    let server = ScriptedTransport::new([exchange.response.reply()]);
    let client = client(target, &exchange.request, server.clone());
    let many = target.calls == Calls::Many;
    let spec = if many { target.call.in_batches() } else { target.call.spec };
    let fill: &mut dyn FnMut(&mut dyn Record) = &mut |record| drop(values::read(&exchange.request, target, record));
    let (prepared, refused) = if many {
        (stand_in(&client, &spec), Some("one call is not many".to_owned()))
    } else {
        match (target.call.prepare)(&client, fill, &own(&exchange.request, target)) {
            Ok(prepared) => (prepared, None),
            Err(error) => (stand_in(&client, &spec), Some(error.to_string())),
        }
    };
    let answer = execute(&client, target, prepared).await;
    let sent = server.requests().into_iter().next();
    let made = match (refused, sent) {
        (Some(why), _) => Err(why),
        (None, Some(sent)) => {
            let request = request(&sent);
            let differences = meaning::differences(host, &request, &exchange.request);
            Ok(Made { request, differences })
        }
        (None, None) => panic!("{}: nothing was sent", exchange.id),
    };
    Replayed { made, answer }
}

/// Returns the recorded response to any request.
#[cfg(all(feature = "reqwest", feature = "gzip", feature = "brotli"))]
pub async fn take(client: &Client, target: &Target<'_>) -> Result<Answer, Error> {
    execute(client, target, stand_in(client, &target.call.spec)).await
}

async fn execute(client: &Client, target: &Target<'_>, prepared: PreparedRequest) -> Result<Answer, Error> {
    let reply = client.execute(prepared).await?;
    let answer = if target.calls == Calls::Many { target.call.answers } else { target.call.answer };
    answer(reply).await
}

/// A client that calls the address of the recorded request.
fn client(target: &Target<'_>, recorded: &Request, server: ScriptedTransport) -> Client {
    let asks_for_dates = recorded.path.contains("jsconfig=dh:iso8601");
    Client::builder("https://lab.example")
        .addresses([target.address])
        .format(target.format)
        .iso_dates(asks_for_dates)
        .auth(auth(recorded))
        .retry(Retry::never())
        .transport(server)
        .build()
        .expect("a client")
}

fn auth(recorded: &Request) -> Auth {
    let Some(header) = recorded.header("authorization") else { return Auth::Anonymous };
    if let Some(token) = header.strip_prefix("Bearer ") {
        return Bearer::new(token).into();
    }
    let encoded = header.strip_prefix("Basic ").expect("Basic or Bearer");
    let decoded: Bytes = json::from_slice(format!("{encoded:?}").as_bytes()).expect("base64");
    let text = String::from_utf8(decoded.to_vec()).expect("UTF-8");
    let (user, password) = text.split_once(':').expect("a user and a password");
    Basic::new(user, password).into()
}

/// The settings of a call: the recorded verb, parameters and headers.
fn own(recorded: &Request, target: &Target<'_>) -> Own {
    let is_given = |name: &str| !NOT_GIVEN.iter().any(|known| known.eq_ignore_ascii_case(name));
    Own {
        method: Method::from_bytes(recorded.verb.as_bytes()).expect("a method"),
        query: values::of(recorded, target).unknown,
        headers: recorded.headers.iter().filter(|(name, _)| is_given(name)).cloned().collect(),
    }
}

/// A request whose response is replayed.
fn stand_in(client: &Client, spec: &OperationSpec) -> PreparedRequest {
    let spec = OperationSpec { routes: &["/recorded"], ..*spec };
    let nothing: &dyn Record = &Elsewhere::default();
    let addresses = [Address::Routes];
    client.clone().with_addresses(&addresses).prepare(&spec, nothing).expect("a request without values")
}

fn request(sent: &evo_runtime::http::Request<Body>) -> Request {
    let query = sent.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
    Request {
        verb: sent.method().as_str().to_owned(),
        path: format!("{}{query}", sent.uri().path()),
        headers: sent
            .headers()
            .iter()
            .map(|(name, value)| (name.to_string(), value.to_str().expect("text").to_owned()))
            .collect(),
        body: sent.body().as_bytes().filter(|body| !body.is_empty()).map(<[u8]>::to_vec),
    }
}
