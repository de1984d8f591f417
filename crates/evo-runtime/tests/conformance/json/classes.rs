//! Records, their names, and class hierarchies.

use std::collections::BTreeMap;

use evo_runtime::{DateTime, Other, UnknownValue, choice, collection, record, variants};

use super::{read, written};
use crate::case::{Case, text};

#[derive(Debug, Clone, PartialEq, Default)]
struct AnimalBase {
    name: Option<String>,
    legs: i32,
}
record!(AnimalBase { name: "Name", legs: "Legs" });

#[derive(Debug, Clone, PartialEq, Default)]
struct Dog {
    barks: bool,
    name: Option<String>,
    legs: i32,
}
record!(Dog { barks: "Barks", name: "Name", legs: "Legs" });

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
variants!(Animal { Dog: "Lab.Wire.Dog", Cat: "Lab.Wire.Cat" } else Other);

#[expect(clippy::unnecessary_wraps, reason = "the members are optional")]
fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn other(type_name: Option<&str>, name: &str, legs: i32) -> Animal {
    let base = AnimalBase { name: some(name), legs };
    Animal::Other(Box::new(Other { base, ..Other::of_type(type_name) }))
}

pub(super) async fn json_10(case: Case) {
    let bytes = |index: usize| text(&case.given["bytes"][index]);
    let dog = |name: Option<String>, legs| Animal::Dog(Box::new(Dog { barks: true, name, legs }));
    let friend = Some(dog(some("Spike"), 4));
    let cat = Cat { lives: 9, friend, name: some("Tom"), legs: 4 };
    assert_eq!(read::<Animal>(bytes(0)), Animal::Cat(Box::new(cat)));
    assert_eq!(read::<Animal>(bytes(1)), dog(None, 0));
    assert_eq!(read::<Animal>(bytes(2)), other(None, "Tom", 4));
    let base = AnimalBase { name: some("H"), legs: 0 };
    // The assembly is kept, so that the class can be sent back.
    let horse = Other { base, assembly: some("Lab"), ..Other::of_type(Some("Lab.Wire.Horse")) };
    assert_eq!(read::<Animal>(bytes(3)), Animal::Other(Box::new(horse)));
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Vehicle {
    plate: Option<String>,
    id: i32,
}
record!(Vehicle { plate: "Plate", id: "Id" });

#[derive(Debug, Clone, PartialEq, Default)]
struct Truck {
    load: f64,
    id: Option<String>,
    vehicle: Option<AnyVehicle>,
    plate: Option<String>,
}
record!(Truck { load: "Load", id: "Id" => hides, vehicle: "Vehicle", plate: "Plate" });

#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
enum AnyVehicle {
    Vehicle(Box<Vehicle>),
    Truck(Box<Truck>),
    Other(Box<Other<Vehicle>>),
}
variants!(AnyVehicle { Vehicle: "Lab.Wire.Vehicle", Truck: "Lab.Wire.Truck" } untyped Vehicle else Other);

pub(super) async fn json_13(case: Case) {
    let bytes = |index: usize| text(&case.given["bytes"][index]);
    let inner = Truck { plate: some("CD 2"), id: read::<Truck>(r#"{"id":0}"#).id, ..Truck::default() };
    let outer = Truck { load: 2.5, id: some("derived"), vehicle: None, plate: some("AB 1") };
    let with_inner = Truck { vehicle: Some(AnyVehicle::Truck(Box::new(inner.clone()))), ..outer.clone() };
    assert_eq!(read::<Truck>(bytes(0)), with_inner);
    assert_eq!(read::<Truck>(bytes(1)), outer);
    assert_eq!(read::<Truck>(bytes(2)), inner);
    assert!(matches!(inner.id.as_deref(), None | Some("0")), "{inner:?}");
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
enum Color {
    #[default]
    Red,
    Unknown(UnknownValue),
}
choice!(Color { Red: "Red" = 0 } else Unknown);

#[derive(Debug, Clone, PartialEq, Default)]
struct Values {
    int: Option<i32>,
    color: Option<Color>,
    date: Option<DateTime>,
    bool: Option<bool>,
}
record!(Values { int: "Int", color: "Color", date: "Date", bool: "Bool" });

pub(super) async fn json_18(case: Case) {
    assert_eq!((written(&Values::default()).as_str(), text(&case.expect["write"])), ("{}", "nothing"));
    let set = Values { int: Some(0), color: Some(Color::Red), date: Some(DateTime::MIN), bool: Some(false) };
    assert_eq!(written(&set), r#"{"int":0,"color":"Red","date":"0001-01-01T00:00:00","bool":false}"#);
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Nully {
    never: Option<String>,
    must: Option<String>,
    maybe: Option<String>,
    names: Option<Vec<String>>,
    map: Option<BTreeMap<String, i32>>,
    maker: Option<Maker>,
    count: i32,
}
record!(Nully {
    never: "Never",
    must: "Must",
    maybe: "Maybe",
    names: "Names",
    map: "Map",
    maker: "Maker",
    count: "Count",
});

#[derive(Debug, Clone, PartialEq, Default)]
struct Maker {
    id: i32,
}
record!(Maker { id: "Id" });

pub(super) async fn json_19(case: Case) {
    let bytes = |index: usize| text(&case.given["bytes"][index]);
    let first = Nully { map: Some(BTreeMap::new()), maker: Some(Maker::default()), count: 3, ..Nully::default() };
    assert_eq!(read::<Nully>(bytes(0)), first);
    let second = Nully { never: some(""), maybe: some("only"), names: Some(vec![]), ..first };
    assert_eq!(read::<Nully>(bytes(1)), second);
    let sent = Nully { must: some(""), ..second };
    assert_eq!(
        written(&sent),
        r#"{"never":"","must":"","maybe":"only","names":[],"map":{},"maker":{"id":0},"count":3}"#
    );
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Shelter {
    star: Option<Animal>,
}
record!(Shelter { star: "Star" });

pub(super) async fn json_24(case: Case) {
    let client = r#"writes no __type unless asked, then first and as "Namespace.Name, Assembly""#;
    assert_eq!(text(&case.expect["client"]), client);
    let dog = Dog { barks: true, name: some("Rex"), legs: 4 };
    let shelter = Shelter { star: Some(Animal::Dog(Box::new(dog.clone()))) };
    assert_eq!(written(&shelter), r#"{"star":{"barks":true,"name":"Rex","legs":4}}"#);
    let asked = TypedShelter { star: Some(TypedAnimal::Dog(Box::new(dog))) };
    assert_eq!(written(&asked), r#"{"star":{"__type":"Lab.Wire.Dog, Lab","barks":true,"name":"Rex","legs":4}}"#);
}

#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
enum TypedAnimal {
    Dog(Box<Dog>),
    Other(Box<Other<AnimalBase>>),
}
variants!(TypedAnimal { Dog: "Lab.Wire.Dog" } typed "Lab" else Other);

#[derive(Debug, Clone, PartialEq, Default)]
struct TypedShelter {
    star: Option<TypedAnimal>,
}
record!(TypedShelter { star: "Star" });

#[derive(Debug, Clone, PartialEq, Default)]
struct Awkward {
    url: Option<String>,
    url_2: Option<String>,
    screaming_case: Option<String>,
    i_pv4_address: Option<String>,
    http_server_2: Option<String>,
    size: Option<String>,
    name: Option<String>,
    underscore: Option<String>,
    i_phone: Option<String>,
}
record!(Awkward {
    url: "URL",
    url_2: "Url",
    screaming_case: "SCREAMING_CASE",
    i_pv4_address: "IPv4Address",
    http_server_2: "HTTPServer2",
    size: "Größe",
    name: "名前",
    underscore: "_underscore",
    i_phone: "iPhone",
});

pub(super) async fn json_25(case: Case) {
    let pascal = Awkward {
        url: some("U1"),
        url_2: some("u2"),
        screaming_case: some("S"),
        i_pv4_address: some("i"),
        http_server_2: some("h"),
        size: some("g"),
        ..Awkward::default()
    };
    let camel = Awkward { name: some("n"), underscore: some("u"), i_phone: some("p"), ..pascal.clone() };
    assert_eq!(read::<Awkward>(text(&case.given["bytes"][0])), camel);
    assert_eq!(read::<Awkward>(text(&case.given["bytes"][1])), pascal);
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Contract {
    kebab_name: Option<String>,
    count: i32,
    url_path: Option<String>,
    ip_address: Option<String>,
    r#type: Option<String>,
    self_: Option<String>,
    r#try: Option<String>,
    reference: Option<String>,
    x_id: Option<String>,
}
record!(Contract {
    kebab_name: "KebabName" as "kebab-name",
    count: "Count",
    url_path: "URLPath",
    ip_address: "IPAddress",
    r#type: "Type",
    self_: "Self",
    r#try: "Try" as "try",
    reference: "Reference" as "$ref",
    x_id: "XId" as "X_Id",
});

pub(super) async fn json_28(case: Case) {
    let bytes = |index: usize| text(&case.given["bytes"][index]);
    let all = Contract {
        kebab_name: some("k"),
        count: 3,
        url_path: some("/u"),
        ip_address: some("127.0.0.1"),
        r#type: some("t"),
        self_: some("s"),
        r#try: some("yes"),
        reference: some("ref"),
        x_id: some("id"),
    };
    assert_eq!((read::<Contract>(bytes(0)), read::<Contract>(bytes(1))), (all.clone(), all.clone()));
    assert_eq!(read::<Contract>(bytes(2)), Contract { count: 3, reference: some("ref"), ..Contract::default() });
    assert_eq!(written(&all), bytes(0));
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Point {
    x: i32,
    y: i32,
}
record!(Point { x: "X", y: "Y" });

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

pub(super) async fn json_33(case: Case) {
    let bytes = |index: usize| text(&case.given["bytes"][index]);
    assert_eq!(read::<Points>(bytes(0)), Points(vec![Point { x: 1, y: 0 }]));
    let inner = Setting { text: some("B"), ..Setting::default() };
    let outer = Setting { text: some("A"), inner: BTreeMap::from([("b".to_owned(), inner)]).into() };
    assert_eq!(read::<Settings>(bytes(1)), BTreeMap::from([("a".to_owned(), outer)]).into());
    assert_eq!(read::<Vec<i32>>(bytes(2)).first(), Some(&2), "the top of the stack");
}
