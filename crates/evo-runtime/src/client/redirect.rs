//! Calls that the server sends elsewhere; redirects of calls are not followed.

use bytes::Bytes;
use http::HeaderValue;
use url::Url;

use crate::error::{Error, ErrorKind};
use crate::transport::HttpReply;

/// A call that the server sent elsewhere: to its login page, or to where the service is.
pub(super) fn redirected(asked: &Url, location: &HeaderValue, reply: HttpReply) -> Error {
    let target = location.to_str().ok().and_then(|location| asked.join(location).ok());
    let error = match &target {
        Some(target) if is_login_page(target) => {
            Error::new(ErrorKind::Unauthorized, "not signed in: the server sent the call to its login page")
        }
        Some(target) => {
            // The query of the target may repeat values of the call.
            let mut shown = target.clone();
            shown.set_query(None);
            shown.set_fragment(None);
            let _ = shown.set_username("");
            let _ = shown.set_password(None);
            Error::new(ErrorKind::Redirect, format!("the server sent the call to {shown}; redirects are not followed"))
                .with_hint("change the base URL of the client if the service has moved there")
        }
        None => Error::new(ErrorKind::Redirect, "the server sent the call to an address that is no URL"),
    };
    error.with_answer(reply.status, reply.reason, reply.headers, &Bytes::new())
}

/// Whether an address is the login page of `ServiceStack` or ASP.NET: by its path, or by the way back that it was given.
fn is_login_page(target: &Url) -> bool {
    let path = target.path().trim_end_matches('/').to_ascii_lowercase();
    path.ends_with("/login")
        || path.ends_with("/signin")
        || target
            .query_pairs()
            .any(|(name, _)| ["redirect", "ReturnUrl"].iter().any(|parameter| name.eq_ignore_ascii_case(parameter)))
}
