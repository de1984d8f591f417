//! Decoding and encoding a list of 10 MB, compared with hand-written serde derives over the same bytes:
//! `cargo bench -p evo-runtime --bench json`.
//!
//! Rounds alternate, so that other load on the machine affects both sides equally. The ratio is the speed of this crate divided by that of
//! the derives, as the median of all rounds: more than 1 means faster.

#![allow(clippy::expect_used, reason = "a benchmark fails by panicking")]

use std::hint::black_box;
use std::time::{Duration, Instant};

/// The size of the document in bytes.
const SIZE: usize = 10_000_000;

/// The number of runs of each side.
const ROUNDS: usize = 51;

mod through_wire {
    use evo_runtime::{UnknownValue, choice, record};

    #[derive(Debug, Clone, PartialEq, Default)]
    pub struct Call {
        pub id: i64,
        pub session_id: Option<String>,
        pub sid: Option<String>,
        pub account_sid: Option<String>,
        pub from_number: Option<String>,
        pub to_number: Option<String>,
        pub direction: Direction,
        pub status: Direction,
        pub is_recorded: bool,
        pub is_internal: bool,
        pub duration_seconds: i32,
        pub retries: i32,
        pub price: f64,
        pub date_created: String,
        pub date_answered: Option<String>,
        pub date_ended: Option<String>,
        pub customer_name: Option<String>,
        pub notes: Option<String>,
        pub tags: Vec<String>,
        pub parties: Vec<Party>,
    }
    record!(Call {
        id: "Id",
        session_id: "SessionId",
        sid: "Sid",
        account_sid: "AccountSid",
        from_number: "FromNumber",
        to_number: "ToNumber",
        direction: "Direction",
        status: "Status",
        is_recorded: "IsRecorded",
        is_internal: "IsInternal",
        duration_seconds: "DurationSeconds",
        retries: "Retries",
        price: "Price",
        date_created: "DateCreated",
        date_answered: "DateAnswered",
        date_ended: "DateEnded",
        customer_name: "CustomerName",
        notes: "Notes",
        tags: "Tags",
        parties: "Parties",
    });

    #[derive(Debug, Clone, PartialEq, Default)]
    pub struct Party {
        pub name: Option<String>,
        pub endpoint_id: Option<String>,
        pub is_muted: bool,
        pub joined: i64,
    }
    record!(Party { name: "Name", endpoint_id: "EndpointId", is_muted: "IsMuted", joined: "Joined" });

    #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
    pub enum Direction {
        #[default]
        Inbound,
        OutboundApi,
        OutboundDial,
        Unknown(UnknownValue),
    }
    choice!(Direction {
        Inbound: "Inbound" = 0,
        OutboundApi: "OutboundApi" = 1,
        OutboundDial: "OutboundDial" = 2,
    } else Unknown);
}

mod by_hand {
    use serde::{Deserialize, Serialize};

    #[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase", default)]
    pub struct Call {
        pub id: i64,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub session_id: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub sid: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub account_sid: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub from_number: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub to_number: Option<String>,
        pub direction: Direction,
        pub status: Direction,
        pub is_recorded: bool,
        pub is_internal: bool,
        pub duration_seconds: i32,
        pub retries: i32,
        pub price: f64,
        pub date_created: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub date_answered: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub date_ended: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub customer_name: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub notes: Option<String>,
        pub tags: Vec<String>,
        pub parties: Vec<Party>,
    }

    #[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase", default)]
    pub struct Party {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub name: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub endpoint_id: Option<String>,
        pub is_muted: bool,
        pub joined: i64,
    }

    #[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
    pub enum Direction {
        #[default]
        Inbound,
        OutboundApi,
        OutboundDial,
    }
}

fn call(index: i64) -> by_hand::Call {
    use by_hand::{Direction, Party};

    let party = |name: &str, position| Party {
        name: Some(name.to_owned()),
        endpoint_id: Some(format!("EP{:08}", index * 2 + position)),
        is_muted: position == 1,
        joined: 1_335_867_630_123 + index,
    };
    by_hand::Call {
        id: index,
        session_id: Some(format!("{index:032x}")),
        sid: Some(format!("CA{index:032x}")),
        account_sid: Some(format!("AC{:032x}", index / 100)),
        from_number: Some(format!("+1555{:07}", index % 9_999_999)),
        to_number: Some("+15550000001".to_owned()),
        direction: if index % 3 == 0 { Direction::Inbound } else { Direction::OutboundDial },
        status: Direction::OutboundApi,
        is_recorded: index % 2 == 0,
        is_internal: false,
        duration_seconds: i32::try_from(index % 3600).unwrap_or_default(),
        retries: 0,
        price: 0.0125,
        date_created: "2012-05-01T10:20:30.1234567Z".to_owned(),
        date_answered: Some("2012-05-01T10:20:35.0000000Z".to_owned()),
        date_ended: (index % 4 != 0).then(|| "2012-05-01T10:25:30.0000000Z".to_owned()),
        customer_name: Some("Größe & Söhne".to_owned()),
        notes: (index % 5 == 0).then(|| "asked to be \"called back\"\nafter lunch".to_owned()),
        tags: vec!["support".to_owned(), "de".to_owned()],
        parties: vec![party("Alice Example", 0), party("Bob Example", 1)],
    }
}

fn document() -> Vec<u8> {
    let mut bytes = b"[".to_vec();
    let mut index = 0;
    while bytes.len() < SIZE {
        if index > 0 {
            bytes.push(b',');
        }
        serde_json::to_writer(&mut bytes, &call(index)).expect("texts and finite numbers");
        index += 1;
    }
    bytes.push(b']');
    bytes
}

/// Runs both sides in turn and prints their times.
fn compare<A, B>(what: &str, size: usize, mut through_wire: impl FnMut() -> A, mut by_hand: impl FnMut() -> B) {
    fn timed<T>(run: &mut impl FnMut() -> T) -> Duration {
        let start = Instant::now();
        let value = black_box(run());
        let taken = start.elapsed();
        drop(value);
        taken
    }
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        rounds.push((timed(&mut through_wire), timed(&mut by_hand)));
    }
    let ratio = median(rounds.iter().map(|(ours, theirs)| theirs.as_secs_f64() / ours.as_secs_f64()));
    #[expect(clippy::cast_precision_loss, reason = "a size for people")]
    let megabytes = size as f64 / 1e6;
    let ours = megabytes / median(rounds.iter().map(|(ours, _)| ours.as_secs_f64()));
    let theirs = megabytes / median(rounds.iter().map(|(_, theirs)| theirs.as_secs_f64()));
    println!("{what}: {ours:6.1} MB/s, derives {theirs:6.1} MB/s, ratio {ratio:.2}");
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

fn main() {
    let document = document();
    let ours: Vec<through_wire::Call> = serde_json::from_slice(&document).expect("the document");
    let theirs: Vec<by_hand::Call> = serde_json::from_slice(&document).expect("the document");
    assert_eq!(evo_runtime::wire::json::to_vec(&ours).expect("the list"), document, "both sides write the same");
    println!("{} bytes, {} items of 20 members", document.len(), ours.len());

    compare(
        "decode",
        document.len(),
        || evo_runtime::wire::json::from_slice::<Vec<through_wire::Call>>(&document),
        || serde_json::from_slice::<Vec<by_hand::Call>>(&document),
    );
    compare("encode", document.len(), || evo_runtime::wire::json::to_vec(&ours), || serde_json::to_vec(&theirs));
}
