//! What an HTTP method means to a ServiceStack service.

use http::Method;

use crate::error::{Error, ErrorKind};

/// The method of an operation, by its name, which may be any that HTTP allows: hosts without endpoint routing run
/// `public object Patchy(Request dto)` for `PATCHY`.
///
/// <https://docs.servicestack.net/routing>
pub(crate) fn method_named(name: &str) -> Result<Method, Error> {
    Method::from_bytes(name.as_bytes())
        .map_err(|_| Error::new(ErrorKind::Request, format!("{name:?} is not a method of HTTP")))
}

/// Whether the DTO travels in the body, and not in the query.
pub(crate) fn sends_body(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::DELETE | Method::OPTIONS | Method::HEAD)
}
