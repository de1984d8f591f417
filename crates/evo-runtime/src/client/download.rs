//! An answer that is handed over while it arrives.

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use percent_encoding::percent_decode_str;

use crate::error::Error;
use crate::transport::ReplyBody;

/// A file or stream that a service answers, as it arrives.
#[derive(Debug)]
pub struct Download {
    pub(super) operation: &'static str,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: ReplyBody,
}

impl Download {
    /// The status: 200, or 206 for a part.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The content type. Servers label bytes as JSON where the service did not say what they are.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.headers.get(header::CONTENT_TYPE)?.to_str().ok()
    }

    /// How many bytes are to come, where the server says so.
    #[must_use]
    pub fn content_length(&self) -> Option<u64> {
        self.headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
    }

    /// The name of the file, without the folders that a server may have put before it. Servers leave it out when it is not ASCII.
    #[must_use]
    pub fn file_name(&self) -> Option<String> {
        let disposition = self.headers.get(header::CONTENT_DISPOSITION).map(HeaderValue::as_bytes)?;
        file_name(&String::from_utf8_lossy(disposition))
    }

    /// The next piece; none at the end.
    ///
    /// # Errors
    ///
    /// When the connection breaks.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        self.body.chunk().await.map_err(|error| Error::of_transport(&error).during(self.operation))
    }

    /// Everything that is still to come, in memory, whatever its size.
    ///
    /// # Errors
    ///
    /// When the connection breaks.
    pub async fn bytes(mut self) -> Result<Bytes, Error> {
        let Some(first) = self.chunk().await? else { return Ok(Bytes::new()) };
        let Some(second) = self.chunk().await? else { return Ok(first) };
        let mut all = BytesMut::from(first);
        all.extend_from_slice(&second);
        while let Some(chunk) = self.chunk().await? {
            all.extend_from_slice(&chunk);
        }
        Ok(all.freeze())
    }
}

/// The file name of a `Content-Disposition`. `ServiceStack` does not escape a `"` inside it, so the last one ends it.
fn file_name(disposition: &str) -> Option<String> {
    let name = match parameter(disposition, "filename*=") {
        Some(extended) => {
            let encoded = extended.split('\'').next_back()?.split(';').next()?.trim();
            percent_decode_str(encoded).decode_utf8().ok()?.into_owned()
        }
        None => match parameter(disposition, "filename=")? {
            quoted if quoted.starts_with('"') => quoted.get(1..quoted.rfind('"').filter(|end| *end > 0)?)?.to_owned(),
            token => token.split(';').next()?.trim().to_owned(),
        },
    };
    let name = name.rsplit(['/', '\\']).next()?;
    (!matches!(name, "" | "." | "..")).then(|| name.to_owned())
}

/// What follows the name of a parameter.
fn parameter<'a>(disposition: &'a str, name: &str) -> Option<&'a str> {
    let start = disposition.to_ascii_lowercase().find(name)? + name.len();
    disposition.get(start..).map(str::trim_start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_are_read_as_servers_write_them() {
        for (disposition, name) in [
            (r#"attachment; filename="a b.bin""#, Some("a b.bin")),
            (r#"attachment; filename="a"b.bin""#, Some(r#"a"b.bin"#)),
            (r#"attachment;filename="QueryAlbums.csv""#, Some("QueryAlbums.csv")),
            (r#"attachment; filename="../../etc/passwd""#, Some("passwd")),
            (r#"attachment; filename="..\x.txt""#, Some("x.txt")),
            ("attachment; filename=plain.txt; size=3", Some("plain.txt")),
            (r#"attachment; filename="x"; filename*=UTF-8''%C3%BC.bin"#, Some("ü.bin")),
            (r#"attachment; filename="..""#, None),
            (r#"attachment; filename=""#, None),
            (r#"attachment; filename=""#, None),
            ("attachment", None),
            ("", None),
        ] {
            assert_eq!(file_name(disposition).as_deref(), name, "{disposition}");
        }
    }
}
