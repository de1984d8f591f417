//! The settings of a single call, shared by all kinds of calls.

use http::header::COOKIE;
use http::{HeaderMap, HeaderName, HeaderValue, Method};

use super::{Client, Settings};
use crate::error::{Error, ErrorKind};
use crate::operations::{OperationSpec, method_named, sends_body};
use crate::request::{self, PreparedRequest};
use crate::wire::query::is_reserved;
use crate::wire::{Decode, Input, ReadError, Record, Shape, jsv};

/// The settings of a single call: those of its client and those of its request. Invalid settings are reported when the call is sent.
#[derive(Clone)]
pub(crate) struct CallOptions {
    pub(crate) client: Client,
    headers: HeaderMap,
    pub(crate) query: Vec<(String, String)>,
    pub(super) method: Option<Method>,
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
            (Err(_), _) => self.record_problem(format!("{name:?} is not the name of a header")),
            (_, Err(_)) => self.record_problem(format!("the value of the header {name} holds a control character")),
        }
    }

    /// Records the first problem, which is reported when the call is sent.
    pub(crate) fn record_problem(mut self, message: String) -> Self {
        self.problem.get_or_insert_with(|| Error::new(ErrorKind::Request, message));
        self
    }

    /// Builds the request of an operation with these settings.
    pub(crate) fn prepare(&self, spec: &OperationSpec, operation: &dyn Record) -> Result<PreparedRequest, Error> {
        let mut request = self.prepare_without_query(spec, operation)?;
        if let Some((name, _)) = self.query.iter().find(|(name, _)| ignores_query(&request) && !is_reserved(name)) {
            let message = format!("the parameter {name} would be lost: servers ignore the query of a GET with a body");
            return Err(Error::new(ErrorKind::Request, message)
                .with_hint("the values of the operation do not fit in a query; send less of them, or the parameter as one of its members")
                .during(spec.name));
        }
        request.append_query(&self.query, |name| is_secret(operation.shape(), name));
        Ok(request)
    }

    /// Like [`prepare`](Self::prepare), but if servers would ignore the query, parameters that name members of the operation are set there.
    pub(crate) fn prepare_call(
        &self,
        spec: &OperationSpec,
        operation: &mut dyn Record,
    ) -> Result<PreparedRequest, Error> {
        if self.query.is_empty() || !ignores_query(&self.prepare_without_query(spec, operation)?) {
            return self.prepare(spec, operation);
        }
        let mut options = self.clone();
        options.query.clear();
        for (name, value) in &self.query {
            let is_set = set_member(operation, name, &|member| read_query_text(value, member));
            if !is_set.map_err(|error| error.during(spec.name))? {
                options.query.push((name.clone(), value.clone()));
            }
        }
        options.prepare(spec, operation)
    }

    fn prepare_without_query(&self, spec: &OperationSpec, operation: &dyn Record) -> Result<PreparedRequest, Error> {
        if let Some(problem) = &self.problem {
            return Err(problem.clone().during(spec.name));
        }
        let method = self.method.clone().map_or_else(|| method_named(spec.method), Ok);
        let prepared = method.and_then(|method| request::prepare(&self.client.settings, spec, &method, operation));
        let mut request = prepared.map_err(|error| error.during(spec.name))?;
        self.add_headers(&mut request);
        Ok(request)
    }

    /// Adds the headers and the query to a request that was built elsewhere.
    pub(crate) fn apply(&self, request: &mut PreparedRequest) -> Result<(), Error> {
        if let Some(problem) = &self.problem {
            return Err(problem.clone().during(request.operation));
        }
        self.add_headers(request);
        request.append_query(&self.query, |_| false);
        Ok(())
    }

    fn add_headers(&self, request: &mut PreparedRequest) {
        // Cookies are added to those of the client and of its session.
        for name in self.headers.keys().filter(|name| *name != COOKIE) {
            request.headers.remove(name);
        }
        for (name, value) in &self.headers {
            request.headers.append(name, value.clone());
        }
    }
}

/// Whether a parameter is a secret member.
fn is_secret(shape: &Shape, name: &str) -> bool {
    shape.find(name).and_then(|index| shape.members().get(index)).is_some_and(|member| member.secret)
}

/// Whether servers ignore the query of a request: it is a GET or DELETE whose values do not fit in a query and are sent in the body.
fn ignores_query(request: &PreparedRequest) -> bool {
    !sends_body(&request.method) && !request.body.is_empty()
}

/// Sets a member by its name. Returns whether there is such a member.
pub(crate) fn set_member(
    operation: &mut dyn Record,
    name: &str,
    set: &dyn Fn(&mut dyn Decode) -> Result<bool, ReadError>,
) -> Result<bool, Error> {
    let Some(index) = operation.shape().find(name) else { return Ok(false) };
    let mut outcome = Ok(false);
    operation.members_mut(&mut |members| {
        if let Some(member) = members.get_mut(index) {
            outcome = set(*member);
        }
    });
    let reject = |why| Error::new(ErrorKind::Request, format!("the member {name} does not take the value: {why}"));
    outcome.map(|_| true).map_err(reject)
}

/// Reads a value from the text of a query parameter. Most types read it as is; lists, maps and records are JSV in a query.
pub(crate) fn read_query_text(text: &str, into: &mut dyn Decode) -> Result<bool, ReadError> {
    into.read(Input::Str(text)).or_else(|_| jsv::read_slice(text.as_bytes(), into))
}

/// Omits values, which may be secret.
impl std::fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CallOptions")
            .field("client", &self.client)
            .field("headers", &self.headers)
            .field("method", &self.method)
            .finish_non_exhaustive()
    }
}
