//! Members: names and optionality.

use evo_gen::api::ItemKind;
use serde_json::{Value, json};

use super::table::{case, list, text, texts};
use crate::made::{get, holder, make, sender};

#[test]
fn meta_04() {
    let case = case(
        "META-04",
        r#"{
          "properties": [
            { "name": "A", "type": "Int32", "isValueType": true },
            { "name": "B", "type": "Nullable`1", "isValueType": true, "genericArgs": ["Int32"] },
            { "name": "C", "type": "String" }, { "name": "D", "type": "String", "isRequired": true },
            { "name": "E", "type": "Color", "isValueType": true, "isEnum": true },
            { "name": "F", "type": "String", "isRequired": false },
            { "name": "G", "type": "Nullable`1", "isValueType": true, "genericArgs": ["Int32"], "isRequired": true }
          ]
        }"#,
        r#"{
          "required": { "A": true, "B": false, "C": false, "D": true, "E": true, "F": false, "G": true },
          "note": "the model's flag, for docs and validate(); F: 8.5.2 writes isRequired:false for string?; G: [Required] int?"
        }"#,
    );
    let color = json!([{ "name": "Color", "namespace": "Q", "isEnum": true, "enumNames": ["Red"] }]);
    let made = sender(&case.given["properties"], &color);
    let holder = made.api.items.iter().find(|item| item.name == "Holder").unwrap();
    let ItemKind::Record(holder) = &holder.kind else { panic!("no class") };
    for (name, required) in case.expect["required"].as_object().unwrap() {
        let member = holder.members.iter().find(|member| member.dotnet_name == *name).unwrap();
        // A value type always has a value; for other types, the document decides.
        assert_eq!(json!(member.is_value || member.required), *required, "{name}");
    }
}

#[test]
fn meta_05() {
    let case = case(
        "META-05",
        r#"{
          "csharp_names": [
            "URLPath", "IPAddress", "IPv4Address", "HTTPServer2", "A1B2", "SCREAMING_CASE", "snake_case",
            "_underscore", "__double", "iPhone", "URL", "Größe", "名前", "X", "_"
          ],
          "data_member": { "name": "Identifier", "dataMember": { "name": "X_Id", "order": 2 } },
          "textCase": "CamelCase"
        }"#,
        r#"{
          "wire": {
            "URLPath": "urlPath", "IPAddress": "ipAddress", "IPv4Address": "iPv4Address",
            "HTTPServer2": "httpServer2", "A1B2": "a1B2", "SCREAMING_CASE": "screaminG_CASE",
            "snake_case": "snake_case", "_underscore": "_underscore", "__double": "__double", "iPhone": "iPhone",
            "URL": "url", "Größe": "größe", "名前": "名前", "X": "x", "_": "_"
          },
          "snake_case_wire": {
            "IPv4Address": "i_pv4_address", "HTTPServer2": "http_server2", "A1B2": "a1_b2",
            "SCREAMING_CASE": "screamin_g__c_a_s_e", "名前": "_名_前", "iPhone": "i_phone", "URL": "url"
          },
          "pascal_wire": { "SCREAMING_CASE": "SCREAMING_CASE", "camelCase": "camelCase", "iPhone": "iPhone" },
          "data_member_wire_in_every_case": "X_Id"
        }"#,
    );
    let mut properties: Vec<Value> = texts(&case.given["csharp_names"])
        .iter()
        .map(|name| json!({ "name": name, "type": "String", "namespace": "System" }))
        .collect();
    let mut contract = case.given["data_member"].clone();
    contract["type"] = json!("String");
    properties.push(contract);
    let made = holder(&json!(properties), &json!([]));
    // The record contains the C# names. `wire::names` of the runtime converts them to serialized names, which
    // `camel_case_follows_the_rule_of_servicestack` tests.
    let call = made.call("record", "Holder");
    for name in texts(&case.given["csharp_names"]) {
        assert!(call.contains(&format!(": \"{name}\"")), "{name} in {call}");
    }
    let verbatim = text(&case.expect["data_member_wire_in_every_case"]);
    assert!(call.contains(&format!("identifier: \"Identifier\" as \"{verbatim}\"")), "{call}");
}

#[test]
fn meta_23() {
    let case = case(
        "META-23",
        r#"{
          "type": {
            "name": "Truck", "namespace": "Lab.Wire", "inherits": { "name": "Vehicle", "namespace": "Lab.Wire" },
            "implements": [],
            "properties": [
              { "name": "Load", "type": "Double", "namespace": "System", "isValueType": true },
              { "name": "Id", "type": "String", "namespace": "System", "isPrimaryKey": true },
              { "name": "Vehicle", "type": "Vehicle", "namespace": "Lab.Wire" }
            ]
          },
          "base": {
            "name": "Vehicle", "namespace": "Lab.Wire", "implements": [],
            "properties": [
              { "name": "Plate", "type": "String", "namespace": "System" },
              { "name": "Id", "type": "Int32", "namespace": "System", "isValueType": true, "isPrimaryKey": true }
            ]
          },
          "st_bytes": "{\"load\":2.5,\"id\":\"derived\",\"plate\":\"AB 1\",\"id\":0}",
          "stj_bytes": "{\"load\":2.5,\"id\":\"derived\",\"plate\":\"AB 1\"}"
        }"#,
        r#"{
          "members": ["Load", "Id: String", "Vehicle", "Plate"], "st.id": "derived", "stj.id": "derived",
          "note": "first occurrence of a repeated key wins"
        }"#,
    );
    let types = json!([case.given["base"]]);
    let made = make(&json!({ "types": types, "operations": [get("Read", &case.given["type"])] }));
    // The hidden member is generated once; `=> hides` means that its value can occur a second time.
    // `the_first_value_of_a_hidden_member_counts` of the runtime takes the first.
    assert_eq!(
        made.call("record", "Truck"),
        "record!(Truck { load: \"Load\", id: \"Id\" => hides, vehicle: \"Vehicle\", plate: \"Plate\" });"
    );
    assert_eq!(made.field("Truck", "id"), "Option<String>");
    let names: Vec<&str> =
        list(&case.expect["members"]).iter().map(|name| text(name).split(':').next().unwrap()).collect();
    assert_eq!(names, ["Load", "Id", "Vehicle", "Plate"]);
}

#[test]
fn meta_24() {
    let case = case(
        "META-24",
        r#"{
          "properties": [
            { "name": "Awkward", "type": "Awkward", "namespace": "Lab.Names" },
            { "name": "URL", "type": "String", "namespace": "System" },
            { "name": "Url", "type": "String", "namespace": "System" }
          ],
          "st_bytes": "{\"url\":\"U1\",\"url\":\"u2\"}",
          "stj_answer": {
            "status": 200,
            "body": "{\"responseStatus\":{\"errorCode\":\"InvalidOperationException\",\"message\":\"The JSON property name for 'Lab.Names.Awkward.url' collides with another property.\",\"errors\":[]}}"
          }
        }"#,
        r#"{
          "URL": "U1", "Url": "u2", "rust_fields": "two distinct identifiers",
          "stj": "an error, although the status is 200"
        }"#,
    );
    let awkward = json!([{ "name": "Awkward", "namespace": "Lab.Names" }]);
    let made = holder(&case.given["properties"], &awkward);
    assert_eq!(text(&case.expect["rust_fields"]), "two distinct identifiers");
    // The first member gets the first value: `the_nth_value_of_a_name_belongs_to_the_nth_member_of_it` of the runtime.
    assert_eq!(made.call("record", "Holder"), "record!(Holder { awkward: \"Awkward\", url: \"URL\", url2: \"Url\" });");
}

#[test]
fn meta_29() {
    let case = case(
        "META-29",
        r#"{
          "operation": {
            "name": "SendContract", "namespace": "Lab.Rich",
            "implements": [{ "name": "IPost", "namespace": "ServiceStack", "genericArgs": [] }],
            "dataContract": { "name": "WireTree", "namespace": "urn:x" },
            "properties": [
              {
                "name": "Id", "type": "Int32", "namespace": "System", "isValueType": true, "isPrimaryKey": true,
                "dataMember": { "name": "the-id", "order": 3, "isRequired": true }
              },
              { "name": "First", "type": "String", "namespace": "System", "dataMember": { "order": 1 } },
              {
                "name": "Second", "type": "Nullable`1", "namespace": "System", "isValueType": true,
                "genericArgs": ["Int32"], "dataMember": { "order": 2, "emitDefaultValue": false }
              }
            ]
          },
          "returns": "itself"
        }"#,
        r#"{
          "structs": 1, "answer": "SendContract", "wire": ["the-id", "first", "second"], "ignored_on_read": "unsent"
        }"#,
    );
    let request = &case.given["operation"];
    let returns = json!({ "name": request["name"], "namespace": request["namespace"] });
    let operation = json!({ "request": request, "response": request, "method": "POST", "returnType": returns });
    let made = make(&json!({ "types": [], "operations": [operation] }));
    assert_eq!(json!(made.api.items.len()), case.expect["structs"]);
    assert_eq!(made.answer("SendContract"), text(&case.expect["answer"]));
    assert_eq!(
        made.call("record", "SendContract"),
        "record!(SendContract { id: \"Id\" as \"the-id\", first: \"First\", second: \"Second\" });"
    );
    assert_eq!(texts(&case.expect["wire"]), ["the-id", "first", "second"]);
}

#[test]
fn meta_30() {
    let case = case(
        "META-30",
        r#"{
          "request_properties": [
            { "name": "Never", "type": "String", "namespace": "System", "isRequired": true },
            { "name": "Maybe", "type": "String", "namespace": "System" },
            { "name": "Must", "type": "String", "namespace": "System", "isRequired": true },
            { "name": "Count", "type": "Int32", "namespace": "System", "isValueType": true }
          ],
          "stj_answer_without_must": {
            "status": 400, "message_contains": "was missing required properties including: 'must'"
          }
        }"#,
        r#"{
          "written_by_a_nested_Nully_with_only_maybe_set": ["maybe", "count"],
          "answer_becomes": "an error of kind bad request whose message is the server's",
          "note": "value types of a DTO that is sent are always written; isRequired is documented and checked by validate(), not enforced; members of an operation are sent only when set"
        }"#,
    );
    let properties = &case.given["request_properties"];
    let nully = json!({ "name": "Nully", "namespace": "Q", "properties": properties });
    let mut own = list(properties).clone();
    own.push(json!({ "name": "Part", "type": "Nully", "namespace": "Q" }));
    let request = json!({ "name": "SendNully", "namespace": "Q", "properties": own });
    // The class is also received: of a class that is only sent, only members that are set are written.
    let returns = json!({ "name": "Nully", "namespace": "Q" });
    let operation = json!({ "request": request, "method": "POST", "returnType": returns });
    let made = make(&json!({ "types": [nully], "operations": [operation] }));
    // Of an operation, only members that are set are sent; of a class that is sent and received, value types are always sent.
    let optional = ["never: Option<String>", "maybe: Option<String>", "must: Option<String>"];
    let whole = [&optional[..], &["count: Option<i32>", "part: Option<Nully>"]].concat();
    assert_eq!(made.fields("SendNully"), whole);
    assert_eq!(made.fields("Nully"), [&optional[..], &["count: i32"]].concat());
    let always: Vec<String> = made
        .fields("Nully")
        .iter()
        .filter(|field| !field.contains("Option<") || field.starts_with("maybe"))
        .map(|field| field.split(':').next().unwrap().to_owned())
        .collect();
    assert_eq!(always, texts(&case.expect["written_by_a_nested_Nully_with_only_maybe_set"]));
    // Required members are not arguments of `new` by default.
    assert_eq!(
        made.call("setters", "Nully"),
        "setters!(Nully() { never: String, maybe: String, must: String, count: i32 = plain });"
    );
}

#[test]
fn meta_40() {
    let case = case(
        "META-40",
        r#"{
          "type": {
            "name": "Base1", "namespace": "Q", "implements": [],
            "properties": [
              { "name": "Id", "type": "Int32", "namespace": "System", "isValueType": true, "isPrimaryKey": true },
              { "name": "V", "type": "String", "namespace": "System" },
              { "name": "S", "type": "String", "namespace": "System" },
              { "name": "R", "type": "String", "namespace": "System", "dataMember": { "name": "ren" } }
            ]
          },
          "st_bytes": "{\"ren\":\"r\"}", "stj_bytes": "{\"r\":\"r\"}"
        }"#,
        r#"{ "R": "r", "note": "DataMember(Name) on a class without DataContract: only ST obeys it" }"#,
    );
    let made = make(&json!({ "types": [case.given["type"]], "operations": [] }));
    // `the_name_of_a_contract_and_that_of_csharp_are_read` of the runtime reads both.
    assert_eq!(made.call("record", "Base1"), "record!(Base1 { id: \"Id\", v: \"V\", s: \"S\", r: \"R\" as \"ren\" });");
}
