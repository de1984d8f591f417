//! Signing in and out: <https://docs.servicestack.net/auth/authentication-and-authorization>.

use std::collections::BTreeMap;

use super::ResponseStatus;
use crate::{DateTime, record, setters};

/// Signs in with a provider such as `credentials`; without a provider, returns who is signed in.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct Authenticate {
    /// The name of the provider.
    pub provider: Option<String>,
    /// The state of an OAuth flow; hosts before version 6.
    pub state: Option<String>,
    /// The token of an OAuth 1 flow; hosts before version 6.
    pub oauth_token: Option<String>,
    /// The verifier of an OAuth 1 flow; hosts before version 6.
    pub oauth_verifier: Option<String>,
    /// The user's name or e-mail address.
    pub user_name: Option<String>,
    /// The user's password.
    pub password: Option<String>,
    /// Whether the session outlives the browser.
    pub remember_me: Option<bool>,
    /// A token of the provider.
    pub access_token: Option<String>,
    /// The secret of the token.
    pub access_token_secret: Option<String>,
    /// Where a browser goes afterwards.
    pub return_url: Option<String>,
    /// The page for errors.
    pub error_view: Option<String>,
    /// A part of digest authentication.
    pub nonce: Option<String>,
    /// A part of digest authentication.
    pub uri: Option<String>,
    /// A part of digest authentication.
    pub response: Option<String>,
    /// A part of digest authentication.
    pub qop: Option<String>,
    /// A part of digest authentication.
    pub nc: Option<String>,
    /// A part of digest authentication.
    pub cnonce: Option<String>,
    /// The scope of an OAuth 2 flow.
    pub scope: Option<String>,
    /// More, by names of the service's own.
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

/// Who is signed in. Tokens are set only if the host does not set them as cookies.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct AuthenticateResponse {
    /// The user's id.
    pub user_id: Option<String>,
    /// The session that is in force.
    pub session_id: Option<String>,
    /// The user's name.
    pub user_name: Option<String>,
    /// The name to show.
    pub display_name: Option<String>,
    /// Where the user came from.
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
    /// Which provider signed the user in.
    pub auth_provider: Option<String>,
    /// What went wrong, if anything did.
    pub response_status: Option<ResponseStatus>,
    /// More, by names of the service's own.
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
