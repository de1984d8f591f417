//! JSON that was cut off, as far as it goes.

/// Closes what is open at the end of a JSON text that was cut off, so that the members before the cut can be read. A text at the end is kept as
/// far as it goes; a number, a literal or a name is dropped.
pub(super) fn close_json(cut: &[u8]) -> Vec<u8> {
    // The closing brackets that are missing, and how far the text is complete.
    let mut open = Vec::new();
    let (mut end, mut open_at_end) = (0, Vec::new());
    let mut is_text = false;
    let mut is_escaped = false;
    let mut is_name = false;
    for (index, byte) in cut.iter().enumerate() {
        if is_text {
            match byte {
                _ if is_escaped => is_escaped = false,
                b'\\' => is_escaped = true,
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
                open.push(if *byte == b'{' { b'}' } else { b']' });
                is_name = *byte == b'{';
                (end, open_at_end) = (index + 1, open.clone());
            }
            b'}' | b']' => {
                open.pop();
                (end, open_at_end) = (index + 1, open.clone());
            }
            b',' => {
                is_name = open.last() == Some(&b'}');
                (end, open_at_end) = (index, open.clone());
            }
            b':' => is_name = false,
            _ => {}
        }
    }
    // A text that is a value; a backslash without what it escapes is dropped.
    let mut closed = if is_text && !is_name {
        let mut text = whole_characters(cut).to_vec();
        if is_escaped {
            text.pop();
        }
        text.push(b'"');
        open_at_end = open;
        text
    } else {
        cut.get(..end).unwrap_or_default().to_vec()
    };
    closed.extend(open_at_end.into_iter().rev());
    closed
}

/// The bytes without a character at the end that is not complete, and without a part of `\u1234`.
fn whole_characters(bytes: &[u8]) -> &[u8] {
    let valid = match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() => bytes.get(..error.valid_up_to()).unwrap_or_default(),
        _ => bytes,
    };
    let tail = valid.get(valid.len().saturating_sub(5)..).unwrap_or_default();
    match tail.windows(2).rposition(|pair| pair == b"\\u") {
        Some(at) => valid.get(..valid.len() - tail.len() + at).unwrap_or_default(),
        None => valid,
    }
}
