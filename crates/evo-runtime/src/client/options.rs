//! The settings of a single call, which all kinds of calls share.

use http::header::COOKIE;
use http::{HeaderMap, HeaderName, HeaderValue, Method};

use super::{Client, Settings};
use crate::error::{Error, ErrorKind};
use crate::operations::{OperationSpec, method_named};
use crate::request::{self, PreparedRequest};
use crate::wire::Record;

/// Settings of a single call: those of its client, and those of its request. What is wrong with them is reported when the call is sent.
#[derive(Clone)]
pub(crate) struct CallOptions {
    pub(crate) client: Client,
    headers: HeaderMap,
    query: Vec<(String, String)>,
    method: Option<Method>,
    problem: Option<Error>,
}

impl CallOptions {
    pub(crate) fn new(client: Client) -> Self {
        Self { client, headers: HeaderMap::new(), query: Vec::new(), method: None, problem: None }
    }

    /// Changes the settings of the client for this call.
    pub(crate) fn with(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        self.client = self.client.with(change);
        self
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        match (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            (Ok(name), Ok(mut value)) => {
                value.set_sensitive(true);
                self.headers.append(name, value);
                self
            }
            (Err(_), _) => self.refuse(format!("{name:?} is not the name of a header")),
            (_, Err(_)) => self.refuse(format!("the value of the header {name} holds a control character")),
        }
    }

    pub(crate) fn query(mut self, name: String, value: String) -> Self {
        self.query.push((name, value));
        self
    }

    pub(crate) fn method(self, method: Method) -> Self {
        Self { method: Some(method), ..self }
    }

    /// Remembers the first problem, to be reported when the call is sent.
    pub(crate) fn refuse(mut self, message: String) -> Self {
        self.problem.get_or_insert_with(|| Error::new(ErrorKind::Request, message));
        self
    }

    /// The request of an operation with these settings.
    pub(crate) fn prepare(&self, spec: &OperationSpec, operation: &dyn Record) -> Result<PreparedRequest, Error> {
        if let Some(problem) = &self.problem {
            return Err(problem.clone().during(spec.name));
        }
        let method = self.method.clone().map_or_else(|| method_named(spec.method), Ok);
        let prepared = method.and_then(|method| request::prepare(&self.client.settings, spec, method, operation));
        let mut request = prepared.map_err(|error| error.during(spec.name))?;
        // Cookies are added to those of the client and of its session.
        for name in self.headers.keys().filter(|name| *name != COOKIE) {
            request.headers.remove(name);
        }
        for (name, value) in &self.headers {
            request.headers.append(name, value.clone());
        }
        request::append_query(&mut request.url, &self.query);
        Ok(request)
    }
}

/// Without values, which may be secret.
impl std::fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CallOptions")
            .field("client", &self.client)
            .field("headers", &self.headers)
            .field("method", &self.method)
            .finish_non_exhaustive()
    }
}
