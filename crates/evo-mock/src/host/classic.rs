//! ServiceStack's own routing: all verbs, and the addresses `/json/reply`, `/jsv/reply` and `/json/oneway` (reference 5.1).

use super::addresses::{self, Family, Predefined};
use super::binding::Address;
use super::calls::Call;
use super::faults::CallFaults;
use super::formats::{self, Format};
use super::sign_in::SignInService;
use super::{Host, Request};
use crate::log::Line;
use crate::reply::{Failure, Reply};
use crate::request::body::Form;

impl Host {
    pub(super) fn respond_classic(
        &self,
        request: &Request,
        form: Option<&Form>,
        faults: &CallFaults,
        line: &mut Line,
    ) -> Reply {
        let verb = request.override_verb().map_or_else(|| request.method.to_string(), str::to_ascii_uppercase);
        if let Some(found) = addresses::predefined(&request.path) {
            return self.respond_predefined(&found, &verb, request, form, faults, line);
        }
        // The address with a trailing slash is also the index.
        if matches!(request.path.to_ascii_lowercase().as_str(), "/api" | "/api/") || is_index(&request.path) {
            return self.index();
        }
        let matches = addresses::declared(&self.schema, &request.path);
        let Some(found) = matches.into_iter().find(|found| found.route.allows(&verb)) else {
            return Reply::empty(404);
        };
        let format = formats::for_route(request, found.format);
        let call =
            Call { operation: found.operation, request, form, verb: &verb, address: &found.address, format, faults };
        self.check_verb(&call).unwrap_or_else(|| self.run(&call, line))
    }

    fn respond_predefined(
        &self,
        found: &Predefined<'_>,
        verb: &str,
        request: &Request,
        form: Option<&Form>,
        faults: &CallFaults,
        line: &mut Line,
    ) -> Reply {
        if verb == "OPTIONS" && found.family == Family::Api {
            return Reply::empty(404);
        }
        if let Some(service) = SignInService::called(found.name).filter(|_| self.schema.operation(found.name).is_none())
        {
            return self.sign_in(service, request, form);
        }
        let Some(operation) = self.schema.operation(found.name) else { return self.unknown_operation(request) };
        let (address, own) = match found.family {
            Family::Api => (Address::Predefined, Format::Json),
            Family::Reply("jsv") | Family::OneWay("jsv") => (Address::Jsv, Format::Jsv),
            Family::Reply(format) | Family::OneWay(format) => (Address::Predefined, Format::named(format)),
        };
        let format = formats::for_predefined(request, own, found.format);
        let call = Call { operation, request, form, verb, address: &address, format, faults };
        if found.is_batch {
            return self.run_batch(&call, line);
        }
        self.check_verb(&call).unwrap_or_else(|| self.run(&call, line))
    }

    /// Rejects a verb that the service does not implement.
    fn check_verb(&self, call: &Call<'_>) -> Option<Reply> {
        let (operation, verb) = (call.operation, call.verb);
        let is_head_of_get = verb == "HEAD" && operation.actions.is_empty();
        if operation.allows(verb) || is_head_of_get {
            return None;
        }
        let message = format!("Could not find method named {}({}) or Any({0}) on Service", title(verb), operation.name);
        let failure = Failure::new(405, "NotImplementedException", message).reason("NotImplementedException");
        Some(self.failure(call, &failure))
    }

    pub(super) fn unknown_operation(&self, request: &Request) -> Reply {
        let failure = Failure::new(405, "NotImplementedException", "The operation does not exist for this service");
        failure.reply(&self.schema, None, self.style(request), request.path.starts_with("/jsv/"))
    }

    /// Returns the response of `/api`: the names of all operations.
    pub(super) fn index(&self) -> Reply {
        let names: Vec<&str> = self.schema.operations.iter().map(|operation| operation.name.as_str()).collect();
        Reply::json(serde_json::json!({ "apis": names }).to_string())
    }
}

/// Whether a path is `/api/{Op}/`.
fn is_index(path: &str) -> bool {
    path.strip_prefix("/api/").and_then(|rest| rest.strip_suffix('/')).is_some_and(|name| !name.contains('/'))
}

/// Returns the name of the service method for a verb, such as `Get`.
fn title(verb: &str) -> String {
    let mut letters = verb.chars();
    letters.next().map(|first| first.to_string() + &letters.as_str().to_ascii_lowercase()).unwrap_or_default()
}
