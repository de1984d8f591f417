//! The operations of a service.

mod built_in;
mod raw;

use http::Method;

pub use self::raw::RawAnswer;
use crate::client::Reply;
use crate::error::{Error, ErrorKind};
use crate::wire::{Record, Shape};

/// A request DTO, with the way it is called and its response type. Implemented by [`operation!`](crate::operation!).
pub trait Operation: Record {
    /// The response type.
    type Answer;

    /// How the operation is called.
    const SPEC: OperationSpec;

    /// Returns the types whose members can be used in the conditions of a query. Empty if they are unknown, or if the operation is not a
    /// query.
    #[must_use]
    fn rows() -> Vec<&'static Shape> {
        Vec::new()
    }

    /// Decodes a response that is not an error.
    ///
    /// # Errors
    ///
    /// If the body does not match the response type.
    fn answer(reply: Reply) -> Result<Self::Answer, Error>;
}

/// How an operation is called: everything the client needs besides the members of the DTO.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub struct OperationSpec {
    /// The C# name of the request DTO, as in `/api/{name}`.
    pub name: &'static str,
    /// The HTTP method, in upper case. Any name that HTTP allows is possible.
    pub method: &'static str,
    /// The declared routes that can be used with this method, in order of declaration, such as `/sessions/{SessionId}/hold`. Variables are
    /// C# property names; `{Path*}` is a wildcard.
    pub routes: &'static [&'static str],
    /// Whether the response contains a `DateTime` or `DateTimeOffset`, which classic hosts write exactly only on request.
    pub dates: bool,
    /// Whether another operation of the service has the same name, so that this one can be called only on its declared routes.
    pub only_routes: bool,
    /// How the body of the response is read.
    pub shape: AnswerShape,
    /// What the operation does to the session of the client.
    pub role: Role,
}

impl OperationSpec {
    /// Creates the description of an operation whose response is a value in JSON or JSV.
    pub const fn new(name: &'static str, method: &'static str, routes: &'static [&'static str]) -> Self {
        Self { name, method, routes, dates: false, only_routes: false, shape: AnswerShape::Value, role: Role::Call }
    }

    /// Declares that the response contains dates.
    pub const fn dates(self) -> Self {
        Self { dates: true, ..self }
    }

    /// Sets what the operation does to the session of the client.
    pub(crate) const fn role(self, role: Role) -> Self {
        Self { role, ..self }
    }

    /// Declares that another operation of the service has the same name.
    pub const fn only_routes(self) -> Self {
        Self { only_routes: true, ..self }
    }

    /// Sets how the body of the response is read.
    pub const fn answering(self, shape: AnswerShape) -> Self {
        Self { shape, ..self }
    }
}

/// What an operation does to the session of the client. Only ServiceStack's own operations have a special role; an operation of a service
/// that happens to share the name of one of them is an ordinary call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Role {
    /// Uses the session.
    #[default]
    Call,
    /// Signs a user in or out.
    SignIn,
    /// Registers a user, and may sign them in.
    Register,
    /// Renews a token.
    Refresh,
}

impl AnswerShape {
    /// Whether the body is streamed.
    pub(crate) fn is_streamed(self) -> bool {
        matches!(self, Self::Stream | Self::Anything)
    }
}

/// How the body of a response is read. This depends on the declared type, never on the content type: servers label text and bytes as JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum AnswerShape {
    /// A value in JSON or JSV.
    Value,
    /// Nothing. A body is ignored.
    Nothing,
    /// Text or bytes: the whole body as it is.
    Raw,
    /// A stream of the body.
    Stream,
    /// A stream of the body of any response; error statuses are not errors.
    Anything,
}

/// Returns the method of this name, which can be any that HTTP allows: hosts without endpoint routing run
/// `public object Patchy(Request dto)` for `PATCHY`.
///
/// <https://docs.servicestack.net/routing>
pub(crate) fn method_named(name: &str) -> Result<Method, Error> {
    Method::from_bytes(name.as_bytes())
        .map_err(|_| Error::new(ErrorKind::Request, format!("{name:?} is not a method of HTTP")))
}

/// Whether the DTO is sent in the body rather than in the query.
pub(crate) fn sends_body(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::DELETE | Method::OPTIONS | Method::HEAD)
}
