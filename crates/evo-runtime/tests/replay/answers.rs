//! The expected result of a recorded response.

use evo_runtime::{Error, ErrorKind};

use crate::operations::{Again, Answer};
use crate::recordings::{Exchange, header};

/// The result of reading a response.
pub enum Understood {
    Yes,
    /// The response cannot be read, for this reason.
    No(&'static str),
    Wrong(String),
}

type Exception = (&'static str, fn(&Exchange) -> bool);

/// Responses that cannot be read.
pub const EXCEPTIONS: [Exception; 1] = [("compressed bodies are unpacked by the transport, which is none here", |e| {
    header(&e.response.headers, "content-encoding").is_some()
})];

/// Returns the expected result: the value or the error that the server wrote, or, for a body that is neither JSON nor JSV, an error about
/// that.
pub fn understood(exchange: &Exchange, answer: &Result<Answer, Error>) -> Understood {
    let response = &exchange.response;
    let exception = EXCEPTIONS.iter().find(|(_, holds)| holds(exchange)).map(|(reason, _)| *reason);
    let is_read = match answer {
        Ok(_) => response.status < 300,
        Err(error) if error.kind() == ErrorKind::Decode => {
            exception.is_none() && response.status < 300 && !is_json_or_jsv(exchange)
        }
        Err(error) => {
            error.status().map(|status| status.as_u16()) == Some(response.status) && !error.message().is_empty()
        }
    };
    match (is_read, exception, answer) {
        (true, None, _) => Understood::Yes,
        (false, Some(reason), _) => Understood::No(reason),
        // With these features, the client decompresses the responses that `compressed` compares.
        (true, Some(reason), _) if cfg!(any(feature = "gzip", feature = "brotli")) => Understood::No(reason),
        (true, Some(reason), _) => Understood::Wrong(format!("understood, although {reason}")),
        (false, None, Ok(answer)) => Understood::Wrong(format!("status {} as {}", response.status, answer.shown)),
        (false, None, Err(error)) => Understood::Wrong(error.to_string()),
    }
}

fn is_json_or_jsv(exchange: &Exchange) -> bool {
    let content_type = header(&exchange.response.headers, "content-type").and_then(|value| value.split(';').next());
    matches!(content_type, Some("application/json" | "application/jsv" | "text/jsv"))
}

type Change = (&'static str, fn(&str) -> bool, fn(&[Again; 2]) -> bool);

/// Values that change in a round trip: the reason, and the result in JSON and in JSV.
pub const CHANGES: [Change; 5] = [
    (
        "NaN and infinite numbers are not sent in bodies",
        |shown| shown.contains("NaN") || shown.contains("inf"),
        |again| again.iter().all(|again| matches!(again, Again::Failed(message) if message.contains("cannot be sent"))),
    ),
    (
        "servers refuse `__type`, so that it is not sent",
        |shown| shown.contains("__type") || shown.contains("type_name: Some"),
        |again| !again.iter().any(|again| matches!(again, Again::Failed(_))),
    ),
    (
        "JSV tells neither null from an empty text nor `100.0` from `100` in untyped values",
        |shown| shown.contains("Number(") || shown.contains("Bool("),
        |again| *again == [Again::Same, Again::SameWritten],
    ),
    (
        "classic hosts write value tuples as text; they are sent as objects",
        |shown| shown.contains("text: Some(\"("),
        |again| *again == [Again::SameWritten, Again::SameWritten],
    ),
    (
        "`URL` and `Url` have one name when they are sent",
        |shown| shown.contains("url2: Some("),
        |again| *again == [Again::SameWritten, Again::SameWritten],
    ),
];

/// Whether a value is unchanged by a round trip, otherwise the reason.
pub fn survives(answer: &Answer) -> Result<Option<&'static str>, String> {
    let Some(again) = &answer.again else { return Ok(None) };
    if *again == [Again::Same, Again::Same] {
        return Ok(None);
    }
    let known = CHANGES.iter().find(|(_, holds, expected)| holds(&answer.shown) && expected(again));
    known.map(|(reason, ..)| Some(*reason)).ok_or_else(|| {
        let [json, jsv] = again.each_ref().map(|again| difference(&answer.shown, again));
        format!("in JSON {json}, in JSV {jsv}")
    })
}

/// Describes a changed value, starting at the first difference.
fn difference(before: &str, again: &Again) -> String {
    let Again::Other(after) = again else { return format!("{again:?}") };
    let same = before.chars().zip(after.chars()).take_while(|(before, after)| before == after).count();
    let [before, after] =
        [before, after].map(|text| text.chars().skip(same.saturating_sub(60)).take(160).collect::<String>());
    format!("{after:?} instead of {before:?}")
}
