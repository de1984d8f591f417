//! ServiceStack's services for signing in: `/auth`, `/access-token`, `/register` (reference 9.4 and 9.6).

use super::access::{Caller, User, Users, cookie};
use crate::reply::{Failure, FieldError, Reply};
use crate::request::Request;
use crate::values::Value;
use crate::values::json_writer::{Casing, apply_casing};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SignInService {
    Authenticate,
    Logout,
    AccessToken,
    SessionToToken,
    Register,
}

impl SignInService {
    /// Finds a service by its path.
    pub(crate) fn at(path: &str) -> Option<Self> {
        let path = path.trim_end_matches('/').to_ascii_lowercase();
        Some(match path.as_str() {
            "/auth/logout" => Self::Logout,
            "/access-token" => Self::AccessToken,
            "/session-to-token" => Self::SessionToToken,
            "/register" => Self::Register,
            _ if path == "/auth" || path.starts_with("/auth/") => Self::Authenticate,
            _ => return None,
        })
    }

    /// Returns the name of the operation.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Authenticate | Self::Logout => "Authenticate",
            Self::AccessToken => "GetAccessToken",
            Self::SessionToToken => "ConvertSessionToToken",
            Self::Register => "Register",
        }
    }

    /// Finds a service by its operation name.
    pub(crate) fn called(name: &str) -> Option<Self> {
        let services = [
            ("Authenticate", Self::Authenticate),
            ("GetAccessToken", Self::AccessToken),
            ("ConvertSessionToToken", Self::SessionToToken),
            ("Register", Self::Register),
        ];
        services.into_iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, service)| service)
    }
}

/// Runs a service. `values` are those in the body, form and query.
pub(crate) fn respond(
    service: SignInService,
    users: &Users,
    request: &Request,
    values: &Value,
    casing: Casing,
) -> Result<(Value, Vec<String>), Failure> {
    let text = |name: &str| match values.get(name) {
        Some(Value::Text(text) | Value::Number(text)) => text.clone(),
        _ => String::new(),
    };
    match service {
        SignInService::Authenticate if text("provider").eq_ignore_ascii_case("logout") => Ok(sign_out(users, request)),
        SignInService::Logout => Ok(sign_out(users, request)),
        SignInService::Authenticate => {
            let provider =
                request.path.trim_end_matches('/').rsplit_once("/auth/").map(|(_, provider)| provider.to_owned());
            let provider = provider.unwrap_or_else(|| text("provider"));
            if !matches!(provider.as_str(), "" | "credentials" | "basic") {
                let message = format!("No configuration was added for OAuth provider '{provider}'");
                return Err(Failure::new(404, "NotFound", message).reason("NotFound"));
            }
            let (name, password) = (text("userName"), text("password"));
            if name.is_empty() && password.is_empty() && provider.is_empty() {
                return match users.caller(request) {
                    Caller::User(user) => Ok((session_of(&user, "", casing), Vec::new())),
                    Caller::Anyone => Ok((session_of(&User::new("anyone", ""), "", casing), Vec::new())),
                    _ => Err(Failure::new(401, "Unauthorized", "Not Authenticated").reason("Not Authenticated")),
                };
            }
            if request.method == http::Method::GET {
                return Err(
                    Failure::new(405, "NotSupportedException", "GET Authenticate requests are disabled").thrown()
                );
            }
            if name.is_empty() || password.is_empty() {
                let member = if name.is_empty() { "UserName" } else { "Password" };
                return Err(empty_member(500, "ValidationException", member));
            }
            let message = "Invalid Username or Password";
            let user = users
                .sign_in(&name, &password)
                .ok_or_else(|| Failure::new(401, "Unauthorized", message).reason("Unauthorized"))?;
            Ok(signed_in(users, &user, matches!(values.get("rememberMe"), Some(Value::Bool(true))), casing))
        }
        SignInService::AccessToken => {
            let sent = text("refreshToken");
            let in_cookie = cookie(request, "ss-reftok").filter(|_| sent.is_empty());
            let token = in_cookie.unwrap_or(&sent);
            if token.is_empty() {
                let code = "ArgumentNullException";
                let mut failure = Failure::new(400, code, "Value cannot be null. (Parameter 'refreshToken')").thrown();
                failure.errors = vec![FieldError {
                    error_code: code.to_owned(),
                    field_name: "refreshToken".to_owned(),
                    message: "Value cannot be null.".to_owned(),
                    meta: Vec::new(),
                }];
                return Err(failure);
            }
            let invalid = || Failure::new(400, "ArgumentException", "Token is invalid").thrown();
            let user = users.user_of(token).filter(|_| token.starts_with("refresh-")).ok_or_else(invalid)?;
            let renewed = users.issue("token", &user);
            if users.has_token_cookies || in_cookie.is_some() {
                return Ok((Value::Object(Vec::new()), vec![set_cookie("ss-tok", &renewed)]));
            }
            Ok((Value::Object(vec![(apply_casing("AccessToken", casing), Value::Text(renewed))]), Vec::new()))
        }
        SignInService::SessionToToken => match users.caller(request) {
            Caller::User(user) => {
                Ok((Value::Object(Vec::new()), vec![set_cookie("ss-tok", &users.issue("token", &user))]))
            }
            Caller::Anyone => Ok((Value::Object(Vec::new()), Vec::new())),
            _ => Err(Failure::new(401, "Unauthorized", "Not Authenticated").reason("Not Authenticated")),
        },
        SignInService::Register => {
            let (name, password, confirmed) = (text("userName"), text("password"), text("confirmPassword"));
            let name = if name.is_empty() { text("email") } else { name };
            for (member, value) in [("UserName", &name), ("Password", &password)] {
                if value.is_empty() {
                    return Err(empty_member(400, "NotEmpty", member));
                }
            }
            if !confirmed.is_empty() && confirmed != password {
                return Err(Failure::new(400, "PasswordsShouldMatch", "Passwords Should Match").thrown());
            }
            if matches!(values.get("autoLogin"), Some(Value::Bool(true))) {
                return Ok(signed_in(users, &User::new(name, password), false, casing));
            }
            let members = [("UserId", "1".to_owned()), ("UserName", name)];
            let members = members.map(|(name, value)| (apply_casing(name, casing), Value::Text(value)));
            Ok((Value::Object(members.into()), Vec::new()))
        }
    }
}

/// Returns the error for a member that must not be empty.
fn empty_member(status: u16, code: &str, member: &str) -> Failure {
    let message = format!("'{member}' must not be empty.");
    let mut failure = Failure::new(status, code, &message).thrown();
    failure.errors = vec![FieldError {
        error_code: "NotEmpty".to_owned(),
        field_name: member.to_owned(),
        message,
        meta: Vec::new(),
    }];
    failure
}

fn signed_in(users: &Users, user: &User, remember: bool, casing: Casing) -> (Value, Vec<String>) {
    let session = users.issue("session", user);
    let (name, option) = if remember { ("ss-pid", "perm") } else { ("ss-id", "temp") };
    let (token, refresh) = (users.issue("token", user), users.issue("refresh", user));
    let mut value = session_of(user, &session, casing);
    let mut cookies = vec![set_cookie(name, &session), set_cookie("ss-opt", option)];
    if users.has_token_cookies {
        // Hosts that send tokens in cookies keep no session.
        users.revoke(&session);
        cookies.extend([set_cookie("ss-tok", &token), set_cookie("ss-reftok", &refresh)]);
    } else if let Value::Object(members) = &mut value {
        members.push((apply_casing("BearerToken", casing), Value::Text(token)));
        members.push((apply_casing("RefreshToken", casing), Value::Text(refresh)));
    }
    (value, cookies)
}

fn session_of(user: &User, session: &str, casing: Casing) -> Value {
    let texts = [
        ("UserId", "1"),
        ("SessionId", session),
        ("UserName", user.name.as_str()),
        ("DisplayName", user.name.as_str()),
    ];
    let texts = texts.into_iter().filter(|(_, value)| !value.is_empty());
    let mut members: Vec<_> = texts.map(|(name, value)| (apply_casing(name, casing), Value::text(value))).collect();
    members.push((apply_casing("Roles", casing), Value::List(user.roles.iter().map(Value::text).collect())));
    members.push((apply_casing("Permissions", casing), Value::List(Vec::new())));
    Value::Object(members)
}

fn sign_out(users: &Users, request: &Request) -> (Value, Vec<String>) {
    let names = ["ss-id", "ss-pid", "X-UAId", "ss-tok", "ss-reftok"];
    for proof in names.iter().filter_map(|name| cookie(request, name)) {
        users.revoke(proof);
    }
    let delete = |name: &&str| format!("{name}=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/");
    (Value::Object(Vec::new()), names.iter().map(delete).collect())
}

pub(super) fn set_cookie(name: &str, value: &str) -> String {
    format!("{name}={value}; path=/; samesite=lax; httponly")
}

/// Creates a reply with cookies, and with the names of those that contain tokens.
pub(crate) fn reply(body: String, cookies: Vec<String>) -> Reply {
    let has =
        |name: &str| cookies.iter().any(|cookie| cookie.strip_prefix(name).is_some_and(|rest| !rest.starts_with("=;")));
    let reply = Reply::json(body);
    let reply = if has("ss-reftok") { reply.header("x-cookies", "ss-tok,ss-reftok") } else { reply };
    cookies.into_iter().fold(reply, |reply, cookie| reply.header("set-cookie", cookie))
}
