//! Tests a mock over HTTP, on loopback.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod access;
mod auto_query;
mod bounds;
mod calls;
mod custom_responses;
mod events;
mod other_clients;
mod page;
mod samples;
#[path = "../support/mod.rs"]
mod support;
mod trouble;

use evo_mock::{Mock, Running};
use serde_json::{Value, json};
use support::request;

/// The document of a shop, with operations of every kind.
fn document() -> Value {
    let member = |name: &str, ty: &str| json!({"name": name, "type": ty, "namespace": "System"});
    let value = |name: &str, ty: &str| json!({"name": name, "type": ty, "namespace": "System", "isValueType": true});
    let list = |name: &str, of: &str| json!({"name": name, "type": "List`1", "namespace": "System.Collections.Generic", "genericArgs": [of]});
    let validated = |name: &str, ty: &str, rule: &str| {
        let args = json!([{"name": "Validator", "type": "String", "namespace": "System", "value": rule}]);
        json!({"name": name, "type": ty, "namespace": "System", "attributes": [{"name": "Validate", "args": args}]})
    };
    let request = |name: &str, properties: Value| json!({"name": name, "namespace": "Shop", "properties": properties});
    let order = json!({"name": "Order", "namespace": "Shop"});
    let orders = json!({"name": "OrderPage", "namespace": "Shop"});
    json!({
        "types": [
            {"name": "Order", "namespace": "Shop", "properties": [
                member("Id", "String"), value("Total", "Decimal"), value("Placed", "DateTime"), value("Key", "Guid"),
                {"name": "State", "type": "OrderState", "namespace": "Shop", "isValueType": true, "isEnum": true},
                list("Notes", "String"),
            ]},
            {"name": "OrderPage", "namespace": "Shop", "properties": [list("Results", "Order"), value("Total", "Int32")]},
            {"name": "OrderState", "namespace": "Shop", "isEnum": true, "enumNames": ["Open", "Paid"], "enumValues": ["0", "1"]},
        ],
        "operations": [
            {"request": request("GetOrder", json!([member("OrderId", "String")])), "actions": ["GET"], "method": "GET",
             "routes": [{"path": "/orders/{OrderId}", "verbs": "GET"}], "returnType": order, "tags": ["orders"]},
            {"request": request("ListOrders", json!([value("Skip", "Int32"), value("Take", "Int32")])), "actions": ["GET"],
             "method": "GET", "returnType": orders},
            {"request": request("PlaceOrder", json!([validated("Email", "String", "Email"), validated("Note", "String", "[NotEmpty,MaximumLength(5)]"),
                value("Total", "Decimal"), list("Tags", "String")])), "actions": ["POST"], "method": "POST", "returnType": order},
            {"request": request("CancelOrder", json!([member("OrderId", "String")])), "actions": ["DELETE"], "method": "DELETE",
             "returnsVoid": true, "requiresAuth": true, "requiredRoles": ["Clerk"]},
            {"request": request("Download", json!([])), "actions": ["GET"], "method": "GET",
             "returnType": {"name": "Stream", "namespace": "System.IO"}},
            {"request": request("Keyed", json!([])), "actions": ["GET"], "method": "GET", "requiresApiKey": true, "returnType": order},
        ],
    })
}

/// Starts a mock of the shop.
fn mock(folder: &tempfile::TempDir) -> Mock {
    let path = folder.path().join("metadata.json");
    std::fs::write(&path, document().to_string()).unwrap();
    Mock::of(path)
}

/// A response: its status, its headers in lower case, and its body.
struct Reply {
    status: String,
    headers: Vec<(String, String)>,
    body: String,
}

impl Reply {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

/// Sends a request, with a body in JSON if there is one.
async fn call(mock: &Running, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Reply {
    let mut all = vec![("Accept".to_owned(), "application/json".to_owned())];
    if !body.is_empty() && !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
        all.push(("Content-Type".to_owned(), "application/json".to_owned()));
    }
    all.retain(|(name, _)| !headers.iter().any(|(own, _)| own.eq_ignore_ascii_case(name)));
    all.extend(headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let (head, body) = request(mock.address(), method, path, &all, body.as_bytes()).await;
    let mut lines = head.lines();
    let status = lines.next().unwrap_or_default().trim_start_matches("HTTP/1.1 ").to_owned();
    let headers =
        lines.filter_map(|line| line.split_once(": ")).map(|(name, value)| (name.to_owned(), value.to_owned()));
    Reply { status, headers: headers.collect(), body: String::from_utf8_lossy(&body).into_owned() }
}

async fn get(mock: &Running, path: &str) -> Reply {
    call(mock, "GET", path, &[], "").await
}
