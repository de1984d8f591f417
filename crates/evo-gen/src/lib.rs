//! Generates typed Rust clients for `ServiceStack` services.
//!
//! A run is a pipeline, and each stage is a folder: [`source`] reads bytes, [`metadata`] mirrors what the server said, [`lower`]
//! decides what it means, [`api`] holds the decisions, [`emit`] spells them as Rust, [`write`] brings the files up to date.
//!
//! ```
//! use evo_gen::config::Settings;
//! use evo_gen::diagnostics::Diagnostics;
//! use evo_gen::{Error, emit, lower, metadata, source, write};
//! # let folder = tempfile::tempdir().expect("a folder");
//! # let file = folder.path().join("api.json");
//! # let document = r#"{"types":[],"operations":[{"request":{"name":"Hello","namespace":"My.Api","properties":[
//! #     {"name":"Name","type":"String","namespace":"System"}]},"method":"GET","routes":[{"path":"/hello/{Name}"}]}]}"#;
//! # std::fs::write(&file, document).expect("a document");
//! # let out = folder.path().join("src/api");
//!
//! let mut remarks = Diagnostics::default();
//! let document = source::read_file(&file, &source::Limits::default())?;
//! let types = metadata::read(&document, &mut remarks)?;
//! let earlier = write::read_manifest(&out)?.map(|manifest| manifest.names).unwrap_or_default();
//! let api = lower::lower(&types, document.facts.as_ref(), &Settings::default(), &earlier, &mut remarks)?;
//! let header = emit::Header { source: "api.json".to_owned(), command: "evo-gen".to_owned() };
//! let generated = emit::emit(&api, &header)?;
//! let plan = write::plan(&generated, &out, write::Options::default())?;
//! plan.apply()?;
//!
//! let client = std::fs::read_to_string(out.join("mod.rs")).expect("the root module");
//! assert!(client.contains("operation!(Hello: GET \"/hello/{Name}\" => raw Bytes);"));
//! # Ok::<(), Error>(())
//! ```
//!
//! Build scripts use [`Generator`], which is all of that in one call.

pub mod api;
#[cfg(all(feature = "cli", feature = "http"))]
pub mod cli;
pub mod config;
pub mod diagnostics;
pub mod emit;
mod error;
mod generator;
pub mod lower;
pub mod metadata;
pub mod source;
pub mod write;

pub use self::error::{Error, Stage};
pub use self::generator::{Generator, Summary};
