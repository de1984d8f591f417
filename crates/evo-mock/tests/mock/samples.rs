//! Sample responses.

use serde_json::json;

use crate::{get, mock};

#[tokio::test]
async fn samples_are_the_same_on_every_run() {
    let folder = tempfile::tempdir().unwrap();
    let first = mock(&folder).start().await.unwrap();
    let second = mock(&folder).start().await.unwrap();
    for path in ["/orders/x", "/api/ListOrders"] {
        assert_eq!(get(&first, path).await.body, get(&second, path).await.body, "{path}");
    }
}

#[tokio::test]
async fn lists_page_as_the_request_asks() {
    let folder = tempfile::tempdir().unwrap();
    let mock = mock(&folder).start().await.unwrap();
    let ids = |page: &serde_json::Value| -> Vec<String> {
        page["results"].as_array().unwrap().iter().map(|order| order["id"].as_str().unwrap().to_owned()).collect()
    };
    let page = get(&mock, "/api/ListOrders?skip=3&take=2").await.json();
    assert_eq!((ids(&page), &page["total"]), (vec!["order-4".to_owned(), "order-5".to_owned()], &json!(25)));
    let last = get(&mock, "/api/ListOrders?skip=24&take=10").await.json();
    assert_eq!(ids(&last), ["order-25"]);
    assert_eq!(ids(&get(&mock, "/api/ListOrders?skip=30").await.json()), Vec::<String>::new());
}

#[tokio::test]
async fn requests_filled_with_samples_are_accepted() {
    let folder = tempfile::tempdir().unwrap();
    let mock = mock(&folder).start().await.unwrap();
    let sample = mock.sample("PlaceOrder").unwrap();
    assert_eq!(sample["email"], "user1@example.com");
    assert_eq!(sample["note"], "Note ", "five characters at most");
    assert_eq!(crate::call(&mock, "POST", "/api/PlaceOrder", &[], &sample.to_string()).await.status, "200 OK");
    assert_eq!(mock.sample("Nothing"), None);
}
