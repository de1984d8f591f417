//! Pairs, tuples, structs of the API, collections and class hierarchies.

use std::collections::BTreeMap;

use evo_runtime::wire::{Encode, Wire, json};
use evo_runtime::{
    Decimal, KeyValuePair, Other, TextOrObject, Tuple2, Tuple3, Value, ValueTuple, collection, record, variants,
};
use serde_json::json;

fn read<T: Wire>(bytes: &str) -> T {
    json::from_slice(bytes.as_bytes()).unwrap_or_else(|error| panic!("{bytes}: {error}"))
}

fn written(value: &dyn Encode) -> String {
    json::to_string(value).expect("a value that can be written")
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Point {
    x: i32,
    y: i32,
}
record!(Point { x: "X", y: "Y" });

#[test]
fn pairs_and_tuples_read_every_casing_and_absent_parts() {
    // JSON-09
    let pair = |key: &str, value| KeyValuePair::<String, i32>::new(key, value);
    for (bytes, expected) in [
        (r#"{"key":"k","value":1}"#, pair("k", 1)),
        (r#"{"Value":1,"Key":"k"}"#, pair("k", 1)),
        (r#"{"key":"k"}"#, pair("k", 0)),
        (r#""[a, 1]""#, pair("a", 1)),
        ("{}", pair("", 0)),
    ] {
        assert_eq!(read::<KeyValuePair<String, i32>>(bytes), expected, "{bytes}");
    }
    assert_eq!(written(&pair("k", 1)), r#"{"key":"k","value":1}"#);
    assert!(json::from_slice::<KeyValuePair<String, i32>>(b"[1,2]").is_err());
    assert_eq!(read::<Vec<KeyValuePair<String, i32>>>(r#"[{"Key":"a","Value":1}]"#), [pair("a", 1)]);

    let tuple: Tuple3<String, i32, Point> = read(r#"{"item1":"t","item2":3,"item3":{"x":1,"y":0}}"#);
    assert_eq!(tuple, ("t".to_owned(), 3, Point { x: 1, y: 0 }).into());
    assert_eq!(written(&tuple), r#"{"item1":"t","item2":3,"item3":{"x":1,"y":0}}"#);
    assert_eq!(read::<Tuple2<Option<String>, i32>>(r#"{"Item2":3}"#), (None, 3).into());
}

#[test]
fn value_tuples_keep_the_text_of_classic_hosts() {
    // JSON-22
    type Sides = ValueTuple<Tuple2<String, i32>>;
    for (bytes, text) in [(r#""(left, 1)""#, Some("(left, 1)")), (r#""(, 0)""#, Some("(, 0)")), ("{}", None)] {
        let expected = Sides { text: text.map(str::to_owned), ..Sides::default() };
        assert_eq!(read::<Sides>(bytes), expected, "{bytes}");
    }
    assert_eq!(written(&Sides::from(Tuple2::from(("left".to_owned(), 1)))), r#"{"item1":"left","item2":1}"#);
}

#[test]
fn structs_of_the_api_keep_their_form() {
    // JSON-21, META-13
    let object = json!({"amount": 9.5, "currency": "EUR"});
    for (bytes, expected) in [
        (r#""9.90 EUR""#, TextOrObject::text("9.90 EUR")),
        (r#"{"amount":9.5,"currency":"EUR"}"#, TextOrObject::object(object.clone())),
        ("7", TextOrObject::Object(json!(7))),
    ] {
        let value: TextOrObject = read(bytes);
        assert_eq!(value, expected, "{bytes}");
        assert_eq!(written(&value), bytes);
    }
    for (bytes, expected) in [
        (r#""(1, 2)""#, TextOrObject::text("(1, 2)")),
        (r#"{"x":1,"y":2}"#, TextOrObject::Object(Point { x: 1, y: 2 })),
    ] {
        let value: TextOrObject<Point> = read(bytes);
        assert_eq!(value, expected, "{bytes}");
        assert_eq!(written(&value), bytes);
        assert_eq!(value.to_string(), bytes.trim_matches('"'));
    }
    assert!(json::from_slice::<TextOrObject<Point>>(b"7").is_err());
    assert_eq!(read::<Option<TextOrObject>>("null"), None);
    assert_eq!(TextOrObject::<Value>::from("x").as_text(), Some("x"));
    assert_eq!(TextOrObject::from(object.clone()).as_object(), Some(&object));
}

#[test]
fn maps_and_lists_of_texts() {
    // JSON-09, JSON-20
    assert_eq!(
        read::<BTreeMap<i32, String>>(r#"{"1":"one","-2":"minus two"}"#),
        BTreeMap::from([(1, "one".to_owned()), (-2, "minus two".to_owned())])
    );
    let texts = r#"{"k":"v","a:b":"c,d","empty":"","null":null}"#;
    assert_eq!(written(&read::<BTreeMap<String, Option<String>>>(texts)), r#"{"a:b":"c,d","empty":"","k":"v"}"#);
    assert_eq!(written(&read::<BTreeMap<String, String>>(texts)), r#"{"a:b":"c,d","empty":"","k":"v","null":""}"#);
    assert_eq!(
        written(&read::<Vec<Option<String>>>(r#"["a,b","",null,"c\u0022d","{x}","[y]"]"#)),
        r#"["a,b","",null,"c\"d","{x}","[y]"]"#
    );
    // JSON-23
    let object = r#"{"number":1,"list":[1,"x",null],"point":{"__type":"Lab.Wire.Point, Lab","x":9,"y":0}}"#;
    assert_eq!(written(&read::<Value>(object)), r#"{"number":1,"list":[1,"x",null],"point":{"x":9,"y":0}}"#);
    assert_eq!(written(&read::<Value>("42")), "42");
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Points(Vec<Point>);
collection!(Points(Vec<Point>));

#[derive(Debug, Clone, PartialEq, Default)]
struct Settings(BTreeMap<String, Setting>);
collection!(Settings(BTreeMap<String, Setting>));

#[derive(Debug, Clone, PartialEq, Default)]
struct Setting {
    text: Option<String>,
    inner: Settings,
}
record!(Setting { text: "Text", inner: "Inner" });

#[derive(Debug, Clone, PartialEq, Default)]
struct Page<T>(Vec<T>);
collection!(Page<T>(Vec<T>));

#[test]
fn classes_derived_from_a_collection_are_encoded_as_the_collection() {
    // JSON-33
    let points: Points = read(r#"[{"x":1,"y":0}]"#);
    assert_eq!(points, Points(vec![Point { x: 1, y: 0 }]));
    assert_eq!(points.len(), 1);
    assert_eq!((&points).into_iter().map(|point| point.x).collect::<Vec<_>>(), [1]);
    assert_eq!(points.clone().into_iter().collect::<Points>(), points);
    assert_eq!(written(&points), r#"[{"x":1,"y":0}]"#);

    let settings: Settings = read(r#"{"a":{"text":"A","inner":{"b":{"text":"B"}}}}"#);
    let b = Setting { text: Some("B".to_owned()), inner: Settings::default() };
    let a = Setting { text: Some("A".to_owned()), inner: BTreeMap::from([("b".to_owned(), b)]).into() };
    assert_eq!(settings, Settings(BTreeMap::from([("a".to_owned(), a)])));

    let page: Page<Decimal> = read("[1.50]");
    assert_eq!(written(&page), "[1.50]");
}

#[derive(Debug, Clone, PartialEq, Default)]
struct AnimalBase {
    name: Option<String>,
    legs: i32,
}
record!(AnimalBase { name: "Name", legs: "Legs" });

#[derive(Debug, Clone, PartialEq, Default)]
struct Dog {
    barks: bool,
    price: Option<Decimal>,
    name: Option<String>,
    legs: i32,
}
record!(Dog { barks: "Barks", price: "Price", name: "Name", legs: "Legs" });

#[derive(Debug, Clone, PartialEq, Default)]
struct Cat {
    lives: i32,
    friend: Option<Animal>,
    name: Option<String>,
    legs: i32,
}
record!(Cat { lives: "Lives", friend: "Friend", name: "Name", legs: "Legs" });

#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
enum Animal {
    Dog(Box<Dog>),
    Cat(Box<Cat>),
    Other(Box<Other<AnimalBase>>),
}
variants!(Animal { Dog: "Lab.Wire.Shelter+Dog", Cat: "Lab.Wire.Cat" } else Other);

#[derive(Debug, Clone, PartialEq)]
enum AnyBase {
    Base(Box<AnimalBase>),
    Dog(Box<Dog>),
    Other(Box<Other<AnimalBase>>),
}
variants!(AnyBase { Base: "Lab.Wire.AnimalBase", Dog: "Lab.Wire.Dog" } untyped Base else Other);

#[expect(clippy::unnecessary_wraps, reason = "the members are optional")]
fn named(name: &str) -> Option<String> {
    Some(name.to_owned())
}

#[test]
fn the_type_of_an_object_decides_its_class() {
    // JSON-10
    let dog = |barks, name: Option<String>, legs| Animal::Dog(Box::new(Dog { barks, price: None, name, legs }));
    for (bytes, expected, back) in [
        (
            r#"{"__type":"Lab.Wire.Cat, Lab","lives":9,"friend":{"__type":"Lab.Wire.Shelter+Dog, Lab","barks":true,"name":"Spike","legs":4},"name":"Tom","legs":4}"#,
            Animal::Cat(Box::new(Cat {
                lives: 9,
                friend: Some(dog(true, named("Spike"), 4)),
                name: named("Tom"),
                legs: 4,
            })),
            r#"{"lives":9,"friend":{"barks":true,"name":"Spike","legs":4},"name":"Tom","legs":4}"#,
        ),
        (
            r#"{"__type":"Lab.Wire.Shelter+Dog, Lab","Barks":true,"newField":{"x":[1]},"nothing":null}"#,
            dog(true, None, 0),
            r#"{"barks":true,"legs":0}"#,
        ),
        (
            r#"{"Barks":true,"price":1.50,"name":"Last","__type":"Lab.Wire.Shelter+Dog","legs":"4"}"#,
            Animal::Dog(Box::new(Dog { barks: true, price: Some(Decimal::new(150, 2)), name: named("Last"), legs: 4 })),
            r#"{"barks":true,"price":1.50,"name":"Last","legs":4}"#,
        ),
    ] {
        let animal: Animal = read(bytes);
        assert_eq!(animal, expected, "{bytes}");
        assert_eq!(written(&animal), back, "{bytes}");
    }
}

#[test]
fn unknown_and_untyped_objects_keep_their_members() {
    // JSON-10, META-15
    for (bytes, type_name, name, legs, rest, back) in [
        (r#"{"name":"Tom","legs":4}"#, None, "Tom", 4, json!({}), r#"{"name":"Tom","legs":4}"#),
        (
            r#"{"__type":"Lab.Wire.Horse, Lab","name":"H"}"#,
            Some("Lab.Wire.Horse"),
            "H",
            0,
            json!({}),
            r#"{"name":"H","legs":0}"#,
        ),
        (
            r#"{"__type":"Lab.Box`1[[Lab.A, Lab]], Lab","mane":{"__type":"x","long":true},"Name":"H","mane":1}"#,
            Some("Lab.Box`1[[Lab.A, Lab]]"),
            "H",
            0,
            json!({"mane": {"__type": "x", "long": true}}),
            r#"{"name":"H","legs":0,"mane":{"long":true}}"#,
        ),
        (
            r#"{"name":"Late","list":[1,2.5,{"a":null}],"__type":"Lab.Wire.Horse, Lab"}"#,
            Some("Lab.Wire.Horse"),
            "Late",
            0,
            json!({"list": [1, 2.5, {"a": null}]}),
            r#"{"name":"Late","legs":0,"list":[1,2.5,{"a":null}]}"#,
        ),
    ] {
        let animal: Animal = read(bytes);
        let base = AnimalBase { name: named(name), legs };
        let rest = rest.as_object().cloned().unwrap_or_default();
        // The assembly follows the name.
        let assembly = bytes.contains(", Lab\"").then(|| "Lab".to_owned());
        let other = Other { type_name: type_name.map(str::to_owned), assembly, base, rest };
        assert_eq!(animal, Animal::Other(Box::new(other)), "{bytes}");
        assert_eq!(written(&animal), back, "{bytes}");
    }
    assert_eq!(read::<Animal>("{}"), Animal::default());
    assert_eq!(read::<AnyBase>(r#"{"name":"N"}"#), AnyBase::Base(Box::new(AnimalBase { name: named("N"), legs: 0 })));
    assert_eq!(read::<AnyBase>(r#"{"__type":"Lab.Wire.Dog"}"#), AnyBase::Dog(Box::default()));
    assert_eq!(AnyBase::default(), AnyBase::Base(Box::default()));
    let error = json::from_slice::<Vec<Animal>>(br#"[{"name":"x","legs":"four"}]"#).expect_err("no number");
    assert_eq!((error.path().as_str(), error.message()), ("[0].legs", "expected an integer (i32), found text"));
}
