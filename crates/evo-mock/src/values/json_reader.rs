//! Reads JSON as servers do: `System.Text.Json` rejects malformed JSON, `ServiceStack.Text` keeps what it read before the error.

use super::Value;

/// The maximum nesting depth of documents, as on servers.
const MAX_DEPTH: usize = 64;

/// The maximum number of values in a document. Without it, a body of brackets and commas would take up a multiple of its size in memory.
pub(crate) const MAX_VALUES: usize = 1_000_000;

/// The error for a malformed document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Malformed {
    /// The offset of the first invalid byte.
    pub(crate) offset: usize,
}

/// Reads an entire document.
///
/// A lenient reader returns the part before the first error, and rejects only documents without any value.
pub(crate) fn read(text: &str, lenient: bool) -> Result<Value, Malformed> {
    let mut reader = Reader { bytes: text.trim_start_matches('\u{feff}').as_bytes(), text, at: 0, count: 0, lenient };
    reader.text = text.trim_start_matches('\u{feff}');
    reader.skip_blanks();
    let value = reader.value(0)?;
    reader.skip_blanks();
    if reader.at < reader.bytes.len() && !lenient {
        return Err(reader.malformed());
    }
    Ok(value)
}

struct Reader<'a> {
    bytes: &'a [u8],
    text: &'a str,
    at: usize,
    /// The number of values read so far.
    count: usize,
    lenient: bool,
}

impl Reader<'_> {
    fn malformed(&self) -> Malformed {
        Malformed { offset: self.at }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn has_quote_ahead(&self) -> bool {
        self.bytes.get(self.at..).is_some_and(|rest| rest.contains(&b'"'))
    }

    fn skip_blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    fn value(&mut self, depth: usize) -> Result<Value, Malformed> {
        self.count += 1;
        if depth > MAX_DEPTH || self.count > MAX_VALUES {
            return Err(self.malformed());
        }
        match self.peek() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.list(depth),
            Some(b'"') => self.string().map(Value::Text),
            Some(b'-' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z') => self.word(),
            _ => Err(self.malformed()),
        }
    }

    fn object(&mut self, depth: usize) -> Result<Value, Malformed> {
        let mut members = Vec::new();
        self.at += 1;
        loop {
            match self.member(depth, members.is_empty()) {
                Ok(Some(member)) => members.push(member),
                Ok(None) => return Ok(Value::Object(members)),
                // For an unquoted name, ServiceStack.Text takes everything up to the next quote. It fails there, or loses the rest.
                Err(fault) if self.peek().is_some_and(|byte| byte != b'"') && self.has_quote_ahead() => {
                    return Err(fault);
                }
                Err(_) if self.lenient => {
                    self.at = self.bytes.len();
                    return Ok(Value::Object(members));
                }
                Err(fault) => return Err(fault),
            }
        }
    }

    /// Reads the next member, or returns `None` at the end of the object.
    fn member(&mut self, depth: usize, is_first: bool) -> Result<Option<(String, Value)>, Malformed> {
        if !self.comes_next(is_first, b'}')? {
            return Ok(None);
        }
        let name = self.string()?;
        self.skip_blanks();
        if self.peek() != Some(b':') {
            return Err(self.malformed());
        }
        self.at += 1;
        self.skip_blanks();
        Ok(Some((name, self.value(depth + 1)?)))
    }

    fn list(&mut self, depth: usize) -> Result<Value, Malformed> {
        let mut items = Vec::new();
        self.at += 1;
        loop {
            let item = match self.comes_next(items.is_empty(), b']') {
                Ok(true) => self.value(depth + 1).map(Some),
                Ok(false) => Ok(None),
                Err(fault) => Err(fault),
            };
            match item {
                Ok(Some(item)) => items.push(item),
                Ok(None) => return Ok(Value::List(items)),
                Err(_) if self.lenient => {
                    self.at = self.bytes.len();
                    return Ok(Value::List(items));
                }
                Err(fault) => return Err(fault),
            }
        }
    }

    /// Whether another item follows, after a comma unless it is the first one. Otherwise, consumes the end.
    fn comes_next(&mut self, is_first: bool, end: u8) -> Result<bool, Malformed> {
        self.skip_blanks();
        if self.peek() == Some(end) {
            self.at += 1;
            return Ok(false);
        }
        if !is_first {
            if self.peek() != Some(b',') {
                return Err(self.malformed());
            }
            self.at += 1;
            self.skip_blanks();
            if self.lenient && self.peek() == Some(end) {
                self.at += 1;
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Reads a number, `true`, `false` or `null`. ServiceStack.Text also reads `NaN` and infinities.
    fn word(&mut self) -> Result<Value, Malformed> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.')) {
            self.at += 1;
        }
        let word = self.text.get(start..self.at).unwrap_or_default();
        match word {
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            "null" => Ok(Value::Null),
            "NaN" | "Infinity" | "-Infinity" if self.lenient => Ok(Value::Number(word.to_owned())),
            _ if serde_json::from_str::<&serde_json::value::RawValue>(word).is_ok() => {
                Ok(Value::Number(word.to_owned()))
            }
            _ if self.lenient => Ok(Value::Text(word.to_owned())),
            _ => {
                self.at = start;
                Err(self.malformed())
            }
        }
    }

    fn string(&mut self) -> Result<String, Malformed> {
        if self.peek() != Some(b'"') {
            return Err(self.malformed());
        }
        let start = self.at;
        self.at += 1;
        loop {
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => self.at += 2,
                Some(_) => self.at += 1,
                None => {
                    self.at = start;
                    return Err(self.malformed());
                }
            }
        }
        self.at += 1;
        let literal = self.text.get(start..self.at).unwrap_or_default();
        match serde_json::from_str(literal) {
            Ok(text) => Ok(text),
            // ServiceStack.Text accepts raw line breaks and lone surrogates as data.
            Err(_) if self.lenient => Ok(literal.trim_matches('"').to_owned()),
            Err(_) => {
                self.at = start;
                Err(self.malformed())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(members: &[(&str, Value)]) -> Value {
        Value::Object(members.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect())
    }

    #[test]
    fn numbers_keep_their_digits() {
        let read = read(r#" {"a":1.2300,"b":[-0,1E+2],"c":null,"d":"x\u0041\n"} "#, false).unwrap();
        let expected = object(&[
            ("a", Value::number("1.2300")),
            ("b", Value::List(vec![Value::number("-0"), Value::number("1E+2")])),
            ("c", Value::Null),
            ("d", Value::text("xA\n")),
        ]);
        assert_eq!(read, expected);
    }

    #[test]
    fn a_strict_reader_refuses_what_a_lenient_one_keeps_a_part_of() {
        let cases = [
            (r#"{"a":1,"b":"#, object(&[("a", Value::number(1))])),
            (r#"{"a":1} tail"#, object(&[("a", Value::number(1))])),
            (r#"{"a":[1,2"#, object(&[("a", Value::List(vec![Value::number(1), Value::number(2)]))])),
            (r#"{"a":1,}"#, object(&[("a", Value::number(1))])),
            (r#"{"a":NaN}"#, object(&[("a", Value::number("NaN"))])),
        ];
        for (text, kept) in cases {
            assert!(read(text, false).is_err(), "{text}");
            assert_eq!(read(text, true).unwrap(), kept, "{text}");
        }
        for text in ["", "  ", "]", "\"open"] {
            assert!(read(text, true).is_err(), "{text}");
        }
        assert!(read(&"[".repeat(100), false).is_err());
    }
}
