//! Bearer tokens.

use super::secret::Secret;

/// `Authorization: Bearer`: a JWT, sent with every request.
///
/// With a refresh token, the client renews the JWT after a 401, once for all tasks and clones, and sends the call again. A host that keeps
/// tokens in cookies sends the new one in the cookie `ss-tok`; the client then no longer sends the header, since the old token in it would
/// take precedence over the cookie. The refresh token itself is not renewed: if it is refused, one call fails with
/// [`ErrorKind::RefreshToken`](crate::ErrorKind::RefreshToken), and later ones as unauthorized.
///
/// <https://docs.servicestack.net/auth/jwt-authprovider>
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct Bearer {
    pub(crate) token: Option<Secret>,
    pub(crate) refresh: Option<Secret>,
}

impl Bearer {
    /// Creates credentials from a token.
    pub fn new(token: impl Into<String>) -> Self {
        Self { token: Some(Secret::from(token)), refresh: None }
    }

    /// Creates credentials from a refresh token alone. The client uses it to request a token before its first call.
    pub fn from_refresh_token(refresh_token: impl Into<String>) -> Self {
        Self { token: None, refresh: Some(Secret::from(refresh_token)) }
    }

    /// Sets the refresh token.
    pub fn with_refresh_token(mut self, refresh_token: impl Into<String>) -> Self {
        self.refresh = Some(Secret::from(refresh_token));
        self
    }
}
