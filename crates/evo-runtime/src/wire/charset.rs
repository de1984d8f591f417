//! Text in the encoding that a response declares.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};

/// Decodes text by its byte order mark, or else by the charset of its content type, or else as UTF-8. The mark is not part of the result.
pub(crate) fn decode(bytes: &[u8], content_type: &str) -> Result<String, String> {
    let (encoding, mark) = encoding_of(bytes, content_type)?;
    let (text, is_broken) = encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default());
    if is_broken { Err(format!("the body is not {}", encoding.name())) } else { Ok(text.into_owned()) }
}

/// The text of a body in any encoding, for errors: bytes that cannot be decoded are replaced by U+FFFD.
pub(crate) fn decode_lossy<'a>(bytes: &'a [u8], content_type: &str) -> Cow<'a, str> {
    let (encoding, mark) = encoding_of(bytes, content_type).unwrap_or((UTF_8, 0));
    encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0
}

/// A document as UTF-8: bytes with a UTF-16 byte order mark, or in another charset declared by the content type, are decoded.
pub(crate) fn to_utf8<'a>(bytes: &'a [u8], content_type: &str) -> Cow<'a, [u8]> {
    if encoding_of(bytes, content_type).is_ok_and(|(encoding, _)| encoding == UTF_8) {
        return Cow::Borrowed(bytes);
    }
    decode(bytes, content_type).map_or(Cow::Borrowed(bytes), |text| Cow::Owned(text.into_bytes()))
}

/// The encoding of a text, and the length of its byte order mark.
fn encoding_of(bytes: &[u8], content_type: &str) -> Result<(&'static Encoding, usize), String> {
    if [&b"\xff\xfe\0\0"[..], b"\0\0\xfe\xff"].iter().any(|mark| bytes.starts_with(mark)) {
        return Err("the body is in UTF-32, which is not supported".to_owned());
    }
    Encoding::for_bom(bytes).map_or_else(|| Ok((named(content_type)?, 0)), Ok)
}

fn named(content_type: &str) -> Result<&'static Encoding, String> {
    let mut parameters = content_type.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let Some((_, charset)) = parameters.find(|(name, _)| name.trim().eq_ignore_ascii_case("charset")) else {
        return Ok(UTF_8);
    };
    let charset = charset.trim().trim_matches(['"', '\'']);
    if charset.is_empty() || charset.eq_ignore_ascii_case("utf-8") {
        return Ok(UTF_8);
    }
    Encoding::for_label_no_replacement(charset.as_bytes())
        .ok_or_else(|| format!("the body is in the charset {charset:?}, which is not known"))
}
