//! The reqwest transport.

use std::time::Duration;

#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
pub(super) use super::through_fetch as platform;
#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
pub(super) use super::through_hyper as platform;
use super::{Body, BoxFuture, Transport, TransportError};

/// Sends requests through a [`reqwest::Client`].
///
/// In a browser, some things are up to the browser: it stores and hides cookies, follows redirects (a call that was redirected then fails),
/// and hides reason phrases. Calls to another origin carry no cookies. Streamed bodies are collected first.
#[derive(Debug, Clone)]
pub struct ReqwestTransport {
    client: reqwest::Client,
}

impl ReqwestTransport {
    /// Creates a transport with the default settings of this crate: a connect timeout of 30 seconds.
    ///
    /// # Errors
    ///
    /// If TLS cannot be set up on this machine.
    pub fn new() -> Result<Self, TransportError> {
        Self::from_builder(Self::default_builder())
    }

    /// Returns a builder with the default settings of this crate.
    pub(crate) fn default_builder() -> reqwest::ClientBuilder {
        platform::default_builder()
    }

    /// Creates a transport from a client with your own settings, such as proxies or certificates.
    ///
    /// Redirects are turned off whatever the builder says, because reqwest would send API keys to any host that it is redirected to. Folded
    /// header lines, which old servers send, are accepted.
    ///
    /// # Errors
    ///
    /// If reqwest rejects the settings.
    pub fn from_builder(builder: reqwest::ClientBuilder) -> Result<Self, TransportError> {
        Ok(Self { client: platform::configure(builder).build()? })
    }
}

impl Transport for ReqwestTransport {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(platform::send(&self.client, request))
    }

    fn sleep(&self, duration: Duration) -> Option<BoxFuture<'static, ()>> {
        Some(Box::pin(platform::sleep(duration)))
    }
}
