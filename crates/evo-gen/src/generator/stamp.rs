//! The stamp of a single generated file. It tells a build script that nothing has changed.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::config::Settings;
use crate::emit::Header;
use crate::source::Document;

/// The prefix of the line with the stamp.
const LINE: &str = "// Made from sha256:";

/// Computes the stamp of a file: a hash of the document, its facts, the settings and the version of the generator.
pub(super) fn stamp(document: &Document, settings: &Settings, header: &Header) -> String {
    let mut hash = Sha256::new();
    // The `Debug` output contains every field, which is enough for a hash.
    for part in [
        env!("CARGO_PKG_VERSION").to_owned(),
        document.types.to_string(),
        format!("{:?}", document.facts),
        format!("{settings:?}"),
        format!("{header:?}"),
    ] {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    hash.finalize().iter().fold(String::new(), |mut text, byte| {
        // Writing to a `String` cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Prepends a line with the stamp to `text`.
pub(super) fn with_stamp(text: &str, stamp: &str) -> String {
    format!("{LINE}{stamp}\n{text}")
}

/// Whether `text` begins with this stamp.
pub(super) fn has_stamp(text: &str, stamp: &str) -> bool {
    text.strip_prefix(LINE).and_then(|rest| rest.strip_prefix(stamp)).is_some_and(|rest| rest.starts_with('\n'))
}
