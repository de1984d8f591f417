//! Batches sent as one request.

use http::Method;

use super::BatchError;
use crate::client::{CallOptions, Client, Reply};
use crate::error::{Error, ErrorKind, content_type};
use crate::facts::Address;
use crate::operations::{OperationSpec, method_named, sends_body};
use crate::request::{self, PreparedRequest};
use crate::wire::{Encode, charset, json};

/// The header with the number of completed calls of a batch.
const COMPLETED: &str = "X-AutoBatch-Completed";

/// The key of the failed call's index in the `meta` of a response status. Every host keeps the case of this key.
const INDEX: &str = "AutoBatchIndex";

/// Sends a batch of `count` calls and returns a reply for each. `None` if the host does not accept batches, or not of this operation, in
/// which case nothing was run.
pub(super) async fn batched<A>(
    client: &Client,
    request: PreparedRequest,
    count: usize,
) -> Result<Option<Vec<Reply>>, BatchError<A>> {
    let reply = match client.execute(request).await {
        Ok(reply) => reply,
        Err(error) if is_not_here(&error) => return Ok(None),
        Err(error) => return Err(failed(error, count)),
    };
    match json::list_items(&charset::to_utf8(reply.body(), content_type(reply.headers()))) {
        Ok(items) if items.len() == count => Ok(Some(items.into_iter().map(|item| reply.item(item)).collect())),
        Ok(items) => {
            let message = format!("the batch has {count} calls, and {} answers came back", items.len());
            Err(failed(reply.unreadable(message), count))
        }
        Err(error) => Err(failed(reply.undecodable(error), count)),
    }
}

/// Builds the request of a batch, which is JSON whatever the format of the client. `None` if the host is known not to accept batches of
/// this operation. Batches have no declared routes.
pub(super) fn prepare(
    options: &CallOptions,
    spec: &OperationSpec,
    calls: &dyn Encode,
) -> Option<Result<PreparedRequest, Error>> {
    let settings = &options.client.settings;
    let has_endpoints = settings.service.has_endpoint_routing() == Some(true);
    let predefined = settings.options.addresses.iter().find(|address| matches!(address, Address::Api | Address::Reply));
    let address = match predefined {
        Some(address) => *address,
        None if settings.service.has_api() == Some(false) => Address::Reply,
        None => Address::Api,
    };
    let takes_no_batch =
        address == Address::Reply || !method_named(spec.method).is_ok_and(|method| sends_body(&method));
    if spec.only_routes || (has_endpoints && takes_no_batch) {
        return None;
    }
    let folder = if address == Address::Reply { "/json/reply" } else { &settings.options.api_path };
    let switches = request::switches(settings, spec.dates);
    let separator = if switches.is_empty() { "" } else { "?" };
    let url = settings.url_of(&format!("{folder}/{}[]{separator}{switches}", request::encoded(spec.name)));
    let request =
        PreparedRequest::own(settings, spec.name, Method::POST, url).with_json(calls).and_then(|mut request| {
            request.address = Some(address);
            options.apply(&mut request)?;
            Ok(request)
        });
    Some(request)
}

/// Whether the host does not accept batches of this operation: the response is a 404 or 405 that is not from the service itself.
fn is_not_here(error: &Error) -> bool {
    if !error.status().is_some_and(|status| matches!(status.as_u16(), 404 | 405)) || completed_header(error).is_some() {
        return false;
    }
    let is_own = error.response_status().is_some() || error.body().trim_ascii_start().starts_with(b"{");
    !is_own || matches!(error.kind(), ErrorKind::UnknownOperation | ErrorKind::WrongMethod)
}

fn completed_header(error: &Error) -> Option<usize> {
    error.headers()?.get(COMPLETED)?.to_str().ok()?.trim().parse().ok()
}

/// Creates the error of a batch, with what the response says about individual calls.
pub(super) fn failed<A>(error: Error, count: usize) -> BatchError<A> {
    let done = completed_header(&error);
    let index =
        error.response_status().and_then(|status| status.meta.as_ref()?.get(INDEX)?.trim().parse().ok()).or(done);
    let completed = match error.kind() {
        ErrorKind::Timeout | ErrorKind::Interrupted | ErrorKind::Decode | ErrorKind::TooLarge => None,
        // Without the header nothing was run, because validation failed, or everything was rolled back.
        _ => Some(done.unwrap_or(0)),
    };
    BatchError::new(error, count, index, completed)
}
