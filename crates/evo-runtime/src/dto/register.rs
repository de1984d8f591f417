//! Registration of users.

use std::collections::BTreeMap;

use super::ResponseStatus;
use crate::{DateTime, record, setters};

/// Registers a user.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct Register {
    /// The user's name.
    pub user_name: Option<String>,
    /// The first name.
    pub first_name: Option<String>,
    /// The last name.
    pub last_name: Option<String>,
    /// The display name.
    pub display_name: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// The password.
    pub password: Option<String>,
    /// The password again, for confirmation.
    pub confirm_password: Option<String>,
    /// Whether to sign the new user in.
    pub auto_login: Option<bool>,
    /// The view that the server renders for errors.
    pub error_view: Option<String>,
    /// Custom metadata of the service.
    pub meta: Option<BTreeMap<String, String>>,
}

record!(Register {
    user_name: "UserName",
    first_name: "FirstName",
    last_name: "LastName",
    display_name: "DisplayName",
    email: "Email",
    password: secret "Password",
    confirm_password: secret "ConfirmPassword",
    auto_login: "AutoLogin",
    error_view: "ErrorView",
    meta: "Meta"
});
setters!(Register() { user_name: String, first_name: String, last_name: String, display_name: String, email: String, password: String, confirm_password: String, auto_login: bool, error_view: String, meta: BTreeMap<String, String> });

/// The new user. With `auto_login` it also contains what a sign-in returns.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct RegisterResponse {
    /// The user's id.
    pub user_id: Option<String>,
    /// The id of the current session.
    pub session_id: Option<String>,
    /// The user's name.
    pub user_name: Option<String>,
    /// The URL that the user came from.
    pub referrer_url: Option<String>,
    /// A JWT.
    pub bearer_token: Option<String>,
    /// The token that renews the JWT.
    pub refresh_token: Option<String>,
    /// When the refresh token expires; absent before version 8.
    pub refresh_token_expiry: Option<DateTime>,
    /// The user's roles.
    pub roles: Vec<String>,
    /// The user's permissions.
    pub permissions: Vec<String>,
    /// The URL to which a browser is redirected.
    pub redirect_url: Option<String>,
    /// The error, if there was one.
    pub response_status: Option<ResponseStatus>,
    /// Custom metadata of the service.
    pub meta: BTreeMap<String, String>,
}

record!(RegisterResponse {
    user_id: "UserId",
    session_id: secret "SessionId",
    user_name: "UserName",
    referrer_url: "ReferrerUrl",
    bearer_token: secret "BearerToken",
    refresh_token: secret "RefreshToken",
    refresh_token_expiry: "RefreshTokenExpiry",
    roles: "Roles",
    permissions: "Permissions",
    redirect_url: "RedirectUrl",
    response_status: "ResponseStatus",
    meta: "Meta"
});
