//! API keys.

use http::header::AUTHORIZATION;
use http::{HeaderName, HeaderValue};

use super::secret::Secret;
use crate::error::{Error, ErrorKind};

/// An API key, sent with every request in the header `X-Api-Key` by default, and never in the query.
///
/// A 401 is final: API keys are never renewed. The host refuses keys that are unknown, have expired or lack a scope. Even operations that
/// need no key refuse an expired one.
///
/// <https://docs.servicestack.net/auth/apikeys>
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct ApiKey {
    key: Secret,
    carrier: Carrier,
}

/// The header that carries a key. Only one is used: `X-Api-Key` takes precedence over `Authorization`, even if its key is invalid.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Carrier {
    Header(String),
    Bearer,
}

impl ApiKey {
    /// Creates an API key.
    pub fn new(key: impl Into<String>) -> Self {
        Self { key: Secret::from(key), carrier: Carrier::Header("X-Api-Key".to_owned()) }
    }

    /// Sends the key in another header. A host specifies it in `/metadata/app.json`, as `plugins.apiKey.httpHeader`.
    pub fn in_header(self, name: impl Into<String>) -> Self {
        Self { carrier: Carrier::Header(name.into()), ..self }
    }

    /// Sends the key as `Authorization: Bearer`, for hosts that do not read it from a separate header.
    pub fn as_bearer(self) -> Self {
        Self { carrier: Carrier::Bearer, ..self }
    }

    pub(super) fn header(&self) -> Result<(HeaderName, HeaderValue), Error> {
        match &self.carrier {
            Carrier::Bearer => Ok((AUTHORIZATION, self.key.header("Bearer ", "API key")?)),
            Carrier::Header(name) => {
                let header = HeaderName::try_from(name).map_err(|_| {
                    Error::new(ErrorKind::Configuration, format!("{name:?} is not the name of a header"))
                })?;
                Ok((header, self.key.header("", "API key")?))
            }
        }
    }
}
