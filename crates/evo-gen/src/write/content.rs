//! What a file says, apart from its layout.

use std::borrow::Cow;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::tokens;

/// The content of a file, for comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Content {
    /// `sha256:` and the hash of the tokens of a Rust file, or of the text of any other.
    pub(super) fingerprint: String,
    /// The comment lines at the head of a Rust file; no part of the fingerprint.
    header: Vec<String>,
}

impl Content {
    /// Reads the content of the file `path`, whose name tells whether it is Rust.
    pub(super) fn of(path: &str, bytes: &[u8]) -> Self {
        let Ok(text) = std::str::from_utf8(bytes) else {
            return Self { fingerprint: fingerprint("bytes", bytes), header: Vec::new() };
        };
        let text = normalized(text);
        let is_rust = path.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("rs"));
        match is_rust.then(|| tokens::canonical(&text)).flatten() {
            Some(tokens) => Self { fingerprint: fingerprint("tokens", &tokens), header: header(&text) },
            None => {
                Self { fingerprint: fingerprint("text", text.trim_end_matches('\n').as_bytes()), header: Vec::new() }
            }
        }
    }
}

/// The text without byte order mark and with `\n` at line ends, as Git and editors may change both.
pub(super) fn normalized(text: &str) -> Cow<'_, str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.contains("\r\n") { Cow::Owned(text.replace("\r\n", "\n")) } else { Cow::Borrowed(text) }
}

fn header(text: &str) -> Vec<String> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .take_while(|line| line.starts_with("//") && !line.starts_with("///") && !line.starts_with("//!"))
        .map(str::to_owned)
        .collect()
}

fn fingerprint(kind: &str, bytes: &[u8]) -> String {
    let hash = Sha256::new().chain_update(kind).chain_update([0]).chain_update(bytes).finalize();
    hash.iter().fold(String::from("sha256:"), |mut text, byte| {
        // Writing to a `String` cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
