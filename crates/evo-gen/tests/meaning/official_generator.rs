//! Documents for which ServiceStack's own Rust generator produces code that does not compile or loses data. The other fixtures and the
//! tests of evo-runtime cover further defects of this kind.

use std::path::Path;

use crate::made::{Made, holder, make};
use evo_gen::Generator;
use serde_json::{Value, json};

/// The generated code of the case, on one line, without documentation.
fn code() -> String {
    let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/cases/official-generator/metadata.json");
    let files = Generator::new().file(case).generate().unwrap().files;
    let root = files.into_iter().find(|file| file.path == "mod.rs").unwrap();
    let lines = root.text.lines().map(str::trim).filter(|line| !line.starts_with("//"));
    lines.collect::<Vec<_>>().join(" ")
}

#[test]
fn defects_of_the_official_generator_are_avoided() {
    let code = code();
    for (defect, expected) in [
        (
            "a discriminant is lost beside an [EnumMember]",
            r#"Renamed: "Renamed" as "re-named" = 8, Plain: "Plain" = 9"#,
        ),
        ("variants have the names of keywords", r#"Self2: "self" = 0, Self_: "Self" = 1, Type: "type" = 2"#),
        ("a base class has a map with keys that are not strings", "pub by_number: BTreeMap<i32, String>"),
        (
            "a member has the name of the base class",
            "pub struct Truck { pub vehicle: Option<AnyVehicle>, pub wheels: i32, }",
        ),
        ("a collection in type arguments is not a list", "pub sets: Vec<Vec<i32>>"),
        ("the keys of a map are floats", "pub by_price: BTreeMap<String, i32>"),
        (
            "a generic class uses its parameter only in its base class",
            "pub struct QueryDb<TRow> { pub rows: Vec<TRow>, }",
        ),
        ("a version that is not set is sent as 0", "pub version: Option<i32>"),
        ("a class is nested in a generic one", "pub struct Inner<T> { pub value: Option<T>, }"),
        ("a nested class is used with arguments", "pub inner: Option<Inner<i32>>"),
    ] {
        assert!(code.contains(expected), "{defect}: {expected} is not in\n{code}");
    }
}

/// A member with a .NET type.
fn system_member(spelled: &str, args: &[&str], is_value: bool) -> Value {
    json!({ "name": "It", "type": spelled, "namespace": "System", "genericArgs": args, "isValueType": is_value })
}

/// The type of a received member, and the codes of the diagnostics.
fn read_as(spelled: &str, args: &[&str], is_value: bool) -> (String, Vec<String>) {
    let made = holder(&json!([system_member(spelled, args, is_value)]), &json!([]));
    (made.field("Holder", "it"), codes(&made))
}

fn codes(made: &Made) -> Vec<String> {
    made.remarks.iter().map(|remark| remark.chars().take(7).collect()).collect()
}

#[test]
fn every_dotnet_type_is_known_or_kept_as_received() {
    let mut wrong = Vec::new();
    // The name, its arguments, whether it is a struct, the Rust type, and whether there is a warning about an unknown type.
    for (spelled, args, is_value, expected, is_warned) in [
        // Numbers, without loss of digits.
        ("SByte", &[][..], true, "i8", false),
        ("SByte[]", &[], false, "Vec<i8>", false),
        ("Byte", &[], true, "u8", false),
        ("Int16", &[], true, "i16", false),
        ("UInt16", &[], true, "u16", false),
        ("UInt32", &[], true, "u32", false),
        ("UInt64", &[], true, "u64", false),
        ("IntPtr", &[], true, "i64", false),
        ("UIntPtr", &[], true, "u64", false),
        ("Half", &[], true, "f32", false),
        ("Nullable`1", &["Half"], true, "Option<f32>", false),
        ("Int128", &[], true, "DecimalText", false),
        ("UInt128", &[], true, "DecimalText", false),
        ("BigInteger", &[], true, "DecimalText", false),
        ("Nullable`1", &["Int128"], true, "Option<DecimalText>", false),
        ("Complex", &[], true, "Option<Value>", true),
        // Text.
        ("Char", &[], true, "char", false),
        ("Char[]", &[], false, "Vec<char>", false),
        ("Rune", &[], true, "Option<Value>", true),
        ("Uri", &[], false, "Option<String>", false),
        ("Type", &[], false, "Option<String>", false),
        ("Version", &[], false, "Option<Value>", true),
        ("CultureInfo", &[], false, "Option<Value>", true),
        ("IPAddress", &[], false, "Option<Value>", true),
        ("StringBuilder", &[], false, "Option<Value>", true),
        // Dates and times.
        ("DateOnly", &[], true, "Date", false),
        ("TimeOnly", &[], true, "Time", false),
        ("Nullable`1", &["TimeOnly"], true, "Option<Time>", false),
        ("TimeZoneInfo", &[], false, "Option<Value>", true),
        // Any JSON.
        ("Object", &[], false, "Option<Value>", false),
        ("JsonElement", &[], true, "Option<Value>", false),
        ("Nullable`1", &["JsonElement"], true, "Option<Value>", false),
        ("JsonDocument", &[], false, "Option<Value>", false),
        ("JsonObject", &[], false, "Option<Value>", false),
        ("JsonArray", &[], false, "Option<Value>", false),
        ("ExpandoObject", &[], false, "Option<Value>", true),
        // Bytes.
        ("Byte[]", &[], false, "Option<Bytes>", false),
        ("Byte[][]", &[], false, "Vec<Bytes>", false),
        ("List`1", &["Byte"], false, "Vec<u8>", false),
        ("ReadOnlyMemory`1", &["Byte"], true, "Option<Value>", true),
        ("Memory`1", &["Byte"], true, "Option<Value>", true),
        ("ArraySegment`1", &["Byte"], true, "Option<Value>", true),
        ("ImmutableArray`1", &["Int32"], true, "Option<Value>", true),
        // Pairs and tuples.
        ("KeyValuePair`2", &["String", "Int32"], true, "KeyValuePair<String, i32>", false),
        ("Nullable`1", &["KeyValuePair<String,Int32>"], true, "Option<KeyValuePair<String, i32>>", false),
        ("Tuple`2", &["String", "SByte"], false, "Option<Tuple2<String, i8>>", false),
        (
            "Tuple`8",
            &["Int32", "Int32", "Int32", "Int32", "Int32", "Int32", "Int32", "Int32"],
            false,
            "Option<Value>",
            true,
        ),
        ("ValueTuple`2", &["Int32", "String"], true, "ValueTuple<Tuple2<i32, String>>", false),
        // Collections, with and without type arguments.
        ("Hashtable", &[], false, "Option<Value>", true),
        ("ArrayList", &[], false, "Option<Value>", true),
        ("NameValueCollection", &[], false, "Option<Value>", true),
        ("IEnumerable", &[], false, "Option<Value>", true),
        ("Array", &[], false, "Option<Value>", true),
        ("PriorityQueue`2", &["String", "Int32"], false, "Option<Value>", true),
        ("KeyedCollection`2", &["String", "Int32"], false, "Vec<i32>", false),
        ("IEqualityComparer`1", &["String"], false, "Option<Value>", true),
        ("IObservable`1", &["String"], false, "Option<Value>", true),
        ("EntitySet`1", &["String"], false, "Vec<String>", false),
        ("Lazy`1", &["Int32"], false, "i32", false),
        ("WeakReference`1", &["String"], false, "Option<Value>", true),
        // Keys without an order or without a unique text form are kept as the serialized text.
        ("Dictionary`2", &["Char", "Int32"], false, "BTreeMap<char, i32>", false),
        ("Dictionary`2", &["Boolean", "Int32"], false, "BTreeMap<bool, i32>", false),
        ("Dictionary`2", &["SByte", "Int32"], false, "BTreeMap<i8, i32>", false),
        ("Dictionary`2", &["Guid", "Int32"], false, "BTreeMap<Uuid, i32>", false),
        ("Dictionary`2", &["TimeOnly", "Int32"], false, "BTreeMap<Time, i32>", false),
        ("Dictionary`2", &["DateOnly", "Int32"], false, "BTreeMap<Date, i32>", false),
        ("Dictionary`2", &["DayOfWeek", "Int32"], false, "BTreeMap<DayOfWeek, i32>", false),
        ("Dictionary`2", &["Double", "Int32"], false, "BTreeMap<String, i32>", false),
        ("Dictionary`2", &["Half", "Int32"], false, "BTreeMap<String, i32>", false),
        ("Dictionary`2", &["Int128", "Int32"], false, "BTreeMap<String, i32>", false),
        ("Dictionary`2", &["Uri", "Int32"], false, "BTreeMap<String, i32>", false),
        ("Dictionary`2", &["Byte[]", "Int32"], false, "BTreeMap<String, i32>", false),
        ("Dictionary`2", &["Object", "Int32"], false, "BTreeMap<String, i32>", false),
        ("Dictionary`2", &["Nullable<Int32>", "Int32"], false, "BTreeMap<String, i32>", false),
        ("Dictionary`2", &["Tuple<Int32,Int32>", "Int32"], false, "BTreeMap<String, i32>", false),
        ("Dictionary`2", &["ValueTuple<Int32,Int32>", "Int32"], false, "BTreeMap<String, i32>", false),
        // Enums.
        ("DayOfWeek", &[], true, "DayOfWeek", false),
        ("HttpStatusCode", &[], true, "HttpStatusCode", false),
        ("Exception", &[], false, "Option<Value>", true),
    ] {
        let warned: Vec<&str> = if is_warned { vec!["EVO0024"] } else { Vec::new() };
        let (ty, codes) = read_as(spelled, args, is_value);
        if ty != expected || codes != warned {
            wrong.push(format!("{spelled} {args:?}: {ty} {codes:?}, expected {expected} {warned:?}"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn types_that_cannot_be_serialized_are_left_out() {
    for (spelled, args) in [("Stream", &[][..]), ("Action", &[]), ("Delegate", &[]), ("Func`2", &["Int32", "String"])] {
        let made = holder(&json!([system_member(spelled, args, false)]), &json!([]));
        assert_eq!(made.fields("Holder"), Vec::<String>::new(), "{spelled}");
        assert_eq!(codes(&made), ["EVO0032"], "{spelled}");
    }
}

#[test]
fn interfaces_are_read_in_every_place() {
    let is = |namespace: &str, name: &str| json!({ "name": name, "namespace": namespace });
    let area = json!([{ "name": "Area", "type": "Double", "namespace": "System", "isValueType": true }]);
    let shape =
        json!({ "name": "IShape", "namespace": "Q", "isInterface": true, "isAbstract": true, "properties": area });
    let radius = json!([{ "name": "Radius", "type": "Double", "namespace": "System", "isValueType": true }]);
    let circle = json!({ "name": "Circle", "namespace": "Q", "implements": [is("Q", "IShape")], "properties": radius });
    let answers = |request: &str, returns: Value, response: Value| {
        let request = json!({ "name": request, "namespace": "Q" });
        json!({ "request": request, "method": "GET", "returnType": returns, "response": response })
    };
    let list = json!({ "name": "List`1", "namespace": "System.Collections.Generic", "genericArgs": ["IShape"] });
    let task = json!({ "name": "Task`1", "namespace": "System.Threading.Tasks", "genericArgs": ["IShape"] });
    let result = is("ServiceStack.Web", "IHttpResult");
    let members = json!([
        { "name": "Main", "type": "IShape", "namespace": "Q" },
        { "name": "All", "type": "IShape[]", "namespace": "Q" },
        { "name": "Result", "type": "IHttpResult", "namespace": "ServiceStack.Web" },
        { "name": "Named", "type": "INamed", "namespace": "Q" },
    ]);
    let holder = json!({ "name": "Holder", "namespace": "Q", "properties": members });
    let made = make(&json!({ "types": [shape, circle], "operations": [
        answers("GetShape", is("Q", "IShape"), shape.clone()),
        answers("GetShapes", list, Value::Null),
        answers("GetTask", task, shape.clone()),
        answers("GetResult", result.clone(), result),
        answers("GetUnknown", is("Q", "INamed"), Value::Null),
        answers("GetHolder", is("Q", "Holder"), holder),
    ] }));
    for (operation, answer) in [
        ("GetShape", "IShape"),
        ("GetShapes", "Vec<IShape>"),
        ("GetTask", "IShape"),
        ("GetResult", "raw Download"),
        ("GetUnknown", "Value"),
        ("GetHolder", "Holder"),
    ] {
        assert_eq!(made.answer(operation), answer, "{operation}");
    }
    assert_eq!(made.call("variants", "IShape"), "variants!(IShape { Circle: \"Q.Circle\" } else Other);");
    assert_eq!(made.fields("IShapeBase"), ["area: f64"]);
    assert_eq!(
        made.fields("Holder"),
        ["main: Option<IShape>", "all: Vec<IShape>", "result: Option<Value>", "named: Option<Value>"]
    );
    assert_eq!(codes(&made), ["EVO0024"; 2], "each once: {:?}", made.remarks);
}
