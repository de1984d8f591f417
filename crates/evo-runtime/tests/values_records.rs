//! Records, read as servers write them: names twice, names of two casings, members of other classes.

#![allow(clippy::expect_used, reason = "what tests share fails by panicking")]

use evo_runtime::record;
use evo_runtime::wire::json;

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
