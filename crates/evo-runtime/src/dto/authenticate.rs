//! Signing in and out: <https://docs.servicestack.net/auth/authentication-and-authorization>.

use std::collections::BTreeMap;

use super::ResponseStatus;
use crate::{DateTime, record, setters};

/// Signs in with a provider such as `credentials`. Without a provider it returns the user who is signed in.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct Authenticate {
    /// The name of the provider.
    pub provider: Option<String>,
    /// The state of an OAuth flow, for hosts before version 6.
    pub state: Option<String>,
    /// The token of an OAuth 1 flow, for hosts before version 6.
    pub oauth_token: Option<String>,
    /// The verifier of an OAuth 1 flow, for hosts before version 6.
    pub oauth_verifier: Option<String>,
    /// The user's name or e-mail address.
    pub user_name: Option<String>,
    /// The user's password.
    pub password: Option<String>,
    /// Whether the user stays signed in when the browser is closed.
    pub remember_me: Option<bool>,
    /// An access token issued by the provider.
    pub access_token: Option<String>,
    /// The secret of the access token.
    pub access_token_secret: Option<String>,
    /// The URL to which a browser is redirected afterwards.
    pub return_url: Option<String>,
    /// The view that the server renders for errors.
    pub error_view: Option<String>,
    /// A parameter of digest authentication.
    pub nonce: Option<String>,
    /// A parameter of digest authentication.
    pub uri: Option<String>,
    /// A parameter of digest authentication.
    pub response: Option<String>,
    /// A parameter of digest authentication.
    pub qop: Option<String>,
    /// A parameter of digest authentication.
    pub nc: Option<String>,
    /// A parameter of digest authentication.
    pub cnonce: Option<String>,
    /// The scope of an OAuth 2 flow.
    pub scope: Option<String>,
    /// Custom metadata of the service.
    pub meta: Option<BTreeMap<String, String>>,
}

record!(Authenticate {
    provider: "provider",
    state: "State",
    oauth_token: secret "oauth_token",
    oauth_verifier: secret "oauth_verifier",
    user_name: "UserName",
    password: secret "Password",
    remember_me: "RememberMe",
    access_token: secret "AccessToken",
    access_token_secret: secret "AccessTokenSecret",
    return_url: "ReturnUrl",
    error_view: "ErrorView",
    nonce: "nonce",
    uri: "uri",
    response: secret "response",
    qop: "qop",
    nc: "nc",
    cnonce: "cnonce",
    scope: "scope",
    meta: "Meta"
});
setters!(Authenticate() { provider: String, state: String, oauth_token: String, oauth_verifier: String, user_name: String, password: String, remember_me: bool, access_token: String, access_token_secret: String, return_url: String, error_view: String, nonce: String, uri: String, response: String, qop: String, nc: String, cnonce: String, scope: String, meta: BTreeMap<String, String> });

/// The user who is signed in. Tokens are included only if the host does not set them as cookies.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct AuthenticateResponse {
    /// The user's id.
    pub user_id: Option<String>,
    /// The id of the current session.
    pub session_id: Option<String>,
    /// The user's name.
    pub user_name: Option<String>,
    /// The display name.
    pub display_name: Option<String>,
    /// The URL that the user came from.
    pub referrer_url: Option<String>,
    /// A JWT.
    pub bearer_token: Option<String>,
    /// The token that renews the JWT.
    pub refresh_token: Option<String>,
    /// When the refresh token expires; absent before version 8.
    pub refresh_token_expiry: Option<DateTime>,
    /// A picture, often as a `data:` URI.
    pub profile_url: Option<String>,
    /// The user's roles.
    pub roles: Vec<String>,
    /// The user's permissions.
    pub permissions: Vec<String>,
    /// The provider that signed the user in.
    pub auth_provider: Option<String>,
    /// The error, if there was one.
    pub response_status: Option<ResponseStatus>,
    /// Custom metadata of the service.
    pub meta: BTreeMap<String, String>,
}

record!(AuthenticateResponse {
    user_id: "UserId",
    session_id: secret "SessionId",
    user_name: "UserName",
    display_name: "DisplayName",
    referrer_url: "ReferrerUrl",
    bearer_token: secret "BearerToken",
    refresh_token: secret "RefreshToken",
    refresh_token_expiry: "RefreshTokenExpiry",
    profile_url: "ProfileUrl",
    roles: "Roles",
    permissions: "Permissions",
    auth_provider: "AuthProvider",
    response_status: "ResponseStatus",
    meta: "Meta"
});
