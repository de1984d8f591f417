//! Request bodies: compression, forms and files.

use std::io::Read as _;

use super::parameters::{add, read_query};

/// The ASP.NET limit on the number of fields and files in a form.
const MAX_FIELDS: usize = 1024;

/// The content of a form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Form {
    pub(crate) fields: Vec<(String, String)>,
    pub(crate) files: Vec<File>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct File {
    pub(crate) field: String,
    pub(crate) name: String,
    pub(crate) length: usize,
}

/// Decodes a body with a `Content-Encoding`. Returns `None` if the body is invalid or longer than the limit in bytes.
pub(crate) fn decompress(body: Vec<u8>, encoding: Option<&str>, limit: usize) -> Option<Vec<u8>> {
    let read = |reader: &mut dyn std::io::Read| {
        let mut decoded = Vec::new();
        let limit = u64::try_from(limit).unwrap_or(u64::MAX);
        reader.take(limit + 1).read_to_end(&mut decoded).ok()?;
        (decoded.len() <= usize::try_from(limit).unwrap_or(usize::MAX)).then_some(decoded)
    };
    match encoding.map(str::to_ascii_lowercase).as_deref() {
        None | Some("" | "identity") => Some(body),
        Some("gzip" | "x-gzip") => read(&mut flate2::read::GzDecoder::new(&body[..])),
        Some("deflate") => read(&mut flate2::read::ZlibDecoder::new(&body[..])),
        Some(_) => None,
    }
}

/// Reads a form according to its media type. Returns `None` for other media types.
pub(crate) async fn read_form(media_type: &str, content_type: &str, body: &[u8]) -> Option<Result<Form, String>> {
    match media_type {
        "application/x-www-form-urlencoded" => {
            if body.split(|byte| *byte == b'&').count() > MAX_FIELDS {
                return Some(Err(too_many_fields()));
            }
            let fields = read_query(&String::from_utf8_lossy(body));
            Some(Ok(Form { fields, files: Vec::new() }))
        }
        "multipart/form-data" => Some(read_multipart(content_type, body).await),
        _ => None,
    }
}

fn too_many_fields() -> String {
    format!("Form value count limit {MAX_FIELDS} exceeded.")
}

async fn read_multipart(content_type: &str, body: &[u8]) -> Result<Form, String> {
    let malformed = |error: multer::Error| error.to_string();
    let boundary = multer::parse_boundary(content_type).map_err(malformed)?;
    let body = body.to_vec();
    let stream = futures_util::stream::once(async move { Ok::<_, std::convert::Infallible>(body) });
    let mut parts = multer::Multipart::new(stream, boundary);
    let mut form = Form::default();
    let mut count = 0;
    while let Some(part) = parts.next_field().await.map_err(malformed)? {
        count += 1;
        if count > MAX_FIELDS {
            return Err(too_many_fields());
        }
        let field = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned) {
            Some(name) => {
                let length = part.bytes().await.map_err(malformed)?.len();
                // A part with an empty file name is not a file.
                if !name.is_empty() {
                    form.files.push(File { field, name, length });
                }
            }
            None => {
                let value = String::from_utf8_lossy(&part.bytes().await.map_err(malformed)?).into_owned();
                add(&mut form.fields, field, value);
            }
        }
    }
    Ok(form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn forms_hold_fields_and_files() {
        let body = "--b\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\na,b\r\n\
                    --b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x.txt\"\r\nContent-Type: text/plain\r\n\r\nhello\r\n\
                    --b\r\nContent-Disposition: form-data; name=\"g\"; filename=\"\"\r\n\r\nlost\r\n--b--\r\n";
        let form = read_form("multipart/form-data", "multipart/form-data; boundary=b", body.as_bytes()).await;
        let file = File { field: "f".to_owned(), name: "x.txt".to_owned(), length: 5 };
        assert_eq!(form, Some(Ok(Form { fields: vec![("note".to_owned(), "a,b".to_owned())], files: vec![file] })));
        assert_eq!(read_form("application/json", "application/json", b"{}").await, None);
    }

    #[test]
    fn a_bomb_is_refused() {
        use std::io::Write as _;
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(&vec![b' '; 100_000]).unwrap();
        let bomb = encoder.finish().unwrap();
        assert_eq!(decompress(bomb.clone(), Some("GZIP"), 100_000).map(|body| body.len()), Some(100_000));
        assert_eq!(decompress(bomb, Some("gzip"), 99_999), None);
        assert_eq!(decompress(vec![1, 2], Some("br"), 10), None);
        assert_eq!(decompress(vec![1, 2], None, 10), Some(vec![1, 2]));
    }
}
