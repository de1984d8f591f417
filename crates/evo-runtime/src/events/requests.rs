//! The requests of a subscription. All carry the cookies and credentials of the client.

use http::header::{ACCEPT, CONTENT_LENGTH};
use http::{HeaderValue, Method};
use url::Url;

use crate::client::Client;
use crate::dto::UpdateEventSubscriber;
use crate::error::Error;
use crate::facts::Address;
use crate::operations::AnswerShape;
use crate::request::{PreparedRequest, encoded};

/// `GET /event-stream?channels=a,b`. Without channels it subscribes to all of them.
pub(super) fn stream(client: &Client, path: &str, channels: &[String]) -> PreparedRequest {
    let url = with_channels(client, path, channels);
    let mut request = own(client, "event-stream", Method::GET, url);
    request.shape = AnswerShape::Stream;
    request.headers_mut().insert(ACCEPT, HeaderValue::from_static("text/event-stream"));
    request
}

/// `GET /event-subscribers?channels=a,b`.
pub(super) fn subscribers(client: &Client, channels: &[String]) -> PreparedRequest {
    let url = with_channels(client, "/event-subscribers", channels);
    let mut request = own(client, "event-subscribers", Method::GET, url);
    request.shape = AnswerShape::Value;
    request
}

fn with_channels(client: &Client, path: &str, channels: &[String]) -> Url {
    let mut target = format!("/{}", path.trim_start_matches('/'));
    if !channels.is_empty() {
        target.push_str(if target.contains('?') { "&channels=" } else { "?channels=" });
        let names: Vec<String> = channels.iter().map(|channel| encoded(channel)).collect();
        target.push_str(&names.join(","));
    }
    client.settings.url_of(&target)
}

/// A heartbeat, or the end of a subscription: an empty POST, since hosts with endpoint routing accept no other method.
pub(super) fn empty_post(client: &Client, name: &'static str, url: Url) -> PreparedRequest {
    let mut request = own(client, name, Method::POST, url);
    request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    request
}

/// `POST /api/UpdateEventSubscriber`, or a POST to the URL that the server assigned to the subscription.
pub(super) fn update(
    client: &Client,
    url: Option<Url>,
    update: &UpdateEventSubscriber,
) -> Result<PreparedRequest, Error> {
    let (address, url) = match url {
        Some(url) => (None, url),
        None => (
            Some(Address::Api),
            client.settings.url_of(&format!("{}/UpdateEventSubscriber", client.settings.options.api_path)),
        ),
    };
    let mut request = own(client, "UpdateEventSubscriber", Method::POST, url).with_json(update)?;
    request.address = address;
    Ok(request)
}

fn own(client: &Client, operation: &'static str, method: Method, url: Url) -> PreparedRequest {
    let mut request = PreparedRequest::own(&client.settings, operation, method, url);
    request.shape = AnswerShape::Nothing;
    request
}

/// Moves a URL from the server below the base URL of the client. The server builds it from the header `Host`, which behind a proxy is
/// not the name that clients use. Path and query are kept; the path of the base URL is prepended if it is missing.
pub(super) fn own_url(base: &Url, given: &str) -> Option<Url> {
    let given = base.join(given).ok()?;
    let prefix = base.path().trim_end_matches('/');
    let is_below = given.path().strip_prefix(prefix).is_some_and(|rest| rest.starts_with('/'));
    let path = if is_below { given.path().to_owned() } else { format!("{prefix}{}", given.path()) };
    let mut own = base.clone();
    own.set_path(&path);
    own.set_query(given.query());
    own.set_fragment(None);
    Some(own)
}
