//! Faults of responses, and the expected results.

use std::time::Duration;

use Call::{Download, Value};
use Outcome::{Answer, Fails};
use evo_runtime::ErrorKind;

use crate::fault_server::Step;

/// The maximum size of a response in bytes.
pub const LIMIT: usize = 256 * 1024;

/// How an operation is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    /// The response is decoded.
    Value,
    /// The response is streamed, up to the limit.
    Download,
}

/// The result of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A response with this text.
    Answer(String),
    /// An error of this kind, and the status of the response.
    Fails(ErrorKind, Option<u16>),
}

/// A fault and its result.
pub struct Case {
    /// The description of the fault.
    pub name: &'static str,
    /// How the operation is called.
    pub call: Call,
    /// The steps of the server.
    pub script: Vec<Step>,
    /// The expected result.
    pub outcome: Outcome,
}

impl Case {
    /// Whether the case tests a time limit.
    pub fn is_slow(&self) -> bool {
        matches!(self.outcome, Fails(ErrorKind::Timeout, _))
    }
}

fn send(bytes: impl AsRef<[u8]>) -> Step {
    Step::Send(bytes.as_ref().to_vec())
}

/// A pause so long that no client of these tests waits for the end.
fn dribble(bytes: &str) -> Step {
    Step::Dribble(bytes.as_bytes().to_vec(), Duration::from_millis(200))
}

fn forever(bytes: impl AsRef<[u8]>) -> Step {
    Step::Forever(bytes.as_ref().to_vec())
}

/// A response head with `Connection: close`.
fn head(status: &str, headers: &str) -> String {
    format!("HTTP/1.1 {status}\r\nConnection: close\r\n{headers}\r\n")
}

fn json(headers: &str) -> String {
    head("200 OK", &format!("Content-Type: application/json\r\n{headers}"))
}

/// A complete response.
fn whole(status: &str, content_type: &str, body: impl AsRef<[u8]>) -> Step {
    let body = body.as_ref();
    let mut answer =
        head(status, &format!("Content-Type: {content_type}\r\nContent-Length: {}\r\n", body.len())).into_bytes();
    answer.extend_from_slice(body);
    Step::Send(answer)
}

/// All faults.
pub fn cases() -> Vec<Case> {
    let mut all = Vec::new();
    for group in [broken_off, slow, wrong_lengths, no_http, redirects, huge, wrong_bodies] {
        for (name, call, script, outcome) in group() {
            all.push(Case { name, call, script, outcome });
        }
    }
    all
}

type Row = (&'static str, Call, Vec<Step>, Outcome);

const INTERRUPTED: Outcome = Fails(ErrorKind::Interrupted, None);
const HEAD_TOO_LARGE: Outcome = Fails(ErrorKind::TooLarge, None);
const TIMEOUT: Outcome = Fails(ErrorKind::Timeout, None);
const DECODE: Outcome = Fails(ErrorKind::Decode, Some(200));

fn answer(text: &str) -> Outcome {
    Answer(text.to_owned())
}

fn broken_off() -> Vec<Row> {
    let part = json("Content-Length: 100\r\n") + "{\"te";
    let chunks = json("Transfer-Encoding: chunked\r\n") + "8\r\n{\"text\":\r\n";
    vec![
        ("reset before the head", Value, vec![Step::Reset], INTERRUPTED),
        ("reset inside the head", Value, vec![send("HTTP/1.1 200 OK\r\nConte"), Step::Reset], INTERRUPTED),
        ("reset inside the body", Value, vec![send(&part), Step::Reset], INTERRUPTED),
        ("reset inside the body of a download", Download, vec![send(&part), Step::Reset], INTERRUPTED),
        ("end before the head", Value, vec![], INTERRUPTED),
        ("end inside the head", Value, vec![send("HTTP/1.1 200 OK\r\nConte")], INTERRUPTED),
        ("end inside the body", Value, vec![send(&part)], INTERRUPTED),
        ("end inside the body of a download", Download, vec![send(&part)], INTERRUPTED),
        ("end between chunks", Value, vec![send(&chunks)], INTERRUPTED),
        ("end inside a chunk", Value, vec![send(chunks.clone() + "64\r\n\"")], INTERRUPTED),
        ("end before the last chunk of a download", Download, vec![send(&chunks)], INTERRUPTED),
        ("end inside a body without length", Value, vec![send(json("") + "{\"text\":\"a")], DECODE),
        (
            "end inside the body of an error",
            Value,
            vec![send(head("500 Internal Server Error", "Content-Length: 100\r\n") + "{\"respo")],
            Fails(ErrorKind::Service, Some(500)),
        ),
    ]
}

fn slow() -> Vec<Row> {
    let body = "{\"text\":\"a body that takes longer than the client waits\"}";
    vec![
        ("no answer at all", Value, vec![Step::Stall], TIMEOUT),
        ("no answer at all to a download", Download, vec![Step::Stall], TIMEOUT),
        ("a head that dribbles", Value, vec![dribble(&json("Content-Length: 2\r\n"))], TIMEOUT),
        ("a body that dribbles", Value, vec![send(json("Content-Length: 58\r\n")), dribble(body)], TIMEOUT),
        ("a body that stops", Value, vec![send(json("Content-Length: 58\r\n") + "{\"te"), Step::Stall], TIMEOUT),
        ("a download that stops", Download, vec![send(json("Content-Length: 58\r\n") + "{\"te"), Step::Stall], TIMEOUT),
        ("interim answers only", Value, vec![send("HTTP/1.1 100 Continue\r\n\r\n"), Step::Stall], TIMEOUT),
    ]
}

fn wrong_lengths() -> Vec<Row> {
    let body = "{\"text\":\"a\"}";
    vec![
        ("a length shorter than the JSON", Value, vec![send(json("Content-Length: 5\r\n") + body)], DECODE),
        (
            "a second answer after the first",
            Value,
            vec![send(format!(
                "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{body}HTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\n{{\"text\":\"stale\"}}"
            ))],
            answer("a"),
        ),
        ("two lengths", Value, vec![send(json("Content-Length: 12\r\nContent-Length: 5\r\n") + body)], INTERRUPTED),
        (
            "the same length twice",
            Value,
            vec![send(json("Content-Length: 12\r\nContent-Length: 12\r\n") + body)],
            answer("a"),
        ),
        ("a negative length", Value, vec![send(json("Content-Length: -1\r\n") + body)], INTERRUPTED),
        ("a length that is no number", Value, vec![send(json("Content-Length: twelve\r\n") + body)], INTERRUPTED),
        (
            "a length beyond 64 bits",
            Value,
            vec![send(json("Content-Length: 99999999999999999999999\r\n") + body)],
            INTERRUPTED,
        ),
        (
            "a chunk size that is no number",
            Value,
            vec![send(json("Transfer-Encoding: chunked\r\n") + "zz\r\n")],
            INTERRUPTED,
        ),
        (
            "a chunk size beyond 64 bits",
            Value,
            vec![send(json("Transfer-Encoding: chunked\r\n") + "fffffffffffffffffffff\r\n")],
            INTERRUPTED,
        ),
        (
            "a chunk longer than its size",
            Value,
            vec![send(json("Transfer-Encoding: chunked\r\n") + "5\r\n{\"text\":\"a\"}\r\n0\r\n\r\n")],
            INTERRUPTED,
        ),
    ]
}

fn no_http() -> Vec<Row> {
    let noise: Vec<u8> = (0..4096_u32).map(|index| (index.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    vec![
        ("noise", Value, vec![send(&noise)], INTERRUPTED),
        ("noise for a download", Download, vec![send(&noise)], INTERRUPTED),
        ("noise without end", Value, vec![forever(&noise)], INTERRUPTED),
        ("another protocol", Value, vec![send("220 mail.example.org ESMTP\r\n")], INTERRUPTED),
        ("an alert of TLS", Value, vec![send(b"\x15\x03\x01\x00\x02\x02\x46")], INTERRUPTED),
        ("JSON without a head", Value, vec![send("{\"text\":\"a\"}\r\n\r\n")], INTERRUPTED),
        ("headers without end", Value, vec![send("HTTP/1.1 200 OK\r\n"), forever("X-Same: again\r\n")], HEAD_TOO_LARGE),
        (
            "one header without end",
            Value,
            vec![send("HTTP/1.1 200 OK\r\nX-Long: "), forever(vec![b'a'; 4096])],
            HEAD_TOO_LARGE,
        ),
        ("a status that is none", Value, vec![send("HTTP/1.1 99 Odd\r\nContent-Length: 0\r\n\r\n")], INTERRUPTED),
        (
            "a change of protocol that nobody asked for",
            Value,
            vec![send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")],
            Fails(ErrorKind::Service, Some(101)),
        ),
    ]
}

fn redirects() -> Vec<Row> {
    let to =
        |status: &str, location: &str| send(head(status, &format!("Location: {location}\r\nContent-Length: 0\r\n")));
    let fails = |status| Fails(ErrorKind::Redirect, Some(status));
    vec![
        ("to itself", Value, vec![to("302 Found", "?text=0")], fails(302)),
        ("to itself, for a download", Download, vec![to("302 Found", "?text=0")], fails(302)),
        ("to another host", Value, vec![to("301 Moved Permanently", "http://127.0.0.1:1/api/ReadNote")], fails(301)),
        ("to another host, keeping the verb", Value, vec![to("308 Permanent Redirect", "//127.0.0.1:1/")], fails(308)),
        ("to a file", Value, vec![to("307 Temporary Redirect", "file:///etc/hosts")], fails(307)),
        ("to no address", Value, vec![to("302 Found", "http://[")], fails(302)),
        (
            "to bytes that are no text",
            Value,
            vec![send(b"HTTP/1.1 302 F\r\nConnection: close\r\nLocation: \xff\r\nContent-Length: 0\r\n\r\n")],
            fails(302),
        ),
        (
            "to a login page",
            Value,
            vec![to("302 Found", "/login?redirect=x")],
            Fails(ErrorKind::Unauthorized, Some(302)),
        ),
        ("to nowhere", Value, vec![whole("302 Found", "text/html", "")], Fails(ErrorKind::Service, Some(302))),
        ("to nothing newer", Value, vec![send(head("304 Not Modified", ""))], Fails(ErrorKind::Service, Some(304))),
    ]
}

fn huge() -> Vec<Row> {
    let chunked = "Transfer-Encoding: chunked\r\n";
    let chunk = format!("4000\r\n{}\r\n", " ".repeat(0x4000));
    let too_large = Fails(ErrorKind::TooLarge, Some(200));
    let error = |status: &str| vec![send(head(status, chunked)), forever(&chunk)];
    vec![
        (
            "a length beyond the limit",
            Value,
            vec![send(json("Content-Length: 1000000000000\r\n")), Step::Stall],
            too_large.clone(),
        ),
        (
            "the longest length",
            Value,
            vec![send(json("Content-Length: 18446744073709551613\r\n")), Step::Stall],
            too_large.clone(),
        ),
        ("chunks without end", Value, vec![send(json(chunked)), forever(&chunk)], too_large.clone()),
        ("a body without length and end", Value, vec![send(json("")), forever("[".repeat(4096))], too_large.clone()),
        (
            "one byte beyond the limit",
            Value,
            vec![whole("200 OK", "application/json", " ".repeat(LIMIT + 1))],
            too_large,
        ),
        (
            "as much as the limit allows",
            Value,
            vec![whole("200 OK", "application/json", " ".repeat(LIMIT))],
            answer(""),
        ),
        (
            "a download without end",
            Download,
            vec![send(json(chunked)), forever(&chunk)],
            Fails(ErrorKind::TooLarge, None),
        ),
        (
            "a download with a length beyond the limit",
            Download,
            vec![send(json("Content-Length: 1000000000000\r\n")), Step::Stall],
            Fails(ErrorKind::TooLarge, None),
        ),
        ("an error without end", Value, error("500 Internal Server Error"), Fails(ErrorKind::Service, Some(500))),
        (
            "an error without end, for a download",
            Download,
            error("404 Not Found"),
            Fails(ErrorKind::UnknownOperation, Some(404)),
        ),
        ("a refusal without end", Value, error("401 Unauthorized"), Fails(ErrorKind::Unauthorized, Some(401))),
    ]
}

fn wrong_bodies() -> Vec<Row> {
    const JSON: &str = "application/json; charset=utf-8";
    let value =
        |name, content_type, body: &[u8], outcome| (name, Value, vec![whole("200 OK", content_type, body)], outcome);
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    let deep = "[".repeat(100_000);
    let deep_member = format!("{{\"text\":{deep}");
    vec![
        (
            "a status that HTTP does not know",
            Value,
            vec![whole("700 Odd", JSON, "{}")],
            Fails(ErrorKind::Service, Some(700)),
        ),
        value("no JSON", JSON, b"certainly not", DECODE),
        value("half of it", JSON, b"{\"text\":\"a", DECODE),
        value("more than it", JSON, b"{\"text\":\"a\"}}", DECODE),
        value("another shape", JSON, b"[1,2]", DECODE),
        value("another type of a member", JSON, b"{\"text\":{\"a\":1}}", DECODE),
        value("bytes that are no UTF-8", JSON, b"{\"text\":\"\xff\xfe\"}", DECODE),
        value("zeros", JSON, &[0; 64], DECODE),
        value("depth", JSON, deep.as_bytes(), DECODE),
        value("depth in a member", JSON, deep_member.as_bytes(), DECODE),
        value("depth in JSV", "text/jsv", "{Text:{".repeat(20_000).as_bytes(), DECODE),
        value("a page", "text/html", b"<!DOCTYPE html><html><body>Welcome</body></html>", DECODE),
        value("a page that calls itself JSON", JSON, b"<html></html>", DECODE),
        value("a picture", "image/png", png, DECODE),
        value("a picture that calls itself JSON", JSON, png, DECODE),
        value("JSON that calls itself text", "text/plain", b"{\"text\":\"a\"}", answer("a")),
        value("JSON that calls itself nothing sensible", ";;=", b"{\"text\":\"a\"}", answer("a")),
        value("nothing", JSON, b"", answer("")),
        value("blanks", JSON, b" \r\n\t ", answer("")),
        ("nothing, and it says so", Value, vec![send(head("204 No Content", ""))], answer("")),
        ("nothing of a download", Download, vec![whole("200 OK", "application/octet-stream", "")], answer("")),
        (
            "nothing of an error",
            Value,
            vec![whole("503 Service Unavailable", JSON, "")],
            Fails(ErrorKind::Service, Some(503)),
        ),
        ("noise of an error", Value, vec![whole("500 Oops", JSON, png)], Fails(ErrorKind::Service, Some(500))),
        ("depth of an error", Value, vec![whole("500 Oops", JSON, &deep_member)], Fails(ErrorKind::Service, Some(500))),
    ]
}
