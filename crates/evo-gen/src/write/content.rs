//! What a file holds, apart from its line ends.

use std::borrow::Cow;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// The hash of a file for the manifest: `sha256:` and the hash of its bytes with `\n` at line ends, as Git and editors may
/// change those.
pub(super) fn hash(bytes: &[u8]) -> String {
    let text = std::str::from_utf8(bytes).map(normalized);
    let hash = Sha256::digest(text.as_ref().map_or(bytes, |text| text.as_bytes()));
    hash.iter().fold(String::from("sha256:"), |mut text, byte| {
        // Writing to a `String` cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Whether two files differ by nothing but their line ends.
pub(super) fn is_same(one: &[u8], other: &[u8]) -> bool {
    one == other
        || match (std::str::from_utf8(one), std::str::from_utf8(other)) {
            (Ok(one), Ok(other)) => normalized(one) == normalized(other),
            _ => false,
        }
}

/// The text with `\n` at line ends.
pub(super) fn normalized(text: &str) -> Cow<'_, str> {
    if text.contains("\r\n") { Cow::Owned(text.replace("\r\n", "\n")) } else { Cow::Borrowed(text) }
}
