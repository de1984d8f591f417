//! GET requests whose values do not fit in a query.

use http::{HeaderName, HeaderValue, Method, Uri};

use super::PreparedRequest;
use crate::facts::Address;
use crate::transport::Body;

/// Makes a host treat a request as one with another method.
pub(crate) const METHOD_OVERRIDE: HeaderName = HeaderName::from_static("x-http-method-override");

/// The form in which a long GET is sent. Proxies and browsers refuse a GET with a body, so that is the last resort.
///
/// <https://docs.servicestack.net/http-utils#http-method-override>
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LongGet {
    /// A POST with the override header.
    Override,
    /// A POST with the override header to `/api/{Operation}.json`, accepted by hosts with endpoint routing since ServiceStack 10.0.8.
    OverrideWithExtension,
    /// A GET with a body.
    Body,
}

impl LongGet {
    /// Returns the form to try first. `known` is the last one that the host accepted. Hosts with endpoint routing refuse `Override`.
    pub(crate) fn first(known: Option<Self>, address: Option<Address>, has_endpoint_routing: bool) -> Self {
        let is_api = address == Some(Address::Api);
        match known {
            None if is_api && has_endpoint_routing => Self::OverrideWithExtension,
            None => Self::Override,
            Some(Self::OverrideWithExtension) if !is_api => Self::Override,
            Some(known) => known,
        }
    }

    /// Returns the form to try after the host has refused this one with 405, before any service ran.
    pub(crate) fn next(self, address: Option<Address>) -> Option<Self> {
        match self {
            Self::Override if address == Some(Address::Api) => Some(Self::OverrideWithExtension),
            Self::Override | Self::OverrideWithExtension if CAN_SEND_BODY => Some(Self::Body),
            _ => None,
        }
    }

    /// Changes a GET with a body into this form.
    pub(super) fn apply(self, request: &mut http::Request<Body>) {
        if self == Self::Body {
            return;
        }
        *request.method_mut() = Method::POST;
        request.headers_mut().insert(METHOD_OVERRIDE, HeaderValue::from_static("GET"));
        if self == Self::OverrideWithExtension
            && let Some(uri) = with_extension(request.uri())
        {
            *request.uri_mut() = uri;
        }
    }
}

/// `fetch` cannot send a body with GET.
const CAN_SEND_BODY: bool = cfg!(not(all(target_arch = "wasm32", target_os = "unknown")));

/// Returns the URI with `.json` appended to its path.
fn with_extension(uri: &Uri) -> Option<Uri> {
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let target = format!("{}.json{query}", uri.path());
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(target.parse().ok()?);
    Uri::from_parts(parts).ok()
}

impl PreparedRequest {
    /// Whether this is a GET with its values in the body.
    pub(crate) fn is_long_get(&self) -> bool {
        self.method == Method::GET && !self.body.is_empty()
    }
}
