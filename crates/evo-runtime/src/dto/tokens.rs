//! JSON web tokens: <https://docs.servicestack.net/auth/jwt-authprovider>.

use std::collections::BTreeMap;
use std::fmt;

use super::ResponseStatus;
use crate::{record, setters};

/// Turns the session of the server into a token.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct ConvertSessionToToken {
    /// Whether the session stays.
    pub preserve_session: Option<bool>,
    /// More, by names of the service's own.
    pub meta: Option<BTreeMap<String, String>>,
}

record!(ConvertSessionToToken { preserve_session: "PreserveSession", meta: "Meta" });
setters!(ConvertSessionToToken() { preserve_session: bool, meta: BTreeMap<String, String> });

/// The token, where the host does not put it into a cookie.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct ConvertSessionToTokenResponse {
    /// More, by names of the service's own.
    pub meta: BTreeMap<String, String>,
    /// A JWT.
    pub access_token: Option<String>,
    /// The token that renews the JWT.
    pub refresh_token: Option<String>,
    /// Set where something went wrong.
    pub response_status: Option<ResponseStatus>,
}

record!(ConvertSessionToTokenResponse {
    meta: "Meta",
    access_token: "AccessToken",
    refresh_token: "RefreshToken",
    response_status: "ResponseStatus"
});

/// Renews a token.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct GetAccessToken {
    /// The refresh token, where it is not in a cookie.
    pub refresh_token: Option<String>,
    /// More, by names of the service's own.
    pub meta: Option<BTreeMap<String, String>>,
}

record!(GetAccessToken { refresh_token: "RefreshToken", meta: "Meta" });
setters!(GetAccessToken() { refresh_token: String, meta: BTreeMap<String, String> });

/// The new token, where the host does not put it into a cookie.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct GetAccessTokenResponse {
    /// A JWT.
    pub access_token: Option<String>,
    /// More, by names of the service's own.
    pub meta: BTreeMap<String, String>,
    /// Set where something went wrong.
    pub response_status: Option<ResponseStatus>,
}

record!(GetAccessTokenResponse { access_token: "AccessToken", meta: "Meta", response_status: "ResponseStatus" });

/// Without the tokens.
impl fmt::Debug for ConvertSessionToTokenResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConvertSessionToTokenResponse")
            .field("response_status", &self.response_status)
            .finish_non_exhaustive()
    }
}

/// Without the token.
impl fmt::Debug for GetAccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GetAccessToken").finish_non_exhaustive()
    }
}

/// Without the token.
impl fmt::Debug for GetAccessTokenResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GetAccessTokenResponse").field("response_status", &self.response_status).finish_non_exhaustive()
    }
}
