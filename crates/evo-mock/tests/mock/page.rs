//! The page of a mock in a real browser: Chromium with its driver, if they are installed.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use evo_mock::Mock;
use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;

/// A driver on its own port, which is stopped at the end of the test.
struct Driver {
    process: Child,
    url: String,
}

impl Driver {
    /// Starts the driver. Returns `None` if it is not installed.
    fn start() -> Option<Self> {
        let mut process =
            Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
        let output = BufReader::new(process.stdout.take().unwrap());
        let started =
            output.lines().map_while(Result::ok).find(|line| line.contains("started successfully on port"))?;
        let port: u16 = started.trim_end_matches('.').rsplit(' ').next()?.parse().unwrap();
        Some(Self { process, url: format!("http://127.0.0.1:{port}") })
    }

    async fn browser(&self, more: &[&str]) -> Client {
        let arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ];
        let arguments = [&arguments[..], more].concat();
        let capabilities = json!({"goog:chromeOptions": {"args": arguments}});
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities.as_object().unwrap().clone());
        builder.connect(&self.url).await.unwrap()
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It may have exited on its own.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[tokio::test]
async fn a_person_finds_fills_in_and_sends_an_operation_by_keyboard() {
    let Some(driver) = Driver::start() else {
        println!("skipped: there is no chromedriver");
        return;
    };
    let document = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/evo-voice/metadata.json");
    let mock = Mock::of(document).start().await.unwrap();
    let browser = driver.browser(&[]).await;
    browser.goto(&mock.url()).await.unwrap();
    let wait = |selector: &'static str| {
        let browser = browser.clone();
        async move { browser.wait().at_most(Duration::from_secs(20)).for_element(Locator::Css(selector)).await.unwrap() }
    };
    // Searches, moves down to the only result, and opens it.
    wait("#search").await.send_keys("holdsess").await.unwrap();
    wait("#search").await.send_keys(&char::from(Key::Down).to_string()).await.unwrap();
    let hit = browser.active_element().await.unwrap();
    assert_eq!(hit.attr("data-name").await.unwrap().as_deref(), Some("HoldSession"));
    hit.send_keys(&char::from(Key::Enter).to_string()).await.unwrap();
    assert_eq!(wait("h2").await.text().await.unwrap(), "HoldSession");
    // The form is filled with a sample, and typed values are sent.
    let session = wait("#member-sessionId").await;
    assert_eq!(session.prop("value").await.unwrap().as_deref(), Some("session-1"));
    session.clear().await.unwrap();
    session.send_keys("s42").await.unwrap();
    session.send_keys(&char::from(Key::Enter).to_string()).await.unwrap();
    assert!(wait("#status").await.text().await.unwrap().starts_with("200 OK"));
    let answer: serde_json::Value = serde_json::from_str(&wait("#answer").await.text().await.unwrap()).unwrap();
    assert_eq!(answer["id"], "s42");
    // An operation without a body uses the method override. An invalid number is rejected before it is sent.
    browser.goto(&format!("{}/#ListSessions", mock.url())).await.unwrap();
    let page = wait("#member-page").await;
    page.clear().await.unwrap();
    page.send_keys("x").await.unwrap();
    wait("button[type=submit]").await.click().await.unwrap();
    assert_eq!(wait("[role=alert]").await.text().await.unwrap(), "page: x is not a number");
    page.clear().await.unwrap();
    page.send_keys("1").await.unwrap();
    wait("button[type=submit]").await.click().await.unwrap();
    assert!(wait("#status").await.text().await.unwrap().starts_with("200 OK"));
    browser.close().await.unwrap();
}

#[tokio::test]
async fn the_page_follows_the_light_and_dark_of_the_system() {
    let Some(driver) = Driver::start() else {
        println!("skipped: there is no chromedriver");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let mock = crate::mock(&folder).start().await.unwrap();
    for (arguments, expected) in [
        (&[][..], "rgb(255, 255, 255) rgb(27, 31, 36)"),
        (&["--force-dark-mode"], "rgb(20, 23, 26) rgb(230, 233, 237)"),
    ] {
        let browser = driver.browser(arguments).await;
        browser.goto(&mock.url()).await.unwrap();
        let script = "const style = getComputedStyle(document.body); return style.backgroundColor + ' ' + style.color;";
        let colours = browser.execute(script, Vec::new()).await.unwrap();
        assert_eq!(colours, expected, "{arguments:?}");
        browser.close().await.unwrap();
    }
}

#[tokio::test]
async fn ten_thousand_operations_are_searched_and_shown_one_by_one() {
    let Some(driver) = Driver::start() else {
        println!("skipped: there is no chromedriver");
        return;
    };
    let operation = |number: usize| {
        let request = json!({"name": format!("GetThing{number}"), "namespace": "Load"});
        json!({"request": request, "actions": ["GET"], "method": "GET", "returnsVoid": true})
    };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.json");
    let operations: Vec<_> = (0..10_000).map(operation).collect();
    std::fs::write(&path, json!({"types": [], "operations": operations}).to_string()).unwrap();
    let mock = Mock::of(&path).start().await.unwrap();
    let page = crate::call(&mock, "GET", "/", &[("Accept", "text/html")], "").await;
    assert!(page.body.len() < 2_000_000, "{}", page.body.len());
    let browser = driver.browser(&[]).await;
    browser.goto(&mock.url()).await.unwrap();
    let find = |selector: &'static str| {
        let browser = browser.clone();
        async move { browser.wait().at_most(Duration::from_secs(20)).for_element(Locator::Css(selector)).await.unwrap() }
    };
    let hidden = find("#hidden").await.text().await.unwrap();
    assert!(hidden.starts_with("Search to see 9"), "{hidden}");
    find("#search").await.send_keys("thing9876").await.unwrap();
    find("nav button[data-name=GetThing9876]").await.click().await.unwrap();
    assert_eq!(find("h2").await.text().await.unwrap(), "GetThing9876");
    find("button[type=submit]").await.click().await.unwrap();
    assert!(find("#status").await.text().await.unwrap().starts_with("204"));
    browser.close().await.unwrap();
}
