//! Bodies of responses, by the type that the operation returns.

use evo_runtime::transport::HttpReply;
use evo_runtime::{Bytes, DateTime, Download, ErrorKind, Operation, Value, operation, record};

use super::read;
use crate::case::{self, Case, items, text};

/// Operations without members, which differ in their responses.
macro_rules! operations {
    ($($name:ident [$($answer:tt)+])*) => {$(
        #[derive(Debug, Clone, PartialEq, Default)]
        struct $name {}
        record!($name {});
        operation!($name: GET "/x" => $($answer)+);
    )*};
}

operations! {
    Say [raw String]
    Blob [raw Bytes]
    Fetch [raw Download]
    Delete [()]
    GetWidget [GetWidgetResponse]
    Count [i32]
    GetEverything [Everything]
}

#[derive(Debug, Clone, PartialEq, Default)]
struct GetWidgetResponse {
    name: Option<String>,
}
record!(GetWidgetResponse { name: "Name" });

#[derive(Debug, Clone, PartialEq, Default)]
struct Everything {
    id: i32,
}
record!(Everything { id: "Id" });

async fn answer<T: Operation + Default>(reply: HttpReply) -> T::Answer {
    case::answer::<T>(reply).await.unwrap_or_else(|error| panic!("{error}"))
}

pub(super) async fn json_11(case: Case) {
    let responses = items(&case.given["responses"]);
    let values: Vec<&str> = items(&case.expect["values"]).iter().map(text).collect();
    let [said, blob, file, deleted, widget, count] = responses else { panic!("six responses") };

    assert_eq!(format!("{} (raw text)", answer::<Say>(case::reply(said)).await), values[0]);

    let bytes: Vec<u8> =
        text(&blob["body"]).split(' ').map(|hex| u8::from_str_radix(hex, 16).unwrap_or_default()).collect();
    let reply = HttpReply::of(200, text(&blob["content-type"]), bytes.clone());
    assert_eq!((answer::<Blob>(reply).await, values[1]), (bytes.into(), "bytes 00 01 02 03"));

    let mut download = answer::<Fetch>(case::reply(file)).await;
    let mut body = Vec::new();
    while let Some(chunk) = download.chunk().await.unwrap_or_else(|error| panic!("{error}")) {
        body.extend_from_slice(&chunk);
    }
    assert_eq!(format!("bytes of {:?}", String::from_utf8_lossy(&body)), values[2]);

    assert_eq!(format!("{:?}", answer::<Delete>(case::reply(deleted)).await), values[3]);
    assert_eq!(answer::<GetWidget>(case::reply(widget)).await, GetWidgetResponse::default());
    assert_eq!(answer::<Count>(case::reply(count)).await.to_string(), values[5]);
}

pub(super) async fn json_26(case: Case) {
    let error =
        case::answer::<GetEverything>(case::reply(&case.given["response"])).await.expect_err("no default Everything");
    assert_eq!((error.kind(), error.status().map(|status| status.as_u16())), (ErrorKind::Service, Some(200)));
    let code = error.error_code().unwrap_or_default();
    assert_eq!(text(&case.expect["value"]), format!("Err with error code {code}, not a default Everything"));
}

pub(super) async fn json_27(case: Case) {
    let error = case::answer::<GetEverything>(case::reply(&case.given["response"])).await.expect_err("status 400");
    let code = error.error_code().unwrap_or_default();
    assert_eq!(text(&case.expect["value"]), format!("Err with error code {code}; the doubled charset is no obstacle"));
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Sample {
    scalars: Scalars,
}
record!(Sample { scalars: "Scalars" });

#[derive(Debug, Clone, PartialEq, Default)]
struct Scalars {
    date_time: DateTime,
}
record!(Scalars { date_time: "DateTime" });

pub(super) async fn json_32(case: Case) {
    assert!(text(&case.given["request"]["path"]).ends_with("DateHandler:ISO8601"));
    let (classic, other) = text(&case.expect["body"]).split_once(" on ServiceStack.Text").unwrap_or_default();
    let other = other.split('"').nth(1).unwrap_or_default();
    let date_time = DateTime::from(jiff::civil::date(2012, 5, 1));
    assert_eq!(read::<Sample>(classic), Sample { scalars: Scalars { date_time } });
    assert_eq!(read::<DateTime>(&Value::from(other).to_string()), date_time);
}
