//! `indexmap::IndexMap`, a dictionary that keeps the order in which it was read.

use std::hash::Hash;

use indexmap::IndexMap;

use crate::wire::{Key, maps};

maps!(IndexMap<K, V, S> of indexmap::map where K: Key, Hash);
