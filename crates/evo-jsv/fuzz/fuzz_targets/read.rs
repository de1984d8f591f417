//! Reads arbitrary bytes. A value that was read can be written, and is read back as the same value.
#![no_main]

use std::collections::BTreeMap;

use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|bytes: &[u8]| {
    let _ = evo_jsv::from_slice::<Vec<Option<char>>>(bytes);
    let _ = evo_jsv::from_slice::<(u8, Option<String>, [f64; 2])>(bytes);
    if let Ok(value) = evo_jsv::from_slice::<Value>(bytes) {
        evo_jsv::to_string(&value).expect("a value that was read can be written");
    }
    if let Ok(map) = evo_jsv::from_slice::<BTreeMap<String, Vec<String>>>(bytes) {
        let text = evo_jsv::to_string(&map).expect("a map of texts can be written");
        assert_eq!(evo_jsv::from_str::<BTreeMap<String, Vec<String>>>(&text).expect("what was written"), map, "{text}");
    }
});
