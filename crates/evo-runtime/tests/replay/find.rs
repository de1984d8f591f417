//! Finds the operation and address of a recorded request in the document of the host, independently of the client.

use std::collections::BTreeMap;

use evo_runtime::{Address, Format};
use percent_encoding::percent_decode_str;
use serde_json::Value;

use crate::hosts::{self, Elsewhere};
use crate::operations::{Call, text};
use crate::recordings::{Request, repository};

/// The operations of a host with their routes.
pub struct Host {
    calls: BTreeMap<String, (Call, Vec<Route>)>,
    elsewhere: Call,
}

struct Route {
    path: String,
    /// `None` if any verb is accepted.
    verbs: Option<Vec<String>>,
}

/// The target of a request.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Calls {
    /// An operation.
    One,
    /// A batch of an operation.
    Many,
    /// A page, a document, or an unknown path.
    Elsewhere,
}

/// The operation and address of a recorded request.
pub struct Target<'a> {
    pub call: &'a Call,
    pub calls: Calls,
    pub address: Address,
    pub format: Format,
    /// The names and values of the variables in the path.
    pub variables: Vec<(String, String)>,
    /// Whether the path has a suffix that requests another format.
    pub suffix: bool,
    /// Whether the call is one-way.
    pub one_way: bool,
    /// The declared route or built-in address that matches the path.
    pub route: String,
}

impl Host {
    /// Reads the host from its document of version 10.1.5.
    pub fn new(host: &str) -> Self {
        let path = repository().join(format!("fixtures/recordings/10.1.5/{host}.st-camel.metadata.json"));
        let document: Value = serde_json::from_slice(&std::fs::read(path).expect("a document")).expect("JSON");
        let mut calls: BTreeMap<String, (Call, Vec<Route>)> = BTreeMap::new();
        for call in hosts::operations(host) {
            let name = call.spec.name;
            let operations = document["operations"].as_array().expect("operations").iter();
            let described = operations.clone().find(|operation| operation["request"]["name"] == name);
            let described = described.unwrap_or_else(|| panic!("{host} has no {name}"));
            let routes = described["routes"].as_array().map(Vec::as_slice).unwrap_or_default();
            calls.insert(name.to_ascii_lowercase(), (call, routes.iter().map(route).collect()));
        }
        assert_eq!(Some(calls.len()), document["operations"].as_array().map(Vec::len), "operations of {host}");
        for (paths, call) in hosts::built_in() {
            let routes = paths.iter().map(|path| Route { path: (*path).to_owned(), verbs: None }).collect();
            calls.insert(call.spec.name.to_ascii_lowercase(), (call, routes));
        }
        Self { calls, elsewhere: text::<Elsewhere>() }
    }

    /// Returns the operation and the address of a request.
    pub fn find(&self, request: &Request) -> Target<'_> {
        let path = request.path.split('?').next().unwrap_or_default();
        let accept = request.header("accept").unwrap_or_default();
        let content_type = request.header("content-type").unwrap_or_default();
        let is_jsv = path.starts_with("/jsv/") || accept.contains("/jsv") || content_type.contains("/jsv");
        let format = if is_jsv { Format::Jsv } else { Format::Json };
        self.predefined(path, format).or_else(|| self.declared(path, &request.verb, format)).unwrap_or_else(|| Target {
            call: &self.elsewhere,
            calls: Calls::Elsewhere,
            address: if path.starts_with("/api/") { Address::Api } else { Address::Routes },
            format,
            variables: Vec::new(),
            suffix: false,
            one_way: false,
            route: path.to_owned(),
        })
    }

    /// Finds the operation of `/api/{name}`, `/json/reply/{name}` and similar paths.
    fn predefined(&self, path: &str, format: Format) -> Option<Target<'_>> {
        let folders = [
            ("/api/", Address::Api, false),
            ("/json/reply/", Address::Reply, false),
            ("/jsv/reply/", Address::Reply, false),
            ("/json/oneway/", Address::Reply, true),
        ];
        let (name, address, one_way) = folders
            .into_iter()
            .find_map(|(folder, address, one_way)| Some((path.strip_prefix(folder)?, address, one_way)))?;
        let decoded = decoded(name);
        let name = decoded.strip_suffix("[]").unwrap_or(&decoded);
        let bare = name.split('.').next().unwrap_or_default();
        let (call, _) = self.calls.get(&bare.to_ascii_lowercase())?;
        Some(Target {
            call,
            calls: if name == decoded { Calls::One } else { Calls::Many },
            address,
            format,
            variables: Vec::new(),
            suffix: bare != name,
            one_way,
            route: path.to_owned(),
        })
    }

    fn declared(&self, path: &str, verb: &str, format: Format) -> Option<Target<'_>> {
        let mut best: Option<((bool, bool, usize), Target<'_>)> = None;
        for (call, routes) in self.calls.values() {
            for route in routes {
                let serves = route.verbs.as_ref().is_none_or(|verbs| verbs.iter().any(|known| known == verb));
                let exact = fill(&route.path, path).map(|filled| (filled, false));
                let found = exact.or_else(|| fill(&route.path, without_suffix(path)?).map(|filled| (filled, true)));
                let Some(((literals, variables), suffix)) = found else { continue };
                let rank = (serves, !suffix, literals);
                if best.as_ref().is_some_and(|(known, _)| *known >= rank) {
                    continue;
                }
                let target = Target {
                    call,
                    calls: Calls::One,
                    address: Address::Routes,
                    format,
                    variables,
                    suffix,
                    one_way: false,
                    route: route.path.clone(),
                };
                best = Some((rank, target));
            }
        }
        best.map(|(_, target)| target)
    }
}

fn route(route: &Value) -> Route {
    let verbs = route["verbs"].as_str();
    Route {
        path: route["path"].as_str().expect("a path").to_owned(),
        verbs: verbs.map(|verbs| verbs.split([',', ' ']).map(str::to_owned).collect()),
    }
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// The response formats of path suffixes.
const SUFFIXES: [&str; 4] = [".csv", ".jsv", ".xml", ".json"];

fn without_suffix(path: &str) -> Option<&str> {
    SUFFIXES.iter().find_map(|suffix| path.strip_suffix(suffix))
}

/// Returns the number of literal segments of a route that matches a path, and the values of its variables; `None` if it does not match.
fn fill(route: &str, path: &str) -> Option<(usize, Vec<(String, String)>)> {
    let mut literals = 0;
    let mut variables = Vec::new();
    let path = path.trim_start_matches('/');
    let mut segments = path.strip_suffix('/').unwrap_or(path).split('/');
    for part in route.trim_matches('/').split('/') {
        if let Some(name) = part.strip_prefix('{').and_then(|part| part.strip_suffix("*}")) {
            let rest: Vec<&str> = segments.collect();
            if !rest.is_empty() {
                variables.push((name.to_owned(), decoded(&rest.join("/"))));
            }
            return Some((literals, variables));
        }
        let segment = segments.next()?;
        if !part.contains('{') {
            part.eq_ignore_ascii_case(segment).then_some(())?;
            literals += 1;
            continue;
        }
        // `{Id}.{Format}`: a value ends at the first dot.
        let count = part.split('.').count();
        let values: Vec<&str> = if count == 1 { vec![segment] } else { segment.splitn(count, '.').collect() };
        (values.len() == count && values.iter().all(|value| !value.is_empty())).then_some(())?;
        let names = part.split('.').map(|name| name.trim_matches(['{', '}']).to_owned());
        variables.extend(names.zip(values.into_iter().map(decoded)));
    }
    segments.next().is_none().then_some((literals, variables))
}
