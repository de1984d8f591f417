//! JSON web tokens: <https://docs.servicestack.net/auth/jwt-authprovider>.

use std::collections::BTreeMap;

use super::ResponseStatus;
use crate::{record, setters};

/// Converts the session on the server into a token.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct ConvertSessionToToken {
    /// Whether to keep the session.
    pub preserve_session: Option<bool>,
    /// Custom metadata of the service.
    pub meta: Option<BTreeMap<String, String>>,
}

record!(ConvertSessionToToken { preserve_session: "PreserveSession", meta: "Meta" });
setters!(ConvertSessionToToken() { preserve_session: bool, meta: BTreeMap<String, String> });

/// The token, if the host does not set it as a cookie.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct ConvertSessionToTokenResponse {
    /// Custom metadata of the service.
    pub meta: BTreeMap<String, String>,
    /// A JWT.
    pub access_token: Option<String>,
    /// The token that renews the JWT.
    pub refresh_token: Option<String>,
    /// The error, if there was one.
    pub response_status: Option<ResponseStatus>,
}

record!(ConvertSessionToTokenResponse {
    meta: "Meta",
    access_token: secret "AccessToken",
    refresh_token: secret "RefreshToken",
    response_status: "ResponseStatus"
});

/// Renews a token.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct GetAccessToken {
    /// The refresh token, if it is not in a cookie.
    pub refresh_token: Option<String>,
    /// Custom metadata of the service.
    pub meta: Option<BTreeMap<String, String>>,
}

record!(GetAccessToken { refresh_token: secret "RefreshToken", meta: "Meta" });
setters!(GetAccessToken() { refresh_token: String, meta: BTreeMap<String, String> });

/// The new token, if the host does not set it as a cookie.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct GetAccessTokenResponse {
    /// A JWT.
    pub access_token: Option<String>,
    /// Custom metadata of the service.
    pub meta: BTreeMap<String, String>,
    /// The error, if there was one.
    pub response_status: Option<ResponseStatus>,
}

record!(GetAccessTokenResponse { access_token: secret "AccessToken", meta: "Meta", response_status: "ResponseStatus" });
