//! The file name in a `Content-Disposition` (RFC 6266).

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use http::HeaderValue;
use percent_encoding::percent_decode_str;

/// Returns the file name without its folders. `filename*` is preferred over `filename` unless it cannot be decoded.
pub(crate) fn file_name(disposition: &HeaderValue) -> Option<String> {
    let text = decoded("", disposition.as_bytes())?;
    let parameters: Vec<(&str, String)> = Parameters { rest: &text }.collect();
    let values = |wanted: &'static str| {
        parameters.iter().filter(move |(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value)
    };
    let extended = values("filename*").find_map(|value| last_segment(&extended(value)?));
    extended.or_else(|| {
        values("filename").find_map(|value| {
            let decoded: Option<String> = value.split_ascii_whitespace().map(encoded_word).collect();
            last_segment(decoded.as_ref().unwrap_or(value))
        })
    })
}

/// Decodes bytes from a charset; if none is given, from UTF-8 if they are valid and otherwise from Latin-1.
fn decoded(charset: &str, bytes: &[u8]) -> Option<String> {
    let encoding = match charset {
        "" if std::str::from_utf8(bytes).is_ok() => UTF_8,
        "" => WINDOWS_1252,
        charset => Encoding::for_label(charset.as_bytes())?,
    };
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(Cow::into_owned)
}

/// Decodes an extended value of charset, language and percent-encoded bytes, such as `UTF-8'en'%C3%BC.bin` (RFC 8187). Only the charsets of
/// the RFC are supported: for any other, senders also include a plain name.
fn extended(value: &str) -> Option<String> {
    let mut parts = value.splitn(3, '\'');
    let (charset, _language, encoded) = (parts.next()?, parts.next()?, parts.next()?);
    let is_common = ["utf-8", "iso-8859-1"].iter().any(|common| charset.eq_ignore_ascii_case(common));
    decoded(charset, &percent_decode_str(encoded).collect::<Vec<u8>>()).filter(|_| is_common)
}

/// Decodes an encoded word of e-mail (RFC 2047), which .NET uses in this header: `=?utf-8?B?w7wuYmlu?=`.
fn encoded_word(value: &str) -> Option<String> {
    let mut parts = value.strip_prefix("=?")?.strip_suffix("?=")?.splitn(3, '?');
    let (charset, encoding, text) = (parts.next()?, parts.next()?, parts.next()?);
    let bytes = match encoding {
        "B" | "b" => STANDARD.decode(text).ok()?,
        "Q" | "q" => percent_decode_str(&text.replace('%', "=25").replace('=', "%").replace('_', " ")).collect(),
        _ => return None,
    };
    decoded(charset, &bytes)
}

/// Returns the part after the last folder separator, without control characters.
fn last_segment(name: &str) -> Option<String> {
    let name: String = name.rsplit(['/', '\\']).next()?.chars().filter(|c| !c.is_control()).collect();
    let name = name.trim();
    (!matches!(name, "" | "." | "..")).then(|| name.to_owned())
}

/// An iterator over the parameters of a header, as names and values.
struct Parameters<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Parameters<'a> {
    type Item = (&'a str, String);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            self.rest = self.rest.trim_start_matches([';', ' ', '\t']);
            let end = self.rest.find(['=', ';'])?;
            let (name, after) = self.rest.split_at(end);
            let Some(value) = after.strip_prefix('=') else {
                // The disposition type, or a parameter without a value.
                self.rest = after;
                continue;
            };
            let value = value.trim_start();
            if let Some(quoted) = value.strip_prefix('"') {
                let (value, rest) = unquoted(quoted);
                self.rest = rest;
                return Some((name.trim_end(), value));
            }
            let (value, rest) = value.split_at(value.find(';').unwrap_or(value.len()));
            self.rest = rest;
            return Some((name.trim_end(), value.trim_end().to_owned()));
        }
    }
}

/// Splits a quoted string at its closing quote, and returns the rest. `ServiceStack` does not escape quotes inside a name, so a quote
/// closes the string only at the end of the header or before another parameter.
fn unquoted(quoted: &str) -> (String, &str) {
    let mut text = String::new();
    let mut chars = quoted.char_indices().peekable();
    while let Some((index, c)) = chars.next() {
        let rest = quoted.get(index + c.len_utf8()..).unwrap_or_default();
        match c {
            // Backslashes escape nothing else, so that Windows paths survive.
            '\\' => match chars.next_if(|(_, next)| matches!(next, '"' | '\\')) {
                Some((_, escaped)) => text.push(escaped),
                None => text.push(c),
            },
            '"' if is_end(rest) => return (text, rest),
            _ => text.push(c),
        }
    }
    (text, "")
}

fn is_end(rest: &str) -> bool {
    let Some(next) = rest.trim_start().strip_prefix(';') else { return rest.trim_start().is_empty() };
    let name = next.trim_start();
    let is_token = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_graphic() && c != '"');
    name.is_empty() || name.split_once('=').is_some_and(|(name, _)| is_token(name.trim_end()))
}
