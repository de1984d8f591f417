//! The tower transport.

use std::error::Error as StdError;
use std::future::poll_fn;
#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
use std::time::Duration;

use tower_service::Service;

use super::{Body, BoxFuture, Transport, TransportError};

/// Sends requests through a [tower](https://docs.rs/tower) service, including its layers (feature `tower`).
///
/// Each request goes through a clone of the service. Service errors other than [`TransportError`] are treated as a broken connection, or as
/// a failure to connect if they occur before the service is ready. Retries and timeouts of the client need a tokio runtime.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), evo_runtime::Error> {
/// use evo_runtime::Client;
/// use evo_runtime::http::{HeaderValue, Request};
/// use evo_runtime::transport::{Body, TowerTransport, Transport};
/// use tower::{ServiceBuilder, service_fn};
///
/// # let inner = evo_runtime::transport::ScriptedTransport::new([evo_runtime::transport::HttpReply::of(200, "", "[1]")]);
/// # let server = inner.clone();
/// let send = service_fn(move |request: Request<Body>| {
///     let inner = inner.clone(); // Another transport, such as a `ReqwestTransport`.
///     async move { inner.send(request).await }
/// });
/// let traced = ServiceBuilder::new()
///     .map_request(|mut request: Request<Body>| {
///         request.headers_mut().insert("X-Trace", HeaderValue::from_static("7"));
///         request
///     })
///     .service(send);
/// let client = Client::builder("https://api.example.org").transport(TowerTransport::new(traced)).build()?;
/// let ids: Vec<i32> = client.get_url("/ids").await?;
/// # assert_eq!((ids, server.requests()[0].headers()["x-trace"].as_bytes()), (vec![1], &b"7"[..]));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct TowerTransport<S> {
    service: S,
}

impl<S> TowerTransport<S> {
    /// Creates a transport from a service.
    pub fn new(service: S) -> Self {
        Self { service }
    }
}

impl<S, B> Transport for TowerTransport<S>
where
    S: Service<http::Request<Body>, Response = http::Response<B>> + Clone + Send + Sync,
    S::Future: Send,
    S::Error: Into<Box<dyn StdError + Send + Sync>>,
    B: Into<Body>,
{
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let mut service = self.service.clone();
        Box::pin(async move {
            let ready = poll_fn(|context| service.poll_ready(context)).await;
            ready.map_err(|error| transport_error(error.into(), TransportError::connect))?;
            let response = service.call(request).await;
            let response = response.map_err(|error| transport_error(error.into(), TransportError::interrupted))?;
            Ok(response.map(Into::into))
        })
    }

    #[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
    fn sleep(&self, duration: Duration) -> Option<BoxFuture<'static, ()>> {
        Some(Box::pin(tokio::time::sleep(duration)))
    }
}

/// Converts the error of a service, which may be that of a transport inside it.
fn transport_error(
    error: Box<dyn StdError + Send + Sync>,
    other: impl FnOnce(String) -> TransportError,
) -> TransportError {
    match error.downcast::<TransportError>() {
        Ok(error) => *error,
        Err(error) => other(error.to_string()).with_source(error),
    }
}
