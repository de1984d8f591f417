//! The rows of AutoQuery operations.

use serde_json::{Value, json};

use crate::made::{Made, make};

/// A service with generic base classes between its requests and those of ServiceStack.
fn service() -> Made {
    let base = |name: &str, args: &[&str], parameters: &[&str]| {
        let (class, arity) = (name, parameters.len());
        json!({
            "name": format!("{class}`{arity}"), "namespace": "Shop", "genericArgs": parameters, "isAbstract": true,
            "inherits": { "name": format!("QueryDb`{}", args.len()), "namespace": "ServiceStack", "genericArgs": args },
            "properties": [{ "name": "TenantId", "type": "Int32", "namespace": "System", "isValueType": true }],
        })
    };
    let request = |name: &str, inherits: Value| {
        let returns = json!({ "name": "QueryResponse`1", "namespace": "ServiceStack", "genericArgs": ["Order"] });
        let response = json!({
            "name": "QueryResponse`1", "namespace": "ServiceStack", "genericArgs": ["T"],
            "properties": [{ "name": "Results", "type": "List`1", "namespace": "System.Collections.Generic", "genericArgs": ["Order"] }],
        });
        json!({
            "request": { "name": name, "namespace": "Shop", "inherits": inherits },
            "response": response, "returnType": returns, "actions": ["ANY"],
        })
    };
    let of = |name: &str, namespace: &str, args: &[&str]| json!({ "name": name, "namespace": namespace, "genericArgs": args });
    let row = |name: &str| json!({ "name": name, "namespace": "Shop", "properties": [{ "name": "Id", "type": "Int32", "namespace": "System" }] });
    let mut unknown = request("FromElsewhere", of("ElsewhereQuery`1", "Elsewhere", &["Order"]));
    unknown["dataModel"] = of("Order", "Shop", &[]);
    unknown["viewModel"] = of("OrderView", "Shop", &[]);
    let mut lost = request("WithoutArguments", of("QueryDb`1", "ServiceStack", &[]));
    lost["dataModel"] = of("Order", "Shop", &[]);
    let mut view = request("ViewAlone", of("ElsewhereQuery`1", "Elsewhere", &["Order"]));
    view["viewModel"] = of("OrderView", "Shop", &[]);
    let mut plain = request("NoQuery", Value::Null);
    plain["returnType"] = of("Order", "Shop", &[]);
    plain["response"] = row("Order");
    plain["viewModel"] = of("Order", "Shop", &[]);
    make(&json!({
        "types": [
            row("Order"), row("OrderView"),
            base("TenantQuery", &["T"], &["T"]),
            base("ViewQuery", &["From", "Into"], &["Into", "From"]),
            { "name": "OrderQuery", "namespace": "Shop", "inherits": of("TenantQuery`1", "Shop", &["Order"]) },
        ],
        "operations": [
            request("Direct", of("QueryDb`1", "ServiceStack", &["Order"])),
            request("Data", of("QueryData`2", "ServiceStack", &["Order", "OrderView"])),
            request("ByTenant", of("TenantQuery`1", "Shop", &["Order"])),
            request("Swapped", of("ViewQuery`2", "Shop", &["OrderView", "Order"])),
            request("Twice", of("OrderQuery", "Shop", &[])),
            unknown,
            lost,
            view,
            plain,
        ],
    }))
}

#[test]
fn rows_are_found_through_every_chain_of_base_classes() {
    let made = service();
    for (operation, expected) in [
        ("Direct", "Direct: GET => QueryResponse<Order>, rows Order"),
        ("Data", "Data: GET => QueryResponse<Order>, rows Order, OrderView"),
        ("ByTenant", "ByTenant: GET => QueryResponse<Order>, rows Order"),
        ("Swapped", "Swapped: GET => QueryResponse<Order>, rows Order, OrderView"),
        ("Twice", "Twice: GET => QueryResponse<Order>, rows Order"),
        // The base class is not described, so the verb and the rows are derived from the models in the document.
        ("FromElsewhere", "FromElsewhere: POST => QueryResponse<Order>, rows Order, OrderView"),
        ("WithoutArguments", "WithoutArguments: GET => QueryResponse<Order>, rows Order"),
        ("ViewAlone", "ViewAlone: POST => QueryResponse<Order>, rows OrderView"),
        ("NoQuery", "NoQuery: POST => Order"),
    ] {
        assert_eq!(made.call("operation", operation), format!("operation!({expected});"));
    }
}
