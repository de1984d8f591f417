//! Trouble on request.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::{call, get, mock};

#[tokio::test]
async fn a_header_makes_a_single_call_fail() {
    let folder = tempfile::tempdir().unwrap();
    let mock = mock(&folder).start().await.unwrap();
    let failed = call(&mock, "GET", "/orders/1", &[("X-Mock", "status=503, code=Busy")], "").await;
    assert_eq!(failed.status, "503 Busy");
    assert_eq!(failed.json()["responseStatus"]["errorCode"], "Busy");
    assert_eq!(get(&mock, "/orders/1").await.status, "200 OK");
    assert_eq!(call(&mock, "GET", "/orders/1", &[("X-Mock", "boom")], "").await.status, "400 Bad Request");
}

#[tokio::test]
async fn the_seed_decides_which_calls_fail() {
    let folder = tempfile::tempdir().unwrap();
    let mut runs = Vec::new();
    for _ in 0..2 {
        let mock = mock(&folder).fail(50, 3).start().await.unwrap();
        let mut statuses = Vec::new();
        for _ in 0..20 {
            statuses.push(get(&mock, "/orders/1").await.status);
        }
        runs.push(statuses);
    }
    assert_eq!(runs[0], runs[1]);
    assert!(runs[0].contains(&"200 OK".to_owned()) && runs[0].iter().any(|status| status.starts_with("503")));
}

#[tokio::test(start_paused = true)]
async fn responses_can_be_delayed() {
    let folder = tempfile::tempdir().unwrap();
    let mock = mock(&folder).delay(Duration::from_secs(5)).start().await.unwrap();
    let started = tokio::time::Instant::now();
    assert_eq!(get(&mock, "/orders/1").await.status, "200 OK");
    assert!(started.elapsed() >= Duration::from_secs(5));
}

#[tokio::test]
async fn each_request_is_a_line_of_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let lines = Arc::new(Mutex::new(Vec::new()));
    let sink = lines.clone();
    let mock = mock(&folder).log(move |line| sink.lock().unwrap().push(line.to_string())).start().await.unwrap();
    get(&mock, "/orders/1?orderid=2&nonsense=3").await;
    get(&mock, "/nowhere").await;
    let lines: Vec<String> =
        lines.lock().unwrap().iter().map(|line| line.rsplit_once(" (").unwrap().0.to_owned()).collect();
    assert_eq!(
        lines,
        [
            "200 GET /orders/1?orderid=2&nonsense=3 -> GetOrder, bound from query and path, ignored nonsense",
            "404 GET /nowhere (no operation)"
        ]
    );
}
