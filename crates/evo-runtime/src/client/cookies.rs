//! The cookies of a session with one host.

use std::fmt;

use http::header::{DATE, Entry, SET_COOKIE};
use http::{HeaderMap, HeaderValue};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::clock::{date_in, date_of, now};

/// Cookies in the order in which they came. Servers delete and set a cookie in one answer, so the order of `Set-Cookie` counts.
///
/// A client talks to one host, and all its cookies are that host's: `Domain` is not looked at.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct CookieJar {
    cookies: Vec<Cookie>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Cookie {
    name: String,
    value: String,
    path: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    secure: bool,
    /// In seconds since 1970; none: as long as the session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expires: Option<i64>,
}

impl CookieJar {
    /// The header `Cookie` of a request.
    pub(super) fn header(&mut self, url: &Url) -> Option<HeaderValue> {
        if self.cookies.is_empty() {
            return None;
        }
        let now = now();
        self.cookies.retain(|cookie| cookie.expires.is_none_or(|expires| expires > now));
        let pairs: Vec<String> = self
            .cookies
            .iter()
            .filter(|cookie| (!cookie.secure || url.scheme() == "https") && is_below(url.path(), &cookie.path))
            .map(|cookie| format!("{}={}", cookie.name, cookie.value))
            .collect();
        let mut value = HeaderValue::try_from(pairs.join("; ")).ok().filter(|value| !value.is_empty())?;
        value.set_sensitive(true);
        Some(value)
    }

    /// Applies the `Set-Cookie` lines of an answer, in order.
    pub(super) fn store(&mut self, url: &Url, headers: &HeaderMap) {
        let now = now();
        // Lives are counted from the server's own clock where it shows it: with a clock that is a day off, nobody would stay signed in.
        let sent = date_in(headers, &DATE).unwrap_or(now);
        for line in headers.get_all(SET_COOKIE) {
            let Some(mut cookie) = std::str::from_utf8(line.as_bytes()).ok().and_then(|line| parse(line, url, sent))
            else {
                continue;
            };
            let is_deleted = cookie.expires.is_some_and(|expires| expires <= sent);
            cookie.expires = cookie.expires.map(|expires| now.saturating_add(expires.saturating_sub(sent)));
            let known = self.cookies.iter().position(|known| known.name == cookie.name && known.path == cookie.path);
            match (known, is_deleted) {
                (Some(index), true) => drop(self.cookies.remove(index)),
                (None, true) => {}
                (Some(index), false) => {
                    if let Some(known) = self.cookies.get_mut(index) {
                        *known = cookie;
                    }
                }
                (None, false) => self.cookies.push(cookie),
            }
        }
    }

    /// Whether there is a cookie of this name that is sent to an address.
    pub(super) fn has(&self, name: &str, url: &Url) -> bool {
        let now = now();
        self.cookies.iter().any(|cookie| {
            cookie.name == name
                && !cookie.value.is_empty()
                && cookie.expires.is_none_or(|expires| expires > now)
                && (!cookie.secure || url.scheme() == "https")
                && is_below(url.path(), &cookie.path)
        })
    }

    /// Forgets the cookies of this name.
    pub(super) fn forget(&mut self, name: &str) {
        self.cookies.retain(|cookie| cookie.name != name);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.cookies.is_empty()
    }
}

/// The names alone: values are secret.
impl fmt::Debug for CookieJar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.cookies.iter().map(|cookie| &cookie.name)).finish()
    }
}

/// Whether an answer sets a cookie of this name to a value.
pub(super) fn sets(headers: &HeaderMap, name: &str) -> bool {
    headers.get_all(SET_COOKIE).iter().any(|line| {
        let pair = line.as_bytes().split(|byte| *byte == b';').next().unwrap_or_default();
        std::str::from_utf8(pair)
            .ok()
            .and_then(|pair| pair.split_once('='))
            .is_some_and(|(known, value)| known.trim() == name && !value.trim().is_empty())
    })
}

/// Marks the cookies of an answer as secret, so that `Debug` does not show them. Answers whether there are some.
pub(super) fn hide_cookies(headers: &mut HeaderMap) -> bool {
    let Entry::Occupied(mut cookies) = headers.entry(SET_COOKIE) else { return false };
    cookies.iter_mut().for_each(|cookie| cookie.set_sensitive(true));
    true
}

/// Reads a `Set-Cookie` line (RFC 6265, section 5.2).
fn parse(line: &str, url: &Url, now: i64) -> Option<Cookie> {
    let mut parts = line.split(';');
    let (name, value) = parts.next()?.split_once('=')?;
    let name = name.trim();
    if name.is_empty() {
        return None;
    }
    let mut cookie = Cookie {
        name: name.to_owned(),
        value: value.trim().to_owned(),
        path: default_path(url),
        secure: false,
        expires: None,
    };
    let mut max_age = None;
    for attribute in parts {
        let (name, value) = attribute.split_once('=').unwrap_or((attribute, ""));
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "path" if value.starts_with('/') => value.clone_into(&mut cookie.path),
            "secure" => cookie.secure = true,
            "expires" => cookie.expires = date_of(value),
            "max-age" => max_age = value.parse::<i64>().ok(),
            _ => {}
        }
    }
    if let Some(seconds) = max_age {
        cookie.expires = Some(now.saturating_add(seconds));
    }
    Some(cookie)
}

/// The folder of an address (RFC 6265, section 5.1.4).
fn default_path(url: &Url) -> String {
    match url.path().rsplit_once('/') {
        Some((folder, _)) if !folder.is_empty() => folder.to_owned(),
        _ => "/".to_owned(),
    }
}

/// Whether a path is the same as, or below, the path of a cookie.
fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || folder.ends_with('/') || rest.starts_with('/'))
}
