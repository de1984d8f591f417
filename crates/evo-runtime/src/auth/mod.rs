//! Ways to sign in.
//!
//! <https://docs.servicestack.net/auth/authentication-and-authorization>

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;

use crate::dto::Authenticate;
use crate::error::{Error, ErrorKind};

/// How a client signs in. `Debug` shows no secret.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Auth {
    /// Not at all.
    #[default]
    Anonymous,
    /// By name and password with every request.
    Basic(Basic),
    /// By a token with every request.
    Bearer(Bearer),
    /// By name and password once; a session follows.
    Credentials(Credentials),
}

impl Auth {
    /// The header `Authorization`, where this way has one.
    pub(crate) fn header(&self) -> Result<Option<HeaderValue>, Error> {
        let text = match self {
            Self::Anonymous | Self::Credentials(_) => return Ok(None),
            Self::Basic(basic) => format!("Basic {}", STANDARD.encode(format!("{}:{}", basic.user, basic.password))),
            Self::Bearer(bearer) => format!("Bearer {}", bearer.token),
        };
        let mut value = HeaderValue::try_from(text).map_err(|_| {
            Error::new(ErrorKind::Configuration, "the bearer token holds a character that no header can carry")
        })?;
        value.set_sensitive(true);
        Ok(Some(value))
    }
}

/// `Authorization: Basic`: name and password with every request, no session needed.
#[derive(Clone, PartialEq, Eq)]
pub struct Basic {
    user: String,
    password: String,
}

impl Basic {
    /// A name, which holds no `:`, and its password.
    pub fn new(user: impl Into<String>, password: impl Into<String>) -> Self {
        Self { user: user.into(), password: password.into() }
    }
}

impl fmt::Debug for Basic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Basic").field("user", &self.user).finish_non_exhaustive()
    }
}

impl From<Basic> for Auth {
    fn from(basic: Basic) -> Self {
        Self::Basic(basic)
    }
}

/// `Authorization: Bearer`: a JWT or an API key with every request.
#[derive(Clone, PartialEq, Eq)]
pub struct Bearer {
    token: String,
}

impl Bearer {
    /// A token.
    pub fn new(token: impl Into<String>) -> Self {
        Self { token: token.into() }
    }
}

impl fmt::Debug for Bearer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bearer").finish_non_exhaustive()
    }
}

impl From<Bearer> for Auth {
    fn from(bearer: Bearer) -> Self {
        Self::Bearer(bearer)
    }
}

/// `POST /auth/credentials`: signs in before the first call, for all clones of the client at once, and once more when a session has
/// ended; the server's cookies carry the session.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    user: String,
    password: String,
    remember_me: bool,
}

impl Credentials {
    /// A user name or e-mail address, and its password.
    pub fn new(user: impl Into<String>, password: impl Into<String>) -> Self {
        Self { user: user.into(), password: password.into(), remember_me: true }
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
            .password(self.password.as_str())
            .remember_me(self.remember_me)
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("user", &self.user)
            .field("remember_me", &self.remember_me)
            .finish_non_exhaustive()
    }
}

impl From<Credentials> for Auth {
    fn from(credentials: Credentials) -> Self {
        Self::Credentials(credentials)
    }
}
