//! Requests as `curl` commands, to be tried in a shell.

use http::Method;
use http::header::CONTENT_TYPE;

use super::PreparedRequest;
use super::shown::{ShownBody, ShownPart, ShownRequest};

/// Reads the body from standard input.
const FROM_INPUT: &str = " --data-binary @-";

impl PreparedRequest {
    /// Returns the request as a POSIX shell command. Secret members and header values that may be secret are replaced by `<secret>`.
    /// Credentials and cookies of the client are not included. A body that is binary, is a stream, or may contain secrets is read from
    /// standard input. The files of an upload are named without their folders.
    #[must_use]
    pub fn to_curl(&self) -> String {
        self.curl(false)
    }

    /// Returns the request as a POSIX shell command that includes all secrets. Do not log it.
    #[must_use]
    pub fn to_curl_with_secrets(&self) -> String {
        self.curl(true)
    }

    fn curl(&self, with_secrets: bool) -> String {
        let ShownRequest { method, url, headers, body } = self.shown_with(with_secrets);
        let mut command = "curl".to_owned();
        match &method {
            &Method::GET if body == ShownBody::Empty => {}
            // With `-X HEAD`, curl would wait for a body.
            &Method::HEAD if body == ShownBody::Empty => command.push_str(" --head"),
            method => command.extend([" -X ", &quoted(method.as_str())]),
        }
        command.extend([" ", &quoted(&url)]);
        let is_form = matches!(body, ShownBody::Form(_));
        // For a form, curl chooses its own boundary.
        for (name, value) in headers.iter().filter(|(name, _)| !is_form || name != CONTENT_TYPE.as_str()) {
            command.extend([" -H ", &quoted(&format!("{name}: {value}"))]);
        }
        match body {
            ShownBody::Empty => {}
            // Shell arguments cannot contain NUL.
            ShownBody::Text(text) if !text.contains('\0') => command.extend([" --data-raw ", &quoted(&text)]),
            ShownBody::Text(_) | ShownBody::Bytes(_) => command.push_str(FROM_INPUT),
            ShownBody::Form(parts) => parts.iter().for_each(|part| push_part(&mut command, part)),
        }
        command
    }
}

/// Adds the option for a part of a form.
fn push_part(command: &mut String, part: &ShownPart) {
    match part {
        // Unlike `--form`, this takes a leading `@` or `<` literally.
        ShownPart::Field { name, value } => {
            command.extend([" --form-string ", &quoted(&format!("{name}={value}"))]);
        }
        ShownPart::File { name, file_name, content_type, .. } => {
            let file = format!("\"{}\"", file_name.replace('\\', r"\\").replace('"', "\\\""));
            command.extend([" -F ", &quoted(&format!("{name}=@{file};type={content_type}"))]);
        }
    }
}

/// Quotes a string as a single POSIX shell argument.
fn quoted(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=,@%+".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}
