//! Members: documentation and attributes.

use serde_json::json;

use super::table::{case, list, text, texts};
use crate::made::{make, sender};

#[test]
fn meta_18() {
    let case = case(
        "META-18",
        r#"{
          "properties": [
            {
              "name": "Kind", "type": "String", "namespace": "System", "description": "The kind of thing",
              "paramType": "path", "displayType": "string", "isRequired": true, "allowableValues": ["small", "large"],
              "attributes": [
                {
                  "name": "ApiMember",
                  "args": [
                    { "name": "DataType", "type": "String", "namespace": "System", "value": "string" },
                    { "name": "Description", "type": "String", "namespace": "System", "value": "The kind of thing" },
                    {
                      "name": "IsRequired", "type": "Boolean", "namespace": "System", "isValueType": true,
                      "value": "true"
                    },
                    { "name": "Name", "type": "String", "namespace": "System", "value": "kind" },
                    { "name": "ParameterType", "type": "String", "namespace": "System", "value": "path" }
                  ]
                }
              ],
              "format": {}
            },
            {
              "name": "Id", "type": "Nullable`1", "namespace": "System", "isValueType": true, "isPrimaryKey": true,
              "genericArgs": ["Int32"], "description": "Its number", "paramType": "query",
              "attributes": [
                {
                  "name": "ApiMember",
                  "args": [
                    { "name": "Description", "type": "String", "namespace": "System", "value": "Its number" },
                    { "name": "Format", "type": "String", "namespace": "System", "value": "int32" },
                    { "name": "ParameterType", "type": "String", "namespace": "System", "value": "query" },
                    { "name": "Verb", "type": "String", "namespace": "System", "value": "GET" }
                  ]
                },
                {
                  "name": "Validate",
                  "args": [
                    { "name": "Validator", "type": "String", "namespace": "System", "value": "GreaterThan(0)" }
                  ]
                }
              ],
              "format": { "method": "int32" }
            },
            {
              "name": "Marks", "type": "List`1", "namespace": "System.Collections.Generic", "genericArgs": ["String"],
              "attributes": [
                {
                  "name": "ApiMember",
                  "args": [
                    {
                      "name": "AllowMultiple", "type": "Boolean", "namespace": "System", "isValueType": true,
                      "value": "true"
                    }
                  ]
                }
              ],
              "format": {}
            }
          ]
        }"#,
        r#"{
          "decodes": true, "Kind": { "required": true, "doc": "The kind of thing", "allowed": ["small", "large"] },
          "Id": { "optional": true, "type": "i32" }, "note": "format is {} or {method}; the UI members are opaque"
        }"#,
    );
    let made = sender(&case.given["properties"], &json!([]));
    let kind = &case.expect["Kind"];
    let allowed = texts(&kind["allowed"]).join("`, `");
    let docs = format!(
        "    /// {}\n    ///\n    /// Required; one of `{allowed}`.\n    pub kind: Option<String>,\n",
        text(&kind["doc"])
    );
    assert!(made.text.contains(&docs), "{}", made.text);
    assert_eq!(made.fields("Holder"), ["kind: Option<String>", "id: Option<i32>", "marks: Option<Vec<String>>"]);
    assert_eq!(
        made.call("record", "Holder"),
        "record!(Holder { kind: \"Kind\" => required, id: \"Id\", marks: \"Marks\" });"
    );
    assert_eq!(made.remarks, Vec::<String>::new());
}

#[test]
fn meta_19() {
    let case = case(
        "META-19",
        r#"{
          "description": "Finds \"things\" by name; \\ a back slash, a */ star and a </summary> tag.\nA second line.",
          "notes": "<p>Longer notes, in <b>HTML</b>.</p>", "tags": ["things", "search & find"],
          "attribute": {
            "name": "Api",
            "args": [
              {
                "name": "Description", "type": "String", "namespace": "System",
                "value": "Finds \"things\" by name; \\ a back slash, a */ star and a </summary> tag.\nA second line.",
                "isRequired": true
              }
            ]
          }
        }"#,
        r#"{
          "compiles": true, "doc_comment_lines": 2,
          "note": "quotes, backslash, */, HTML and a line break; official vbnet and ruby answer 500 for it"
        }"#,
    );
    let mut request = json!({ "name": "Find", "namespace": "Q" });
    for key in ["description", "notes"] {
        request[key] = case.given[key].clone();
    }
    request["attributes"] = json!([case.given["attribute"]]);
    let operation = json!({ "request": request, "method": "GET", "returnsVoid": true, "tags": case.given["tags"] });
    // `make` parses the generated code; the fixture `descriptions` is compiled and documented.
    let made = make(&json!({ "types": [], "operations": [operation] }));
    let start = "/// Finds \"things\" by name; \\\\ a back slash, a \\*/ star and a \\</summary\\> tag.\\\n/// A second line.\n///\n";
    assert_eq!(json!(start.lines().filter(|line| *line != "///").count()), case.expect["doc_comment_lines"]);
    let docs = format!(
        "\n{start}/// Longer notes, in **HTML**.\n///\n\
         /// `GET /api/Find` (no declared route). Returns nothing.\n///\n/// Tags: `things`, `search & find`.\n#[derive("
    );
    assert!(made.text.contains(&docs), "{}", made.text);
}

#[test]
fn meta_46() {
    let case = case(
        "META-46",
        r#"{
          "properties": [
            {
              "name": "ArtistId", "type": "Int32", "namespace": "System", "isValueType": true,
              "attributes": [
                {
                  "name": "References",
                  "constructorArgs": [
                    { "name": "type", "type": "Type", "namespace": "System", "value": "typeof(Music.Artist)" }
                  ]
                }
              ],
              "ref": { "model": "Artist", "selfId": "ArtistId", "refId": "Id", "refLabel": "Name" }
            },
            { "name": "RowVersion", "type": "UInt64", "namespace": "System", "isValueType": true },
            {
              "name": "Title", "type": "String", "namespace": "System",
              "attributes": [
                {
                  "name": "Validate",
                  "args": [{ "name": "Validator", "type": "String", "namespace": "System", "value": "Length(1,20)" }]
                }
              ]
            },
            {
              "name": "ArtistId", "type": "Int32", "namespace": "System", "isValueType": true,
              "attributes": [
                {
                  "name": "Validate",
                  "args": [
                    { "name": "Validator", "type": "String", "namespace": "System", "value": "GreaterThan(0)" }
                  ]
                }
              ]
            },
            {
              "name": "Name", "type": "String", "namespace": "System", "isRequired": true,
              "attributes": [{ "name": "Required", "args": [] }]
            }
          ]
        }"#,
        r#"{
          "ArtistId": "i32; ref and References are hints without wire effect", "RowVersion": "u64",
          "Title": "optional text; rule Length(1,20) in arg Validator of attribute Validate",
          "CreateAlbum.ArtistId": "i32; GreaterThan(0)", "Artist.Name": "required"
        }"#,
    );
    let given = list(&case.given["properties"]);
    // The first three belong to a received class, the others to a request.
    let row = json!({ "name": "Album", "namespace": "Q", "properties": given[..3] });
    let create = json!({ "name": "CreateAlbum", "namespace": "Q", "properties": given[3..] });
    let operation = json!({ "request": create, "response": row, "method": "POST" });
    let made = make(&json!({ "types": [], "operations": [operation] }));
    assert_eq!(made.fields("Album"), ["artist_id: i32", "row_version: u64", "title: Option<String>"]);
    assert_eq!(made.fields("CreateAlbum"), ["artist_id: Option<i32>", "name: Option<String>"]);
    assert_eq!(
        made.call("record", "CreateAlbum"),
        "record!(CreateAlbum { artist_id: \"ArtistId\", name: \"Name\" => required });"
    );
    // The rule is kept for local validation.
    let album = made.types.operations[0].response.as_ref().unwrap();
    let rule = &album.properties[2].attributes[0];
    assert_eq!(
        (rule.name.as_str(), &rule.args),
        ("Validate", &vec![("Validator".to_owned(), "Length(1,20)".to_owned())])
    );
    assert_eq!(text(&case.expect["Title"]), "optional text; rule Length(1,20) in arg Validator of attribute Validate");
    assert_eq!(made.remarks, Vec::<String>::new());
}
