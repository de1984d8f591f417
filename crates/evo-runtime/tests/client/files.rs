//! Uploads, raw bodies and downloads: requests and results.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use evo_runtime::http::Request;
use evo_runtime::transport::{Body, HttpReply, ScriptedTransport};
use evo_runtime::{Bytes, Client, Credentials, Download, Error, ErrorKind, FilePart, operation, record};
use futures_core::Stream;

#[derive(Debug, Clone, PartialEq, Default)]
struct Upload {
    text: Option<String>,
    numbers: Option<Vec<f64>>,
}
record!(Upload { text: "Text", numbers: "Numbers" });
operation!(Upload: POST => ());

#[derive(Debug, Clone, PartialEq, Default)]
struct ReadFile {
    id: Option<i32>,
}
record!(ReadFile { id: "Id" });
operation!(ReadFile: GET => raw Download);

/// The same pieces as a stream and as a body.
struct Pieces(VecDeque<Bytes>);

impl Pieces {
    fn of(pieces: &[&'static str]) -> Self {
        Self(pieces.iter().map(|piece| Bytes::from_static(piece.as_bytes())).collect())
    }
}

impl Stream for Pieces {
    type Item = Result<Bytes, String>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front().map(|piece| if piece == "break" { Err("broken".to_owned()) } else { Ok(piece) }))
    }
}

fn replayable(length: Option<u64>, pieces: &'static [&'static str]) -> Body {
    Body::replayable(length, move || Body::from_stream(None, Pieces::of(pieces)).into_stream())
}

fn client(replies: impl IntoIterator<Item = HttpReply>) -> (Client, ScriptedTransport) {
    let server = ScriptedTransport::new(replies);
    (Client::builder("https://h").transport(server.clone()).build().unwrap(), server)
}

fn done() -> HttpReply {
    HttpReply::of(204, "", "")
}

/// Returns the body of a form with its boundary replaced by `BOUNDARY`.
fn form(request: &Request<Body>) -> String {
    let content_type = request.headers()["content-type"].to_str().unwrap();
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    std::str::from_utf8(request.body().as_bytes().unwrap()).unwrap().replace(boundary, "BOUNDARY")
}

#[tokio::test]
async fn a_form_is_the_same_from_memory_and_from_streams() {
    let expected = "--BOUNDARY\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n\r\n\
        --BOUNDARY\r\nContent-Disposition: form-data; name=\"numbers\"\r\n\r\n[1.5,2]\r\n\
        --BOUNDARY\r\nContent-Disposition: form-data; name=\"upload0\"; filename=\"a_b_.pdf\"\r\nContent-Type: application/pdf\r\n\r\nabcdef\r\n\
        --BOUNDARY\r\nContent-Disposition: form-data; name=\"x_y\"; filename=\"empty\"\r\nContent-Type: x/y\r\n\r\n\r\n\
        --BOUNDARY--\r\n";
    let upload = || Upload { text: Some(String::new()), numbers: Some(vec![1.5, 2.0]) };
    let second = || FilePart::bytes("empty", "").field("x\"y").content_type("x/y");
    let name = "folder\\a\"b\n.pdf";
    let progress = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&progress);
    let (client, server) = client([done(), done(), done(), done()]);
    client.upload(upload()).file(FilePart::bytes(name, "abcdef")).file(second()).send().await.unwrap();
    let first = FilePart::stream(name, Some(6), Pieces::of(&["abc", "def"]));
    client.upload(upload()).file(first).file(second()).send().await.unwrap();
    let first = FilePart::body(name, replayable(None, &["abcdef"]));
    client.upload(upload()).file(first).file(second()).send().await.unwrap();
    let last = client.upload(upload()).file(FilePart::bytes(name, "abcdef")).file(second());
    last.on_progress(move |sent, total| heard.lock().unwrap().push((sent, total))).send().await.unwrap();
    let requests = server.requests();
    for request in &requests {
        assert_eq!(form(request), expected);
        assert_eq!((request.method().as_str(), request.uri().to_string().as_str()), ("POST", "https://h/api/Upload"));
    }
    let progress = progress.lock().unwrap().clone();
    let length = requests[3].body().as_bytes().unwrap().len() as u64;
    assert_eq!(progress.last(), Some(&(length, Some(length))));
    assert!(progress.len() > 3 && progress.is_sorted(), "{progress:?}");
}

#[tokio::test]
async fn values_that_a_form_cannot_carry_are_rejected() {
    let (client, server) = client([]);
    let upload = Upload { numbers: Some(vec![f64::INFINITY]), ..Default::default() };
    assert_eq!(client.upload(upload).send().await.unwrap_err().kind(), ErrorKind::Request);
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_consumed_body_is_not_sent_again() {
    let signed_in = || HttpReply::of(200, "application/json", "{}");
    let refused = || HttpReply::of(401, "", "");
    for (once, requests) in [(true, 2), (false, 4)] {
        let server = ScriptedTransport::new([signed_in(), refused(), signed_in(), done()]);
        let client = Client::builder("https://h").transport(server.clone()).auth(Credentials::new("u", "p"));
        let body = if once { Body::from_stream(Some(3), Pieces::of(&["abc"])) } else { replayable(Some(3), &["abc"]) };
        let file = FilePart::body("x", body);
        let outcome = client.build().unwrap().upload(Upload::default()).file(file).send().await;
        assert_eq!(outcome.map_err(|error| error.kind()), if once { Err(ErrorKind::Unauthorized) } else { Ok(()) });
        assert_eq!(server.requests().len(), requests, "{once}");
    }
}

#[tokio::test]
async fn a_stream_that_breaks_is_an_error() {
    let (client, _) = client([done()]);
    let file = FilePart::stream("x", None, Pieces::of(&["abc", "break"]));
    let error = client.upload(Upload::default()).file(file).send().await.unwrap_err();
    assert_eq!((error.kind(), error.message()), (ErrorKind::Interrupted, "the body cannot be read: broken"));
}

#[cfg(feature = "reqwest")]
#[tokio::test]
async fn a_body_of_known_length_has_a_content_length_and_others_are_chunked() {
    let answer = "HTTP/1.1 204 No Content\r\n\r\n";
    let (base, requests) = crate::loopback::server([answer, answer]).await;
    let client = Client::new(base).unwrap();
    let file = FilePart::stream("x.txt", Some(6), Pieces::of(&["abc", "def"]));
    client.upload(Upload::default()).file(file).send().await.unwrap();
    let body = Body::from_stream(Some(6), Pieces::of(&["abc", "def"]));
    client.send_body(Upload { text: Some("q".to_owned()), ..Default::default() }, "audio/wav", body).await.unwrap();
    let requests = requests.await.unwrap();
    let (head, body) = requests[0].split_once("\r\n\r\n").unwrap();
    assert!(body.contains("\r\n\r\nabcdef\r\n--"), "{body}");
    assert!(head.contains(&format!("content-length: {}", body.len())), "{head}");
    assert!(!head.contains("transfer-encoding"), "{head}");
    let (head, body) = requests[1].split_once("\r\n\r\n").unwrap();
    assert_eq!((head.lines().next().unwrap(), body), ("POST /base/api/Upload?text=q HTTP/1.1", "abcdef"));
    assert!(head.contains("content-length: 6") && head.contains("content-type: audio/wav"), "{head}");
}

#[cfg(feature = "reqwest")]
#[tokio::test]
async fn a_body_of_unknown_length_is_chunked() {
    let (base, requests) = crate::loopback::server(["HTTP/1.1 204 No Content\r\n\r\n"]).await;
    let body = Body::from_stream(None, Pieces::of(&["abc"]));
    // The server responds after the head, so the call may fail. Only the head is tested.
    let _ = Client::new(base).unwrap().send_body(Upload::default(), "audio/wav", body).await;
    let request = requests.await.unwrap().remove(0);
    assert!(request.contains("transfer-encoding: chunked") && !request.contains("content-length"), "{request}");
}

#[tokio::test]
async fn a_member_that_a_url_cannot_carry_is_rejected_beside_a_raw_body() {
    let (client, server) = client([HttpReply::of(204, "", "")]);
    let upload = Upload { text: Some("x".repeat(8 * 1024)), ..Default::default() };
    let error = client.send_body(upload, "text/plain", "x".to_owned()).await.unwrap_err();
    assert_eq!(error.message(), "a member cannot stand in the address, and the body is taken");
    assert!(server.requests().is_empty());

    // An empty text is omitted from the query, which the service reads as not set.
    let upload = Upload { text: Some(String::new()), ..Default::default() };
    client.send_body(upload, "text/plain", "x".to_owned()).await.unwrap();
    assert_eq!(server.requests()[0].uri(), "https://h/api/Upload");
}

fn arriving(pieces: &[&'static str]) -> HttpReply {
    HttpReply::of(200, "audio/wav", "").with_body(Body::from_stream(None, Pieces::of(pieces)))
}

#[tokio::test]
async fn a_download_is_a_stream_with_a_limit() {
    let (client, _) = client([
        arriving(&["abc", "def"]),
        arriving(&["abc", "def"]),
        arriving(&["abc", "def", "x"]),
        arriving(&["a"]).with_header("content-length", "7"),
    ]);
    let mut download = client.send(ReadFile { id: Some(1) }).await.unwrap();
    let mut context = Context::from_waker(Waker::noop());
    let mut found = Vec::new();
    while let Poll::Ready(Some(piece)) = Pin::new(&mut download).poll_next(&mut context) {
        found.push(piece.unwrap());
    }
    assert_eq!(found, ["abc", "def"]);
    let download = || client.download(ReadFile { id: Some(1) }).limit(6);
    assert_eq!(download().send().await.unwrap().bytes().await.unwrap(), "abcdef");
    let mut third = download().send().await.unwrap();
    assert_eq!(third.chunk().await.unwrap().unwrap(), "abc");
    assert_eq!(third.chunk().await.unwrap().unwrap(), "def");
    let error = third.chunk().await.unwrap_err();
    assert_eq!(error.to_string(), "ReadFile: the download has more than 6 bytes; set another limit of the download");
    assert_eq!(third.chunk().await.unwrap(), None);
    assert_eq!(download().send().await.unwrap_err().kind(), ErrorKind::TooLarge);
}

#[tokio::test]
async fn ranges_are_the_requested_parts_or_an_error() {
    let part = |range: &str| {
        let reply = HttpReply::of(206, "audio/wav", "xyz");
        if range.is_empty() { reply } else { reply.with_header("content-range", range) }
    };
    for (range, expected) in [
        ("bytes 5-7/8", Some((5, Some(8)))),
        ("bytes 5-7/*", Some((5, None))),
        ("bytes 5-6/8", None),
        ("bytes 4-7/8", None),
        ("bytes 5-4/8", None),
        ("bytes */8", None),
        ("bytes=5-7/8", None),
        ("bytes 5-7/x", None),
        ("", None),
    ] {
        let (client, server) = client([part(range)]);
        let outcome = client.download(ReadFile::default()).resume_from(5).send().await;
        let found = outcome.map(|download| (download.start(), download.total()));
        assert_eq!(found.as_ref().ok(), expected.as_ref(), "{range}");
        if let Err(error) = found {
            assert_eq!(error.kind(), ErrorKind::Decode, "{range}");
        }
        assert_eq!(server.requests()[0].headers()["range"], "bytes=5-", "{range}");
    }
    let (client, server) =
        client([HttpReply::of(200, "audio/wav", "all").with_header("content-length", "3"), part("bytes 0-2/3")]);
    let download = client.download(ReadFile::default()).resume_from(5).send().await.unwrap();
    assert_eq!((download.start(), download.total(), download.status().as_u16()), (0, Some(3), 200));
    let last = client.download(ReadFile::default()).range(0, 99).send().await.unwrap();
    assert_eq!((last.start(), last.total()), (0, Some(3)));
    assert_eq!(server.requests()[1].headers()["range"], "bytes=0-99");
    let error: Error = client.download(ReadFile::default()).range(3, 2).send().await.unwrap_err();
    assert_eq!(error.message(), "the part ends at 2, before it begins at 3");
    let plain = client.download(ReadFile::default()).prepare().unwrap();
    assert!(!plain.headers().contains_key("range"));
}

#[cfg(feature = "fs")]
#[tokio::test]
async fn local_files_can_be_uploaded_and_downloaded() {
    let folder = std::env::temp_dir().join(format!("evo-files-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (source, target) = (folder.join("a.txt"), folder.join("b.txt"));
    std::fs::write(&source, "hello").unwrap();
    let (client, server) = client([done(), done(), arriving(&["abc", "def"]), arriving(&["x"])]);
    client.upload(Upload::default()).file(FilePart::path(&source).await.unwrap()).send().await.unwrap();
    let reader = FilePart::reader("a.txt", Some(5), &b"hello"[..]).field("file");
    client.upload(Upload::default()).file(reader).send().await.unwrap();
    let expected = "--BOUNDARY\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\
        Content-Type: text/plain\r\n\r\nhello\r\n--BOUNDARY--\r\n";
    assert_eq!(server.requests().iter().map(form).collect::<Vec<_>>(), [expected, expected]);
    let mut download = client.download(ReadFile::default()).send().await.unwrap();
    assert_eq!(download.save(&target).await.unwrap(), 6);
    let mut download = client.download(ReadFile::default()).send().await.unwrap();
    let error = download.save(&target).await.unwrap_err();
    assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Write, false), "a file that is there stays");
    assert_eq!(std::fs::read_to_string(&target).unwrap(), "abcdef");
    assert!(FilePart::path(folder.join("none")).await.is_err());
    std::fs::remove_dir_all(&folder).unwrap();
}

#[tokio::test]
async fn a_file_without_a_name_is_refused() {
    for (file, reason) in [
        (FilePart::bytes("", "x"), "the file \"\" has no name, and servers drop such files"),
        (FilePart::bytes("  ", "x"), "the file \"  \" has no name, and servers drop such files"),
        (FilePart::bytes("photos/", "x"), "the file \"photos/\" has no name, and servers drop such files"),
        (
            FilePart::bytes("photos/", "x").with_folders(),
            "the file \"photos/\" has no name, and servers drop such files",
        ),
        (FilePart::body("", replayable(None, &["x"])), "the file \"\" has no name, and servers drop such files"),
        (
            FilePart::bytes("a.txt", "x").field(" "),
            "the field \" \" of the file \"a.txt\" has no name, and servers drop such files",
        ),
    ] {
        let (client, server) = client([]);
        let upload = client.upload(Upload::default()).file(FilePart::bytes("good.txt", "x")).file(file);
        let error = upload.send().await.unwrap_err();
        assert_eq!((error.kind(), error.message(), error.operation()), (ErrorKind::Request, reason, Some("Upload")));
        assert!(server.requests().is_empty(), "{reason}");
    }
    for name in ["", " ", "\r\n"] {
        let (client, server) = client([]);
        let error = client.upload(Upload::default()).form_field(name, "x").send().await.unwrap_err();
        assert_eq!(error.message(), "a field of the form has no name, and servers drop such fields");
        assert!(server.requests().is_empty(), "{name:?}");
    }
}

#[tokio::test]
async fn forms_can_have_additional_fields_and_a_folder() {
    let (client, server) = client([done()]);
    client
        .upload(Upload { text: Some("t".to_owned()), numbers: None })
        .form_field("folder", "a \"b\"\r\nc")
        .form_field("na\"me", "")
        .file(FilePart::bytes("docs/2026/plan.pdf", "1"))
        .file(FilePart::bytes("docs/2026/plan.pdf", "2").with_folders())
        .file(FilePart::bytes(r"C:\docs\plan.pdf", "3").with_folders())
        .send()
        .await
        .unwrap();
    let body = server.requests()[0].body().as_bytes().unwrap().to_vec();
    let text = String::from_utf8(body).unwrap();
    let boundary = text.lines().next().unwrap().to_owned();
    let part = |head: &str, value: &str| format!("\r\nContent-Disposition: form-data; {head}\r\n\r\n{value}\r\n");
    let pdf =
        |field: &str, name: &str| format!("name=\"{field}\"; filename=\"{name}\"\r\nContent-Type: application/pdf");
    assert_eq!(
        text.split(&boundary).collect::<Vec<_>>(),
        [
            "",
            &part("name=\"text\"", "t"),
            &part("name=\"folder\"", "a \"b\"\r\nc"),
            &part("name=\"na_me\"", ""),
            &part(&pdf("upload0", "plan.pdf"), "1"),
            &part(&pdf("upload1", "docs/2026/plan.pdf"), "2"),
            &part(&pdf("upload2", r"C:\docs\plan.pdf"), "3"),
            "--\r\n",
        ]
    );
}

#[tokio::test]
async fn file_names_are_read_as_servers_write_them() {
    for (disposition, name) in [
        (r#"attachment; filename="a b.bin""#, Some("a b.bin")),
        (r#"attachment;filename="QueryAlbums.csv""#, Some("QueryAlbums.csv")),
        (r#"attachment; FileName = "a.bin" ; size=3"#, Some("a.bin")),
        ("attachment; filename=plain.txt; size=3", Some("plain.txt")),
        ("attachment; filename=two words.txt", Some("two words.txt")),
        (r#"filename="alone.txt""#, Some("alone.txt")),
        ("attachment", None),
        ("", None),
        // Only the parameter with exactly this name is used.
        (r#"attachment; filename="plan.pdf"; size="12""#, Some("plan.pdf")),
        (r#"form-data; name="filename=trap.exe"; filename="plan.pdf""#, Some("plan.pdf")),
        (r#"form-data; name="x; filename=trap.exe""#, None),
        (r#"attachment; x-filename="trap.exe"; filename="plan.pdf""#, Some("plan.pdf")),
        (r#"attachment; filename="a;b.pdf""#, Some("a;b.pdf")),
        // With quotes, escaped or not.
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
        // RFC 2047 encoded words, which .NET writes.
        (r#"attachment; filename="=?utf-8?B?w7wuYmlu?=""#, Some("ü.bin")),
        (r#"attachment; filename="=?utf-8?Q?=C3=BC_100%.bin?=""#, Some("ü 100%.bin")),
        (r#"attachment; filename="=?utf-8?B?Li4vw7wuYmlu?="; size=3"#, Some("ü.bin")),
        (r#"attachment; filename="=?utf-8?B?***?=""#, Some("=?utf-8?B?***?=")),
        (r#"attachment; filename="=?utf-8?B?w7zDvA==?= =?utf-8?Q?=C3=BC_1.bin?=""#, Some("üüü 1.bin")),
        (r#"attachment; filename="=?utf-8?B?w7w=?= plain.bin""#, Some("=?utf-8?B?w7w=?= plain.bin")),
        // Folders are removed, and names that are only a folder are ignored.
        (r#"attachment; filename="../../etc/passwd""#, Some("passwd")),
        (r#"attachment; filename="..\x.txt""#, Some("x.txt")),
        ("attachment; filename*=UTF-8''..%2F..%5Cx%00.txt", Some("x.txt")),
        (r#"attachment; filename="..""#, None),
    ] {
        let (client, _) = client([HttpReply::of(200, "", "").with_header("content-disposition", disposition)]);
        let download = client.send(ReadFile { id: Some(1) }).await.unwrap();
        assert_eq!(download.file_name().as_deref(), name, "{disposition}");
    }
    let (client, _) =
        client([HttpReply::of(200, "", "").with_header("content-disposition", b"attachment; filename=\"\xfc.bin\"")]);
    assert_eq!(client.send(ReadFile { id: Some(1) }).await.unwrap().file_name().as_deref(), Some("ü.bin"));
}
