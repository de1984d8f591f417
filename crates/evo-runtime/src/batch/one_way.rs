//! One-way (fire-and-forget) calls.

use http::{Method, StatusCode};

use crate::client::{Call, CallOptions, Client};
use crate::error::{Error, ErrorKind};
use crate::facts::Address;
use crate::operations::{AnswerShape, Operation, OperationSpec};
use crate::request::{self, PreparedRequest};
use crate::wire::Record;

impl Client {
    /// Makes a one-way call: a host with a message queue runs it later, another at once.
    ///
    /// It goes to `/json/oneway` if the host is known to have that ([`Address::Reply`] is among the addresses of the client, or the service is
    /// known to have no endpoint routing), and is made like any other call if the host is not, or turns out not to take one-way calls.
    ///
    /// <https://docs.servicestack.net/messaging>
    ///
    /// # Errors
    ///
    /// If the call cannot be made or gets no response, and if the host runs it at once and it fails.
    pub fn publish<T: Operation>(&self, operation: T) -> impl Future<Output = Result<(), Error>> + use<T> {
        self.call(operation).publish()
    }
}

impl<T: Operation> Call<T> {
    /// Makes a one-way call, as [`Client::publish`].
    ///
    /// # Errors
    ///
    /// As [`Client::publish`].
    pub fn publish(self) -> impl Future<Output = Result<(), Error>> + use<T> {
        let (operation, options) = self.into_parts();
        let spec = T::SPEC.answering(AnswerShape::Nothing);
        let one_way = one_way(&options, &spec, &operation);
        let ordinary = options.prepare(&spec, &operation);
        async move {
            let client = options.client;
            if let Some(request) = one_way {
                match client.execute(request?).await {
                    Err(error) if is_refused(&error) => client.settings.host.remember_one_way_refused(),
                    outcome => return outcome.map(drop),
                }
            }
            client.execute(ordinary?).await.map(drop)
        }
    }
}

/// Whether the host does not take one-way calls, and ran nothing: it has endpoint routing, or an `IMessageFactory` is missing.
fn is_refused(error: &Error) -> bool {
    error.kind() == ErrorKind::UnknownOperation
        || (error.status() == Some(StatusCode::INTERNAL_SERVER_ERROR)
            && error.message().contains("ServiceStack.Messaging.IMessageFactory"))
}

/// The request for the one-way address, if the host is known to have it.
fn one_way(
    options: &CallOptions,
    spec: &OperationSpec,
    operation: &dyn Record,
) -> Option<Result<PreparedRequest, Error>> {
    let settings = &options.client.settings;
    let has_it = match settings.service.has_endpoint_routing() {
        Some(has_endpoints) => !has_endpoints,
        None => settings.addresses.contains(&Address::Reply),
    };
    if !has_it || spec.only_routes || settings.host.refuses_one_way() {
        return None;
    }
    let make = || {
        let url = settings.url_of(&format!("/json/oneway/{}", request::encoded(spec.name)))?;
        let mut request =
            PreparedRequest::own(settings, spec.name, Method::POST, url).with_json(request::json_of(&operation)?);
        (request.address, request.shape) = (Some(Address::Reply), spec.shape);
        options.apply(&mut request)?;
        Ok(request)
    };
    Some(make().map_err(|error: Error| error.during(spec.name)))
}
