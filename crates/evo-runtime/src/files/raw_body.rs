//! Bodies that are no DTO.

use bytes::Bytes;
use http::HeaderValue;
use http::header::CONTENT_TYPE;

use crate::client::Client;
use crate::error::{Error, ErrorKind};
use crate::operations::{Operation, Verb};
use crate::request::PreparedRequest;
use crate::transport::{Body, BodyStream};

/// The whole body of a request: bytes, or a stream of them.
#[derive(Debug, Clone)]
pub struct RequestBody(Kind);

#[derive(Debug, Clone)]
enum Kind {
    Whole(Body),
    Stream(BodyStream),
}

impl From<Bytes> for RequestBody {
    fn from(bytes: Bytes) -> Self {
        Self(Kind::Whole(Body(bytes)))
    }
}

impl From<Vec<u8>> for RequestBody {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<String> for RequestBody {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<BodyStream> for RequestBody {
    fn from(stream: BodyStream) -> Self {
        Self(Kind::Stream(stream))
    }
}

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
    pub fn send_body<T: Operation, B: Into<RequestBody>>(
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
    body: RequestBody,
) -> Result<PreparedRequest, Error> {
    let refuse = |message: &str| Error::new(ErrorKind::Request, message).during(T::SPEC.name);
    let lower = content_type.to_ascii_lowercase();
    if lower.contains("x-www-form-urlencoded") || lower.contains("multipart/") {
        return Err(refuse("servers take a body of this content type for a form, of which the operation sees nothing")
            .with_hint("call it application/octet-stream, or use upload()"));
    }
    // As a GET its members stand in the address.
    let mut spec = T::SPEC;
    spec.verb = Verb::GET;
    let mut request = client.prepare(&spec, operation)?;
    if request.body.is_some() {
        return Err(refuse("a member cannot stand in the address, and the body is taken"));
    }
    request.verb = if T::SPEC.verb.has_body() { T::SPEC.verb } else { Verb::POST };
    let content_type =
        HeaderValue::try_from(content_type).map_err(|_| refuse("the content type holds a line end or control"))?;
    request.headers_mut().insert(CONTENT_TYPE, content_type);
    match body.0 {
        Kind::Whole(body) => request.body = Some(body),
        Kind::Stream(stream) => request.stream = Some(stream),
    }
    Ok(request)
}
