//! Encodings of responses that the transport did not decode.

use bytes::Bytes;
use http::HeaderMap;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};

use crate::error::{Error, ErrorKind};

/// The encodings of a body that have to be undone, the last one applied first. `identity` does not count.
fn encodings(headers: &HeaderMap) -> Vec<String> {
    let values = headers.get_all(CONTENT_ENCODING).iter();
    let names = values.flat_map(|value| {
        String::from_utf8_lossy(value.as_bytes())
            .to_ascii_lowercase()
            .split(',')
            .map(|name| name.trim().to_owned())
            .collect::<Vec<_>>()
    });
    let mut encodings: Vec<String> = names.filter(|name| !matches!(name.as_str(), "" | "identity")).collect();
    encodings.reverse();
    encodings
}

/// Refuses a body that is encoded.
pub(super) fn check_not_encoded(headers: &HeaderMap) -> Result<(), Error> {
    match encodings(headers).first() {
        Some(encoding) => Err(unknown(encoding)),
        None => Ok(()),
    }
}

/// Undoes the encodings of a body. The headers then describe the decoded body.
pub(super) fn decode_body(headers: &mut HeaderMap, mut body: Bytes, limit: usize) -> Result<Bytes, Error> {
    let encodings = encodings(headers);
    if encodings.is_empty() || body.is_empty() {
        return Ok(body);
    }
    for encoding in encodings {
        body = decode(&encoding, &body, limit)?;
    }
    headers.remove(CONTENT_ENCODING);
    headers.remove(CONTENT_LENGTH);
    Ok(body)
}

#[cfg(feature = "gzip")]
fn decode(encoding: &str, body: &[u8], limit: usize) -> Result<Bytes, Error> {
    match encoding {
        "gzip" | "x-gzip" => gunzip(body, limit),
        _ => Err(unknown(encoding)),
    }
}

#[cfg(not(feature = "gzip"))]
fn decode(encoding: &str, _: &[u8], _: usize) -> Result<Bytes, Error> {
    Err(unknown(encoding))
}

#[cfg(feature = "gzip")]
fn gunzip(body: &[u8], limit: usize) -> Result<Bytes, Error> {
    use std::io::Read as _;

    let mut decoded = Vec::new();
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    flate2::read::MultiGzDecoder::new(body)
        .take(most)
        .read_to_end(&mut decoded)
        .map_err(|error| Error::new(ErrorKind::Decode, format!("the body is not gzip, as its header says: {error}")))?;
    if decoded.len() > limit {
        return Err(Error::new(ErrorKind::TooLarge, format!("the response has more than {limit} bytes"))
            .with_hint("set body_limit of the client"));
    }
    Ok(Bytes::from(decoded))
}

fn unknown(encoding: &str) -> Error {
    let message = format!("the response is encoded with {encoding:?}, which this client cannot decode");
    let error = Error::new(ErrorKind::Decode, message);
    match encoding {
        "gzip" | "x-gzip" if cfg!(not(feature = "gzip")) => {
            error.with_hint("turn on the feature `gzip` of evo-runtime")
        }
        "br" if cfg!(not(feature = "brotli")) => error.with_hint("turn on the feature `brotli` of evo-runtime"),
        _ => error,
    }
}
