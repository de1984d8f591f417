//! The documents of a host: `/types/metadata`, `/metadata/app.json` and the HTML page.

use std::sync::OnceLock;

use http::Method;
use serde_json::{Value as Json, json};

use super::Dialect;
use crate::reply::Reply;
use crate::request::Request;
use crate::values::json_writer::Casing;

/// The documents of a host, which are serialized on first use.
#[derive(Debug)]
pub(crate) struct Documents {
    metadata: Json,
    name: String,
    dialect: Dialect,
    casing: Casing,
    types: OnceLock<String>,
    app: OnceLock<String>,
    page: OnceLock<String>,
}

impl Documents {
    pub(crate) fn new(metadata: Json, name: &str, dialect: Dialect, casing: Casing) -> Self {
        let (types, app, page) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
        Self { metadata, name: name.to_owned(), dialect, casing, types, app, page }
    }

    /// Returns the document at the path of a request, if there is one. `page` renders the HTML page.
    pub(super) fn respond(&self, request: &Request, page: impl FnOnce() -> String) -> Option<Reply> {
        if !matches!(request.method, Method::GET | Method::HEAD) {
            return None;
        }
        let page = || Reply::with_body(200, "text/html; charset=utf-8", self.page.get_or_init(page).as_str());
        let text = match request.path.trim_end_matches('/').to_ascii_lowercase().as_str() {
            "" if accepts_page(request) => return Some(page()),
            "/metadata" => return Some(page()),
            "/types" => {
                let base = format!("http://{}", request.header("host").unwrap_or_default());
                return Some(Reply::json(json!({ "Metadata": format!("{base}/types/metadata") }).to_string()));
            }
            "/types/metadata" | "/types/metadata.json" | "/metadata.json" | "/api/typesmetadata" => {
                self.types.get_or_init(|| self.metadata.to_string())
            }
            "/metadata/app.json" | "/metadata/app" => self.app.get_or_init(|| self.app().to_string()),
            _ => return None,
        };
        Some(Reply::json(text.as_str()))
    }

    /// Returns the content of `/metadata/app.json`, from which clients detect the dialect.
    fn app(&self) -> Json {
        let has_endpoints = self.dialect == Dialect::Endpoints;
        let casing = match self.casing {
            Casing::Camel => "CamelCase",
            Casing::Pascal => "PascalCase",
            Casing::Snake => "SnakeCase",
        };
        json!({
            "app": {
                "serviceStackVersion": "10.1",
                "serviceName": self.name,
                "jsTextCase": casing,
                "useSystemJson": if has_endpoints { json!("Enabled") } else { Json::Null },
                "endpointRouting": if has_endpoints { json!(["/"]) } else { Json::Null },
            },
            "httpHandlers": { "ApiHandlers.Json": "/api/{Request}" },
            "plugins": {},
            "api": self.metadata,
        })
    }
}

/// Whether to send the HTML page: to browsers and to programs that accept anything. Requests for JSON get the 404 of a real host.
fn accepts_page(request: &Request) -> bool {
    request.header("accept").is_none_or(|accept| accept.contains("text/html") || accept.contains("*/*"))
}
