//! Calls to URLs that the metadata of a service does not list.

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;

use bytes::Bytes;
use http::header::ACCEPT;
use http::{HeaderValue, Method};
use url::Url;

use super::{CallOptions, Client, Download, Reply, call_settings};
use crate::error::{Error, ErrorKind};
use crate::operations::AnswerShape;
use crate::request::{JsonBody, PreparedRequest};
use crate::transport::{Body, BoxFuture};
use crate::wire::{Encode, Wire};

/// A call to a URL, with the session, error handling and retries of the client; created by [`Client::get_url`], [`Client::post_url`] and
/// [`Client::call_url`].
///
/// Credentials, cookies and headers of the client are not sent to other hosts.
///
/// See [`guide::calls`](crate::guide::calls#urls-that-metadata-does-not-list).
#[must_use = "a call is made by sending it"]
pub struct UrlCall<T> {
    options: CallOptions,
    method: Method,
    url: String,
    content: Result<UrlBody, Error>,
    answer: PhantomData<fn() -> T>,
}

/// The body of the request.
enum UrlBody {
    None,
    Json(JsonBody),
    Other(HeaderValue, Body),
}

impl Client {
    /// Starts a GET of a path below the base URL, or of an absolute URL.
    pub fn get_url<T>(&self, url: impl Into<String>) -> UrlCall<T> {
        self.call_url(Method::GET, url)
    }

    /// Starts a POST of a value as JSON to a path below the base URL, or to an absolute URL.
    pub fn post_url<T>(&self, url: impl Into<String>, value: &dyn Encode) -> UrlCall<T> {
        self.call_url(Method::POST, url).json(value)
    }

    /// Starts a call with any method to a path below the base URL, or to an absolute URL.
    pub fn call_url<T>(&self, method: Method, url: impl Into<String>) -> UrlCall<T> {
        let options = CallOptions::new(self.clone());
        UrlCall { options, method, url: url.into(), content: Ok(UrlBody::None), answer: PhantomData }
    }
}

impl<T> UrlCall<T> {
    /// Sets the body to a value, as JSON.
    pub fn json(self, value: &dyn Encode) -> Self {
        Self { content: JsonBody::new(value).map(UrlBody::Json), ..self }
    }

    /// Sets the body to text, bytes or a stream.
    pub fn body(self, content_type: &str, body: impl Into<Body>) -> Self {
        let content = HeaderValue::try_from(content_type)
            .map(|content_type| UrlBody::Other(content_type, body.into()))
            .map_err(|_| Error::new(ErrorKind::Request, "the content type holds a control character"));
        Self { content, ..self }
    }

    /// Makes the call and decodes the response from JSON or JSV.
    pub async fn send(self) -> Result<T, Error>
    where
        T: Wire,
    {
        self.execute(AnswerShape::Value).await?.decode()
    }

    /// Makes the call and returns the body as text.
    pub async fn text(self) -> Result<String, Error> {
        self.execute(AnswerShape::Raw).await?.into_text()
    }

    /// Makes the call and returns the body as bytes.
    pub async fn bytes(self) -> Result<Bytes, Error> {
        self.execute(AnswerShape::Raw).await.map(Reply::into_bytes)
    }

    /// Makes the call and returns the body as a stream.
    pub async fn download(self) -> Result<Download, Error> {
        self.execute(AnswerShape::Stream).await.map(Reply::into_download)
    }

    async fn execute(self, shape: AnswerShape) -> Result<Reply, Error> {
        let Self { options, method, url, content, .. } = self;
        let settings = &options.client.settings;
        let prepare = || {
            let url = match url.split_once("://") {
                Some((scheme, _)) if ["http", "https"].iter().any(|http| scheme.eq_ignore_ascii_case(http)) => {
                    Url::parse(&url)
                        .map_err(|error| Error::new(ErrorKind::Request, format!("the text is not a URL: {error}")))?
                }
                _ => settings.url_of(&format!("/{}", url.trim_start_matches('/'))),
            };
            let mut request = PreparedRequest::own(settings, "url", method, url);
            request.shape = shape;
            if !settings.is_own(&request.url) {
                request.remove_own_headers();
            }
            let of_client = settings.headers.get(ACCEPT).filter(|_| settings.is_own(&request.url));
            if let Some(accept) = of_client {
                request.headers.insert(ACCEPT, accept.clone());
            } else if shape != AnswerShape::Value {
                request.headers.insert(ACCEPT, HeaderValue::from_static("*/*"));
            }
            match content? {
                UrlBody::None => {}
                UrlBody::Json(json) => request.set_json(json),
                UrlBody::Other(content_type, body) => request.set_body(content_type, body),
            }
            options.apply(&mut request)?;
            Ok(request)
        };
        let request = prepare().map_err(|error: Error| error.during("url"))?;
        options.client.execute(request).await
    }
}

call_settings!(UrlCall);

impl<T: Wire + 'static> IntoFuture for UrlCall<T> {
    type Output = Result<T, Error>;
    type IntoFuture = BoxFuture<'static, Result<T, Error>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

/// Omits the URL, whose query may be confidential.
impl<T> fmt::Debug for UrlCall<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UrlCall").field("options", &self.options).field("method", &self.method).finish_non_exhaustive()
    }
}
