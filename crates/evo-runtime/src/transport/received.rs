//! Decoding requests as a service would, for scripted transports.

use http::header::CONTENT_TYPE;
use percent_encoding::percent_decode_str;

use super::Body;
use crate::operations::Operation;
use crate::wire::{json, jsv};

/// The DTOs of a request.
pub(super) struct Received<T> {
    pub(super) items: Vec<T>,
    pub(super) is_batch: bool,
}

/// Reads the DTO of a request from its path, query and body, or the DTOs of a batch from its body.
pub(super) fn received<T: Operation + Default>(request: &http::Request<Body>) -> Result<Received<T>, String> {
    let body = request.body().as_bytes().unwrap_or_default();
    let content_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut item = T::default();
    if content_type.contains("json") {
        if request.uri().path().ends_with("[]") {
            let mut items = Vec::<T>::new();
            json::read_slice(body, &mut items).map_err(|error| error.to_string())?;
            return Ok(Received { items, is_batch: true });
        }
        json::read_slice(body, &mut item).map_err(|error| error.to_string())?;
    } else if content_type.contains("jsv") {
        jsv::read_slice(body, &mut item).map_err(|error| error.to_string())?;
    }
    let form = if content_type.starts_with("multipart/") { form_fields(body) } else { Vec::new() };
    let query = url::form_urlencoded::parse(request.uri().query().unwrap_or_default().as_bytes());
    let query = query.map(|(name, value)| (name.into_owned(), value.into_owned()));
    for (name, value) in form.into_iter().chain(query).chain(path_variables::<T>(request.uri().path())) {
        set(&mut item, &name, &value)?;
    }
    Ok(Received { items: vec![item], is_batch: false })
}

/// Sets a member from text, which is JSV for lists and objects, and otherwise the plain value. Unknown names are skipped.
fn set<T: Operation>(item: &mut T, name: &str, value: &str) -> Result<(), String> {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let name = quoted(name);
    if value.starts_with(['[', '{']) && jsv::read_slice(format!("{{{name}:{value}}}").as_bytes(), item).is_ok() {
        return Ok(());
    }
    jsv::read_slice(format!("{{{name}:{}}}", quoted(value)).as_bytes(), item)
        .map(drop)
        .map_err(|error| error.to_string())
}

/// Returns the variables of the declared route that a path ends with, or none if the path is one of the predefined addresses.
fn path_variables<T: Operation>(path: &str) -> Vec<(String, String)> {
    let segments = |path: &'static str| path.split('/').filter(|segment| !segment.is_empty()).collect::<Vec<_>>();
    let path: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    if let [.., "api" | "reply" | "oneway", name] = path[..]
        && name == T::SPEC.name
    {
        return Vec::new();
    }
    let routes = T::SPEC.routes.iter().map(|route| segments(route));
    let matched = routes.filter_map(|route| (0..path.len()).find_map(|start| variables(&route, path.get(start..)?)));
    matched.max_by_key(Vec::len).unwrap_or_default()
}

/// Returns the variables of a route if it matches a path. A wildcard takes the rest.
fn variables(route: &[&str], path: &[&str]) -> Option<Vec<(String, String)>> {
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let mut variables = Vec::new();
    let mut rest = path.iter();
    for segment in route {
        let variable = segment.strip_prefix('{').and_then(|name| name.strip_suffix('}'));
        if let Some(name) = variable.and_then(|name| name.strip_suffix('*')) {
            variables.push((name.to_owned(), decoded(&rest.as_slice().join("/"))));
            return Some(variables);
        }
        let value = rest.next()?;
        match variable {
            Some(name) => variables.push((name.to_owned(), decoded(value))),
            None if segment.eq_ignore_ascii_case(value) => {}
            None => return None,
        }
    }
    rest.as_slice().is_empty().then_some(variables)
}

/// Returns the fields of a form that are not files.
fn form_fields(body: &[u8]) -> Vec<(String, String)> {
    let text = String::from_utf8_lossy(body);
    let boundary = text.lines().next().unwrap_or_default().to_owned();
    let field = |part: &str| {
        let (head, value) = part.split_once("\r\n\r\n")?;
        let name = head.split_once("name=\"")?.1.split('"').next()?;
        let is_file = head.contains("filename=\"");
        (!is_file).then(|| (name.to_owned(), value.trim_end_matches("\r\n").to_owned()))
    };
    text.split(&boundary).filter_map(field).collect()
}
