//! `KeyValuePair<K, V>`.

use crate::wire::{Decode, Encode, Record, Shape, Wire};

/// A .NET `KeyValuePair<K, V>`: `{"key":..,"value":..}`. Absent parts take their default values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct KeyValuePair<K, V> {
    /// The key.
    pub key: K,
    /// The value.
    pub value: V,
}

impl<K, V> KeyValuePair<K, V> {
    /// Creates a pair.
    pub fn new(key: impl Into<K>, value: impl Into<V>) -> Self {
        Self { key: key.into(), value: value.into() }
    }
}

impl<K: Wire, V: Wire> Record for KeyValuePair<K, V> {
    fn shape(&self) -> &'static Shape {
        static SHAPE: Shape = Shape::of_pair("KeyValuePair", &["Key", "Value"]);
        &SHAPE
    }

    fn members(&self, visit: &mut dyn FnMut(&[&dyn Encode])) {
        visit(&[&self.key, &self.value]);
    }

    fn members_mut(&mut self, visit: &mut dyn FnMut(&mut [&mut dyn Decode])) {
        visit(&mut [&mut self.key, &mut self.value]);
    }
}

crate::__serde_through_wire!(KeyValuePair<K, V>);

impl<K, V> From<(K, V)> for KeyValuePair<K, V> {
    fn from((key, value): (K, V)) -> Self {
        Self { key, value }
    }
}

impl<K, V> From<KeyValuePair<K, V>> for (K, V) {
    fn from(pair: KeyValuePair<K, V>) -> Self {
        (pair.key, pair.value)
    }
}
