//! Failing servers: each call ends in time, with the right error, and leaves no connection open.

use std::sync::Arc;
use std::time::Duration;

use evo_runtime::{Client, ClientBuilder, Error, ErrorKind, Retry};
use reqwest::redirect::Policy;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::fault_cases::{Call, Case, LIMIT, Outcome, cases};
use crate::fault_server::{FaultServer, Step};
use crate::notes::{ReadFile, ReadNote};

/// The time limit for a call that must not hang.
const HANGS: Duration = Duration::from_secs(15);

/// How long a client waits for a server that is too slow.
const HASTY: Duration = Duration::from_millis(300);

fn builder(base: &str) -> ClientBuilder {
    Client::builder(base).retry(Retry::never()).body_limit(LIMIT)
}

async fn download(client: &Client, text: String) -> Result<String, Error> {
    let call = client.download(ReadFile { text: Some(text) }).limit(LIMIT as u64);
    let bytes = call.send().await?.bytes().await?;
    Ok(String::from_utf8(bytes.to_vec()).unwrap())
}

async fn read(client: &Client, text: String) -> Result<String, Error> {
    Ok(client.send(ReadNote { text: Some(text) }).await?.text.unwrap_or_default())
}

/// Makes a call to a server with a fault, and returns the result.
async fn outcome(client: &Client, case: &Case, index: usize) -> Outcome {
    let call = async {
        match case.call {
            Call::Value => read(client, index.to_string()).await,
            Call::Download => download(client, index.to_string()).await,
        }
    };
    let outcome = timeout(HANGS, call).await;
    assert!(outcome.is_ok(), "{}: the call hangs", case.name);
    match outcome.unwrap() {
        Ok(text) => Outcome::Answer(text),
        Err(error) => {
            assert!(!error.to_string().contains('\n') && error.body().len() <= 64 * 1024, "{}: {error}", case.name);
            Outcome::Fails(error.kind(), error.status().map(|status| status.as_u16()))
        }
    }
}

#[tokio::test]
async fn each_fault_has_its_own_error_and_the_client_keeps_working() {
    let cases = cases();
    let server = FaultServer::start(cases.iter().map(|case| case.script.clone()), 0).await;
    let patient = builder(&server.base).build().unwrap();
    let hasty = builder(&server.base).timeout(HASTY).build().unwrap();
    let mut wrong = Vec::new();
    for (index, case) in cases.iter().enumerate() {
        let client = if case.is_slow() { &hasty } else { &patient };
        let outcome = outcome(client, case, index).await;
        if outcome != case.outcome {
            wrong.push(format!("{}: {outcome:?} instead of {:?}", case.name, case.outcome));
        }
        // A connection that the client considers usable may be closed by now.
        let again = Retry::default().first_pause(Duration::from_millis(1));
        let fine = patient.call(ReadNote { text: Some("fine".to_owned()) }).retry(again).send();
        assert_eq!(timeout(HANGS, fine).await.unwrap().unwrap().text.as_deref(), Some("fine"), "after: {}", case.name);
        let open = server.left_open().await;
        assert_eq!(open, 0, "{}: connections are left open", case.name);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // Without retries and redirects, each script is requested once.
    assert_eq!(server.asked(), vec![1; cases.len()]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_calls_at_once_each_get_their_own_outcome() {
    const CALLS: usize = 1000;
    // Both ends of each connection are in this process, and some are still closing.
    let at_once = CALLS.min(open_files() / 4);
    let cases = Arc::new(cases());
    let server = FaultServer::start(cases.iter().map(|case| case.script.clone()), at_once).await;
    let client = |pause| {
        let over = reqwest::Client::builder().redirect(Policy::none()).pool_max_idle_per_host(0).read_timeout(pause);
        builder(&server.base).timeout(pause).reqwest(over).build().unwrap()
    };
    // Long enough for all requests to arrive.
    let (patient, hasty) = (client(HANGS), client(Duration::from_secs(5)));
    let places = Arc::new(Semaphore::new(at_once));
    let mut tasks = Vec::new();
    for call in 0..CALLS {
        let (cases, places) = (Arc::clone(&cases), Arc::clone(&places));
        let (patient, hasty) = (patient.clone(), hasty.clone());
        tasks.push(tokio::spawn(async move {
            let _place = places.acquire().await.unwrap();
            // Every second call succeeds.
            let index = (call / 2) % cases.len();
            let case = &cases[index];
            if call % 2 == 0 {
                let text = format!("fine-{call}");
                let answer = timeout(HANGS, read(&patient, text.clone())).await.unwrap().unwrap();
                return (answer != text).then(|| format!("{answer:?} instead of {text:?}"));
            }
            let client = if case.is_slow() { &hasty } else { &patient };
            let outcome = outcome(client, case, index).await;
            (outcome != case.outcome).then(|| format!("{}: {outcome:?} instead of {:?}", case.name, case.outcome))
        }));
    }
    let mut wrong = Vec::new();
    for task in tasks {
        wrong.extend(task.await.unwrap());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(server.asked().iter().sum::<usize>(), CALLS / 2);
    assert_eq!(server.left_open().await, 0, "connections are left open");
}

/// Returns the limit of open files of this process, if it is known.
fn open_files() -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let line = limits.lines().find(|line| line.starts_with("Max open files"));
    line.and_then(|line| line.split_whitespace().nth(3)?.parse().ok()).unwrap_or(256)
}

#[tokio::test]
async fn failed_and_broken_connections_are_distinguished() {
    // A port without a listener.
    let gone = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", gone.local_addr().unwrap());
    drop(gone);
    let client = builder(&base).build().unwrap();
    let error = timeout(HANGS, read(&client, "a".to_owned())).await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect, "{error}");

    let rude = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", rude.local_addr().unwrap());
    let task = tokio::spawn(async move { rude.accept().await.unwrap().0.set_zero_linger().unwrap() });
    let client = builder(&base).build().unwrap();
    let error = timeout(HANGS, read(&client, "a".to_owned())).await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Interrupted, "{error}");
    task.await.unwrap();
}

#[tokio::test]
async fn a_redirect_reaches_no_other_host() {
    let other = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let location = format!("http://{}/api/ReadNote", other.local_addr().unwrap());
    let answer = format!("HTTP/1.1 307 Temporary Redirect\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n");
    let server = FaultServer::start([vec![Step::Send(answer.into_bytes())]], 0).await;
    let client = builder(&server.base).build().unwrap();
    let error = timeout(HANGS, read(&client, "0".to_owned())).await.unwrap().unwrap_err();
    assert_eq!((error.kind(), error.status().map(|status| status.as_u16())), (ErrorKind::Redirect, Some(307)));
    assert!(timeout(HASTY, other.accept()).await.is_err(), "the other host was called");
}

#[tokio::test]
async fn a_download_may_last_longer_than_its_longest_pause() {
    let head = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 8\r\n\r\n".to_vec();
    let body = Step::Dribble(b"abcdefgh".to_vec(), Duration::from_millis(100));
    let server = FaultServer::start([vec![Step::Send(head), body]], 0).await;
    let client = builder(&server.base).timeout(Duration::from_millis(600)).build().unwrap();
    let text = timeout(HANGS, download(&client, "0".to_owned())).await.unwrap().unwrap();
    assert_eq!(text, "abcdefgh");
}

#[tokio::test]
async fn faults_are_retried_up_to_the_limit_of_the_client() {
    let reset = vec![Step::Reset];
    let stall = vec![Step::Stall];
    let noise = vec![Step::Send(b"\x15\x03\x01\x00\x02\x02\x46".to_vec())];
    let garbage = vec![Step::Send(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 3\r\n\r\n???".to_vec())];
    let server = FaultServer::start([reset, stall, noise, garbage], 0).await;
    let retry = Retry::default().attempts(3).first_pause(Duration::from_millis(1));
    let client = builder(&server.base).retry(retry).attempt_timeout(HASTY).build().unwrap();
    let mut kinds = Vec::new();
    for index in 0..4 {
        let call = read(&client, index.to_string());
        kinds.push(timeout(HANGS, call).await.unwrap().unwrap_err().kind());
    }
    assert_eq!(kinds, [ErrorKind::Interrupted, ErrorKind::Timeout, ErrorKind::Interrupted, ErrorKind::Decode]);
    assert_eq!(server.asked(), [3, 3, 3, 1]);
}
