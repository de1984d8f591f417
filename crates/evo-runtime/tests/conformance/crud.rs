//! Changes to rows (section 12.3).

use evo_runtime::transport::{HttpReply, ScriptedTransport};
use evo_runtime::{Address, Operation, UnknownValue};
use serde_json::{Value, json};

use crate::case::{self, Case, cases, items, text};
use crate::music::{CreateAlbum, CreateArtist, DeleteArtist, Genre, PatchAlbum, PatchArtist, SaveArtist, UpdateArtist};

cases![aq_18, aq_19, aq_20, aq_21, aq_22, aq_23, aq_24, aq_25, aq_26];

const ROUTES: &[Address] = &[Address::Routes];
const API: &[Address] = &[Address::Api];

/// Returns the verb, the path with query, and the body of a request, as in the table.
fn asked(server: &ScriptedTransport, index: usize) -> String {
    let request = &server.requests()[index];
    let target = &request.uri().to_string()["https://h".len()..];
    let body = request
        .body()
        .as_bytes()
        .filter(|body| !body.is_empty())
        .map(|body| std::str::from_utf8(body).unwrap().to_owned());
    format!("{} {target} {}", request.method(), body.unwrap_or_default())
}

/// Returns the request of the table, with the JSON formatted like that of a client.
fn request(text: &str) -> String {
    let [verb, target, body] = *text.splitn(3, ' ').collect::<Vec<_>>() else { panic!("{text}") };
    format!("{verb} {target} {}", serde_json::from_str::<Value>(body).unwrap())
}

/// Returns the status, error code and message of a failed call.
async fn failure<T: Operation>(operation: T, response: &Value) -> (u16, String, String) {
    let (client, server) = case::client(API, [case::reply(response)]);
    let Err(error) = client.send(operation).await else { panic!("no error: {response}") };
    assert_eq!(server.requests().len(), 1);
    assert_eq!(error.is_conflict(), error.status().map(|status| status.as_u16()) == Some(409));
    (error.status().unwrap().as_u16(), error.error_code().unwrap().to_owned(), error.message().to_owned())
}

async fn aq_18(case: Case) {
    let (client, server) = case::client(ROUTES, items(&case.given["responses"]).iter().map(case::reply));
    let create = CreateArtist {
        name: Some("Nina".to_owned()),
        genre: Some(Genre::Jazz),
        born: Some("1933-02-21T00:00:00Z".parse().unwrap()),
    };
    let created = client.send(create).await.unwrap();
    assert_eq!(created.id.as_deref(), Some("4"), "{}", case.expect["create"]["id"]);
    let update = UpdateArtist { id: Some(4), name: Some("Nina S.".to_owned()), genre: Some(Genre::Jazz), born: None };
    let found = client.send(update).await.unwrap();
    assert_eq!(
        json!({"id": found.id, "name": found.name, "genre": found.genre, "born": found.born}),
        case.expect["update"]
    );
    for (index, expected) in items(&case.given["requests"]).iter().enumerate() {
        assert_eq!(asked(&server, index), request(text(expected)));
    }
}

async fn aq_19(case: Case) {
    let nothing = &case.given["nothing"];
    let (client, server) = case::client(ROUTES, [HttpReply::of(200, "", "{}"), HttpReply::of(200, "", "{}")]);
    client.send(PatchArtist { id: Some(4), ..case::dto(&case.given["set"]) }).await.unwrap();
    let reset: Vec<&str> = items(&case.given["reset"]).iter().map(text).collect();
    client.call(PatchArtist { id: Some(5), ..Default::default() }).reset(&reset).send().await.unwrap();
    // The id is also in the body, but the one in the path applies.
    let bytes = &case.given["bytes"];
    // The wire name of an enum member is as valid as its C# name.
    assert_eq!(asked(&server, 0).replace("\"id\":4,", "").replace("hip-hop", "HipHop"), text(&bytes["patch"]));
    assert_eq!(asked(&server, 1).replace("\"id\":5", ""), text(&bytes["reset"]));
    let found = failure(PatchArtist { id: Some(4), ..Default::default() }, nothing).await;
    assert_eq!(json!([found.0, found.1]), case.expect["nothing_to_write"]);
    let call = client.call(PatchArtist::default()).reset(["Born", "Gerne"]);
    assert_eq!(call.prepare().unwrap_err().message(), "PatchArtist has no field `Gerne`; the nearest is `Genre`");
    let call =
        client.call(PatchArtist { id: Some(5), ..Default::default() }).address(Address::Api).reset(["Born", "genre"]);
    assert_eq!(call.prepare().unwrap().url().as_str(), "https://h/api/PatchArtist?reset=Born%2Cgenre");
}

async fn aq_20(case: Case) {
    let responses = ["missing row", "stale", "without version"];
    for (index, response) in responses.into_iter().enumerate() {
        let found = failure(PatchAlbum::default(), &case.given["responses"][response]).await;
        assert_eq!(json!([found.0, found.1]), case.expect["errors"][index], "{response}");
        assert_eq!(found.2, text(&case.expect["message"][index]), "{response}");
    }
}

async fn aq_21(case: Case) {
    let created = HttpReply::of(200, "application/json", text(&case.given["created"]).to_owned());
    let (client, server) = case::client(API, [created, case::reply(&case.given["response"])]);
    let created = client.send(CreateAlbum::default()).await.unwrap();
    let patch = PatchAlbum {
        id: Some(created.id),
        title: Some("new".to_owned()),
        tracks: Some(Vec::new()),
        row_version: Some(created.row_version),
        ..Default::default()
    };
    let found = client.send(patch).await.unwrap();
    assert_eq!(asked(&server, 1), request(text(&case.given["request"])), "{}", case.expect["sent"]);
    let album = found.result.unwrap();
    let expected = &case.expect;
    assert_eq!(
        json!([found.row_version, album.title, album.tracks, album.price.to_string()]),
        json!([
            expected["decoded.rowVersion"],
            expected["decoded.result.title"],
            expected["decoded.result.tracks"],
            expected["decoded.result.price"]
        ])
    );
}

async fn aq_22(case: Case) {
    let (client, server) = case::client(ROUTES, [case::reply(&case.given["response"])]);
    let saved = client.send(SaveArtist { id: None, name: Some("Saved".to_owned()) }).await.unwrap();
    assert_eq!(asked(&server, 0), request(text(&case.given["request"])));
    assert_eq!(json!({"id": saved.id}), case.expect["decoded"], "{}", case.expect["why"]);
}

async fn aq_23(case: Case) {
    let artists = |names: &[&str]| -> Vec<CreateArtist> {
        names.iter().map(|name| CreateArtist { name: Some((*name).to_owned()), ..Default::default() }).collect()
    };
    let (ok, fail) = (&case.given["ok"], &case.given["fail"]);
    let (client, server) = case::client(API, [case::reply(&ok["response"]), case::reply(&fail["response"])]);
    let created = client.send_all(artists(&["one", "two"])).await.unwrap();
    let ids: Vec<_> = created.into_iter().map(|created| created.id).collect();
    assert_eq!(json!({"completed": ids.len(), "ids": ids}), case.expect["ok"]);
    let error = client.send_all(artists(&["three", "", "four"])).await.unwrap_err();
    assert_eq!(
        json!({
            "completed": error.completed(), "failed_at": error.failed_index(),
            "errorCode": error.error().error_code(), "field": error.error().field_errors()[0].field_name,
        }),
        case.expect["fail"]
    );
    assert_eq!(asked(&server, 0), request(text(&ok["request"])));
    assert_eq!(asked(&server, 1), request(text(&fail["request"])));
}

async fn aq_24(case: Case) {
    let responses = &case.given["responses"];
    let (client, _) = case::client(API, [case::reply(&responses["delete"]), case::reply(&responses["delete again"])]);
    client.send(DeleteArtist { id: Some(4) }).await.unwrap();
    client.send(DeleteArtist { id: Some(4) }).await.unwrap();
    for (index, response) in [(2, "without key"), (3, "referenced")] {
        let found = failure(DeleteArtist::default(), &responses[response]).await;
        assert_eq!(json!([found.0, found.1]), case.expect["results"][index], "{response}");
    }
    let (client, server) = case::client(API, [case::reply(&responses["without key"])]);
    client.send_all(vec![DeleteArtist::default()]).await.unwrap_err();
    assert_eq!(server.requests().len(), 1, "{}", case.expect["note"]);
}

async fn aq_25(case: Case) {
    let (client, server) = case::client(ROUTES, [case::reply(&case.given["response"])]);
    let title = "This title is much too long for it".to_owned();
    let error = client.send(CreateAlbum { artist_id: Some(0), title: Some(title) }).await.unwrap_err();
    assert_eq!(asked(&server, 0), request(text(&case.given["request"])));
    let fields: Vec<_> = error.field_errors().iter().map(|error| &error.field_name).collect();
    let codes: Vec<_> = error.field_errors().iter().map(|error| &error.error_code).collect();
    let meta = error.field_errors()[1].meta.clone().unwrap();
    assert_eq!(
        json!([error.status().map(|status| status.as_u16()), error.error_code(), fields, codes]),
        json!([case.expect["error"], case.expect["errorCode"], case.expect["fields"], case.expect["errorCodes"]])
    );
    for (key, value) in case.expect["meta_of_second"].as_object().unwrap() {
        assert_eq!(meta.get(key).map(String::as_str), value.as_str(), "{key}");
    }
}

async fn aq_26(case: Case) {
    let genre = |text: &str| Genre::Unknown(UnknownValue::Text(text.to_owned()));
    let (client, server) = case::client(API, [case::reply(&case.given["st"])]);
    let known = CreateArtist { name: Some("x".to_owned()), genre: Some(Genre::HipHop), born: None };
    client.send(known).await.unwrap();
    assert_eq!(
        asked(&server, 0),
        r#"POST /api/CreateArtist {"name":"x","genre":"hip-hop"}"#,
        "{}",
        case.expect["client"]
    );
    let chosen = CreateArtist { name: Some("x".to_owned()), genre: Some(genre("nope")), born: None };
    let (client, server) = case::client(API, [case::reply(&case.given["stj"])]);
    let error = client.send(chosen).await.unwrap_err();
    assert_eq!(asked(&server, 0), text(&case.given["request"]));
    assert_eq!(
        (error.status().map(|status| status.as_u16()), error.error_code()),
        (Some(400), Some("SerializationException"))
    );
}
