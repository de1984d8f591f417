//! Responses of calls.

use evo_mock::Dialect;
use serde_json::json;

use super::host::Host;

#[test]
fn json_is_printed_indented_compact_or_unchanged() {
    for dialect in [Dialect::Classic, Dialect::Endpoints] {
        let host = Host::open(dialect);
        let call = ["CreatePet", "name=Rex", "kind=cat"];
        let human = host.call(&call).expect(0);
        assert_eq!(human.out, "{\n  \"name\": \"Rex\",\n  \"kind\": \"Cat\"\n}\n");
        assert_eq!(human.err, "");
        let compact = "{\"name\":\"Rex\",\"kind\":\"Cat\"}";
        assert_eq!(host.call(&[&call[..], &["--format", "json"]].concat()).expect(0).out, format!("{compact}\n"));
        assert_eq!(host.call(&[&call[..], &["--format", "raw"]].concat()).expect(0).out, compact);
        assert_eq!(host.requests(), ["POST /api/CreatePet"; 3]);
    }
}

#[test]
fn colours_are_printed_only_on_terminals() {
    let host = Host::open(Dialect::Classic);
    let call = ["CreatePet", "name=Rex"];
    let forced = host.call_with(&[("CLICOLOR_FORCE", "1")], &call, "").expect(0).out;
    assert!(forced.contains("\u{1b}[32m\"Rex\"\u{1b}[0m"), "{forced:?}");
    let refused = host.call_with(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], &call, "").expect(0).out;
    assert_eq!(refused, host.call(&call).expect(0).out);
}

#[test]
fn nothing_is_printed_for_an_empty_response() {
    let host = Host::open(Dialect::Classic);
    assert_eq!(host.call(&["DeletePet", "id=1"]).expect(0).out, "");
    assert_eq!(host.requests(), ["DELETE /api/DeletePet?id=1"]);
}

#[test]
fn text_and_files_are_not_json() {
    for dialect in [Dialect::Classic, Dialect::Endpoints] {
        let host = Host::open(dialect);
        let text = host.call(&["GetMotto"]).expect(0).out;
        assert_eq!(host.call(&["GetMotto", "--format", "raw"]).expect(0).out, text.trim_end());
        let quoted = host.call(&["GetMotto", "--format", "json"]).expect(0).out;
        assert_eq!(serde_json::from_str::<String>(&quoted).unwrap(), text.trim_end());
        for operation in ["GetPhoto", "GetFilm"] {
            let piped = host.call(&[operation]).expect(0).out;
            let outcome = host.call(&[operation, "--output", "file.bin"]).expect(0);
            assert_eq!((outcome.out.as_str(), host.sandbox.read("file.bin")), ("", piped.clone()), "{operation}");
            assert_eq!(outcome.err, format!("file.bin: {} bytes\n", piped.len()));
        }
    }
}

#[test]
fn a_response_can_be_written_to_a_file() {
    let host = Host::open(Dialect::Classic);
    let outcome = host.call(&["CreatePet", "name=Rex", "-o", "pet.json", "-q"]).expect(0);
    assert_eq!((outcome.out.as_str(), outcome.err.as_str()), ("", ""));
    assert_eq!(host.sandbox.read("pet.json"), "{\n  \"name\": \"Rex\",\n  \"kind\": \"Cat\"\n}\n");
    let outcome = host.call(&["GetFilm", "-o", "nowhere/film.mp4"]).expect(5);
    assert!(
        outcome.err.starts_with("error: the response cannot be written\n  at: nowhere/film.mp4\n"),
        "{}",
        outcome.err
    );
    let folder = host.call(&["CreatePet", "name=Rex", "-o", "."]).expect(5);
    assert!(folder.err.starts_with("error: the response cannot be written\n  at: .\n"), "{}", folder.err);
}

#[cfg(target_os = "linux")]
#[test]
fn devices_are_written_and_links_kept() {
    use std::os::unix::fs::FileTypeExt as _;

    let host = Host::open(Dialect::Classic);
    for arguments in [&["GetFilm"][..], &["CreatePet", "name=Rex"]] {
        let full = host.call(&[arguments, &["-o", "/dev/full"]].concat()).expect(5);
        assert!(full.err.contains("No space left on device"), "{}", full.err);
        assert!(std::fs::metadata("/dev/full").unwrap().file_type().is_char_device());
    }
    host.sandbox.write("real.json", "old");
    std::os::unix::fs::symlink("real.json", host.sandbox.path("link.json")).unwrap();
    host.call(&["CreatePet", "name=Rex", "-o", "link.json", "--format", "json"]).expect(0);
    assert!(host.sandbox.path("link.json").is_symlink());
    assert_eq!(host.sandbox.read("real.json"), "{\"name\":\"Rex\",\"kind\":\"Cat\"}\n");
}

#[test]
fn files_are_sent_with_their_operation() {
    let host = Host::open(Dialect::Classic);
    host.sandbox.write("rex.png", "PNG");
    let answer = host.call(&["AddPhoto", "title=Rex", "photo=@rex.png", "--format", "json"]).expect(0).out;
    assert_eq!(answer, "{\"title\":\"Rex\"}\n");
    let shown = host.call(&["AddPhoto", "title=Rex", "--upload", "Photo=rex.png", "--prepare"]).expect(0).out;
    let boundary = shown.split("boundary=").nth(1).unwrap().lines().next().unwrap();
    let expected = "POST http://host/api/AddPhoto\nuser-agent: evo-gen/0.1.0\n\
                    content-type: multipart/form-data; boundary=BOUNDARY\naccept: application/json\n\n\
                    title: Rex\nPhoto: file rex.png, image/png, 3 bytes\n";
    assert_eq!(host.stable(&shown).replace(boundary, "BOUNDARY"), expected);
    let arguments = ["AddPhoto", "title=Rex", "photo=@rex.png", "--upload", "rex.png", "--prepare", "--format", "json"];
    let shown: serde_json::Value = serde_json::from_str(&host.call(&arguments).expect(0).out).unwrap();
    let file = |name: &str| json!({"name": name, "fileName": "rex.png", "contentType": "image/png", "length": 3});
    assert_eq!(shown["parts"], json!([{"name": "title", "value": "Rex"}, file("Photo"), file("upload1")]));
    let curl = host.call(&["AddPhoto", "title=Rex", "photo=@rex.png", "--curl"]).expect(0).out;
    let end = "--form-string title=Rex -F 'Photo=@\"rex.png\";type=image/png'\n";
    assert!(curl.ends_with(end), "{curl}");
    let missing = host.call(&["AddPhoto", "photo=@none.png"]).expect(2);
    assert!(missing.err.starts_with("error: the file cannot be read\n  at: none.png\n"), "{}", missing.err);
}

#[test]
fn status_and_headers_are_shown_on_request() {
    let host = Host::open(Dialect::Classic);
    let outcome = host.call(&["CreatePet", "name=Rex", "-v"]).expect(0);
    let head: Vec<&str> = outcome.err.lines().collect();
    assert_eq!(head.first(), Some(&"CreatePet: 200 OK"));
    assert!(head.contains(&"  content-type: application/json; charset=utf-8"), "{head:?}");
}

#[test]
fn jsv_is_read_by_the_types_of_the_service() {
    let host = Host::open(Dialect::Classic);
    let arguments = ["FindPets", "tags=a,b", "--jsv", "--address", "routes,reply"];
    let answer = host.call(&[&arguments[..], &["--format", "json"]].concat()).expect(0).out;
    let shape: serde_json::Value = serde_json::from_str(&answer).unwrap();
    assert!(shape["total"].is_i64() && shape["names"][0].is_string(), "{answer}");
    let raw = host.call(&[&arguments[..], &["--format", "raw"]].concat()).expect(0).out;
    assert!(raw.starts_with("{total:"), "{raw}");
    let refused = host.call(&["CreatePet", "name=Rex", "--jsv"]).expect(2);
    let expected = "error: CreatePet: no declared route can carry this call in JSV\n  \
                    help: choose the addresses to try with `--address`: `api`, `routes`, `reply`\n";
    assert_eq!(refused.err, expected);
    assert_eq!(host.requests(), ["GET /pets?tags=%5B%22a%22%2C%22b%22%5D"; 2]);
}
