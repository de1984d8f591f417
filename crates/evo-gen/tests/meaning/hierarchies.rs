//! Interfaces and abstract classes.

use serde_json::{Value, json};

use crate::made::{holder, lower, settings};

fn text(name: &str) -> Value {
    json!({ "name": name, "type": "String", "namespace": "System" })
}

fn interface(name: &str, extended: &[&str], members: &[&str]) -> Value {
    let extended: Vec<Value> = extended.iter().map(|name| json!({ "name": name, "namespace": "Q" })).collect();
    let members: Vec<Value> = members.iter().map(|name| text(name)).collect();
    json!({
        "name": name, "namespace": "Q", "isInterface": true, "isAbstract": true, "implements": extended, "properties": members,
    })
}

fn member(ty: &str) -> Value {
    json!({ "name": ty, "type": ty, "namespace": "Q" })
}

#[test]
fn an_interface_without_implementations_is_a_struct_with_all_its_members() {
    let made = holder(
        &json!([member("IFault"), member("IDetailed"), member("IEmpty"), member("INamed")]),
        &json!([
            interface("IFault", &[], &["Code", "Text"]),
            interface("IDetailed", &["IFault", "ITraced"], &["Detail"]),
            interface("ITraced", &["IFault"], &["Trace"]),
            interface("IEmpty", &[], &[]),
            interface("INamed", &[], &["Name"]),
            { "name": "Person", "namespace": "Q", "implements": [{ "name": "INamed", "namespace": "Q" }], "properties": [text("Name")] },
        ]),
    );
    let member = |name: &str| format!("{name}: Option<String>");
    assert_eq!(made.fields("IFault"), [member("code"), member("text")]);
    assert_eq!(made.fields("IDetailed"), ["detail", "trace", "code", "text"].map(member));
    assert_eq!(made.fields("IEmpty"), Vec::<String>::new());
    // This interface has an implementation, and may have others.
    assert_eq!(made.call("variants", "INamed"), r#"variants!(INamed { Person: "Q.Person" } else Other);"#);
    assert_eq!(made.remarks, Vec::<String>::new());
}

#[test]
fn members_of_abstract_classes_are_renamed_by_their_dotnet_names() {
    let class = |name: &str, is_abstract: bool, base: Option<&str>, member: &str| {
        let base = base.map(|base| json!({ "name": base, "namespace": "Shop" }));
        json!({ "name": name, "namespace": "Shop", "isAbstract": is_abstract, "inherits": base, "properties": [text(member)] })
    };
    let response = json!({ "name": "Zoo", "namespace": "Shop", "properties": [
        { "name": "Animal", "type": "Animal", "namespace": "Shop" }, { "name": "Vehicle", "type": "Vehicle", "namespace": "Shop" },
    ] });
    let document = json!({
        "types": [
            class("Animal", true, None, "Name"), class("Dog", false, Some("Animal"), "Breed"),
            class("Vehicle", false, None, "Plate"), class("Car", false, Some("Vehicle"), "Doors"),
        ],
        "operations": [{ "request": { "name": "Visit", "namespace": "Shop" }, "response": response, "method": "GET" }],
    });
    let lowered = |rename: &str| lower(&document, &settings(rename)).map(|(api, _)| api);
    let api =
        lowered(r#"rename = { "Shop.Animal.Name" = "called", "Shop.Vehicle" = "Ride", "Shop.Animal" = "Creature" }"#)
            .unwrap();
    let mut names: Vec<&str> = api.items.iter().map(|item| item.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["AnyRide", "Car", "Creature", "CreatureBase", "Dog", "Ride", "Visit", "Zoo"]);
    let base = api.items.iter().find(|item| item.name == "CreatureBase").unwrap();
    let evo_gen::api::ItemKind::Record(record) = &base.kind else { panic!("{base:?}") };
    assert_eq!(record.members.iter().map(|member| member.name.as_str()).collect::<Vec<_>>(), ["called"]);
    let error = lowered(r#"rename = { "Shop.Animal.Nam" = "called" }"#).unwrap_err().to_string();
    assert_eq!(error, "`Shop.Animal.Nam` of `rename` matches nothing; did you mean `Shop.Animal.Name`?");
}
