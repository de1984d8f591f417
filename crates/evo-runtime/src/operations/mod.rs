//! Operations: what a service can be asked to do.

mod built_in;
mod raw;

use http::Method;

pub use self::raw::RawAnswer;
use crate::client::Reply;
use crate::error::{Error, ErrorKind};
use crate::wire::{Record, Shape};

/// A request DTO together with how it is called and what comes back; implemented by [`operation!`](crate::operation!).
pub trait Operation: Record {
    /// The answer of the service.
    type Answer;

    /// How the operation is called.
    const SPEC: OperationSpec;

    /// The types whose members the conditions of a query may name; empty if they are not known, or the operation is not a query.
    #[must_use]
    fn rows() -> Vec<&'static Shape> {
        Vec::new()
    }

    /// Decodes a response that is not an error.
    ///
    /// # Errors
    ///
    /// If the body does not fit the type of the answer.
    fn answer(reply: Reply) -> Result<Self::Answer, Error>;
}

/// How an operation is called: all that the client needs besides the members of the DTO.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub struct OperationSpec {
    /// The C# name of the request DTO, as it stands in `/api/{name}`.
    pub name: &'static str,
    /// The HTTP method, in capitals; any name that HTTP allows.
    pub method: &'static str,
    /// The declared routes that can be used with this method, in declared order, as `/sessions/{SessionId}/hold`; variables are C#
    /// property names, and a wildcard is `{Path*}`.
    pub routes: &'static [&'static str],
    /// The answer holds a `DateTime` or `DateTimeOffset`, which classic hosts write exactly only on request.
    pub dates: bool,
    /// Another operation of the service has the same name, so that this one can be called by its declared routes alone.
    pub only_routes: bool,
    /// How the body of the response is read.
    pub shape: AnswerShape,
    /// What the operation does to the session of the client.
    pub role: Role,
}

impl OperationSpec {
    /// An operation whose answer is one value in JSON or JSV.
    pub const fn new(name: &'static str, method: &'static str, routes: &'static [&'static str]) -> Self {
        Self { name, method, routes, dates: false, only_routes: false, shape: AnswerShape::Value, role: Role::Call }
    }

    /// The answer holds dates.
    pub const fn dates(self) -> Self {
        Self { dates: true, ..self }
    }

    /// Sets what the operation does to the session of the client.
    pub(crate) const fn role(self, role: Role) -> Self {
        Self { role, ..self }
    }

    /// Another operation of the service has the same name.
    pub const fn only_routes(self) -> Self {
        Self { only_routes: true, ..self }
    }

    /// Sets how the body of the response is read.
    pub const fn answering(self, shape: AnswerShape) -> Self {
        Self { shape, ..self }
    }
}

/// What an operation does to the session of the client. The operations of ServiceStack itself are marked; an operation of a service that happens to
/// have the name of one of them is an ordinary call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Role {
    /// It uses the session.
    #[default]
    Call,
    /// It signs a user in or out.
    SignIn,
    /// It registers a user, and may sign them in.
    Register,
    /// It renews a token.
    Refresh,
}

impl AnswerShape {
    /// Whether the body is handed over while it arrives.
    pub(crate) fn is_streamed(self) -> bool {
        matches!(self, Self::Stream | Self::Anything)
    }
}

/// How the body of a response is read. The declared type decides, never the content type: servers label text and bytes as JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum AnswerShape {
    /// One value in JSON or JSV.
    Value,
    /// Nothing; a body is ignored.
    Nothing,
    /// The whole body is the text or the bytes.
    Raw,
    /// The body is handed over while it arrives.
    Stream,
    /// The body is handed over while it arrives, and error statuses are not errors.
    Anything,
}

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
