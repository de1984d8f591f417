//! Verbs.

use std::fmt;

use http::Method;

/// The verb of an operation.
///
/// <https://docs.servicestack.net/routing>
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Verb {
    GET,
    POST,
    PUT,
    PATCH,
    DELETE,
    OPTIONS,
    HEAD,
    /// Any other, as it stands in a request: hosts without endpoint routing run `public object Patchy(Request dto)` for `PATCHY`.
    Other(&'static str),
}

impl Verb {
    /// The verb of this name, which is written in capitals. [`operation!`](crate::operation!) takes any name this way.
    #[must_use]
    pub const fn named(name: &'static str) -> Self {
        match name.as_bytes() {
            b"GET" => Self::GET,
            b"POST" => Self::POST,
            b"PUT" => Self::PUT,
            b"PATCH" => Self::PATCH,
            b"DELETE" => Self::DELETE,
            b"OPTIONS" => Self::OPTIONS,
            b"HEAD" => Self::HEAD,
            _ => Self::Other(name),
        }
    }

    /// The verb as it stands in a request.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::GET => "GET",
            Self::POST => "POST",
            Self::PUT => "PUT",
            Self::PATCH => "PATCH",
            Self::DELETE => "DELETE",
            Self::OPTIONS => "OPTIONS",
            Self::HEAD => "HEAD",
            Self::Other(name) => name,
        }
    }

    /// Whether the DTO travels in the body by rule, and not in the query.
    #[must_use]
    pub const fn has_body(self) -> bool {
        matches!(self, Self::POST | Self::PUT | Self::PATCH | Self::Other(_))
    }

    /// Whether sending a request twice does no more than sending it once (RFC 9110, section 9.2.2).
    #[must_use]
    pub const fn is_idempotent(self) -> bool {
        matches!(self, Self::GET | Self::PUT | Self::DELETE | Self::OPTIONS | Self::HEAD)
    }
}

impl fmt::Display for Verb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Fails for a name that HTTP does not allow as a verb.
impl TryFrom<Verb> for Method {
    type Error = http::Error;

    fn try_from(verb: Verb) -> Result<Self, http::Error> {
        Ok(Self::from_bytes(verb.as_str().as_bytes())?)
    }
}
