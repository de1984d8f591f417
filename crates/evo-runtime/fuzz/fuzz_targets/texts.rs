//! Any text as a date, a duration, a number or a Guid: a value or an error, and a value survives being written.
#![no_main]

use std::fmt::{Debug, Display};
use std::str::FromStr;

use evo_runtime::wire::Key;
use evo_runtime::{Date, DateTime, DateTimeOffset, Decimal, Time, TimeSpan, Uuid};
use libfuzzer_sys::fuzz_target;

fn survives<T: FromStr<Err: Debug> + Display + PartialEq + Debug>(text: &str) {
    if let Ok(value) = text.parse::<T>() {
        assert_eq!(value.to_string().parse::<T>().expect("what was written"), value);
    }
}

fn survives_as_key<K: Key + PartialEq + Debug>(text: &str) {
    if let Ok(key) = K::parse_key(text) {
        assert_eq!(K::parse_key(&key.key_text()).expect("what was written"), key);
    }
}

fuzz_target!(|text: &str| {
    survives::<DateTime>(text);
    survives::<DateTimeOffset>(text);
    survives::<TimeSpan>(text);
    survives_as_key::<Date>(text);
    survives_as_key::<Time>(text);
    survives_as_key::<Decimal>(text);
    survives_as_key::<Uuid>(text);
    survives_as_key::<DateTime>(text);
    survives_as_key::<TimeSpan>(text);
});
