//! Records as servers write them: with duplicate names, names in two casings, and members of other classes.

use evo_runtime::record;
use evo_runtime::wire::json;
use evo_runtime::wire::names::camel_case;

#[derive(Debug, Clone, PartialEq, Default)]
struct Truck {
    load: f64,
    id: Option<String>,
    vehicle: Option<Box<Truck>>,
    plate: Option<String>,
}
record!(Truck { load: "Load", id: "Id" => hides, vehicle: "Vehicle", plate: "Plate" });

#[derive(Debug, Clone, PartialEq, Default)]
struct Awkward {
    url: Option<String>,
    url2: Option<String>,
}
record!(Awkward { url: "URL", url2: "Url" });

#[derive(Debug, Clone, PartialEq, Default)]
struct Base1 {
    id: i32,
    r: Option<String>,
}
record!(Base1 { id: "Id", r: "R" as "ren" });

#[derive(Debug, Clone, PartialEq, Default)]
struct Enm {}
record!(Enm {});

#[expect(clippy::unnecessary_wraps, reason = "the members are optional")]
fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn the_first_value_of_a_hidden_member_counts() {
    // META-23
    let truck = Truck { load: 2.5, id: text("derived"), vehicle: None, plate: text("AB 1") };
    for bytes in [
        r#"{"load":2.5,"id":"derived","plate":"AB 1","id":0}"#,
        r#"{"load":2.5,"id":"derived","plate":"AB 1"}"#,
        r#"{"Load":2.5,"Id":"derived","Plate":"AB 1","Id":0}"#,
    ] {
        assert_eq!(json::from_slice::<Truck>(bytes.as_bytes()).expect(bytes), truck, "{bytes}");
    }
}

#[test]
fn the_nth_value_of_a_name_belongs_to_the_nth_member_of_it() {
    // META-24
    let bytes = r#"{"url":"U1","url":"u2"}"#;
    let expected = Awkward { url: text("U1"), url2: text("u2") };
    assert_eq!(json::from_slice::<Awkward>(bytes.as_bytes()).expect(bytes), expected);
}

#[test]
fn the_name_of_a_contract_and_that_of_csharp_are_read() {
    // META-40, and META-39: a member of another class of the same name is skipped.
    for bytes in [r#"{"id":1,"ren":"r"}"#, r#"{"id":1,"r":"r"}"#, r#"{"X":{"y":[1]},"Id":1,"R":"r"}"#] {
        let expected = Base1 { id: 1, r: text("r") };
        assert_eq!(json::from_slice::<Base1>(bytes.as_bytes()).expect(bytes), expected, "{bytes}");
    }
}

#[test]
fn a_class_without_members_may_be_an_array() {
    // META-41
    for bytes in ["[]", r#"[{"q":1}]"#, "{}", r#"{"q":1}"#] {
        assert_eq!(json::from_slice::<Enm>(bytes.as_bytes()).expect(bytes), Enm {}, "{bytes}");
    }
}

#[test]
fn camel_case_follows_the_rule_of_servicestack() {
    for (name, camel) in [
        ("UserID", "userID"),
        ("URLPath", "urlPath"),
        ("ID", "id"),
        ("IPAddress", "ipAddress"),
        ("IPv4Address", "iPv4Address"),
        ("HTTPServer2", "httpServer2"),
        ("A1B2", "a1B2"),
        ("SCREAMING_CASE", "screaminG_CASE"),
        ("ISOCountry", "isoCountry"),
        ("ETag", "eTag"),
        ("UI", "ui"),
        ("_Foo", "_Foo"),
        ("iPhone", "iPhone"),
        ("snake_case", "snake_case"),
        ("Größe", "größe"),
        ("ÄB", "ÄB"),
        ("名前", "名前"),
        ("X", "x"),
        ("_", "_"),
        ("", ""),
    ] {
        assert_eq!(camel_case(name), camel, "{name}");
    }
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Address {
    ipv4: Option<String>,
    size: Option<String>,
}
record!(Address { ipv4: "IPv4Address", size: "Größe" });

#[test]
fn every_casing_of_a_host_is_recognised() {
    for name in ["IPv4Address", "iPv4Address", "ipv4address", "i_pv4_address", "ipv4-address", "IPV4ADDRESS"] {
        let address: Address = json::from_slice(format!("{{\"{name}\":\"a\"}}").as_bytes()).expect("a record");
        assert_eq!(address.ipv4.as_deref(), Some("a"), "{name}");
    }
    for (name, size) in [("größe", Some("a")), ("GRÖßE", Some("a")), ("größen", None), ("gröse", None)] {
        let address: Address = json::from_slice(format!("{{\"{name}\":\"a\"}}").as_bytes()).expect("a record");
        assert_eq!(address.size.as_deref(), size, "{name}");
    }
}
