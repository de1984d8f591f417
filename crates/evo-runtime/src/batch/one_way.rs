//! Calls that nobody waits for an answer of.

use http::Method;

use crate::client::Client;
use crate::error::{Error, ErrorKind};
use crate::facts::Address;
use crate::operations::{AnswerShape, Operation, OperationSpec};
use crate::request::{self, PreparedRequest};
use crate::wire::Wire;

impl Client {
    /// Hands a call over and takes no answer: a host with a message queue runs it later, another at once.
    ///
    /// It goes to `/json/oneway` where the host is known to have that ([`Address::Reply`] is among the addresses of the client, or the service is
    /// known to have no endpoint routing), else it is made like any other.
    ///
    /// <https://docs.servicestack.net/messaging>
    ///
    /// # Errors
    ///
    /// When the call cannot be made or gets no answer, and when the host runs it at once and it fails.
    #[expect(clippy::needless_pass_by_value, reason = "a request is made for one call and not needed afterwards")]
    pub fn publish<T: Operation>(&self, operation: T) -> impl Future<Output = Result<(), Error>> + use<T> {
        let spec = T::SPEC.answering(AnswerShape::Nothing);
        let one_way = one_way(self, &spec, &operation);
        let like_any_other = self.prepare(&spec, &operation);
        let client = self.clone();
        async move {
            if let Some(request) = one_way {
                match client.execute(request?).await {
                    // Endpoint routing after all.
                    Err(error) if error.kind() == ErrorKind::UnknownOperation => {}
                    outcome => return outcome.map(|_| ()),
                }
            }
            client.execute(like_any_other?).await.map(|_| ())
        }
    }
}

/// The request for the one-way address, where the host is known to have it.
fn one_way(client: &Client, spec: &OperationSpec, operation: &dyn Wire) -> Option<Result<PreparedRequest, Error>> {
    let settings = client.settings();
    let has_it = match settings.service.has_endpoint_routing() {
        Some(has_endpoints) => !has_endpoints,
        None => settings.addresses.contains(&Address::Reply),
    };
    if !has_it {
        return None;
    }
    let make = || {
        let url = settings.url_of(&format!("/json/oneway/{}", request::encoded(spec.name)))?;
        let mut request =
            PreparedRequest::own(settings, spec.name, Method::POST, url).with_json(request::json_of(operation)?);
        (request.address, request.shape) = (Some(Address::Reply), spec.shape);
        Ok(request)
    };
    Some(make().map_err(|error: Error| error.during(spec.name)))
}
