//! Keys that need no session.

use http::header::AUTHORIZATION;
use http::{HeaderName, HeaderValue};

use super::secret::Secret;
use crate::error::{Error, ErrorKind};

/// An API key with every request, in the header `X-Api-Key` unless this says otherwise; never in the query.
///
/// What is refused stays refused: a key that is unknown, has expired or lacks a scope is a 401 that no renewal cures. A key that has expired is
/// refused by operations that need none, too.
///
/// <https://docs.servicestack.net/auth/apikeys>
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    key: Secret,
    place: Place,
}

/// Where a key travels. One place alone: `X-Api-Key` wins over `Authorization`, also with a wrong key.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    Header(String),
    Bearer,
}

impl ApiKey {
    /// A key.
    pub fn new(key: impl Into<String>) -> Self {
        Self { key: Secret::from(key), place: Place::Header("X-Api-Key".to_owned()) }
    }

    /// Sends the key in another header. A host names it in `/metadata/app.json`, as `plugins.apiKey.httpHeader`.
    #[must_use]
    pub fn in_header(self, name: impl Into<String>) -> Self {
        Self { place: Place::Header(name.into()), ..self }
    }

    /// Sends the key as `Authorization: Bearer`, for hosts that look at no header of its own.
    #[must_use]
    pub fn as_bearer(self) -> Self {
        Self { place: Place::Bearer, ..self }
    }

    pub(super) fn header(&self) -> Result<(HeaderName, HeaderValue), Error> {
        match &self.place {
            Place::Bearer => Ok((AUTHORIZATION, self.key.header("Bearer ", "API key")?)),
            Place::Header(name) => {
                let header = HeaderName::try_from(name)
                    .map_err(|_| Error::new(ErrorKind::Configuration, format!("{name:?} is no name of a header")))?;
                Ok((header, self.key.header("", "API key")?))
            }
        }
    }
}
