//! Cross-origin requests (CORS) from every origin.

use http::Method;

use crate::reply::Reply;
use crate::request::Request;

pub(super) fn is_preflight(request: &Request) -> bool {
    request.method == Method::OPTIONS && request.headers.contains_key("access-control-request-method")
}

pub(super) fn preflight(request: &Request) -> Reply {
    let headers = request.header("access-control-request-headers").unwrap_or("content-type, accept, authorization");
    Reply::empty(204)
        .header("access-control-allow-methods", "GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS")
        .header("access-control-allow-headers", headers)
        .header("access-control-max-age", "600")
}

/// Allows the specific origin, so that cookies may be sent.
pub(super) fn allow(reply: Reply, request: &Request) -> Reply {
    let Some(origin) = request.header("origin") else { return reply };
    reply
        .header("access-control-allow-origin", origin)
        .header("access-control-allow-credentials", "true")
        .header("access-control-expose-headers", "*, X-AutoBatch-Completed, Content-Disposition")
        .header("vary", "Origin")
}
