//! Responses of operations.

use serde_json::{Value, json};

use super::table::{case, list, text};
use crate::made::make;

/// Converts the response in the table, such as `list<Widget>` or `raw text`.
fn described(answer: &str) -> String {
    match answer {
        "raw text" => "raw String".to_owned(),
        "raw bytes" => "raw Bytes".to_owned(),
        "stream" => "raw Download".to_owned(),
        "nothing" => "()".to_owned(),
        other => super::spelling::rust(other),
    }
}

#[test]
fn meta_10() {
    let case = case(
        "META-10",
        r#"{
          "response": {
            "name": "Widget[]", "namespace": "Lab.Calls", "inherits": { "name": "Array", "namespace": "System" },
            "implements": []
          },
          "returnType": { "name": "Widget[]", "namespace": "Lab.Calls" },
          "others": [
            { "name": "List`1", "namespace": "System.Collections.Generic", "genericArgs": ["T"], "implements": [] },
            {
              "name": "Dictionary`2", "namespace": "System.Collections.Generic", "genericArgs": ["TKey", "TValue"],
              "implements": []
            },
            { "name": "Int32", "namespace": "System", "implements": [] },
            { "name": "String", "namespace": "System", "implements": [] },
            {
              "name": "Byte[]", "namespace": "System", "inherits": { "name": "Array", "namespace": "System" },
              "implements": []
            },
            {
              "name": "Stream", "namespace": "System.IO",
              "inherits": { "name": "MarshalByRefObject", "namespace": "System" }, "implements": [],
              "isAbstract": true
            }
          ]
        }"#,
        r#"{
          "emitted_types": [], "ArrayWidgets": "array<Widget>", "ListWidgets": "list<Widget>",
          "MapWidgets": "map<string, Widget>", "CountWidgets": "i32", "GetText": "raw text", "GetBytes": "raw bytes",
          "Download": "stream"
        }"#,
    );
    let mut responses = vec![case.given["response"].clone()];
    responses.extend(list(&case.given["others"]).iter().cloned());
    let collections = "System.Collections.Generic";
    let returns = [
        ("ArrayWidgets", case.given["returnType"].clone()),
        ("ListWidgets", json!({ "name": "List`1", "namespace": collections, "genericArgs": ["Widget"] })),
        (
            "MapWidgets",
            json!({ "name": "Dictionary`2", "namespace": collections, "genericArgs": ["String", "Widget"] }),
        ),
        ("CountWidgets", json!({ "name": "Int32", "namespace": "System" })),
        ("GetText", json!({ "name": "String", "namespace": "System" })),
        ("GetBytes", json!({ "name": "Byte[]", "namespace": "System" })),
        ("Download", json!({ "name": "Stream", "namespace": "System.IO" })),
    ];
    assert_eq!(returns.len(), responses.len());
    let operation = |((name, returns), response): (&(&str, Value), &Value)| {
        let request = json!({ "name": name, "namespace": "Lab.Calls" });
        json!({ "request": request, "response": response, "method": "GET", "returnType": returns })
    };
    let operations: Vec<Value> = returns.iter().zip(&responses).map(operation).collect();
    let widget = json!({ "name": "Widget", "namespace": "Lab.Calls" });
    let made = make(&json!({ "types": [widget], "operations": operations }));
    for (name, _) in &returns {
        // The request `Download` has the name of a type of the runtime, which is written with its path.
        let answer = made.answer(name).replace("::evo_runtime::", "");
        assert_eq!(answer, described(text(&case.expect[*name])), "{name}");
    }
    assert_eq!(case.expect["emitted_types"], json!([]));
    assert_eq!(made.written(), ["Lab.Calls.Widget"]);
    assert_eq!(made.remarks, Vec::<String>::new());
}

#[test]
fn meta_22() {
    let case = case(
        "META-22",
        r#"{
          "operation": {
            "request": {
              "name": "GetWidget", "namespace": "Lab.Calls", "implements": [],
              "properties": [
                { "name": "Id", "type": "Int32", "namespace": "System", "isValueType": true, "isPrimaryKey": true }
              ]
            },
            "response": {
              "name": "GetWidgetResponse", "namespace": "Lab.Calls", "implements": [],
              "properties": [
                { "name": "Result", "type": "Widget", "namespace": "Lab.Calls" },
                { "name": "ResponseStatus", "type": "ResponseStatus", "namespace": "ServiceStack" }
              ]
            },
            "returnType": null
          }
        }"#,
        r#"{ "answer": "GetWidgetResponse", "note": "no IReturn: the response is named by convention" }"#,
    );
    let widget = json!({ "name": "Widget", "namespace": "Lab.Calls" });
    let made = make(&json!({ "types": [widget], "operations": [case.given["operation"]] }));
    assert_eq!(made.answer("GetWidget"), text(&case.expect["answer"]));
}

#[test]
fn meta_36() {
    let case = case(
        "META-36",
        r#"{
          "operation": {
            "returnType": { "name": "Task`1", "namespace": "System.Threading.Tasks", "genericArgs": ["String"] },
            "response": { "name": "String", "namespace": "System", "implements": [] }
          }
        }"#,
        r#"{ "answer": "raw text" }"#,
    );
    let mut operation = case.given["operation"].clone();
    operation["request"] = json!({ "name": "Later", "namespace": "Lab" });
    operation["method"] = json!("GET");
    let made = make(&json!({ "types": [], "operations": [operation] }));
    assert_eq!(made.answer("Later"), described(text(&case.expect["answer"])));
}

#[test]
fn meta_43() {
    let case = case(
        "META-43",
        r#"{
          "operation": {
            "request": {
              "name": "CreateArtist", "namespace": "Music",
              "implements": [{ "name": "ICreateDb`1", "namespace": "ServiceStack", "genericArgs": ["Artist"] }],
              "properties": [
                {
                  "name": "Name", "type": "String", "namespace": "System", "isRequired": true,
                  "attributes": [
                    {
                      "name": "Validate",
                      "args": [{ "name": "Validator", "type": "String", "namespace": "System", "value": "NotEmpty" }]
                    }
                  ]
                },
                { "name": "Genre", "type": "Genre", "namespace": "Music", "isValueType": true, "isEnum": true },
                {
                  "name": "Born", "type": "Nullable`1", "namespace": "System", "isValueType": true,
                  "genericArgs": ["DateTime"]
                }
              ]
            },
            "actions": ["ANY"], "method": "POST", "returnType": { "name": "IdResponse", "namespace": "ServiceStack" },
            "dataModel": { "name": "Artist", "namespace": "Music" }
          },
          "delete": {
            "returnsVoid": true, "method": "DELETE", "dataModel": { "name": "Artist", "namespace": "Music" }
          },
          "album": {
            "dataModel": { "name": "Album", "namespace": "Music" },
            "viewModel": { "name": "Album", "namespace": "Music" }
          }
        }"#,
        r#"{
          "verb": "POST", "markers": "ICreateDb`1 with genericArgs [\"Artist\"]: no trait bound, no type to resolve",
          "answer": "IdResponse", "Name": "required (Validate NotEmpty)", "delete_answer": "nothing",
          "note": "viewModel is the type of the response's Result: ignored; Artist stands in types and as response of UpdateArtist: one struct"
        }"#,
    );
    let request = |name: &str, operation: &Value| {
        let mut operation = operation.clone();
        operation["request"] = json!({ "name": name, "namespace": "Music" });
        operation
    };
    let artist = json!({ "name": "Artist", "namespace": "Music", "properties": [
        { "name": "Name", "type": "String", "namespace": "System" }
    ] });
    let mut update = request("UpdateArtist", &json!({ "method": "PUT" }));
    update["response"] = artist.clone();
    let genre = json!({ "name": "Genre", "namespace": "Music", "isEnum": true, "enumNames": ["Rock"] });
    let made = make(&json!({
        "types": [artist, genre],
        "operations": [
            case.given["operation"],
            request("DeleteArtist", &case.given["delete"]),
            request("GetAlbum", &case.given["album"]),
            update,
        ],
    }));
    let answer = text(&case.expect["answer"]);
    let verb = text(&case.expect["verb"]);
    assert_eq!(made.call("operation", "CreateArtist"), format!("operation!(CreateArtist: {verb} => {answer});"));
    assert_eq!(made.answer("DeleteArtist"), described(text(&case.expect["delete_answer"])));
    assert!(text(&case.expect["Name"]).starts_with("required"));
    assert_eq!(
        made.call("record", "CreateArtist"),
        "record!(CreateArtist { name: \"Name\" => required, genre: \"Genre\", born: \"Born\" });"
    );
    assert_eq!(made.fields("CreateArtist"), ["name: Option<String>", "genre: Option<Genre>", "born: Option<DateTime>"]);
    // The marker refers to a type that is not resolved; `Artist` is generated once.
    assert_eq!(made.written(), ["Music.Artist", "Music.Genre", "ServiceStack.IdResponse"]);
    assert_eq!(made.answer("UpdateArtist"), "Artist");
    assert_eq!(made.remarks, Vec::<String>::new());
}

#[test]
fn meta_44() {
    let case = case(
        "META-44",
        r#"{
          "operation": {
            "request": {
              "name": "QueryAlbumRows", "namespace": "Music",
              "inherits": { "name": "QueryDb`2", "namespace": "ServiceStack", "genericArgs": ["Album", "AlbumRow"] },
              "implements": [], "properties": [{ "name": "ArtistName", "type": "String", "namespace": "System" }]
            },
            "response": {
              "name": "QueryResponse`1", "namespace": "ServiceStack", "genericArgs": ["T"], "implements": [],
              "dataContract": {},
              "properties": [
                {
                  "name": "Offset", "type": "Int32", "namespace": "System", "isValueType": true,
                  "dataMember": { "order": 1 }
                },
                {
                  "name": "Total", "type": "Int32", "namespace": "System", "isValueType": true,
                  "dataMember": { "order": 2 }
                },
                {
                  "name": "Results", "type": "List`1", "namespace": "System.Collections.Generic",
                  "genericArgs": ["AlbumRow"], "dataMember": { "order": 3 }, "isRequired": true
                },
                {
                  "name": "Meta", "type": "Dictionary`2", "namespace": "System.Collections.Generic",
                  "genericArgs": ["String", "String"], "dataMember": { "order": 4 }
                },
                {
                  "name": "ResponseStatus", "type": "ResponseStatus", "namespace": "ServiceStack",
                  "dataMember": { "order": 5 }
                }
              ]
            },
            "method": "GET",
            "returnType": { "name": "QueryResponse`1", "namespace": "ServiceStack", "genericArgs": ["AlbumRow"] },
            "routes": [{ "path": "/album-rows", "verbs": "GET" }],
            "dataModel": { "name": "Album", "namespace": "Music" },
            "viewModel": { "name": "AlbumRow", "namespace": "Music" }
          }
        }"#,
        r#"{
          "verb": "GET", "answer": "QueryResponse<AlbumRow> of the runtime, not the half-closed body",
          "results_optional": true,
          "members": ["ArtistName", "skip, take, orderBy, orderByDesc, include, fields, meta of QueryBase"],
          "note": "implements is empty although the query is joined; From and Into come from inherits"
        }"#,
    );
    let rows = json!([
        { "name": "Album", "namespace": "Music" },
        { "name": "AlbumRow", "namespace": "Music" },
    ]);
    let made = make(&json!({ "types": rows, "operations": [case.given["operation"]] }));
    let verb = text(&case.expect["verb"]);
    let answer = text(&case.expect["answer"]).split(' ').next().unwrap();
    let call = format!("operation!(QueryAlbumRows: {verb} \"/album-rows\" => {answer}, rows Album, AlbumRow);");
    assert_eq!(made.call("operation", "QueryAlbumRows"), call);
    // `Results` of the response in the runtime is optional.
    assert!(made.text.contains("use ::evo_runtime::dto::QueryResponse;"), "{}", made.text);
    let members = text(&case.expect["members"][1]).split(" of ").next().unwrap().to_owned();
    let mut expected = vec![text(&case.expect["members"][0]).to_owned()];
    expected.extend(members.split(", ").map(|name| format!("{}{}", name[..1].to_uppercase(), &name[1..])));
    let record = made.api.operations().next().unwrap().1.unwrap();
    let names: Vec<&String> = record.members.iter().map(|member| &member.dotnet_name).collect();
    assert_eq!(names, expected.iter().collect::<Vec<_>>());
    assert_eq!(made.written(), ["Music.Album", "Music.AlbumRow"]);
}
