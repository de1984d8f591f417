//! One-way (fire-and-forget) calls.

use http::{Method, StatusCode};

use super::{Batch, BatchError, exchange, unprepared};
use crate::client::{Call, CallOptions, Client};
use crate::error::{Error, ErrorKind};
use crate::facts::Address;
use crate::operations::{AnswerShape, Operation, OperationSpec};
use crate::request::{self, PreparedRequest};
use crate::wire::Encode;

impl Client {
    /// Makes a one-way call. A host with a message queue runs it later, any other host at once.
    ///
    /// The call is sent to `/json/oneway` if the host is known to have that address: [`Address::Reply`] is among the addresses of the
    /// client, or the service is known to have no endpoint routing. Otherwise, or if the host turns out not to accept one-way calls, it is
    /// made like any other call.
    ///
    /// <https://docs.servicestack.net/messaging>
    ///
    /// # Errors
    ///
    /// If the call cannot be made or gets no response, or if the host runs it at once and it fails.
    pub fn publish<T: Operation>(&self, operation: T) -> impl Future<Output = Result<(), Error>> + use<T> {
        self.call(operation).publish()
    }

    /// Makes several one-way calls of one operation; see [`publish`](Self::publish). They are sent as one request if the host accepts
    /// one-way calls, and otherwise as in [`send_all`](Self::send_all). Nothing is sent if there are no calls.
    ///
    /// # Errors
    ///
    /// As for [`publish`](Self::publish). The error says which call failed, and how many were completed.
    pub fn publish_all<T: Operation>(
        &self,
        operations: Vec<T>,
    ) -> impl Future<Output = Result<(), BatchError<T::Answer>>> + use<T> {
        self.batch(operations).publish()
    }
}

impl<T: Operation> Call<T> {
    /// Makes a one-way call; see [`Client::publish`].
    pub fn publish(self) -> impl Future<Output = Result<(), Error>> + use<T> {
        let Self { operation, options } = self;
        let spec = T::SPEC.answering(AnswerShape::Nothing);
        let one_way = takes_one_way(&options, &spec).then(|| one_way(&options, &spec, "", &operation));
        let ordinary = options.prepare(&spec, &operation);
        async move {
            let client = options.client;
            if let Some(request) = one_way {
                match client.execute(request.map_err(|error| error.during(spec.name))?).await {
                    Err(error) if is_refused(&error) => client.settings.host.remember_one_way_refused(),
                    outcome => return outcome.map(drop),
                }
            }
            client.execute(ordinary?).await.map(drop)
        }
    }
}

impl<T: Operation> Batch<T> {
    /// Makes one-way calls; see [`Client::publish_all`].
    pub fn publish(self) -> impl Future<Output = Result<(), BatchError<T::Answer>>> + use<T> {
        let count = self.operations.len();
        let spec = T::SPEC.answering(AnswerShape::Nothing);
        let one_way = (count > 0 && !self.one_by_one && takes_one_way(&self.options, &spec)).then(|| {
            let request = one_way(&self.options, &spec, "[]", &self.operations);
            request.map_err(|error| unprepared(error, &self.operations))
        });
        async move {
            if let Some(request) = one_way {
                let client = &self.options.client;
                match client.execute(request?).await {
                    Ok(_) => return Ok(()),
                    Err(error) if is_refused(&error) => client.settings.host.remember_one_way_refused(),
                    Err(error) => return Err(exchange::failed(error, count)),
                }
            }
            self.send().await.map(drop)
        }
    }
}

/// Whether the host does not accept one-way calls, and ran nothing: it has endpoint routing or lacks an `IMessageFactory`.
fn is_refused(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::UnknownOperation | ErrorKind::WrongMethod)
        || (error.status() == Some(StatusCode::INTERNAL_SERVER_ERROR)
            && error.message().contains("ServiceStack.Messaging.IMessageFactory"))
}

/// Whether the host is known to accept one-way calls.
fn takes_one_way(options: &CallOptions, spec: &OperationSpec) -> bool {
    let settings = &options.client.settings;
    let has_it = match settings.service.has_endpoint_routing() {
        Some(has_endpoints) => !has_endpoints,
        None => settings.options.addresses.contains(&Address::Reply),
    };
    has_it && !spec.only_routes && !settings.host.refuses_one_way()
}

/// Builds the request to the one-way address of an operation, or of a batch of it.
fn one_way(
    options: &CallOptions,
    spec: &OperationSpec,
    suffix: &str,
    calls: &dyn Encode,
) -> Result<PreparedRequest, Error> {
    let settings = &options.client.settings;
    let url = settings.url_of(&format!("/json/oneway/{}{suffix}", request::encoded(spec.name)));
    let mut request = PreparedRequest::own(settings, spec.name, Method::POST, url).with_json(calls)?;
    (request.address, request.shape) = (Some(Address::Reply), spec.shape);
    options.apply(&mut request)?;
    Ok(request)
}
