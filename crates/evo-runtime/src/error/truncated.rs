//! Repairing truncated JSON and JSV.

/// Closes a truncated object, so that the members before the cut can be read. A string at the end is kept as far as it goes, and so is any
/// value in JSV; in JSON a truncated number or literal is dropped, and so is a name.
pub(super) fn close(text: &str, is_jsv: bool) -> String {
    // The missing closing brackets, and the end of the last complete value.
    let mut open = Vec::new();
    let (mut end, mut open_at_end) = (0, Vec::new());
    let mut is_text = false;
    let mut is_escaped = false;
    let mut is_name = false;
    // Where the last escape sequence starts.
    let mut escape = 0;
    for (index, byte) in text.bytes().enumerate() {
        if is_text {
            match byte {
                _ if is_escaped => is_escaped = false,
                b'\\' if !is_jsv => (is_escaped, escape) = (true, index),
                b'"' => {
                    is_text = false;
                    if !is_name {
                        (end, open_at_end) = (index + 1, open.clone());
                    }
                }
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => is_text = true,
            b'{' | b'[' => {
                open.push(if byte == b'{' { '}' } else { ']' });
                is_name = byte == b'{';
                (end, open_at_end) = (index + 1, open.clone());
            }
            b'}' | b']' => {
                open.pop();
                (end, open_at_end) = (index + 1, open.clone());
            }
            b',' => {
                is_name = open.last() == Some(&'}');
                (end, open_at_end) = (index, open.clone());
            }
            b':' => is_name = false,
            _ => {}
        }
    }
    // A string value; a partial escape sequence at its end is dropped.
    let mut closed = if is_text && !is_name {
        let last = text.get(escape..).unwrap_or_default();
        let is_part = is_escaped || (last.starts_with("\\u") && last.len() < "\\u1234".len());
        open_at_end = open;
        format!("{}\"", if is_part { text.get(..escape).unwrap_or_default() } else { text })
    } else if is_jsv && !is_name {
        open_at_end = open;
        text.to_owned()
    } else {
        text.get(..end).unwrap_or_default().to_owned()
    };
    closed.extend(open_at_end.into_iter().rev());
    closed
}
