//! Bodies that are not DTOs.

use http::{HeaderValue, Method};

use crate::client::{Call, CallOptions, Client};
use crate::error::{Error, ErrorKind};
use crate::operations::{Operation, OperationSpec, method_named, sends_body};
use crate::request::PreparedRequest;
use crate::transport::Body;
use crate::wire::Record;

impl Client {
    /// Calls an operation that reads the raw body of its request. Its members, if any, are put in the URL.
    ///
    /// <https://docs.servicestack.net/serialization-deserialization#reading-in-and-de-serializing-ad-hoc-custom-requests>
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send), and also if a member cannot be put in a URL, or if the content type is that of a form, which servers
    /// consume before the operation sees it.
    pub fn send_body<T: Operation, B: Into<Body>>(
        &self,
        operation: T,
        content_type: &str,
        body: B,
    ) -> impl Future<Output = Result<T::Answer, Error>> + use<T, B> {
        self.call(operation).send_body(content_type, body)
    }
}

impl<T: Operation> Call<T> {
    /// Makes the call with a raw body; see [`Client::send_body`].
    pub fn send_body<B: Into<Body>>(
        self,
        content_type: &str,
        body: B,
    ) -> impl Future<Output = Result<T::Answer, Error>> + use<T, B> {
        let Self { operation, options } = self;
        let request = prepare(&options, T::SPEC, &operation, content_type, body.into());
        async move { T::answer(options.client.execute(request?).await?) }
    }
}

fn prepare(
    options: &CallOptions,
    spec: OperationSpec,
    operation: &dyn Record,
    content_type: &str,
    body: Body,
) -> Result<PreparedRequest, Error> {
    let reject = |message: &str| Error::new(ErrorKind::Request, message).during(spec.name);
    let lower = content_type.to_ascii_lowercase();
    if lower.contains("x-www-form-urlencoded") || lower.contains("multipart/") {
        return Err(reject("servers take a body of this content type for a form, of which the operation sees nothing")
            .with_hint("call it application/octet-stream, or use upload()"));
    }
    // The members are put in the URL, as with GET.
    let mut request = options.prepare(&OperationSpec { method: "GET", ..spec }, operation)?;
    if !request.body.is_empty() {
        return Err(reject("a member cannot stand in the address, and the body is taken"));
    }
    request.method = Some(method_named(spec.method)?).filter(sends_body).unwrap_or(Method::POST);
    let content_type =
        HeaderValue::try_from(content_type).map_err(|_| reject("the content type holds a control character"))?;
    request.set_body(content_type, body);
    Ok(request)
}
