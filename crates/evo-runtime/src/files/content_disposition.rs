//! The file name in a `Content-Disposition` (RFC 6266).

use http::HeaderValue;
use percent_encoding::percent_decode_str;

/// The name of the file, without the folders before it. `filename*` is preferred to `filename`, unless it cannot be decoded.
pub(crate) fn file_name(disposition: &HeaderValue) -> Option<String> {
    let text = decoded("", disposition.as_bytes())?;
    let parameters: Vec<(&str, String)> = Parameters { rest: &text }.collect();
    let values = |wanted: &'static str| {
        parameters.iter().filter(move |(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value)
    };
    let extended = values("filename*").find_map(|value| last_segment(&extended(value)?));
    extended.or_else(|| values("filename").find_map(|value| last_segment(value)))
}

/// Bytes in this charset; without one, UTF-8 if it is valid and Latin-1 otherwise.
fn decoded(charset: &str, bytes: &[u8]) -> Option<String> {
    let latin_1 = || bytes.iter().copied().map(char::from).collect();
    match charset.to_ascii_lowercase().as_str() {
        "utf-8" => Some(std::str::from_utf8(bytes).ok()?.to_owned()),
        "iso-8859-1" => Some(latin_1()),
        "" => Some(std::str::from_utf8(bytes).map_or_else(|_| latin_1(), str::to_owned)),
        _ => None,
    }
}

/// An extended value: charset, language and percent-encoded bytes, as in `UTF-8'en'%C3%BC.bin` (RFC 8187).
fn extended(value: &str) -> Option<String> {
    let mut parts = value.splitn(3, '\'');
    let (charset, _language, encoded) = (parts.next()?, parts.next()?, parts.next()?);
    decoded(charset, &percent_decode_str(encoded).collect::<Vec<u8>>()).filter(|_| !charset.is_empty())
}

/// What follows the last separator of folders; control characters are removed.
fn last_segment(name: &str) -> Option<String> {
    let name: String = name.rsplit(['/', '\\']).next()?.chars().filter(|c| !c.is_control()).collect();
    let name = name.trim();
    (!matches!(name, "" | "." | "..")).then(|| name.to_owned())
}

/// The parameters of a header, one by one: name and value.
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
                // The type, or a parameter without a value.
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

/// A quoted text up to its closing quote, and what follows. `ServiceStack` does not escape a quote inside a name, so a quote closes the text
/// only where the header or a next parameter follows.
fn unquoted(quoted: &str) -> (String, &str) {
    let mut text = String::new();
    let mut chars = quoted.char_indices().peekable();
    while let Some((index, c)) = chars.next() {
        let rest = quoted.get(index + c.len_utf8()..).unwrap_or_default();
        match c {
            // No other character is escaped, so that a Windows path stays one.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_are_read_as_servers_write_them() {
        for (disposition, name) in [
            (r#"attachment; filename="a b.bin""#, Some("a b.bin")),
            (r#"attachment;filename="QueryAlbums.csv""#, Some("QueryAlbums.csv")),
            (r#"attachment; FileName = "a.bin" ; size=3"#, Some("a.bin")),
            ("attachment; filename=plain.txt; size=3", Some("plain.txt")),
            ("attachment; filename=two words.txt", Some("two words.txt")),
            (r#"filename="alone.txt""#, Some("alone.txt")),
            ("attachment", None),
            ("", None),
            // Only the parameter of that name counts.
            (r#"attachment; filename="plan.pdf"; size="12""#, Some("plan.pdf")),
            (r#"form-data; name="filename=trap.exe"; filename="plan.pdf""#, Some("plan.pdf")),
            (r#"form-data; name="x; filename=trap.exe""#, None),
            (r#"attachment; x-filename="trap.exe"; filename="plan.pdf""#, Some("plan.pdf")),
            (r#"attachment; filename="a;b.pdf""#, Some("a;b.pdf")),
            // Quotes, escaped and not.
            (r#"attachment; filename="a\"b.pdf""#, Some(r#"a"b.pdf"#)),
            (r#"attachment; filename="a\\b.pdf""#, Some("b.pdf")),
            (r#"attachment; filename="a"b.bin""#, Some(r#"a"b.bin"#)),
            (r#"attachment; filename="a"b.bin"; size=1"#, Some(r#"a"b.bin"#)),
            (r#"attachment; filename="a";b.bin""#, Some(r#"a";b.bin"#)),
            (r#"attachment; filename="cut off"#, Some("cut off")),
            (r#"attachment; filename=""#, None),
            (r#"attachment; filename="""#, None),
            // Extended values, and the fallback.
            (r#"attachment; filename="x"; filename*=UTF-8''%C3%BC.bin"#, Some("ü.bin")),
            (r#"attachment; filename*=utf-8'de'%C3%BC.bin; filename="x""#, Some("ü.bin")),
            (r#"attachment; filename*="UTF-8''%C3%BC.bin""#, Some("ü.bin")),
            ("attachment; filename*=ISO-8859-1''%FC.bin", Some("ü.bin")),
            (r#"attachment; filename="plan.pdf"; filename*=UTF-8''%ff%fe"#, Some("plan.pdf")),
            (r#"attachment; filename*=KOI8-R''%C1; filename="plan.pdf""#, Some("plan.pdf")),
            (r#"attachment; filename*=plan; filename="plan.pdf""#, Some("plan.pdf")),
            (r#"attachment; filename*=UTF-8''; filename="plan.pdf""#, Some("plan.pdf")),
            // No folder, and nothing that is one.
            (r#"attachment; filename="../../etc/passwd""#, Some("passwd")),
            (r#"attachment; filename="..\x.txt""#, Some("x.txt")),
            ("attachment; filename*=UTF-8''..%2F..%5Cx%00.txt", Some("x.txt")),
            (r#"attachment; filename="..""#, None),
        ] {
            assert_eq!(file_name(&disposition.parse().unwrap()).as_deref(), name, "{disposition}");
        }
        let latin_1 = HeaderValue::from_bytes(b"attachment; filename=\"\xfc.bin\"").unwrap();
        assert_eq!(file_name(&latin_1).as_deref(), Some("ü.bin"));
    }
}
