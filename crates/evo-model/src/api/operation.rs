//! Operations of the model.

use std::fmt;

use super::{ItemId, Route, Rule, Ty};

/// How a request is sent, and its response.
#[expect(clippy::struct_excessive_bools, reason = "each is independent of the others")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// The name by which the server knows the operation.
    pub name: String,
    /// The verb.
    pub verb: Verb,
    /// The verbs that the service implements, upper-case; empty if it implements all.
    pub actions: Vec<String>,
    /// The declared routes that the verb can use.
    pub routes: Vec<Route>,
    /// All declared routes, as the document lists them.
    pub declared: Vec<DeclaredRoute>,
    /// Whether another request has the same simple name, so that only the declared routes lead to this operation.
    pub only_routes: bool,
    /// The response.
    pub answer: Answer,
    /// The row types of an AutoQuery operation, whose members can be named in conditions.
    pub rows: Vec<ItemId>,
    /// Whether the operation is an AutoQuery of a database, which rejects what an in-memory AutoQuery ignores.
    pub queries_database: bool,
    /// Other verbs that declared routes serve.
    pub other_verbs: Vec<Verb>,
    /// The requirements for callers; all must be met.
    pub access: Vec<Access>,
    /// A validator of the request checks the caller. It rejects calls with a JSON body, where a filter of the host may respond with an
    /// empty one.
    pub validates_access: bool,
    /// The body is a stream that the service reads as is; members are sent in the URL.
    pub takes_raw_body: bool,
    /// What it does to a table.
    pub table: Option<TableChange>,
    /// The service's checks of the request as a whole.
    pub checks: Vec<Rule>,
    /// The error statuses that the service declares.
    pub errors: Vec<StatedStatus>,
    /// The other statuses that it declares, below 400.
    pub successes: Vec<StatedStatus>,
    /// The tags.
    pub tags: Vec<String>,
}

/// A route as the document lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredRoute {
    /// The verbs, upper-case; empty if the route accepts all.
    pub verbs: Vec<String>,
    /// The path as written in the document, with variables and wildcards in braces.
    pub path: String,
    /// The service's documentation, in paragraphs.
    pub docs: Vec<String>,
}

/// Formats verbs and path: `GET, POST /pets`.
impl fmt::Display for DeclaredRoute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verbs = if self.verbs.is_empty() { "ANY" } else { &self.verbs.join(", ") };
        write!(f, "{verbs} {}", self.path)
    }
}

/// A requirement for callers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// A signed-in user.
    SignedIn,
    /// A user with all of these roles.
    AllRoles(Vec<String>),
    /// A user with one of these roles.
    AnyRole(Vec<String>),
    /// A user with all of these permissions.
    AllPermissions(Vec<String>),
    /// A user with one of these permissions.
    AnyPermission(Vec<String>),
    /// An API key.
    ApiKey,
}

impl Access {
    /// Returns the requirement in words, with each role and permission formatted by `mark`: `one of the roles Admin, Sales`.
    #[must_use]
    pub fn phrase(&self, mark: impl Fn(&str) -> String) -> String {
        let (one, several, names) = match self {
            Self::SignedIn => return "a signed-in user".to_owned(),
            Self::ApiKey => return "an API key".to_owned(),
            Self::AllRoles(names) => ("the role", "the roles", names),
            Self::AnyRole(names) => ("the role", "one of the roles", names),
            Self::AllPermissions(names) => ("the permission", "the permissions", names),
            Self::AnyPermission(names) => ("the permission", "one of the permissions", names),
        };
        let marked: Vec<String> = names.iter().map(|name| mark(name)).collect();
        format!("{} {}", if names.len() == 1 { one } else { several }, marked.join(", "))
    }
}

/// How an AutoQuery operation changes a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableChange {
    /// The kind of change.
    pub kind: ChangeKind,
    /// The class of the rows.
    pub table: String,
}

/// How a table is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// A row is added.
    Create,
    /// A row is replaced.
    Update,
    /// Members of a row are replaced.
    Patch,
    /// Rows are deleted.
    Delete,
    /// A row is added or replaced.
    Save,
}

/// A status that the service declares for an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedStatus {
    /// The HTTP status; `None` for any error.
    pub status: Option<String>,
    /// When the service returns it.
    pub description: String,
}

impl StatedStatus {
    /// Whether this is an error status: 400 or above, or unspecified.
    #[must_use]
    pub fn is_error(&self) -> bool {
        let status = self.status.as_ref().and_then(|status| status.parse::<u16>().ok());
        status.is_none_or(|status| status >= 400)
    }
}

/// An HTTP verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verb {
    /// `GET`
    Get,
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `PATCH`
    Patch,
    /// `DELETE`
    Delete,
    /// `OPTIONS`
    Options,
    /// `HEAD`
    Head,
}

impl Verb {
    /// Every verb, longest name first.
    const ALL: [Self; 7] = [Self::Options, Self::Delete, Self::Patch, Self::Post, Self::Head, Self::Get, Self::Put];

    /// Returns the name, upper-case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
        }
    }

    /// Returns the verb with exactly this name, ignoring case.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verb| verb.name().eq_ignore_ascii_case(name))
    }

    /// Returns the verb that a name begins with: a service method `GetJson` has the verb `GETJSON`.
    #[must_use]
    pub fn parse_prefix(name: &str) -> Option<Self> {
        let name = name.to_ascii_uppercase();
        Self::ALL.into_iter().find(|verb| name.starts_with(verb.name()))
    }
}

/// The response of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The response has no body.
    Nothing,
    /// The body is JSON of this type.
    Json(Ty),
    /// The body is returned as text.
    Text,
    /// The body is returned as bytes.
    Bytes,
    /// The body is returned as a stream.
    Download,
}

impl Answer {
    /// Returns the type of a JSON body.
    #[must_use]
    pub fn ty(&self) -> Option<&Ty> {
        match self {
            Self::Json(ty) => Some(ty),
            Self::Nothing | Self::Text | Self::Bytes | Self::Download => None,
        }
    }

    /// Returns the type of a JSON body, mutably.
    pub fn ty_mut(&mut self) -> Option<&mut Ty> {
        match self {
            Self::Json(ty) => Some(ty),
            Self::Nothing | Self::Text | Self::Bytes | Self::Download => None,
        }
    }
}
