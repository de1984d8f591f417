//! Finds the lines of the document and the places in files that diagnostics are about.
#![cfg_attr(
    not(feature = "cli"),
    allow(dead_code, unused_imports, reason = "only the program shows lines of the document")
)]

mod excerpts;
mod place;
mod spans;

pub(crate) use self::excerpts::{Excerpt, Excerpts};
pub(crate) use self::place::{Place, shown_path};
