//! What the host says of itself: `/types/metadata`, `/metadata/app.json` and the page for a person.

use http::Method;
use serde_json::{Value as Json, json};

use super::Dialect;
use crate::answer::Reply;
use crate::request::Request;
use crate::values::json_writer::Casing;

/// The documents of a host.
#[derive(Debug, Clone, Default)]
pub(crate) struct Documents {
    pub(crate) types: String,
    pub(crate) app: String,
}

impl Documents {
    pub(crate) fn new(types: &Json, name: &str, dialect: Dialect, casing: Casing) -> Self {
        let has_endpoints = dialect == Dialect::Endpoints;
        let casing = match casing {
            Casing::Camel => "CamelCase",
            Casing::Pascal => "PascalCase",
            Casing::Snake => "SnakeCase",
        };
        let use_system_json = if has_endpoints { json!("Enabled") } else { Json::Null };
        let app = json!({
            "app": {
                "serviceStackVersion": "10.1",
                "serviceName": name,
                "jsTextCase": casing,
                "useSystemJson": use_system_json,
                "endpointRouting": if has_endpoints { json!(["/"]) } else { Json::Null },
            },
            "httpHandlers": { "ApiHandlers.Json": "/api/{Request}" },
            "plugins": {},
            "api": types,
        });
        Self { types: types.to_string(), app: app.to_string() }
    }

    pub(super) fn answer(&self, request: &Request, page: &str) -> Option<Reply> {
        if !matches!(request.method, Method::GET | Method::HEAD) {
            return None;
        }
        let text = match request.path.trim_end_matches('/').to_ascii_lowercase().as_str() {
            "" => return Some(Reply::with_body(200, "text/html; charset=utf-8", page)),
            "/types/metadata" | "/types/metadata.json" | "/metadata.json" => &self.types,
            "/metadata/app.json" | "/metadata/app" => &self.app,
            _ => return None,
        };
        Some(Reply::json(text.as_str()))
    }
}
