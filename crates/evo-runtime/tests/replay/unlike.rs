//! Recorded requests that clients do not make, because they probe the server. Their responses are replayed as well.
//!
//! The rules depend only on the recorded request and on the document of the host, never on the request of the client. A test checks that
//! they match exactly the requests that a client does not make.

use evo_runtime::{Address, Format};

use crate::find::{Calls, Target};
use crate::recordings::Request;
use crate::values::{Values, query};

/// A recorded request with its operation and values.
pub struct Recorded<'a> {
    pub host: &'a str,
    pub id: &'a str,
    pub request: &'a Request,
    pub target: &'a Target<'a>,
    pub values: &'a Values,
}

type Rule = (&'static str, fn(&Recorded<'_>) -> bool);

/// The reasons why clients do not make such a request; the first rule that matches applies.
pub const RULES: [Rule; 29] = [
    ("events have a client of their own", |r| r.request.path.starts_with("/event-")),
    ("it asks for a page, a document or nothing at all: no operation", |r| r.target.calls == Calls::Elsewhere),
    ("many calls at once are made by another method", |r| r.target.calls == Calls::Many),
    ("calls that nobody waits for are made by another method", |r| r.target.one_way),
    ("the declared routes of other verbs than the operation's own are not used", |r| {
        r.target.address == Address::Routes && r.request.verb != r.target.call.spec.method && !r.is_route_of_verb()
    }),
    ("the route has a variable that no member fills", |r| r.has_foreign_variable()),
    ("files are sent by another method", |r| r.content_type().starts_with("multipart/")),
    ("a body of the caller's own is sent by another method", |r| {
        r.target.call.spec.name == "RawUpload" && r.content_type() != "application/json"
    }),
    ("clients send JSON or JSV, never forms", |r| r.content_type().ends_with("form-urlencoded")),
    ("clients send no header that overrides the verb", |r| r.request.header("x-http-method-override").is_some()),
    ("clients send no body in chunks and compress none unless they are told to", |r| {
        r.request.header("transfer-encoding").or(r.request.header("content-encoding")).is_some()
    }),
    ("clients ask for JSON, or for `application/jsv`", |r| {
        r.request.header("accept") != Some(r.target.format.content_type())
    }),
    ("`/api` knows JSON only", |r| r.target.format == Format::Jsv && r.target.address == Address::Api),
    ("JSV goes to a declared route before it goes to `/jsv/reply`", |r| r.request.path.starts_with("/jsv/")),
    ("a body is sent with its type", |r| !r.body().is_empty() && r.content_type() != r.target.format.content_type()),
    ("addresses are written as they are declared, without suffixes", |r| r.target.suffix || r.is_misspelled()),
    ("a path cannot carry the value", |r| r.is_unsafe_path()),
    ("what stands in the path is not repeated in the query", |r| {
        r.values.in_path.iter().any(|index| r.values.in_query.contains(index))
    }),
    ("POST, PUT and PATCH have their values in a body", |r| {
        r.has_body_by_rule() && (r.body().is_empty() || !r.values.in_query.is_empty())
    }),
    ("what a query can carry stands there", |r| !r.has_body_by_rule() && !r.body().is_empty() && !needs_body(r.body())),
    ("what a query cannot carry is posted, with the method in a header", |r| {
        !r.has_body_by_rule() && !r.body().is_empty()
    }),
    ("servers lose it in a query, so that it goes into a body", |r| {
        let query = r.request.path.split_once('?').map_or("", |(_, query)| query);
        !r.has_body_by_rule()
            && (query.len() > 7500 || query.contains("&format=") || query.contains("%22%22hi%22%22%22%3A"))
    }),
    ("an empty text in a query arrives as null", |r| {
        query(&r.request.path).iter().any(|(name, text)| text.is_empty() && r.values.shape.find(name).is_some())
    }),
    ("servers refuse `__type`", |r| r.says("__type")),
    ("NaN and infinite numbers are not sent in bodies, which some servers refuse", |r| {
        String::from_utf8_lossy(r.body()).contains("NaN")
    }),
    ("the operation's own types cannot hold it", |r| !r.values.lost.is_empty()),
    ("members are left out where they are null", |r| NULLS.contains(&(r.host, r.id))),
    ("a declared route with a variable takes the value", |r| (r.host, r.id) == ("crud", "query-after")),
    ("values have one form in which they are sent", |r| OTHER_FORMS.contains(&(r.host, r.id))),
];

/// Requests with members that are null, or an empty text for a nullable scalar.
pub const NULLS: [(&str, &str); 11] = [
    ("crud", "patch-null"),
    ("returns", "patch-null"),
    ("routes", "body-null-int"),
    ("types", "nully"),
    ("types", "nully-null"),
    ("wire", "scalars-null"),
    ("wire", "nullables-null"),
    ("wire", "null-collections"),
    ("wire", "nulls-in-map"),
    ("wire", "money-text"),
    ("wire", "char-empty"),
];

/// Requests with lists for bytes and flags, with names and Guids without dashes as keys, with null for an empty list or object.
pub const OTHER_FORMS: [(&str, &str); 10] = [
    ("wire", "scalars-bytes-array"),
    ("wire", "collections"),
    ("wire", "map-keys"),
    ("wire", "sets"),
    ("wire", "flags-list"),
    ("wire", "flags-keys-names"),
    ("wire", "null-items"),
    ("wire", "null-inner-list"),
    ("wire", "only-null"),
    ("wire", "value-tuple-text"),
];

impl Recorded<'_> {
    /// Returns the reason why no client makes the request, if there is one.
    pub fn reason(&self) -> Option<&'static str> {
        RULES.iter().find(|(_, holds)| holds(self)).map(|(reason, _)| *reason)
    }

    fn content_type(&self) -> &str {
        self.request.header("content-type").unwrap_or_default()
    }

    fn body(&self) -> &[u8] {
        self.request.body.as_deref().unwrap_or_default()
    }

    fn has_body_by_rule(&self) -> bool {
        matches!(self.request.verb.as_str(), "POST" | "PUT" | "PATCH" | "PATCHY")
    }

    /// Whether the route also accepts the verb of the operation.
    fn is_route_of_verb(&self) -> bool {
        self.target.call.spec.routes.iter().any(|route| route.eq_ignore_ascii_case(&self.target.route))
    }

    fn path(&self) -> &str {
        self.request.path.split('?').next().unwrap_or_default()
    }

    fn says(&self, text: &str) -> bool {
        self.request.path.contains(text) || String::from_utf8_lossy(self.body()).contains(text)
    }

    fn has_foreign_variable(&self) -> bool {
        let shape = self.values.shape;
        self.target.variables.iter().any(|(name, _)| shape.find(name).is_none())
    }

    /// Whether the path differs in case, or by a missing or additional slash.
    fn is_misspelled(&self) -> bool {
        let path = self.path();
        if self.target.address != Address::Routes {
            return !path.ends_with(&format!("/{}", self.target.call.spec.name));
        }
        let (route, is_wild) = match self.target.route.split_once("{Path*}") {
            Some((route, _)) => (route, true),
            None => (self.target.route.as_str(), false),
        };
        let literals = route.split('/').zip(path.split('/')).filter(|(part, _)| !part.contains('{'));
        let same = literals.into_iter().all(|(part, segment)| part.is_empty() || part == segment);
        let (declared, recorded) = (route.split('/').count(), path.split('/').count());
        !same
            || if is_wild {
                recorded < declared || path.len() > route.len() && path.ends_with('/')
            } else {
                declared != recorded
            }
    }

    /// `+`, `/` and NUL in a value, relative segments, and text that servers interpret as the suffix of a format.
    fn is_unsafe_path(&self) -> bool {
        if self.target.address != Address::Routes || self.target.variables.is_empty() {
            return false;
        }
        let path = self.path().replace("%2E", ".");
        let (variables, is_wild) = (&self.target.variables, self.target.route.contains('*'));
        let suffixes: &[&str] = if is_wild { &[".csv"] } else { &[".json", ".csv", ".jsv", ".xml", ".html", ".jsonl"] };
        let last = path.to_ascii_lowercase();
        ["%2F", "%2B", "+", "%00", "//", "/../"].iter().any(|part| path.contains(part))
            || path.ends_with("/.")
            || path.ends_with("/..")
            || suffixes.iter().any(|suffix| last.ends_with(suffix))
            || variables.len() > 1 && self.target.route.contains("}.{") && path.matches('.').count() > 1
    }
}

/// Whether a value can be sent only in a body: an empty text, and members with reserved names.
fn needs_body(body: &[u8]) -> bool {
    let body = String::from_utf8_lossy(body);
    body.contains("\"\"") || body.contains("\"format\":")
}
