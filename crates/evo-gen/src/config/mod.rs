//! What a run is told: one set of settings, stated in `evo-gen.toml`, as flags, or through [`Generator`](crate::Generator).

mod file;
mod reader;
mod settings;
mod stated;
mod suggest;
mod supplied;
mod table;
mod words;

#[cfg(feature = "cli")]
pub(crate) use self::file::tidy;
pub use self::file::{ClientConfig, ConfigFile, FILE_NAME, keys};
pub use self::settings::{Overrides, Settings};
pub use self::suggest::did_you_mean;
pub use self::supplied::{Attribute, Attributes, Derive, Derives, RustType, Supplied};
pub(crate) use self::table::matches_pattern;
pub use self::table::{Entry, Table};
pub use self::words::{AddressKind, Dates, Decimals, Layout, Maps, Visibility};
