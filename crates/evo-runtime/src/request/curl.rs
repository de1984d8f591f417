//! A request as a line for `curl`, to be tried in a shell.

use std::fmt::Write as _;

use http::Method;

use super::PreparedRequest;
use super::long_get::METHOD_OVERRIDE;
use crate::transport::Body;
use crate::wire::SECRET;

/// Takes the body from standard input.
const FROM_INPUT: &str = " --data-binary @-";

impl PreparedRequest {
    /// The request as a command of a POSIX shell. Secret members and header values that may be secret are shown as `<secret>`. Credentials and
    /// cookies of the client are not part of it. A body that is not text, is a stream, or may repeat secrets is read from standard input.
    #[must_use]
    pub fn to_curl(&self) -> String {
        self.curl(false)
    }

    /// The request as a command of a POSIX shell, with all secrets: not for logs.
    #[must_use]
    pub fn to_curl_with_secrets(&self) -> String {
        self.curl(true)
    }

    fn curl(&self, with_secrets: bool) -> String {
        let mut command = "curl".to_owned();
        // Writing to a `String` does not fail.
        let has_body = !self.body.is_empty();
        let _ = match (&self.method, has_body) {
            (&Method::GET, false) => Ok(()),
            // Told to send HEAD, curl would wait for a body.
            (&Method::HEAD, false) => write!(command, " --head"),
            (&Method::GET, true) => write!(command, " -X POST"),
            (method, _) => write!(command, " -X {}", quoted(method.as_str())),
        };
        let (url, body) =
            if with_secrets { (&self.url, Some(&self.body)) } else { (self.shown_url(), self.shown_body()) };
        let _ = write!(command, " {}", quoted(url.as_str()));
        for (name, value) in &self.headers {
            let is_secret = value.is_sensitive() && !with_secrets;
            let value = if is_secret { SECRET.into() } else { String::from_utf8_lossy(value.as_bytes()) };
            let _ = write!(command, " -H {}", quoted(&format!("{name}: {value}")));
        }
        if self.is_long_get() {
            let _ = write!(command, " -H {}", quoted(&format!("{METHOD_OVERRIDE}: GET")));
        }
        // No word of a shell holds a NUL.
        let text = |body| std::str::from_utf8(body).ok().filter(|text| !text.contains('\0')).map(quoted);
        match body.and_then(Body::as_bytes).filter(|_| has_body).and_then(text) {
            Some(data) => command.extend([" --data-raw ", &data]),
            None if has_body => command.push_str(FROM_INPUT),
            None => {}
        }
        command
    }
}

/// A text as one word of a POSIX shell.
fn quoted(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=,@%+".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}
