//! The services of the recorded host `errors`, which throw on purpose.

use evo_mock::{CustomResponse, Mock};
use serde_json::{Value, json};

/// Adds the responses of the code of the recorded host.
pub fn throwing(mock: Mock) -> Mock {
    mock.on("Fail", |request| {
        let text = |name: &str, default: &str| request[name].as_str().unwrap_or(default).to_owned();
        let status = request["Status"].as_u64().and_then(|status| u16::try_from(status).ok()).unwrap_or(500);
        CustomResponse::error(status, text("Code", "CustomCode"), text("Message", "custom message"))
    })
    .on("FailArgument", |_| CustomResponse::error(400, "ArgumentException", "bad argument (Parameter 'Name')"))
    .on("FailUnhandled", |_| CustomResponse::error(500, "InvalidOperationException", "it broke"))
    .on("BareError", |_| CustomResponse::error(409, "Clash", "clash"))
    .on("Limited", |_| CustomResponse::error(429, "TooManyRequests", "TooManyRequests"))
    .on("StatusInBody", |_| {
        json!({"id": 1, "responseStatus": {"errorCode": "SoftError", "message": "returned, not thrown"}}).into()
    })
    .on("Batched", |request| match request["Id"].as_i64() {
        Some(13) => CustomResponse::error(400, "ArgumentException", "unlucky (Parameter 'Id')"),
        id => json!({ "id": id }).into(),
    })
    .on("Validated", |request| {
        let is_empty = |name: &str| request[name].as_str().is_none_or(str::is_empty);
        match (is_empty("Name"), request["Age"].as_i64()) {
            (true, _) => CustomResponse::error(400, "NotEmpty", "'Name' must not be empty."),
            (false, Some(18..=120)) => Value::Object(serde_json::Map::new()).into(),
            (false, _) => CustomResponse::error(400, "InclusiveBetween", "'Age' must be between 18 and 120."),
        }
    })
}
