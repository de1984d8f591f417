//! Signing in once per session, with user name and password.

use super::secret::Secret;
use crate::dto::Authenticate;

/// `POST /auth/credentials`: the client signs in before the first call, once for all clones, and again when the session has ended.
/// The session is kept in cookies.
///
/// If the host keeps tokens in cookies, the client first tries to renew an expired token with the refresh token in its cookie before it
/// signs in again.
///
/// <https://docs.servicestack.net/auth/credentials>
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct Credentials {
    user: String,
    password: Secret,
    remember_me: bool,
}

impl Credentials {
    /// Creates credentials from a user name or e-mail address, and a password.
    pub fn new(user: impl Into<String>, password: impl Into<String>) -> Self {
        Self { user: user.into(), password: Secret::from(password), remember_me: true }
    }

    /// Whether the server keeps the session alive beyond the current visit. The default is `true`.
    pub fn remember_me(mut self, remember_me: bool) -> Self {
        self.remember_me = remember_me;
        self
    }

    /// Returns the request to `/auth/credentials`.
    pub(crate) fn request(&self) -> Authenticate {
        Authenticate::new()
            .provider("credentials")
            .user_name(self.user.as_str())
            .password(self.password.reveal())
            .remember_me(self.remember_me)
    }
}
