//! Name and password once.

use super::secret::Secret;
use crate::dto::Authenticate;

/// `POST /auth/credentials`: signs in before the first call, for all clones of the client at once, and once more when a session has
/// ended; the server's cookies carry the session.
///
/// Where the host keeps tokens in cookies, a token that has expired is renewed with the refresh token in its cookie before the client signs in
/// again.
///
/// <https://docs.servicestack.net/auth/credentials>
#[derive(Debug, Clone, PartialEq, Eq)]
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

    /// Whether the session outlives what the server takes for one visit; it does unless this says otherwise.
    #[must_use]
    pub fn remember_me(mut self, remember_me: bool) -> Self {
        self.remember_me = remember_me;
        self
    }

    /// What `/auth/credentials` is sent.
    pub(crate) fn request(&self) -> Authenticate {
        Authenticate::new()
            .provider("credentials")
            .user_name(self.user.as_str())
            .password(self.password.reveal())
            .remember_me(self.remember_me)
    }
}
