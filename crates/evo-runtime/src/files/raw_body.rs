//! Bodies that are no DTO.

use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method};

use crate::client::Client;
use crate::error::{Error, ErrorKind};
use crate::operations::{Operation, method_named, sends_body};
use crate::request::PreparedRequest;
use crate::transport::Body;

impl Client {
    /// Calls an operation that takes the body of its request as it is; its members, if any, stand in the address.
    ///
    /// <https://docs.servicestack.net/serialization-deserialization#reading-in-and-de-serializing-ad-hoc-custom-requests>
    ///
    /// # Errors
    ///
    /// When a member cannot stand in an address, the content type is that of a form, which servers read away before the operation sees it, and as
    /// [`send`](Self::send).
    #[expect(clippy::needless_pass_by_value, reason = "a request is made for one call and not needed afterwards")]
    pub fn send_body<T: Operation, B: Into<Body>>(
        &self,
        operation: T,
        content_type: &str,
        body: B,
    ) -> impl Future<Output = Result<T::Answer, Error>> + use<T, B> {
        let request = prepare(self, &operation, content_type, body.into());
        let client = self.clone();
        async move { T::answer(client.execute(request?).await?) }
    }
}

fn prepare<T: Operation>(
    client: &Client,
    operation: &T,
    content_type: &str,
    body: Body,
) -> Result<PreparedRequest, Error> {
    let refuse = |message: &str| Error::new(ErrorKind::Request, message).during(T::SPEC.name);
    let lower = content_type.to_ascii_lowercase();
    if lower.contains("x-www-form-urlencoded") || lower.contains("multipart/") {
        return Err(refuse("servers take a body of this content type for a form, of which the operation sees nothing")
            .with_hint("call it application/octet-stream, or use upload()"));
    }
    // As a GET its members stand in the address.
    let mut spec = T::SPEC;
    spec.method = "GET";
    let mut request = client.prepare(&spec, operation)?;
    if !request.body.is_empty() {
        return Err(refuse("a member cannot stand in the address, and the body is taken"));
    }
    request.method = Some(method_named(T::SPEC.method)?).filter(sends_body).unwrap_or(Method::POST);
    let content_type =
        HeaderValue::try_from(content_type).map_err(|_| refuse("the content type holds a line end or control"))?;
    request.headers_mut().insert(CONTENT_TYPE, content_type);
    request.body = body;
    Ok(request)
}
