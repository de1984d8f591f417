//! ASP.NET Core's endpoint routing: one verb per address, 405 with `Allow` for others, and no `/json/reply` (reference 5.1).

use super::addresses::{self, Family};
use super::binding::Address;
use super::calls::Call;
use super::faults::CallFaults;
use super::formats::{self, Format};
use super::sign_in::SignInService;
use super::{Host, Request};
use crate::log::Line;
use crate::reply::{Failure, Reply};
use crate::request::body::Form;
use crate::schema::{Operation, Response, Route};

impl Host {
    pub(super) fn respond_endpoints(
        &self,
        request: &Request,
        form: Option<&Form>,
        faults: &CallFaults,
        line: &mut Line,
    ) -> Reply {
        let verb = request.method.as_str();
        match addresses::predefined(&request.path) {
            Some(found) if found.family == Family::Api => {
                let Some(operation) = self.schema.operation(found.name) else {
                    return match SignInService::called(found.name) {
                        Some(service) => self.sign_in(service, request, form),
                        None => Reply::empty(404),
                    };
                };
                let call = |verb, format| Call {
                    operation,
                    request,
                    form,
                    verb,
                    address: &Address::Predefined,
                    format,
                    faults,
                };
                let format = formats::for_predefined(request, Format::Json, found.format);
                if found.is_batch {
                    let has_batch = matches!(operation.verb.as_str(), "POST" | "PUT" | "PATCH")
                        && matches!(operation.response, Response::Json(_));
                    return match has_batch {
                        true if verb == "POST" => self.run_batch(&call(&operation.verb, format), line),
                        true => not_allowed("POST"),
                        false => Reply::empty(404),
                    };
                }
                // The address with a suffix accepts every verb and uses the one in the header.
                let overridden = request.override_verb().unwrap_or(verb).to_ascii_uppercase();
                let effective = if found.format == Some("json") { overridden.as_str() } else { verb };
                match effective == operation.verb {
                    true => self.run(&call(&operation.verb, format), line),
                    false if found.format == Some("json") => Reply::empty(405),
                    false => not_allowed(&operation.verb),
                }
            }
            Some(_) => self.unknown_operation(request),
            None if matches!(request.path.as_str(), "/api") && verb == "GET" => self.index(),
            None => self.respond_route(request, form, faults, line),
        }
    }

    fn respond_route(&self, request: &Request, form: Option<&Form>, faults: &CallFaults, line: &mut Line) -> Reply {
        let verb = request.method.as_str();
        let mut matches = addresses::declared(&self.schema, &request.path);
        // Only a wildcard matches empty segments.
        matches.retain(|found| !request.path.contains("//") || found.route.ends_in_tail());
        // A suffix works only with GET, and values between dots are never empty.
        let is_mapped = |found: &addresses::Match<'_>| {
            let has_empty = matches!(&found.address, Address::Route(values) if found.route.has_dots() && values.iter().any(|(_, value)| value.is_empty()));
            (found.format.is_none() || verb == "GET") && !has_empty
        };
        if matches.is_empty() && !matches!(verb, "GET" | "HEAD") {
            // Hosts map a GET page to every unknown path.
            return not_allowed("GET");
        }
        let matches: Vec<_> = matches.into_iter().filter(is_mapped).collect();
        if matches.is_empty() {
            return Reply::empty(404);
        }
        let Some(found) = matches.iter().find(|found| serves(found.operation, found.route, verb)) else {
            let mut allowed: Vec<&str> = matches.iter().flat_map(|found| verbs(found.operation, found.route)).collect();
            allowed.sort_unstable();
            allowed.dedup();
            return not_allowed(&allowed.join(", "));
        };
        // With the header, the route is looked up again with that verb.
        let overridden = request.override_verb().map(str::to_ascii_uppercase);
        let found = match &overridden {
            Some(overridden) => match matches.iter().find(|found| serves(found.operation, found.route, overridden)) {
                Some(found) => found,
                None => return Reply::empty(404),
            },
            None => found,
        };
        let verb = overridden.as_deref().unwrap_or(verb);
        if !found.operation.allows(verb) {
            let message = format!("{} does not implement {verb}", found.operation.name);
            let failure = Failure::new(405, "NotImplementedException", message).thrown();
            return failure.reply(&self.schema, Some(found.operation), self.style(request), false);
        }
        let format = formats::for_route(request, found.format);
        let call = Call { operation: found.operation, request, form, verb, address: &found.address, format, faults };
        self.run(&call, line)
    }
}

/// The verbs that are mapped. Routes for other verbs cannot be reached.
const MAPPED: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/// Whether a route is mapped for a verb. A route without verbs is only mapped for the verb of its operation.
fn serves(operation: &Operation, route: &Route, verb: &str) -> bool {
    MAPPED.contains(&verb) && verbs(operation, route).iter().any(|own| own.eq_ignore_ascii_case(verb))
}

fn verbs<'a>(operation: &'a Operation, route: &'a Route) -> Vec<&'a str> {
    if route.verbs.is_empty() {
        vec![operation.verb.as_str()]
    } else {
        route.verbs.iter().map(String::as_str).collect()
    }
}

fn not_allowed(verbs: &str) -> Reply {
    Reply::empty(405).header("allow", verbs)
}
