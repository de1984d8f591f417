//! Sessions that outlive a program.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Client;
use super::cookies::CookieJar;
use super::session::Tokens;
use crate::auth::Secret;
use crate::error::{Error, ErrorKind};

/// The cookies that sign a client in.
const SIGN_IN_COOKIES: [&str; 4] = ["ss-id", "ss-pid", "ss-tok", ".AspNetCore.Identity.Application"];

/// The session of a client and its clones, returned by [`Client::session`].
///
/// See [`guide::signing_in`](crate::guide::signing_in).
#[derive(Debug, Clone, Copy)]
pub struct ClientSession<'a> {
    pub(super) client: &'a Client,
}

impl ClientSession<'_> {
    /// Returns a copy of the cookies and tokens of the session.
    #[must_use]
    pub fn save(&self) -> SavedSession {
        let Tokens { bearer, refresh } = self.client.session.tokens().clone();
        let cookies = self.client.session.cookies().clone();
        SavedSession { origin: origin_of(self.client), cookies, bearer, refresh }
    }

    /// Replaces the session with a saved one. The next call shows whether the server still accepts it, and so does
    /// [`Client::is_signed_in`].
    ///
    /// # Errors
    ///
    /// If the saved session belongs to another host. The current session is then kept.
    pub fn load(&self, saved: &SavedSession) -> Result<(), Error> {
        let origin = origin_of(self.client);
        if saved.origin != origin {
            let message = format!("the saved session belongs to {}, the client calls {origin}", saved.origin);
            return Err(Error::new(ErrorKind::Configuration, message));
        }
        let session = &self.client.session;
        *session.cookies() = saved.cookies.clone();
        *session.tokens() = Tokens { bearer: saved.bearer.clone(), refresh: saved.refresh.clone() };
        session.renewed(!saved.is_empty() || !self.client.settings.options.auth.begins_with_sign_in(), Ok(()));
        Ok(())
    }

    /// Removes cookies and tokens without a request. [`Client::logout`] also ends the session on the server.
    pub fn clear(&self) {
        let session = &self.client.session;
        *session.cookies() = CookieJar::default();
        *session.tokens() = Tokens::default();
        session.renewed(!self.client.settings.options.auth.begins_with_sign_in(), Ok(()));
    }

    /// Sends this token as `Authorization: Bearer` from now on. [`ApiKey`](crate::ApiKey) and [`AuthSecret`](crate::AuthSecret) take
    /// precedence over it.
    pub fn set_bearer(&self, token: impl Into<String>) {
        self.client.session.tokens().bearer = Some(Secret::from(token));
        self.client.session.renewed(true, Ok(()));
    }

    /// Uses this refresh token to renew tokens from now on.
    pub fn set_refresh_token(&self, token: impl Into<String>) {
        self.client.session.tokens().refresh = Some(Secret::from(token));
    }

    /// Returns the names and values of the cookies of the session, in the order in which the server set them. They are secrets.
    #[must_use]
    pub fn cookies(&self) -> Vec<(String, String)> {
        self.client.session.cookies().all()
    }

    /// Returns the value of the cookie of this name. It may be a secret.
    #[must_use]
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies().into_iter().find_map(|(known, value)| (known == name).then_some(value))
    }

    /// Sends this cookie with every request from now on, until the server or [`remove_cookie`](Self::remove_cookie) deletes it.
    ///
    /// # Errors
    ///
    /// If the name or the value is not allowed in a header.
    pub fn set_cookie(&self, name: &str, value: &str) -> Result<(), Error> {
        let session = &self.client.session;
        if !session.cookies().set(name, value) {
            let message = format!("the cookie {name:?} holds a character that a cookie cannot have");
            return Err(Error::new(ErrorKind::Configuration, message));
        }
        if SIGN_IN_COOKIES.contains(&name) {
            session.renewed(true, Ok(()));
        }
        Ok(())
    }

    /// Deletes the cookies of this name.
    pub fn remove_cookie(&self, name: &str) {
        self.client.session.cookies().remove(name);
    }

    /// Returns the token that is sent as `Authorization: Bearer`, or `None` if there is none or if it is in a cookie. It is a secret.
    #[must_use]
    pub fn bearer(&self) -> Option<String> {
        self.client.session.tokens().bearer.as_ref().map(|token| token.reveal().to_owned())
    }
}

/// Returns the scheme, host and port of the client's base URL.
fn origin_of(client: &Client) -> String {
    client.settings.base.origin().ascii_serialization()
}

/// A session that outlives a run of the program.
///
/// **It is a secret**: whoever has it is signed in. Store it where only the user can read it, and keep it out of logs. `Debug` shows only
/// the host and the names of the cookies; [`to_json`](Self::to_json), [`FromStr`] and serde include everything. Passwords and API keys are
/// not part of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SavedSession {
    /// Scheme, host and port.
    origin: String,
    #[serde(default)]
    cookies: CookieJar,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    bearer: Option<Secret>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    refresh: Option<Secret>,
}

impl SavedSession {
    /// Returns the session as JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Strings and numbers always serialize.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Whether the session contains nothing that could sign a user in.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cookies.is_empty() && self.bearer.is_none() && self.refresh.is_none()
    }
}

/// Parses the output of [`SavedSession::to_json`].
impl FromStr for SavedSession {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        // The message of serde_json may repeat part of the text.
        serde_json::from_str(text).map_err(|error| {
            let place = format!("line {} column {}", error.line(), error.column());
            Error::new(ErrorKind::Configuration, format!("the text is not a saved session: it is invalid at {place}"))
                .with_hint("sign in anew")
        })
    }
}
