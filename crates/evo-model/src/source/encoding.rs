//! Decodes bytes to text: UTF-8 or UTF-16, with or without a byte order mark.

use std::borrow::Cow;

use super::Refusal;

const SAVE_AGAIN: &str = "save the document again as UTF-8";

/// Decodes the text of a document, without its byte order mark.
pub(super) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Refusal> {
    match bytes {
        [0x1F, 0x8B, ..] => Err(compressed("gzip")),
        [0x28, 0xB5, 0x2F, 0xFD, ..] => Err(compressed("zstd")),
        [b'P', b'K', 3, 4, ..] => Err(compressed("zip")),
        [0x78, 0x01 | 0x5E | 0x9C | 0xDA, ..] => Err(compressed("deflate")),
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => Err(Refusal::new("the document is UTF-32", SAVE_AGAIN)),
        [0xFF, 0xFE, rest @ ..] => decode_utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => decode_utf16(rest, u16::from_be_bytes),
        // JSON and HTML begin with two ASCII characters.
        [first, 0, _, 0, ..] if first.is_ascii() && *first != 0 => decode_utf16(bytes, u16::from_le_bytes),
        [0, first, 0, _, ..] if first.is_ascii() && *first != 0 => decode_utf16(bytes, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => decode_utf8(rest),
        _ => decode_utf8(bytes),
    }
}

fn compressed(format: &str) -> Refusal {
    Refusal::new(
        format!("the document is compressed ({format})"),
        "decompress it first, or fetch it with `curl --compressed`",
    )
}

fn decode_utf8(bytes: &[u8]) -> Result<Cow<'_, str>, Refusal> {
    str::from_utf8(bytes).map(Cow::Borrowed).map_err(|error| {
        Refusal::new(format!("the document is neither UTF-8 nor UTF-16 (byte {})", error.valid_up_to()), SAVE_AGAIN)
    })
}

fn decode_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Cow<'_, str>, Refusal> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(Refusal::new(
            "the document is UTF-16 and ends in the middle of a character",
            "it is truncated: fetch or save it again",
        ));
    }
    char::decode_utf16(pairs.iter().map(|pair| unit(*pair)))
        .collect::<Result<String, _>>()
        .map(Cow::Owned)
        .map_err(|error| Refusal::new(format!("the document is not valid UTF-16 ({error})"), SAVE_AGAIN))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16_bytes(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn every_encoding_decodes_to_the_same_text() {
        let expected = "{\"name\":\"Zoë 🐦\"}";
        let with_mark = format!("\u{feff}{expected}");
        let cases = [
            ("UTF-8", expected.as_bytes().to_vec()),
            ("UTF-8 with mark", with_mark.as_bytes().to_vec()),
            ("UTF-16 LE", utf16_bytes(expected, u16::to_le_bytes)),
            ("UTF-16 LE with mark", utf16_bytes(&with_mark, u16::to_le_bytes)),
            ("UTF-16 BE", utf16_bytes(expected, u16::to_be_bytes)),
            ("UTF-16 BE with mark", utf16_bytes(&with_mark, u16::to_be_bytes)),
        ];
        for (name, bytes) in cases {
            assert_eq!(decode(&bytes).as_deref(), Ok(expected), "{name}");
        }
    }

    #[test]
    fn other_formats_are_rejected_by_name() {
        let cases: [(&[u8], &str); 8] = [
            (&[0x1F, 0x8B, 8, 0], "the document is compressed (gzip)"),
            (&[0x28, 0xB5, 0x2F, 0xFD, 0], "the document is compressed (zstd)"),
            (&[0x78, 0x9C, 1, 2], "the document is compressed (deflate)"),
            (b"PK\x03\x04", "the document is compressed (zip)"),
            (&[0xFF, 0xFE, 0, 0, b'{', 0, 0, 0], "the document is UTF-32"),
            (b"{\"a\":\"\xE9\"}", "the document is neither UTF-8 nor UTF-16 (byte 6)"),
            (&[0xFF, 0xFE, b'{', 0, b'}'], "the document is UTF-16 and ends in the middle of a character"),
            (&[0xFE, 0xFF, 0xD8, 0], "the document is not valid UTF-16 (unpaired surrogate found: d800)"),
        ];
        for (bytes, expected) in cases {
            let refusal = decode(bytes).expect_err(expected);
            assert_eq!(refusal.message, expected);
            assert!(!refusal.help.is_empty(), "{expected}");
        }
    }
}
