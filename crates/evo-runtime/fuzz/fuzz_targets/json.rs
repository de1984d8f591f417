//! Any body, broken or not: a value or an error. What was read can be written, and reads the same again.
#![no_main]

use std::collections::BTreeMap;

use evo_runtime::wire::{json, jsv};
use evo_runtime::{Bytes, DateTime, Decimal, TimeSpan, Value};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(value) = json::from_slice::<Value>(bytes) {
        json::to_vec(&value).expect("a value that was read can be written");
    }
    if let Ok(map) = json::from_slice::<BTreeMap<String, Vec<Option<Decimal>>>>(bytes) {
        let text = json::to_vec(&map).expect("a map of numbers can be written");
        assert_eq!(json::from_slice::<BTreeMap<String, Vec<Option<Decimal>>>>(&text).expect("what was written"), map);
    }
    let _ = json::from_slice::<Vec<DateTime>>(bytes);
    let _ = json::from_slice::<Vec<TimeSpan>>(bytes);
    let _ = json::from_slice::<Vec<Bytes>>(bytes);
    let _ = jsv::read_slice(bytes, &mut BTreeMap::<DateTime, Vec<Value>>::new());
});
