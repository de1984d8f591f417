//! Enums.

use evo_runtime::{UnknownValue, choice, flags};
use serde_json::Value;

use super::{beside, read, written};
use crate::case::{Case, items, text};

#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
enum Compass {
    #[default]
    NorthEast,
    South,
    West,
    Unknown(UnknownValue),
}
choice!(Compass {
    NorthEast: "NorthEast" as "north-east" = 0,
    South: "South" as "south" = 1,
    West: "West" = 2,
} else Unknown);

#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Level {
    Low,
    Middle,
    High,
    Unknown(UnknownValue),
}
choice!(Level { Low: "Low" = 10, Middle: "Middle" = 20, High: "High" = 30 } else Unknown);

impl Default for Level {
    fn default() -> Self {
        Self::Unknown(UnknownValue::Number(0))
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
struct Access(u64);
flags!(Access {
    /// None.
    NONE: "None" as "none" = 0,
    /// To read.
    READ: "Read" as "can-read" = 1,
    /// To write.
    WRITE: "Write" as "can-write" = 2,
    /// Both.
    ALL: "All" as "all" = 3,
});

/// Formats a value like the table: `unknown(99)`, `unknown("Nowhere")`, or the name.
fn spelled(name: &impl std::fmt::Debug, unknown: Option<&UnknownValue>) -> String {
    match unknown {
        Some(UnknownValue::Text(text)) => format!("unknown({text:?})"),
        Some(UnknownValue::Number(number)) => format!("unknown({number})"),
        None => format!("{name:?}"),
    }
}

pub(super) async fn json_05(case: Case) {
    for (bytes, expected) in beside(&case.given["bytes"], &case.expect["values"]) {
        let value: Compass = read(bytes);
        let unknown = if let Compass::Unknown(unknown) = &value { Some(unknown) } else { None };
        assert_eq!(spelled(&value, unknown), text(expected), "{bytes}");
    }
    assert_eq!(written(&Compass::NorthEast), text(&case.expect["write_NorthEast"]));
    assert_eq!(written(&Compass::from("99")), text(&case.expect["write_unknown_99"]));
}

pub(super) async fn json_06(case: Case) {
    let names = items(&case.given["enum"]["enumNames"]).iter().zip(items(&case.given["enum"]["enumValues"]));
    for (name, number) in names {
        assert_eq!(read::<Access>(text(number)).to_string(), text(name));
    }
    for (bytes, expected) in beside(&case.given["bytes"], &case.expect["values"]) {
        assert_eq!(Value::from(read::<Access>(bytes).bits()), *expected, "{bytes}");
    }
    assert_eq!(written(&(Access::READ | Access::WRITE)), text(&case.expect["write_Read_or_Write"]));
}

pub(super) async fn json_31(case: Case) {
    for (bytes, expected) in beside(&case.given["bytes"], &case.expect["values"]) {
        let value: Level = read(bytes);
        let unknown = if let Level::Unknown(unknown) = &value { Some(unknown) } else { None };
        assert_eq!(spelled(&value, unknown), text(expected), "{bytes}");
    }
    assert_eq!(written(&Level::Middle), text(&case.expect["write_Middle"]));
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
struct Spoken(u64);
flags!(Spoken {
    /// None.
    NONE: "None" = 0,
    /// To read.
    READ: "Read" as "can-read" = 1,
    /// To write.
    WRITE: "Write" as "can-write" = 2,
    /// Both.
    BOTH: "Both" = 3,
});

pub(super) async fn json_34(case: Case) {
    let values = [Spoken::READ, Spoken::READ | Spoken::WRITE, Spoken::READ | Spoken::from_bits(4), Spoken::NONE];
    let texts = beside(&case.given["texts"], &case.expect["write"]);
    for ((bytes, expected), value) in texts.into_iter().zip(values) {
        assert_eq!(read::<Spoken>(bytes), value, "{bytes}");
        assert_eq!(written(&value), text(expected), "{bytes}");
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
struct Wide(u64);
flags!(Wide {
    /// None.
    NONE: "None" = 0,
    /// The lowest bit.
    LOW: "Low" = 1,
    /// Bit 62.
    HIGH: "High" = 4_611_686_018_427_387_904,
});

pub(super) async fn json_35(case: Case) {
    for (bytes, expected) in beside(&case.given["texts"], &case.expect["write"]) {
        assert_eq!(written(&read::<Wide>(bytes)), text(expected), "{bytes}");
    }
}
