//! Classes whose names are written as `__type` on request.

use std::collections::BTreeMap;
use std::fmt::Debug;

use evo_runtime::transport::{HttpReply, ScriptedTransport};
use evo_runtime::wire::{Encode, Wire, json, jsv};
use evo_runtime::{Client, Other, Value, operation, record, validate, variants};

#[derive(Debug, Clone, PartialEq, Default)]
struct Named {
    name: Option<String>,
}
record!(Named { name: "Name" });

#[derive(Debug, Clone, PartialEq, Default)]
struct Dog {
    barks: bool,
    friend: Option<Animal>,
    name: Option<String>,
}
record!(Dog { barks: "Barks", friend: "Friend", name: "Name" => required });

#[derive(Debug, Clone, PartialEq, Default)]
struct Cat {}
record!(Cat {});

/// An abstract class.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
enum Animal {
    Dog(Box<Dog>),
    Cat(Box<Cat>),
    Other(Box<Other<Named>>),
}
variants!(Animal { Dog: "Lab.Wire.Shelter+Dog", Cat: "Lab.Wire.Cat" } typed else Other);

/// A class that is not abstract, with a known assembly.
#[derive(Debug, Clone, PartialEq)]
enum AnyNamed {
    Named(Box<Named>),
    Dog(Box<Dog>),
    Other(Box<Other<Named>>),
}
variants!(AnyNamed { Named: "Lab.Named", Dog: "Lab.Dog" } typed "Lab" untyped Named else Other);

/// The same classes without their names, as servers read them.
#[derive(Debug, Clone, PartialEq)]
enum Plain {
    Dog(Box<Dog>),
    Other(Box<Other<Named>>),
}
variants!(Plain { Dog: "Lab.Dog" } else Other);

/// An interface without known classes.
#[derive(Debug, Clone, PartialEq)]
enum Nothing {
    Other(Box<Other<Named>>),
}
variants!(Nothing {} typed else Other);

fn written(value: &dyn Encode) -> [String; 2] {
    let text = |bytes| String::from_utf8(bytes).expect("text");
    [text(json::to_vec(value).expect("JSON")), text(jsv::to_vec(value).expect("JSV"))]
}

/// Writes a value as JSON and JSV, and checks that reading returns the same value.
fn survives<T: Wire + PartialEq + Debug>(value: &T) -> [String; 2] {
    let texts = written(value);
    let (mut of_json, mut of_jsv) = (T::default(), T::default());
    json::read_slice(texts[0].as_bytes(), &mut of_json).expect("JSON");
    jsv::read_slice(texts[1].as_bytes(), &mut of_jsv).expect("JSV");
    assert_eq!(&of_json, value, "{}", texts[0]);
    assert_eq!(&of_jsv, value, "{}", texts[1]);
    texts
}

fn dog(name: &str, friend: Option<Animal>) -> Dog {
    Dog { barks: true, friend, name: Some(name.to_owned()) }
}

#[test]
fn the_type_is_written_first_and_keeps_the_class() {
    // JSON-24
    let cat = Animal::Cat(Box::default());
    let rex = Animal::Dog(Box::new(dog("Rex", Some(cat.clone()))));
    for (value, json, jsv) in [
        (cat, r#"{"__type":"Lab.Wire.Cat"}"#, "{__type:Lab.Wire.Cat}"),
        (
            rex,
            r#"{"__type":"Lab.Wire.Shelter+Dog","barks":true,"friend":{"__type":"Lab.Wire.Cat"},"name":"Rex"}"#,
            "{__type:Lab.Wire.Shelter+Dog,barks:true,friend:{__type:Lab.Wire.Cat},name:Rex}",
        ),
    ] {
        assert_eq!(survives(&value), [json, jsv]);
        // serde_json writes the same text.
        assert_eq!(serde_json::to_string(&value).expect("JSON"), json);
    }
}

#[test]
fn the_declared_class_itself_is_not_named() {
    let named = AnyNamed::Named(Box::new(Named { name: Some("N".to_owned()) }));
    assert_eq!(survives(&named), [r#"{"name":"N"}"#, "{name:N}"]);
    let dog = AnyNamed::Dog(Box::new(dog("Rex", None)));
    assert_eq!(
        survives(&dog),
        [r#"{"__type":"Lab.Dog, Lab","barks":true,"name":"Rex"}"#, r#"{__type:"Lab.Dog, Lab",barks:true,name:Rex}"#]
    );
}

#[test]
fn objects_without_a_type_name_have_no_class() {
    assert_eq!(
        written(&Plain::Dog(Box::new(dog("Rex", None)))),
        [r#"{"barks":true,"name":"Rex"}"#, "{barks:true,name:Rex}"]
    );
    let other = Plain::Other(Box::new(Other::of_type(Some("Lab.Horse, Lab"))));
    assert_eq!(written(&other), ["{}", "{}"]);
}

#[test]
fn an_unknown_class_keeps_its_name() {
    let generic = r#"{"__type":"Lab.Box`1[[Lab.A, Lab]], Lab.Parts","name":"B","mane":"long"}"#;
    let read: Nothing = json::from_slice(generic.as_bytes()).expect("an object");
    let Nothing::Other(other) = &read;
    assert_eq!(
        (other.type_name.as_deref(), other.assembly.as_deref()),
        (Some("Lab.Box`1[[Lab.A, Lab]]"), Some("Lab.Parts"))
    );
    assert_eq!(survives(&read)[0], generic);
    for (bytes, back) in [
        (r#"{"name":"Late","__type":"Lab.Horse"}"#, r#"{"__type":"Lab.Horse","name":"Late"}"#),
        (r#"{"name":"Nobody"}"#, r#"{"name":"Nobody"}"#),
        (r#"{"__type":"Lab.Horse, Lab"}"#, r#"{"__type":"Lab.Horse, Lab"}"#),
    ] {
        let read: Animal = json::from_slice(bytes.as_bytes()).expect("an object");
        assert_eq!(survives(&read)[0], back, "{bytes}");
    }
}

#[test]
fn inside_lists_and_maps() {
    let cat = || Animal::Cat(Box::default());
    assert_eq!(survives(&vec![Some(cat()), None]), [r#"[{"__type":"Lab.Wire.Cat"},null]"#, "[{__type:Lab.Wire.Cat},]"]);
    assert_eq!(
        survives(&BTreeMap::from([("a".to_owned(), vec![cat()])])),
        [r#"{"a":[{"__type":"Lab.Wire.Cat"}]}"#, "{a:[{__type:Lab.Wire.Cat}]}"]
    );
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Keep {
    animal: Option<Animal>,
    anything: Option<Value>,
}
record!(Keep { animal: "Animal", anything: "Anything" });
operation!(Keep: GET => ());

#[tokio::test]
async fn in_a_query() {
    let server = ScriptedTransport::new([HttpReply::of(204, "", "")]);
    let client = Client::builder("https://h").transport(server.clone()).build().expect("a client");
    let animal = Some(Animal::Dog(Box::new(dog("Rex", None))));
    client.send(Keep { animal, anything: None }).await.expect("a response");
    let requests = server.requests();
    let url = &requests.first().expect("a request").uri();
    let values: Vec<_> = evo_runtime::url::Url::parse(&url.to_string())
        .unwrap()
        .query_pairs()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    assert_eq!(values, [r#"animal={__type:"Lab.Wire.Shelter+Dog",barks:true,name:"Rex"}"#]);
}

#[test]
fn a_received_object_is_sent_back_without_its_type() {
    // JSON-23
    let bytes = r#"{"anything":{"__type":"Lab.Dog, Lab","barks":true,"near":[{"__type":"Lab.Cat, Lab"}]}}"#;
    let keep: Keep = json::from_slice(bytes.as_bytes()).expect("an object");
    let anything = keep.anything.as_ref().expect("a value");
    assert_eq!(anything.get("__type").and_then(Value::as_str), Some("Lab.Dog, Lab"));
    assert_eq!(written(&keep), [r#"{"anything":{"barks":true,"near":[{}]}}"#, "{anything:{barks:true,near:[{}]}}"]);
}

#[test]
fn required_members_of_a_class_are_still_checked() {
    let nameless = Animal::Dog(Box::default());
    let keep = Keep { animal: Some(nameless), anything: None };
    assert_eq!(validate(&keep).expect_err("a name is missing").paths(), ["Animal.Name"]);
}
