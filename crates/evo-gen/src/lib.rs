//! Generates typed Rust clients for `ServiceStack` services.
//!
//! Build scripts and other programs use [`Generator`]; [`guide::settings`] lists all settings. The generator runs a pipeline of stages, one
//! module each. A stage depends only on the stages before it:
//!
//! ```
//! use std::collections::BTreeMap;
//!
//! use evo_gen::config::Settings;
//! use evo_gen::diagnostics::Diagnostics;
//! use evo_gen::emit::Header;
//! use evo_gen::source::Limits;
//! use evo_gen::{emit, lower, metadata, source, write};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! let text = r#"{"types":[],"operations":[{"request":{"name":"Ping","namespace":"Demo"},"actions":["GET"]}]}"#;
//! let mut diagnostics = Diagnostics::default();
//!
//! let document = source::read_standard_input(text.as_bytes(), &Limits::default())?;
//! let types = metadata::read(&document, &mut diagnostics)?;
//! let api = lower::lower(&types, document.facts.as_ref(), &Settings::default(), &BTreeMap::new(), &mut diagnostics)?;
//! let generated = emit::emit(&api, &Header { source: "metadata.json".into(), command: "evo-gen".into() })?;
//! let plan = write::plan(&generated, folder.path().join("api"), write::Options::default())?;
//! plan.apply()?;
//!
//! assert!(generated.files[0].text.contains("operation!(Ping: GET"));
//! assert!(folder.path().join("api/mod.rs").is_file());
//! # Ok(())
//! # }
//! ```
//!
//! | module | purpose |
//! |---|---|
//! | [`source`], [`metadata`], [`lower`], [`api`] | build the model of a client from a document; part of the crate `evo-model` |
//! | [`diff`](mod@diff) | compares the models of two documents |
//! | [`emit`] | generates Rust from the model: `items` has a file for each kind of item, `docs` writes documentation, `rust` prints code |
//! | [`write`](mod@write) | writes the generated code to files: plan, compare, apply |
//! | `places` | finds the lines of a document that diagnostics refer to |
//! | `generator` | runs all stages, for build scripts and the program |
//! | `cli` | the program `evo-gen` |
//! | [`guide`] | the settings, each with an example |

#[cfg(all(feature = "cli", feature = "http"))]
pub mod cli;
pub mod emit;
mod generator;
pub mod guide;
mod places;
pub mod write;

pub use self::generator::{Generator, Summary};
pub use evo_model::{Error, Stage, api, config, diagnostics, diff, facts, identifiers, lower, metadata, source};
