//! A token with every request.

use super::secret::Secret;

/// `Authorization: Bearer`: a JWT with every request.
///
/// With a refresh token the client renews the JWT when a call is answered with 401, once for all tasks and clones, and sends the call again. A
/// host that keeps tokens in cookies answers the renewal with the cookie `ss-tok`; the header is dropped then, since an old token in it would
/// win over the cookie. The refresh token itself is not renewed: when it is refused, calls fail with
/// [`ErrorKind::RefreshToken`](crate::ErrorKind::RefreshToken), once, and then as unauthorized.
///
/// <https://docs.servicestack.net/auth/jwt-authprovider>
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bearer {
    pub(crate) token: Option<Secret>,
    pub(crate) refresh: Option<Secret>,
}

impl Bearer {
    /// A token.
    pub fn new(token: impl Into<String>) -> Self {
        Self { token: Some(Secret::from(token)), refresh: None }
    }

    /// A refresh token alone: the client gets a token for it before its first call.
    pub fn from_refresh_token(refresh_token: impl Into<String>) -> Self {
        Self { token: None, refresh: Some(Secret::from(refresh_token)) }
    }

    /// The token that renews the token.
    #[must_use]
    pub fn with_refresh_token(mut self, refresh_token: impl Into<String>) -> Self {
        self.refresh = Some(Secret::from(refresh_token));
        self
    }
}
