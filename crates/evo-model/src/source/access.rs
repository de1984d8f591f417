//! Access to a service: credentials and trusted certificates.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use reqwest::Certificate;
use reqwest::blocking::{ClientBuilder, RequestBuilder};
use reqwest::header::{AUTHORIZATION, COOKIE, HeaderMap, HeaderName, HeaderValue};
use url::Url;

use super::http::install_crypto_provider;
use super::target::{Target, is_this_machine};
use crate::error::Error;

/// The timeout for connecting to the service.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);

/// The environment variables that are used if an option is not set.
const BEARER: &str = "EVO_GEN_BEARER";
const BASIC: &str = "EVO_GEN_BASIC";
const COOKIES: &str = "EVO_GEN_COOKIE";
const HEADERS: &str = "EVO_GEN_HEADERS";

/// The credentials that are sent to a service, and the certificates that are trusted.
///
/// Credentials are only sent to the requested host. They are never printed: `Debug` shows only which of them are set. Certificates are
/// verified against the system's; on Linux, `SSL_CERT_FILE` and `SSL_CERT_DIR` replace these.
#[derive(Clone, Default)]
pub struct Access {
    bearer: Option<String>,
    basic: Option<(String, String)>,
    cookies: Vec<String>,
    headers: Vec<(String, String)>,
    roots: Vec<PathBuf>,
    is_insecure: bool,
}

impl Access {
    /// Creates a value without credentials that trusts the system's certificates.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads the environment: `EVO_GEN_BEARER` (a token), `EVO_GEN_BASIC` (`user:password`), `EVO_GEN_COOKIE`
    /// (`name=value; other=value`) and `EVO_GEN_HEADERS` (`Name: value`, one per line).
    ///
    /// # Errors
    ///
    /// Fails if a variable is malformed. The error does not contain the value.
    pub fn from_environment() -> Result<Self, Error> {
        Self::from_variables(|name| std::env::var(name).ok())
    }

    /// Reads the variables of [`Access::from_environment`] from a function. Empty variables count as not set.
    ///
    /// # Errors
    ///
    /// Fails if a variable is malformed. The error does not contain the value.
    pub fn from_variables(variable: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        let variable = |name: &str| variable(name).filter(|value| !value.trim().is_empty());
        let mut access = Self { bearer: variable(BEARER), ..Self::default() };
        if let Some(pair) = variable(BASIC) {
            access = access.basic_pair(&pair).map_err(|error| error.at(BASIC))?;
        }
        if let Some(cookies) = variable(COOKIES) {
            access = access.cookie_line(&cookies).map_err(|error| error.at(COOKIES))?;
        }
        for line in variable(HEADERS).iter().flat_map(|lines| lines.lines()).filter(|line| !line.trim().is_empty()) {
            access = access.header_line(line).map_err(|error| error.at(HEADERS))?;
        }
        Ok(access)
    }

    /// Sends `Authorization: Bearer token`: a JWT or an API key.
    #[must_use]
    pub fn bearer(mut self, token: impl Into<String>) -> Self {
        self.bearer = Some(token.into());
        self
    }

    /// Sends `Authorization: Basic` with a user and password.
    #[must_use]
    pub fn basic(mut self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.basic = Some((user.into(), password.into()));
        self
    }

    /// Sends `Authorization: Basic` with `user:password`. The user ends at the first colon.
    ///
    /// # Errors
    ///
    /// Fails if there is no colon. The error does not contain the input.
    pub fn basic_pair(self, pair: &str) -> Result<Self, Error> {
        let (user, password) = pair.split_once(':').ok_or_else(|| {
            Error::usage("the user and password for Basic authentication are not separated by a colon")
                .help("write `user:password`")
        })?;
        Ok(self.basic(user, password))
    }

    /// Sends cookies: `name=value`, separated by `; `.
    #[must_use]
    pub fn cookie(mut self, cookies: impl Into<String>) -> Self {
        self.cookies.push(cookies.into());
        self
    }

    /// Sends cookies of the form `name=value; other=value`.
    ///
    /// # Errors
    ///
    /// Fails if a cookie has no `=`. The error does not contain the text.
    pub fn cookie_line(self, cookies: &str) -> Result<Self, Error> {
        if cookies.split(';').all(|cookie| cookie.contains('=') || cookie.trim().is_empty()) && cookies.contains('=') {
            return Ok(self.cookie(cookies));
        }
        Err(Error::usage("a cookie has no `=`").help("write `name=value; other=value`"))
    }

    /// Sends a header.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sends a header of the form `Name: value`.
    ///
    /// # Errors
    ///
    /// Fails if there is no colon, or no name before it. The error does not contain the text.
    pub fn header_line(self, line: &str) -> Result<Self, Error> {
        let malformed = |message: &str| Error::usage(message).help("write `Name: value`");
        let (name, value) = line.split_once(':').ok_or_else(|| malformed("a header has no colon"))?;
        if name.trim().is_empty() {
            return Err(malformed("a header has no name"));
        }
        Ok(self.header(name.trim(), value.trim()))
    }

    /// Also trusts the certificates in a PEM file, for example that of a company or a development certificate.
    #[must_use]
    pub fn ca_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.roots.push(path.into());
        self
    }

    /// Accepts any certificate. An attacker on the network can then read the credentials and modify the document. Use this only for
    /// services on your own machine.
    #[must_use]
    pub fn danger_accept_invalid_certs(mut self) -> Self {
        self.is_insecure = true;
        self
    }

    /// Adds the values that are set in `other` but not in `self`. If `self` has credentials, those of `other` are ignored.
    #[must_use]
    pub fn or(mut self, other: Self) -> Self {
        let signs_in = self.signs_in();
        if !signs_in {
            self.bearer = other.bearer;
            self.basic = other.basic;
        }
        if self.cookies.is_empty() {
            self.cookies = other.cookies;
        }
        for (name, value) in other.headers {
            let known = self.headers.iter().any(|(own, _)| own.eq_ignore_ascii_case(&name));
            let taken = signs_in && is_authorization(&name);
            if !known && !taken {
                self.headers.push((name, value));
            }
        }
        self
    }

    /// Adds the user and password that a URL holds, unless `self` has credentials.
    #[must_use]
    pub fn or_of_url(self, url: &str) -> Self {
        match Target::parse(url) {
            Ok((Target { credentials: Some((user, password)), .. }, _)) if !self.signs_in() => {
                self.basic(user, password)
            }
            _ => self,
        }
    }

    /// Whether there are no credentials.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bearer.is_none() && self.basic.is_none() && self.cookies.is_empty() && self.headers.is_empty()
    }

    fn signs_in(&self) -> bool {
        self.bearer.is_some() || self.basic.is_some() || self.headers.iter().any(|(name, _)| is_authorization(name))
    }

    /// Builds the request headers.
    ///
    /// # Errors
    ///
    /// Fails if a header is invalid. The error contains its name, but never its value.
    pub(super) fn headers(&self) -> Result<HeaderMap, Error> {
        let ways = usize::from(self.bearer.is_some())
            + usize::from(self.basic.is_some())
            + self.headers.iter().filter(|(name, _)| is_authorization(name)).count();
        if ways > 1 {
            return Err(Error::usage("several credentials are set, but a request has only one `Authorization` header")
                .help("set only one of: a bearer token, a user and password, the header `Authorization`"));
        }
        let mut headers = HeaderMap::new();
        let cookies = (!self.cookies.is_empty()).then(|| ("Cookie".to_owned(), self.cookies.join("; ")));
        let bearer = self.bearer.as_ref().map(|token| ("Authorization".to_owned(), format!("Bearer {}", token.trim())));
        for (name, value) in self.headers.iter().chain(&cookies).chain(&bearer) {
            let refused = |what| {
                Error::usage(format!("the {what} of the header `{}` is invalid", name.escape_debug()))
                    .help("header names are ASCII tokens, and values are single lines")
            };
            let key = HeaderName::from_bytes(name.as_bytes()).map_err(|_| refused("name"))?;
            let mut value = HeaderValue::from_bytes(value.as_bytes()).map_err(|_| refused("value"))?;
            value.set_sensitive(true);
            headers.append(key, value);
        }
        Ok(headers)
    }

    /// Checks that all headers are valid, and that there is at most one kind of credentials.
    ///
    /// # Errors
    ///
    /// Fails if a header is invalid. The error contains its name, but never its value.
    pub fn check(&self) -> Result<(), Error> {
        self.headers().map(drop)
    }

    /// Returns the token of [`Access::bearer`].
    #[must_use]
    pub fn bearer_token(&self) -> Option<&str> {
        self.bearer.as_deref().map(str::trim)
    }

    /// Returns the user and password of [`Access::basic`].
    #[must_use]
    pub fn user_and_password(&self) -> Option<(&str, &str)> {
        self.basic.as_ref().map(|(user, password)| (user.as_str(), password.as_str()))
    }

    /// Returns the names and values of the headers and cookies, without the `Authorization` header of a token or password.
    pub fn other_headers(&self) -> impl Iterator<Item = (&str, &str)> {
        let headers = self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        headers.chain(self.cookies.iter().map(|cookies| ("Cookie", cookies.as_str())))
    }

    /// Returns a builder for a client that calls the service with the trusted certificates, bypassing any proxy for this machine.
    ///
    /// # Errors
    ///
    /// Fails if the certificates cannot be read, or if the URL is invalid.
    pub fn client_builder(&self, base_url: &str) -> Result<reqwest::ClientBuilder, Error> {
        let url = Url::parse(base_url)
            .map_err(|error| Error::usage(format!("the URL of the service is invalid: {error}")))?;
        install_crypto_provider();
        let mut builder = reqwest::Client::builder().connect_timeout(CONNECT_TIMEOUT);
        if is_this_machine(&url) {
            builder = builder.no_proxy();
        }
        let certificates = self.certificates()?;
        if !certificates.is_empty() {
            builder = builder.tls_certs_merge(certificates);
        }
        Ok(if self.is_insecure { builder.tls_danger_accept_invalid_certs(true) } else { builder })
    }

    /// Reads the certificates of [`Access::ca_file`].
    fn certificates(&self) -> Result<Vec<Certificate>, Error> {
        let mut all = Vec::new();
        for path in &self.roots {
            let unreadable =
                || Error::usage("the certificates of `--ca` cannot be read").at(path.display().to_string());
            let unusable = |error: Box<dyn std::error::Error + Send + Sync>| {
                unreadable().help("use a PEM file, which begins with `-----BEGIN CERTIFICATE-----`").caused_by(error)
            };
            let text = std::fs::read(path).map_err(|error| {
                unreadable().help("check the path; it is relative to the current folder").caused_by(error)
            })?;
            let certificates = Certificate::from_pem_bundle(&text).map_err(|error| unusable(error.into()))?;
            if certificates.is_empty() {
                return Err(unusable("the file contains no certificate".into()));
            }
            all.extend(certificates);
        }
        Ok(all)
    }

    /// Configures the trusted certificates of a client.
    pub(super) fn trust(&self, builder: ClientBuilder) -> Result<ClientBuilder, Error> {
        let certificates = self.certificates()?;
        let builder = if certificates.is_empty() { builder } else { builder.tls_certs_merge(certificates) };
        Ok(if self.is_insecure { builder.tls_danger_accept_invalid_certs(true) } else { builder })
    }

    /// Adds Basic authentication to a request.
    pub(super) fn sign(&self, request: RequestBuilder) -> RequestBuilder {
        match &self.basic {
            Some((user, password)) => request.basic_auth(user, Some(password)),
            None => request,
        }
    }
}

fn is_authorization(name: &str) -> bool {
    name.eq_ignore_ascii_case(AUTHORIZATION.as_str())
}

/// Returns the secrets that must not be printed if a server echoes them: the values of the sent headers, the password, and the query of
/// the URL.
pub(super) fn secrets(headers: &HeaderMap, access: &Access, url: &Url) -> Vec<String> {
    let sent = headers.iter().filter(|(name, value)| value.is_sensitive() || *name == AUTHORIZATION || *name == COOKIE);
    let mut secrets: Vec<String> =
        sent.map(|(_, value)| String::from_utf8_lossy(value.as_bytes()).into_owned()).collect();
    secrets.extend(url.query().map(str::to_owned));
    let parts: Vec<String> =
        secrets.iter().flat_map(|secret| secret.split([' ', ';', '=', '&'])).map(str::to_owned).collect();
    secrets.extend(parts);
    secrets.extend(url.query_pairs().map(|(_, value)| value.into_owned()));
    secrets.extend(access.basic.iter().map(|(_, password)| password.clone()));
    // Very short values occur in any text. Longer ones come first, so that no part of them remains.
    secrets.retain(|secret| secret.len() > 3 && !matches!(secret.as_str(), "Basic" | "Bearer"));
    secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    secrets
}

impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Access")
            .field("bearer", &self.bearer.as_ref().map(|_| "***"))
            .field("basic", &self.basic.as_ref().map(|_| "***"))
            .field("cookies", &self.cookies.len())
            .field("headers", &self.headers.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>())
            .field("roots", &self.roots)
            .field("is_insecure", &self.is_insecure)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(access: &Access) -> Vec<(String, String)> {
        let headers = access.headers().expect("headers can be sent");
        headers.iter().map(|(name, value)| (name.to_string(), value.to_str().expect("ASCII").to_owned())).collect()
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn options_take_precedence_over_the_environment() {
        let environment = Access::from_variables(|name| {
            let value = match name {
                "EVO_GEN_BEARER" => "env-token",
                "EVO_GEN_BASIC" => " ",
                "EVO_GEN_COOKIE" => "ss-id=env",
                "EVO_GEN_HEADERS" => "X-One: 1\n\nX-Two: env:2\n",
                _ => return None,
            };
            Some(value.to_owned())
        })
        .expect("all variables are valid");
        assert_eq!(
            sent(&environment),
            pairs(&[
                ("x-one", "1"),
                ("x-two", "env:2"),
                ("cookie", "ss-id=env"),
                ("authorization", "Bearer env-token")
            ])
        );
        let options = Access::new().header("x-two", "own").header("Authorization", "Own key");
        assert_eq!(
            sent(&options.or(environment)),
            pairs(&[("x-two", "own"), ("authorization", "Own key"), ("x-one", "1"), ("cookie", "ss-id=env")])
        );
    }

    #[test]
    fn secrets_are_never_printed() {
        let access = Access::new().bearer("s3cret").basic("bob", "s3cret").cookie("a=s3cret").header("X-Key", "s3cret");
        assert_eq!(
            format!("{access:?}"),
            r#"Access { bearer: Some("***"), basic: Some("***"), cookies: 1, headers: ["X-Key"], roots: [], is_insecure: false }"#
        );
        let errors = [
            access.headers().map(|_| ()),
            Access::new().basic_pair("s3cret").map(|_| ()),
            Access::new().header_line("s3cret").map(|_| ()),
            Access::new().header("X-Key", "s3cret\n").headers().map(|_| ()),
            Access::new().header("X Key", "s3cret").headers().map(|_| ()),
            Access::new().bearer("s3cret\r\nX: y").headers().map(|_| ()),
            Access::from_variables(|name| (name == "EVO_GEN_BASIC").then(|| "s3cret".to_owned())).map(|_| ()),
        ];
        for (index, error) in errors.into_iter().enumerate() {
            let error = error.expect_err("it cannot be sent");
            assert!(!format!("{error} {error:?}").contains("s3cret"), "{index}: {error:?}");
            assert_eq!(error.exit_code(), 2, "{index}");
        }
    }
}
