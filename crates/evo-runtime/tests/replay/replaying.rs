//! One exchange: the request that a client makes of what was asked, and what the recorded answer comes to.

use evo_runtime::auth::Auth;
use evo_runtime::transport::{HttpRequest, ScriptedTransport};
use evo_runtime::wire::{Record, json};
use evo_runtime::{Address, Basic, Bearer, Bytes, Client, Error, OperationSpec, PreparedRequest};

use crate::find::{Calls, Host, Target};
use crate::hosts::Elsewhere;
use crate::meaning;
use crate::operations::Answer;
use crate::recordings::{Exchange, Request};
use crate::values;

/// What came of an exchange.
pub struct Replayed {
    pub made: Result<Made, Error>,
    pub answer: Result<Answer, Error>,
}

/// The request that a client makes.
pub struct Made {
    pub request: Request,
    /// In what it differs from the recorded one.
    pub differences: Vec<&'static str>,
}

/// Headers that are made by the client itself, or by nobody.
const NOT_GIVEN: [&str; 7] = [
    "accept",
    "authorization",
    "content-encoding",
    "content-type",
    "cookie",
    "transfer-encoding",
    "x-http-method-override",
];

/// Makes the request anew and takes the recorded answer.
pub async fn replay(host: &Host, target: &Target<'_>, exchange: &Exchange) -> Replayed {
    // More than one answer: a client may ask again.
    let server = ScriptedTransport::new((0..8).map(|_| exchange.response.reply()));
    let client = client(target, &exchange.request, server.clone());
    let values = values::of(&exchange.request, target);
    let many = target.calls == Calls::Many;
    let spec = if many { target.call.in_batches() } else { target.call.spec };
    let prepared = client.prepare(&spec, &*values.record).map(|mut prepared| {
        give_headers(&mut prepared, &exchange.request);
        prepared
    });
    let (prepared, refused) = match prepared {
        Ok(prepared) => (prepared, None),
        Err(error) => (stand_in(&client, &spec), Some(error)),
    };
    let answer = match client.execute(prepared).await {
        Ok(reply) if many => (target.call.answers)(reply).await,
        Ok(reply) => (target.call.answer)(reply).await,
        Err(error) => Err(error),
    };
    let sent = server.requests().into_iter().next();
    let made = match (refused, sent) {
        (Some(error), _) => Err(error),
        (None, Some(sent)) => {
            let request = request(&sent);
            let differences = meaning::differences(host, &request, &exchange.request);
            Ok(Made { request, differences })
        }
        (None, None) => panic!("{}: nothing was sent", exchange.id),
    };
    Replayed { made, answer }
}

/// A client that calls where the recorded request went.
fn client(target: &Target<'_>, recorded: &Request, server: ScriptedTransport) -> Client {
    let asks_for_dates = recorded.path.contains("jsconfig=dh:iso8601");
    Client::builder("https://lab.example")
        .addresses([target.address])
        .format(target.format)
        .iso_dates(asks_for_dates)
        .auth(auth(recorded))
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

/// Headers of the call's own.
fn give_headers(prepared: &mut PreparedRequest, recorded: &Request) {
    for (name, value) in &recorded.headers {
        if !NOT_GIVEN.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            let name = http::HeaderName::try_from(name).expect("a name");
            prepared.headers_mut().insert(name, http::HeaderValue::try_from(value).expect("a value"));
        }
    }
}

/// A request for the sake of its answer.
fn stand_in(client: &Client, spec: &OperationSpec) -> PreparedRequest {
    let spec = OperationSpec { routes: &["/recorded"], ..*spec };
    let nothing: &dyn Record = &Elsewhere::default();
    let addresses = [Address::Routes];
    client.clone().with_addresses(&addresses).prepare(&spec, nothing).expect("a request without values")
}

fn request(sent: &HttpRequest) -> Request {
    let query = sent.url.query().map(|query| format!("?{query}")).unwrap_or_default();
    Request {
        verb: sent.verb.as_str().to_owned(),
        path: format!("{}{query}", sent.url.path()),
        headers: sent
            .headers
            .iter()
            .map(|(name, value)| (name.to_string(), value.to_str().expect("text").to_owned()))
            .collect(),
        body: sent.body.as_ref().map(|body| body.0.to_vec()),
    }
}
