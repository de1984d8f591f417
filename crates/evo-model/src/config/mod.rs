//! The settings of a client, from `evo-gen.toml`, command-line flags or code.
//!
//! [`Settings`] defines them. [`guide::settings`](https://docs.rs/evo-gen/latest/evo_gen/guide/settings) explains each one with an
//! example.

mod file;
mod pattern;
mod places;
mod reading;
mod rust;
mod settings;
mod suggest;
mod supplied;
mod words;

pub use self::file::{ClientConfig, ConfigFile, FILE_NAME, keys};
pub use self::file::{refuse_backslash, tidy};
pub use self::pattern::matches_pattern;
pub(crate) use self::pattern::without_arity;
pub use self::places::Places;
pub use self::rust::{Attribute, Derive, RustType};
pub use self::settings::{Settings, Table};
pub(crate) use self::suggest::nearest;
pub use self::suggest::{did_you_mean, suggest};
pub use self::supplied::Supplied;
pub use self::words::{AddressKind, Dates, Decimals, Layout, Maps, Visibility};
