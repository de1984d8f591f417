//! A request as a line for `curl`, to be tried in a shell.

use http::Method;
use http::header::CONTENT_TYPE;

use super::PreparedRequest;
use super::shown::{ShownBody, ShownPart, ShownRequest};

/// Takes the body from standard input.
const FROM_INPUT: &str = " --data-binary @-";

impl PreparedRequest {
    /// The request as a command of a POSIX shell. Secret members and header values that may be secret are shown as `<secret>`. Credentials and
    /// cookies of the client are not part of it. A body that is not text, is a stream, or may repeat secrets is read from standard input. The files
    /// of an upload are named without their folders.
    #[must_use]
    pub fn to_curl(&self) -> String {
        self.curl(false)
    }

    /// The request as a command of a POSIX shell, with all secrets: not for logs.
    #[must_use]
    pub fn to_curl_with_secrets(&self) -> String {
        self.curl(true)
    }

    fn curl(&self, with_secrets: bool) -> String {
        let ShownRequest { method, url, headers, body } = self.shown_with(with_secrets);
        let mut command = "curl".to_owned();
        match &method {
            &Method::GET if body == ShownBody::Empty => {}
            // Told to send HEAD, curl would wait for a body.
            &Method::HEAD if body == ShownBody::Empty => command.push_str(" --head"),
            method => command.extend([" -X ", &quoted(method.as_str())]),
        }
        command.extend([" ", &quoted(&url)]);
        let is_form = matches!(body, ShownBody::Form(_));
        // For a form, curl chooses a boundary of its own.
        for (name, value) in headers.iter().filter(|(name, _)| !is_form || name != CONTENT_TYPE.as_str()) {
            command.extend([" -H ", &quoted(&format!("{name}: {value}"))]);
        }
        match body {
            ShownBody::Empty => {}
            // No word of a shell holds a NUL.
            ShownBody::Text(text) if !text.contains('\0') => command.extend([" --data-raw ", &quoted(&text)]),
            ShownBody::Text(_) | ShownBody::Bytes(_) => command.push_str(FROM_INPUT),
            ShownBody::Form(parts) => parts.iter().for_each(|part| push_part(&mut command, part)),
        }
        command
    }
}

/// Adds the option of a part of a form.
fn push_part(command: &mut String, part: &ShownPart) {
    match part {
        // Here a value may begin with `@` or `<`.
        ShownPart::Field { name, value } => {
            command.extend([" --form-string ", &quoted(&format!("{name}={value}"))]);
        }
        ShownPart::File { name, file_name, content_type, .. } => {
            let file = format!("\"{}\"", file_name.replace('\\', r"\\").replace('"', "\\\""));
            command.extend([" -F ", &quoted(&format!("{name}=@{file};type={content_type}"))]);
        }
    }
}

/// A text as one word of a POSIX shell.
fn quoted(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=,@%+".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}
