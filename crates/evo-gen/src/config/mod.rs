//! What a run is told: one set of settings, stated in `evo-gen.toml`, as flags, or through [`Generator`](crate::Generator).

mod file;
mod settings;
mod suggest;

#[cfg(feature = "cli")]
pub(crate) use self::file::tidy;
pub use self::file::{ClientConfig, ConfigFile, FILE_NAME, KEYS};
pub use self::settings::{AddressKind, Overrides, Settings, Visibility};
pub use self::suggest::did_you_mean;
