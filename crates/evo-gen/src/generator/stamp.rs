//! The stamp of a single generated file, from which a build script sees that nothing has changed.

use crate::config::Settings;
use crate::emit::Header;
use crate::source::Document;
use crate::write;

/// The prefix of the line with the stamp.
const LINE: &str = "// Made from ";

/// Computes the stamp of a file: a hash of the document, its facts, the settings and the version of the generator.
pub(super) fn stamp(document: &Document, settings: &Settings, header: &Header) -> String {
    // The `Debug` output contains every field, which is enough for a hash.
    let others = format!("{} {:?} {settings:?} {header:?}", env!("CARGO_PKG_VERSION"), document.facts);
    write::hash((document.types.to_string() + &others).as_bytes())
}

/// Prepends a line with the stamp to `text`.
pub(super) fn with_stamp(text: &str, stamp: &str) -> String {
    format!("{LINE}{stamp}\n{text}")
}

/// Whether `text` begins with this stamp.
pub(super) fn has_stamp(text: &str, stamp: &str) -> bool {
    text.strip_prefix(LINE).and_then(|rest| rest.strip_prefix(stamp)).is_some_and(|rest| rest.starts_with('\n'))
}
