//! Fetches the document and the facts of a service over HTTP.

use std::io::Read;
use std::time::{Duration, Instant};

use reqwest::StatusCode;
use reqwest::blocking::{Client, Response};
use reqwest::header::{ACCEPT, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderValue, LOCATION};
use url::Url;

use super::access::{Access, secrets};
use super::recognise::{Recognised, parse_json, recognise, shorten};
use super::target::{Target, at, forget_credentials, is_this_machine, public};
use super::{Document, FACTS_UNKNOWN, Limits, Origin, Refusal, encoding, endpoints, explain};
use crate::diagnostics::Diagnostics;
use crate::error::Error;
use crate::facts::Facts;

/// The number of bytes that are read from the body of an error response.
const MAX_ERROR_BYTES: u64 = 64 * 1024;

/// The number of other addresses that are tried if there is no document at the given one.
const MAX_BASES: usize = 4;

/// Fetches the document of a service, and its facts.
///
/// `url` is the base URL of the service, possibly with a path prefix, the full URL of a document, or the URL of a page of the service, such
/// as `/ui` or `/metadata`. Without a scheme it is `https`; on this machine, `http` is tried first. A user and password in the URL become
/// Basic authentication. `on_progress` is called before each step that may take long, with a message for users.
///
/// If the facts cannot be fetched, the document carries a warning. Redirects are followed on the same host only.
///
/// # Errors
///
/// Fails if the URL or the credentials are invalid, or if the document cannot be fetched. Errors contain no secrets.
pub fn fetch(url: &str, access: &Access, limits: &Limits, on_progress: &dyn Fn(&str)) -> Result<Document, Error> {
    let (target, other) = Target::parse(url)?;
    let outcome = fetch_target(target, access, limits, on_progress);
    let (Err(error), Some(other)) = (&outcome, other) else { return outcome };
    match fetch_target(other, access, limits, on_progress) {
        // The port does not use TLS, so the first error is the relevant one.
        Err(second) if second.message().starts_with(explain::NO_TLS) || second.message() == error.message() => outcome,
        second => second,
    }
}

fn fetch_target(
    target: Target,
    access: &Access,
    limits: &Limits,
    on_progress: &dyn Fn(&str),
) -> Result<Document, Error> {
    let mut access = access.clone();
    if let Some((user, password)) = target.credentials {
        // Credentials in the URL belong to this service; the environment may be set for another one.
        access = Access::new().basic(user, password).or(access);
    }
    let session = Session::new(access, *limits, on_progress, &target.document)?;
    let Recognised { types, mut facts } =
        session.find_document(&target.document).map_err(|refusal| refusal.at(&public(&target.document)))?;
    let mut remarks = Diagnostics::default();
    if let (None, Some(url)) = (&facts, &target.facts) {
        match session.fetch_facts(url) {
            Ok(found) => facts = Some(found),
            Err(refusal) => remarks.warn(
                FACTS_UNKNOWN,
                public(url),
                format!("the facts of the service are not known: {}", refusal.located()),
                "the client uses defaults that work with every service; `address` and other settings can change them",
            ),
        }
    }
    Ok(Document { types, facts, origin: Origin::Url(target.public), remarks })
}

/// The connection settings and limits for the requests of one run.
struct Session<'a> {
    client: Client,
    access: Access,
    headers: HeaderMap,
    limits: Limits,
    deadline: Option<Instant>,
    secrets: Vec<String>,
    on_progress: &'a dyn Fn(&str),
}

/// A complete response.
struct CompleteResponse {
    status: StatusCode,
    content_type: Option<String>,
    /// The content encoding of the body, although none was requested.
    encoding: Option<String>,
    body: Vec<u8>,
    /// The public part of the URL that a redirect led to.
    redirected: Option<String>,
}

impl CompleteResponse {
    /// Returns the error for a compressed body.
    fn encoded(&self) -> Option<Refusal> {
        let encoding = self.encoding.as_deref().filter(|name| !name.trim().eq_ignore_ascii_case("identity"))?;
        let name = shorten(encoding);
        Some(Refusal::new(
            format!("the response is compressed (`{name}`), although no compression was requested"),
            "correct the service or the proxy before it; or save the document with `curl --compressed`, and read it with `--file`",
        ))
    }
}

/// Installs the default crypto provider of rustls, unless the program has done so.
pub(super) fn install_crypto_provider() {
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        // Fails only if another thread was faster.
        let _ = rustls::crypto::ring::default_provider().install_default();
    }
}

impl<'a> Session<'a> {
    fn new(access: Access, limits: Limits, on_progress: &'a dyn Fn(&str), first: &Url) -> Result<Self, Error> {
        let mut headers = access.headers()?;
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        let mut builder = Client::builder()
            .user_agent(concat!("evo-gen/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none())
            // Other crates may enable these features of reqwest.
            .no_gzip()
            .no_brotli()
            .no_deflate()
            .no_zstd();
        if is_this_machine(first) {
            // A proxy would resolve `localhost` to its own machine.
            builder = builder.no_proxy();
        }
        builder = access.trust(builder)?;
        install_crypto_provider();
        let client = builder.build().map_err(|error| {
            Error::source("no connection can be made")
                .help(
                    "check the certificates and the proxy settings of this machine, or read the document with `--file`",
                )
                .caused_by(error.without_url())
        })?;
        let signed = access.sign(client.get(first.clone()).headers(headers.clone())).build();
        let signed = signed.map_err(|error| {
            Error::usage("the credentials cannot be sent")
                .help("check the user and password, the token and the cookies")
                .caused_by(error.without_url())
        })?;
        let secrets = secrets(signed.headers(), &access, first);
        let deadline = Instant::now().checked_add(limits.time);
        Ok(Self { client, access, headers, limits, deadline, secrets, on_progress })
    }

    /// Fetches the document. If there is none, the error names the address above it that has one, such as that of the host for the URL of
    /// an operation.
    fn find_document(&self, url: &Url) -> Result<Recognised, Refusal> {
        self.fetch_document(url).map_err(|refusal| {
            let bases = endpoints::bases_above(url.path()).take(if refusal.is_wrong_address { MAX_BASES } else { 0 });
            let mut bases = bases.map(|base| at(url, base, endpoints::TYPES));
            match bases.find(|url| self.fetch_document(url).is_ok()) {
                Some(found) => {
                    let address = public(&found);
                    let base = address.strip_suffix(endpoints::TYPES).unwrap_or(&address);
                    explain::at_other_address(refusal, base.trim_end_matches('/'))
                }
                None => refusal,
            }
        })
    }

    fn fetch_document(&self, url: &Url) -> Result<Recognised, Refusal> {
        let answer = self.get(url)?;
        let text = encoding::decode(&answer.body).map_err(|refusal| answer.encoded().unwrap_or(refusal))?;
        recognise(&text).map_err(|_| {
            if let Some(refusal) = answer.encoded() {
                return refusal;
            }
            let kind = answer.content_type.as_deref();
            let refusal = explain::unusable(&self.rejection(&text, recognise), answer.status, kind, &text);
            explain::after_redirect(refusal, answer.redirected.as_deref())
        })
    }

    fn fetch_facts(&self, url: &Url) -> Result<Facts, Refusal> {
        let answer = self.get(url)?;
        let text = encoding::decode(&answer.body).map_err(|refusal| answer.encoded().unwrap_or(refusal))?;
        let value =
            parse_json(&text).map_err(|_| answer.encoded().unwrap_or_else(|| self.rejection(&text, parse_json)))?;
        Facts::from_app(&value).ok_or_else(|| Refusal::new("the response contains none", ""))
    }

    /// Sends a GET request and returns the successful response, after redirects on the same host.
    fn get(&self, url: &Url) -> Result<CompleteResponse, Refusal> {
        let mut url = url.clone();
        let mut redirected = None;
        for _ in 0..=self.limits.redirects {
            (self.on_progress)(&self.without_secrets(&format!("asking {}", public(&url))));
            let response = self.send(&url)?;
            let status = response.status();
            if !is_redirect(status) {
                return self.finish(response, redirected);
            }
            let location = response.headers().get(LOCATION).ok_or_else(|| explain::redirect_without_target(status))?;
            let location = String::from_utf8_lossy(location.as_bytes());
            let mut next = url.join(&location).map_err(|_| explain::redirect_without_target(status))?;
            if !stays_on_host(&url, &next) {
                return Err(explain::redirect(status, &self.without_secrets(&public(&next))));
            }
            forget_credentials(&mut next);
            redirected = Some(self.without_secrets(&public(&next)));
            url = next;
        }
        Err(explain::too_many_redirects(&self.limits))
    }

    fn send(&self, url: &Url) -> Result<Response, Refusal> {
        let request = self.access.sign(self.client.get(url.clone()).headers(self.headers.clone()));
        request.timeout(self.remaining()?).send().map_err(|error| explain::no_response(&error, &self.limits))
    }

    /// Reads a response. `redirected` is the public part of its URL after redirects.
    fn finish(&self, response: Response, redirected: Option<String>) -> Result<CompleteResponse, Refusal> {
        let status = response.status();
        let content_type = response.headers().get(CONTENT_TYPE);
        let content_type = content_type.map(|kind| self.without_secrets(&String::from_utf8_lossy(kind.as_bytes())));
        let encoding = response.headers().get(CONTENT_ENCODING);
        let encoding = encoding.map(|name| self.without_secrets(&String::from_utf8_lossy(name.as_bytes())));
        if status.is_success() {
            let body = self.read(response, self.limits.bytes)?;
            if u64::try_from(body.len()).is_ok_and(|size| size <= self.limits.bytes) {
                return Ok(CompleteResponse { status, content_type, encoding, body, redirected });
            }
            return Err(self.limits.too_large());
        }
        // The body of an error response is optional detail, so errors while reading it are ignored.
        let body = self.read(response, MAX_ERROR_BYTES).unwrap_or_default();
        let text = self.without_secrets(&String::from_utf8_lossy(&body));
        let refusal = explain::status(status, content_type.as_deref(), &text, !self.access.is_empty());
        Err(explain::after_redirect(refusal, redirected.as_deref()))
    }

    /// Reads the body, up to one byte more than the limit. The time limit of the request includes the body.
    fn read(&self, response: Response, limit: u64) -> Result<Vec<u8>, Refusal> {
        let mut body = Vec::new();
        match response.take(limit.saturating_add(1)).read_to_end(&mut body) {
            Ok(_) => Ok(body),
            Err(error) => Err(match error.get_ref().and_then(|inner| inner.downcast_ref::<reqwest::Error>()) {
                Some(inner) => explain::no_response(inner, &self.limits),
                None => Refusal::new(format!("the response is incomplete: {}", error.kind()), "try again"),
            }),
        }
    }

    fn remaining(&self) -> Result<Duration, Refusal> {
        let Some(deadline) = self.deadline else { return Ok(self.limits.time) };
        let remaining = deadline.saturating_duration_since(Instant::now());
        if remaining.is_zero() { Err(explain::too_slow(&self.limits)) } else { Ok(remaining) }
    }

    fn without_secrets(&self, text: &str) -> String {
        self.secrets.iter().fold(text.to_owned(), |text, secret| text.replace(secret.as_str(), "***"))
    }

    /// Returns the error for a text that `read` rejected. A page may echo credentials, so the error is produced again from the text without
    /// secrets.
    fn rejection<T>(&self, text: &str, read: impl Fn(&str) -> Result<T, Refusal>) -> Refusal {
        let refusal = read(&self.without_secrets(text)).err();
        refusal.unwrap_or_else(|| Refusal::new("the document cannot be used", "read it with `--file`"))
    }
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// Whether a redirect stays on the same host and port, or changes only from `http` to `https`.
fn stays_on_host(from: &Url, to: &Url) -> bool {
    let same_host = from.host_str().is_some() && from.host() == to.host();
    let same_port = from.port_or_known_default() == to.port_or_known_default();
    match (from.scheme(), to.scheme()) {
        ("http", "http") | ("https", "https") => same_host && same_port,
        ("http", "https") => same_host && from.port().is_none() && to.port().is_none(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_redirects_on_the_same_host_are_followed() {
        for (from, to, expected) in [
            ("https://x.org/a", "https://x.org/b", true),
            ("https://x.org", "https://X.org:443/b", true),
            ("http://x.org", "https://x.org", true),
            ("https://x.org", "http://x.org", false),
            ("https://x.org", "https://www.x.org", false),
            ("https://x.org", "https://x.org:8443", false),
            ("http://x.org:8080", "https://x.org", false),
            ("http://x.org", "ftp://x.org", false),
            ("http://x.org", "file:///etc/passwd", false),
        ] {
            let url = |text| Url::parse(text).expect("a URL");
            assert_eq!(stays_on_host(&url(from), &url(to)), expected, "{from} to {to}");
        }
    }
}
