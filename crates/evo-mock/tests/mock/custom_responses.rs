//! Custom responses: files and closures.

use evo_mock::{CustomResponse, Dialect, Error};
use serde_json::json;

use crate::{get, mock};

#[tokio::test]
async fn responses_of_files_are_read_again_when_they_change() {
    let folder = tempfile::tempdir().unwrap();
    let answers = folder.path().join("answers");
    std::fs::create_dir(&answers).unwrap();
    let write = |name: &str, value: serde_json::Value| std::fs::write(answers.join(name), value.to_string()).unwrap();
    write("GetOrder.json", json!({"id": "own", "placed": "2020-02-03T04:05:06Z", "state": "Paid"}));
    let mock = mock(&folder).answers(&answers).start().await.unwrap();
    let order = get(&mock, "/orders/x").await.json();
    let expected = json!({"id": "own", "total": 0, "placed": "/Date(1580702706000)/",
        "key": "00000000000000000000000000000000", "state": "Paid"});
    assert_eq!(order, expected);
    write("GetOrder.json", json!({"id": "changed"}));
    assert_eq!(get(&mock, "/orders/x").await.json()["id"], "changed");
    write("GetOrder.404.json", json!({"errorCode": "NotFound", "message": "gone"}));
    let wished = crate::call(&mock, "GET", "/orders/x", &[("X-Mock", "status=404")], "").await;
    assert_eq!((wished.status.as_str(), &wished.json()["responseStatus"]["message"]), ("404 NotFound", &json!("gone")));
    std::fs::write(answers.join("GetOrder.json"), "{").unwrap();
    let broken = get(&mock, "/orders/x").await;
    assert_eq!(broken.status, "500 MockException");
    assert!(broken.body.contains("GetOrder.json"), "{}", broken.body);
}

#[tokio::test]
async fn responses_of_closures_are_encoded_in_the_dialect_of_the_host() {
    let folder = tempfile::tempdir().unwrap();
    let mock = mock(&folder)
        .dialect(Dialect::Endpoints)
        .on("GetOrder", |request| match request["OrderId"].as_str() {
            Some("1") => json!({"Id": "1", "Placed": "2020-02-03T04:05:06Z"}).into(),
            _ => CustomResponse::error(404, "NotFound", "There is no such order."),
        })
        .on("Download", |_| CustomResponse::Body(b"own".to_vec()))
        .start()
        .await
        .unwrap();
    assert_eq!(get(&mock, "/orders/1").await.json()["placed"], "2020-02-03T04:05:06Z");
    let missing = get(&mock, "/orders/2").await;
    assert_eq!(
        (missing.status.as_str(), &missing.json()["responseStatus"]["errorCode"]),
        ("404 NotFound", &json!("NotFound"))
    );
    assert_eq!(get(&mock, "/api/Download").await.body, "own");
}

#[tokio::test]
async fn invalid_settings_are_errors_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let unknown = mock(&folder).on("GetOrders", |_| json!({}).into()).start().await;
    assert_eq!(
        unknown.err().map(|error| error.to_string()).as_deref(),
        Some("the service has no operation `getorders`")
    );
    let folder_missing = mock(&folder).answers(folder.path().join("none")).start().await;
    assert!(matches!(folder_missing, Err(Error::NoFolder(_))));
    let taken = mock(&folder).start().await.unwrap();
    let again = mock(&folder).port(taken.address().port()).start().await;
    assert!(matches!(again, Err(Error::Listen { .. })));
}
