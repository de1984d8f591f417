//! To be written.
pub mod service;
