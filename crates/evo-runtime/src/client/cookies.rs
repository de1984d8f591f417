//! The cookies of a session with one host.

use http::HeaderValue;
use http::header::GetAll;
use jiff::{SignedDuration, Timestamp};
use url::Url;

/// Cookies in the order in which they came. Servers delete and set a cookie in one answer, so the order of `Set-Cookie` counts.
///
/// A client talks to one host, and all its cookies are that host's: `Domain` is not looked at.
#[derive(Default)]
pub(super) struct CookieJar {
    cookies: Vec<Cookie>,
}

struct Cookie {
    name: String,
    value: String,
    path: String,
    secure: bool,
    /// None: as long as the client.
    expires: Option<Timestamp>,
}

impl CookieJar {
    /// The header `Cookie` of a request.
    pub(super) fn header(&mut self, url: &Url) -> Option<HeaderValue> {
        let now = Timestamp::now();
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
    pub(super) fn store(&mut self, url: &Url, lines: GetAll<'_, HeaderValue>) {
        let now = Timestamp::now();
        for line in lines {
            let Some(cookie) = std::str::from_utf8(line.as_bytes()).ok().and_then(|line| parse(line, url, now)) else {
                continue;
            };
            let known = self.cookies.iter().position(|known| known.name == cookie.name && known.path == cookie.path);
            let is_deleted = cookie.expires.is_some_and(|expires| expires <= now);
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
}

/// Reads a `Set-Cookie` line (RFC 6265, section 5.2).
fn parse(line: &str, url: &Url, now: Timestamp) -> Option<Cookie> {
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
            "expires" => cookie.expires = date(value),
            "max-age" => max_age = value.parse::<i64>().ok(),
            _ => {}
        }
    }
    if let Some(seconds) = max_age {
        let end = now.checked_add(SignedDuration::from_secs(seconds));
        cookie.expires = Some(end.unwrap_or(if seconds > 0 { Timestamp::MAX } else { Timestamp::MIN }));
    }
    Some(cookie)
}

/// `Tue, 20 Nov 2046 20:11:44 GMT`, also with dashes.
fn date(text: &str) -> Option<Timestamp> {
    let text = text.replace('-', " ");
    jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(&text).ok()
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
