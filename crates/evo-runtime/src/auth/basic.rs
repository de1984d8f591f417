//! HTTP Basic authentication.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;

use super::secret::{Secret, sensitive};
use crate::error::{Error, ErrorKind};

/// `Authorization: Basic`: user name and password are sent with every request; no session is needed.
///
/// Hosts with the old API key provider accept a key as the user name, with an empty password. If they also accept it in a header,
/// prefer [`ApiKey`](super::ApiKey).
///
/// <https://docs.servicestack.net/auth/basic-auth>
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basic {
    user: String,
    password: Secret,
}

impl Basic {
    /// Creates credentials from a user name, which must not contain `:`, and a password.
    pub fn new(user: impl Into<String>, password: impl Into<String>) -> Self {
        Self { user: user.into(), password: Secret::from(password) }
    }

    /// Returns the value of the header `Authorization`.
    pub(super) fn header(&self) -> Result<HeaderValue, Error> {
        if self.user.contains(':') {
            return Err(Error::new(
                ErrorKind::Configuration,
                "the name for Basic holds a `:`, which begins the password",
            )
            .with_hint("sign in with Credentials, which take any name"));
        }
        let pair = STANDARD.encode(format!("{}:{}", self.user, self.password.reveal()));
        sensitive(format!("Basic {pair}"), "name or password")
    }
}
