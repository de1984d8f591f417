//! Ways to sign in.
//!
//! <https://docs.servicestack.net/auth/authentication-and-authorization>

mod api_key;
mod auth_secret;
mod basic;
mod bearer;
mod credentials;
mod secret;

use http::header::AUTHORIZATION;
use http::{HeaderName, HeaderValue};

pub use self::api_key::ApiKey;
pub use self::auth_secret::AuthSecret;
pub use self::basic::Basic;
pub use self::bearer::Bearer;
pub use self::credentials::Credentials;
pub(crate) use self::secret::Secret;
use crate::error::Error;

/// How a client authenticates. `Debug` shows no secrets.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Auth {
    /// No authentication.
    #[default]
    Anonymous,
    /// User name and password in every request.
    Basic(Basic),
    /// A token in every request, renewed if there is a refresh token.
    Bearer(Bearer),
    /// User name and password once per session.
    Credentials(Credentials),
    /// An API key in every request.
    ApiKey(ApiKey),
    /// The host's admin secret in every request.
    AuthSecret(AuthSecret),
}

impl Auth {
    /// Returns the header that is the same in every request, if there is one. Tokens belong to the session, since they are renewed.
    pub(crate) fn header(&self) -> Result<Option<(HeaderName, HeaderValue)>, Error> {
        match self {
            Self::Anonymous | Self::Credentials(_) | Self::Bearer(_) => Ok(None),
            Self::Basic(basic) => Ok(Some((AUTHORIZATION, basic.header()?))),
            Self::ApiKey(key) => key.header().map(Some),
            Self::AuthSecret(secret) => secret.header().map(Some),
        }
    }

    /// Checks that the header can be sent.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if let Self::Bearer(Bearer { token: Some(token), .. }) = self {
            bearer_header(token)?;
        }
        self.header().map(drop)
    }

    /// Whether a client has to sign in before its first call.
    pub(crate) fn begins_with_sign_in(&self) -> bool {
        matches!(self, Self::Credentials(_))
    }

    /// Whether a 401 is final.
    pub(crate) fn is_final(&self) -> bool {
        matches!(self, Self::ApiKey(_) | Self::AuthSecret(_))
    }
}

/// Returns the header value for a token.
pub(crate) fn bearer_header(token: &Secret) -> Result<HeaderValue, Error> {
    token.header("Bearer ", "bearer token")
}

macro_rules! into_auth {
    ($($way:ident),*) => {$(
        impl From<$way> for Auth {
            fn from(way: $way) -> Self {
                Self::$way(way)
            }
        }
    )*};
}

into_auth!(Basic, Bearer, Credentials, ApiKey, AuthSecret);
