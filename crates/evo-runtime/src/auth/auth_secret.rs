//! The host's admin secret.

use http::{HeaderName, HeaderValue};

use super::secret::Secret;
use crate::error::Error;

/// The `AdminAuthSecret` of the host, sent with every request in the header `authsecret`. Calls are made as an administrator. A 401 is
/// final.
///
/// <https://docs.servicestack.net/auth/admin-auth-secret>
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthSecret {
    secret: Secret,
}

impl AuthSecret {
    /// Creates the credential from the host's secret.
    pub fn new(secret: impl Into<String>) -> Self {
        Self { secret: Secret::from(secret) }
    }

    pub(super) fn header(&self) -> Result<(HeaderName, HeaderValue), Error> {
        Ok((HeaderName::from_static("authsecret"), self.secret.header("", "auth secret")?))
    }
}
