//! Access: users, sessions and tokens (reference 9).

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::reply::{Failure, Reply};
use crate::request::Request;
use crate::schema::Access;

/// A user of the mock.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct User {
    pub(crate) name: String,
    pub(crate) password: String,
    pub(crate) roles: Vec<String>,
}

impl User {
    /// Creates a user without roles.
    pub fn new(name: impl Into<String>, password: impl Into<String>) -> Self {
        Self { name: name.into(), password: password.into(), roles: Vec::new() }
    }

    /// Adds a role, which also counts as the permission with the same name.
    #[must_use]
    pub fn role(mut self, role: impl Into<String>) -> Self {
        self.roles.push(role.into());
        self
    }

    /// Parses `NAME:PASSWORD` or `NAME:PASSWORD:ROLE,ROLE`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, ':');
        let mut user = Self::new(parts.next().filter(|name| !name.is_empty())?, parts.next()?);
        let roles = parts.next().unwrap_or_default().split(',').map(str::trim);
        user.roles = roles.filter(|role| !role.is_empty()).map(str::to_owned).collect();
        Some(user)
    }

    /// Whether the user has a role. `Admin` implies every other role.
    fn has(&self, role: &str) -> bool {
        self.roles.iter().any(|own| own == role || own == "Admin")
    }
}

/// The caller of a request, according to its credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Caller {
    /// Anybody, because the mock has no users.
    Anyone,
    Nobody,
    User(User),
    /// A caller with invalid credentials.
    Refused,
    /// A caller with an expired token.
    Expired,
}

/// The maximum number of sessions and tokens. The oldest ones are removed.
const MAX_PROOFS: usize = 10_000;

/// The users of a mock and their sessions.
#[derive(Debug, Default)]
pub(crate) struct Users {
    known: Vec<User>,
    /// Whether tokens are sent in cookies rather than bodies. In that case, there are no sessions.
    pub(crate) has_token_cookies: bool,
    proofs: Mutex<Proofs>,
}

/// Sessions and tokens by number. Their strings end with the number.
#[derive(Debug, Default)]
struct Proofs {
    count: u64,
    issued: BTreeMap<u64, Proof>,
}

/// A session or a token.
#[derive(Debug)]
struct Proof {
    text: String,
    user: String,
    is_expired: bool,
}

impl Proofs {
    fn find(&self, text: &str) -> Option<&Proof> {
        let number = text.rsplit('-').next()?.parse().ok()?;
        self.issued.get(&number).filter(|proof| proof.text == text)
    }
}

impl Users {
    pub(crate) fn new(users: Vec<User>, has_token_cookies: bool) -> Self {
        Self { known: users, has_token_cookies, proofs: Mutex::default() }
    }

    fn lock(&self) -> MutexGuard<'_, Proofs> {
        self.proofs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Finds the user with these credentials. If the mock has no users, any name and password are valid.
    pub(crate) fn sign_in(&self, name: &str, password: &str) -> Option<User> {
        if self.known.is_empty() && !name.is_empty() && !password.is_empty() {
            return Some(User::new(name, password));
        }
        let own = self.known.iter().find(|user| user.name.eq_ignore_ascii_case(name) && user.password == password);
        own.cloned()
    }

    /// Issues a session or token for a user. Its text is the same on every run.
    pub(crate) fn issue(&self, kind: &str, user: &User) -> String {
        let mut proofs = self.lock();
        proofs.count += 1;
        let number = proofs.count;
        let text = format!("{kind}-{}-{number}", user.name);
        proofs.issued.insert(number, Proof { text: text.clone(), user: user.name.clone(), is_expired: false });
        while proofs.issued.len() > MAX_PROOFS {
            proofs.issued.pop_first();
        }
        text
    }

    pub(crate) fn revoke(&self, text: &str) {
        self.lock().issued.retain(|_, proof| proof.text != text);
    }

    /// Expires all access tokens, but not refresh tokens and sessions.
    pub(crate) fn expire_tokens(&self) {
        let mut proofs = self.lock();
        for proof in proofs.issued.values_mut().filter(|proof| proof.text.starts_with("token-")) {
            proof.is_expired = true;
        }
    }

    /// Finds the user of a valid session or token.
    pub(crate) fn user_of(&self, text: &str) -> Option<User> {
        let proofs = self.lock();
        let name = &proofs.find(text).filter(|proof| !proof.is_expired)?.user;
        let own = self.known.iter().find(|user| user.name == *name);
        own.cloned().or_else(|| self.known.is_empty().then(|| User::new(name.as_str(), "")))
    }

    fn is_expired(&self, token: &str) -> bool {
        self.lock().find(token).is_some_and(|proof| proof.is_expired)
    }

    /// Issues a new token if the token cookie of a request has expired and its refresh token is valid.
    pub(crate) fn renew(&self, request: &Request) -> Option<String> {
        cookie(request, "ss-tok").filter(|token| self.is_expired(token))?;
        let user = self.user_of(cookie(request, "ss-reftok")?)?;
        Some(self.issue("token", &user))
    }

    pub(crate) fn caller(&self, request: &Request) -> Caller {
        if self.known.is_empty() {
            return Caller::Anyone;
        }
        let authorization = request.header("authorization").unwrap_or_default();
        let (scheme, value) = authorization.split_once(' ').unwrap_or((authorization, ""));
        if scheme.eq_ignore_ascii_case("basic") {
            let decoded = STANDARD.decode(value.trim()).ok().and_then(|bytes| String::from_utf8(bytes).ok());
            let user = decoded.as_deref().and_then(|text| text.split_once(':'));
            return user
                .and_then(|(name, password)| self.sign_in(name, password))
                .map_or(Caller::Refused, Caller::User);
        }
        if scheme.eq_ignore_ascii_case("bearer") {
            let caller = self.caller_of(value.trim());
            // Hosts ignore a bearer value that is not a token.
            if caller != Caller::Refused || is_token(value) {
                return caller;
            }
        }
        if let Some(owner) = request.header("x-api-key").and_then(|key| self.owner_of(key)) {
            return Caller::User(owner);
        }
        if let Some(token) = cookie(request, "ss-tok") {
            return self.caller_of(token);
        }
        let session = match cookie(request, "ss-opt") {
            Some("perm") => cookie(request, "ss-pid"),
            _ => cookie(request, "ss-id"),
        };
        let header = match request.header("x-ss-opt") {
            Some("perm") => request.header("x-ss-pid"),
            _ => request.header("x-ss-id"),
        };
        session.or(header).and_then(|id| self.user_of(id)).map_or(Caller::Nobody, Caller::User)
    }

    /// Finds the owner of the API key in a request. The header takes precedence over a bearer token, even if it is wrong.
    pub(crate) fn key_owner(&self, request: &Request) -> Caller {
        if self.known.is_empty() {
            return Caller::Anyone;
        }
        let authorization = request.header("authorization").and_then(|value| value.split_once(' '));
        let bearer =
            authorization.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")).map(|(_, value)| value.trim());
        let key = request.header("x-api-key").or(bearer);
        key.and_then(|key| self.owner_of(key)).map_or(Caller::Nobody, Caller::User)
    }

    /// Finds the owner of an API key. The password of a user is also their API key.
    fn owner_of(&self, key: &str) -> Option<User> {
        self.known.iter().find(|user| user.password == key).cloned()
    }

    fn caller_of(&self, token: &str) -> Caller {
        if let Some(user) = self.user_of(token) {
            return Caller::User(user);
        }
        if let Some(user) = self.owner_of(token) {
            return Caller::User(user);
        }
        if self.is_expired(token) { Caller::Expired } else { Caller::Refused }
    }
}

/// Returns the value of a cookie in the request.
pub(crate) fn cookie<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    let cookies = request.headers.get_all("cookie").iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|header| header.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(own, _)| *own == name).map(|(_, value)| value).filter(|value| !value.is_empty())
}

/// Whether a bearer token looks like a JWT, or like one of the mock's own tokens.
fn is_token(text: &str) -> bool {
    let text = text.trim();
    text.split('.').count() == 3 || text.starts_with("token-")
}

/// The rejection of a call because of its caller.
pub(crate) enum Refusal {
    Reply(Reply),
    Failure(Failure),
}

/// Checks whether a caller may call an operation. On endpoint hosts, ASP.NET rejects the call without a body.
pub(crate) fn check(
    access: &Access,
    caller: &Caller,
    request: &Request,
    verb: &str,
    has_endpoints: bool,
) -> Result<(), Refusal> {
    if access.is_open() {
        return Ok(());
    }
    let user = match caller {
        Caller::Anyone => return Ok(()),
        Caller::User(user) => user,
        _ if access.api_key => {
            let failure = Failure::new(401, "Unauthorized", "Invalid API Key").reason("Invalid API Key");
            return Err(Refusal::Failure(failure));
        }
        _ if access.by_validator && !has_endpoints => {
            let message = "Not Authenticated";
            return Err(Refusal::Failure(Failure::new(401, "Unauthorized", message).reason(message)));
        }
        Caller::Nobody | Caller::Refused | Caller::Expired if has_endpoints => {
            return Err(Refusal::Reply(Reply::empty(401)));
        }
        Caller::Expired => {
            return Err(Refusal::Failure(
                Failure::new(401, "TokenException", "Token has expired").reason("Unauthorized"),
            ));
        }
        Caller::Refused if is_basic(request) => {
            let message = "Invalid Username or Password";
            return Err(Refusal::Failure(Failure::new(401, "Unauthorized", message).reason(message)));
        }
        Caller::Nobody | Caller::Refused => {
            let reply = Reply::empty(401).header("www-authenticate", "credentials realm=\"/auth/credentials\"");
            return Err(Refusal::Reply(reply));
        }
    };
    let has_roles = access.roles.iter().all(|role| user.has(role))
        && (access.any_role.is_empty() || access.any_role.iter().any(|role| user.has(role)));
    let has_permissions = access.permissions.iter().all(|permission| user.has(permission))
        && (access.any_permission.is_empty() || access.any_permission.iter().any(|permission| user.has(permission)));
    if has_roles && has_permissions {
        return Ok(());
    }
    if has_endpoints {
        return Err(Refusal::Reply(Reply::empty(403)));
    }
    if access.by_validator {
        return Err(Refusal::Failure(Failure::new(403, "Forbidden", "Forbidden").reason("Forbidden")));
    }
    let reason = if has_roles { "Invalid Permission" } else { "Invalid Role" };
    let query: Vec<String> = request.query.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let text = format!(
        "Forbidden\r\n\r\nRequest.HttpMethod: {verb}\r\nRequest.PathInfo: {}\r\nRequest.QueryString: {}\r\n\r\n",
        request.path,
        query.join("&")
    );
    Err(Refusal::Reply(Reply::with_body(403, "text/plain", text).reason(reason)))
}

fn is_basic(request: &Request) -> bool {
    request.header("authorization").is_some_and(|value| value.to_ascii_lowercase().starts_with("basic "))
}
