//! Members: names, optionality and documentation.

use evo_gen::api::ItemKind;
use serde_json::{Value, json};

use crate::made::{get, holder, make, sender};
use super::table::{case, list, text, texts};

#[test]
fn meta_04() {
    let case = case("META-04");
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
    let case = case("META-05");
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
fn meta_18() {
    let case = case("META-18");
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
    let case = case("META-19");
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
fn meta_23() {
    let case = case("META-23");
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
    let case = case("META-24");
    let awkward = json!([{ "name": "Awkward", "namespace": "Lab.Names" }]);
    let made = holder(&case.given["properties"], &awkward);
    assert_eq!(text(&case.expect["rust_fields"]), "two distinct identifiers");
    // The first member gets the first value: `the_nth_value_of_a_name_belongs_to_the_nth_member_of_it` of the runtime.
    assert_eq!(made.call("record", "Holder"), "record!(Holder { awkward: \"Awkward\", url: \"URL\", url2: \"Url\" });");
}

#[test]
fn meta_29() {
    let case = case("META-29");
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
    let case = case("META-30");
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
    let case = case("META-40");
    let made = make(&json!({ "types": [case.given["type"]], "operations": [] }));
    // `the_name_of_a_contract_and_that_of_csharp_are_read` of the runtime reads both.
    assert_eq!(made.call("record", "Base1"), "record!(Base1 { id: \"Id\", v: \"V\", s: \"S\", r: \"R\" as \"ren\" });");
}

#[test]
fn meta_46() {
    let case = case("META-46");
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
