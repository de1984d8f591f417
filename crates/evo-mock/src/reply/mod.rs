//! Replies: status, headers and body.

mod failure;

use tokio::sync::mpsc::Receiver;

pub(crate) use self::failure::{Failure, FieldError};

#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    /// The reason phrase, if it is not the standard one.
    pub(crate) reason: Option<String>,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
    /// The frames that are sent while the connection is open.
    pub(crate) frames: Option<Receiver<String>>,
}

/// The content type of JSON.
pub(crate) const JSON: &str = "application/json; charset=utf-8";

impl Reply {
    /// Creates a reply without a body.
    pub(crate) fn empty(status: u16) -> Self {
        Self { status, reason: None, headers: Vec::new(), body: Vec::new(), frames: None }
    }

    pub(crate) fn with_body(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::empty(status).header("content-type", content_type).body(body)
    }

    /// Creates a reply that continues as long as there are frames.
    pub(crate) fn stream(content_type: &str, frames: Receiver<String>) -> Self {
        Self { frames: Some(frames), ..Self::empty(200).header("content-type", content_type) }
    }

    pub(crate) fn json(body: impl Into<Vec<u8>>) -> Self {
        Self::with_body(200, JSON, body)
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn reason(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }

    fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// Creates an HTML page, which hosts send unless another format is requested.
    pub(crate) fn page(status: u16, title: &str, text: &str) -> Self {
        let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
        let (title, text) = (escape(title), escape(text));
        let page = format!(
            "<!doctype html>\n<html lang=\"en\"><head><title>{title}</title></head><body><pre>{text}</pre></body></html>\n"
        );
        Self::with_body(status, "text/html", page)
    }
}
