//! Redirects of calls, which are followed only if the client is configured to.

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

/// The last path segments of sign-in pages, without `-` and `_`.
const SIGN_IN: [&str; 4] = ["login", "logon", "signin", "authorize"];

/// The last path segments of access-denied pages, without `-` and `_`.
const DENIED: [&str; 4] = ["accessdenied", "denied", "forbidden", "notauthorized"];

/// Query parameters found only on sign-in pages: `ReturnUrl` belongs to ASP.NET's cookie authentication, the rest to identity providers
/// (OAuth, SAML, WS-Federation).
const SIGN_IN_PARAMETERS: [&str; 5] = ["ReturnUrl", "redirect_uri", "SAMLRequest", "wa", "wtrealm"];

/// Returns the error for a call that was redirected to a sign-in page, to an access-denied page, or anywhere else.
pub(super) fn redirected(request: &PreparedRequest, head: Parts) -> Error {
    let error = match &target_of(&request.url, &head.headers) {
        Some(target) if ends_in(target, &DENIED) => {
            Error::new(ErrorKind::Forbidden, "access denied: the server sent the call to a page that says so")
        }
        Some(target) if is_sign_in(target) => {
            Error::new(ErrorKind::Unauthorized, "not signed in: the server sent the call to its login page")
        }
        Some(target) => {
            // The target may contain values of the call.
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

/// Returns the URL in `Location`, which may be relative to the requested one and need not be ASCII.
fn target_of(requested: &Url, headers: &HeaderMap) -> Option<Url> {
    let location = String::from_utf8_lossy(headers.get(LOCATION)?.as_bytes());
    requested.join(&location).ok()
}

impl Client {
    /// Makes a call, following redirects if the client is configured to.
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

    /// Builds the request that follows a redirect.
    fn redirect(&self, request: &PreparedRequest, error: &Error) -> Option<PreparedRequest> {
        let target = target_of(&request.url, error.headers()?)?;
        let leads_on = error.status().is_some_and(|status| !matches!(status.as_u16(), 304..=306));
        if !leads_on || !matches!(target.scheme(), "http" | "https") {
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

/// Whether a URL is the sign-in page of `ServiceStack`, ASP.NET or an identity provider. The parameter `redirect` alone proves nothing.
fn is_sign_in(target: &Url) -> bool {
    let is_known = |name: &str| SIGN_IN_PARAMETERS.iter().any(|parameter| name.eq_ignore_ascii_case(parameter));
    ends_in(target, &SIGN_IN) || target.query_pairs().any(|(name, _)| is_known(&name))
}

/// Whether the last segment of a URL is one of these names, in its path or in the fragment that a browser application uses as its path.
fn ends_in(target: &Url, names: &[&str]) -> bool {
    let is_page = |path: &str| {
        let path = path.split(['?', ';']).next().unwrap_or_default().trim_end_matches('/').to_ascii_lowercase();
        let segment = path.rsplit('/').next().unwrap_or_default().replace(['-', '_'], "");
        let page = segment.split('.').next().unwrap_or_default();
        names.contains(&page)
    };
    is_page(target.path()) || target.fragment().is_some_and(|fragment| fragment.contains('/') && is_page(fragment))
}
