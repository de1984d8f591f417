//! Redirects of calls, which are followed on request alone.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, LOCATION};
use http::response::Parts;
use http::{HeaderMap, Method, StatusCode};
use url::Url;

use super::deadline::Deadline;
use super::{Client, Reply};
use crate::error::{Error, ErrorKind};
use crate::request::PreparedRequest;
use crate::transport::Body;

/// The last segments of the paths of sign-in pages, without `-` and `_`.
const SIGN_IN: [&str; 4] = ["login", "logon", "signin", "authorize"];

/// The last segments of the paths of pages that say that a user has no access, without `-` and `_`.
const DENIED: [&str; 4] = ["accessdenied", "denied", "forbidden", "notauthorized"];

/// Parameters that only sign-in pages get: `ReturnUrl` is that of ASP.NET's cookie authentication, the others are those of identity providers
/// (OAuth, SAML, WS-Federation).
const SIGN_IN_PARAMETERS: [&str; 5] = ["ReturnUrl", "redirect_uri", "SAMLRequest", "wa", "wtrealm"];

/// The error of a call that the server redirected: to a sign-in page, to a page that says that access is denied, or to wherever the service is.
pub(super) fn redirected(request: &PreparedRequest, head: Parts) -> Error {
    let error = match &target_of(&request.url, &head.headers) {
        Some(target) if ends_in(target, &DENIED) => {
            Error::new(ErrorKind::Forbidden, "access denied: the server sent the call to a page that says so")
        }
        Some(target) if is_sign_in(target) => {
            Error::new(ErrorKind::Unauthorized, "not signed in: the server sent the call to its login page")
        }
        Some(target) => {
            // The target may repeat values of the call.
            let mut shown = target.clone();
            shown.set_query(None);
            shown.set_fragment(None);
            if request.has_secrets() {
                shown.set_path("");
            }
            let _ = shown.set_username("");
            let _ = shown.set_password(None);
            Error::new(ErrorKind::Redirect, format!("the server sent the call to {shown}; redirects are not followed"))
                .with_hint("change the base URL of the client if the service has moved there")
        }
        None => Error::new(ErrorKind::Redirect, "the server sent the call to an address that is not a URL"),
    };
    error.with_answer(head, &Bytes::new())
}

/// The URL in `Location`, which may be relative to the one that was requested, and need not be ASCII.
fn target_of(asked: &Url, headers: &HeaderMap) -> Option<Url> {
    let location = String::from_utf8_lossy(headers.get(LOCATION)?.as_bytes());
    asked.join(&location).ok()
}

impl Client {
    /// Makes a call, and follows redirects if the client is to do so.
    pub(super) async fn call_redirected(
        &self,
        mut request: PreparedRequest,
        deadline: Deadline,
    ) -> Result<Reply, Error> {
        let mut left = self.settings.options.redirects;
        loop {
            let outcome = self.call_signed_in(&request, deadline).await;
            let next = outcome.as_ref().err().filter(|_| left > 0).and_then(|error| self.redirect(&request, error));
            match next {
                Some(next) => request = next,
                None => return outcome,
            }
            left -= 1;
            #[cfg(feature = "tracing")]
            super::telemetry::redirecting(&request);
        }
    }

    /// The request that follows a redirect.
    fn redirect(&self, request: &PreparedRequest, error: &Error) -> Option<PreparedRequest> {
        let target = target_of(&request.url, error.headers()?)?;
        if !matches!(target.scheme(), "http" | "https") {
            return None;
        }
        let becomes_get = error.status() == Some(StatusCode::SEE_OTHER) && request.method != Method::HEAD;
        let is_safe = matches!(request.method, Method::GET | Method::HEAD) && request.body.is_empty();
        if error.kind() != ErrorKind::Redirect || !(becomes_get || is_safe) {
            return None;
        }
        let mut next = request.clone();
        if becomes_get {
            (next.method, next.body) = (Method::GET, Body::empty());
            next.headers.remove(CONTENT_TYPE);
        }
        next.set_url(target);
        if !self.settings.is_own(&next.url) {
            next.remove_own_headers();
        }
        Some(next)
    }
}

/// Whether an address is the sign-in page of `ServiceStack`, ASP.NET or an identity provider. The parameter `redirect` alone proves nothing.
fn is_sign_in(target: &Url) -> bool {
    let is_known = |name: &str| SIGN_IN_PARAMETERS.iter().any(|parameter| name.eq_ignore_ascii_case(parameter));
    ends_in(target, &SIGN_IN) || target.query_pairs().any(|(name, _)| is_known(&name))
}

/// Whether the page of an address has one of some names: in its path, or in the fragment that an application in the browser reads as its path.
fn ends_in(target: &Url, names: &[&str]) -> bool {
    let is_page = |path: &str| {
        let path = path.split(['?', ';']).next().unwrap_or_default().trim_end_matches('/').to_ascii_lowercase();
        let segment = path.rsplit('/').next().unwrap_or_default().replace(['-', '_'], "");
        let page = segment.split('.').next().unwrap_or_default();
        names.contains(&page)
    };
    is_page(target.path()) || target.fragment().is_some_and(|fragment| fragment.contains('/') && is_page(fragment))
}
