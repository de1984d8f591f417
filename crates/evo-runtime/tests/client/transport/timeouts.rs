//! Timeouts of calls, which include everything that a call waits for.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use evo_runtime::http::{Request, Response};
use evo_runtime::transport::{Body, BoxFuture, HttpReply, Transport, TransportError};
use evo_runtime::{Bearer, Client, Credentials, Download, Error, ErrorKind, Retry, dto, operation, record};
use futures_util::stream;
use tokio::time::sleep;

#[derive(Debug, Clone, PartialEq, Default)]
struct Read {}
record!(Read {});
operation!(Read: GET => Note);

#[derive(Debug, Clone, PartialEq, Default)]
struct ReadFile {}
record!(ReadFile {});
operation!(ReadFile: GET => raw Download);

#[derive(Debug, Clone, PartialEq, Default)]
struct Note {
    text: Option<String>,
}
record!(Note { text: "Text" });

/// A host with delays on a simulated clock. If it requires a sign-in, calls fail with 401 until then.
#[derive(Clone, Default)]
struct Host {
    sign_in: Duration,
    head: Duration,
    chunk: Duration,
    needs_sign_in: bool,
    signed_in: Arc<AtomicUsize>,
    requests: Arc<AtomicUsize>,
}

impl Host {
    fn client(&self) -> evo_runtime::ClientBuilder {
        Client::builder("https://h").transport(self.clone()).retry(Retry::never())
    }
}

impl Transport for Host {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async move {
            self.requests.fetch_add(1, Ordering::SeqCst);
            if request.uri().path().starts_with("/auth/") || request.uri().path().ends_with("/Authenticate") {
                sleep(self.sign_in).await;
                self.signed_in.fetch_add(1, Ordering::SeqCst);
                let session = r#"{"sessionId":"s"}"#;
                return Ok(HttpReply::of(200, "application/json", session)
                    .with_header("set-cookie", "ss-opt=perm")
                    .into());
            }
            sleep(self.head).await;
            if self.needs_sign_in && self.signed_in.load(Ordering::SeqCst) == 0 {
                return Ok(HttpReply::of(401, "", "").into());
            }
            let chunk = self.chunk;
            let chunks = stream::unfold(vec!["\"a\"}", "{\"text\":"], move |mut chunks| async move {
                sleep(chunk).await;
                let next = chunks.pop()?;
                Some((Ok::<_, TransportError>(next.into()), chunks))
            });
            Ok(HttpReply::of(200, "application/json", "").with_body(Body::from_stream(None, chunks)).into())
        })
    }

    fn sleep(&self, duration: Duration) -> Option<BoxFuture<'static, ()>> {
        Some(Box::pin(sleep(duration)))
    }
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn timed_out<T>(outcome: Result<T, Error>) -> String {
    let error = outcome.map(drop).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
    error.message().to_owned()
}

#[tokio::test(start_paused = true)]
async fn the_error_of_a_timeout_states_its_duration() {
    let client = Host { head: seconds(60), ..Host::default() }.client().build().unwrap();
    for (timeout, message) in [
        (Duration::from_millis(500), "timed out after 500 ms"),
        (Duration::from_millis(1001), "timed out after 1001 ms"),
        (Duration::from_millis(1500), "timed out after 1500 ms"),
        (seconds(2), "timed out after 2 s"),
    ] {
        let start = tokio::time::Instant::now();
        assert_eq!(timed_out(client.call(Read {}).timeout(timeout).send().await), message);
        assert_eq!(start.elapsed(), timeout);
    }
    assert!(client.call(Read {}).timeout(None).send().await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn the_timeout_includes_the_body() {
    let host = Host { chunk: seconds(4), ..Host::default() };
    let client = host.client().timeout(seconds(10)).build().unwrap();
    assert_eq!(timed_out(client.send(Read {}).await), "timed out after 10 s", "three chunks of four seconds");
    let attempt = host.client().attempt_timeout(seconds(5)).build().unwrap();
    assert_eq!(timed_out(attempt.send(Read {}).await), "timed out after 5 s");
    let read = host.client().read_timeout(seconds(3)).build().unwrap();
    assert_eq!(timed_out(read.send(Read {}).await), "timed out after 3 s");
    assert!(host.client().read_timeout(seconds(5)).build().unwrap().send(Read {}).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn the_timeout_of_a_download_applies_to_each_pause() {
    let host = Host { chunk: seconds(4), ..Host::default() };
    let client = host.client().timeout(seconds(5)).build().unwrap();
    assert_eq!(client.send(ReadFile {}).await.unwrap().bytes().await.unwrap(), "{\"text\":\"a\"}");
    let client = host.client().timeout(seconds(3)).build().unwrap();
    assert_eq!(timed_out(client.send(ReadFile {}).await.unwrap().bytes().await), "timed out after 3 s");
    let client = host.client().timeout(seconds(9)).read_timeout(seconds(2)).build().unwrap();
    assert_eq!(timed_out(client.send(ReadFile {}).await.unwrap().bytes().await), "timed out after 2 s");
}

#[tokio::test(start_paused = true)]
async fn the_timeout_includes_waiting_for_the_sign_in_of_another_task() {
    let host = Host { sign_in: seconds(60), needs_sign_in: true, ..Host::default() };
    let client = host.client().auth(Credentials::new("u", "p")).build().unwrap();
    let first = tokio::spawn(client.send(Read {}));
    sleep(seconds(1)).await;
    let start = tokio::time::Instant::now();
    let second = client.call(Read {}).timeout(Duration::from_millis(1)).send().await;
    assert_eq!(timed_out(second), "timed out after 1 ms");
    assert!(start.elapsed() < seconds(1));
    first.await.unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn the_timeout_includes_hooks() {
    let host = Host { needs_sign_in: true, ..Host::default() };
    let client = host.client().timeout(seconds(2)).on_unauthorized(|_| async {
        sleep(seconds(600)).await;
        Ok(true)
    });
    assert_eq!(timed_out(client.build().unwrap().send(Read {}).await), "timed out after 2 s");
}

#[tokio::test(start_paused = true)]
async fn a_hook_can_make_calls_with_the_client_that_waits_for_it() {
    let slot = Arc::new(std::sync::OnceLock::<Client>::new());
    let host = Host { needs_sign_in: true, ..Host::default() };
    let of_hook = Arc::clone(&slot);
    let client = host.client().auth(Bearer::new("old")).on_unauthorized(move |_| {
        let client = of_hook.get().unwrap().clone();
        async move {
            // A call inside the hook does not wait for the hook.
            assert!(client.send(Read {}).await.unwrap_err().is_unauthorized());
            sleep(seconds(1)).await;
            client.send(dto::Authenticate::new().user_name("u").password("p")).await?;
            Ok(true)
        }
    });
    let client = client.build().unwrap();
    slot.set(client.clone()).unwrap();
    assert_eq!(client.send(Read {}).await.unwrap().text.as_deref(), Some("a"));
    assert_eq!(host.requests.load(Ordering::SeqCst), 4);
}
