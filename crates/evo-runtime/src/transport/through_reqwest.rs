//! The transport over reqwest.

use std::time::Duration;

#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
pub(super) use super::through_fetch as platform;
#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
pub(super) use super::through_hyper as platform;
use super::{Body, BoxFuture, Transport, TransportError};

/// Sends requests through a [`reqwest::Client`].
///
/// A browser decides some things itself: it keeps the cookies and hides them, follows redirects (a call that was redirected then fails), and
/// hides reason phrases. Calls to another origin carry no cookies. A body that is a stream is collected first.
#[derive(Debug, Clone)]
pub struct ReqwestTransport {
    client: reqwest::Client,
}

impl ReqwestTransport {
    /// A transport with the settings of this crate: 30 seconds to connect.
    ///
    /// # Errors
    ///
    /// If TLS cannot be set up on this machine.
    pub fn new() -> Result<Self, TransportError> {
        Self::from_builder(Self::default_builder())
    }

    /// The settings of this crate.
    pub(crate) fn default_builder() -> reqwest::ClientBuilder {
        platform::default_builder()
    }

    /// A transport over a client with settings of your own: proxies, certificates and the like.
    ///
    /// Redirects are turned off, whatever the builder says: reqwest would send API keys to any host that it is redirected to. Header lines that
    /// are folded, which old servers send, are accepted.
    ///
    /// # Errors
    ///
    /// If reqwest refuses the settings.
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
