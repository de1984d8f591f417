//! Client options.

use std::time::Duration;

#[cfg(feature = "cache")]
use super::Cache;
use super::Retry;
use super::hooks::Hooks;
use super::renewal::OnUnauthorized;
use crate::auth::Auth;
use crate::facts::{Address, Format};

/// The options of a client, set by its builder. A single call can override them.
#[derive(Clone)]
pub(crate) struct Options {
    pub(crate) addresses: Vec<Address>,
    /// The path of `/api/{Operation}` on this host, without the operation.
    pub(crate) api_path: String,
    /// Whether empty strings are sent to operations whose values belong in the query.
    pub(crate) keeps_empty_texts: bool,
    pub(crate) redirects: u32,
    pub(crate) format: Format,
    pub(crate) iso_dates: bool,
    /// Switches of the host's serializer; never empty.
    pub(crate) jsconfig: Option<String>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) read_timeout: Option<Duration>,
    pub(crate) retry: Retry,
    #[cfg(feature = "gzip")]
    pub(crate) compress: bool,
    #[cfg(feature = "cache")]
    pub(crate) cache: Option<Cache>,
    pub(crate) hooks: Hooks,
    pub(crate) body_limit: usize,
    pub(crate) auth: Auth,
    pub(crate) on_unauthorized: OnUnauthorized,
    /// Where tokens are renewed, if not at the default address.
    pub(crate) refresh_url: Option<String>,
}

impl Options {
    /// Returns the defaults for a client that uses these addresses.
    pub(super) fn new(addresses: &[Address]) -> Self {
        Self {
            addresses: addresses.to_vec(),
            api_path: "/api".to_owned(),
            keeps_empty_texts: false,
            redirects: 0,
            format: Format::default(),
            iso_dates: true,
            jsconfig: None,
            timeout: Some(Duration::from_secs(100)),
            attempt_timeout: None,
            read_timeout: None,
            retry: Retry::default(),
            #[cfg(feature = "gzip")]
            compress: false,
            #[cfg(feature = "cache")]
            cache: None,
            hooks: Hooks::default(),
            body_limit: 64 * 1024 * 1024,
            auth: Auth::Anonymous,
            on_unauthorized: OnUnauthorized::default(),
            refresh_url: None,
        }
    }
}
