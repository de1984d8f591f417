//! Compares and hashes file contents, ignoring line endings.

use std::borrow::Cow;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// Returns the hash of a file for the manifest: `sha256:` and the hash of its bytes. Line endings are converted to `\n`
/// before hashing, because Git and editors may change them.
pub(crate) fn hash(bytes: &[u8]) -> String {
    let text = std::str::from_utf8(bytes).map(normalized);
    let hash = Sha256::digest(text.as_ref().map_or(bytes, |text| text.as_bytes()));
    hash.iter().fold(String::from("sha256:"), |mut text, byte| {
        // Writing to a `String` cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Whether two files are equal, ignoring line endings.
pub(super) fn eq_ignoring_line_endings(one: &[u8], other: &[u8]) -> bool {
    one == other
        || match (std::str::from_utf8(one), std::str::from_utf8(other)) {
            (Ok(one), Ok(other)) => normalized(one) == normalized(other),
            _ => false,
        }
}

/// Converts the line endings of text to `\n`.
pub(super) fn normalized(text: &str) -> Cow<'_, str> {
    if text.contains("\r\n") { Cow::Owned(text.replace("\r\n", "\n")) } else { Cow::Borrowed(text) }
}
