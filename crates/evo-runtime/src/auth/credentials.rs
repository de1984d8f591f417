//! User name and password once per session.

use super::secret::Secret;
use crate::dto::Authenticate;

/// `POST /auth/credentials`: the client signs in before the first call, once for all clones, and again if the session has ended.
/// Cookies carry the session.
///
/// If the host keeps tokens in cookies, a token that has expired is renewed with the refresh token in its cookie before the client
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
    /// A user name or e-mail address, and its password.
    pub fn new(user: impl Into<String>, password: impl Into<String>) -> Self {
        Self { user: user.into(), password: Secret::from(password), remember_me: true }
    }

    /// Whether the server keeps the session when the visit ends; the default is `true`.
    pub fn remember_me(mut self, remember_me: bool) -> Self {
        self.remember_me = remember_me;
        self
    }

    /// The request to `/auth/credentials`.
    pub(crate) fn request(&self) -> Authenticate {
        Authenticate::new()
            .provider("credentials")
            .user_name(self.user.as_str())
            .password(self.password.reveal())
            .remember_me(self.remember_me)
    }
}
