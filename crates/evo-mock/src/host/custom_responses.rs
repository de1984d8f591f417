//! Custom responses: files in a folder, and closures.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value as Json;

/// The maximum size of a file in bytes.
const MAX_FILE: u64 = 16 * 1024 * 1024;

/// The response of a closure.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum CustomResponse {
    /// The response, with the members of the type that the operation returns, in any casing.
    Json(Json),
    /// The raw body, for operations that return text, bytes or a stream.
    Body(Vec<u8>),
    /// An error with its HTTP status, error code and message.
    Error {
        /// The HTTP status, 400 or above.
        status: u16,
        /// The `errorCode` of the response status.
        code: String,
        /// The message of the response status.
        message: String,
    },
}

impl CustomResponse {
    /// Creates an error with its HTTP status, error code and message.
    pub fn error(status: u16, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Error { status, code: code.into(), message: message.into() }
    }
}

impl From<Json> for CustomResponse {
    fn from(value: Json) -> Self {
        Self::Json(value)
    }
}

/// A closure that handles an operation. It receives the request with the C# names of its members.
pub(crate) type Handler = Arc<dyn Fn(&Json) -> CustomResponse + Send + Sync>;

/// Custom responses by operation. Closures take precedence over files.
#[derive(Clone, Default)]
pub(crate) struct CustomResponses {
    pub(crate) handlers: BTreeMap<String, Handler>,
    pub(crate) folder: Option<PathBuf>,
}

/// The response in a file.
#[derive(Debug, PartialEq)]
pub(crate) enum FileResponse {
    Found {
        status: u16,
        value: Json,
    },
    /// The file exists but cannot be used.
    Unusable(String),
    None,
}

impl CustomResponses {
    pub(crate) fn handler(&self, operation: &str) -> Option<&Handler> {
        self.handlers.get(&operation.to_ascii_lowercase())
    }

    /// Reads `HoldSession.json`, or `HoldSession.404.json` for a status. Files are read for each call, so edits take effect immediately.
    pub(crate) fn file(&self, operation: &str, status: Option<u16>) -> FileResponse {
        let Some(folder) = &self.folder else { return FileResponse::None };
        // The name comes from the document and must not lead out of the folder.
        if !operation.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-')) {
            return FileResponse::None;
        }
        if let Some(status) = status {
            return read(&folder.join(format!("{operation}.{status}.json")), status);
        }
        match read(&folder.join(format!("{operation}.json")), 200) {
            FileResponse::None => {}
            response => return response,
        }
        // If an operation has only an error file, that is its response.
        let names = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.file_name());
        let statuses = names.filter_map(|name| {
            let name = name.to_str()?.to_owned();
            name.strip_prefix(operation)?.strip_prefix('.')?.strip_suffix(".json")?.parse::<u16>().ok()
        });
        match statuses.min() {
            Some(status) => read(&folder.join(format!("{operation}.{status}.json")), status),
            None => FileResponse::None,
        }
    }
}

fn read(path: &Path, status: u16) -> FileResponse {
    let unusable = |reason: String| FileResponse::Unusable(format!("{}: {reason}", path.display()));
    match std::fs::metadata(path) {
        Err(_) => return FileResponse::None,
        Ok(about) if !about.is_file() => return FileResponse::None,
        Ok(about) if about.len() > MAX_FILE => return unusable("the file is larger than 16 MiB".to_owned()),
        Ok(_) => {}
    }
    match std::fs::read_to_string(path) {
        Ok(text) => match serde_json::from_str(text.trim_start_matches('\u{feff}')) {
            Ok(value) => FileResponse::Found { status, value },
            Err(error) => unusable(error.to_string()),
        },
        Err(error) => unusable(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn files_are_found_by_operation_and_status() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        write("Hold.json", r#"{"id":"1"}"#);
        write("Hold.404.json", r#"{"errorCode":"NotFound"}"#);
        write("Gone.410.json", r#"{"errorCode":"Gone"}"#);
        write("Broken.json", "{");
        std::fs::write(folder.path().parent().unwrap().join("Secret.json"), "1").unwrap();
        let responses = CustomResponses { folder: Some(folder.path().to_owned()), ..CustomResponses::default() };
        assert_eq!(responses.file("Hold", None), FileResponse::Found { status: 200, value: json!({"id": "1"}) });
        assert_eq!(
            responses.file("Hold", Some(404)),
            FileResponse::Found { status: 404, value: json!({"errorCode": "NotFound"}) }
        );
        assert_eq!(responses.file("Hold", Some(500)), FileResponse::None);
        assert_eq!(
            responses.file("Gone", None),
            FileResponse::Found { status: 410, value: json!({"errorCode": "Gone"}) }
        );
        assert!(matches!(responses.file("Broken", None), FileResponse::Unusable(_)));
        assert_eq!(responses.file("../Secret", None), FileResponse::None);
        assert_eq!(responses.file("Other", None), FileResponse::None);
    }
}
