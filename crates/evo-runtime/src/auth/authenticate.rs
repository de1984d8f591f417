//! The request and the answer of signing in.

use std::collections::BTreeMap;

use super::Credentials;
use crate::error::ResponseStatus;
use crate::wire::json;

/// What `/auth/credentials` is sent.
#[derive(Clone, Default)]
struct SignIn {
    provider: Option<String>,
    user_name: Option<String>,
    password: Option<String>,
    remember_me: Option<bool>,
}

record!(SignIn { provider: "provider", user_name: "UserName", password: "Password", remember_me: "RememberMe" });

/// The body of a sign-in.
pub(crate) fn sign_in_body(credentials: &Credentials) -> Result<Vec<u8>, serde_json::Error> {
    json::to_vec(&SignIn {
        provider: Some("credentials".to_owned()),
        user_name: Some(credentials.user.clone()),
        password: Some(credentials.password.clone()),
        remember_me: Some(credentials.remember_me),
    })
}

/// Who signed in. Tokens are there only where the host does not put them into cookies.
#[derive(Clone, PartialEq, Default)]
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
    /// A picture, often as a `data:` URI.
    pub profile_url: Option<String>,
    /// The user's roles.
    pub roles: Vec<String>,
    /// The user's permissions.
    pub permissions: Vec<String>,
    /// Which provider signed the user in.
    pub auth_provider: Option<String>,
    /// Set where something went wrong.
    pub response_status: Option<ResponseStatus>,
    /// More about the user.
    pub meta: Option<BTreeMap<String, String>>,
}

record!(AuthenticateResponse {
    user_id: "UserId",
    session_id: "SessionId",
    user_name: "UserName",
    display_name: "DisplayName",
    referrer_url: "ReferrerUrl",
    bearer_token: "BearerToken",
    refresh_token: "RefreshToken",
    profile_url: "ProfileUrl",
    roles: "Roles",
    permissions: "Permissions",
    auth_provider: "AuthProvider",
    response_status: "ResponseStatus",
    meta: "Meta",
});

/// Without the session and the tokens.
impl std::fmt::Debug for AuthenticateResponse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AuthenticateResponse")
            .field("user_id", &self.user_id)
            .field("user_name", &self.user_name)
            .field("roles", &self.roles)
            .field("permissions", &self.permissions)
            .finish_non_exhaustive()
    }
}
