//! Decoding of responses that the transport left encoded.

use std::io;

use bytes::Bytes;
use http::HeaderMap;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};

use crate::error::{Error, ErrorKind};

/// Returns the encodings to undo, last applied first, without `identity`.
fn encodings(headers: &HeaderMap) -> Vec<String> {
    let values = headers.get_all(CONTENT_ENCODING).iter().map(|value| String::from_utf8_lossy(value.as_bytes()));
    let names = values.collect::<Vec<_>>().join(",").to_ascii_lowercase();
    let names = names.rsplit(',').map(str::trim).filter(|name| !matches!(*name, "" | "identity"));
    names.map(str::to_owned).collect()
}

/// Returns an error if the body is encoded.
pub(super) fn check_not_encoded(headers: &HeaderMap) -> Result<(), Error> {
    match encodings(headers).first() {
        Some(encoding) => Err(unknown(encoding)),
        None => Ok(()),
    }
}

/// Decodes a body and adjusts the headers to the decoded body.
pub(super) fn decode_body(headers: &mut HeaderMap, mut body: Bytes, limit: usize) -> Result<Bytes, Error> {
    let encodings = encodings(headers);
    if encodings.is_empty() || body.is_empty() {
        return Ok(body);
    }
    for encoding in encodings {
        let (decoded, end) = decode(&encoding, &body, limit)?;
        match end {
            Ok(()) if decoded.len() <= limit => body = decoded.into(),
            Ok(()) => {
                let message = format!("the response has more than {limit} bytes");
                return Err(Error::new(ErrorKind::TooLarge, message).with_hint("set body_limit of the client"));
            }
            Err(error) => {
                let message = format!("the body is not {encoding}, as its header says: {error}");
                return Err(Error::new(ErrorKind::Decode, message));
            }
        }
    }
    describe_decoded(headers);
    Ok(body)
}

/// Decodes the start of a body as far as possible. Returns it, and whether it is the whole body.
pub(super) fn decode_start(headers: &mut HeaderMap, body: Bytes, limit: usize) -> (Bytes, bool) {
    let encodings = encodings(headers);
    if encodings.is_empty() {
        return (body, true);
    }
    let (mut start, mut is_complete) = (body.clone(), true);
    for encoding in encodings {
        let Ok((mut decoded, end)) = decode(&encoding, &start, limit) else { return (body, true) };
        is_complete &= end.is_ok() && decoded.len() <= limit;
        decoded.truncate(limit);
        start = decoded.into();
    }
    describe_decoded(headers);
    (start, is_complete)
}

fn describe_decoded(headers: &mut HeaderMap) {
    headers.remove(CONTENT_ENCODING);
    headers.remove(CONTENT_LENGTH);
}

/// The bytes that could be decoded, up to one more than the limit, and the error that ended decoding.
type Decoded = (Vec<u8>, io::Result<()>);

#[cfg(feature = "gzip")]
fn decode(encoding: &str, body: &[u8], limit: usize) -> Result<Decoded, Error> {
    use std::io::Read as _;

    if !matches!(encoding, "gzip" | "x-gzip") {
        return Err(unknown(encoding));
    }
    let mut decoded = Vec::new();
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    let end = flate2::read::MultiGzDecoder::new(body).take(most).read_to_end(&mut decoded);
    Ok((decoded, end.map(drop)))
}

#[cfg(not(feature = "gzip"))]
fn decode(encoding: &str, _: &[u8], _: usize) -> Result<Decoded, Error> {
    Err(unknown(encoding))
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
