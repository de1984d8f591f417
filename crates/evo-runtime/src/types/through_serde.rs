//! The code behind [`wire_through_serde!`](crate::wire_through_serde): types that implement only serde's traits.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::wire::buffered::Buffered;
use crate::wire::{Decode, Input, ReadError, View, json, jsv};

/// The value as its `Serialize` implementation writes it.
pub fn view<T: Serialize>(value: &T) -> View<'static> {
    // Text preserves all digits of numbers.
    let text = match serde_json::to_vec(value) {
        Ok(text) => text,
        Err(error) => return View::Failed(error.to_string()),
    };
    match json::from_slice::<Buffered>(&text) {
        Ok(value) => View::Made(Box::new(value)),
        Err(error) => View::Failed(error.to_string()),
    }
}

/// Reads a value with its `Deserialize` implementation. If that rejects the input, it is tried again with the scalars as text, from which
/// numbers and booleans are parsed: JSV has only text, and some hosts write text in JSON.
///
/// # Errors
///
/// If both attempts fail.
pub fn read<T: DeserializeOwned>(value: &mut T, input: Input<'_>) -> Result<bool, ReadError> {
    if let Input::Null = input {
        return Ok(false);
    }
    let mut buffered = Buffered::default();
    buffered.read(input)?;
    let text = json::to_vec(&buffered).map_err(|error| ReadError::new(error.to_string()))?;
    *value = match serde_json::from_slice(&text) {
        Ok(value) => value,
        Err(refusal) => from_jsv(&buffered).ok_or_else(|| ReadError::new(message(&refusal)))?,
    };
    Ok(true)
}

fn from_jsv<T: DeserializeOwned>(buffered: &Buffered) -> Option<T> {
    evo_jsv::from_slice(&jsv::to_vec(buffered).ok()?).ok()
}

/// What was expected. The full message may quote the value, which may be confidential, and gives a position in JSON that nobody sees.
fn message(error: &serde_json::Error) -> String {
    let full = error.to_string();
    let full = full.rsplit_once(" at line ").map_or(full.as_str(), |(message, _)| message);
    let starts_with = |starts: &[&str]| starts.iter().any(|start| full.starts_with(start));
    match full.rsplit_once("expected ") {
        _ if starts_with(&["missing field"]) => full.to_owned(),
        Some((_, expected)) if starts_with(&["invalid type", "invalid value", "invalid length", "unknown "]) => {
            format!("expected {expected}, found another value")
        }
        _ => "the value does not fit its type".to_owned(),
    }
}
