//! The cookies of a session with one host.

use std::fmt;

use http::header::{COOKIE, DATE, Entry, SET_COOKIE};
use http::{HeaderMap, HeaderValue};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use url::Url;

use crate::clock::{cookie_date, date_in, now};

/// Cookies in the order in which they arrived. Servers delete and set a cookie in the same response, so the order of `Set-Cookie` matters.
///
/// A client talks to a single host, which owns all its cookies, so `Domain` is ignored.
#[derive(Clone, PartialEq, Eq, Default, Serialize)]
#[serde(transparent)]
pub(super) struct CookieJar {
    cookies: Vec<Cookie>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Cookie {
    name: Octets,
    value: Octets,
    path: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    secure: bool,
    /// In seconds since 1970; `None` for a session cookie.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expires: Option<i64>,
}

impl CookieJar {
    /// Adds the cookies for a URL to the headers of a request, longer paths first (RFC 6265, section 5.4). A cookie that is already in the
    /// headers takes precedence over one of the same name in the jar.
    pub(super) fn add_to(&mut self, headers: &mut HeaderMap, url: &Url) {
        let now = now();
        self.cookies.retain(|cookie| !cookie.is_expired(now));
        let mut given: Vec<&[u8]> = Vec::new();
        for header in headers.get_all(COOKIE) {
            let pairs = header.as_bytes().split(|byte| *byte == b';').map(<[u8]>::trim_ascii);
            given.extend(pairs.filter(|pair| !pair.is_empty()));
        }
        let is_given = |cookie: &Cookie| given.iter().any(|pair| name_of(pair) == cookie.name.0);
        let mut cookies: Vec<&Cookie> =
            self.cookies.iter().filter(|cookie| cookie.belongs_to(url) && !is_given(cookie)).collect();
        if cookies.is_empty() && given.len() < 2 {
            return;
        }
        cookies.sort_by_key(|cookie| std::cmp::Reverse(cookie.path.len()));
        let mut pairs: Vec<Vec<u8>> = given.into_iter().map(<[u8]>::to_vec).collect();
        pairs.extend(cookies.into_iter().filter_map(Cookie::pair));
        if let Ok(mut value) = HeaderValue::from_bytes(&pairs.join(&b"; "[..])) {
            value.set_sensitive(true);
            headers.insert(COOKIE, value);
        }
    }

    /// Applies the `Set-Cookie` lines of a response, in order.
    pub(super) fn store(&mut self, url: &Url, headers: &HeaderMap) {
        let now = now();
        // Lifetimes are relative to the server's clock, if it sends a date. With a local clock that is a day off, nobody would stay signed
        // in.
        let sent = date_in(headers, &DATE).unwrap_or(now);
        for line in headers.get_all(SET_COOKIE) {
            let Some(mut cookie) = parse(line.as_bytes(), url, sent) else { continue };
            let is_deleted = cookie.is_expired(sent);
            cookie.expires = cookie.expires.map(|expires| now.saturating_add(expires.saturating_sub(sent)));
            if is_deleted {
                self.cookies.retain(|known| !known.is_same(&cookie));
            } else {
                self.put(cookie);
            }
        }
    }

    /// Sets a cookie for all paths of the host; returns whether it can be sent.
    pub(super) fn set(&mut self, name: &str, value: &str) -> bool {
        let octets = |text: &str| Octets(text.as_bytes().to_vec());
        let cookie =
            Cookie { name: octets(name), value: octets(value), path: "/".to_owned(), secure: false, expires: None };
        let can_be_sent = cookie.pair().is_some();
        if can_be_sent {
            self.cookies.retain(|known| known.name != cookie.name || known.path == cookie.path);
            self.put(cookie);
        }
        can_be_sent
    }

    /// Replaces the cookie of the same name and path in place, or adds it.
    fn put(&mut self, cookie: Cookie) {
        match self.cookies.iter_mut().find(|known| known.is_same(&cookie)) {
            Some(known) => *known = cookie,
            None => self.cookies.push(cookie),
        }
    }

    /// Returns the value of the first cookie of this name that is sent to a URL.
    pub(super) fn get(&self, name: &str, url: &Url) -> Option<String> {
        let now = now();
        let cookies = self.cookies.iter().filter(|cookie| cookie.name.0 == name.as_bytes());
        cookies
            .filter(|cookie| !cookie.is_expired(now) && cookie.belongs_to(url))
            .min_by_key(|cookie| std::cmp::Reverse(cookie.path.len()))
            .map(|cookie| cookie.value.text())
    }

    /// Returns the names and values of the cookies that have not expired, in the order in which they arrived.
    pub(super) fn all(&self) -> Vec<(String, String)> {
        let now = now();
        let cookies = self.cookies.iter().filter(|cookie| !cookie.is_expired(now));
        cookies.map(|cookie| (cookie.name.text(), cookie.value.text())).collect()
    }

    /// Removes the cookies of this name.
    pub(super) fn remove(&mut self, name: &str) {
        self.cookies.retain(|cookie| cookie.name.0 != name.as_bytes());
    }

    pub(super) fn is_empty(&self) -> bool {
        self.cookies.is_empty()
    }
}

impl Cookie {
    fn is_expired(&self, now: i64) -> bool {
        self.expires.is_some_and(|expires| expires <= now)
    }

    fn is_same(&self, other: &Self) -> bool {
        self.name == other.name && self.path == other.path
    }

    fn belongs_to(&self, url: &Url) -> bool {
        (!self.secure || url.scheme() == "https") && is_below(url.path(), &self.path)
    }

    /// Returns the cookie as it is sent, or `None` if no header can carry it, which can happen after a session is loaded.
    fn pair(&self) -> Option<Vec<u8>> {
        let is_name = !self.name.0.is_empty() && !self.name.0.contains(&b'=');
        let pair = [&self.name.0[..], b"=", &self.value.0].concat();
        (is_name && !pair.contains(&b';') && HeaderValue::from_bytes(&pair).is_ok()).then_some(pair)
    }
}

/// Skips cookies that cannot be read, and keeps the rest.
impl<'de> Deserialize<'de> for CookieJar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let saved = Vec::<serde_json::Value>::deserialize(deserializer)?;
        let cookies = saved.into_iter().filter_map(|cookie| serde_json::from_value(cookie).ok());
        Ok(Self { cookies: cookies.collect() })
    }
}

/// Shows only the names, since the values are secret.
impl fmt::Debug for CookieJar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.cookies.iter().map(|cookie| cookie.name.text())).finish()
    }
}

/// A name or value as the server sent it, which need not be UTF-8.
#[derive(Clone, PartialEq, Eq)]
struct Octets(Vec<u8>);

impl Octets {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0).into_owned()
    }
}

/// Serializes a string, or a list of bytes if it is not UTF-8.
impl Serialize for Octets {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match std::str::from_utf8(&self.0) {
            Ok(text) => text.serialize(serializer),
            Err(_) => self.0.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Octets {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Saved {
            Text(String),
            Bytes(Vec<u8>),
        }
        Ok(Self(match Saved::deserialize(deserializer)? {
            Saved::Text(text) => text.into_bytes(),
            Saved::Bytes(bytes) => bytes,
        }))
    }
}

/// Whether a response sets a cookie of this name to a non-empty value.
pub(super) fn sets(headers: &HeaderMap, name: &str) -> bool {
    headers.get_all(SET_COOKIE).iter().any(|line| {
        let pair = line.as_bytes().split(|byte| *byte == b';').next().unwrap_or_default();
        name_of(pair) == name.as_bytes() && pair.trim_ascii_end().last() != Some(&b'=')
    })
}

/// Marks the cookies of a response as sensitive, so that `Debug` does not show them. Returns whether there are any.
pub(super) fn hide_cookies(headers: &mut HeaderMap) -> bool {
    let Entry::Occupied(mut cookies) = headers.entry(SET_COOKIE) else { return false };
    cookies.iter_mut().for_each(|cookie| cookie.set_sensitive(true));
    true
}

/// Returns the name in `name=value`.
fn name_of(pair: &[u8]) -> &[u8] {
    pair.split(|byte| *byte == b'=').next().unwrap_or_default().trim_ascii()
}

/// Reads a `Set-Cookie` line (RFC 6265, section 5.2).
fn parse(line: &[u8], url: &Url, now: i64) -> Option<Cookie> {
    let mut parts = line.split(|byte| *byte == b';');
    let pair = parts.next()?;
    let name = name_of(pair);
    let value = pair.get(pair.iter().position(|byte| *byte == b'=')? + 1..)?.trim_ascii();
    if name.is_empty() {
        return None;
    }
    let mut cookie = Cookie {
        name: Octets(name.to_vec()),
        value: Octets(value.to_vec()),
        path: default_path(url),
        secure: false,
        expires: None,
    };
    let mut max_age = None;
    for attribute in parts {
        let attribute = String::from_utf8_lossy(attribute);
        let (name, value) = attribute.split_once('=').unwrap_or((&attribute, ""));
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "path" if value.starts_with('/') => value.clone_into(&mut cookie.path),
            "path" => cookie.path = default_path(url),
            "secure" => cookie.secure = true,
            "expires" => cookie.expires = cookie_date(value).or(cookie.expires),
            "max-age" => max_age = seconds(value).or(max_age),
            _ => {}
        }
    }
    if let Some(seconds) = max_age {
        cookie.expires = Some(now.saturating_add(seconds));
    }
    Some(cookie)
}

/// Parses the seconds of a `Max-Age`, saturating if they exceed an `i64`.
fn seconds(text: &str) -> Option<i64> {
    let (digits, limit) = text.strip_prefix('-').map_or((text, i64::MAX), |digits| (digits, i64::MIN));
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(limit))
}

/// Returns the default path of a cookie (RFC 6265, section 5.1.4).
fn default_path(url: &Url) -> String {
    match url.path().rsplit_once('/') {
        Some((folder, _)) if !folder.is_empty() => folder.to_owned(),
        _ => "/".to_owned(),
    }
}

/// Whether a path equals the path of a cookie or is below it.
fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || folder.ends_with('/') || rest.starts_with('/'))
}
