//! Parameters of a query, a path or a form.

use percent_encoding::percent_decode_str;

/// Parses `a=1&b=2`, where `+` is a space. Values of a repeated name are joined with commas, as on servers.
pub(crate) fn read_query(query: &str) -> Vec<(String, String)> {
    let mut parameters: Vec<(String, String)> = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        add(&mut parameters, decode(&name.replace('+', " ")), decode(&value.replace('+', " ")));
    }
    parameters
}

/// Adds a parameter, or appends its value to an existing parameter with the same name.
pub(crate) fn add(parameters: &mut Vec<(String, String)>, name: String, value: String) {
    match parameters.iter_mut().find(|(own, _)| own.eq_ignore_ascii_case(&name)) {
        Some((_, own)) => {
            own.push(',');
            own.push_str(&value);
        }
        None => parameters.push((name, value)),
    }
}

/// Decodes a path segment. An encoded slash stays encoded, and a plus sign, encoded or not, is a space.
pub(crate) fn decode_segment(segment: &str) -> String {
    let kept = segment.replace("%2F", "%252F").replace("%2f", "%252f");
    decode(&kept).replace('+', " ")
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_read_as_servers_read_them() {
        let expected =
            [("ids", "1,2"), ("a b", "c+d"), ("flag", "")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(read_query("ids=1&a+b=c%2Bd&IDS=2&flag&"), expected);
        for (segment, value) in
            [("a%2Fb", "a%2Fb"), ("a+b", "a b"), ("a%2Bb", "a b"), ("a%252Bb", "a%2Bb"), ("%C3%BC", "ü")]
        {
            assert_eq!(decode_segment(segment), value, "{segment}");
        }
    }
}
