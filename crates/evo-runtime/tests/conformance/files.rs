//! Files (sections 11.1 to 11.4).

use std::collections::BTreeMap;

use evo_runtime::http::Request;
use evo_runtime::transport::{Body, HttpReply};
use evo_runtime::{Address, Bytes, Download, FilePart, operation, record};
use serde_json::{Value, json};

use crate::case::{self, Case, cases, items, text};

cases![file_01, file_02, file_03, file_04, file_05, file_06, file_07, file_11];

#[derive(Debug, Clone, PartialEq, Default)]
struct Upload {
    album: Option<String>,
    note: Option<String>,
    ids: Option<Vec<i32>>,
    opt: Option<String>,
    map: Option<BTreeMap<String, String>>,
    range: Option<Range>,
}
record!(Upload { album: "Album", note: "Note", ids: "Ids", opt: "Opt", map: "Map", range: "Range" });
operation!(Upload: POST "/uploads/{Album}" => ());

#[derive(Debug, Clone, PartialEq, Default)]
struct Range {
    from: Option<i32>,
    tags: Option<Vec<String>>,
}
record!(Range { from: "From", tags: "Tags" });

#[derive(Debug, Clone, PartialEq, Default)]
struct ReadFile {}
record!(ReadFile {});
operation!(ReadFile: GET "/file" => raw Download);

#[derive(Debug, Clone, PartialEq, Default)]
struct GetText {}
record!(GetText {});
operation!(GetText: GET => raw String);

#[derive(Debug, Clone, PartialEq, Default)]
struct GetBytes {}
record!(GetBytes {});
operation!(GetBytes: GET => raw Bytes);

#[derive(Debug, Clone, PartialEq, Default)]
struct RawUpload {
    name: Option<String>,
}
record!(RawUpload { name: "Name" });
operation!(RawUpload: POST => RawUploaded);

#[derive(Debug, Clone, PartialEq, Default)]
struct RawUploaded {
    id: i32,
    text: Option<String>,
}
record!(RawUploaded { id: "Id", text: "Text" });

/// Returns the head and the content of each part of a form.
fn parts(request: &Request<Body>) -> Vec<(String, String)> {
    let content_type = request.headers()["content-type"].to_str().unwrap();
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    let body = std::str::from_utf8(request.body().as_bytes().unwrap()).unwrap();
    let inside = body.strip_suffix(&format!("--{boundary}--\r\n")).unwrap();
    let start = format!("--{boundary}\r\n");
    inside
        .split(start.as_str())
        .skip(1)
        .map(|part| {
            let (head, content) = part.strip_suffix("\r\n").unwrap().split_once("\r\n\r\n").unwrap();
            (head.to_owned(), content.to_owned())
        })
        .collect()
}

/// Whether a text is one of those that the table allows: `[1,2] or 1,2`.
fn is_one_of(found: &str, allowed: &Value) -> bool {
    text(allowed) == found || text(allowed).split(" or ").any(|allowed| allowed == found)
}

async fn file_01(case: Case) {
    let (client, server) = case::client(&[Address::Api], [HttpReply::of(204, "", "")]);
    let mut upload = client.upload(case::dto::<Upload>(&case.given["dto"]));
    for file in items(&case.given["files"]) {
        let mut part = FilePart::bytes(text(&file["fileName"]), text(&file["bytes"]).to_owned());
        if let Some(field) = file["fieldName"].as_str() {
            part = part.field(field);
        }
        if let Some(content_type) = file["contentType"].as_str() {
            part = part.content_type(content_type);
        }
        upload = upload.file(part);
    }
    upload.send().await.unwrap();
    let request = &server.requests()[0];
    let asked = format!("{} {} multipart/form-data", request.method(), request.uri().path());
    assert_eq!(asked, text(&case.expect["request"]));
    let (parts, expected) = (parts(request), items(&case.expect["parts"]));
    assert_eq!(parts.len(), expected.len());
    for ((head, content), expected) in parts.iter().zip(expected) {
        let name = head.split("name=\"").nth(1).unwrap().split('"').next().unwrap();
        assert!(is_one_of(name, &expected["name"]), "{head}");
        match expected["filename"].as_str() {
            Some(file) => assert_eq!(
                *head,
                format!(
                    "Content-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\nContent-Type: {}",
                    text(&expected["content-type"])
                )
            ),
            None => {
                assert_eq!(*head, format!("Content-Disposition: form-data; name=\"{name}\""));
                assert!(is_one_of(content, &expected["value"]), "{name}: {content}");
            }
        }
    }
    let files: Vec<&str> = items(&case.given["files"]).iter().map(|file| text(&file["bytes"])).collect();
    let sent: Vec<&str> = parts.iter().skip(5).map(|(_, content)| content.as_str()).collect();
    assert_eq!(sent, files);
}

async fn file_02(case: Case) {
    let dispositions = ["filename=\"ü☃.bin\"", "filename=\"a_b.bin\""];
    for ((name, expected), allowed) in
        items(&case.given["fileNames"]).iter().zip(dispositions).zip(items(&case.expect["dispositions"]))
    {
        assert!(text(allowed).contains(expected), "{allowed}");
        let (client, server) = case::client(&[Address::Api], [HttpReply::of(204, "", "")]);
        client.upload(Upload::default()).file(FilePart::bytes(text(name), "x")).send().await.unwrap();
        let parts = parts(&server.requests()[0]);
        assert_eq!(
            parts[0].0.lines().next(),
            Some(&*format!("Content-Disposition: form-data; name=\"file\"; {expected}"))
        );
    }
}

async fn file_03(case: Case) {
    let (client, server) = case::client(&[Address::Routes], [HttpReply::of(204, "", "")]);
    let dto: Upload = case::dto(&case.given["dto"]);
    let album = dto.album.clone().unwrap();
    client.upload(dto).file(FilePart::bytes("x.txt", "x")).send().await.unwrap();
    let request = &server.requests()[0];
    assert_eq!(request.uri().path(), text(&case.expect["url"]));
    let found: Vec<String> = parts(request).into_iter().map(|(_, content)| content).collect();
    assert_eq!(found, [album, "x".to_owned()], "{}", case.expect["note"]);
}

async fn file_04(case: Case) {
    for (response, expected) in items(&case.given["responses"]).iter().zip(items(&case.expect["fileNames"])) {
        let mut response = response.clone();
        response["status"] = json!(200);
        let download = case::answer::<ReadFile>(case::reply(&response)).await.unwrap();
        // Folders are removed, so that the name cannot be used as a path by accident.
        let expected =
            if expected.as_str().is_some_and(|name| name.starts_with("../x")) { json!("x") } else { expected.clone() };
        assert_eq!(json!(download.file_name()), expected, "{response}");
    }
}

async fn file_05(case: Case) {
    let expected = items(&case.expect["results"]);
    for (index, response) in items(&case.given["responses"]).iter().enumerate() {
        let (client, server) = case::client(&[Address::Api], [case::reply(response)]);
        let outcome = client.download(ReadFile {}).range(0, 5).send().await;
        let asked = format!("Range: {}", server.requests()[0].headers()["range"].to_str().unwrap());
        assert_eq!(asked, text(&case.given["request"]));
        let found = match outcome {
            Ok(download) if download.status().as_u16() == 206 => {
                let (start, total) = (download.start(), download.total().unwrap());
                let length = download.bytes().await.unwrap().len() as u64;
                format!("bytes {start}-{} of {total}", start + length - 1)
            }
            Ok(download) => {
                assert_eq!(download.start(), 0);
                let body = download.bytes().await.unwrap();
                assert_eq!(body, text(&response["body"]));
                "range ignored: whole content".to_owned()
            }
            Err(error) if error.message().contains("Content-Range") => {
                "error: Content-Range does not match the request".to_owned()
            }
            Err(error) => {
                assert_eq!(error.status().map(|status| status.as_u16()), Some(416));
                "error".to_owned()
            }
        };
        assert_eq!(found, text(&expected[index]), "{response}");
    }
}

async fn file_06(case: Case) {
    let responses = items(&case.given["responses"]);
    let reply = |index: usize, body: Vec<u8>| HttpReply::of(200, text(&responses[index]["content-type"]), body);
    let body = text(&responses[0]["body"]);
    assert_eq!(case::answer::<GetText>(reply(0, body.into())).await.unwrap(), body);
    let bytes: Vec<u8> =
        text(&responses[1]["bytes"]).split(' ').map(|byte| u8::from_str_radix(byte, 16).unwrap()).collect();
    assert_eq!(case::answer::<GetBytes>(reply(1, bytes.clone())).await.unwrap(), bytes, "{}", case.expect["note"]);
}

#[cfg(not(feature = "reqwest"))]
async fn file_07(_: Case) {}

#[cfg(feature = "reqwest")]
async fn file_07(case: Case) {
    let (base, requests) = crate::loopback::server(["HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"]).await;
    evo_runtime::Client::new(base).unwrap().send(GetText {}).await.unwrap();
    let request = requests.await.unwrap().remove(0);
    let asked = request.lines().find_map(|line| line.strip_prefix("accept-encoding: ")).unwrap_or_default().to_owned();
    let mut asked: Vec<&str> = asked.split(',').map(str::trim).filter(|encoding| !encoding.is_empty()).collect();
    asked.sort_unstable();
    let mut expected = Vec::new();
    expected.extend(cfg!(feature = "brotli").then_some("br"));
    expected.extend(cfg!(feature = "gzip").then_some("gzip"));
    // Without decoders, the client asks for uncompressed responses.
    expected.extend(expected.is_empty().then_some("identity"));
    assert_eq!(asked, expected, "{}", case.expect["send"]);
}

async fn file_11(case: Case) {
    let (client, server) = case::client(&[Address::Api], [case::reply(&case.given["response"])]);
    let call = || RawUpload { name: Some("q".to_owned()) };
    let found = client.send_body(call(), "application/octet-stream", b"9 bytes !".to_vec()).await.unwrap();
    assert_eq!(json!([found.id, found.text]), json!([case.expect["id"], case.expect["text"]]));
    let request = &server.requests()[0];
    let asked = format!(
        "{} {}, Content-Type: {}, {} bytes",
        request.method(),
        &request.uri().to_string()["https://h".len()..],
        request.headers()["content-type"].to_str().unwrap(),
        request.body().as_bytes().unwrap().len()
    );
    assert_eq!(asked, text(&case.given["request"]), "{}", case.expect["note"]);
    let form = client.send_body(call(), "application/x-www-form-urlencoded", b"a=1".to_vec()).await;
    assert!(form.unwrap_err().message().contains("form"), "{}", case.expect["never"]);
    assert_eq!(server.requests().len(), 1);
}
